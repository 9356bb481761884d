//! The sheets of a policy alone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::notes;
use super::apk::{capability, item};
use super::{Cell, Layout, Sheet, Tone, w};
use crate::audit::{Fixed, Lang, Named as _};
use crate::catalogue::Catalogue;
use crate::policy::{Document, Fact, Format, Party, Passage, Platform, Polarity, Policy, Statement, Subject};

pub fn sheets(policy: &Policy, catalogue: &Catalogue, lang: Lang) -> Vec<Sheet> {
    vec![
        facts(policy, lang, w::POLICY_REPORT),
        disclosed(policy, catalogue, lang),
        sdks(policy, catalogue, lang),
        denials(policy, catalogue, lang),
        told(policy, catalogue, lang),
    ]
}

/// The policy itself.
pub fn facts(policy: &Policy, lang: Lang, title: Fixed) -> Sheet {
    let meta = &policy.meta;
    let mut sheet = Sheet::pairs(lang, title);
    for document in &policy.documents {
        let format = document.format.label().get(lang);
        let mut about = vec![document.encoding.clone(), format.to_owned(), extent(document, lang)];
        about.retain(|a| !a.is_empty());
        about.dedup();
        sheet.pair(lang, w::FILE, format!("{}{}", document.file, lang.aside(about.join(", "))));
    }
    let told = |fact: &Option<Fact>| {
        let place = |f: &Fact| lang.aside(format_args!("{}:{}", f.passage.file, f.passage.line));
        fact.as_ref().map(|f| format!("{}{}", f.value, place(f))).unwrap_or_default()
    };
    sheet.pair(lang, w::APP_NAME, told(&meta.app_name));
    sheet.pair(lang, w::OPERATOR, told(&meta.operator));
    let dates: Vec<String> =
        [(w::PUBLISHED, &meta.published), (w::UPDATED, &meta.updated), (w::EFFECTIVE, &meta.effective)]
            .into_iter()
            .filter_map(|(name, fact)| fact.as_ref().map(|f| format!("{} {}", name.get(lang), f.value)))
            .collect();
    sheet.pair(lang, w::DATES, dates.join(", "));
    for list in &policy.external_lists {
        sheet.pair(lang, w::EXTERNAL_LIST, format!("{}  {}", list.name, super::evidence::passage(&list.passage)));
    }
    for unread in &policy.unread {
        sheet.pair(lang, w::COVERAGE, format!("{}: {}", unread.place, notes::told(&unread.why, lang)));
    }
    sheet
}

/// How long a document is; empty where that is not known.
fn extent(document: &Document, lang: Lang) -> String {
    let unit = if document.format == Format::Pdf { w::PAGES } else { w::LINES };
    if document.lines == 0 { String::new() } else { format!("{} {}", document.lines, unit.get(lang)) }
}

/// What was and was not read of a policy, as rows of the coverage sheet.
pub fn coverage(policy: &Policy, lang: Lang) -> Vec<Vec<Cell>> {
    // Of a document that told nothing, why stands among what was not read.
    let told = |d: &&Document| !d.regions.is_empty() || policy.unread.iter().all(|u| u.place != *d.file);
    let read = policy.documents.iter().filter(told).map(|d| {
        let how = format!("{} ({})", w::SEEN_WHOLE.get(lang), extent(d, lang));
        vec![Cell::new(&*d.file), Cell::toned(how, Tone::Good)]
    });
    let missing = policy.external_lists.iter().map(|l| {
        let how = format!("{} ({}:{})", w::NOT_GIVEN.get(lang), l.passage.file, l.passage.line);
        vec![Cell::new(&*l.name), Cell::toned(how, Tone::Warn)]
    });
    let unread =
        policy.unread.iter().map(|u| vec![Cell::new(&*u.place), Cell::toned(notes::told(&u.why, lang), Tone::Warn)]);
    read.chain(missing).chain(unread).collect()
}

