//! Each rule on a clean text that one change breaks: the rule is told, at the place of the change; the clean text is silent.

use document::finding::{Finding, apply};
use document::lint::{Catalogue, Profile, RULES, lint, lint_against};
use document::resolve::resolve;
use document::source::parse;
use language::Lang;
use std::collections::BTreeSet;

const CLEAN: &str = include_str!("texts/clean.md");

fn found(source: &str, profile: Profile) -> Vec<Finding> {
    let document = parse(source).document;
    lint(&document, &resolve(&document), profile)
}

/// The rule, what is changed in the clean text, into what.
const CASES: &[(&str, &str, &str)] = &[
    ("ANX-01", "，记录格式见[](#ax-record)", ""),
    (
        "ANX-03",
        "记录表包括服务对象和服务时间。",
        "## 范围\n\n记录表一。\n\n## 内容\n\n记录表二。",
    ),
    (
        "CIT-01",
        "本文件适用于养老机构的康复服务。",
        "本标准适用于养老机构的康复服务。",
    ),
    (
        "CIT-02",
        "服务时限应符合[](#tb-time)的规定。",
        "服务时限应符合下表的规定，见下表。",
    ),
    ("CIT-03", "记录格式见[](#ax-record)", "记录格式详见[](#ax-record)"),
    (
        "CIT-03",
        "康复服务人员应持有资格证书。",
        "康复服务人员应按第4.2条持有资格证书。",
    ),
    ("COV-01", "ics = [\"03.080.30\"]\n", ""),
    ("COV-02", "DB50/T 1234—2026", "DB50/T 1234-2026"),
    (
        "COV-03",
        "[foreword]\n",
        "replaces = [\"旧版\"]\n[foreword]\nchanges = [\"更改了要求\"]\n",
    ),
    (
        "COV-04",
        "DB50/T 1234—2026\"\nkind = \"规范\"\ntitle = { zh = [\"养老机构\", \"康复服务规范\"], en = [\"Elderly care institutions\", \"Specification for rehabilitation services\"] }",
        "GB/T 1234—2026\"\nkind = \"规范\"\ntitle = { zh = [\"养老机构\", \"康复服务规范\"] }",
    ),
    (
        "COV-06",
        "\"Elderly care institutions\"",
        "\"elderly care institutions\"",
    ),
    ("EQN-02", "w：权重\n", ""),
    (
        "FIG-01",
        "服务时限应符合[](#tb-time)的规定。",
        "服务时限应符合[](#tb-time)的规定。\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n",
    ),
    ("FWD-01", "# 范围\n", "# 前言\n\n起草单位应当保存记录。\n\n# 范围\n"),
    (
        "FWD-03",
        "# 范围\n",
        "# 前言\n\n本文件起草单位：甲单位。\n\n本文件由重庆市民政局提出。\n\n# 范围\n",
    ),
    (
        "FWD-04",
        "# 范围\n",
        "# 前言\n\n请注意本文件的某些内容可能涉及专利。本文件的发布机构不承担识别这些专利的责任。\n\n# 范围\n",
    ),
    (
        "FWD-05",
        "[foreword]\n",
        "replaces = [\"DB50/T 1234—2020\"]\n[foreword]\n",
    ),
    ("FWD-06", "owner = \"重庆市民政局\"\n", ""),
    ("FWD-06", "owner = \"重庆市民政局\"\n", "tc = \"TC90\"\n"),
    (
        "INT-01",
        "# 范围\n",
        "# 引言\n\n养老机构应按本文件提供服务。\n\n# 范围\n",
    ),
    (
        "INT-02",
        "[foreword]\n",
        "[foreword]\npatents = [\"ZL 2020 1 0000001.0\"]\n",
    ),
    (
        "LST-01",
        "康复服务人员应持有资格证书。\n\n康复服务应符合下列要求：\n\n",
        "",
    ),
    ("LST-01", "- 服务后评价。", "- 服务后评价；"),
    ("LST-02", "- 服务前告知；", "- 服务前告知。"),
    ("LST-03", "- 服务中记录；", "- 服务中记录：\n  - 一；\n    - 甲；"),
    (
        "MOD-01",
        "康复服务人员应持有资格证书。",
        "康复服务人员必须持有资格证书。",
    ),
    ("MOD-02", "康复服务人员应持有资格证书。", "康复服务人员不得无证上岗。"),
    (
        "MOD-03",
        "康复服务人员应持有资格证书。",
        "康复服务人员可以持有资格证书。",
    ),
    (
        "MOD-05",
        "康复服务人员应持有资格证书。",
        "康复服务人员应尽量持有资格证书。",
    ),
    (
        "MOD-05",
        "康复服务人员应持有资格证书。",
        "康复服务人员通常应持有资格证书。",
    ),
    (
        "MOD-06",
        "康复服务人员应持有资格证书。",
        "养老机构应有足够的康复服务人员。",
    ),
    (
        "MOD-08",
        "注：资格证书由有关部门颁发。",
        "注：资格证书应由有关部门颁发。",
    ),
    (
        "NAM-01",
        "zh = [\"养老机构\", \"康复服务规范\"]",
        "zh = [\"甲\", \"乙\", \"丙\", \"康复服务规范\"]",
    ),
    ("NAM-02", "\"康复服务规范\"", "\"康复服务规范标准\""),
    ("NAM-03", "\"康复服务规范\"", "\"康复服务\""),
    ("NAM-04", "DB50/T 1234—2026", "DB50/T 1234.2—2026"),
    ("PUN-01", "康复服务的要求，描述了", "康复服务的要求,描述了"),
    (
        "REF-09",
        "康复服务人员应持有资格证书。",
        "康复服务应符合国家有关法律法规。",
    ),
    ("SCP-01", "# 范围\n", "# 总则\n\n总则应明确。\n\n# 范围\n"),
    (
        "SCP-02",
        "本文件适用于养老机构的康复服务。",
        "本文件适用于养老机构的康复服务。养老机构应执行本文件。",
    ),
    ("SCP-03", "本文件适用于养老机构的康复服务。", ""),
    (
        "SCP-03",
        "规定了养老机构康复服务的要求，描述了评价方法",
        "讲的是养老机构康复服务",
    ),
    ("STR-01", "# 规范性引用文件\n", ""),
    (
        "STR-02",
        "# 服务要求\n",
        "# 范围\n\n本文件规定了要求。本文件适用于服务。\n\n# 服务要求\n",
    ),
    (
        "STR-04",
        "## 记录 {#c-record}",
        "### 甲\n\n#### 乙\n\n##### 丙\n\n###### 丁\n\n####### 戊\n\n## 记录 {#c-record}",
    ),
    (
        "STR-07",
        "# 服务要求\n",
        "# 总体要求\n\n{-} 第一个无标题条。\n\n{-} 第二个无标题条。\n\n# 服务要求\n",
    ),
    (
        "STR-05",
        "## 记录 {#c-record}",
        "### 唯一\n\n内容。\n\n## 记录 {#c-record}",
    ),
    ("STR-06", "# 服务要求\n", "# 服务要求\n\n{-} 无标题条的正文。\n"),
    ("STR-09", "# 服务要求\n", "# 服务要求\n\n服务要求分为人员和记录。\n"),
    ("TAB-03", "| 评价 | — |", "| 评价 | 同上 |"),
    ("TAB-03", "| 评价 | — |", "| 评价 |  |"),
    (
        "ABB-01",
        "康复服务人员应持有资格证书。",
        "康复服务人员应按HACCP要求持证。",
    ),
    ("ANX-02", "记录格式见[](#ax-record)", "记录格式应符合[](#ax-record)"),
    (
        "BIB-01",
        "# 附录 记录表 {.资料性 #ax-record}\n\n记录表包括服务对象和服务时间。",
        "# 附录 记录表 {.资料性 #ax-record}\n\n记录表见GB/T 9999。\n\n# 参考文献\n\n- GB/T 8888 某标准",
    ),
    (
        "BIB-02",
        "记录表包括服务对象和服务时间。",
        "记录表包括服务对象和服务时间。\n\n# 参考文献\n\n- GB/T 1.1—2020 标准化工作导则",
    ),
    ("EQN-01", "综合得分按[](#eq-score)计算。", ""),
    ("FIG-02", "服务时限应符合[](#tb-time)的规定。", ""),
    (
        "FWD-02",
        "# 范围\n",
        "# 前言\n\n本文件按照GB/T 1.1—2020的规则起草。\n\n# 范围\n",
    ),
    (
        "FWD-07",
        "[foreword]\n",
        "replaces = [\"DB50/T 1234—2020\"]\n[foreword]\nchanges = [\"更改了要求\"]\n",
    ),
    (
        "LEG-01",
        "康复服务人员应持有资格证书。",
        "服务合同的违约责任由双方约定。",
    ),
    (
        "MOD-04",
        "康复服务人员应持有资格证书。",
        "康复服务人员应可能持有资格证书。",
    ),
    ("MOD-07", "康复服务人员应持有资格证书。", "康复服务人员应符合规章制度。"),
    ("MOD-09", "kind = \"规范\"", "kind = \"指南\""),
    (
        "NUM-01",
        "康复服务人员应持有资格证书。",
        "记录纸的尺寸应为80×25×50 mm。",
    ),
    (
        "NUM-01",
        "康复服务人员应持有资格证书。",
        "室温应为0～10 ℃，水深应为0～10 cm。",
    ),
    ("NUM-01", "康复服务人员应持有资格证书。", "宽度应为80±2 mm。"),
    ("NUM-01", "康复服务人员应持有资格证书。", "湿度应为65±2%。"),
    ("NUM-02", "服务结束后 24 h 内", "服务结束后 24h 内"),
    ("NUM-02", "康复服务人员应持有资格证书。", "室温应为10 °C。"),
    (
        "REF-01",
        "# 规范性引用文件\n",
        "# 规范性引用文件\n\n## 甲\n\n内容一。\n\n## 乙\n\n内容二。\n",
    ),
    (
        "REF-02",
        "# 规范性引用文件\n",
        "# 规范性引用文件\n\n下列文件对于本文件的应用是必不可少的。\n",
    ),
    (
        "REF-03",
        "# 规范性引用文件\n",
        "# 规范性引用文件\n\n- GB/T 2912.1—2009 纺织品。\n",
    ),
    (
        "REF-04",
        "# 规范性引用文件\n",
        "# 规范性引用文件\n\n- DB50/T 1—2020 甲\n- GB/T 2912.1—2009 纺织品\n",
    ),
    (
        "REF-05",
        "# 规范性引用文件\n",
        "# 规范性引用文件\n\n- GB/T 2912.1—2009 纺织品\n",
    ),
    (
        "REF-05",
        "康复服务人员应持有资格证书。",
        "康复服务应符合GB/T 29353的要求。",
    ),
    (
        "REF-06",
        "康复服务人员应持有资格证书。",
        "康复服务应符合[@GB/T 29353, 5.2]的要求。",
    ),
    (
        "REF-07",
        "# 规范性引用文件\n\n# 术语和定义\n\n::: 术语 康复服务 {#t-service en=\"rehabilitation service\"}\n为改善功能而提供的专业活动。\n:::\n\n# 服务要求\n\n## 人员 {#c-people}\n",
        "# 规范性引用文件\n\n- GB/T 29353—2012 养老机构基本规范\n\n# 术语和定义\n\n::: 术语 康复服务 {#t-service en=\"rehabilitation service\"}\n为改善功能而提供的专业活动。\n:::\n\n# 服务要求\n\n## 人员 {#c-people}\n\n康复服务应符合[@GB/T 29353]的要求。\n",
    ),
    (
        "REF-10",
        "康复服务人员应持有资格证书。\n",
        "康复服务应符合[@T/ABC 1—2020]的要求。\n",
    ),
    (
        "REF-11",
        "记录表包括服务对象和服务时间。",
        "记录表包括服务对象和服务时间。\n\n# 参考文献\n\n- ISO 9001:2015 Quality management systems",
    ),
    ("STR-10", "## 记录 {#c-record}", "## 通用要求 {#c-record}"),
    (
        "SYM-01",
        "# 服务要求\n",
        "# 符号\n\n下列符号适用于本文件。\n\n- b：宽度；\n- a：长度。\n\n# 服务要求\n",
    ),
    (
        "TAB-02",
        "| 项目 | 时限 |\n|---|---|",
        "| 项目 | 时限/h | 间隔/h |\n|---|---|---|\n| 甲 | 1 | 2 |",
    ),
    ("COV-05", "dates = {", "dates = { draft = 2026-01-05,"),
    ("COV-05", "DB50/T 1234—2026", "DB50/T XXXX—2026"),
    (
        "COV-05",
        "# 范围\n",
        "# 前言\n\n在提交反馈意见时，请附上有关专利的文件。\n\n# 范围\n",
    ),
    ("LST-04", "- 服务前告知；", "· 服务前告知；"),
    (
        "LST-04",
        "- 服务前告知；\n- 服务中记录；\n- 服务后评价。",
        "1) 服务前告知；\n2) 服务后评价。",
    ),
    ("LST-04", "- 服务前告知；\n", "- 服务前告知：\n  —— 口头；\n"),
    (
        "LST-04",
        "康复服务人员应持有资格证书。",
        "（1）康复服务人员应持有资格证书。",
    ),
    ("NOT-01", "注：资格证书", "备注：资格证书"),
    ("NOT-01", "注：资格证书", "注1、资格证书"),
    ("NOT-01", "注：资格证书", "例如：资格证书"),
    ("STR-03", "# 服务要求\n", "# 6 服务要求\n"),
    ("STR-03", "# 服务要求\n", "# {#need}\n"),
    (
        "TAB-01",
        "| 评价 | — |\n",
        "| 评价 | — |\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n",
    ),
    (
        "TAB-01",
        "服务时限应符合[](#tb-time)的规定。",
        "服务时限应符合[](#tb-time)和表1a的规定。",
    ),
    ("TRD-01", "康复服务人员应持有资格证书。", "记录使用某某®软件。"),
    ("TRM-01", "# 术语和定义\n", "# 术语和定义\n\n以下术语适用。\n"),
    ("TRM-02", " en=\"rehabilitation service\"", ""),
    (
        "TRM-03",
        "为改善功能而提供的专业活动。",
        "为改善功能而提供的专业活动。\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |",
    ),
    ("TRM-04", "::: 术语 康复服务 {", "::: 术语 理疗周期 {"),
    (
        "TRM-05",
        "为改善功能而提供的专业活动。",
        "是指为改善功能而提供的专业活动。",
    ),
    ("TRM-05", "为改善功能而提供的专业活动。", "康复服务应由专业人员提供。"),
    (
        "TRM-06",
        "en=\"rehabilitation service\"",
        "en=\"Rehabilitation service\"",
    ),
    (
        "TRM-07",
        "为改善功能而提供的专业活动。",
        "为改善功能而提供的专业活动。\n\n来源：GB/T 29353，3.1",
    ),
];

