"""What is true of each file, read from its source: the importer has no part in it.

Lines of a truth: a kind and, parted by tabs, what it says.

heading    level, number, title   level 0 is an element or a chapter; the number as typed, empty where the program counts
term       number, words          a heading of a term: it may come back as a term or as a heading
cell       table, words           each cell once, where it begins
caption    title                  of a table or figure, without 表1
paragraph, title, cover, box, footnote, comment, deleted    words
"""

import json
import re
import subprocess
import xml.etree.ElementTree as xml
from html.parser import HTMLParser

NUMBER = re.compile(
    r"^(第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|附录 ?[A-Z]|Annex [A-Z]"
    r"|[A-Z]?\.?\d+(?:\.\d+)*\.?)(?=\s|（|[^\d.])\s*"
)
# What an annex is, in one language or two, is none of its title.
NATURE = re.compile(r"(?:Annex [A-Z] )?[（(](?:规范性|资料性|normative|informative)[）)]\s*")
CAPTION = re.compile(r"^(?:[表图]|Table|Figure) ?[A-Z]?\.?\d+(?:\.\d+)*\s*(?:—\s*)?")


def heading(level, text):
    text = text.strip()
    found = NUMBER.match(text)
    number = found.group(1) if found else ""
    title = text[found.end() :].strip() if found else text
    if number.startswith(("附录", "Annex")):
        title = NATURE.sub("", title)
    if level == "term":
        return ("term", number, title)
    return ("heading", str(level), number, title)


def caption(text):
    return ("caption", CAPTION.sub("", text.strip()))


class Page(HTMLParser):
    """HTML whose headings carry their level in `data-l`."""

    def __init__(self, titled):
        super().__init__()
        self.titled = titled
        self.truth, self.open, self.tables, self.body = [], [], 0, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "body":
            self.body = True
        if tag == "title" and self.titled:
            self.body = True
            self.open.append([tag, "title", ""])
        if tag == "table":
            self.tables += 1
        if tag in ("p", "h1", "h2", "h3", "h4", "li", "td", "th", "caption"):
            self.open.append([tag, attributes.get("data-l"), ""])
            # A list item stands before what hangs on it.
            if tag == "li":
                self.truth.append(self.open[-1])

    def handle_data(self, words):
        if self.open and self.body:
            self.open[-1][2] += words

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            return
        line = self.open.pop()
        level, words = line[1], line[2].strip()
        if tag == "li":
            return
        if tag in ("td", "th"):
            self.truth.append(("cell", str(self.tables), words))
        elif tag == "caption" or level == "caption":
            self.truth.append(caption(words))
        elif level == "title":
            self.truth.append(("title", words))
        elif level == "termwords":
            self.truth.append(("term", "", words))
        elif level is not None:
            self.truth.append(heading(level, words))
        else:
            self.truth.append(("paragraph", words))

    def lines(self):
        return [("paragraph", line[2].strip()) if isinstance(line, list) else line for line in self.truth]


def of_html(path, titled=False):
    """`titled` where the tool prints the page's title."""
    page = Page(titled)
    page.feed(path.read_text())
    return [line for line in page.lines() if line[-1] or line[0] == "cell"]


def of_marked(path):
    """Plain text in which `#1 ` stands before a heading of level 1: the text and its truth."""
    text, truth = [], []
    for line in path.read_text().splitlines():
        found = re.match(r"#(\d) (.*)", line)
        text.append(found.group(2) if found else line)
        if found:
            truth.append(heading(found.group(1), found.group(2)))
        elif line.strip():
            truth.append(("paragraph", line.strip()))
    return "\n".join(text) + "\n", truth


SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}


def tag(name):
    space, local = name.split(":")
    return "{%s}%s" % (SPACES[space], local)


