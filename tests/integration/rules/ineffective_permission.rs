use super::super::made::{apk, policy, requests};
use super::judge;

const RULE: &str = "ineffective-permission";

#[test]
fn fires_for_signature_invented_and_ended_permissions() {
    for name in ["INSTALL_PACKAGES", "READ_PRIVILEGED_PHONE_STATE", "CAMMERA"] {
        assert_eq!(judge(RULE, &requests(apk(), name), &policy()), "found: note permissions", "{name}");
    }
}

#[test]
fn what_takes_effect_and_what_others_define_is_silent() {
    for name in ["CAMERA", "INTERNET", "com.vendor.permission.PUSH"] {
        assert_eq!(judge(RULE, &requests(apk(), name), &policy()), "clear", "{name}");
    }
}

#[test]
fn a_request_that_the_app_itself_limits_is_silent() {
    let mut limited = requests(apk(), "GET_ACCOUNTS");
    limited.manifest.permissions[0].max_sdk = Some(22);
    assert_eq!(judge(RULE, &limited, &policy()), "clear");
}
