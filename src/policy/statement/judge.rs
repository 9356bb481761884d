//! Which words of running text and list items are disclosures, which are denials, and which are neither.

use std::ops::Range;

use super::constant::constants;
use super::{Details, Frame, Reader, capability_of};
use crate::catalogue::{CapabilityId, Cue, DataItemId, Label, PlatformWord};
use crate::policy::model::{Basis, Party, Platform, Polarity, Role, Subject};
use crate::policy::outline::{Outline, Span, last_sentence, platform_from};
use crate::policy::place::Placer;
use crate::policy::sdk_list::{Part, fields};
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
enum Verdict {
    Disclosed(Basis),
    Not(&'static str),
}

impl Reader<'_> {
    /// What holds for the whole block.
    pub(super) fn frame(&self, outline: &Outline, placer: &Placer, index: usize, entries: &[usize]) -> Frame {
        let node = &outline.nodes[index];
        let mut frame = Frame {
            role: node.role,
            platform: node.platform,
            parties: entries.iter().map(|&e| Party::Sdk(e)).collect(),
            exception: node.exception,
            active: !entries.is_empty(),
            introduced: false,
            heading: node.heading,
            no_data: false,
            denied: None,
            listed: !entries.is_empty() || node.role == Role::PermissionList,
            silent: false,
        };
        if frame.parties.is_empty() {
            frame.parties = self.inherited_parties(outline, placer, index).unwrap_or_else(|| vec![Party::FirstParty]);
            if frame.parties != [Party::FirstParty] {
                frame.active = true;
                frame.listed = true;
            }
        }
        for (depth, lead) in outline.leads(index).take(4).enumerate() {
            let lead_node = &outline.nodes[lead];
            let text = lead_node.span.folded();
            let introduces = text.ends_with(':') || lead_node.heading || node.style.is_some();
            if !introduces || text.is_empty() {
                continue;
            }
            let tail = last_sentence(text);
            let cues = self.words.cues(&lead_node.span.normal, tail.clone());
            let has = |cue| cues.iter().any(|c| c.cue == cue);
            if has(Cue::UserDuty) {
                frame.exception = true;
                break;
            }
            if has(Cue::Exception)
                || (has(Cue::Withdraw) && !has(Cue::Collect))
                || (has(Cue::ByUser) && !has(Cue::Collect))
            {
                if text.ends_with(':') {
                    frame.exception |= has(Cue::Exception);
                }
                break;
            }
            let colon = text.ends_with(':');
            let announced = colon && has(Cue::ListFollows) && self.words.negates(&text[tail.clone()]);
            // A heading over items (What we do not collect) denies as an introduction does.
            let titles = lead_node.heading && (has(Cue::Collect) || node.style.is_some() && has(Cue::Access));
            if (has(Cue::Negation) && (colon || titles)) || announced {
                if (announced
                    || has(Cue::Collect)
                    || has(Cue::Access)
                    || cues.last().is_some_and(|c| c.cue == Cue::Negation)
                    || self.words.length(&text[tail.clone()]) <= 16)
                    && !has(Cue::ShareVerb)
                    && !has(Cue::Stop)
                {
                    // An item with a negation of its own speaks for itself.
                    let own = self.words.cues(&node.span.normal, 0..node.span.folded().len());
                    let own = own.iter().any(|c| c.cue == Cue::Negation);
                    let kind = if has(Cue::Refusal) { Polarity::DeniedConditional } else { Polarity::DeniedFull };
                    frame.denied = (!own).then_some(kind);
                }
                break;
            }
            let whole = self.words.cues(&lead_node.span.normal, 0..text.len());
            let gathers = node.style.is_some()
                && whole.iter().any(|c| c.cue == Cue::Gather)
                && !whole.iter().any(|c| matches!(c.cue, Cue::Negation | Cue::Withdraw));
            let collects = lead_node.heading && lead_node.role == Role::Collection;
            if has(Cue::Collect)
                || collects
                || (has(Cue::Permission) && (has(Cue::Ask) || lead_node.heading))
                || (has(Cue::Give) && colon)
                || gathers
            {
                let item = node.style.is_some() || node.row.is_some();
                if (colon && (item || depth == 0))
                    || (lead_node.heading && item)
                    || gathers
                    || (has(Cue::ListFollows) && item)
                {
                    frame.active = true;
                    frame.introduced = has(Cue::Gather) || gathers;
                }
                if has(Cue::Permission) {
                    frame.listed = true;
                }
                break;
            }
        }
        frame
    }

