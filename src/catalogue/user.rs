//! A user's own entries on top of the built-in ones.
//!
//! A file holds the sections of the built-in files: `[[sdk]]`, `[[permission]]` and so on. An entry whose identifier is new is
//! added; one whose identifier is known extends that entry: lists are united, other values replaced. Entries meet as TOML, so
//! that every error still knows its line.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::builtin::{self, GenericGroup};
use super::check;
use super::clause::Clause;
use super::compact::File;
use super::data_item::DataItem;
use super::error::Error;
use super::packer::Packer;
use super::permission::{Capability, Permission};
use super::sdk::{Family, Sdk};
use super::{Catalogue, Duty, Grant, Protection};

/// What one entry of a user's file did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Section: `sdk`.
    pub section: &'static str,
    /// Identifier, permission name, or first name of a generic name.
    pub id: String,
    /// Whether it extends an entry that was there.
    pub extends: bool,
}

const SECTIONS: [&str; 8] =
    ["capability", "clause", "data_item", "family", "generic_name", "packer", "permission", "sdk"];

/// Merges the files in order. The second value tells what each entry did.
pub(super) fn merge(files: &[PathBuf]) -> Result<(Catalogue, Vec<Merged>), Vec<Error>> {
    let mut texts = Vec::new();
    for file in files {
        match std::fs::read_to_string(file) {
            Ok(text) => texts.push(text),
            Err(source) => return Err(vec![Error::Read { file: file.clone(), source }]),
        }
    }
    let mut merger = Merger::default();
    for (file, text) in files.iter().zip(&texts) {
        merger.file(Source { file, text });
    }
    merger.finish(files)
}

