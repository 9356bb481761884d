//! The lexicon and the catalogue made ready to look up: one pass over a text finds every cue, another every capability,
//! another every kind of data. Built once a run.

mod company;
mod denial;
mod finder;
mod grammar;
mod meaning;
mod naming;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::cue::{CueAt, Cues};
use super::labels::Labels;
use super::list::List;
use super::names::SharedNames;
use super::normal::{self, Conventions, Folding, Normal};
use crate::catalogue::{
    CapabilityId, Catalogue, Cue, DataItemId, Grammar, Language, Locale, MetaWords, NameWords, PlatformWord,
};
use denial::DenialLists;
pub(crate) use finder::{Finder, Named};
use finder::{capability_words, data_words};
use meaning::letters;

/// Letters that say as much as one Chinese character.
const LETTERS: usize = 2;

/// What is compiled once for each language.
pub(crate) struct PerLocale<T>([OnceLock<T>; 2]);

impl<T> PerLocale<T> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self([OnceLock::new(), OnceLock::new()])
    }

    /// What was compiled for a language, or what `make` compiles.
    pub(crate) fn get(&self, locale: Locale, make: impl FnOnce() -> T) -> &T {
        self.0[locale as usize].get_or_init(make)
    }
}

/// Everything looked up in policies of one language.
pub(crate) struct Words<'a> {
    /// The language.
    pub locale: Locale,
    folding: Folding,
    /// Names of capabilities.
    pub capabilities: Finder<Named<CapabilityId>>,
    /// Names of personal information.
    pub data: Finder<Named<DataItemId>>,
    /// Names of SDKs.
    pub names: Arc<SharedNames<'a>>,
    cues: Cues,
    labels: Labels,
    platform_names: List,
    platforms: Vec<PlatformWord>,
    constants: HashMap<String, usize>,
    companies: List,
    none: List,
    named_functions: HashSet<DataItemId>,
    generic: HashSet<String>,
    hints: Vec<(List, String)>,
    groups: HashSet<String>,
    strict: HashSet<String>,
    all_data: List,
    define_openers: List,
    define_verbs: List,
    define_joins: List,
    and: List,
    cases: List,
    except: List,
    except_ends: List,
    not_asked: List,
    data_nouns: List,
    rest_words: List,
    object_first: List,
    /// The capability that collecting a kind of data shows.
    pub shows: HashMap<DataItemId, CapabilityId>,
    opens: HashMap<CapabilityId, Vec<DataItemId>>,
    permission: List,
    joints: List,
    item_leads: List,
    examples: List,
    fillers: List,
    purposes: List,
    purposes_inside: List,
    not_purposes: List,
    members: List,
    towards: List,
    give_verbs: List,
    ours: List,
    others: List,
    platform_tails: List,
    keep_verbs: List,
    back_references: List,
    codes: List,
    only: List,
    no_longer: List,
    afterwards: List,
    sdk_words: List,
    service_words: List,
    prefixes: List,
    whole_heads: List,
    stops: List,
    makers: List,
    device_words: List,
    denies: HashMap<DataItemId, CapabilityId>,
    /// What tells what a negation denies and how far.
    pub denial: DenialLists,
    foreign: Vec<(String, CapabilityId)>,
    pronouns: List,
    notices: HashSet<CapabilityId>,
    unguarded: HashSet<(DataItemId, CapabilityId)>,
    operator_labels: List,
    list_names: List,
    appendix: List,
    between_names: List,
    count_units: List,
    service_talk: List,
    verbs: List,
    anaphors: List,
    not_in_names: List,
    maker_class: List,
    openers: List,
    provide_phrases: List,
    version_words: List,
    that_company: List,
    of_words: List,
    user_words: List,
    out_of: Vec<String>,
    same_meaning: List,
    default_channel: Vec<String>,
    company_forms: Vec<String>,
    nobody: Vec<String>,
    before_company: Vec<String>,
    company_joins: Vec<String>,
    by_words: Vec<String>,
    carriers: Vec<String>,
    components: List,
    build_fillers: Vec<String>,
    builds: List,
    build_verbs: Vec<String>,
    refusals: List,
    outsiders: List,
    back_words: Vec<String>,
    back_one: List,
    back_behind: List,
    back_units: Vec<String>,
    forth_words: Vec<String>,
    same_as_above: Vec<String>,
    taking: List,
    own_app: Vec<String>,
    full_companies: HashSet<String>,
    /// Verbs of making: 提供, 开发.
    pub providers: List,
    /// How lines begin that talk about things in general.
    pub general: List,
}

