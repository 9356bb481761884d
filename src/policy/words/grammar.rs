//! Small words that hold sentences together.

use super::Words;

impl Words<'_> {
    /// Whether a folded term is a group word (设备信息, 网络信息) whose own list says what is meant.
    pub(crate) fn is_group(&self, term: &str) -> bool {
        self.groups.contains(term)
    }

    /// Whether a folded term means personal information as such, or a class of it that the law names.
    pub(crate) fn is_all_data(&self, term: &str) -> bool {
        self.all_data.is_in(term)
    }

    /// In a sentence that says at its head that it defines something (本约定所称…，包括), where the term begins and ends.
    pub(crate) fn term_opened(&self, sentence: &str) -> Option<(usize, usize)> {
        let rest = self.define_openers.strip(sentence)?;
        let end = self.define_joins.firsts(rest).map(|r| r.start).min()?;
        let at = sentence.len() - rest.len();
        Some((at, at + end))
    }

    /// A term without what introduces it (本政策所称设备信息).
    pub(crate) fn without_define<'t>(&self, term: &'t str) -> &'t str {
        self.define_openers.strip(term).unwrap_or(term)
    }

    /// Whether a folded word counts only beside the word permission or as the head of a row.
    pub(crate) fn is_strict(&self, word: &str) -> bool {
        self.strict.contains(word)
    }

    /// The word permission.
    pub(crate) fn permission_word(&self) -> &str {
        self.permission.words().first().map_or("", String::as_str)
    }

    /// Whether a folded text ends with the word permission.
    pub(crate) fn ends_in_permission(&self, text: &str) -> bool {
        self.permission.ends(text)
    }

    /// Where the word permission first stands.
    pub(crate) fn permission_at(&self, text: &str) -> Option<usize> {
        self.permission.first(text).map(|r| r.start)
    }

    /// Behind the last word permission.
    pub(crate) fn permission_last(&self, text: &str) -> Option<usize> {
        self.permission.last_end(text)
    }

    /// Whether a text holds nothing but what an enumeration holds: names of functions, joints and small words.
    pub(crate) fn enumerates(&self, text: &str) -> bool {
        if self.length(text) > 60 {
            return false;
        }
        let normal = self.refolded(text);
        let mut rest = String::new();
        let mut last = 0;
        for found in self.capabilities.find(&normal, 0..text.len()) {
            rest.push_str(&text[last..found.range.start]);
            last = found.range.end;
        }
        rest.push_str(&text[last..]);
        let mut rest = rest.trim_start_matches(' ');
        while !rest.is_empty() {
            let Some(after) = self.joints.strip(rest) else { return false };
            rest = after.trim_start_matches(' ');
        }
        true
    }

    /// What stands before the small word that leads to an item of an enumeration (crash reports with the device model).
    pub(crate) fn without_item_lead<'t>(&self, text: &'t str) -> &'t str {
        if !self.item_leads.ends(text.trim_end_matches(' ')) || !text.ends_with(' ') { text } else { "" }
    }

    /// Behind 包括, 例如 or a bracket at the head of a text.
    pub(crate) fn opens_examples<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.strip_prefix([',', '(', ':', '（']).unwrap_or(text).trim_start_matches(' ');
        if let Some(rest) = self.examples.strip(text) {
            return Some(rest.trim_start_matches([':', ',']));
        }
        None
    }

    /// Bytes of small words in the head of a permission item.
    pub(crate) fn head_filler(&self, head: &str) -> usize {
        self.fillers.places(head).map(|r| r.len()).sum()
    }

    /// Whether a text begins with a word for data in general (信息, 数据).
    pub(crate) fn begins_data_noun(&self, text: &str) -> bool {
        self.data_nouns.begins(text)
    }

    /// Whether a clause begins by telling what for.
    pub(crate) fn purpose_starts(&self, clause: &str) -> bool {
        let clause = clause.trim_start_matches(['(', '"', '、', ')', ',', ' ']);
        self.purposes.begins(clause)
    }

    /// Behind the last word inside a clause that tells what for, unless it stands in a bracket that is closed again.
    pub(crate) fn purpose_inside(&self, clause: &str) -> Option<usize> {
        let other: Vec<usize> = self.not_purposes.places(clause).map(|r| r.end).collect();
        let last = self.purposes_inside.places(clause).map(|r| r.end).filter(|end| !other.contains(end)).max()?;
        let closed = clause[last..].matches(')').count() > clause[last..].matches('(').count();
        (!closed).then_some(last)
    }

    /// Where the members of a group word may begin: behind 包括, 如, a colon.
    pub(crate) fn members_follow(&self, tail: &str) -> Vec<usize> {
        self.members.firsts(tail).filter(|r| self.length(&tail[..r.start]) <= 60).map(|r| r.end).collect()
    }

    /// Whether a text holds a word after which members are listed.
    pub(crate) fn opens_members(&self, text: &str) -> bool {
        self.members.is_in(text)
    }

    /// Where a sentence says that something is given to others (向…提供, to a payment service).
    pub(crate) fn given_to_others(&self, sentence: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for to in self.towards.places(sentence) {
            let tail = &sentence[to.end..];
            let Some(end) = self.give_verbs.firsts(tail).map(|r| r.start).min().filter(|&e| e > 0 && e <= 48) else {
                continue;
            };
            let whom = &tail[..end];
            if !self.ours.is_in(whom) && (self.names.is_known(whom) || self.others.is_in(whom)) {
                found.push(to.start);
            }
        }
        found
    }

    /// Behind 版本, 端, 系统 after the name of a platform.
    pub(crate) fn after_platform<'t>(&self, text: &'t str) -> &'t str {
        self.platform_tails.strip(text).unwrap_or(text)
    }

    /// Whether a text holds a verb of keeping or uploading.
    pub(crate) fn keeps(&self, text: &str) -> bool {
        self.keep_verbs.is_in(text)
    }

    /// Where verbs of keeping or uploading stand.
    pub(crate) fn keep_places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.keep_verbs.places(text)
    }

    /// Where words that limit stand (仅, 只).
    pub(crate) fn only_places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.only.places(text)
    }

    /// Whether a verb of keeping is denied beside the one of taking (不收集、不存储), and so limits nothing.
    pub(crate) fn denied_too(&self, before: &str, verb: &str) -> bool {
        self.keeps(verb) && self.negated_right_before(before)
    }

    /// Whether a clause begins with what the user may choose (如您选择手工录入).
    pub(crate) fn leaves_a_choice(&self, clause: &str) -> bool {
        self.cues.leaves_a_choice(clause)
    }

    /// Whether a clause only tells in which case the next one holds (…的, …时).
    pub(crate) fn sets_a_case(&self, clause: &str) -> bool {
        self.cases.ends(clause)
    }

    /// Where words end that say in which case something holds.
    pub(crate) fn cases_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.cases.places(text).map(|r| r.end)
    }

    /// Whether a clause makes an exception (除您选中的照片外).
    pub(crate) fn excepts(&self, clause: &str) -> bool {
        self.except.begins(clause) && self.except_ends.ends(clause)
    }

    /// Whether a clause speaks of what the user agrees to or does.
    pub(crate) fn speaks_of_consent(&self, clause: &str) -> bool {
        self.cues.speaks_of_consent(clause)
    }

    /// Whether a text holds a word for consent.
    pub(crate) fn gives_consent(&self, text: &str) -> bool {
        self.cues.gives_consent(text)
    }

    /// A text without a word for data at its head.
    pub(crate) fn without_data_noun<'t>(&self, text: &'t str) -> &'t str {
        self.data_nouns.strip(text).unwrap_or(text)
    }

    /// Whether a text ends with a word for the user.
    pub(crate) fn ends_with_user(&self, text: &str) -> bool {
        self.denial.users.ends(text.trim_end_matches(' '))
    }

    /// Whether a text begins with an exception or holds something beyond which (以外的).
    pub(crate) fn excepts_something(&self, text: &str) -> bool {
        self.except.strip(text).is_some_and(|rest| self.except_ends.is_in(rest)) || self.denial.beyond.is_in(text)
    }

    /// What a clause excepts (除您授权外, 通话之外).
    pub(crate) fn exception<'t>(&self, clause: &'t str) -> Option<&'t str> {
        let excepted = self.except_ends.strip_end(clause)?;
        Some(self.except.strip(excepted).unwrap_or(excepted))
    }

    fn negated_right_before(&self, before: &str) -> bool {
        let near = before.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        self.cues.negates(&before[near..])
    }

    /// Whether a text goes on to define the word before it; behind a quoted word the plain verb is enough.
    pub(crate) fn defines(&self, tail: &str, quoted: bool) -> bool {
        let verb = self.define_verbs.words().iter().find(|w| tail.starts_with(w.as_str()));
        verb.is_some_and(|w| quoted || w.chars().count() > 1)
    }

    /// Whether somebody else named before is joined to what follows (某某及其广告).
    pub(crate) fn joined_to(&self, before: &str) -> bool {
        let near = before.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
        self.and.firsts(&before[near..]).any(|r| near + r.start > 0)
    }

    /// Whether what is done follows its object (将…提供给).
    pub(crate) fn takes_object_first(&self, text: &str) -> bool {
        self.object_first.begins(text)
    }

    /// Whether a text ends with a word for data in general (信息, 数据).
    pub(crate) fn ends_as_data(&self, text: &str) -> bool {
        self.data_nouns.ends(text)
    }

    /// Whether a text ends with a word that limits (仅, 只).
    pub(crate) fn only_before(&self, text: &str) -> bool {
        self.only.ends(text)
    }

    /// Whether a text speaks of what is left of something named before (其余条目).
    pub(crate) fn speaks_of_the_rest(&self, text: &str) -> bool {
        self.rest_words.is_in(text)
    }

    /// Whether a cell says that the permission of its row is not asked for.
    pub(crate) fn says_not_asked(&self, cell: &str) -> bool {
        self.not_asked.begins(cell)
    }

    /// Whether a text begins with and.
    pub(crate) fn begins_and(&self, text: &str) -> bool {
        self.and.begins(text)
    }

    /// Whether a text speaks of what was named before (以上信息, 该权限).
    pub(crate) fn refers_back(&self, text: &str) -> bool {
        self.back_references.is_in(text)
    }

    /// Whether a text begins with a code that a server sends by text message (短信验证码).
    pub(crate) fn is_code(&self, text: &str) -> bool {
        self.codes.begins(text)
    }

    /// Whether a text limits (仅, 只).
    pub(crate) fn only(&self, text: &str) -> bool {
        self.only.is_in(text)
    }

    /// Whether a negation ends something only after an event that the words before it name (关闭后不再收集).
    pub(crate) fn ends_after(&self, before: &str, negation: &str) -> bool {
        self.no_longer.is_in(negation) && self.afterwards.is_in(before)
    }

    /// Where a sentence takes up the components named before (它们, 其).
    pub(crate) fn pronoun(&self, sentence: &str) -> Option<usize> {
        self.pronouns.first(sentence).map(|r| r.start)
    }

    /// Whether the name of a list speaks of third parties and not only of sharing with them.
    pub(crate) fn is_third_party(&self, text: &str) -> bool {
        self.others.words().first().is_some_and(|w| text.contains(w.as_str()))
    }
}
