//! The lexicon and the catalogue made ready to look up: one pass over a text finds every cue, another every capability,
//! another every kind of data. Built once a run.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::labels::{self, Labels};
use super::names::Names;
use super::normal::{Normal, fold};
use super::word_list::WordList;
use crate::catalogue::{
    CapabilityId, Catalogue, Cue, DataItemId, Grammar, Label, Language, Lexicon, NameWords, PlatformWord,
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
    fn new(entries: Vec<(&str, Option<T>)>) -> Self {
        Self(WordList::new(entries.into_iter().map(|(word, value)| (fold(word), value))))
    }

    /// Every word in `text`, in order, none overlapping, Latin words whole.
    pub(crate) fn find<'a>(
        &'a self,
        text: &'a Normal,
        within: Range<usize>,
    ) -> impl Iterator<Item = Found<'a, T>> + 'a {
        self.0
            .longest(text.text(), within)
            .filter_map(|(range, word)| text.whole_word(&range).then(|| Found { range, values: self.0.values(word) }))
    }
}

/// A cue found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CueAt {
    /// Which.
    pub cue: Cue,
    /// Byte range in the folded text.
    pub range: Range<usize>,
}

/// Everything looked up in policies.
pub(crate) struct Words {
    /// Names of capabilities.
    pub capabilities: Finder<Named<CapabilityId>>,
    /// Names of personal information.
    pub data: Finder<Named<DataItemId>>,
    /// Names of SDKs.
    pub names: Names,
    cues: WordList<Cue>,
    labels: Labels,
    platforms: Vec<(String, PlatformWord)>,
    constants: HashMap<String, usize>,
    companies: Vec<String>,
    none: Vec<String>,
    named_functions: HashSet<DataItemId>,
    groups: HashSet<String>,
    strict: HashSet<String>,
    /// The capability that collecting a kind of data shows.
    pub shows: HashMap<DataItemId, CapabilityId>,
    opens: HashMap<CapabilityId, Vec<DataItemId>>,
    permission: Vec<String>,
    joints: Vec<String>,
    examples: Vec<String>,
    fillers: Vec<String>,
    purposes: Vec<String>,
    purposes_inside: Vec<String>,
    members: Vec<String>,
    towards: Vec<String>,
    give_verbs: Vec<String>,
    ours: Vec<String>,
    others: Vec<String>,
    platform_tails: Vec<String>,
    keep_verbs: Vec<String>,
    back_references: Vec<String>,
    only: Vec<String>,
    no_longer: Vec<String>,
    afterwards: Vec<String>,
    sdk_words: Vec<String>,
    service_words: Vec<String>,
    prefixes: Vec<String>,
    stops: Vec<String>,
    makers: Vec<String>,
    device_words: Vec<String>,
    denies: HashMap<DataItemId, CapabilityId>,
    foreign: Vec<(String, CapabilityId)>,
    pronouns: Vec<String>,
    notices: HashSet<CapabilityId>,
    unguarded: HashSet<(DataItemId, CapabilityId)>,
    operator_labels: Vec<String>,
    service_talk: Vec<String>,
    verbs: Vec<String>,
    anaphors: Vec<String>,
    not_in_names: Vec<String>,
    maker_class: Vec<String>,
    openers: Vec<String>,
    provide_phrases: Vec<String>,
    version_words: Vec<String>,
    that_company: Vec<String>,
    of_words: Vec<String>,
    user_words: Vec<String>,
    out_of: Vec<String>,
    same_meaning: Vec<String>,
    default_channel: Vec<String>,
    full_companies: HashSet<String>,
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
    app_words: Vec<String>,
    refusals: Vec<String>,
    outsiders: Vec<String>,
    back_words: Vec<String>,
    back_units: Vec<String>,
    same_as_above: Vec<String>,
    taking: Vec<String>,
    /// Verbs of making: 提供, 开发.
    pub providers: Vec<String>,
    /// How lines begin that talk about things in general.
    pub general: Vec<String>,
}

