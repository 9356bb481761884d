//! The SDKs a policy names: in tables, label:value blocks, numbered lists and running text.
//!
//! One pass over the outline finds the entries and notes, for each block, which entries it speaks of; the statement reader then
//! attributes what the block says. Spellings of one component are joined at the end.

mod brand;
mod company;
#[cfg(test)]
mod entry_tests;
mod fields;
mod head;
mod merge;
mod prose;
mod rest;
mod services;
mod several;
mod shared;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use super::model::{NameMatch, Passage, Platform, Role};
use super::names::{self, Resolution};
use super::outline::{Outline, Span, Style};
use super::place::Placer;
use super::words::Words;
use crate::catalogue::{Cue, Label};

pub(crate) use fields::{Field, fields};
pub(crate) use merge::merge;
pub(crate) use rest::rest;

/// Characters from which a line behind labelled ones is a sentence of its own.
const SENTENCE: usize = 20;

/// Characters of an introduction that is taken as a whole.
const ANNOUNCING: usize = 120;

/// An entry as far as it is read.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Name as written.
    pub name: String,
    /// How it was understood.
    pub resolution: Resolution,
    /// Company as written.
    pub company: Option<String>,
    /// Java package as written.
    pub package: Option<String>,
    /// Purpose as written.
    pub purpose: Option<String>,
    /// Link as written.
    pub link: Option<String>,
    /// For which platform.
    pub platform: Platform,
    /// Whether it stands in a list.
    pub listed: bool,
    /// Whether it is said to collect nothing.
    pub says_none: bool,
    /// Where it is named.
    pub evidence: Vec<Passage>,
    /// The reading it stands in.
    pub reading: usize,
    /// Folded words of the row, item or sentence, which settle a vague name.
    pub context: String,
}

/// What a column of a table holds; `None` when its head does not tell.
pub(crate) type Columns = Vec<Option<Label>>;

/// What kind of table a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// A head or title row: says nothing.
    Head,
    /// A row of an SDK list.
    Sdk,
    /// A row of a permission list.
    Permission,
    /// A row of a list of data.
    Data,
    /// Anything else.
    Other,
}

/// What a block speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// Entries the whole block speaks of.
    pub entries: Vec<usize>,
    /// For rows: what the columns hold.
    pub table: Option<(TableKind, Columns)>,
    /// Parts of running text that speak of entries.
    pub parts: Vec<Part>,
    /// Platform learnt from the table's title or cells.
    pub platform: Platform,
    /// Empty cells that stand for one above: column, and the row that holds it.
    pub inherits: Vec<(usize, usize)>,
}

/// A sentence that names SDKs.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The sentence.
    pub range: Range<usize>,
    /// Who is named.
    pub entries: Vec<usize>,
    /// Where each name stands.
    pub names: Vec<(Range<usize>, usize)>,
}

impl Default for Scope {
    fn default() -> Self {
        Self { entries: Vec::new(), table: None, parts: Vec::new(), platform: Platform::Any, inherits: Vec::new() }
    }
}

/// The outcome of the scan over every document.
#[derive(Debug, Default)]
pub(crate) struct SdkScan {
    /// The entries.
    pub drafts: Vec<Draft>,
    /// By reading and node.
    pub scopes: HashMap<(usize, usize), Scope>,
}

/// Reads the entries of one reading.
pub(crate) struct Scanner<'a> {
    words: &'a Words<'a>,
    scan: SdkScan,
    reading: usize,
}

impl<'a> Scanner<'a> {
    /// Goes on from the entries of the readings before.
    pub(crate) fn new(words: &'a Words<'a>, scan: SdkScan, reading: usize) -> Self {
        Self { words, scan, reading }
    }

    /// Reads one document.
    pub(crate) fn document(mut self, outline: &Outline, placer: &Placer) -> SdkScan {
        self.tables(outline, placer);
        self.lists(outline, placer);
        self.running_text(outline, placer);
        self.scan
    }

