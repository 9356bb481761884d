#!/usr/bin/env python3
"""Packages made of real SDK archives that npm plug-ins ship: ./sdk_binaries.py FOLDER [NAME...]
./sdk_binaries.py FOLDER --table AUDIT: what the audit program recognises in them, as the table of docs/recognition.md
./sdk_binaries.py FOLDER --renamed AUDIT: what it recognises when every class is renamed and the manifest is empty

For each plug-in of PLUGINS: fetches it with `npm pack`, turns its JAR and AAR files into dex (jar2smali.py and Debian's smali),
merges the manifests and plugin.xml fragments it brings, adds native libraries, assets and what else its archives hold, and
writes FOLDER/apks/NAME.apk. Nothing of it is to be committed, installed or run.

Needs, from Debian 12: aapt, android-framework-res, libsmali-java, npm, python3.
"""

import io
import json
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from jar2smali import ClassFile, modified_utf8

# Versions are pinned: what they ship differs from one to the next.
PLUGINS = [
    "cordova-plugin-alipay-v2@2.0.0", "cordova-plugin-baidumaplocation@4.0.2", "cordova-plugin-bdasr@1.0.1",
    "cordova-plugin-bdlocation@1.0.2", "cordova-plugin-gubnoi-alipay@0.0.10", "cordova-plugin-jcore@1.4.4",
    "cordova-plugin-qqsdk@0.9.7", "cordova-plugin-tencent-liteav@0.2.2", "cordova-plugin-weibosdk@0.6.4",
    "cordova-plugin-x5-tbs@3.5.0", "@hmscore/cordova-plugin-hms-push@4.0.3", "janalytics-react-native@1.4.8",
    "jcore-react-native@1.2.5", "jmessage-react-plugin@3.2.1", "jpush-phonegap-plugin@3.8.6",
    "jshare-react-native@1.4.3", "jverification-react-native@2.8.8", "nxtpush-cordova-plugin@1.0.4",
    "react-native-ali-onepass@3.4.0", "react-native-aliyun-push@1.0.22", "react-native-amap-location@0.0.4",
    "react-native-baidu-asr@1.4.0", "react-native-baidu-map@1.0.37", "react-native-getui@1.1.55",
    "react-native-im-easemob@1.1.5", "react-native-letote-udesk@1.1.0", "react-native-netease-im@3.0.0",
    "react-native-pili@2.3.0", "react-native-qq@2.0.5", "react-native-speech-iflytek@1.0.4",
    "react-native-umeng-sdk@1.4.0", "react-native-umshare@3.0.1", "react-native-wechat@1.9.12",
    "react-native-weibo@3.0.4", "react-native-xinge-push@0.7.0", "react-native-xmpush@0.1.2",
    "rongcloud-react-native-imlib@0.3.13", "x5webview-cordova-plugin@1.1.2",
]
ANDROID = "{http://schemas.android.com/apk/res/android}"
FRAMEWORK = "/usr/share/android-framework-res/framework-res.apk"
PACKAGE = "com.example.host"
# Classes in one dex: some 20 method references each stay below 65,536.
CLASSES_A_DEX = 2500


def fetch(plugin, folder):
    name = plugin.rsplit("@", 1)
    file = folder / (name[0].lstrip("@").replace("/", "-") + "-" + name[1] + ".tgz")
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", plugin], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return file