/// One file and its text.
#[derive(Clone, Copy)]
struct Source<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Source<'_> {
    fn error(self, at: usize, message: String) -> Error {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Error::Entry {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

/// Where an entry of the user's stands, and its strings.
struct Origin<'a> {
    source: Source<'a>,
    start: usize,
    strings: Vec<(String, usize)>,
}

/// The entries of a section as TOML, by identifier, to be extended.
type Tables<'a> = BTreeMap<String, DeTable<'a>>;

#[derive(Default)]
struct Merger<'a> {
    tables: HashMap<&'static str, Tables<'a>>,
    origins: HashMap<(&'static str, String), Vec<Origin<'a>>>,
    lists: Lists,
    merged: Vec<Merged>,
    errors: Vec<Error>,
}

/// The parts that users' entries touch.
#[derive(Default)]
struct Lists {
    permissions: Option<Vec<Permission>>,
    capabilities: Option<Vec<Capability>>,
    data_items: Option<Vec<DataItem>>,
    sdks: Option<Vec<Sdk>>,
    families: Option<Vec<Family>>,
    generic_groups: Option<Vec<GenericGroup>>,
    packers: Option<Vec<Packer>>,
    clauses: Option<Vec<Clause>>,
}

/// Puts an entry in its place in a list sorted by key.
fn put<T: DeserializeOwned + Clone>(
    list: &mut Option<Vec<T>>,
    builtin: &[T],
    key: fn(&T) -> &str,
    value: Spanned<DeValue<'_>>,
) -> Result<(), toml::de::Error> {
    let entry = T::deserialize(ValueDeserializer::from(value))?;
    let list = list.get_or_insert_with(|| builtin.to_vec());
    match list.binary_search_by(|other| key(other).cmp(key(&entry))) {
        Ok(at) => list[at] = entry,
        Err(at) => list.insert(at, entry),
    }
    Ok(())
}

impl Lists {
    fn put(&mut self, section: &str, value: Spanned<DeValue<'_>>) -> Result<(), toml::de::Error> {
        let base = Catalogue::builtin();
        match section {
            "permission" => put(&mut self.permissions, base.permissions(), |e| &e.name, value),
            "capability" => put(&mut self.capabilities, base.capabilities(), |e| e.id.as_str(), value),
            "data_item" => put(&mut self.data_items, base.data_items(), |e| e.id.as_str(), value),
            "sdk" => put(&mut self.sdks, base.sdks(), |e| e.id.as_str(), value),
            "family" => put(&mut self.families, base.families(), |e| e.id.as_str(), value),
            "packer" => put(&mut self.packers, base.packers(), |e| e.id.as_str(), value),
            "clause" => put(&mut self.clauses, base.clauses(), |e| e.id.as_str(), value),
            _ => {
                let group = <GenericGroup as serde::Deserialize>::deserialize(ValueDeserializer::from(value))?;
                self.generic_groups.get_or_insert_with(builtin::generic_groups).push(group);
                Ok(())
            }
        }
    }
}

impl<'a> Merger<'a> {
    fn file(&mut self, source: Source<'a>) {
        let root = match DeTable::parse(source.text) {
            Ok(root) => root.into_inner(),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.errors.push(source.error(at, sentence(error.message())));
                return;
            }
        };
        for (key, value) in root {
            let at = key.span().start;
            let Some(section) = SECTIONS.into_iter().find(|s| *s == key.get_ref().as_ref()) else {
                let message = format!("unknown key `{}`, expected one of {}", key.get_ref(), quoted(&SECTIONS));
                self.errors.push(source.error(at, message));
                continue;
            };
            let DeValue::Array(entries) = value.into_inner() else {
                self.errors
                    .push(source.error(at, format!("`{section}` must be a list of tables, written `[[{section}]]`")));
                continue;
            };
            for entry in entries {
                self.entry(source, section, entry);
            }
        }
    }

    fn entry(&mut self, source: Source<'a>, section: &'static str, entry: Spanned<DeValue<'a>>) {
        let span = entry.span();
        let DeValue::Table(table) = entry.into_inner() else {
            let message = format!("`{section}` must be a list of tables, written `[[{section}]]`");
            self.errors.push(source.error(span.start, message));
            return;
        };
        let origin = |table: &DeTable<'a>| Origin { source, start: span.start, strings: strings(table) };
        if section == "generic_name" {
            let names = strings_of(&table, "names");
            let id = names.first().cloned().unwrap_or_default();
            for name in names {
                self.origins.entry((section, name)).or_default().push(origin(&table));
            }
            self.put(source, section, id, false, table, span);
            return;
        }
        let key = key_of(section);
        let Some(DeValue::String(id)) = table.get(key).map(Spanned::get_ref) else {
            self.errors.push(source.error(span.start, format!("this `[[{section}]]` lacks the key `{key}`")));
            return;
        };
        let id = id.clone().into_owned();
        self.origins.entry((section, id.clone())).or_default().push(origin(&table));
        let tables = self.tables.entry(section).or_insert_with(|| builtin_tables(section));
        let extends = tables.contains_key(&id);
        let whole = tables.entry(id.clone()).or_default();
        unite(whole, table);
        let whole = whole.clone();
        self.put(source, section, id, extends, whole, span);
    }

    fn put(
        &mut self,
        source: Source<'a>,
        section: &'static str,
        id: String,
        extends: bool,
        table: DeTable<'a>,
        span: Range<usize>,
    ) {
        match self.lists.put(section, Spanned::new(span.clone(), DeValue::Table(table))) {
            Ok(()) => self.merged.push(Merged { section, id, extends }),
            Err(error) => {
                let at = error.span().map_or(span.start, |s| s.start);
                self.errors.push(source.error(at, format!("{section} `{id}`: {}", sentence(error.message()))));
            }
        }
    }

    fn finish(mut self, files: &[PathBuf]) -> Result<(Catalogue, Vec<Merged>), Vec<Error>> {
        let lists = std::mem::take(&mut self.lists);
        let mut catalogue = Catalogue {
            merged: files.iter().filter_map(|f| f.file_name()).map(|n| n.to_string_lossy().into_owned()).collect(),
            permissions: part(lists.permissions),
            capabilities: part(lists.capabilities),
            data_items: part(lists.data_items),
            sdks: part(lists.sdks),
            families: part(lists.families),
            packers: part(lists.packers),
            clauses: part(lists.clauses),
            ..Catalogue::default()
        };
        if let Some(groups) = lists.generic_groups {
            let names = builtin::generic_names(groups, catalogue.sdks());
            catalogue.generic_names = OnceLock::from(names);
        }
        // An entry that was refused is missing: what refers to it would be reported a second time.
        if self.errors.is_empty() {
            let new = |section, id: &str| self.origins.contains_key(&(section, id.to_owned()));
            for problem in check::problems(&catalogue, &new) {
                self.problem(&problem);
            }
        }
        if self.errors.is_empty() { Ok((catalogue, self.merged)) } else { Err(self.errors) }
    }

    /// Finds the line of the user's that a problem comes from.
    fn problem(&mut self, problem: &check::Problem) {
        let section = problem.section;
        for (id, what) in &problem.entries {
            let Some(origins) = self.origins.get(&(section, id.clone())) else { continue };
            let place = origins.iter().rev().find_map(|o| {
                o.strings.iter().find(|(value, _)| *value == problem.value).map(|(_, at)| (o.source, *at))
            });
            let Some((source, at)) = place.or_else(|| origins.last().map(|o| (o.source, o.start))) else { continue };
            let message = format!("{section} `{id}`: `{}` {what}", problem.value);
            self.errors.push(source.error(at, message));
            return;
        }
    }
}

