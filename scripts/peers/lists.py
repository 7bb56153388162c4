"""Peak lists: EI spectra at whole m/z and MS/MS spectra, beside numpy, ms_entropy and matchms."""
import json

from .program import TOP, WARM_UP, Specid, batch, made, median, rows, timed, worst

# References that a program which compares pair by pair is asked for; its times are scaled to all.
PART = 1_000
# Queries that the slow programs are asked.
FEW = 3
TOLERANCE = 0.02


class Lists:
    """The peak lists of a folder."""

    def __init__(self, folder, part):
        import numpy as np

        def numbers(name, kind):
            return np.fromfile(folder / f"{part}-{name}", kind)

        self.offsets = numbers("offsets.u32", np.uint32)
        self.mz, self.height = numbers("mz.f64", np.float64), numbers("height.f32", np.float32)
        self.precursor = numbers("precursor.f64", np.float64)

    def __len__(self):
        return len(self.precursor)

    def peaks(self, row):
        import numpy as np

        part = slice(self.offsets[row], self.offsets[row + 1])
        return np.column_stack([self.mz[part], self.height[part]]).astype(np.float32)


class Flash:
    """ms_entropy's flash search."""

    def __init__(self, library):
        from ms_entropy import FlashEntropySearch

        self.search = FlashEntropySearch(max_ms2_tolerance_in_da=TOLERANCE)
        entries = [{"row": row, "precursor_mz": float(library.precursor[row]), "peaks": library.peaks(row)} for row in range(len(library))]
        # Cleaned as specid's are: no peak is taken out beside the precursor.
        alike = {"precursor_ions_removal_da": None, "noise_threshold": 0.01, "min_ms2_difference_in_da": 2 * TOLERANCE}
        ms, order = timed(lambda: self.search.build_index(entries, **alike))
        self.seconds = ms / 1e3
        self.row = [entry["row"] for entry in order]

    def clean(self, peaks):
        """As the library's were by building the index."""
        from ms_entropy import clean_spectrum

        return clean_spectrum(peaks, noise_threshold=0.01, min_ms2_difference_in_da=2 * TOLERANCE)

    def any(self, peaks, precursor):
        return self.best(self.search.open_search(peaks=peaks, ms2_tolerance_in_da=TOLERANCE))

    def near(self, peaks, precursor):
        return self.best(
            self.search.identity_search(precursor_mz=precursor, peaks=peaks, ms1_tolerance_in_da=TOLERANCE, ms2_tolerance_in_da=TOLERANCE)
        )

    def best(self, scores):
        import numpy as np

        top = np.argpartition(-scores, TOP)[:TOP]
        top = top[np.argsort(-scores[top], kind="stable")]
        return [(self.row[at], float(scores[at])) for at in top]


def matchms(library, asked, query):
    """Milliseconds of matchms's cosine, pair by pair, scaled from a part of the library to all of it."""
    import numpy as np
    from matchms import Spectrum
    from matchms.similarity import CosineGreedy

    def spectrum(lists, row):
        peaks = lists.peaks(row).astype(np.float64)
        return Spectrum(mz=peaks[:, 0], intensities=peaks[:, 1] / peaks[:, 1].max(), metadata={"precursor_mz": float(lists.precursor[row])})

    part = min(PART, len(library))
    cosine, own = CosineGreedy(tolerance=TOLERANCE), spectrum(asked, query)
    references = [spectrum(library, row) for row in range(part)]
    cosine.pair(references[0], own)
    ms, _ = timed(lambda: [cosine.pair(reference, own) for reference in references])
    return ms * len(library) / part


class Dense:
    """EI spectra as rows of a matrix, with numpy."""

    def __init__(self, library, shape):
        import numpy as np

        self.np, self.points = np, shape["points"]
        self.matrix = np.zeros((len(library), self.points), np.float32)
        row = np.repeat(np.arange(len(library)), np.diff(library.offsets))
        self.matrix[row, library.mz.astype(int)] = np.sqrt(library.height)
        self.matrix /= np.linalg.norm(self.matrix, axis=1, keepdims=True)

    def best(self, peaks):
        np = self.np
        query = np.zeros(self.points, np.float32)
        query[peaks[:, 0].astype(int)] = np.sqrt(peaks[:, 1])
        scores = self.matrix @ (query / np.linalg.norm(query))
        top = np.argpartition(-scores, TOP)[:TOP]
        return top[np.lexsort((top, -scores[top]))]