impl Words {
    /// Compiles the lexicon and `catalogue`.
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let lexicon = Lexicon::builtin();
        // The three large lists take longer than everything else together.
        let (names, (capabilities, data)) = rayon::join(
            || Names::new(catalogue),
            || {
                let capabilities = Finder::new(capability_words(catalogue, lexicon.languages()));
                (capabilities, Finder::new(data_words(catalogue, lexicon.languages())))
            },
        );
        let mut cues = Vec::new();
        let mut platforms = Vec::new();
        for language in lexicon.languages() {
            for (&cue, words) in &language.cues {
                cues.extend(words.iter().map(|w| (fold(w), Some(cue))));
            }
            for (&platform, words) in &language.platforms {
                platforms.extend(words.iter().map(|w| (fold(w), platform)));
            }
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
        Self {
            capabilities,
            data,
            names,
            cues: WordList::new(cues),
            labels: Labels::new(lexicon),
            platforms,
            constants,
            companies: longest_first(
                lexicon.languages().iter().flat_map(|l| &l.meta.company).map(|w| fold(w)).collect(),
            ),
            none: lexicon.cue(Cue::None).map(fold).collect(),
            named_functions: lexicon.languages().iter().flat_map(|l| l.masks.named.iter().cloned()).collect(),
            groups: lexicon.languages().iter().flat_map(|l| &l.masks.groups).map(|w| fold(w)).collect(),
            strict: lexicon.languages().iter().flat_map(|l| &l.masks.strict).map(|w| fold(w)).collect(),
            shows: lexicon
                .languages()
                .iter()
                .flat_map(|l| &l.masks.shows)
                .map(|s| (s.data.clone(), s.capability.clone()))
                .collect(),
            opens: opens(lexicon),
            permission: grammar(|g| &g.permission),
            joints: grammar(|g| &g.joints),
            examples: grammar(|g| &g.examples),
            fillers: grammar(|g| &g.fillers),
            purposes: grammar(|g| &g.purposes),
            purposes_inside: grammar(|g| &g.purposes_inside),
            members: grammar(|g| &g.members),
            towards: grammar(|g| &g.towards),
            give_verbs: grammar(|g| &g.give_verbs),
            ours: grammar(|g| &g.ours),
            others: grammar(|g| &g.others),
            platform_tails: grammar(|g| &g.platform_tails),
            keep_verbs: grammar(|g| &g.keep_verbs),
            back_references: grammar(|g| &g.back_references),
            only: grammar(|g| &g.only),
            no_longer: grammar(|g| &g.no_longer),
            afterwards: grammar(|g| &g.afterwards),
            sdk_words: name_words(|n| &n.sdk),
            service_words: name_words(|n| &n.service),
            prefixes: longest_first(name_words(|n| &n.prefixes)),
            stops: name_words(|n| &n.stops),
            makers: name_words(|n| &n.makers),
            device_words: name_words(|n| &n.device_words),
            denies: lexicon
                .languages()
                .iter()
                .flat_map(|l| &l.masks.denies)
                .map(|s| (s.data.clone(), s.capability.clone()))
                .collect(),
            foreign: lexicon
                .languages()
                .iter()
                .flat_map(|l| &l.masks.foreign)
                .map(|f| (f.word.clone(), f.capability.clone()))
                .collect(),
            pronouns: name_words(|n| &n.pronouns),
            unguarded: lexicon
                .languages()
                .iter()
                .flat_map(|l| &l.masks.unguarded)
                .map(|s| (s.data.clone(), s.capability.clone()))
                .collect(),
            notices: lexicon.languages().iter().flat_map(|l| l.masks.notices.iter().cloned()).collect(),
            operator_labels: longest_first(
                lexicon.languages().iter().flat_map(|l| &l.meta.operator_labels).map(|w| fold(w)).collect(),
            ),
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
            out_of: name_words(|n| &n.out_of),
            same_meaning: name_words(|n| &n.same_meaning),
            default_channel: name_words(|n| &n.default_channel),
            full_companies: lexicon
                .languages()
                .iter()
                .flat_map(|l| &l.meta.company)
                .map(|w| fold(w))
                .filter(|w| w.ends_with("公司") && w.chars().count() > 2)
                .collect(),
            company_forms: name_words(|n| &n.company_forms),
            nobody: name_words(|n| &n.nobody),
            before_company: name_words(|n| &n.before_company),
            company_joins: longest_first(name_words(|n| &n.company_joins)),
            by_words: name_words(|n| &n.by_words),
            carriers: longest_first(name_words(|n| &n.carriers)),
            components: longest_first(name_words(|n| &n.components)),
            build_fillers: longest_first(name_words(|n| &n.build_fillers)),
            builds: longest_first(name_words(|n| &n.builds)),
            build_verbs: name_words(|n| &n.build_verbs),
            app_words: name_words(|n| &n.app_words),
            refusals: name_words(|n| &n.refusals),
            outsiders: name_words(|n| &n.outsiders),
            back_words: longest_first(name_words(|n| &n.back_words)),
            back_units: longest_first(name_words(|n| &n.back_units)),
            same_as_above: name_words(|n| &n.same_as_above),
            taking: name_words(|n| &n.taking),
            providers: name_words(|n| &n.providers),
            general: name_words(|n| &n.general),
        }
    }