impl<'a> Words<'a> {
    /// Compiles the lexicon of a language and `catalogue`.
    #[cfg(test)]
    pub(crate) fn new(catalogue: &'a Catalogue, locale: Locale) -> Self {
        Self::with_names(catalogue, locale, Arc::new(SharedNames::new(catalogue)))
    }

    /// Compiles the lexicon of a language and `catalogue`, with the names that serve every language.
    pub(crate) fn with_names(catalogue: &'a Catalogue, locale: Locale, names: Arc<SharedNames<'a>>) -> Self {
        let language = Language::of(locale);
        // What holds in every language stands in the first lexicon.
        let neutral = &Language::of(Locale::Zh).masks;
        let folding = folding(language);
        let whole = matches!(folding, Folding::Spaced(_));
        let fold = |word: &str| fold(word, &folding);
        let list = |words: &[String]| List::new(words.iter().map(|w| fold(w)).collect(), whole);
        let name_words = |pick: fn(&NameWords) -> &Vec<String>| list(pick(&language.names));
        let strings = |pick: fn(&NameWords) -> &Vec<String>| -> Vec<String> {
            pick(&language.names).iter().map(|w| fold(w)).collect()
        };
        // Found inside longer words too.
        let parts = |pick: fn(&NameWords) -> &Vec<String>| List::new(longest_first(strings(pick)), false);
        let grammar = |pick: fn(&Grammar) -> &Vec<String>| list(pick(&language.grammar)).longest_first();
        let (mut platform_names, mut platforms) = (Vec::new(), Vec::new());
        for (&platform, words) in &language.platforms {
            platform_names.extend(words.iter().cloned());
            platforms.resize(platform_names.len(), platform);
        }
        let mut constants = HashMap::new();
        for (index, permission) in catalogue.permissions().iter().enumerate() {
            let short = permission.name.rsplit('.').next().unwrap_or(&permission.name);
            // The platform's own permission wins over a vendor's of the same last segment.
            let key = letters(short);
            if permission.name.starts_with("android.permission.") || !constants.contains_key(&key) {
                constants.insert(key, index);
            }
        }
        let mut opens: HashMap<CapabilityId, Vec<DataItemId>> = HashMap::new();
        for opened in &neutral.opens {
            opens.entry(opened.capability.clone()).or_default().push(opened.data.clone());
        }
        Self {
            locale,
            capabilities: Finder::new(capability_words(catalogue, language), &folding),
            data: Finder::new(data_words(catalogue, language), &folding),
            names,
            cues: Cues::new(language, fold),
            labels: Labels::new(language, fold),
            platform_names: list(&platform_names),
            platforms,
            constants,
            companies: list(&language.meta.company).longest_first(),
            none: list(language.cues.get(&Cue::None).map_or(&[], Vec::as_slice)),
            named_functions: neutral.named.iter().cloned().collect(),
            hints: language.names.hints.iter().map(|(w, h)| (list(std::slice::from_ref(w)), h.clone())).collect(),
            generic: language.names.generic.iter().chain(&language.names.functions).map(|w| fold(w)).collect(),
            groups: language.masks.groups.iter().map(|w| fold(w)).collect(),
            strict: language.masks.strict.iter().map(|w| fold(w)).collect(),
            all_data: grammar(|g| &g.all_data),
            define_openers: grammar(|g| &g.define_openers),
            define_verbs: grammar(|g| &g.define_verbs),
            define_joins: grammar(|g| &g.define_joins),
            and: grammar(|g| &g.and),
            cases: grammar(|g| &g.cases),
            except: grammar(|g| &g.except),
            except_ends: grammar(|g| &g.except_ends),
            not_asked: grammar(|g| &g.not_asked),
            data_nouns: grammar(|g| &g.data_nouns),
            rest_words: grammar(|g| &g.rest_words),
            object_first: grammar(|g| &g.object_first),
            shows: neutral.shows.iter().map(|s| (s.data.clone(), s.capability.clone())).collect(),
            opens,
            permission: grammar(|g| &g.permission),
            joints: grammar(|g| &g.joints),
            item_leads: grammar(|g| &g.item_leads),
            examples: grammar(|g| &g.examples),
            fillers: grammar(|g| &g.fillers),
            purposes: grammar(|g| &g.purposes),
            purposes_inside: grammar(|g| &g.purposes_inside),
            not_purposes: grammar(|g| &g.not_purposes),
            members: grammar(|g| &g.members),
            towards: grammar(|g| &g.towards),
            give_verbs: grammar(|g| &g.give_verbs),
            ours: grammar(|g| &g.ours),
            others: list(&language.grammar.others),
            platform_tails: grammar(|g| &g.platform_tails),
            keep_verbs: grammar(|g| &g.keep_verbs),
            back_references: grammar(|g| &g.back_references),
            codes: grammar(|g| &g.codes),
            only: grammar(|g| &g.only),
            no_longer: grammar(|g| &g.no_longer),
            afterwards: grammar(|g| &g.afterwards),
            sdk_words: name_words(|n| &n.sdk),
            service_words: name_words(|n| &n.service),
            prefixes: name_words(|n| &n.prefixes).longest_first(),
            whole_heads: name_words(|n| &n.whole_heads),
            stops: name_words(|n| &n.stops),
            makers: name_words(|n| &n.makers),
            device_words: name_words(|n| &n.device_words),
            denial: DenialLists::new(&language.denial, |words| list(words).longest_first()),
            denies: neutral.denies.iter().map(|s| (s.data.clone(), s.capability.clone())).collect(),
            foreign: neutral.foreign.iter().map(|f| (f.word.clone(), f.capability.clone())).collect(),
            pronouns: name_words(|n| &n.pronouns),
            unguarded: neutral.unguarded.iter().map(|s| (s.data.clone(), s.capability.clone())).collect(),
            notices: neutral.notices.iter().cloned().collect(),
            operator_labels: list(&language.meta.operator_labels).longest_first(),
            list_names: name_words(|n| &n.list_names),
            service_talk: name_words(|n| &n.service_talk),
            verbs: name_words(|n| &n.verbs),
            anaphors: name_words(|n| &n.anaphors),
            not_in_names: name_words(|n| &n.not_in_names),
            maker_class: name_words(|n| &n.maker_class),
            openers: name_words(|n| &n.openers),
            provide_phrases: name_words(|n| &n.provide_phrases),
            version_words: name_words(|n| &n.version_words),
            that_company: name_words(|n| &n.that_company),
            of_words: name_words(|n| &n.of_words),
            user_words: name_words(|n| &n.user_words),
            appendix: name_words(|n| &n.appendix),
            between_names: name_words(|n| &n.between_names),
            count_units: name_words(|n| &n.count_units).longest_first(),
            out_of: strings(|n| &n.out_of),
            same_meaning: parts(|n| &n.same_meaning),
            default_channel: strings(|n| &n.default_channel),
            company_forms: strings(|n| &n.company_forms),
            nobody: strings(|n| &n.nobody),
            before_company: strings(|n| &n.before_company),
            by_words: strings(|n| &n.by_words),
            build_verbs: strings(|n| &n.build_verbs),
            refusals: parts(|n| &n.refusals),
            outsiders: parts(|n| &n.outsiders),
            same_as_above: strings(|n| &n.same_as_above),
            taking: parts(|n| &n.taking),
            company_joins: longest_first(strings(|n| &n.company_joins)),
            carriers: longest_first(strings(|n| &n.carriers)),
            components: parts(|n| &n.components),
            build_fillers: longest_first(strings(|n| &n.build_fillers)),
            builds: parts(|n| &n.builds),
            back_words: longest_first(strings(|n| &n.back_words)),
            back_one: name_words(|n| &n.back_one),
            back_behind: name_words(|n| &n.back_behind),
            back_units: longest_first(strings(|n| &n.back_units)),
            forth_words: longest_first(strings(|n| &n.forth_words)),
            own_app: strings(|n| &n.app_words),
            full_companies: language
                .meta
                .company
                .iter()
                .map(|w| fold(w))
                .filter(|w| w.ends_with("公司") && w.chars().count() > 2)
                .collect(),
            providers: name_words(|n| &n.providers),
            general: name_words(|n| &n.general),
            folding,
        }
    }
}