fn part<T>(list: Option<Vec<T>>) -> OnceLock<Vec<T>> {
    list.map(OnceLock::from).unwrap_or_default()
}

/// The key that identifies an entry of this section.
fn key_of(section: &str) -> &'static str {
    if section == "permission" { "name" } else { "id" }
}

/// The built-in entries of a section as TOML.
fn builtin_tables(section: &'static str) -> Tables<'static> {
    let files: &[File] = match section {
        "permission" => &[builtin::PERMISSIONS],
        "capability" => &[builtin::CAPABILITIES],
        "data_item" => &[builtin::DATA_ITEMS],
        "sdk" => &builtin::SDKS,
        "family" => &[builtin::FAMILIES],
        "packer" => &[builtin::PACKERS],
        "clause" => &[builtin::CLAUSES],
        _ => &[],
    };
    let mut tables = Tables::new();
    for file in files {
        let Ok(root) = DeTable::parse(file.toml) else { continue };
        let Some((_, value)) = root.into_inner().into_iter().next() else { continue };
        let DeValue::Array(entries) = value.into_inner() else { continue };
        for entry in entries {
            let DeValue::Table(table) = entry.into_inner() else { continue };
            let Some(DeValue::String(id)) = table.get(key_of(section)).map(Spanned::get_ref) else { continue };
            tables.insert(id.clone().into_owned(), table);
        }
    }
    if section == "permission" {
        for p in Catalogue::builtin().permissions().iter().filter(|p| p.duty == Duty::Ineffective) {
            tables.entry(p.name.clone()).or_insert_with(|| ineffective(p));
        }
    }
    tables
}

/// A permission of the file that lists names alone, written out.
fn ineffective(p: &Permission) -> DeTable<'static> {
    let protection = match p.protection {
        Protection::Normal => "normal",
        Protection::Dangerous => "dangerous",
        Protection::Signature => "signature",
        Protection::Internal => "internal",
        Protection::Vendor => "vendor",
        Protection::Unknown => "unknown",
    };
    let grant = match p.grant {
        Grant::Component => "component",
        Grant::Vendor => "vendor",
        Grant::Unknown => "unknown",
        _ => "not-grantable",
    };
    let words = [
        ("name", p.name.clone()),
        ("capability", p.capability.as_str().to_owned()),
        ("protection", protection.to_owned()),
        ("grant", grant.to_owned()),
        ("duty", "ineffective".to_owned()),
    ];
    words
        .into_iter()
        .map(|(k, v)| (Spanned::new(0..0, Cow::Borrowed(k)), Spanned::new(0..0, DeValue::String(Cow::Owned(v)))))
        .collect()
}

