//! Files to a policy: the pipeline of this layer in order.

use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::error::Error;
use super::intake;
use super::meta;
use super::model::{Document, Platform, Policy, Region, SdkEntry, Statement};
use super::outline::Outline;
use super::place::{Placer, position};
use super::sdk_list::{Scanner, SdkScan};
use super::statement::{self, Definitions};
use super::words::Words;
use crate::catalogue::Catalogue;

/// Reads policies; its word lists are built once and serve any number of them.
pub struct Reader<'a> {
    catalogue: &'a Catalogue,
    words: Words,
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
        Self { catalogue, words: Words::new(catalogue) }
    }

    /// Reads a policy: the first file is the main document, the others its annexes.
    ///
    /// # Errors
    ///
    /// As [`Policy::read`].
    pub fn read(&self, paths: &[PathBuf]) -> Result<Policy, Error> {
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
        let mut policy = self.from_bytes(&files)?;
        policy.unread.extend(unread);
        Ok(policy)
    }

    /// The same for bytes with their names.
    ///
    /// # Errors
    ///
    /// As [`Policy::read`].
    pub fn from_bytes(&self, files: &[(String, Vec<u8>)]) -> Result<Policy, Error> {
        let mut policy = Policy::default();
        let mut outlines: Vec<(Outline, Placer)> = Vec::new();
        for (index, (name, bytes)) in files.iter().enumerate() {
            let taken = match intake::take(name, bytes) {
                Ok(taken) => taken,
                Err(error) if index == 0 => return Err(error),
                Err(error) => {
                    policy.unread.push(super::model::Unread { place: name.clone(), why: error.to_string() });
                    continue;
                }
            };
            let file: Arc<str> = name.as_str().into();
            let placer = Placer { document: policy.documents.len(), file: file.clone() };
            let outline = Outline::new(taken.blocks, &self.words);
            let regions = regions(&outline, taken.lines);
            policy.documents.push(Document {
                file,
                sha256: hex(&Sha256::digest(bytes)),
                encoding: taken.encoding,
                format: taken.format,
                lines: taken.lines,
                regions,
            });
            outlines.push((outline, placer));
        }
        let mut scanner = Scanner::new(&self.words);
        let mut definitions = Definitions::default();
        for (outline, placer) in &outlines {
            scanner.document(outline, placer);
            definitions.read(outline, &self.words);
        }
        policy.sdk_denials = outlines.iter().flat_map(|(o, p)| super::denied_sdks::read(o, p, &self.words)).collect();
        let scan = scanner.finish();
        let mut reader = statement::Reader::new(&self.words, self.catalogue, &scan, &definitions);
        for (outline, placer) in &outlines {
            reader.document(outline, placer);
        }
        policy.collects = reader.collects || !scan.drafts.is_empty();
        policy.statements = reader.statements;
        policy.mentions = reader.mentions;
        policy.sdks = entries(scan, &policy.statements);
        policy.meta = meta::read(&outlines, &self.words, &policy);
        policy.external_lists = meta::external_lists(&outlines, &self.words, &policy);
        Ok(policy)
    }
}

impl Reader<'_> {
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// The components that a table of them names, as a policy would.
    pub(super) fn components(&self, name: &str, blocks: Vec<intake::Block>) -> Vec<SdkEntry> {
        let outline = Outline::new(blocks, &self.words);
        let placer = Placer { document: 0, file: name.into() };
        let mut scanner = Scanner::new(&self.words);
        scanner.document(&outline, &placer);
        let scan = scanner.finish();
        let definitions = Definitions::default();
        let mut reader = statement::Reader::new(&self.words, self.catalogue, &scan, &definitions);
        reader.document(&outline, &placer);
        let statements = reader.statements;
        entries(scan, &statements)
    }
}

fn entries(scan: SdkScan, statements: &[Statement]) -> Vec<SdkEntry> {
    use super::model::{Party, Polarity, Subject};
    let mut entries: Vec<SdkEntry> = scan
        .drafts
        .into_iter()
        .map(|draft| SdkEntry {
            name: draft.name,
            ids: draft.resolution.ids,
            name_match: draft.resolution.matched,
            company: draft.company,
            package: draft.package,
            data: Vec::new(),
            capabilities: Vec::new(),
            purpose: draft.purpose,
            link: draft.link,
            platform: draft.platform,
            listed: draft.listed,
            says_none: draft.says_none,
            evidence: draft.evidence,
        })
        .collect();
    for statement in statements {
        let Party::Sdk(index) = statement.party else { continue };
        let Some(entry) = entries.get_mut(index) else { continue };
        let here = statement.platform.covers_android()
            || statement.platform == entry.platform && entry.platform != Platform::Any;
        if statement.polarity != Polarity::Affirmed || !here {
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
