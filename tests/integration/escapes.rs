//! Names from hostile packages and policies: nothing that a terminal, a spreadsheet, a browser or the eye acts on comes out.

use std::fs;

use privacy_audit::apk::{
    Apk, Call, Channel, Component, ComponentKind, Confidence, DeclaredPermission, DetectedSdk, MetaData, NativeLib,
    Packing, PermissionUse, SdkEvidence, SdkVersion, Signer, Trace, Unread,
};
use privacy_audit::audit::{Audit, Lang, Settings};
use privacy_audit::catalogue::{Catalogue, EvidenceGrade};
use privacy_audit::report::batch::{Batch, Output, fragment};
use privacy_audit::report::diff::Reported;
use privacy_audit::report::{self, Format, Style, Subject};

use super::cli::run;
use super::made::{apk, embeds, policy, requests};

/// An escape sequence, a C1 control, a carriage return, a tab, direction marks, a byte order mark, markup, a table border.
const EVIL: &str =
    "=1+1\u{1b}[31m\u{9b}2J\r\tx\u{202e}txt\u{2066}\u{feff}<script>alert(1)</script>|`\u{7}\u{7f}\u{2028}";

/// A package in which every text is hostile.
fn hostile() -> Apk {
    let mut apk = embeds(requests(apk(), "CAMERA"), "jpush", Confidence::High);
    let evil = || EVIL.to_owned();
    let trace = || Trace {
        split: Some(evil()),
        class: Some(evil()),
        method: Some(evil()),
        offset: Some(1),
        ..Trace::entry(evil(), evil())
    };
    apk.file = evil();
    apk.label = Some(evil());
    apk.label_zh = Some(format!("{EVIL}中"));
    apk.splits = vec![evil()];
    apk.manifest.package = evil();
    apk.manifest.version_name = Some(evil());
    apk.manifest.application_class = Some(evil());
    apk = requests(apk, &format!("com.example.{EVIL}"));
    apk.manifest.permissions[1].trace = trace();
    apk.manifest.declared_permissions.push(DeclaredPermission { name: evil(), protection: None });
    apk.manifest.components.push(Component {
        kind: ComponentKind::Service,
        class: evil(),
        target: None,
        permission: Some(evil()),
        exported: Some(true),
        process: Some(evil()),
        authorities: vec![evil()],
        actions: vec![evil()],
        trace: trace(),
    });
    apk.manifest.meta_data.push(MetaData { key: evil(), value: None, owner: Some(evil()) });
    apk.native_libs.push(NativeLib { split: None, entry: evil(), abi: evil(), name: evil() });
    let sign = SdkEvidence { channel: Channel::Package, value: evil(), count: 1, strong: true, trace: trace() };
    apk.sdks.push(DetectedSdk {
        id: "utdid".into(),
        evidence: vec![sign],
        confidence: Confidence::High,
        bundled_by: None,
        version: Some(SdkVersion { text: evil(), trace: trace() }),
    });
    apk.calls.push(Call {
        item: "imei".into(),
        grade: EvidenceGrade::Direct,
        api: evil(),
        class: evil(),
        method: evil(),
        split: Some(evil()),
        dex: evil(),
        offset: 1,
        sdk: None,
        support: false,
    });
    apk.permission_uses.push(PermissionUse {
        permission: "android.permission.CAMERA".into(),
        api: evil(),
        class: evil(),
        method: evil(),
        split: Some(evil()),
        dex: evil(),
        offset: 1,
        sdk: None,
        support: false,
    });
    apk.packer = Some(Packing { id: None, name: evil(), evidence: vec![trace()] });
    apk.dynamic = vec![trace()];
    apk.frameworks = vec![evil()];
    apk.signers = vec![Signer { subject: evil(), sha256: "00".into() }];
    apk.deviations = vec![evil()];
    apk.coverage.unread = vec![Unread { place: evil(), why: evil() }];
    apk
}

/// What must not stand in any output.
fn check(format: Format, text: &str, what: &str) {
    let acts = |c: char| {
        c.is_control() && c != '\n' && !(format == Format::Csv && c == '\r')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{2028}')
    };
    // The byte order mark of CSV is its own.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    assert!(text.contains("alert(1)"), "{what} {format:?} drops the names");
    if let Some(at) = text.find(|c| acts(c) || c == '\u{feff}') {
        panic!("{what} {format:?}: {:?}", text[at..].chars().take(40).collect::<String>());
    }
    match format {
        Format::Markdown => assert!(!text.contains("<script"), "{what}"),
        Format::Csv => {
            let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
            for line in text.split("\r\n") {
                assert!(!line.split(',').any(|cell| formula(cell.trim_start_matches('"'))), "{what}: {line}");
                assert!(!line.contains('\r'), "{what}: {line:?}");
            }
        }
        Format::Json | Format::Jsonl => {
            for line in text.lines().filter(|_| format == Format::Jsonl) {
                serde_json::from_str::<serde_json::Value>(line).unwrap();
            }
        }
        Format::Table => {}
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_format_shows_hostile_names_harmless() {
    let (catalogue, settings, apk) = (Catalogue::builtin(), Settings::default(), hostile());
    let mut policy = policy();
    policy.documents[0].file = EVIL.into();
    let audit = Audit::new(&apk, &policy, catalogue, &settings);
    for lang in [Lang::Zh, Lang::En] {
        let style = Style { lang, ..Style::default() };
        for format in Format::ALL {
            let of_apk = written(|out| report::write(Subject::Apk(&apk, catalogue), format, style, out));
            check(format, &of_apk, "apk");
            let both = written(|out| report::write(Subject::Audit(&audit), format, style, out));
            check(format, &both, "audit");
        }
    }
}

#[test]
fn batches_and_differences_show_hostile_names_harmless() {
    let (catalogue, settings, apk, policy) = (Catalogue::builtin(), Settings::default(), hostile(), policy());
    let audit = Audit::new(&apk, &policy, catalogue, &settings);
    let style = Style::default();
    for format in Format::ALL {
        let text = written(|out| {
            let mut batch = Batch::new(vec![Output::new(format, out)], style);
            batch.add(EVIL.into(), fragment(&audit, &[format], style)?)?;
            batch.fail(EVIL.into(), EVIL, EVIL)?;
            batch.finish()
        });
        check(format, &text, "batch");
    }
    let json = written(|out| report::write(Subject::Audit(&audit), Format::Json, style, out));
    let other = json.replace("\"camera\"", "\"microphone\"").replace("utdid", "other");
    let (old, new) = (Reported::parse(json.as_bytes()).unwrap(), Reported::parse(other.as_bytes()).unwrap());
    for format in Format::ALL {
        let text = written(|out| report::write_diff(&old, &new, format, style, out));
        let at = text.find(|c: char| c.is_control() && !['\n', '\r'].contains(&c) || c == '\u{202e}');
        assert_eq!(at, None, "{format:?}: {text:?}");
    }
}

#[test]
fn errors_show_hostile_names_harmless() {
    let place = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[31m\u{202e}.apk";
    fs::write(place.path().join(name), "no package").unwrap();
    let path = place.path().join(name).display().to_string();
    for arguments in [vec!["apk", &path], vec!["apk", "\u{9b}2J.apk"], vec!["policy", &path, "no\u{202e}.txt"]] {
        let (_, stderr, status) = run(&arguments);
        assert_eq!(status, 2);
        let at = stderr.find(|c: char| c.is_control() && c != '\n' || c == '\u{202e}');
        assert_eq!(at, None, "{stderr:?}");
    }
}
