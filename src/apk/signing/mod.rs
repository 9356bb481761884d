//! Who signed a package: the certificates of the signing block (schemes 2 and 3) and of `META-INF` (scheme 1).
//!
//! Nothing is verified: neither digest nor signature is computed, so this is who a package *says* signed it. That is enough to
//! recognise a publisher's certificate, not to trust the package.
//!
//! Source: AOSP `tools/apksig`, and the scheme descriptions at source.android.com/docs/security/features/apksigning.

mod der;
mod name;

use std::borrow::Cow;
use std::io;

use sha2::{Digest, Sha256};

use super::Signer;
use super::archive::{Archive, Budget};
use super::read::hex;
use der::{CONTEXT_0, INTEGER, SEQUENCE, SET, Value, Values};

const MAGIC: &[u8] = b"APK Sig Block 42";
/// Two lengths and the magic.
const FRAME: u64 = 8 + 8 + 16;
/// Block ids of schemes 2, 3 and 3.1.
const SCHEMES: [u32; 3] = [0x7109_871a, 0xf053_68c0, 0x1b93_ad61];
/// Signatures are a few kilobytes; beyond this a block holds padding or something else.
const MAX_BLOCK: u64 = 16 << 20;
/// A `META-INF` signature with its certificate chain is some kilobytes.
const MAX_SIGNATURE: u64 = 1 << 20;
/// Signature files read; a package rarely has two.
const MAX_FILES: usize = 16;

/// The signers, without repeats, sorted.
pub(super) fn signers(archive: &Archive, budget: &Budget, deviations: &mut Vec<String>) -> Vec<Signer> {
    let mut found = Vec::new();
    match block(archive) {
        Ok(Some(block)) => in_block(&block, &mut found),
        Ok(None) => {}
        Err(error) => deviations.push(format!("the signing block cannot be read: {error}")),
    }
    for entry in archive.entries().filter(|e| is_signature(&e.name)).take(MAX_FILES) {
        match archive.read(entry, MAX_SIGNATURE, budget, deviations) {
            Ok(bytes) => match pkcs7(&bytes) {
                Some(certificate) => found.extend(signer(certificate)),
                None => deviations.push(format!("{} holds no certificate that can be read", entry.name)),
            },
            Err(error) => deviations.push(format!("{} cannot be read: {error}", entry.name)),
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Reads bytes as each of the structures that hold certificates: what fuzzing needs to reach them without an archive around.
pub(super) fn in_bytes(bytes: &[u8]) -> Vec<Signer> {
    let mut found = Vec::new();
    in_block(bytes, &mut found);
    found.extend(pkcs7(bytes).and_then(signer));
    found.extend(signer(bytes));
    found
}

fn is_signature(name: &str) -> bool {
    let Some(file) = name.strip_prefix("META-INF/") else { return false };
    let kind = file.rsplit_once('.').map(|(_, kind)| kind);
    !file.contains('/') && kind.is_some_and(|k| ["RSA", "DSA", "EC"].iter().any(|known| k.eq_ignore_ascii_case(known)))
}

/// The pairs of the APK signing block.
fn block(archive: &Archive) -> io::Result<Option<Cow<'_, [u8]>>> {
    let frame = archive.before_directory(FRAME - 8)?;
    let Some((size, MAGIC)) = frame.split_first_chunk::<8>().map(|(size, magic)| (u64::from_le_bytes(*size), magic))
    else {
        return Ok(None);
    };
    let Some(pairs) = size.checked_sub(FRAME - 8).filter(|&pairs| pairs <= MAX_BLOCK) else { return Ok(None) };
    let bytes = archive.before_directory(size)?;
    if (bytes.len() as u64) < size {
        return Ok(None);
    }
    // The size counts from behind its first copy to the end of the magic.
    Ok(Some(match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..pairs as usize]),
        Cow::Owned(mut bytes) => {
            bytes.truncate(pairs as usize);
            Cow::Owned(bytes)
        }
    }))
}

fn in_block(mut pairs: &[u8], found: &mut Vec<Signer>) {
    while let Some((len, rest)) = pairs.split_first_chunk::<8>() {
        let Some((pair, rest)) =
            usize::try_from(u64::from_le_bytes(*len)).ok().and_then(|len| rest.split_at_checked(len))
        else {
            return;
        };
        pairs = rest;
        let Some((id, value)) = pair.split_first_chunk::<4>() else { continue };
        if SCHEMES.contains(&u32::from_le_bytes(*id)) {
            let signers = Prefixed(value).next().unwrap_or_default();
            found.extend(Prefixed(signers).filter_map(first_certificate).filter_map(signer));
        }
    }
}

/// The certificate a signer of schemes 2 and 3 signs with: the first in its signed data.
fn first_certificate(signer: &[u8]) -> Option<&[u8]> {
    let signed = Prefixed(signer).next()?;
    let certificates = Prefixed(signed).nth(1)?;
    Prefixed(certificates).next()
}

/// Byte strings, each behind its 32-bit length.
struct Prefixed<'a>(&'a [u8]);

