//! Denials of SDKs: 没有接入任何广告SDK, 未集成第三方统计类SDK.

use std::ops::Range;

use super::list::List;
use super::model::{Role, SdkDenial};
use super::names::{self, Resolution};
use super::outline::Outline;
use super::place::Placer;
use super::sentence::Sentence;
use super::words::{PerLocale, Words};
use crate::catalogue::{Cue, SdkCategory};

/// Characters between the verb and the word SDK.
const OBJECT: usize = 40;

struct Lists {
    not: List,
    embed: List,
    kinds: Vec<(List, SdkCategory)>,
    any: List,
    beyond: List,
}

fn lists(words: &Words) -> &'static Lists {
    static LISTS: PerLocale<Lists> = PerLocale::new();
    LISTS.get(words.locale, || {
        let said = &words.language().sdk_denials;
        Lists {
            not: words.list(&said.not).longest_first(),
            embed: words.list(&said.embed),
            kinds: said.kinds.iter().map(|k| (words.list(&k.words), k.category)).collect(),
            any: words.list(&said.any),
            beyond: words.list(&said.beyond),
        }
    })
}

/// Every denial of SDKs in a document.
pub(crate) fn read(outline: &Outline, placer: &Placer, words: &Words) -> Vec<SdkDenial> {
    let mut found = Vec::new();
    for node in &outline.nodes {
        let text = node.span.folded();
        if text.is_empty()
            || node.exception
            || !node.platform.covers_android()
            || matches!(node.role, Role::Contents | Role::Definition)
            || !words.says_sdk(text)
        {
            continue;
        }
        for sentence in node.span.sentences(words) {
            if sentence.has(Cue::Refusal) || sentence.has(Cue::UserDuty) {
                continue;
            }
            for (object, at) in denied(text, sentence, words) {
                let Some((categories, ids)) = meant(object, words) else { continue };
                let passage = placer.passage(&node.span, at, sentence.range.clone());
                found.push(SdkDenial { categories, ids, passage });
            }
        }
    }
    found
}

/// Where a sentence denies that SDKs are embedded.
pub(crate) fn places(text: &str, sentence: &Sentence, words: &Words) -> Vec<Range<usize>> {
    denied(text, sentence, words)
        .into_iter()
        .filter(|(object, _)| meant(object, words).is_some())
        .map(|(_, at)| at)
        .collect()
}

/// What stands between the denied verb and the word SDK, and where the denial stands.
fn denied<'t>(text: &'t str, sentence: &Sentence, words: &Words) -> Vec<(&'t str, Range<usize>)> {
    let lists = lists(words);
    let part = &text[sentence.range.clone()];
    let found = words.sdk_places(part, false).into_iter().filter_map(|sdk| {
        let head = &part[..sdk.start];
        // The verb nearest to the word SDK, with the negation right before it.
        let (verb, end) = lists.embed.places(head).map(|r| (r.start, r.end)).max_by_key(|&(at, end)| (end, at))?;
        let object = &head[end..];
        // A second negation before it turns it round again; a list of what there is says that there is no more.
        let before = lists.not.strip_end(head[..verb].trim_end_matches(' '))?;
        let turned = before.ends_with(['非', '无', '不']);
        (!turned && !object.contains(['。', ';', ':']) && words.length(object) <= OBJECT)
            .then(|| (object, sentence.range.start + before.len()..sentence.range.start + sdk.end))
    });
    found.collect()
}

/// The kinds and components an object names; empty lists mean every third-party SDK, none that it is unclear what is denied.
fn meant(object: &str, words: &Words) -> Option<(Vec<SdkCategory>, Vec<crate::catalogue::SdkId>)> {
    let lists = lists(words);
    if lists.beyond.is_in(object) {
        return None;
    }
    let mut categories: Vec<SdkCategory> = Vec::new();
    let mut ids = Vec::new();
    for part in object.split(['、', '或', '和', '及', '与', ',', '/']) {
        let Resolution { ids: known, .. } = words.names.resolve(part, part);
        let kinds: Vec<SdkCategory> = lists.kinds.iter().filter(|(w, _)| w.is_in(part)).map(|&(_, c)| c).collect();
        if !kinds.is_empty() && !words.names.holds_known(&names::key(part)) {
            categories.extend(kinds);
        } else {
            ids.extend(known);
        }
    }
    categories.sort();
    categories.dedup();
    ids.sort();
    ids.dedup();
    if !categories.is_empty() || !ids.is_empty() {
        return Some((categories, ids));
    }
    let mut rest = object.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '的' | '了' | '过' | ' '));
    while let Some(shorter) = lists.any.strip(rest) {
        rest = shorter;
    }
    rest.is_empty().then(Default::default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;

    fn policy(text: &str) -> Policy {
        let text = format!("示例应用是一款用来记录日常事项的软件。\n{text}");
        Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap()
    }

    #[test]
    fn denials_of_kinds_of_products_and_of_all_are_told_apart() {
        let denials = |text: &str| policy(text).sdk_denials;
        assert_eq!(denials("我们的软件中没有接入任何广告SDK。")[0].categories, [SdkCategory::Ads]);
        assert_eq!(
            denials("本应用未集成广告类、统计类第三方SDK。")[0].categories,
            [SdkCategory::Ads, SdkCategory::Analytics]
        );
        let all = denials("它没有账号，不联网，也没有接入第三方 SDK。");
        assert!(all[0].categories.is_empty() && all[0].ids.is_empty());
        assert_eq!(denials("本应用没有接入友盟统计SDK。")[0].ids[0].as_str(), "umeng-analytics");
        for none in
            ["除此之外没有接入其他SDK。", "未经您同意，我们不会启用SDK。", "我们接入了广告SDK。", "SDK不会读取通讯录。"]
        {
            assert!(denials(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_denied_component_is_not_listed() {
        assert!(policy("本应用没有接入友盟统计SDK。").sdks.is_empty());
        let one = policy("本应用没有接入广告SDK，但接入了友盟统计SDK，收集设备型号。");
        assert_eq!(one.sdks.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["友盟统计SDK"]);
        assert_eq!(policy("本应用没有接入广告SDK，也未集成统计类SDK。").sdk_denials.len(), 2);
    }
}
