//! Hosts that the code names: the addresses among the constant strings of the dex files.
//!
//! The strings of a dex are sorted, so that its addresses are one search and a walk over them alone. They tell which hosts the code
//! knows, not which it speaks to, and not whose code it is: that would take a pass over the instructions.

use std::collections::BTreeMap;

use super::code::DexAt;
use super::{Host, Trace};

/// How addresses begin.
const SCHEMES: [&[u8]; 2] = [b"https://", b"http://"];
/// Addresses looked at in one dex, for each scheme.
const ADDRESSES: usize = 16_384;
/// Hosts kept of a package.
const HOSTS: usize = 4096;
/// Longest host name (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// The hosts of all dex files, sorted by name, each with the first place that names it.
pub(crate) fn find(dexes: &[DexAt<'_>]) -> Vec<Host> {
    let mut found: BTreeMap<String, Trace> = BTreeMap::new();
    for at in dexes {
        for (index, text) in SCHEMES.iter().flat_map(|s| at.dex.strings_from(s, ADDRESSES)) {
            let Some(name) = host(text) else { continue };
            if found.len() >= HOSTS || found.contains_key(&name) {
                continue;
            }
            let trace = Trace {
                split: at.split.map(Into::into),
                offset: at.dex.string_offset(index),
                ..Trace::entry(at.entry, name.clone())
            };
            found.insert(name, trace);
        }
    }
    found.into_iter().map(|(name, trace)| Host { name, trace }).collect()
}

/// The host of an address, in lower case. `None` where a part of it is put in at run time (`https://%s/`), or it is no name
/// with a dot.
fn host(address: &[u8]) -> Option<String> {
    let rest = SCHEMES.iter().find_map(|s| address.strip_prefix(*s))?;
    let end = rest.iter().position(|b| matches!(b, b'/' | b':' | b'?' | b'#')).unwrap_or(rest.len());
    let name = &rest[..end];
    let plain = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let parts = || name.split(|b| *b == b'.');
    if !plain || name.len() > LONGEST || parts().count() < 2 || parts().any(<[u8]>::is_empty) {
        return None;
    }
    String::from_utf8(name.to_ascii_lowercase()).ok()
}

#[cfg(test)]
mod tests {
    use super::super::dex::Dex;
    use super::super::dex::build::{Builder, text};
    use super::*;

    #[test]
    fn hosts_of_addresses() {
        let name = |address: &str| host(address.as_bytes());
        assert_eq!(name("https://App-Measurement.com/a").as_deref(), Some("app-measurement.com"));
        assert_eq!(name("http://api.example.com:8080?x").as_deref(), Some("api.example.com"));
        for none in
            ["https://", "https://%s.example.com/", "https://localhost/", "https://.com", "https://例.cn", "ftp://a.b"]
        {
            assert_eq!(name(none), None, "{none}");
        }
    }

    #[test]
    fn each_host_once_with_its_place() {
        let strings =
            ["https://b.example.com/1", "http://b.example.com", "https://a.example.com", "httpx", "see https://c.d"];
        let code: Vec<_> = strings.iter().map(|s| text(0, s)).collect();
        let bytes = Builder::new().class("a.B", "java.lang.Object").method("run", &code).bytes();
        let dex = Dex::parse(&bytes).unwrap();
        let found = find(&[DexAt { split: None, entry: "classes.dex", dex }]);
        let names: Vec<_> = found.iter().map(|h| h.name.as_str()).collect();
        assert_eq!(names, ["a.example.com", "b.example.com"]);
        let at = found[0].trace.offset.unwrap() as usize;
        assert!(bytes[at + 1..].starts_with(b"https://a.example.com"));
    }
}
