//! The app's name by vote, and the operator.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Documents, Reading};
use crate::policy::list::List;
use crate::policy::model::{Fact, Meta, Passage, Role, SdkEntry};
use crate::policy::outline::{Node, Span};
use crate::policy::place::Placer;
use crate::policy::sdk_list::sentence_around;
use crate::policy::words::Words;

/// Lines of a document among which its title is looked for.
const TITLE_LINES: usize = 14;
/// Characters of a name.
const NAME: std::ops::RangeInclusive<usize> = 2..=20;

/// Score from which a name counts that nothing but the word app beside it speaks for.
const FREQUENT: u32 = 8;

struct Vote {
    score: u32,
    /// Whether any place that names apps alone named it: a title, quotes, an opening sentence.
    telling: bool,
    name: String,
    passage: Passage,
}

/// Reads the names the app goes by.
pub(super) fn names(documents: &Documents<'_>, meta: &mut Meta) {
    let mut ballot = BTreeMap::new();
    for Reading { outline, placer, words } in documents {
        let mut votes = Votes::new(std::mem::take(&mut ballot), words);
        for (index, node) in outline.nodes.iter().enumerate() {
            if node.row.is_some() || node.span.normal.is_empty() || node.role == Role::Contents {
                continue;
            }
            votes.title(node, placer, index);
            votes.quoted(node, placer);
            votes.beside_app(node, placer, index);
            if index < 3 * TITLE_LINES {
                votes.opening(node, placer);
                votes.operated(node, placer);
            }
        }
        ballot = votes.votes;
    }
    let text: String =
        documents.iter().flat_map(|r| &r.outline.nodes).map(|n| n.span.folded()).collect::<Vec<_>>().join("\n");
    let mut ranked: Vec<Vote> = ballot
        .into_iter()
        .map(|(key, mut v)| {
            v.score += (text.matches(key.as_str()).count() as u32).min(12);
            v
        })
        .collect();
    ranked.retain(|v| v.telling || v.score >= FREQUENT);
    ranked.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    // 某某公司隐私政策: the app is what another telling place names.
    let company = |v: &Vote| documents.iter().any(|r| r.words.is_company(&v.name));
    if ranked.first().is_some_and(company)
        && let Some(app) = ranked.iter().position(|v| v.telling && v.score >= 5 && !company(v))
    {
        ranked.swap(0, app);
    }
    let mut ranked = ranked.into_iter();
    if let Some(best) = ranked.next().filter(|v| v.score >= 5) {
        meta.other_names =
            ranked.filter(|v| v.score >= 6).map(|v| Fact { value: v.name, passage: v.passage }).collect();
        meta.app_name = Some(Fact { value: best.name, passage: best.passage });
    }
}

struct Votes<'a> {
    votes: BTreeMap<String, Vote>,
    words: &'a Words<'a>,
    not: List,
    suffixes: List,
    openers: List,
    app_words: List,
    nouns: List,
    prefixes: List,
    named_here: List,
    cues: List,
    opening: List,
    adverbs: List,
}

impl<'a> Votes<'a> {
    fn new(votes: BTreeMap<String, Vote>, words: &'a Words<'a>) -> Self {
        Self {
            votes,
            words,
            not: words.meta(|m| &m.not_names),
            suffixes: words.meta(|m| &m.app_suffixes),
            openers: words.meta(|m| &m.title_openers),
            app_words: words.meta(|m| &m.app_words),
            nouns: words.meta(|m| &m.app_nouns),
            prefixes: words.meta(|m| &m.app_prefixes),
            named_here: words.meta(|m| &m.named_here),
            cues: words.meta(|m| &m.operator_cues),
            opening: words.meta(|m| &m.opening),
            adverbs: words.meta(|m| &m.opening_adverbs),
        }
    }

