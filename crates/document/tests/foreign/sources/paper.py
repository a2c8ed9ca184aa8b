"""A Word file by python-docx, and what is true of it, written down line by line as it is made."""

import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

# What an annex is, is none of its title.
NATURE = re.compile(r"^（(?:规范性|资料性)）")
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


class Paper:
    def __init__(self, face="宋体", size=12):
        self.file = Document()
        self.truth = []
        self.tables = 0
        self.face = face
        self.size = size

    def line(self, text, style=None, bold=None, size=None, face=None, centre=False, kind="paragraph"):
        """A paragraph; `text` may be runs (text, bold)."""
        runs = [(text, bold)] if isinstance(text, str) else text
        paragraph = self.file.add_paragraph(style=style)
        if centre:
            paragraph.alignment = CENTRE
        for words, heavy in runs:
            run = paragraph.add_run(words)
            if heavy is not None:
                run.bold = heavy
            if size:
                run.font.size = Pt(size)
            if face:
                run.font.name = face
                run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        whole = "".join(words for words, _ in runs)
        if kind and whole:
            self.truth.append((kind, whole))
        return paragraph

    def heading(self, level, number, title, gap="　", **look):
        """`number` is what is typed before the title."""
        self.truth.append(("heading", str(level), number, NATURE.sub("", title)))
        return self.line(f"{number}{gap if number else ''}{title}", kind=None, **look)

    def styled(self, level, number, title, style, gap=" "):
        return self.heading(level, number, title, gap=gap, style=style)

    def table(self, rows, merges=(), style="Table Grid"):
        """Cells that `merges` covers hold None; a merge is (row, column, last row, last column)."""
        grid = self.file.add_table(rows=len(rows), cols=len(rows[0]), style=style)
        self.tables += 1
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                if words is not None:
                    grid.cell(r, c).text = words
                    self.truth.append(("cell", str(self.tables), words))
        for top, left, bottom, right in merges:
            grid.cell(top, left).merge(grid.cell(bottom, right))
        return grid

    def field(self, paragraph, code, shown):
        """A field with what it shows."""
        for part in ("begin", None, "separate", "shown", "end"):
            run = paragraph.add_run(shown if part == "shown" else "")
            if part is None:
                words = OxmlElement("w:instrText")
                words.set(qn("xml:space"), "preserve")
                words.text = f" {code} "
                run._element.append(words)
            elif part != "shown":
                sign = OxmlElement("w:fldChar")
                sign.set(qn("w:fldCharType"), part)
                run._element.append(sign)

    def numbered(self, paragraph, number, level):
        """Puts a paragraph into a list."""
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
        return paragraph

    def list_of(self, levels):
        """A new list of levels (format, text); its number."""
        part = self.file.part.numbering_part.element
        patterns = part.findall(qn("w:abstractNum"))
        pattern = max(int(node.get(qn("w:abstractNumId"))) for node in patterns) + 1
        made = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/></w:lvl>'
            for at, (shape, text) in enumerate(levels)
        )
        node = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{pattern}"><w:multiLevelType w:val="multilevel"/>'
            f"{made}</w:abstractNum>"
        )
        patterns[-1].addnext(node)
        return part.add_num(pattern).numId

    def fresh(self, number):
        """The same list, counted anew."""
        part = self.file.part.numbering_part.element
        pattern = part.num_having_numId(number).abstractNumId.val
        made = part.add_num(pattern)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return made.numId

    def box(self, paragraph, text):
        """A text box that hangs on a paragraph, in the form of Word and in the older one."""
        content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        spaces = (
            nsdecls("w", "wp", "a")
            + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            + ' xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        paragraph._p.append(
            parse_xml(
                f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" '
                f'distL="114300" distR="114300" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" '
                f'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>right</wp:align>'
                f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
                f'<wp:extent cx="2160000" cy="720000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="9" name="box"/>'
                f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
                f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>'
                f"{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
                f'<mc:Fallback><w:pict><v:shape style="width:170pt;height:56pt"><v:textbox>{content}</v:textbox></v:shape>'
                f"</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            )
        )
        self.truth.append(("box", text))

    def deleted(self, paragraph, text, who, when):
        paragraph._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="901" w:author="{who}" w:date="{when}"><w:r><w:delText>{text}</w:delText></w:r>'
                f"</w:del>"
            )
        )
        self.truth.append(("deleted", text))

    def inserted(self, paragraph, text, who, when):
        paragraph._p.append(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="902" w:author="{who}" w:date="{when}"><w:r><w:t>{text}</w:t></w:r></w:ins>'
            )
        )

    def edges(self, header, footer):
        section = self.file.sections[0]
        section.header.paragraphs[0].text = header
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = CENTRE
        paragraph.add_run(footer)
        self.field(paragraph, "PAGE", "1")

    def save(self, path):
        normal = self.file.styles["Normal"]
        normal.font.size = Pt(self.size)
        normal.font.name = "Times New Roman"
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), self.face)
        self.file.save(path)
