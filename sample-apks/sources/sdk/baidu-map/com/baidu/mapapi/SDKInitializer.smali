.class public Lcom/baidu/mapapi/SDKInitializer;
.super Ljava/lang/Object;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.method public static init(Landroid/content/Context;)V
    .locals 0
    invoke-static {p0}, Lcom/baidu/platform/comapi/util/SysOSUtil;->ssid(Landroid/content/Context;)Ljava/lang/String;
    return-void
.end method
