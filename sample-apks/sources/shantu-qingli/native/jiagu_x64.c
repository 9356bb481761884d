/* Stands for libjiagu_x64.so: one exported function under the JNI name the SDK uses. */
int jiagu_entry(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
