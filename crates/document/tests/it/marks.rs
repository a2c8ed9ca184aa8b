//! What Word files say by the marks and letters of offices, where no style says anything.

use crate::import::with_body;
use document::import::docx;

fn line(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn bold(text: &str, size: usize) -> String {
    format!("<w:p><w:r><w:rPr><w:b/><w:sz w:val=\"{size}\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

fn table(cells: [&str; 4]) -> String {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", line(text));
    let row = |one: &str, other: &str| format!("<w:tr>{}{}</w:tr>", cell(one), cell(other));
    format!("<w:tbl>{}{}</w:tbl>", row(cells[0], cells[1]), row(cells[2], cells[3]))
}

/// Without names, which are made of titles.
fn source(body: &str) -> String {
    let source = docx(&with_body(body), "甲.files").unwrap().source;
    let mut out = String::new();
    for line in source.lines().filter(|line| !line.is_empty()) {
        out.push_str(line.split_once(" {#").map_or(line, |(words, _)| words));
        out.push('\n');
    }
    out
}

fn lines(texts: &[&str]) -> String {
    texts.iter().map(|text| line(text)).collect()
}

#[test]
fn chapters_with_points_and_the_lists_in_them() {
    let body = lines(&[
        "外包服务商管理制度",
        "1. 目的",
        "为规范外包服务商的选择，制定本制度。",
        "2. 管理要求",
        "2.1 准入条件",
        "外包服务商应具备下列条件：",
        "（1）注册资本不低于500万元；",
        "（2）近三年无重大安全事故。",
        "2.2 考核",
        "低于60分的按2.3处理。",
        "2.3 退出",
        "连续两次低于60分的，终止合同。",
    ]);
    let expected = "+++\ntitle = { zh = [\"外包服务商管理制度\"] }\n+++\n# 目的\n为规范外包服务商的选择，制定本制度。\n# 管理要求\n\
        ## 准入条件\n外包服务商应具备下列条件：\n1. 注册资本不低于500万元；\n1. 近三年无重大安全事故。\n## 考核\n\
        低于60分的按[](#管理要求-退出)处理。\n## 退出\n连续两次低于60分的，终止合同。\n";
    assert_eq!(source(&body), expected);
}

/// The form of GB/T 9704: 一、 （一） 1., and what hangs on it as 附件.
#[test]
fn notices_with_attachments() {
    let head = lines(&[
        "关于加强冬季物流安全的通知",
        "各分公司：",
        "一、提高认识",
        "各单位要充分认识冬季安全形势。",
        "二、落实措施",
        "（一）车辆检查",
        "出车前按附件检查轮胎和制动。",
        "（二）人员培训",
        "1. 开展冰雪路面驾驶培训。",
        "2. 培训后考核。",
        "附件：冬季安全检查表",
        "附件",
        "冬季安全检查表",
    ]);
    let expected = "+++\ntitle = { zh = [\"关于加强冬季物流安全的通知\"] }\n+++\n各分公司：\n# 提高认识\n各单位要充分认识冬季安全形势。\n\
        # 落实措施\n## 车辆检查\n出车前按附件检查轮胎和制动。\n## 人员培训\n{- #落实措施-人员培训-1} 开展冰雪路面驾驶培训。\n\
        {- #落实措施-人员培训-2} 培训后考核。\n附件：冬季安全检查表\n# 附录 冬季安全检查表\n::: 表\n| 项目 | 结果 |\n| --- | --- |\n\
        | 轮胎 | 完好 |\n:::\n";
    assert_eq!(source(&(head + &table(["项目", "结果", "轮胎", "完好"]))), expected);
}

#[test]
fn articles_are_clauses_and_references_follow_them() {
    let body = lines(&[
        "第一章　总则",
        "第一条　为加强访客管理，制定本规定。",
        "第二章　登记",
        "第二条　来访人员应当登记。",
        "第三条　违反本规定第二条的，不予接待；依照《治安管理处罚法》第二条处理的除外。",
    ]);
    let expected = "# 总则\n{- #总则-1} 为加强访客管理，制定本规定。\n# 登记\n{- #登记-1} 来访人员应当登记。\n\
        {- #登记-2} 违反本规定[](#登记-1)的，不予接待；依照《治安管理处罚法》第二条处理的除外。\n";
    assert_eq!(source(&body), expected);
}

#[test]
fn larger_letters_are_headings_and_a_table_before_them_stays_one() {
    let body = [
        bold("夜间巡查作业指导书", 40),
        table(["文件编号", "HS-017", "版本", "B/1"]),
        bold("巡查要求", 32),
        bold("频次", 28),
        line("每2小时巡查一次。"),
        bold("内容", 28),
        line("巡查下列内容："),
        line("①呼吸和体位；"),
        line("②门窗。"),
        bold("记录", 32),
        line("巡查后立即填写记录。"),
    ]
    .concat();
    let body = body.replacen("<w:p>", "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>", 1);
    let expected = "+++\ntitle = { zh = [\"夜间巡查作业指导书\"] }\n+++\n::: 表\n| 文件编号 | HS-017 |\n| --- | --- |\n| 版本 | B/1 |\n:::\n\
        # 巡查要求\n## 频次\n每2小时巡查一次。\n## 内容\n巡查下列内容：\n1. 呼吸和体位；\n1. 门窗。\n# 记录\n巡查后立即填写记录。\n";
    assert_eq!(source(&body), expected);
}