    fn draft(&mut self, name: &str, context: &str, listed: bool, platform: Platform, passage: Passage) -> usize {
        // X公司的YSDK: the maker stands in the name.
        let (company, name) = self.words.maker_in_name(name);
        let context = &self.words.with_hints(context);
        let (name, bracketed) = company::in_bracket(name, self.words);
        let name = name.as_str();
        // A component named by its maker alone.
        let maker = listed && self.words.is_company(&self.words.fold(name));
        let company = company.map(tidy).or(bracketed).or_else(|| maker.then(|| tidy(name)));
        let resolution = self.words.names.resolve(name, context);
        self.scan.drafts.push(Draft {
            name: tidy(name),
            resolution,
            company,
            package: None,
            purpose: None,
            link: None,
            platform,
            listed,
            says_none: false,
            evidence: vec![passage],
            reading: self.reading,
            context: context.chars().take(600).collect(),
        });
        self.scan.drafts.len() - 1
    }

    fn lists(&mut self, outline: &Outline, placer: &Placer) {
        let mut open: Option<Open> = None;
        // Lines of an entry before the line that names it, and the label that opens such entries.
        let mut before_name: Vec<usize> = Vec::new();
        let mut first_label: Option<Label> = None;
        // Every entry so far, with the heading it stands under.
        let mut listed: Vec<(Option<usize>, usize)> = Vec::new();
        let mut at = 0;
        while at < outline.nodes.len() {
            let index = at;
            at += 1;
            let node = &outline.nodes[index];
            if node.span.normal.is_empty() {
                continue;
            }
            let zone = self.zone(outline, index);
            if let Some(o) = &open
                && self.closes(outline, index, o, zone)
            {
                open = None;
            }
            // 上面三家要的东西差不多：…
            if zone.is_some()
                && let Some((count, end)) = self.words.takes_up(node.body_text())
                && node.row.is_none()
                && self.tells_more(node, end)
            {
                // The last entry may look like the heading of what stands below it.
                let entry = |s: &usize| {
                    self.scan.scopes.get(&(placer.reading, *s)).is_some_and(|scope| !scope.entries.is_empty())
                };
                let around = node.section.filter(entry).map_or(node.section, |s| outline.nodes[s].section);
                let all = &listed[listed.iter().rposition(|&(section, _)| section != around).map_or(0, |at| at + 1)..];
                let from = count.map_or(0, |count| all.len().saturating_sub(count));
                let entries: Vec<usize> = all[from..].iter().map(|&(_, entry)| entry).collect();
                if !entries.is_empty() && count.is_none_or(|count| entries.len() == count) {
                    self.scan.scopes.entry((placer.reading, index)).or_default().entries = entries;
                    continue;
                }
            }
            // 运营方：…, SDK名称：…: an entry whose name line is not its first.
            if node.row.is_none() && self.opens_block(outline, index, zone.is_some(), first_label) {
                first_label = fields(&node.span, self.words).first().map(|f| f.label);
                before_name.push(index);
                open = None;
                continue;
            }
            let named = self.named_by_label(outline, index, zone).or_else(|| {
                // What stands below an open entry belongs to it.
                let below = open.as_ref().is_some_and(|o| {
                    node.style != o.style && outline.leads(index).any(|l| l == o.node)
                        || self.under_label(outline, index, o)
                });
                if zone.is_some() && (!below || self.is_member(outline, index)) {
                    self.named_by_head(outline, index, zone)
                } else {
                    None
                }
            });
            if let Some(Named { names, context, package, alone }) = named {
                let mut entries = Vec::new();
                let titled = open.as_ref().and_then(|o| self.title_of(outline, index, o));
                for (name, range) in names {
                    let passage =
                        placer.passage(&node.span, range.clone(), sentence_around(node.span.folded(), &range));
                    let entry = self.draft(&name, &context, true, node.platform, passage);
                    if self.scan.drafts[entry].company.is_none() {
                        self.scan.drafts[entry].company = company::behind(&node.span, range.end, self.words)
                            .or_else(|| company::before(&node.span, node.body, range.start, self.words));
                    }
                    self.scan.drafts[entry].package.clone_from(&package);
                    entries.push(entry);
                    listed.push((node.section, entry));
                }
                // The heading above names the same one: it is one entry.
                if let (Some(title), [entry]) = (titled, entries.as_slice())
                    && let Some(named) = self.scan.drafts.get(*entry)
                    && named
                        .resolution
                        .ids
                        .first()
                        .is_some_and(|id| self.scan.drafts[title].resolution.ids.first() == Some(id))
                {
                    let mut draft = named.clone();
                    draft.evidence.splice(0..0, std::mem::take(&mut self.scan.drafts[title].evidence));
                    self.scan.drafts[title] = draft;
                    self.scan.drafts.truncate(*entry);
                    listed.pop();
                    entries = vec![title];
                }
                for earlier in before_name.drain(..) {
                    self.take_fields(&outline.nodes[earlier].span, &entries);
                    self.scan.scopes.entry((placer.reading, earlier)).or_default().entries.clone_from(&entries);
                }
                open = Some(Open { entries, node: index, style: node.style, alone });
            }
            if let Some(o) = &open {
                let entries = o.entries.clone();
                self.take_fields(&node.span, &entries);
                self.scan.scopes.entry((placer.reading, index)).or_default().entries = entries;
            }
        }
    }