/// Lists are united, tables (signatures) key by key, anything else replaced.
fn unite<'a>(whole: &mut DeTable<'a>, addition: DeTable<'a>) {
    for (key, value) in addition {
        match (whole.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
            (Some(DeValue::Array(old)), DeValue::Array(_)) => {
                let DeValue::Array(new) = value.into_inner() else { continue };
                for item in new {
                    let text = item.get_ref().as_str();
                    if text.is_none() || !old.iter().any(|o| o.get_ref().as_str() == text) {
                        old.push(item);
                    }
                }
            }
            (Some(DeValue::Table(old)), DeValue::Table(_)) => {
                let DeValue::Table(new) = value.into_inner() else { continue };
                // Entries hold tables of lists and no deeper.
                unite(old, new);
            }
            _ => {
                whole.remove(key.get_ref().as_ref());
                whole.insert(key, value);
            }
        }
    }
}

/// The strings of a list.
fn strings_of(table: &DeTable<'_>, key: &str) -> Vec<String> {
    let Some(DeValue::Array(list)) = table.get(key).map(Spanned::get_ref) else { return Vec::new() };
    list.iter().filter_map(|v| v.get_ref().as_str()).map(str::to_owned).collect()
}

/// Every string of an entry, with its offset.
fn strings(table: &DeTable<'_>) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut open: Vec<&Spanned<DeValue<'_>>> = table.values().collect();
    while let Some(value) = open.pop() {
        match value.get_ref() {
            DeValue::String(text) => found.push((text.clone().into_owned(), value.span().start)),
            DeValue::Array(list) => open.extend(list.iter()),
            DeValue::Table(table) => open.extend(table.values()),
            _ => {}
        }
    }
    found
}

