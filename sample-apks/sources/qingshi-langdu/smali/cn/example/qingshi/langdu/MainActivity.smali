.class public Lcn/example/qingshi/langdu/MainActivity;
.super Landroid/app/Activity;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroid/app/Activity;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 0
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    invoke-static {p0}, Lcn/example/qingshi/langdu/friend/InviteFriends;->readContacts(Landroid/content/Context;)Landroid/database/Cursor;
    return-void
.end method
