//! Which company stands beside a name: in brackets behind it, before it, or alone in its sentence.

use std::ops::Range;

use super::tidy;
use crate::policy::normal::fold;
use crate::policy::outline::Span;
use crate::policy::words::Words;

/// Characters a company's name has at most and at least.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=32;

/// `穿山甲（北京巨量引擎网络技术有限公司）`: the name without the bracket, and the company in it.
pub(crate) fn in_bracket(name: &str, words: &Words) -> (String, Option<String>) {
    let whole = || (name.to_owned(), None);
    let Some((open, close)) = outer_bracket(name) else { return whole() };
    let width = name[open..].chars().next().map_or(1, char::len_utf8);
    let inside = name[open + width..close].trim();
    let outside = name[..open].trim();
    let behind = name[close..].chars().skip(1).collect::<String>();
    if outside.is_empty() || !words.names_company(inside) || words.is_company(outside) || words.is_company(&behind) {
        return whole();
    }
    (format!("{outside}{behind}"), Some(tidy(inside)))
}

/// The first bracket of a text that is closed again, with the brackets inside it.
pub(super) fn outer_bracket(text: &str) -> Option<(usize, usize)> {
    let mut open = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => {
                if depth == 0 {
                    open = Some(at);
                }
                depth += 1;
            }
            ')' | '）' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return open.map(|open| (open, at));
                }
            }
            _ => {}
        }
    }
    None
}

/// `“ShareSDK”（示例科技）`: the company in the bracket behind a name.
pub(crate) fn behind(span: &Span, at: usize, words: &Words) -> Option<String> {
    let rest = span.folded().get(at..)?;
    let bracket = rest.trim_start_matches(['"', '」', '】']);
    let from = at + rest.len() - bracket.len();
    let (open, close) = outer_bracket(bracket).filter(|&(open, _)| open == 0)?;
    let inside = from + open + 1..from + close;
    words.names_company(&span.folded()[inside.clone()]).then(|| tidy(span.source(inside)))
}

/// `示例公司的YSDK`: the company right before a name, no further back than `from`.
pub(crate) fn before(span: &Span, from: usize, name: usize, words: &Words) -> Option<String> {
    let company = all(span, &(from..name), words).pop()?;
    let between = span.folded()[company.end..name].trim_matches(['"', '「', '(', '《']);
    words.joins_company(between).then(|| tidy(span.source(company)))
}

/// What a cell or labelled value says of the company: nothing when it names nobody in particular (各手机厂商, 开源社区, /).
pub(crate) fn of_value<'t>(value: &'t str, words: &Words) -> Option<&'t str> {
    let first = value.lines().map(str::trim).find(|l| !l.is_empty())?;
    // What a bracket or a further clause adds behind the full name is no part of it.
    let more = ['(', '（', ',', '，', ';', '；', '【', '。'];
    let cut =
        words.company_end(first).filter(|&end| first[end..].trim_start().starts_with(more)).unwrap_or(first.len());
    let value = first[..cut].trim();
    let folded = fold(value);
    let nobody = words.says_none(value) || words.is_nobody(&folded) || !folded.contains(char::is_alphanumeric);
    (!nobody).then_some(value)
}

/// Every company in a part of a folded text, in order.
pub(crate) fn all(span: &Span, within: &Range<usize>, words: &Words) -> Vec<Range<usize>> {
    let text = span.folded();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = within.start;
    while let Some(end) = words.company_end(&text[from..within.end]).map(|end| from + end) {
        let start = start_of(text, from, end, words);
        if LENGTH.contains(&text[start..end].chars().count()) {
            found.push(start..end);
        }
        from = end;
    }
    found
}

/// Where the company's name begins that ends at `end`.
fn start_of(text: &str, from: usize, end: usize, words: &Words) -> usize {
    let mut start = from;
    let mut depth = 0_usize;
    for (at, c) in text[from..end].char_indices().rev() {
        let at = from + at;
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' | ',' | '。' | ';' | ':' | '、' | '"' | '《' | '》' | '「' | '」' | '【' | '】' | '|' | '/' | '!'
            | '?' | '\u{2014}'
                if depth == 0 =>
            {
                start = at + c.len_utf8();
                break;
            }
            _ => {}
        }
    }
    let head = &text[start..end];
    let cut = words.before_company(head);
    start + cut
}

/// As many companies as names, enumerated before them (A公司、B公司运营的X、Y): each name's own.
pub(crate) fn paired(
    span: &Span,
    sentence: &Range<usize>,
    names: &[Range<usize>],
    words: &Words,
) -> Option<Vec<String>> {
    let text = span.folded();
    let companies = all(span, sentence, words);
    let enumerated = companies.windows(2).all(|pair| words.only_joints(&text[pair[0].end..pair[1].start]));
    let before = companies.last()?.end <= names.first()?.start;
    (names.len() >= 2 && companies.len() == names.len() && enumerated && before)
        .then(|| companies.into_iter().map(|c| tidy(span.source(c))).collect())
}

/// The company a name in a sentence belongs to.
///
/// `name` is where the name stands, `others` where the other names of the sentence do.
pub(crate) fn beside(
    span: &Span,
    sentence: &Range<usize>,
    name: &Range<usize>,
    others: &[Range<usize>],
    words: &Words,
) -> Option<String> {
    let text = span.folded();
    let companies = all(span, sentence, words);
    // Inside the name, or in the bracket right behind it.
    let behind = companies.iter().find(|c| {
        // A label may stand before it: （提供方：…）.
        c.start >= name.end
            && text[name.end..c.start].strip_prefix('(').is_some_and(|label| {
                label.is_empty() || !words.line_label(label.trim_end_matches([':', '为'])).is_empty()
            })
    });
    // X公司的Y, X公司提供的Y.
    let before = companies.iter().find(|c| {
        c.end <= name.start && {
            let between = text[c.end..name.start].trim_matches(['"', '「', '(', '《']);
            words.joins_company(between)
        }
    });
    let alone = companies.iter().find(|c| {
        let own = text[(*c).clone()].contains(text[name.clone()].trim_end_matches("sdk"));
        let pure = companies.len() == 1
            && others.is_empty()
            && words.is_provider_here(&text[sentence.start..c.start], &text[c.end..sentence.end]);
        own || pure
    });
    // 由X公司提供，…接入该公司的定位SDK
    let taken_up = companies
        .iter()
        .rev()
        .find(|c| c.end <= name.start && words.of_that_company(&text[c.end..name.start]).is_some());
    let company = behind.or(before).or(taken_up).or(alone)?;
    Some(tidy(span.source(company.clone())))
}
