/* Stands for libmsc.so: one exported function under the JNI name the SDK uses. */
int Java_com_iflytek_msc_MSC_QISRInit(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
