//! String resources beside a text manifest.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use quick_xml::events::Event;

/// Folders of `res/` with Chinese strings, simplified first.
const CHINESE: [&str; 8] = [
    "values-zh-rCN",
    "values-b+zh+Hans+CN",
    "values-b+zh+Hans",
    "values-zh",
    "values-zh-rSG",
    "values-zh-rTW",
    "values-zh-rHK",
    "values-b+zh+Hant",
];
/// References followed before a chain counts as a loop.
const MAX_HOPS: usize = 20;
/// Larger files are passed over: a label is not worth their parsing.
const MAX_FILE: u64 = 16 << 20;

type Map = HashMap<String, String>;

/// String resources of a source tree.
#[derive(Debug, Default)]
pub(super) struct Strings {
    default: Map,
    chinese: Map,
}

impl Strings {
    /// Those of `res/` in the manifest's folder. Missing or broken files give nothing.
    pub(super) fn beside(folder: &Path) -> Self {
        let res = folder.join("res");
        let mut chinese = Map::new();
        for folder in CHINESE {
            for (name, text) in strings(&res.join(folder)) {
                chinese.entry(name).or_insert(text);
            }
        }
        Self { default: strings(&res.join("values")), chinese }
    }

    /// The text of `@string/name`.
    pub(super) fn default<'a>(&'a self, reference: &'a str) -> Option<&'a str> {
        let mut value = reference;
        for _ in 0..MAX_HOPS {
            match value.strip_prefix("@string/") {
                Some(name) => value = self.default.get(name)?,
                None => return Some(value),
            }
        }
        None
    }

    /// A label in the default locale and in Chinese.
    pub(super) fn label(&self, label: &str) -> (Option<String>, Option<String>) {
        let chinese = label.strip_prefix("@string/").and_then(|name| self.chinese.get(name));
        let chinese = chinese.and_then(|text| self.default(text)).map(Into::into);
        let default = self.default(label).filter(|text| !text.starts_with('@')).map(Into::into);
        (default, chinese)
    }
}

/// The `<string>` resources of one folder.
fn strings(folder: &Path) -> Map {
    let mut map = Map::new();
    let path = folder.join("strings.xml");
    if !fs::metadata(&path).is_ok_and(|m| m.len() <= MAX_FILE) {
        return map;
    }
    let Ok(text) = fs::read_to_string(path) else { return map };
    let mut xml = quick_xml::Reader::from_str(&text);
    let mut open: Option<(String, String)> = None;
    // A broken file ends the reading; what was read stays good.
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(tag) if tag.name().as_ref() == "string" => {
                let name = tag.try_get_attribute("name").ok().flatten();
                open = name.map(|n| (n.value.into_owned(), String::new()));
            }
            Event::Text(piece) => open.iter_mut().for_each(|(_, text)| text.push_str(&piece.xml10_content())),
            Event::CData(piece) => open.iter_mut().for_each(|(_, text)| text.push_str(&piece.xml10_content())),
            Event::GeneralRef(entity) => {
                let name = entity.xml10_content();
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                let character = entity.resolve_char_ref().ok().flatten();
                if let Some((_, text)) = &mut open {
                    text.push_str(known.unwrap_or_default());
                    text.extend(character);
                }
            }
            Event::End(tag) if tag.name().as_ref() == "string" => {
                map.extend(open.take().map(|(n, t)| (n, unescape(&t))))
            }
            Event::Eof => break,
            _ => {}
        }
    }
    map
}

/// Takes off the quoting of string resources.
fn unescape(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    text.replace("\\'", "'").replace("\\\"", "\"").replace("\\n", "\n").replace("\\@", "@")
}
