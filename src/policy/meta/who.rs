//! The app's name by vote, and the operator.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Documents, folded};
use crate::policy::model::{Fact, Meta, Passage, Policy, Role};
use crate::policy::outline::{Node, Span};
use crate::policy::place::Placer;
use crate::policy::sdk_list::sentence_around;
use crate::policy::words::Words;

/// Lines of a document among which its title is looked for.
const TITLE_LINES: usize = 14;
/// Characters of a name.
const NAME: std::ops::RangeInclusive<usize> = 2..=20;

struct Vote {
    score: u32,
    name: String,
    passage: Passage,
}

/// Reads names and operator.
pub(super) fn read(documents: &Documents, words: &Words, policy: &Policy, meta: &mut Meta) {
    let mut votes = Votes {
        votes: BTreeMap::new(),
        not: folded(|m| &m.not_names),
        suffixes: folded(|m| &m.app_suffixes),
        prefixes: folded(|m| &m.app_prefixes),
        app_words: folded(|m| &m.app_words),
        cues: folded(|m| &m.operator_cues),
        words,
    };
    for (outline, placer) in documents {
        for (index, node) in outline.nodes.iter().enumerate() {
            if node.row.is_some() || node.span.normal.is_empty() || node.role == Role::Contents {
                continue;
            }
            votes.title(node, placer, index);
            votes.quoted(node, placer);
            votes.beside_app(node, placer);
            if index < 3 * TITLE_LINES {
                votes.opening(node, placer);
            }
        }
    }
    let text: String =
        documents.iter().flat_map(|(o, _)| &o.nodes).map(|n| n.span.folded()).collect::<Vec<_>>().join("\n");
    let mut ranked: Vec<Vote> = votes
        .votes
        .into_iter()
        .map(|(key, mut v)| {
            v.score += (text.matches(key.as_str()).count() as u32).min(12);
            v
        })
        .collect();
    ranked.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    let mut ranked = ranked.into_iter();
    if let Some(best) = ranked.next().filter(|v| v.score >= 5) {
        meta.other_names =
            ranked.filter(|v| v.score >= 6).map(|v| Fact { value: v.name, passage: v.passage }).collect();
        meta.app_name = Some(Fact { value: best.name, passage: best.passage });
    }
    meta.operator = operator(documents, words, policy);
}

struct Votes<'a> {
    votes: BTreeMap<String, Vote>,
    not: Vec<String>,
    suffixes: Vec<String>,
    prefixes: Vec<String>,
    app_words: Vec<String>,
    cues: Vec<String>,
    words: &'a Words,
}

impl Votes<'_> {
    fn add(&mut self, node: &Node, placer: &Placer, range: Range<usize>, weight: u32) {
        let text = node.span.folded();
        let name = text[range.clone()].trim_matches(|c: char| {
            matches!(
                c,
                '"' | '《' | '》' | '“' | '”' | '「' | '」' | '*' | '_' | '#' | '\'' | '(' | ')' | '【' | '】' | '-'
            )
        });
        let from = range.start + text[range.clone()].find(name).unwrap_or(0);
        let range = from..from + name.len();
        let length = name.chars().count();
        if !NAME.contains(&length)
            || self.not.iter().any(|n| n == name)
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
        self.votes.entry(name.to_owned()).and_modify(|v| v.score += weight.min(3)).or_insert(Vote {
            score: weight,
            name: written,
            passage,
        });
    }

    /// `X隐私政策` as a line of its own, or in book-title marks.
    fn title(&mut self, node: &Node, placer: &Placer, index: usize) {
        let text = node.span.folded();
        let mut titles: Vec<(Range<usize>, u32)> = Vec::new();
        if index < TITLE_LINES && text.chars().count() <= 40 {
            let weight = if placer.document == 0 { 6 } else { 3 };
            titles.push((0..text.trim_end_matches(['》', '*', '_', ')', '"']).len(), weight));
        }
        for (open, mark) in text.match_indices('《') {
            if let Some(close) = text[open..].find('》').filter(|&c| c <= 90) {
                titles.push((open + mark.len()..open + close, 2));
            }
        }
        for (range, weight) in titles {
            let title = &text[range.clone()];
            if let Some(suffix) = self.suffixes.iter().find(|s| title.ends_with(s.as_str())) {
                let head = title[..title.len() - suffix.len()].trim_end_matches(['《', '-', '_', '"', '“']);
                let head = self
                    .app_words
                    .iter()
                    .find_map(|w| head.strip_suffix(w.as_str()))
                    .filter(|h| h.chars().count() >= 2)
                    .unwrap_or(head);
                let start = range.start + title[..title.len() - suffix.len()].find(head).unwrap_or(0);
                let skip = head.rfind('《').map_or(0, |at| at + '《'.len_utf8());
                self.add(node, placer, start + skip..start + head.len(), weight);
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
            let named = ["简称", "下称"].iter().any(|c| before.ends_with(c))
                && self.cues.iter().any(|c| before.ends_with(c.as_str()));
            let app = self.app_words.iter().any(|w| after.starts_with(w.as_str()));
            let used = self.prefixes.iter().any(|w| before.ends_with(w.as_str()));
            if named || app || used {
                self.add(node, placer, open..pair[1], if named { 3 } else { 2 });
            }
        }
    }

    /// `使用X App`, `X客户端`.
    fn beside_app(&mut self, node: &Node, placer: &Placer) {
        let text = node.span.folded();
        for word in ["app", "客户端"] {
            for (at, _) in text.match_indices(word) {
                let head = &text[..at];
                let start = self
                    .prefixes
                    .iter()
                    .filter_map(|p| head.rfind(p.as_str()).map(|s| s + p.len()))
                    .chain(
                        head.rfind([
                            ',', '。', '(', ')', '"', ':', ';', '、', '|', '“', '”', '《', '》', '在', '与', '和',
                            '的', '是', '由', '对', '为',
                        ])
                        .map(|s| s + head[s..].chars().next().map_or(1, char::len_utf8)),
                    )
                    .max()
                    .unwrap_or(0);
                if start < at {
                    self.add(node, placer, start..at, 1);
                }
            }
        }
    }

    /// `X非常重视用户的隐私`.
    fn opening(&mut self, node: &Node, placer: &Placer) {
        let text = &node.span.folded()[node.body..];
        let cues = ["非常重视", "十分重视", "高度重视", "重视", "尊重", "深知", "由", "是由", "是一款", "致力于"];
        let Some(end) = cues.iter().filter_map(|c| text.find(c)).min().filter(|&e| e > 0 && e <= 60) else { return };
        let head = text[..end].split(['(', ',']).next().unwrap_or("");
        let tail_ok = ["非常", "十分", "高度", "一直", "始终"].iter().fold(head, |h, w| h.trim_end_matches(w));
        if !tail_ok.is_empty() {
            self.add(node, placer, node.body..node.body + tail_ok.len(), 3);
        }
    }
}