impl Words<'_> {
    /// The lexicon behind it.
    pub(crate) fn language(&self) -> &'static Language {
        Language::of(self.locale)
    }

    /// Words for facts about the policy, longest first.
    pub(crate) fn meta(&self, pick: impl Fn(&MetaWords) -> &Vec<String>) -> List {
        self.list(pick(&self.language().meta)).longest_first()
    }

    /// A list of the lexicon, folded.
    pub(crate) fn list(&self, words: &[String]) -> List {
        List::new(words.iter().map(|w| self.fold(w)).collect(), self.spaced())
    }

    /// Whether the language puts spaces between its words.
    pub(crate) fn spaced(&self) -> bool {
        matches!(self.folding, Folding::Spaced(_))
    }

    /// A text folded as this language is.
    pub(crate) fn normal(&self, text: &str) -> Normal {
        Normal::of(text, &self.folding)
    }

    /// A part of a folded text to look words up in.
    pub(crate) fn refolded(&self, text: &str) -> Normal {
        Normal::folded(text, &self.folding)
    }

    /// The folded form of a few words.
    pub(crate) fn fold(&self, text: &str) -> String {
        fold(text, &self.folding)
    }

    /// How much a text says, in Chinese characters; a word of a few letters counts for about two of them.
    pub(crate) fn length(&self, text: &str) -> usize {
        let characters = text.chars().count();
        if self.spaced() { characters.div_ceil(LETTERS) } else { characters }
    }

    /// As many letters as say what `count` Chinese characters do.
    pub(crate) fn reach(&self, count: usize) -> usize {
        if self.spaced() { count * LETTERS } else { count }
    }

    /// Every cue in a part of `text`, overlapping ones too, in order.
    pub(crate) fn cues(&self, text: &Normal, within: Range<usize>) -> Vec<CueAt> {
        self.cues.find(text, within)
    }

    /// Whether a text negates something the app does.
    pub(crate) fn negates(&self, text: &str) -> bool {
        self.cues.negates(text)
    }
}

