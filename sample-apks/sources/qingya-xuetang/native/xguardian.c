/* Stands for libxguardian.so: one exported function under the JNI name the SDK uses. */
int Java_com_tencent_android_tpush_service_util_Guardian_nativeInit(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
