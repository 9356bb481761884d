#!/usr/bin/env python3
"""Makes the seeds of every fuzz target from the sample packages: ./seeds.py

Writes corpus/TARGET/. Packages also go in with their entries stored, since hardly a mutation inside a deflate stream leaves one.
"""
import io
import struct
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def seed(target, name, data):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def stored(apk):
    """The package with its entries not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for info in apk.infolist():
            target.writestr(zipfile.ZipInfo(info.filename), apk.read(info))
    return out.getvalue()


def signing_pairs(data):
    """The pairs of the APK signing block, which ends where the central directory starts."""
    end = data.rindex(b"PK\5\6")
    directory = struct.unpack_from("<I", data, end + 16)[0]
    if data[directory - 16 : directory] != b"APK Sig Block 42":
        return None
    size = struct.unpack_from("<Q", data, directory - 24)[0]
    return data[directory - size : directory - 24]


for path in sorted((HERE.parent / "sample-apks").glob("*.apk")):
    data = path.read_bytes()
    apk = zipfile.ZipFile(path)
    plain = stored(apk)
    for target in ("archive", "package"):
        seed(target, path.stem, data)
        seed(target, f"{path.stem}-stored", plain)
    split_set = io.BytesIO()
    with zipfile.ZipFile(split_set, "w", zipfile.ZIP_STORED) as target:
        target.writestr("base.apk", plain)
    seed("package", f"{path.stem}-set", split_set.getvalue())
    for info in apk.infolist():
        content = apk.read(info)
        if info.filename == "AndroidManifest.xml":
            seed("axml", path.stem, content)
        elif info.filename == "resources.arsc":
            seed("resources", path.stem, content)
        elif info.filename.endswith(".dex"):
            seed("dex", f"{path.stem}-{info.filename}", content)
        elif info.filename.startswith("META-INF/") and info.filename.endswith((".RSA", ".DSA", ".EC")):
            seed("signing", f"{path.stem}-{info.filename[9:]}", content)
    pairs = signing_pairs(data)
    if pairs:
        seed("signing", f"{path.stem}-block", pairs)
