"""Real spectra of pure substances as they are: all Raman queries of other instruments, none left out or altered."""
from . import identity, jcamp, program, score


def compare(data, runner):
    """What is named in spectra of one substance each: rows of (query, substance, named, of them wrong)."""
    folder = data / "raman"
    references = sorted((folder / "library").glob("*.jdx"))
    names = {}
    for path in references:
        head, _, _ = jcamp.read(path)
        names[identity.plain(head["TITLE"])] = identity.key(head.get("$INCHIKEY"), head["TITLE"])
    truth = {}
    for line in (folder / "truth.tsv").read_text(encoding="utf-8").splitlines():
        stem, substance = line.split("\t")[:2]
        truth[stem] = names.get(identity.plain(substance), identity.key(None, substance))
    queries = [folder / "queries" / f"{stem}.jdx" for stem in truth]
    _, records = runner.identify(queries, runner.library("pure", references))
    answers = program.answers(records, program.Names(names))
    rows = []
    for stem, key in truth.items():
        components = answers.get(stem, ([], None))[0]
        wrong = [c for c in components if key != c["key"] and key not in c["look_alikes"]]
        rows.append((stem, key, len(components), len(wrong)))
    return rows


def table(rows):
    """The figures as lines."""
    named, wrong = sum(r[2] for r in rows), sum(r[3] for r in rows)
    low, high = score.wilson(wrong, named) or (0.0, 1.0)
    several = sum(r[2] > 1 for r in rows)
    said = (
        f"{len(rows)} Raman spectra of one substance each, measured on other instruments, all queries of the data as they are: "
        f"{named} components named, {wrong} of them wrong ({100 * wrong / max(named, 1):.1f} %, {100 * low:.1f} to {100 * high:.1f} %), "
        f"look-alikes counted; a second one named in {several}, none in {sum(r[2] == 0 for r in rows)}."
    )
    return ["## Real pure spectra", "", said, ""]
