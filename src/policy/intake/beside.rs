//! What a file shows beside its words: print set apart from the rest, pictures, and dates in the settings of the page.

use super::text::Spot;
use crate::policy::model::{PageDate, Picture};

/// What a file shows beside its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Whether the file shows that some of its running text is set apart (bold, coloured, underlined). Where it does not, the
    /// format may have lost it, and nobody can tell.
    pub sets_apart: bool,
    /// Where print is set apart, or may be by a style that was not given; by ascending begin.
    pub apart: Vec<Stretch>,
    /// Its pictures, in reading order.
    pub pictures: Vec<Picture>,
    /// Dates in the settings of the page, in order.
    pub dates: Vec<PageDate>,
}

/// A run of characters of the source, by line and column, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first character.
    pub from: (u32, u32),
    /// The last character.
    pub to: (u32, u32),
}

impl Stretch {
    /// Whether a place lies in one of these stretches, which ascend.
    pub fn any(all: &[Self], place: (u32, u32)) -> bool {
        let after = all.partition_point(|s| s.from <= place);
        after.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|s| place <= s.to)
    }
}

impl Beside {
    /// Notes a character whose print is set apart.
    pub(super) fn set_apart(&mut self, at: Spot) {
        let place = (at.line, at.column);
        match self.apart.last_mut() {
            Some(last) if last.to.0 == place.0 && last.to.1.saturating_add(1) == place.1 => last.to = place,
            _ => self.apart.push(Stretch { from: place, to: place }),
        }
    }

    /// Notes a picture and the words that stand for it.
    pub(super) fn picture(&mut self, at: Spot, alt: &str) {
        self.pictures.push(Picture { line: at.line, column: at.column, alt: alt.trim().to_owned() });
    }

    /// Notes a date in the settings of the page.
    pub(super) fn date(&mut self, at: Spot, value: &str) {
        let value = value.trim().trim_matches(['"', '\'']);
        if value.starts_with(|c: char| c.is_ascii_digit()) {
            self.dates.push(PageDate { line: at.line, column: at.column, value: value.to_owned() });
        }
    }

    /// Brings the stretches into order; text boxes of Word files are read inside the paragraph around them.
    pub(super) fn sorted(mut self) -> Self {
        self.apart.sort_by_key(|s| s.from);
        self
    }
}
