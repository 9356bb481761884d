/* Stands for libBaiduMapSDK_base_v6_0_0.so: one exported function under the JNI name the SDK uses. */
int Java_com_baidu_mapapi_VersionInfo_nativeInit(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
