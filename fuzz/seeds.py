#!/usr/bin/env python3
"""Makes the seeds and dictionaries of the fuzz targets from the sample packages: ./seeds.py

Writes corpus/TARGET/ and dict/TARGET. Packages also go in with their entries stored, since hardly a mutation inside a deflate
stream leaves one. A package without the entries that no reader opens goes in too: in it a mutation hits what is read.
"""
import io
import re
import struct
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def seed(target, name, data):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def stored(apk, unread=False):
    """The package with its entries not compressed, and with those empty whose names alone are read if `unread` is set."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for info in apk.infolist():
            empty = unread and re.search(r"\.(so|SF|MF|png|xml)$", info.filename) and info.filename != "AndroidManifest.xml"
            target.writestr(zipfile.ZipInfo(info.filename), b"" if empty else apk.read(info))
    return out.getvalue()


def words(dex):
    """The strings of a dex file, as its string table refers to them."""
    count, at = struct.unpack_from("<II", dex, 56)
    for number in range(count):
        start = struct.unpack_from("<I", dex, at + 4 * number)[0] + 1
        yield dex[start : dex.index(0, start)]


def dictionary(target, tokens):
    folder = HERE / "dict"
    folder.mkdir(exist_ok=True)
    quoted = ("".join(f"\\x{byte:02x}" for byte in token) for token in sorted(set(tokens)) if 2 <= len(token) <= 64)
    (folder / target).write_text("".join(f'"{token}"\n' for token in quoted))


def signing_pairs(data):
    """The pairs of the APK signing block, which ends where the central directory starts."""
    end = data.rindex(b"PK\5\6")
    directory = struct.unpack_from("<I", data, end + 16)[0]
    if data[directory - 16 : directory] != b"APK Sig Block 42":
        return None
    size = struct.unpack_from("<Q", data, directory - 24)[0]
    return data[directory - size : directory - 24]


# The versions of the dex format, map items, and units of instructions that stand alone: switches, arrays, wide constants.
DEX = [b"dex\n%03d\0" % version for version in range(35, 42)] + [
    struct.pack("<H", unit) for unit in (0x0100, 0x0200, 0x0300, 0x2B, 0x2C, 0x26, 0x18, 0x1A, 0x1B, 0x60, 0x6E, 0x70, 0x71, 0x74, 0xFA, 0xFC)
]
# Records of a ZIP archive, chunks of binary XML and resource tables, pairs of a signing block, names that are looked for.
PACKAGE = [b"PK\1\2", b"PK\3\4", b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\7\x08", b"APK Sig Block 42"] + [
    struct.pack("<HH", chunk, head)
    for chunk, head in ((1, 28), (2, 12), (3, 8), (0x100, 16), (0x101, 16), (0x102, 16), (0x103, 16), (0x180, 8), (0x200, 288), (0x201, 84), (0x202, 16))
] + [struct.pack("<I", pair) for pair in (0x7109871A, 0xF05368C0, 0x1B93AD61)] + [
    b"AndroidManifest.xml", b"resources.arsc", b"classes.dex", b"classes2.dex", b"base.apk", b"META-INF/A.RSA", b"BundleConfig.pb", b"assets/a.dex", b"lib/x86/liba.so",
]
texts = []

for path in sorted((HERE.parent / "sample-apks").glob("*.apk")):
    data = path.read_bytes()
    apk = zipfile.ZipFile(path)
    plain = stored(apk)
    for target in ("archive", "package"):
        seed(target, path.stem, data)
        seed(target, f"{path.stem}-stored", plain)
    lean = stored(apk, unread=True)
    seed("package", f"{path.stem}-lean", lean)
    split_set = io.BytesIO()
    with zipfile.ZipFile(split_set, "w", zipfile.ZIP_STORED) as target:
        target.writestr("base.apk", lean)
    seed("package", f"{path.stem}-set", split_set.getvalue())
    for info in apk.infolist():
        content = apk.read(info)
        if info.filename == "AndroidManifest.xml":
            seed("axml", path.stem, content)
        elif info.filename == "resources.arsc":
            seed("resources", path.stem, content)
        elif info.filename.endswith(".dex"):
            seed("dex", f"{path.stem}-{info.filename}", content)
            texts += words(content)
        elif info.filename.startswith("META-INF/") and info.filename.endswith((".RSA", ".DSA", ".EC")):
            seed("signing", f"{path.stem}-{info.filename[9:]}", content)
    pairs = signing_pairs(data)
    if pairs:
        seed("signing", f"{path.stem}-block", pairs)

dictionary("dex", DEX + texts)
dictionary("package", PACKAGE + DEX)
