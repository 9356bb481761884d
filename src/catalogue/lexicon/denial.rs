//! Words that tell what a negation denies and how far.

use serde::Deserialize;

/// The parts denials and their limits are put together from, beside the particles and verbs of [`NegationWords`](super::NegationWords).
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DenialWords {
    /// Words that deny a need of what follows them at once, without a verb.
    pub needless: Vec<String>,
    /// The same behind what is not needed.
    pub needless_behind: Vec<String>,
    /// What is possible all the same without it.
    pub all_the_same: Vec<String>,
    /// How a clause goes on that puts something outside what is collected.
    pub outside: Vec<String>,
    /// How such a clause ends.
    pub outside_ends: Vec<String>,
    /// Verbs of taking something out of the app, done already.
    pub removed: Vec<String>,
    /// What the app can do no more when it was taken out.
    pub abilities: Vec<String>,
    /// The app as the subject of a clause, beside the cues for the operator.
    pub app: Vec<String>,
    /// In every other case.
    pub otherwise: Vec<String>,
    /// How clauses end that tell until when something holds.
    pub until: Vec<String>,
    /// Words that end like them and tell no such thing.
    pub not_until: Vec<String>,
    /// Users who have agreed to nothing.
    pub guests: Vec<String>,
    /// Settings of the app, as places something is done in.
    pub modes: Vec<String>,
    /// What joins a consequence to its condition.
    pub consequence: Vec<String>,
    /// Without the user having chosen anything.
    pub by_default: Vec<String>,
    /// Children.
    pub minors: Vec<String>,
    /// Negations that say what cannot be done rather than what is not.
    pub unable: Vec<String>,
    /// Behind an object: what is done with it.
    pub done_with: Vec<String>,
    /// Between a verb and the place where something ends up.
    pub into: Vec<String>,
    /// Between a verb and the form in which it does.
    pub turned: Vec<String>,
    /// Verbs of showing something to the user.
    pub shown: Vec<String>,
    /// Without having been asked or told.
    pub unasked: Vec<String>,
    /// Beyond something, before what is beyond it.
    pub beyond: Vec<String>,
    /// The user as the subject of a clause.
    pub users: Vec<String>,
    /// Others than the app as the subject of a clause.
    pub bystanders: Vec<String>,
    /// Adverbs between a subject and its negation.
    pub adverbs: Vec<String>,
    /// Pronouns for the components named before, as the whole subject of a clause.
    pub sdk_pronouns: Vec<String>,
    /// Asking the user something, which takes nothing.
    pub asking: Vec<String>,
    /// Asking for a grant.
    pub requests: Vec<String>,
    /// Words for what something holds, which limit nothing behind a word for any.
    pub contents: Vec<String>,
    /// Others of a kind, as the last member of an enumeration names them.
    pub others: Vec<String>,
    /// Any.
    pub any: Vec<String>,
    /// Only then.
    pub then_only: Vec<String>,
    /// How clauses end that tell where in the app something is done.
    pub scenes: Vec<String>,
    /// Those that name a part of the app or a use of it, whoever brings it about.
    pub places: Vec<String>,
    /// Verbs of what a function of the device does or is made to do.
    pub use_verbs: Vec<String>,
    /// What stands before such a place or time.
    pub at: Vec<String>,
    /// How clauses begin that suppose something of the user.
    pub supposing: Vec<String>,
    /// Without something the user does.
    pub lacking: Vec<String>,
    /// What an exception ends with when it excepts a use and no data.
    pub uses: Vec<String>,
}
