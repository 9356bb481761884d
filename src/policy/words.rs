//! The lexicon and the catalogue made ready to look up: one pass over a text finds every cue, another every capability,
//! another every kind of data. Built once a run.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::cue::{CueAt, Cues};
use super::labels::{self, Labels};
use super::list::List;
use super::names::Names;
use super::normal::{Conventions, Folding, Normal};
use super::word_list::WordList;
use crate::catalogue::{
    CapabilityId, Catalogue, Cue, DataItemId, Grammar, Label, Language, Locale, MetaWords, NameWords, PlatformWord,
};

/// A capability or data word.
#[derive(Debug, Clone)]
pub(crate) struct Named<T> {
    /// What it names.
    pub id: T,
    /// Whether it is an everyday word.
    pub weak: bool,
}

/// A word list for one pass; overlapping shorter words are swallowed by longer ones.
#[derive(Debug)]
pub(crate) struct Finder<T>(WordList<T>);

/// A word found.
#[derive(Debug)]
pub(crate) struct Found<'a, T> {
    /// Byte range in the folded text.
    pub range: Range<usize>,
    /// What it may mean; empty for a mask.
    pub values: &'a [T],
}

impl<T> Finder<T> {
    fn new(entries: Vec<Entry<'_, T>>, folding: &Folding) -> Self {
        Self(WordList::new(entries.into_iter().map(|(word, value)| (fold(word, folding), value))))
    }

    /// Every word in `text`, in order, none overlapping, Latin words whole.
    pub(crate) fn find<'a>(
        &'a self,
        text: &'a Normal,
        within: Range<usize>,
    ) -> impl Iterator<Item = Found<'a, T>> + 'a {
        self.0.longest(text.text(), within).filter_map(|(range, word)| {
            let range = text.whole_words(range)?;
            Some(Found { range, values: self.0.values(word) })
        })
    }
}

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
pub(crate) struct Words {
    /// The language.
    pub locale: Locale,
    folding: Folding,
    /// Names of capabilities.
    pub capabilities: Finder<Named<CapabilityId>>,
    /// Names of personal information.
    pub data: Finder<Named<DataItemId>>,
    /// Names of SDKs.
    pub names: Arc<Names>,
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
    only: List,
    no_longer: List,
    afterwards: List,
    sdk_words: List,
    service_words: List,
    prefixes: List,
    stops: List,
    makers: List,
    device_words: List,
    denies: HashMap<DataItemId, CapabilityId>,
    foreign: Vec<(String, CapabilityId)>,
    pronouns: List,
    notices: HashSet<CapabilityId>,
    unguarded: HashSet<(DataItemId, CapabilityId)>,
    operator_labels: List,
    list_names: List,
    appendix: List,
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
    same_meaning: Vec<String>,
    default_channel: Vec<String>,
    company_forms: Vec<String>,
    nobody: Vec<String>,
    before_company: Vec<String>,
    company_joins: Vec<String>,
    by_words: Vec<String>,
    carriers: Vec<String>,
    components: Vec<String>,
    build_fillers: Vec<String>,
    builds: Vec<String>,
    build_verbs: Vec<String>,
    refusals: Vec<String>,
    outsiders: Vec<String>,
    back_words: Vec<String>,
    back_units: Vec<String>,
    same_as_above: Vec<String>,
    taking: Vec<String>,
    own_app: Vec<String>,
    full_companies: HashSet<String>,
    /// Verbs of making: 提供, 开发.
    pub providers: List,
    /// How lines begin that talk about things in general.
    pub general: List,
}

impl Words {
    /// Compiles the lexicon of a language and `catalogue`.
    #[cfg(test)]
    pub(crate) fn new(catalogue: &Catalogue, locale: Locale) -> Self {
        Self::with_names(catalogue, locale, || Arc::new(Names::new(catalogue)))
    }

