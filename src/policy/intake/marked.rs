//! What Markdown shows beside its words: emphasis and pictures. The words themselves are [`inline`](super::inline)'s.

use super::beside::Beside;
use super::text::{Glyph, is_blank, trim};

/// Reads the lines of a text.
pub(super) fn read(lines: &[Vec<Glyph>], beside: &mut Beside) {
    // Emphasis may go on over the lines of a paragraph.
    let mut open: Vec<Glyph> = Vec::new();
    let mut within = false;
    for line in lines {
        let heading = trim(line).first().is_some_and(|glyph| glyph.ch == '#');
        if is_blank(line) || heading {
            (within, open) = (false, Vec::new());
        }
        if !heading {
            emphasis(line, &mut within, &mut open, beside);
        }
        pictures(line, beside);
    }
}

/// Strong emphasis: `**words**`, `__words__`, `<b>words</b>`. A mark that never closes is none.
fn emphasis(line: &[Glyph], within: &mut bool, open: &mut Vec<Glyph>, beside: &mut Beside) {
    let mut at = 0;
    while let Some(glyph) = line.get(at) {
        let next = line.get(at + 1).map(|glyph| glyph.ch);
        if glyph.ch == '\\' && next.is_some() {
            at += 2;
            continue;
        }
        let (opens, closes, length) = match glyph.ch {
            '*' | '_' if next == Some(glyph.ch) => {
                (true, true, line[at..].iter().take_while(|other| other.ch == glyph.ch).count())
            }
            '<' => tag(&line[at..]),
            _ => (false, false, 1),
        };
        if *within && closes {
            *within = false;
            for glyph in open.drain(..) {
                beside.sets_apart |= glyph.ch.is_alphabetic();
                beside.set_apart(glyph.at);
            }
        } else if opens {
            *within = true;
            open.clear();
        } else if *within && length == 1 {
            open.push(*glyph);
        }
        at += length;
    }
}

/// Characters of a tag, or of the words for a picture, that are looked at: what is longer is none.
const LONGEST: usize = 200;

/// Whether a tag opens or closes emphasis, and its length. Anything else is one character.
fn tag(rest: &[Glyph]) -> (bool, bool, usize) {
    let Some(end) = rest.iter().take(LONGEST).position(|glyph| glyph.ch == '>') else { return (false, false, 1) };
    let body: String = rest[1..end].iter().map(|glyph| glyph.ch.to_ascii_lowercase()).collect();
    let closes = body.starts_with('/');
    let name: String = body.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let styled = matches!(name.as_str(), "span" | "font") && body.contains(['=', '/']);
    let strong = super::html::is_strong(&name) || styled;
    (strong && !closes, strong && closes, end + 1)
}

/// `![words](address)` and `<img alt="words">`.
fn pictures(line: &[Glyph], beside: &mut Beside) {
    for at in 0..line.len() {
        let rest = &line[at..];
        let words = match rest {
            [Glyph { ch: '!', .. }, Glyph { ch: '[', .. }, tail @ ..] => {
                let end = tail.iter().take(LONGEST).position(|glyph| glyph.ch == ']');
                end.filter(|&end| tail.get(end + 1).is_some_and(|g| g.ch == '(')).map(|end| written(&tail[..end]))
            }
            [Glyph { ch: '<', .. }, tail @ ..] => {
                let end = tail.iter().take(LONGEST).position(|glyph| glyph.ch == '>').unwrap_or(0);
                let body = written(&tail[..end]);
                let is_picture = body.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("img "));
                is_picture.then(|| {
                    body.split_once("alt=\"").and_then(|(_, alt)| alt.split('"').next()).unwrap_or_default().to_owned()
                })
            }
            _ => None,
        };
        if let Some(words) = words {
            beside.picture(line[at].at, &words);
        }
    }
}

fn written(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.ch).collect()
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyph_lines};
    use super::*;

    fn seen(source: &str) -> (Beside, String) {
        let lines = glyph_lines(source, Spot::START);
        let mut beside = Beside::default();
        read(&lines, &mut beside);
        let apart =
            lines.iter().flatten().filter(|g| super::super::Stretch::any(&beside.apart, (g.at.line, g.at.column)));
        let apart = apart.map(|g| g.ch).collect();
        (beside, apart)
    }

    #[test]
    fn emphasis_stands_between_marks_that_close() {
        let (beside, apart) = seen("## **标题**\n收集**人脸\n信息**和<b>位置</b>。\n**不关");
        assert_eq!((beside.sets_apart, apart.as_str()), (true, "人脸信息位置"));
        assert!(!seen("# 标题\n全文没有").0.sets_apart);
    }

    #[test]
    fn pictures_keep_the_words_that_stand_for_them() {
        let (beside, _) = seen("邮箱：![客服邮箱](mail.png)<img src=\"a.png\" alt=\"电话\">");
        let found: Vec<_> = beside.pictures.iter().map(|p| (p.column, p.alt.as_str())).collect();
        assert_eq!(found, [(4, "客服邮箱"), (21, "电话")]);
    }
}
