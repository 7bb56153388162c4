"""Curves of rank 1 against each disturbance as SVG, one panel a disturbance. The standard library only."""
import math
from xml.sax.saxutils import escape

COLUMNS, WIDTH, HEIGHT = 4, 236, 186
LEFT, RIGHT, TOP, BOTTOM = 38, 14, 26, 40
HEAD, FOOT = 36, 6
# Colours of Okabe and Ito, lightened or darkened where the background asks it; every line has a mark and dashes of its own.
STYLES = {
    "specid": ("#0072b2", "#56b4e9", "2.4", "", "dot"),
    "right": ("#0072b2", "#56b4e9", "1", "1.5 2.5", "plus"),
    "plain": ("#b06f00", "#e69f00", "1.3", "5 2", "square"),
    "baseline": ("#007a58", "#25c79a", "1.3", "1.5 2", "triangle"),
    "derivative": ("#9a4f80", "#d98bba", "1.3", "7 2 1.5 2", "diamond"),
    "wrong": ("#c23b00", "#ff7a45", "1", "", "cross"),
    "absent": ("#c23b00", "#ff7a45", "1", "2 2", "ring"),
}
# Which style a published score has, by its place.
PLACES = ("plain", "baseline", "derivative")
CSS = """
.back{fill:#fff}.frame{fill:none;stroke:#9aa0a6;stroke-width:.8}.grid{stroke:#e3e5e8;stroke-width:.8}text{fill:#202124}.small{fill:#4a4f55}
@media (prefers-color-scheme: dark){.back{fill:#15181c}.frame{stroke:#767c84}.grid{stroke:#2c3138}text{fill:#e8eaed}.small{fill:#b6bcc4}}
"""


def css():
    light, dark = "", ""
    for name, (day, night, width, dashes, _) in STYLES.items():
        dashed = f";stroke-dasharray:{dashes}" if dashes else ""
        light += f".{name}{{stroke:{day};stroke-width:{width};fill:none{dashed}}}.{name}-mark{{stroke:{day};stroke-width:1.3;fill:{day}}}\n"
        dark += f".{name}{{stroke:{night}}}.{name}-mark{{stroke:{night};fill:{night}}}\n"
    hollow = ".wrong-mark,.absent-mark{fill:none!important}\n"
    return f"<style>{CSS}{light}@media (prefers-color-scheme: dark){{\n{dark}}}\n{hollow}</style>"


def mark(name, x, y):
    """The mark of a line at a place."""
    shape, r = STYLES[name][4], 2.6
    if shape in ("dot", "ring"):
        return f'<circle class="{name}-mark" cx="{x:.1f}" cy="{y:.1f}" r="{r if shape == "dot" else 3.1}"/>'
    paths = {
        "square": "M{0} {1}h{4}v{4}h-{4}z",
        "triangle": "M{2} {1}L{3} {5}H{0}z",
        "diamond": "M{2} {1}L{3} {6}L{2} {5}L{0} {6}z",
        "plus": "M{0} {6}H{3}M{2} {1}V{5}",
        "cross": "M{0} {1}L{3} {5}M{3} {1}L{0} {5}",
    }
    numbers = [f"{n:.1f}" for n in (x - r, y - r, x, x + r, 2 * r, y + r, y)]
    return f'<path class="{name}-mark" d="{paths[shape].format(*numbers)}"/>'


def places(axis):
    """Positions of the steps, and of the spectra as they are, which come first where no amount says so."""
    amounts = [step["amount"] for step in axis["steps"]]
    scale = math.log if axis["log"] else float
    values = [scale(a) for a in amounts]
    neutral = axis["neutral"]
    step = (values[-1] - values[0]) / max(1, len(values) - 1)
    has_place = neutral is not None and (neutral > 0 or not axis["log"])
    return values, scale(neutral) if has_place else values[0] - step


def number(value):
    return f"{value:g}"


