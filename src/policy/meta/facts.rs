//! Facts that single sentences state: how long data is kept, whether it leaves the country, targeting and how to refuse it, rights.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Documents, Reading};
use crate::catalogue::Cue;
use crate::policy::list::{List, Phrase};
use crate::policy::model::{Fact, Meta, Role};
use crate::policy::outline::{Node, Outline, Span};
use crate::policy::place::Placer;
use crate::policy::sentence::Sentence;
use crate::policy::words::{PerLocale, Words};

/// Characters a fact's value holds at most.
const VALUE: usize = 160;
/// Characters a sentence outside a table must have to state anything.
const SENTENCE: usize = 5;
/// Sentences about sensitive information that are kept.
const PLACES: usize = 64;
/// Largest number of years, months or days that is a period and not a date.
const PERIOD: u32 = 1000;

/// The word lists, folded, longest first.
struct Lists {
    retention: List,
    keeping: List,
    terms: List,
    units: List,
    targeting: List,
    opt_out: List,
    not: List,
    updates: List,
    installs: List,
    document: List,
    may: List,
    own_data: List,
    single: List,
    sensitive: List,
    in_general: List,
    export: List,
    answers: List,
    answer_units: List,
    working: List,
    rights: BTreeMap<String, Vec<Phrase>>,
}

fn lists(words: &Words) -> &'static Lists {
    static LISTS: PerLocale<Lists> = PerLocale::new();
    LISTS.get(words.locale, || {
        let rights = &words.language().meta.rights;
        Lists {
            retention: words.meta(|m| &m.retention),
            keeping: words.meta(|m| &m.keeping),
            terms: words.meta(|m| &m.keeping_terms),
            units: words.meta(|m| &m.period_units),
            targeting: words.meta(|m| &m.targeting),
            opt_out: words.meta(|m| &m.opt_out),
            not: words.meta(|m| &m.not_doing),
            updates: words.meta(|m| &m.app_update),
            installs: words.meta(|m| &m.app_install),
            document: words.meta(|m| &m.document_words),
            may: words.meta(|m| &m.user_may),
            own_data: words.meta(|m| &m.user_data),
            single: words.meta(|m| &m.singled_out),
            sensitive: words.meta(|m| &m.sensitive),
            in_general: words.meta(|m| &m.sensitive_in_general),
            export: words.meta(|m| &m.export),
            answers: words.meta(|m| &m.answers),
            answer_units: words.list(&words.language().meta.answer_units),
            working: words.list(&words.language().meta.working_days),
            rights: rights.iter().map(|(kind, said)| (kind.clone(), Phrase::all(said, words))).collect(),
        }
    })
}

/// A sentence with where it stands.
struct Said<'a> {
    placer: &'a Placer,
    outline: &'a Outline,
    node: &'a Node,
    index: usize,
    span: &'a Span,
    sentence: &'a Sentence,
    text: &'a str,
    lists: &'static Lists,
    /// What the heading before it is about, whatever list the two stand in.
    below: Option<Role>,
}

impl Said<'_> {
    fn fact(&self, at: Range<usize>) -> Fact {
        let around = self.sentence.range.clone();
        let at = at.start + around.start..at.end + around.start;
        let value = self.span.source(around.clone()).trim().chars().take(VALUE).collect();
        Fact { value, passage: self.placer.passage(self.span, at, around) }
    }

    fn role(&self, roles: &[Role]) -> bool {
        roles.contains(&self.node.role)
    }

    /// Whether the clause around a place says no before it.
    fn negated(&self, at: usize, words: &List) -> bool {
        let clause = self.sentence.clause_of(at + self.sentence.range.start);
        let start = clause.start.saturating_sub(self.sentence.range.start);
        self.text.get(start..at).is_some_and(|before| words.is_in(before))
    }

    /// Whether a heading or item above speaks of one of `words`.
    fn under(&self, words: &List) -> bool {
        self.outline.leads(self.index).take(3).any(|l| words.is_in(self.outline.nodes[l].span.folded()))
    }
}

