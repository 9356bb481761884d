.class public Lcn/example/qingya/xuetang/MainActivity;
.super Landroidx/appcompat/app/AppCompatActivity;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Landroidx/appcompat/app/AppCompatActivity;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 0
    invoke-super {p0, p1}, Landroidx/appcompat/app/AppCompatActivity;->onCreate(Landroid/os/Bundle;)V
    invoke-static {p0}, Lcn/example/qingya/xuetang/sign/SignIn;->lastLocation(Landroid/content/Context;)Landroid/location/Location;
    invoke-static {p0}, Lcn/example/qingya/xuetang/timetable/TimetableImport;->readCalendar(Landroid/content/Context;)Landroid/database/Cursor;
    return-void
.end method