/// The company the policy speaks for.
fn operator(documents: &Documents, words: &Words, policy: &Policy) -> Option<Fact> {
    let cues = folded(|m| &m.operator_cues);
    let labels = [
        "开发者",
        "运营者",
        "运营主体",
        "公司名称",
        "开发商",
        "运营单位",
        "主办单位",
        "运营方",
        "开发单位",
        "个人信息处理者",
        "运营公司",
        "公司",
    ];
    let mut best: Option<(u32, Fact)> = None;
    for (outline, placer) in documents {
        let count = outline.nodes.len();
        for (index, node) in outline.nodes.iter().enumerate() {
            if node.row.is_some() || node.span.normal.is_empty() || matches!(node.role, Role::SdkList | Role::Contents)
            {
                continue;
            }
            let text = node.span.folded();
            let line = node.span.text.marks.first().map_or(0, |m| m.line);
            if policy
                .sdks
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
                && text[..colon].chars().count() <= 12
                && labels.iter().any(|l| text[..colon].ends_with(l))
                && !text[..colon].contains("第三方")
                && !text[..colon].contains("sdk")
            {
                let value = &text[colon + 1..];
                let end = value.find([',', '。', ';', '(']).unwrap_or(value.len());
                if (2..=30).contains(&value[..end].chars().count()) && (index < 40 || index + 40 >= count) {
                    offer(7, colon + 1..colon + 1 + end, &node.span);
                }
            }
            for range in companies(&node.span, words) {
                let before = &text[..range.start];
                let after = &text[range.end..];
                let early = index < 45;
                let late = index + 14 >= count;
                let mut score: u32 = 0;
                let near = |t: &str| t.chars().take(14).collect::<String>();
                let tail: String = before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
                if near(after).contains("简称") || near(after).contains("下称") {
                    score += 5;
                }
                if tail.ends_with('由')
                    || tail.ends_with('归')
                    || tail.ends_with("适用于")
                    || tail.ends_with('是')
                    || tail.ends_with("我们为")
                {
                    score += 3;
                }
                if cues.iter().any(|c| near(after).contains(c.as_str())) {
                    score += 2;
                }
                if text.len() == range.len() {
                    score += if late || early { 4 } else { 0 };
                }
                if before.is_empty() && early {
                    score += 2;
                }
                if tail.contains("第三方")
                    || tail.contains("sdk")
                    || tail.contains("合作")
                    || after.starts_with("旗下")
                    || tail.contains("如") && !tail.contains("如果")
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
    for suffix in words.company_endings() {
        for (at, word) in text.match_indices(suffix.as_str()) {
            let end = at + word.len();
            if found.iter().any(|r| r.start < end && at < r.end) {
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
            let bare = name.len() == word.len() || name.starts_with(['我', '本', '该', '其', '您', '第']);
            if (4..=34).contains(&length) && !bare && depth == 0 {
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|r| r.start);
    found
}
