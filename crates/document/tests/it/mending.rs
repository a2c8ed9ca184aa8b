//! What an automatic fix may change, and what it leaves to the author: a fix never makes another statement of a text.

use document::finding::{Finding, apply};
use document::lint::{Profile, lint};
use document::resolve::resolve;
use document::source::parse;

const CLEAN: &str = include_str!("texts/clean.md");
const SENTENCE: &str = "康复服务人员应持有资格证书。";

fn found(source: &str) -> Vec<Finding> {
    let document = parse(source).document;
    lint(&document, &resolve(&document), Profile::default())
}

/// The findings of a rule in the clean text with one change.
fn told(rule: &str, from: &str, to: &str) -> Vec<Finding> {
    assert!(CLEAN.contains(from), "{from}");
    let mut all = found(&CLEAN.replacen(from, to, 1));
    all.retain(|finding| finding.rule == rule);
    all
}

/// The same in the clean text's own sentence.
fn said(rule: &str, sentence: &str) -> Vec<Finding> {
    told(rule, SENTENCE, sentence)
}

/// The text when all that may be mended is, again and again.
fn mended(source: &str) -> String {
    let mut source = source.to_owned();
    for _ in 0..8 {
        let told = found(&source);
        let (next, count) = apply(&source, told.iter().filter_map(|finding| finding.fix.as_ref()));
        if count == 0 {
            break;
        }
        source = next;
    }
    source
}

#[test]
fn what_something_cannot_do_is_no_ban() {
    for sentence in [
        "服务保证操作的不可抵赖性。",
        "记录不可识别的算法。",
        "性能应不可预测，应具有不可逆性、不可否认性、不可篡改性。",
        "设备供应事宜可不可由双方商定。",
        "操作员不得不重新登录。",
    ] {
        assert!(said("MOD-02", sentence).is_empty(), "{sentence}");
    }
    for cell in ["不可识别的加密算法", "禁止读操作", "不可用"] {
        let row = format!("| 评价 | {cell} |");
        assert!(told("MOD-02", "| 评价 | — |", &row).is_empty(), "{cell}");
    }
    let term =
        CLEAN
            .replacen("::: 术语 康复服务 {", "::: 术语 禁止区 {", 1)
            .replacen(SENTENCE, "禁止区由机构划定。", 1);
    assert!(found(&term).iter().all(|finding| finding.rule != "MOD-02"));
}

#[test]
fn a_ban_is_told_and_only_its_own_verb_is_rewritten() {
    for (sentence, fixed) in [
        ("康复服务人员不得无证上岗。", true),
        ("设备供应不得中断。", true),
        ("系统应禁止未授权的读取。", false),
        ("场所内禁止吸烟。", true),
        ("水印不可擦除。", true),
        ("设备供应不可中断。", true),
        ("场所内严禁烟火。", true),
    ] {
        let findings = said("MOD-02", sentence);
        assert_eq!(!findings.is_empty(), fixed, "{sentence}");
        for finding in findings {
            assert_eq!(finding.fix.is_some(), sentence.contains("不得"), "{sentence}");
        }
    }
    let row = told("MOD-02", "| 评价 | — |", "| 评价 | 不得超过 24 h |");
    assert!(row.len() == 1 && row[0].fix.is_none());
}

#[test]
fn must_is_rewritten_where_it_is_the_verb() {
    let fix = |sentence: &str| {
        said("MOD-01", sentence)
            .iter()
            .filter(|finding| finding.fix.is_some())
            .count()
    };
    assert_eq!(fix("康复服务人员必须持有资格证书。"), 1);
    for sentence in ["康复服务人员不必须持证。", "必须的文件由机构保存。", "设备应必须完好。"]
    {
        assert_eq!((said("MOD-01", sentence).len(), fix(sentence)), (1, 0), "{sentence}");
    }
    let row = told("MOD-01", "| 评价 | — |", "| 评价 | 必须 |");
    assert!(row.len() == 1 && row[0].fix.is_none());
}

