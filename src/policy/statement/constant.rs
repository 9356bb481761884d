//! Permission constants as policies write them: with or without prefix, escaped, misspelt.

use std::ops::Range;

use crate::policy::model::Platform;
use crate::policy::outline::Span;
use crate::policy::words::Words;

/// A constant found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Constant {
    /// Where it stands in the folded text.
    pub range: Range<usize>,
    /// Index of the permission, when it is an Android one the catalogue knows.
    pub permission: Option<usize>,
    /// The platform whose constant it is.
    pub platform: Platform,
}

/// Every constant of a block.
pub(super) fn constants(span: &Span, words: &Words) -> Vec<Constant> {
    let text = span.folded();
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len()
            && (bytes[at].is_ascii_alphanumeric()
                || matches!(bytes[at], b'_' | b'.' | b'\\')
                || (bytes[at] == b'-' && at > start))
            && (at == start || !span.normal.gap_before(at))
        {
            at += 1;
        }
        let mut token = text[start..at].trim_end_matches(['.', '-', '\\']);
        // android.permission.READ PHONE_STATE: a blank for the low line.
        let broken = rest_of(&text[start..], token.len(), words);
        if let Some(end) = broken {
            token = &text[start..start + end];
            at = start + end;
        }
        let range = start..start + token.len();
        if let Some(platform) = foreign(token) {
            found.push(Constant { range, permission: None, platform });
            continue;
        }
        let written = span.source(range.clone());
        let prefixed = token.contains("permission.");
        let upper = written.chars().filter(char::is_ascii_alphabetic).all(|c| c.is_ascii_uppercase());
        let shaped = token.contains('_')
            && token.len() >= 8
            && written.chars().filter(|c| c.is_ascii_uppercase()).count() * 2 > token.len() / 2;
        // A single word (CAMERA) only where it stands alone.
        let alone = upper && token.len() >= 4 && !token.contains('_') && alone(text, &range);
        if (prefixed || shaped || alone)
            && let Some(permission) = words.constant(&token.replace('\\', "").replace(' ', "_"))
        {
            found.push(Constant { range, permission: Some(permission), platform: Platform::Android });
        }
    }
    found
}

/// Where a constant ends whose words a blank holds apart behind its prefix, if it is one that is known.
fn rest_of(text: &str, first: usize, words: &Words) -> Option<usize> {
    let short = text[..first].rsplit("permission.").next().filter(|s| s.len() < first && !s.contains(['_', '.']))?;
    let tail = text[first..].strip_prefix(' ').unwrap_or(&text[first..]);
    let word = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
    let whole = format!("{short}_{}", &tail[..word]);
    (word > 3 && words.is_constant(&whole)).then(|| text.len() - tail.len() + word)
}

/// Constants of other platforms: `ohos.permission.CAMERA`, `NSCameraUsageDescription`.
fn foreign(token: &str) -> Option<Platform> {
    if token.starts_with("ohos.permission") {
        return Some(Platform::Harmony);
    }
    (token.starts_with("ns") && token.ends_with("usagedescription")).then_some(Platform::Ios)
}

fn alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    before.is_none_or(|c| matches!(c, '.' | ')' | '、' | '|' | ':'))
        && after.is_none_or(|c| matches!(c, ':' | '(' | '|' | '-'))
}
