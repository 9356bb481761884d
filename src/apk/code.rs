//! Everything the code of a package tells: one call for the reader of packages.

use std::time::Instant;

use rayon::prelude::*;

use super::calls::{self, Hierarchy, Matcher};
use super::dex::{self, Dex};
use super::owner::Owners;
use super::{
    Call, Depth, DetectedSdk, DexFile, Host, Manifest, NativeLib, Packing, PermissionUse, Seen, Trace, Unread, detect,
    dynamic, frameworks, hosts, packer,
};
use crate::catalogue::Catalogue;

/// One inflated entry.
#[derive(Debug, Clone, Copy)]
pub struct EntryBytes<'a> {
    /// The split it stands in; `None` for the base.
    pub split: Option<&'a str>,
    /// Entry name.
    pub entry: &'a str,
    /// Its bytes, uncompressed.
    pub bytes: &'a [u8],
}

/// One entry of the package, as its directory lists it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The split it stands in; `None` for the base.
    pub split: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Uncompressed bytes, as claimed.
    pub size: u64,
    /// Compressed bytes, as claimed.
    pub compressed: u64,
}

impl Entry<'_> {
    /// The file name without directories.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(self.name)
    }

    pub(crate) fn trace(&self, value: impl Into<String>) -> Trace {
        Trace { split: self.split.map(Into::into), ..Trace::entry(self.name, value) }
    }
}

/// What the code of a package is read from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Dex entries in load order, base first.
    pub dex: &'a [EntryBytes<'a>],
    /// Every entry of every part.
    pub entries: &'a [Entry<'a>],
    /// Entries that may state a version ([`crate::catalogue::VersionPlace::File`]), as far as they could be read.
    pub texts: &'a [EntryBytes<'a>],
    /// The merged manifest.
    pub manifest: &'a Manifest,
    /// How far to look. At [`Depth::Manifest`] the dex entries are ignored.
    pub depth: Depth,
    /// Whether several threads may be used; the result is the same either way.
    pub parallel: bool,
    /// When to stop reading instructions.
    pub deadline: Option<Instant>,
    /// Whether a dex entry is missing from `dex` because it could not be inflated, or a part of a split set is missing.
    pub incomplete: bool,
}

/// What the code of a package tells; the fields are those of [`super::Apk`].
#[derive(Debug, Clone, Default)]
pub struct CodeFacts {
    /// Dex files in load order.
    pub dex: Vec<DexFile>,
    /// Every class, sorted.
    pub classes: Vec<String>,
    /// Native libraries, sorted by entry.
    pub native_libs: Vec<NativeLib>,
    /// SDKs found, sorted by id.
    pub sdks: Vec<DetectedSdk>,
    /// Uses of personal-information APIs.
    pub calls: Vec<Call>,
    /// Uses of permissions.
    pub permission_uses: Vec<PermissionUse>,
    /// The hardening product.
    pub packer: Option<Packing>,
    /// Places that load code from outside the dex files.
    pub dynamic: Vec<Trace>,
    /// Hosts named in constant strings.
    pub hosts: Vec<Host>,
    /// Application frameworks.
    pub frameworks: Vec<String>,
    /// Whether the class lists are whole.
    pub classes_seen: Seen,
    /// Whether the instructions were read whole.
    pub calls_seen: Seen,
    /// What could not be read, and code that stands outside the dex files.
    pub unread: Vec<Unread>,
}

/// One class that a dex defines.
#[derive(Debug, Clone)]
pub(crate) struct ClassAt {
    /// Name with dots.
    pub(crate) name: String,
    /// Place of its dex in the list of all dex files.
    pub(crate) dex: u32,
    /// Number of its definition there.
    pub(crate) def: u32,
}

/// One dex with the entry it came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DexAt<'a> {
    pub(crate) split: Option<&'a str>,
    pub(crate) entry: &'a str,
    pub(crate) dex: Dex<'a>,
}

