use super::super::made::{apk, embeds, packed, policy};
use super::judge;
use privacy_audit::apk::{Apk, Confidence, Host, Trace};

const RULE: &str = "export-unexplained";

fn foreign(confidence: Confidence) -> Apk {
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

/// A package whose code names these hosts.
fn names(hosts: &[&str]) -> Apk {
    let mut apk = apk();
    apk.hosts = hosts.iter().map(|h| Host { name: (*h).into(), trace: Trace::entry("classes.dex", *h) }).collect();
    apk
}

#[test]
fn a_host_of_a_foreign_service_is_a_sign_and_an_ending_is_none() {
    let mut silent = policy();
    silent.meta.export = None;
    assert_eq!(judge(RULE, &names(&["app-measurement.com"]), &silent), "found: note export");
    assert_eq!(judge(RULE, &names(&["eu.app-measurement.com"]), &policy()), "clear");
    let others = names(&["www.example.com", "notapp-measurement.com", "www.facebook.com", "schemas.android.com"]);
    assert_eq!(judge(RULE, &others, &silent), "not_applicable");
}

#[test]
fn code_that_was_not_seen_whole_leaves_it_open() {
    let mut silent = policy();
    silent.meta.export = None;
    assert_eq!(judge(RULE, &packed(apk()), &silent), "undetermined");
    assert_eq!(judge(RULE, &packed(foreign(Confidence::High)), &silent), "found: note export");
}
