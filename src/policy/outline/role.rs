//! What a heading says its section is about.

use std::sync::OnceLock;

use crate::catalogue::{HeadingWords, Lexicon, SectionKind};
use crate::policy::model::Role;
use crate::policy::normal::fold;
use crate::policy::words::Words;

use super::HEADING_LENGTH;

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A section of this role.
    Role(Role),
    /// Exceptions, disclaimers, scope: nothing that tells what is collected.
    Exception,
}

struct Rule {
    kind: Kind,
    words: Vec<String>,
    exact: Vec<String>,
    unless: Vec<String>,
}

fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let folded = |words: &[String]| words.iter().map(|w| fold(w)).collect::<Vec<_>>();
        Lexicon::builtin()
            .languages()
            .iter()
            .flat_map(|l| &l.role)
            .map(|r| Rule {
                kind: kind(r.role),
                words: folded(&r.words),
                exact: folded(&r.exact),
                unless: folded(&r.unless),
            })
            .collect()
    })
}

fn kind(section: SectionKind) -> Kind {
    Kind::Role(match section {
        SectionKind::Preamble => Role::Preamble,
        SectionKind::Contents => Role::Contents,
        SectionKind::Definition => Role::Definition,
        SectionKind::Collection => Role::Collection,
        SectionKind::PermissionList => Role::PermissionList,
        SectionKind::SdkList => Role::SdkList,
        SectionKind::Cookies => Role::Cookies,
        SectionKind::Sharing => Role::Sharing,
        SectionKind::Storage => Role::Storage,
        SectionKind::Security => Role::Security,
        SectionKind::Rights => Role::Rights,
        SectionKind::Minors => Role::Minors,
        SectionKind::Update => Role::Update,
        SectionKind::Contact => Role::Contact,
        SectionKind::Exception => return Kind::Exception,
    })
}

/// What the folded `heading` announces, if anything.
pub(crate) fn of_heading(heading: &str) -> Option<Kind> {
    let heading = heading.trim_matches(|c: char| {
        matches!(c, ':' | '*' | '#' | '_' | '。' | '、' | '.' | '"' | '《' | '》' | '【' | '】')
    });
    if heading.is_empty() || heading.chars().count() > 60 {
        return None;
    }
    rules()
        .iter()
        .find(|rule| {
            (rule.exact.iter().any(|w| w == heading) || rule.words.iter().any(|w| heading.contains(w.as_str())))
                && !rule.unless.iter().any(|w| heading.contains(w.as_str()))
        })
        .map(|rule| rule.kind)
}

/// Whether a folded line is the title of a policy or of one of its annexes.
pub(crate) fn is_title(text: &str) -> bool {
    static SUFFIXES: OnceLock<Vec<String>> = OnceLock::new();
    let suffixes = SUFFIXES.get_or_init(|| {
        Lexicon::builtin().languages().iter().flat_map(|l| &l.meta.app_suffixes).map(|w| fold(w)).collect()
    });
    let text = text.trim_end_matches(['》', '"', '*', ')']);
    suffixes.iter().any(|s| text.ends_with(s.as_str()) && text.len() > s.len())
}

/// What follows 附录二： at the head of a line.
fn appendix(text: &str) -> Option<&str> {
    let rest = heading_words(|h| &h.appendix).iter().find_map(|w| text.strip_prefix(w.as_str()))?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
    Some(rest.trim_start_matches([':', '、', '.', '-', '\u{2014}', '《', ' '])).filter(|rest| !rest.is_empty())
}

fn heading_words(pick: fn(&HeadingWords) -> &Vec<String>) -> Vec<String> {
    Lexicon::builtin().languages().iter().flat_map(|l| pick(&l.headings)).map(|w| fold(w)).collect()
}

/// Whether a line without heading markup heads what follows.
pub(crate) fn is_heading(text: &str, numbered: bool, kind: Option<Kind>, words: &Words) -> bool {
    // 附录二：第三方软件开发工具包
    let (text, appendix) = match appendix(text) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let length = text.chars().count();
    if length == 0
        || length > HEADING_LENGTH
        || text.contains(['。', ';', ',', '|', '!', '?', '"'])
        || text.ends_with([':', '、'])
        || text.contains(':')
    {
        return false;
    }
    if numbered {
        return true;
    }
    if !words.label(text).is_empty() || !(2..=24).contains(&length) {
        return false;
    }
    // The bare name of a function is a cell of a flattened table (通知).
    let normal = crate::policy::normal::Normal::new(text);
    if words.capabilities.find(&normal, 0..text.len()).any(|f| !f.values.is_empty() && f.range.len() == text.len()) {
        return false;
    }
    match kind {
        None => false,
        // Cells of flattened tables hold such words; a heading says more.
        Some(Kind::Role(Role::PermissionList | Role::SdkList)) => {
            appendix && length >= 3
                || heading_words(|h| &h.lists).iter().any(|w| text.ends_with(w.as_str())) && length >= 6
        }
        Some(Kind::Role(Role::Contents)) => true,
        Some(_) => length >= 4 || rules().iter().any(|r| r.exact.iter().any(|w| w == text)),
    }
}
