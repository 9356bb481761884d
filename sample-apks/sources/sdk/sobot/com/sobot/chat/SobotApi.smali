.class public Lcom/sobot/chat/SobotApi;
.super Ljava/lang/Object;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    return-void
.end method

.method public static model(Landroid/content/Context;)Ljava/lang/String;
    .locals 1
    sget-object v0, Landroid/os/Build;->MODEL:Ljava/lang/String;
    return-object v0
.end method

.method public static osVersion(Landroid/content/Context;)Ljava/lang/String;
    .locals 1
    sget-object v0, Landroid/os/Build$VERSION;->RELEASE:Ljava/lang/String;
    return-object v0
.end method
