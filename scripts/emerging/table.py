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
    return max(0.0, middle - half), min(1.0, middle + half)


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
    lines = ["| spectra, % of them (95 %) | n | substances | " + " | ".join(title for _, title in COLUMNS) + " | identified as something else | of these not as an isomer | identified, and among the isomers without a reference |"]
    lines.append("|---" * (len(COLUMNS) + 6) + "|")
    for kind, title in (*KINDS, (None, "all")):
        some = [row for row in rows if kind in (None, row["kind"])]
        if some:
            cells = [title, str(len(some)), str(len({row["key"] for row in some})), *(share(some, name) for name, _ in COLUMNS), share(some, "wrong"), share(some, "other"), share(some, "held")]
            lines.append("| " + " | ".join(cells) + " |")
    return lines + ["", "All targets are in the register. Of a substance that the register lacks, too, the last column would be identified as something else, as an isomer."]


def classes(rows):
    """Table of the classes that are given, by the class of the structure; all with their substance left out."""
    known = [row for row in rows if row["classes"]]
    names = sorted({row["classes"][0] for row in known})
    lines = ["| class by structure | n | substances | right class given | another class given |", "|---|---|---|---|---|"]
    groups = [(title, [row for row in known if row["kind"] == kind]) for kind, title in KINDS]
    groups += [(name, [row for row in known if row["classes"][0] == name]) for name in names] + [("all", known)]
    for title, some in groups:
        if some:
            cells = [title, str(len(some)), str(len({row["key"] for row in some})), share(some, "class_right"), share(some, "class_wrong")]
            lines.append("| " + " | ".join(cells) + " |")
    return lines + ["", f"{len(rows) - len(known)} spectra of targets that are of none of the classes are not counted here."]


def background(rows):
    """What is said of substances that are not in the library."""
    none = [row | {"given": row["class"] is not None} for row in rows if row["classes"] == []]
    known = [row for row in rows if row["classes"] is not None]
    lines = ["| | n | % (95 %) |", "|---|---|---|"]
    lines.append(f"| of no class by structure, given a class | {len(none)} | {share(none, 'given')} |")
    for name, title in COLUMNS[:4]:
        lines.append(f"| structure known: {title} | {len(known)} | {share(known, name)} |")
    return lines


def msms(rows):
    """How often an analogue is among the first three, by hypotheses and by neighbours of any precursor."""
    substances = len({row["key"] for row in rows})
    return [
        "| | n | substances | % (95 %) |",
        "|---|---|---|---|",
        f"| an analogue in the first 3 hypotheses | {len(rows)} | {substances} | {share(rows, 'kin')} |",
        f"| an analogue in the first 3 candidates of any precursor | {len(rows)} | {substances} | {share(rows, 'neighbours')} |",
    ]


def bands(rows, value, right, edges):
    """How often `right` holds by bands of a value."""
    lines = ["| from | to | n | right, % (95 %) |", "|---|---|---|---|"]
    for low, high in zip(edges, edges[1:]):
        some = [row for row in rows if row[value] is not None and low <= row[value] < high]
        lines.append(f"| {low} | {high} | {len(some)} | {share(some, right)} |")
    return lines