    fn add(&mut self, node: &Node, placer: &Placer, range: Range<usize>, weight: u32) {
        let text = node.span.folded();
        let name = text[range.clone()].trim_matches(|c: char| {
            matches!(
                c,
                '"' | '《'
                    | '》'
                    | '“'
                    | '”'
                    | '「'
                    | '」'
                    | '*'
                    | '_'
                    | '#'
                    | '\''
                    | '('
                    | ')'
                    | '【'
                    | '】'
                    | '-'
                    | ' '
            )
        });
        let from = range.start + text[range.clone()].find(name).unwrap_or(0);
        // 示例（国际版）: the bracket is part of the name.
        let closes = name.contains('(') && !name.contains(')') && text[from + name.len()..].starts_with(')');
        let range = from..from + name.len() + usize::from(closes);
        let name = &text[range.clone()];
        let length = self.words.length(name);
        if !NAME.contains(&length)
            || self.not.has(name)
            || name.contains(['，', ',', '。', ':', ';', '、', '|', '/', '<'])
            || (self.words.is_company(name) && weight < 6)
            || (weight < 3 && self.words.names.is_known(name))
        {
            return;
        }
        let verb = self.words.verb_end(name) > 0;
        if verb
            || self.words.reads_like_a_sentence(name)
            || name.chars().all(|c| c.is_ascii_digit())
            || name.starts_with(['本', '该', '其', '此', '的', '在', '与', '和', '我'])
        {
            return;
        }
        let written = crate::policy::sdk_list::tidy(node.span.source(range.clone()));
        let around = sentence_around(text, &range);
        let passage = placer.passage(&node.span, range, around);
        self.votes
            .entry(name.to_owned())
            .and_modify(|v| {
                v.score += weight.min(3);
                v.telling |= weight >= 2;
            })
            .or_insert(Vote { score: weight, telling: weight >= 2, name: written, passage });
    }

    /// `X隐私政策` as a line of its own, or in book-title marks.
    fn title(&mut self, node: &Node, placer: &Placer, index: usize) {
        let text = node.span.folded();
        let mut titles: Vec<(Range<usize>, u32)> = Vec::new();
        if index < TITLE_LINES && self.words.length(text) <= 40 {
            let weight = if placer.document == 0 { 6 } else { 3 };
            let mut start = node.body.min(text.len());
            for part in text[start..].split_inclusive(['/', '|']) {
                let end = start + part.trim_end_matches(['/', '|', ' ', '》', '*', '_', ')', '"']).len();
                titles.push((start..end.max(start), weight));
                start += part.len();
            }
        }
        for (open, mark) in text.match_indices('《') {
            if let Some(close) = text[open..].find('》').filter(|&c| c <= 90) {
                titles.push((open + mark.len()..open + close, 2));
            }
        }
        for (range, weight) in titles {
            let title = &text[range.clone()];
            if let Some(named) = self.openers.strip(title) {
                let named = named.trim_start_matches([':', ' ', '"']);
                self.add(node, placer, range.end - named.len()..range.end, weight);
            } else if let Some(before) = self.suffixes.strip_end(title) {
                let head = before.trim_end_matches(['《', '-', '_', '"', '“', ':', ',']);
                let head = self.app_words.strip_end(head).filter(|h| h.chars().count() >= 2).unwrap_or(head);
                let start = range.start + before.find(head).unwrap_or(0);
                let skip = head.rfind('《').map_or(0, |at| at + '《'.len_utf8());
                // 《山海行纪》游戏隐私政策: the name ends with its mark.
                let end = head[skip..].find('》').map_or(head.len(), |at| skip + at);
                self.add(node, placer, start + skip..start + end, weight);
            }
        }
    }

    /// `作为X（以下简称“本软件”）的运营者`.
    fn operated(&mut self, node: &Node, placer: &Placer) {
        let text = node.span.folded();
        for (lead, role) in &self.words.language().meta.operator_of {
            let Some(start) = text.find(lead.as_str()).map(|at| at + lead.len()) else { continue };
            let Some(length) = text[start..].find(role.as_str()) else { continue };
            let named = &text[start..start + length];
            let name = named.split('(').next().unwrap_or(named);
            if (name.len() == named.len() || named.ends_with(')')) && self.words.length(named) <= 2 * NAME.end() {
                self.add(node, placer, start..start + name.len(), 4);
            }
        }
    }

