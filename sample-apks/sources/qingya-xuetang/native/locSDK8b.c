/* Stands for liblocSDK8b.so: one exported function under the JNI name the SDK uses. */
int Java_com_baidu_location_Jni_a(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
