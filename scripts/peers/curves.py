"""Curves: one search at 33 lags beside numpy and scipy."""
import json

from .program import TOP, WARM_UP, Specid, batch, made, median, rows, timed, worst

# References that programs which take one at a time are asked for; their times are scaled to all.
PART = 1_000


class Numpy:
    """The same searches with numpy, everything that does not depend on the query precomputed."""

    def __init__(self, folder, shape):
        import numpy as np

        self.np = np
        self.points, self.lag = shape["points"], shape["tolerance"]
        library = np.fromfile(folder / "library.f32", np.float32).reshape(-1, self.points)
        self.queries = np.fromfile(folder / "queries.f32", np.float32).reshape(-1, self.points)
        inside = library[:, self.lag : self.points - self.lag]
        self.windows = np.ascontiguousarray(inside - inside.mean(1, keepdims=True))
        self.windows /= np.linalg.norm(self.windows, axis=1, keepdims=True)
        whole = library - library.mean(1, keepdims=True)
        self.whole = whole / np.linalg.norm(whole, axis=1, keepdims=True)
        self.spectra = None

    def shifted(self, query):
        np, width = self.np, self.windows.shape[1]
        rows = np.lib.stride_tricks.sliding_window_view(self.queries[query], width)
        rows = rows - rows.mean(1, keepdims=True)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def best(self, scores):
        np = self.np
        top = np.argpartition(-scores, TOP)[:TOP]
        return top[np.lexsort((top, -scores[top]))]

    def matrix(self, query):
        return self.best((self.windows @ self.shifted(query).T).max(1))

    def pearson(self, query):
        q = self.queries[query] - self.queries[query].mean()
        return self.best(self.whole @ (q / self.np.linalg.norm(q)))

    def one_by_one(self, query):
        """scipy.signal.correlate, a reference after another: its time is of the first PART references."""
        from scipy.signal import correlate

        signal = self.queries[query] - self.queries[query].mean()
        return [correlate(signal, window, mode="valid", method="fft").max() for window in self.windows[:PART]]

    def transform(self, query):
        np = self.np
        if self.spectra is None:
            self.spectra = np.empty((len(self.windows), self.points // 2 + 1), np.complex64)
            for at in range(0, len(self.windows), 4096):
                padded = np.zeros((len(self.windows[at : at + 4096]), self.points), np.float32)
                padded[:, : self.windows.shape[1]] = self.windows[at : at + 4096]
                self.spectra[at : at + 4096] = np.conj(np.fft.rfft(padded))
        rows = np.lib.stride_tricks.sliding_window_view(self.queries[query], self.windows.shape[1])
        norms = np.linalg.norm(rows - rows.mean(1, keepdims=True), axis=1)
        spectrum = np.fft.rfft(self.queries[query] - self.queries[query].mean()).astype(np.complex64)
        best = np.empty(len(self.windows), np.float32)
        for at in range(0, len(best), 4096):
            products = np.fft.irfft(self.spectra[at : at + 4096] * spectrum, self.points)
            best[at : at + 4096] = (products[:, : len(norms)] / norms).max(1)
        return self.best(best)


OWN = {"one read of the library": "read", "specid, bounds": "cascade", "specid, all by plain sums": "direct"}


def curves(name, folder, count):
    """Lines of the table for one library of curves."""
    shape = json.loads((folder / "shape.json").read_text())
    specid, peer = Specid("curves", folder), Numpy(folder, shape)
    scale = len(peer.windows) / min(PART, len(peer.windows))
    rivals = {"numpy, 33 lags by one matrix product": peer.matrix, "numpy, rfft of the references precomputed": peer.transform,
              "numpy, Pearson without shift": peer.pearson, f"scipy.signal.correlate, {PART} references, scaled": peer.one_by_one}
    count = min(count, len(peer.queries))
    times, same, exact = {}, 0, 0
    for query in [*range(WARM_UP), *range(count)]:
        answers = {label: specid.ask(method, query) for label, method in OWN.items()}
        taken = {label: answer["ms"] for label, answer in answers.items()}
        for label, method in rivals.items():
            taken[label], answer = timed(method, query)
            if method == peer.one_by_one:
                taken[label] *= scale
            if method == peer.matrix:
                same += list(answer) == answers["specid, bounds"]["rows"]
        found, all_ = answers["specid, bounds"], answers["specid, all by plain sums"]
        exact += found["rows"] == all_["rows"] and found["scores"] == all_["scores"]
        for label, ms in taken.items():
            times.setdefault(label, []).append(ms)
    asked = count + WARM_UP
    both = batch(specid)
    specid.close()
    times = {label: values[WARM_UP:] for label, values in times.items()}
    bounds, about = times["specid, bounds"], specid.about
    read = median(b / a for a, b in zip(times["one read of the library"], bounds))
    plain = median(times["specid, all by plain sums"])
    return [
        f"### {name}: {about['rows']} references x {shape['points']} points, lags -{shape['tolerance']} to {shape['tolerance']}, {count} queries",
        "",
        "| ms a query | median | worst 1 % | times specid |",
        "|---|---|---|---|",
        *rows(times, "specid, bounds"),
        "",
        f"A search takes {read:.2f} of one read of the library (median of the ratios). {exact} of {asked} results equal those of"
        f" comparing all, scores to the last bit; {same} of {asked} list numpy's {TOP} best in its order. Worst 1 % of the queries"
        f" against comparing all: {worst(bounds) / plain:.2f}. {both}"
        f" Index: built in {about['build_seconds']:.1f} s, {about['index_bytes'] / 1e6:.0f} MB, {about['coefficients'][3]} and {about['coefficients'][2]}"
        f" coefficients; memory {about['resident_bytes'] / 1e6:.0f} MB.",
        "",
    ]


def growth(raman, count):
    """How time and memory grow with a library of curves."""
    kind = "blends" if raman else "adverse"
    lines = [f"### Growth, {kind}", "", "| references | read once, ms | search, ms | share | index, MB | memory, MB | build, s |", "|---|---|---|---|---|---|---|"]
    for references in (1_000, 10_000, 100_000, 1_000_000):
        specid = Specid("curves", made(kind, references, raman))
        for query in range(WARM_UP):
            specid.ask("cascade", query)
        pairs = [[specid.ask(m, q)["ms"] for m in ("read", "cascade")] for q in range(count)]
        specid.close()
        read, search = (median(p[i] for p in pairs) for i in (0, 1))
        share = median(b / a for a, b in pairs)
        a = specid.about
        lines.append(f"| {references} | {read:.2f} | {search:.2f} | {share:.2f} | {a['index_bytes'] / 1e6:.0f} | {a['resident_bytes'] / 1e6:.0f} | {a['build_seconds']:.1f} |")
    return [*lines, ""]
