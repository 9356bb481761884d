/* Stands for libBugly.so: one exported function under the JNI name the SDK uses. */
int Java_com_tencent_bugly_crashreport_crash_jni_NativeCrashHandler_regist(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