/// Reads them all in one pass.
pub(super) fn read(documents: &Documents<'_>, meta: &mut Meta) {
    for Reading { outline, placer, words } in documents {
        let lists = lists(words);
        let mut below = None;
        for (index, node) in outline.nodes.iter().enumerate() {
            if node.heading {
                below = Some(node.role);
            }
            if matches!(node.role, Role::Contents) || node.heading {
                continue;
            }
            let cells = node.row.iter().flat_map(|r| r.cells.iter().filter(|(_, spanned)| !spanned).map(|(s, _)| s));
            for span in std::iter::once(&node.span).filter(|s| !s.normal.is_empty()).chain(cells) {
                for sentence in span.sentences(words) {
                    let text = &span.folded()[sentence.range.clone()];
                    if node.row.is_some() || words.length(text) >= SENTENCE {
                        let said = Said { placer, outline, node, index, span, sentence, text, lists, below };
                        state(&said, meta);
                    }
                }
            }
        }
    }
}

fn state(said: &Said<'_>, meta: &mut Meta) {
    let set = |slot: &mut Option<Fact>, at: Option<Range<usize>>| {
        if slot.is_none()
            && let Some(at) = at
        {
            *slot = Some(said.fact(at));
        }
    };
    set(&mut meta.retention, retention(said));
    set(&mut meta.targeting, targeting(said));
    set(&mut meta.targeting_opt_out, opt_out(said));
    set(&mut meta.app_update, app_update(said));
    if let Some(at) = singled_out(said) {
        let fact = said.fact(at.clone());
        meta.sensitive_in_general |= said.lists.in_general.is_in(said.text);
        if meta.singled_out.len() < PLACES {
            meta.singled_out.push(fact.passage);
        }
        set(&mut meta.sensitive, Some(at));
    }
    set(&mut meta.export_denied, export_denied(said));
    rights(said, meta);
    if meta.answer_days.is_none()
        && said.role(&[Role::Rights, Role::Contact])
        && let Some((days, working, at)) = answer_days(said)
    {
        meta.answer_working_days = working;
        meta.answer_days = Some(Fact { value: days.to_string(), ..said.fact(at) });
    }
}

/// A period or end of keeping data.
fn retention(said: &Said<'_>) -> Option<Range<usize>> {
    let lists = said.lists;
    if said.role(&[Role::Definition, Role::Minors, Role::Update]) {
        return None;
    }
    if let Some(at) = lists.retention.first(said.text) {
        return Some(at);
    }
    let kept = lists.keeping.first(said.text)?;
    lists.terms.first(said.text).or_else(|| period(said.text, &lists.units)).map(|_| kept)
}

/// A number and a unit of time that is no part of a date or an age.
fn period(text: &str, units: &List) -> Option<Range<usize>> {
    units.places(text).find_map(|unit| {
        let (number, from) = number_before(text, unit.start)?;
        let dated = text[..from].ends_with(['月', '年', '-', '/']) || text[unit.end..].starts_with(['岁', '月']);
        (number > 0 && number < PERIOD && !dated).then_some(from..unit.end)
    })
}

/// The number right before a place, in figures or in Chinese.
fn number_before(text: &str, end: usize) -> Option<(u32, usize)> {
    let head = text[..end].trim_end();
    let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let from = head.len() - digits;
        return head[from..].parse().ok().map(|n| (n, from));
    }
    let from = head
        .char_indices()
        .rev()
        .take_while(|(_, c)| "一二两三四五六七八九十百半".contains(*c))
        .last()
        .map(|(at, _)| at)?;
    chinese_number(&head[from..]).map(|n| (n, from))
}

fn chinese_number(text: &str) -> Option<u32> {
    let (mut total, mut digit) = (0_u32, 0_u32);
    for c in text.chars() {
        match c {
            '半' => return Some(1),
            '两' => digit = 2,
            '十' | '百' => {
                total += digit.max(1) * if c == '十' { 10 } else { 100 };
                digit = 0;
            }
            _ => digit = "一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1,
        }
    }
    Some(total + digit)
}