def of_flat(path):
    """A flat OpenDocument text."""
    body = xml.fromstring(path.read_text()).find(".//office:text", SPACES)
    truth, tables = [], [0]

    def words(node):
        if node.tag in (tag("text:note"), tag("draw:frame"), tag("office:annotation")):
            return ""
        gap = " " if node.tag in (tag("text:tab"), tag("text:s")) else ""
        return gap + (node.text or "") + "".join(words(child) + (child.tail or "") for child in node)

    def beside(node):
        for note in node.iter(tag("text:note-body")):
            truth.append(("footnote", "".join(note.itertext()).strip()))
        for note in node.iter(tag("office:annotation")):
            truth.append(("comment", "".join(note.find("text:p", SPACES).itertext()).strip()))
        for box in node.iter(tag("draw:text-box")):
            truth.append(("box", "".join(box.itertext()).strip()))

    def walk(node, table=None):
        for child in node:
            if child.tag == tag("text:h"):
                level = int(child.get(tag("text:outline-level"))) - 1
                truth.append(heading(level, words(child)))
            elif child.tag == tag("text:p"):
                text, style = words(child).strip(), child.get(tag("text:style-name"))
                if text and style in ("Table", "Figure") or CAPTION.match(text) and style == "C":
                    truth.append(caption(text))
                elif text:
                    truth.append(("title" if style in ("Title", "Subtitle") else "paragraph", text))
                beside(child)
            elif child.tag == tag("table:table"):
                tables[0] += 1
                for cell in child.iter(tag("table:table-cell")):
                    truth.append(("cell", str(tables[0]), "".join(cell.itertext()).strip()))
            elif child.tag == tag("text:tracked-changes"):
                for gone in child.iter(tag("text:deletion")):
                    truth.append(("deleted", gone.find("text:p", SPACES).text))
            elif child.tag != tag("text:table-of-content"):
                walk(child)

    walk(body)
    return truth


def of_markdown(path):
    """Markdown, by the tree that pandoc reads of it."""
    tree = json.loads(
        subprocess.run(["pandoc", "-f", "markdown", "-t", "json", path], check=True, capture_output=True).stdout
    )
    truth, tables = [], [0]

    def words(inlines, notes):
        text = ""
        for inline in inlines:
            kind, inside = inline["t"], inline.get("c")
            if kind == "Str":
                text += inside
            elif kind in ("Space", "SoftBreak"):
                text += " "
            elif kind == "LineBreak":
                text += "\n"
            elif kind == "Note":
                notes.append(inside)
            elif kind in ("Strong", "Emph"):
                text += words(inside, notes)
            elif kind == "Quoted":
                text += "“" + words(inside[1], notes) + "”"
            elif kind == "Link":
                text += words(inside[1], notes)
            elif kind == "Math":
                text += f"${inside[1]}$"
            elif kind == "Image":
                truth.append(caption(words(inside[1], notes)))
            else:
                raise ValueError(kind)
        return text

    def flat(blocks):
        return "\n".join(words(block["c"], []) for block in blocks if block["t"] in ("Para", "Plain"))

    def put(kind, inlines):
        notes = []
        text = words(inlines, notes).strip()
        if text and not re.fullmatch(r"\$[^$]*\$", text):
            truth.append((kind, text))
        for note in notes:
            truth.append(("footnote", flat(note)))

    def walk(blocks):
        for block in blocks:
            kind, inside = block["t"], block.get("c")
            if kind == "Header":
                level = dict(inside[1][2]).get("l", inside[0] - 1)
                truth.append(heading(level, words(inside[2], [])))
            elif kind in ("Para", "Plain"):
                put("paragraph", inside)
            elif kind == "BulletList":
                for item in inside:
                    walk(item)
            elif kind == "OrderedList":
                for item in inside[1]:
                    walk(item)
            elif kind == "BlockQuote":
                walk(inside)
            elif kind == "CodeBlock":
                truth.append(("paragraph", inside[1]))
            elif kind == "DefinitionList":
                for term, meanings in inside:
                    truth.append(("term", "", words(term, [])))
                    for meaning in meanings:
                        walk(meaning)
            elif kind == "Table":
                tables[0] += 1
                truth.append(caption(flat(inside[1][1])) if inside[1][1] else ("paragraph", ""))
                rows = inside[3][1] + [row for part in inside[4] for row in part[2] + part[3]] + inside[5][1]
                for row in rows:
                    for cell in row[1]:
                        truth.append(("cell", str(tables[0]), flat(cell[4])))
            else:
                raise ValueError(kind)

    for name in ("title", "subtitle", "author", "date", "abstract"):
        value = tree["meta"].get(name)
        if value and value["t"] == "MetaInlines":
            truth.append(("title", words(value["c"], [])))
        elif value:
            truth.append(("title", flat(value["c"])))
    walk(tree["blocks"])
    return [line for line in truth if line[-1] or line[0] in ("cell", "heading")]


def write(path, lines):
    """Breaks in a line are written as ⏎."""
    path.write_text("".join("\t".join(part.replace("\n", "⏎").replace("\t", " ") for part in line) + "\n" for line in lines))
