//! A manifest as XML text: from a source tree, or as apktool writes it.
//!
//! Markers of the manifest merger (`tools:node`, `tools:remove`) are honoured, places are line numbers, and what the build
//! would fill in is taken from apktool's notes where there are any. Code is not seen; that stands in the coverage.

mod notes;
mod strings;

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use quick_xml::events::{BytesStart, Event};

use super::manifest::{self, Element, Key};
use super::read::{Reading, sha256};
use super::typed::{Typed, Unresolved};
use super::{Apk, Error, PackageKind, Seen, Unread, Value};
use notes::Notes;
use strings::Strings;

const ANDROID: &str = "http://schemas.android.com/apk/res/android";
/// Chunk type and header length of binary XML.
const BINARY: &[u8] = &[3, 0, 8, 0];
const TOOLS: &str = "http://schemas.android.com/tools";
/// A text manifest beyond this is not one: the largest have some thousand lines.
const MAX_TEXT: u64 = 64 << 20;

/// Whether a file starts as a manifest alone does: as text, or in binary, taken out of its package.
pub(super) fn looks_like_manifest(head: &[u8]) -> bool {
    looks_like_xml(head) || head.starts_with(BINARY)
}

/// Whether a file starts as XML does, in UTF-8 or UTF-16.
fn looks_like_xml(head: &[u8]) -> bool {
    let mut text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).iter().filter(|b| !matches!(b, 0 | 0xfe | 0xff));
    text.find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

/// What a file that is no package looks like, for an error.
pub(super) fn what_is_it(head: &[u8]) -> String {
    let known: &[(&[u8], &str)] = &[
        (b"%PDF", "it is a PDF file"),
        (b"dex\n", "it is a dex file taken out of its package; give the whole APK"),
        (b"PK\x03\x04", "it starts like a ZIP archive but has no end record; the file may be cut off"),
        (b"\x7fELF", "it is a native library"),
        (b"\x1f\x8b", "it is a gzip file"),
        (b"Rar!", "it is a RAR archive"),
        (b"7z\xbc\xaf", "it is a 7z archive"),
    ];
    let fallback =
        if std::str::from_utf8(head).is_ok() && !head.contains(&0) { "it is text" } else { "it has no ZIP end record" };
    known.iter().find(|(magic, _)| head.starts_with(magic)).map_or(fallback, |(_, what)| what).to_owned()
}

/// Reads a manifest file; resources beside it (`res/values*/strings.xml`) give its labels.
pub(super) fn read(path: &Path, reading: &Reading<'_>) -> Result<Apk, Error> {
    let len = fs::metadata(path).map_err(|e| reading.io(e))?.len();
    if len > MAX_TEXT {
        return Err(Error::Limit { file: reading.file.clone(), what: "the bytes of the manifest", limit: MAX_TEXT });
    }
    let bytes = fs::read(path).map_err(|e| reading.io(e))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new("."));
    let strings = Strings::beside(folder);
    let notes = Notes::beside(folder);
    let mut read = if bytes.starts_with(BINARY) {
        manifest::read_binary(&bytes, None, &Unresolved)
            .map_err(|e| Error::Manifest { file: path.display().to_string(), why: e.to_string() })?
    } else {
        parse(&decode(&bytes), name, &notes, &strings).map_err(|(line, why)| Error::TextManifest {
            file: path.display().to_string(),
            line,
            why,
        })?
    };
    notes.fill(&mut read.manifest);
    let target_known = read.manifest.target_sdk.or(read.manifest.min_sdk).is_some();
    manifest::complete(&mut read.manifest, target_known, reading.catalogue);

    let mut apk = Apk { kind: PackageKind::SourceManifest, size: len, deviations: read.deviations, ..Apk::default() };
    apk.sha256 = sha256(path).map_err(|e| reading.io(e))?;
    apk.manifest = read.manifest;
    apk.coverage.manifest = Seen::Full;
    apk.coverage.unread.push(Unread {
        place: "classes.dex".into(),
        why: "a manifest alone carries no code, and in a source tree no permissions that libraries add at build time"
            .into(),
    });
    let mut unread = |why: String| apk.coverage.unread.push(Unread { place: manifest::ENTRY.into(), why });
    if !target_known {
        unread("it names no targetSdkVersion; what the platform adds for old targets is unknown".into());
    }
    if let Some(at) = read.stopped {
        unread(format!("the manifest is damaged from byte {at} on; what follows is unknown"));
        apk.coverage.manifest = Seen::Partial;
    }
    match apk.manifest.label.clone().or(read.launcher_label) {
        Some(Value::Text(text)) => (apk.label, apk.label_zh) = strings.label(&text),
        Some(Value::Reference(_)) | None => {}
    }
    Ok(apk)
}

