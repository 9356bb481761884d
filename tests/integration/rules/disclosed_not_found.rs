use super::super::made::{apk, embeds, lists, packed, policy};
use super::judge;
use privacy_audit::apk::{Confidence, PackageKind, Trace};
use privacy_audit::policy::{NameMatch, Platform};

const RULE: &str = "disclosed-not-found";

fn listed() -> privacy_audit::policy::Policy {
    lists(policy(), "getui", NameMatch::Product)
}

#[test]
fn fires_when_no_sign_is_there() {
    assert_eq!(judge(RULE, &apk(), &listed()), "found: note getui");
    assert_eq!(judge(RULE, &embeds(apk(), "getui", Confidence::Low), &listed()), "clear", "a weak sign is a sign");
}

#[test]
fn listed_for_another_platform_is_silent() {
    for platform in [Platform::Ios, Platform::Other] {
        let mut policy = listed();
        policy.sdks[0].platform = platform;
        assert_eq!(judge(RULE, &apk(), &policy), "clear", "{platform:?}");
    }
}

#[test]
fn hidden_loaded_or_missing_code_leaves_it_open() {
    assert_eq!(judge(RULE, &packed(apk()), &listed()), "undetermined");
    let mut loaded = apk();
    loaded.dynamic.push(Trace::entry("classes.dex", "DexClassLoader"));
    assert_eq!(judge(RULE, &loaded, &listed()), "undetermined");
    let mut source = apk();
    source.kind = PackageKind::SourceManifest;
    assert_eq!(judge(RULE, &source, &listed()), "undetermined");
}

#[test]
fn tools_are_silent() {
    assert_eq!(judge(RULE, &apk(), &lists(policy(), "okhttp", NameMatch::Product)), "clear");
}

#[test]
fn names_without_known_signs_and_vague_names_are_silent() {
    let mut unknown = listed();
    unknown.sdks[0].ids.clear();
    assert_eq!(judge(RULE, &apk(), &unknown), "clear", "nothing to look for");
    assert_eq!(judge(RULE, &apk(), &lists(policy(), "getui", NameMatch::Class)), "clear", "a kind of component");
}
