"""Molecular formulas: their parts, the Hill form, the monoisotopic mass."""
import re

# Mass in u of the most abundant isotope of each element of the register (CIAAW and AME 2020).
MASSES = {
    "H": 1.00782503, "Li": 7.01600344, "B": 11.00930536, "C": 12.0, "N": 14.00307400,
    "O": 15.99491462, "F": 18.99840316, "Na": 22.98976928, "Mg": 23.98504170, "Al": 26.98153853,
    "Si": 27.97692653, "P": 30.97376200, "S": 31.97207117, "Cl": 34.96885268, "K": 38.96370649,
    "Ca": 39.96259086, "Ti": 47.94794198, "Mn": 54.93804391, "Br": 78.91833769, "Pd": 105.90348040,
    "I": 126.90447190, "Ba": 137.90524700, "Hg": 201.97064340,
}


def parts(text):
    """Elements and their numbers in the order written; None where the text is no formula."""
    if not re.fullmatch(r"(?:[A-Z][a-z]?(?:[2-9]|[1-9]\d+)?)+", text):
        return None
    found = re.findall(r"([A-Z][a-z]?)(\d*)", text)
    if len({element for element, _ in found}) != len(found):
        return None
    return [(element, int(number or 1)) for element, number in found]


def hill(elements):
    """The Hill form: carbon, hydrogen, the rest by letter; all by letter without carbon."""
    numbers = dict(elements)
    first = [e for e in ("C", "H") if e in numbers] if "C" in numbers else []
    order = first + sorted(e for e in numbers if e not in first)
    return "".join(e + (str(numbers[e]) if numbers[e] > 1 else "") for e in order)


def mass(elements):
    """Monoisotopic mass in u; None where an element is not in the list."""
    if any(element not in MASSES for element, _ in elements):
        return None
    return sum(MASSES[element] * number for element, number in elements)
