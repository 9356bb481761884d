//! Names at the head of list items, headings and labelled lines.

use std::ops::Range;

use super::several::{nested_names, split_names};
use super::{Named, Scanner, fields, names, tidy};
use crate::catalogue::{Cue, Label};
use crate::policy::model::Role;
use crate::policy::outline::{Outline, Span};
use crate::policy::words::Words;

/// Characters a name has at most.
const NAME_LENGTH: usize = 40;

impl Scanner<'_> {
    /// `第三方SDK名称：…`; when the value is a Java package, the title line above is the name.
    pub(super) fn named_by_label(&self, outline: &Outline, index: usize, zone: Option<usize>) -> Option<Named> {
        let node = &outline.nodes[index];
        if node.row.is_some() || matches!(node.role, Role::Contents | Role::Contact) {
            return None;
        }
        let fields = fields(&node.span, self.words);
        let field = fields.iter().find(|f| f.label == Label::Name)?;
        let head = &node.span.folded()[field.head.clone()];
        let block = fields.iter().any(|f| f.label != Label::Name);
        let bare = !self.words.says_sdk(head) && zone.is_none() && !block;
        // `第三方名称：` beside a name of its own is the company.
        let value = node.span.source(field.value.clone()).trim();
        if value.is_empty() || (!self.words.says_sdk(head) && self.words.is_company(value)) {
            return None;
        }
        let context = self.context(outline, index);
        if fields::is_package(value) {
            let above = index
                .checked_sub(1)
                .map(|i| &outline.nodes[i])
                .filter(|n| n.row.is_none() && !n.body_text().is_empty());
            let (name, package) = match above {
                Some(n) if self.words.length(n.body_text()) <= NAME_LENGTH => {
                    (tidy(n.span.source(n.body..n.span.folded().len())), Some(value.to_owned()))
                }
                _ => (value.to_owned(), Some(value.to_owned())),
            };
            return Some(Named { names: vec![(name, field.value.clone())], context, package, alone: false });
        }
        if self.words.reads_like_a_sentence(&self.words.fold(value)) && self.words.length(value) > 16
            || self.words.length(value) > 60
        {
            return None;
        }
        let end = value_end(&node.span, &field.value);
        let names = split_names(&node.span, field.value.start..end, self.words, true);
        // `Third-party SDKs` is a heading, not a label and its value.
        let says_nothing = |n: &str| names::key(n).is_empty() || self.words.says_sdk_only(&self.words.fold(n));
        let names: Vec<_> = names.into_iter().filter(|(n, _)| !says_nothing(n)).collect();
        // A bare name line counts where the lines below go on to describe a known product.
        if bare
            && !(self.followed_by_details(outline, index) && names.iter().all(|(n, _)| self.words.names.is_known(n)))
        {
            return None;
        }
        (!names.is_empty()).then_some(Named { names, context, package: None, alone: false })
    }

    /// `3、友盟`, `“七牛”：由…提供`, `b.信鸽SDK 通过获取…`.
    pub(super) fn named_by_head(&self, outline: &Outline, index: usize, zone: Option<usize>) -> Option<Named> {
        let node = &outline.nodes[index];
        if node.row.is_some() {
            return None;
        }
        let text = node.span.folded();
        let body = node.body;
        let rest = text.get(body..)?;
        if let Some(named) = self.named_by_package(outline, index) {
            return Some(named);
        }
        // The line that announces the list is no entry of it.
        let bare = node.style.is_none() && !self.words.says_sdk(rest) && !rest.starts_with(['"', '“', '「', '【']);
        // A line of its own that is a known name, over the lines that describe it.
        let titled = bare && self.words.names.is_known(rest) && self.followed_by_details(outline, index);
        // A line without a mark right under the line that announces the list (极光推送，用于…，会收集…).
        let member = bare && zone.is_some() && zone == node.lead && self.announces(outline, zone);
        if bare && !titled && !member {
            return None;
        }
        let strong = zone.is_some_and(|z| self.strong_zone(outline, z));
        let (range, quoted) = head_range(rest, body, self.words)?;
        // 【某应用】第三方SDK清单: the title of the list.
        if quoted && self.words.names_a_list(text) && self.words.says_sdk(&text[range.end..]) {
            return None;
        }
        // What stands before the last verb is talk about the list (本应用使用了如下第三方SDK).
        let range = if quoted || !self.words.says_sdk(&text[range.clone()]) {
            range
        } else {
            let sdk = self.words.sdk_end(&text[range.clone()]).unwrap_or(0);
            let outside = &text[range.start..range.start + sdk];
            let outside = &outside[..outside.find('(').unwrap_or(outside.len())];
            let cut = self.words.verb_end(outside);
            if cut > 0 && names::key(&outside[cut..]).is_empty() {
                return None;
            }
            range.start + cut..range.end
        };
        // 用于崩溃分析的腾讯Bugly: what it does stands before it.
        let range =
            self.words.after_description(&text[range.clone()]).map_or(range.clone(), |at| range.start + at..range.end);
        let written = node.span.source(range.clone());
        let name = tidy(written);
        let folded = self.words.fold(&name);
        let (bare, company) = super::company::in_bracket(&name, self.words);
        let length = self.words.length(&self.words.fold(&bare));
        if length == 0
            || names::key(&name).is_empty()
            || length > NAME_LENGTH && split_names(&node.span, range.clone(), self.words, false).len() < 2
            || !self.words.label(&folded).is_empty()
            // 数据处理说明：, which no name of a component is.
            || text[range.end..].starts_with(':') && !self.words.line_label(&folded).is_empty()
            || (name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && self.words.constant(&name).is_some())
        {
            return None;
        }
        // (1) 某某公司：提供消息推送，收集…: a component named by its maker alone.
        let by_maker = self.words.is_company(&self.words.fold(&bare)) && !quoted;
        let takes = strong
            && node.style.is_some()
            && text[range.end..].starts_with(':')
            && self.words.cues(&node.span.normal, range.end..text.len()).iter().any(|c| c.cue == Cue::Collect);
        if general_talk(&folded, self.words) || by_maker && !takes {
            return None;
        }
        // The title of the list is no entry of it.
        if node.heading && self.words.names_a_list(&folded) && !self.words.names.holds_known(&name) {
            return None;
        }
        // 未集成任何广告SDK: no entry.
        let denied = |s: &crate::policy::sentence::Sentence| {
            let places = crate::policy::denied_sdks::places(text, s, self.words);
            places.iter().any(|d| d.start < range.end && range.start < d.end)
        };
        if node.span.sentences(self.words).iter().any(denied) {
            return None;
        }
        // 剪贴板 among the entries: a function of the device.
        let device = self.words.capabilities.find(&node.span.normal, range.clone()).any(|f| f.range == range);
        if device && !self.words.names.is_known(&name) {
            return None;
        }
        let whole = range.end >= text.len().saturating_sub(1);
        let sdk = self.words.says_sdk(&folded);
        let parts = split_names(&node.span, range.clone(), self.words, false);
        let known = parts.iter().all(|(n, _)| self.words.names.is_known(n) || fields::is_package(n));
        let holds = self.words.names.holds_known(&name);
        let generic = self.words.is_generic(&name);
        let detailed = self.followed_by_details(outline, index);
        // `5、萤石，收集设备型号…`: the line goes on to say what it does or takes.
        let tail = &text[range.end..];
        let tells = strong
            && node.style.is_some()
            && (company.is_some()
                || tail
                    .trim_start_matches(' ')
                    .starts_with([',', ':', '"', '」', '(', '\u{2014}', '\u{2013}', '-', '/', '|']))
            && length <= 20
            && !self.words.reads_like_a_sentence(&folded)
            && (company.is_some() || self.tells_use(&node.span, range.end..text.len()));
        let tells_list = text.ends_with(':')
            && !tail.starts_with([':', '('])
            && self.words.cues(&node.span.normal, range.end..text.len()).iter().any(|c| c.cue == Cue::ListFollows);
        if member && !titled {
            let tells = tail.starts_with([',', '(']) && self.tells_use(&node.span, range.end..text.len());
            if !known || !tells || text.ends_with(':') {
                return None;
            }
        }
        let announced = text.ends_with(':') && self.words.length(rest) > 20 || tells_list;
        let accept = if by_maker {
            true
        } else if generic {
            // 统计SDK as the head of an entry that goes on to say who runs it.
            sdk && node.style.is_some() && whole && detailed && strong
        } else if sdk {
            node.style.is_some() || whole || strong && (known || !self.words.reads_like_a_sentence(&folded))
        } else if node.heading && !detailed && !known {
            false
        } else if tells
            || strong && detailed && self.words.spaced() && node.style.is_some() && tail.starts_with(['(', ':'])
        {
            true
        } else {
            (quoted && node.style.is_some() && (known || holds || self.words.provides_something(rest) || detailed))
                || (quoted && strong && (known || holds))
                || (known && (node.style.is_some() || titled || member))
                || (holds && node.style.is_some() && (detailed || whole) && length <= 24)
                || (strong && whole && node.style.is_some() && detailed && length <= 20)
        };
        if !accept || announced && !quoted && !known {
            return None;
        }
        let context = self.context(outline, index);
        if fields::is_package(&name) {
            return Some(Named { names: vec![(name.clone(), range)], context, package: Some(name), alone: false });
        }
        let mut names = parts;
        names.extend(nested_names(&node.span, range, self.words));
        Some(Named { names, context, package: None, alone: member && !titled })
    }

    /// `com.amap.api(高德)` over lines that describe it: the product stands in the bracket.
    fn named_by_package(&self, outline: &Outline, index: usize) -> Option<Named> {
        let node = &outline.nodes[index];
        let written = node.span.source(node.body..node.span.folded().len());
        let (outside, inside) = names::brackets(written);
        if inside.trim().is_empty() || !fields::is_package(&outside) || !self.followed_by_details(outline, index) {
            return None;
        }
        let range = node.body..node.span.folded().len();
        let names = vec![(tidy(inside.trim()), range)];
        Some(Named {
            names,
            context: self.context(outline, index),
            package: Some(outside.trim().to_owned()),
            alone: false,
        })
    }

    /// Whether a part of a block says what a component takes, what it is for or who runs it.
    fn tells_use(&self, span: &Span, range: Range<usize>) -> bool {
        let tail = &span.folded()[range.clone()];
        self.words.cues(&span.normal, range.clone()).iter().any(|c| c.cue == Cue::Collect)
            || self.words.taking_at(tail).is_some()
            || self.holds_data(span, range)
            || self.words.purpose_inside(tail).is_some()
            || self.words.providers.is_in(tail)
            || self.words.company_endings().is_in(tail)
    }

    /// Whether the line that opened the zone ends in a colon and speaks of SDKs.
    fn announces(&self, outline: &Outline, zone: Option<usize>) -> bool {
        let text = zone.map_or("", |z| outline.nodes[z].span.folded());
        text.ends_with(':') && self.words.says_sdk(text)
    }

    /// Whether words for data stand in a part of a block.
    fn holds_data(&self, span: &Span, range: Range<usize>) -> bool {
        self.words.data.find(&span.normal, range).any(|f| f.values.iter().any(|v| !v.weak))
    }

    /// Whether the node that opened the zone says that what follows is a list of SDKs.
    fn strong_zone(&self, outline: &Outline, zone: usize) -> bool {
        let node = &outline.nodes[zone];
        let text = node.span.folded();
        node.role == Role::SdkList
            || text.ends_with(':')
            || self.words.cues(&node.span.normal, 0..text.len()).iter().any(|c| c.cue == Cue::ListFollows)
    }

    /// Whether the lines below carry labels of an entry, or a link.
    pub(super) fn followed_by_details(&self, outline: &Outline, index: usize) -> bool {
        outline.nodes[index + 1..].iter().filter(|n| !n.span.normal.is_empty()).take(3).any(|n| {
            n.span.folded().contains("http")
                || fields(&n.span, self.words).iter().any(|f| {
                    matches!(
                        f.label,
                        Label::Purpose
                            | Label::Data
                            | Label::Company
                            | Label::Permission
                            | Label::Link
                            | Label::Package
                    )
                })
        }) || fields(&outline.nodes[index].span, self.words).iter().any(|f| f.label != Label::Name)
    }

    /// The words that settle a vague name: the block and the few lines below it.
    fn context(&self, outline: &Outline, index: usize) -> String {
        let mut context = outline.nodes[index].span.folded().to_owned();
        for node in outline.nodes[index + 1..].iter().take(4) {
            if node.heading || node.row.is_some() || (node.style.is_some() && node.style == outline.nodes[index].style)
            {
                break;
            }
            if context.len() > 900 {
                break;
            }
            context.push('|');
            context.push_str(node.span.folded());
        }
        context
    }
}

