#!/usr/bin/env python3
"""Ratios of docs/performance.md: ratios.py AUDIT INFLATE PACKAGE... [--runs N] [--aapt]

AUDIT and INFLATE are built binaries (`cargo build --release --bins --example inflate`). The programs take turns on the same
file, so that what else the machine does falls on all of them; of each the least CPU time and the least time by the clock
count. Needs Linux; for --aapt Debian's aapt.
"""

import os
import sys
import time


def once(command):
    """CPU seconds, seconds by the clock, peak KiB."""
    start = time.monotonic()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: status {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss


def least(commands, runs):
    best = [(9e9, 9e9, 0)] * len(commands)
    for _ in range(runs):
        for i, command in enumerate(commands):
            cpu, clock, peak = once(command)
            best[i] = min(best[i][0], cpu), min(best[i][1], clock), max(best[i][2], peak)
    return best


def main():
    arguments = [a for a in sys.argv[1:] if a != "--aapt"]
    runs = 20
    if "--runs" in arguments:
        at = arguments.index("--runs")
        runs = int(arguments[at + 1])
        del arguments[at : at + 2]
    audit, inflate, *packages = arguments
    for package in packages:
        name = os.path.basename(package)
        if "--aapt" in sys.argv:
            ours, theirs = least([[audit, "apk", package, "--depth", "manifest"], ["aapt", "dump", "permissions", package]], runs)
            print(f"{name}: manifest {ours[1] * 1e3:.1f} ms, aapt {theirs[1] * 1e3:.1f} ms, ratio {ours[1] / theirs[1]:.2f}")
            continue
        whole, alone, one, two = least(
            [[audit, "apk", package, "--format", "json"], [audit, "apk", package, "--format", "json", "--jobs", "1"],
             [inflate, package, "1"], [inflate, package, "2"]], runs)
        print(f"{name}: CPU {alone[0] * 1e3:.0f} ms against {one[0] * 1e3:.0f} ms, ratio {alone[0] / one[0]:.2f}; by the clock on "
              f"two cores {whole[1] * 1e3:.0f} ms against {one[1] * 1e3:.0f} ms on one, ratio {whole[1] / one[1]:.2f}; "
              f"peak {whole[2] / 1024:.0f} MiB against {one[2] / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
