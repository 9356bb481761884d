//! Files to a policy: the pipeline of this layer in order.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::error::Error;
use super::intake;
use super::language::by_language;
use super::meta;
use super::model::{Document, Policy, Region, SdkEntry, Statement};
use super::names::SharedNames;
use super::outline::{Node, Outline};
use super::place::{Placer, position};
use super::reading::Reading;
use super::sdk_list::{self, Scanner, SdkScan};
use super::statement::{self, Definitions};
use super::words::Words;
use crate::catalogue::{Catalogue, Locale};

/// Reads policies; its word lists are built once, when a text in their language comes, and serve any number of texts.
pub struct Reader<'a> {
    catalogue: &'a Catalogue,
    names: Arc<SharedNames<'a>>,
    words: [OnceLock<Words<'a>>; 2],
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Policy {
    /// Reads a policy: the first file is the main document, the others its annexes.
    ///
    /// # Errors
    ///
    /// When the first file cannot be read as text of any kind. An annex that cannot be read is noted in [`Policy::unread`].
    pub fn read(paths: &[PathBuf], catalogue: &Catalogue) -> Result<Self, Error> {
        Reader::new(catalogue).read(paths)
    }

    /// The same for bytes with their names.
    ///
    /// # Errors
    ///
    /// As [`Policy::read`].
    pub fn from_bytes(files: &[(String, Vec<u8>)], catalogue: &Catalogue) -> Result<Self, Error> {
        Reader::new(catalogue).from_bytes(files)
    }
}

impl<'a> Reader<'a> {
    /// Compiles the word lists for `catalogue`.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let names = Arc::new(SharedNames::new(catalogue));
        Self { catalogue, names, words: [OnceLock::new(), OnceLock::new()] }
    }

    /// The words of a language, compiled when they are first asked for.
    pub(super) fn words(&self, locale: Locale) -> &Words<'a> {
        self.words[locale as usize].get_or_init(|| Words::with_names(self.catalogue, locale, Arc::clone(&self.names)))
    }

    /// Reads a policy: the first file is the main document, the others its annexes.
    ///
    /// # Errors
    ///
    /// As [`Policy::read`].
    pub fn read(&self, paths: &[PathBuf]) -> Result<Policy, Error> {
        self.open(paths, Unworded::Refused)
    }

    /// The same for an audit: a main document that is plainly a document and whose words cannot be seen (pictures of pages, a
    /// password) gives a policy that tells nothing, with the reason in [`Policy::unread`] and, where no annex tells anything
    /// either, in [`Policy::unseen`].
    ///
    /// # Errors
    ///
    /// As [`Policy::read`], but for such a document.
    pub fn read_as_far_as_seen(&self, paths: &[PathBuf]) -> Result<Policy, Error> {
        self.open(paths, Unworded::Kept)
    }

    fn open(&self, paths: &[PathBuf], unworded: Unworded) -> Result<Policy, Error> {
        let mut files = Vec::with_capacity(paths.len());
        let mut unread = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            match std::fs::read(path) {
                Ok(bytes) => files.push((name, bytes)),
                Err(error) if index == 0 => {
                    return Err(Error::Unreadable {
                        file: path.to_string_lossy().into_owned(),
                        why: error.to_string(),
                    });
                }
                Err(error) => unread.push(super::model::Unread { place: name, why: error.to_string() }),
            }
        }
        let mut policy = self.take(&files, unworded)?;
        policy.unread.extend(unread);
        Ok(policy)
    }

    /// The documents with their blocks in their places; nothing is understood yet. [`Policy::unseen`] is that of the main
    /// document.
    fn lay_out(&self, files: &[(String, Vec<u8>)], unworded: Unworded) -> Result<(Policy, Vec<Reading<'_>>), Error> {
        let mut policy = Policy::default();
        let mut readings: Vec<Reading<'_>> = Vec::new();
        for (index, (name, bytes)) in files.iter().enumerate() {
            let taken = match intake::take(name, bytes) {
                Ok(taken) => taken,
                Err(error) => {
                    if index == 0 {
                        let Some(known) = error.unworded().filter(|_| unworded == Unworded::Kept) else {
                            return Err(error);
                        };
                        policy.unseen = Some(known.unseen);
                        policy.documents.push(without_words(name, bytes, known));
                    }
                    policy.unread.push(super::model::Unread { place: name.clone(), why: error.why() });
                    continue;
                }
            };
            let file: Arc<str> = name.as_str().into();
            let mut spoken = Vec::new();
            let beside = taken.beside;
            let apart: Arc<[intake::Stretch]> = beside.apart.into();
            for (locale, blocks) in by_language(taken.blocks) {
                let words = self.words(locale);
                let outline = Outline::new(blocks, words);
                spoken.extend(regions(&outline, taken.lines));
                let placer = Placer {
                    document: policy.documents.len(),
                    reading: readings.len(),
                    file: file.clone(),
                    apart: apart.clone(),
                };
                readings.push(Reading { outline, placer, words });
            }
            spoken.sort_by_key(|r| r.from);
            policy.documents.push(Document {
                file,
                sha256: hex(&Sha256::digest(bytes)),
                encoding: taken.encoding,
                format: taken.format,
                lines: taken.lines,
                regions: spoken,
                sets_apart: beside.sets_apart,
                pictures: beside.pictures,
                page_dates: beside.dates,
            });
        }
        Ok((policy, readings))
    }

    /// The same for bytes with their names.
    ///
    /// # Errors
    ///
    /// As [`Policy::read`].
    pub fn from_bytes(&self, files: &[(String, Vec<u8>)]) -> Result<Policy, Error> {
        self.take(files, Unworded::Refused)
    }

    fn take(&self, files: &[(String, Vec<u8>)], unworded: Unworded) -> Result<Policy, Error> {
        // Folding the names takes as long as laying the documents out.
        let (_, laid_out) = rayon::join(|| self.names.fold(), || self.lay_out(files, unworded));
        let (mut policy, readings) = laid_out?;
        let unseen = policy.unseen;
        readings.par_iter().for_each(|reading| reading.outline.cut_sentences(reading.words));
        let (scan, (definitions, denials)) = rayon::join(
            || {
                readings.iter().fold(SdkScan::default(), |scan, Reading { outline, placer, words }| {
                    Scanner::new(words, scan, placer.reading).document(outline, placer)
                })
            },
            || {
                let mut definitions = Definitions::default();
                let mut denials = Vec::new();
                for Reading { outline, placer, words } in &readings {
                    definitions.read(outline, words);
                    denials.extend(super::denied_sdks::read(outline, placer, words));
                }
                (definitions, denials)
            },
        );
        policy.sdk_denials = denials;
        let mut scan = sdk_list::merge(scan, &self.names);
        policy.collects = !scan.drafts.is_empty();
        let (said, meta) = rayon::join(
            || {
                let read = |Reading { outline, placer, words }: &Reading<'_>| {
                    let mut reader = statement::Reader::new(words, self.catalogue, &scan, &definitions);
                    reader.document(outline, placer);
                    reader.said
                };
                readings.iter().map(read).collect::<Vec<_>>()
            },
            || meta::told(&readings, &policy.documents),
        );
        policy.meta = meta;
        for said in said {
            policy.collects |= said.collects;
            policy.statements.extend(said.statements);
            policy.mentions.extend(said.mentions);
        }
        policy.unseen = unseen.filter(|_| readings.is_empty());
        if let Some((file, _)) = files.first().filter(|_| policy.unseen.is_none())
            && is_about_something_else(&policy, &readings)
        {
            return Err(Error::NoPolicy { file: file.clone() });
        }
        policy.sdks = entries(&scan, &policy.statements);
        // Only what no column, label or sentence about data has told is looked for in the words around.
        for (draft, entry) in scan.drafts.iter_mut().zip(&policy.sdks) {
            draft.purpose.clone_from(&entry.purpose);
        }
        sdk_list::rest(&mut scan, &readings);
        for (draft, entry) in scan.drafts.into_iter().zip(&mut policy.sdks) {
            entry.purpose = draft.purpose;
            entry.link = draft.link;
            entry.company = draft.company;
        }
        policy.unread.extend(pictures_only(&policy).filter(|_| unseen.is_none()));
        meta::weigh(&readings, &policy.sdks, &mut policy.meta);
        policy.external_lists = meta::external_lists(&readings, &policy);
        Ok(policy)
    }
}

