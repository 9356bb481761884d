//! AndroidManifest.xml to facts, element by element, as the platform's own parser takes it.
//!
//! Source: AOSP `core/java/com/android/internal/pm/pkg/parsing/ParsingPackageUtils.java` and `…/pkg/component/`.

mod element;
mod implied;
mod protection;
mod reader;

use std::collections::HashMap;

pub(crate) use element::{Element, Key};
pub(crate) use implied::complete;
pub(crate) use reader::Reader;

use super::axml::{self, Document, Event};
use super::typed::Resolve;
use super::{Manifest, PermissionSource, RequestedPermission, Value};

/// The entry every manifest stands in.
pub(crate) const ENTRY: &str = "AndroidManifest.xml";

/// A manifest as read from one APK.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) manifest: Manifest,
    pub(crate) deviations: Vec<String>,
    /// Where a damaged file stopped the reading.
    pub(crate) stopped: Option<usize>,
    /// Label of the first activity that launchers show.
    pub(crate) launcher_label: Option<Value>,
}

/// Decodes a binary manifest.
pub(crate) fn read_binary(bytes: &[u8], split: Option<&str>, resources: &dyn Resolve) -> Result<Read, axml::Error> {
    let document = Document::parse(bytes)?;
    let mut reader = Reader::new(split, resources);
    if let Some(kind) = document.odd_type {
        reader.deviations.push(format!("the manifest claims chunk type {kind:#06x} where binary XML has 0x0003"));
    }
    if document.extra_chunks > 0 {
        reader.deviations.push(format!("the manifest holds {} chunks that mean nothing", document.extra_chunks));
    }
    let mut events = document.events();
    for event in events.by_ref() {
        match event {
            Event::Start(element) => reader.start(&Element::from_binary(element)),
            Event::End => reader.end(),
        }
    }
    let stopped = events.failed;
    if !reader.rooted {
        return Err(stopped.map_or(axml::Error::NoElement, axml::Error::Chunk));
    }
    Ok(Read { stopped, ..reader.finish() })
}

/// Adds a request. A repeated name is the platform's "quietly ignored" duplicate, except that the wider range of API levels
/// holds: on a level that the first one excludes it never saw the first one.
pub(crate) fn request(
    list: &mut Vec<RequestedPermission>,
    index: &mut HashMap<String, usize>,
    asked: RequestedPermission,
) {
    let Some(&i) = index.get(&asked.name) else {
        index.insert(asked.name.clone(), list.len());
        list.push(asked);
        return;
    };
    let known = &mut list[i];
    let unlimited = |max: Option<u32>| max.unwrap_or(u32::MAX);
    let always = |p: &RequestedPermission| p.source == PermissionSource::UsesPermission;
    if unlimited(asked.max_sdk) > unlimited(known.max_sdk) || always(&asked) && !always(known) {
        known.max_sdk = known.max_sdk.max(asked.max_sdk).filter(|_| known.max_sdk.is_some() && asked.max_sdk.is_some());
        if always(&asked) {
            known.source = asked.source;
        }
        known.trace = asked.trace;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::testing::{Style, axml};
    use crate::apk::typed::Unresolved;

    fn names(m: &Manifest) -> Vec<(&str, Option<u32>)> {
        m.permissions.iter().map(|p| (p.name.as_str(), p.max_sdk)).collect()
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = 100_000;
        let xml = format!("<manifest package=\"a\">{}{}</manifest>", "<x>".repeat(deep), "</x>".repeat(deep));
        assert_eq!(read_binary(&axml(&xml, Style::default()), None, &Unresolved).unwrap().manifest.package, "a");
    }

    #[test]
    fn damaged_files_give_what_they_have() {
        let xml = r#"<manifest package="a"><uses-permission android:name="P"/><uses-permission android:name="Q"/></manifest>"#;
        let mut bytes = axml(xml, Style::default());
        let cut = bytes.len() - 60;
        bytes[cut..].fill(0xff);
        let read = read_binary(&bytes, None, &Unresolved).unwrap();
        assert!(read.stopped.is_some());
        assert_eq!(names(&read.manifest)[0], ("P", None));
        assert_eq!(read_binary(b"<manifest/>", None, &Unresolved).unwrap_err(), axml::Error::NotXml);
        assert_eq!(read_binary(b"", None, &Unresolved).unwrap_err(), axml::Error::NotXml);
    }

    /// A document with another node, of a type that no platform knows, before the root element and behind it.
    fn with_extra_chunks(bytes: &[u8]) -> Vec<u8> {
        let odd = |kind: u16| [&kind.to_le_bytes()[..], &[8, 0, 12, 0, 0, 0, 9, 9, 9, 9]].concat();
        let root = bytes.windows(4).position(|w| w == [0x02, 0x01, 0x10, 0x00]).unwrap();
        let mut out = [&bytes[..root], &odd(0x7777)[..], &bytes[root..], &odd(0x0199)[..]].concat();
        let size = out.len() as u32;
        out[4..8].copy_from_slice(&size.to_le_bytes());
        out
    }

    #[test]
    fn what_names_and_namespaces_claim_does_not_matter() {
        let xml =
            r#"<manifest package="a"><uses-permission android:name="P"/><application android:label="L"/></manifest>"#;
        let plain = read_binary(&axml(xml, Style::default()), None, &Unresolved).unwrap();
        assert_eq!(plain.deviations, [""; 0]);
        let blank = Style { blank_names: true, ..Style::default() };
        let read = read_binary(&axml(xml, blank), None, &Unresolved).unwrap();
        assert_eq!(names(&read.manifest), [("P", None)]);
        assert!(read.deviations[0].contains("2 attributes whose names are blank or wrong"), "{:?}", read.deviations);
        let utf8 = Style { utf8: true, ..Style::default() };
        let mut odd = axml(xml, utf8);
        let at = odd.windows(7).position(|w| w == b"android").unwrap();
        let at = at + 1 + odd[at + 1..].windows(7).position(|w| w == b"android").unwrap_or(0);
        odd[at..at + 7].copy_from_slice(b"ANDROID");
        let read = read_binary(&odd, None, &Unresolved).unwrap();
        assert_eq!(names(&read.manifest), [("P", None)]);
        assert!(read.deviations[0].contains("2 attributes outside the platform's namespace"), "{:?}", read.deviations);
    }

    #[test]
    fn chunks_that_mean_nothing_and_another_type() {
        let xml = r#"<manifest package="a"><uses-permission android:name="P"/></manifest>"#;
        let mut bytes = with_extra_chunks(&axml(xml, Style::default()));
        bytes[..2].copy_from_slice(&0x0031_u16.to_le_bytes());
        let read = read_binary(&bytes, None, &Unresolved).unwrap();
        assert_eq!((names(&read.manifest), read.stopped), (vec![("P", None)], None));
        assert_eq!(
            read.deviations,
            [
                "the manifest claims chunk type 0x0031 where binary XML has 0x0003",
                "the manifest holds 1 chunks that mean nothing"
            ]
        );
    }

    #[test]
    fn attributes_out_of_order_are_not_found() {
        let xml = r#"<manifest package="a"><uses-permission android:maxSdkVersion="3" android:name="P"/></manifest>"#;
        let style = Style { unsorted: true, ..Style::default() };
        let read = read_binary(&axml(xml, style), None, &Unresolved).unwrap();
        assert_eq!(names(&read.manifest), []);
        assert!(read.deviations[0].contains("out of order"));
    }
}
