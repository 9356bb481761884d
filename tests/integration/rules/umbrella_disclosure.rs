use super::super::made::{Says, apk, calls, packed, policy, says};
use super::judge;
use privacy_audit::apk::Apk;

const RULE: &str = "umbrella-disclosure";

fn reads() -> Apk {
    calls(apk(), "android_id", None)
}

#[test]
fn fires_on_a_bare_umbrella_word() {
    assert_eq!(judge(RULE, &reads(), &says(policy(), "device_id", Says::data())), "found: low android_id");
}

#[test]
fn an_enumeration_beside_the_umbrella_word_is_f09s() {
    let mut listed = says(says(policy(), "device_id", Says::data()), "imei", Says::data());
    let line = listed.statements[1].passage.line;
    listed.statements[2].passage.line = line;
    assert_eq!(judge(RULE, &reads(), &listed), "clear");
}

#[test]
fn the_item_itself_or_nothing_at_all_is_another_rules() {
    assert_eq!(judge(RULE, &reads(), &says(policy(), "android_id", Says::data())), "clear");
    assert_eq!(judge(RULE, &reads(), &policy()), "clear", "F07 speaks");
    let sdk = calls(apk(), "android_id", Some("getui"));
    assert_eq!(judge(RULE, &sdk, &says(policy(), "device_id", Says::data())), "clear", "an SDK's code");
}

#[test]
fn packing_leaves_it_open() {
    assert_eq!(judge(RULE, &packed(apk()), &policy()), "undetermined");
}
