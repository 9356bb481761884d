//! In which languages a document is written, and which of its blocks belong to which.
//!
//! A document in two languages is read once in each, each time without the blocks of the other, so that no reader has to know both.

use super::intake::{Block, BlockKind};
use crate::catalogue::Locale;

/// English words of running text from which a Chinese document is believed to be written in both languages.
const SECOND_LANGUAGE: usize = 40;
/// Words without capitals from which a block is running English text.
const PROSE: usize = 4;
/// Ideographs up to which a document with English text is English alone: names and addresses.
const NAMES: usize = 200;

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Ideographs.
    han: usize,
    /// Words of lower-case Latin letters alone.
    words: usize,
}

impl Count {
    fn of(text: &str) -> Self {
        let han = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        let words = text
            .split_whitespace()
            .map(|w| w.trim_matches(|c: char| c.is_ascii_punctuation()))
            .filter(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase()))
            .count();
        Self { han, words }
    }

    fn of_block(block: &Block) -> Self {
        let BlockKind::Row { cells, .. } = &block.kind else { return Self::of(&block.text.text) };
        cells.iter().filter(|c| !c.spanned).map(|c| Self::of(&c.text.text)).fold(Self::default(), Self::plus)
    }

    fn plus(self, other: Self) -> Self {
        Self { han: self.han + other.han, words: self.words + other.words }
    }

    /// The language, if the counts tell.
    fn locale(self) -> Option<Locale> {
        match self {
            Self { han, words } if words >= PROSE && words > han => Some(Locale::En),
            Self { han: 0, .. } => None,
            _ => Some(Locale::Zh),
        }
    }
}

/// The blocks of a document by language.
pub(crate) fn by_language(blocks: Vec<Block>) -> Vec<(Locale, Vec<Block>)> {
    let counts: Vec<Count> = blocks.iter().map(Count::of_block).collect();
    let han: usize = counts.iter().map(|c| c.han).sum();
    let english: usize = counts.iter().filter(|c| c.locale() == Some(Locale::En)).map(|c| c.words).sum();
    if han == 0 || (english >= SECOND_LANGUAGE && han < NAMES && han < english) {
        return vec![(Locale::En, blocks)];
    }
    if english < SECOND_LANGUAGE {
        return vec![(Locale::Zh, blocks)];
    }
    let locales = locales(&blocks, &counts);
    let (mut chinese, mut english) = (Vec::new(), Vec::new());
    for (block, locale) in blocks.into_iter().zip(locales) {
        match locale {
            Locale::Zh => chinese.push(block),
            Locale::En => english.push(block),
        }
    }
    vec![(Locale::Zh, chinese), (Locale::En, english)]
}

/// The language of each block: its own, that of its table, or that of the block before it.
fn locales(blocks: &[Block], counts: &[Count]) -> Vec<Locale> {
    let table = |block: &Block| match block.kind {
        BlockKind::Row { table, .. } => Some(table),
        _ => None,
    };
    let mut locales: Vec<Option<Locale>> = Vec::with_capacity(blocks.len());
    let mut at = 0;
    while at < blocks.len() {
        let length = match table(&blocks[at]) {
            Some(number) => blocks[at..].iter().take_while(|b| table(b) == Some(number)).count(),
            None => 1,
        };
        let whole = counts[at..at + length].iter().copied().fold(Count::default(), Count::plus);
        locales.extend(std::iter::repeat_n(whole.locale(), length));
        at += length;
    }
    let mut last = locales.iter().flatten().next().copied().unwrap_or(Locale::Zh);
    locales
        .into_iter()
        .map(|locale| {
            last = locale.unwrap_or(last);
            last
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::intake::Text;

    fn locales_of(lines: &[&str]) -> Vec<(Locale, usize)> {
        let block = |text: &&str| Block {
            kind: BlockKind::Paragraph,
            text: Text { text: (*text).to_owned(), marks: Vec::new() },
        };
        by_language(lines.iter().map(block).collect()).into_iter().map(|(l, b)| (l, b.len())).collect()
    }

    #[test]
    fn names_and_constants_are_no_second_language() {
        assert_eq!(
            locales_of(&["我们收集您的信息。", "android.permission.CAMERA", "Firebase Crashlytics"]),
            [(Locale::Zh, 3)]
        );
        assert_eq!(locales_of(&["We read the camera.", "CAMERA"]), [(Locale::En, 2)]);
    }

    #[test]
    fn a_document_in_two_languages_is_parted() {
        let chinese = "我们仅在您同意之后读取位置信息。".repeat(20);
        let english = "we read the location of your phone only after you agree to it ".repeat(4);
        assert_eq!(locales_of(&[&chinese, "Location", &english, "CAMERA", "相机"]), [(Locale::Zh, 3), (Locale::En, 2)]);
    }
}