#[test]
fn code_and_links_are_no_prose() {
    assert!(said("MOD-01", "标记 `必须` 由程序写入。").is_empty());
    assert!(said("CIT-03", "标记 `详见` 由程序写入。").is_empty());
    assert!(said("NUM-02", "常量 `24h` 由程序写入。").is_empty());
}

#[test]
fn a_word_that_holds_this_standard_is_another() {
    for sentence in [
        "结果取样本标准偏差。",
        "这是服务的基本标准。",
        "制备本标准溶液。",
        "“本标准”一词见旧版。",
    ] {
        assert!(said("CIT-01", sentence).is_empty(), "{sentence}");
    }
    let portion = said("CIT-01", "本部分由机构保存。");
    assert!(portion.len() == 1 && portion[0].fix.is_none());
    assert!(said("CIT-03", "合同按《示范法》第5.2条订立。").is_empty());
}

#[test]
fn a_mark_goes_behind_code_and_citations_never_into_them() {
    let items = CLEAN.replacen(
        "- 服务前告知；\n- 服务中记录；\n",
        "- `push`\n- 记录见[@GB/T 9999]\n",
        1,
    );
    let text = mended(&items);
    assert!(text.contains("- `push`；\n- 记录见[@GB/T 9999]；\n"), "{text}");
}

#[test]
fn a_sentence_that_says_more_is_not_deleted() {
    let with = |paragraph: &str| CLEAN.replacen("# 范围\n", &format!("# 前言\n\n{paragraph}\n\n# 范围\n"), 1);
    let more = "本文件按照GB/T 1.1—2020的规则起草。本文件与国际标准无关。";
    assert!(mended(&with(more)).contains("本文件与国际标准无关。"));
    let call = "在提交反馈意见时，请附上专利文件。反馈意见寄至秘书处。";
    assert!(mended(&with(call)).contains("寄至秘书处"));
    let listed = CLEAN.replacen(
        "# 规范性引用文件\n",
        "# 规范性引用文件\n\n下列文件是必不可少的：GB/T 29353—2012。\n",
        1,
    );
    assert!(mended(&listed).contains("GB/T 29353—2012"));
}

#[test]
fn notes_that_say_nothing_are_told() {
    let note = "注：资格证书由有关部门颁发。";
    let empty = told("NOT-01", note, "注：");
    assert!(empty.len() == 1 && empty[0].fix.is_none(), "{empty:?}");
    for label in ["备注：", "备注：无"] {
        let field = told("NOT-01", note, label);
        assert!(field.len() == 1 && field[0].fix.is_some(), "{label}: {field:?}");
        let text = mended(&CLEAN.replacen(note, label, 1));
        assert!(!text.contains("备注") && !text.contains("注：\n"), "{text}");
    }
    // What it names stands behind it.
    let before = told("NOT-01", note, "备注：\n\n资格证书由有关部门颁发。");
    assert!(before.len() == 1 && before[0].fix.is_none());
    let before = told("NOT-01", note, "备注：\n\n返回值：资格证书");
    assert!(before[0].fix.is_some());
    // A note requires nothing: this field did.
    let field = told("NOT-01", note, "备注：调用前应登录。");
    assert!(field.len() == 1 && field[0].fix.is_none());
}

#[test]
fn the_forewords_of_2009_are_taken_out() {
    let older = CLEAN.replacen(
        "# 范围\n",
        "# 前言\n\n本标准依据GB/T1.1-2009给出的规则起草。\n\n本标准中的附录A为资料性附录。\n\n# 范围\n",
        1,
    );
    let rules: Vec<&str> = found(&older).iter().map(|finding| finding.rule).collect();
    assert!(rules.contains(&"FWD-02") && rules.contains(&"FWD-03"), "{rules:?}");
    let text = mended(&older);
    assert!(!text.contains("2009") && !text.contains("资料性附录"), "{text}");
    assert!(found(&text).is_empty(), "{:?}", found(&text));
    // An annex that is something else keeps the sentence until somebody looks.
    let other = older.replacen("附录A为资料性附录", "附录A为规范性附录", 1);
    assert!(mended(&other).contains("为规范性附录"));
}