/// Targeting that is done, or is done unless refused.
fn targeting(said: &Said<'_>) -> Option<Range<usize>> {
    let lists = said.lists;
    if said.role(&[Role::Definition]) {
        return None;
    }
    let at = lists.targeting.first(said.text)?;
    let given_up = lists.opt_out.is_in(said.text) || said.sentence.has(Cue::Refusal) || said.sentence.has(Cue::Stop);
    (given_up || !said.negated(at.start, &lists.not)).then_some(at)
}

/// Data said not to leave the country. Without the person's consent is no denial.
fn export_denied(said: &Said<'_>) -> Option<Range<usize>> {
    let lists = said.lists;
    if said.role(&[Role::Definition]) || said.sentence.has(Cue::Refusal) {
        return None;
    }
    let at = lists.export.first(said.text)?;
    said.negated(at.start, &lists.not).then_some(at)
}

/// How to refuse it: said beside it, or below a heading or item about it.
fn opt_out(said: &Said<'_>) -> Option<Range<usize>> {
    let lists = said.lists;
    let at = lists.opt_out.first(said.text)?;
    (lists.targeting.is_in(said.span.folded()) || said.under(&lists.targeting)).then_some(at)
}

/// Updates of the app itself, not of the policy.
fn app_update(said: &Said<'_>) -> Option<Range<usize>> {
    let lists = said.lists;
    if said.role(&[Role::Update, Role::Definition, Role::Rights, Role::Contact, Role::Minors])
        || lists.document.is_in(said.text)
    {
        return None;
    }
    let at = lists.updates.first(said.text)?;
    let told = lists.installs.is_in(said.text) || said.sentence.has(Cue::Collect) || said.under(&lists.updates);
    (told && !said.negated(at.start, &lists.not)).then_some(at)
}

/// Sensitive information spoken of by itself.
fn singled_out(said: &Said<'_>) -> Option<Range<usize>> {
    let lists = said.lists;
    let at = lists.sensitive.first(said.text)?;
    match said.node.role {
        Role::Definition => None,
        // A child's data are sensitive by definition: only necessity, effect or a consent of its own says more.
        Role::Minors => lists.single.is_in(said.span.folded()).then_some(at),
        _ => Some(at),
    }
}

fn rights(said: &Said<'_>, meta: &mut Meta) {
    let lists = said.lists;
    // In a text whose every paragraph has a bullet, a list of exceptions seems to go on below the next heading.
    let under = said.below == Some(Role::Rights);
    if said.node.exception && !under || said.role(&[Role::Definition, Role::Minors, Role::Update]) {
        return;
    }
    let told = under || said.role(&[Role::Rights, Role::Contact]);
    let offered = lists.may.is_in(said.text) && lists.own_data.is_in(said.text);
    if !told && !offered {
        return;
    }
    for (kind, words) in &lists.rights {
        if meta.rights.iter().any(|(k, _)| k == kind) {
            continue;
        }
        if let Some(at) = words.iter().find_map(|phrase| phrase.place(said.text)) {
            meta.rights.push((kind.clone(), said.fact(at)));
        }
    }
}

