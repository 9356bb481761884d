use super::super::made::{apk, calls, packed, policy, requests};
use super::judge;
use privacy_audit::apk::{PermissionSource, Trace};

const RULE: &str = "unused-permission";

#[test]
fn fires_when_nothing_in_the_code_needs_it() {
    assert_eq!(
        judge(RULE, &requests(apk(), "READ_CONTACTS"), &policy()),
        "found: low android.permission.READ_CONTACTS"
    );
}

#[test]
fn any_use_is_enough_support_code_and_ambiguous_calls_included() {
    let asked = || requests(apk(), "READ_CONTACTS");
    assert_eq!(judge(RULE, &calls(asked(), "contacts", None), &policy()), "clear");
    assert_eq!(judge(RULE, &calls(asked(), "contacts", Some("getui")), &policy()), "clear");
    let mut support = calls(asked(), "contacts", None);
    support.calls[0].support = true;
    assert_eq!(judge(RULE, &support, &policy()), "clear");
    let two = calls(requests(requests(apk(), "READ_SMS"), "READ_PHONE_STATE"), "phone_number_sim", None);
    assert_eq!(judge(RULE, &two, &policy()), "clear");
}

#[test]
fn hidden_or_loaded_code_leaves_it_open() {
    let asked = || requests(apk(), "READ_CONTACTS");
    assert_eq!(judge(RULE, &packed(asked()), &policy()), "undetermined");
    let mut loads = asked();
    loads.dynamic.push(Trace::entry("classes.dex", "DexClassLoader"));
    assert_eq!(judge(RULE, &loads, &policy()), "undetermined");
}

#[test]
fn legacy_storage_implied_and_normal_permissions_are_silent() {
    let mut legacy = requests(apk(), "WRITE_EXTERNAL_STORAGE");
    legacy.manifest.permissions[0].max_sdk = Some(28);
    assert_eq!(judge(RULE, &legacy, &policy()), "clear");
    let mut implied = requests(apk(), "READ_CONTACTS");
    implied.manifest.permissions[0].source = PermissionSource::Implied { by: "x".into() };
    assert_eq!(judge(RULE, &implied, &policy()), "clear");
    assert_eq!(judge(RULE, &requests(apk(), "INTERNET"), &policy()), "clear");
}

#[test]
fn an_sdk_that_may_have_brought_it_is_named() {
    use super::super::made::embeds;
    use privacy_audit::apk::Confidence;
    let said = |apk: &privacy_audit::apk::Apk| {
        let (settings, made) = (privacy_audit::audit::Settings::default(), policy());
        let catalogue = privacy_audit::catalogue::Catalogue::builtin();
        let audit = privacy_audit::audit::Audit::new(apk, &made, catalogue, &settings);
        audit.findings().into_iter().find(|f| f.rule.id == RULE).map(|f| f.message.zh.clone()).unwrap()
    };
    let location = requests(apk(), "ACCESS_FINE_LOCATION");
    assert!(!said(&location).contains("合并带入"));
    let message = said(&embeds(location, "umeng-analytics", Confidence::High));
    assert!(message.contains("友盟") && message.contains("合并带入"), "{message}");
}