    /// Every cue in a part of `text`, overlapping ones too.
    pub(crate) fn cues(&self, text: &Normal, within: Range<usize>) -> Vec<CueAt> {
        let mut found: Vec<CueAt> = self
            .cues
            .all(text.text(), within)
            .flat_map(|(range, word)| {
                self.cues.values(word).iter().map(move |&cue| CueAt { cue, range: range.clone() })
            })
            .filter(|c| text.whole_word(&c.range))
            .collect();
        found.sort_by_key(|c| (c.range.start, c.range.end));
        // 为您提供: nobody gives anything to the app.
        let offers: Vec<Range<usize>> = found.iter().filter(|c| c.cue == Cue::Offer).map(|c| c.range.clone()).collect();
        found
            .retain(|c| c.cue != Cue::Give || !offers.iter().any(|o| o.start <= c.range.start && c.range.end <= o.end));
        found
    }

    /// Whether a text names a company: ends like one, or holds such an ending before a bracket.
    pub(crate) fn is_company(&self, text: &str) -> bool {
        let folded = fold(text);
        let head = folded.split(['(', '[', '/', '|', ',', '、']).next().unwrap_or("");
        self.companies.iter().any(|c| head.ends_with(c.as_str()) || folded.ends_with(c.as_str()))
    }

    /// Whether the whole of a text is a company's name, in Chinese or Latin letters.
    pub(crate) fn names_company(&self, text: &str) -> bool {
        let folded = fold(text);
        self.is_company(text)
            || self.company_forms.iter().any(|w| folded.ends_with(w.as_str()) && folded.len() > w.len())
    }

    /// Where the first full name of a company in a text ends (有限公司, not 第三方公司).
    pub(crate) fn company_end(&self, text: &str) -> Option<usize> {
        let full = self.companies.iter().filter(|c| self.full_companies.contains(*c));
        full.filter_map(|c| text.find(c.as_str()).map(|at| (at, std::cmp::Reverse(at + c.len()))))
            .min()
            .map(|(_, end)| end.0)
    }

    /// Whether a value names nobody in particular (各手机厂商, 开源社区).
    pub(crate) fn is_nobody(&self, folded: &str) -> bool {
        self.nobody.iter().any(|w| folded.contains(w.as_str()))
            && !self.companies.iter().any(|c| c.chars().count() > 2 && folded.contains(c.as_str()))
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
        self.by_words.iter().any(|w| before.ends_with(w.as_str()))
            || self.providers.iter().any(|w| after.starts_with(w.as_str()))
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
        used.is_some_and(|rest| self.app_words.iter().any(|w| rest.ends_with(w.as_str())))
    }

