"""药品冷链配送作业规范: every number is Word's, of multilevel lists on plain paragraphs."""

from paper import Paper


def make(_picture):
    paper = Paper(size=11)
    clauses = paper.list_of(
        [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("decimal", "%1.%2.%3.%4")]
    )
    annex = paper.list_of([("upperLetter", "附录%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")])
    letters = paper.list_of([("lowerLetter", "%1)"), ("decimal", "%2)")])
    dashes = paper.list_of([("bullet", "——"), ("bullet", "●")])
    steps = paper.list_of([("decimal", "（%1）")])
    notes = paper.list_of([("decimal", "注%1：")])

    def title(level, words, **look):
        paper.numbered(paper.heading(level, "", words, **look), clauses, level)

    def clause(level, words):
        return paper.numbered(paper.line(words), clauses, level)

    def item(words, number, level=0):
        paper.numbered(paper.line(words, style="List Paragraph"), number, level)

    paper.edges("Q/JZYY 021—2025", "第 ")
    paper.line("药品冷链配送作业规范", bold=True, size=18, centre=True)
    paper.line("Specification for cold chain delivery of medicines", centre=True)
    title(0, "范围", bold=True)
    paper.line("本文件规定了药品冷链配送的人员、设施设备、作业和记录要求。")
    paper.line("本文件适用于公司承运的冷藏、冷冻药品的城市配送。")
    title(0, "规范性引用文件", bold=True)
    paper.line("下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，仅该日期对应的版本适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。")
    paper.line("GB/T 28842　药品冷链物流运作规范")
    paper.line("GB/T 34399　医药产品冷链物流温控设施设备验证　性能确认技术规范")
    title(0, "术语和定义", bold=True)
    paper.line("GB/T 28842界定的术语和定义适用于本文件。")
    title(0, "人员", bold=True)
    clause(1, "配送员应经过冷链操作培训并考核合格后上岗，每年复训不少于8学时。")
    clause(1, "配送员每次交接时应佩戴工牌，主动出示随货温度记录。")
    title(0, "设施设备", bold=True)
    title(1, "车辆")
    title(2, "温控性能")
    holder = paper.line("冷藏车的车厢温度应能保持在2 ℃～8 ℃，冷冻车的车厢温度应能保持在－25 ℃～－15 ℃。")
    paper.box(holder, "新购车辆应在投入使用前完成满载和空载验证。")
    title(2, "监测装置")
    paper.line("车厢内应至少设置2个温度测点，测点的布置见表1。")
    paper.line("表1 温度测点的布置", centre=True)
    paper.table(
        [
            ["车厢容积", "测点数量", "位置", None],
            [None, None, "高度", "纵向"],
            ["小于10 m³", "2", "货物上部", "前、后各1"],
            ["10 m³～20 m³", "3", "货物上部、中部", "前、中、后各1"],
            ["大于20 m³", "每增加20 m³增加1个", "均匀布置", None],
        ],
        merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (4, 2, 4, 3)],
    )
    number = notes
    item("测点不应布置在出风口正前方。", number)
    item("容积为车厢内部净容积。", number)
    title(1, "保温箱")
    paper.line("保温箱应满足下列要求：")
    item("箱体无破损，密封良好；", letters)
    item("蓄冷剂的数量按季节配置：", letters)
    item("夏季每箱不少于8块；", letters, 1)
    item("冬季每箱不少于4块；", letters, 1)
    item("带有经校准的温度记录仪。", letters)
    title(0, "作业要求", bold=True)
    title(1, "装车")
    paper.line("装车前应完成以下检查：")
    item("车厢预冷至规定温度；", dashes)
    item("核对随货同行单；", dashes)
    item("检查外包装：", dashes)
    item("无潮湿；", dashes, 1)
    item("无挤压。", dashes, 1)
    title(1, "在途")
    clause(2, "在途温度每5 min自动记录一次，超出范围时应在10 min内报警。")
    clause(2, "停车超过15 min时，配送员应检查车厢温度并报告调度。")
    title(1, "交接")
    paper.line("交接按下列步骤进行：")
    item("出示温度记录，由收货人确认；", steps)
    item("逐件核对品名、批号和数量；", steps)
    item("双方在交接单上签字。", steps)
    title(0, "记录", bold=True)
    paper.line("温度记录和交接单应至少保存5年。交接单的格式见附录A。")
    paper.numbered(paper.heading(0, "", "（资料性）交接单", bold=True, centre=True), annex, 0)
    paper.numbered(paper.heading(1, "", "填写要求"), annex, 1)
    paper.line("交接单一式两份，由配送员和收货人各执一份。")
    paper.numbered(paper.heading(1, "", "格式"), annex, 1)
    paper.table(
        [
            ["收货单位", "江州市第一人民医院", "单号", "LL20251104017"],
            ["品名", "批号", "数量", "到货温度"],
            ["人血白蛋白", "202508A12", "40瓶", "4.6 ℃"],
            ["双歧杆菌三联活菌胶囊", "250711", "120盒", "5.1 ℃"],
            ["异常情况：无。", None, None, None],
        ],
        merges=[(4, 0, 4, 3)],
    )
    return paper