/// Reads the code of a package. Never fails: what cannot be read is listed in [`CodeFacts::unread`] and lowers
/// [`CodeFacts::classes_seen`] and [`CodeFacts::calls_seen`].
pub fn read(input: &Input<'_>, catalogue: &Catalogue) -> CodeFacts {
    let mut facts = CodeFacts { native_libs: native_libs(input.entries), ..CodeFacts::default() };
    let mut dexes = Vec::new();
    let mut classes = Vec::new();
    if input.depth >= Depth::Classes {
        classes = list_classes(input, &mut facts, &mut dexes);
    }
    let owners = Owners::new(catalogue, &input.manifest.package);

    facts.packer = packer::find(input, &facts, &classes, catalogue);
    if input.depth >= Depth::Calls {
        facts.calls_seen = facts.classes_seen;
    }
    frameworks::find(input, &classes, &dexes, catalogue, &mut facts);
    if input.depth >= Depth::Classes && input.dex.is_empty() && !input.incomplete {
        frameworks::without_dex(input, &mut facts);
    }
    facts.dynamic = dynamic::plugins(&classes, &dexes, catalogue);
    if input.depth >= Depth::Calls {
        facts.hosts = hosts::find(&dexes);
        let table = Matcher::new(catalogue, input.manifest);
        let hierarchy = Hierarchy::new(&dexes, &classes);
        let scan = calls::scan(&dexes, (input.parallel, input.deadline), &table, &hierarchy, &owners, catalogue);
        if !scan.unread.is_empty() && facts.calls_seen == Seen::Full {
            facts.calls_seen = Seen::Partial;
        }
        (facts.calls, facts.permission_uses) = (scan.calls, scan.permission_uses);
        facts.dynamic.extend(scan.loaders);
        facts.unread.extend(scan.unread);
    }
    facts.permission_uses.extend(calls::by_intent_filter(input.manifest, &owners, catalogue));
    facts.permission_uses.sort_by(|a, b| a.permission.cmp(&b.permission));
    facts.sdks = detect::detect(&detect::Seen {
        manifest: input.manifest,
        entries: input.entries,
        libs: &facts.native_libs,
        classes: &classes,
        dexes: &dexes,
        strings: input.depth >= Depth::Calls,
        owners: &owners,
        catalogue,
        texts: input.texts,
    });
    dynamic::hidden(input.entries, &mut facts.unread);
    if facts.packer.is_some() {
        packer::lower(&mut facts);
    }
    facts.classes = classes.into_iter().map(|c| c.name).collect();
    facts.classes.dedup();
    facts.unread.sort();
    facts.unread.dedup();
    facts
}

/// Parses every dex and lists its classes, sorted by name and within a name by load order.
fn list_classes<'a>(input: &Input<'a>, facts: &mut CodeFacts, dexes: &mut Vec<DexAt<'a>>) -> Vec<ClassAt> {
    facts.classes_seen = if input.incomplete { Seen::Partial } else { Seen::Full };
    for file in input.dex {
        let mut report = DexFile {
            split: file.split.map(Into::into),
            entry: file.entry.into(),
            bytes: file.bytes.len() as u64,
            version: String::new(),
            classes: 0,
        };
        for dex in Dex::parse_all(file.bytes) {
            match dex {
                Ok(dex) => {
                    report.version = dex.version().into();
                    report.classes += dex.class_count();
                    dexes.push(DexAt { split: file.split, entry: file.entry, dex });
                }
                Err(error) => {
                    facts.classes_seen = Seen::Partial;
                    facts.unread.push(unread(file.split, file.entry, &error));
                }
            }
        }
        facts.dex.push(report);
    }
    if facts.dex.is_empty() && !facts.unread.is_empty() {
        facts.classes_seen = Seen::None;
    }
    let list = |(number, at): (usize, &DexAt<'_>)| {
        let (names, broken) = at.dex.class_names();
        let mut list: Vec<_> = names.into_iter().map(|(name, def)| ClassAt { name, dex: number as u32, def }).collect();
        list.sort_by(|a, b| a.name.cmp(&b.name));
        (list, broken)
    };
    let lists: Vec<_> = if input.parallel {
        dexes.par_iter().enumerate().map(list).collect()
    } else {
        dexes.iter().enumerate().map(list).collect()
    };
    let mut classes = Vec::with_capacity(lists.iter().map(|(l, _)| l.len()).sum());
    for ((list, broken), at) in lists.into_iter().zip(dexes.iter()) {
        if broken > 0 {
            facts.classes_seen = Seen::Partial;
            let error = dex::Error::ClassNames { broken, all: at.dex.class_count() };
            facts.unread.push(unread(at.split, at.entry, &error));
        }
        classes.extend(list);
    }
    // A stable sort merges the runs, and keeps the load order of classes that several dex files define.
    classes.sort_by(|a, b| a.name.cmp(&b.name));
    classes
}

