"""Spectra of substances that are not in the library and, as far as their structure tells, of no class."""
import collections

from mixtures import msp

from . import absent, sources


def spectra(data, every):
    return sources.read(data / "ei-ms" / "background-not-in-swgdrug.msp")[::every]


def ask(program, work, path, chosen, kinship, by_id):
    """One row a spectrum: verdict, class that is named."""
    file = work / "background.msp"
    file.write_text("".join(msp.record(s.id, s.peaks) for s in chosen), encoding="utf-8")
    seconds, records = program.identify([file], path, ["--max-components", "1", "--hypotheses", "always", "--top", "3"])
    asked = {s.id: s for s in chosen}
    rows = []
    for record in records:
        spectrum = asked.get((record["source"] or {}).get("id"))
        if spectrum is None:
            continue
        emerging = record.get("emerging") or {}
        hypotheses = emerging.get("analogues") or []
        rows.append(
            {
                "id": spectrum.id,
                "key": spectrum.key,
                "name": spectrum.name,
                "verdict": (record.get("verdict") or {}).get("level"),
                "class": (((emerging.get("class") or {}).get("verdict") or {}).get("class") or {}).get("id"),
                "classes": kinship.classes(spectrum.key),
                "score": hypotheses[0]["score"] if hypotheses else None,
                **absent.hypotheses(spectrum, hypotheses, kinship, by_id),
            }
        )
    return rows, seconds, collections.Counter(row["verdict"] for row in rows)
