"""Arguments of scripts/compare-mixtures."""
import argparse
import datetime
import json
import pathlib
import sys

from .data import ROOT, folder


def parser():
    arguments = argparse.ArgumentParser(prog="compare-mixtures", description="How well the components of mixtures are found.")
    arguments.add_argument("--make", type=pathlib.Path, metavar="DIR", help="only make the files")
    arguments.add_argument("--program", type=pathlib.Path, metavar="BIN", help="specid; without it only the peers are asked")
    arguments.add_argument("--parts", default="real,pure,raman,infrared,ei,msms,time", help="which parts, with commas between")
    arguments.add_argument("--half", choices=["develop", "report"], default="report", help="whose substances are mixed")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--quick", action="store_true", help="a fifth of the mixtures, a tenth of the references")
    arguments.add_argument("--data", help="folder of the development data")
    arguments.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "mixtures", help="where files are made")
    arguments.add_argument("--json", type=pathlib.Path, help="write the figures to this file too")
    arguments.add_argument("--save", action="store_true", help="write the table to benches/runs")
    return arguments


def measure(options, data, parts):
    """Lines of the table, and the figures."""
    from . import program, pure, real, run, table, timing

    runner = program.Program(options.program, options.work / "specid") if options.program else None
    said = " ".join("PATH" if "/" in a else a for a in sys.argv[1:])
    lines = table.opening(datetime.date.today().isoformat(), runner and runner.version(), options.half, options.seed, options.quick, said)
    figures, chosen = {}, {"nnls": 0.05, "omp": 0.02, "single": 0.0}
    blocks = []
    for technique in ("raman", "infrared", "ei", "msms"):
        if technique in parts:
            result = run.compare(data, options.work, technique, options.half, options.seed, options.quick, runner)
            figures[technique] = result
            chosen = result["thresholds"] if technique == "raman" else chosen
            blocks += table.technique(technique, result)
    if "real" in parts:
        rows = real.compare(data, runner, chosen)
        figures["real"] = [{"mixture": stem, "said": said} for stem, _, _, said in rows]
        lines += table.real(rows, chosen)
    if "pure" in parts and runner:
        rows = pure.compare(data, runner)
        figures["pure"] = [{"query": stem, "substance": key, "named": named, "wrong": wrong} for stem, key, named, wrong in rows]
        lines += pure.table(rows)
    if figures.keys() & set(table.NAMES):
        lines += table.summary({t: figures[t] for t in table.NAMES if t in figures})
    lines += blocks
    if "time" in parts:
        figures["time"] = [timing.measure(data, options.work, t, options.half, options.seed, runner, options.quick) for t in ("raman", "ei")]
        lines += table.times(figures["time"])
    return lines, figures


def main():
    options = parser().parse_args()
    data = folder(options.data, "compare-mixtures", "raman/truth.tsv")
    if options.make:
        from . import make

        truth = make.make(data, options.make, options.half, options.seed, options.quick)
        for technique, held in truth["techniques"].items():
            print(technique, len(held["mixtures"]), "spectra; substances by part", held["substances"])
        return
    parts = set(options.parts.split(","))
    unknown = parts - {"real", "pure", "raman", "infrared", "ei", "msms", "time"}
    if unknown:
        sys.exit(f"compare-mixtures: there is no part {', '.join(sorted(unknown))}")
    lines, figures = measure(options, data, parts)
    text = "\n".join(lines).rstrip() + "\n"
    print(text)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if options.save:
        runs = ROOT / "benches" / "runs"
        (runs / f"{datetime.date.today().isoformat()}-mixtures.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