impl Reader<'_> {
    /// The components that a table of them names, as a policy would.
    pub(super) fn components(&self, name: &str, blocks: Vec<intake::Block>) -> Vec<SdkEntry> {
        let words = self.words(Locale::Zh);
        let outline = Outline::new(blocks, words);
        let placer = Placer { document: 0, reading: 0, file: name.into(), apart: Arc::new([]) };
        let scan = Scanner::new(words, SdkScan::default(), placer.reading).document(&outline, &placer);
        let scan = sdk_list::merge(scan, &self.names);
        let definitions = Definitions::default();
        let mut reader = statement::Reader::new(words, self.catalogue, &scan, &definitions);
        reader.document(&outline, &placer);
        let statements = reader.said.statements;
        entries(&scan, &statements)
    }
}

/// What becomes of a main document whose words cannot be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unworded {
    /// It is an error.
    Refused,
    /// It is kept as a document that tells nothing.
    Kept,
}

/// The record of a document of which no word could be seen.
fn without_words(name: &str, bytes: &[u8], known: super::error::Unworded) -> Document {
    Document {
        file: name.into(),
        sha256: hex(&Sha256::digest(bytes)),
        encoding: known.encoding,
        format: known.format,
        lines: known.lines,
        regions: Vec::new(),
        sets_apart: false,
        pictures: Vec::new(),
        page_dates: Vec::new(),
    }
}