#[test]
fn code_is_no_abbreviation() {
    for line in [
        "#define LR_UNKNOWN_ERROR 0x01",
        "Head::= SEQUENCE OF INTEGER",
        "typedef unsigned char BYTE;",
        "标签的类型为INTEGER。",
        "按GM/T AAAA执行。",
        "返回SFF_SAVE（保存）的结果。",
        "标记 `HACCP` 由程序写入。",
        "体系为HACCP(危害分析)。",
    ] {
        assert!(said("ABB-01", line).is_empty(), "{line}");
    }
    let listed = "HACCP和PKI由机构采用。\n\n### 缩略语\n\nHACCP：危害分析（hazard analysis）\n\n- PKI 公钥基础设施\n\n### 其他\n\n其他。";
    assert!(said("ABB-01", listed).is_empty());
    assert_eq!(said("ABB-01", "按HACCP要求持证。").len(), 1);
}

#[test]
fn hanging_text_gets_the_heading_that_fits_it() {
    let chapter = |text: &str| CLEAN.replacen("# 服务要求\n", &format!("# 服务要求\n\n{text}\n"), 1);
    assert!(mended(&chapter("服务包括人员和记录两个方面。")).contains("# 服务要求\n\n## 概述\n\n服务包括"));
    assert!(mended(&chapter("服务应符合合同。")).contains("## 通用要求\n\n服务应"));
    assert!(mended(&chapter("服务应符合合同。服务由机构提供。")).contains("## 通则\n\n服务应"));
    // It leads in, it only recommends, or somebody typed a number that would move.
    for text in ["服务包括：", "服务宜由机构提供。", "服务按4.1提供。"] {
        let told = told("STR-09", "# 服务要求\n", &format!("# 服务要求\n\n{text}\n"));
        assert!(told.len() == 1 && told[0].fix.is_none(), "{text}");
    }
    let combined = CLEAN.replacen("# 术语和定义\n", "# 术语及缩略语\n", 1);
    let first = found(&combined)
        .into_iter()
        .find(|finding| finding.rule == "STR-01")
        .unwrap();
    assert_eq!(
        combined.lines().nth(first.span.start.line as usize - 1),
        Some("# 术语及缩略语")
    );
}

#[test]
fn a_term_is_used_by_its_synonyms_and_not_repeated() {
    let head = "::: 术语 康复服务 {#t-service en=\"rehabilitation service\"}";
    let synonym = "::: 术语 理疗周期 {#t-service en=\"rehabilitation service\" 许用=\"康复服务\"}";
    assert!(told("TRM-04", head, synonym).is_empty());
    let definition = "为改善功能而提供的专业活动。";
    for opening in ["康复服务是指", "康复服务是", "是指"] {
        let text = mended(&CLEAN.replacen(definition, &format!("{opening}{definition}"), 1));
        assert!(text.contains(&format!("}}\n{definition}")), "{opening}: {text}");
    }
    assert!(
        told("TRM-05", definition, "指为改善功能而提供的活动。")[0]
            .fix
            .is_none()
    );
}