    /// Whether a line below an open entry is an entry of its own and the open one their group (友盟系列SDK, over 1、友盟统计SDK):
    /// a numbered line that is the name of a known product and no more, over lines that describe it.
    fn is_member(&self, outline: &Outline, index: usize) -> bool {
        let node = &outline.nodes[index];
        let numbered = node.style.is_some_and(|s| !matches!(s, Style::Bullet(_)));
        numbered && self.words.names.is_product(node.body_text()) && self.followed_by_details(outline, index)
    }

    /// The node that says an SDK list follows, when this node stands in one.
    fn zone(&self, outline: &Outline, index: usize) -> Option<usize> {
        let node = &outline.nodes[index];
        if matches!(
            node.role,
            Role::Contents | Role::Definition | Role::Rights | Role::Minors | Role::Update | Role::Contact
        ) {
            return None;
        }
        for lead in outline.leads(index).take(4) {
            let text = outline.nodes[lead].span.folded();
            let tail = &text[super::outline::last_sentence(text)];
            let lists = text.ends_with(':') || self.lists_follow(tail);
            if self.words.says_services(text) && (lists || outline.nodes[lead].heading) {
                return Some(lead);
            }
            if self.words.says_sdk(text)
                && (outline.nodes[lead].heading
                    || text.ends_with(':')
                    || self.lists_follow(tail)
                    || self.words.says_sdk(text))
            {
                return Some(lead);
            }
            if outline.nodes[lead].role == Role::SdkList {
                return Some(lead);
            }
            // The sentence before the last may say it (…开发包放进了App。逐个列出如下：).
            let said = if text.chars().count() <= ANNOUNCING { text } else { tail };
            if self.words.announces_components(said)
                && (outline.nodes[lead].heading || text.ends_with(':') || self.lists_follow(tail))
            {
                return Some(lead);
            }
        }
        if node.role == Role::SdkList {
            return Some(node.section.unwrap_or(0));
        }
        self.introduced(outline, index)
    }

    /// The paragraph right above a list of bullets that speaks of the services in it.
    fn introduced(&self, outline: &Outline, index: usize) -> Option<usize> {
        let style = outline.nodes[index].style.filter(|s| matches!(s, Style::Bullet(_)))?;
        let above = outline.nodes[..index]
            .iter()
            .rposition(|n| !n.span.normal.is_empty() && n.style != Some(style) && n.row.is_none())?;
        let text = outline.nodes[above].span.folded();
        let near = outline.nodes[above + 1..index].iter().all(|n| n.style == Some(style) || n.span.normal.is_empty());
        (near && self.words.says_services(&text[super::outline::last_sentence(text)])).then_some(above)
    }

    fn lists_follow(&self, text: &str) -> bool {
        let normal = self.words.refolded(text);
        self.words.cues(&normal, 0..normal.text().len()).iter().any(|c| c.cue == Cue::ListFollows)
    }

