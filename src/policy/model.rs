//! What is known of a policy once it was read: plain data, no readers.

use std::sync::Arc;

use serde::Serialize;

use crate::catalogue::{CapabilityId, DataItemId, FamilyId, SdkCategory, SdkId};

/// A place in a policy, with the words that stand there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Passage {
    /// Index of the document among the files given.
    pub document: usize,
    /// File name without directories.
    pub file: Arc<str>,
    /// Source line, from 1 (page for PDF).
    pub line: u32,
    /// Column of the first quoted character within that line, from 1, in characters.
    pub column: u32,
    /// The quoted words, verbatim apart from markup and joined line breaks; at most about 120 characters.
    pub quote: String,
}

/// One policy: the main document and its annexes, answered as one.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The documents, main policy first.
    pub documents: Vec<Document>,
    /// Everything it says of capabilities and data, in reading order.
    pub statements: Vec<Statement>,
    /// The SDK entries, one per component, in reading order.
    pub sdks: Vec<SdkEntry>,
    /// SDKs it says are not embedded.
    pub sdk_denials: Vec<SdkDenial>,
    /// Lists it points to that were not given.
    pub external_lists: Vec<ExternalList>,
    /// Facts about the policy itself.
    pub meta: Meta,
    /// Every place where a word of the catalogue stands, with why it did or did not count.
    pub mentions: Vec<Mention>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// Why not a word of any document could be seen, when that is so.
    pub unseen: Option<Unseen>,
    /// Whether any sentence says that personal information is collected; see `has_collection_rules`.
    pub collects: bool,
}

impl Policy {
    /// Whether the text holds any rule of collecting or using personal information (F01).
    pub fn has_collection_rules(&self) -> bool {
        self.collects || !self.sdks.is_empty() || self.statements.iter().any(|s| s.polarity != Polarity::DeniedFull)
    }

    /// Permission constants whose explanation beside them names something else: the word is the constant, the subject what is named.
    pub fn gloss_mismatches(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(|m| m.why == "gloss-mismatch")
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// File name without directories, lossily decoded.
    pub file: Arc<str>,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// Encoding label: `UTF-8`, `GB18030`, `UTF-16LE`.
    pub encoding: String,
    /// Format of the file.
    pub format: Format,
    /// Lines (pages for PDF).
    pub lines: u32,
    /// What was read in which role, as inclusive line ranges in order: the record behind "searched and not found".
    pub regions: Vec<Region>,
    /// Whether it shows that some of its running text is set apart (bold, coloured, underlined). Where it does not, its format
    /// may have lost it.
    pub sets_apart: bool,
    /// Its pictures, in reading order.
    pub pictures: Vec<Picture>,
    /// Dates in the settings of the page, which its words need not tell.
    pub page_dates: Vec<PageDate>,
}

/// A picture in a policy: what it shows nobody has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Source line, from 1.
    pub line: u32,
    /// Source column, from 1.
    pub column: u32,
    /// The words that stand for it (`alt`), often empty.
    pub alt: String,
}

/// A date in the settings of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDate {
    /// Source line, from 1.
    pub line: u32,
    /// Source column, from 1.
    pub column: u32,
    /// As written.
    pub value: String,
}

/// A run of lines with one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// First line.
    pub from: u32,
    /// Last line.
    pub to: u32,
    /// What the section is about.
    pub role: Role,
    /// Its heading, when it has one.
    pub heading: Option<String>,
}

/// Format of a policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Markdown, also as html2text writes it.
    Markdown,
    /// Word.
    Docx,
    /// PDF.
    Pdf,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nothing in particular.
    #[default]
    Body,
    /// Title, preamble, summary.
    Preamble,
    /// Table of contents.
    Contents,
    /// What words mean.
    Definition,
    /// What is collected and used.
    Collection,
    /// A list of system permissions.
    PermissionList,
    /// A list of SDKs.
    SdkList,
    /// Cookies and the like.
    Cookies,
    /// Sharing, entrusting, transfer, publication.
    Sharing,
    /// Where and how long data is kept.
    Storage,
    /// How data is protected.
    Security,
    /// Rights, withdrawal, closing the account.
    Rights,
    /// Children.
    Minors,
    /// How the policy changes and how users are told.
    Update,
    /// How to reach the operator.
    Contact,
}

