/* Stands for libgetuiext3.so: one exported function under the JNI name the SDK uses. */
int Java_com_igexin_push_extension_NativeExt_nativeInit(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
