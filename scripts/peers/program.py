"""What all comparisons share: specid's bench program, made-up libraries, and timing."""
import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "target" / "peers"
TOP = 10
WARM_UP = 3
# Searches of a batch.
BATCH = 1000


class Specid:
    """The bench program `peers`, which searches on request."""

    def __init__(self, kind, folder):
        self.process = subprocess.Popen(
            [program(), kind, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.about = json.loads(self.process.stdout.readline())

    def ask(self, method, query):
        self.process.stdin.write(f"{method} {query}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def program():
    """The bench program, built as users build the program."""
    build = ["cargo", "bench", "--locked", "--no-run", "--bench", "peers", "--message-format", "json"]
    lines = subprocess.run(build, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = (json.loads(line) for line in lines.splitlines() if line.startswith("{"))
    return [m["executable"] for m in found if m.get("executable")][-1]


def timed(action, *arguments):
    began = time.perf_counter()
    answer = action(*arguments)
    return (time.perf_counter() - began) * 1e3, answer


def made(kind, references, raman, odd=0):
    folder = DATA / (f"{kind}-{references}" if not odd else f"{kind}-{references}-odd-{odd}")
    if not (folder / "shape.json").exists():
        print(f"making {folder.relative_to(ROOT)}", file=sys.stderr)
        maker = [sys.executable, ROOT / "scripts" / "make-bench-library", kind, folder]
        extra = ["--raman", *raman] if kind == "blends" else []
        subprocess.run([*maker, "--references", str(references), "--odd", str(odd), *extra], check=True)
    return folder


def median(values):
    return statistics.median(values)


def worst(values):
    """The value that 1 % exceed."""
    return sorted(values)[min(len(values) - 1, int(0.99 * len(values)))]


def rows(times, label):
    """Rows of a table of milliseconds, and the median of the ratios to those of `label`."""
    of = times[label]
    ratio = {name: median(a / b for a, b in zip(values, of)) for name, values in times.items()}
    return [f"| {name} | {median(values):.2f} | {worst(values):.1f} | {ratio[name]:.1f} |" for name, values in times.items()]


def batch(specid):
    """Searches a second on one and on two threads, the best of three each, in turn."""
    runs = [[specid.ask(f"batch{threads}", BATCH) for threads in (1, 2)] for _ in range(3)]
    one, two = (max(run[i]["queries"] / run[i]["ms"] * 1e3 for run in runs) for i in (0, 1))
    gain = median(run[0]["ms"] / run[1]["ms"] for run in runs)
    return f"Batch of {BATCH}: {one:.0f} queries a second on one thread, {two:.0f} on two ({gain:.2f}, median of three pairs)."