    /// Whether a text ends with a word for an outside partner.
    pub(crate) fn is_outsider(&self, before: &str) -> bool {
        self.outsiders.iter().any(|w| before.ends_with(w.as_str()))
    }

    /// Whether a text ends with a bare verb of using whose clause has no user for its subject.
    pub(crate) fn uses(&self, before: &str) -> bool {
        let clause = before.rsplit([',', '。', ';', ':']).next().unwrap_or(before);
        self.build_verbs.iter().filter(|w| w.chars().count() > 1).any(|w| before.ends_with(w.as_str()))
            && !self.user_words.iter().any(|w| clause.contains(w.as_str()))
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
        for ending in self.companies.iter().filter(|e| e.ends_with("公司")) {
            if let Some(at) = name.find(ending.as_str()).filter(|&at| at > 0) {
                let (company, rest) = name.split_at(at + ending.len());
                let rest = rest.trim_start_matches(['的', ' ', '-', '—', '·']);
                let said = fold(rest);
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
        self.sdk_words.iter().any(|w| w == text)
    }

    /// Endings of company names, longest first.
    pub(crate) fn company_endings(&self) -> &[String] {
        &self.companies
    }

    /// A part of a line without the word for provider before the company (提供者示例公司).
    pub(crate) fn without_provider<'t>(&self, part: &'t str) -> &'t str {
        self.operator_labels.iter().find_map(|l| part.strip_prefix(l.as_str())).unwrap_or(part)
    }

    /// Whether a value says that nothing is collected (无, 暂无, 不涉及).
    pub(crate) fn says_none(&self, value: &str) -> bool {
        let folded = fold(value);
        let value = folded.trim_matches(|c: char| matches!(c, '。' | '.' | ';' | ',' | ' '));
        value.chars().count() <= 24
            && self.none.iter().any(|w| value == w || (w.chars().count() >= 3 && value.starts_with(w.as_str())))
    }

    /// What a column head or label means; the most telling first.
    pub(crate) fn label(&self, text: &str) -> &[Label] {
        let text = labels::bare(text);
        let labels = self.labels.exact(text);
        if !labels.is_empty() {
            return labels;
        }
        // 三方SDK名称, 接入的SDK名称: any label that ends so.
        let named = self.says_sdk(text) && text.chars().count() <= 16 && self.labels.ends_like_a_name(text);
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
        self.sdk_words.iter().any(|w| text.contains(w.as_str()))
    }

    /// What a column head holds: a label, or a short line that ends like one and names no function (对应功能, 是否必需).
    pub(crate) fn column(&self, text: &str) -> Option<Label> {
        if let Some(&label) = self.line_label(text).first() {
            return Some(label);
        }
        if !(2..=8).contains(&text.chars().count()) {
            return None;
        }
        let label = self.labels.by_ending(text)?;
        let normal = Normal::new(text);
        let names = self.capabilities.find(&normal, 0..text.len()).any(|f| !f.values.is_empty());
        (!names).then_some(label)
    }

    /// Where the first word for SDK in a folded text ends.
    pub(crate) fn sdk_end(&self, text: &str) -> Option<usize> {
        self.sdk_words.iter().filter_map(|w| text.find(w.as_str()).map(|at| at + w.len())).min()
    }

    /// Every place of a word for SDK, or with `services` for another embedded service.
    pub(crate) fn sdk_places(&self, text: &str, services: bool) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for word in self.sdk_words.iter().chain(if services { &self.service_words[..] } else { &[] }) {
            found.extend(text.match_indices(word.as_str()).map(|(at, w)| at..at + w.len()));
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
        self.stops.iter().filter_map(|w| text.find(w.as_str()).filter(|&at| at > 0)).min().unwrap_or(text.len())
    }