    /// Compiles the lexicon of a language and `catalogue`; `names` gives those that serve every language.
    pub(crate) fn with_names(catalogue: &Catalogue, locale: Locale, names: impl FnOnce() -> Arc<Names> + Send) -> Self {
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
        let grammar = |pick: fn(&Grammar) -> &Vec<String>| list(pick(&language.grammar)).longest_first();
        let (mut platform_names, mut platforms) = (Vec::new(), Vec::new());
        for (&platform, words) in &language.platforms {
            platform_names.extend(words.iter().cloned());
            platforms.resize(platform_names.len(), platform);
        }
        // The three large lists take longer than everything else together.
        let (names, (capabilities, data)) = rayon::join(names, || {
            let capabilities = Finder::new(capability_words(catalogue, language), &folding);
            (capabilities, Finder::new(data_words(catalogue, language), &folding))
        });
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
            capabilities,
            data,
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
            only: grammar(|g| &g.only),
            no_longer: grammar(|g| &g.no_longer),
            afterwards: grammar(|g| &g.afterwards),
            sdk_words: name_words(|n| &n.sdk),
            service_words: name_words(|n| &n.service),
            prefixes: name_words(|n| &n.prefixes).longest_first(),
            stops: name_words(|n| &n.stops),
            makers: name_words(|n| &n.makers),
            device_words: name_words(|n| &n.device_words),
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
            count_units: name_words(|n| &n.count_units).longest_first(),
            out_of: strings(|n| &n.out_of),
            same_meaning: strings(|n| &n.same_meaning),
            default_channel: strings(|n| &n.default_channel),
            company_forms: strings(|n| &n.company_forms),
            nobody: strings(|n| &n.nobody),
            before_company: strings(|n| &n.before_company),
            by_words: strings(|n| &n.by_words),
            build_verbs: strings(|n| &n.build_verbs),
            refusals: strings(|n| &n.refusals),
            outsiders: strings(|n| &n.outsiders),
            same_as_above: strings(|n| &n.same_as_above),
            taking: strings(|n| &n.taking),
            company_joins: longest_first(strings(|n| &n.company_joins)),
            carriers: longest_first(strings(|n| &n.carriers)),
            components: longest_first(strings(|n| &n.components)),
            build_fillers: longest_first(strings(|n| &n.build_fillers)),
            builds: longest_first(strings(|n| &n.builds)),
            back_words: longest_first(strings(|n| &n.back_words)),
            back_units: longest_first(strings(|n| &n.back_units)),
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

    /// Whether a name says nothing but what kind of thing it is (第三方SDK, third-party SDKs).
    pub(crate) fn is_generic(&self, name: &str) -> bool {
        if self.names.is_generic(name) {
            return true;
        }
        let folded = self.fold(name);
        let mut parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty());
        self.spaced() && parts.all(|p| self.generic.contains(p))
    }

    /// A context with the words added that the hints of families are written in.
    pub(crate) fn with_hints(&self, context: &str) -> String {
        let mut hinted = context.to_owned();
        for (word, hint) in &self.hints {
            if word.is_in(context) {
                hinted.push('|');
                hinted.push_str(hint);
            }
        }
        hinted
    }

    /// Whether a text names a company: ends like one, or holds such an ending before a bracket.
    pub(crate) fn is_company(&self, text: &str) -> bool {
        let folded = self.fold(text);
        let folded = if self.spaced() { folded.trim_end_matches(['.', '。']) } else { &folded };
        let head = folded.split(['(', '[', '/', '|', ',', '、']).next().unwrap_or("");
        self.companies.ends(head) || self.companies.ends(folded)
    }

    /// Whether the whole of a text is a company's name, in Chinese or Latin letters.
    pub(crate) fn names_company(&self, text: &str) -> bool {
        let folded = self.fold(text);
        self.is_company(text)
            || self.company_forms.iter().any(|w| folded.ends_with(w.as_str()) && folded.len() > w.len())
    }

    /// Where the first full name of a company in a text ends (有限公司, not 第三方公司).
    pub(crate) fn company_end(&self, text: &str) -> Option<usize> {
        let full = self.companies.words().iter().filter(|c| self.full_companies.contains(*c));
        full.filter_map(|c| text.find(c.as_str()).map(|at| (at, std::cmp::Reverse(at + c.len()))))
            .min()
            .map(|(_, end)| end.0)
    }

    /// Whether a value names nobody in particular (各手机厂商, 开源社区).
    pub(crate) fn is_nobody(&self, folded: &str) -> bool {
        self.nobody.iter().any(|w| folded.contains(w.as_str()))
            && !self.companies.words().iter().any(|c| c.chars().count() > 2 && folded.contains(c.as_str()))
    }

    /// Bytes of words before a company's name that do not belong to it (由, 来自).
    pub(crate) fn before_company(&self, head: &str) -> usize {
        self.before_company.iter().filter_map(|w| head.rfind(w.as_str()).map(|at| at + w.len())).max().unwrap_or(0)
    }

    /// Whether words between a company and a name say that the one is the other's.
    pub(crate) fn joins_company(&self, between: &str) -> bool {
        let between = between.trim_end_matches(['"', '「', '《', '(']);
        self.company_joins.iter().any(|w| w == between)
    }

    /// Whether the words around a company say that it provides what the sentence speaks of.
    pub(crate) fn is_provider_here(&self, before: &str, after: &str) -> bool {
        self.by_words.iter().any(|w| before.ends_with(w.as_str())) || self.providers.begins(after)
    }

    /// Whether a company is said to carry a function of the app (由X公司以组件形式嵌入).
    pub(crate) fn is_carrier(&self, before: &str, after: &str) -> bool {
        let near = after.char_indices().nth(16).map_or(after, |(at, _)| &after[..at]);
        let near = &near[..near.find(['。', ',', ';', '的']).unwrap_or(near.len())];
        self.by_words.iter().any(|w| before.ends_with(w.as_str()))
            && self.carriers.iter().any(|w| near.contains(w.as_str()))
    }

    /// Where the first word for a component in a text ends (控件, 组件, 引擎).
    pub(crate) fn component_end(&self, text: &str) -> Option<usize> {
        let found = self
            .components
            .iter()
            .filter_map(|w| text.find(w.as_str()).map(|at| (at, std::cmp::Reverse(at + w.len()))));
        found.min().map(|(_, end)| end.0)
    }