/// A dex that could not be read.
pub(crate) fn unread(split: Option<&str>, entry: &str, error: &dex::Error) -> Unread {
    let place = split.map_or_else(|| entry.to_owned(), |s| format!("{s}/{entry}"));
    Unread { place, why: error.to_string() }
}

/// Libraries in `lib/ABI/`, sorted.
pub(crate) fn native_libs(entries: &[Entry<'_>]) -> Vec<NativeLib> {
    let mut libs: Vec<_> = entries
        .iter()
        .filter_map(|e| {
            let (abi, name) = e.name.strip_prefix("lib/")?.split_once('/')?;
            (name.ends_with(".so") && !name.contains('/')).then(|| NativeLib {
                split: e.split.map(Into::into),
                entry: e.name.into(),
                abi: abi.into(),
                name: name.into(),
            })
        })
        .collect();
    libs.sort_by(|a, b| (&a.entry, &a.split).cmp(&(&b.entry, &b.split)));
    libs.dedup();
    libs
}

/// The classes below a package, or else the class of this very name; `classes` is sorted by name.
pub(crate) fn below<'k>(classes: &'k [ClassAt], prefix: &str) -> &'k [ClassAt] {
    let below = format!("{prefix}.");
    let first = classes.partition_point(|c| c.name < below);
    let end = classes[first..].partition_point(|c| c.name.starts_with(&below));
    if end > 0 {
        return &classes[first..first + end];
    }
    let first = classes.partition_point(|c| c.name.as_str() < prefix);
    let end = classes[first..].partition_point(|c| c.name == prefix);
    &classes[first..first + end]
}

/// Whether a class is defined; `classes` is sorted by name.
pub(crate) fn defines(classes: &[ClassAt], name: &str) -> bool {
    classes.binary_search_by(|c| c.name.as_str().cmp(name)).is_ok()
}

