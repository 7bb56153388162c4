"""Checks that files are tagged PDF/A-1a; run by scripts/check-pdfa.

usage: check.py FOLDER_OF_JARS FILE...
"""
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
from pikepdf import Name

PREFLIGHT = "org.apache.pdfbox.preflight.Validator_A1b"
JARS = ["preflight", "xmpbox", "pdfbox2", "fontbox2", "commons-logging", "javax.activation", "jaxb-api"]
# What paints: text, paths, shadings, images and forms.
PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
    "Table TR TH TD Span Quote Note Reference BibEntry Code Link Figure Formula Form".split()
)


class Unavailable(Exception):
    """The validator does not run."""


def preflight(jars, path, followed):
    """What Preflight finds wrong.

    Preflight 2.0 does not follow an indirect reference to a bookmark's destination, which ISO 32000-1, 7.3.10
    allows wherever an object is. `followed` has the numbers of those that were followed here and are sound.
    """
    classes = ":".join(str(Path(jars) / f"{jar}.jar") for jar in JARS)
    run = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-cp", classes, PREFLIGHT, path],
        capture_output=True, text=True, errors="replace", timeout=300, check=False,
    )
    if run.returncode == 0 and "is a valid PDF/A-1b file" in run.stdout:
        return []
    if "is not a valid PDF/A-1b file" not in run.stdout:
        raise Unavailable((run.stderr or run.stdout).strip().splitlines()[:1])
    faults = [line.strip() for line in run.stdout.splitlines()[1:] if line.strip()]
    known = re.compile(r"1\.2\.3 : .*can't convert to Destination COSObject\{(\d+), 0\}$")
    left = [f for f in faults if not ((m := known.search(f)) and int(m[1]) in followed)]
    if not faults:
        left = ["Preflight refuses it without a reason"]
    return [f"Preflight: {fault}" for fault in left]


def destinations(pdf, faults):
    """Numbers of the objects that bookmarks lead to, where they are sound."""
    sound = set()
    pages = {page.obj.objgen for page in pdf.pages}

    def walk(item):
        while item is not None:
            to = item.get("/Dest")
            if to is None or len(to) != 5 or to[1] != Name.XYZ or to[0].objgen not in pages:
                faults.append(f"bookmark {str(item.get('/Title'))!r} leads nowhere")
            else:
                sound.add(to.objgen[0])
            walk(item.get("/First"))
            item = item.get("/Next")

    outlines = pdf.Root.get("/Outlines")
    if outlines is not None:
        walk(outlines.get("/First"))
    return sound


def metadata(pdf, faults):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        said = (meta.get("pdfaid:part"), meta.get("pdfaid:conformance"))
        if said != ("1", "A"):
            faults.append(f"the metadata say PDF/A {said}, expected part 1, conformance A")
        if not meta.get("dc:title") or meta.get("dc:title") != str(pdf.docinfo.get("/Title", "")):
            faults.append("the titles of metadata and document differ or lack")
        for key in ("xmp:CreateDate", "xmp:ModifyDate"):
            if not meta.get(key):
                faults.append(f"the metadata have no {key}")
    if pdf.Root.get("/MarkInfo", {}).get("/Marked") is not True:
        faults.append("MarkInfo does not say that it is tagged")
    if not str(pdf.Root.get("/Lang", "")):
        faults.append("no language")
    for key in ("/AcroForm", "/OpenAction", "/AA"):
        if key in pdf.Root:
            faults.append(f"the catalog has {key}")
    if "/EmbeddedFiles" in pdf.Root.get("/Names", {}):
        faults.append("it holds other files")


def fonts(pdf, faults):
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != Name.Font:
            continue
        name = str(item.get("/BaseFont"))
        if item.get("/Subtype") == Name.Type0:
            if "/ToUnicode" not in item:
                faults.append(f"font {name} does not say which characters it shows")
        else:
            about = item.get("/FontDescriptor", {})
            if not any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                faults.append(f"font {name} is not embedded")