fn value_end(span: &Span, value: &Range<usize>) -> usize {
    let line = span.normal.breaks().iter().map(|&b| b as usize).find(|&b| b > value.start).unwrap_or(value.end);
    line.min(value.end)
}

/// Where the name at the head of `rest` (beginning at `base`) stands, and whether in quotes.
fn head_range(rest: &str, base: usize, words: &Words) -> Option<(Range<usize>, bool)> {
    let first = rest.chars().next()?;
    if matches!(first, '"' | '「' | '【' | '《') {
        let open = first.len_utf8();
        let close = rest[open..].find(['"', '」', '】', '》'])?;
        // 【广告】穿山甲SDK: what it does stands in the bracket.
        let behind = open + close + rest[open + close..].chars().next().map_or(1, char::len_utf8);
        if first == '【' && words.is_generic(&rest[open..open + close]) && behind < rest.len() {
            let after = &rest[behind..];
            return (!after.starts_with(['【', ':'])).then(|| head_range(after, base + behind, words)).flatten();
        }
        return (first != '《').then_some((base + open..base + open + close, true));
    }
    let mut end = rest.len();
    let mut depth = 0_usize;
    // `友盟统计 / 示例公司 / 统计 / IMEI`: the parts of an entry, one of which is the company.
    let slashed = rest.split('/').count() >= 3 && rest.split('/').any(|p| words.is_company(p));
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | '。' | ':' | ';' | '!' | '?' | '|' | '\u{2014}' | '\u{2013}' if depth == 0 => {
                end = at;
                break;
            }
            '"' => {
                end = at;
                break;
            }
            '/' if slashed && depth == 0 => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let mut head = &rest[..end];
    if let Some(at) = head.find("http") {
        head = &head[..at];
    }
    // The name ends with the word SDK (and a bracket behind it), or before the first verb.
    if let Some(at) = words.sdk_end(head) {
        // 阿里OSS(对象存储SDK): the bracket belongs to the name.
        let open = head[..at].rfind('(').filter(|&open| !head[open..at].contains(')'));
        let at = open.map_or(at, |open| open + bracket_end(&head[open..]).max(at - open));
        let tail = &head[at..];
        let bracket = if words.spaced() { 0 } else { bracket_end(tail) };
        // `微信OpenSDK Android`: a Latin word may follow.
        let more = if bracket == 0 && words.more_name(tail) { tail.len() } else { bracket };
        head = &head[..with_more_names(head, at + more, words)];
    } else {
        let cut = words.name_stop(head);
        // A comma inside a bracket ends no name (Mapbox, Inc.).
        let open = head[..cut].matches('(').count() > head[..cut].matches(')').count();
        let cut = if open { head[cut..].find(')').map_or(cut, |at| cut + at + 1) } else { cut };
        head = &head[..cut];
        // What a bracket holds behind a Latin name is its company or a short form.
        if words.spaced() {
            head = head[..head.find('(').unwrap_or(head.len())].trim_end_matches(' ');
        }
    }
    (!head.is_empty()).then_some((base..base + head.len(), false))
}

