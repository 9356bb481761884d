use super::super::made::{apk, policy, requests};
use super::judge;
use privacy_audit::apk::{Apk, PackageKind, PermissionSource};

const RULE: &str = "low-target-sdk";

fn with(target: Option<u32>, permission: Option<&str>) -> Apk {
    let mut made = permission.map_or_else(apk, |p| requests(apk(), p));
    made.manifest.min_sdk = Some(14);
    made.manifest.target_sdk = target;
    made
}

#[test]
fn high_below_23_with_a_run_time_permission() {
    assert_eq!(judge(RULE, &with(Some(22), Some("CAMERA")), &policy()), "found: high target-sdk");
    assert_eq!(judge(RULE, &with(None, Some("CAMERA")), &policy()), "found: high target-sdk", "minSdk stands in");
}

#[test]
fn without_run_time_permissions_or_from_23_to_29_a_note() {
    assert_eq!(judge(RULE, &with(Some(22), None), &policy()), "found: note target-sdk");
    assert_eq!(judge(RULE, &with(Some(22), Some("INTERNET")), &policy()), "found: note target-sdk");
    let mut implied = with(Some(22), Some("READ_EXTERNAL_STORAGE"));
    implied.manifest.permissions[0].source = PermissionSource::Implied { by: "x".into() };
    assert_eq!(judge(RULE, &implied, &policy()), "found: note target-sdk", "only what the platform adds");
    assert_eq!(judge(RULE, &with(Some(28), Some("CAMERA")), &policy()), "found: note target-sdk");
}

#[test]
fn from_30_on_it_is_silent() {
    assert_eq!(judge(RULE, &with(Some(30), Some("CAMERA")), &policy()), "clear");
}

#[test]
fn a_source_manifest_without_levels_leaves_it_open() {
    let mut source = with(None, Some("CAMERA"));
    source.manifest.min_sdk = None;
    source.kind = PackageKind::SourceManifest;
    assert_eq!(judge(RULE, &source, &policy()), "undetermined");
}

#[test]
fn cars_and_tvs_are_pointed_out() {
    use privacy_audit::apk::Feature;
    let settings = privacy_audit::audit::Settings::default();
    let mut tv = with(Some(22), Some("CAMERA"));
    let name = Some("android.software.leanback".to_owned());
    tv.manifest.features.push(Feature { name, required: true });
    let made = policy();
    let audit = privacy_audit::audit::Audit::new(&tv, &made, privacy_audit::catalogue::Catalogue::builtin(), &settings);
    let found = audit.findings().into_iter().find(|f| f.rule.id == RULE).unwrap();
    assert!(found.message.zh.contains("电视") && found.message.en.contains("TVs"), "{}", found.message.zh);
}
