//! `/ToUnicode` maps: which characters the codes of a font stand for (ISO 32000-1, 9.10.3).

use std::collections::HashMap;

/// Codes a map may list, ranges counted once. A font has at most 65,536 glyphs.
const MAX_ENTRIES: usize = 1 << 17;

/// A map from codes to text.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Length in bytes, first and last code.
    spaces: Vec<(usize, u32, u32)>,
    single: HashMap<u32, String>,
    /// First and last code, and the UTF-16 units of the first, by ascending first code.
    ranges: Vec<(u32, u32, Vec<u16>)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

fn tokens(source: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            let (&first, after) = rest.split_first()?;
            match first {
                b'<' if after.first() == Some(&b'<') => rest = &after[1..],
                b'<' => {
                    let end = after.iter().position(|&b| b == b'>').unwrap_or(after.len());
                    rest = after.get(end + 1..).unwrap_or_default();
                    return Some(Token::Hex(bytes(&after[..end])));
                }
                b'[' | b']' => {
                    rest = after;
                    return Some(if first == b'[' { Token::Open } else { Token::Close });
                }
                b'%' => {
                    let end = after.iter().position(|&b| matches!(b, b'\n' | b'\r')).unwrap_or(after.len());
                    rest = &after[end..];
                }
                _ if first.is_ascii_alphanumeric() => {
                    let end = rest.iter().position(|&b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
                    let word = &rest[..end];
                    rest = &rest[end..];
                    return Some(Token::Word(word));
                }
                _ => rest = after,
            }
        }
    })
}

fn bytes(hex: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = hex.iter().filter_map(|&b| char::from(b).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, &b| code << 8 | u32::from(b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(16).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

impl CMap {
    /// Reads a map; one that lists nothing is none.
    pub fn read(source: &[u8]) -> Option<Self> {
        let mut map = Self::default();
        let mut section: &[u8] = b"";
        let mut waiting: Vec<Vec<u8>> = Vec::new();
        let mut array: Option<u32> = None;
        for token in tokens(source) {
            if map.single.len() + map.ranges.len() > MAX_ENTRIES {
                break;
            }
            match token {
                Token::Word(word) if word.starts_with(b"begin") => {
                    section = &word[5..];
                    waiting.clear();
                    array = None;
                }
                Token::Word(word) if word.starts_with(b"end") => section = b"",
                Token::Word(_) => {}
                Token::Open => array = waiting.first().map(|first| code(first)),
                Token::Close => {
                    array = None;
                    waiting.clear();
                }
                Token::Hex(hex) => match (section, array) {
                    (b"bfrange", Some(at)) => {
                        map.single.insert(at, String::from_utf16_lossy(&units(&hex)));
                        array = at.checked_add(1);
                    }
                    (b"codespacerange" | b"bfchar" | b"bfrange", _) => {
                        waiting.push(hex);
                        map.take(section, &mut waiting);
                    }
                    _ => {}
                },
            }
        }
        map.ranges.sort_by_key(|range| range.0);
        (!map.single.is_empty() || !map.ranges.is_empty()).then_some(map)
    }

    /// Takes a whole entry off what is waiting.
    fn take(&mut self, section: &[u8], waiting: &mut Vec<Vec<u8>>) {
        match (section, waiting.as_slice()) {
            (b"codespacerange", [low, high]) => self.spaces.push((low.len(), code(low), code(high))),
            (b"bfchar", [from, to]) => {
                self.single.insert(code(from), String::from_utf16_lossy(&units(to)));
            }
            (b"bfrange", [low, high, to]) => {
                if code(low) <= code(high) {
                    self.ranges.push((code(low), code(high), units(to)));
                }
            }
            _ => return,
        }
        waiting.clear();
    }

    /// Appends the text of a string; `wide` says that codes outside every range have two bytes.
    pub fn decode(&self, mut bytes: &[u8], wide: bool, out: &mut String) {
        while !bytes.is_empty() {
            let fits = |length: &usize| {
                let head = bytes.get(..*length).map(code);
                head.is_some_and(|head| {
                    self.spaces.iter().take(16).any(|&(l, low, high)| l == *length && (low..=high).contains(&head))
                })
            };
            let length = (1..=4).find(fits).unwrap_or(if wide { 2 } else { 1 }).min(bytes.len());
            self.text(code(&bytes[..length]), out);
            bytes = &bytes[length..];
        }
    }

    fn text(&self, code: u32, out: &mut String) {
        if let Some(text) = self.single.get(&code) {
            return out.push_str(text);
        }
        let at = self.ranges.partition_point(|range| range.0 <= code);
        let Some((low, _, units)) = at.checked_sub(1).map(|at| &self.ranges[at]).filter(|range| code <= range.1) else {
            return;
        };
        let mut units = units.clone();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add(u16::try_from(code - low).unwrap_or(0));
        }
        out.push_str(&String::from_utf16_lossy(&units));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_arrays() {
        let source = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0001> <9690> <0002> <79C1> endbfchar\n\
            2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<653F> <7B56>] endbfrange";
        let map = CMap::read(source).expect("lists codes");
        let mut out = String::new();
        map.decode(&[0, 1, 0, 2, 0, 0x20, 0, 0x21, 0, 0x12, 0, 0x99, 7], true, &mut out);
        assert_eq!(out, "隐私政策C");
        assert!(CMap::read(b"/CIDInit begincmap endcmap").is_none());
    }
}
