use super::super::made::{Says, apk, calls, packed, points_to, policy, requests, says};
use super::judge;
use privacy_audit::catalogue::EvidenceGrade;
use privacy_audit::policy::{ListKind, Platform};

const RULE: &str = "undisclosed-data";

fn reads() -> privacy_audit::apk::Apk {
    calls(apk(), "android_id", None)
}

#[test]
fn fires_by_weight() {
    assert_eq!(judge(RULE, &reads(), &policy()), "found: high android_id");
    assert_eq!(judge(RULE, &calls(apk(), "clipboard", None), &policy()), "found: high clipboard");
    assert_eq!(judge(RULE, &calls(apk(), "operator", None), &policy()), "found: medium operator");
    let ios = Says { platform: Platform::Ios, ..Says::data() };
    assert_eq!(judge(RULE, &reads(), &says(policy(), "android_id", ios)), "found: high android_id", "told for iOS");
}

#[test]
fn an_alias_or_an_umbrella_word_is_enough() {
    assert_eq!(judge(RULE, &reads(), &says(policy(), "android_id", Says::data())), "clear");
    assert_eq!(judge(RULE, &reads(), &says(policy(), "device_id", Says::data())), "clear", "F08 speaks");
}

#[test]
fn weak_and_context_signs_are_silent() {
    for grade in [EvidenceGrade::Context, EvidenceGrade::Weak] {
        let mut hint = reads();
        hint.calls[0].grade = grade;
        assert_eq!(judge(RULE, &hint, &policy()), "clear", "{grade:?}");
    }
}

#[test]
fn support_code_sdks_and_unknown_libraries_are_silent() {
    let mut support = reads();
    support.calls[0].support = true;
    assert_eq!(judge(RULE, &support, &policy()), "clear", "androidx");
    assert_eq!(judge(RULE, &calls(apk(), "android_id", Some("getui")), &policy()), "clear", "an SDK's: F04 and F06");
    let mut library = reads();
    library.calls[0].class = "org.library.Reader".into();
    assert_eq!(judge(RULE, &library, &policy()), "clear", "nobody's");
}

#[test]
fn without_its_permission_an_item_is_out_of_reach() {
    assert_eq!(judge(RULE, &calls(apk(), "contacts", None), &policy()), "clear");
}

#[test]
fn identifiers_are_out_of_reach_where_only_android_10_and_later_are_supported() {
    let mut imei = calls(requests(apk(), "READ_PHONE_STATE"), "imei", None);
    assert_eq!(judge(RULE, &imei, &policy()), "found: high imei");
    imei.manifest.min_sdk = Some(29);
    assert_eq!(judge(RULE, &imei, &policy()), "clear");
}

/// Writing to the clipboard and asking for one fixed package are no collection: the tables do not hold those calls.
#[test]
fn writing_the_clipboard_and_asking_for_one_package_are_no_collection() {
    let catalogue = privacy_audit::catalogue::Catalogue::builtin();
    let clipboard = catalogue.data_item("clipboard").unwrap();
    assert!(clipboard.apis.iter().all(|a| !a.ends_with("->setPrimaryClip")));
    let apps = catalogue.data_item("installed_apps").unwrap();
    assert!(apps.apis.iter().all(|a| !a.ends_with("->getPackageInfo") && !a.ends_with("->getApplicationInfo")));
}

#[test]
fn a_denial_that_is_contradicted_is_f10s() {
    assert_eq!(judge(RULE, &reads(), &says(policy(), "android_id", Says::denied())), "clear");
}

#[test]
fn what_cannot_be_seen_leaves_it_open() {
    assert_eq!(judge(RULE, &packed(reads()), &policy()), "undetermined: high android_id");
    assert_eq!(judge(RULE, &reads(), &points_to(policy(), ListKind::Collection)), "undetermined");
}
