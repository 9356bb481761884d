//! Several APKs that are one app.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::archive::{Archive, Source};
use super::manifest::{self, ENTRY};
use super::part::Part;
use super::read::{Reading, hex, sha256};
use super::{Apk, Depth, Error, Manifest, PackageKind, Seen, Unread, Value, code};

/// Whether a file name is that of an APK.
fn is_apk(name: &str) -> bool {
    name.len() > 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".apk")
}

fn file_name(entry: &str) -> &str {
    entry.rsplit('/').next().unwrap_or(entry)
}

/// The APKs in a ZIP: what bundletool (`.apks`), APKPure (`.xapk`) and APKMirror (`.apkm`) hand out.
pub(super) fn from_archive(archive: &Archive, reading: &Reading<'_>) -> Result<Apk, Error> {
    let file = || reading.file.clone();
    if archive.get("BundleConfig.pb").is_some() || archive.get("base/manifest/AndroidManifest.xml").is_some() {
        return Err(Error::Bundle { file: file() });
    }
    let mut entries: Vec<_> = archive.entries().filter(|e| is_apk(&e.name)).collect();
    if entries.is_empty() {
        return Err(Error::NoManifest { file: file() });
    }
    let mut deviations = archive.deviations.clone();
    let mut unread = Vec::new();
    // bundletool puts whole APKs for old devices beside the splits; they are the same app once more.
    if entries.iter().any(|e| e.name.starts_with("splits/")) {
        let (splits, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| e.name.starts_with("splits/"));
        unread.extend(rest.iter().map(|e| another_build(&e.name)));
        entries = splits;
    }
    check_parts(entries.len(), reading)?;
    let mut parts = Vec::new();
    for entry in entries {
        // A base APK holds what a single APK holds, assets and all: only the total bounds it.
        let cap = reading.options.limits.total_bytes;
        let source = archive.nested(entry, cap, &reading.budget, &mut deviations).map_err(|e| e.to_string());
        let part = source.and_then(|source| {
            let place = format!("{}/{}", reading.file, entry.name);
            open(source, file_name(&entry.name).to_owned(), &place, reading).map_err(|e| e.to_string())
        });
        match part {
            Ok(part) => parts.push(part),
            Err(why) => unread.push(Unread { place: entry.name.clone(), why }),
        }
    }
    let mut apk = from_parts(parts, unread, reading)?;
    deviations.append(&mut apk.deviations);
    apk.deviations = deviations;
    Ok(apk)
}

/// The APKs of a folder, not looking into folders below it.
pub(super) fn from_directory(path: &Path, reading: &Reading<'_>) -> Result<Apk, Error> {
    let mut files: Vec<PathBuf> = fs::read_dir(path)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>())
        .map_err(|e| reading.io(e))?;
    files.retain(|f| f.is_file() && f.file_name().is_some_and(|n| is_apk(&n.to_string_lossy())));
    files.sort();
    if files.is_empty() {
        return Err(Error::EmptyDirectory { file: reading.file.clone() });
    }
    check_parts(files.len(), reading)?;
    let (mut parts, mut unread, mut hashes, mut size) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for file in &files {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let source = File::open(file).and_then(Source::file).map_err(|e| reading.io(e))?;
        size += source.len();
        if reading.options.hash {
            hashes.push(sha256(file).map_err(|e| reading.io(e))?);
        }
        match open(source, name.clone(), &file.display().to_string(), reading) {
            Ok(part) => parts.push(part),
            Err(error) => unread.push(Unread { place: name, why: error.to_string() }),
        }
    }
    hashes.sort();
    let mut apk = from_parts(parts, unread, reading)?;
    apk.size = size;
    apk.sha256 = match &hashes[..] {
        [] => String::new(),
        [one] => one.clone(),
        all => hex(&Sha256::digest(all.concat())),
    };
    Ok(apk)
}

