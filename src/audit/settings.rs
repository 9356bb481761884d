//! What a team has settled about its own app before the audit: `audit.toml` beside the policy, or `--config FILE`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::finding::{Finding, Severity};
use super::rules;
use crate::catalogue::Catalogue;
use crate::policy::SdkEntry;

/// Settings of one audit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Service type 1–39 of 国信办秘字〔2021〕14号, when a person gave it. Settings files may write its name.
    #[serde(deserialize_with = "service_type")]
    pub service_type: Option<u8>,
    /// Class packages of the operator's own, beside the app's package. Components below them are never third-party.
    pub own_packages: Vec<String>,
    /// Catalogue files to merge, relative to the settings file.
    pub catalogue: Vec<PathBuf>,
    /// The national SDK platform's record as CSV, relative to the settings file.
    pub sdk_record: Option<PathBuf>,
    /// Severities that the team sets by rule id.
    pub severity: BTreeMap<String, Severity>,
    /// Findings the team has accepted.
    pub waive: Vec<Waiver>,
    /// Today as ISO 8601 (`2026-11-25`), for waivers that end. Without it no waiver has ended.
    #[serde(skip)]
    pub today: Option<String>,
    /// What `sdk_record` holds, once it was read.
    #[serde(skip)]
    pub records: Vec<SdkEntry>,
}

/// A finding the team has accepted, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Rule id or number.
    pub rule: String,
    /// Subject of the finding; every subject when absent.
    #[serde(default)]
    pub subject: Option<String>,
    /// Why. Reports print it.
    pub reason: String,
    /// Last day it holds, as ISO 8601; for ever when absent.
    #[serde(default)]
    pub until: Option<String>,
}

impl Waiver {
    /// Whether it is for this finding.
    fn is_for(&self, finding: &Finding) -> bool {
        rules::rule(&self.rule).is_some_and(|r| r == finding.rule)
            && self.subject.as_ref().is_none_or(|s| *s == finding.subject)
    }
}

/// Why settings could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file could not be read.
    #[error("{}: cannot read the settings", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A place in the file is wrong.
    #[error("{}:{line}: {message}", .file.display())]
    Entry {
        /// The file.
        file: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What was expected.
        message: String,
    },
}

impl Settings {
    /// Reads a settings file. Paths in it are taken relative to it.
    ///
    /// # Errors
    /// When the file cannot be read, has an unknown key or a value of the wrong kind, names a rule that does not exist, or a
    /// date that is none.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        let text =
            std::fs::read_to_string(file).map_err(|source| SettingsError::Read { file: file.to_owned(), source })?;
        let mut settings = Self::parse(&text).map_err(|(offset, message)| {
            let line = text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
            SettingsError::Entry { file: file.to_owned(), line, message }
        })?;
        let folder = file.parent().unwrap_or(Path::new(""));
        for path in settings.catalogue.iter_mut().chain(&mut settings.sdk_record) {
            *path = folder.join(&*path);
        }
        Ok(settings)
    }

    /// Parses settings; an error has its byte offset.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        let settings: Self =
            toml::from_str(text).map_err(|e| (e.span().map_or(0, |s| s.start), e.message().to_owned()))?;
        let place = |word: &str| text.find(word).unwrap_or(0);
        for rule in settings.severity.keys().chain(settings.waive.iter().map(|w| &w.rule)) {
            if rules::rule(rule).is_none() {
                return Err((
                    place(rule),
                    format!("no rule has the id \"{rule}\"; `audit catalogue list rules` lists them"),
                ));
            }
        }
        for until in settings.waive.iter().filter_map(|w| w.until.as_ref()) {
            if !is_date(until) {
                return Err((place(until), format!("\"{until}\" is no date; expected one such as \"2027-01-31\"")));
            }
        }
        Ok(settings)
    }

    /// Applies severities and waivers to a finding.
    pub(super) fn apply(&self, finding: &mut Finding) {
        if let Some(severity) = self.severity.get(finding.rule.id).or_else(|| self.severity.get(finding.rule.number)) {
            finding.severity = *severity;
        }
        let waivers: Vec<&Waiver> = self.waive.iter().filter(|w| w.is_for(finding)).collect();
        finding.waived = waivers.iter().find(|w| !self.ended(w)).map(|w| w.reason.clone());
        if finding.waived.is_none() {
            finding.waiver_ended = waivers.iter().find_map(|w| w.until.clone());
        }
    }

    /// The waivers that still hold and are for none of these findings: mended since, or misspelt.
    pub fn idle<'s>(&'s self, findings: &[&Finding]) -> Vec<&'s Waiver> {
        let idle = |w: &&Waiver| !self.ended(w) && !findings.iter().any(|f| w.is_for(f));
        self.waive.iter().filter(idle).collect()
    }

    /// Whether a waiver no longer holds. ISO 8601 dates compare as text.
    fn ended(&self, waiver: &Waiver) -> bool {
        matches!((&waiver.until, &self.today), (Some(until), Some(today)) if until < today)
    }
}