def contents(pdf, faults):
    """Numbers of marked contents by page; everything that paints must be marked or an artifact."""
    marked = set()
    for number, page in enumerate(pdf.pages):
        stack = []
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            if word == "BMC":
                stack.append(str(operands[0]) == "/Artifact")
            elif word == "BDC":
                about = operands[1]
                if isinstance(about, pikepdf.Name):
                    about = page.Resources.Properties[about]
                if "/MCID" in about:
                    place = (page.obj.objgen, int(about.MCID))
                    if place in marked:
                        faults.append(f"page {number + 1}: content {place[1]} is marked twice")
                    marked.add(place)
                stack.append("/MCID" in about or str(operands[0]) == "/Artifact")
            elif word == "EMC":
                stack.pop()
            elif word in PAINTS and not any(stack):
                faults.append(f"page {number + 1}: {word} paints what is neither marked nor an artifact")
                break
    return marked


def structure(pdf, faults):
    """Numbers of marked contents that the tags lead to."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        faults.append("no tags")
        return set()
    roles = root.get("/RoleMap", {})
    led = set()
    headings = []

    def kids(element):
        found = element.get("/K", [])
        return list(found) if isinstance(found, pikepdf.Array) else [found]

    def walk(element, page):
        kind = str(element.S)[1:]
        kind = str(roles.get(f"/{kind}", f"/{kind}"))[1:]
        page = element.get("/Pg", page)
        children = []
        for kid in kids(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == Name.MCR:
                led.add((kid.get("/Pg", page).objgen, int(kid.MCID)))
            elif isinstance(kid, pikepdf.Dictionary):
                children.append(walk(kid, page))
            else:
                led.add((page.objgen, int(kid)))
        if kind not in STANDARD:
            faults.append(f"the tag {kind} is not a standard one")
        if kind == "Figure":
            if not str(element.get("/Alt", "")):
                faults.append("a figure has no description")
            about = element.get("/A", [])
            about = list(about) if isinstance(about, pikepdf.Array) else [about]
            if not any("/BBox" in one for one in about):
                faults.append("a figure does not say where it lies")
        if re.fullmatch(r"H[1-6]", kind):
            headings.append(int(kind[1]))
        if kind == "Table" and set(children) - {"Caption", "TR"}:
            faults.append(f"a table holds {set(children)}")
        if kind == "TR" and (not children or set(children) - {"TH", "TD"}):
            faults.append(f"a row holds {set(children)}")
        if kind == "L" and set(children) - {"LI"}:
            faults.append(f"a list holds {set(children)}")
        return kind

    for kid in kids(root):
        walk(kid, None)
    if headings and headings[0] != 1:
        faults.append("the first heading is not of level 1")
    return led


def check(jars, path):
    faults = []
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PdfError as error:
        return [f"no PDF: {error}"]
    with pdf:
        if pdf.is_encrypted:
            faults.append("it is encrypted")
        followed = destinations(pdf, faults)
        metadata(pdf, faults)
        fonts(pdf, faults)
        marked = contents(pdf, faults)
        led = structure(pdf, faults)
        if marked - led:
            faults.append(f"no tag leads to {len(marked - led)} marked contents")
        if led - marked:
            faults.append(f"tags lead to {len(led - marked)} contents that are not there")
    return preflight(jars, path, followed) + faults


def main():
    jars, paths = sys.argv[1], sys.argv[2:]
    broken = 0
    for path in paths:
        if not Path(path).is_file():
            print(f"{path}: no such file")
            broken += 1
            continue
        try:
            faults = check(jars, path)
        except Unavailable as error:
            print(f"check-pdfa: not checked: Preflight does not run: {error}", file=sys.stderr)
            return 3
        print(f"{path}: {'valid PDF/A-1a' if not faults else 'NOT VALID'}")
        for fault in faults[:20]:
            print(f"  {fault}")
        broken += bool(faults)
    return 1 if broken else 0


sys.exit(main())
