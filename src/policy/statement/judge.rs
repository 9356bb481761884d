//! Which words of running text and list items are disclosures, which are denials, and which are neither.

use std::ops::Range;

use super::{Frame, Reader};
use crate::catalogue::{CapabilityId, Cue, DataItemId, Label};
use crate::policy::model::{Basis, Party, Platform, Role};
use crate::policy::outline::Span;
use crate::policy::sentence::Sentence;

/// A word of the catalogue in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub range: Range<usize>,
    pub capabilities: Vec<CapabilityId>,
    pub data: Vec<DataItemId>,
    pub weak: bool,
}

/// Kinds of data in one clause from which it is a list of what is collected.
const LISTED_DATA: usize = 3;

/// The verdict on a word.
pub(super) enum Verdict {
    Disclosed(Basis),
    Not(&'static str),
}

impl Reader<'_> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn judge(
        &self,
        span: &Span,
        sentence: &Sentence,
        clause: &Range<usize>,
        word: &Word,
        frame: &Frame,
        head: Option<&(Range<usize>, Vec<CapabilityId>)>,
        field: Option<(Label, bool)>,
        platform: Platform,
    ) -> Verdict {
        let text = span.folded();
        let capability = !word.capabilities.is_empty();
        let written = &text[word.range.clone()];
        let sdk = frame.parties.iter().any(|p| matches!(p, Party::Sdk(_)));
        match frame.role {
            Role::Contents => return Verdict::Not("contents"),
            Role::Definition => return Verdict::Not("definition"),
            Role::Rights => return Verdict::Not("withdrawal"),
            Role::Minors => return Verdict::Not("minors"),
            Role::Update => return Verdict::Not("update"),
            Role::Contact => return Verdict::Not("contact"),
            _ => {}
        }
        if frame.exception {
            return Verdict::Not("exception");
        }
        if !platform.covers_android() {
            return Verdict::Not(match platform {
                Platform::Ios => "ios-only",
                Platform::Harmony => "harmony-only",
                _ => "other-platform",
            });
        }
        if frame.denied.is_some() {
            return Verdict::Not("denied-list");
        }
        // The words that name a list are no item of it: `设备标识符（IMEI、…）`, `网络信息：…包括…`.
        let group = self.words.is_group(written) || self.definitions.terms.contains_key(written);
        if group && self.lists_members(text, &word.range, sentence) {
            return Verdict::Not("list-name");
        }
        let is_sms = |id: &str| matches!(id, "sms" | "sms_send");
        let sms = word.capabilities.iter().any(|c| is_sms(c.as_str())) || word.data.iter().any(|d| is_sms(d.as_str()));
        let reads = sentence.cues.iter().any(|c| {
            let own = sentence.clause_of(c.range.start);
            c.cue == Cue::ReadsSms && !sentence.cues_in(Cue::Negation, &own).any(|n| n.start <= c.range.start)
        });
        // 短信验证码: what the server sends and the user types in.
        if sms && !sdk && !reads && self.words.is_code(&text[word.range.start..]) {
            return Verdict::Not("server-side");
        }
        if let Some((label, in_head)) = field {
            let speaks = matches!(label, Label::Data | Label::Permission);
            // 公司：…, 收集信息：…: the label itself is no item.
            if in_head && sdk && !capability {
                return Verdict::Not("list-name");
            }
            if !speaks && !in_head && sdk {
                return Verdict::Not("purpose");
            }
            if speaks && !in_head && (sdk || frame.listed || frame.active) {
                return Verdict::Disclosed(if capability { Basis::Permission } else { Basis::Data });
            }
        }
        if frame.silent {
            return Verdict::Not("purpose");
        }
        if sentence.has(Cue::Define) && !sdk {
            return Verdict::Not("definition");
        }
        if sentence.cues.iter().any(|c| c.cue == Cue::UserDuty && c.range.start < word.range.start) {
            return Verdict::Not("user-duty");
        }
        let at_head = head.is_some_and(|(h, _)| h.contains(&word.range.start));
        let withdrawn = sentence.cues_in(Cue::Withdraw, clause).any(|c| c.start < word.range.start)
            || (sentence.has(Cue::SettingsPath) && sentence.has(Cue::Withdraw));
        if withdrawn && !at_head {
            return Verdict::Not("withdrawal");
        }
        if sentence.has_in(Cue::Refusal, clause) {
            return Verdict::Not("refusal");
        }
        let names = |ids: &[&str]| {
            word.capabilities.iter().any(|c| ids.iter().any(|i| *c == *i))
                || word.data.iter().any(|d| ids.iter().any(|i| *d == *i))
        };
        if self.notified(sentence, clause, word)
            && names(&["notifications", "push", "sms", "call", "email", "phone"])
            && !self.permission_follows(text, &word.range, clause)
        {
            return Verdict::Not("contact-channel");
        }
        if sms
            && !reads
            && !at_head
            && !frame.listed
            && !self.permission_follows(text, &word.range, clause)
            && !self.permission_before(text, &word.range, sentence)
        {
            return Verdict::Not("server-side");
        }
        if (sentence.has_in(Cue::CustomerService, clause)
            || sentence.has(Cue::CustomerService) && names(&["call-log", "call_log"]))
            && names(&["call", "call-log", "microphone", "call_log", "audio_record"])
            && !at_head
            && !self.permission_follows(text, &word.range, clause)
        {
            return Verdict::Not("customer-service");
        }
        if sentence.has(Cue::OwnUse) && names(&["usage-stats", "app_usage"]) {
            return Verdict::Not("own-app");
        }
        let denied = sentence.cues_in(Cue::Negation, clause).any(|n| n.end <= word.range.start);
        if sentence.has_in(Cue::Unrelated, clause) && !denied || self.in_other_sense(text, &word.range) {
            return Verdict::Not("other-sense");
        }
        if sentence.has(Cue::OtherProduct) && !sdk {
            return Verdict::Not("other-product");
        }
        if sentence.has(Cue::Publish) && !sdk {
            return Verdict::Not("user-published");
        }
        if sentence.has(Cue::MeansOfLocation)
            && names(&["bluetooth", "body-sensors", "sensor_list", "bluetooth_devices", "nearby_devices"])
        {
            return Verdict::Not("means-of-location");
        }
        if capability {
            return self.judge_capability(span, text, sentence, clause, word, frame, at_head, written, sdk);
        }
        self.judge_data(span, text, sentence, clause, word, frame, head, at_head, sdk)
    }

    /// Whether the clause tells how users are told of something. Where the verb stands before its object, only what stands behind
    /// the verb of telling, and behind no verb of taking since, is a way of telling.
    fn notified(&self, sentence: &Sentence, clause: &Range<usize>, word: &Word) -> bool {
        sentence.cues_in(Cue::Notice, clause).any(|notice| {
            !self.words.spaced()
                || notice.start <= word.range.start
                    && !sentence.has_in(Cue::Gather, &(notice.end..word.range.start.max(notice.end)))
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn judge_capability(
        &self,
        span: &Span,
        text: &str,
        sentence: &Sentence,
        clause: &Range<usize>,
        word: &Word,
        frame: &Frame,
        at_head: bool,
        written: &str,
        sdk: bool,
    ) -> Verdict {
        let strict = self.words.is_strict(written);
        if at_head && (frame.listed || frame.active || matches!(frame.role, Role::Collection | Role::PermissionList)) {
            return Verdict::Disclosed(Basis::Permission);
        }
        let restricted = matches!(frame.role, Role::Storage | Role::Security);
        if self.permission_follows(text, &word.range, clause) || self.permission_before(text, &word.range, sentence) {
            return if restricted && !sentence.has(Cue::Ask) {
                Verdict::Not("security")
            } else {
                Verdict::Disclosed(Basis::Permission)
            };
        }
        // 读取存储, 获取电话状态: a verb of reaching right before it.
        let grasped = sentence.affirmed(Cue::Collect).any(|c| {
            c.start >= clause.start
                && c.end <= word.range.start
                && self.words.length(&text[c.end..word.range.start]) <= 4
                && !sentence.has_in(Cue::Gather, c)
        });
        if strict && grasped && !restricted && !word.capabilities.iter().any(|c| self.words.is_notice(c)) {
            return Verdict::Disclosed(Basis::Permission);
        }
        if strict && self.words.spaced() && !restricted && sentence.has(Cue::Ask) && self.beside_member(span, word) {
            return Verdict::Disclosed(Basis::Permission);
        }
        if strict {
            return if frame.listed && sdk && self.own_item(span, &word.range) {
                Verdict::Disclosed(Basis::Permission)
            } else {
                Verdict::Not("weak-word")
            };
        }
        let verb = |cue| {
            sentence.cues.iter().any(|c| {
                c.cue == cue
                    && c.range.end <= word.range.start + written.len()
                    && c.range.start >= sentence.range.start
                    && near(c.range.end, word.range.start, text, self.words.reach(REACH))
            })
        };
        let taken = verb(Cue::Collect) || (!restricted && (verb(Cue::Access) || verb(Cue::Ask)));
        let negated = sentence.cues_in(Cue::Negation, clause).any(|n| n.end <= word.range.start);
        if negated {
            return Verdict::Not("negated");
        }
        // In the sections on what is collected, naming a function of the device is saying that it is used.
        let told = !word.weak
            && !frame.heading
            && matches!(frame.role, Role::Body | Role::Collection | Role::PermissionList | Role::SdkList);
        if taken
            || told
            || (frame.active && (sdk || frame.listed) && self.own_item(span, &word.range))
            || (!word.weak && !restricted && (frame.active || sdk))
        {
            return Verdict::Disclosed(if word.weak { Basis::Function } else { Basis::Permission });
        }
        Verdict::Not(if word.weak { "weak-word" } else { "no-verb" })
    }

    /// Whether the word stands in an enumeration beside the name of a capability that needs no such sign itself.
    fn beside_member(&self, span: &Span, word: &Word) -> bool {
        let text = span.folded();
        let from = text[..word.range.start].rfind(['。', ';', ',']).map_or(0, |at| at + 1);
        let from = (from..=word.range.start).find(|&at| text.is_char_boundary(at)).unwrap_or(word.range.start);
        self.words.capabilities.find(&span.normal, from..word.range.start).any(|f| {
            let member = !f.values.is_empty() && !self.words.is_strict(&text[f.range.clone()]);
            member && self.words.enumerates(&text[f.range.end..word.range.start])
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn judge_data(
        &self,
        span: &Span,
        text: &str,
        sentence: &Sentence,
        clause: &Range<usize>,
        word: &Word,
        frame: &Frame,
        head: Option<&(Range<usize>, Vec<CapabilityId>)>,
        at_head: bool,
        sdk: bool,
    ) -> Verdict {
        let negated = sentence.cues_in(Cue::Negation, clause).any(|n| n.end <= word.range.start);
        if negated {
            return Verdict::Not("negated");
        }
        if sentence.has(Cue::ByUser) && !sentence.has(Cue::Collect) {
            return Verdict::Not("user-control");
        }
        let before = |cue| sentence.affirmed(cue).any(|r| r.start < word.range.end);
        let reached = sentence.affirmed(Cue::Collect).any(|c| c.start >= clause.start && c.end <= word.range.start);
        if frame.no_data && (word.weak || !reached) {
            return Verdict::Not("purpose");
        }
        let restricted = matches!(frame.role, Role::Storage | Role::Security | Role::Sharing | Role::Preamble);
        // A state read to decide something is a permission; as data it must be gathered.
        if !sdk
            && self.words.is_state(&word.data)
            && !sentence.has_in(Cue::Gather, clause)
            && (!frame.introduced || at_head)
        {
            return Verdict::Not("permission-only");
        }
        let purpose = self.in_purpose(text, sentence, clause, &word.range);
        if sdk {
            if purpose {
                return Verdict::Not("purpose");
            }
            // An entry of a list is all about its component: a word at one edge of an enumeration is taken.
            let item =
                self.own_item(span, &word.range) || frame.listed && !word.weak && self.at_joint(text, &word.range);
            if word.weak && !item && !sentence.has_in(Cue::Gather, clause) {
                return Verdict::Not("weak-word");
            }
            let members = frame.introduced
                && (self.itemish(span, clause) || self.words.opens_members(&text[clause.start..word.range.start]));
            let taken = before(Cue::Collect) || before(Cue::Ask) || item || members;
            return if taken { Verdict::Disclosed(Basis::Data) } else { Verdict::Not("no-verb") };
        }
        let taken = before(Cue::Collect) || (!restricted && before(Cue::Give));
        let listed = frame.active && !restricted && (!word.weak || self.own_item(span, &word.range));
        let collected = sentence.has_in(Cue::Collect, clause) && before(Cue::Collect);
        let given = sentence.has_in(Cue::Give, clause) && !restricted;
        if word.weak && !collected && !listed && !given {
            return Verdict::Not("weak-word");
        }
        if purpose && !sentence.cues_in(Cue::Give, clause).any(|c| c.end <= word.range.start) {
            // （3）麦克风：用于语音搜索: the purpose names what the permission at the head opens.
            let opened = head.is_some_and(|(_, head)| {
                word.data.iter().any(|d| self.words.belongs_to(d).is_some_and(|c| head.contains(c)))
            });
            return if opened { Verdict::Disclosed(Basis::Function) } else { Verdict::Not("purpose") };
        }
        if at_head && (frame.active || frame.role == Role::Collection) {
            return Verdict::Disclosed(Basis::Data);
        }
        // 为保障账号安全：手机型号、系统版本、OAID: nothing but a list of data.
        if !frame.heading
            && matches!(frame.role, Role::Body | Role::Collection)
            && self.own_item(span, &word.range)
            && self.enumerated(span, clause)
                >= if self.under_data_name(text, sentence, &word.range) { 2 } else { LISTED_DATA }
        {
            return Verdict::Disclosed(Basis::Data);
        }
        if taken
            || listed
            || (sentence.affirmed(Cue::Collect).next().is_some() && !restricted)
            || (sentence.has(Cue::Give) && frame.role == Role::Collection)
        {
            return Verdict::Disclosed(Basis::Data);
        }
        Verdict::Not("no-verb")
    }

    /// Whether the word stands where its clause tells what for, with no verb of taking since.
    pub(super) fn in_purpose(
        &self,
        text: &str,
        sentence: &Sentence,
        clause: &Range<usize>,
        word: &Range<usize>,
    ) -> bool {
        let before = &text[clause.start..word.start];
        let from = if self.words.purpose_starts(before) { Some(0) } else { self.words.purpose_inside(before) };
        from.is_some_and(|from| !sentence.has_in(Cue::Collect, &(clause.start + from..word.start)))
    }

    /// Whether the text goes on to say that the word means something else here: `游戏内的“通讯录”指…`.
    fn in_other_sense(&self, text: &str, word: &Range<usize>) -> bool {
        let quoted = text[..word.start].ends_with('"');
        let tail = &text[word.end..];
        self.words.defines(tail.strip_prefix('"').unwrap_or(tail), quoted)
    }

    /// Whether the sentence begins with a name for data and a colon (网络信息：IP地址、网络类型).
    fn under_data_name(&self, text: &str, sentence: &Sentence, word: &Range<usize>) -> bool {
        let before = &text[sentence.range.start..word.start];
        before.find(':').is_some_and(|at| before[..at].chars().count() <= 12 && self.words.ends_as_data(&before[..at]))
    }

    /// How many telling words for data stand in a clause that holds little else.
    fn enumerated(&self, span: &Span, clause: &Range<usize>) -> usize {
        let found = self.words.data.find(&span.normal, clause.clone());
        let terms = self.definitions.places(span.folded(), clause.clone()).len();
        found.filter(|f| f.values.iter().any(|v| !v.weak)).count() + terms
    }

    /// Whether a clause is nothing but members of an enumeration.
    pub(super) fn itemish(&self, span: &Span, clause: &Range<usize>) -> bool {
        let text = span.folded();
        let mut covered = 0;
        for found in self.words.data.find(&span.normal, clause.clone()) {
            covered += text[found.range].chars().count();
        }
        let length = text[clause.clone()]
            .chars()
            .filter(|c| !matches!(c, '、' | '(' | ')' | '及' | '和' | '与' | '或' | '/' | '等'))
            .count();
        covered > 0 && length.saturating_sub(covered) <= self.words.reach(8).min(covered)
    }

    /// Whether the group word at `range` is followed by its members, in brackets or as a list.
    fn lists_members(&self, text: &str, range: &Range<usize>, sentence: &Sentence) -> bool {
        let tail = &text[range.end..sentence.range.end.max(range.end)];
        let normal = |part: &str| self.words.refolded(part);
        let holds = |part: &str| {
            let n = normal(part);
            self.words.data.find(&n, 0..n.text().len()).any(|f| f.values.iter().any(|v| !v.weak))
        };
        if let Some(rest) = tail.strip_prefix('(') {
            let close = rest.find(')').unwrap_or(rest.len());
            return holds(&rest[..close]);
        }
        // The members follow at once, not somewhere in the sentence.
        self.words.members_follow(tail).into_iter().any(|at| {
            // 设备信息，位置信息（包括…）: another word's members.
            if tail[..at].rfind('(').is_some_and(|open| holds(&tail[..open])) {
                return false;
            }
            let near = tail[at..].char_indices().nth(self.words.reach(12)).map_or(tail.len(), |(i, _)| at + i);
            holds(&tail[at..near])
        })
    }

    /// Whether the word permission ends the enumeration the word stands in: 相机及相册权限.
    pub(super) fn permission_follows(&self, text: &str, word: &Range<usize>, clause: &Range<usize>) -> bool {
        let end = clause.end.max(word.end).min(text.len());
        let tail = &text[word.end..end];
        let Some(at) = self.words.permission_at(tail) else {
            return text[word.clone()].contains(self.words.permission_word());
        };
        at == 0 || self.words.enumerates(&tail[..at])
    }

    /// Whether the word stands in an enumeration that the word permission opens: 权限（包括位置、相机）.
    pub(super) fn permission_before(&self, text: &str, word: &Range<usize>, sentence: &Sentence) -> bool {
        let head = &text[sentence.range.start..word.start];
        let Some(at) = self.words.permission_last(head) else { return false };
        let between = &head[at..];
        let opened = self.words.opens_examples(between);
        opened.is_some_and(|rest| rest.is_empty() || self.words.enumerates(rest))
    }

    /// Whether an enumeration goes on before or behind a word.
    fn at_joint(&self, text: &str, word: &Range<usize>) -> bool {
        let joint = |c: Option<char>| c.is_some_and(|c| matches!(c, '、' | '/'));
        let (before, after) = (&text[..word.start], &text[word.end..]);
        if joint(before.chars().next_back()) || joint(after.chars().next()) {
            return true;
        }
        // 设备的MAC地址, 无线网SSID名称: little else stands between the signs around it.
        let edge = |c: char| matches!(c, '、' | '/' | ',' | ';' | '。' | ':' | '(' | ')' | '【' | '】' | '|');
        let left = before.rsplit(edge).next().unwrap_or("");
        let right = after.split(edge).next().unwrap_or("");
        let member = joint(before[..before.len() - left.len()].chars().next_back())
            || joint(after[right.len()..].chars().next());
        !self.words.spaced() && member && left.chars().count() + right.chars().count() <= BESIDE
    }

    /// Whether the word is an item of an enumeration, or a line, of its own.
    pub(super) fn own_item(&self, span: &Span, word: &Range<usize>) -> bool {
        let text = span.folded();
        let lead = self.words.without_item_lead(&text[..word.start]);
        let before = lead.chars().next_back();
        let after = text[word.end..].chars().next();
        let edge = |c: Option<char>| {
            c.is_none_or(|c| {
                matches!(
                    c,
                    '、' | ',' | ';' | '。' | ':' | '/' | '(' | ')' | '【' | '】' | '|' | '及' | '和' | '与' | '等'
                )
            })
        };
        let broken = |at: usize| span.normal.breaks().binary_search(&(at as u32)).is_ok();
        (edge(before) || before == Some('如') || broken(word.start)) && (edge(after) || broken(word.end))
    }
}

/// Characters that stand beside a word in its place of an enumeration.
const BESIDE: usize = 6;

/// Characters between a verb and a word it governs.
const REACH: usize = 60;

/// Whether a verb is near enough to govern a word: in the same run of clauses, at most `reach` characters before it.
fn near(verb: usize, word: usize, text: &str, reach: usize) -> bool {
    verb >= word || text[verb..word].chars().count() <= reach
}

/// Shared with the reader of denials.
pub(super) fn word_subjects(word: &Word) -> (&[CapabilityId], &[DataItemId]) {
    (&word.capabilities, &word.data)
}
