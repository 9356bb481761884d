//! Hardened packages: the dex files hold a loader, and the app's own code is unpacked at run time.
//!
//! Two independent proofs. Vendor marks: the stub application in the manifest, libraries, assets. And the fact that no vendor can
//! hide: the manifest declares components which no dex defines. The second needs care, since ordinary manifests also name
//! classes that are not there (leftovers of a library, dynamic features that were not given).

use super::code::{ClassAt, CodeFacts, Entry, Input, below, defines};
use super::detect::{literal_prefix, whole_name};
use super::frameworks::is_or_below;
use super::{ComponentKind, Packing, Seen, Trace, Unread};
use crate::catalogue::{Catalogue, Packer};

/// So many missing components at the least before they prove anything.
const MISSING_MIN: usize = 3;
/// A dex side smaller than this beside a large opaque asset looks like a loader.
const TINY_DEX: u64 = 512 << 10;
/// An asset from this size on can hold an app's code.
const LARGE_ASSET: u64 = 256 << 10;

const MANIFEST: &str = "AndroidManifest.xml";

/// The packer, if one wraps the package.
pub(crate) fn find(
    input: &Input<'_>,
    facts: &CodeFacts,
    classes: &[ClassAt],
    catalogue: &Catalogue,
) -> Option<Packing> {
    let missing = Missing::new(input, facts, classes);
    let hollow = missing.prove();
    let mut best: Option<(usize, Packing)> = None;
    let entries = Candidate::all(input.entries, catalogue);
    for packer in catalogue.packers() {
        let marks = Marks::new(packer, input, &entries, facts, classes);
        let decisive = marks.application.is_some()
            || !marks.libs.is_empty()
            || !marks.assets.is_empty()
            // Classes alone may be what a vendor's SDK brings, or a vendor's protection of one library.
            || !marks.classes.is_empty() && hollow;
        let weight = marks.weight();
        if decisive && best.as_ref().is_none_or(|(w, _)| weight > *w) {
            let mut evidence = marks.into_evidence();
            evidence.extend(missing.evidence.iter().take(4).cloned());
            let name = if packer.name_zh.is_empty() { &packer.name_en } else { &packer.name_zh };
            best = Some((weight, Packing { id: Some(packer.id.clone()), name: name.clone(), evidence }));
        }
    }
    if let Some((_, packing)) = best {
        return Some(packing);
    }
    if !hollow {
        return None;
    }
    let mut evidence = missing.evidence;
    evidence.truncate(8);
    evidence.extend(opaque_asset(input, facts));
    Some(Packing { id: None, name: "unknown".into(), evidence })
}

/// Notes in `facts` that code is hidden.
pub(crate) fn lower(facts: &mut CodeFacts) {
    for seen in [&mut facts.classes_seen, &mut facts.calls_seen] {
        if *seen == Seen::Full {
            *seen = Seen::Partial;
        }
    }
    let Some(packing) = &facts.packer else { return };
    let name = packing.id.as_ref().map_or("an unknown packer", |id| id.as_str());
    facts.unread.push(Unread {
        place: facts.dex.first().map_or_else(|| "classes.dex".into(), |d| d.entry.clone()),
        why: format!("packed by {name}: the app's own code is unpacked at run time and could not be read"),
    });
}

/// An entry that can bear a mark of a packer. Most entries are resources and bear none; sorting them out once spares looking at
/// each for each packer.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    entry: &'a Entry<'a>,
    /// The file name without directories.
    file: &'a str,
    /// Whether it is a native library, in its place or loose.
    library: bool,
}

impl<'a> Candidate<'a> {
    fn all(entries: &'a [Entry<'a>], catalogue: &Catalogue) -> Vec<Self> {
        let top = |path: &'a str| path.split_once('/').map(|(top, _)| top);
        let marks = catalogue.packers().iter().flat_map(|p| &p.assets);
        let mut folders: Vec<&str> = marks.filter_map(|m| m.split_once('/')).map(|(top, _)| top).collect();
        folders.extend(["assets", "lib"]);
        folders.sort_unstable();
        folders.dedup();
        let of = |entry: &'a Entry<'a>| {
            let folder = top(entry.name);
            if folder.is_some_and(|f| folders.binary_search(&f).is_err()) {
                return None;
            }
            let file = entry.file_name();
            let place = folder.is_none_or(|f| f == "assets" || f == "lib");
            Some(Self { entry, file, library: place && file.ends_with(".so") })
        };
        entries.iter().filter_map(of).collect()
    }
}

/// The marks of one packer that a package shows.
#[derive(Debug, Default)]
struct Marks {
    application: Option<Trace>,
    libs: Vec<Trace>,
    assets: Vec<Trace>,
    classes: Vec<Trace>,
    weak: Vec<Trace>,
}