/// The folded form of a word list entry.
fn fold(word: &str, folding: &Folding) -> String {
    match folding {
        Folding::Dense => normal::fold(word),
        Folding::Spaced(_) => Normal::of(word, folding).into_text(),
    }
}

fn folding(language: &Language) -> Folding {
    let Some(spacing) = &language.grammar.spacing else { return Folding::Dense };
    let set = |words: &[String]| words.iter().cloned().collect();
    Folding::Spaced(Box::new(Conventions {
        dropped: set(&spacing.dropped),
        joints: set(&spacing.joints),
        openers: set(&spacing.openers),
        subordinators: set(&spacing.subordinators),
        prepositions: set(&spacing.prepositions),
        finite: set(&spacing.finite),
        abbreviations: set(&spacing.abbreviations),
    }))
}

fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_constants_are_understood() {
        let catalogue = Catalogue::builtin();
        let words = Words::new(catalogue, Locale::Zh);
        let name = |written: &str| words.constant(written).map(|i| catalogue.permissions()[i].name.as_str());
        assert_eq!(name("android.permission.CAMERA"), Some("android.permission.CAMERA"));
        assert_eq!(name("ACCESS_Wi-Fi_STATE"), Some("android.permission.ACCESS_WIFI_STATE"));
        assert_eq!(name("READ_PHONE_STAT"), Some("android.permission.READ_PHONE_STATE"));
        assert_eq!(name("ACCESS_FINE_LOACTION"), Some("android.permission.ACCESS_FINE_LOCATION"));
        assert_eq!(name("SOMETHING_ELSE_ENTIRELY"), None);
    }
}
