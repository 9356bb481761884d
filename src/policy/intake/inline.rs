//! Markup inside a line of Markdown: emphasis, escapes, links, tags, character references.
//!
//! Marks vanish without leaving a blank or a break, because they often stand inside a word (`通讯**录**`).

use super::entity;
use super::text::{BREAK, Glyph, TextBuilder, is_wide, trim};

/// Adds plain text: only character references are decoded.
pub(super) fn plain(line: &[Glyph], out: &mut TextBuilder) {
    let mut at = 0;
    while let Some(glyph) = line.get(at) {
        let (ch, length) = reference(&line[at..]).unwrap_or((glyph.ch, 1));
        out.push(ch, glyph.at);
        at += length;
    }
}

/// Adds Markdown with its inline markup taken out. A link keeps its address as ` (address)` after its text.
pub(super) fn markdown(line: &[Glyph], out: &mut TextBuilder) {
    out.push_all(&strip(line));
}

fn reference(glyphs: &[Glyph]) -> Option<(char, usize)> {
    if glyphs[0].ch != '&' {
        return None;
    }
    let head: String = glyphs.iter().map(|glyph| glyph.ch).take_while(char::is_ascii).take(16).collect();
    entity::decode(&head)
}

/// Where each bracket of one kind closes, by index of the opening one.
fn pairs(line: &[Glyph], open: char, close: char) -> Vec<Option<usize>> {
    let mut found = vec![None; line.len()];
    let mut waiting = Vec::new();
    for (at, glyph) in line.iter().enumerate() {
        if at > 0 && line[at - 1].ch == '\\' {
            continue;
        }
        if glyph.ch == open {
            waiting.push(at);
        } else if glyph.ch == close
            && let Some(start) = waiting.pop()
        {
            found[start] = Some(at);
        }
    }
    found
}

struct Link {
    /// Index of the `]`.
    text_end: usize,
    /// Index after the `)`.
    end: usize,
}

/// Glyphs without inline markup; `<br>` becomes [`BREAK`].
pub(super) fn strip(line: &[Glyph]) -> Vec<Glyph> {
    if !line.iter().any(|glyph| matches!(glyph.ch, '\\' | '*' | '_' | '`' | '~' | '[' | '<' | '&')) {
        return line.to_vec();
    }
    let has_link = line.windows(2).any(|pair| pair[0].ch == ']' && pair[1].ch == '(');
    let (squares, rounds) =
        if has_link { (pairs(line, '[', ']'), pairs(line, '(', ')')) } else { (Vec::new(), Vec::new()) };
    let link = |at: usize| {
        let text_end = squares.get(at).copied().flatten()?;
        (line.get(text_end + 1)?.ch == '(').then_some(())?;
        Some(Link { text_end, end: rounds.get(text_end + 1).copied().flatten()? + 1 })
    };
    let mut out = Stripped { glyphs: Vec::with_capacity(line.len()), seam: false };
    let mut links: Vec<(Link, usize)> = Vec::new();
    let mut stars = Pairs::count(line, is_lone_star);
    let mut bars = Pairs::count(line, is_lone_bar);
    let mut at = 0;
    while let Some(&glyph) = line.get(at) {
        let next = line.get(at + 1).map(|glyph| glyph.ch);
        if let Some((open, text_start)) = links.last()
            && open.text_end == at
        {
            let (end, text_start) = (open.end, *text_start);
            out.address(&line[at + 2..end - 1], text_start);
            links.pop();
            at = end;
            continue;
        }
        match glyph.ch {
            '\\' if next.is_some_and(|ch| ch.is_ascii_punctuation()) => {
                out.push(line[at + 1]);
                at += 2;
            }
            '\\' if next.is_none() => at += 1,
            '`' => at += 1,
            '~' if next == Some('~') => at += 2,
            '*' | '_' => {
                let run = line[at..].iter().take_while(|other| other.ch == glyph.ch).count();
                let markup = match (glyph.ch, run) {
                    ('*', 1) => is_lone_star(line, at) && stars.take(),
                    ('*', _) => true,
                    (_, 1) => is_lone_bar(line, at) && (bars.take() || is_alone(line, at)),
                    _ => run == 2 && is_outer(line, at, 2),
                };
                if markup {
                    out.seam()
                } else {
                    line[at..at + run].iter().for_each(|&glyph| out.push(glyph))
                }
                at += run;
            }
            '!' if next == Some('[') && link(at + 1).is_some() => {
                at = link(at + 1).map_or(at + 1, |link| link.end);
            }
            // Links do not nest; a picture inside one does.
            '[' => match link(at).filter(|_| links.len() < 3) {
                Some(link) => {
                    links.push((link, out.glyphs.len()));
                    at += 1;
                }
                None => {
                    out.push(glyph);
                    at += 1;
                }
            },
            '<' => at += out.tag(&line[at..]),
            '&' => {
                let (ch, length) = reference(&line[at..]).unwrap_or(('&', 1));
                out.push(Glyph { ch, at: glyph.at });
                at += length;
            }
            _ => {
                out.push(glyph);
                at += 1;
            }
        }
    }
    out.glyphs
}

