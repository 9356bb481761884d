//! Blocks and cells of running text: what frames them, and every word of the catalogue in their sentences.

use std::ops::Range;

use super::constant::constants;
use super::deny::Topics;
use super::judge::{Verdict, Word};
use super::{Frame, Reader, capability_of};
use crate::catalogue::{CapabilityId, Cue, DataItemId, Label, PlatformWord};
use crate::policy::model::{Basis, Party, Platform, Polarity, Role};
use crate::policy::outline::{Outline, Span, last_sentence, platform_from};
use crate::policy::place::Placer;
use crate::policy::sdk_list::{Part, fields};
use crate::policy::sentence::Sentence;

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
        frame.silent = self.tells_what_for(outline, index);
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
                // What an entry of an SDK list takes is told even where the list is one of the exceptions.
                if text.ends_with(':') {
                    frame.exception |= has(Cue::Exception) && entries.is_empty();
                }
                break;
            }
            let colon = text.ends_with(':');
            // 本行不从事下列行为: the clause before the colon negates what follows, and asks for nothing.
            let clause = tail.start + text[tail.clone()].rfind(',').map_or(0, |at| at + 1)..text.len();
            let in_clause = |cue| cues.iter().any(|c| c.cue == cue && c.range.start >= clause.start);
            let announced = colon
                && in_clause(Cue::ListFollows)
                && self.words.negates(&text[clause.clone()])
                && ![Cue::Ask, Cue::Permission, Cue::Give, Cue::Withdraw, Cue::Refusal].into_iter().any(in_clause);
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

    /// Whether a block is an item below a label such as 使用场景： and speaks of no permission itself.
    fn tells_what_for(&self, outline: &Outline, index: usize) -> bool {
        let node = &outline.nodes[index];
        let Some(lead) = outline.leads(index).next().map(|l| &outline.nodes[l]).filter(|_| node.style.is_some()) else {
            return false;
        };
        let label = lead.body_text().strip_suffix(':').map(|head| self.words.line_label(head)).unwrap_or_default();
        let cues = self.words.cues(&node.span.normal, 0..node.span.folded().len());
        let asks = |c: Cue| matches!(c, Cue::Permission | Cue::Collect | Cue::Access | Cue::Ask);
        label == [Label::Purpose] && !cues.iter().any(|c| asks(c.cue))
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
        let foreign = self.foreign_platform(span).or_else(|| self.titled_platform(span, body));
        let foreign = foreign.map(|platform| Frame { platform, ..frame.clone() });
        let frame = foreign.as_ref().unwrap_or(frame);
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
        let mut last = topic.clone();
        for constant in &constants {
            self.constant(placer, span, frame, constant, sentences);
        }
        let markers = platform_markers(span, self.words);
        let (untitled, title) = self.untitled(span, body, frame, sentences);
        for (number, sentence) in sentences.iter().enumerate() {
            let words = self.words_in(span, &sentence.range, body);
            self.said.collects |= sentence.has(Cue::Collect)
                && !matches!(frame.role, Role::Definition | Role::Contents)
                && self.words.length(&text[sentence.range.clone()]) >= 8;
            let denials = self.denials(span, sentence, frame, &words);
            let parties = self.parties(span, sentence, frame, parts);
            for word in &words {
                if constants.iter().any(|c| c.range.contains(&word.range.start)) {
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
                            && word.range.end <= title
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
                let topics = Topics { block: &topic, last: &last };
                self.deny(placer, span, frame, sentence, &denial, &words, topics, parts);
            }
            // What the last clauses spoke of is what the next "such information" means.
            let mut spoken: Vec<CapabilityId> = words.iter().flat_map(|w| self.shown(w)).collect();
            spoken.dedup();
            if !spoken.is_empty() {
                if head.is_none() {
                    topic.clone_from(&spoken);
                }
                last = spoken;
            }
        }
    }

    /// The one platform a clause, or the short one before it, speaks of (on iOS, we use …), where prose names platforms so.
    fn said_of(&self, span: &Span, sentence: &Sentence, clause: &Range<usize>) -> Option<Platform> {
        let text = span.folded();
        if !self.words.spaced() {
            return self.subject_platform(span, sentence);
        }
        let before = sentence.clauses.iter().take_while(|c| c.end <= clause.start).last();
        let from = before.filter(|c| self.words.length(&text[(*c).clone()]) <= 10).map_or(clause.start, |c| c.start);
        let named = self.words.platforms(&span.normal, from..clause.end);
        Some(platform_from(named.into_iter().map(|(p, _)| p))).filter(|p| *p != Platform::Any)
    }

    /// The one platform whose version a sentence speaks of from its first word (iOS版本仅使用…).
    fn subject_platform(&self, span: &Span, sentence: &Sentence) -> Option<Platform> {
        let named = self.words.platforms(&span.normal, sentence.range.clone());
        let &(word, at) = named.first().filter(|(_, at)| *at == sentence.range.start)?;
        let rest = &span.folded()[at..sentence.range.end];
        let name = self.words.language().platforms.get(&word)?.iter().filter_map(|n| rest.strip_prefix(n.as_str()));
        let versions = name.min_by_key(|rest| rest.len()).is_some_and(|rest| self.words.after_platform(rest) != rest);
        Some(platform_from(named.into_iter().map(|(p, _)| p))).filter(|p| versions && *p != Platform::Any)
    }

    /// The platform to which the title of a block limits it (碰一碰连接（仅HarmonyOS版）。…).
    fn titled_platform(&self, span: &Span, body: usize) -> Option<Platform> {
        let text = &span.folded()[body..];
        let title = &text[..text.find(['。', ':'])?];
        let (open, close) = (title.find('(')?, title.rfind(')')?);
        if self.words.length(title) > TITLE + TITLE || open > close || !self.words.only(&title[open..close]) {
            return None;
        }
        let named = self.words.platforms(&span.normal, body + open..body + close);
        Some(platform_from(named.into_iter().map(|(p, _)| p))).filter(|p| *p != Platform::Any)
    }

    /// What the title a block begins with names (位置信息：…) and the rest of the block denies, with where the title ends.
    fn untitled(&self, span: &Span, body: usize, frame: &Frame, sentences: &[Sentence]) -> (Vec<CapabilityId>, usize) {
        let text = span.folded();
        let Some(first) = sentences.first() else { return (Vec::new(), 0) };
        let start = body.clamp(first.range.start, first.range.end);
        let colon = text[start..first.range.end].find(':').map_or(first.range.end, |at| start + at);
        let whole = colon == first.range.end;
        let speaks = [Cue::Collect, Cue::Ask].into_iter().any(|cue| sentences[0].has_in(cue, &(start..colon)));
        if self.words.length(&text[start..colon]) > TITLE || speaks || whole && sentences.len() < 2 {
            return (Vec::new(), 0);
        }
        let mut denied = Vec::new();
        for sentence in sentences.iter().skip(usize::from(whole)) {
            let words = self.words_in(span, &sentence.range, body);
            let full = |d: &&super::deny::Denial| d.polarity == Polarity::DeniedFull && d.scope.start >= colon;
            for denial in self.denials(span, sentence, frame, &words).iter().filter(full) {
                denied
                    .extend(words.iter().filter(|w| denial.scope.contains(&w.range.start)).flat_map(|w| self.shown(w)));
            }
        }
        (denied, colon)
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
    pub(super) fn shown(&self, word: &Word) -> Vec<CapabilityId> {
        let mut all = word.capabilities.clone();
        all.extend(word.data.iter().filter_map(|d| capability_of(self.words, d)));
        all
    }

    /// Every word of the catalogue in a sentence; a capability and a data word at one place are one word.
    pub(super) fn words_in(&self, span: &Span, range: &Range<usize>, body: usize) -> Vec<Word> {
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
}

/// Characters of a title that begins a block.
const TITLE: usize = 20;

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
        // 六、信息的存储 is about no permission.
        .filter(|w| {
            !node.heading
                || !reader.words.is_strict(&node.span.folded()[w.range.clone()])
                || reader.words.permission_at(node.span.folded()).is_some()
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;
    use crate::policy::model::Subject;

    /// What an English sentence says of capabilities: `camera yes`, `contacts full`.
    fn said(sentence: &str) -> Vec<String> {
        let text = format!("Example Notes is an app for notes.\n\nInformation We Collect\n\n{sentence}\n");
        let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap();
        let mut said: Vec<String> = policy
            .statements
            .iter()
            .filter_map(|s| match &s.subject {
                Subject::Capability(c) => {
                    let how = match s.polarity {
                        Polarity::Affirmed if !s.platform.covers_android() => "elsewhere",
                        Polarity::Affirmed => "yes",
                        Polarity::DeniedFull => "full",
                        Polarity::DeniedPartial => "partial",
                        Polarity::DeniedConditional => "conditional",
                    };
                    Some(format!("{c} {how}"))
                }
                Subject::Data(_) => None,
            })
            .collect();
        said.sort();
        said.dedup();
        said
    }

    #[test]
    fn english_sentences_that_take_something() {
        assert_eq!(said("Camera: used to scan QR codes."), ["camera yes"]);
        assert_eq!(
            said("With your permission, we read your calendar and your contacts."),
            ["calendar yes", "contacts yes"]
        );
        assert_eq!(
            said("We may ask for access to your camera, contacts and storage."),
            ["camera yes", "contacts yes", "storage yes"]
        );
        assert_eq!(said("On iOS, we use Face ID to unlock the app."), ["biometrics elsewhere"]);
    }

    #[test]
    fn english_sentences_that_deny() {
        assert_eq!(
            said("We don't read your text messages, call logs, or calendar."),
            ["calendar full", "call-log full", "sms full"]
        );
        assert_eq!(said("No audio is recorded by the app."), ["microphone full"]);
        assert_eq!(said("Your contacts are never uploaded to our servers."), ["contacts partial"]);
        assert_eq!(said("We do not access your microphone unless you agree."), ["microphone conditional"]);
        assert_eq!(said("Installed apps. We do not read the list of installed apps."), ["installed-apps full"]);
    }

    #[test]
    fn english_sentences_that_only_mention() {
        for none in [
            "You can turn off camera access in your settings at any time.",
            "We will notify you by email or SMS.",
            "Personal information means information such as your name, your contacts and your location.",
            "If you refuse the camera permission, you will not be able to scan codes.",
            "We do not sell your contacts.",
            "Calls to our customer service may be recorded.",
            "Children under 13 may not submit photos or their location.",
        ] {
            assert!(said(none).is_empty(), "{none}: {:?}", said(none));
        }
    }
}