    /// Whether a text ends with words that build into the app what follows (内嵌, 用的是).
    pub(crate) fn builds_in(&self, before: &str) -> bool {
        let mut before = before;
        while let Some(rest) = self.build_fillers.iter().find_map(|w| before.strip_suffix(w.as_str())) {
            before = rest.trim_end_matches(['"', '「', '(', '[', ':']);
        }
        if self.builds.iter().any(|w| before.ends_with(w.as_str())) {
            return true;
        }
        // 我们使用: the bare verb, when the app itself is who uses it.
        let used = self.build_verbs.iter().find_map(|w| before.strip_suffix(w.as_str()));
        used.is_some_and(|rest| self.own_app.iter().any(|w| rest.ends_with(w.as_str())))
    }

    /// Bytes of the word that ends an enumeration (等) at the head of a text.
    pub(crate) fn etc(&self, text: &str) -> usize {
        self.language().meta.open_ended.iter().find(|w| text.starts_with(w.as_str())).map_or(0, |w| w.len())
    }

    /// Whether a text ends with a word for an outside partner.
    pub(crate) fn is_outsider(&self, before: &str) -> bool {
        self.outsiders.iter().any(|w| before.ends_with(w.as_str()))
    }

    /// Whether a text ends with a bare verb of using whose clause has no user for its subject.
    pub(crate) fn uses(&self, before: &str) -> bool {
        let clause = before.rsplit([',', '。', ';', ':']).next().unwrap_or(before);
        self.build_verbs.iter().filter(|w| w.chars().count() > 1).any(|w| before.ends_with(w.as_str()))
            && !self.user_words.is_in(clause)
    }