    /// `（以下简称“X”）`, `欢迎使用“X”软件`.
    fn quoted(&mut self, node: &Node, placer: &Placer) {
        let text = node.span.folded();
        let quotes: Vec<usize> = text.match_indices(['"', '“', '”', '「', '」']).map(|(at, _)| at).collect();
        for pair in quotes.windows(2) {
            let open = pair[0] + text[pair[0]..].chars().next().map_or(1, char::len_utf8);
            let before = &text[..pair[0]];
            let after = &text[pair[1] + text[pair[1]..].chars().next().map_or(1, char::len_utf8)..];
            let named = self.named_here.ends(before) && self.cues.ends(before);
            let app = self.app_words.begins(after);
            let used = self.prefixes.ends(before);
            // “X”（以下简称“本应用”）
            let bracket = after.strip_prefix('(').and_then(|inner| inner.split(')').next());
            let short = bracket.is_some_and(|b| self.named_here.is_in(b) && self.app_words.is_in(b));
            if named || app || used || short {
                self.add(
                    node,
                    placer,
                    open..pair[1],
                    if short {
                        4
                    } else if named {
                        3
                    } else {
                        2
                    },
                );
            }
        }
    }

    /// `使用X App`, `X客户端`.
    fn beside_app(&mut self, node: &Node, placer: &Placer, index: usize) {
        let text = node.span.folded();
        let nouns = self.nouns.clone();
        for noun in nouns.places(text) {
            let head = &text[..noun.start];
            let start = if self.words.spaced() {
                // `an Ad Supported app` is no name.
                let from = capitalised_before(&node.span, noun.start);
                let before = node.span.source(0..from).trim_end().to_lowercase();
                if before.ends_with(" a") || before.ends_with(" an") { noun.start } else { from }
            } else {
                let prefixed = self.prefixes.words().iter().filter_map(|p| head.rfind(p.as_str()).map(|s| s + p.len()));
                let parted = head
                    .rfind([
                        ',', '。', '(', ')', '"', ':', ';', '、', '|', '“', '”', '《', '》', '在', '与', '和', '的',
                        '是', '由', '对', '为',
                    ])
                    .map(|s| s + head[s..].chars().next().map_or(1, char::len_utf8));
                prefixed.chain(parted).max().unwrap_or(0)
            };
            if start < noun.start {
                // A name with capitals before the noun is one; Chinese has no such sign.
                let weight = if self.words.spaced() && index < TITLE_LINES { 4 } else { 1 };
                self.add(node, placer, start..noun.start, weight);
            }
        }
    }

    /// `X非常重视用户的隐私`.
    fn opening(&mut self, node: &Node, placer: &Placer) {
        let text = &node.span.folded()[node.body..];
        let most = self.words.reach(60);
        let said = self.opening.firsts(text).map(|r| r.start).min().filter(|&e| e > 0 && e <= most);
        let Some(end) = said else { return };
        let head = text[..end].split(['(', ',']).next().unwrap_or("");
        let name = self.adverbs.words().iter().fold(head, |h, w| h.trim_end_matches(w.as_str())).trim_end_matches(' ');
        // `At X`, `Welcome to X`
        let name = self.prefixes.strip(name).filter(|_| self.words.spaced()).unwrap_or(name);
        let name = self.app_words.strip_end(name).filter(|n| self.words.spaced() && !n.is_empty()).unwrap_or(name);
        let capital = node.span.source(node.body..node.body + head.len()).starts_with(char::is_uppercase);
        if !name.is_empty() && (capital || !self.words.spaced()) {
            let start = node.body + text.find(name).unwrap_or(0);
            self.add(node, placer, start..start + name.len(), 3);
        }
    }
}

