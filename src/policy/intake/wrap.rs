//! Undoing hard line breaks: which line continues the one before it.
//!
//! A file is taken as wrapped when many of its lines end within a few columns of one width; then a line is continued whenever the
//! next word would not have fitted. Where blank lines separate paragraphs, lines between them that end in mid-sentence are
//! continued. Otherwise only signs that no new line begins with are followed.

use super::text::{Glyph, is_blank, is_wide, trim};

/// How lines of one file join.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wrap {
    fixed: Option<Fixed>,
    /// Lines that run on, in a file whose paragraphs stand between blank lines.
    open: Vec<bool>,
    /// Lines were broken by hand at no fixed width: several long ones end at a comma.
    loose: bool,
    /// What several lines of a file with a fixed width begin with behind a line that had room for it (`用途：`): no line that begins
    /// so runs on.
    openings: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fixed {
    width: usize,
    metric: Metric,
    /// Words were cut wherever the width was reached.
    cut: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Metric {
    /// An ideograph takes two columns.
    Columns,
    /// It takes one, as in Python's textwrap.
    Characters,
}

impl Metric {
    fn of(self, glyphs: &[Glyph]) -> usize {
        match self {
            Self::Columns => glyphs.iter().map(|glyph| 1 + usize::from(is_wide(glyph.ch))).sum(),
            Self::Characters => glyphs.len(),
        }
    }

    /// The same where signs that are narrow in some fonts and wide in others (`①`, `•`) are taken as wide.
    fn at_most(self, glyphs: &[Glyph]) -> usize {
        let either = |glyph: &&Glyph| !glyph.ch.is_ascii() && !is_wide(glyph.ch) && !glyph.ch.is_alphabetic();
        match self {
            Self::Columns => self.of(glyphs) + glyphs.iter().filter(either).count(),
            Self::Characters => glyphs.len(),
        }
    }
}

/// Widths that editors, mail and converters wrap at.
const WIDTHS: std::ops::RangeInclusive<usize> = 24..=160;

/// Width html2text wraps at, in characters, and only where white space stands.
const HTML2TEXT: usize = 78;

impl Wrap {
    /// Reads the wrapping off the lines of a file.
    pub fn of(lines: &[Vec<Glyph>]) -> Self {
        // Where both could be the rule, the one that more lines fill to the last place is: an ideograph may not fit into the
        // last column.
        let (columns, characters) = (fixed(lines, Metric::Columns), fixed(lines, Metric::Characters));
        let fixed = match (columns, characters) {
            (Some((columns, near, _)), Some((characters, _, full))) => {
                Some(if full > near { characters } else { columns })
            }
            (columns, characters) => columns.or(characters).map(|(fixed, ..)| fixed),
        };
        Self {
            openings: fixed.map(|fixed| openings(lines, fixed)).unwrap_or_default(),
            fixed,
            open: if fixed.is_some() { Vec::new() } else { open_lines(lines) },
            loose: fixed.is_none() && loose(lines),
        }
    }

    /// Whether `next` continues `line`, the line of index `at`, and if so whether a blank belongs between them.
    pub fn joins(&self, at: usize, line: &[Glyph], next: &[Glyph]) -> Option<bool> {
        let (a, b) = (trim_end(line), trim(next));
        let (last, first) = (a.last()?.ch, b.first()?.ch);
        let gap = !(is_wide(last) || is_wide(first));
        if is_closing(first) {
            return Some(false);
        }
        // `IME` + `I、` is a word cut at the width, not an item of letter I.
        let same = (last.is_ascii_alphabetic() && first.is_ascii_alphabetic())
            || (last.is_ascii_digit() && first.is_ascii_digit());
        let in_word = same && self.fixed.is_some_and(|it| it.cut && it.metric.of(a) + 1 >= it.width);
        let rule = trim(a).iter().all(|glyph| matches!(glyph.ch, '=' | '-'));
        // A full line may end before a dash as before any other sign.
        let dash = matches!(first, '-' | '–' | '—')
            && b.get(1).is_some_and(|glyph| is_wide(glyph.ch) && glyph.ch != first)
            && self.fixed.is_some_and(|it| it.metric.at_most(line) + 2 >= it.width)
            && !ends_sentence(a);
        if rule || is_marker(b) && !in_word && !dash {
            return None;
        }
        if let Some(fixed) = self.fixed {
            if opening(b).is_some_and(|own| self.openings.binary_search(&own).is_ok()) {
                return None;
            }
            if indent(next) > indent(line) + 1 || fixed.metric.of(line) < fixed.width / 2 {
                return None;
            }
            // A blank kept at the cut tells that no word was cut there.
            let kept = line.last().is_some_and(|glyph| glyph.ch.is_whitespace());
            let blank = kept || next[0].ch.is_whitespace();
            let full = fixed.metric.at_most(line);
            let cut = fixed.cut && full + 1 >= fixed.width;
            let address = "http".chars().eq(b.iter().take(4).map(|glyph| glyph.ch));
            // What a clause introduces begins a line of its own; behind a label it need not.
            if matches!(last, '：' | ':') && !address && introduces(a) {
                return None;
            }
            // Where words are cut, a single letter would have fitted, unless the line stops where none ends of its own accord.
            let open = matches!(last, '、' | '，' | '（' | '(' | '/') || gap || address;
            let word = if fixed.cut && !open { &b[..1] } else { first_word(b) };
            let room = full + usize::from(gap && !fixed.cut && !kept) + fixed.metric.of(word) > fixed.width;
            return room.then_some(if cut { blank } else { gap });
        }
        if line.len() >= a.len() + 2 && line[a.len()..].iter().all(|glyph| glyph.ch == ' ') {
            return None;
        }
        let ascii = last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
        let word = b.iter().take_while(|glyph| !glyph.ch.is_whitespace()).count();
        if ascii
            && !is_label(b)
            && !is_address_of_label(a)
            && trim(a).len() >= HTML2TEXT / 2
            && a.len() + 1 + word > HTML2TEXT
        {
            return Some(true);
        }
        let runs_on = self.open.get(at).copied().unwrap_or(false);
        let broken = self.loose && a.len() >= LOOSE && (ends_at_comma(a) || !ends_sentence(a));
        (runs_on || broken || bracket_spans(a, b) && a.len() >= HTML2TEXT / 4).then_some(gap)
    }
}

/// The width the lines are wrapped at by one measure, how many of them fill it but for one place, and how many whole.
fn fixed(lines: &[Vec<Glyph>], metric: Metric) -> Option<(Fixed, usize, usize)> {
    let mut widths: Vec<usize> =
        lines.iter().filter(|line| !is_blank(line)).map(|line| metric.of(trim_end(line))).collect();
    if widths.len() < 4 {
        return None;
    }
    widths.sort_unstable();
    // A few lines run over: addresses and other words that could not be cut.
    let width = widths[(widths.len() - 1) * 98 / 100];
    let near = |columns: usize| widths.iter().filter(|&&it| it + columns > width && it <= width).count();
    let many = near(6) * 3 >= widths.len() && near(6) > 2;
    let exact = near(2) * 10 >= widths.len() && near(2) > 5;
    if !WIDTHS.contains(&width) || !(many || exact) {
        return None;
    }
    // Lines that break before a Latin word tell whether words were moved whole: then most of them end early.
    let (mut moved, mut full) = (0, 0);
    for pair in lines.windows(2) {
        let (line, next) = (metric.of(trim_end(&pair[0])), trim(&pair[1]));
        let Some(first) = next.first().filter(|glyph| !is_wide(glyph.ch)) else { continue };
        let word = metric.of(first_word(next));
        if line > width || line + word <= width || !first.ch.is_alphanumeric() {
            continue;
        }
        // What begins a line of its own accord was not moved there: long names, numbers, and what stands before a colon.
        let open = trim_end(&pair[0]).last().is_some_and(|glyph| matches!(glyph.ch, '、' | '，' | '（' | '(' | '/'));
        if line + 1 >= width {
            full += 1;
        } else if open || word <= MOVED && !ends_sentence(&pair[0]) && opening(next).is_none() && !is_marker(next) {
            moved += 1;
        }
    }
    // By chance a moved word leaves no more than a column or two in every third line.
    let cut = moved == 0 || moved * 3 < full;
    Some((Fixed { width, metric, cut }, near(2), near(1)))
}

/// Whether more than a label stands before the colon that ends a line.
fn introduces(line: &[Glyph]) -> bool {
    let words = &line[..line.len() - 1];
    words.iter().rev().take_while(|glyph| glyph.ch.is_alphanumeric() || glyph.ch == ' ').count() >= INTRODUCTION
}

/// Letters from which the words before a colon are no label.
const INTRODUCTION: usize = 12;

/// What a line begins with that others may begin with as well: a label and its colon, or a number and a gap.
fn opening(line: &[Glyph]) -> Option<String> {
    let digits = line.iter().take_while(|glyph| glyph.ch.is_ascii_digit()).count();
    if (1..=2).contains(&digits) && line.get(digits).is_some_and(|glyph| glyph.ch.is_whitespace()) {
        return Some("0 ".to_owned());
    }
    let head = columns(line, LABEL);
    let colon = head.iter().position(|glyph| matches!(glyph.ch, '：' | ':'))?;
    let label = &head[..colon];
    let plain = label.iter().all(|glyph| glyph.ch.is_alphanumeric() || matches!(glyph.ch, ' ' | '_' | '/'));
    (colon > 1 && plain).then(|| label.iter().map(|glyph| glyph.ch).collect())
}

/// The openings that two lines have behind lines with room for them, in order.
fn openings(lines: &[Vec<Glyph>], fixed: Fixed) -> Vec<String> {
    let mut all: Vec<String> = lines
        .windows(2)
        .filter(|pair| {
            let next = trim(&pair[1]);
            let word = if fixed.cut { next.get(..1) } else { Some(next).filter(|n| !n.is_empty()).map(first_word) };
            word.is_some_and(|word| fixed.metric.at_most(&pair[0]) + 1 + fixed.metric.of(word) < fixed.width)
        })
        .filter_map(|pair| opening(trim(&pair[1])))
        .collect();
    all.sort_unstable();
    let mut told: Vec<String> = all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
    told.dedup();
    told
}

/// Columns of the longest word that tells how lines were broken.
const MOVED: usize = 12;

/// Lines that the next one continues, if blank lines separate the paragraphs of the file: those in mid-sentence within a
/// paragraph that ends as a sentence does.
fn open_lines(lines: &[Vec<Glyph>]) -> Vec<bool> {
    let words = lines.iter().filter(|line| !is_blank(line)).count();
    if (lines.len() - words) * 10 < words * 4 {
        return Vec::new();
    }
    let mut open = vec![false; lines.len()];
    let mut start = 0;
    while start < lines.len() {
        let length = lines[start..].iter().take_while(|line| !is_blank(line)).count();
        let group = start..start + length;
        let whole = length > 1 && ends_sentence(&lines[start + length - 1]);
        for at in group.start..(start + length).saturating_sub(1) {
            let (line, next) = (trim(&lines[at]), trim(&lines[at + 1]));
            let label = columns(next, LABEL).iter().any(|glyph| matches!(glyph.ch, '：' | ':'));
            // The rest of an item, before the next one.
            let rest =
                is_marker(line) && next.len() < line.len() && (at + 2 == group.end || is_marker(trim(&lines[at + 2])));
            open[at] = (whole || rest) && line.len() >= MIN_OPEN && !ends_sentence(line) && !label;
        }
        start += length + 1;
    }
    open
}

/// Columns that a label at the head of a line takes.
const LABEL: usize = 40;

/// `Company: …`: a capital and at most four words before a colon.
fn is_label(line: &[Glyph]) -> bool {
    let Some(colon) = columns(line, LABEL).iter().position(|glyph| glyph.ch == ':') else { return false };
    let words = line[..colon].iter().filter(|glyph| glyph.ch.is_whitespace()).count();
    let address = line.get(colon + 1).is_some_and(|glyph| glyph.ch == '/');
    line[0].ch.is_uppercase() && words < 4 && !address
}

/// `隐私政策：https://…`: a label with an address is whole, however long.
fn is_address_of_label(line: &[Glyph]) -> bool {
    let last = line.iter().rposition(|glyph| glyph.ch.is_whitespace()).map_or(0, |at| at + 1);
    let sign = line[last..].windows(3).position(|three| three.iter().map(|glyph| glyph.ch).eq("://".chars()));
    let Some(sign) = sign.map(|at| last + at) else { return false };
    let scheme = line[..sign].iter().rposition(|glyph| !glyph.ch.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let before = trim_end(&line[..scheme]).last();
    before.is_none_or(|glyph| matches!(glyph.ch, '：' | ':'))
}

/// The head of a line that takes so many columns.
fn columns(line: &[Glyph], most: usize) -> &[Glyph] {
    let mut width = 0;
    let end = line.iter().position(|glyph| {
        width += 1 + usize::from(is_wide(glyph.ch));
        width > most
    });
    &line[..end.unwrap_or(line.len())]
}

/// Whether lines were broken by hand: several that are long end at a comma and have another behind them.
fn loose(lines: &[Vec<Glyph>]) -> bool {
    let broken = |pair: &[Vec<Glyph>]| {
        let (line, next) = (trim(&pair[0]), trim(&pair[1]));
        line.len() >= LOOSE && !next.is_empty() && ends_at_comma(line) && !is_marker(next)
    };
    lines.windows(2).filter(|pair| broken(pair)).count() >= 3
}

fn ends_at_comma(line: &[Glyph]) -> bool {
    trim_end(line).last().is_some_and(|glyph| matches!(glyph.ch, '，' | ',' | '、'))
}

/// Characters from which a line of such a file runs on when it does not end as a sentence does.
const LOOSE: usize = 36;

/// Characters that a line must have to run on: headings are shorter.
const MIN_OPEN: usize = 16;

fn ends_sentence(line: &[Glyph]) -> bool {
    let last =
        line.iter().rfind(|glyph| !glyph.ch.is_whitespace() && !matches!(glyph.ch, '*' | '_' | '”' | '"' | ')' | '）'));
    last.is_some_and(|glyph| matches!(glyph.ch, '。' | '；' | '：' | '！' | '？' | '.' | ';' | ':' | '!' | '?' | '|'))
}

fn trim_end(glyphs: &[Glyph]) -> &[Glyph] {
    let end = glyphs.iter().rposition(|glyph| !glyph.ch.is_whitespace()).map_or(0, |at| at + 1);
    &glyphs[..end]
}

fn indent(line: &[Glyph]) -> usize {
    line.iter().take_while(|glyph| glyph.ch.is_whitespace()).map(|glyph| 1 + usize::from(glyph.ch == '\u{3000}')).sum()
}

/// What a wrapping program would have had to move as one piece.
fn first_word(line: &[Glyph]) -> &[Glyph] {
    let head = if is_wide(line[0].ch) {
        1
    } else {
        line.iter().take_while(|glyph| !glyph.ch.is_whitespace() && !is_wide(glyph.ch)).count()
    };
    let tail = line[head..].iter().take_while(|glyph| is_closing(glyph.ch)).count();
    &line[..head + tail]
}

/// Signs that no line begins with of its own accord.
fn is_closing(ch: char) -> bool {
    matches!(
        ch,
        '，' | '、'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '”'
            | '’'
            | ','
            | ';'
            | '!'
            | '?'
            | ')'
            | ']'
            | '%'
    )
}

/// A bracket or quote opened near the end of `a` is closed near the start of `b`.
fn bracket_spans(a: &[Glyph], b: &[Glyph]) -> bool {
    const NEAR: usize = 60;
    [('（', '）'), ('(', ')'), ('《', '》'), ('“', '”'), ('【', '】'), ('「', '」')].into_iter().any(|(open, close)| {
        let opened = a.iter().rev().take(NEAR).find(|glyph| glyph.ch == open || glyph.ch == close);
        let closed = b.iter().take(NEAR).find(|glyph| glyph.ch == open || glyph.ch == close);
        opened.is_some_and(|glyph| glyph.ch == open) && closed.is_some_and(|glyph| glyph.ch == close)
    })
}

/// Whether a line begins as items and headings do: a number with its sign, a bullet, a Markdown mark.
pub(super) fn is_marker(line: &[Glyph]) -> bool {
    let at = |i: usize| line.get(i).map_or(' ', |glyph| glyph.ch);
    let numeral = |ch: char| "零〇一二三四五六七八九十百".contains(ch);
    let first = at(0);
    if "·•●○■□◆◇▪★☆※►➢✓✔▶#>|".contains(first) || ('\u{2460}'..='\u{24ff}').contains(&first)
    {
        return true;
    }
    if matches!(first, '*' | '-' | '–' | '—' | '+') {
        // `---` and `***` are rules, but `**` opens bold words.
        return at(1) == ' ' || is_wide(at(1)) || (at(1) == first && (first != '*' || matches!(at(2), '*' | ' ')));
    }
    let open = usize::from(matches!(first, '(' | '（' | '第' | '【'));
    let run = |test: &dyn Fn(char) -> bool| {
        line[open.min(line.len())..].iter().take(4).take_while(|glyph| test(glyph.ch)).count()
    };
    let digits = run(&|ch| ch.is_ascii_digit());
    let length = digits.max(run(&numeral)).max(usize::from(at(open).is_ascii_alphabetic()));
    let after = at(open + length);
    if length == 0 {
        return false;
    }
    match first {
        '(' | '（' => matches!(after, ')' | '）'),
        '【' => after == '】',
        '第' => matches!(after, '条' | '條' | '章' | '节' | '節' | '部' | '款'),
        _ if matches!(after, '、' | '）' | ')' | '．') => true,
        // `1.` and `1.2`, but not a version such as `4.0以上` in the middle of a sentence: two digits at most lead.
        _ => after == '.' && length < 3 && (digits > 0 || at(length + 1) == ' ' || is_wide(at(length + 1))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyph_lines, glyphs};
    use super::*;

    fn line(text: &str) -> Vec<Glyph> {
        glyphs(text, Spot::START).collect()
    }

    fn folded(text: &str, width: usize) -> String {
        let mut out = String::new();
        let mut used = 0;
        for ch in text.chars() {
            let wide = 1 + usize::from(is_wide(ch));
            if ch != '\n' && used + wide > width {
                out.push('\n');
                used = 0;
            }
            used = if ch == '\n' { 0 } else { used + wide };
            out.push(ch);
        }
        out
    }

    #[test]
    fn lines_cut_at_a_width_join() {
        let text = "我们可能会收集您的设备信息，包括IMEI、Android ID、MAC地址、软件安装列表、位置信息，以便向您提供更贴近您需求的页面展示和搜索结果，并保障账号安全。\n".repeat(4);
        let lines = glyph_lines(&folded(&text, 40), Spot::START);
        let wrap = Wrap::of(&lines);
        assert_eq!(wrap.joins(0, &lines[0], &lines[1]), Some(false));
        assert_eq!(wrap.joins(3, &lines[3], &lines[4]), None, "the paragraph ends short of the width");
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        let lines = glyph_lines(
            "存储权限\n(外部存储器)\n设备信息\n我们收集您的设备信息、位置信息。\n位置\n用于地图\n",
            Spot::START,
        );
        let wrap = Wrap::of(&lines);
        assert!((1..lines.len()).all(|at| wrap.joins(at - 1, &lines[at - 1], &lines[at]).is_none()));
    }

    #[test]
    fn blank_lines_show_what_runs_on() {
        let lines = glyph_lines(
            "引言\n\n验证码由我们的短信网关\n发出。\n\n跑步：我们获取您的地理位置，画出您的轨\n迹；读取步数、步频。\n\n\n完",
            Spot::START,
        );
        let wrap = Wrap::of(&lines);
        let joined: Vec<usize> =
            (1..lines.len()).filter(|&at| wrap.joins(at - 1, &lines[at - 1], &lines[at]).is_some()).collect();
        assert_eq!(joined, [6]);
    }

    #[test]
    fn without_a_width_only_sure_signs_join() {
        let wrap = Wrap::default();
        assert_eq!(wrap.joins(0, &line("联系邮箱a@b.com"), &line("，邮件主题需注明")), Some(false));
        assert_eq!(
            wrap.joins(0, &line("详见我们发布的《个人信息收集清单以及第三方"), &line("共享清单》")),
            Some(false)
        );
        let long = "如果您的设备是华为、小米、OPPO、VIVO手机的，那么本软件接入的上述手机厂商Push";
        assert_eq!(
            wrap.joins(
                0,
                &line(long),
                &line("SDK需要收集手机唯一标识信息（例如IMEI），并可能会收集您的手机型号、系统类型、系统版本等")
            ),
            Some(true)
        );
        assert_eq!(wrap.joins(0, &line("引言"), &line("话本重视用户的隐私。")), None);
        let link = "隐私政策：https://example.com/a/very/long/address/of/a/page/that/tells/everything/about/it";
        assert_eq!(wrap.joins(0, &line(link), &line("QQ SDK")), None);
    }

    #[test]
    fn markers_begin_a_line() {
        for text in [
            "1. 收集",
            "1.1收集",
            "2、使用",
            "（一）共享",
            "(1) 存储",
            "一、总则",
            "第二条 范围",
            "①姓名",
            "a. IMEI",
            "· 电话",
            "* 项",
            "12）",
        ] {
            assert!(is_marker(&line(text)), "{text}");
        }
        for text in ["**位置**信息", "IMEI、Android", "2022年", "一般情况下", "第三方SDK", "100%", "-1", "ID、OAID"]
        {
            assert!(!is_marker(&line(text)), "{text}");
        }
    }
}