class Parts:
    def __init__(self):
        self.classes, self.files, self.manifests, self.archives = {}, {}, [], []

    def jar(self, data, name):
        try:
            jar = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile:
            return
        self.archives.append(name)
        for info in jar.infolist():
            content = jar.read(info) if not info.is_dir() else b""
            if info.filename.endswith(".class"):
                if not info.filename.startswith("META-INF/"):
                    self.classes.setdefault(info.filename, content)
            elif info.filename.endswith(".so"):
                abi = info.filename.split("/")[-2:]
                self.files.setdefault("lib/" + "/".join(abi), content)
            elif content and info.filename != "META-INF/MANIFEST.MF":
                self.files.setdefault(info.filename, content)

    def aar(self, data, name):
        aar = zipfile.ZipFile(io.BytesIO(data))
        self.archives.append(name)
        for info in aar.infolist():
            content = aar.read(info) if not info.is_dir() else b""
            if info.filename == "AndroidManifest.xml":
                self.manifests.append(content.decode("utf-8", "replace"))
            elif info.filename == "classes.jar" or re.fullmatch(r"libs/[^/]+\.jar", info.filename):
                self.jar(content, f"{name}!{info.filename}")
            elif info.filename.startswith("jni/") and content:
                self.files.setdefault("lib/" + info.filename[4:], content)
            elif info.filename.startswith("assets/") and content:
                self.files.setdefault(info.filename, content)

    def plugin(self, file):
        # What a plug-in's author left lying about after building is no part of it.
        skipped = re.compile(r"/build/intermediates/|/build/outputs/|gradle-wrapper\.jar$|/ios/|[Ee]xample|/node_modules/")
        for member in (tar := tarfile.open(file)):
            if not member.isfile() or skipped.search(member.name):
                continue
            name, base = member.name, member.name.rsplit("/", 1)[-1]
            if base.endswith((".jar", ".aar", ".so", ".xml")):
                data = tar.extractfile(member).read()
                if base.endswith(".jar"):
                    self.jar(data, base)
                elif base.endswith(".aar"):
                    self.aar(data, base)
                elif base.endswith(".so"):
                    abi = name.split("/")[-2]
                    abi = abi if re.match(r"arm|x86|mips", abi) else "armeabi"
                    self.files.setdefault(f"lib/{abi}/{base}", data)
                elif base == "AndroidManifest.xml" and "/src/" in name + "/src/":
                    self.manifests.append(data.decode("utf-8", "replace"))
                elif base == "plugin.xml":
                    self.manifests += fragments(data.decode("utf-8", "replace"))


