//! One APK: the whole package, or one part of a split set.

use std::cell::{OnceCell, RefCell};

use rayon::prelude::*;

use super::archive::{Archive, Entry};
use super::manifest::{self, ENTRY};
use super::read::Reading;
use super::resources::Resources;
use super::typed::{Resolve, Typed};
use super::{Depth, Error, Manifest, Seen, Signer, Unread, Value, dynamic, signing};
use crate::catalogue::VersionPlace;

const RESOURCES: &str = "resources.arsc";

/// What one APK holds.
#[derive(Debug)]
pub(super) struct Part {
    /// File name inside the set; `None` for a single APK.
    pub(super) name: Option<String>,
    pub(super) manifest: Manifest,
    pub(super) manifest_seen: Seen,
    pub(super) launcher_label: Option<Value>,
    pub(super) resources: Resources,
    pub(super) entries: Vec<Entry>,
    /// Dex entries in load order; empty at [`Depth::Manifest`].
    pub(super) dex: Vec<(String, Vec<u8>)>,
    /// Entries that may state the version of an SDK; empty at [`Depth::Manifest`].
    pub(super) texts: Vec<(String, Vec<u8>)>,
    /// Whether a dex could not be inflated, or code is known to stand elsewhere.
    pub(super) incomplete: bool,
    pub(super) signers: Vec<Signer>,
    pub(super) deviations: Vec<String>,
    pub(super) unread: Vec<Unread>,
}

impl Part {
    /// Reads an APK. `place` names it in errors.
    pub(super) fn read(
        mut archive: Archive,
        name: Option<String>,
        reading: &Reading<'_>,
        place: &str,
    ) -> Result<Self, Error> {
        let bad = |why: String| Error::Manifest { file: place.to_owned(), why };
        let mut deviations = std::mem::take(&mut archive.deviations);
        let entry = archive.get(ENTRY).ok_or_else(|| Error::NoManifest { file: place.to_owned() })?;
        let cap = reading.options.limits.entry_bytes;
        let bytes = archive.read(entry, cap, &reading.budget, &mut deviations).map_err(|e| bad(e.to_string()))?;
        let lazy = Lazy { archive: &archive, reading, cell: OnceCell::new(), notes: RefCell::default() };
        let read = manifest::read_binary(&bytes, name.as_deref(), &lazy).map_err(|e| bad(e.to_string()))?;
        deviations.extend(read.deviations);
        let mut part = Self {
            name,
            manifest: read.manifest,
            manifest_seen: Seen::Full,
            launcher_label: read.launcher_label,
            resources: Resources::default(),
            entries: Vec::new(),
            dex: Vec::new(),
            texts: Vec::new(),
            incomplete: false,
            signers: Vec::new(),
            deviations,
            unread: Vec::new(),
        };
        if let Some(at) = read.stopped {
            part.manifest_seen = Seen::Partial;
            part.cannot_read(ENTRY, format!("the manifest is damaged from byte {at} on; what follows is unknown"));
        }
        // The label is nearly always a reference, and of a set it may stand in any part.
        lazy.get();
        let notes = lazy.notes.take();
        part.resources = lazy.cell.into_inner().unwrap_or_default();
        part.deviations.extend(notes.deviations);
        for why in notes.unread {
            part.cannot_read(RESOURCES, why);
        }
        part.signers = signing::signers(&archive, &reading.budget, &mut part.deviations);
        part.read_dex(&archive, reading);
        part.read_texts(&archive, reading);
        part.name_disguised(&archive, reading);
        part.entries = archive.into_entries();
        if let Some(name) = &part.name {
            part.deviations.iter_mut().for_each(|d| *d = format!("{name}: {d}"));
        }
        Ok(part)
    }

    fn cannot_read(&mut self, entry: &str, why: String) {
        let place = self.name.as_ref().map_or_else(|| entry.to_owned(), |split| format!("{split}/{entry}"));
        self.unread.push(Unread { place, why });
    }

