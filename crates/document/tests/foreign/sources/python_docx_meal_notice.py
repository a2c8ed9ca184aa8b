"""关于印发社区助餐点服务质量检查办法的通知: an official document, its headings in 黑体 and 楷体 and no styles."""

from docx.oxml.ns import qn
from paper import Paper

NOW = "2025-12-08T10:20:00Z"


def make(_picture):
    paper = Paper(face="仿宋", size=16)
    paper.edges("", "— ")

    def first(number, title, level=0):
        paper.heading(level, number, title, gap="", face="黑体")

    def second(number, title, level=1):
        paper.heading(level, number, title, gap="", face="楷体")

    def annex(number, title):
        """The number and the title stand in two lines."""
        paper.line(number, face="黑体", kind=None)
        paper.line(title, face="宋体", bold=True, size=22, centre=True, kind=None)
        paper.truth.append(("heading", "0", number, title))

    paper.line("江州市民政局文件", face="宋体", size=36, centre=True)
    paper.line("江民发〔2025〕38号", centre=True)
    paper.line("江州市民政局关于印发《社区助餐点服务质量检查办法》的通知", face="宋体", bold=True, size=22, centre=True)
    paper.line("各区民政局，各养老服务组织：")
    paper.line("为了规范社区助餐点的服务质量检查，现将《社区助餐点服务质量检查办法》印发给你们，并就有关事项通知如下，请认真贯彻执行。")
    first("一、", "检查范围")
    paper.line("全市享受运营补贴的社区助餐点、老年食堂和中央厨房。")
    first("二、", "检查内容")
    second("（一）", "食品安全")
    paper.line("进货查验、留样、餐具消毒和从业人员健康管理情况。")
    second("（二）", "服务质量")
    line = paper.line("供餐时间、餐食温度、营养搭配和送餐")
    paper.deleted(line, "及时", "孙晓", NOW)
    paper.inserted(line, "准时", "孙晓", NOW)
    line.add_run("情况。")
    paper.truth[-2] = ("paragraph", "供餐时间、餐食温度、营养搭配和送餐准时情况。")
    second("（三）", "补贴资金使用")
    paper.line("补贴资金的申领、使用和公示情况。")
    first("三、", "工作要求")
    paper.line([("（一）加强组织领导。", True), ("各区民政局应当明确分管负责人和经办人，于12月20日前报市民政局养老服务处。", None)])
    paper.line([("（二）严格检查纪律。", True), ("检查人员不得接受被检查单位的宴请和馈赠。", None)])
    paper.line([("（三）注重结果运用。", True), ("检查结果作为补贴发放和星级评定的依据。", None)])
    paper.line("附件：1. 社区助餐点服务质量检查办法")
    paper.line("　　　2. 检查评分表")
    paper.line("江州市民政局")
    paper.line("2025年12月8日")
    paper.line("（此件公开发布）")
    annex("附件1", "社区助餐点服务质量检查办法")
    first("一、", "检查方式", 1)
    paper.line("检查采取“双随机、一公开”方式，每年对每个助餐点至少检查一次。")
    first("二、", "检查程序", 1)
    second("（一）", "抽取对象", 2)
    paper.line("市民政局每季度随机抽取不少于15%的助餐点。")
    second("（二）", "现场检查", 2)
    paper.line("1. 检查组由2人以上组成，出示证件后开展检查。")
    paper.line("2. 检查组按附件2逐项评分，拍照取证。")
    paper.line("3. 检查结束时当场反馈，由负责人签字。")
    second("（三）", "结果公布", 2)
    paper.line("检查结果在10个工作日内通过市民政局网站公布。")
    first("三、", "整改", 1)
    line = paper.line("得分低于70分的，应当在15日内完成整改并申请复查。")
    comment(paper, line, "复查不通过的怎么办？建议写明。")
    annex("附件2", "检查评分表")
    paper.table(
        [
            ["检查项目", "检查要点", "分值", "评分"],
            ["食品安全（50分）", "进货查验记录完整", "15", ""],
            [None, "每餐每样留样不少于125 g", "15", ""],
            [None, "餐具消毒记录完整", "20", ""],
            ["服务质量（40分）", "供餐时间公示并执行", "10", ""],
            [None, "送餐到达时餐食中心温度不低于60 ℃", "20", ""],
            [None, "满意度不低于85%", "10", ""],
            ["资金使用（10分）", "补贴使用情况公示", "10", ""],
            ["合计", None, "100", ""],
        ],
        merges=[(1, 0, 3, 0), (4, 0, 6, 0), (8, 0, 8, 1)],
    )
    paper.line("检查人员：　　　　　　　　　　　　检查日期：")
    return paper


def comment(paper, paragraph, text):
    """A comment, as Word writes one."""
    made = paper.file.add_comment(paragraph.runs, text=text, author="钱卫东", initials="钱")
    made._comment_elm.set(qn("w:date"), NOW)
    paper.truth.append(("comment", text))