/// What a rule says besides, each found first to be unsaid when the rules were read against drafting practice once more.
const MORE_CASES: &[(&str, &str, &str)] = &[
    ("NAM-04", "\"康复服务规范\"", "\"第2部分：康复服务规范\""),
    (
        "FWD-05",
        "[foreword]\n",
        "replaces = [\"DB50/T 1234—2020\"]\n[foreword]\nhistory = [\"2020年首次发布\"]\nchanges = [\"更改了要求\"]\n",
    ),
    (
        "STR-08",
        "# 服务要求\n",
        "# 总体要求\n\n{-} **人员**应持证。\n\n{-} 记录应完整。\n\n# 服务要求\n",
    ),
    ("STR-10", "## 人员 {#c-people}", "## 概述 {#c-people}"),
    (
        "STR-10",
        "## 人员 {#c-people}\n",
        "## 通用要求\n\n服务由机构提供。\n\n## 人员 {#c-people}\n",
    ),
    (
        "SCP-02",
        "本文件适用于养老机构的康复服务。",
        "本文件适用于养老机构的康复服务。按附录A记录。",
    ),
    (
        "REF-09",
        "康复服务人员应持有资格证书。",
        "康复服务应符合《中华人民共和国老年人权益保障法》的规定。",
    ),
    (
        "SYM-01",
        "# 服务要求\n",
        "# 符号\n\n以下符号适用于本规范：\n\n- a：长度；\n- b：宽度。\n\n# 服务要求\n",
    ),
    (
        "SYM-01",
        "# 服务要求\n",
        "# 符号\n\n1. a：长度；\n1. b：宽度。\n\n# 服务要求\n",
    ),
    (
        "SYM-01",
        "# 服务要求\n",
        "# 符号\n\n- a：长度；\n- b：宽度，应实测。\n\n# 服务要求\n",
    ),
    ("MOD-03", "康复服务人员应持有资格证书。", "只准许康复服务人员操作。"),
    ("MOD-03", "康复服务人员应持有资格证书。", "没有可能发生的事不作规定。"),
    (
        "MOD-05",
        "康复服务人员应持有资格证书。",
        "原则上，康复服务人员应持有资格证书。",
    ),
    ("MOD-07", "康复服务人员应持有资格证书。", "康复设备应遵守操作规程。"),
    (
        "MOD-08",
        "注：资格证书由有关部门颁发。",
        "注：资格证书可由有关部门颁发。",
    ),
    (
        "MOD-08",
        "康复服务人员应持有资格证书。",
        "康复服务人员应持有资格证书[^a]。\n\n[^a]: 证书宜每年核对。",
    ),
    ("MOD-09", "# 服务要求\n", "# 基本原则\n\n服务应公平。\n\n# 服务要求\n"),
    ("EQN-02", "S = w x", "S = w x + \\text{加分}"),
    ("NUM-02", "康复服务人员应持有资格证书。", "臭氧浓度应不大于5 ppm。"),
    (
        "PUN-01",
        "康复服务人员应持有资格证书。",
        "康复服务人员(专职)应持有资格证书。",
    ),
    (
        "PUN-01",
        "康复服务人员应持有资格证书。",
        "服务包括评估、训练...应有记录。",
    ),
    ("PUN-01", "康复服务人员应持有资格证书。", "服务--评估和训练--应有记录。"),
    ("PUN-01", "康复服务人员应持有资格证书。", "每次应训练20 min~30 min。"),
];

