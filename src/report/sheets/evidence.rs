//! Evidence as lines that a person can follow with other tools.

use super::w;
use crate::apk::Trace;
use crate::audit::{Evidence, Lang, Search};
use crate::policy::Passage;

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

fn search(s: &Search, lang: Lang) -> String {
    const SHOWN: usize = 12;
    let mut out = String::from(w::SEARCHED.get(lang));
    if !s.terms.is_empty() {
        let shown: Vec<&str> = s.terms.iter().take(SHOWN).map(String::as_str).collect();
        let joint = if lang == Lang::Zh { "、" } else { ", " };
        out.push_str(&format!(
            "（{}{}）",
            shown.join(joint),
            if s.terms.len() > SHOWN { format!(" … {}", s.terms.len()) } else { String::new() }
        ));
    }
    let read: Vec<String> = s.read.iter().map(|d| format!("{} 1–{} {}", d.file, d.lines, w::LINES.get(lang))).collect();
    if !read.is_empty() {
        out.push_str(&format!("；{} {}", w::READ.get(lang), read.join("; ")));
    }
    for near in s.near.iter().take(3) {
        out.push_str(&format!(
            "\n{}：{}（{}：{}）",
            w::NEAR.get(lang),
            passage(&near.passage),
            w::NOT_COUNTED.get(lang),
            super::super::wording::why(near.why).get(lang)
        ));
    }
    out
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
