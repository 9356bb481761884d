use super::super::made::{Says, apk, embeds, policy, receives_boot, requests, says};
use super::judge;
use privacy_audit::apk::{Apk, ComponentKind, Confidence};

const RULE: &str = "autostart-unexplained";

#[test]
fn fires_with_permission_and_receiver() {
    let starts = receives_boot(requests(apk(), "RECEIVE_BOOT_COMPLETED"));
    assert_eq!(judge(RULE, &starts, &policy()), "found: note boot");
}

#[test]
fn either_alone_is_silent() {
    assert_eq!(judge(RULE, &requests(apk(), "RECEIVE_BOOT_COMPLETED"), &policy()), "not_applicable");
    assert_eq!(judge(RULE, &receives_boot(apk()), &policy()), "not_applicable");
}

#[test]
fn a_word_for_it_is_enough() {
    let starts = || receives_boot(requests(apk(), "RECEIVE_BOOT_COMPLETED"));
    assert_eq!(judge(RULE, &starts(), &says(policy(), "boot", Says::permission())), "clear");
    let mut told = policy();
    told.meta.autostart = told.meta.retention.clone();
    assert_eq!(judge(RULE, &starts(), &told), "clear");
}

fn push(mut apk: Apk, class: &str, open: bool, guard: Option<&str>) -> Apk {
    apk = receives_boot(embeds(apk, "jpush", Confidence::High));
    let component = apk.manifest.components.last_mut().unwrap();
    component.kind = ComponentKind::Service;
    component.class = class.into();
    component.actions = vec!["cn.jpush.android.intent.DaemonService".into()];
    component.exported = Some(open);
    component.permission = guard.map(Into::into);
    apk
}

#[test]
fn push_components_that_other_apps_can_start_are_told() {
    let wakes = || push(apk(), "cn.jpush.android.service.DaemonService", true, None);
    assert_eq!(judge(RULE, &wakes(), &policy()), "found: note linked-start");
    let both = receives_boot(requests(wakes(), "RECEIVE_BOOT_COMPLETED"));
    assert_eq!(judge(RULE, &both, &policy()), "found: note boot, note linked-start");
    assert_eq!(judge(RULE, &wakes(), &says(policy(), "boot", Says::permission())), "clear");
    let mut told = policy();
    told.meta.autostart = told.meta.retention.clone();
    assert_eq!(judge(RULE, &wakes(), &told), "clear");
}

#[test]
fn closed_or_guarded_components_and_those_of_other_code_are_silent() {
    let daemon = "cn.jpush.android.service.DaemonService";
    assert_eq!(judge(RULE, &push(apk(), daemon, false, None), &policy()), "not_applicable", "not exported");
    let guarded = push(apk(), daemon, true, Some("com.vendor.permission.PUSH"));
    assert_eq!(judge(RULE, &guarded, &policy()), "not_applicable", "guarded");
    assert_eq!(judge(RULE, &push(apk(), "com.example.sample.Sync", true, None), &policy()), "not_applicable", "own");
    let mut opened = push(apk(), daemon, true, None);
    opened.manifest.components[0].kind = ComponentKind::Activity;
    assert_eq!(judge(RULE, &opened, &policy()), "not_applicable", "a screen");
    let mut silent = push(apk(), daemon, true, None);
    silent.manifest.components[0].exported = None;
    assert_eq!(judge(RULE, &silent, &policy()), "not_applicable", "target 34: not exported unless it says so");
    silent.manifest.target_sdk = Some(30);
    assert_eq!(judge(RULE, &silent, &policy()), "found: note linked-start", "its filter opens it");
}

#[test]
fn channels_of_device_vendors_and_events_of_other_frameworks_are_silent() {
    let mut vendor = push(apk(), "com.xiaomi.mipush.sdk.PushMessageHandler", true, None);
    vendor.sdks.clear();
    vendor = embeds(vendor, "xiaomi-push", Confidence::High);
    vendor.manifest.components[0].actions.clear();
    assert_eq!(judge(RULE, &vendor, &policy()), "not_applicable");
    let mut events = push(apk(), "cn.jpush.android.service.Firebase", true, None);
    events.manifest.components[0].actions = vec!["com.google.firebase.MESSAGING_EVENT".into()];
    assert_eq!(judge(RULE, &events, &policy()), "not_applicable");
}
