"""The eight real mixtures of two: Raman, standards read by the same instrument on another axis."""
from . import identity, jcamp, peers, program


def read(data):
    """Standards as (key, path) with their names, and mixtures as (path, stated keys or nothing)."""
    folder = data / "raman" / "mixtures"
    standards, names = [], {}
    for path in sorted((folder / "library").glob("*.jdx")):
        head, _, _ = jcamp.read(path)
        key = identity.key(head.get("$INCHIKEY"), head["TITLE"])
        standards.append((key, str(path)))
        names[identity.plain(head["TITLE"])] = key
    mixtures = []
    for line in (folder / "truth.tsv").read_text(encoding="utf-8").splitlines():
        stem, stated = line.split("\t")[:2]
        keys = None
        if "%" in stated:
            plain = [part.strip().rsplit(" ", 1)[0].lower() for part in stated.split("+")]
            keys = [next(k for n, k in names.items() if n == p or n.startswith(f"{p} (")) for p in plain]
        mixtures.append((folder / "queries" / f"{stem}.jdx", stated, keys))
    return standards, names, mixtures


def compare(data, runner, chosen):
    """Rows (mixture, stated, {method: (names found, both, extra)}); `chosen` are the peers' thresholds."""
    standards, names, mixtures = read(data)
    short = {key: name.split(" (")[0] for name, key in names.items()}
    library = peers.Curves("raman", standards)
    answers = {}
    if runner:
        path = runner.library("real", [p for _, p in standards])
        _, records = runner.identify([m[0] for m in mixtures], path)
        answers = program.answers(records, program.Names(names))
    rows = []
    for path, stated, keys in mixtures:
        said = library.ask(path)
        methods = {"specid": answers.get(path.stem, ([], None))[0]} if runner else {}
        for method in ("nnls", "omp", "single"):
            methods[method] = peers.cut(said, method, chosen[method])
        rows.append((path.stem, stated, keys, {m: judged(a, keys, short) for m, a in methods.items()}))
    return rows


def judged(answer, keys, short):
    """What was said in words, whether both are there, and how many are not in the mixture."""
    said = [(c["key"], c.get("share") or 0.0) for c in answer]
    words = ", ".join(f"{short.get(k, k)} {100 * s:.0f} %" for k, s in said) or "none"
    if keys is None:
        return {"said": words, "both": None, "extra": None}
    reported = {k for k, _ in said}
    return {"said": words, "both": set(keys) <= reported, "extra": len(reported - set(keys))}