/// UTF-8 or UTF-16 by its mark, else what the XML declaration says, else UTF-8.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]);
    let declared = head.split_once("encoding=").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let encoding = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    // "UTF-16" in a file that was readable up to here is a lie.
    let encoding = encoding.filter(|e| e.is_ascii_compatible()).unwrap_or(encoding_rs::UTF_8);
    // `decode` lets a byte order mark win.
    encoding.decode(bytes).0
}

/// Prefixes bound to the namespaces that matter.
#[derive(Debug)]
struct Prefixes {
    android: Vec<String>,
    tools: Vec<String>,
}

impl Prefixes {
    fn bind(&mut self, tag: &BytesStart<'_>) {
        for attribute in tag.attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else { continue };
            let list = match &*attribute.value {
                ANDROID => &mut self.android,
                TOOLS => &mut self.tools,
                _ => continue,
            };
            if !list.iter().any(|p| p == prefix) {
                list.push(prefix.to_owned());
            }
        }
    }
}

type Failure = (u32, String);

fn parse(text: &str, entry: String, notes: &Notes, strings: &Strings) -> Result<manifest::Read, Failure> {
    let mut xml = quick_xml::Reader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    let mut reader = manifest::Reader::of_text(entry, notes.namespace().to_owned(), &Unresolved);
    let mut prefixes = Prefixes { android: vec!["android".into()], tools: vec!["tools".into()] };
    // Elements open inside one that the merger removes, itself included.
    let mut removed = 0_usize;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut rooted = false;
    loop {
        let line = lines.of(xml.buffer_position());
        let event = xml.read_event().map_err(|e| (lines.of(xml.error_position()), e.to_string()))?;
        match event {
            Event::Start(_) if removed > 0 => removed += 1,
            Event::End(_) if removed > 0 => removed -= 1,
            Event::Start(tag) => {
                prefixes.bind(&tag);
                if !rooted && tag.local_name().as_ref() != "manifest" {
                    return Err((line, format!("the root element is <{}>", tag.name().as_ref())));
                }
                rooted = true;
                let id = notes.application_id().unwrap_or_else(|| reader.package());
                match element(&tag, line, &prefixes, strings, id) {
                    Some(element) => reader.start(&element),
                    None => removed = 1,
                }
            }
            Event::End(_) => reader.end(),
            Event::Eof if rooted => return Ok(reader.finish()),
            Event::Eof => return Err((line, "it holds no element".into())),
            _ => {}
        }
    }
}

