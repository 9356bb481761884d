//! What each rule says: where it fires, and each exclusion on its own.

use privacy_audit::apk::{Apk, Confidence, PackageKind, Trace};
use privacy_audit::audit::{Audit, Outcome, Settings, Verdict};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{Basis, ListKind, NameMatch, Platform, Polarity, Policy};

use super::made::{Says, apk, calls, embeds, lists, packed, points_to, policy, requests, says};

/// `outcome: severity subject, …` of one rule.
fn judge(rule: &str, apk: &Apk, policy: &Policy) -> String {
    let settings = Settings::default();
    let audit = Audit::new(apk, policy, Catalogue::builtin(), &settings);
    let (_, outcome) = audit.outcomes.iter().find(|(r, _)| r.id == rule).unwrap();
    let findings: Vec<String> = audit
        .findings()
        .iter()
        .filter(|f| f.rule.id == rule)
        .map(|f| {
            assert!(!f.evidence().is_empty() && !f.message.zh.is_empty() && !f.remedy.en.is_empty());
            format!("{} {}", f.severity.id(), f.subject)
        })
        .collect();
    let outcome = match outcome {
        Outcome::Found(_) => "found",
        Outcome::Clear => "clear",
        Outcome::Undetermined(..) => "undetermined",
        Outcome::NotApplicable(_) => "not_applicable",
    };
    format!("{outcome}: {}", findings.join(", ")).trim_end_matches(": ").to_owned()
}

fn verdict(apk: &Apk, policy: &Policy) -> Verdict {
    let settings = Settings::default();
    Audit::new(apk, policy, Catalogue::builtin(), &settings).case.permissions[0].verdict
}

#[test]
fn an_app_that_asks_nothing_and_a_full_policy_are_silent() {
    let settings = Settings::default();
    let (apk, policy) = (apk(), policy());
    let audit = Audit::new(&apk, &policy, Catalogue::builtin(), &settings);
    let found: Vec<_> = audit.findings().iter().map(|f| (f.rule.id, f.subject.clone())).collect();
    assert!(found.is_empty(), "{found:?}");
}

/// The grid of what is requested, what the policy says, what code does and whether it is hidden.
#[test]
fn truth_table_of_permissions() {
    let camera = || requests(apk(), "CAMERA");
    let used = || calls(camera(), "camera_image", None);
    let ios = Says { platform: Platform::Ios, ..Says::permission() };
    let partial = Says { polarity: Polarity::DeniedPartial, ..Says::permission() };
    let capability_denied = Says { basis: Basis::Permission, ..Says::denied() };
    let rows: [(&str, Apk, Policy, &str, &str); 9] = [
        ("silent, declared only", camera(), policy(), "undisclosed", "found: medium camera"),
        ("silent, used", used(), policy(), "undisclosed", "found: high camera"),
        ("silent, packed", packed(camera()), policy(), "undisclosed", "found: medium camera"),
        ("named", used(), says(policy(), "camera", Says::permission()), "disclosed", "clear"),
        ("partly denied", used(), says(policy(), "camera", partial), "disclosed", "clear"),
        ("for iOS only", camera(), says(policy(), "camera", ios), "other_platform", "found: medium camera"),
        (
            "denied, declared only",
            camera(),
            says(policy(), "camera", capability_denied),
            "denied",
            "found: medium camera",
        ),
        ("denied and used: F10 speaks", used(), says(policy(), "camera", capability_denied), "denied", "clear"),
        ("list elsewhere", camera(), points_to(policy(), ListKind::Permission), "undetermined", "undetermined"),
    ];
    for (what, apk, policy, expected, finding) in rows {
        assert_eq!(verdict(&apk, &policy).id(), expected, "{what}");
        assert_eq!(judge("undisclosed-permission", &apk, &policy), finding, "{what}");
    }
}

#[test]
fn undisclosed_permission_is_silent_where_nothing_is_owed() {
    let rule = "undisclosed-permission";
    for name in ["INTERNET", "VIBRATE", "WAKE_LOCK", "ACCESS_NETWORK_STATE", "FOREGROUND_SERVICE", "INSTALL_PACKAGES"] {
        assert_eq!(judge(rule, &requests(apk(), name), &policy()), "clear", "{name}");
    }
    let mut limited = requests(apk(), "READ_CONTACTS");
    limited.manifest.permissions[0].max_sdk = Some(22);
    assert_eq!(judge(rule, &limited, &policy()), "clear", "never a run-time permission");
    let mut legacy = requests(apk(), "READ_EXTERNAL_STORAGE");
    legacy.manifest.min_sdk = Some(33);
    assert_eq!(judge(rule, &legacy, &policy()), "clear", "without effect on any supported version");
}