    /// Entries a block speaks of because its introduction says that it holds for every SDK.
    fn inherited_parties(&self, outline: &Outline, placer: &Placer, index: usize) -> Option<Vec<Party>> {
        let lead = outline.leads(index).take(3).find(|&l| {
            let text = outline.nodes[l].span.folded();
            self.words.says_sdk(text)
                && self.words.cues(&outline.nodes[l].span.normal, 0..text.len()).iter().any(|c| c.cue == Cue::AllSdks)
        })?;
        // The innermost part of the document around it that names SDKs before it.
        for around in outline.leads(lead) {
            let mut named: Vec<usize> = (around..lead)
                .filter_map(|n| self.scan.scopes.get(&(placer.reading, n)))
                .flat_map(|s| s.entries.iter().chain(s.parts.iter().flat_map(|p| &p.entries)))
                .copied()
                .collect();
            named.sort_unstable();
            named.dedup();
            if named.len() >= 2 {
                return Some(named.into_iter().map(Party::Sdk).collect());
            }
        }
        Some(vec![Party::Partner])
    }

    /// Reads a block of running text or a list item.
    pub(super) fn block(
        &mut self,
        outline: &Outline,
        placer: &Placer,
        index: usize,
        span: &Span,
        frame: &Frame,
        parts: &[Part],
    ) {
        let node = &outline.nodes[index];
        let body = node.body.min(span.folded().len());
        let head = self.permission_head(span, body);
        self.text(placer, span, body, frame, parts, head.as_ref(), lead_subjects(outline, index, self));
    }

    /// The capabilities that head a line (`（4）摄像头：…`, `录音`), with where the head ends.
    fn permission_head(&self, span: &Span, body: usize) -> Option<(Range<usize>, Vec<CapabilityId>)> {
        let text = &span.folded()[body..];
        let colon = text.find([':', '。', ';']).unwrap_or(text.len());
        let head = &text[..colon];
        if head.is_empty()
            || self.words.length(head) > 24
            || (colon < text.len() && !text[colon..].starts_with(':'))
            || head.contains(',')
        {
            return None;
        }
        let range = body..body + colon;
        let mut covered = 0;
        let mut capabilities = Vec::new();
        for found in self.words.capabilities.find(&span.normal, range.clone()) {
            covered += found.range.len();
            capabilities.extend(found.values.iter().map(|v| v.id.clone()));
        }
        // Function words around it (读取、权限、您的、手机) say no more than the word itself.
        let filler = self.words.head_filler(head);
        (covered > 0 && !capabilities.is_empty() && (covered + filler) * 10 >= head.len() * 7)
            .then_some((range, capabilities))
    }