impl<'a> Iterator for Prefixed<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (len, rest) = self.0.split_first_chunk::<4>()?;
        let (item, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        self.0 = rest;
        Some(item)
    }
}

fn signer(certificate: &[u8]) -> Option<Signer> {
    let subject = name::text(Certificate::parse(certificate)?.subject);
    Some(Signer { subject, sha256: hex(&Sha256::digest(certificate)) })
}

/// The fields of a certificate that name it and its owner.
struct Certificate<'a> {
    serial: Value<'a>,
    issuer: Value<'a>,
    subject: Value<'a>,
}

impl<'a> Certificate<'a> {
    /// RFC 5280 section 4.1.
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let certificate = Values(bytes).next_of(SEQUENCE)?;
        let mut fields = Values(Values(certificate.content).next_of(SEQUENCE)?.content);
        fields.next_of(CONTEXT_0); // version
        let serial = fields.next_of(INTEGER)?;
        fields.next_of(SEQUENCE)?; // signature algorithm
        let issuer = fields.next_of(SEQUENCE)?;
        fields.next_of(SEQUENCE)?; // validity
        Some(Self { serial, issuer, subject: fields.next_of(SEQUENCE)? })
    }
}

/// The certificate of the first signer of a PKCS#7 `SignedData` (RFC 2315), or the first there is.
fn pkcs7(bytes: &[u8]) -> Option<&[u8]> {
    let content = Values(bytes).next_of(SEQUENCE)?.content;
    let content = Values(content).find(|v| v.tag == CONTEXT_0)?.content;
    let mut fields = Values(Values(content).next_of(SEQUENCE)?.content);
    fields.next_of(INTEGER)?; // version
    fields.next_of(SET)?; // digest algorithms
    fields.next_of(SEQUENCE)?; // content, absent in a detached signature
    let certificates = fields.next_of(CONTEXT_0)?.content;
    let signer = fields.find(|v| v.tag == SET).and_then(|signers| Values(signers.content).next_of(SEQUENCE));
    let by = signer.and_then(|signer| {
        let mut fields = Values(signer.content);
        fields.next_of(INTEGER)?; // version
        let mut by = Values(fields.next_of(SEQUENCE)?.content);
        Some((by.next_of(SEQUENCE)?.whole, by.next_of(INTEGER)?.whole))
    });
    let mut all = Values(certificates).filter(|v| v.tag == SEQUENCE).map(|v| v.whole);
    let signing = by.and_then(|(issuer, serial)| {
        all.clone()
            .find(|c| Certificate::parse(c).is_some_and(|c| c.issuer.whole == issuer && c.serial.whole == serial))
    });
    signing.or_else(|| all.next())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;

    use super::*;
    use crate::apk::archive::Source;

    /// A sample package, signed by schemes 1 and 2.
    fn sample() -> Archive {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apks/zhihe-jishi.apk");
        Archive::open(Source::file(File::open(file).unwrap()).unwrap(), 1000).unwrap()
    }

    #[test]
    fn schemes_1_2_and_3_name_the_same_signer() {
        let archive = sample();
        let mut pairs = block(&archive).unwrap().unwrap().into_owned();
        let mut by_block = Vec::new();
        in_block(&pairs, &mut by_block);
        assert_eq!(by_block.len(), 1);
        assert_eq!((by_block[0].subject.as_str(), by_block[0].sha256.len()), ("CN=Audit sample,O=Example", 64));
        let entry = archive.get("META-INF/SAMPLE.RSA").unwrap();
        let file = archive.read(entry, MAX_SIGNATURE, &Budget::new(1 << 20), &mut Vec::new()).unwrap();
        assert_eq!(signer(pkcs7(&file).unwrap()).as_ref(), by_block.first());
        // Scheme 3 holds its certificates in the same place.
        let scheme_2 = SCHEMES[0].to_le_bytes();
        let at = pairs.windows(4).position(|w| w == scheme_2).unwrap();
        pairs[at..at + 4].copy_from_slice(&SCHEMES[1].to_le_bytes());
        let mut by_scheme_3 = Vec::new();
        in_block(&pairs, &mut by_scheme_3);
        assert_eq!(by_scheme_3, by_block);
        // Together they are one.
        assert_eq!(signers(&archive, &Budget::new(1 << 20), &mut Vec::new()), by_block);
    }

    #[test]
    fn a_block_that_lies_holds_nothing() {
        let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apks/zhihe-jishi.apk")).unwrap();
        let magic = bytes.windows(MAGIC.len()).position(|w| w == MAGIC).unwrap();
        for size in [0_u64, 23, u64::MAX, bytes.len() as u64 * 2] {
            let mut bytes = bytes.clone();
            bytes[magic - 8..magic].copy_from_slice(&size.to_le_bytes());
            let archive = Archive::open(Source::Memory(bytes), 1000).unwrap();
            assert!(block(&archive).unwrap().is_none_or(|b| b.is_empty()), "{size}");
        }
    }
}
