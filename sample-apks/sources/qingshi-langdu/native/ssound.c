/* Stands for libssound.so: one exported function under the JNI name the SDK uses. */
int Java_com_singsound_library_SSound_nativeInit(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