    /// Takes words that do not belong to a name from its left.
    pub(crate) fn strip_prefixes<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(rest) = self.prefixes.iter().find_map(|p| text.strip_prefix(p.as_str())) {
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
        let text = fold(text);
        self.makers.contains(&text)
    }

    /// What follows the maker's name a text begins with.
    pub(crate) fn after_maker<'t>(&self, text: &'t str) -> Option<&'t str> {
        let folded = text.to_lowercase();
        self.makers.iter().find(|m| folded.starts_with(m.as_str())).and_then(|m| text.get(m.len()..))
    }

    /// The maker's name a text is, or begins with before words for devices (vivo手机的…).
    pub(crate) fn maker_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let folded = text.to_lowercase();
        self.makers.iter().find(|m| folded.starts_with(m.as_str())).and_then(|m| text.get(..m.len()))
    }

    /// What is left of `手机的厂商推送` when the words for devices are gone.
    pub(crate) fn class_suffix_of<'t>(&self, suffix: &'t str) -> &'t str {
        let mut suffix = suffix.trim();
        while let Some(rest) = self.device_words.iter().find_map(|w| suffix.strip_prefix(w.as_str())) {
            suffix = rest.trim_start();
        }
        suffix
    }

    /// Makers named in a folded text, in order.
    pub(crate) fn makers_in(&self, text: &Normal, within: Range<usize>) -> Vec<Range<usize>> {
        let part = &text.text()[within.clone()];
        let mut found: Vec<Range<usize>> = self
            .makers
            .iter()
            .flat_map(|m| part.match_indices(m.as_str()).map(|(at, w)| within.start + at..within.start + at + w.len()))
            .filter(|r| text.whole_word(r))
            .collect();
        found.sort_by_key(|r| r.start);
        found
    }

    /// Whether a folded text speaks of a named outside service.
    pub(crate) fn talks_of_services(&self, text: &str) -> bool {
        self.service_talk.iter().chain(&self.service_words).any(|w| text.contains(w.as_str()))
    }

    /// Where words for outside services other than SDKs stand.
    pub(crate) fn service_places(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self
            .service_words
            .iter()
            .flat_map(|w| text.match_indices(w.as_str()).map(|(at, w)| at..at + w.len()))
            .collect();
        found.sort_by_key(|r| r.start);
        found
    }

    /// Where the last verb or function word ends after which a name may begin.
    pub(crate) fn verb_end(&self, text: &str) -> usize {
        self.verbs.iter().filter_map(|w| text.rfind(w.as_str()).map(|at| at + w.len())).max().unwrap_or(0)
    }

    /// Where in `该公司的定位SDK` what the component does begins.
    pub(crate) fn of_that_company(&self, text: &str) -> Option<usize> {
        self.that_company.iter().filter_map(|w| text.find(w.as_str()).map(|at| at + w.len())).max()
    }

    /// Where in a description with a name behind it the name begins (崩溃分析的腾讯Bugly).
    pub(crate) fn after_description(&self, text: &str) -> Option<usize> {
        self.of_words.iter().filter_map(|w| text.rfind(w.as_str()).map(|at| at + w.len())).max().filter(|&at| {
            let name = &text[at..];
            !name.is_empty()
                && !name.contains(['(', ')'])
                && (self.names.is_known(name) || self.says_sdk(name) && !self.names.is_generic(name))
                && !self.names.is_known(text)
        })
    }

    /// Whether a text points back to names just given (这些第三方).
    pub(crate) fn points_back(&self, text: &str) -> bool {
        self.anaphors.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a candidate for a name holds words that names do not hold.
    pub(crate) fn reads_like_a_sentence(&self, text: &str) -> bool {
        self.not_in_names.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a phrase stands for the components of device makers (手机厂商Push).
    pub(crate) fn is_maker_class(&self, text: &str) -> bool {
        self.maker_class.iter().any(|w| text.contains(w.as_str()))
    }

    /// What a phrase for makers' components says behind the word for makers: `Push SDK`.
    pub(crate) fn class_suffix(&self, text: &str) -> String {
        let end =
            self.maker_class.iter().filter_map(|w| text.rfind(w.as_str()).map(|at| at + w.len())).max().unwrap_or(0);
        text[end..].trim_start_matches(['的', ' ', '系', '统', '级']).to_owned()
    }

    /// What a maker's component is called by what is said of all of them: nothing is a push channel.
    pub(crate) fn channel<'t>(&'t self, suffix: &'t str) -> &'t str {
        let said = suffix.chars().count() > 2 && !self.says_sdk_only(suffix);
        if said { suffix } else { self.default_channel.first().map_or("", String::as_str) }
    }

    /// Where an enumeration opens: behind 包括, 如下, a colon.
    pub(crate) fn enumeration_opens(&self, text: &str) -> Option<usize> {
        self.openers.iter().filter_map(|w| text.find(w.as_str()).map(|at| at + w.len())).min().filter(|&at| at <= 48)
    }

    /// In `X向您提供…`, where X ends.
    pub(crate) fn provides(&self, text: &str) -> Option<usize> {
        self.provide_phrases.iter().filter_map(|w| text.find(w.as_str())).min().filter(|&at| at > 0 && at <= 48)
    }

    /// Whether Android lets every app have this data, although the capability's name covers it.
    pub(crate) fn is_unguarded(&self, data: &DataItemId, capability: &CapabilityId) -> bool {
        self.unguarded.contains(&(data.clone(), capability.clone()))
    }

    /// Whether a folded term is a group word (设备信息, 网络信息) whose own list says what is meant.
    pub(crate) fn is_group(&self, term: &str) -> bool {
        self.groups.contains(term)
    }

    /// Whether a folded word counts only beside the word permission or as the head of a row.
    pub(crate) fn is_strict(&self, word: &str) -> bool {
        self.strict.contains(word)
    }

    /// The word permission.
    pub(crate) fn permission_word(&self) -> &str {
        self.permission.first().map_or("", String::as_str)
    }

    /// Where the word permission first stands.
    pub(crate) fn permission_at(&self, text: &str) -> Option<usize> {
        self.permission.iter().filter_map(|w| text.find(w.as_str())).min()
    }

    /// Behind the last word permission.
    pub(crate) fn permission_last(&self, text: &str) -> Option<usize> {
        self.permission.iter().filter_map(|w| text.rfind(w.as_str()).map(|at| at + w.len())).max()
    }

    /// Whether a text holds nothing but what an enumeration holds: names of functions, joints and small words.
    pub(crate) fn enumerates(&self, text: &str) -> bool {
        if text.chars().count() > 60 {
            return false;
        }
        let normal = Normal::new(text);
        let mut rest = String::new();
        let mut last = 0;
        for found in self.capabilities.find(&normal, 0..text.len()) {
            rest.push_str(&text[last..found.range.start]);
            last = found.range.end;
        }
        rest.push_str(&text[last..]);
        let mut rest = rest.as_str();
        'word: while !rest.is_empty() {
            for word in &self.joints {
                if let Some(after) = rest.strip_prefix(word.as_str()) {
                    rest = after;
                    continue 'word;
                }
            }
            return false;
        }
        true
    }

    /// Behind 包括, 例如 or a bracket at the head of a text.
    pub(crate) fn opens_examples<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.strip_prefix([',', '(', ':', '（']).unwrap_or(text);
        if let Some(rest) = self.examples.iter().find_map(|w| text.strip_prefix(w.as_str())) {
            return Some(rest.trim_start_matches([':', ',']));
        }
        None
    }

    /// Bytes of small words in the head of a permission item.
    pub(crate) fn head_filler(&self, head: &str) -> usize {
        self.fillers.iter().map(|w| head.matches(w.as_str()).count() * w.len()).sum()
    }

    /// Whether a clause begins by telling what for.
    pub(crate) fn purpose_starts(&self, clause: &str) -> bool {
        let clause = clause.trim_start_matches(['(', '"', '、', ')', ',']);
        self.purposes.iter().any(|w| clause.starts_with(w.as_str()))
    }

    /// Behind the last word inside a clause that tells what for, unless it stands in a bracket that is closed again.
    pub(crate) fn purpose_inside(&self, clause: &str) -> Option<usize> {
        let last = self.purposes_inside.iter().filter_map(|w| clause.rfind(w.as_str()).map(|at| at + w.len())).max()?;
        let closed = clause[last..].matches(')').count() > clause[last..].matches('(').count();
        (!closed).then_some(last)
    }

    /// Where the members of a group word may begin: behind 包括, 如, a colon.
    pub(crate) fn members_follow(&self, tail: &str) -> Vec<usize> {
        self.members
            .iter()
            .filter_map(|w| tail.find(w.as_str()).map(|at| (at, at + w.len())))
            .filter(|(at, _)| tail[..*at].chars().count() <= 60)
            .map(|(_, end)| end)
            .collect()
    }

    /// Whether a text holds a word after which members are listed.
    pub(crate) fn opens_members(&self, text: &str) -> bool {
        self.members.iter().any(|w| text.contains(w.as_str()))
    }

    /// Where a sentence says that something is given to others (向…提供, to a payment service).
    pub(crate) fn given_to_others(&self, sentence: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for to in &self.towards {
            for (at, to) in sentence.match_indices(to.as_str()) {
                let tail = &sentence[at + to.len()..];
                let Some(end) =
                    self.give_verbs.iter().filter_map(|v| tail.find(v.as_str())).min().filter(|&e| e > 0 && e <= 48)
                else {
                    continue;
                };
                let whom = &tail[..end];
                let ours = self.ours.iter().any(|w| whom.contains(w.as_str()));
                if !ours && (self.names.is_known(whom) || self.others.iter().any(|w| whom.contains(w.as_str()))) {
                    found.push(at);
                }
            }
        }
        found
    }

    /// Behind 版本, 端, 系统 after the name of a platform.
    pub(crate) fn after_platform<'t>(&self, text: &'t str) -> &'t str {
        self.platform_tails.iter().find_map(|w| text.strip_prefix(w.as_str())).unwrap_or(text)
    }

    /// Whether a text holds a verb of keeping or uploading.
    pub(crate) fn keeps(&self, text: &str) -> bool {
        self.keep_verbs.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a text speaks of what was named before (以上信息, 该权限).
    pub(crate) fn refers_back(&self, text: &str) -> bool {
        self.back_references.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a text limits (仅, 只).
    pub(crate) fn only(&self, text: &str) -> bool {
        self.only.iter().any(|w| text.contains(w.as_str()))
    }

    /// Whether a negation ends something only after an event that the words before it name (关闭后不再收集).
    pub(crate) fn ends_after(&self, before: &str, negation: &str) -> bool {
        self.no_longer.iter().any(|w| negation.contains(w.as_str()))
            && self.afterwards.iter().any(|w| before.contains(w.as_str()))
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
        self.version_words.iter().any(|w| text[place.end..].starts_with(w.as_str()))
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
        self.pronouns.iter().filter_map(|w| sentence.find(w.as_str())).min()
    }

    /// Whether the name of a list speaks of third parties and not only of sharing with them.
    pub(crate) fn is_third_party(&self, text: &str) -> bool {
        self.others.first().is_some_and(|w| text.contains(w.as_str()))
    }

    /// Platforms named in a part of a folded text, with where.
    pub(crate) fn platforms(&self, text: &Normal, within: Range<usize>) -> Vec<(PlatformWord, usize)> {
        let part = &text.text()[within.clone()];
        let mut found = Vec::new();
        for (word, platform) in &self.platforms {
            for (at, _) in part.match_indices(word.as_str()) {
                let range = within.start + at..within.start + at + word.len();
                // `android id` and `android.permission` name no platform.
                let rest = &text.text()[range.end..];
                let identifier = ["id", "_id", ".permission", "-id"].iter().any(|s| rest.starts_with(s));
                if text.whole_word(&range) && !(identifier && *platform == PlatformWord::Android) {
                    found.push((*platform, range.start));
                }
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

fn name_words(pick: fn(&NameWords) -> &Vec<String>) -> Vec<String> {
    Lexicon::builtin().languages().iter().flat_map(|l| pick(&l.names)).map(|w| fold(w)).collect()
}

fn grammar(pick: fn(&Grammar) -> &Vec<String>) -> Vec<String> {
    longest_first(Lexicon::builtin().languages().iter().flat_map(|l| pick(&l.grammar)).map(|w| fold(w)).collect())
}

fn opens(lexicon: &Lexicon) -> HashMap<CapabilityId, Vec<DataItemId>> {
    let mut map: HashMap<CapabilityId, Vec<DataItemId>> = HashMap::new();
    for opens in lexicon.languages().iter().flat_map(|l| &l.masks.opens) {
        map.entry(opens.capability.clone()).or_default().push(opens.data.clone());
    }
    map
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

type Entry<'a, T> = (&'a str, Option<Named<T>>);

fn capability_words<'a>(catalogue: &'a Catalogue, languages: &'a [Language]) -> Vec<Entry<'a, CapabilityId>> {
    let mut entries: Vec<Entry<'a, CapabilityId>> = Vec::new();
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
    for language in languages {
        for term in &language.term {
            if let Some(id) = &term.capability {
                entries
                    .extend(term.words.iter().map(|w| (w.as_str(), Some(Named { id: id.clone(), weak: term.weak }))));
            }
        }
        entries.extend(language.masks.phrases.iter().map(|w| (w.as_str(), None)));
    }
    strip_masked(&mut entries, languages);
    entries
}

fn data_words<'a>(catalogue: &'a Catalogue, languages: &'a [Language]) -> Vec<Entry<'a, DataItemId>> {
    let mut entries: Vec<Entry<'a, DataItemId>> = Vec::new();
    for item in catalogue.data_items() {
        for word in &item.aliases {
            let weak = item.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: item.id.clone(), weak })));
        }
    }
    for language in languages {
        for term in &language.term {
            if let Some(id) = &term.data {
                entries
                    .extend(term.words.iter().map(|w| (w.as_str(), Some(Named { id: id.clone(), weak: term.weak }))));
            }
        }
        entries.extend(language.masks.phrases.iter().map(|w| (w.as_str(), None)));
    }
    strip_masked(&mut entries, languages);
    entries
}

/// A phrase that masks others must not itself name anything.
fn strip_masked<T>(entries: &mut [Entry<'_, T>], languages: &[Language]) {
    let masks: HashSet<&str> = languages.iter().flat_map(|l| &l.masks.phrases).map(String::as_str).collect();
    for (word, value) in entries {
        if masks.contains(*word) {
            *value = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_constants_are_understood() {
        let catalogue = Catalogue::builtin();
        let words = Words::new(catalogue);
        let name = |written: &str| words.constant(written).map(|i| catalogue.permissions()[i].name.as_str());
        assert_eq!(name("android.permission.CAMERA"), Some("android.permission.CAMERA"));
        assert_eq!(name("ACCESS_Wi-Fi_STATE"), Some("android.permission.ACCESS_WIFI_STATE"));
        assert_eq!(name("READ_PHONE_STAT"), Some("android.permission.READ_PHONE_STATE"));
        assert_eq!(name("ACCESS_FINE_LOACTION"), Some("android.permission.ACCESS_FINE_LOCATION"));
        assert_eq!(name("SOMETHING_ELSE_ENTIRELY"), None);
    }
}