#[test]
fn following_a_document_is_citing_it() {
    let listed = |sentence: &str| {
        let text = CLEAN
            .replacen(
                "# 规范性引用文件\n",
                "# 规范性引用文件\n\n- GB/T 29353　养老机构基本规范\n",
                1,
            )
            .replacen(SENTENCE, sentence, 1);
        let mut all = found(&text);
        all.retain(|finding| finding.rule == "REF-05");
        all
    };
    assert!(listed("服务遵循GB/T 29353，由机构提供。").is_empty());
    assert!(listed("服务应用GB/T 29353。").is_empty());
    for sentence in ["应用层的服务与GB/T 29353有关。", "服务与《GB/T 29353 应用接口》有关。"] {
        let told = listed(sentence);
        assert_eq!(told.len(), 1, "{sentence}");
        assert!(
            told[0].message.text(language::Lang::En).contains("on line 35"),
            "{:?}",
            told[0]
        );
    }
    let entries = |entry: &str| {
        told(
            "REF-03",
            "# 规范性引用文件\n",
            &format!("# 规范性引用文件\n\n- {entry}\n"),
        )
    };
    assert!(entries("GM/T AAAA 安全电子签章密码技术规范")[0].fix.is_some());
    assert!(entries("PKCS#1")[0].fix.is_none());
    assert!(entries("养老机构服务条例").is_empty());
}

#[test]
fn an_empty_cell_is_a_dash_a_group_or_a_form() {
    let table = "| 项目 | 时限 |\n|---|---|\n| 记录 | 24 h |\n| 评价 | — |";
    let text = |rows: &str| mended(&CLEAN.replacen(table, rows, 1));
    let dash = text("| 项目 | 时限 |\n|---|---|\n| 记录 | 24 h |\n| 评价 |  |\n| 回访 ||");
    assert!(dash.contains("| 评价 | — |\n| 回访 | — |"), "{dash}");
    let group = text("| 项目 | 时限 | 备考 |\n|---|---|---|\n| 服务后 |  |  |\n| 记录 | 24 h | 当日 |");
    assert!(group.contains("| 服务后 | < | < |"), "{group}");
    let ditto = text(
        "| 项目 | 时限 | 备考 |\n|---|---|---|\n| 记录 | 24 h | 同左 |\n| 评价 | 同上 | **当日** |\n| 回访 | 同上 | 同上 |",
    );
    assert!(
        ditto.contains("| 记录 | 24 h | 24 h |\n| 评价 | 24 h | **当日** |\n| 回访 | 24 h | 同上 |"),
        "{ditto}"
    );
    let form = "| 项目 | 时限 |\n|---|---|\n| 记录 |  |\n| 评价 |  |";
    assert!(text(form).contains(form));
}

#[test]
fn lists_are_put_in_their_order() {
    let references = CLEAN
        .replacen(
            "# 规范性引用文件\n",
            "# 规范性引用文件\n\n- DB50/T 1—2020　甲\n- GB/T 2912.1—2009　纺织品\n- GB/T 1—2020　乙\n",
            1,
        )
        .replacen(
            SENTENCE,
            "服务应符合[@DB50/T 1—2020]、[@GB/T 2912.1—2009]和[@GB/T 1—2020]的要求。",
            1,
        );
    let text = mended(&references);
    assert!(
        text.contains("- @GB/T 1—2020　乙\n- @GB/T 2912.1—2009　纺织品\n- @DB50/T 1—2020　甲\n"),
        "{text}"
    );
    let symbols = "# 符号\n\n以下符号适用于本规范：\n\n1. b：宽度；\n1. a：长度。\n\n# 服务要求\n";
    let text = mended(&CLEAN.replacen("# 服务要求\n", symbols, 1));
    assert!(text.contains("\n- a：长度。\n- b：宽度；\n"), "{text}");
}

#[test]
fn brackets_dashes_and_ellipses_become_those_of_chinese() {
    let text = mended(&CLEAN.replacen(
        SENTENCE,
        "康复服务人员(专职)应持证，服务包括评估(初次)、训练...等，每次20 min~30 min。",
        1,
    ));
    assert!(
        text.contains("康复服务人员（专职）应持证，服务包括评估（初次）、训练……等，每次20 min～30 min。"),
        "{text}"
    );
    for right in ["按4.1 a)记录。", "采用PDF(A-2a)格式。", "函数f(x)的值由机构给出。"] {
        assert!(said("PUN-01", right).is_empty(), "{right}");
    }
}