    /// Reads the small files that the catalogue knows to state a version. One that cannot be read states none.
    fn read_texts(&mut self, archive: &Archive, reading: &Reading<'_>) {
        if reading.options.depth < Depth::Classes {
            return;
        }
        let marks = reading.catalogue.sdks().iter().flat_map(|s| &s.versions);
        for mark in marks.filter(|m| m.place == VersionPlace::File) {
            let Some(entry) = archive.get(&mark.at).filter(|e| e.size <= MAX_TEXT) else { continue };
            if self.texts.iter().all(|(name, _)| *name != mark.at)
                && let Ok(bytes) = archive.read(entry, MAX_TEXT, &reading.budget, &mut self.deviations)
            {
                self.texts.push((mark.at.clone(), bytes));
            }
        }
    }

    /// Names code that goes by a name that does not say so.
    fn name_disguised(&mut self, archive: &Archive, reading: &Reading<'_>) {
        if reading.options.depth < Depth::Classes {
            return;
        }
        for (entry, what) in dynamic::disguised(archive) {
            self.cannot_read(&entry.name, dynamic::not_loaded(what));
        }
    }

    /// Inflates `classes.dex`, `classes2.dex` … up to the first gap, as the platform loads them
    /// (AOSP `art/libdexfile/dex/art_dex_file_loader.cc`).
    fn read_dex(&mut self, archive: &Archive, reading: &Reading<'_>) {
        let names = std::iter::once("classes.dex".to_owned()).chain((2..).map(|n| format!("classes{n}.dex")));
        let dex: Vec<&Entry> = names.map_while(|name| archive.get(&name)).collect();
        let stray = archive.entries().filter(|e| is_dex_name(&e.name)).count().saturating_sub(dex.len());
        if stray > 0 {
            let next = if dex.is_empty() { "classes.dex".to_owned() } else { format!("classes{}.dex", dex.len() + 1) };
            self.deviations
                .push(format!("{next} is missing; {stray} dex files numbered behind it are not loaded by Android"));
        }
        if reading.options.depth < Depth::Classes {
            return;
        }
        let one = |entry: &&Entry| {
            let mut deviations = Vec::new();
            let bytes = archive.read(entry, reading.options.limits.entry_bytes, &reading.budget, &mut deviations);
            (bytes, deviations)
        };
        let read: Vec<_> =
            if reading.options.parallel { dex.par_iter().map(one).collect() } else { dex.iter().map(one).collect() };
        for (entry, (bytes, deviations)) in dex.iter().zip(read) {
            self.deviations.extend(deviations);
            match bytes {
                Ok(bytes) => self.dex.push((entry.name.clone(), bytes)),
                Err(error) => {
                    self.incomplete = true;
                    self.cannot_read(&entry.name, error.to_string());
                }
            }
        }
    }
}

/// Files that state a version hold some lines.
const MAX_TEXT: u64 = 1 << 16;

fn is_dex_name(name: &str) -> bool {
    let number = name.strip_prefix("classes").and_then(|n| n.strip_suffix(".dex"));
    number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// Reads resources.arsc when the first reference asks for it.
struct Lazy<'a> {
    archive: &'a Archive,
    reading: &'a Reading<'a>,
    cell: OnceCell<Resources>,
    notes: RefCell<Notes>,
}

#[derive(Default)]
struct Notes {
    deviations: Vec<String>,
    unread: Vec<String>,
}

impl Lazy<'_> {
    fn get(&self) -> &Resources {
        self.cell.get_or_init(|| {
            let mut resources = Resources::default();
            let Some(entry) = self.archive.get(RESOURCES) else { return resources };
            let mut notes = self.notes.borrow_mut();
            let cap = self.reading.options.limits.entry_bytes;
            match self.archive.read(entry, cap, &self.reading.budget, &mut notes.deviations) {
                Ok(bytes) => {
                    if !resources.add(bytes) {
                        notes.unread.push("the resource table is damaged; names and labels may be missing".into());
                    }
                }
                Err(error) => notes.unread.push(error.to_string()),
            }
            resources
        })
    }
}

impl Resolve for Lazy<'_> {
    fn resolve(&self, id: u32) -> Option<Typed<'static>> {
        self.get().resolve(id)
    }
}
