//! Every sample package beside its policy: the findings that `sample-apks/README.md` derives from the sources, no more and no
//! less for the rules that concern both sides.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use privacy_audit::apk::{Apk, ReadOptions};
use privacy_audit::audit::{Audit, Outcome, Settings};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::Policy;

/// Rules for which the tables of the README are complete.
const COMPLETE: &[&str] = &[
    "undisclosed-permission",
    "undisclosed-special-access",
    "undisclosed-sdk",
    "contradicted-denial",
    "disclosed-not-requested",
    "disclosed-not-found",
    "low-target-sdk",
    "external-list-missing",
];

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs `check` on the audit of a sample package with these policy files.
fn audited(package: &str, policies: &[&str], check: impl FnOnce(&Audit<'_>)) {
    let catalogue = Catalogue::builtin();
    let apk = Apk::read(&file(&format!("sample-apks/{package}.apk")), catalogue, &ReadOptions::default()).unwrap();
    let policies: Vec<PathBuf> = policies.iter().map(|p| file(&format!("policies/{p}"))).collect();
    let policy = Policy::read(&policies, catalogue).unwrap();
    let settings = Settings::default();
    check(&Audit::new(&apk, &policy, catalogue, &settings));
}

/// `severity rule subject` of every finding, for the complete rules or for all.
fn found(audit: &Audit<'_>, all: bool) -> BTreeSet<String> {
    audit
        .findings()
        .into_iter()
        .filter(|f| all || COMPLETE.contains(&f.rule.id))
        .map(|f| format!("{} {} {}", f.severity.id(), f.rule.id, f.subject))
        .collect()
}

fn expect(audit: &Audit<'_>, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|e| (*e).to_owned()).collect();
    let found = found(audit, false);
    let missing: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:#?}\nsurplus {surplus:#?}");
}

fn outcome(audit: &Audit<'_>, rule: &str) -> &'static str {
    audit.outcomes.iter().find(|(r, _)| r.id == rule).map_or("no such rule", |(_, o)| match o {
        Outcome::Found(_) => "found",
        Outcome::Clear => "clear",
        Outcome::Undetermined(..) => "undetermined",
        Outcome::NotApplicable(_) => "not_applicable",
    })
}

#[test]
fn an_education_app_with_seventeen_listed_sdks() {
    audited("qingya-xuetang", &["qingya-xuetang.txt"], |audit| {
        expect(
            audit,
            &[
                "high undisclosed-permission calendar",
                "medium undisclosed-permission activity",
                "medium undisclosed-special-access overlay",
                "high undisclosed-sdk tencent-tpns",
                "high undisclosed-sdk getui",
                "high undisclosed-sdk sensorsdata",
                "note disclosed-not-requested sms",
                "note disclosed-not-found baidu-ocr",
                "note disclosed-not-found oppo-push",
                "note disclosed-not-found vivo-push",
                "note disclosed-not-found meizu-push",
                "note disclosed-not-found reconova",
                "note disclosed-not-found ksyun-live",
            ],
        );
        for rule in ["open-ended-enumeration", "autostart-unexplained"] {
            assert_eq!(outcome(audit, rule), "found", "{rule}");
        }
    });
}

#[test]
fn permission_tables_for_two_platforms_and_a_list_elsewhere() {
    audited("haiyu-zhongwen", &["haiyu-zhongwen.txt"], |audit| {
        let list = audit.case.policy.external_lists.first().unwrap().name.clone();
        expect(
            audit,
            &[
                "high undisclosed-permission calendar",
                "note disclosed-not-requested call",
                &format!("note external-list-missing {list}"),
            ],
        );
        assert_eq!(outcome(audit, "undisclosed-sdk"), "undetermined");
    });
}

#[test]
fn the_list_given_as_a_second_file_settles_what_was_open() {
    audited("haiyu-zhongwen", &["haiyu-zhongwen.txt", "haiyu-zhongwen-sdk-list.txt"], |audit| {
        expect(
            audit,
            &[
                "high undisclosed-permission calendar",
                "note disclosed-not-requested call",
                "high undisclosed-sdk talkingdata",
                "note disclosed-not-found agora",
            ],
        );
    });
}

#[test]
fn denials_that_the_package_contradicts() {
    audited("qingshi-langdu", &["qingshi-langdu.txt"], |audit| {
        expect(
            audit,
            &[
                "high contradicted-denial contacts",
                "high undisclosed-permission contacts",
                "high contradicted-denial gdt",
                "high undisclosed-sdk gdt",
                "high low-target-sdk target-sdk",
            ],
        );
    });
}

#[test]
fn a_complete_policy_yields_nothing_in_any_encoding() {
    for policy in
        ["shanque-guanniao.txt", "encodings/shanque-guanniao.gb18030.txt", "encodings/shanque-guanniao.utf-16le.txt"]
    {
        audited("shanque-guanniao", &[policy], |audit| {
            assert_eq!(found(audit, true), BTreeSet::new(), "{policy}");
        });
    }
}

#[test]
fn an_app_that_asks_for_nothing_yields_nothing() {
    for policy in ["zhihe-jishi.html", "encodings/zhihe-jishi.wrong-charset.html"] {
        audited("zhihe-jishi", &[policy], |audit| {
            assert_eq!(found(audit, true), BTreeSet::new(), "{policy}");
        });
    }
}

#[test]
fn a_packed_app_is_neither_accused_nor_cleared_of_what_its_code_hides() {
    audited("shantu-qingli", &["shantu-qingli.md"], |audit| {
        expect(
            audit,
            &[
                "medium undisclosed-permission phone-state",
                "high undisclosed-special-access accessibility",
                "high undisclosed-sdk getui",
                "note low-target-sdk target-sdk",
            ],
        );
        for rule in ["disclosed-not-found", "unused-permission", "undisclosed-data"] {
            assert_eq!(outcome(audit, rule), "undetermined", "{rule}");
        }
    });
}
