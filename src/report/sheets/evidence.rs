//! Evidence as lines that a person can follow with other tools.

use super::w;
use crate::apk::Trace;
use crate::audit::{Corners, Evidence, Lang, Named as _, Search};
use crate::catalogue::{Catalogue, DataItemId};
use crate::policy::{Passage, Region};

/// `classes2.dex  com.a.B.c +0x1f2  Landroid/…`.
pub fn trace(t: &Trace) -> String {
    let mut out = String::new();
    if let Some(split) = &t.split {
        out.push_str(split);
        out.push('!');
    }
    out.push_str(&t.entry);
    if let Some(class) = &t.class {
        out.push_str("  ");
        out.push_str(class);
        if let Some(method) = &t.method {
            out.push('.');
            out.push_str(method);
        }
    }
    if let Some(offset) = t.offset {
        out.push_str(&format!("  +0x{offset:x}"));
    }
    if t.class.as_deref() != Some(&*t.value) && !t.value.is_empty() {
        out.push_str("  ");
        out.push_str(&t.value);
    }
    out
}

/// `policy.txt:41 “…”`.
pub fn passage(p: &Passage) -> String {
    format!("{}:{} “{}”", p.file, p.line, p.quote.replace('\n', " "))
}

/// In which roles the sections of a document were read, each once and in their order.
fn roles(regions: &[Region], lang: Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in regions.iter().map(|r| r.role.label().get(lang)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { String::new() } else { format!(" [{}]", names.join(lang.comma())) }
}

fn search(s: &Search, lang: Lang) -> String {
    const SHOWN: usize = 12;
    let mut out = String::from(w::SEARCHED.get(lang));
    if !s.terms.is_empty() {
        let shown: Vec<&str> = s.terms.iter().take(SHOWN).map(String::as_str).collect();
        let more = if s.terms.len() > SHOWN { format!(" … {}", s.terms.len()) } else { String::new() };
        out.push_str(&lang.aside(format_args!("{}{more}", shown.join(lang.comma()))));
    }
    let read: Vec<String> = s
        .read
        .iter()
        .map(|d| format!("{} 1–{} {}{}", d.file, d.lines, w::LINES.get(lang), roles(&d.regions, lang)))
        .collect();
    if !read.is_empty() {
        out.push_str(&format!("{}{} {}", lang.semicolon(), w::READ.get(lang), read.join("; ")));
    }
    let colon = lang.colon();
    for near in s.near.iter().take(3) {
        let why = super::super::wording::why(near.why).get(lang);
        out.push_str(&format!(
            "\n{}{colon}{}{}",
            w::NEAR.get(lang),
            passage(&near.passage),
            lang.aside(format_args!("{}{colon}{why}", w::NOT_COUNTED.get(lang)))
        ));
    }
    out
}

/// What each side says of an SDK, one line a side.
pub fn corners(corners: &Corners, catalogue: &Catalogue, lang: Lang) -> String {
    let names = |items: &[DataItemId], none: &str| {
        let names: Vec<&str> = items
            .iter()
            .map(|id| {
                let known = catalogue.data_item(id.as_str());
                known.map_or(id.as_str(), |d| if lang == Lang::Zh { &*d.zh } else { &*d.en })
            })
            .collect();
        if names.is_empty() { none.to_owned() } else { names.join(lang.comma()) }
    };
    let present = match corners.present {
        Some(true) => w::PRESENT,
        Some(false) => w::ABSENT,
        None => w::UNKNOWN,
    };
    let colon = lang.colon();
    let mut lines = vec![
        format!("{}{colon}{}", w::CORNER_PACKAGE.get(lang), present.get(lang)),
        format!("{}{colon}{}", w::CORNER_CODE.get(lang), names(&corners.code, w::ABSENT.get(lang))),
    ];
    let policy = corners.policy.as_deref().map(|items| names(items, w::NO_ITEMS.get(lang)));
    let policy = policy.unwrap_or_else(|| w::NOT_NAMED.get(lang).to_owned());
    lines.push(format!("{}{colon}{policy}", w::CORNER_POLICY.get(lang)));
    let publisher = names(&corners.publisher, w::NO_ITEMS.get(lang));
    lines.push(format!("{}{colon}{publisher}", w::CORNER_PUBLISHER.get(lang)));
    if let Some((items, place)) = &corners.record {
        let place = format!("{}:{}", place.file, place.line);
        lines.push(format!("{} {place}{colon}{}", w::CORNER_RECORD.get(lang), names(items, w::NO_ITEMS.get(lang))));
    }
    lines.join("\n")
}

/// The evidence of both sides: what stands in the package, what stands (or does not) in the policy.
pub fn both(evidence: &[Evidence], lang: Lang) -> (String, String) {
    let mut package = Vec::new();
    let mut policy = Vec::new();
    for e in evidence {
        match e {
            Evidence::Trace(t) => package.push(trace(t)),
            Evidence::Passage(p) => policy.push(passage(p)),
            Evidence::Search(s) => policy.push(search(s, lang)),
        }
    }
    (package.join("\n"), policy.join("\n"))
}
