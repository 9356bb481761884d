use super::super::made::{Says, apk, calls, packed, points_to, policy, requests, says};
use super::judge;
use privacy_audit::apk::PermissionSource;
use privacy_audit::policy::{Basis, ListKind, Platform, Unread};

const RULE: &str = "undisclosed-permission";

#[test]
fn high_when_used_and_medium_when_only_declared() {
    let asked = || requests(apk(), "CAMERA");
    assert_eq!(judge(RULE, &asked(), &policy()), "found: medium camera");
    assert_eq!(judge(RULE, &calls(asked(), "camera_image", None), &policy()), "found: high camera");
    assert_eq!(judge(RULE, &calls(asked(), "camera_image", Some("getui")), &policy()), "found: high camera");
    assert_eq!(judge(RULE, &packed(asked()), &policy()), "found: medium camera", "packed: its use is not known");
    let ios = Says { platform: Platform::Ios, ..Says::permission() };
    assert_eq!(judge(RULE, &asked(), &says(policy(), "camera", ios)), "found: medium camera", "told for iOS only");
    assert_eq!(
        judge(RULE, &asked(), &says(policy(), "camera", Says { basis: Basis::Permission, ..Says::denied() })),
        "found: medium camera"
    );
}

#[test]
fn support_code_shows_no_use() {
    let mut wrapper = calls(requests(apk(), "CAMERA"), "camera_image", None);
    wrapper.calls[0].support = true;
    assert_eq!(judge(RULE, &wrapper, &policy()), "found: medium camera");
}

#[test]
fn a_call_that_two_permissions_open_shows_the_use_of_neither() {
    let asked = requests(requests(apk(), "READ_SMS"), "READ_PHONE_STATE");
    let number = calls(asked, "phone_number_sim", None);
    assert_eq!(judge(RULE, &number, &says(policy(), "phone-state", Says::permission())), "found: medium sms");
}

#[test]
fn normal_permissions_are_silent() {
    for name in ["INTERNET", "VIBRATE", "WAKE_LOCK", "ACCESS_NETWORK_STATE", "FOREGROUND_SERVICE"] {
        assert_eq!(judge(RULE, &requests(apk(), name), &policy()), "clear", "{name}");
    }
}

#[test]
fn signature_permissions_are_silent() {
    for name in ["INSTALL_PACKAGES", "READ_PRIVILEGED_PHONE_STATE"] {
        assert_eq!(judge(RULE, &requests(apk(), name), &policy()), "clear", "{name}");
    }
}

#[test]
fn badge_push_and_own_permissions_are_silent() {
    for name in ["com.huawei.android.launcher.permission.CHANGE_BADGE", "com.example.sample.permission.MIPUSH_RECEIVE"]
    {
        assert_eq!(judge(RULE, &requests(apk(), name), &policy()), "clear", "{name}");
    }
}

#[test]
fn what_the_platform_adds_is_silent() {
    let mut implied = requests(apk(), "READ_EXTERNAL_STORAGE");
    implied.manifest.permissions[0].source = PermissionSource::Implied { by: "WRITE_EXTERNAL_STORAGE".into() };
    assert_eq!(judge(RULE, &implied, &policy()), "clear");
}

#[test]
fn what_never_takes_effect_is_silent() {
    let mut limited = requests(apk(), "READ_CONTACTS");
    limited.manifest.permissions[0].max_sdk = Some(22);
    assert_eq!(judge(RULE, &limited, &policy()), "clear", "never a run-time permission");
    let mut legacy = requests(apk(), "READ_EXTERNAL_STORAGE");
    legacy.manifest.min_sdk = Some(33);
    assert_eq!(judge(RULE, &legacy, &policy()), "clear", "without effect on any supported version");
}

#[test]
fn data_that_only_this_permission_opens_tells_of_it() {
    assert_eq!(judge(RULE, &requests(apk(), "READ_CONTACTS"), &says(policy(), "contacts", Says::data())), "clear");
}

#[test]
fn an_explained_group_covers_its_members_and_pictures_cover_pictures_only() {
    let storage = || says(policy(), "storage", Says::permission());
    let album = || says(policy(), "storage", Says { photos_only: true, ..Says::permission() });
    for name in ["READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "READ_MEDIA_AUDIO"] {
        assert_eq!(judge(RULE, &requests(apk(), name), &storage()), "clear", "{name}");
    }
    assert_eq!(judge(RULE, &requests(apk(), "READ_MEDIA_IMAGES"), &album()), "clear");
    assert_eq!(judge(RULE, &requests(apk(), "READ_MEDIA_AUDIO"), &album()), "found: medium photos");
}

#[test]
fn a_list_or_part_that_was_not_given_leaves_it_open() {
    let asked = requests(apk(), "CAMERA");
    assert_eq!(judge(RULE, &asked, &points_to(policy(), ListKind::Permission)), "undetermined");
    let mut unread = policy();
    unread.unread.push(Unread { place: "annex.pdf".into(), why: "holds images only".into() });
    assert_eq!(judge(RULE, &asked, &unread), "undetermined");
}

/// `tools:node="remove"` and comments in a source manifest are no requests.
#[test]
fn removed_and_commented_permissions_are_silent() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = dir.path().join("AndroidManifest.xml");
    let text = r#"<manifest xmlns:android="http://schemas.android.com/apk/res/android"
        xmlns:tools="http://schemas.android.com/tools" package="com.example.sample">
        <uses-sdk android:minSdkVersion="24" android:targetSdkVersion="34"/>
        <uses-permission android:name="android.permission.CAMERA" tools:node="remove"/>
        <!-- <uses-permission android:name="android.permission.READ_SMS"/> -->
        <uses-permission android:name="android.permission.RECORD_AUDIO"/>
        <application/></manifest>"#;
    std::fs::write(&manifest, text).unwrap();
    let catalogue = privacy_audit::catalogue::Catalogue::builtin();
    let apk = privacy_audit::apk::Apk::read(&manifest, catalogue, &privacy_audit::apk::ReadOptions::default()).unwrap();
    assert_eq!(judge(RULE, &apk, &policy()), "found: medium microphone");
}

#[test]
fn a_purpose_in_the_manifest_is_told_and_discloses_nothing() {
    use privacy_audit::apk::{MetaData, Value};
    let settings = privacy_audit::audit::Settings::default();
    let mut stated = requests(apk(), "CAMERA");
    let value = Some(Value::Text("扫描二维码".into()));
    stated.manifest.meta_data.push(MetaData { key: "android.permission.CAMERA".into(), value, owner: None });
    let made = policy();
    let audit =
        privacy_audit::audit::Audit::new(&stated, &made, privacy_audit::catalogue::Catalogue::builtin(), &settings);
    let found = audit.findings().into_iter().find(|f| f.rule.id == RULE).unwrap();
    assert!(found.message.zh.contains("写有申请目的"), "{}", found.message.zh);
}