fn check_parts(count: usize, reading: &Reading<'_>) -> Result<(), Error> {
    let limit = reading.options.limits.parts;
    if count as u64 > limit {
        return Err(Error::Limit { file: reading.file.clone(), what: "the APKs in it", limit });
    }
    Ok(())
}

fn open(source: Source, name: String, place: &str, reading: &Reading<'_>) -> Result<Part, Error> {
    let archive = Archive::open(source, reading.options.limits.entries).map_err(|e| reading.open_error(e, place))?;
    Part::read(archive, Some(name), reading, place)
}

fn another_build(place: &str) -> Unread {
    Unread { place: place.to_owned(), why: "another build of the same app, not read".into() }
}

/// Puts the parts in order and together. One APK alone is one APK, whatever it came in.
fn from_parts(mut parts: Vec<Part>, mut unread: Vec<Unread>, reading: &Reading<'_>) -> Result<Apk, Error> {
    let base = parts
        .iter()
        .enumerate()
        .filter(|(_, p)| p.manifest.split.is_none())
        // Of several whole APKs the one with the most code says the most.
        .max_by_key(|(i, p)| (p.dex.iter().map(|(_, b)| b.len()).sum::<usize>(), std::cmp::Reverse(*i)))
        .map(|(i, _)| i);
    let Some(base) = base else {
        return match (parts.len(), unread.into_iter().next()) {
            (0, Some(first)) => {
                Err(Error::Manifest { file: format!("{}/{}", reading.file, first.place), why: first.why })
            }
            _ => Err(Error::NoBase { file: reading.file.clone() }),
        };
    };
    let base = parts.remove(base);
    let mut all = vec![base];
    for part in parts {
        let place = part.name.clone().unwrap_or_default();
        if part.manifest.package != all[0].manifest.package {
            let why = format!("belongs to another app, {}", part.manifest.package);
            unread.push(Unread { place, why });
        } else if part.manifest.split.is_none() {
            unread.push(another_build(&place));
        } else {
            all.push(part);
        }
    }
    all[1..].sort_by(|a, b| a.name.cmp(&b.name));
    let mut apk = assemble(all, PackageKind::SplitSet, reading);
    apk.coverage.unread.extend(unread);
    Ok(apk)
}

/// One app of its parts, base first.
pub(super) fn assemble(mut parts: Vec<Part>, kind: PackageKind, reading: &Reading<'_>) -> Apk {
    let mut apk = Apk { kind, ..Apk::default() };
    if kind == PackageKind::SplitSet {
        apk.splits = parts.iter().filter_map(|p| p.name.clone()).collect();
    }
    let mut seen = HashSet::new();
    for part in &mut parts {
        apk.deviations.append(&mut part.deviations);
        apk.coverage.unread.append(&mut part.unread);
        for signer in part.signers.drain(..) {
            if seen.insert(signer.sha256.clone()) {
                apk.signers.push(signer);
            }
        }
    }
    apk.signers.sort();
    apk.coverage.manifest =
        parts.iter().map(|p| p.manifest_seen).min_by_key(|s| *s != Seen::Partial).unwrap_or_default();
    apk.manifest = merge(&mut parts, &mut apk.deviations);
    if let Some(split) = &apk.manifest.split {
        let why = format!("this is the split {split} of a set; the base APK and the other splits were not given");
        apk.coverage.unread.push(Unread { place: ENTRY.into(), why });
        apk.coverage.manifest = Seen::Partial;
    } else if apk.manifest.splits_required && parts.len() == 1 {
        let why = "the manifest says that further splits are required; they were not given, and may hold code";
        apk.coverage.unread.push(Unread { place: ENTRY.into(), why: why.into() });
    }
    manifest::complete(&mut apk.manifest, true, reading.catalogue);
    label(&mut apk, &mut parts);
    code(&mut apk, &parts, reading);
    apk
}