    /// Whether this node no longer speaks of the open entries.
    fn closes(&self, outline: &Outline, index: usize, open: &Open, zone: Option<usize>) -> bool {
        let node = &outline.nodes[index];
        if open.alone || zone.is_none() && !outline.leads(index).any(|l| l == open.node) {
            return true;
        }
        if self.under_label(outline, index, open) {
            return false;
        }
        if outline.leads(index).any(|l| l == open.node) {
            let first = node.span.folded();
            let general = head::general_talk(first, self.words) && !self.speaks_of(first, open);
            return node.style.is_none() && (general || self.leaves_block(outline, index));
        }
        match node.style {
            // The same numbering goes on: the next entry, or the end of the list, unless the line is a constant or a label.
            Some(style) if Some(style) == open.style => {
                !matches!(style, Style::Bullet(_)) || !self.continues(&node.span, node.body)
            }
            Some(_) => node.heading || !self.continues(&node.span, node.body),
            None => {
                let lists_bullets = self.words.spaced() && matches!(open.style, Some(Style::Bullet(_)));
                head::general_talk(node.span.folded(), self.words) && !self.speaks_of(node.span.folded(), open)
                    || node.heading
                    || self.leaves_block(outline, index)
                    || lists_bullets && !self.continues(&node.span, node.body)
            }
        }
    }

    /// Whether a line names one of the open entries (您可以选择是否向甲推送提供如下信息：).
    fn speaks_of(&self, text: &str, open: &Open) -> bool {
        let said = names::key(text);
        open.entries
            .iter()
            .map(|&entry| draft_key(&self.scan.drafts[entry]))
            .any(|key| key.chars().nth(1).is_some() && said.contains(&key))
    }

    /// The entry of the heading right above a labelled name.
    fn title_of(&self, outline: &Outline, index: usize, open: &Open) -> Option<usize> {
        let right_above = (open.node + 1..index).all(|i| outline.nodes[i].span.normal.is_empty());
        match open.entries.as_slice() {
            [entry] if right_above && outline.nodes[open.node].heading => Some(*entry),
            _ => None,
        }
    }

    /// Whether a line is an item below a label of the open entry that ends with its colon (收集的个人信息：, over - 设备型号).
    fn under_label(&self, outline: &Outline, index: usize, open: &Open) -> bool {
        let own = outline.nodes[index].style;
        own.is_some()
            && outline.leads(index).take(3).take_while(|&l| l > open.node).any(|l| {
                let label = &outline.nodes[l];
                let head = label.body_text().strip_suffix(':');
                label.style != own && head.is_some_and(|head| !self.words.line_label(head).is_empty())
            })
    }

    /// Whether a labelled line that is no name opens an entry: the name follows, and no other line of the same label before it.
    fn opens_block(&self, outline: &Outline, index: usize, zone: bool, first: Option<Label>) -> bool {
        let label = |i: usize| {
            let node = &outline.nodes[i];
            let labelled = fields(&node.span, self.words);
            labelled.first().filter(|f| f.head.start <= node.body && labelled.len() == 1).map(|f| f.label)
        };
        let Some(own) = label(index).filter(|l| *l == Label::Company || Some(*l) == first) else { return false };
        if own == Label::Name {
            return false;
        }
        let previous = (0..index).rev().find(|&i| !outline.nodes[i].span.normal.is_empty());
        // Behind a name line it belongs to that name, unless entries are known to open so.
        if first != Some(own) && previous.and_then(label).is_some() {
            return false;
        }
        let mut ahead = (index + 1..outline.nodes.len()).filter(|&i| !outline.nodes[i].span.normal.is_empty()).take(3);
        let mut named = false;
        for i in &mut ahead {
            match label(i) {
                Some(Label::Name) => {
                    named = zone || self.words.says_sdk(outline.nodes[i].span.folded());
                    break;
                }
                Some(other) if other != own => {}
                _ => break,
            }
        }
        named
    }

    /// Whether a line that takes up earlier entries goes on to say what they take.
    fn tells_more(&self, node: &super::outline::Node, from: usize) -> bool {
        let range = node.body + from..node.span.folded().len();
        self.words.data.find(&node.span.normal, range).any(|f| f.values.iter().any(|v| !v.weak))
    }

    /// Whether a full sentence without a label stands behind labelled lines: it speaks of something else.
    fn leaves_block(&self, outline: &Outline, index: usize) -> bool {
        let node = &outline.nodes[index];
        let text = node.span.folded();
        if !text.ends_with(['。', '!'])
            || self.words.length(text) < SENTENCE
            || !fields(&node.span, self.words).is_empty()
        {
            return false;
        }
        let before = (0..index).rev().find(|&i| !outline.nodes[i].span.normal.is_empty());
        before.is_some_and(|i| {
            let labelled = fields(&outline.nodes[i].span, self.words);
            labelled.last().is_some_and(|f| f.label != Label::Name && !f.value.is_empty())
        })
    }

