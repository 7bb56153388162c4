"""Arguments of scripts/compare-robustness."""
import argparse
import datetime
import json
import os
import pathlib
import sys

from mixtures import program
from mixtures.data import ROOT, folder

from . import page, run, sets

TECHNIQUES = ("raman", "infrared", "ei")


def parser():
    arguments = argparse.ArgumentParser(prog="compare-robustness", description="How identification bears what instruments do to spectra.")
    arguments.add_argument("--program", type=pathlib.Path, metavar="BIN", help="specid")
    arguments.add_argument("--parts", default=",".join(TECHNIQUES), help="which techniques, with commas between")
    arguments.add_argument("--quick", action="store_true", help="a fifth of the spectra")
    arguments.add_argument("--data", help="folder of the development data")
    arguments.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "robustness", help="where files are made")
    arguments.add_argument("--json", type=pathlib.Path, help="write the figures to this file too")
    arguments.add_argument("--save", action="store_true", help="write guide, pictures and benches/runs anew")
    arguments.add_argument("--from", dest="earlier", type=pathlib.Path, metavar="JSON", help="figures of before; only --parts are measured anew, without --program nothing")
    return arguments


def measured(options, parts, kept):
    """The figures with those of these techniques measured anew; what is done is kept in the folder of work."""
    data = folder(options.data, "compare-robustness", "raman/truth.tsv")
    runner = program.Program(options.program, options.work / "specid", threads=os.cpu_count() or 1)
    by = {"date": datetime.date.today().isoformat(), "program": runner.version(), "quick": options.quick}
    for technique in parts:
        new = [by | run.compare(given, runner, options.work) for given in sets.load(data, technique, options.quick)]
        kept = sorted([s for s in kept if s["technique"] != technique] + new, key=lambda s: TECHNIQUES.index(s["technique"]))
        (options.work / "figures.json").write_text(json.dumps(kept), encoding="utf-8")
    return kept


def main():
    options = parser().parse_args()
    parts = options.parts.split(",")
    if unknown := set(parts) - set(TECHNIQUES):
        sys.exit(f"compare-robustness: there is no part {', '.join(sorted(unknown))}")
    if not options.earlier and not options.program:
        sys.exit("compare-robustness: name specid with --program, or earlier figures with --from")
    figures = json.loads(options.earlier.read_text(encoding="utf-8")) if options.earlier else []
    if options.program:
        figures = measured(options, parts, figures)
    print("\n".join(page.tables(figures)))
    if options.json:
        options.json.write_text(json.dumps(figures) + "\n", encoding="utf-8")
    if options.save:
        if {f["technique"] for f in figures} != set(TECHNIQUES):
            sys.exit("compare-robustness: nothing was saved, for not all techniques were measured; name the figures of the others with --from")
        page.save(ROOT, figures)


if __name__ == "__main__":
    main()