/// Where the bracket ends that a text begins with, brackets inside it included; 0 without one.
fn bracket_end(text: &str) -> usize {
    super::company::outer_bracket(text).filter(|&(open, _)| open == 0).map_or(0, |(_, close)| close + 1)
}

/// Where the names end that are joined to the one ending at `end` (地图SDK、导航SDK（安卓）).
fn with_more_names(head: &str, mut end: usize, words: &Words) -> usize {
    while let Some(rest) = head[end..].strip_prefix(['、', '/', '和', '与', '及', '&']) {
        let Some(at) = words.sdk_end(rest) else { break };
        let name = &rest[..at];
        if words.length(name) > NAME_LENGTH
            || name.contains(['、', '('])
            || words.is_generic(name)
            || words.verb_end(name) > 0
            || words.name_stop(name) < name.len()
        {
            break;
        }
        let tail = &rest[at..];
        let bracket = bracket_end(tail);
        end = head.len() - tail.len().min(head.len()) + bracket;
    }
    end
}

/// Whether a line talks about things in general rather than about one component: it ends an entry.
pub(super) fn general_talk(text: &str, words: &Words) -> bool {
    words.general.begins(text)
}

/// `1、名，公司，用途，…`: the company among the parts of a line.
pub(super) fn company_part(span: &Span, words: &Words) -> Option<String> {
    let text = span.folded();
    let mut start = 0;
    for part in text.split_inclusive([',', ';', '。', ':', '、', '/', '|']) {
        let from = start;
        start += part.len();
        let part = part.trim_end_matches([',', ';', '。', ':', '、', '/', '|']);
        let bare = words.without_provider(part);
        // Adjust by Adjust GmbH
        let bare = if words.spaced() { bare.rsplit_once(" by ").map_or(bare, |(_, company)| company) } else { bare };
        let length = words.length(bare);
        if (5..=30).contains(&length) && words.is_company(bare) {
            return Some(tidy(span.source(from + part.len() - bare.len()..from + part.len())));
        }
    }
    None
}