/// A service type by number or name.
fn service_type<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u8>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(i64),
        Name(String),
    }
    let wanted = match Written::deserialize(from)? {
        Written::Number(number) => number.to_string(),
        Written::Name(name) => name,
    };
    let found = Catalogue::builtin().service_type(&wanted);
    found.map(|t| Some(t.no)).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "service_type \"{wanted}\" does not exist; expected 1 to 39 or a name (`audit catalogue list service-types`)"
        ))
    })
}

/// Whether a text is a day as ISO 8601 writes it: `2026-01-31`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |s: &str, len: usize| if s.len() == len { s.parse::<u32>().ok() } else { None };
    matches!((number(year, 4), number(month, 2), number(day, 2)), (Some(_), Some(1..=12), Some(1..=31)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (usize, String) {
        let (offset, message) = Settings::parse(text).unwrap_err();
        (text[..offset].matches('\n').count() + 1, message)
    }

    #[test]
    fn a_service_type_may_be_named() {
        for written in ["19", "\"19\"", "\"学习教育\"", "\"学习教育类\""] {
            assert_eq!(
                Settings::parse(&format!("service_type = {written}\n")).unwrap().service_type,
                Some(19),
                "{written}"
            );
        }
        assert!(error("service_type = \"算命\"\n").1.contains("1 to 39"));
    }

    #[test]
    fn everything_a_team_can_settle() {
        let settings = Settings::parse(
            "service_type = 19\nown_packages = [\"com.example.lib\"]\n[severity]\nopen-ended-enumeration = \"note\"\n\
             [[waive]]\nrule = \"F04\"\nsubject = \"getui\"\nreason = \"下个版本移除\"\nuntil = \"2027-01-31\"\n",
        )
        .unwrap();
        assert_eq!(settings.service_type, Some(19));
        assert_eq!(settings.waive[0].subject.as_deref(), Some("getui"));
    }

    #[test]
    fn each_mistake_is_told_with_its_line() {
        assert_eq!(error("own_packages = []\nservce_type = 1\n").0, 2);
        assert!(error("service_type = 40\n").1.contains("1 to 39"));
        assert_eq!(error("[severity]\nno-such-rule = \"low\"\n").0, 2);
        assert!(error("[severity]\ndate-missing = \"grave\"\n").1.contains("grave"));
        assert!(error("[[waive]]\nrule = \"F04\"\n").1.contains("reason"));
        let (line, message) = error("[[waive]]\nrule = \"F04\"\nreason = \"x\"\nuntil = \"2027/1/31\"\n");
        assert_eq!(line, 4);
        assert!(message.contains("2027/1/31"), "{message}");
    }

    #[test]
    fn a_waiver_ends_with_its_last_day() {
        let waiver =
            |until: &str| Waiver { rule: "F04".into(), subject: None, reason: "x".into(), until: Some(until.into()) };
        let settings = Settings { today: Some("2026-11-25".into()), ..Settings::default() };
        assert!(!settings.ended(&waiver("2026-11-25")));
        assert!(settings.ended(&waiver("2026-11-24")));
    }
}
