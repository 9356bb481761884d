/* Stands for libpangleflipped.so: one exported function under the JNI name the SDK uses. */
int pangle_entry(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
