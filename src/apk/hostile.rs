//! Damaged and hostile input: facts or an error, never a panic, never more memory than the bytes present justify.

use std::path::Path;
use std::time::Instant;

use super::archive::{Archive, Budget, Source};
use super::dex::build::{Builder, Insn, call, container, text};
use super::resources::Resources;
use super::testing::{Layout, Noise, Res, Style, ZipEntry, arsc, axml, entry, zip, zip_64};
use super::typed::{Resolve, Unresolved};
use super::{Apk, Depth, ReadOptions, fuzzing, manifest, signing};
use crate::catalogue::Catalogue;

const XML: &str = r#"<manifest package="a.b" android:versionCode="7" android:versionName="@0x7f010000">
    <uses-sdk android:minSdkVersion="21" android:targetSdkVersion="34"/><uses-permission android:name="P" android:maxSdkVersion="3"/>
    <application android:label="@0x7f010001" android:name=".App"><service android:name=".S" android:permission="Q">
    <intent-filter><action android:name="x"/></intent-filter><meta-data android:name="k" android:value="12"/></service>
    </application></manifest>"#;

/// One table in each layout.
fn built_tables() -> Vec<Vec<u8>> {
    let entries: &[(u16, Res)] =
        &[(0, Res::Text("1.0")), (1, Res::Ref(0x7f01_0002)), (2, Res::Text("App")), (9, Res::Int(1))];
    let layouts = [Layout::Plain, Layout::Sparse, Layout::Offset16, Layout::Compact];
    layouts.map(|layout| arsc(&[("", entries), ("zh-CN", &entries[2..3])], layout)).to_vec()
}

fn manifests(runs: usize, seeds: &[Vec<u8>]) {
    let mut noise = Noise(1);
    for run in 0..runs {
        let mut bytes = seeds[run % seeds.len()].clone();
        noise.mutate(&mut bytes);
        if let Ok(read) = manifest::read_binary(&bytes, None, &Unresolved) {
            let m = &read.manifest;
            assert!(m.permissions.len() + m.components.len() <= bytes.len() / 8);
        }
    }
}

fn tables(runs: usize, seeds: &[Vec<u8>]) {
    let mut noise = Noise(2);
    let mut found = 0;
    for run in 0..runs {
        let mut bytes = seeds[run % seeds.len()].clone();
        noise.mutate(&mut bytes);
        let mut resources = Resources::default();
        resources.add(bytes);
        for id in [0x7f01_0000, 0x7f01_0001, 0x7f01_0009, 0x7f02_0000, 0x7f0d_001b, 0x0001_0002] {
            found += usize::from(resources.resolve(id).is_some()) + usize::from(resources.text_zh(id).is_some());
        }
    }
    assert!(found > runs / 2, "most mutants must still be read for this to test anything: {found} of {runs}");
}

fn archives(runs: usize, seeds: &[Vec<u8>]) {
    let mut noise = Noise(3);
    for run in 0..runs {
        let mut bytes = seeds[run % seeds.len()].clone();
        noise.mutate(&mut bytes);
        let Ok(archive) = Archive::open(Source::Memory(bytes), 1000) else { continue };
        let budget = Budget::new(1 << 20);
        for entry in archive.entries() {
            let _ = archive.read(entry, 1 << 19, &budget, &mut Vec::new());
        }
        signing::signers(&archive, &Budget::new(1 << 20), &mut Vec::new());
    }
}

fn styles() -> Vec<Vec<u8>> {
    [false, true].map(|utf8| axml(XML, Style { utf8, ..Style::default() })).to_vec()
}

fn packages() -> Vec<Vec<u8>> {
    let package = [
        ZipEntry { deflate: true, ..entry("AndroidManifest.xml", axml(XML, Style::default())) },
        entry("resources.arsc", built_tables().swap_remove(0)),
        ZipEntry { deflate: true, ..entry("classes.dex", vec![7; 3000]) },
        entry("META-INF/CERT.RSA", [0x30, 3, 2, 1, 5]),
    ];
    vec![zip(&package)]
}

/// Parts of every sample package.
fn samples(entry: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apks");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "apk"));
    files.sort();
    let read = files.iter().map(|f| std::fs::read(f).unwrap());
    if entry.is_empty() {
        return read.collect();
    }
    read.map(|bytes| {
        let archive = Archive::open(Source::Memory(bytes), 1000).unwrap();
        archive.read(archive.get(entry).unwrap(), 1 << 24, &Budget::new(1 << 24), &mut Vec::new()).unwrap()
    })
    .collect()
}

