"""The arithmetic: what of a mixture was found, and what was named that is not in it.

Plain data and the standard library only. A truth is {"components": [{"key", "share"}], "kind"}; an
answer is a list of {"key", "share", "low", "high", "look_alikes": [key]}, largest first, where low,
high and look_alikes may be missing.

Strict: the very substance. With look-alikes: it or one that the answer says could take its place; each
reported component stands for one component of the mixture at most, so that a second name for what was
found already counts as wrong. Twins: the same, but with the look-alikes that the references themselves
give (twins.py) in place of those that the answer tells.
"""
import math
from statistics import median

BINS = ((0.0, 0.10, "5-10 %"), (0.10, 0.20, "10-20 %"), (0.20, 0.35, "20-35 %"), (0.35, 0.50, "35-50 %"), (0.50, 1.01, "50-95 %"))
LARGE = 0.20


def wilson(hits, total, z=1.959964):
    """Wilson's 95 % interval of a proportion; nothing for no trials."""
    if total == 0:
        return None
    p = hits / total
    middle = p + z * z / (2 * total)
    reach = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def merged(answer):
    """The answer with entries of one substance as one: shares added, the first one's interval kept."""
    by_key = {}
    for component in answer:
        held = by_key.setdefault(component["key"], {**component, "share": 0.0})
        held["share"] += component.get("share") or 0.0
    return list(by_key.values())


def matched(truth, answer):
    """For each reported component the component of the mixture it stands for, as positions: strict
    pairs first, then as many as look-alikes allow (augmenting paths)."""
    keys = [c["key"] for c in truth]
    owner = {}
    pair = {}
    for at, component in enumerate(answer):
        if component["key"] in keys:
            pair[at] = keys.index(component["key"])
            owner[pair[at]] = at
    strict = dict(pair)

    def place(at, seen):
        named = set(answer[at].get("look_alikes") or ())
        for goal, key in enumerate(keys):
            if key not in named or goal in seen or owner.get(goal) in strict:
                continue
            seen.add(goal)
            if goal not in owner or place(owner[goal], seen):
                owner[goal] = at
                return True
        return False

    for at in range(len(answer)):
        if at not in strict:
            place(at, set())
    return strict, {at: goal for goal, at in owner.items()}


def by_twins(truth, answer, twins):
    """The answer with, as look-alikes, the components of the mixture that each could be by its twins."""
    goals = {c["key"]: set(twins.get(c["key"], ())) for c in truth}
    return [{**c, "look_alikes": [k for k, others in goals.items() if c["key"] in others]} for c in answer]


def count(hits, total):
    return {"hits": hits, "total": total}


class Tally:
    """Adds up the figures of one method on one part."""

    def __init__(self, twins=None):
        self.twins = twins or {}
        self.reported = self.wrong_strict = self.wrong_alike = self.wrong_twin = 0
        self.found = {name: [0, 0, 0] for _, _, name in BINS}
        self.large = [0, 0, 0, 0]
        self.two, self.two_number, self.exact, self.mixtures = 0, 0, 0, 0
        self.look_alikes, self.errors, self.covered = [], [], [0, 0]
        self.pure = [0, 0, 0]
        self.absent, self.absent_wrong, self.absent_large = 0, 0, [0, 0]
        self.structured = {"mixture": [0, 0], "absent": [0, 0]}

    def add(self, truth, answer, structured=None):
        """One spectrum; `structured` is whether the rest was called unexplained."""
        components, answer, kind = truth["components"], merged(answer), truth["kind"]
        strict, alike = matched(components, answer)
        if structured is not None and kind in self.structured:
            self.structured[kind][0] += bool(structured)
            self.structured[kind][1] += 1
        if kind == "pure":
            self.pure[0] += len(answer) > 1
            self.pure[1] += bool(alike)
            self.pure[2] += 1
            return
        if kind == "absent":
            self.add_absent(truth, answer, alike)
            return
        self.mixtures += 1
        self.reported += len(answer)
        self.wrong_strict += len(answer) - len(strict)
        self.wrong_alike += len(answer) - len(alike)
        twin = matched(components, by_twins(components, answer, self.twins))[1]
        self.wrong_twin += len(answer) - len(twin)
        found_strict, found_alike = set(strict.values()), set(alike.values())
        for goal, component in enumerate(components):
            name = next(n for low, high, n in BINS if low <= component["share"] < high)
            hit = [goal in found_strict, goal in found_alike, 1]
            self.found[name] = [a + b for a, b in zip(self.found[name], hit)]
            if component["share"] >= LARGE:
                self.large = [a + b for a, b in zip(self.large, [*hit, goal in twin.values()])]
        self.exact += len(answer) == len(components) == len(alike)
        if len(components) == 2:
            self.two += 1
            self.two_number += len(answer) == 2
        for at, goal in alike.items():
            self.add_share(components[goal]["share"], answer[at])
        self.look_alikes += [len(c.get("look_alikes") or ()) for c in answer]

    def add_share(self, true, component):
        self.errors.append(abs((component.get("share") or 0.0) - true))
        if component.get("low") is not None and component.get("high") is not None:
            self.covered[0] += component["low"] <= true <= component["high"]
            self.covered[1] += 1

    def add_absent(self, truth, answer, alike):
        """The first component of the truth is the one that the library lacks."""
        self.absent += 1
        self.absent_wrong += len(alike) < len(answer)
        for goal, component in enumerate(truth["components"]):
            if goal and component["share"] >= LARGE:
                self.absent_large[0] += goal in alike.values()
                self.absent_large[1] += 1

    def figures(self):
        """The figures by name; proportions as {"hits", "total"}, the others as numbers or nothing."""
        names = [name for _, _, name in BINS]
        return {
            "mixtures": self.mixtures,
            "wrong_strict": count(self.wrong_strict, self.reported),
            "wrong_alike": count(self.wrong_alike, self.reported),
            "wrong_twin": count(self.wrong_twin, self.reported),
            "large_twin": count(self.large[3], self.large[2]),
            "large_strict": count(self.large[0], self.large[2]),
            "large_alike": count(self.large[1], self.large[2]),
            "found_strict": {n: count(self.found[n][0], self.found[n][2]) for n in names},
            "found_alike": {n: count(self.found[n][1], self.found[n][2]) for n in names},
            "two_number": count(self.two_number, self.two),
            "exact": count(self.exact, self.mixtures),
            "look_alikes": sum(self.look_alikes) / len(self.look_alikes) if self.look_alikes else None,
            "covered": count(*self.covered),
            "share_error": median(self.errors) if self.errors else None,
            "pure_invented": count(self.pure[0], self.pure[2]),
            "pure_found": count(self.pure[1], self.pure[2]),
            "absent_wrong": count(self.absent_wrong, self.absent),
            "absent_large": count(*self.absent_large),
            "structured_mixture": count(*self.structured["mixture"]),
            "structured_absent": count(*self.structured["absent"]),
        }


def harmonic(truths, answers):
    """F1 of the components of mixtures, strict: what the peers' thresholds are chosen by."""
    right = reported = present = 0
    for truth, answer in zip(truths, answers):
        if truth["kind"] == "mixture":
            answer = merged(answer)
            right += len(matched(truth["components"], answer)[0])
            reported += len(answer)
            present += len(truth["components"])
    return 2 * right / (reported + present) if reported + present else 0.0
