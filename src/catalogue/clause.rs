//! Clauses that findings cite, and the 39 service types with their necessary personal information.

use serde::{Deserialize, Serialize};

use super::id::{CapabilityId, ClauseId, DataItemId};

/// One clause of a law, regulation, standard or notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Identifier: `rdff-2-1`.
    pub id: ClauseId,
    /// Short Chinese title of the document: 《认定方法》.
    pub document_zh: String,
    /// Short English title of the document.
    pub document_en: String,
    /// Number within the document: `二.1`, `第17条`.
    pub number: String,
    /// The same for an English reader, where the number holds Chinese: `Article 17`.
    #[serde(default)]
    pub number_en: Option<String>,
    /// Paraphrase in Chinese, never the wording of the law.
    pub gist_zh: String,
    /// Paraphrase in English.
    pub gist_en: String,
    /// Whether it binds today.
    pub status: ClauseStatus,
    /// Whether the number and gist were checked against a stored text.
    pub verified: bool,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
}

impl Clause {
    /// Its number for a reader of Chinese or of English.
    pub fn number_in(&self, chinese: bool) -> &str {
        self.number_en.as_deref().filter(|_| !chinese).unwrap_or(&self.number)
    }
}

/// Whether a clause binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseStatus {
    /// In force.
    InForce,
    /// A recommended standard or guide in force.
    Recommended,
    /// A draft: cited as outlook only.
    Draft,
}

/// What an authority's bulletins call the problem a rule finds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bulletin {
    /// Rule id: `undisclosed-permission`.
    pub rule: String,
    /// Who issues it.
    pub issuer: Issuer,
    /// The usual wording.
    pub wording: String,
}

/// Who issues a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Issuer {
    /// Cyberspace Administration, 国家网信办.
    Cac,
    /// Computer virus emergency response centre, 国家计算机病毒应急处理中心.
    Cverc,
    /// Ministry of Industry and Information Technology, 工业和信息化部.
    Miit,
    /// Public security, 公安机关.
    Mps,
}

/// One of the 39 service types of 国信办秘字〔2021〕14号 art. 5.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceType {
    /// Number, 1 to 39.
    pub no: u8,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// The basic function.
    pub basic_function: String,
    /// Words in the name of an app that show the type beyond doubt.
    #[serde(default)]
    pub words: Vec<String>,
    /// Necessary personal information, in Chinese words.
    #[serde(default)]
    pub necessary: Vec<String>,
    /// The same as data items, where the catalogue has them.
    #[serde(default)]
    pub necessary_items: Vec<DataItemId>,
    /// Capabilities of the basic function.
    #[serde(default)]
    pub basic: Vec<CapabilityId>,
    /// Capabilities that are plausible beside it (a working judgement, not the regulation's).
    #[serde(default)]
    pub plausible: Vec<CapabilityId>,
    /// Capabilities that are unusual for it (a working judgement, not the regulation's).
    #[serde(default)]
    pub unusual: Vec<CapabilityId>,
}