#[test]
fn an_explained_group_covers_its_members_and_pictures_cover_pictures() {
    let rule = "undisclosed-permission";
    let storage = || says(policy(), "storage", Says::permission());
    let album = || says(policy(), "storage", Says { photos_only: true, ..Says::permission() });
    for name in ["READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "READ_MEDIA_AUDIO"] {
        assert_eq!(judge(rule, &requests(apk(), name), &storage()), "clear", "{name}");
    }
    assert_eq!(judge(rule, &requests(apk(), "READ_MEDIA_IMAGES"), &album()), "clear");
    assert_eq!(judge(rule, &requests(apk(), "READ_MEDIA_AUDIO"), &album()), "found: medium photos");
    assert_eq!(verdict(&requests(apk(), "READ_EXTERNAL_STORAGE"), &album()), Verdict::Vague);
}

#[test]
fn what_is_told_for_somebody_else_does_not_cover_the_apps_own_use() {
    let partner = says(policy(), "location", Says { basis: Basis::Permission, ..Says::partner() });
    let asked = requests(apk(), "ACCESS_FINE_LOCATION");
    assert_eq!(verdict(&asked, &partner), Verdict::Disclosed);
    assert_eq!(verdict(&calls(asked, "location_fine", None), &partner), Verdict::Vague);
}

#[test]
fn special_access() {
    let rule = "undisclosed-special-access";
    assert_eq!(judge(rule, &requests(apk(), "SYSTEM_ALERT_WINDOW"), &policy()), "found: medium overlay");
    assert_eq!(judge(rule, &requests(apk(), "PACKAGE_USAGE_STATS"), &policy()), "found: high usage-stats");
    let told = says(policy(), "overlay", Says::permission());
    assert_eq!(judge(rule, &requests(apk(), "SYSTEM_ALERT_WINDOW"), &told), "clear");
    let mut updates = policy();
    updates.meta.app_update = updates.meta.updated.clone();
    let installs = requests(apk(), "REQUEST_INSTALL_PACKAGES");
    assert_eq!(judge(rule, &installs, &policy()), "found: medium install");
    assert_eq!(judge(rule, &installs, &updates), "clear", "updates are explained");
}

#[test]
fn undisclosed_sdk_and_its_exclusions() {
    let rule = "undisclosed-sdk";
    let getui = || embeds(apk(), "getui", Confidence::High);
    assert_eq!(judge(rule, &getui(), &policy()), "found: high getui");
    assert_eq!(judge(rule, &getui(), &lists(policy(), "getui", NameMatch::Product)), "clear");
    assert_eq!(judge(rule, &getui(), &lists(policy(), "getui", NameMatch::Class)), "clear", "vague is not undisclosed");
    assert_eq!(judge(rule, &getui(), &points_to(policy(), ListKind::Sdk)), "undetermined");
    assert_eq!(judge(rule, &embeds(apk(), "getui", Confidence::Medium), &policy()), "clear", "signs too weak");
    assert_eq!(judge(rule, &embeds(apk(), "okhttp", Confidence::High), &policy()), "clear", "a utility");
    let mut own = policy();
    own.meta.operator.as_mut().unwrap().value = "浙江每日互动网络科技股份有限公司".into();
    assert_eq!(judge(rule, &getui(), &own), "clear", "the operator's own");
    assert_eq!(judge(rule, &packed(getui()), &policy()), "undetermined: high getui");
    let both = embeds(embeds(apk(), "umeng-push", Confidence::High), "umeng-common", Confidence::High);
    let told = lists(policy(), "umeng-push", NameMatch::Product);
    assert_eq!(judge(rule, &both, &told), "clear", "brought along by a disclosed SDK");
    let ios = {
        let mut ios = lists(policy(), "getui", NameMatch::Product);
        ios.sdks[0].platform = Platform::Ios;
        ios
    };
    assert_eq!(judge(rule, &getui(), &ios), "found: high getui", "listed for iOS only");
}

#[test]
fn disclosed_not_requested_and_its_exclusions() {
    let rule = "disclosed-not-requested";
    let named = |how| says(policy(), "sms", how);
    assert_eq!(judge(rule, &apk(), &named(Says::permission())), "found: note sms");
    assert_eq!(judge(rule, &requests(apk(), "READ_SMS"), &named(Says::permission())), "clear");
    let ios = Says { platform: Platform::Ios, ..Says::permission() };
    assert_eq!(judge(rule, &apk(), &named(ios)), "clear", "for iOS");
    let some_day = Says { hypothetical: true, ..Says::permission() };
    assert_eq!(judge(rule, &apk(), &named(some_day)), "clear", "hypothetical");
    assert_eq!(judge(rule, &apk(), &says(policy(), "clipboard", Says::data())), "clear", "needs no permission");
    let mut source = apk();
    source.kind = PackageKind::SourceManifest;
    assert_eq!(judge(rule, &source, &named(Says::permission())), "undetermined");
}

