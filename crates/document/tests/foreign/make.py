"""Makes the Word files and their truths from `sources/`; README.md says with which tools."""

import importlib
import shutil
import subprocess
import sys
import tempfile
import zlib
from base64 import b64encode
from pathlib import Path
from struct import pack

import truth

HERE = Path(__file__).parent
SOURCES, FILES, TRUTHS = HERE / "sources", HERE / "files", HERE / "truth"
sys.path.insert(0, str(SOURCES))
WORK = Path(tempfile.mkdtemp())


def picture():
    """Five boxes in a row, as PNG."""
    width, height = 300, 60
    rows = b""
    for y in range(height):
        row = bytearray(b"\xff" * width)
        for box in range(5):
            left = 8 + box * 60
            for x in range(left, left + 40):
                edge = y in (12, 47) or x in (left, left + 39)
                if 12 <= y <= 47 and edge:
                    row[x] = 0
            if y == 30 and box < 4:
                row[left + 40 : left + 60] = bytes(20)
        rows += b"\0" + bytes(row)

    def chunk(name, data):
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def office(source, name, reader=None):
    """By LibreOffice, with a profile of its own."""
    made = WORK / f"{name}{source.suffix}"
    if source != made:
        shutil.copy(source, made)
    call = ["soffice", f"-env:UserInstallation=file://{WORK}/profile", "--headless"]
    call += [f"--infilter={reader}"] if reader else []
    subprocess.run([*call, "--convert-to", "docx:MS Word 2007 XML", "--outdir", FILES, made], check=True)


def pandoc(source, name, *options):
    subprocess.run(["pandoc", *options, source.name, "-o", FILES / f"{name}.docx"], check=True, cwd=SOURCES)


def main():
    FILES.mkdir(exist_ok=True)
    TRUTHS.mkdir(exist_ok=True)
    truths = {}
    shown = WORK / "picture.png"
    shown.write_bytes(picture())

    name = "libreoffice-canteen"
    office(SOURCES / f"{name}.html", name, "HTML (StarWriter)")
    truths[name] = truth.of_html(SOURCES / f"{name}.html")
    for name in ("libreoffice-warehouse", "libreoffice-home-care"):
        flat = SOURCES / f"{name}.fodt"
        filled = WORK / f"{name}.fodt"
        filled.write_text(flat.read_text().replace("@PICTURE@", b64encode(picture()).decode()))
        office(filled, name)
        truths[name] = truth.of_flat(flat)
    name = "libreoffice-data-report"
    text, truths[name] = truth.of_marked(SOURCES / f"{name}.marked.txt")
    (WORK / f"{name}.txt").write_text(text)
    office(WORK / f"{name}.txt", name, "Text (encoded):UTF8,LF,,,")

    name = "pandoc-day-care"
    shutil.copy(shown, SOURCES / f"{name}.png")
    pandoc(SOURCES / f"{name}.md", name)
    (SOURCES / f"{name}.png").unlink()
    pandoc(SOURCES / "pandoc-data-catalogue.md", "pandoc-data-catalogue", "--number-sections", "--toc")
    pandoc(SOURCES / "pandoc-cross-border.md", "pandoc-cross-border")
    for name in (name, "pandoc-data-catalogue", "pandoc-cross-border"):
        truths[name] = truth.of_markdown(SOURCES / f"{name}.md")
    name = "pandoc-property"
    pandoc(SOURCES / f"{name}.html", name, "-f", "html")
    truths[name] = truth.of_html(SOURCES / f"{name}.html", titled=True)

    for module in ("care_quality", "cold_chain", "meal_notice", "grading"):
        name = "python-docx-" + module.replace("_", "-")
        paper = importlib.import_module(f"python_docx_{module}").make(str(shown))
        paper.save(FILES / f"{name}.docx")
        truths[name] = paper.truth

    for name, lines in truths.items():
        truth.write(TRUTHS / f"{name}.tsv", lines)
    shutil.rmtree(WORK)


main()
