.class public Lcom/tencent/bugly/crashreport/CrashReport;
.super Ljava/lang/Object;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.method public static init(Landroid/content/Context;)V
    .locals 0
    invoke-static {p0}, Lcom/tencent/bugly/crashreport/common/info/AppInfo;->androidId(Landroid/content/Context;)Ljava/lang/String;
    invoke-static {p0}, Lcom/tencent/bugly/crashreport/common/info/AppInfo;->runningProcesses(Landroid/content/Context;)Ljava/util/List;
    return-void
.end method
