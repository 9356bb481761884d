//! Whether two names of companies are one company's: who signs a package, who its label names, who operates by the policy.
//!
//! Only what can be compared is: a name in Latin letters beside one in Chinese may be its translation, and words that most
//! companies share (科技, 北京, Technology) tell none from another. Where nothing is left to compare, nothing is said.

use crate::catalogue::{Language, Locale};

/// Letters of a Latin word that is more than a short form.
const LATIN_WORD: usize = 4;

/// How the names of two companies stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// They share a word of their own.
    Same,
    /// Each has words of its own, and none of them is the other's.
    Different,
    /// One is written in other letters, or has no word of its own.
    Unknown,
}

/// The company that the subject of a certificate (RFC 4514) names: its organisation, or else its common name. Nothing where
/// neither is a company, as on a debug certificate.
pub(super) fn of_certificate(subject: &str) -> Option<String> {
    let mut parts = attributes(subject);
    parts.sort_by_key(|(kind, _)| kind != "O");
    parts.into_iter().find(|(kind, value)| matches!(kind.as_str(), "O" | "CN") && is_company(value)).map(|(_, v)| v)
}

/// Whether two companies are one.
pub(super) fn compare(a: &str, b: &str) -> Likeness {
    if is_chinese(a) != is_chinese(b) {
        return Likeness::Unknown;
    }
    let (a, b) = (own_words(a), own_words(b));
    if a.is_empty() || b.is_empty() {
        return Likeness::Unknown;
    }
    if a.iter().any(|word| b.contains(word)) { Likeness::Same } else { Likeness::Different }
}

/// Whether a text has Chinese characters.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether `name` is called what another institution of the kind of `operator` is: two banks, two hospitals. An app can be called
/// 老年大学 and not be one.
pub(super) fn other_institution(name: &str, operator: &str) -> bool {
    let kind = |text: &str| {
        let text = folded(text);
        let bare = without_form(&text).unwrap_or(&text);
        endings().filter(|e| !is_form(e) && bare.ends_with(*e)).max_by_key(|e| e.len())
    };
    kind(name).is_some() && kind(name) == kind(operator) && compare(name, operator) == Likeness::Different
}

/// Whether the name of an app is found in that of a company, in letters that are the company's own.
pub(super) fn holds(company: &str, name: &str) -> bool {
    let (company, key) = (squeezed(company), squeezed(name));
    let long_enough = if is_chinese(name) { 2 } else { LATIN_WORD };
    key.chars().count() >= long_enough && !own_words(name).is_empty() && company.contains(&key)
}

/// Whether an app's name in Latin letters is a part of its application id (`Sample` of `com.example.sample`).
pub(super) fn in_application_id(id: &str, name: &str) -> bool {
    let key = squeezed(name);
    key.is_ascii() && key.len() >= LATIN_WORD && id.split('.').any(|part| squeezed(part).contains(&key))
}

fn is_company(name: &str) -> bool {
    let name = folded(name);
    match without_form(&name) {
        Some(bare) => !bare.is_empty(),
        None => is_chinese(&name) && endings().any(|e| name.len() > e.len() && name.ends_with(e)),
    }
}

/// A name without the form of the company at its end (有限公司, Co., Ltd).
fn without_form(folded: &str) -> Option<&str> {
    let folded = folded.trim_end_matches('.');
    let latin = !is_chinese(folded);
    endings()
        .filter(|e| is_form(e))
        .filter_map(|e| folded.strip_suffix(e))
        // A Latin form is a word of its own (Example Inc, not Zinc).
        .filter(|bare| !latin || bare.is_empty() || bare.ends_with(|c: char| !c.is_alphanumeric()))
        .min_by_key(|bare| bare.len())
}

fn is_form(ending: &str) -> bool {
    !is_chinese(ending) || ending.ends_with("公司")
}

fn endings() -> impl Iterator<Item = &'static str> {
    Locale::ALL.into_iter().flat_map(|l| &Language::of(l).meta.company).map(String::as_str)
}

