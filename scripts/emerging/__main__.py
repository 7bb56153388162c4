"""Arguments of scripts/compare-emerging."""
import argparse
import datetime
import json
import os
import pathlib
import sys

from mixtures import program
from mixtures.data import ROOT, folder

from . import absent, background, msms, peers, sources, structures, table


def parser():
    arguments = argparse.ArgumentParser(prog="compare-emerging", description="What is said of substances that the library lacks.")
    arguments.add_argument("--program", type=pathlib.Path, metavar="BIN", required=True, help="specid")
    arguments.add_argument("--parts", default="absent,background,msms", help="which parts, with commas between")
    arguments.add_argument("--half", choices=["develop", "report", "all"], default="report", help="whose substances are left out")
    arguments.add_argument("--quick", action="store_true", help="a fifth of the substances and of the background")
    arguments.add_argument("--data", help="folder of the development data")
    arguments.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "emerging", help="where files are made")
    arguments.add_argument("--json", type=pathlib.Path, help="write the rows to this file too")
    arguments.add_argument("--save", action="store_true", help="write the table to benches/runs")
    return arguments


def keep(file, rows):
    """Writes what is known so far, where that was asked."""
    if file:
        file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def main():
    options = parser().parse_args()
    data, work = folder(options.data, "compare-emerging", "ei-ms/swgdrug-3.9.msp"), options.work
    work.mkdir(parents=True, exist_ok=True)
    runner = program.Program(options.program, work / "specid", threads=os.cpu_count() or 1)
    library, register, targets = absent.queries(data, ROOT, options.half)
    if options.quick:
        targets = dict(list(targets.items())[::5])
    chosen = background.spectra(data, 25 if options.quick else 5)
    everything = [*library, *(s for group in targets.values() for _, s in group), *chosen]
    found = structures.smiles(everything, register, work / "structures.json")
    kinship = structures.Kinship(found)
    path = runner.library("swgdrug", [data / "ei-ms" / "swgdrug-3.9.msp"])
    today = datetime.date.today().isoformat()
    said = " ".join("PATH" if "/" in a else a for a in sys.argv[1:])
    lines = [f"# Substances that the library lacks: {today}", "", f"`scripts/compare-emerging {said}`, {runner.version()}, {os.cpu_count()} processors.", ""]
    rows = {}
    if "absent" in options.parts:
        rows["absent"] = absent.compare(data, ROOT, work, options.half, runner, path, kinship, library, register, targets, peers.Library(library))
        lines += ["## Each target left out in turn", ""] + table.absent(rows["absent"]) + [""] + table.classes(rows["absent"]) + [""]
        keep(options.json, rows)
    if "background" in options.parts:
        rows["background"], seconds, verdicts = background.ask(runner, work, path, chosen, kinship, {s.id: s for s in library})
        lines += ["## Background", "", f"{len(rows['background'])} spectra, {1000 * seconds / max(1, len(rows['background'])):.0f} ms each; verdicts {dict(verdicts)}.", ""] + table.background(rows["background"]) + [""]
        keep(options.json, rows)
    if "msms" in options.parts:
        rows["msms"] = msms.compare(data, work, runner, register, 5 if options.quick else 1)
        lines += ["## MS/MS, each query's substance left out", ""] + table.msms(rows["msms"]) + [""]
        keep(options.json, rows)
    text = "\n".join(lines).rstrip() + "\n"
    print(text)
    if options.save:
        (ROOT / "benches" / "runs" / f"{today}-emerging.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
