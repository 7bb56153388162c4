"""Which entries are one substance, and which substances a run may use.

A substance is known by the first block of its InChIKey, else by its name in small letters. The halves
and the absent substances come from a hash of that, so that they never depend on the order of files.
"""
import hashlib
import re

# Entries whose name says less than is known of them.
ALIASES = {"ethanol2": "LFQSCWFLJHTTHZ"}
HALVES = ("develop", "report")


def key(inchikey, name):
    """The identity of an entry; either argument may be missing."""
    block = (inchikey or "").strip().split("-")[0].upper()
    if len(block) == 14:
        return block
    return ALIASES.get(plain(name), plain(name))


def plain(name):
    """A name in small letters with single spaces."""
    return " ".join((name or "").lower().split())


# Stereo prefixes such as (s)-(+)-, dl-, (1r,2s)- and d-(+)-, which the first block does not tell apart.
STEREO = re.compile(r"^(?:\((?:[+-]|\+/-|\d*[rs](?:,\d*[rs])*)\)-|(?:dl|d|l|r|s)-(?=[(a-z0-9]))+")


def flat(name):
    """A plain name without its stereo prefix."""
    return STEREO.sub("", plain(name)) or plain(name)


def united(entries):
    """Keys of (InChIKey, name) pairs: an entry without an InChIKey takes that of its namesake, and
    stereoisomers known by name only are one."""
    known = {flat(name): key(inchikey, name) for inchikey, name in entries if inchikey}
    keys = []
    for inchikey, name in entries:
        own = key(inchikey, name)
        keys.append(own if len(own) == 14 and own.isupper() else known.get(flat(name), flat(name)))
    return keys


def digest(identity):
    return hashlib.sha256(identity.encode("utf-8")).digest()


def half(identity):
    """`develop` or `report`."""
    return HALVES[digest(identity)[0] % 2]


def absent(identity):
    """Whether the smaller library leaves this substance out: about 15 of 100."""
    return digest(identity)[1] < 38
