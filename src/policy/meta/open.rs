//! Sentences that enumerate collected data and leave the list open (等, 例如, 包括但不限于).

use super::{Documents, Reading};
use crate::catalogue::Cue;
use crate::policy::list::List;
use crate::policy::model::{Meta, Role};
use crate::policy::outline::{Node, Span};
use crate::policy::sentence::Sentence;
use crate::policy::words::Words;

/// Entries kept.
const KEPT: usize = 40;
/// Characters from an opener to the first member of the list.
const REACH: usize = 16;

struct Lists {
    closers: List,
    longer: List,
    openers: List,
    complete: List,
    may: List,
}

pub(super) fn read(documents: &Documents<'_>, meta: &mut Meta) {
    for Reading { outline, placer, words } in documents {
        let lists = Lists {
            closers: words.meta(|m| &m.open_ended),
            longer: words.meta(|m| &m.not_open_ended),
            openers: words.meta(|m| &m.open_openers),
            complete: words.meta(|m| &m.complete_lists),
            may: words.meta(|m| &m.user_may),
        };
        for node in outline.nodes.iter().filter(|n| may_enumerate(n)) {
            let text = node.span.folded();
            if lists.complete.is_in(text) {
                continue;
            }
            for sentence in node.span.sentences(words) {
                let Some(at) = open(&node.span, sentence, words, &lists) else { continue };
                meta.open_ended.push(placer.passage(&node.span, at, sentence.range.clone()));
                if meta.open_ended.len() >= KEPT {
                    return;
                }
            }
        }
    }
}

fn may_enumerate(node: &Node) -> bool {
    node.row.is_none()
        && !node.heading
        && !node.exception
        && matches!(
            node.role,
            Role::Body | Role::Collection | Role::PermissionList | Role::SdkList | Role::Sharing | Role::Cookies
        )
}

/// Where a sentence leaves an enumeration of personal information open.
fn open(span: &Span, sentence: &Sentence, words: &Words, lists: &Lists) -> Option<std::ops::Range<usize>> {
    let text = span.folded();
    if sentence.affirmed(Cue::Collect).all(|c| by_user(text, sentence, c, lists))
        || [Cue::Define, Cue::UserDuty, Cue::Withdraw, Cue::Refusal, Cue::Publish].iter().any(|c| sentence.has(*c))
    {
        return None;
    }
    if only_by_others(sentence) {
        return None;
    }
    let range = sentence.range.clone();
    let named: Vec<_> = words.data.find(&span.normal, range.clone()).filter(|f| !f.values.is_empty()).collect();
    let shift = |r: std::ops::Range<usize>| r.start + range.start..r.end + range.start;
    let closed = lists.closers.places(&text[range.clone()]).map(shift).find(|r| {
        let tail = &text[r.start..];
        let counted = text[r.end..range.end]
            .chars()
            .next()
            .is_some_and(|c| c.is_ascii_digit() || "共一二两三四五六七八九十几".contains(c));
        !counted
            && !exempt(tail, words, lists)
            && named.iter().any(|f| {
                f.range.end <= r.start && text[f.range.end..r.start].chars().count() <= 2 && f.range.start < r.start
            })
    });
    let near = words.reach(REACH);
    closed.or_else(|| {
        lists.openers.places(&text[range.clone()]).map(shift).find(|r| {
            named.iter().any(|f| f.range.start >= r.end && text[r.end..f.range.start].chars().count() <= near)
        })
    })
}

/// Whether the collecting is somebody else's and the first party says that it does not take part (姓名、电话等由广告主自行收集，我们不会
/// 留存; 指纹、密码等仅保存在门锁本地，不会上传).
fn only_by_others(sentence: &Sentence) -> bool {
    let collects = || sentence.cues.iter().filter(|c| c.cue == Cue::Collect).map(|c| &c.range);
    let ours = |at: &std::ops::Range<usize>| sentence.has_in(Cue::FirstParty, &sentence.clause_of(at.start));
    let affirmed = || sentence.affirmed(Cue::Collect);
    collects().any(|c| !affirmed().any(|a| a == c)) && !affirmed().any(ours)
}

/// Whether it is the user who does what a word of collecting says (您可使用该功能扫描身份证), and nobody else in the same clause.
fn by_user(text: &str, sentence: &Sentence, cue: &std::ops::Range<usize>, lists: &Lists) -> bool {
    let clause = sentence.clause_of(cue.start);
    let Some(may) = text.get(clause.start..cue.start).and_then(|before| lists.may.last_end(before)) else {
        return false;
    };
    !sentence.has_in(Cue::FirstParty, &(clause.start + may..cue.start))
}

/// Whether what follows the end of an enumeration says that ways or functions were enumerated (等途径) and no data: what such a
/// noun itself stands before (等服务日志) it only describes.
fn exempt(tail: &str, words: &Words, lists: &Lists) -> bool {
    lists.longer.strip(tail).is_some_and(|rest| !words.begins_data_noun(rest))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;

    fn found(text: &str) -> usize {
        let text = format!("二、我们如何收集和使用您的个人信息\n{text}");
        Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin())
            .unwrap()
            .meta
            .open_ended
            .len()
    }

    #[test]
    fn an_enumeration_of_data_that_ends_with_and_so_on_is_open() {
        for open in [
            "我们会收集设备型号、操作系统版本、IP地址等信息。",
            "我们会收集您的设备信息，包括但不限于IMEI、MAC地址。",
            "我们收集设备标识符（如IMEI、Android ID等）。",
            "我们收集您的照片、视频等信息，不会用于其他用途，也不会上传。",
        ] {
            assert_eq!(found(open), 1, "{open}");
        }
        for closed in [
            "我们会收集您的会员等级。",
            "我们收集您的手机号，以便推送课程、活动等内容。",
            "我们收集设备型号、IP地址等三项信息。",
            "我们不会收集您的身份证号、银行卡号等信息。",
            "我们收集设备型号、IP地址等信息，完整清单见《个人信息收集清单》。",
            "用户在广告页面中填写的姓名、电话等，由广告主自行收集，我们不会留存。",
            "指纹、密码等信息以加密方式仅保存在门锁本地，不会上传至服务器。",
        ] {
            assert_eq!(found(closed), 0, "{closed}");
        }
    }
}
