"""Which substances a mixture holds and in what shares."""


def shares(random, count, stratum=None):
    """Shares of `count` components that add up to one, none below 0.05.

    With two components `stratum` (from 0 to 1) places the first share, so that a run of them covers
    0.05 to 0.95 evenly; else they are drawn evenly from all that is allowed.
    """
    if count == 1:
        return [1.0]
    if count == 2:
        first = 0.05 + 0.9 * (random.random() if stratum is None else stratum)
        return [first, 1 - first]
    while True:
        drawn = random.dirichlet([1.0] * count)
        if drawn.min() >= 0.05:
            return [float(s) for s in drawn]


def by_substance(sources):
    """Sources grouped by substance, in the order of their keys."""
    groups = {}
    for source in sources:
        groups.setdefault(source.key, []).append(source)
    return dict(sorted(groups.items()))


def pick(random, groups, count, first=None):
    """`count` sources of different substances; the first from the groups `first` where given."""
    chosen = []
    if first:
        keys = list(first)
        chosen.append(keys[random.integers(len(keys))])
    rest = [k for k in groups if k not in chosen]
    order = random.permutation(len(rest))[: count - len(chosen)]
    chosen += [rest[i] for i in order]
    found = []
    for key in chosen:
        group = (first if first and key in first and not found else groups)[key]
        found.append(group[random.integers(len(group))])
    return found