def fragments(text):
    """What a Cordova plug-in adds to the manifest, each as a manifest of its own."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return []
    out = []
    for element in root.iter():
        if element.tag.endswith("}config-file") or element.tag == "config-file":
            if element.get("target", "").endswith("AndroidManifest.xml"):
                inner = b"".join(ElementTree.tostring(child) for child in element).decode()
                inside = "application" in element.get("parent", "") and "<application" not in inner
                inner = f"<application>{inner}</application>" if inside else inner
                out.append(f'<manifest package="{PACKAGE}">{inner}</manifest>')
    return out


def merge(manifests):
    """One manifest: the union of what they declare, without references to resources that are not there."""
    root = ElementTree.Element("manifest", {"package": PACKAGE, ANDROID + "versionCode": "1", ANDROID + "versionName": "1.0"})
    ElementTree.SubElement(root, "uses-sdk", {ANDROID + "minSdkVersion": "21", ANDROID + "targetSdkVersion": "33"})
    application, seen = ElementTree.Element("application"), set()
    for text in manifests:
        text = re.sub(r"\$\{applicationId\}|\$PACKAGE_NAME|\$\{packageName\}", PACKAGE, text)
        text = re.sub(r"\$\{?([A-Za-z_]+)\}?", r"\1", text)
        try:
            manifest = ElementTree.fromstring(text)
        except ElementTree.ParseError:
            continue
        package = manifest.get("package", PACKAGE)
        for element in manifest.iter():
            for key, value in list(element.attrib.items()):
                if value.startswith(("@", "?")) or not key.startswith(ANDROID) and key != "package":
                    del element.attrib[key]
                elif key == ANDROID + "name" and value.startswith("."):
                    element.set(key, package + value)
        for child in manifest:
            tag = child.tag.rsplit("}", 1)[-1]
            target = application if tag == "application" else root
            for item in list(child) if tag == "application" else [child]:
                key = (item.tag, item.get(ANDROID + "name"))
                if tag in ("application", "uses-permission", "permission", "queries") and key not in seen:
                    seen.add(key)
                    target.append(item)
    root.append(application)
    return ElementTree.tostring(root, encoding="unicode")


def build(plugin, folder, out):
    parts = Parts()
    parts.plugin(fetch(plugin, folder / "npm"))
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        (work / "AndroidManifest.xml").write_text(merge(parts.manifests))
        subprocess.run(["aapt", "package", "-f", "-M", work / "AndroidManifest.xml", "-I", FRAMEWORK, "-F", work / "base.apk"],
                       check=True, stdout=subprocess.DEVNULL)
        names, dex = sorted(parts.classes), 0
        with zipfile.ZipFile(work / "base.apk", "a", zipfile.ZIP_DEFLATED) as apk:
            for start in range(0, len(names), CLASSES_A_DEX):
                dex += 1
                source = work / f"smali{dex}"
                for number, name in enumerate(names[start : start + CLASSES_A_DEX]):
                    # Obfuscated names may differ in case only, and need not be file names.
                    (source / f"{number}.smali").parent.mkdir(exist_ok=True)
                    (source / f"{number}.smali").write_text(ClassFile(parts.classes[name]).smali())
                file = "classes.dex" if dex == 1 else f"classes{dex}.dex"
                subprocess.run(["smali", "assemble", "--api", "26", "-o", work / file, source], check=True)
                apk.write(work / file, file)
            for name, content in sorted(parts.files.items()):
                # Of a native library the name matters.
                apk.writestr(name, content if not name.endswith(".so") else b"\x7fELF")
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes((work / "base.apk").read_bytes())
    print(f"{out.name}: {len(names)} classes in {dex} dex, from {', '.join(parts.archives) or 'no archive'}")


def strings_of(data):
    """The constant strings of a class file, as modified UTF-8."""
    texts, refs, at, number = {}, [], 10, 1
    (count,) = struct.unpack_from(">H", data, 8)
    while number < count:
        tag = data[at]
        if tag == 1:
            (size,) = struct.unpack_from(">H", data, at + 1)
            texts[number] = data[at + 3 : at + 3 + size]
            at += 3 + size
        elif tag in (7, 8, 16, 19, 20):
            refs += [struct.unpack_from(">H", data, at + 1)[0]] if tag == 8 else []
            at += 3
        else:
            at += 4 if tag == 15 else 9 if tag in (5, 6) else 5
            number += tag in (5, 6)
        number += 1
    return {texts[ref] for ref in refs}


def uleb(value):
    out = b""
    while value > 0x7F:
        out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
    return out + bytes([value])


def bare_dex(strings, classes):
    """What renaming leaves of code: its constant strings, and classes with names that say nothing."""
    names = [f"Lr/a{number};".encode() for number in range(classes)]
    units = lambda raw: modified_utf8(raw).encode("utf-16-be", "surrogatepass")
    table = sorted(strings | set(names) | {b"Ljava/lang/Object;"}, key=units)
    place = {raw: number for number, raw in enumerate(table)}
    types = sorted(place[name] for name in [*names, b"Ljava/lang/Object;"])
    strings_at = 0x70
    types_at = strings_at + 4 * len(table)
    classes_at = types_at + 4 * len(types)
    data_at = classes_at + 32 * classes
    data, offsets = b"", []
    body = bytearray()
    for raw in table:
        offsets.append(data_at + len(body))
        body += uleb(len(units(raw)) // 2) + raw + b"\0"
    body += bytes(-(data_at + len(body)) % 4)
    sections = [(0, 1, 0), (1, len(table), strings_at), (2, len(types), types_at), (6, classes, classes_at)]
    sections += [(0x2002, len(table), data_at), (0x1000, 1, data_at + len(body))]
    data = bytes(body) + struct.pack("<I", len(sections)) + b"".join(struct.pack("<HHII", kind, 0, *rest) for kind, *rest in sections)
    object_type = types.index(place[b"Ljava/lang/Object;"])
    defs = b"".join(
        struct.pack("<8I", types.index(place[name]), 1, object_type, 0, 0xFFFFFFFF, 0, 0, 0) for name in sorted(names, key=units)
    )
    size = data_at + len(data)
    head = struct.pack("<8sI20s", b"dex\n035\0", 0, b"")
    head += struct.pack("<20I", size, 0x70, 0x12345678, 0, 0, data_at + len(body), len(table), strings_at, len(types), types_at,
                        0, 0, 0, 0, 0, 0, classes, classes_at, len(data), data_at)
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + struct.pack(f"<{len(types)}I", *types) + defs + data


def renamed(folder, program):
    """One line for each plug-in with code: the SDKs whose strings are seen, with their number and the confidence."""
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        (work / "AndroidManifest.xml").write_text(merge([]))
        subprocess.run(["aapt", "package", "-f", "-M", work / "AndroidManifest.xml", "-I", FRAMEWORK, "-F", work / "base.apk"],
                       check=True, stdout=subprocess.DEVNULL)
        manifest = zipfile.ZipFile(work / "base.apk").read("AndroidManifest.xml")
        seen = set()
        print("| Plug-in | Classes | Recognised by constant strings |\n| --- | --- | --- |")
        for plugin in PLUGINS:
            parts = Parts()
            parts.plugin(fetch(plugin, folder / "npm"))
            if not parts.classes:
                continue
            strings = set().union(*(strings_of(data) for data in parts.classes.values()))
            # One class stands for all: how many there are says nothing.
            with zipfile.ZipFile(work / "renamed.apk", "w", zipfile.ZIP_DEFLATED) as apk:
                apk.writestr("AndroidManifest.xml", manifest)
                apk.writestr("classes.dex", bare_dex(strings, 1))
            out = subprocess.run([program, "apk", work / "renamed.apk", "--format", "json"], check=True, capture_output=True, text=True)
            found = [(sdk["id"], len(sdk["evidence"]), sdk["confidence"]) for sdk in json.loads(out.stdout)["sdks"]]
            seen.update(sdk for sdk, _, _ in found)
            print(f"| {plugin} | {len(parts.classes)} | {', '.join(f'{sdk} ({count})' for sdk, count, _ in found) or 'none'} |")
        print(f"\n{len(seen)} SDKs: {', '.join(sorted(seen))}", file=sys.stderr)


def table(folder, program):
    """One line for each SDK recognised in each package: how many classes, parts or marks each channel shows."""
    print("| Plug-in | Recognised | Version | Confidence | Channels |\n| --- | --- | --- | --- | --- |")
    for plugin in sorted(PLUGINS, key=lambda p: p.lstrip("@")):
        name = plugin.rsplit("@", 1)[0].lstrip("@").replace("/", "-")
        file = folder / "apks" / f"{name}.apk"
        if not file.exists():
            continue
        out = subprocess.run([program, "apk", file, "--format", "json"], check=True, capture_output=True, text=True).stdout
        head = plugin
        for sdk in json.loads(out)["sdks"]:
            if sdk["duty"] == "none":
                continue
            channels = {}
            for sign in sdk["evidence"]:
                channels[sign["channel"]] = channels.get(sign["channel"], 0) + sign["count"]
            by = f" (by {sdk['bundled_by']})" if sdk["bundled_by"] else ""
            signs = ", ".join(f"{channel} {count}" for channel, count in channels.items())
            print(f"| {head} | {sdk['id']}{by} | {sdk['version'] or ''} | {sdk['confidence']} | {signs} |")
            head = ""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    if sys.argv[2:3] == ["--table"]:
        return table(folder, sys.argv[3])
    if sys.argv[2:3] == ["--renamed"]:
        return renamed(folder, sys.argv[3])
    for plugin in PLUGINS:
        name = plugin.rsplit("@", 1)[0].lstrip("@").replace("/", "-")
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        try:
            build(plugin, folder, folder / "apks" / f"{name}.apk")
        except subprocess.CalledProcessError as error:
            print(f"{name}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