/// The parser's words in ours.
fn sentence(message: &str) -> String {
    let message = message.trim().replace('\n', ", ").replace("unknown field", "unknown key");
    match message.strip_prefix("missing field ") {
        Some(key) => format!("lacks the key {key}"),
        None => message,
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn merge_text(text: &str) -> Result<(Catalogue, Vec<Merged>), Vec<String>> {
        let mut file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let path = file.path().to_owned();
        let name = format!("{}:", path.display());
        merge(&[path]).map_err(|errors| errors.iter().map(|e| e.to_string().replace(&name, "")).collect())
    }

    #[test]
    fn adds_and_extends() {
        let (catalogue, merged) = merge_text(
            "[[sdk]]\nid = 'acme'\nname_zh = '甲'\nname_en = 'Acme'\nkind = 'sdk'\ncategory = 'push'\nneeds_disclosure = true\n\
             [sdk.signatures]\npackages = ['com.acme.push']\n\
             [[sdk]]\nid = 'jpush'\nvendor_en = 'Other'\naliases = ['某推送']\n[sdk.signatures]\npackages = ['cn.other.push']\n\
             [[permission]]\nname = 'android.permission.CAMERA'\naliases = ['看一看']\n\
             [[generic_name]]\nnames = ['推送件']\ncategory = 'push'\n",
        )
        .unwrap();
        assert_eq!(catalogue.sdks().len(), Catalogue::builtin().sdks().len() + 1);
        let jpush = catalogue.sdk("jpush").unwrap();
        assert_eq!(jpush.vendor_en, "Other");
        assert!(jpush.aliases.len() > 3 && jpush.aliases.iter().any(|a| a == "某推送"));
        assert!(jpush.signatures.packages.iter().any(|p| p == "cn.jpush.android"));
        assert!(jpush.signatures.packages.iter().any(|p| p == "cn.other.push"));
        assert!(catalogue.permission("android.permission.CAMERA").unwrap().aliases.iter().any(|a| a == "看一看"));
        let generic = catalogue.generic_names().iter().find(|g| g.name == "推送件").unwrap();
        assert!(generic.could_cover.iter().any(|id| *id == "acme"));
        assert_eq!(merged.iter().filter(|m| m.extends).count(), 2);
        assert!(catalogue.version().contains('+'));
    }

    /// A later file extends what an earlier one added.
    #[test]
    fn merges_in_order() {
        let directory = tempfile::tempdir().unwrap();
        let files = ["a.toml", "b.toml"].map(|name| directory.path().join(name));
        std::fs::write(&files[0], "[[capability]]\nid = 'x'\nzh = '甲'\nen = 'x'\naliases = ['甲一']\n").unwrap();
        std::fs::write(&files[1], "[[capability]]\nid = 'x'\naliases = ['甲二']\n").unwrap();
        let (catalogue, _) = merge(&files).unwrap();
        assert_eq!(catalogue.capability("x").unwrap().aliases, ["甲一", "甲二"]);
        assert!(catalogue.version().ends_with("+a.toml+b.toml"));
    }

    #[test]
    fn an_ineffective_permission_can_be_extended() {
        let (catalogue, _) =
            merge_text("[[permission]]\nname = 'android.permission.REBOOT'\nduty = 'expected'\n").unwrap();
        let reboot = catalogue.permission("android.permission.REBOOT").unwrap();
        assert_eq!((reboot.duty, reboot.grant), (Duty::Expected, Grant::NotGrantable));
    }

    #[test]
    fn each_error_tells_its_place() {
        let sdk = "[[sdk]]\nid = 'acme'\nname_zh = '甲'\nname_en = 'Acme'\nkind = 'sdk'\ncategory = 'push'\nneeds_disclosure = true\n";
        let cases = [
            ("[[sdk", "1:"),
            ("[[sdks]]\nid = 'a'\n", "1:3: unknown key `sdks`, expected one of `capability`"),
            ("sdk = 'a'\n", "1:1: `sdk` must be a list of tables, written `[[sdk]]`"),
            ("\n[[sdk]]\nname_zh = '甲'\n", "2:1: this `[[sdk]]` lacks the key `id`"),
            ("[[sdk]]\nid = 'acme'\n", "1:1: sdk `acme`: lacks the key `name_zh`"),
            ("[[sdk]]\nid = 'jpush'\nalias = ['x']\n", "3:1: sdk `jpush`: unknown key `alias`, expected one of"),
            ("[[sdk]]\nid = 'jpush'\naliases = 'x'\n", "3:11: sdk `jpush`: invalid type: string"),
            ("[[sdk]]\nid = 'jpush'\ncategory = 'pushes'\n", "3:12: sdk `jpush`: unknown variant `pushes`"),
            (&format!("{sdk}family = 'nobody'\n"), "8:10: sdk `acme`: `nobody` is no known family"),
            (&format!("{sdk}claimed_data = [\n'imei', 'imie',\n]\n"), "9:9: sdk `acme`: `imie` is no known data item"),
            (&format!("{sdk}aliases = ['极光推送']\n"), "8:12: sdk `acme`: `极光推送` already names the SDK `jpush`"),
            (
                &format!("{sdk}[sdk.signatures]\npackages = ['cn.jpush.android']\n"),
                "9:13: sdk `acme`: `cn.jpush.android` already identifies the SDK `jpush`",
            ),
            (&format!("{sdk}[sdk.signatures]\npackages = ['com']\n"), "`com` is too wide for a class package"),
            (&format!("{sdk}[sdk.signatures]\nnative_lib_patterns = ['(']\n"), "`(` is no regular expression"),
            ("[[permission]]\nname = 'a.B'\ncapability = 'x'\n", "3:14: permission `a.B`: `x` is no known capability"),
            ("[[generic_name]]\nnames = ['件']\ncould_cover = ['nobody']\n", "`nobody` is no known SDK"),
        ];
        for (text, expected) in cases {
            let errors = merge_text(text).unwrap_err();
            assert!(errors[0].contains(expected), "{text}\n{errors:?}\nexpected {expected}");
        }
    }

    #[test]
    fn the_example_is_right() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/catalogue-example.toml");
        let (_, merged) = merge(&[file]).unwrap();
        assert!(merged.iter().any(|m| m.extends) && merged.iter().any(|m| !m.extends));
    }

    #[test]
    fn reports_every_error_of_a_file() {
        let errors = merge_text("[[sdk]]\nid = 'a'\n[[sdk]]\nid = 'b'\n[[packer]]\n").unwrap_err();
        assert_eq!(errors.len(), 3, "{errors:?}");
    }
}