/// What is left unread of a policy that shows pictures and tells no rule in words: the rules may stand in the pictures.
fn pictures_only(policy: &Policy) -> Option<super::model::Unread> {
    let count: usize = policy.documents.iter().map(|d| d.pictures.len()).sum();
    let place = policy.documents.iter().find(|d| !d.pictures.is_empty())?.file.to_string();
    let why = format!("tells no rule in words and holds {count} picture(s), which were not read");
    (!policy.has_collection_rules()).then_some(super::model::Unread { place, why })
}

/// Whether nothing is said that policies, agreements and terms say.
fn is_about_something_else(policy: &Policy, readings: &[Reading<'_>]) -> bool {
    let speaks = |reading: &Reading<'_>| {
        let words = reading.words.meta(|m| &m.policy_words);
        let cells = |node: &Node| node.row.iter().flat_map(|r| &r.cells).any(|(c, _)| words.is_in(c.folded()));
        reading.outline.nodes.iter().any(|node| words.is_in(node.span.folded()) || cells(node))
    };
    !policy.collects && policy.statements.is_empty() && policy.sdk_denials.is_empty() && !readings.iter().any(speaks)
}

fn entries(scan: &SdkScan, statements: &[Statement]) -> Vec<SdkEntry> {
    use super::model::{Party, Polarity, Subject};
    let mut entries: Vec<SdkEntry> = scan
        .drafts
        .iter()
        .map(|draft| SdkEntry {
            name: draft.name.clone(),
            ids: draft.resolution.ids.clone(),
            name_match: draft.resolution.matched.clone(),
            company: draft.company.clone(),
            package: draft.package.clone(),
            data: Vec::new(),
            capabilities: Vec::new(),
            purpose: draft.purpose.clone(),
            link: draft.link.clone(),
            platform: draft.platform,
            listed: draft.listed,
            says_none: draft.says_none,
            evidence: draft.evidence.clone(),
        })
        .collect();
    for statement in statements {
        let Party::Sdk(index) = statement.party else { continue };
        let Some(entry) = entries.get_mut(index) else { continue };
        // What an entry takes elsewhere than on Android is said by its statements alone.
        if statement.polarity != Polarity::Affirmed || !statement.platform.covers_android() {
            continue;
        }
        if entry.purpose.is_none() {
            entry.purpose.clone_from(&statement.purpose);
        }
        match &statement.subject {
            Subject::Data(id) if !entry.data.contains(id) => entry.data.push(id.clone()),
            Subject::Capability(id) if !entry.capabilities.contains(id) => entry.capabilities.push(id.clone()),
            _ => {}
        }
    }
    for entry in &mut entries {
        entry.data.sort();
        entry.capabilities.sort();
        entry.says_none &= entry.data.is_empty();
    }
    entries
}

/// Runs of blocks with one role, as line ranges.
fn regions(outline: &Outline, lines: u32) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for node in &outline.nodes {
        let first = node
            .span
            .text
            .marks
            .first()
            .map(|m| m.line)
            .or_else(|| node.row.as_ref()?.cells.iter().find_map(|(c, _)| c.text.marks.first()).map(|m| m.line));
        let Some(line) = first else { continue };
        let last = position(&node.span.text, node.span.text.text.len()).0.max(line);
        let heading = node.section.map(|s| outline.nodes[s].span.text.text.trim().to_owned()).filter(|h| !h.is_empty());
        let heading = if node.heading { Some(node.span.text.text.trim().to_owned()) } else { heading };
        match regions.last_mut() {
            Some(region) if region.role == node.role && region.heading == heading && !node.heading => {
                region.to = region.to.max(last)
            }
            _ => regions.push(Region { from: line, to: last, role: node.role, heading }),
        }
    }
    for region in &mut regions {
        region.to = region.to.min(lines.max(region.from));
    }
    regions
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