fn subject_name(catalogue: &Catalogue, subject: &Subject, lang: Lang) -> String {
    match subject {
        Subject::Capability(id) => format!("[{}]", capability(catalogue, id.as_str(), lang)),
        Subject::Data(id) => item(catalogue, id.as_str(), lang),
    }
}

fn who(policy: &Policy, party: &Party, lang: Lang) -> String {
    match party {
        Party::FirstParty => w::FIRST_PARTY.get(lang).to_owned(),
        Party::Partner => w::PARTNER.get(lang).to_owned(),
        Party::Sdk(index) => policy.sdks.get(*index).map(|s| s.name.clone()).unwrap_or_default(),
    }
}

/// What the policy tells, one row a subject and party.
pub fn disclosed(policy: &Policy, catalogue: &Catalogue, lang: Lang) -> Sheet {
    let columns = [w::WHAT, w::WHO, w::PURPOSE, w::LINE, w::QUOTE];
    let mut sheet = Sheet::new(lang, w::DISCLOSED, Layout::Grid, &columns, w::NONE_FOUND);
    let mut groups: BTreeMap<(&Subject, &Party, Option<Platform>), Vec<&Statement>> = BTreeMap::new();
    for s in policy.statements.iter().filter(|s| s.polarity == Polarity::Affirmed) {
        let elsewhere = (!s.platform.covers_android()).then_some(s.platform);
        groups.entry((&s.subject, &s.party, elsewhere)).or_default().push(s);
    }
    for ((subject, party, elsewhere), statements) in groups {
        let Some(first) = statements.first() else { continue };
        let mut name = subject_name(catalogue, subject, lang);
        if let Some(platform) = elsewhere {
            name.push_str(&lang.aside(platform.label().get(lang)));
        }
        let purpose = statements.iter().find_map(|s| s.purpose.clone()).unwrap_or_default();
        let mut lines: Vec<u32> = statements.iter().map(|s| s.passage.line).collect();
        lines.sort_unstable();
        lines.dedup();
        let lines: Vec<String> = lines.iter().take(4).map(ToString::to_string).collect();
        sheet.rows.push(vec![
            Cell::new(name),
            Cell::new(who(policy, party, lang)),
            Cell::new(purpose),
            Cell::new(lines.join(", ")),
            Cell::new(&*first.passage.quote),
        ]);
    }
    sheet
}

fn sdks(policy: &Policy, catalogue: &Catalogue, lang: Lang) -> Sheet {
    let columns = [w::NAME, w::VENDOR, w::WHAT, w::PURPOSE, w::LINE];
    let mut sheet = Sheet::new(lang, w::DISCLOSED_SDKS, Layout::Grid, &columns, w::NONE_FOUND);
    for entry in &policy.sdks {
        let ids: Vec<&str> = entry.ids.iter().take(3).map(|i| i.as_str()).collect();
        let platform =
            if entry.platform.covers_android() { String::new() } else { lang.aside(entry.platform.label().get(lang)) };
        let data: Vec<String> = entry
            .data
            .iter()
            .map(|d| item(catalogue, d.as_str(), lang))
            .chain(entry.capabilities.iter().map(|c| format!("[{}]", capability(catalogue, c.as_str(), lang))))
            .collect();
        let lines: Vec<String> = entry.evidence.iter().take(3).map(|p| p.line.to_string()).collect();
        sheet.rows.push(vec![
            Cell::new(format!("{}{platform}\n{}", entry.name, ids.join(", ")).trim_end().to_owned()),
            Cell::new(entry.company.clone().unwrap_or_default()),
            Cell::new(data.join(if lang == Lang::Zh { "、" } else { ", " })),
            Cell::new(entry.purpose.clone().unwrap_or_default()),
            Cell::new(lines.join(", ")),
        ]);
    }
    sheet
}