    /// Whether a text between two names of an enumeration holds nothing but joints and brackets.
    pub(crate) fn only_joints(&self, text: &str) -> bool {
        let mut depth = 0_usize;
        let mut rest = String::new();
        for c in text.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '"' | '「' | '」' | '《' | '》' => {}
                _ if depth == 0 => rest.push(c),
                _ => {}
            }
        }
        matches!(
            rest.as_str(),
            "、" | "," | "/" | "和" | "与" | "及" | "以及" | "或" | ";" | "、以及" | "还有" | ",以及"
        )
    }

    /// Whether a clause so far says that something is not done.
    pub(crate) fn is_refused(&self, before: &str) -> bool {
        self.refusals.iter().any(|w| before.contains(w.as_str()))
    }

    /// Whether a line announces components of others that the app holds, without the word SDK (嵌入的第三方元件如次).
    pub(crate) fn announces_components(&self, text: &str) -> bool {
        self.component_end(text).is_some()
            && (self.outsiders.iter().any(|w| text.contains(w.as_str()))
                || self.builds.iter().any(|w| text.contains(w.as_str())))
    }

    /// How many of the components named before a text takes up at its head (上面三家, 以上几款SDK): `None` for all of them, with
    /// where the words end.
    pub(crate) fn takes_up(&self, text: &str) -> Option<(Option<usize>, usize)> {
        let back = self.back_words.iter().find_map(|w| text.strip_prefix(w.as_str()))?;
        let first = back.chars().next()?;
        let count = match first {
            '两' | '二' => Some(2),
            '三' => Some(3),
            '四' => Some(4),
            '五' => Some(5),
            '六' => Some(6),
            '七' => Some(7),
            '八' => Some(8),
            '2'..='9' => first.to_digit(10).map(|d| d as usize),
            _ => None,
        };
        let rest =
            if count.is_some() || matches!(first, '几' | '各' | '些') { &back[first.len_utf8()..] } else { back };
        let unit = self.back_units.iter().find_map(|w| rest.strip_prefix(w.as_str()))?;
        Some((count, text.len() - unit.len()))
    }

    /// The company at the head of a component's name (`X公司的YSDK`), and the name without it.
    pub(crate) fn maker_in_name<'t>(&self, name: &'t str) -> (Option<&'t str>, &'t str) {
        for ending in self.companies.words().iter().filter(|e| e.ends_with("公司")) {
            if let Some(at) = name.find(ending.as_str()).filter(|&at| at > 0) {
                let (company, rest) = name.split_at(at + ending.len());
                let rest = rest.trim_start_matches(['的', ' ', '-', '—', '·']);
                let said = self.fold(rest);
                let own = said.chars().count() >= 2
                    && !self.says_sdk_only(&said)
                    && !rest.starts_with([')', '）', '(', '（']);
                return if own { (Some(company), rest) } else { (None, name) };
            }
        }
        (None, name)
    }

    /// Whether a folded text is the word SDK and nothing else.
    pub(crate) fn says_sdk_only(&self, text: &str) -> bool {
        self.sdk_words.has(text)
    }

    /// Endings of company names, longest first.
    pub(crate) fn company_endings(&self) -> &List {
        &self.companies
    }

    /// A part of a line without the word for provider before the company (提供者示例公司).
    pub(crate) fn without_provider<'t>(&self, part: &'t str) -> &'t str {
        self.operator_labels.strip(part).unwrap_or(part)
    }

    /// Whether a value says that nothing is collected (无, 暂无, 不涉及).
    pub(crate) fn says_none(&self, value: &str) -> bool {
        let folded = self.fold(value);
        let value = folded.trim_matches(|c: char| matches!(c, '。' | '.' | ';' | ',' | ' '));
        self.length(value) <= 24
            && self.none.words().iter().any(|w| value == w || (w.chars().count() >= 3 && value.starts_with(w.as_str())))
    }

    /// What a column head or label means; the most telling first.
    pub(crate) fn label(&self, text: &str) -> &[Label] {
        let text = labels::bare(text);
        let labels = self.labels.exact(text);
        if !labels.is_empty() {
            return labels;
        }
        // SDK名称/SDK Name, 使用目的Purpose: the first language of the head tells.
        let first = first_script(text).map(|part| self.labels.exact(part)).unwrap_or_default();
        if !first.is_empty() {
            return first;
        }
        // 三方SDK名称, 接入的SDK名称: any label that ends so.
        let named = self.says_sdk(text) && self.length(text) <= 16 && self.labels.ends_like_a_name(text);
        if named { &[Label::Name] } else { &[] }
    }

    /// What the head of a labelled line or of a column means, also one that is put together of such words (提供机构, 收集的字段).
    pub(crate) fn line_label(&self, text: &str) -> &[Label] {
        let known = self.label(text);
        if known.is_empty() { self.labels.composed(labels::bare(text)) } else { known }
    }

    /// Whether a folded text holds a word for SDK.
    pub(crate) fn says_sdk(&self, text: impl AsRef<str>) -> bool {
        let text = text.as_ref();
        self.sdk_words.is_in(text)
    }

    /// What a column head holds: a label, or a short line that ends like one and names no function (对应功能, 是否必需).
    pub(crate) fn column(&self, text: &str) -> Option<Label> {
        if let Some(&label) = self.line_label(text).first() {
            return Some(label);
        }
        if !(2..=8).contains(&self.length(text)) {
            return None;
        }
        let label = self.labels.by_ending(text)?;
        let normal = self.refolded(text);
        let names = self.capabilities.find(&normal, 0..text.len()).any(|f| !f.values.is_empty());
        (!names).then_some(label)
    }

    /// Whether a heading ends as the names of lists do.
    pub(crate) fn names_a_list(&self, text: &str) -> bool {
        self.list_names.ends(text)
    }

    /// Where the first word for SDK in a folded text ends.
    pub(crate) fn sdk_end(&self, text: &str) -> Option<usize> {
        self.sdk_words.firsts(text).map(|r| r.end).min()
    }

    /// Every place of a word for SDK, or with `services` for another embedded service.
    pub(crate) fn sdk_places(&self, text: &str, services: bool) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self.sdk_words.places(text).collect();
        if services {
            found.extend(self.service_words.places(text));
        }
        found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        found.dedup_by(|b, a| b.start < a.end);
        found
    }

    /// Whether what follows the word SDK still belongs to the name: a Latin word and nothing else.
    pub(crate) fn more_name(&self, tail: &str) -> bool {
        !tail.is_empty()
            && tail.len() <= 16
            && tail.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+'))
    }

    /// Where a name without the word SDK ends: before the first verb.
    pub(crate) fn name_stop(&self, text: &str) -> usize {
        self.stops.firsts(text).map(|r| r.start).filter(|&at| at > 0).min().unwrap_or(text.len())
    }

    /// Takes words that do not belong to a name from its left.
    pub(crate) fn strip_prefixes<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(rest) = self.prefixes.strip(text) {
            text = rest;
        }
        text
    }

    /// Whether a sentence says that words mean what they were defined to mean (按第二条理解, 与1.2同义).
    pub(crate) fn ties_terms(&self, sentence: &str) -> bool {
        self.same_meaning.iter().any(|w| sentence.contains(w.as_str()))
    }

    /// Whether what follows the name of a group picks out one of it (终端标识中的OAID).
    pub(crate) fn names_part(&self, after: &str) -> bool {
        self.out_of.iter().any(|w| after.starts_with(w.as_str()))
    }

    /// Whether a cell repeats the one above it.
    pub(crate) fn repeats(&self, cell: &str) -> bool {
        self.same_as_above.iter().any(|w| w == cell)
    }

    /// Where the first further verb of taking in a text ends (取得, 用到, 要).
    pub(crate) fn taking_at(&self, text: &str) -> Option<Range<usize>> {
        self.taking.iter().filter_map(|w| text.find(w.as_str()).map(|at| at..at + w.len())).min_by_key(|r| r.start)
    }

    /// Whether a text is the bare name of a maker of devices.
    pub(crate) fn is_maker(&self, text: &str) -> bool {
        let text = self.fold(text);
        self.makers.has(&text)
    }

    /// What follows the maker's name a text begins with.
    pub(crate) fn after_maker<'t>(&self, text: &'t str) -> Option<&'t str> {
        let folded = text.to_lowercase();
        self.makers.words().iter().find(|m| folded.starts_with(m.as_str())).and_then(|m| text.get(m.len()..))
    }

    /// The maker's name a text is, or begins with before words for devices (vivo手机的…).
    pub(crate) fn maker_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let folded = text.to_lowercase();
        self.makers.words().iter().find(|m| folded.starts_with(m.as_str())).and_then(|m| text.get(..m.len()))
    }

    /// What is left of `手机的厂商推送` when the words for devices are gone.
    pub(crate) fn class_suffix_of<'t>(&self, suffix: &'t str) -> &'t str {
        let mut suffix = suffix.trim();
        while let Some(rest) = self.device_words.strip(suffix) {
            suffix = rest.trim_start();
        }
        suffix
    }

    /// Makers named in a folded text, in order.
    pub(crate) fn makers_in(&self, text: &Normal, within: Range<usize>) -> Vec<Range<usize>> {
        let part = &text.text()[within.clone()];
        let mut found: Vec<Range<usize>> = self
            .makers
            .places(part)
            .map(|r| within.start + r.start..within.start + r.end)
            .filter(|r| text.whole_word(r))
            .collect();
        found.sort_by_key(|r| r.start);
        found
    }

    /// Whether a folded text speaks of a named outside service.
    pub(crate) fn talks_of_services(&self, text: &str) -> bool {
        self.service_talk.is_in(text) || self.service_words.is_in(text)
    }

    /// Where words for outside services other than SDKs stand.
    pub(crate) fn service_places(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self.service_words.places(text).collect();
        found.sort_by_key(|r| r.start);
        found
    }

    /// Where the last verb or function word ends after which a name may begin.
    pub(crate) fn verb_end(&self, text: &str) -> usize {
        self.verbs.last_end(text).unwrap_or(0)
    }

    /// `中国电信三家运营商的认证SDK`: the name before the count, and what stands behind the counted class.
    pub(crate) fn counted<'t>(&self, name: &'t str) -> Option<(&'t str, String)> {
        self.count_units.words().iter().find_map(|unit| {
            let at = name.find(unit.as_str())?;
            let own =
                name[..at].trim_end_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十数几等".contains(c));
            let shared = name[at + unit.len()..].trim_start();
            (own.len() < at && self.names.is_known(own)).then(|| (own, shared.to_owned()))
        })
    }

    /// What follows the words for an appendix and its number at the head of a line (附录二：第三方软件开发工具包).
    pub(crate) fn appendix<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = self.appendix.strip(text)?;
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
        Some(rest.trim_start_matches([':', '、', '.', '-', '\u{2014}', '《', ' '])).filter(|rest| !rest.is_empty())
    }

    /// Where in `该公司的定位SDK` what the component does begins.
    pub(crate) fn of_that_company(&self, text: &str) -> Option<usize> {
        self.that_company.firsts(text).map(|r| r.end).max()
    }

    /// Where in a description with a name behind it the name begins (崩溃分析的腾讯Bugly).
    pub(crate) fn after_description(&self, text: &str) -> Option<usize> {
        self.of_words.last_end(text).filter(|&at| {
            let name = &text[at..];
            // 阿里云的对象存储SDK: whose it is belongs to the name.
            let described = self.names.holds_known(&text[..at]);
            !name.is_empty()
                && !described
                && !name.contains(['(', ')'])
                && (self.names.is_known(name) || self.says_sdk(name) && !self.names.is_generic(name))
                && !self.names.is_known(text)
        })
    }

    /// Whether a text points back to names just given (这些第三方).
    pub(crate) fn points_back(&self, text: &str) -> bool {
        self.anaphors.is_in(text)
    }

    /// Whether a candidate for a name holds words that names do not hold.
    pub(crate) fn reads_like_a_sentence(&self, text: &str) -> bool {
        self.not_in_names.is_in(text)
    }

    /// Whether a folded text speaks of outside services that are listed like SDKs where the language has no other word for them.
    pub(crate) fn says_services(&self, text: &str) -> bool {
        self.spaced() && self.service_words.is_in(text)
    }

    /// Whether a phrase stands for the components of device makers (手机厂商Push).
    pub(crate) fn is_maker_class(&self, text: &str) -> bool {
        self.maker_class.is_in(text)
    }

    /// What a phrase for makers' components says behind the word for makers: `Push SDK`.
    pub(crate) fn class_suffix(&self, text: &str) -> String {
        let end = self.maker_class.last_end(text).unwrap_or(0);
        text[end..].trim_start_matches(['的', ' ', '系', '统', '级']).to_owned()
    }

    /// What a maker's component is called by what is said of all of them: nothing is a push channel.
    pub(crate) fn channel<'t>(&'t self, suffix: &'t str) -> &'t str {
        let said = suffix.chars().count() > 2 && !self.says_sdk_only(suffix);
        if said { suffix } else { self.default_channel.first().map_or("", String::as_str) }
    }

    /// Where an enumeration opens: behind 包括, 如下, a colon.
    pub(crate) fn enumeration_opens(&self, text: &str) -> Option<usize> {
        self.openers.firsts(text).map(|r| r.end).min().filter(|&at| at <= 48)
    }

    /// In `X向您提供…`, where X ends.
    pub(crate) fn provides(&self, text: &str) -> Option<usize> {
        self.provide_phrases.firsts(text).map(|r| r.start).min().filter(|&at| at > 0 && at <= 48)
    }

    /// Whether a folded text says that somebody provides something.
    pub(crate) fn provides_something(&self, text: &str) -> bool {
        self.providers.words().first().is_some_and(|w| text.contains(w.as_str()))
    }

    /// Whether Android lets every app have this data, although the capability's name covers it.
    pub(crate) fn is_unguarded(&self, data: &DataItemId, capability: &CapabilityId) -> bool {
        self.unguarded.contains(&(data.clone(), capability.clone()))
    }

    /// Whether a folded term is a group word (设备信息, 网络信息) whose own list says what is meant.
    pub(crate) fn is_group(&self, term: &str) -> bool {
        self.groups.contains(term)
    }

    /// Whether a folded term means personal information as such, or a class of it that the law names.
    pub(crate) fn is_all_data(&self, term: &str) -> bool {
        self.all_data.is_in(term)
    }

    /// In a sentence that says at its head that it defines something (本约定所称…，包括), where the term begins and ends.
    pub(crate) fn term_opened(&self, sentence: &str) -> Option<(usize, usize)> {
        let rest = self.define_openers.strip(sentence)?;
        let end = self.define_joins.firsts(rest).map(|r| r.start).min()?;
        let at = sentence.len() - rest.len();
        Some((at, at + end))
    }

    /// A term without what introduces it (本政策所称设备信息).
    pub(crate) fn without_define<'t>(&self, term: &'t str) -> &'t str {
        self.define_openers.strip(term).unwrap_or(term)
    }

    /// Whether a folded word counts only beside the word permission or as the head of a row.
    pub(crate) fn is_strict(&self, word: &str) -> bool {
        self.strict.contains(word)
    }

    /// The word permission.
    pub(crate) fn permission_word(&self) -> &str {
        self.permission.words().first().map_or("", String::as_str)
    }

    /// Whether a folded text ends with the word permission.
    pub(crate) fn ends_in_permission(&self, text: &str) -> bool {
        self.permission.ends(text)
    }

    /// Where the word permission first stands.
    pub(crate) fn permission_at(&self, text: &str) -> Option<usize> {
        self.permission.first(text).map(|r| r.start)
    }

    /// Behind the last word permission.
    pub(crate) fn permission_last(&self, text: &str) -> Option<usize> {
        self.permission.last_end(text)
    }

    /// Whether a text holds nothing but what an enumeration holds: names of functions, joints and small words.
    pub(crate) fn enumerates(&self, text: &str) -> bool {
        if self.length(text) > 60 {
            return false;
        }
        let normal = self.refolded(text);
        let mut rest = String::new();
        let mut last = 0;
        for found in self.capabilities.find(&normal, 0..text.len()) {
            rest.push_str(&text[last..found.range.start]);
            last = found.range.end;
        }
        rest.push_str(&text[last..]);
        let mut rest = rest.trim_start_matches(' ');
        while !rest.is_empty() {
            let Some(after) = self.joints.strip(rest) else { return false };
            rest = after.trim_start_matches(' ');
        }
        true
    }

    /// What stands before the small word that leads to an item of an enumeration (crash reports with the device model).
    pub(crate) fn without_item_lead<'t>(&self, text: &'t str) -> &'t str {
        if !self.item_leads.ends(text.trim_end_matches(' ')) || !text.ends_with(' ') { text } else { "" }
    }

    /// Behind 包括, 例如 or a bracket at the head of a text.
    pub(crate) fn opens_examples<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.strip_prefix([',', '(', ':', '（']).unwrap_or(text).trim_start_matches(' ');
        if let Some(rest) = self.examples.strip(text) {
            return Some(rest.trim_start_matches([':', ',']));
        }
        None
    }

    /// Bytes of small words in the head of a permission item.
    pub(crate) fn head_filler(&self, head: &str) -> usize {
        self.fillers.places(head).map(|r| r.len()).sum()
    }

    /// Whether a clause begins by telling what for.
    pub(crate) fn purpose_starts(&self, clause: &str) -> bool {
        let clause = clause.trim_start_matches(['(', '"', '、', ')', ',', ' ']);
        self.purposes.begins(clause)
    }

    /// Behind the last word inside a clause that tells what for, unless it stands in a bracket that is closed again.
    pub(crate) fn purpose_inside(&self, clause: &str) -> Option<usize> {
        let other: Vec<usize> = self.not_purposes.places(clause).map(|r| r.end).collect();
        let last = self.purposes_inside.places(clause).map(|r| r.end).filter(|end| !other.contains(end)).max()?;
        let closed = clause[last..].matches(')').count() > clause[last..].matches('(').count();
        (!closed).then_some(last)
    }

    /// Where the members of a group word may begin: behind 包括, 如, a colon.
    pub(crate) fn members_follow(&self, tail: &str) -> Vec<usize> {
        self.members.firsts(tail).filter(|r| self.length(&tail[..r.start]) <= 60).map(|r| r.end).collect()
    }

    /// Whether a text holds a word after which members are listed.
    pub(crate) fn opens_members(&self, text: &str) -> bool {
        self.members.is_in(text)
    }

    /// Where a sentence says that something is given to others (向…提供, to a payment service).
    pub(crate) fn given_to_others(&self, sentence: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for to in self.towards.places(sentence) {
            let tail = &sentence[to.end..];
            let Some(end) = self.give_verbs.firsts(tail).map(|r| r.start).min().filter(|&e| e > 0 && e <= 48) else {
                continue;
            };
            let whom = &tail[..end];
            if !self.ours.is_in(whom) && (self.names.is_known(whom) || self.others.is_in(whom)) {
                found.push(to.start);
            }
        }
        found
    }

    /// Behind 版本, 端, 系统 after the name of a platform.
    pub(crate) fn after_platform<'t>(&self, text: &'t str) -> &'t str {
        self.platform_tails.strip(text).unwrap_or(text)
    }

    /// Whether a text holds a verb of keeping or uploading.
    pub(crate) fn keeps(&self, text: &str) -> bool {
        self.keep_verbs.is_in(text)
    }

    /// Whether a verb of keeping is denied beside the one of taking (不收集、不存储), and so limits nothing.
    pub(crate) fn denied_too(&self, before: &str, verb: &str) -> bool {
        self.keeps(verb) && self.negated_right_before(before)
    }

    /// Whether a clause only tells in which case the next one holds (…的, …时).
    pub(crate) fn sets_a_case(&self, clause: &str) -> bool {
        self.cases.ends(clause)
    }

    fn negated_right_before(&self, before: &str) -> bool {
        let near = before.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        self.cues.negates(&before[near..])
    }

    /// Whether a text goes on to define the word before it; behind a quoted word the plain verb is enough.
    pub(crate) fn defines(&self, tail: &str, quoted: bool) -> bool {
        let verb = self.define_verbs.words().iter().find(|w| tail.starts_with(w.as_str()));
        verb.is_some_and(|w| quoted || w.chars().count() > 1)
    }

    /// Whether somebody else named before is joined to what follows (某某及其广告).
    pub(crate) fn joined_to(&self, before: &str) -> bool {
        let near = before.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
        self.and.firsts(&before[near..]).any(|r| near + r.start > 0)
    }

    /// Whether what is done follows its object (将…提供给).
    pub(crate) fn takes_object_first(&self, text: &str) -> bool {
        self.object_first.begins(text)
    }

    /// Whether a text ends with a word for data in general (信息, 数据).
    pub(crate) fn ends_as_data(&self, text: &str) -> bool {
        self.data_nouns.ends(text)
    }

    /// Whether a text ends with a word that limits (仅, 只).
    pub(crate) fn only_before(&self, text: &str) -> bool {
        self.only.ends(text)
    }

    /// Whether a text speaks of what is left of something named before (其余条目).
    pub(crate) fn speaks_of_the_rest(&self, text: &str) -> bool {
        self.rest_words.is_in(text)
    }

    /// Whether a text begins with and.
    pub(crate) fn begins_and(&self, text: &str) -> bool {
        self.and.begins(text)
    }

    /// Whether a text speaks of what was named before (以上信息, 该权限).
    pub(crate) fn refers_back(&self, text: &str) -> bool {
        self.back_references.is_in(text)
    }

    /// Whether a text limits (仅, 只).
    pub(crate) fn only(&self, text: &str) -> bool {
        self.only.is_in(text)
    }

    /// Whether a negation ends something only after an event that the words before it name (关闭后不再收集).
    pub(crate) fn ends_after(&self, before: &str, negation: &str) -> bool {
        self.no_longer.is_in(negation) && self.afterwards.is_in(before)
    }

    /// The data that a capability given to an SDK opens.
    pub(crate) fn opened_by(&self, capability: &CapabilityId) -> &[DataItemId] {
        self.opens.get(capability).map_or(&[], Vec::as_slice)
    }

    /// The capability a kind of data belongs to, for denials: what it shows, or what a denial of handling it limits.
    pub(crate) fn belongs_to(&self, data: &DataItemId) -> Option<&CapabilityId> {
        self.shows.get(data).or_else(|| self.denies.get(data))
    }

    /// What a constant of another platform opens.
    pub(crate) fn foreign_capability(&self, constant: &str) -> Option<&CapabilityId> {
        let key = letters(constant);
        self.foreign.iter().find(|(w, _)| key.contains(w.as_str())).map(|(_, c)| c)
    }

    /// Whether a word names only a state that apps ask to decide something (WLAN状态).
    pub(crate) fn is_state(&self, data: &[DataItemId]) -> bool {
        !data.is_empty() && data.iter().all(|d| *d == "wifi_state" || *d == "phone_state")
    }

    /// Whether a word for data, capability or version covers a place.
    pub(crate) fn is_data_here(&self, span: &super::outline::Span, place: &Range<usize>) -> bool {
        let text = span.folded();
        self.version_words.begins(text[place.end..].trim_start_matches(' '))
    }

    /// Whether the name of a component that works on this data says so (刷脸, 身份证识别).
    pub(crate) fn named_function(&self, data: &DataItemId) -> bool {
        self.named_functions.contains(data)
    }

    /// Whether a capability is about telling the user something, so that everyday verbs of sending are no use of it.
    pub(crate) fn is_notice(&self, capability: &CapabilityId) -> bool {
        self.notices.contains(capability)
    }

    /// Where a sentence takes up the components named before (它们, 其).
    pub(crate) fn pronoun(&self, sentence: &str) -> Option<usize> {
        self.pronouns.first(sentence).map(|r| r.start)
    }

    /// Whether the name of a list speaks of third parties and not only of sharing with them.
    pub(crate) fn is_third_party(&self, text: &str) -> bool {
        self.others.words().first().is_some_and(|w| text.contains(w.as_str()))
    }

    /// Platforms named in a part of a folded text, with where.
    pub(crate) fn platforms(&self, text: &Normal, within: Range<usize>) -> Vec<(PlatformWord, usize)> {
        let part = &text.text()[within.clone()];
        let mut found = Vec::new();
        for (number, place) in self.platform_names.numbered(part) {
            let platform = self.platforms[number];
            let range = within.start + place.start..within.start + place.end;
            // `android id` and `android.permission` name no platform.
            let rest = text.text()[range.end..].trim_start_matches(' ');
            let identifier = ["id", "_id", ".permission", "-id"].iter().any(|s| rest.starts_with(s));
            if text.whole_word(&range) && !(identifier && platform == PlatformWord::Android) {
                found.push((platform, range.start));
            }
        }
        found.sort_by_key(|&(_, at)| at);
        found
    }

    /// The permission a constant names, by its letters alone; a misspelling of up to two letters is understood.
    pub(crate) fn constant(&self, written: &str) -> Option<usize> {
        let short = written.rsplit('.').next().unwrap_or(written);
        let key = letters(short);
        if let Some(&index) = self.constants.get(&key) {
            return Some(index);
        }
        if key.len() < 9 {
            return None;
        }
        let near = |limit| {
            self.constants
                .iter()
                .filter(|(k, _)| k.len().abs_diff(key.len()) <= limit && distance(k, &key, limit) <= limit)
                .map(|(k, &i)| (distance(k, &key, limit), k, i))
                .min()
                .map(|(_, _, i)| i)
        };
        near(2)
    }
}

