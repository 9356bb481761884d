//! Words that tell what a negation denies and how far, made ready to look up.

use crate::catalogue::DenialWords;
use crate::policy::list::List;

/// The lists of [`DenialWords`], folded.
#[derive(Debug)]
pub(crate) struct DenialLists {
    pub needless: List,
    pub needless_behind: List,
    pub all_the_same: List,
    pub outside: List,
    pub outside_ends: List,
    pub removed: List,
    pub abilities: List,
    pub app: List,
    pub otherwise: List,
    pub until: List,
    pub not_until: List,
    pub guests: List,
    pub modes: List,
    pub consequence: List,
    pub by_default: List,
    pub minors: List,
    pub unable: List,
    pub done_with: List,
    pub into: List,
    pub turned: List,
    pub shown: List,
    pub beyond: List,
    pub users: List,
    pub bystanders: List,
    pub asking: List,
    pub requests: List,
    pub contents: List,
    pub others: List,
    pub any: List,
    pub then_only: List,
    pub scenes: List,
    pub at: List,
    pub supposing: List,
    pub lacking: List,
    pub uses: List,
}

impl DenialLists {
    /// The words of a language, each list made by `list`.
    pub(super) fn new(words: &DenialWords, list: impl Fn(&[String]) -> List) -> Self {
        Self {
            needless: list(&words.needless),
            needless_behind: list(&words.needless_behind),
            all_the_same: list(&words.all_the_same),
            outside: list(&words.outside),
            outside_ends: list(&words.outside_ends),
            removed: list(&words.removed),
            abilities: list(&words.abilities),
            app: list(&words.app),
            otherwise: list(&words.otherwise),
            until: list(&words.until),
            not_until: list(&words.not_until),
            guests: list(&words.guests),
            modes: list(&words.modes),
            consequence: list(&words.consequence),
            by_default: list(&words.by_default),
            minors: list(&words.minors),
            unable: list(&words.unable),
            done_with: list(&words.done_with),
            into: list(&words.into),
            turned: list(&words.turned),
            shown: list(&words.shown),
            beyond: list(&words.beyond),
            users: list(&words.users),
            bystanders: list(&words.bystanders),
            asking: list(&words.asking),
            requests: list(&words.requests),
            contents: list(&words.contents),
            others: list(&words.others),
            any: list(&words.any),
            then_only: list(&words.then_only),
            scenes: list(&words.scenes),
            at: list(&words.at),
            supposing: list(&words.supposing),
            lacking: list(&words.lacking),
            uses: list(&words.uses),
        }
    }
}