/// Who does what the statement says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The app and its operator.
    FirstParty,
    /// An SDK the policy names: index into `Policy::sdks`.
    Sdk(usize),
    /// Somebody else without a name.
    Partner,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A capability.
    Capability(CapabilityId),
    /// Personal information.
    Data(DataItemId),
}

/// Whether the statement says yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It is used or may be used.
    Affirmed,
    /// Not at all.
    DeniedFull,
    /// Used, but not all of it, not stored, not uploaded.
    DeniedPartial,
    /// Not if the user refuses or does not use the feature.
    DeniedConditional,
}

/// For which platform a statement holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// Android, or every platform, or unsaid.
    #[default]
    Any,
    /// Android only.
    Android,
    /// iOS only.
    Ios,
    /// HarmonyOS only.
    Harmony,
    /// Web pages, mini programs, servers.
    Other,
}

impl Platform {
    /// Whether the statement speaks for an Android package.
    pub fn covers_android(self) -> bool {
        matches!(self, Self::Any | Self::Android)
    }
}

/// By what kind of words the subject is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The permission is named.
    Permission,
    /// The data is named.
    Data,
    /// Only the function is named (指纹登录).
    Function,
    /// Only an umbrella word (设备信息) that does not list its members.
    Umbrella,
}

/// One thing the policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Who.
    pub party: Party,
    /// What about.
    pub subject: Subject,
    /// Yes or no.
    pub polarity: Polarity,
    /// By what kind of words.
    pub basis: Basis,
    /// For which platform.
    pub platform: Platform,
    /// Permission constant as written, when one is named.
    pub permission: Option<String>,
    /// For the storage capability: only pictures (相册) are meant.
    pub photos_only: bool,
    /// What for, in the policy's words, when the clause says.
    pub purpose: Option<String>,
    /// Whether the user may go without it, when the clause says.
    pub optional: Option<bool>,
    /// Whether the clause only speaks of what may come (如您今后使用…可能), so that nothing need be there today (F13).
    pub hypothetical: bool,
    /// Role of the section it stands in.
    pub role: Role,
    /// Where.
    pub passage: Passage,
}

/// How the name of an SDK entry was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameMatch {
    /// Names one product.
    Product,
    /// A vague name of a family that the words beside it settled.
    Settled(FamilyId),
    /// A vague name of a family: `ids` is what it may cover.
    Family(FamilyId),
    /// Only a kind of component (手机厂商推送): `ids` is what it may cover.
    Class,
    /// A name the catalogue does not know.
    Unknown,
}

/// One SDK as the policy lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkEntry {
    /// Name as written.
    pub name: String,
    /// Catalogue ids it discloses; the first is the best. Empty for an unknown name.
    pub ids: Vec<SdkId>,
    /// How the name was understood.
    pub name_match: NameMatch,
    /// Company as written.
    pub company: Option<String>,
    /// Java package as written.
    pub package: Option<String>,
    /// Personal information said to be collected by it.
    pub data: Vec<DataItemId>,
    /// Permissions said to be used by it.
    pub capabilities: Vec<CapabilityId>,
    /// Purpose as written.
    pub purpose: Option<String>,
    /// Link or mail of its publisher as written.
    pub link: Option<String>,
    /// For which platform.
    pub platform: Platform,
    /// Whether it stands in a list or table of SDKs, rather than in prose.
    pub listed: bool,
    /// Whether the policy says that it collects nothing.
    pub says_none: bool,
    /// Where it is named; never empty.
    pub evidence: Vec<Passage>,
}

/// A statement that SDKs are not embedded (没有接入任何广告SDK).
///
/// Where both lists are empty, every third-party SDK is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkDenial {
    /// Kinds that are denied.
    pub categories: Vec<SdkCategory>,
    /// Components that are denied by name.
    pub ids: Vec<SdkId>,
    /// Where it is said.
    pub passage: Passage,
}

/// What kind of list lies elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// A list of SDKs or third parties.
    Sdk,
    /// A list of collected personal information.
    Collection,
    /// A list of sharing.
    Sharing,
    /// A list of permissions.
    Permission,
}

