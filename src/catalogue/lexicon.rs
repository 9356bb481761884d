//! The words policies use: section headings, verbs of collection, negations, withdrawal, column heads, SDK-list talk.
//!
//! One TOML file a language, in lower case and, for Chinese, simplified characters; the policy reader folds its text the same way
//! before it looks them up. What holds in every language (which data shows which capability) stands in the first. The knowledge is here, the judgement in `policy`.

mod denial;
mod meta;
mod names;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

pub use denial::DenialWords;
pub use meta::MetaWords;
pub use names::NameWords;

use super::compact::{File, file};
use super::id::{CapabilityId, DataItemId};
use super::sdk::SdkCategory;

/// A language with a lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Locale {
    /// Every one, Chinese first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The file of its words.
    fn lexicon(self) -> File {
        match self {
            Self::Zh => file!("lexicon/zh"),
            Self::En => file!("lexicon/en"),
        }
    }
}

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Language {
    /// `zh`, `en`.
    pub language: String,
    /// What headings say of their sections; the first that matches wins.
    pub role: Vec<SectionRule>,
    /// Words inside sentences.
    pub cues: BTreeMap<Cue, Vec<String>>,
    /// Column heads and labels (`使用目的：`).
    pub labels: BTreeMap<Label, Vec<String>>,
    /// How SDK names are read.
    pub names: NameWords,
    /// Names of platforms.
    pub platforms: BTreeMap<PlatformWord, Vec<String>>,
    /// What bare words do and do not show.
    pub masks: Masks,
    /// Small words that hold sentences together.
    pub grammar: Grammar,
    /// What negations and refusals are put together from.
    #[serde(default)]
    pub negation: NegationWords,
    /// What tells how far a negation reaches.
    #[serde(default)]
    pub denial: DenialWords,
    /// Further spellings of catalogue entries, as sentences put them.
    #[serde(default)]
    pub term: Vec<Term>,
    /// Words for facts about the policy itself.
    pub meta: MetaWords,
    /// How a policy says that SDKs are not embedded.
    pub sdk_denials: SdkDenialWords,
    /// What heads of columns and labelled lines are made of.
    #[serde(default)]
    pub label_parts: LabelParts,
}

/// Words that heads of columns and labelled lines are made of, beside the heads listed whole.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelParts {
    /// Words that say nothing about what stands below.
    pub around: Vec<String>,
    /// Verbs of taking: a head of nothing else means data.
    pub taking: Vec<String>,
    /// Words that say what stands below.
    pub cores: BTreeMap<Label, Vec<String>>,
}

/// How a policy says that SDKs are not embedded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SdkDenialWords {
    /// Negations right before the verb.
    pub not: Vec<String>,
    /// Verbs of embedding.
    pub embed: Vec<String>,
    /// Words that mean SDKs of any kind.
    pub any: Vec<String>,
    /// Words that mean only those beyond a list.
    pub beyond: Vec<String>,
    /// Words for kinds of SDKs.
    pub kinds: Vec<SdkKindWords>,
}

/// Words for a kind of SDK.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SdkKindWords {
    /// The kind.
    pub category: SdkCategory,
    /// The words.
    pub words: Vec<String>,
}

/// A rule from heading words to the kind of section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionRule {
    /// The kind.
    pub role: SectionKind,
    /// Any of these inside the heading.
    #[serde(default)]
    pub words: Vec<String>,
    /// Or the whole heading is one of these.
    #[serde(default)]
    pub exact: Vec<String>,
    /// But none of these inside it.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// Kind of section a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum SectionKind {
    Preamble,
    Contents,
    Definition,
    Collection,
    PermissionList,
    SdkList,
    Cookies,
    Sharing,
    Storage,
    Security,
    Rights,
    Minors,
    Update,
    Contact,
    /// When consent is not needed, disclaimers, scope, law: says nothing about what is collected.
    Exception,
}