/// The tag as the manifest reader wants it; `None` when the merger takes it out.
fn element<'a>(
    tag: &BytesStart<'_>,
    place: u32,
    prefixes: &Prefixes,
    strings: &Strings,
    package: &str,
) -> Option<Element<'a>> {
    let mut e = Element {
        name: Cow::Owned(tag.local_name().as_ref().to_owned()),
        place,
        attributes: Vec::new(),
        plain: Vec::new(),
        out_of_order: false,
        misnamed: 0,
        misplaced: 0,
    };
    let mut dropped = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_else(|_| attribute.value.clone());
        let (local, prefix) = attribute.key.decompose();
        match prefix {
            None => e.plain.push((Cow::Owned(local.as_ref().to_owned()), Typed::Text(Cow::Owned(value.into_owned())))),
            Some(p) if prefixes.tools.iter().any(|t| t == p.as_ref()) => match local.as_ref() {
                "node" if matches!(&*value, "remove" | "removeAll") => return None,
                "remove" => dropped.extend(
                    value
                        .split(',')
                        .filter_map(|name| Key::by_name(name.trim().rsplit(':').next().unwrap_or_default())),
                ),
                _ => {}
            },
            Some(p) if prefixes.android.iter().any(|a| a == p.as_ref()) => {
                if let Some(key) = Key::by_name(local.as_ref())
                    && e.get(key).is_none()
                {
                    e.attributes.push((key, typed(key, &value, strings, package)));
                }
            }
            Some(_) => {}
        }
    }
    e.attributes.retain(|(key, _)| !dropped.contains(key));
    Some(e)
}

/// Types a value as aapt would.
fn typed(key: Key, value: &str, strings: &Strings, package: &str) -> Typed<'static> {
    let text = |text: &str| Typed::Text(Cow::Owned(text.to_owned()));
    match key {
        // Looked up for each locale later.
        Key::Label | Key::Resource => text(value),
        Key::MinSdkVersion | Key::TargetSdkVersion | Key::MaxSdkVersion | Key::VersionCode | Key::VersionCodeMajor => {
            text(value).int().map_or_else(|| text(value), Typed::Int)
        }
        _ if value.starts_with("@string/") => match strings.default(value) {
            Some(found) => text(found),
            None if key == Key::Value => text(value),
            None => Typed::Other,
        },
        // Without a package name the placeholder says more than nothing.
        _ if !package.is_empty() && value.contains("${applicationId}") => {
            text(&value.replace("${applicationId}", package))
        }
        _ => text(value.strip_prefix("\\").unwrap_or(value)),
    }
}

/// Counts lines forward through the text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a byte offset, which never goes back.
    fn of(&mut self, offset: u64) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len()).max(self.at);
        let passed = &self.text.as_bytes()[self.at..offset];
        self.line = self.line.saturating_add(passed.iter().filter(|&&b| b == b'\n').count() as u32);
        self.at = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::{Depth, PermissionSource, ReadOptions};
    use crate::catalogue::Catalogue;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn read(path: &Path) -> Apk {
        let options = ReadOptions { depth: Depth::Classes, ..ReadOptions::default() };
        Apk::read(path, Catalogue::builtin(), &options).unwrap()
    }

    const SOURCE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:a="http://schemas.android.com/apk/res/android" xmlns:t="http://schemas.android.com/tools">
    <!-- <uses-permission a:name="COMMENTED"/> -->
    <uses-permission a:name="KEPT" a:maxSdkVersion="28" t:remove="a:maxSdkVersion"/>
    <uses-permission a:name="REMOVED" t:node="remove"/>
    <uses-permission
        a:name="${applicationId}.OWN" b:name="x" xmlns:b="urn:other"/>
    <application a:label="@string/app_name" a:name=".App">
        <service a:name=".S" t:node="removeAll"><meta-data a:name="gone" a:value="1"/></service>
        <meta-data a:name="key" a:value="@string/key"/>
    </application>
