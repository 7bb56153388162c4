"""Made-up substances, their references and spectra of samples of them, and hostile texts."""

import array
import base64
import math
import random
import sys

HOSTILE = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    '"><img src=x onerror="window.hacked=3">',
    "very-long-" + "name" * 120,
    "\u202egnp.exe\u202c right to left",
    "\u05d0\u05d1\u05d2 (\u200f12\u200f) \u0645\u062e\u062a\u0628\u0631",
    "<!-- <script> ${window.hacked=4} {{7*7}} -->",
    "__proto__",
    "line one\nline two\u0000\u001b[31m",
    "\u5317\u4eac \U0001f9ea caf\u00e9 &lt;b&gt; \\u003c",
]
CONTROLS = ["1961 Schedule I", "1971 Schedule II", "1988 Table I", "1988 Table II", "no UN listing known"]


def packed(values, kind):
    """Base64 of little-endian numbers."""
    numbers = array.array(kind, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return base64.b64encode(numbers.tobytes()).decode()


def heights(values):
    """Values as 16-bit heights from 0 to 65535."""
    top, low = max(values), min(values)
    return packed([round((v - low) / ((top - low) or 1) * 65535) for v in values], "H")


def curve(rng, bands, x0, dx, n, noise):
    """A drawing of a curve: bands on a sloping ground with noise."""
    ys = [0.02 * i / n + rng.gauss(0, noise) for i in range(n)]
    for centre, width, height in bands:
        at = (centre - x0) / dx
        reach = 4 * width / dx
        for i in range(max(int(at - reach), 0), min(int(at + reach) + 1, n)):
            ys[i] += height * math.exp(-(((i - at) * dx / width) ** 2))
    return {"k": "c", "u": "cm-1", "x0": x0, "dx": dx, "y": heights(ys)}


def sticks(peaks, unit="m/z"):
    """A drawing of sticks."""
    top = max(h for _, h in peaks)
    return {
        "k": "s",
        "u": unit,
        "x": packed([x for x, _ in peaks], "f"),
        "y": packed([round(h / top * 65535) for _, h in peaks], "H"),
    }


RANGES = {"raman": (200.0, 4.0, 700), "infrared": (600.0, 4.0, 800), "near-infrared": (4000.0, 8.0, 500)}


class Maker:
    """Makes substances, their references and samples of them."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.references = []
        self.known = []
        for k in range(60):
            technique = ["raman", "ei-ms", "infrared", "raman", "ei-ms", "near-infrared"][k % 6]
            truth = self.truth(technique)
            if k == 3:
                drawing = sticks([(c, h) for c, _, h in truth], "cm-1")
            else:
                drawing = self.draw(technique, truth, 0.0)
            name = HOSTILE[k % len(HOSTILE)] if k in (0, 7) else f"Substance {k:02d}"
            self.references.append({"name": name, "entry": f"entry-{k}", "drawing": drawing})
            self.known.append((technique, truth, name))

    def truth(self, technique):
        """Bands or peaks of a made-up substance."""
        if technique == "ei-ms":
            return sorted((m, self.rng.random() ** 2 + 0.01) for m in self.rng.sample(range(39, 330), 24))
        x0, dx, n = RANGES[technique]
        span = dx * n
        return sorted(
            (x0 + span * self.rng.uniform(0.05, 0.95), self.rng.uniform(8, 30), self.rng.uniform(0.1, 1.0))
            for _ in range(12)
        )

    def draw(self, technique, truth, noise, shift=0.0):
        """A drawing of it, as measured."""
        if technique == "ei-ms":
            return sticks([(m, max(h * self.rng.uniform(1 - 10 * noise, 1 + 10 * noise), 0.001)) for m, h in truth])
        return curve(self.rng, [(c + shift, w, h) for c, w, h in truth], *RANGES[technique], noise)

    def spectrum(self, k, path, shift, verdict, unknown=None):
        """A spectrum of substance `k` (or of an unknown) with candidates."""
        technique, truth, _ = self.known[k]
        same = [i for i, known in enumerate(self.known) if known[0] == technique and i != k]
        picked = [k, *self.rng.sample(same, 3)]
        score = self.rng.uniform(0.8, 1.0)
        candidates = [
            {
                "name": self.known[i][2],
                "score": score - 0.07 * at,
                "status": CONTROLS[i % 5],
                "shift": None if technique == "ei-ms" else round(shift, 2),
                "unit": "cm-1",
                "reference": None if at == 3 else i,
            }
            for at, i in enumerate(picked)
        ]
        return {
            "path": path,
            "index": 0,
            "id": f"title {path}",
            "sha256": f"{self.rng.getrandbits(256):064x}",
            "technique": technique,
            "verdict": verdict,
            "error": None,
            "quality": "good",
            "reasons": ["The margin to the next candidate is large."],
            "warnings": [],
            "drawing": self.draw(technique, unknown or truth, 0.008, shift),
            "candidates": candidates,
        }
