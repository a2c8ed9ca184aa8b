"""养老机构等级评定规范: a cover by hand, contents by a field, Word's own headings with typed numbers, titles by Caption."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from paper import CENTRE, Paper


def make(picture):
    paper = Paper(size=10.5)
    paper.edges("DB50/T 1999—2025", "")
    for words in ("ICS 03.080.30", "CCS A 12"):
        paper.line(words, kind="cover")
    paper.line("DB50", kind="cover")
    paper.line("重庆市地方标准", centre=True, size=22, bold=True, kind="cover")
    paper.line("DB50/T 1999—2025", centre=True, kind="cover")
    paper.line("养老机构等级评定规范", centre=True, size=26, bold=True, kind="cover")
    paper.line("Specification for grading of elderly care institutions", centre=True, kind="cover")
    paper.line("2025-11-20 发布　　　　　　2026-02-20 实施", centre=True, kind="cover")
    paper.line("重庆市市场监督管理局　发布", centre=True, kind="cover")
    paper.file.add_page_break()
    paper.line("目　次", style="TOC Heading", kind=None)
    contents = paper.line("", kind=None)
    sign(contents, "begin", 'TOC \\o "1-3" \\h \\z \\u')
    for words in ("前言\tI", "1 范围\t1", "2 规范性引用文件\t1", "3 评定原则\t1", "4 等级划分\t1", "5 评定条件\t1"):
        contents.add_run(words)
        contents = paper.line("", kind=None)
    contents.add_run("6 评定程序\t3")
    sign(contents, "end")

    def one(number, title):
        paper.styled(0, number, title, "Heading 1")

    def two(number, title):
        return paper.styled(1, number, title, "Heading 2")

    def three(number, title):
        paper.styled(2, number, title, "Heading 3")

    one("", "前言")
    paper.line("本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。")
    paper.line("本文件由重庆市民政局提出、归口并组织实施。")
    paper.line("本文件起草单位：重庆市养老服务协会、重庆市第三社会福利院。")
    paper.line("本文件主要起草人：范舒、廖长林、魏晓岚。")
    one("1", "范围")
    paper.line("本文件规定了养老机构等级评定的原则、等级划分、评定条件和评定程序。")
    paper.line("本文件适用于依法登记并运营一年以上的养老机构。")
    one("2", "规范性引用文件")
    paper.line("下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，仅该日期对应的版本适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。")
    paper.line("GB/T 35796　养老机构服务质量基本规范")
    paper.line("GB 38600　养老机构服务安全基本规范")
    paper.line("MZ/T 131—2019　养老服务常用图形符号及标志")
    one("3", "评定原则")
    paper.line("等级评定应遵循下列原则：")
    paper.line("自愿申请；", style="List Bullet")
    paper.line("客观公正；", style="List Bullet")
    paper.line("动态管理。", style="List Bullet")
    one("4", "等级划分")
    paper.line("养老机构分为五个等级，从低到高依次为一级、二级、三级、四级、五级。等级与得分的关系见表1。")
    caption(paper, "表", "1", "等级与得分")
    paper.table(
        [
            ["等级", "总分", "各分项得分率", "床位数"],
            ["一级", "≥360", "≥40%", "不限"],
            ["二级", "≥480", "≥50%", "不限"],
            ["三级", "≥600", "≥60%", "≥50"],
            ["四级", "≥720", "≥70%", "≥80"],
            ["五级", "≥900", "≥80%", "≥100"],
        ]
    )
    one("5", "评定条件")
    two("5.1", "环境")
    three("5.1.1", "交通")
    paper.line("机构与最近公交站点的步行距离宜不超过500 m。")
    three("5.1.2", "无障碍")
    paper.line("主要出入口、走廊、电梯和卫生间应为无障碍设计，标志应符合MZ/T 131—2019的规定。")
    two("5.2", "设施设备")
    paper.line("居室的使用面积和床位数应符合表2的规定。")
    caption(paper, "表", "2", "居室的使用面积")
    paper.table(
        [
            ["居室类型", "每床使用面积", None, "每间床位数"],
            [None, "三级", "四级及以上", None],
            ["自理型", "6 m²", "8 m²", "≤3"],
            ["护理型", "6 m²", "7 m²", "≤4"],
        ],
        merges=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)],
    )
    paper.line("注：使用面积不含卫生间和阳台。")
    two("5.3", "运营管理")
    three("5.3.1", "人力资源")
    for words in ("护理员与自理老年人的比例不低于1:15；", "护理员与重度失能老年人的比例不低于1:3；", "护理员每年培训不少于40学时。"):
        paper.line(words, style="List Number")
    three("5.3.2", "安全管理")
    paper.line("安全管理应符合GB 38600的规定，每半年至少开展一次消防演练。")
    two("5.4", "服务")
    paper.line("服务质量应符合GB/T 35796的规定。评分时按下列权重计算：")
    paper.line("权重之和为100%。", style="Quote")
    one("6", "评定程序")
    two("6.1", "总体流程")
    line = paper.line("评定流程包括申请、初审、现场评定、公示和授牌，见", kind=None)
    paper.field(line, "REF _Ref1 \\h", "图 1")
    line.add_run("。")
    paper.truth.append(("paragraph", "评定流程包括申请、初审、现场评定、公示和授牌，见图 1。"))
    line = paper.line("")
    line.alignment = CENTRE
    line.add_run().add_picture(picture, width=2400000)
    caption(paper, "图", "1", "评定流程", "_Ref1")
    two("6.2", "现场评定")
    paper.line("6.2.1 评定小组由3名以上评定员组成，其中至少1名具有护理专业背景。")
    paper.line("6.2.2 现场评定的时间不少于1个工作日。")
    two("6.3", "有效期")
    paper.line("评定结果的有效期为三年。有效期届满前90日内可申请复评。")
    one("附录A", "（规范性）等级评定评分表")
    two("A.1", "评分方法")
    paper.line("评定员按表A.1逐项评分，取算术平均值，修约到一位小数。")
    two("A.2", "评分表")
    caption(paper, "表", "A.1", "评分表", field=False)
    paper.table(
        [
            ["一级指标", "二级指标", "分值", "评分方法"],
            ["环境", "交通便捷度", "20", "现场测量"],
            [None, "无障碍设计", "60", "现场检查，一处不符扣5分"],
            ["设施设备", "居室", "120", "查阅图纸并现场抽查3间"],
            [None, "公共空间", "80", "现场检查"],
            ["服务", "生活照料", "200", "现场观察，访谈5名老年人"],
        ],
        merges=[(1, 0, 2, 0), (3, 0, 4, 0)],
    )
    one("", "参考文献")
    paper.line("[1] GB/T 37276—2018 养老机构等级划分与评定")
    paper.line("[2] 《养老机构管理办法》（民政部令第66号）")
    return paper


def sign(paragraph, kind, code=None):
    """The begin and the end of a field that goes over paragraphs."""
    for what in (kind, "code", "separate") if code else (kind,):
        run = paragraph.add_run()
        if what == "code":
            node = OxmlElement("w:instrText")
            node.text = code
        else:
            node = OxmlElement("w:fldChar")
            node.set(qn("w:fldCharType"), what)
        run._element.append(node)


def caption(paper, word, number, title, bookmark=None, field=True):
    """A title as Word's own dialogue makes it: the number counted by a field."""
    line = paper.line("", style="Caption")
    line.alignment = CENTRE
    if bookmark:
        mark(line, "bookmarkStart", bookmark)
    line.add_run(word + (" " if field else ""))
    if field:
        paper.field(line, f"SEQ {word} \\* ARABIC", number)
    else:
        line.add_run(number)
    if bookmark:
        mark(line, "bookmarkEnd", None)
    line.add_run("　" + title)
    paper.truth.append(("caption", title))


def mark(paragraph, name, bookmark):
    node = OxmlElement(f"w:{name}")
    node.set(qn("w:id"), "77")
    if bookmark:
        node.set(qn("w:name"), bookmark)
    paragraph._p.append(node)
