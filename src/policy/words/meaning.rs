//! What words of the catalogue stand for: which data opens with which capability, platforms, permission constants.

use std::ops::Range;

use super::Words;
use crate::catalogue::{CapabilityId, DataItemId, PlatformWord};
use crate::policy::normal::Normal;

impl Words<'_> {
    /// Whether Android lets every app have this data, although the capability's name covers it.
    pub(crate) fn is_unguarded(&self, data: &DataItemId, capability: &CapabilityId) -> bool {
        self.unguarded.contains(&(data.clone(), capability.clone()))
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
    pub(crate) fn is_data_here(&self, span: &crate::policy::outline::Span, place: &Range<usize>) -> bool {
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

impl Words<'_> {
    /// Whether a constant is written as the catalogue has it.
    pub(crate) fn is_constant(&self, written: &str) -> bool {
        self.constants.contains_key(&letters(written))
    }
}

pub(super) fn letters(constant: &str) -> String {
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
