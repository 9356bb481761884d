//! What a heading says its section is about.

use crate::catalogue::SectionKind;
use crate::policy::list::List;
use crate::policy::model::Role;
use crate::policy::words::{PerLocale, Words};

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
    words: List,
    exact: List,
    unless: List,
}

fn rules(words: &Words) -> &'static [Rule] {
    static RULES: PerLocale<Vec<Rule>> = PerLocale::new();
    RULES.get(words.locale, || {
        let rule = |r: &crate::catalogue::SectionRule| Rule {
            kind: kind(r.role),
            words: words.list(&r.words),
            exact: words.list(&r.exact),
            unless: words.list(&r.unless),
        };
        words.language().role.iter().map(rule).collect()
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
pub(crate) fn of_heading(heading: &str, words: &Words) -> Option<Kind> {
    let heading = heading.trim_matches(|c: char| {
        matches!(c, ':' | '*' | '#' | '_' | '。' | '、' | '.' | '"' | '《' | '》' | '【' | '】')
    });
    if heading.is_empty() || words.length(heading) > 60 {
        return None;
    }
    rules(words)
        .iter()
        .find(|rule| (rule.exact.has(heading) || rule.words.is_in(heading)) && !rule.unless.is_in(heading))
        .map(|rule| rule.kind)
}

/// Whether a folded line is the title of a policy or of one of its annexes.
pub(crate) fn is_title(text: &str, words: &Words) -> bool {
    static SUFFIXES: PerLocale<List> = PerLocale::new();
    let suffixes = SUFFIXES.get(words.locale, || words.meta(|m| &m.app_suffixes));
    let text = text.trim_end_matches(['》', '"', '*', ')']);
    // 隐私政策和免责声明: the policy with something beside it.
    let joined = |s: &str| text.strip_prefix(s).is_some_and(|rest| words.begins_and(rest));
    suffixes.words().iter().any(|s| text.ends_with(s.as_str()) && text.len() > s.len() || joined(s))
}

/// Whether a line without heading markup heads what follows.
pub(crate) fn is_heading(text: &str, numbered: bool, kind: Option<Kind>, words: &Words) -> bool {
    // 附录二：第三方软件开发工具包
    let (text, appendix) = match words.appendix(text) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let length = words.length(text);
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
    let normal = words.refolded(text);
    if words.capabilities.find(&normal, 0..text.len()).any(|f| !f.values.is_empty() && f.range.len() == text.len()) {
        return false;
    }
    match kind {
        None => false,
        // Cells of flattened tables hold such words; a heading says more.
        Some(Kind::Role(Role::PermissionList | Role::SdkList)) => {
            appendix && length >= 3 || words.names_a_list(text.trim_end_matches('》')) && length >= 6
        }
        Some(Kind::Role(Role::Contents)) => true,
        Some(_) => length >= 4 || rules(words).iter().any(|r| r.exact.has(text)),
    }
}