/// Dex files that hold what the pass over instructions looks at, one alone and two in a container.
fn dexes() -> Vec<Vec<u8>> {
    let code = [
        text(1, "android_id"),
        call("Landroid/provider/Settings$Secure;->getString", &[0, 1]),
        Insn::Raw(vec![0x002b, 4, 0, 0x0028, 0x0100, 1, 0, 0, 3, 0]),
        call("Ljava/lang/StringBuilder;->append", &[2, 1]),
        Insn::Put(1, "Lcn/jpush/android/local/JPushConstants;->SDK_VERSION_NAME".into()),
        Insn::Raw(vec![0x0111]),
    ];
    let main = Builder::new().class("com.example.app.Main", "android.app.Activity").method("run", &code);
    let sdk = Builder::new()
        .class("cn.jpush.android.local.JPushConstants", "java.lang.Object")
        .method("<clinit>", &code)
        .class("com.alipay.sdk.app.PayTask", "com.example.app.Main")
        .method("getVersion", &code);
    vec![main.bytes(), sdk.bytes(), container(&[main, sdk])]
}

/// Seeds of a fuzz target, as `fuzz/seeds.py` makes them for the long runs.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "axml" => styles(),
        "resources" => built_tables(),
        "dex" => dexes(),
        "signing" => samples("META-INF/SAMPLE.RSA"),
        "archive" | "package" => packages(),
        other => panic!("no seeds for {other}"),
    }
}

#[test]
fn every_fuzz_target_for_a_moment() {
    for (name, target) in fuzzing::TARGETS {
        let seeds = seeds(name);
        seeds.iter().for_each(|seed| target(seed));
        let mut noise = Noise(4);
        for run in 0..200 {
            let mut bytes = seeds[run % seeds.len()].clone();
            noise.mutate(&mut bytes);
            target(&bytes);
        }
    }
}

#[test]
fn mutated_manifests() {
    manifests(3000, &styles());
}

#[test]
fn mutated_tables() {
    tables(3000, &built_tables());
}

#[test]
fn mutated_archives() {
    archives(2000, &packages());
}

/// `cargo test --release --lib -- --ignored --nocapture hostile`
#[test]
#[ignore = "takes a minute"]
fn a_hundred_thousand_of_each() {
    let time = |what: &str, work: &dyn Fn()| {
        let start = Instant::now();
        work();
        println!("100,000 {what}: {:?}", start.elapsed());
    };
    time("manifests", &|| manifests(100_000, &[styles(), samples("AndroidManifest.xml")].concat()));
    time("tables", &|| tables(100_000, &[built_tables(), samples("resources.arsc")].concat()));
    time("archives", &|| archives(100_000, &[packages(), samples("")].concat()));
}

/// `MEASURE_APK=file.apk cargo test --release --lib -- --ignored --nocapture decoding_speed`; the samples without it.
#[test]
#[ignore = "measures"]
fn decoding_speed() {
    let given = std::env::var_os("MEASURE_APK").map(|file| {
        let archive = Archive::open(Source::Memory(std::fs::read(file).unwrap()), 1_000_000).unwrap();
        let entry = archive.get(manifest::ENTRY).unwrap();
        archive.read(entry, 1 << 24, &Budget::new(1 << 24), &mut Vec::new()).unwrap()
    });
    for bytes in given.map_or_else(|| samples(manifest::ENTRY), |one| vec![one]) {
        let runs = 1000;
        let start = Instant::now();
        let read = |_| manifest::read_binary(&bytes, None, &Unresolved).unwrap().manifest.components.len();
        let components: usize = (0..runs).map(read).sum();
        println!("{} bytes, {} components: {:?} a manifest", bytes.len(), components / 1000, start.elapsed() / runs);
    }
}

#[test]
fn cut_at_every_length() {
    for bytes in styles() {
        for len in 0..bytes.len() {
            let _ = manifest::read_binary(&bytes[..len], None, &Unresolved);
        }
    }
    let table = arsc(&[("", &[(1, Res::Text("x"))])], Layout::Plain);
    for len in 0..table.len() {
        Resources::default().add(table[..len].to_vec());
    }
    let package = &packages()[0];
    for len in 0..package.len() {
        let _ = Archive::open(Source::Memory(package[..len].to_vec()), 1000);
    }
}

#[test]
fn a_hundred_thousand_permissions() {
    let asked: String = (0..100_000).map(|i| format!("<uses-permission android:name=\"p{}\"/>", i % 1000)).collect();
    let bytes = axml(&format!("<manifest package=\"a\">{asked}</manifest>"), Style::default());
    assert_eq!(manifest::read_binary(&bytes, None, &Unresolved).unwrap().manifest.permissions.len(), 1000);
}

#[test]
fn seventy_thousand_entries() {
    let mut entries: Vec<ZipEntry> = (0..70_000).map(|i| entry(&format!("res/{i}.xml"), "")).collect();
    entries.push(entry("AndroidManifest.xml", axml(XML, Style::default())));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), zip_64(&entries)).unwrap();
    let options = ReadOptions { depth: Depth::Manifest, ..ReadOptions::default() };
    let apk = Apk::read(file.path(), Catalogue::builtin(), &options).unwrap();
    assert_eq!(apk.manifest.package, "a.b");
}
