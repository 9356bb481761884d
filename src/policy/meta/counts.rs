//! Counts a policy states of itself (共计6项系统权限), held against what it lists.

use std::ops::Range;

use super::{Documents, Reading};
use crate::policy::list::List;
use crate::policy::model::{Meta, SdkEntry};
use crate::policy::outline::{Node, Outline, Span, chinese_number_before};
use crate::policy::words::Words;

/// Characters of a block that states a count.
const SHORT: usize = 80;

/// Characters between the word for all and the number.
const NEAR: usize = 10;

/// Counts the policy states of itself, and what was listed.
pub(super) fn counts(documents: &Documents<'_>, sdks: &[SdkEntry], meta: &mut Meta) {
    for Reading { outline, placer, words } in documents {
        let lists = Lists::new(words);
        for (index, node) in outline.nodes.iter().enumerate() {
            let text = node.span.folded();
            if node.row.is_some() || words.length(text) > SHORT {
                continue;
            }
            let Some((stated, range)) = lists.stated(words, text) else { continue };
            let listed = if words.says_sdk(&text[range.clone()]) {
                sdks.iter().filter(|s| s.listed).count()
            } else {
                listed(outline, words, index)
            };
            // Nothing listed beside it: the list stands elsewhere.
            if listed > 0 {
                meta.counts.push((stated, listed as u32, placer.passage(&node.span, range, 0..text.len())));
            }
        }
    }
}

struct Lists {
    countables: List,
    totals: List,
    not_totals: List,
    measures: List,
}

impl Lists {
    fn new(words: &Words) -> Self {
        Self {
            countables: words.meta(|m| &m.countables),
            totals: words.meta(|m| &m.totals),
            not_totals: words.meta(|m| &m.not_totals),
            measures: words.meta(|m| &m.measures),
        }
    }

    /// The number a text states of what it lists, with where it stands with its unit.
    fn stated(&self, words: &Words, text: &str) -> Option<(u32, Range<usize>)> {
        self.countables.places(text).find_map(|unit| {
            let before = text[..unit.start].trim_end_matches(' ');
            let before = self.measures.strip_end(before).unwrap_or(before).trim_end_matches(' ');
            let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (number, start) = if digits > 0 {
                (before[before.len() - digits..].parse().ok()?, before.len() - digits)
            } else {
                chinese_number_before(before)?
            };
            let total = |t: Range<usize>| {
                let ahead = t.end <= start && words.length(&text[t.end..start]) <= NEAR;
                let behind = t.start >= unit.end && words.length(&text[unit.end..t.start]) <= NEAR;
                (ahead || words.spaced() && behind) && !self.not_totals.begins(&text[t.start..])
            };
            self.totals.places(text).any(total).then_some((number, start..unit.end))
        })
    }
}

/// How many items or rows stand right behind a block, or before it when none do.
fn listed(outline: &Outline, words: &Words, index: usize) -> usize {
    let behind = outline.nodes.get(index + 1..).unwrap_or_default();
    let rows = behind
        .iter()
        .map_while(|n| n.row.as_ref())
        .filter(|row| !row.header)
        // A row that names no function is a header without markup.
        .filter(|row| {
            let names = |span: &Span| {
                let constants = span.folded().split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.');
                let all = 0..span.folded().len();
                words.capabilities.find(&span.normal, all.clone()).any(|f| !f.values.is_empty())
                    || words.data.find(&span.normal, all).any(|f| !f.values.is_empty())
                    || constants.into_iter().any(|c| c.len() > 8 && words.constant(c).is_some())
            };
            row.cells.iter().any(|(span, _)| names(span))
        })
        .count();
    if rows > 0 {
        return rows;
    }
    let behind = run(outline, outline.nodes[index].section, &mut behind.iter());
    if behind > 0 {
        return behind;
    }
    // An item right before the block may look like its heading.
    let section = outline.nodes[index].section;
    let item = |&s: &usize| s + 1 == index && outline.nodes[s].style.is_some();
    let around = section.filter(item).map_or(section, |s| outline.nodes[s].section);
    run(outline, around, &mut outline.nodes[..index].iter().rev())
}

/// How many nodes in a row are numbered in one way, in which no section around them is: the next sections are no items.
fn run(outline: &Outline, section: Option<usize>, nodes: &mut dyn Iterator<Item = &Node>) -> usize {
    let outer = |&s: &usize| outline.nodes[s].section.filter(|&outer| outer < s);
    let sections: Vec<_> = std::iter::successors(section, outer).filter_map(|s| outline.nodes[s].style).collect();
    let mut style = None;
    nodes
        .take_while(|n| {
            style = style.or(n.style);
            n.style.is_some_and(|own| style == Some(own) && !sections.contains(&own))
        })
        .count()
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;

    fn counts(text: &str) -> Vec<(u32, u32)> {
        let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into())], Catalogue::builtin()).unwrap();
        policy.meta.counts.iter().map(|&(stated, listed, _)| (stated, listed)).collect()
    }

    const HEAD: &str =
        "示例笔记隐私政策\n\n一、我们如何收集和使用您的个人信息\n\n注册时我们收集您的手机号码。\n\n二、系统权限\n\n";

    #[test]
    fn a_count_before_its_list() {
        assert_eq!(counts(&format!("{HEAD}本应用共计申请6项系统权限：\n1. 相机\n2. 麦克风\n3. 位置\n")), [(6, 3)]);
        assert_eq!(counts(&format!("{HEAD}本应用共申请三项系统权限：\n1. 相机\n2. 麦克风\n3. 位置\n")), [(3, 3)]);
        let table = "我们总共使用2项权限。\n\n| 权限 | 用途 |\n|---|---|\n| 相机 | 扫码 |\n| 位置 | 天气 |\n| 麦克风 | 语音 |\n";
        assert_eq!(counts(&format!("{HEAD}{table}")), [(2, 3)]);
    }

    #[test]
    fn a_count_behind_its_list() {
        assert_eq!(counts(&format!("{HEAD}1. 相机\n2. 麦克风\n\n以上共计2项系统权限。\n")), [(2, 2)]);
    }

    #[test]
    fn sharing_is_no_total() {
        assert!(counts(&format!("{HEAD}我们共享给3个第三方SDK。\n")).is_empty());
    }
}