    /// Whether a line belongs to the entry before it: a permission constant, a label, a platform.
    fn continues(&self, span: &Span, body: usize) -> bool {
        let text = &span.folded()[body..];
        let head: String = text.chars().take_while(|c| !matches!(c, ':' | ',' | '(')).collect();
        head.contains('_')
            || self.words.constant(&head).is_some() && head.is_ascii()
            || !self.words.label(&head).is_empty()
            || !self.words.platforms(&span.normal, body..body + head.len()).is_empty()
    }

    fn take_fields(&mut self, span: &Span, entries: &[usize]) {
        for field in fields(span, self.words) {
            let value = span.source(field.value.clone()).trim();
            if value.is_empty() {
                continue;
            }
            // `第三方名称：` beside a name of its own is the company.
            let label = if field.labels.contains(&Label::Name) && self.words.is_company(value) {
                Label::Company
            } else {
                field.label
            };
            for &entry in entries {
                self.scan.drafts[entry].set(label, value, self.words);
            }
        }
        for &entry in entries {
            let draft = &mut self.scan.drafts[entry];
            if draft.company.is_none() {
                draft.company = head::provider(span, 0..span.folded().len(), self.words)
                    .or_else(|| head::company_part(span, self.words))
                    .or_else(|| head::bracketed(span, self.words));
            }
            if draft.context.len() < 1500 && !span.folded().is_empty() {
                let more = span.folded().get(..span.folded().len().min(600)).unwrap_or_default();
                draft.context.push_str(&self.words.with_hints(more));
            }
        }
    }
}

impl Draft {
    /// Sets a labelled value, the first one winning.
    pub(crate) fn set(&mut self, label: Label, value: &str, words: &Words) {
        let first = |slot: &mut Option<String>| {
            if slot.is_none() {
                *slot = Some(tidy(value));
            }
        };
        match label {
            Label::Company => {
                if let Some(company) = company::of_value(value, words)
                    && self.company.is_none()
                {
                    self.company = Some(tidy(company));
                }
            }
            Label::Purpose => first(&mut self.purpose),
            Label::Link => first(&mut self.link),
            Label::Package if fields::is_package(value) => first(&mut self.package),
            Label::Data => {
                if words.says_none(value) {
                    self.says_none = true;
                }
            }
            Label::Name | Label::Permission | Label::Package | Label::Platform | Label::Way | Label::Index => {}
        }
    }
}

struct Open {
    entries: Vec<usize>,
    node: usize,
    style: Option<Style>,
    /// Whether its line says all there is.
    alone: bool,
}

/// Names found at the head of a block.
struct Named {
    names: Vec<(String, Range<usize>)>,
    context: String,
    package: Option<String>,
    /// Whether the line says all there is of them.
    alone: bool,
}

/// The sentence around a folded range.
pub(crate) fn sentence_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start]
        .rfind(['。', ';', '!', '?'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(['。', ';', '!', '?']).map_or(text.len(), |at| range.end + at);
    start..end
}

/// A name or value without stray quotes, bullets and white space.
pub(crate) fn tidy(name: &str) -> String {
    let joined = name.split_whitespace().collect::<Vec<_>>().join(" ");
    joined
        .trim_matches(|c: char| {
            matches!(
                c,
                '"' | '“'
                    | '”'
                    | '「'
                    | '」'
                    | '*'
                    | '_'
                    | '：'
                    | ':'
                    | '，'
                    | ','
                    | '、'
                    | '；'
                    | ';'
                    | '。'
                    | '|'
                    | '【'
                    | '】'
                    | '·'
                    | ' '
            )
        })
        .to_owned()
}

/// Whether a name resolves to a product or vendor.
pub(crate) fn is_resolved(resolution: &Resolution) -> bool {
    !matches!(resolution.matched, NameMatch::Unknown | NameMatch::Class)
}

/// The comparison key of a draft.
pub(crate) fn draft_key(draft: &Draft) -> String {
    let (outside, _) = names::brackets(&draft.name);
    let key = names::key(&outside);
    if key.is_empty() { names::key(&draft.name) } else { key }
}
