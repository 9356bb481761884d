//! What a file is by its first bytes, when it is not text.

/// What the bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text of some kind, or nothing known.
    Text,
    /// A ZIP archive: Word or something else.
    Zip,
    /// A PDF.
    Pdf,
    /// Something that holds no policy, with its article.
    Other(&'static str),
}

/// Signatures at the start of a file.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a WebP picture or other media"),
    (b"\x7fELF", "a native library (ELF)"),
    (b"MZ", "a Windows program"),
    (b"\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"dex\n", "Android code (DEX)"),
    (b"\x03\x00\x08\x00", "Android binary XML"),
    (b"\x02\x00\x0c\x00", "an Android resource table"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc); saved as .docx or text it can be read"),
    (b"{\\rtf", "an RTF document; saved as .docx or text it can be read"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"bplist00", "a binary property list or web archive"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OggS", "an audio file"),
    (b"ID3", "an audio file"),
    (b"%!PS", "a PostScript file"),
];

/// Looks at the first bytes.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    // PDF readers accept the header anywhere in the first kilobyte.
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") && (bytes.starts_with(b"%PDF-") || head.contains(&0)) {
        return Kind::Pdf;
    }
    let signed = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|&(_, found)| found);
    // Two letters are also how a sentence may start.
    let short = bytes.starts_with(b"BM") || bytes.starts_with(b"MZ");
    match signed {
        Some(_) if short && !head.contains(&0) => Kind::Text,
        Some(found) => Kind::Other(found),
        None if bytes.get(4..8) == Some(b"ftyp") => Kind::Other("a video or HEIC picture"),
        None if bytes.get(257..262) == Some(b"ustar") => Kind::Other("a tar archive"),
        None => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_programs_and_archives_are_named() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n"[..], "PNG"),
            (b"\x7fELF\x02\x01", "ELF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
            (b"\0\0\0\x18ftypheic", "HEIC"),
            (b"MZ\x90\0", "Windows"),
        ] {
            assert!(matches!(kind(bytes), Kind::Other(found) if found.contains(expected)), "{expected}");
        }
        assert_eq!(kind(b"%PDF-1.4"), Kind::Pdf);
        assert_eq!(kind(b"PK\x03\x04"), Kind::Zip);
    }

    #[test]
    fn sentences_are_text() {
        assert_eq!(kind("隐私政策".as_bytes()), Kind::Text);
        assert_eq!(kind(b"BMI data is health data."), Kind::Text);
    }
}