def series(axis, undisturbed, of):
    """(place, label, per cent) in the order of the axis, the spectra as they are among them."""
    values, first = places(axis)
    neutral = axis["neutral"]
    found = [(place, number(step["amount"]), of(step)) for place, step in zip(values, axis["steps"])]
    found.append((first, "as is" if neutral is None else number(neutral), of(undisturbed)))
    return sorted(found, reverse=values[-1] < values[0])


def share(part, whole):
    return 100 * part / whole if whole else 0.0


def lines(figures):
    """Lines of a picture from the back to the front: style, label, and how a step's per cent are found."""
    published = [(style, f"rank 1, {name}", lambda s, name=name: share(s["published"][name], s["spectra"]))
                 for style, name in zip(PLACES, figures["published"])]
    return [
        ("absent", "identified, library lacks it", lambda s: share(s["less"]["wrong"], s["less"]["spectra"])),
        ("wrong", "identified as another", lambda s: share(s["wrong"], s["spectra"])),
        *reversed(published),
        ("right", "identified rightly", lambda s: share(s["right"], s["spectra"])),
        ("specid", "rank 1, specid", lambda s: share(s["first"], s["spectra"])),
    ]


def panel(figures, axis, left, top):
    """One disturbance."""
    right, bottom = left + WIDTH - LEFT - RIGHT, top + HEIGHT - TOP - BOTTOM
    drawn = series(axis, figures["undisturbed"], lambda s: 0)
    low, high = drawn[0][0], drawn[-1][0]

    def at(place, percent):
        return left + (place - low) / ((high - low) or 1) * (right - left), bottom - percent / 100 * (bottom - top)

    parts = [f'<text x="{left}" y="{top - 8}" font-size="12.5" font-weight="600">{escape(axis["name"])}</text>']
    for percent in (0, 25, 50, 75, 100):
        y = at(low, percent)[1]
        parts.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="small" x="{left - 5}" y="{y + 3.5:.1f}" text-anchor="end">{percent}</text>')
    parts.append(f'<rect class="frame" x="{left}" y="{top}" width="{right - left}" height="{bottom - top}"/>')
    for place, label, _ in drawn:
        parts.append(f'<text class="small" x="{at(place, 0)[0]:.1f}" y="{bottom + 14}" text-anchor="middle">{label}</text>')
    if axis["unit"]:
        parts.append(f'<text class="small" x="{(left + right) / 2:.1f}" y="{bottom + 28}" text-anchor="middle">{escape(axis["unit"])}</text>')
    for style, _, of in lines(figures):
        points = [at(place, percent) for place, _, percent in series(axis, figures["undisturbed"], of)]
        parts.append(f'<polyline class="{style}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>')
        parts += [mark(style, x, y) for x, y in points]
    return parts


def legend(figures, left, top):
    """What the lines are, below each other."""
    parts = []
    for row, (style, label, _) in enumerate(reversed(lines(figures))):
        y = top + 6 + 18 * row
        parts.append(f'<line class="{style}" x1="{left}" x2="{left + 30}" y1="{y}" y2="{y}"/>{mark(style, left + 15, y)}')
        parts.append(f'<text x="{left + 37}" y="{y + 4}">{escape(label)}</text>')
    y = top + 14 + 18 * len(lines(figures))
    return [*parts, f'<text class="small" x="{left}" y="{y}">In per cent of the spectra.</text>']


def draw(figures, title):
    """The picture of a set."""
    axes = figures["axes"]
    # The last place is the legend's.
    rows = math.ceil((len(axes) + 1) / COLUMNS)
    width, height = COLUMNS * WIDTH, HEAD + rows * HEIGHT + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11" role="img">',
        f"<title>{escape(title)}</title>",
        css(),
        f'<rect class="back" width="{width}" height="{height}"/>',
        f'<text x="{LEFT}" y="22" font-size="14" font-weight="600">{escape(title)}</text>',
    ]
    for index, axis in enumerate([*axes, None]):
        row, column = divmod(index, COLUMNS)
        left, top = column * WIDTH + LEFT, HEAD + row * HEIGHT + TOP
        parts += panel(figures, axis, left, top) if axis else legend(figures, left, top)
    return "\n".join([*parts, "</svg>"]) + "\n"
