.class public Lcom/igexin/sdk/PushManager;
.super Ljava/lang/Object;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.method public static init(Landroid/content/Context;)V
    .locals 0
    invoke-static {p0}, Lcom/igexin/push/core/DeviceUtil;->deviceId(Landroid/content/Context;)Ljava/lang/String;
    invoke-static {p0}, Lcom/igexin/push/core/DeviceUtil;->installedPackages(Landroid/content/Context;)Ljava/util/List;
    return-void
.end method
