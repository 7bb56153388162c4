"""The figures as text."""
import math


def wilson(right, n):
    """95 % interval of a share."""
    if n == 0:
        return (0.0, 1.0)
    z = 1.959964
    p = right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def share(rows, name):
    right = sum(bool(row[name]) for row in rows)
    low, high = wilson(right, len(rows))
    return f"{100 * right / max(1, len(rows)):.1f} ({100 * low:.1f} to {100 * high:.1f})"


KINDS = (("own", "its own library spectrum"), ("replicates", "another laboratory (replicates)"), ("cross", "other laboratories"))
COLUMNS = (
    ("both", "analogue and mass difference right, in the first 3"),
    ("first", "the same, of the first"),
    ("first_mass", "molecular mass of the first right"),
    ("kin", "an analogue in the first 3"),
    ("cosine", "cosine: an analogue in 3"),
    ("hybrid", "hybrid told the mass: an analogue in 3"),
)


def absent(rows):
    """Table of what is said of absent substances."""
    lines = ["| spectra, % of them (95 %) | n | substances | " + " | ".join(title for _, title in COLUMNS) + " | identified as something else |"]
    lines.append("|---" * (len(COLUMNS) + 4) + "|")
    for kind, title in (*KINDS, (None, "all")):
        some = [row for row in rows if kind in (None, row["kind"])]
        if some:
            cells = [title, str(len(some)), str(len({row["key"] for row in some})), *(share(some, name) for name, _ in COLUMNS), share(some, "identified")]
            lines.append("| " + " | ".join(cells) + " |")
    return lines


def bands(rows, value, right, edges):
    """How often `right` holds by bands of a value."""
    lines = ["| from | to | n | right, % (95 %) |", "|---|---|---|---|"]
    for low, high in zip(edges, edges[1:]):
        some = [row for row in rows if row[value] is not None and low <= row[value] < high]
        lines.append(f"| {low} | {high} | {len(some)} | {share(some, right)} |")
    return lines
