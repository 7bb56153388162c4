"""Makes the libraries, asks all programs, and writes the table."""
import argparse
import datetime
import os
import pathlib
import platform
import subprocess
import sys
from importlib.metadata import version

from .curves import curves, growth
from .exact import exact
from .lists import fragments, ions
from .program import made
from .start import ei, ms_ms, raman, start

PACKAGES = ["numpy", "scipy", "ms_entropy", "matchms"]
PARTS = ["adverse", "blends", "growth", "ions", "fragments", "start", "exact"]


def machine():
    cpu = platform.processor() or platform.machine()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0] if models else cpu
    versions = ", ".join(f"{p} {version(p)}" for p in PACKAGES)
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return f"{cpu}, {os.cpu_count()} processors, load {load:.1f} at the start; {rust}; Python {platform.python_version()}, {versions}."


def command(options):
    words = [f"--queries {options.queries}", f"--parts {options.parts}"]
    return " ".join(["scripts/compare-peers", *words, *(["--raman FILES"] if options.raman else [])])


def main():
    arguments = argparse.ArgumentParser(prog="compare-peers", description=__doc__)
    arguments.add_argument("--queries", type=int, default=60)
    arguments.add_argument("--references", type=int, default=100_000)
    arguments.add_argument("--raman", nargs="*", default=[])
    arguments.add_argument("--parts", default=",".join(PARTS), help="of " + ", ".join(PARTS))
    arguments.add_argument("--save", metavar="FILE", type=pathlib.Path, help="also write the table there")
    options = arguments.parse_args()
    parts = options.parts.split(",")
    if unknown := set(parts) - set(PARTS):
        arguments.error(f"unknown part {sorted(unknown)[0]}; there are {', '.join(PARTS)}")
    if "blends" in parts and not options.raman:
        print("compare-peers: left out: blends need real spectra (--raman FILES)", file=sys.stderr)
        parts.remove("blends")
    lines = [f"# Search beside other programs, {datetime.date.today().isoformat()}", "", machine(), "", f"`{command(options)}`", ""]
    if "adverse" in parts:
        lines += curves("Adverse", made("adverse", options.references, []), options.queries)
    if "blends" in parts:
        lines += curves("Blends of real Raman spectra", made("blends", options.references, options.raman), options.queries)
    if "growth" in parts:
        lines += growth(options.raman, min(options.queries, 50))
    if "ions" in parts:
        for references in (options.references, 3 * options.references):
            lines += ions(made("ions", references, []), options.queries)
    if "fragments" in parts:
        lines += fragments(made("fragments", options.references, []), options.queries)
    if "start" in parts:
        lines += start(ei, made("ions", options.references, []))
        lines += start(ms_ms, made("fragments", options.references, []))
        if options.raman:
            lines += start(raman, made("blends", options.references, options.raman))
    if "exact" in parts:
        lines += exact(options.raman)
    text = "\n".join(lines)
    print(text)
    if options.save:
        options.save.write_text(text)


if __name__ == "__main__":
    main()
