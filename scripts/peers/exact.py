"""Whether a search that leaves references out finds what scoring all finds: rows in their order, and scores to the last bit."""
from .program import Specid, made

REFERENCES = 10_000
# Queries of each kind of library.
QUERIES = 4_200
# How a search is asked for, and the one that scores all.
METHODS = {"adverse": ("curves", "cascade", "direct"), "blends": ("curves", "cascade", "direct"), "ions": ("ions", "columns", "all"), "fragments": ("fragments", "any", "all")}


def exact(raman):
    """Lines of the table."""
    lines = ["### The same as scoring all", "", "| library | queries | the same | ties among the ten best |", "|---|---|---|---|"]
    total, different = 0, 0
    for kind in ("adverse", *(["blends"] if raman else []), "ions", "fragments"):
        how, fast, plain = METHODS[kind]
        specid = Specid(how, made(kind, REFERENCES, raman, QUERIES))
        same = ties = 0
        for query in range(QUERIES):
            found, all_ = specid.ask(fast, query), specid.ask(plain, query)
            same += found["rows"] == all_["rows"] and found["scores"] == all_["scores"]
            ties += len(set(all_["scores"])) < len(all_["scores"])
        specid.close()
        total, different = total + QUERIES, different + QUERIES - same
        lines.append(f"| {kind} | {QUERIES} | {same} | {ties} |")
    return [
        *lines,
        "",
        f"{REFERENCES} references, a tenth of them twice, flat, cut to a short range or to one peak; queries that are references, measured again, unknown, flat,"
        f" noise, of a short range, of two references, of one peak. {different} of {total} results differ.",
        "",
    ]
