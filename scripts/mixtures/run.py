"""Answers of specid and of the peers on one half's files, and their figures."""
import hashlib
import json
import pathlib

from . import fragment_peers, make, msp, peers, program, score, sources, twins

METHODS = {"nnls": "NNLS, whole library", "omp": "matching pursuit", "single": "best single match"}


def peer_answers(data, folder, technique, truth, cache):
    """What the peers say of every spectrum, before thresholds; kept in `cache`, for they are slow."""
    mixtures = truth["techniques"][technique]["mixtures"]
    code = "".join(pathlib.Path(m.__file__).read_text(encoding="utf-8") for m in (peers, fragment_peers))
    libraries, found = {}, {}
    for part in dict.fromkeys(m["part"] for m in mixtures):
        wanted = [m for m in mixtures if m["part"] == part]
        mark = hashlib.sha256((json.dumps(wanted) + code).encode()).hexdigest()[:16]
        kept = cache / f"peers-{technique}-{part}-{mark}.json"
        if kept.exists():
            found.update(json.loads(kept.read_text(encoding="utf-8")))
            continue
        answers = {m["id"]: answer for m, answer in asked_of_peers(data, folder, technique, wanted, libraries)}
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(answers), encoding="utf-8")
        found.update(answers)
    return found


def asked_of_peers(data, folder, technique, mixtures, libraries):
    spectra = {}
    if technique in make.LISTS:
        for file in sorted({m["file"] for m in mixtures}):
            spectra.update({f["ID"]: peaks if technique == "ei" else (f, peaks) for f, peaks, _ in msp.read(folder / file)})
    for mixture in mixtures:
        suffix = "-less" if mixture["library"] == "less" else ""
        if suffix not in libraries:
            libraries[suffix] = peer_library(data, folder, technique, suffix)
        yield mixture, libraries[suffix].ask(spectra[mixture["id"]] if technique in make.LISTS else folder / mixture["file"])


def peer_library(data, folder, technique, suffix):
    if technique == "ei":
        return peers.Masses(folder / "ei" / f"library{suffix}.msp")
    if technique == "msms":
        return fragment_peers.Lists(folder / "msms" / f"library{suffix}.msp", sources.load(data, "msms").same)
    inside = set((folder / technique / f"library{suffix}.txt").read_text(encoding="utf-8").split("\n"))
    return peers.Curves(technique, [e for e in sources.load(data, technique).library if e[1] in inside])


def thresholds(mixtures, found):
    """The threshold of each peer with the best F1 on these mixtures."""
    tried = {"nnls": peers.SHARES, "omp": peers.GAINS, "single": (0.0,)}
    chosen = {}
    for method, values in tried.items():
        chosen[method] = max(values, key=lambda v: score.harmonic(mixtures, [peers.cut(found[m["id"]], method, v) for m in mixtures]))
    return chosen


def specid_answers(runner, folder, technique, truth):
    """Answers by id, first candidates by id, and the milliseconds a spectrum beyond what one spectrum takes to start."""
    held = truth["techniques"][technique]
    names = program.Names(held["names"])
    found, firsts, seconds, spectra = {}, {}, 0.0, 0
    for library, suffix in (("full", ""), ("less", "-less")):
        wanted = [m for m in held["mixtures"] if m["library"] == library]
        if not wanted:
            continue
        if technique in make.LISTS:
            files = [asked(folder, technique, wanted, library)]
            first = [asked(folder, technique, wanted[:1], "one")]
        else:
            files = [folder / m["file"] for m in wanted]
            first = files[:1]
        path = runner.library(f"{technique}{suffix}", library_files(folder, technique, suffix))
        took, records = runner.identify(files, path)
        if library == "full" and len(wanted) > 1:
            seconds = took - min(runner.identify(first, path)[0] for _ in range(3))
            spectra = len(wanted) - 1
        found.update(program.answers(records, names))
        firsts.update(program.answers(records, names, program.first))
    return found, firsts, 1e3 * seconds / spectra if spectra else None


def library_files(folder, technique, suffix):
    if technique in make.LISTS:
        return [folder / technique / f"library{suffix}.msp"]
    return (folder / technique / f"library{suffix}.txt").read_text(encoding="utf-8").split()


def asked(folder, technique, wanted, name):
    """One file of the records of these mixtures, for the parts' files hold both libraries' queries."""
    ids = {m["id"] for m in wanted}
    texts = []
    for file in sorted({m["file"] for m in wanted}):
        texts += [text for fields, _, text in msp.read(folder / file) if fields["ID"] in ids]
    path = folder / technique / f"asked-{name}.msp"
    path.write_text("\n\n".join(texts) + "\n\n", encoding="utf-8")
    return path


def tallies(truth, technique, alike, answers):
    """Figures by part. `alike` are the library's twins; `answers` gives (components, structured) of an id."""
    parts = {}
    for mixture in truth["techniques"][technique]["mixtures"]:
        components, structured = answers(mixture["id"])
        parts.setdefault(mixture["part"], score.Tally(alike)).add(mixture, components, structured)
    return {part: tally.figures() for part, tally in parts.items()}


def compare(data, work, technique, half, seed, quick, runner):
    """Figures by part and method, the peers' thresholds, and specid's milliseconds a spectrum."""
    truths, found = {}, {}
    for at in dict.fromkeys(("develop", half)):
        folder = work / f"{at}-{seed}{'-quick' if quick else ''}"
        truths[at] = make.make(data, folder, at, seed, quick, (technique,))
        found[at] = peer_answers(data, folder, technique, truths[at], work / "cache")
    truth = truths[half]
    chosen = thresholds(truths["develop"]["techniques"][technique]["mixtures"], found["develop"])
    alike = {} if technique == "msms" else twins.of(peer_library(data, folder, technique, ""), technique)
    methods = {}
    milliseconds = None
    if runner:
        own, firsts, milliseconds = specid_answers(runner, folder, technique, truth)
        methods["specid"] = tallies(truth, technique, alike, lambda i: own.get(i, ([], None)))
        methods["specid, first candidate"] = tallies(truth, technique, alike, lambda i: firsts.get(i, ([], None)))
        unanswered = sum(m["id"] not in own for m in truth["techniques"][technique]["mixtures"])
    else:
        unanswered = None
    for method, label in METHODS.items():
        methods[label] = tallies(truth, technique, alike, lambda i: (peers.cut(found[half][i], method, chosen[method]), None))
    return {"methods": methods, "thresholds": chosen, "milliseconds": milliseconds, "unanswered": unanswered,
            "substances": truth["techniques"][technique]["substances"]}