/// What a word inside a sentence signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// The app takes information.
    Collect,
    /// Nothing but taking (收集, not 获取).
    Gather,
    /// The operator offers something.
    Offer,
    /// The app reaches for a function of the device.
    Access,
    /// The user is asked to grant.
    Ask,
    /// The user gives information.
    Give,
    /// The word permission.
    Permission,
    /// Turns a verb round.
    Negation,
    /// The app keeps or sends away what it took.
    Keep,
    /// A determiner that denies what its clause says is done (no audio is recorded).
    Nil,
    /// What is done with something, behind it.
    Done,
    /// What users must or must not do.
    UserDuty,
    /// How to undo a grant.
    Withdraw,
    /// A way through the settings.
    SettingsPath,
    /// Only if the user refuses or does not use something.
    Refusal,
    /// The same behind the denial: unless the user agrees.
    Unless,
    /// Says that something stays on the device.
    Local,
    /// Limits rather than denies.
    Partial,
    /// Verbs of passing on: denying them denies no collection.
    ShareVerb,
    /// Denied are things nobody asked about.
    Irrelevant,
    /// After the end of the service or of consent.
    Stop,
    /// Says what a word means.
    Define,
    /// Speaks of what may come.
    Hypothetical,
    /// How users are told of something.
    Notice,
    /// Text messages sent by the server.
    ServerSms,
    /// Text messages read on the device.
    ReadsSms,
    /// The help line.
    CustomerService,
    /// Has nothing to do with the function of the device that is called the same.
    Unrelated,
    /// Another product, or somebody else's.
    OtherProduct,
    /// Statistics on the use of the app itself.
    OwnUse,
    /// What users publish themselves.
    Publish,
    /// What users may do with their data.
    ByUser,
    /// The operator speaks of itself.
    FirstParty,
    /// Somebody unnamed does it.
    Partner,
    /// Holds for every SDK of a list.
    AllSdks,
    /// A list follows.
    ListFollows,
    /// A list of cases that need no consent, or the like.
    Exception,
    /// A table of contents follows.
    ContentsFollow,
    /// Sensors named only as a means of locating.
    MeansOfLocation,
    /// The list is elsewhere.
    Annexed,
    /// The app builds something in.
    Embed,
    /// A cell that says nothing is collected.
    None,
}

/// What a column or label holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Label {
    Name,
    Company,
    Purpose,
    Data,
    Permission,
    Link,
    Package,
    Platform,
    Way,
    Index,
}

/// A platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PlatformWord {
    Android,
    Ios,
    Harmony,
    Other,
    Both,
}

/// What bare words do and do not show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masks {
    /// Phrases that hide the catalogue words inside them.
    pub phrases: Vec<String>,
    /// Words that count only beside the word permission or as the head of a list item or row.
    pub strict: Vec<String>,
    /// Group words whose own bracket or list says what is meant.
    pub groups: Vec<String>,
    /// Which capability the collection of a kind of data shows.
    #[serde(default)]
    pub shows: Vec<Shows>,
    /// Capabilities about telling the user something.
    #[serde(default)]
    pub notices: Vec<CapabilityId>,
    /// Which capability a denial of handling a kind of data limits.
    #[serde(default)]
    pub denies: Vec<Shows>,
    /// Data behind a capability's name that Android guards with no permission (传感器权限 for the accelerometer).
    #[serde(default)]
    pub unguarded: Vec<Shows>,
    /// Constants of other platforms, by a part of their names.
    #[serde(default)]
    pub foreign: Vec<ForeignConstant>,
    /// Data that the name of a component itself tells (刷脸认证SDK).
    #[serde(default)]
    pub named: Vec<DataItemId>,
    /// Which data a capability given to an SDK opens.
    #[serde(default)]
    pub opens: Vec<Shows>,
}

/// A constant of another platform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignConstant {
    /// Part of its name, in lower case, without underscores.
    pub word: String,
    /// What it opens.
    pub capability: CapabilityId,
}

/// What negations (`概不主动翻阅`) and refusals (`若您选择不`) are put together from.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NegationWords {
    /// Particles that negate what follows.
    pub negators: Vec<String>,
    /// Words that begin like one and negate nothing (不仅).
    pub not_negators: Vec<String>,
    /// Words that begin like the verb of a definition and define nothing (指纹).
    pub not_defines: Vec<String>,
    /// What may stand between a particle and its verb.
    pub adverbs: Vec<String>,
    /// Everyday verbs that mean taking data when they are negated.
    pub takes: Vec<String>,
    /// Everyday verbs that mean keeping it or sending it away when they are negated.
    pub keeps: Vec<String>,
    /// What users do when they do not want something.
    pub refusers: Vec<String>,
    /// The user.
    pub users: Vec<String>,
    /// If.
    pub ifs: Vec<String>,
    /// What may stand between the user and a particle.
    pub chooses: Vec<String>,
    /// What is gotten when no data is taken.
    pub consents: Vec<String>,
}

