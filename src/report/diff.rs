//! Two reports of one app beside each other: what came, what went, what changed its verdict, what can no longer be told.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sheets::{Cell, Layout, Sheet, Tone};
use super::wording as w;
use crate::audit::{Fixed, Lang, Severity, Verdict};

/// The parts of a report (schema `audit/1`) that are compared.
#[derive(Debug, Clone, Deserialize)]
pub struct Reported {
    schema: String,
    app: Option<ReportedApp>,
    #[serde(default)]
    permissions: Vec<Judged>,
    #[serde(default)]
    sdks: Vec<Judged>,
    #[serde(default)]
    data: Vec<Judged>,
    #[serde(default)]
    findings: Vec<ReportedFinding>,
    #[serde(default)]
    rules: Vec<ReportedRule>,
}

#[derive(Debug, Clone, Deserialize)]
struct ReportedApp {
    package: Option<String>,
    version_name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Judged {
    #[serde(alias = "id")]
    name: String,
    verdict: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct ReportedFinding {
    rule: String,
    subject: String,
    severity: String,
    message: String,
}

#[derive(Debug, Clone, Deserialize)]
struct ReportedRule {
    id: String,
    outcome: String,
}

/// Why a report could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum ReportedError {
    /// Not JSON, or not of this shape.
    #[error("not a report of schema audit/1")]
    Json(#[from] serde_json::Error),
    /// Several of them: the JSON Lines of a batch.
    #[error("{0} reports, one a line; expected the report of one app")]
    Several(usize),
    /// Another schema.
    #[error("schema \"{0}\", expected \"audit/1\"")]
    Schema(String),
}

impl Reported {
    /// Parses one report.
    ///
    /// # Errors
    /// When the text is no report of schema `audit/1`.
    pub fn parse(json: &[u8]) -> Result<Self, ReportedError> {
        // Reports hold "name" and "id" for an SDK: the id identifies it.
        let mut value: serde_json::Value = serde_json::from_slice(json).map_err(|error| {
            // A batch writes one report a line.
            let lines = json.split(|b| *b == b'\n').filter(|l| l.starts_with(b"{\"schema\"")).count();
            if lines > 1 { ReportedError::Several(lines) } else { error.into() }
        })?;
        for sdk in value.get_mut("sdks").and_then(|s| s.as_array_mut()).into_iter().flatten() {
            if let Some(entry) = sdk.as_object_mut().filter(|e| e.contains_key("id")) {
                entry.remove("name");
            }
        }
        let reported: Self = serde_json::from_value(value)?;
        if reported.schema != super::json::SCHEMA {
            return Err(ReportedError::Schema(reported.schema));
        }
        Ok(reported)
    }

    /// The package name of the app it is of.
    pub fn package(&self) -> Option<&str> {
        self.app.as_ref()?.package.as_deref()
    }

    /// Whether it is the report of an audit, and not of a package or a policy alone.
    pub fn is_audit(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Rule and subject of every finding.
    pub fn findings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.findings.iter().map(|f| (f.rule.as_str(), f.subject.as_str()))
    }

    fn undetermined(&self, rule: &str) -> bool {
        self.rules.iter().any(|r| r.id == rule && r.outcome == "undetermined")
    }

    fn name(&self) -> String {
        self.app.as_ref().map_or_else(String::new, |a| {
            format!("{} {}", a.package.as_deref().unwrap_or_default(), a.version_name.as_deref().unwrap_or_default())
        })
    }
}

/// How one thing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only in the new report.
    New,
    /// Only in the old report.
    Gone,
    /// A finding of the old report that the new one can no longer decide.
    Open,
    /// In both, with another verdict or severity.
    Changed,
}

impl Change {
    fn label(self) -> Fixed {
        match self {
            Self::New => w::CAME,
            Self::Gone => w::WENT,
            Self::Open => w::NO_LONGER_TOLD,
            Self::Changed => w::CHANGED,
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `finding`, `permission`, `sdk`, `data`.
    pub kind: &'static str,
    /// Rule and subject, or the name.
    pub subject: String,
    /// How it differs.
    pub change: Change,
    /// What stood in the old report.
    pub old: String,
    /// What stands in the new report.
    pub new: String,
}

/// Everything that differs: findings first, each kind by subject.
pub fn diff(old: &Reported, new: &Reported) -> Vec<Difference> {
    let mut out = Vec::new();
    let findings = |r: &Reported| -> BTreeMap<String, (String, String, String)> {
        r.findings
            .iter()
            .map(|f| (format!("{} {}", f.rule, f.subject), (f.severity.clone(), f.message.clone(), f.rule.clone())))
            .collect()
    };
    let (before, after) = (findings(old), findings(new));
    for (subject, (severity, message, rule)) in &before {
        match after.get(subject) {
            None => out.push(Difference {
                kind: "finding",
                subject: subject.clone(),
                change: if new.undetermined(rule) { Change::Open } else { Change::Gone },
                old: format!("{severity}: {message}"),
                new: String::new(),
            }),
            Some((now, text, _)) if now != severity => out.push(Difference {
                kind: "finding",
                subject: subject.clone(),
                change: Change::Changed,
                old: format!("{severity}: {message}"),
                new: format!("{now}: {text}"),
            }),
            Some(_) => {}
        }
    }
    for (subject, (severity, message, _)) in after.iter().filter(|(s, _)| !before.contains_key(*s)) {
        let new = format!("{severity}: {message}");
        out.push(Difference {
            kind: "finding",
            subject: subject.clone(),
            change: Change::New,
            old: String::new(),
            new,
        });
    }
    for (kind, old, new) in [
        ("permission", &old.permissions, &new.permissions),
        ("sdk", &old.sdks, &new.sdks),
        ("data", &old.data, &new.data),
    ] {
        judged(kind, old, new, &mut out);
    }
    out
}

fn judged(kind: &'static str, old: &[Judged], new: &[Judged], out: &mut Vec<Difference>) {
    let map = |all: &[Judged]| -> BTreeMap<String, String> {
        all.iter().map(|j| (j.name.clone(), j.verdict.clone().unwrap_or_default())).collect()
    };
    let (before, after) = (map(old), map(new));
    for subject in before.keys().chain(after.keys().filter(|k| !before.contains_key(*k))) {
        let (old, new) = (before.get(subject), after.get(subject));
        let change = match (old, new) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(_), Some(_)) => Change::Changed,
            (Some(_), None) => Change::Gone,
            _ => Change::New,
        };
        out.push(Difference {
            kind,
            subject: subject.clone(),
            change,
            old: old.cloned().unwrap_or_default(),
            new: new.cloned().unwrap_or_default(),
        });
    }
}

/// What kind of thing differs, for people.
fn kind(id: &str) -> Fixed {
    match id {
        "permission" => w::PERMISSION,
        "sdk" => w::COMPONENT_KIND,
        "data" => w::DATA_KIND,
        _ => w::MESSAGE,
    }
}

/// A verdict, or a severity and a message, with the identifier that reports hold put into words.
fn told(text: &str, lang: Lang) -> String {
    if let Some(verdict) = Verdict::ALL.iter().find(|v| v.id() == text) {
        return verdict.label().get(lang).to_owned();
    }
    let severity = text.split_once(": ").and_then(|(id, message)| {
        Severity::ALL.iter().find(|s| s.id() == id).map(|s| format!("[{}] {message}", s.label().get(lang)))
    });
    severity.unwrap_or_else(|| text.to_owned())
}

/// The differences as a sheet.
pub fn sheet(old: &Reported, new: &Reported, lang: Lang) -> Sheet {
    let columns = [w::KIND, w::SUBJECT, w::CHANGE, w::BEFORE, w::AFTER];
    let mut sheet = Sheet::new(lang, w::DIFF, Layout::Grid, &columns, w::NO_DIFFERENCE);
    sheet.title = format!("{}: {} → {}", sheet.title, old.name(), new.name());
    for d in diff(old, new) {
        let tone = match d.change {
            Change::New => Tone::Bad,
            Change::Gone => Tone::Good,
            Change::Open | Change::Changed => Tone::Warn,
        };
        sheet.rows.push(vec![
            Cell::new(kind(d.kind).get(lang)),
            Cell::new(d.subject),
            Cell::toned(d.change.label().get(lang), tone),
            Cell::new(told(&d.old, lang)),
            Cell::new(told(&d.new, lang)),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(findings: &str, rules: &str, sdks: &str) -> Reported {
        let json = format!(r#"{{"schema":"audit/1","findings":[{findings}],"rules":[{rules}],"sdks":[{sdks}]}}"#);
        Reported::parse(json.as_bytes()).unwrap()
    }

    const GETUI: &str = r#"{"rule":"undisclosed-sdk","subject":"getui","severity":"high","message":"m"}"#;

    #[test]
    fn fixed_new_and_no_longer_determinable_are_told_apart() {
        let with = report(GETUI, "", "");
        let without = report("", r#"{"id":"undisclosed-sdk","outcome":"clear"}"#, "");
        let hidden = report("", r#"{"id":"undisclosed-sdk","outcome":"undetermined"}"#, "");
        let change = |old: &Reported, new: &Reported| diff(old, new).iter().map(|d| d.change).collect::<Vec<_>>();
        assert_eq!(change(&with, &without), [Change::Gone]);
        assert_eq!(change(&with, &hidden), [Change::Open]);
        assert_eq!(change(&without, &with), [Change::New]);
        assert_eq!(change(&with, &with), []);
    }

    #[test]
    fn a_changed_verdict_is_told_by_id() {
        let sdk = |v: &str| report("", "", &format!(r#"{{"id":"getui","name":"个推","verdict":"{v}"}}"#));
        let changes = diff(&sdk("undisclosed"), &sdk("disclosed"));
        assert_eq!((changes[0].subject.as_str(), changes[0].change), ("getui", Change::Changed));
    }

    #[test]
    fn people_read_words_and_no_identifiers() {
        let sdk = |v: &str| report(GETUI, "", &format!(r#"{{"id":"getui","verdict":"{v}"}}"#));
        let rows = sheet(&sdk("undisclosed"), &report("", "", ""), Lang::Zh).rows;
        let texts: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(|c| c.text.as_str()).collect()).collect();
        assert_eq!(texts[0], ["发现", "undisclosed-sdk getui", "已消除", "[高] m", ""]);
        assert_eq!(texts[1], ["SDK", "getui", "已消除", "未见披露", ""]);
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(Reported::parse(b"[]").is_err());
        assert!(matches!(Reported::parse(br#"{"schema":"audit/9"}"#), Err(ReportedError::Schema(_))));
    }
}