/// A list the policy points to and that was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalList {
    /// Its kind.
    pub kind: ListKind,
    /// Its name as written.
    pub name: String,
    /// For which platform it is; [`Platform::Other`] for another device (车机) whose list stands beside that of the app.
    pub platform: Platform,
    /// Where the pointer stands.
    pub passage: Passage,
}

/// A value with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The value: a name, a date as ISO 8601 (`2024-03`, `2024-03-01`), a channel.
    pub value: String,
    /// Where.
    pub passage: Passage,
}

/// Facts about the policy itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// Name of the app it is for.
    pub app_name: Option<Fact>,
    /// Further names of apps it is said to be for, by number of mentions.
    pub other_names: Vec<Fact>,
    /// Operating company.
    pub operator: Option<Fact>,
    /// Date of publication.
    pub published: Option<Fact>,
    /// Date of the last update.
    pub updated: Option<Fact>,
    /// Date it takes effect.
    pub effective: Option<Fact>,
    /// `zh`, `en` or `zh+en`.
    pub language: String,
    /// A date in the settings of the page, where its words tell none.
    pub page_date: Option<Fact>,
    /// Pictures where a contact is expected: what they show nobody has read. The value is what stands for the picture.
    pub contact_pictures: Vec<Fact>,
    /// Contact channels: `(mail|phone|address|online, value)`.
    pub contacts: Vec<(String, Fact)>,
    /// Rights and how to use them: `(access|correction|deletion|closure|withdrawal|complaint|copy, sentence)`.
    pub rights: Vec<(String, Fact)>,
    /// Promised days for answering, with the unit in the quote.
    pub answer_days: Option<Fact>,
    /// Whether those days are working days.
    pub answer_working_days: bool,
    /// How long data is kept.
    pub retention: Option<Fact>,
    /// Where data is kept.
    pub storage_place: Option<Fact>,
    /// What it says of sending data abroad.
    pub export: Option<Fact>,
    /// A sentence that says that no data is sent abroad.
    pub export_denied: Option<Fact>,
    /// Section for children.
    pub minors: Option<Fact>,
    /// Sensitive information singled out (单独同意, necessity, effect).
    pub sensitive: Option<Fact>,
    /// Every sentence that does so.
    pub singled_out: Vec<Passage>,
    /// Whether one of them speaks of all sensitive information behind some examples (医疗健康信息等敏感个人信息).
    pub sensitive_in_general: bool,
    /// Personalised push or advertising is spoken of.
    pub targeting: Option<Fact>,
    /// How to switch it off.
    pub targeting_opt_out: Option<Fact>,
    /// Self-start or linked start explained.
    pub autostart: Option<Fact>,
    /// App updates (应用更新、版本升级安装包) are explained, which accounts for installing packages (F03).
    pub app_update: Option<Fact>,
    /// A collection list (已收集个人信息清单) is spoken of.
    pub collection_list: Option<Fact>,
    /// A sharing list (第三方共享清单) is spoken of.
    pub sharing_list: Option<Fact>,
    /// Sentences that enumerate collected data and leave the list open (等, 例如).
    pub open_ended: Vec<Passage>,
    /// Counts the policy states of itself (共计6项系统权限) and what was listed: `(stated, listed, passage)`.
    pub counts: Vec<(u32, u32, Passage)>,
}

/// A place where a word of the catalogue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The word as found.
    pub word: String,
    /// What it could have named.
    pub subject: Subject,
    /// Whether it counted as a statement.
    pub counted: bool,
    /// Why it did or did not, as an identifier the report has words for: `disclosed`, `definition`, `withdrawal`,
    /// `contact-channel`, `server-side`, `own-app`, `ios-only`, `contents`, `denied`, `weak-word`, …
    pub why: &'static str,
    /// Whether it stands in print of its own (bold, coloured, underlined), or may by a style that was not given.
    pub apart: bool,
    /// Where.
    pub passage: Passage,
}

/// Why the words of a document that people can read cannot be seen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// It is made of pictures.
    Pictures,
    /// It is locked with a password.
    Locked,
    /// Its fonts do not say which characters their shapes are.
    Shapes,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// File or part.
    #[serde(rename = "where")]
    pub place: String,
    /// Why, as a clause without full stop.
    pub why: String,
}
