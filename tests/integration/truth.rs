//! The truth table of permissions: what the manifest asks for × what the policy says × what code uses it × packed or not.
//!
//! Read a cell as `verdict finding…`: F02 and F03 undisclosed, F10 contradicted denial, F11 not asked here, F12 unused, E1
//! ineffective, each with the first letter of its severity (high, medium, low, note). Packed: no code can be seen.

use privacy_audit::apk::Apk;
use privacy_audit::audit::{Audit, Settings};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{ListKind, Platform, Polarity, Policy};

use super::made::{Says, apk, calls, packed, points_to, policy, requests, says};

/// Run-time permission, disclosure required. `camera_image` is what it opens.
const CAMERA: &str = "
policy       | no use              | app uses              | SDK uses           | support code only  | packed
silent       | undisclosed F02m F12l | undisclosed F02h      | undisclosed F02h   | undisclosed F02m   | undisclosed F02m
named        | disclosed F12l      | disclosed             | disclosed          | disclosed          | disclosed
data named   | disclosed F12l      | disclosed             | disclosed          | disclosed          | disclosed
for an SDK   | disclosed F12l      | vague                 | disclosed          | disclosed          | disclosed
for iOS      | other_platform F02m F12l | other_platform F02h | other_platform F02h | other_platform F02m | other_platform F02m
denied       | denied F02m F12l    | denied F02h F10h      | denied F02h        | denied F02m        | denied F02m
partly       | disclosed F12l      | disclosed             | disclosed          | disclosed          | disclosed
if refused   | disclosed F12l      | disclosed             | disclosed          | disclosed          | disclosed
both         | disclosed F12l      | disclosed             | disclosed          | disclosed          | disclosed
list missing | undetermined F12l   | undetermined          | undetermined       | undetermined       | undetermined
";

/// Special access, disclosure required: its weight is the permission's own.
const USAGE: &str = "
policy       | no use              | packed
silent       | undisclosed F03h    | undisclosed F03h
named        | disclosed           | disclosed
for iOS      | other_platform F03h | other_platform F03h
denied       | denied F03h         | denied F03h
list missing | undetermined        | undetermined
";

/// Run-time permission whose disclosure is optional.
const NOTIFICATIONS: &str = "
policy       | packed
silent       | exempt
named        | disclosed
for iOS      | exempt
denied       | exempt
list missing | exempt
";

/// Normal permission without personal information.
const INTERNET: &str = "
policy       | no use | packed
silent       | exempt | exempt
for iOS      | exempt | exempt
list missing | exempt | exempt
";

/// Signature permission: a third-party app never gets it.
const PRIVILEGED: &str = "
policy       | no use     | packed
silent       | exempt E1n | exempt E1n
named        | exempt E1n | exempt E1n
denied       | exempt E1n | exempt E1n
list missing | exempt E1n | exempt E1n
";

struct Subject {
    permission: &'static str,
    capability: &'static str,
    item: &'static str,
}

fn stated(what: &str, subject: &Subject) -> Policy {
    let told = |how: Says| says(policy(), subject.capability, how);
    let permission = Says::permission;
    match what {
        "silent" => policy(),
        "named" => told(permission()),
        "data named" => says(policy(), subject.item, Says::data()),
        "for an SDK" => told(Says { party: 1, ..permission() }),
        "for iOS" => told(Says { platform: Platform::Ios, ..permission() }),
        "denied" => told(Says { polarity: Polarity::DeniedFull, ..permission() }),
        "partly" => told(Says { polarity: Polarity::DeniedPartial, ..permission() }),
        "if refused" => told(Says { polarity: Polarity::DeniedConditional, ..permission() }),
        "both" => {
            let denied = told(Says { polarity: Polarity::DeniedFull, ..permission() });
            says(denied, subject.capability, permission())
        }
        "list missing" => points_to(policy(), ListKind::Permission),
        other => panic!("no such statement: {other}"),
    }
}

fn package(how: &str, subject: &Subject) -> Apk {
    let asked = requests(apk(), subject.permission);
    match how {
        "no use" => asked,
        "app uses" => calls(asked, subject.item, None),
        "SDK uses" => calls(asked, subject.item, Some("getui")),
        "support code only" => {
            let mut support = calls(asked, subject.item, None);
            support.calls[0].support = true;
            support
        }
        "packed" => packed(asked),
        other => panic!("no such use: {other}"),
    }
}

fn judged(apk: &Apk, policy: &Policy) -> String {
    let settings = Settings::default();
    let audit = Audit::new(apk, policy, Catalogue::builtin(), &settings);
    let mut out = audit.case.permissions[0].verdict.id().to_owned();
    let mut found: Vec<(String, usize)> = audit
        .findings()
        .iter()
        .filter(|f| ["F02", "F03", "F10", "F12", "E1"].contains(&f.rule.number))
        .map(|f| (format!(" {}{}", f.rule.number, &f.severity.id()[..1]), f.rule.number.len()))
        .collect();
    found.sort();
    found.iter().for_each(|(f, _)| out.push_str(f));
    out
}

fn compare(table: &str, permission: &'static str, capability: &'static str, item: &'static str) {
    let subject = Subject { permission, capability, item };
    let mut rows = table.trim().lines().map(|l| l.split('|').map(str::trim).collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let mut wrong = Vec::new();
    for row in rows {
        assert_eq!(row.len(), head.len(), "{permission}: {row:?}");
        for (how, expected) in head.iter().zip(&row).skip(1) {
            let found = judged(&package(how, &subject), &stated(row[0], &subject));
            if found != *expected {
                wrong.push(format!("{permission}, {}, {how}: expected {expected}, found {found}", row[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_required_run_time_permission() {
    compare(CAMERA, "CAMERA", "camera", "camera_image");
    compare(CAMERA, "READ_CONTACTS", "contacts", "contacts");
    compare(CAMERA, "RECORD_AUDIO", "microphone", "audio_record");
}

#[test]
fn special_access() {
    compare(USAGE, "PACKAGE_USAGE_STATS", "usage-stats", "");
}

#[test]
fn an_optional_a_normal_and_an_ineffective_permission() {
    compare(NOTIFICATIONS, "POST_NOTIFICATIONS", "notifications", "");
    compare(INTERNET, "INTERNET", "network", "");
    compare(PRIVILEGED, "READ_PRIVILEGED_PHONE_STATE", "phone-state", "");
}
