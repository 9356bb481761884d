//! Policies of which no word can be seen: nothing that depends on them is decided, and everything else is.

use privacy_audit::apk::Apk;
use privacy_audit::audit::{Audit, RULES, Settings};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{Policy, Reader, Unseen};

use super::cli::run;
use super::made::{apk, calls, embeds, requests};

/// A PDF of two pages that draw a square, locked with a password or not.
fn pdf(locked: bool) -> Vec<u8> {
    let page = |contents: u32| {
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents {contents} 0 R /Resources << >> >>")
    };
    let drawing = "<< /Length 10 >>\nstream\n0 0 1 re f\nendstream".to_owned();
    let (owner, user) = ("31".repeat(32), "42".repeat(32));
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>".to_owned(),
        page(4),
        drawing.clone(),
        page(6),
        drawing,
    ];
    let mut lock = String::new();
    if locked {
        objects.push(format!("<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -4 >>"));
        let id = "00".repeat(16);
        lock = format!("/Encrypt 7 0 R /ID [<{id}><{id}>]");
    }
    let mut out = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.push_str(&format!("{table}trailer << /Size {size} /Root 1 0 R {lock} >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

/// Reads files, by name and content, as an audit does.
fn read(files: &[(&str, &[u8])]) -> Policy {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    Reader::new(Catalogue::builtin()).read_as_far_as_seen(&paths).unwrap()
}

/// What the rules say of a policy, for an app that gives each of them something to look at.
fn outcomes(apk: &Apk, policy: &Policy) -> Vec<(&'static str, &'static str)> {
    let settings = Settings::default();
    let audit = Audit::new(apk, policy, Catalogue::builtin(), &settings);
    audit.outcomes.iter().map(|(rule, outcome)| (rule.number, outcome.id())).collect()
}

fn busy() -> Apk {
    let asks = ["CAMERA", "ACCESS_FINE_LOCATION", "ACCESS_BACKGROUND_LOCATION", "SYSTEM_ALERT_WINDOW"];
    let apk = asks.into_iter().fold(calls(apk(), "android_id", None), requests);
    embeds(apk, "umeng-analytics", privacy_audit::apk::Confidence::High)
}

#[test]
fn what_depends_on_a_policy_without_words_is_left_open() {
    let pictures = b"<html><body><img src='1.png'><img src='2.png'></body></html>";
    let cases = [
        ("a scan.pdf", pdf(false), Unseen::Pictures),
        ("locked.pdf", pdf(true), Unseen::Locked),
        ("pictures.html", pictures.to_vec(), Unseen::Pictures),
    ];
    // These look at the package alone, or have nothing to look at in this one.
    let package = ["F11", "F12", "F15", "E1", "E6", "E8"];
    for (name, bytes, unseen) in cases {
        let policy = read(&[(name, &bytes)]);
        assert_eq!(policy.unseen, Some(unseen), "{name}");
        assert_eq!(policy.documents.len(), 1, "{name}");
        for (number, outcome) in outcomes(&busy(), &policy) {
            if !package.contains(&number) {
                assert_eq!(outcome, "undetermined", "{name}: {number}");
            }
        }
        assert_eq!(RULES.len(), 29, "a new rule belongs in this list or looks at the policy");
    }
}

#[test]
fn an_annex_in_words_still_counts() {
    let list = "第三方SDK目录\n友盟统计SDK\n公司：友盟同欣（北京）科技有限公司\n使用目的：统计分析\n收集个人信息：Android ID\n";
    let policy = read(&[("scan.pdf", &pdf(false)), ("sdk.txt", list.as_bytes())]);
    assert_eq!((policy.unseen, policy.unread.len(), policy.sdks.len()), (None, 1, 1));
    let said = outcomes(&busy(), &policy);
    assert!(said.contains(&("F04", "clear")) && said.contains(&("F02", "undetermined")), "{said:?}");
}

#[test]
fn an_annex_that_cannot_be_read_is_named_once() {
    let policy = read(&[("p.txt", "隐私政策\n我们会收集您的手机号码用于注册。".as_bytes()), ("a.pdf", &pdf(true))]);
    assert_eq!(policy.unread[0].place, "a.pdf");
    assert_eq!(policy.unread[0].why, "a PDF that is locked with a password");
}

#[test]
fn the_commands_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("scan.pdf");
    std::fs::write(&scan, pdf(false)).unwrap();
    let scan = scan.to_str().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-apks/shanque-guanniao.apk");
    let (out, err, status) = run(&[sample, scan]);
    assert!(out.contains("没有文字层：仅有图片的 PDF，共 2 页"), "{out}");
    assert!(out.contains("政策只有图片，未能读到文字") && !out.contains("未见披露"), "{out}");
    assert!(err.contains("what depends on the policy is undetermined"), "{err}");
    assert_eq!(status, 0, "nothing found, nothing failed");
    let (_, err, status) = run(&["policy", scan]);
    assert!(err.ends_with("no text layer: an image-only PDF of 2 pages\n"), "{err}");
    assert_eq!(status, 2);
}
