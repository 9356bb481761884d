//! One function for each reader that meets hostile bytes, for `fuzz/` and for the mutation tests beside the readers.
//!
//! Each gives facts or an error. It must not panic, abort, hang, or use more memory than the bytes present justify. Hidden from
//! the documentation because it is no interface to build on.

use super::archive::{Archive, Budget, Source};
use super::code::{self, EntryBytes};
use super::resources::Resources;
use super::typed::{Resolve, Unresolved};
use super::{Apk, Depth, Manifest, PermissionSource, ReadOptions, RequestedPermission, Trace, manifest, signing};
use crate::catalogue::Catalogue;

/// Bytes that one input may inflate to: enough for every path, and quick.
const BUDGET: u64 = 8 << 20;
/// Entries one input may hold.
const ENTRIES: u64 = 1000;

/// What reads hostile bytes.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("archive", archive),
    ("axml", axml),
    ("resources", resources),
    ("dex", dex),
    ("signing", signing),
    ("package", package),
];

/// A ZIP archive: its directory, and every entry.
pub fn archive(bytes: &[u8]) {
    let Ok(archive) = Archive::open(Source::Memory(bytes.to_vec()), ENTRIES) else { return };
    let budget = Budget::new(BUDGET);
    let mut deviations = Vec::new();
    for entry in archive.entries() {
        if let Ok(content) = archive.read(entry, BUDGET / 2, &budget, &mut deviations) {
            assert!(content.len() as u64 <= BUDGET / 2, "the bound for an entry holds");
        }
        let _ = archive.nested(entry, BUDGET / 2, &budget, &mut deviations);
    }
}

/// A binary manifest.
pub fn axml(bytes: &[u8]) {
    if let Ok(read) = manifest::read_binary(bytes, None, &Unresolved) {
        let m = &read.manifest;
        let facts = m.permissions.len() + m.components.len() + m.meta_data.len() + m.queries.packages.len();
        assert!(facts <= bytes.len() / 8, "each fact stands in an element of its own");
    }
}

/// A resource table.
pub fn resources(bytes: &[u8]) {
    let mut resources = Resources::default();
    resources.add(bytes.to_vec());
    for id in IDS {
        let _ = (resources.resolve(*id), resources.text(*id), resources.text_zh(*id));
    }
}

/// Resources to look up: those that the seeds hold, others of the same type, and what is in no table.
const IDS: &[u32] = &[
    0x7f01_0000,
    0x7f01_0001,
    0x7f01_0009,
    0x7f02_0000,
    0x7f02_0001,
    0x7f03_0000,
    0x7f04_0000,
    0x7f0d_001b,
    0x0101_0000,
    0x0001_0002,
    0,
    u32::MAX,
];

/// A dex file, or a container of several: class lists, and the instructions against the table of a small catalogue.
pub fn dex(bytes: &[u8]) {
    let permissions = ["android.permission.READ_PHONE_STATE", "android.permission.READ_CONTACTS"];
    let manifest = Manifest {
        package: "com.example.app".into(),
        permissions: permissions
            .map(|name| RequestedPermission {
                name: name.into(),
                max_sdk: None,
                source: PermissionSource::UsesPermission,
                trace: Trace::entry(manifest::ENTRY, name),
            })
            .to_vec(),
        ..Manifest::default()
    };
    let dex = [EntryBytes { split: None, entry: "classes.dex", bytes }];
    let input = code::Input {
        dex: &dex,
        entries: &[],
        texts: &[],
        manifest: &manifest,
        depth: Depth::Calls,
        parallel: false,
        incomplete: false,
        deadline: None,
    };
    let facts = code::read(&input, Catalogue::small());
    let names: usize = facts.classes.iter().map(String::len).sum();
    assert!(names <= 3 * bytes.len(), "names are read until they are as long as the file");
    assert!(facts.calls.len() <= 64 * bytes.len(), "each call stands in bytes of its own");
}

/// A signing block, a PKCS#7 file or a certificate.
pub fn signing(bytes: &[u8]) {
    let signers = signing::in_bytes(bytes);
    assert!(signers.len() <= bytes.len() / 8, "each certificate stands in bytes of its own");
}

/// A whole package, to the full depth.
pub fn package(bytes: &[u8]) {
    let mut options = ReadOptions { parallel: false, ..ReadOptions::default() };
    options.limits.entry_bytes = BUDGET / 2;
    options.limits.total_bytes = BUDGET;
    options.limits.entries = ENTRIES;
    let _ = Apk::read_bytes("fuzzed.apk", bytes.to_vec(), Catalogue::small(), &options);
}