/// Where the run of words with capitals begins that ends at a place.
fn capitalised_before(span: &Span, end: usize) -> usize {
    let text = span.folded();
    let mut start = end;
    loop {
        let head = text[..start].trim_end_matches(' ');
        let word =
            head.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'\'')).count();
        let from = head.len() - word;
        let written = span.source(from..head.len());
        // `Example (Hangzhou) Technology`
        if let Some(inner) = head.strip_suffix(')')
            && let Some(open) = inner.rfind('(')
            && span.source(open + 1..inner.len()).starts_with(char::is_uppercase)
        {
            start = open;
            continue;
        }
        if word == 0 || !written.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            return start;
        }
        start = from;
    }
}

/// The company the policy speaks for.
pub(super) fn operator(documents: &Documents<'_>, sdks: &[SdkEntry]) -> Option<Fact> {
    let mut best: Option<(u32, Fact)> = None;
    for Reading { outline, placer, words } in documents {
        let cues = words.meta(|m| &m.operator_cues);
        let labels = words.meta(|m| &m.operator_heads);
        let named = words.meta(|m| &m.named_here);
        let leading = words.meta(|m| &m.operator_before);
        let others = words.meta(|m| &m.other_company);
        let roles = words.meta(|m| &m.operator_labels);
        let suffixes = words.meta(|m| &m.app_suffixes);
        let products = words.meta(|m| &m.company_products);
        let count = outline.nodes.len();
        for (index, node) in outline.nodes.iter().enumerate() {
            if node.row.is_some() || node.span.normal.is_empty() || matches!(node.role, Role::SdkList | Role::Contents)
            {
                continue;
            }
            let text = node.span.folded();
            let line = node.span.text.marks.first().map_or(0, |m| m.line);
            if sdks
                .iter()
                .any(|s| s.listed && s.evidence.iter().any(|e| e.document == placer.document && e.line == line))
            {
                continue;
            }
            let mut offer = |score: u32, range: Range<usize>, span: &Span| {
                if best.as_ref().is_none_or(|(s, _)| score > *s) {
                    let value = crate::policy::sdk_list::tidy(span.source(range.clone()));
                    let around = sentence_around(text, &range);
                    best = Some((score, Fact { value, passage: placer.passage(span, range, around) }));
                }
            };
            // `软件开发者：X`
            if let Some(colon) = text.find(':')
                && words.length(&text[..colon]) <= 12
                && labels.ends(&text[..colon])
                && !others.is_in(&text[..colon])
            {
                let value = &text[colon + 1..];
                let stop = value.find([',', '。', ';']).unwrap_or(value.len());
                // 示例（杭州）科技有限公司: a bracket inside the name.
                let end = words.company_end(&value[..stop]).or_else(|| value[..stop].find('(')).unwrap_or(stop);
                if (2..=30).contains(&words.length(&value[..end])) && (index < 40 || index + 40 >= count) {
                    offer(7, colon + 1..colon + 1 + end, &node.span);
                }
            }
            let named_companies = companies(&node.span, words).into_iter().map(|r| r.start.max(node.body)..r.end);
            let named_companies = named_companies.filter(|r| !r.is_empty() && !products.ends(&text[r.clone()]));
            for range in named_companies.filter(|r| !words.is_nobody(&text[r.clone()])) {
                let before = &text[..range.start];
                let after = &text[range.end..];
                let early = index < 45;
                let late = index + 14 >= count;
                let mut score: u32 = 0;
                let near: String = after.chars().take(words.reach(14)).collect();
                let skipped = before.chars().count().saturating_sub(words.reach(12));
                let tail: String = before.chars().skip(skipped).collect();
                let tail = tail.trim_end_matches(' ');
                if named.is_in(&near) {
                    score += 5;
                }
                if leading.ends(tail) {
                    score += 3;
                }
                if cues.is_in(&near) {
                    score += 2;
                }
                // 经营者是X.
                if roles.is_in(tail) {
                    score += 4;
                }
                // Alone on its line, or behind the sign of copyright.
                let alone = before.chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit()) && before.len() <= 16;
                if text.len() == range.len() || alone && before.starts_with(['\u{a9}', '(']) {
                    score += if late || early { 4 } else { 0 };
                }
                // The title: X手机银行隐私政策.
                if before.is_empty() && index < TITLE_LINES && suffixes.ends(after) {
                    score += 2;
                }
                if before.is_empty() && early {
                    score += 2;
                }
                // Who makes a component is not the operator, unless the text says so.
                let company = words.fold(node.span.source(range.clone()));
                let makes = |s: &SdkEntry| s.company.as_deref().is_some_and(|c| words.fold(c) == company);
                if !named.is_in(&near) && sdks.iter().any(makes) {
                    score = 0;
                }
                if others.is_in(tail) || after.starts_with("旗下") || tail.contains("如") && !tail.contains("如果")
                {
                    score = 0;
                }
                if !(early || late || matches!(node.role, Role::Contact | Role::Preamble)) {
                    score = score.saturating_sub(4);
                }
                if placer.document > 0 {
                    score = score.saturating_sub(2);
                }
                if score >= 3 {
                    offer(score, range, &node.span);
                }
            }
        }
    }
    best.map(|(_, fact)| fact)
}