/// Marks of one kind that count only in pairs.
struct Pairs {
    left: usize,
    open: bool,
}

impl Pairs {
    fn count(line: &[Glyph], is_mark: fn(&[Glyph], usize) -> bool) -> Self {
        Self { left: (0..line.len()).filter(|&at| is_mark(line, at)).count(), open: false }
    }

    /// Takes the next one: whether it opens or closes something.
    fn take(&mut self) -> bool {
        let markup = self.open || self.left > 1;
        self.left = self.left.saturating_sub(1);
        self.open = markup && !self.open;
        markup
    }
}

/// A single `*` that touches a word.
fn is_lone_star(line: &[Glyph], at: usize) -> bool {
    let beside = |other: Option<&Glyph>| other.is_some_and(|glyph| !glyph.ch.is_whitespace());
    let (before, after) = (at.checked_sub(1).and_then(|before| line.get(before)), line.get(at + 1));
    line[at].ch == '*'
        && before.is_none_or(|glyph| glyph.ch != '*' && glyph.ch != '\\')
        && after.is_none_or(|glyph| glyph.ch != '*')
        && (beside(before) || beside(after))
}

/// A single `_` at the border of a word.
fn is_lone_bar(line: &[Glyph], at: usize) -> bool {
    let bar = |at: Option<usize>| at.and_then(|at| line.get(at)).is_some_and(|glyph| matches!(glyph.ch, '_' | '\\'));
    line[at].ch == '_' && !bar(at.checked_sub(1)) && !bar(Some(at + 1)) && (is_alone(line, at) || is_outer(line, at, 1))
}

/// White space on both sides, as html2text leaves a mark that met another one.
fn is_alone(line: &[Glyph], at: usize) -> bool {
    let blank = |glyph: Option<&Glyph>| glyph.is_none_or(|glyph| glyph.ch.is_whitespace());
    blank(at.checked_sub(1).and_then(|before| line.get(before))) && blank(line.get(at + 1))
}

/// Underscores that stand at the border of a word, unlike those of `READ_PHONE_STATE`.
fn is_outer(line: &[Glyph], at: usize, run: usize) -> bool {
    let word = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| glyph.ch.is_alphanumeric() || glyph.ch == '_');
    let before = at.checked_sub(1).and_then(|before| line.get(before));
    let after = line.get(at + run);
    let touches = |glyph: Option<&Glyph>| glyph.is_some_and(|glyph| !glyph.ch.is_whitespace());
    word(before) != word(after) || (!word(before) && (touches(before) || touches(after)))
}

struct Stripped {
    glyphs: Vec<Glyph>,
    /// A mark was just dropped here.
    seam: bool,
}

impl Stripped {
    fn push(&mut self, glyph: Glyph) {
        // html2text puts a blank on either side of emphasis, also inside a word.
        if self.seam && !glyph.ch.is_whitespace() {
            let kept = self.glyphs.iter().rposition(|glyph| !glyph.ch.is_whitespace()).map_or(0, |at| at + 1);
            if is_wide(glyph.ch) && kept.checked_sub(1).is_some_and(|last| is_wide(self.glyphs[last].ch)) {
                self.glyphs.truncate(kept);
            }
            self.seam = false;
        }
        self.glyphs.push(glyph);
    }

    fn seam(&mut self) {
        self.seam = true;
    }

    /// Adds the address of a link unless its text already says it.
    fn address(&mut self, target: &[Glyph], text_start: usize) {
        let target = trim(target);
        let target = match target {
            [Glyph { ch: '<', .. }, inner @ .., Glyph { ch: '>', .. }] => inner,
            other => &other[..other.iter().position(|glyph| matches!(glyph.ch, '"' | ' ')).unwrap_or(other.len())],
        };
        let (Some(first), Some(last)) = (target.first(), target.last()) else { return };
        let said: String = self.glyphs[text_start.min(self.glyphs.len())..].iter().map(|glyph| glyph.ch).collect();
        let address: String = target.iter().map(|glyph| glyph.ch).collect();
        if !is_worth(&address, &said) {
            return;
        }
        self.push(Glyph { ch: ' ', at: first.at });
        self.push(Glyph { ch: '(', at: first.at });
        target.iter().for_each(|&glyph| self.push(glyph));
        self.push(Glyph { ch: ')', at: last.at });
    }

