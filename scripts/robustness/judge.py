"""What an answer is worth. Plain data and the standard library only."""
from collections import Counter


def judged(record, key, names):
    """What a result says of a spectrum of the substance `key`: whether that is first, how the verdict stands to it, and
    whether a component is named that it is not and that it cannot be, by the look-alikes told.

    A verdict is right where the substance is in the set that it names.
    """
    candidates = record.get("candidates") or []
    verdict = record.get("verdict") or {}
    level = verdict.get("level", "none")
    if level == "identified":
        level = "right" if key in {names.key(s) for s in verdict["substances"]} else "wrong"
    wrong = False
    for component in record.get("components") or []:
        alike = {names.key(a) for a in component.get("look_alikes") or []}
        wrong |= key != names.key(component) and key not in alike
    return {"first": bool(candidates) and names.key(candidates[0]) == key, "verdict": level, "component": wrong}


NOTHING = {"first": False, "verdict": "none", "component": False}


def counted(answers):
    """Numbers of spectra, of answers by id, and the ids of those that are identified as another substance."""
    named = sorted(i for i, a in answers.items() if a["verdict"] == "wrong")
    answers = answers.values()
    verdicts = Counter(a["verdict"] for a in answers)
    return {
        "spectra": len(answers),
        "first": sum(a["first"] for a in answers),
        "right": verdicts["right"],
        "wrong": len(named),
        "wrong_ids": named,
        "class": verdicts["class-only"],
        "inconclusive": verdicts["inconclusive"],
        "missed": verdicts["not-in-library"],
        "none": verdicts["none"],
        "component": sum(a["component"] for a in answers),
    }