/// The base's manifest with what the splits add.
fn merge(parts: &mut [Part], deviations: &mut Vec<String>) -> Manifest {
    let Some((base, splits)) = parts.split_first_mut() else { return Manifest::default() };
    let mut merged = std::mem::take(&mut base.manifest);
    let mut index: HashMap<String, usize> =
        merged.permissions.iter().enumerate().map(|(i, p)| (p.name.clone(), i)).collect();
    for split in splits {
        let m = std::mem::take(&mut split.manifest);
        for asked in m.permissions {
            if !index.contains_key(&asked.name) {
                let place = split.name.as_deref().unwrap_or_default();
                deviations.push(format!(
                    "{place}: {} is asked for here only; Android takes permissions from the base",
                    asked.name
                ));
            }
            manifest::request(&mut merged.permissions, &mut index, asked);
        }
        merged.components.extend(m.components);
        merged.meta_data.extend(m.meta_data);
        merged.libraries.extend(m.libraries);
    }
    merged
}

/// Looks the label up in all parts: a language split holds the Chinese one.
fn label(apk: &mut Apk, parts: &mut [Part]) {
    let own = parts.first_mut().and_then(|p| p.launcher_label.take());
    // Without a label of the application, launchers show that of the activity they start.
    let Some(value) = apk.manifest.label.clone().or(own) else { return };
    match value {
        Value::Text(text) => apk.label = Some(text),
        Value::Reference(id) => {
            let all = parts.iter_mut().map(|p| std::mem::take(&mut p.resources)).reduce(|mut all, more| {
                all.append(more);
                all
            });
            let all = all.unwrap_or_default();
            apk.label = all.text(id);
            apk.label_zh = all.text_zh(id);
        }
    }
}

/// Everything behind the manifest.
fn code(apk: &mut Apk, parts: &[Part], reading: &Reading<'_>) {
    // Facts of the base name no split.
    let of_split = |i: usize| parts[i].name.as_deref().filter(|_| i > 0);
    let entries: Vec<code::Entry<'_>> = (0..parts.len())
        .flat_map(|i| parts[i].entries.iter().map(move |e| (i, e)))
        .map(|(i, e)| code::Entry { split: of_split(i), name: &e.name, size: e.size, compressed: e.compressed })
        .collect();
    let dex: Vec<code::EntryBytes<'_>> = (0..parts.len())
        .flat_map(|i| parts[i].dex.iter().map(move |d| (i, d)))
        .map(|(i, (entry, bytes))| code::EntryBytes { split: of_split(i), entry, bytes })
        .collect();
    let texts: Vec<code::EntryBytes<'_>> = (0..parts.len())
        .flat_map(|i| parts[i].texts.iter().map(move |t| (i, t)))
        .map(|(i, (entry, bytes))| code::EntryBytes { split: of_split(i), entry, bytes })
        .collect();
    if reading.options.depth == Depth::Manifest {
        apk.native_libs = code::native_libs(&entries);
        return;
    }
    let alone = apk.manifest.split.is_some() || parts.len() == 1 && apk.manifest.splits_required;
    let input = code::Input {
        dex: &dex,
        entries: &entries,
        texts: &texts,
        manifest: &apk.manifest,
        depth: reading.options.depth,
        parallel: reading.options.parallel,
        deadline: reading.deadline,
        incomplete: alone || parts.iter().any(|p| p.incomplete),
    };
    let facts = code::read(&input, reading.catalogue);
    apk.dex = facts.dex;
    apk.classes = facts.classes;
    apk.native_libs = facts.native_libs;
    apk.sdks = facts.sdks;
    apk.calls = facts.calls;
    apk.permission_uses = facts.permission_uses;
    apk.packer = facts.packer;
    apk.dynamic = facts.dynamic;
    apk.hosts = facts.hosts;
    apk.frameworks = facts.frameworks;
    apk.coverage.classes = facts.classes_seen;
    apk.coverage.calls = facts.calls_seen;
    apk.coverage.unread.extend(facts.unread);
}