/// `Mapbox Maps SDK (Mapbox, Inc.)`: the company in the first bracket, by its ending or as several words with capitals.
pub(super) fn bracketed(span: &Span, words: &Words) -> Option<String> {
    if !words.spaced() {
        return None;
    }
    let text = span.folded();
    let open = text.find('(')? + 1;
    let close = open + text[open..].find(')')?;
    let inner = &text[open..close];
    let capitals = span
        .source(open..close)
        .split_whitespace()
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()));
    let several = inner.contains(' ') && capitals && words.length(&text[..open]) <= NAME_LENGTH;
    let named = words.is_company(inner) || several && words.data.find(&span.normal, open..close).next().is_none();
    (!inner.is_empty() && words.length(inner) <= 30 && named).then(|| tidy(span.source(open..close)))
}

/// The company right behind a name, in a bracket or as its provider.
pub(super) fn company_behind(span: &Span, rest: Range<usize>, words: &Words) -> Option<String> {
    let text = &span.folded()[rest.clone()];
    let tail = text.trim_start_matches([' ', ',', '、']);
    let start = rest.end - tail.len();
    if let Some(inner) = tail.strip_prefix('(').and_then(|t| t.split(')').next())
        && words.is_company(inner)
    {
        return Some(tidy(span.source(start + 1..start + 1 + inner.len())));
    }
    words.providers.begins(tail).then(|| provider_behind(span, start, words)).flatten()
}