    /// Reads the sentences of a text under `frame`.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn text(
        &mut self,
        placer: &Placer,
        span: &Span,
        body: usize,
        frame: &Frame,
        parts: &[Part],
        head: Option<&(Range<usize>, Vec<CapabilityId>)>,
        lead_subjects: Vec<CapabilityId>,
    ) {
        let sentences = span.sentences(self.words);
        let constants = constants(span, self.words);
        let labelled = fields(span, self.words);
        let text = span.folded();
        // What the block is about, for denials that say only "such information".
        let mut topic: Vec<CapabilityId> = head.map(|(_, c)| c.clone()).unwrap_or_default();
        if topic.is_empty() {
            topic = lead_subjects;
        }
        for constant in &constants {
            self.constant(placer, span, frame, constant, sentences);
        }
        let markers = platform_markers(span, self.words);
        let untitled = self.untitled(span, body, frame, sentences);
        for (number, sentence) in sentences.iter().enumerate() {
            let words = self.words_in(span, &sentence.range, body);
            self.collects |= sentence.has(Cue::Collect)
                && !matches!(frame.role, Role::Definition | Role::Contents)
                && self.words.length(&text[sentence.range.clone()]) >= 8;
            let denials = self.denials(span, sentence, frame, &words);
            let parties = self.parties(span, sentence, frame, parts);
            for word in &words {
                if constants.iter().any(|c| c.range.start <= word.range.start && word.range.end <= c.range.end) {
                    continue;
                }
                let clause = sentence.clause_of(word.range.start);
                let platform = platform_at(&markers, word.range.start)
                    .or_else(|| self.said_of(span, sentence, &clause))
                    .unwrap_or(frame.platform);
                if denials.iter().any(|d| !d.used && d.scope.contains(&word.range.start)) {
                    continue;
                }
                if let Some(c) = constants
                    .iter()
                    .rev()
                    .find(|c| c.range.end <= word.range.start && sentence.range.contains(&c.range.start))
                    && !self.glosses(c, word)
                {
                    continue;
                }
                // What the name of an SDK says of itself (刷脸认证SDK) is that SDK's.
                if let Some(&(_, entry)) = parts
                    .iter()
                    .flat_map(|p| &p.names)
                    .find(|(r, _)| r.start <= word.range.start && word.range.end <= r.end)
                {
                    let verdict = if word.weak || frame.exception || !platform.covers_android() {
                        Verdict::Not("sdk-name")
                    } else {
                        Verdict::Disclosed(Basis::Function)
                    };
                    let names_function = word.data.iter().any(|d| self.words.named_function(d));
                    let verdict = if names_function { verdict } else { Verdict::Not("sdk-name") };
                    self.record(placer, span, frame, sentence, &clause, word, verdict, platform, &[Party::Sdk(entry)]);
                    continue;
                }
                let field = labelled
                    .iter()
                    .rev()
                    .find(|f| f.value.contains(&word.range.start) || f.head.contains(&word.range.start));
                let verdict = self.judge(
                    span,
                    sentence,
                    &clause,
                    word,
                    frame,
                    head,
                    field.map(|f| (f.label, f.head.contains(&word.range.start))),
                    platform,
                );
                let unguarded = words
                    .iter()
                    .flat_map(|w| &w.data)
                    .any(|d| word.capabilities.iter().any(|c| self.words.is_unguarded(d, c)));
                let verdict = match verdict {
                    // `Installed apps. We do not read the list of them.`
                    Verdict::Disclosed(_)
                        if number == 0
                            && !untitled.is_empty()
                            && self.shown(word).iter().all(|c| untitled.contains(c)) =>
                    {
                        Verdict::Not("title")
                    }
                    Verdict::Disclosed(Basis::Permission) if unguarded => Verdict::Disclosed(Basis::Data),
                    other => other,
                };
                let here = self.parties_at(&parties, frame, word.range.start);
                // What stands behind the name of an SDK and its verb of taking is taken, whatever the verb.
                let sdks = here != frame.parties && here.iter().all(|p| matches!(p, Party::Sdk(_)));
                let verdict = match verdict {
                    Verdict::Not("no-verb" | "weak-word") if sdks && !word.weak && word.capabilities.is_empty() => {
                        Verdict::Disclosed(Basis::Data)
                    }
                    other => other,
                };
                self.record(placer, span, frame, sentence, &clause, word, verdict, platform, &here);
                if topic.is_empty() && !word.capabilities.is_empty() && word.range.start < text.len() {
                    topic.clone_from(&word.capabilities);
                }
            }
            for denial in denials {
                self.deny(placer, span, frame, sentence, &denial, &words, &topic);
            }
            // What the last clauses spoke of is what the next "such information" means.
            let mut spoken: Vec<CapabilityId> = words.iter().flat_map(|w| self.shown(w)).collect();
            spoken.dedup();
            if !spoken.is_empty() && head.is_none() {
                topic = spoken;
            }
        }
    }

    /// The one platform a clause, or the short one before it, speaks of (on iOS, we use …), where prose names platforms so.
    fn said_of(&self, span: &Span, sentence: &Sentence, clause: &Range<usize>) -> Option<Platform> {
        let text = span.folded();
        let before = sentence.clauses.iter().take_while(|c| c.end <= clause.start).last();
        let from = before.filter(|c| self.words.length(&text[(*c).clone()]) <= 10).map_or(clause.start, |c| c.start);
        let named = self.words.spaced().then(|| self.words.platforms(&span.normal, from..clause.end))?;
        Some(platform_from(named.into_iter().map(|(p, _)| p))).filter(|p| *p != Platform::Any)
    }

    /// What the title a block begins with names, and a later sentence of the block denies.
    fn untitled(&self, span: &Span, body: usize, frame: &Frame, sentences: &[Sentence]) -> Vec<CapabilityId> {
        let Some((first, rest)) = sentences.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Vec::new();
        };
        if self.words.length(&span.folded()[first.range.clone()]) > TITLE
            || first.has(Cue::Collect)
            || first.has(Cue::Ask)
        {
            return Vec::new();
        }
        let mut denied = Vec::new();
        for sentence in rest {
            let words = self.words_in(span, &sentence.range, body);
            for denial in
                self.denials(span, sentence, frame, &words).iter().filter(|d| d.polarity == Polarity::DeniedFull)
            {
                denied
                    .extend(words.iter().filter(|w| denial.scope.contains(&w.range.start)).flat_map(|w| self.shown(w)));
            }
        }
        denied
    }

    /// Whether a word behind a constant says what the constant opens.
    fn glosses(&self, constant: &super::constant::Constant, word: &Word) -> bool {
        let Some(index) = constant.permission else { return true };
        let capability = &self.catalogue.permissions()[index].capability;
        if !word.capabilities.is_empty() {
            return true;
        }
        !self.words.is_state(&word.data)
            && word
                .data
                .iter()
                .any(|d| *capability == "phone-state" || self.words.belongs_to(d).is_some_and(|c| c == capability))
    }

    /// Capabilities a word names or shows.
    fn shown(&self, word: &Word) -> Vec<CapabilityId> {
        let mut all = word.capabilities.clone();
        all.extend(word.data.iter().filter_map(|d| capability_of(self.words, d)));
        all
    }

    /// Every word of the catalogue in a sentence; a capability and a data word at one place are one word.
    fn words_in(&self, span: &Span, range: &Range<usize>, body: usize) -> Vec<Word> {
        let start = range.start.max(body).min(range.end);
        let mut words: Vec<Word> = Vec::new();
        for found in self.words.capabilities.find(&span.normal, start..range.end) {
            if found.values.is_empty() {
                continue;
            }
            words.push(Word {
                range: found.range,
                capabilities: found.values.iter().map(|v| v.id.clone()).collect(),
                data: Vec::new(),
                weak: found.values.iter().all(|v| v.weak),
            });
        }
        for found in self.words.data.find(&span.normal, start..range.end) {
            if found.values.is_empty() {
                continue;
            }
            words.push(Word {
                range: found.range,
                capabilities: Vec::new(),
                data: found.values.iter().map(|v| v.id.clone()).collect(),
                weak: found.values.iter().all(|v| v.weak),
            });
        }
        // A defined term stands for its members, not for what the word would mean elsewhere.
        for range in self.definitions.places(span.folded(), start..range.end) {
            // 终端标识中的OAID: one of them, which is named.
            if self.words.names_part(&span.folded()[range.end..]) {
                words.retain(|w| w.range.end <= range.start || w.range.start >= range.end);
                continue;
            }
            let umbrella = |d: &DataItemId| self.catalogue.data_item(d.as_str()).is_some_and(|d| d.umbrella);
            words.retain(|w| w.range != range || w.data.iter().any(umbrella));
            words.push(Word { range, capabilities: Vec::new(), data: Vec::new(), weak: false });
        }
        words.sort_by_key(|w| (w.range.start, w.range.end));
        for word in &mut words {
            word.capabilities.sort();
            word.capabilities.dedup();
            word.data.sort();
            word.data.dedup();
        }
        words
    }

    #[allow(clippy::too_many_arguments)]
    fn judge(
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
        if let Some((label, in_head)) = field {
            let speaks = matches!(label, Label::Data | Label::Permission);
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
        let reads = sentence.cues.iter().any(|c| {
            let own = sentence.clause_of(c.range.start);
            c.cue == Cue::ReadsSms && !sentence.cues_in(Cue::Negation, &own).any(|n| n.start <= c.range.start)
        });
        if names(&["sms"])
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
        if sentence.has_in(Cue::Unrelated, clause) || self.in_other_sense(text, &word.range) {
            return Verdict::Not("other-sense");
        }
        if sentence.has(Cue::OtherProduct) && !sdk {
            return Verdict::Not("other-product");
        }
        if sentence.has(Cue::Publish) {
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
            && self.enumerated(span, clause) >= LISTED_DATA
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
    fn in_purpose(&self, text: &str, sentence: &Sentence, clause: &Range<usize>, word: &Range<usize>) -> bool {
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

    /// How many telling words for data stand in a clause that holds little else.
    fn enumerated(&self, span: &Span, clause: &Range<usize>) -> usize {
        let found = self.words.data.find(&span.normal, clause.clone());
        found.filter(|f| f.values.iter().any(|v| !v.weak)).count()
    }

    /// Whether a clause is nothing but members of an enumeration.
    fn itemish(&self, span: &Span, clause: &Range<usize>) -> bool {
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
            let near = tail[at..].char_indices().nth(self.words.reach(12)).map_or(tail.len(), |(i, _)| at + i);
            holds(&tail[at..near])
        })
    }

    /// Whether the word permission ends the enumeration the word stands in: 相机及相册权限.
    fn permission_follows(&self, text: &str, word: &Range<usize>, clause: &Range<usize>) -> bool {
        let end = clause.end.max(word.end).min(text.len());
        let tail = &text[word.end..end];
        let Some(at) = self.words.permission_at(tail) else {
            return text[word.clone()].contains(self.words.permission_word());
        };
        at == 0 || self.words.enumerates(&tail[..at])
    }

    /// Whether the word stands in an enumeration that the word permission opens: 权限（包括位置、相机）.
    fn permission_before(&self, text: &str, word: &Range<usize>, sentence: &Sentence) -> bool {
        let head = &text[sentence.range.start..word.start];
        let Some(at) = self.words.permission_last(head) else { return false };
        let between = &head[at..];
        let opened = self.words.opens_examples(between);
        opened.is_some_and(|rest| rest.is_empty() || self.words.enumerates(rest))
    }

    /// Whether the word is an item of an enumeration, or a line, of its own.
    fn own_item(&self, span: &Span, word: &Range<usize>) -> bool {
        let text = span.folded();
        let lead = self.words.without_item_lead(&text[..word.start]);
        let before = lead.chars().next_back();
        let after = text[word.end..].chars().next();
        let edge = |c: Option<char>| {
            c.is_none_or(|c| {
                matches!(c, '、' | ',' | ';' | '。' | ':' | '/' | '(' | ')' | '|' | '及' | '和' | '与' | '等')
            })
        };
        let broken = |at: usize| span.normal.breaks().binary_search(&(at as u32)).is_ok();
        (edge(before) || broken(word.start)) && (edge(after) || broken(word.end))
    }

    /// Whether an enumeration goes on before or behind a word.
    fn at_joint(&self, text: &str, word: &Range<usize>) -> bool {
        let joint = |c: Option<char>| c.is_some_and(|c| matches!(c, '、' | '/'));
        joint(text[..word.start].chars().next_back()) || joint(text[word.end..].chars().next())
    }

    /// Who the sentence speaks of, by ranges.
    fn parties(
        &self,
        span: &Span,
        sentence: &Sentence,
        frame: &Frame,
        parts: &[Part],
    ) -> Vec<(Range<usize>, Vec<Party>)> {
        let text = span.folded();
        let own = frame.parties == [Party::FirstParty];
        let mut found = self.told_of_sdks(span, sentence, frame, parts);
        if !own {
            return found;
        }
        // 它们会收集…: the components named last.
        if found.is_empty()
            && let Some(it) = self.words.pronoun(&text[sentence.range.clone()])
            && let Some(part) = parts.iter().rev().find(|p| p.range.start <= sentence.range.start)
            && sentence.affirmed(Cue::Collect).any(|c| c.start >= sentence.range.start + it)
        {
            found.push((
                sentence.range.start + it..sentence.range.end,
                part.entries.iter().map(|&e| Party::Sdk(e)).collect(),
            ));
        }
        if found.is_empty()
            && let Some(cue) = sentence.cues.iter().find(|c| c.cue == Cue::Partner)
        {
            let ours = sentence.cues.iter().any(|c| c.cue == Cue::FirstParty && c.range.start > cue.range.end);
            // 墨鹿及广告合作方会: both do.
            let both = self.words.joined_to(&text[sentence.range.start..cue.range.start]);
            if !ours {
                let mut who = vec![Party::Partner];
                who.extend(both.then_some(Party::FirstParty));
                found.push((cue.range.start..sentence.range.end, who));
            }
        }
        for given in self.words.given_to_others(&text[sentence.range.clone()]) {
            found.push((sentence.range.start + given..sentence.range.end, vec![Party::Partner]));
        }
        found
    }

    fn parties_at(&self, parties: &[(Range<usize>, Vec<Party>)], frame: &Frame, at: usize) -> Vec<Party> {
        parties.iter().find(|(r, _)| r.contains(&at)).map_or_else(|| frame.parties.clone(), |(_, p)| p.clone())
    }

    #[allow(clippy::too_many_arguments)]
    fn record(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        sentence: &Sentence,
        clause: &Range<usize>,
        word: &Word,
        verdict: Verdict,
        platform: Platform,
        parties: &[Party],
    ) {
        let subjects: Vec<Subject> = word
            .capabilities
            .iter()
            .cloned()
            .map(Subject::Capability)
            .chain(word.data.iter().cloned().map(Subject::Data))
            .collect();
        match verdict {
            Verdict::Disclosed(basis) => {
                let details = Details {
                    platform,
                    photos_only: word.capabilities.iter().any(|c| *c == "photos"),
                    purpose: self.purpose(span, sentence, word.range.end),
                    optional: self.optional(sentence),
                    permission: None,
                    hypothetical: sentence.has(Cue::Hypothetical),
                };
                for subject in subjects {
                    self.mention(placer, span, subject.clone(), word.range.clone(), clause.clone(), "disclosed");
                    let shown = match &subject {
                        Subject::Data(d) => capability_of(self.words, d),
                        Subject::Capability(_) => None,
                    };
                    if let Subject::Capability(c) = &subject {
                        let sdks: Vec<Party> = parties.iter().filter(|p| matches!(p, Party::Sdk(_))).cloned().collect();
                        for item in self.words.opened_by(c).to_vec() {
                            if !sdks.is_empty() && *c != "network-state" {
                                self.say(
                                    placer,
                                    span,
                                    frame,
                                    &sdks,
                                    Subject::Data(item),
                                    Polarity::Affirmed,
                                    Basis::Permission,
                                    details.clone(),
                                    word.range.clone(),
                                    sentence.range.clone(),
                                );
                            }
                        }
                    }
                    self.say(
                        placer,
                        span,
                        frame,
                        parties,
                        subject,
                        Polarity::Affirmed,
                        basis,
                        details.clone(),
                        word.range.clone(),
                        sentence.range.clone(),
                    );
                    if let Some(capability) = shown {
                        self.say(
                            placer,
                            span,
                            frame,
                            parties,
                            Subject::Capability(capability),
                            Polarity::Affirmed,
                            Basis::Data,
                            details.clone(),
                            word.range.clone(),
                            sentence.range.clone(),
                        );
                    }
                }
                self.expand(placer, span, frame, sentence, word, parties, &details);
            }
            Verdict::Not(why) => {
                // What holds for another platform is a statement too.
                if !platform.covers_android() {
                    let details = Details { platform, ..Details::default() };
                    for subject in &subjects {
                        self.say(
                            placer,
                            span,
                            frame,
                            parties,
                            subject.clone(),
                            Polarity::Affirmed,
                            Basis::Permission,
                            details.clone(),
                            word.range.clone(),
                            sentence.range.clone(),
                        );
                    }
                }
                if let Some(polarity) = frame.denied
                    && why == "denied-list"
                {
                    for subject in &subjects {
                        let capability = match subject {
                            Subject::Data(d) => capability_of(self.words, d).map(Subject::Capability),
                            Subject::Capability(_) => None,
                        };
                        for s in [Some(subject.clone()), capability].into_iter().flatten() {
                            self.say(
                                placer,
                                span,
                                frame,
                                parties,
                                s,
                                polarity,
                                Basis::Permission,
                                Details { platform, ..Details::default() },
                                word.range.clone(),
                                sentence.range.clone(),
                            );
                        }
                    }
                }
                for subject in subjects {
                    self.mention(placer, span, subject, word.range.clone(), clause.clone(), why);
                }
            }
        }
    }

    /// A defined term used bare stands for its members.
    #[allow(clippy::too_many_arguments)]
    fn expand(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        sentence: &Sentence,
        word: &Word,
        parties: &[Party],
        details: &Details,
    ) {
        let text = span.folded();
        let Some(definition) = self.definitions.terms.get(&text[word.range.clone()]) else { return };
        let parties: Vec<Party> = parties
            .iter()
            .filter(|p| !definition.glossary || definition.own || self.definitions.tied || **p == Party::FirstParty)
            .cloned()
            .collect();
        for item in definition.items.clone() {
            self.say(
                placer,
                span,
                frame,
                &parties,
                Subject::Data(item.clone()),
                Polarity::Affirmed,
                Basis::Data,
                details.clone(),
                word.range.clone(),
                sentence.range.clone(),
            );
            if let Some(capability) = capability_of(self.words, &item) {
                self.say(
                    placer,
                    span,
                    frame,
                    &parties,
                    Subject::Capability(capability),
                    Polarity::Affirmed,
                    Basis::Data,
                    details.clone(),
                    word.range.clone(),
                    sentence.range.clone(),
                );
            }
        }
    }

    /// The clause behind the word that says what for.
    fn purpose(&self, span: &Span, sentence: &Sentence, from: usize) -> Option<String> {
        let text = span.folded();
        let clause = sentence
            .clauses
            .iter()
            .find(|c| c.start >= from.saturating_sub(1) && self.words.purpose_starts(&text[(*c).clone()]))?;
        let purpose = span.source(clause.clone()).trim().to_owned();
        (!purpose.is_empty()).then(|| purpose.chars().take(80).collect())
    }

    fn optional(&self, sentence: &Sentence) -> Option<bool> {
        (sentence.has(Cue::Refusal) || sentence.has(Cue::Ask)).then_some(true)
    }
}

/// Characters of a title that begins a block.
const TITLE: usize = 20;

/// Characters between a verb and a word it governs.
const REACH: usize = 60;

/// Whether a verb is near enough to govern a word: in the same run of clauses, at most `reach` characters before it.
fn near(verb: usize, word: usize, text: &str, reach: usize) -> bool {
    verb >= word || text[verb..word].chars().count() <= reach
}

/// What the item or heading around a block is about.
fn lead_subjects(outline: &Outline, index: usize, reader: &Reader<'_>) -> Vec<CapabilityId> {
    let Some(lead) = outline.nodes[index].lead else { return Vec::new() };
    let node = &outline.nodes[lead];
    if !node.heading && reader.words.length(node.span.folded()) > 30 {
        return Vec::new();
    }
    reader
        .words_in(&node.span, &(0..node.span.folded().len()), node.body)
        .iter()
        .flat_map(|w| reader.shown(w))
        .collect()
}

/// `【Android】…【iOS】…`, `Android如…，iOS如…`: from where on which platform is meant; `None` where a bracket ends that names one.
fn platform_markers(span: &Span, words: &crate::policy::words::Words) -> Vec<(usize, Option<Platform>)> {
    let text = span.folded();
    let mut markers: Vec<(usize, Option<Platform>)> = words
        .platforms(&span.normal, 0..text.len())
        .into_iter()
        .filter_map(|(word, at)| {
            let rest = &text[at..];
            let name_end = rest
                .find(|c: char| {
                    !(c.is_ascii_alphanumeric()
                        || matches!(c, '安' | '卓' | '苹' | '果' | '鸿' | '蒙' | '双' | '端' | '通' | '用'))
                })
                .unwrap_or(rest.len());
            let rest = words.after_platform(&rest[name_end..]);
            let marks = rest.starts_with([':', '】', ']'])
                || rest.starts_with('如')
                || (rest.starts_with(')') && text[..at].ends_with('('));
            marks.then(|| {
                let platform =
                    if word == PlatformWord::Both { Platform::Any } else { platform_from(std::iter::once(word)) };
                (at, Some(platform))
            })
        })
        .collect();
    let ends: Vec<usize> = markers.iter().filter_map(|&(at, _)| bracket_end(text, at)).collect();
    markers.extend(ends.into_iter().map(|end| (end, None)));
    markers.sort_by_key(|&(at, _)| at);
    markers
}

/// Where the round bracket ends that `at` stands in, unless it holds nothing but the name of the platform.
fn bracket_end(text: &str, at: usize) -> Option<usize> {
    let open = text[..at].rfind(['(', ')']).filter(|&open| text[open..].starts_with('('))?;
    let close = at + text[at..].find(')')?;
    (text[open..close].chars().count() > 10).then_some(close)
}

fn platform_at(markers: &[(usize, Option<Platform>)], at: usize) -> Option<Platform> {
    markers.iter().rev().find(|(m, _)| *m <= at).and_then(|&(_, p)| p)
}

/// Shared with the reader of denials.
pub(super) fn word_subjects(word: &Word) -> (&[CapabilityId], &[DataItemId]) {
    (&word.capabilities, &word.data)
}
