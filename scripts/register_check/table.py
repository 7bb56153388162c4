"""Tab-separated files of the register, with the line of every row."""
from dataclasses import dataclass

SUBSTANCES = (
    "name synonyms cas cas_checked formula smiles inchikey mass role class end_product hs source "
    "confidence notes"
).split()
CONTROL = (
    "list entry kind name inchikey stereo salts decided from to decision source checked notes"
).split()
LISTS = "list title in_force isomers esters_ethers salts preparations citation".split()


@dataclass
class Row:
    """One row: its line, counted from 1, and its cells by column."""

    line: int
    cells: dict

    def __getitem__(self, column):
        return self.cells[column]


class Problems:
    """What is wrong, with file and line, in the order found."""

    def __init__(self):
        self.found = []

    def add(self, path, line, message):
        self.found.append(f"{path.name}:{line}: {message}")


def read(path, columns, problems):
    """(comment lines, rows) of a file; rows of a wrong width are reported and left out."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        problems.add(path, 1, f"cannot be read: {error}")
        return [], []
    if lines[-1] != "":
        problems.add(path, len(lines), "the last line has no line end")
    comments, rows, header = [], [], None
    for number, line in enumerate(lines, 1):
        if number == len(lines) and line == "":
            break
        if header is None and line.startswith("# "):
            comments.append(Row(number, {"text": line[2:]}))
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != columns:
                problems.add(path, number, f"expected the columns {' '.join(columns)}, found {' '.join(header)}")
                return comments, []
        elif len(cells) != len(columns):
            problems.add(path, number, f"expected {len(columns)} cells, found {len(cells)}")
        else:
            for column, cell in zip(columns, cells):
                if cell != " ".join(cell.split()):
                    problems.add(path, number, f"{column}: blanks at an end or doubled: {cell!r}")
            rows.append(Row(number, dict(zip(columns, cells))))
    if header is None:
        problems.add(path, 1, "the file has no line with the columns")
    return comments, rows


def normalised(name):
    """A name as the program compares it (src/substance/register.rs, `normalised`): without case, blanks
    and punctuation; primes and `+` stay."""
    same = {"\u2032": "'", "\u2019": "'", "`": "'"}
    kept = (same.get(c, c) for c in name)
    return "".join(c for c in kept if c.isalnum() or c in "+'").lower()