/// `provided by X`: the name behind.
fn provider_behind(span: &Span, after: usize, words: &Words) -> Option<String> {
    let text = span.folded();
    let from = after + words.providers.first(&text[after..])?.end;
    let from = from + text[from..].len() - text[from..].trim_start_matches(' ').len();
    let stop = |at: usize| text[at..].find(['。', ',', ';', '(', ')', ':', '、']).map_or(text.len(), |e| at + e);
    let mut end = stop(from);
    // `Mapbox, Inc.`
    if text[end..].starts_with(['、', ',']) {
        let next = end + text[end..].chars().next().map_or(1, char::len_utf8);
        let longer = stop(next);
        if words.is_company(&text[next..longer]) && longer - next < 8 {
            end = longer;
        }
    }
    let name = &text[from..end];
    let written = span.source(from..end);
    let proper = written.split_whitespace().all(|w| w.starts_with(char::is_uppercase)) && name.split(' ').count() <= 4;
    (!name.is_empty() && (words.is_company(name) || proper) && words.length(name) <= 30).then(|| tidy(written))
}

/// `由X公司提供`: the company in a part of a block.
pub(super) fn provider(span: &Span, within: Range<usize>, words: &Words) -> Option<String> {
    if words.spaced() {
        return provider_behind(span, within.start, words);
    }
    let text = &span.folded()[..within.end];
    let from = within.start + text[within.start..].find('由')? + '由'.len_utf8();
    let tail = &text[from..];
    let end = words.providers.firsts(tail).map(|r| r.start).min()?;
    let name = &tail[..end];
    if name.chars().count() > 30 || name.is_empty() || name.contains([',', '。', ';', '向', '为']) {
        return None;
    }
    let name = tidy(span.source(from..from + end));
    let somebody = words.is_company(&name) || name.chars().count() <= 8 && !words.is_nobody(&words.fold(&name));
    somebody.then_some(name)
}