/// Company names in a text.
fn companies(span: &Span, words: &Words) -> Vec<Range<usize>> {
    let text = span.folded();
    let mut found: Vec<Range<usize>> = Vec::new();
    for ending in words.company_endings().places(text) {
        let (at, end) = (ending.start, ending.end);
        if found.iter().any(|r| r.start < end && at < r.end) {
            continue;
        }
        if words.spaced() {
            let start = capitalised_before(span, text[..at].trim_end_matches([' ', ',', '、']).len());
            let end = if text[end..].starts_with('.') { end + 1 } else { end };
            if at > start && words.length(&text[start..end]) <= 34 {
                found.push(start..end);
            }
            continue;
        }
        let head = &text[..at];
        let mut start = head.len();
        let mut depth = 0_usize;
        for (i, c) in head.char_indices().rev() {
            match c {
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                '由' | '是' | '归' | '与' | '和' | '及' | '、' | '为' | '指' | '向' | '在' | '于' | '的' | '或' =>
                {
                    break;
                }
                c if !c.is_alphanumeric() => break,
                _ => {}
            }
            start = i;
            if at - start > 120 {
                break;
            }
        }
        let name = &text[start..end];
        let length = name.chars().count();
        let bare = name.len() == ending.len() || name.starts_with(['我', '本', '该', '其', '您', '第']);
        if (4..=34).contains(&length) && !bare && depth == 0 {
            found.push(start..end);
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;

    /// The app and the operator a text names.
    fn named(text: &str) -> (Option<String>, Option<String>) {
        let text = format!("{text}\n我们会收集您的手机号，用于注册。\n");
        let meta = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap().meta;
        (meta.app_name.map(|f| f.value), meta.operator.map(|f| f.value))
    }

    #[test]
    fn the_app_is_named_by_the_title_of_two_documents() {
        for title in ["青禾记账 - 隐私政策与用户协议", "青禾记账用户协议及隐私政策"] {
            assert_eq!(named(title).0.as_deref(), Some("青禾记账"), "{title}");
        }
    }

    #[test]
    fn the_app_is_what_its_operator_operates() {
        let text = "青禾（苏州）科技有限公司（简称“我们”）作为青禾记账（简称“本软件”）的运营者，深知个人信息的重要性。";
        assert_eq!(named(text), (Some("青禾记账".to_owned()), Some("青禾（苏州）科技有限公司".to_owned())));
    }

    #[test]
    fn what_a_bank_offers_is_not_the_operator() {
        assert_eq!(named("企业手机银行隐私政策\n企业手机银行仅读取指定号码。").1, None);
    }
}
