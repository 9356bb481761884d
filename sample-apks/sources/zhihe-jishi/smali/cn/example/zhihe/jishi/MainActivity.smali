.class public Lcn/example/zhihe/jishi/MainActivity;
.super Landroid/app/Activity;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/app/Activity;-><init>()V
    return-void
.end method

.method public static elapsed(J)J
    .locals 4
    invoke-static {}, Landroid/os/SystemClock;->elapsedRealtime()J
    move-result-wide v0
    sub-long v2, v0, p0
    return-wide v2
.end method