/// The folded form of a word list entry.
fn fold(word: &str, folding: &Folding) -> String {
    Normal::of(word, folding).text().to_owned()
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

/// The Chinese part of a head that says the same in Latin script behind it.
fn first_script(text: &str) -> Option<&str> {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let last = text.char_indices().rev().find(|&(_, c)| han(c))?;
    let end = last.0 + last.1.len_utf8();
    let rest = &text[end..];
    let latin = rest.bytes().filter(u8::is_ascii_alphabetic).count();
    (latin >= 4 && rest.starts_with(|c: char| c.is_ascii())).then(|| &text[..end])
}

fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words
}

fn letters(constant: &str) -> String {
    constant.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Edit distance, given up beyond `limit`.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let b = b.as_bytes();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut best = row[0];
        for j in 0..b.len() {
            let cost = diagonal + usize::from(x != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
            best = best.min(row[j + 1]);
        }
        if best > limit {
            return limit + 1;
        }
    }
    row[b.len()]
}

/// A word and what it names; nothing for one that only masks others.
type Entry<'a, T> = (&'a str, Option<T>);

fn capability_words<'a>(catalogue: &'a Catalogue, language: &'a Language) -> Vec<Entry<'a, Named<CapabilityId>>> {
    let mut entries: Vec<Entry<'a, Named<CapabilityId>>> = Vec::new();
    for capability in catalogue.capabilities() {
        for word in &capability.aliases {
            let weak = capability.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: capability.id.clone(), weak })));
        }
    }
    for permission in catalogue.permissions() {
        for word in &permission.aliases {
            let weak = permission.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: permission.capability.clone(), weak })));
        }
    }
    for term in &language.term {
        if let Some(id) = &term.capability {
            entries.extend(term.words.iter().map(|w| (w.as_str(), Some(Named { id: id.clone(), weak: term.weak }))));
        }
    }
    finish_words(entries, language)
}

fn data_words<'a>(catalogue: &'a Catalogue, language: &'a Language) -> Vec<Entry<'a, Named<DataItemId>>> {
    let mut entries: Vec<Entry<'a, Named<DataItemId>>> = Vec::new();
    for item in catalogue.data_items() {
        for word in &item.aliases {
            let weak = item.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: item.id.clone(), weak })));
        }
    }
    for term in &language.term {
        if let Some(id) = &term.data {
            entries.extend(term.words.iter().map(|w| (w.as_str(), Some(Named { id: id.clone(), weak: term.weak }))));
        }
    }
    finish_words(entries, language)
}

/// Adds the phrases that mask others and must not themselves name anything; leaves out what the language's script cannot write.
fn finish_words<'a, T>(mut entries: Vec<Entry<'a, T>>, language: &'a Language) -> Vec<Entry<'a, T>> {
    entries.extend(language.masks.phrases.iter().map(|w| (w.as_str(), None)));
    let masks: HashSet<&str> = language.masks.phrases.iter().map(String::as_str).collect();
    for (word, value) in &mut entries {
        if masks.contains(word) {
            *value = None;
        }
    }
    if language.grammar.spacing.is_some() {
        entries.retain(|(word, _)| word.is_ascii());
    }
    entries
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