#[test]
fn a_trade_name_with_its_footnote_is_right() {
    let sentence = "记录使用某某®软件[^t]。\n\n[^t]: 某某®是某公司产品的商品名。给出这一信息是为了方便本文件的使用者，并不表示对该产品的认可。";
    assert!(said("TRD-01", sentence).is_empty());
    assert_eq!(said("TRD-01", "记录使用某某®软件。").len(), 1);
}

#[test]
fn slips_of_the_hand_are_told() {
    for slip in [
        "服务进行；.使用设备。",
        "服务中，，记录。",
        "记录的的保存。",
        "记录：。",
    ] {
        let told = said("PUN-01", slip);
        assert!(told.len() == 1 && told[0].fix.is_none(), "{slip}: {told:?}");
    }
    let open = "服务结束后由机构保存记录，保存期限由双方商定，并告知服务对象";
    assert_eq!(said("PUN-01", open).len(), 1);
    for right in [
        "达到目的的服务。",
        "的的确确完成。",
        "扩展名为：.docx或.pdf。",
        "返回值：成功，否则失败返回错误码的编号和说明文字",
    ] {
        assert!(said("PUN-01", right).is_empty(), "{right}");
    }
}

#[test]
fn two_tables_have_two_titles() {
    let twice = "::: 表 服务时限 {#tb-again}\n| 项目 | 时限 |\n|---|---|\n| 回访 | 48 h |\n:::\n\n回访时限应符合[](#tb-again)的规定。\n\n服务时限应符合[](#tb-time)的规定。";
    let told = told("FIG-01", "服务时限应符合[](#tb-time)的规定。", twice);
    assert_eq!(told.len(), 1);
}

#[test]
fn typed_numbers_become_references_where_nothing_else_is_meant() {
    let reference = "服务时限应符合[](#tb-time)的规定。";
    let typed = CLEAN.replacen(reference, "服务时限应符合表1的规定。", 1);
    let rules: Vec<&str> = found(&typed).iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["FIG-02", "CIT-03"]);
    assert_eq!(mended(&typed), CLEAN);
    let annex = CLEAN.replacen("记录格式见[](#ax-record)", "记录格式见附录A", 1);
    assert_eq!(mended(&annex), CLEAN);
    for (written, right) in [
        ("服务按第四章提供。", "服务按[](#服务要求)提供。"),
        ("服务按本文件“4.2记录”保存。", "服务按本文件[](#c-record)保存。"),
        ("服务见4.2记录。", "服务见[](#c-record)。"),
        // Another clause has the title, too.
        (
            "服务见本文件“4.2记录”。\n\n### 记录\n\n记录。\n\n### 保存\n\n保存。",
            "服务见本文件[](#c-record)。",
        ),
    ] {
        let text = mended(&CLEAN.replacen(SENTENCE, written, 1));
        assert!(text.contains(right), "{written}: {text}");
    }
}

#[test]
fn a_typed_number_of_nothing_or_of_another_document_is_left() {
    for sentence in [
        "结构如图6.2.2.2所示。",
        "编码如表9所示。",
        "摘要由步骤3）生成。",
        "服务见附录C。",
    ] {
        let told = said("CIT-02", sentence);
        assert!(told.len() == 1 && told[0].fix.is_none(), "{sentence}: {told:?}");
    }
    for sentence in [
        "时限按GB/T 29353—2012的表1执行。",
        "时限按《养老机构基本规范》表1执行。",
        "样品代表1次服务，列表2份。",
        "宽度见1.5 m处。",
        "服务见[表1](#tb-time)。",
        "版本的值为“1.3”。",
    ] {
        let all = found(&CLEAN.replacen(SENTENCE, sentence, 1));
        assert!(
            all.iter().all(|finding| !["CIT-02", "CIT-03"].contains(&finding.rule)),
            "{sentence}: {all:?}"
        );
    }
}
