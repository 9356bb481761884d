//! What the elements of a page say of the print of their words: bold, coloured, underlined.

use std::collections::BTreeSet;

use super::token::Attributes;

/// How a run of words is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Print {
    /// Like the rest.
    #[default]
    Plain,
    /// By a style that was not given: nobody can tell.
    Perhaps,
    /// Set apart.
    Apart,
}

/// Difference between the strongest and the weakest part of a colour (0–255) from which it is no grey.
const COLOURED: u8 = 80;

/// Weight of letters from which they are bold (CSS Fonts: 400 is normal, 700 bold).
const BOLD: u32 = 600;

/// Names of CSS colours that readers see as such and that policies use for words.
const COLOURS: &[&str] =
    &["red", "blue", "green", "orange", "purple", "crimson", "darkred", "orangered", "tomato", "brown"];

/// Whether an element sets its words apart by itself.
pub(in super::super) fn is_strong(name: &str) -> bool {
    matches!(name, "b" | "strong" | "em" | "i" | "u" | "ins" | "mark" | "big")
}

/// The style sheets of a page, as far as they set words apart.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Classes that do.
    classes: BTreeSet<String>,
    /// Elements that do.
    elements: BTreeSet<String>,
    /// A style sheet lies elsewhere.
    pub linked: bool,
}

impl Styles {
    /// Reads a style sheet: the last simple selector of each rule whose declarations set words apart.
    pub fn read(&mut self, css: &str) {
        for rule in css.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            if declared(declarations) != Some(true) {
                continue;
            }
            for selector in selectors.split(',') {
                let last = selector.split_whitespace().last().unwrap_or_default();
                let last = last.split([':', '[', '#', '>', '+', '~']).next().unwrap_or_default();
                match last.rsplit_once('.') {
                    Some((_, class)) => self.classes.insert(class.to_owned()),
                    None => self.elements.insert(last.to_ascii_lowercase()),
                };
            }
        }
    }

    /// How an element prints its words, inside an element that prints them as `around` says. A class that no style sheet of
    /// the page explains may do anything, if it stands on a run of words.
    pub fn of(&self, name: &str, inline: bool, attributes: &Attributes<'_>, around: Print) -> Print {
        let coloured = name == "font" && attributes.get("color").is_some_and(is_coloured);
        match attributes.get("style").and_then(declared) {
            Some(true) => return Print::Apart,
            Some(false) => return Print::Plain,
            None if is_strong(name) || coloured || self.elements.contains(name) => return Print::Apart,
            None => {}
        }
        let classes = attributes.get("class").unwrap_or_default();
        if classes.split_whitespace().any(|class| self.classes.contains(class)) {
            return Print::Apart;
        }
        if around == Print::Plain && inline && self.linked && !classes.trim().is_empty() {
            Print::Perhaps
        } else {
            around
        }
    }
}

/// Whether declarations set words apart, or say that they are like the rest; `None` when they say neither.
fn declared(declarations: &str) -> Option<bool> {
    let mut found = None;
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
        let apart = match property.trim().to_ascii_lowercase().as_str() {
            "font-weight" => match value.as_str() {
                "bold" | "bolder" => true,
                "normal" | "lighter" => {
                    found = found.or(Some(false));
                    false
                }
                other => other.parse::<u32>().is_ok_and(|weight| weight >= BOLD),
            },
            "text-decoration" | "text-decoration-line" => value.contains("underline"),
            "color" | "background" | "background-color" => is_coloured(&value),
            _ => false,
        };
        if apart {
            return Some(true);
        }
    }
    found
}

/// Whether a colour is one, and no black, grey or white.
pub(in super::super) fn is_coloured(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    if COLOURS.contains(&value.as_str()) {
        return true;
    }
    let parts: Vec<u8> = if let Some(hex) = value.strip_prefix('#').filter(|hex| hex.is_ascii()) {
        let wide = hex.len() >= 6;
        let step = if wide { 2 } else { 1 };
        let read = |at: usize| {
            let digits = hex.get(at * step..(at + 1) * step)?;
            u8::from_str_radix(digits, 16).ok().map(|n| if wide { n } else { n * 17 })
        };
        (0..3).filter_map(read).collect()
    } else if let Some(inside) =
        value.strip_prefix("rgb").and_then(|rest| rest.split_once('(')).map(|(_, inside)| inside)
    {
        inside.split([',', ')', ' ', '/']).filter_map(|part| part.trim().parse().ok()).take(3).collect()
    } else {
        return false;
    };
    match (parts.iter().max(), parts.iter().min()) {
        (Some(most), Some(least)) if parts.len() == 3 => most - least >= COLOURED,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_that_set_words_apart() {
        for apart in [
            "font-weight: bold",
            "FONT-WEIGHT:700 !important",
            "color:#f00",
            "color: rgb(200, 0, 0)",
            "text-decoration:underline",
        ] {
            assert_eq!(declared(apart), Some(true), "{apart}");
        }
        for plain in ["color:#333", "color: rgb(51,51,51)", "font-size:12px", "font-weight:400", "color:#12"] {
            assert_eq!(declared(plain), None, "{plain}");
        }
        assert_eq!(declared("font-weight:normal"), Some(false));
    }

    #[test]
    fn a_style_sheet_is_known_by_its_last_selector() {
        let mut styles = Styles::default();
        styles.read(
            "p{color:#000} .box p .hot:hover, span.red { font-weight:bold } @media print { strong { color:red } }",
        );
        assert_eq!(styles.classes.iter().collect::<Vec<_>>(), ["hot", "red"]);
        assert!(styles.elements.contains("strong") && !styles.elements.contains("p"));
    }
}