/// The days within which requests are answered: `15个工作日内答复`.
fn answer_days(said: &Said<'_>) -> Option<(u32, bool, Range<usize>)> {
    if !said.lists.answers.is_in(said.text) {
        return None;
    }
    said.lists.answer_units.places(said.text).find_map(|unit| {
        let (days, from) = number_before(said.text, unit.start)?;
        let working = said.lists.working.is_in(&said.text[unit.clone()]);
        (days > 0 && days < PERIOD && !said.text[..from].ends_with('月')).then_some((days, working, from..unit.end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;

    fn meta(text: &str) -> Meta {
        let text = format!("示例应用是一款用来记录日常事项的软件。\n{text}");
        Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap().meta
    }

    #[test]
    fn the_line_of_the_operator_and_words_of_writing_hold_contacts() {
        for told in [
            "第七章 联系\n示例星链（南京）通信技术有限公司，南京市示例区一街18号，dpo@xinglian.example.com。",
            "本应用由示例科技有限公司运营。\n示例科技有限公司，dpo@app.example.com。",
            "如有疑问，请发送邮件至 kefu@app.example.com。",
        ] {
            assert_eq!(meta(told).contacts.iter().filter(|(kind, _)| kind == "mail").count(), 1, "{told}");
        }
        assert!(meta("广告由别家的公司投放，ads@other.example.com。").contacts.is_empty());
    }

    #[test]
    fn periods_of_keeping_are_found_however_they_are_put() {
        for told in [
            "邮件保存一年，到期删除。",
            "录音保存到学期结束后三十日。",
            "账号资料保存到注销为止，期满即删除。",
            "我们仅在实现目的所必需的最短期限内保留您的个人信息。",
            "日志留存不少于六个月。",
            "我们保留您的订单信息3年。",
        ] {
            assert!(meta(told).retention.is_some(), "{told}");
        }
        for none in [
            "我们把信息保存在境内的服务器。",
            "本政策于2024年5月6日发布，请您保存。",
            "未满14周岁的用户，我们不保存其信息。",
        ] {
            assert_eq!(meta(none).retention, None, "{none}");
        }
    }

    #[test]
    fn targeting_that_is_not_done_is_none() {
        assert_eq!(meta("本应用不做个性化推荐，也不展示广告。").targeting, None);
        assert_eq!(meta("我们不会向您进行个性化推送。").targeting, None);
        let told =
            meta("我们根据浏览记录向您进行个性化推荐。您可以在设置中关闭个性化推荐，关闭后我们不再向您做个性化推荐。");
        assert!(told.targeting.is_some() && told.targeting_opt_out.is_some());
        assert!(meta("未经您同意，我们不会向您进行个性化推荐。").targeting.is_some());
    }

    #[test]
    fn rights_are_found_in_tables_and_in_a_sentence_of_prose() {
        let kinds = |text: &str| {
            let mut kinds: Vec<String> = meta(text).rights.into_iter().map(|(k, _)| k).collect();
            kinds.sort();
            kinds
        };
        assert_eq!(
            kinds("您可以随时写信给我们查阅、更正或者删除您的信息，也可以要求注销账号。"),
            ["access", "closure", "correction", "deletion"]
        );
        assert_eq!(kinds("您可以在手机设置中关闭位置权限，不影响其他功能，您的信息不再被收集。"), ["withdrawal"]);
        assert_eq!(
            kinds("权限：下面是可能用到的手机权限，您可以在手机“设置”里逐一关闭，关闭不影响浏览。"),
            ["withdrawal"]
        );
        assert!(kinds("我们不会删除日志。").is_empty());
    }

    #[test]
    fn rights_below_their_heading_are_found_whatever_list_went_before() {
        let text = "* 欢迎您使用。\n**5.对外提供**\n* 以下情形中，我们提供您的信息无需征得您的授权同意：\n* 1） 与国家安全直接相关的；\n* 2） 与公共安全直接相关的；\n**6.您的权利**\n* 我们提供操作设置，以便您可以查询、删除或更正您的个人信息。";
        assert!(meta(text).rights.iter().any(|(kind, _)| kind == "deletion"));
    }

    #[test]
    fn an_update_of_the_app_is_not_one_of_the_policy() {
        assert!(meta("应用更新：下载本应用的新版本后，经您同意安装更新。").app_update.is_some());
        assert_eq!(meta("我们更新隐私政策的新版本后，会以弹窗告知您并取得同意。").app_update, None);
    }

    #[test]
    fn the_time_to_answer_is_a_number_and_not_a_time_of_keeping() {
        let days = |text: &str| meta(text).answer_days.map(|f| f.value);
        assert_eq!(days("五、您的权利\n我们在收到请求后十五个工作日内答复。").as_deref(), Some("15"));
        assert_eq!(days("五、您的权利\n我们在30天内处理您的请求。").as_deref(), Some("30"));
        assert_eq!(days("五、您的权利\n注销后三十日内删除。"), None);
    }
}
