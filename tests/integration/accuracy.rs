//! The policy reader against the labelled policies: `tests/policies/README.md` says what counts.

#[path = "../support/accuracy/mod.rs"]
mod measure;

use std::path::Path;

use measure::report::Kind;

/// F1 reached on the policies that each show one difficulty, rounded down. A floor may only rise: a change that lowers one is a step back, or has found a wrong label, which
/// is then mended in the text's favour and said so in the commit.
const FLOORS: &[(Kind, f64)] = &[
    (Kind::Capabilities, 0.98),
    (Kind::OtherPlatform, 0.99),
    (Kind::Denials, 0.98),
    (Kind::DenialKinds, 0.96),
    (Kind::SdksLenient, 0.99),
    (Kind::SdksStrict, 0.99),
    (Kind::SdkIds, 0.99),
    (Kind::SdkCompanies, 0.98),
    (Kind::SdkData, 0.97),
    (Kind::FirstPartyData, 0.95),
    (Kind::Meta, 0.98),
    (Kind::ExternalLists, 0.99),
];

/// The same for the policies written after what is found in app stores.
const MARKET_FLOORS: &[(Kind, f64)] = &[
    (Kind::Capabilities, 0.98),
    (Kind::OtherPlatform, 0.90),
    (Kind::Denials, 0.96),
    (Kind::DenialKinds, 0.92),
    (Kind::SdksLenient, 0.99),
    (Kind::SdksStrict, 0.98),
    (Kind::SdkIds, 0.99),
    (Kind::SdkCompanies, 0.99),
    (Kind::SdkData, 0.98),
    (Kind::FirstPartyData, 0.95),
    (Kind::Meta, 0.96),
    (Kind::ExternalLists, 0.99),
];

#[test]
fn the_reader_is_as_good_as_it_was() {
    holds("tests/policies", FLOORS);
}

#[test]
fn the_reader_is_as_good_as_it_was_on_policies_as_in_stores() {
    holds("tests/policies/market", MARKET_FLOORS);
}

fn holds(dir: &str, floors: &[(Kind, f64)]) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let report = measure::measure(&dir).unwrap();
    for &(kind, floor) in floors {
        let reached = report.counts(kind).f1();
        assert!(reached >= floor, "F1 of {kind:?} fell to {reached:.3}, below {floor}\n{report}");
    }
}

#[test]
fn the_measure_is_the_same_each_time() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let print = || measure::measure(&dir).unwrap().to_string();
    assert_eq!(print(), print());
}

#[test]
fn every_file_belongs_to_labels() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    belong(&dir, &["README.md", "core.json", ".gitattributes", "market"]);
    belong(&dir.join("market"), &[]);
}

fn belong(dir: &Path, others: &[&str]) {
    let mut named: Vec<String> = others.iter().map(|&name| name.to_owned()).collect();
    let mut there = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".labels.json") {
            let labels: serde_json::Value = serde_json::from_slice(&std::fs::read(dir.join(&name)).unwrap()).unwrap();
            named.extend(labels["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap().to_owned()));
            named.push(name.clone());
        }
        there.push(name);
    }
    named.sort();
    there.sort();
    assert_eq!(named, there);
}