def ions(folder, count):
    """Lines of the table for one library of EI spectra."""
    shape = json.loads((folder / "shape.json").read_text())
    library, asked = Lists(folder, "library"), Lists(folder, "queries")
    specid, dense = Specid("ions", folder), Dense(library, shape)
    flash = Flash(library) if shape["whole"] else None
    own = {"specid, columns": "columns", "specid, all scored": "all", "inverted index (Rust)": "inverted", "one read of the library": "read"}
    if shape["whole"]:
        own["specid as `identify` searches, second comparison included"] = "whole"
    times, same, exact = {}, {"numpy": 0, "the inverted index": 0}, 0
    count = min(count, len(asked))
    for query in [*range(WARM_UP), *range(count)]:
        answers = {label: specid.ask(method, query) for label, method in own.items()}
        taken = {label: answer["ms"] for label, answer in answers.items()}
        found = answers["specid, columns"]
        taken["numpy, one matrix product"], answer = timed(dense.best, asked.peaks(query))
        same["numpy"] += set(answer) == set(found["rows"])
        same["the inverted index"] += set(answers["inverted index (Rust)"]["rows"]) == set(found["rows"])
        if flash:
            peaks = flash.clean(asked.peaks(query))
            taken["ms_entropy, flash search (its own score)"], _ = timed(flash.any, peaks, None)
        exact += found["rows"] == answers["specid, all scored"]["rows"] and found["scores"] == answers["specid, all scored"]["scores"]
        for label, ms in taken.items():
            times.setdefault(label, []).append(ms)
    both = batch(specid)
    specid.close()
    times = {label: values[WARM_UP:] for label, values in times.items()}
    about, all_ = specid.about, count + WARM_UP
    notes = f" matchms, cosine of {PART} pairs, scaled: {median(matchms(library, asked, q) for q in range(FEW)) / 1e3:.1f} s a query." if flash else ""
    built = f" (ms_entropy: {flash.seconds:.0f} s)" if flash else ""
    return [
        f"### EI spectra: {about['rows']} references, the {TOP} best by cosine, {count} queries",
        "",
        "| ms a query | median | worst 1 % | times specid |",
        "|---|---|---|---|",
        *rows(times, "specid, columns"),
        "",
        f"{exact} of {all_} results equal those of scoring all, to the last bit; the same references as numpy in {same['numpy']}, as the inverted index in"
        f" {same['the inverted index']} (single precision). {both} Index: built in {about['build_seconds']:.1f} s{built}, {about['index_bytes'] / 1e6:.0f} MB.{notes}",
        "",
    ]


def fragments(folder, count):
    """Lines of the table for one library of MS/MS spectra."""
    library, asked = Lists(folder, "library"), Lists(folder, "queries")
    specid, flash = Specid("fragments", folder), Flash(library)
    count = min(count, len(asked))
    times, differences, same, exact = {}, [], {"any": 0, "near": 0}, 0
    for query in [*range(WARM_UP), *range(count)]:
        precursor = float(asked.precursor[query])
        peaks = flash.clean(asked.peaks(query))
        taken = {}
        for method, words in (("any", "any precursor"), ("near", "precursor within 0.02")):
            found = specid.ask(method, query)
            taken[f"specid, {words}"] = found["ms"]
            taken[f"ms_entropy, flash search, {words}"], theirs = timed(getattr(flash, method), peaks, precursor)
            theirs = {row: score for row, score in theirs if score > 0}
            ours = {row: score for row, score in zip(found["rows"], found["scores"]) if score > 0}
            same[method] += set(theirs) == set(ours)
            differences += [abs(ours[row] - theirs[row]) for row in set(ours) & set(theirs)]
            if method == "any":
                all_ = specid.ask("all", query)
                exact += found["rows"] == all_["rows"] and found["scores"] == all_["scores"]
                taken["specid, all compared"] = all_["ms"]
        for label, ms in taken.items():
            times.setdefault(label, []).append(ms)
    both = batch(specid)
    specid.close()
    times = {label: values[WARM_UP:] for label, values in times.items()}
    near = median(b / a for a, b in zip(times["specid, precursor within 0.02"], times["ms_entropy, flash search, precursor within 0.02"]))
    about, asked_ = specid.about, count + WARM_UP
    return [
        f"### MS/MS spectra: {about['rows']} references, entropy similarity within {TOLERANCE}, {count} queries",
        "",
        "| ms a query | median | worst 1 % | times specid |",
        "|---|---|---|---|",
        *rows(times, "specid, any precursor"),
        "",
        f"With the precursor ms_entropy takes {near:.1f} times as long as specid (median of the ratios). specid's times are those of its whole search, with up to fifty"
        f" candidates described. {exact} of {asked_} results without a precursor equal those of comparing all, to the last bit. The same {TOP} references as ms_entropy:"
        f" {same['any']} of {asked_} without and {same['near']} with the precursor; largest difference of a score {max(differences):.1e}"
        f" (ms_entropy reckons in single precision). {both} ms_entropy's index took {flash.seconds:.0f} s to build; specid's library {about['build_seconds']:.1f} s, memory"
        f" {about['resident_bytes'] / 1e6:.0f} MB.",
        "",
    ]
