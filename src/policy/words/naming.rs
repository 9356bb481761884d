//! How components are named: words for SDK, lists of them, makers, heads of columns.

use std::ops::Range;

use super::Words;
use crate::catalogue::Label;
use crate::policy::labels;
use crate::policy::normal::Normal;

impl Words<'_> {
    /// Whether a name says nothing but what kind of thing it is (第三方SDK, third-party SDKs).
    pub(crate) fn is_generic(&self, name: &str) -> bool {
        if self.names.is_generic(name) {
            return true;
        }
        let folded = self.fold(name);
        let mut parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty());
        self.spaced() && parts.all(|p| self.generic.contains(p))
    }

    /// A context with the words added that the hints of families are written in.
    pub(crate) fn with_hints(&self, context: &str) -> String {
        let mut hinted = context.to_owned();
        for (word, hint) in &self.hints {
            if word.is_in(context) {
                hinted.push('|');
                hinted.push_str(hint);
            }
        }
        hinted
    }

    /// Where the first word for a component in a text ends (控件, 组件, 引擎).
    pub(crate) fn component_end(&self, text: &str) -> Option<usize> {
        self.components.first(text).map(|word| word.end)
    }

    /// Whether a text ends with words that build into the app what follows (内嵌, 用的是).
    pub(crate) fn builds_in(&self, before: &str) -> bool {
        let mut before = before;
        while let Some(rest) = self.build_fillers.iter().find_map(|w| before.strip_suffix(w.as_str())) {
            before = rest.trim_end_matches(['"', '「', '(', '[', ':']);
        }
        if self.builds.ends(before) {
            return true;
        }
        // 我们使用: the bare verb, when the app itself is who uses it.
        let used = self.build_verbs.iter().find_map(|w| before.strip_suffix(w.as_str()));
        used.is_some_and(|rest| self.own_app.iter().any(|w| rest.ends_with(w.as_str())))
    }

    /// Whether a text ends with a word before the one who does something for the app (由).
    pub(crate) fn carried_by(&self, before: &str) -> bool {
        self.by_words.first().is_some_and(|w| before.ends_with(w.as_str()))
    }

    /// Bytes of the word that ends an enumeration (等) at the head of a text.
    pub(crate) fn etc(&self, text: &str) -> usize {
        self.language().meta.open_ended.iter().find(|w| text.starts_with(w.as_str())).map_or(0, |w| w.len())
    }

    /// Whether a text ends with the word that ends an enumeration.
    pub(crate) fn ends_in_etc(&self, text: &str) -> bool {
        self.language().meta.open_ended.iter().any(|w| text.ends_with(w.as_str()))
    }

    /// Whether a text ends with a bare verb of using whose clause has no user for its subject.
    pub(crate) fn uses(&self, before: &str) -> bool {
        let clause = before.rsplit([',', '。', ';', ':']).next().unwrap_or(before);
        self.build_verbs.iter().filter(|w| w.chars().count() > 1).any(|w| before.ends_with(w.as_str()))
            && !self.user_words.is_in(clause)
    }

    /// Whether a text between two names of an enumeration holds nothing but joints and brackets.
    pub(crate) fn only_joints(&self, text: &str) -> bool {
        let mut depth = 0_usize;
        let mut rest = String::new();
        for c in text.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '"' | '「' | '」' | '《' | '》' => {}
                _ if depth == 0 => rest.push(c),
                _ => {}
            }
        }
        self.between_names.has(&rest)
    }

    /// Whether a clause so far says that something is not done.
    pub(crate) fn is_refused(&self, before: &str) -> bool {
        self.refusals.is_in(before)
    }

    /// Whether a line announces components of others that the app holds, without the word SDK (嵌入的第三方元件如次).
    pub(crate) fn announces_components(&self, text: &str) -> bool {
        self.component_end(text).is_some() && (self.outsiders.is_in(text) || self.builds.is_in(text))
    }

    /// How many of the components named before a text takes up at its head (上面三家, 以上几款SDK): `None` for all of them, with
    /// where the words end.
    pub(crate) fn takes_up(&self, text: &str) -> Option<(Option<usize>, usize)> {
        // SDKs listed above
        if let Some(rest) = self.back_units.iter().find_map(|w| text.strip_prefix(w.as_str()))
            && let Some(tail) = self.back_behind.strip(rest.trim_start())
        {
            return Some((None, text.len() - tail.len()));
        }
        let back = self.back_words.iter().find_map(|w| text.strip_prefix(w.as_str()))?.trim_start();
        let first = back.chars().next()?;
        let count = match first {
            '两' | '二' => Some(2),
            '三' => Some(3),
            '四' => Some(4),
            '五' => Some(5),
            '六' => Some(6),
            '七' => Some(7),
            '八' => Some(8),
            '2'..='9' => first.to_digit(10).map(|d| d as usize),
            _ => None,
        };
        let rest =
            if count.is_some() || matches!(first, '几' | '各' | '些') { &back[first.len_utf8()..] } else { back };
        let unit = self.back_units.iter().find_map(|w| rest.strip_prefix(w.as_str()))?;
        // 该SDK, but not 该类SDK or 这几家.
        let one = rest.len() == back.len() && self.back_one.begins(text);
        Some((count.or(one.then_some(1)), text.len() - unit.len()))
    }

    /// Whether a text announces components named below at its head (以下SDK, 下列第三方组件).
    pub(crate) fn announces_group(&self, text: &str) -> bool {
        let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let forth = self.forth_words.iter().find_map(|w| head.strip_prefix(w.as_str()));
        forth.is_some_and(|rest| self.back_units.iter().any(|w| rest.trim_start().starts_with(w.as_str())))
    }

    /// Whether a folded text is the word SDK and nothing else.
    pub(crate) fn says_sdk_only(&self, text: &str) -> bool {
        self.sdk_words.has(text)
    }

    /// Whether a value says that nothing is collected (无, 暂无, 不涉及).
    pub(crate) fn says_none(&self, value: &str) -> bool {
        let folded = self.fold(value);
        let value = folded.trim_matches(|c: char| matches!(c, '。' | '.' | ';' | ',' | ' '));
        self.length(value) <= 24
            && self.none.words().iter().any(|w| value == w || (w.chars().count() >= 3 && value.starts_with(w.as_str())))
    }

    /// What a column head or label means; the most telling first.
    pub(crate) fn label(&self, text: &str) -> &[Label] {
        let text = labels::bare(text);
        let labels = self.labels.exact(text);
        if !labels.is_empty() {
            return labels;
        }
        // SDK名称/SDK Name, 使用目的Purpose: the first language of the head tells.
        let first = first_script(text).map(|part| self.labels.exact(part)).unwrap_or_default();
        if !first.is_empty() {
            return first;
        }
        // 三方SDK名称, 接入的SDK名称: any label that ends so.
        let named = self.says_sdk(text) && self.length(text) <= 16 && self.labels.ends_like_a_name(text);
        if named { &[Label::Name] } else { &[] }
    }

    /// What the head of a labelled line or of a column means, also one that is put together of such words (提供机构, 收集的字段).
    pub(crate) fn line_label(&self, text: &str) -> &[Label] {
        let known = self.label(text);
        if known.is_empty() { self.labels.composed(labels::bare(text)) } else { known }
    }

    /// Whether a folded text holds a word for SDK.
    pub(crate) fn says_sdk(&self, text: impl AsRef<str>) -> bool {
        let text = text.as_ref();
        self.sdk_words.is_in(text)
    }

    /// What a column head holds: a label, or a short line that ends like one and names no function (对应功能, 是否必需).
    pub(crate) fn column(&self, text: &str) -> Option<Label> {
        if let Some(&label) = self.line_label(text).first() {
            return Some(label);
        }
        if !(2..=8).contains(&self.length(text)) {
            return None;
        }
        let label = self.labels.by_ending(text)?;
        let normal = self.refolded(text);
        let names = self.capabilities.find(&normal, 0..text.len()).any(|f| !f.values.is_empty());
        (!names).then_some(label)
    }

    /// Whether a heading ends as the names of lists do.
    pub(crate) fn names_a_list(&self, text: &str) -> bool {
        self.list_names.ends(text)
    }

    /// Where the first word for SDK in a folded text ends.
    pub(crate) fn sdk_end(&self, text: &str) -> Option<usize> {
        self.sdk_words.firsts(text).map(|r| r.end).min()
    }

    /// Every place of a word for SDK, or with `services` for another embedded service.
    pub(crate) fn sdk_places(&self, text: &str, services: bool) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self.sdk_words.places(text).collect();
        if services {
            found.extend(self.service_words.places(text));
        }
        found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        found.dedup_by(|b, a| b.start < a.end);
        found
    }

    /// Whether what follows the word SDK still belongs to the name: a Latin word and nothing else.
    pub(crate) fn more_name(&self, tail: &str) -> bool {
        !tail.is_empty()
            && tail.len() <= 16
            && tail.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+'))
    }

    /// Where a name without the word SDK ends: before the first verb.
    pub(crate) fn name_stop(&self, text: &str) -> usize {
        self.stops.firsts(text).map(|r| r.start).filter(|&at| at > 0).min().unwrap_or(text.len())
    }

    /// Takes words that do not belong to a name from its left.
    pub(crate) fn strip_prefixes<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(rest) = self.prefixes.strip(text)
            && !self.is_head_of_word(text)
        {
            text = rest;
        }
        text
    }

    /// Whether a text begins with a word that only begins as a prefix or joint does (和风, 在线).
    pub(crate) fn is_head_of_word(&self, text: &str) -> bool {
        self.whole_heads.begins(text)
    }

    /// Whether a sentence says that words mean what they were defined to mean (按第二条理解, 与1.2同义).
    pub(crate) fn ties_terms(&self, sentence: &str) -> bool {
        self.same_meaning.is_in(sentence)
    }

    /// Whether nothing but a word for of or in stands between a whole and a part of it (照片的, 通讯录中的).
    pub(crate) fn is_of(&self, joint: &str) -> bool {
        self.of_words.has(joint) || self.out_of.iter().any(|w| w == joint)
    }

    /// Whether what follows the name of a group picks out one of it (终端标识中的OAID).
    pub(crate) fn names_part(&self, after: &str) -> bool {
        self.out_of.iter().any(|w| after.starts_with(w.as_str()))
    }

    /// Whether a cell repeats the one above it.
    pub(crate) fn repeats(&self, cell: &str) -> bool {
        self.same_as_above.iter().any(|w| w == cell)
    }

    /// Where the first further verb of taking in a text ends (取得, 用到, 要).
    pub(crate) fn taking_at(&self, text: &str) -> Option<Range<usize>> {
        self.taking.first(text)
    }

    /// Whether a text is the bare name of a maker of devices.
    pub(crate) fn is_maker(&self, text: &str) -> bool {
        let text = self.fold(text);
        self.makers.has(&text)
    }

    /// What follows the maker's name a text begins with.
    pub(crate) fn after_maker<'t>(&self, text: &'t str) -> Option<&'t str> {
        let folded = text.to_lowercase();
        self.makers.words().iter().find(|m| folded.starts_with(m.as_str())).and_then(|m| text.get(m.len()..))
    }

    /// The maker's name a text is, or begins with before words for devices (vivo手机的…).
    pub(crate) fn maker_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let folded = text.to_lowercase();
        self.makers.words().iter().find(|m| folded.starts_with(m.as_str())).and_then(|m| text.get(..m.len()))
    }

    /// What is left of `手机的厂商推送` when the words for devices are gone.
    pub(crate) fn class_suffix_of<'t>(&self, suffix: &'t str) -> &'t str {
        let mut suffix = suffix.trim();
        while let Some(rest) = self.device_words.strip(suffix) {
            suffix = rest.trim_start();
        }
        suffix
    }

    /// Makers named in a folded text, in order.
    pub(crate) fn makers_in(&self, text: &Normal, within: Range<usize>) -> Vec<Range<usize>> {
        let part = &text.text()[within.clone()];
        let mut found: Vec<Range<usize>> = self
            .makers
            .places(part)
            .map(|r| within.start + r.start..within.start + r.end)
            .filter(|r| text.whole_word(r))
            .collect();
        found.sort_by_key(|r| r.start);
        found
    }

    /// Whether a folded text speaks of a named outside service.
    pub(crate) fn talks_of_services(&self, text: &str) -> bool {
        self.service_talk.is_in(text) || self.service_words.is_in(text)
    }

    /// Where words for outside services other than SDKs stand.
    pub(crate) fn service_places(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self.service_words.places(text).collect();
        found.sort_by_key(|r| r.start);
        found
    }

    /// Where the last verb or function word ends after which a name may begin.
    pub(crate) fn verb_end(&self, text: &str) -> usize {
        self.verbs.last_end(text).unwrap_or(0)
    }

    /// `中国电信三家运营商的认证SDK`: the name before the count, and what stands behind the counted class.
    pub(crate) fn counted<'t>(&self, name: &'t str) -> Option<(&'t str, String)> {
        self.count_units.words().iter().find_map(|unit| {
            let at = name.find(unit.as_str())?;
            let own =
                name[..at].trim_end_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十数几等".contains(c));
            let shared = name[at + unit.len()..].trim_start();
            (own.len() < at && self.names.is_known(own)).then(|| (own, shared.to_owned()))
        })
    }

    /// Whether a text begins with what a provider does (开发, 支持).
    pub(crate) fn is_work(&self, text: &str) -> bool {
        self.providers.begins(text) || self.carriers.iter().any(|w| text.starts_with(w.as_str()))
    }

    /// What follows the words for an appendix and its number at the head of a line (附录二：第三方软件开发工具包).
    pub(crate) fn appendix<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = self.appendix.strip(text)?;
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
        Some(rest.trim_start_matches([':', '、', '.', '-', '\u{2014}', '《', ' '])).filter(|rest| !rest.is_empty())
    }

    /// Where in a description with a name behind it the name begins (崩溃分析的腾讯Bugly).
    pub(crate) fn after_description(&self, text: &str) -> Option<usize> {
        self.of_words.last_end(text).filter(|&at| {
            let name = &text[at..];
            // 阿里云的对象存储SDK: whose it is belongs to the name.
            let described = self.names.holds_known(&text[..at]);
            !name.is_empty()
                && !described
                && !name.contains(['(', ')'])
                && (self.names.is_known(name) || self.says_sdk(name) && !self.names.is_generic(name))
                && !self.names.is_known(text)
        })
    }

    /// Whether a text points back to names just given (这些第三方).
    pub(crate) fn points_back(&self, text: &str) -> bool {
        self.anaphors.is_in(text)
    }

    /// Whether a candidate for a name holds words that names do not hold.
    pub(crate) fn reads_like_a_sentence(&self, text: &str) -> bool {
        self.not_in_names.is_in(text)
    }

    /// Whether a folded text speaks of outside services that are listed like SDKs where the language has no other word for them.
    pub(crate) fn says_services(&self, text: &str) -> bool {
        self.spaced() && self.service_words.is_in(text)
    }

    /// Whether a phrase stands for the components of device makers (手机厂商Push).
    pub(crate) fn is_maker_class(&self, text: &str) -> bool {
        self.maker_class.is_in(text)
    }

    /// What a phrase for makers' components says behind the word for makers: `Push SDK`.
    pub(crate) fn class_suffix(&self, text: &str) -> String {
        let end = self.maker_class.last_end(text).unwrap_or(0);
        text[end..].trim_start_matches(['的', ' ', '系', '统', '级']).to_owned()
    }

    /// What a maker's component is called by what is said of all of them: nothing is a push channel.
    pub(crate) fn channel<'t>(&'t self, suffix: &'t str) -> &'t str {
        let said = suffix.chars().count() > 2 && !self.says_sdk_only(suffix);
        if said { suffix } else { self.default_channel.first().map_or("", String::as_str) }
    }

    /// Where an enumeration opens: behind 包括, 如下, a colon.
    pub(crate) fn enumeration_opens(&self, text: &str) -> Option<usize> {
        self.openers.firsts(text).map(|r| r.end).min().filter(|&at| at <= 48)
    }
}

/// The Chinese part of a head that says the same in Latin script behind it.
fn first_script(text: &str) -> Option<&str> {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let last = text.char_indices().rev().find(|&(_, c)| han(c))?;
    let end = last.0 + last.1.len_utf8();
    let rest = &text[end..];
    let latin = rest.bytes().filter(u8::is_ascii_alphabetic).count();
    (latin >= 4 && rest.starts_with(|c: char| c.is_ascii())).then(|| &text[..end])
}