fn common() -> impl Iterator<Item = &'static str> {
    Locale::ALL.into_iter().flat_map(|l| &Language::of(l).meta.company_common).map(String::as_str)
}

fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '（' => '(',
        '）' => ')',
        '，' => ',',
        c => c,
    };
    text.trim().chars().map(narrow).flat_map(char::to_lowercase).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What sets a company's name apart: pairs of characters in Chinese, words in Latin letters.
fn own_words(name: &str) -> Vec<String> {
    let name = folded(name);
    let bare = without_form(&name).unwrap_or(&name);
    if !is_chinese(bare) {
        let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 2);
        return words.filter(|w| common().chain(endings()).all(|c| c != *w)).map(str::to_owned).collect();
    }
    let mut rest = bare.to_owned();
    let mut shared: Vec<&str> = common().chain(endings()).filter(|w| is_chinese(w)).collect();
    shared.sort_by_key(|w| std::cmp::Reverse(w.len()));
    for word in shared {
        rest = rest.replace(word, " ");
    }
    let mut pairs = Vec::new();
    for piece in rest.split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = piece.chars().collect();
        pairs.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    pairs
}

/// The attributes of a distinguished name as RFC 4514 writes it, without the signs of escape.
fn attributes(subject: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), String::new())];
    let mut in_value = false;
    let mut signs = subject.chars();
    while let Some(c) = signs.next() {
        let last = parts.len() - 1;
        let (kind, value) = &mut parts[last];
        match c {
            ',' | '+' => {
                parts.push(Default::default());
                in_value = false;
            }
            '=' if !in_value => in_value = true,
            _ if !in_value => kind.push(c),
            '\\' => value.extend(signs.next()),
            c => value.push(c),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_comes_before_the_common_name() {
        let company = |subject| of_certificate(subject);
        assert_eq!(company("CN=张三,O=示例科技有限公司,C=CN").as_deref(), Some("示例科技有限公司"));
        assert_eq!(company("CN=示例科技有限公司,OU=dev").as_deref(), Some("示例科技有限公司"));
        assert_eq!(company("CN=x,O=Example\\, Inc.").as_deref(), Some("Example, Inc."));
        for nobody in ["CN=Android Debug,O=Android,C=US", "CN=zhangsan", "O=有限公司", "", "CN", "O=Zinc\\"] {
            assert_eq!(company(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn only_what_is_a_companys_own_is_compared() {
        use Likeness::{Different, Same, Unknown};
        for (a, b, like) in [
            ("晴空（北京）科技有限公司", "上海晴空网络技术有限公司", Same),
            ("北京晴空科技有限公司", "北京暮云科技有限公司", Different),
            ("北京科技有限公司", "北京暮云科技有限公司", Unknown),
            ("Qingkong Technology Co., Ltd", "晴空科技有限公司", Unknown),
            ("Clear Sky Technology Ltd.", "Clear Sky Inc", Same),
            ("Clear Sky Ltd", "Dusk Cloud Inc", Different),
            ("Technology Ltd", "Dusk Cloud Inc", Unknown),
        ] {
            assert_eq!(compare(a, b), like, "{a} / {b}");
        }
    }

    #[test]
    fn institutions_are_held_against_their_like() {
        assert!(other_institution("晴空银行", "暮云银行股份有限公司"));
        assert!(!other_institution("晴空银行", "晴空银行股份有限公司"));
        assert!(!other_institution("晴空老年大学", "暮云科技有限公司"), "the app is called so");
        assert!(!other_institution("中国银行", "暮云银行股份有限公司"), "no word of its own");
    }

    #[test]
    fn a_name_is_looked_for_in_companies_and_ids() {
        assert!(holds("北京晴空课堂教育有限公司", "晴空课堂"));
        assert!(!holds("北京晴空科技有限公司", "科技"));
        assert!(in_application_id("com.example.skyClass", "Sky Class"));
        assert!(!in_application_id("com.example.sky", "Sky"), "too short to tell");
    }
}