/// Small words that hold sentences together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Grammar {
    /// The word permission.
    pub permission: Vec<String>,
    /// What stands between the members of an enumeration of functions.
    pub joints: Vec<String>,
    /// Small words that lead to a member of an enumeration.
    #[serde(default)]
    pub item_leads: Vec<String>,
    /// What opens examples.
    pub examples: Vec<String>,
    /// Personal information as such, and the classes of it that the law names: defined everywhere, meaning no item.
    #[serde(default)]
    pub all_data: Vec<String>,
    /// What stands before a term that is defined (本政策所称).
    #[serde(default)]
    pub define_openers: Vec<String>,
    /// What stands between a term announced by such words and its members.
    #[serde(default)]
    pub define_joins: Vec<String>,
    /// Verbs of a definition, right behind the word.
    #[serde(default)]
    pub define_verbs: Vec<String>,
    /// And.
    #[serde(default)]
    pub and: Vec<String>,
    /// What stands before an object whose verb follows it.
    #[serde(default)]
    pub object_first: Vec<String>,
    /// How an exception begins.
    #[serde(default)]
    pub except: Vec<String>,
    /// How it ends.
    #[serde(default)]
    pub except_ends: Vec<String>,
    /// How cells begin that say that a permission is not asked for.
    #[serde(default)]
    pub not_asked: Vec<String>,
    /// What is left of something named before.
    #[serde(default)]
    pub rest_words: Vec<String>,
    /// Words for data in general.
    #[serde(default)]
    pub data_nouns: Vec<String>,
    /// How clauses end that tell in which case the next one holds.
    #[serde(default)]
    pub cases: Vec<String>,
    /// Small words in the head of a permission item.
    pub fillers: Vec<String>,
    /// How clauses begin that tell what for.
    pub purposes: Vec<String>,
    /// Words inside a clause behind which it tells what for.
    pub purposes_inside: Vec<String>,
    /// Phrases that end like them and tell no purpose (access to).
    #[serde(default)]
    pub not_purposes: Vec<String>,
    /// How a clause begins that goes on with an enumeration.
    pub goes_on: Vec<String>,
    /// What stands between a group word and its members.
    pub members: Vec<String>,
    /// Towards somebody.
    pub towards: Vec<String>,
    /// Verbs of giving.
    pub give_verbs: Vec<String>,
    /// The operator.
    pub ours: Vec<String>,
    /// Others.
    pub others: Vec<String>,
    /// What may follow the name of a platform.
    pub platform_tails: Vec<String>,
    /// Verbs of keeping and uploading.
    pub keep_verbs: Vec<String>,
    /// Such information, that permission.
    pub back_references: Vec<String>,
    /// Codes that a server sends by text message and the user types in.
    pub codes: Vec<String>,
    /// Only.
    pub only: Vec<String>,
    /// No longer.
    pub no_longer: Vec<String>,
    /// After or when what it is no longer done.
    pub afterwards: Vec<String>,
    /// How a language that puts spaces between words is punctuated; `None` for Chinese.
    #[serde(default)]
    pub spacing: Option<Spacing>,
}

/// What the small words of a language with spaces say of its punctuation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spacing {
    /// Articles and possessives, which say nothing here.
    pub dropped: Vec<String>,
    /// Words between the members of a list.
    pub joints: Vec<String>,
    /// Words that begin a clause behind a comma.
    pub openers: Vec<String>,
    /// Words that begin a clause before the main one; a pair of words is one that does not.
    pub subordinators: Vec<String>,
    /// Those of them that may as well begin the main clause itself (`on Android we read …`).
    pub prepositions: Vec<String>,
    /// Subjects and auxiliaries: behind one of them the main clause has begun.
    pub finite: Vec<String>,
    /// Words written with a full stop that ends no sentence.
    pub abbreviations: Vec<String>,
}

/// Collecting `data` shows that `capability` is used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shows {
    /// The data.
    pub data: DataItemId,
    /// The capability.
    pub capability: CapabilityId,
}

/// Further spellings of a capability, a data item, or both.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The capability named.
    #[serde(default)]
    pub capability: Option<CapabilityId>,
    /// The data named.
    #[serde(default)]
    pub data: Option<DataItemId>,
    /// The spellings.
    pub words: Vec<String>,
    /// Whether they are everyday words.
    #[serde(default)]
    pub weak: bool,
}

impl Language {
    /// The words that come with the crate, read when they are first asked for.
    pub fn of(locale: Locale) -> &'static Self {
        static LANGUAGES: [OnceLock<Language>; 2] = [OnceLock::new(), OnceLock::new()];
        LANGUAGES[locale as usize]
            .get_or_init(|| locale.lexicon().read().expect("a test reads the lexicons in the crate"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_parses_and_every_list_has_words() {
        for locale in Locale::ALL {
            let language = Language::of(locale);
            let theirs: Language = toml::from_str(locale.lexicon().toml).unwrap();
            assert_eq!(format!("{language:?}"), format!("{theirs:?}"), "the compact form says what the file says");
            for (cue, words) in &language.cues {
                assert!(!words.is_empty(), "{}: {cue:?}", language.language);
            }
            for rule in &language.role {
                assert!(!rule.words.is_empty() || !rule.exact.is_empty(), "{:?}", rule.role);
            }
            for term in &language.term {
                assert!(term.capability.is_some() || term.data.is_some(), "{:?}", term.words);
            }
        }
    }
}
