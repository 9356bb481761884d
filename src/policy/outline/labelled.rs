//! Entries of labelled values run together in one paragraph, taken apart.
//!
//! `SDK名称：…；提供方：…；收集信息：…。SDK名称：…`: each label of a name begins an entry.

use super::Span;
use super::inline::slice;
use crate::catalogue::Label;
use crate::policy::intake::{Block, BlockKind};
use crate::policy::sdk_list::{Field, fields};
use crate::policy::words::Words;

/// Labels from which a paragraph may hold entries.
const LEAST: usize = 2;

/// Cuts a block before each label of a name inside it that other labels follow.
pub(super) fn unfold(block: Block, words: &Words) -> Vec<Block> {
    let text = &block.text.text;
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_)) || text.matches(['：', ':']).count() <= LEAST {
        return vec![block];
    }
    let span = Span::new(block.text.clone(), words);
    let fields = fields(&span, words);
    let folded = span.folded();
    let names = |head: &str| words.label(head).first() == Some(&Label::Name);
    let heads = fields.iter().map(|f| &folded[f.head.clone()]);
    // The label that names the first entry names the others.
    let Some(first) = heads.filter(|head| names(head)).max_by_key(|head| words.says_sdk(head)) else {
        return vec![block];
    };
    let first = first.replace(' ', "");
    let mut cuts: Vec<usize> = fields
        .iter()
        .enumerate()
        .filter(|(n, f)| {
            let head = |f: &Field| folded[f.head.clone()].replace(' ', "");
            head(f) == first && fields.get(n + 1).is_some_and(|next| head(next) != first)
        })
        .map(|(_, f)| span.normal.source_range(f.head.clone(), text).start)
        .collect();
    cuts.retain(|&at| !text[..at].trim().is_empty());
    if cuts.is_empty() {
        return vec![block];
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.len()]);
    starts
        .zip(ends)
        .enumerate()
        .map(|(n, (from, to))| Block {
            kind: if n == 0 { block.kind.clone() } else { BlockKind::Paragraph },
            text: slice(&block.text, from, to),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Locale};
    use crate::policy::intake::{Mark, Text};
    use crate::policy::read::Reader;

    fn parts(text: &str) -> Vec<String> {
        let marks = vec![Mark { offset: 0, line: 1, column: 1 }];
        let block = Block { kind: BlockKind::Paragraph, text: Text { text: text.to_owned(), marks } };
        let reader = Reader::new(Catalogue::builtin());
        unfold(block, reader.words(Locale::Zh)).into_iter().map(|b| b.text.text).collect()
    }

    #[test]
    fn entries_in_one_paragraph_are_taken_apart() {
        let found = parts("SDK如下：SDK名称：甲SDK；提供方：甲公司；共享信息：IMEI。SDK名称：乙SDK；提供方：乙公司。");
        assert_eq!(found.len(), 3);
        assert!(found[1].starts_with("SDK名称：甲SDK") && found[2].starts_with("SDK名称：乙SDK"), "{found:?}");
        let found = parts("SDK名称：甲SDK 第三方名称：甲公司 用途：统计 SDK名称：乙SDK 第三方名称：乙公司 用途：推送");
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn one_entry_stays_whole() {
        assert_eq!(parts("SDK名称：甲SDK；提供方：甲公司；共享信息：IMEI").len(), 1);
        assert_eq!(parts("名称：甲；电话：1；地址：2").len(), 1);
    }
}
