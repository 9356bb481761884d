#!/usr/bin/env python3
"""A package with very much code: big_package.py PACKAGE OUT MEGABYTES

Repeats the dex files of PACKAGE until there are MEGABYTES of them. In each copy the last letter of the first segment of every
class package is another, where the order of the string table allows that, so that the classes differ from copy to copy.
OUT is to stay outside the repository.
"""

import hashlib
import string
import struct
import sys
import zipfile
import zlib

LETTERS = string.ascii_uppercase + string.digits
PLATFORM = {b"android", b"java", b"javax", b"dalvik"}


def renamed(dex, letter):
    """The dex with its own packages renamed, and how many strings were."""
    out = bytearray(dex)
    count, table = struct.unpack_from("<II", dex, 56)
    strings = []
    for i in range(count):
        at = struct.unpack_from("<I", dex, table + 4 * i)[0]
        while dex[at] & 0x80:
            at += 1
        at += 1
        strings.append((at, dex[at : dex.index(0, at)]))
    roots = {}
    for at, text in strings:
        body = text.lstrip(b"[")
        root = body[1:].split(b"/")[0]
        if body[:1] == b"L" and b"/" in body and root.isalnum() and root not in PLATFORM:
            place = at + len(text) - len(body) + len(root)
            roots.setdefault(root, []).append(place)
    changed = 0
    for root, places in sorted(roots.items()):
        before = bytes(out)
        for place in places:
            out[place] = ord(letter)
        now = [bytes(out[at : at + len(text)]) for at, text in strings]
        # The order is that of UTF-16, which differs from that of bytes for a few strings: none may be added.
        if inversions(now) > inversions([text for _, text in strings]):
            out = bytearray(before)
        else:
            changed += len(places)
    out[12:32] = hashlib.sha1(out[32:]).digest()
    struct.pack_into("<I", out, 8, zlib.adler32(bytes(out[12:])))
    return bytes(out), changed


def inversions(strings):
    return sum(a > b for a, b in zip(strings, strings[1:]))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    source, size = zipfile.ZipFile(sys.argv[1]), int(sys.argv[3]) << 20
    dexes = [source.read(n) for n in sorted(source.namelist()) if n.startswith("classes") and n.endswith(".dex")]
    number = total = 0
    with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("AndroidManifest.xml", source.read("AndroidManifest.xml"))
        for letter in LETTERS:
            for dex in dexes:
                if total >= size:
                    break
                copy, changed = renamed(dex, letter)
                number, total = number + 1, total + len(copy)
                out.writestr("classes.dex" if number == 1 else f"classes{number}.dex", copy)
                print(f"classes{number}.dex: {changed} names changed", file=sys.stderr)
    print(f"{number} dex files, {total} bytes")


if __name__ == "__main__":
    main()
