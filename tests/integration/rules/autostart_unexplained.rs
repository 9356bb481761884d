use super::super::made::{Says, apk, policy, receives_boot, requests, says};
use super::judge;

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
