use super::super::made::{apk, embeds, policy};
use super::judge;
use privacy_audit::apk::Confidence;

const RULE: &str = "export-unexplained";

fn foreign(confidence: Confidence) -> privacy_audit::apk::Apk {
    embeds(apk(), "adjust", confidence)
}

#[test]
fn fires_when_export_is_not_spoken_of_or_denied() {
    let mut silent = policy();
    silent.meta.export = None;
    assert_eq!(judge(RULE, &foreign(Confidence::High), &silent), "found: note export");
    let mut denied = policy();
    denied.meta.export_denied = denied.meta.export.clone();
    assert_eq!(judge(RULE, &foreign(Confidence::High), &denied), "found: note export");
}

#[test]
fn words_on_export_are_enough() {
    assert_eq!(judge(RULE, &foreign(Confidence::High), &policy()), "clear");
}

#[test]
fn weak_signs_and_publishers_in_china_are_silent() {
    let mut silent = policy();
    silent.meta.export = None;
    assert_eq!(judge(RULE, &foreign(Confidence::Medium), &silent), "not_applicable");
    assert_eq!(judge(RULE, &embeds(apk(), "getui", Confidence::High), &silent), "not_applicable");
}
