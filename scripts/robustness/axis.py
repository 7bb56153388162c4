"""One disturbance as an axis: its name, its steps, and what it does to a spectrum."""
import zlib
from dataclasses import dataclass

import numpy as np

SEED = 20260101


@dataclass(frozen=True)
class Axis:
    """`change(spectrum, amount, random)` gives the disturbed spectrum, for amounts that grow worse along `steps`.
    `neutral` is the amount that changes nothing, where one does; `log` spaces the steps of a picture by ratio."""

    name: str
    unit: str
    steps: tuple
    change: object
    neutral: float | None = None
    log: bool = False


def luck(axis, identity):
    """Random numbers of one spectrum under one disturbance, the same at every amount and in any order of files."""
    return np.random.default_rng([SEED, zlib.crc32(axis.name.encode()), zlib.crc32(identity.encode())])
