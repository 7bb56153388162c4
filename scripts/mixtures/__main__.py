"""Arguments of scripts/compare-mixtures."""
import argparse
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def data_folder(given):
    """The development data: as given, else beside the project, else in SPECID_SHARED."""
    shared = os.environ.get("SPECID_SHARED")
    folder = pathlib.Path(given) if given else (pathlib.Path(shared) if shared else ROOT.parent / "shared") / "data"
    if not (folder / "raman" / "truth.tsv").exists():
        sys.exit("compare-mixtures: the data were not found; name their folder with --data")
    return folder


def main():
    arguments = argparse.ArgumentParser(prog="compare-mixtures", description="How well the components of mixtures are found.")
    arguments.add_argument("--make", type=pathlib.Path, metavar="DIR", help="only make the files")
    arguments.add_argument("--half", choices=["develop", "report"], default="report")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--quick", action="store_true", help="a fifth of the mixtures")
    arguments.add_argument("--data", help="folder of the development data")
    options = arguments.parse_args()
    if options.make:
        from . import make

        truth = make.make(data_folder(options.data), options.make, options.half, options.seed, options.quick)
        for technique, held in truth["techniques"].items():
            print(technique, len(held["mixtures"]), "spectra; substances by part", held["substances"])


if __name__ == "__main__":
    main()