</manifest>
"#;

    #[test]
    fn a_source_tree() {
        let folder = folder(&[
            ("app/src/main/AndroidManifest.xml", SOURCE),
            (
                "app/src/main/res/values/strings.xml",
                "<resources><string name=\"app_name\">A &amp; \\'B\\'</string><string name=\"key\">k1</string></resources>",
            ),
            (
                "app/src/main/res/values-zh-rCN/strings.xml",
                "<resources><string name=\"app_name\">应用</string></resources>",
            ),
            (
                "app/build.gradle",
                "android {\n namespace 'com.example.code'\n defaultConfig {\n applicationId \"com.example.app\"\n minSdkVersion 21\n targetSdk = 34\n versionCode 7\n versionName \"1.2\"\n}}",
            ),
        ]);
        let apk = read(folder.path());
        let m = &apk.manifest;
        assert_eq!((apk.kind, m.package.as_str()), (PackageKind::SourceManifest, "com.example.app"));
        assert_eq!(m.application_class.as_deref(), Some("com.example.code.App"));
        assert_eq!(
            (m.min_sdk, m.target_sdk, m.version_code, m.version_name.as_deref()),
            (Some(21), Some(34), Some(7), Some("1.2"))
        );
        let asked: Vec<_> = m.permissions.iter().map(|p| (p.name.as_str(), p.max_sdk, p.trace.offset)).collect();
        assert_eq!(asked, [("KEPT", None, Some(4)), ("com.example.app.OWN", None, Some(6))]);
        assert_eq!((apk.label.as_deref(), apk.label_zh.as_deref()), (Some("A & 'B'"), Some("应用")));
        assert_eq!((m.components.len(), m.meta_data.len()), (0, 1));
        assert_eq!(m.meta_data[0].value, Some(Value::Text("k1".into())));
        assert_eq!((apk.coverage.manifest, apk.coverage.classes), (Seen::Full, Seen::None));
        assert!(apk.coverage.unread[0].why.contains("carries no code"));
    }

    #[test]
    fn what_apktool_writes() {
        let folder = folder(&[
            (
                "AndroidManifest.xml",
                r#"<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a.b"><uses-permission android:name="android.permission.READ_CONTACTS"/></manifest>"#,
            ),
            (
                "apktool.yml",
                "sdkInfo:\n  minSdkVersion: '14'\n  targetSdkVersion: '15'\nversionInfo:\n  versionCode: '3'\n  versionName: 1.0.3\n",
            ),
        ]);
        let m = read(folder.path()).manifest;
        assert_eq!(
            (m.min_sdk, m.target_sdk, m.version_code, m.version_name.as_deref()),
            (Some(14), Some(15), Some(3), Some("1.0.3"))
        );
        assert!(m.permissions.iter().any(|p| p.name.ends_with("READ_CALL_LOG")), "implied by the old target");
    }

    #[test]
    fn an_unknown_target_implies_nothing_by_age() {
        let folder = folder(&[(
            "AndroidManifest.xml",
            r#"<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a"><uses-permission android:name="android.permission.ACCESS_FINE_LOCATION"/></manifest>"#,
        )]);
        let apk = read(&folder.path().join("AndroidManifest.xml"));
        let implied: Vec<_> =
            apk.manifest.permissions.iter().filter(|p| matches!(p.source, PermissionSource::Implied { .. })).collect();
        assert_eq!(implied.len(), 1);
        assert!(implied[0].name.ends_with("ACCESS_COARSE_LOCATION"));
        assert!(apk.coverage.unread.iter().any(|u| u.why.contains("names no targetSdkVersion")));
    }

    #[test]
    fn encodings() {
        let xml = r#"<?xml version="1.0" encoding="GBK"?><manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a"><application android:label="示例"/></manifest>"#;
        let gbk = encoding_rs::GBK.encode(xml).0.into_owned();
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let folder = folder(&[]);
        for (name, bytes) in [("gbk.xml", gbk), ("utf16.xml", utf16)] {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            assert_eq!(read(&path).label.as_deref(), Some("示例"), "{name}");
        }
    }

    #[test]
    fn a_binary_manifest_out_of_its_package() {
        let folder = folder(&[]);
        let path = folder.path().join("AndroidManifest.xml");
        let style = crate::apk::testing::Style::default();
        fs::write(&path, crate::apk::testing::axml("<manifest package=\"a.b\"/>", style)).unwrap();
        assert_eq!(read(&path).manifest.package, "a.b");
        assert_eq!(read(folder.path()).kind, PackageKind::SourceManifest);
    }
}
