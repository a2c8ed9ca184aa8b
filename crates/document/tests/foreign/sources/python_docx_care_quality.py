"""居家护理服务质量报告: headings are told by letters that are bold and larger, by no style and no number."""

from paper import Paper


def make(picture):
    paper = Paper(size=12)
    paper.edges("江州康宁护理服务有限公司", "")
    paper.line("居家护理服务质量报告", bold=True, size=22, centre=True)
    paper.line("2025年第三季度", size=14, centre=True)
    paper.line("编制：质量管理部　　审核：顾明慧　　日期：2025年10月12日", centre=True)

    def first(title):
        paper.heading(0, "", title, bold=True, size=16)

    def second(title):
        paper.heading(1, "", title, bold=True, size=14)

    def third(title):
        paper.heading(2, "", title, bold=True, size=12)

    first("概述")
    paper.line("本报告汇总2025年第三季度居家护理服务的运行情况、质量指标、投诉与不良事件，分析存在的问题，并提出第四季度的改进安排。")
    paper.line("报告数据来自护理服务管理系统，统计期为2025年7月1日至9月30日。")
    first("服务运行情况")
    second("服务对象")
    paper.line("季度末在册服务对象1 286人，比上季度增加74人。其中80岁以上的占61.3%，失能等级为中度及以上的占47.9%。")
    second("服务量")
    paper.line("本季度共完成上门服务23 418人次，计划完成率为97.2%。各类服务的数量见表1。")
    paper.table(
        [
            ["服务类别", "7月", "8月", "9月", "合计"],
            ["基础护理", "3 912", "4 005", "4 120", "12 037"],
            ["康复护理", "1 820", "1 866", "1 934", "5 620"],
            ["伤口与管路护理", "905", "921", "988", "2 814"],
            ["健康指导", "976", "960", "1 011", "2 947"],
            ["合计", "7 613", "7 752", "8 053", "23 418"],
        ]
    )
    paper.line("表1　各类服务的数量（人次）", centre=True)
    second("人员")
    third("队伍结构")
    paper.line("在岗护理员142人，护士38人，康复治疗师11人。护理员中持有养老护理员职业技能等级证书的占88.0%。")
    third("培训")
    paper.line("开展集中培训6次，覆盖175人；开展入户带教54人次。")
    first("质量指标")
    second("指标完成情况")
    paper.line([("结论：", True), ("8项指标中7项达标，准时到达率未达标。", None)])
    paper.line("表2　质量指标完成情况", bold=True, centre=True)
    paper.table(
        [
            ["指标", "目标值", "实际值", "是否达标"],
            ["准时到达率", "≥95%", "93.6%", "否"],
            ["服务计划执行率", "≥95%", "97.2%", "是"],
            ["压力性损伤发生率", "≤0.5%", "0.2%", "是"],
            ["跌倒发生率", "≤0.3%", "0.1%", "是"],
            ["满意度", "≥90%", "94.8%", "是"],
        ]
    )
    paper.line("注：准时到达指在约定时间前后15 min内到达。")
    second("原因分析")
    paper.line("准时到达率未达标的主要原因如下：")
    paper.line("1）8月中旬连续高温，电动车限行，平均在途时间增加9 min；")
    paper.line("2）西城片区护理员离职4人，排班间隔过短；")
    paper.line("3）系统派单没有考虑单向交通。")
    paragraph = paper.line("")
    paragraph.add_run().add_picture(picture, width=2400000)
    paper.line("图1　各片区准时到达率", centre=True)
    first("投诉与不良事件")
    second("投诉")
    paper.line("受理投诉11件，均在3个工作日内答复，投诉人认可10件。")
    second("不良事件")
    third("用药差错")
    paper.line("发生1起，为漏服一次降压药，未造成后果。已修订用药核对流程。")
    third("职业暴露")
    paper.line("发生针刺伤1起，按流程处置并随访，检测结果为阴性。")
    paper.line("重要提示：所有不良事件应在24 h内上报，不应瞒报、迟报。", bold=True)
    first("第四季度改进安排")
    paper.line("1. 在西城片区增配护理员6人，10月底前到岗。")
    paper.line("2. 升级派单规则，11月15日前上线。")
    paper.line("3. 修订《居家护理服务计划管理规定》。")
    return paper
