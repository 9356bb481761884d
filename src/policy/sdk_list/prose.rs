//! SDKs named in running text: before or behind the word SDK, spread over makers, or as a service somebody provides.

use std::ops::Range;

use super::{Part, Scanner, sentence_around};
use crate::policy::model::Role;
use crate::policy::names;
use crate::policy::outline::{Node, Outline, Span};
use crate::policy::place::Placer;

/// Characters a name in running text has at most.
const NAME_LENGTH: usize = 24;

/// Characters of a short form in brackets.
const SHORT_FORM: usize = 12;

/// Words of a product's name in running text.
const TOKENS: usize = 5;
/// Blocks before a sentence among which the components are that it takes up.
const TAKEN_UP: usize = 12;

/// A name found in running text.
pub(super) type Name = (String, Range<usize>);

impl Scanner<'_> {
    pub(super) fn running_text(&mut self, outline: &Outline, placer: &Placer) {
        for (index, node) in outline.nodes.iter().enumerate() {
            let spans: Vec<&Span> = match &node.row {
                // Rows of SDK tables are read; cells of others may name SDKs.
                Some(_) => continue,
                None => vec![&node.span],
            };
            if matches!(node.role, Role::Contents | Role::Definition | Role::Minors) || node.heading {
                continue;
            }
            for span in spans {
                self.block(node, span, index, placer);
            }
        }
    }

    fn block(&mut self, node: &Node, span: &Span, index: usize, placer: &Placer) {
        let text = span.folded();
        if text.is_empty()
            || !self.words.spaced()
                && self.words.names.brands_in(&span.normal, 0..text.len()).is_empty()
                && !self.words.says_sdk(text)
                && !self.words.talks_of_services(text)
        {
            return;
        }
        let listed = self.scan.scopes.get(&(placer.reading, index)).map(|s| s.entries.clone()).unwrap_or_default();
        let labelled = super::fields(span, self.words);
        let denied: Vec<Range<usize>> = span
            .sentences(self.words)
            .iter()
            .flat_map(|s| crate::policy::denied_sdks::places(text, s, self.words))
            .collect();
        let mut start = 0;
        while start < text.len() {
            let end = text[start..].find(['。', ';', '!', '?']).map_or(text.len(), |at| start + at);
            let sentence = start..end;
            start = end + text[end..].chars().next().map_or(1, char::len_utf8);
            let mut names = self.names_in(span, &sentence);
            if listed.is_empty() && !matches!(node.role, Role::Rights | Role::Update | Role::Contact) && !node.exception
            {
                for part in span.sentences(self.words).iter().filter(|s| sentence.contains(&s.range.start)) {
                    let mut more = self.brands(span, part);
                    if names.is_empty() && more.is_empty() {
                        more = self.companies_built_in(span, part);
                    }
                    names.extend(
                        more.into_iter()
                            .filter(|(_, r)| !names.iter().any(|(_, n)| n.start < r.end && r.start < n.end))
                            .collect::<Vec<_>>(),
                    );
                }
                names.sort_by_key(|(_, r)| r.start);
            }
            names.retain(|(_, at)| !denied.iter().any(|d| d.start <= at.start && at.end <= d.end));
            if names.is_empty() {
                self.taken_up(span, &sentence, index, placer);
                continue;
            }
            let mut entries = Vec::new();
            let mut places = Vec::new();
            let all: Vec<Range<usize>> = names.iter().map(|(_, r)| r.clone()).collect();
            let paired = super::company::paired(span, &sentence, &all, self.words);
            for (n, (name, range)) in names.into_iter().enumerate() {
                // Inside an entry only known names count, and the entry is not named anew by its own text.
                if !listed.is_empty() && !self.words.names.is_known(&name) {
                    continue;
                }
                let key = crate::policy::names::key(&name);
                if let Some(&own) = listed.iter().find(|&&e| {
                    let own = super::draft_key(&self.scan.drafts[e]);
                    own == key || own.contains(&key) || key.contains(&own)
                }) {
                    entries.push(own);
                    places.push((range, own));
                    continue;
                }
                let passage = placer.passage(span, range.clone(), sentence_around(text, &range));
                let entry = self.draft(&name, &text[sentence.clone()], false, node.platform, passage);
                if self.words.spaced() {
                    self.scan.drafts[entry].company =
                        super::head::company_behind(span, range.end..sentence.end, self.words);
                } else if self.scan.drafts[entry].company.is_none() {
                    let others: Vec<Range<usize>> = all.iter().filter(|r| **r != range).cloned().collect();
                    let own = paired.as_ref().and_then(|companies| companies.get(n).cloned());
                    self.scan.drafts[entry].company =
                        own.or_else(|| super::company::beside(span, &sentence, &range, &others, self.words));
                }
                let next = all.iter().map(|r| r.start).find(|&at| at >= range.end).unwrap_or(sentence.end);
                let first = labelled.partition_point(|f| f.head.start < range.end);
                let own = labelled[first..].iter().take_while(|f| f.head.start < next);
                for field in own.filter(|f| f.value.end <= next) {
                    let value = span.source(field.value.clone()).trim();
                    self.scan.drafts[entry].set(field.label, value, self.words);
                }
                if self.scan.drafts[entry].package.is_none() {
                    self.scan.drafts[entry].package = super::fields::package_behind(span, range.end..next, self.words);
                }
                entries.push(entry);
                places.push((range, entry));
            }
            self.scan.scopes.entry((placer.reading, index)).or_default().parts.push(Part {
                range: sentence,
                entries,
                names: places,
            });
        }
    }

    /// `以上三家会收集…`: the sentence speaks of the components named last.
    fn taken_up(&mut self, span: &Span, sentence: &Range<usize>, index: usize, placer: &Placer) {
        let text = &span.folded()[sentence.clone()];
        let Some((count, end)) = self.words.takes_up(text) else { return };
        let mut named: Vec<usize> = Vec::new();
        for node in (0..=index).rev().take(TAKEN_UP) {
            let Some(scope) = self.scan.scopes.get(&(placer.reading, node)) else { continue };
            let mut here: Vec<usize> =
                scope.entries.iter().chain(scope.parts.iter().flat_map(|p| &p.entries)).copied().collect();
            here.sort_unstable();
            here.dedup();
            for entry in here.into_iter().rev() {
                if !named.contains(&entry) {
                    named.push(entry);
                }
            }
            if count.is_some_and(|count| named.len() >= count) {
                break;
            }
        }
        named.truncate(count.unwrap_or(usize::MAX));
        if named.is_empty() || count.is_some_and(|count| named.len() < count) {
            return;
        }
        let place = sentence.start..sentence.start + end;
        let names = named.iter().map(|&e| (place.clone(), e)).collect();
        self.scan.scopes.entry((placer.reading, index)).or_default().parts.push(Part {
            range: sentence.clone(),
            entries: named,
            names,
        });
    }

    fn names_in(&self, span: &Span, sentence: &Range<usize>) -> Vec<Name> {
        let text = span.folded();
        let mut found: Vec<Name> = Vec::new();
        let places: Vec<Range<usize>> = self
            .words
            .sdk_places(&text[sentence.clone()], false)
            .into_iter()
            .map(|r| r.start + sentence.start..r.end + sentence.start)
            .collect();
        for place in &places {
            let names = self.before(span, sentence, place);
            found.extend(names);
        }
        if let Some(last) = places.last() {
            found.extend(self.behind(span, last.end..sentence.end));
        }
        if found.is_empty() || places.is_empty() {
            found.extend(self.services(span, sentence));
        }
        if self.words.spaced() {
            found.retain(|(n, _)| !n.is_empty());
            for (name, range) in self.products(span, sentence) {
                if !found.iter().any(|(_, r)| r.start < range.end && range.start < r.end) {
                    found.push((name, range));
                }
            }
            found.sort_by_key(|(_, r)| r.start);
        }
        found.dedup_by(|a, b| a.0 == b.0);
        found
    }

    /// Names before the word SDK at `place`.
    fn before(&self, span: &Span, sentence: &Range<usize>, place: &Range<usize>) -> Vec<Name> {
        let text = span.folded();
        // `SDK/API版本`: the word itself is the subject.
        if self.words.is_data_here(span, place)
            || text[place.end..].starts_with(['/', '~'])
            || text[..place.start].ends_with(['~', '%', '=', '_'])
        {
            return Vec::new();
        }
        let head = &text[sentence.start..place.start];
        // “实人认证”SDK
        if let Some(quoted) = self.quoted(span, sentence, place) {
            return vec![quoted];
        }
        // 听云（X公司）应用性能监测SDK
        if let Some(name) = self.around_bracket(span, sentence, place) {
            return vec![name];
        }
        let open = head
            .rfind([',', '。', ':', ';', '(', ')', '"', '《', '》', '「', '」', '【', '】', '|', '\u{2014}'])
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let mut from = sentence.start + open;
        // The last verb or function word before the name.
        let candidate = &text[from..place.start];
        let cut = self.words.verb_end(candidate);
        from += cut;
        from += text[from..place.start].len() - text[from..place.start].trim_start_matches(' ').len();
        let stripped = self.words.strip_prefixes(&text[from..place.start]);
        from = place.start - stripped.len();
        let mut to = place.end;
        let core = stripped.trim_end_matches(['的', ':']);
        if core.is_empty() || self.words.points_back(core) {
            return self.anaphor(span, sentence, place);
        }
        let joined = core.len() == stripped.len();
        // A bracket behind the name belongs to it.
        if !joined {
            to = from + core.len();
        }
        let mut names = Vec::new();
        let parts = self.parts(span, from..if joined { place.start } else { to });
        let count = parts.len();
        // 更新内容、三方SDK统计: where no name stands right before the word, only known ones are components.
        let unnamed = joined
            && count > 1
            && parts.last().is_some_and(|r| names::key(&text[r.clone()]).is_empty() && !text[r.clone()].contains('等'));
        for (n, part) in parts.into_iter().enumerate() {
            let last = n + 1 == count;
            let range = if last && joined { part.start..to } else { part };
            let range = self.trimmed(span, range);
            let name = super::tidy(span.source(range.clone()));
            if unnamed && !last && !self.words.names.holds_known(&name) {
                continue;
            }
            if self.plausible(&name) || self.words.is_company(core) && joined != (core.len() != stripped.len()) {
                names.push((name, range));
            }
        }
        // 下载皮肤、更新内容、第三方SDK统计: what stands before an SDK without a name is no name for that.
        if joined && count > 1 && names.last().is_none_or(|(_, range)| range.end < to) {
            names.retain(|(name, _)| self.words.names.holds_known(name));
        }
        // 中国移动、中国联通两家运营商的认证SDK: the last says how many and what they are.
        if count > 1
            && let Some((last, _)) = names.last_mut()
            && let Some((own, shared)) = self.words.counted(last)
        {
            *last = own.to_owned();
            for (name, _) in &mut names {
                if self.words.names.is_vague(name) && !self.words.says_sdk_only(&self.words.fold(&shared)) {
                    name.push_str(&shared);
                }
            }
            return names;
        }
        // `华为/小米手机的，对应的手机厂商Push SDK`: the class stands for every maker named.
        if names.is_empty() || names.iter().all(|(n, _)| self.words.is_generic(n)) {
            // X公司提供的设备指纹SDK: a function with its maker is a product.
            let candidate = span.source(from..place.end);
            // X公司提供，…接入该公司的定位SDK: the brand of the company named before.
            if let Some(function) = self.words.of_that_company(&text[from..place.end]) {
                let joint = text[from + function..place.start].rfind(['与', '和', '、', '及']);
                let start = joint.map_or(from + function, |at| {
                    let at = from + function + at;
                    at + text[at..].chars().next().map_or(1, char::len_utf8)
                });
                let company = super::company::all(span, &(sentence.start..from), self.words).pop();
                let brand = company.and_then(|c| self.words.names.short_brand(&span.normal, c));
                return brand
                    .map(|b| (format!("{}{}", span.source(b), span.source(start..place.end)), start..place.end))
                    .into_iter()
                    .collect();
            }
            if joined
                && self.words.names.says_function(candidate)
                && super::company::beside(span, sentence, &(from..place.end), &[], self.words).is_some()
            {
                return vec![(super::tidy(candidate), from..place.end)];
            }
            let class = span.source(from..place.end).to_owned();
            if let Some(spread) = self.spread(span, sentence, place, &class) {
                return spread;
            }
            return self.anaphor(span, sentence, place);
        }
        // 小米/华为/OPPO推送SDK: what the last one is for holds for all.
        if count > 1
            && let Some((last, _)) = names.last().cloned()
            && let Some(suffix) = self.words.after_maker(&last)
            && !suffix.is_empty()
        {
            let suffix = suffix.to_owned();
            for (name, _) in &mut names {
                if let Some(maker) = self.words.maker_of(&last).filter(|_| *name == last) {
                    *name = format!("{maker}{}", self.words.class_suffix_of(&suffix));
                } else if self.words.is_maker(name) {
                    name.push_str(self.words.class_suffix_of(&suffix));
                }
            }
        }
        names
    }

    /// A candidate without the words before a known name in it (日志上报走的是阿里云日志服务SDK, 会分别启用华为).
    fn trimmed(&self, span: &Span, range: Range<usize>) -> Range<usize> {
        let text = span.folded();
        let whole = &text[range.clone()];
        if let Some(at) = self.words.after_description(whole) {
            return range.start + at..range.end;
        }
        if self.words.names.is_known(whole) {
            return range;
        }
        let brand = self.words.names.brands_in(&span.normal, range.clone()).into_iter().next();
        match brand {
            Some(brand) if text[range.start..brand.start].chars().count() >= 4 => brand.start..range.end,
            _ => range,
        }
    }

    /// A name in quotes right before the word SDK.
    fn quoted(&self, span: &Span, sentence: &Range<usize>, place: &Range<usize>) -> Option<Name> {
        let text = span.folded();
        let head = &text[sentence.start..place.start];
        let close = head.chars().next_back().filter(|c| matches!(c, '"' | '」' | '》' | '】' | ']'))?;
        let inside_end = place.start - close.len_utf8();
        let open = match close {
            '」' => '「',
            '》' => '《',
            '】' => '【',
            ']' => '[',
            other => other,
        };
        let start = text[sentence.start..inside_end].rfind(open)? + sentence.start + open.len_utf8();
        let name = super::tidy(span.source(start..inside_end));
        self.plausible(&name).then_some((name, start..inside_end))
    }

    /// A known brand, its company in brackets, and what the component does: one name.
    fn around_bracket(&self, span: &Span, sentence: &Range<usize>, place: &Range<usize>) -> Option<Name> {
        let text = span.folded();
        let head = &text[sentence.start..place.start];
        let close = head.rfind(')')?;
        let function = &head[close + 1..];
        let mut depth = 0_usize;
        let open = head[..=close].char_indices().rev().find_map(|(at, c)| {
            match c {
                ')' => depth += 1,
                '(' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at)
        })?;
        // 示例推送（SLTS）SDK: a short form in the bracket, and nothing between it and the word.
        let short = function.is_empty() && head[open + 1..close].chars().count() <= SHORT_FORM;
        if !(short || self.words.names_company(&head[open + 1..close]))
            || function.chars().count() > 12
            || function.contains([',', '、', '。', ':'])
            || self.words.verb_end(function) > 0
            || self.words.name_stop(function) < function.len()
        {
            return None;
        }
        let brand = self
            .words
            .names
            .brands_in(&span.normal, sentence.start..sentence.start + open)
            .into_iter()
            .find(|r| r.end == sentence.start + open)?;
        let range = brand.start..place.end;
        Some((super::tidy(span.source(range.clone())), range))
    }

    fn parts(&self, span: &Span, range: Range<usize>) -> Vec<Range<usize>> {
        let text = &span.folded()[range.clone()];
        let mut parts = Vec::new();
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let joint = matches!(c, '、' | '/' | '及' | '和' | '与' | '或' | ',');
            // 和讯, 互联: a joint inside a known name is none.
            if joint && !self.words.names.is_known(text) && !self.words.is_head_of_word(&text[at..]) {
                if at > start {
                    parts.push(range.start + start..range.start + at);
                }
                start = at + c.len_utf8();
                if text[start..].starts_with('以') && text[start..].starts_with("以及") {
                    start += "以及".len();
                }
            }
        }
        if start < text.len() {
            parts.push(range.start + start..range.end);
        }
        parts
    }

    pub(super) fn plausible(&self, name: &str) -> bool {
        let length = self.words.length(name);
        (2..=NAME_LENGTH).contains(&length)
            && !self.words.is_generic(name)
            && !self.names_data(name)
            && !name.split_whitespace().any(|w| w.contains('_') && self.words.constant(w).is_some())
            && !self.words.is_company(name)
            && !self.words.reads_like_a_sentence(&self.words.fold(name))
            && self.words.label(&self.words.fold(name)).is_empty()
    }

    /// Whether a candidate is the name of a kind of data (OAID).
    fn names_data(&self, name: &str) -> bool {
        if !name.is_ascii() {
            return false;
        }
        let normal = crate::policy::normal::Normal::new(name);
        let whole = 0..normal.text().len();
        self.words.data.find(&normal, whole.clone()).any(|f| f.range == whole && f.values.iter().any(|v| !v.weak))
    }

    /// Makers named in the sentence, each with the class of component the sentence speaks of.
    fn spread(&self, span: &Span, sentence: &Range<usize>, place: &Range<usize>, class: &str) -> Option<Vec<Name>> {
        if !self.words.is_maker_class(&self.words.fold(class)) {
            return None;
        }
        let makers = self.words.makers_in(&span.normal, sentence.start..place.start);
        if makers.len() < 2 {
            return None;
        }
        let suffix = self.words.class_suffix(class);
        Some(makers.into_iter().map(|r| (format!("{}{suffix}", span.source(r.clone())), r)).collect())
    }

    /// `广点通、头条、玉米是…合作伙伴，为此接入这些第三方的SDK`.
    fn anaphor(&self, span: &Span, sentence: &Range<usize>, place: &Range<usize>) -> Vec<Name> {
        let text = span.folded();
        let head = &text[sentence.start..place.start];
        let tail = head.rfind([',', ':']).map_or(head, |at| &head[at + 1..]);
        if !self.words.points_back(tail) {
            return Vec::new();
        }
        let first = head.find([',', ':']).map_or(head, |at| &head[..at]);
        let first = &first[..self.words.name_stop(first)];
        let parts = self.parts(span, sentence.start..sentence.start + first.len());
        if parts.len() < 2 {
            return Vec::new();
        }
        let names: Vec<Name> = parts
            .into_iter()
            .map(|r| (super::tidy(span.source(r.clone())), r))
            .filter(|(n, _)| self.plausible(n))
            .collect();
        let known = names.iter().filter(|(n, _)| self.words.names.holds_known(n)).count();
        if names.len() >= 2 && known * 2 >= names.len() { names } else { Vec::new() }
    }

    /// `SDK包括：友盟、极光推送`.
    fn behind(&self, span: &Span, range: Range<usize>) -> Vec<Name> {
        let text = &span.folded()[range.clone()];
        let Some(at) = self.words.enumeration_opens(text) else { return Vec::new() };
        let list =
            range.start + at..range.start + text[at..].find(['。', ';', '!', '?']).map_or(text.len(), |e| at + e);
        let names: Vec<Name> = self
            .parts(span, list)
            .into_iter()
            .map(|r| (super::tidy(span.source(r.clone())), r))
            .filter(|(n, _)| {
                self.plausible(n) && (self.words.names.is_known(n) || self.words.says_sdk(n.to_lowercase()))
            })
            .collect();
        names
    }

    /// Products the catalogue knows, written with capitals, in a sentence about what the app is built with.
    fn products(&self, span: &Span, sentence: &Range<usize>) -> Vec<Name> {
        let text = &span.folded()[sentence.clone()];
        // `Analytics: X and Y`: what they do stands before the names.
        let label = text.find(':').is_some_and(|at| self.words.is_generic(&text[..at]));
        let told = label || self.words.talks_of_services(text) || self.words.says_sdk(text);
        // What was named before may be named again in any sentence.
        let named = |name: &str| {
            let ids = self.words.names.resolve(name, "").ids;
            self.scan.drafts.iter().any(|d| d.reading == self.reading && d.resolution.ids.first() == ids.first())
        };
        let mut tokens: Vec<Range<usize>> = Vec::new();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            match tokens.last_mut() {
                Some(last) if c.is_alphanumeric() && last.end == at => last.end = end,
                _ if c.is_alphanumeric() => tokens.push(at..end),
                _ => {}
            }
        }
        let written = |r: &Range<usize>| span.source(sentence.start + r.start..sentence.start + r.end);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let capital = written(&tokens[at]).starts_with(char::is_uppercase);
            let hit = (1..=TOKENS.min(tokens.len() - at)).rev().filter(|_| capital).find_map(|count| {
                let range = tokens[at].start..tokens[at + count - 1].end;
                let apart =
                    tokens[at..at + count].windows(2).all(|w| matches!(&text[w[0].end..w[1].start], " " | "-" | "+"));
                let name = written(&range);
                let first = count == 1 && at == 0;
                let fits = apart && self.words.names.is_product(name) && !self.words.is_generic(name);
                (fits && (told && !first || named(name))).then(|| (count, super::tidy(name), range))
            });
            match hit {
                Some((count, name, range)) => {
                    found.push((name, sentence.start + range.start..sentence.start + range.end));
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }
}
