"""Where the development data are; they are no part of the project."""
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def folder(given, command, needed):
    """The development data: as given, else beside the project, else in SPECID_SHARED; `needed` must be there."""
    shared = os.environ.get("SPECID_SHARED")
    found = pathlib.Path(given) if given else (pathlib.Path(shared) if shared else ROOT.parent / "shared") / "data"
    if not (found / needed).exists():
        sys.exit(f"{command}: the data were not found; name their folder with --data")
    return found
