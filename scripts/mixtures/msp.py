"""MSP files of mass spectra."""


def read(path):
    """Records as (fields, peaks, text): fields by label, peaks as (m/z, intensity)."""
    with open(path, encoding="utf-8", errors="replace") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        fields, peaks, inside = {}, [], False
        for line in block.splitlines():
            if inside:
                parts = line.split()
                if len(parts) >= 2:
                    peaks.append((float(parts[0]), float(parts[1])))
            elif line.startswith("Num Peaks"):
                inside = True
            elif ": " in line:
                label, value = line.split(": ", 1)
                fields.setdefault(label, value.strip())
        if peaks:
            yield fields, peaks, block.strip()


def record(name, peaks):
    """The text of one spectrum that says nothing of its identity."""
    lines = [f"Name: {name}", f"ID: {name}", "Instrument_type: GC-EI-Q", f"Num Peaks: {len(peaks)}"]
    return "\n".join([*lines, *(f"{m} {i:.6g}" for m, i in peaks)]) + "\n\n"