#[test]
fn disclosed_not_found_and_its_exclusions() {
    let rule = "disclosed-not-found";
    let listed = || lists(policy(), "getui", NameMatch::Product);
    assert_eq!(judge(rule, &apk(), &listed()), "found: note getui");
    assert_eq!(judge(rule, &embeds(apk(), "getui", Confidence::Low), &listed()), "clear", "a weak sign is a sign");
    assert_eq!(judge(rule, &packed(apk()), &listed()), "undetermined");
    let mut loaded = apk();
    loaded.dynamic.push(Trace::entry("classes.dex", "DexClassLoader"));
    assert_eq!(judge(rule, &loaded, &listed()), "undetermined", "code may come from elsewhere");
    let mut unknown = listed();
    unknown.sdks[0].ids.clear();
    assert_eq!(judge(rule, &apk(), &unknown), "clear", "nothing to look for");
    let mut ios = listed();
    ios.sdks[0].platform = Platform::Ios;
    assert_eq!(judge(rule, &apk(), &ios), "clear", "for iOS");
}

#[test]
fn low_target_sdk() {
    let rule = "low-target-sdk";
    let with = |target, permission: Option<&str>| {
        let mut made = permission.map_or_else(apk, |p| requests(apk(), p));
        made.manifest.min_sdk = Some(14);
        made.manifest.target_sdk = target;
        made
    };
    assert_eq!(judge(rule, &with(Some(22), Some("CAMERA")), &policy()), "found: high target-sdk");
    assert_eq!(judge(rule, &with(None, Some("CAMERA")), &policy()), "found: high target-sdk", "minSdk stands in");
    assert_eq!(judge(rule, &with(Some(22), None), &policy()), "found: note target-sdk");
    assert_eq!(judge(rule, &with(Some(28), Some("CAMERA")), &policy()), "found: note target-sdk");
    assert_eq!(judge(rule, &with(Some(30), Some("CAMERA")), &policy()), "clear");
}

#[test]
fn undisclosed_data_and_its_exclusions() {
    let rule = "undisclosed-data";
    let reads = || calls(apk(), "android_id", None);
    assert_eq!(judge(rule, &reads(), &policy()), "found: high android_id");
    assert_eq!(judge(rule, &reads(), &says(policy(), "android_id", Says::data())), "clear");
    assert_eq!(judge(rule, &reads(), &says(policy(), "device_id", Says::data())), "clear", "an umbrella word: F08");
    assert_eq!(
        judge("umbrella-disclosure", &reads(), &says(policy(), "device_id", Says::data())),
        "found: low android_id"
    );
    assert_eq!(judge(rule, &calls(apk(), "android_id", Some("getui")), &policy()), "clear", "an SDK's: F04 and F06");
    let mut support = reads();
    support.calls[0].support = true;
    assert_eq!(judge(rule, &support, &policy()), "clear", "platform support code");
    assert_eq!(judge(rule, &calls(apk(), "contacts", None), &policy()), "clear", "its permission is not asked for");
    assert_eq!(judge(rule, &packed(reads()), &policy()), "undetermined: high android_id");
}

#[test]
fn contradicted_denial_needs_an_unconditional_denial_and_a_call() {
    let rule = "contradicted-denial";
    let reads = || calls(requests(apk(), "READ_CONTACTS"), "contacts", None);
    let with = |polarity| says(policy(), "contacts", Says { polarity, ..Says::permission() });
    assert_eq!(judge(rule, &reads(), &with(Polarity::DeniedFull)), "found: high contacts");
    assert_eq!(judge(rule, &reads(), &with(Polarity::DeniedConditional)), "clear");
    assert_eq!(judge(rule, &reads(), &with(Polarity::DeniedPartial)), "clear");
    assert_eq!(judge(rule, &requests(apk(), "READ_CONTACTS"), &with(Polarity::DeniedFull)), "clear", "no call");
    let told = says(with(Polarity::DeniedFull), "contacts", Says::permission());
    assert_eq!(judge(rule, &reads(), &told), "clear", "told elsewhere");
}

#[test]
fn the_policys_own_shortcomings() {
    let apk = apk();
    let mut bare = policy();
    bare.meta = privacy_audit::policy::Meta::default();
    for (rule, expected) in [
        ("operator-or-contact-missing", "found: medium operator"),
        ("date-missing", "found: low date"),
        ("rights-channel-missing", "found: medium rights, low consent"),
        ("retention-missing", "found: low policy"),
        ("collection-lists-missing", "found: note policy"),
        ("minors-rules-missing", "not_applicable"),
        ("targeting-without-opt-out", "not_applicable"),
    ] {
        assert_eq!(judge(rule, &apk, &bare), expected, "{rule}");
        assert_ne!(judge(rule, &apk, &policy()).split(':').next(), Some("found"), "{rule}");
    }
    assert_eq!(judge("no-collection-rules", &apk, &Policy::default()), "found: high policy");
}
