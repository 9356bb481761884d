use super::super::made::{Says, apk, policy, requests, says};
use super::judge;

const RULE: &str = "background-location-unlisted";

fn asked() -> privacy_audit::apk::Apk {
    requests(apk(), "ACCESS_BACKGROUND_LOCATION")
}

#[test]
fn fires_when_only_location_is_told() {
    assert_eq!(
        judge(RULE, &asked(), &says(policy(), "location", Says::permission())),
        "found: medium location-background"
    );
}

#[test]
fn background_told_and_no_location_at_all_are_silent() {
    let told = says(policy(), "location-background", Says::permission());
    assert_eq!(judge(RULE, &asked(), &told), "clear");
    assert_eq!(judge(RULE, &asked(), &policy()), "clear", "F02 speaks");
    assert_eq!(judge(RULE, &requests(apk(), "ACCESS_FINE_LOCATION"), &policy()), "not_applicable");
}