impl Marks {
    fn new(
        packer: &Packer,
        input: &Input<'_>,
        entries: &[Candidate<'_>],
        facts: &CodeFacts,
        classes: &[ClassAt],
    ) -> Self {
        let mut marks = Self::default();
        let is_weak = |mark: &str| packer.weak_markers.iter().any(|w| w == mark);
        if let Some(class) = &input.manifest.application_class
            && packer.stub_applications.contains(class)
        {
            marks.application = Some(Trace { class: Some(class.clone()), ..Trace::entry(MANIFEST, class.clone()) });
        }
        for Candidate { entry, file, library } in entries {
            if *library {
                if packer.native_libs.iter().any(|l| l == file) {
                    if is_weak(file) { &mut marks.weak } else { &mut marks.libs }.push(entry.trace(*file));
                } else if let Some(p) = packer.native_lib_patterns.iter().find(|p| lib_matches(p, file)) {
                    if is_weak(p) { &mut marks.weak } else { &mut marks.libs }.push(entry.trace(*file));
                }
            }
            if let Some(mark) = packer.assets.iter().find(|a| asset_matches(entry, a)) {
                if is_weak(mark) { &mut marks.weak } else { &mut marks.assets }.push(entry.trace(mark.clone()));
            }
        }
        for prefix in &packer.class_prefixes {
            if let Some(class) = below(classes, prefix).first() {
                let entry = facts.dex.first().map_or("classes.dex", |d| &d.entry);
                let trace = Trace { class: Some(class.name.clone()), ..Trace::entry(entry, prefix.clone()) };
                marks.classes.push(trace);
            }
        }
        marks
    }

    /// Kinds of marks count before their number.
    fn weight(&self) -> usize {
        let kinds = usize::from(self.application.is_some()) * 2
            + [&self.libs, &self.assets, &self.classes].iter().filter(|m| !m.is_empty()).count();
        kinds * 100 + (self.libs.len() + self.assets.len() + self.classes.len()).min(99)
    }

    fn into_evidence(self) -> Vec<Trace> {
        let mut out: Vec<Trace> = self.application.into_iter().collect();
        for list in [self.libs, self.assets, self.classes, self.weak] {
            out.extend(list.into_iter().take(4));
        }
        out
    }
}

/// Whether a pattern of the catalogue matches a library's whole name.
fn lib_matches(pattern: &str, file: &str) -> bool {
    file.starts_with(literal_prefix(pattern)) && whole_name(pattern, file)
}

/// Marks are paths from the root; those without a directory stand in the root or in `assets/`.
fn asset_matches(entry: &Entry<'_>, mark: &str) -> bool {
    is_or_below(entry.name, mark)
        || !mark.trim_start_matches('/').contains('/')
            && (entry.name.strip_prefix("assets/") == Some(mark.trim_start_matches('/')) || entry.name == mark)
}

/// Declared components that no dex defines.
#[derive(Debug)]
struct Missing {
    /// Declared classes of the app's own making, each once.
    declared: usize,
    missing: usize,
    application: bool,
    /// Whether the package holds all the code that its manifest speaks of.
    testable: bool,
    evidence: Vec<Trace>,
}

impl Missing {
    fn new(input: &Input<'_>, facts: &CodeFacts, classes: &[ClassAt]) -> Self {
        let manifest = input.manifest;
        let mut names: Vec<(&str, &Trace)> = Vec::new();
        for component in &manifest.components {
            let alias = component.kind == ComponentKind::ActivityAlias;
            let class = if alias { component.target.as_deref() } else { Some(component.class.as_str()) };
            names.extend(class.map(|c| (c, &component.trace)));
        }
        names.sort_by_key(|(name, _)| *name);
        names.dedup_by_key(|(name, _)| *name);
        // The platform's own classes (NativeActivity) are never in a package.
        names.retain(|(name, _)| !name.is_empty() && !name.starts_with("android."));
        let mut evidence = Vec::new();
        let mut application = false;
        if let Some(class) = manifest.application_class.as_deref()
            && !class.starts_with("android.")
            && !defines(classes, class)
        {
            application = true;
            evidence
                .push(Trace { class: Some(class.into()), ..Trace::entry(MANIFEST, format!("application {class}")) });
        }
        let declared = names.len();
        names.retain(|(name, _)| !defines(classes, name));
        evidence.extend(names.iter().map(|(name, trace)| Trace {
            class: Some((*name).into()),
            value: format!("component {name} is in no dex file"),
            ..(*trace).clone()
        }));
        let testable = facts.classes_seen == Seen::Full && manifest.split.is_none() && !facts.dex.is_empty();
        Self { declared, missing: names.len(), application, testable, evidence }
    }

    /// Without its application class an app cannot start, and one without most of its components does nothing.
    fn prove(&self) -> bool {
        self.testable && (self.application || self.missing >= MISSING_MIN && self.missing * 2 > self.declared)
    }
}

/// A large asset that does not compress and has no name of a media file, beside little dex.
fn opaque_asset(input: &Input<'_>, facts: &CodeFacts) -> Option<Trace> {
    const MEDIA: &[&str] = &[
        "png", "jpg", "jpeg", "webp", "gif", "mp3", "mp4", "ogg", "m4a", "wav", "aac", "webm", "ttf", "otf", "woff",
        "woff2", "zip", "gz", "pdf", "svga", "pag", "ktx", "astc", "so",
    ];
    let dex: u64 = facts.dex.iter().map(|d| d.bytes).sum();
    if dex > TINY_DEX {
        return None;
    }
    let opaque = |e: &&Entry<'_>| {
        let extension = e.file_name().rsplit_once('.').map_or("", |(_, x)| x).to_ascii_lowercase();
        e.name.starts_with("assets/")
            && e.size >= LARGE_ASSET
            && e.size > 2 * dex
            && e.compressed >= e.size / 100 * 97
            && !MEDIA.contains(&extension.as_str())
    };
    let entry = input.entries.iter().filter(opaque).max_by_key(|e| e.size)?;
    Some(entry.trace(format!("{} bytes that do not compress, beside {dex} bytes of dex", entry.size)))
}
