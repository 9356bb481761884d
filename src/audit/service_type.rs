//! Which of the 39 service types of 国信办秘字〔2021〕14号 an app is: as a person says, or as its names show beyond doubt.

use super::case::Case;
use super::text::Text;
use crate::catalogue::{Language, Locale, ServiceType};

/// The service type of an app.
#[derive(Debug, Clone)]
pub struct ServiceTypeCase<'a> {
    /// Which.
    pub kind: &'a ServiceType,
    /// Why it was guessed; `None` when a person gave it.
    pub guess: Option<Text>,
}

/// The word in the names of the app that shows one for a trade or an enterprise: what consumers' apps of its type need says
/// nothing of it.
pub(super) fn trade<'a>(case: &Case<'a>) -> Option<&'a str> {
    let names: Vec<String> = [&case.apk.label_zh, &case.apk.label]
        .into_iter()
        .flatten()
        .chain(case.policy.meta.app_name.as_ref().map(|f| &f.value))
        .map(|name| name.to_lowercase())
        .collect();
    // The English words are not read for names without a Latin letter.
    let latin = names.iter().any(|name| name.contains(|c: char| c.is_ascii_alphabetic()));
    let locales = [Locale::Zh, Locale::En].into_iter().filter(|locale| *locale == Locale::Zh || latin);
    let words = locales.flat_map(|locale| &Language::of(locale).meta.trade_apps);
    words.map(String::as_str).find(|word| names.iter().any(|name| name.contains(word)))
}

pub(super) fn judge<'a>(case: &Case<'a>) -> Option<ServiceTypeCase<'a>> {
    let types = case.catalogue.service_types();
    if let Some(number) = case.settings.service_type {
        return types.iter().find(|t| t.no == number).map(|kind| ServiceTypeCase { kind, guess: None });
    }
    guess(case)
}

/// The type whose words stand in the names of the app: in the label of the package and, where the policy names the app, in that
/// name too. Names that speak of two types, or of two apps, show none: a super app has many functions.
fn guess<'a>(case: &Case<'a>) -> Option<ServiceTypeCase<'a>> {
    let label = case.apk.label_zh.as_ref().or(case.apk.label.as_ref())?;
    let told = case.policy.meta.app_name.as_ref().map(|f| &f.value);
    let mut hits = case.catalogue.service_types().iter().filter_map(|kind| {
        let word = kind.words.iter().find(|w| label.contains(w.as_str()))?;
        Some((kind, word))
    });
    let (kind, word) = hits.next()?;
    if hits.next().is_some() || told.is_some_and(|name| !name.contains(word.as_str())) {
        return None;
    }
    let why =
        Text::new(format!("应用名称“{label}”中有“{word}”"), format!("the app's name \"{label}\" holds \"{word}\""));
    Some(ServiceTypeCase { kind, guess: Some(why) })
}
