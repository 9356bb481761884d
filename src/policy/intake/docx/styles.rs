//! `word/styles.xml`: which styles are headings, which carry a number, and which set their words apart.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{attribute, number, reader, sets_apart};

/// What a paragraph style says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Heading level, 1–6.
    pub heading: Option<u8>,
    /// Number definition and level.
    pub number: Option<(String, usize)>,
    /// Whether its words are set apart: bold, coloured, underlined.
    pub apart: bool,
}

/// Reads the styles by their id.
pub(super) fn read(xml: &str) -> HashMap<String, Style> {
    let mut found: HashMap<String, Style> = HashMap::new();
    let mut reader = reader(xml);
    let mut open: Option<(String, Style)> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "style" => {
                open = attribute(&element, "styleId").map(|id| (id, Style::default()));
            }
            Event::Start(element) | Event::Empty(element) => {
                let Some((_, style)) = &mut open else { continue };
                style.apart |= sets_apart(&element);
                match element.local_name().as_ref() {
                    "name" => {
                        style.heading = style.heading.or(attribute(&element, "val").and_then(|name| heading(&name)))
                    }
                    "outlineLvl" => style.heading = style.heading.or(number(&element).and_then(outline)),
                    "numId" => {
                        let level = style.number.take().map_or(0, |(_, level)| level);
                        style.number = attribute(&element, "val").map(|id| (id, level));
                    }
                    "ilvl" => {
                        let id = style.number.take().map_or_else(String::new, |(id, _)| id);
                        style.number = Some((id, number(&element).unwrap_or(0) as usize));
                    }
                    _ => {}
                }
            }
            Event::End(element) if element.local_name().as_ref() == "style" => {
                if let Some((id, mut style)) = open.take() {
                    style.number = style.number.filter(|(id, _)| !id.is_empty());
                    found.insert(id, style);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The level that a style's name or id tells: `heading 2`, `Heading2`, `Title`.
pub(super) fn heading(name: &str) -> Option<u8> {
    let name = name.trim().to_ascii_lowercase();
    if name == "title" {
        return Some(1);
    }
    let level: u8 = name.strip_prefix("heading")?.trim().parse().ok()?;
    (1..=9).contains(&level).then_some(level.min(6))
}

/// An outline level, from 0; 9 is body text.
pub(super) fn outline(level: u32) -> Option<u8> {
    u8::try_from(level).ok().filter(|level| *level < 9).map(|level| (level + 1).min(6))
}
