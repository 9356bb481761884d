use super::super::made::{Says, apk, calls, points_to, policy, requests, says};
use super::{judge, read};
use privacy_audit::policy::ListKind;

const RULE: &str = "undisclosed-special-access";

#[test]
fn fires_by_weight() {
    for (name, found) in [
        ("SYSTEM_ALERT_WINDOW", "found: medium overlay"),
        ("WRITE_SETTINGS", "found: medium settings"),
        ("PACKAGE_USAGE_STATS", "found: high usage-stats"),
        ("REQUEST_INSTALL_PACKAGES", "found: medium install"),
        ("BIND_ACCESSIBILITY_SERVICE", "found: high accessibility"),
        ("BIND_NOTIFICATION_LISTENER_SERVICE", "found: high notification-listener"),
        ("BIND_DEVICE_ADMIN", "found: medium device-admin"),
        ("BIND_VPN_SERVICE", "found: medium vpn"),
        ("BIND_INPUT_METHOD", "found: medium input-method"),
        ("MANAGE_EXTERNAL_STORAGE", "found: high storage"),
    ] {
        assert_eq!(judge(RULE, &requests(apk(), name), &policy()), found, "{name}");
    }
}

#[test]
fn a_word_for_it_is_enough() {
    let told = says(policy(), "overlay", Says::permission());
    assert_eq!(judge(RULE, &requests(apk(), "SYSTEM_ALERT_WINDOW"), &told), "clear");
}

#[test]
fn installing_is_explained_by_updates() {
    let mut updates = policy();
    updates.meta.app_update = updates.meta.updated.clone();
    let installs = requests(apk(), "REQUEST_INSTALL_PACKAGES");
    assert_eq!(judge(RULE, &installs, &updates), "clear");
    let told = read("应用更新：下载本应用的新版本后，经您同意安装更新。\n我们收集您的手机号。");
    assert_eq!(judge(RULE, &installs, &told), "clear");
}

/// An input method or VPN whose policy is about being one has told its own function.
#[test]
fn the_own_function_of_an_input_method_or_vpn_is_silent() {
    let mut keyboard = policy();
    keyboard.meta.app_name.as_mut().unwrap().value = "晴空输入法".into();
    assert_eq!(judge(RULE, &requests(apk(), "BIND_INPUT_METHOD"), &keyboard), "clear");
    let mut tunnel = policy();
    tunnel.meta.app_name.as_mut().unwrap().value = "晴空VPN".into();
    assert_eq!(judge(RULE, &requests(apk(), "BIND_VPN_SERVICE"), &tunnel), "clear");
    assert_eq!(judge(RULE, &requests(apk(), "BIND_VPN_SERVICE"), &keyboard), "found: medium vpn");
}

#[test]
fn a_permission_list_that_was_not_given_leaves_it_open() {
    let asked = calls(requests(apk(), "SYSTEM_ALERT_WINDOW"), "android_id", None);
    assert_eq!(judge(RULE, &asked, &points_to(policy(), ListKind::Permission)), "undetermined");
}