fn denials(policy: &Policy, catalogue: &Catalogue, lang: Lang) -> Sheet {
    let columns = [w::WHAT, w::WHO, w::KIND, w::LINE, w::QUOTE];
    let mut sheet = Sheet::new(lang, w::DENIALS, Layout::Grid, &columns, w::NONE_FOUND);
    let mut told = BTreeSet::new();
    for s in policy.statements.iter().filter(|s| s.polarity != Polarity::Affirmed) {
        let row = vec![
            Cell::new(subject_name(catalogue, &s.subject, lang)),
            Cell::new(who(policy, &s.party, lang)),
            Cell::toned(s.polarity.label().get(lang), Tone::Warn),
            Cell::new(s.passage.line.to_string()),
            Cell::new(&*s.passage.quote),
        ];
        // Two words for one thing in one sentence are one denial.
        if told.insert((&s.subject, &s.party, s.polarity, s.passage.line, &s.passage.quote)) {
            sheet.rows.push(row);
        }
    }
    sheet
}

/// Facts about the policy itself, each with its place.
fn told(policy: &Policy, catalogue: &Catalogue, lang: Lang) -> Sheet {
    let meta = &policy.meta;
    let columns = [w::FACT, w::WHAT, w::LINE, w::QUOTE];
    let mut sheet = Sheet::new(lang, w::TOLD_FACTS, Layout::Grid, &columns, w::NONE_FOUND);
    let mut row = |name: Fixed, value: &str, place: &Passage| {
        // A fact that is a sentence is its own quote.
        let value = if place.quote.contains(value) && value.chars().count() > VALUE { "" } else { value };
        sheet.rows.push(vec![
            Cell::new(name.get(lang)),
            Cell::new(value),
            Cell::new(place.line.to_string()),
            Cell::new(&*place.quote),
        ]);
    };
    for (kind, fact) in &meta.contacts {
        let name = match kind.as_str() {
            "mail" => w::CONTACT_MAIL,
            "phone" => w::CONTACT_PHONE,
            "address" => w::CONTACT_ADDRESS,
            _ => w::CONTACT_ONLINE,
        };
        row(name, &fact.value, &fact.passage);
    }
    for (kind, fact) in &meta.rights {
        let name = match kind.as_str() {
            "access" => w::RIGHT_ACCESS,
            "correction" => w::RIGHT_CORRECTION,
            "deletion" => w::RIGHT_DELETION,
            "closure" => w::RIGHT_CLOSURE,
            "withdrawal" => w::RIGHT_WITHDRAWAL,
            "copy" => w::RIGHT_COPY,
            _ => w::RIGHT_COMPLAINT,
        };
        row(name, &fact.value, &fact.passage);
    }
    for (name, fact) in [
        (w::ANSWER_DAYS, &meta.answer_days),
        (w::RETENTION, &meta.retention),
        (w::STORAGE_PLACE, &meta.storage_place),
        (w::EXPORT, &meta.export),
        (w::NO_EXPORT, &meta.export_denied),
        (w::MINORS, &meta.minors),
        (w::SENSITIVE, &meta.sensitive),
        (w::TARGETING, &meta.targeting),
        (w::TARGETING_OPT_OUT, &meta.targeting_opt_out),
        (w::AUTOSTART, &meta.autostart),
        (w::COLLECTION_LIST, &meta.collection_list),
        (w::SHARING_LIST, &meta.sharing_list),
    ] {
        if let Some(fact) = fact {
            row(name, &fact.value, &fact.passage);
        }
    }
    for place in &meta.open_ended {
        row(w::OPEN_ENDED, "", place);
    }
    for (stated, listed, place) in &meta.counts {
        let name = if stated == listed { w::STATED_COUNT_MET } else { w::STATED_COUNT };
        row(name, &format!("{stated} / {listed}"), place);
    }
    for mention in policy.gloss_mismatches() {
        row(w::GLOSS, &subject_name(catalogue, &mention.subject, lang), &mention.passage);
    }
    sheet
}

/// Characters up to which a fact is a value rather than a sentence.
const VALUE: usize = 24;