#[test]
fn the_clean_text_is_silent() {
    for (profile, name) in Profile::ALL {
        let told: Vec<String> = found(CLEAN, profile)
            .iter()
            .map(|finding| {
                format!(
                    "{} {} {}",
                    finding.span.start,
                    finding.rule,
                    finding.message.text(Lang::Zh)
                )
            })
            .collect();
        assert!(told.is_empty(), "{name}: {told:#?}");
    }
}

#[test]
fn each_change_breaks_its_rule() {
    let mut failed = Vec::new();
    for (rule, from, to) in CASES.iter().chain(MORE_CASES) {
        assert!(CLEAN.contains(from), "{rule}: the clean text has no {from}");
        let broken = CLEAN.replacen(from, to, 1);
        let told = found(&broken, Profile::default());
        if !told.iter().any(|finding| finding.rule == *rule) {
            let others: Vec<&str> = told.iter().map(|finding| finding.rule).collect();
            failed.push(format!("{rule} is silent about {to:?}; told: {others:?}"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn an_untitled_clause_that_is_divided_is_told() {
    let mut document = parse(CLEAN).document;
    let chapter = document
        .elements
        .iter_mut()
        .find(|element| element.clause.clauses.len() == 2)
        .unwrap();
    let inner = chapter.clause.clauses[1].clone();
    chapter.clause.clauses[0].heading = None;
    chapter.clause.clauses[0].clauses = vec![inner.clone(), inner];
    let told = lint(&document, &resolve(&document), Profile::default());
    assert!(told.iter().any(|finding| finding.rule == "STR-08"));
}

#[test]
fn each_rule_has_a_case() {
    let tried: BTreeSet<&str> = CASES.iter().map(|(rule, _, _)| *rule).collect();
    // An untitled clause cannot be divided in the source; an import may find it so.
    // Whether an edition holds is known by a catalogue alone.
    let apart = ["STR-08", "REF-08"];
    let untried: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.id)
        .filter(|rule| !tried.contains(rule) && !apart.contains(rule))
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}

#[test]
fn what_a_machine_may_mend_is_mended() {
    let mut source = CLEAN.to_owned();
    for (rule, from, to) in CASES {
        if ["MOD-01", "CIT-01", "LST-02", "PUN-01", "COV-02"].contains(rule) {
            source = source.replacen(from, to, 1);
        }
    }
    let told = found(&source, Profile::default());
    let fixes: Vec<_> = told.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    assert_eq!(fixes.len(), 5, "{:?}", told.iter().map(|f| f.rule).collect::<Vec<_>>());
    let (mended, count) = apply(&source, fixes);
    assert_eq!(count, 5);
    assert_eq!(mended, CLEAN);
}

#[test]
fn a_silence_needs_a_reason_and_reaches_its_clause_alone() {
    let broken = CLEAN.replacen("康复服务人员应持有资格证书。", "康复服务人员必须持有资格证书。", 1);
    let silenced = broken.replacen(
        "康复服务人员必须",
        "<!-- 不查 MOD-01：资格证书由《社会保险法》规定 -->\n\n康复服务人员必须",
        1,
    );
    assert!(found(&silenced, Profile::default()).is_empty());
    let elsewhere = broken.replacen("每次康复服务应", "<!-- 不查 MOD-01：别处 -->\n\n每次康复服务应", 1);
    assert!(found(&elsewhere, Profile::default()).iter().any(|f| f.rule == "MOD-01"));
    let bare = broken.replacen("康复服务人员必须", "<!-- 不查 MOD-01 -->\n\n康复服务人员必须", 1);
    let rules: Vec<&str> = found(&bare, Profile::default()).iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["LNT-01", "MOD-01"]);
}

#[test]
fn a_finding_says_in_which_clause_it_stands() {
    let broken = CLEAN.replacen("康复服务人员应持有资格证书。", "康复服务人员必须持有资格证书。", 1);
    let told = found(&broken, Profile::default());
    assert_eq!((told[0].rule, told[0].clause.as_str()), ("MOD-01", "4.1"));
    assert_eq!(told[0].span.start.column, 7);
}

#[test]
fn profiles_leave_out_what_their_texts_may_say() {
    let older = CLEAN.replacen("本文件适用于", "本标准适用于", 1);
    assert!(found(&older, Profile::Gbt2009).is_empty());
    let strict = CLEAN.replacen("康复服务人员应", "康复服务人员必须", 1);
    assert!(found(&strict, Profile::Construction).is_empty());
    assert_eq!(Profile::parse("gbt1.1-2009"), Some(Profile::Gbt2009));
    assert_eq!(Profile::parse("2020"), None);
}

#[test]
fn words_that_only_hold_a_verb_are_left_alone() {
    let innocent = [
        "记录的保存期限不可逆时注明。",
        "允许偏差为 5%。",
        "意见和建议由服务对象提出。",
        "引用“必须”一词时加引号。",
        "《禁止吸烟条例》另有规定。",
        "投诉应当场答复。",
    ];
    for sentence in innocent {
        let source = CLEAN.replacen("康复服务人员应持有资格证书。", sentence, 1);
        let told: Vec<&str> = found(&source, Profile::default()).iter().map(|f| f.rule).collect();
        assert!(told.iter().all(|rule| !rule.starts_with("MOD")), "{sentence}: {told:?}");
    }
}

#[test]
fn markers_and_labels_that_somebody_typed_are_mended() {
    let typed = CLEAN
        .replacen(
            "- 服务前告知；\n- 服务中记录；\n- 服务后评价。",
            "1) 服务前告知：\na) 口头；\nb) 书面；\n2）服务后评价。",
            1,
        )
        .replacen("注：资格证书", "备注1：资格证书", 1);
    let told = found(&typed, Profile::default());
    let (mended, count) = apply(&typed, told.iter().filter_map(|finding| finding.fix.as_ref()));
    assert_eq!(count, 5);
    assert!(found(&mended, Profile::default()).is_empty(), "{mended}");
    let right = CLEAN.replacen(
        "- 服务前告知；\n- 服务中记录；\n- 服务后评价。",
        "1. 服务前告知：\n   1. 口头；\n   1. 书面；\n1. 服务后评价。",
        1,
    );
    assert_eq!(
        document::source::print(&parse(&mended).document),
        document::source::print(&parse(&right).document)
    );
}

#[test]
fn prose_that_begins_like_a_label_is_left_alone() {
    for sentence in [
        "注意事项由服务人员说明。",
        "例外情形由双方商定。",
        "表示服务时限的表1 a列。",
        "（见表1）服务时限。",
    ] {
        let source = CLEAN.replacen("康复服务人员应持有资格证书。", sentence, 1);
        let told: Vec<&str> = found(&source, Profile::default()).iter().map(|f| f.rule).collect();
        assert!(
            told.iter().all(|rule| !["NOT-01", "LST-04", "TAB-01"].contains(rule)),
            "{sentence}: {told:?}"
        );
    }
}

#[test]
fn what_is_cited_and_holds_no_more_is_told_once() {
    let listed = |number: &str| {
        CLEAN
            .replacen(
                "# 规范性引用文件\n",
                &format!("# 规范性引用文件\n\n- {number}　养老机构基本规范\n"),
                1,
            )
            .replacen(
                "康复服务人员应持有资格证书。",
                &format!("康复服务应符合[@{number}]的要求。记录应符合[@{number}]的要求。"),
                1,
            )
    };
    let (catalogue, unread) = Catalogue::read(
        "number,status,replaced_by\nGB/T 29353—2012,被代替,GB/T 29353—2024\nGB/T 29353-2024,现行,\nGB/T 5000—2001,,\n无编号,现行,\n",
    )
    .unwrap();
    assert_eq!((catalogue.len(), unread.len()), (3, 1));
    assert_eq!((unread[0].line, unread[0].number.as_str()), (5, "无编号"));
    let told = |number: &str, catalogue: &Catalogue| -> Vec<String> {
        let document = parse(&listed(number)).document;
        lint_against(&document, &resolve(&document), Profile::default(), catalogue)
            .iter()
            .map(|finding| format!("{} {}", finding.rule, finding.message.text(Lang::En)))
            .collect()
    };
    let [only] = &told("GB/T 29353—2012", &catalogue)[..] else {
        panic!("{:?}", told("GB/T 29353—2012", &catalogue));
    };
    assert!(only.starts_with("REF-08") && only.contains("GB/T 29353—2024"), "{only}");
    assert!(told("GB/T 29353—2024", &catalogue).is_empty());
    assert!(told("GB/T 29353", &catalogue).is_empty());
    let (ended, _) = Catalogue::read("编号,状态\nGB/T 29353—2012,废止\n").unwrap();
    assert!(told("GB/T 29353", &ended)[0].contains("withdrawn"));
    assert!(Catalogue::read("number\n").is_err());
}

#[test]
fn a_text_names_its_rules_or_its_tier_does() {
    let of = |line: &str| Profile::of_text(&parse(&format!("+++\n{line}\n+++\n")).document.front);
    assert_eq!(of("id = \"T/ABC 1—2026\""), Profile::Group);
    assert_eq!(of("id = \"GB/T 1—2026\""), Profile::Gbt2020);
    assert_eq!(of("profile = \"gbt1.1-2009\""), Profile::Gbt2009);
    let unknown = CLEAN.replacen("kind =", "profile = \"2020\"\nkind =", 1);
    let told = found(&unknown, Profile::default());
    assert_eq!((told[0].rule, told[0].span.start.line), ("LNT-02", 3));
}

#[test]
fn what_only_looks_like_a_fault_is_left_alone() {
    let quiet = |from: &str, to: &str, rule: &str| {
        assert!(CLEAN.contains(from), "{from}");
        let told = found(&CLEAN.replacen(from, to, 1), Profile::default());
        assert!(told.iter().all(|finding| finding.rule != rule), "{to}: {rule}");
    };
    // 指标 is no 指.
    quiet("为改善功能而提供的专业活动。", "指标改善期间的专业活动。", "TRM-05");
    // Abbreviations stand under a fixed sentence, without marks.
    quiet(
        "# 服务要求\n",
        "# 缩略语\n\n- ADL：日常生活活动（activities of daily living）\n- ICF：国际功能分类\n\n# 服务要求\n",
        "LST-01",
    );
    // Marks of data are those of its language.
    let data = "::: 表 服务时限 {#tb-time}\n```表\n项目,证据\n记录,台账:抽样\n```\n:::";
    let table = "::: 表 服务时限 {#tb-time}\n| 项目 | 时限 |\n|---|---|\n| 记录 | 24 h |\n| 评价 | — |\n:::";
    quiet(table, data, "PUN-01");
    // A vocabulary defines for others.
    quiet("kind = \"规范\"", "kind = \"术语\"", "TRM-04");
    // The amended text mentions the table that an amendment replaces.
    let amendment = "+++\namends = \"GB/T 1—2020\"\n+++\n\n# 修改内容\n\n::: 修改 表2 {做法=\"改为\"}\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n:::\n";
    assert!(
        found(amendment, Profile::default())
            .iter()
            .all(|finding| finding.rule != "FIG-02")
    );
}

#[test]
fn a_fix_takes_no_reference_out() {
    let typed = CLEAN
        .replacen(
            "# 规范性引用文件\n",
            "# 规范性引用文件\n\n下列文件对于本文件的应用是必不可少的。\n\nGB/T 29353—2012　养老机构基本规范\n\n{{std}} 无编号的文件\n",
            1,
        )
        .replacen("康复服务人员应持有资格证书。", "康复服务应符合[@GB/T 29353—2012]的要求。", 1);
    let mut source = typed;
    for _ in 0..4 {
        let told = found(&source, Profile::default());
        source = apply(&source, told.iter().filter_map(|finding| finding.fix.as_ref())).0;
    }
    assert!(
        source.contains("- GB/T 29353—2012　养老机构基本规范") && source.contains("{{std}} 无编号的文件"),
        "{source}"
    );
    assert!(!source.contains("应用是必不可少的"));
    let left: Vec<&str> = found(&source, Profile::default())
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(left, ["REF-02"]);
}
