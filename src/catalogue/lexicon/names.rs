//! Words around the names of SDKs and their makers.

use serde::Deserialize;

use super::Label;

/// How SDK names are read out of running text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NameWords {
    /// Words for SDK.
    pub sdk: Vec<String>,
    /// Words for other embedded services.
    pub service: Vec<String>,
    /// Trimmed from the left of a candidate.
    pub prefixes: Vec<String>,
    /// Words that begin as a prefix does and are none (在线, 对象).
    #[serde(default)]
    pub whole_heads: Vec<String>,
    /// Dropped before two spellings are compared.
    pub filler: Vec<String>,
    /// Nothing but these is no name.
    pub generic: Vec<String>,
    /// What a component does: generic alone, part of the name after a brand.
    pub functions: Vec<String>,
    /// Makers of devices named in one breath.
    pub makers: Vec<String>,
    /// Words for devices between a maker's name and what its component does.
    pub device_words: Vec<String>,
    /// How column heads end that are no labels elsewhere, with what they hold.
    pub column_endings: Vec<(Label, String)>,
    /// How labels end that hold an SDK's name.
    pub name_label_endings: Vec<String>,
    /// Words for what a component does, with those the hints of families are written in.
    #[serde(default)]
    pub hints: Vec<(String, String)>,
    /// How the names of lists end.
    pub list_names: Vec<String>,
    /// Words that take up the components named before.
    pub pronouns: Vec<String>,
    /// How a sentence says who made it.
    pub providers: Vec<String>,
    /// A name ends before these.
    pub stops: Vec<String>,
    /// How lines begin that talk about things in general and so end an entry.
    pub general: Vec<String>,
    /// Words that point back to names just given.
    pub anaphors: Vec<String>,
    /// Words for a named outside service that the sentence says provides something.
    pub service_talk: Vec<String>,
    /// Verbs and function words after which a name may begin.
    pub verbs: Vec<String>,
    /// Words that no name holds.
    pub not_in_names: Vec<String>,
    /// Words for the makers of devices in general.
    pub maker_class: Vec<String>,
    /// Words after which names are enumerated.
    pub openers: Vec<String>,
    /// What follows the name of somebody who provides something.
    pub provide_phrases: Vec<String>,
    /// What follows the word SDK where it is itself the subject (SDK版本).
    pub version_words: Vec<String>,
    /// What a maker's channel is, when nothing more is said of it.
    #[serde(default)]
    pub default_channel: Vec<String>,
    /// How a text says that a list uses words as they were defined.
    #[serde(default)]
    pub same_meaning: Vec<String>,
    /// Words behind the name of a group that pick out one of it.
    #[serde(default)]
    pub out_of: Vec<String>,
    /// Words for the user as the subject of a clause.
    #[serde(default)]
    pub user_words: Vec<String>,
    /// The word that joins a description to a name behind it.
    #[serde(default)]
    pub of_words: Vec<String>,
    /// Words that take up a company named before, before what its component does.
    #[serde(default)]
    pub that_company: Vec<String>,
    /// What an appendix is called at the head of its title.
    #[serde(default)]
    pub appendix: Vec<String>,
    /// Counted classes behind an enumeration of names.
    #[serde(default)]
    pub count_units: Vec<String>,
    /// What stands between two names of an enumeration.
    #[serde(default)]
    pub between_names: Vec<String>,
    /// How companies' names end in Latin letters.
    #[serde(default)]
    pub company_forms: Vec<String>,
    /// Words of a cell that names no company in particular.
    #[serde(default)]
    pub nobody: Vec<String>,
    /// Words before a company's name that do not belong to it.
    #[serde(default)]
    pub before_company: Vec<String>,
    /// What stands between a company and what it makes; empty for nothing.
    #[serde(default)]
    pub company_joins: Vec<String>,
    /// Words before the one who provides something.
    #[serde(default)]
    pub by_words: Vec<String>,
    /// Verbs of carrying a function of the app.
    #[serde(default)]
    pub carriers: Vec<String>,
    /// Words for components other than SDK.
    #[serde(default)]
    pub components: Vec<String>,
    /// Small words between a verb of building in and a name.
    #[serde(default)]
    pub build_fillers: Vec<String>,
    /// Verbs of building in, which need no subject.
    #[serde(default)]
    pub builds: Vec<String>,
    /// Verbs that build in where the app itself is their subject.
    #[serde(default)]
    pub build_verbs: Vec<String>,
    /// How the app and its operator speak of themselves before such a verb.
    #[serde(default)]
    pub app_words: Vec<String>,
    /// Words that turn a clause about building in round.
    #[serde(default)]
    pub refusals: Vec<String>,
    /// Words for others than the operator.
    #[serde(default)]
    pub outsiders: Vec<String>,
    /// Words that take up what was named before.
    #[serde(default)]
    pub back_words: Vec<String>,
    /// Those that take up one thing alone where no number stands behind them.
    #[serde(default)]
    pub back_one: Vec<String>,
    /// Such words where they stand behind what they take up (SDKs listed above).
    #[serde(default)]
    pub back_behind: Vec<String>,
    /// What they count.
    #[serde(default)]
    pub back_units: Vec<String>,
    /// Words that announce what is named below.
    #[serde(default)]
    pub forth_words: Vec<String>,
    /// Cells that repeat the cell above.
    #[serde(default)]
    pub same_as_above: Vec<String>,
    /// Further verbs of taking, behind the name of a component.
    #[serde(default)]
    pub taking: Vec<String>,
}
