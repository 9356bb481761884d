/* Stands for libjcore296.so: one exported function under the JNI name the SDK uses. */
int Java_cn_jiguang_common_app_Protocol_nativeInit(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