/// Where a class is defined.
pub(crate) fn class_trace(class: &ClassAt, dexes: &[DexAt<'_>], value: impl Into<String>) -> Trace {
    let at = &dexes[class.dex as usize];
    let trace = Trace::entry(at.entry, value);
    Trace { split: at.split.map(Into::into), class: Some(class.name.clone()), ..trace }
}

#[cfg(test)]
mod tests {
    use super::super::dex::build::Builder;
    use super::super::{Channel, Component, ComponentKind, Confidence, MetaData};
    use super::*;

    pub(super) fn entry(name: &str) -> Entry<'_> {
        Entry { split: None, name, size: 1 << 20, compressed: 1 << 20 }
    }

    pub(super) fn component(class: &str) -> Component {
        Component {
            kind: ComponentKind::Service,
            class: class.into(),
            target: None,
            permission: None,
            exported: None,
            process: None,
            authorities: Vec::new(),
            actions: Vec::new(),
            trace: Trace::entry("AndroidManifest.xml", class),
        }
    }

    fn manifest(components: &[&str]) -> Manifest {
        Manifest {
            package: "com.example.app".into(),
            components: components.iter().map(|c| component(c)).collect(),
            ..Manifest::default()
        }
    }

    fn facts(manifest: &Manifest, classes: &[&str], entries: &[&str]) -> CodeFacts {
        let dex = classes.iter().fold(Builder::new(), |b, c| b.class(c, "java.lang.Object")).bytes();
        let entries: Vec<_> = entries.iter().map(|e| entry(e)).collect();
        let dex = [EntryBytes { split: None, entry: "classes.dex", bytes: &dex }];
        let input = Input {
            dex: &dex,
            entries: &entries,
            texts: &[],
            manifest,
            depth: Depth::Classes,
            parallel: true,
            incomplete: false,
            deadline: None,
        };
        read(&input, Catalogue::builtin())
    }

    fn found<'f>(facts: &'f CodeFacts, id: &str) -> Option<&'f DetectedSdk> {
        facts.sdks.iter().find(|s| s.id == id)
    }

    #[test]
    fn recognises_through_independent_channels() {
        let mut manifest = manifest(&["com.example.app.Main", "com.igexin.sdk.PushService"]);
        manifest.meta_data.push(MetaData { key: "PUSH_APPID".into(), value: None, owner: None });
        let classes = ["com.example.app.Main", "com.igexin.sdk.PushService", "com.igexin.push.A", "com.adjust.sdk.A"];
        let facts = facts(&manifest, &classes, &["lib/arm64-v8a/libgetuiext3.so", "classes.dex"]);
        let getui = found(&facts, "getui").unwrap();
        let channels: Vec<_> = getui.evidence.iter().map(|e| (e.channel, e.count)).collect();
        assert_eq!(
            channels,
            [(Channel::Package, 2), (Channel::Component, 1), (Channel::NativeLib, 1), (Channel::MetaData, 1)]
        );
        assert_eq!(getui.confidence, Confidence::High);
        assert_eq!(found(&facts, "adjust").unwrap().confidence, Confidence::Low);
        assert_eq!(facts.native_libs[0].abi, "arm64-v8a");
        assert_eq!(facts.classes.len(), 4);
        assert_eq!((facts.classes_seen, &facts.packer), (Seen::Full, &None));
    }

    #[test]
    fn a_shrunk_sdk_is_seen_by_what_is_kept() {
        let manifest = manifest(&["com.example.app.wxapi.WXEntryActivity"]);
        let facts = facts(&manifest, &["com.example.app.wxapi.WXEntryActivity", "com.tencent.mm.opensdk.A"], &[]);
        assert_eq!(found(&facts, "wechat-opensdk").unwrap().confidence, Confidence::High);
    }

    #[test]
    fn bundled_components_go_with_their_bundler() {
        let classes =
            ["com.alipay.sdk.app.A", "com.alipay.sdk.app.B", "com.alipay.sdk.app.C", "com.ta.utdid2.device.A"];
        let facts = facts(&manifest(&[]), &classes, &[]);
        let utdid = facts.sdks.iter().find(|s| s.id.as_str().contains("utdid")).unwrap();
        assert_eq!(utdid.bundled_by.as_ref().map(|b| b.as_str()), Some("alipay"));
    }

    #[test]
    fn a_shared_key_speaks_for_the_one_that_is_there() {
        let mut manifest = manifest(&[]);
        manifest.meta_data.push(MetaData { key: "com.baidu.lbsapi.API_KEY".into(), value: None, owner: None });
        let classes = ["com.baidu.mapapi.A", "com.baidu.mapapi.B", "com.baidu.mapapi.map.C"];
        let facts = facts(&manifest, &classes, &[]);
        assert!(found(&facts, "baidu-map").is_some());
        assert!(facts.sdks.iter().all(|s| s.id == "baidu-map" || !s.id.as_str().starts_with("baidu")));
    }

    #[test]
    fn a_shared_key_vouches_for_the_product_that_is_there() {
        let mut manifest = manifest(&[]);
        manifest.meta_data.push(MetaData { key: "UMENG_APPKEY".into(), value: None, owner: None });
        let classes =
            ["com.umeng.analytics.A", "com.umeng.analytics.B", "com.umeng.analytics.C", "com.umeng.commonsdk.A"];
        let facts = facts(&manifest, &classes, &[]);
        assert_eq!(found(&facts, "umeng-analytics").unwrap().confidence, Confidence::High);
        assert_eq!(found(&facts, "umeng-common").unwrap().confidence, Confidence::Low);
        assert!(found(&facts, "umeng-push").is_none());
    }

    #[test]
    fn packed_by_a_known_product() {
        let mut manifest = manifest(&["com.example.app.Main", "com.example.app.Push"]);
        manifest.application_class = Some("com.stub.StubApp".into());
        let facts = facts(&manifest, &["com.stub.StubApp"], &["assets/libjiagu.so"]);
        let packer = facts.packer.unwrap();
        assert_eq!(packer.id.unwrap(), "360-jiagu");
        assert!(packer.evidence.len() >= 3);
        assert_eq!(facts.classes_seen, Seen::Partial);
        assert!(facts.unread.iter().any(|u| u.why.contains("360-jiagu")));
    }

    #[test]
    fn packed_by_an_unknown_product() {
        let names = ["a.b.Main", "a.b.One", "a.b.Two", "a.b.Three"];
        let hollow = facts(&manifest(&names), &["x.Loader"], &["assets/data.bin"]);
        assert_eq!(hollow.packer.as_ref().unwrap().id, None);
        assert!(hollow.packer.unwrap().evidence.iter().any(|t| t.entry == "assets/data.bin"));
        // Some leftovers of libraries, or one missing component of few, prove nothing.
        assert_eq!(facts(&manifest(&names), &["a.b.Main", "a.b.One"], &[]).packer, None);
        assert_eq!(facts(&manifest(&["a.b.Main", "a.b.One"]), &["x.Loader"], &[]).packer, None);
        assert_eq!(facts(&manifest(&[]), &["x.Loader"], &["assets/data.bin"]).packer, None);
    }

    #[test]
    fn a_broken_dex_costs_that_dex() {
        let good = Builder::new().class("a.B", "java.lang.Object").bytes();
        let dex = [("classes.dex", &good[..]), ("classes2.dex", b"dex\n0")].map(|(entry, bytes)| EntryBytes {
            split: Some("base.apk"),
            entry,
            bytes,
        });
        let manifest = manifest(&[]);
        let input = Input {
            dex: &dex,
            entries: &[],
            texts: &[],
            manifest: &manifest,
            depth: Depth::Classes,
            parallel: true,
            incomplete: false,
            deadline: None,
        };
        let facts = read(&input, Catalogue::builtin());
        assert_eq!(facts.classes, ["a.B"]);
        assert_eq!(facts.classes_seen, Seen::Partial);
        assert_eq!(facts.unread[0].place, "base.apk/classes2.dex");
    }

    #[test]
    fn frameworks_and_plugins() {
        let classes = ["io.flutter.embedding.A", "com.tencent.tinker.loader.A"];
        let facts = facts(&manifest(&[]), &classes, &["lib/arm64-v8a/libflutter.so"]);
        assert_eq!(facts.frameworks, ["flutter"]);
        assert_eq!(facts.dynamic[0].class.as_deref(), Some("com.tencent.tinker.loader.A"));
        assert_eq!(facts.classes_seen, Seen::Full);
    }

    #[test]
    fn code_that_reaches_the_platform_without_dex_leaves_the_calls_open() {
        let read = |classes: &[&str], entries: &[&str], manifest: &Manifest| {
            let dex = classes.iter().fold(Builder::new(), |b, c| b.class(c, "java.lang.Object")).bytes();
            let dex = [EntryBytes { split: None, entry: "classes.dex", bytes: &dex }];
            let entries: Vec<_> = entries.iter().map(|e| entry(e)).collect();
            let input = Input {
                dex: if classes.is_empty() { &[] } else { &dex },
                entries: &entries,
                texts: &[],
                manifest,
                depth: Depth::Calls,
                parallel: false,
                incomplete: false,
                deadline: None,
            };
            let facts = read(&input, Catalogue::builtin());
            (facts.frameworks.join(" "), facts.classes_seen, facts.calls_seen, facts.unread.len())
        };
        let none = manifest(&[]);
        let unity = read(&["com.unity3d.player.UnityPlayer"], &["lib/arm64-v8a/libunity.so"], &none);
        assert_eq!(unity, ("unity".into(), Seen::Full, Seen::Partial, 1));
        let react = read(&["com.facebook.react.A"], &["assets/index.android.bundle"], &none);
        assert_eq!(react, ("react-native".into(), Seen::Full, Seen::Full, 1));
        let native = read(&[], &["lib/arm64-v8a/libmain.so"], &manifest(&["android.app.NativeActivity"]));
        assert_eq!(native, ("native".into(), Seen::None, Seen::None, 1));
        let stripped = read(&[], &["resources.arsc"], &manifest(&["com.example.app.Main"]));
        assert_eq!(stripped, (String::new(), Seen::None, Seen::None, 1));
        let pictures = read(&[], &["resources.arsc"], &none);
        assert_eq!(pictures, (String::new(), Seen::Full, Seen::Full, 0));
    }
}
