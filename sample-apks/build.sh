#!/bin/bash
# Rebuilds every package of this folder from sources/. Needs, from Debian 12:
#   apt-get install --no-install-recommends \
#       aapt android-framework-res apksigner gcc libsmali-java python3 zipalign
# (aapt brings aapt2, libsmali-java brings smali; apksigner brings Java and so keytool).
#
#   ./build.sh            all of them
#   ./build.sh NAME...    only these
set -euo pipefail
cd "$(dirname "$0")"

framework=${ANDROID_FRAMEWORK:-/usr/share/android-framework-res/framework-res.apk}
cc=${CC:-gcc}
# The libraries are made for the machine that builds: no cross compiler is asked for.
case $("$cc" -dumpmachine) in
    x86_64-*) abi=x86_64 ;;
    aarch64-*) abi=arm64-v8a ;;
    *) echo "no Android name known for $("$cc" -dumpmachine)" >&2; exit 2 ;;
esac

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# A key for this run only; none is kept. Two builds differ in their signatures and in nothing else.
keytool -genkeypair -keystore "$tmp/key.p12" -storetype PKCS12 -storepass sample -alias sample \
    -keyalg RSA -keysize 2048 -validity 10950 -dname 'CN=Audit sample, O=Example' 2>/dev/null

build() {
    local name=$1
    local src=sources/$name out=$tmp/$name
    local min_sdk dex own id lib so
    mkdir -p "$out/tree"

    # Resources and manifest. aapt2 of Android 10 does not know <queries>: it warns and keeps it.
    aapt2 compile --dir "$src/res" -o "$out/res.zip"
    aapt2 link --warn-manifest-validation --compile-sdk-version-code 34 --compile-sdk-version-name 14 \
        -I "$framework" --manifest "$src/AndroidManifest.xml" -o "$out/base.apk" "$out/res.zip" \
        2> >(grep -v "unexpected element <queries>" >&2)
    python3 -m zipfile -e "$out/base.apk" "$out/tree"

    # Code. sdks.txt says which SDK classes go into which dex beside the app's own.
    min_sdk=$(sed -n 's/.*minSdkVersion="\([0-9]*\)".*/\1/p' "$src/AndroidManifest.xml")
    for dex in classes classes2; do
        local dirs=()
        if [ "$dex" = classes ]; then own=$src/smali; else own=$src/smali_$dex; fi
        if [ -d "$own" ]; then dirs+=("$own"); fi
        if [ -f "$src/sdks.txt" ]; then
            while read -r id; do dirs+=("sources/sdk/$id"); done \
                < <(awk -v dex="$dex" '$1 == dex { print $2 }' "$src/sdks.txt")
        fi
        if [ ${#dirs[@]} -gt 0 ]; then
            smali assemble --api "$min_sdk" -o "$out/tree/$dex.dex" "${dirs[@]}"
        fi
    done

    # Native libraries: the names matter, the code does not.
    if [ -d "$src/native" ]; then
        mkdir -p "$out/tree/lib/$abi"
        for lib in "$src"/native/*.c; do
            so=lib$(basename "$lib" .c).so
            "$cc" -shared -fPIC -nostdlib -Os -s -Wl,--build-id=none -Wl,-soname,"$so" \
                -Wl,--hash-style=sysv -Wl,-z,noseparate-code -o "$out/tree/lib/$abi/$so" "$lib"
        done
    fi

    # One order and one time stamp, so that the same sources give the same archive.
    # resources.arsc stays uncompressed: Android 11 and later refuse it otherwise.
    python3 - "$out/tree" "$out/plain.apk" <<'PY'
import os, sys, zipfile
tree, target = sys.argv[1:]
names = sorted(os.path.relpath(os.path.join(d, f), tree) for d, _, fs in os.walk(tree) for f in fs)
names.sort(key=lambda n: (n != "AndroidManifest.xml", n))
with zipfile.ZipFile(target, "w") as apk:
    for name in names:
        info = zipfile.ZipInfo(name, (1981, 1, 1, 1, 1, 2))
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if name == "resources.arsc" else zipfile.ZIP_DEFLATED
        with open(os.path.join(tree, name), "rb") as f:
            apk.writestr(info, f.read(), compresslevel=9)
PY
    zipalign -f -p 4 "$out/plain.apk" "$out/aligned.apk"
    apksigner sign --ks "$tmp/key.p12" --ks-pass pass:sample --ks-key-alias sample \
        --v1-signing-enabled true --v2-signing-enabled true --v3-signing-enabled false --v4-signing-enabled false \
        --out "$name.apk" "$out/aligned.apk"
    echo "$name.apk"
}

if [ $# -eq 0 ]; then
    for manifest in sources/*/AndroidManifest.xml; do set -- "$@" "$(basename "$(dirname "$manifest")")"; done
fi
for name in "$@"; do build "$name"; done