    /// Drops a tag, keeps what only looks like one. Returns the glyphs taken.
    fn tag(&mut self, rest: &[Glyph]) -> usize {
        let inner = rest[1..].iter().take(400).position(|glyph| matches!(glyph.ch, '<' | '>'));
        let Some(length) = inner.filter(|&length| rest[1 + length].ch == '>') else {
            self.push(rest[0]);
            return 1;
        };
        let body: String = rest[1..=length].iter().map(|glyph| glyph.ch).collect();
        let name: String =
            body.trim_start_matches('/').chars().take_while(|ch| ch.is_ascii_alphanumeric() || *ch == ':').collect();
        if matches!(name.as_str(), "http:" | "https:" | "mailto:") || body.contains('@') {
            rest[1..=length].iter().for_each(|&glyph| self.push(glyph));
        } else if name.eq_ignore_ascii_case("br") {
            self.push(Glyph { ch: BREAK, at: rest[0].at });
        } else if super::html::is_element(&name.to_ascii_lowercase()) || body.starts_with("!--") {
        } else {
            rest[..length + 2].iter().for_each(|&glyph| self.push(glyph));
        }
        length + 2
    }
}

/// Whether an address tells more than the words it stands behind: anchors, scripts and repetitions do not.
pub(super) fn is_worth(address: &str, said: &str) -> bool {
    let address = address.trim();
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches('/');
        let text = text.strip_prefix("mailto:").or_else(|| text.strip_prefix("tel:")).unwrap_or(text);
        text.split_once("//").map_or(text, |(_, rest)| rest).to_ascii_lowercase()
    };
    !address.is_empty()
        && !address.starts_with('#')
        && !address.to_ascii_lowercase().starts_with("javascript:")
        && !bare(said).contains(&bare(address))
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyphs};
    use super::*;

    fn stripped(line: &str) -> String {
        let mut out = TextBuilder::new();
        markdown(&glyphs(line, Spot::START).collect::<Vec<_>>(), &mut out);
        out.finish().text
    }

    #[test]
    fn emphasis_leaves_no_gap() {
        assert_eq!(stripped("读取通讯**录**和**IMEI**号"), "读取通讯录和IMEI号");
        assert_eq!(stripped("快输入（以下简称“快 **输入** ”）"), "快输入（以下简称“快输入”）");
        assert_eq!(stripped("手机厂商 **Push SDK**"), "手机厂商 Push SDK");
        assert_eq!(stripped("_**请在使用前阅读。**_"), "请在使用前阅读。");
        assert_eq!(stripped("1、 _ **在线换肤。**_"), "1、在线换肤。");
        assert_eq!(stripped("*注意*：~~旧~~`code`"), "注意：旧code");
    }

    #[test]
    fn what_is_no_emphasis_stays() {
        assert_eq!(stripped("READ_PHONE_STATE 与 3 * 4"), "READ_PHONE_STATE 与 3 * 4");
        assert_eq!(stripped("姓名*、电话"), "姓名*、电话");
        assert_eq!(stripped("____年____月 ext_app _support @a.cn"), "____年____月 ext_app _support @a.cn");
    }

    #[test]
    fn escapes_and_references_are_decoded() {
        assert_eq!(stripped("1\\. 我们\\_收集 READ\\_SMS &amp; &quot;A&quot;"), "1. 我们_收集 READ_SMS & \"A\"");
    }

    #[test]
    fn links_keep_text_and_address() {
        assert_eq!(
            stripped("见[《SDK目录》](https://a.cn/sdk_list \"标题\")。"),
            "见《SDK目录》 (https://a.cn/sdk_list)。"
        );
        assert_eq!(stripped("[https://a.cn](https://a.cn/)"), "https://a.cn");
        assert_eq!(stripped("[a@b.cn](mailto:a@b.cn)，[返回](#top)![图](x.png)"), "a@b.cn，返回");
        assert_eq!(stripped("<https://a.cn> 【[链接](//a.cn/p(1).html)】"), "https://a.cn 【链接 (//a.cn/p(1).html)】");
        assert_eq!(stripped("[[[ ]( [x](y"), "[[[ ]( [x](y");
    }

    #[test]
    fn tags_go_and_angle_brackets_stay() {
        assert_eq!(
            stripped("<u>重要</u><font color=\"red\">提示</font>a < b，<应用名称>"),
            "重要提示a < b，<应用名称>"
        );
        assert_eq!(stripped("甲<br>乙<br/>丙"), "甲\n乙\n丙");
    }
}
