"""JCAMP-DX files of (XY..XY) pairs: all that the data and the made-up spectra need."""
import re

import numpy as np


def read(path):
    """Header (label to text) and the points in rising order of the axis, each abscissa once."""
    head, points = {}, {}
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            label = re.match(r"##([^=]+)=\s*(.*?)\s*$", line)
            if label:
                head[label[1].strip()] = label[2]
                continue
            fields = re.split(r"[,;\s]+", line.strip())
            try:
                points[float(fields[0])] = float(fields[1])
            except (ValueError, IndexError):
                continue
    x = np.array(sorted(points))
    return head, x, np.array([points[at] for at in x])


def write(path, title, kind, yunits, x, y, extra=()):
    """One spectrum; `extra` holds further lines of the header."""
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"##TITLE= {title}\n##JCAMP-DX= 4.24\n##DATA TYPE= {kind}\n")
        out.writelines(f"{line}\n" for line in extra)
        out.write(f"##XUNITS= 1/CM\n##YUNITS= {yunits}\n##XFACTOR= 1\n##YFACTOR= 1\n")
        out.write(f"##FIRSTX= {x[0]:.6g}\n##LASTX= {x[-1]:.6g}\n##NPOINTS= {len(x)}\n##XYPOINTS= (XY..XY)\n")
        out.writelines(f"{a:.7g}, {b:.7g}\n" for a, b in zip(x, y))
        out.write("##END=\n")
