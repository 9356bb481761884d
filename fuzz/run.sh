#!/bin/bash
# Runs every target at once, each for so many seconds: ./run.sh 3600
# Needs cargo-fuzz and a nightly toolchain. The crate forbids unsafe code, so no sanitizer is asked for; checks of overflow and
# assertions are on. What a target finds stands in artifacts/TARGET/, its log in target/TARGET.log.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-3600}
[ -d dict ] || ./seeds.py
cargo +nightly fuzz build -s none
host=$(rustc +nightly -vV | sed -n 's/^host: //p')
for target in archive axml resources dex signing package; do
    mkdir -p "artifacts/$target" "corpus/$target"
    words=()
    [ -f "dict/$target" ] && words=("-dict=dict/$target")
    nice -n 19 "target/$host/release/$target" "corpus/$target" "${words[@]}" -artifact_prefix="artifacts/$target/" \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 \
        >"target/$target.log" 2>&1 &
done
wait
grep -H -E 'stat::number_of_executed_units|stat::peak_rss|ERROR|panicked' target/*.log
