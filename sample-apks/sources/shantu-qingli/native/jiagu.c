/* Stands for libjiagu.so: one exported function under the JNI name the SDK uses. */
int Java_com_stub_StubApp_interface5(void *env, void *cls)
{
    (void)env;
    (void)cls;
    return 0;
}
