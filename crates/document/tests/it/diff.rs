//! Two editions: what became of each clause, and of the names of the old one.

use document::diff::{Change, Diff, Edition, What, diff, lines, page};
use document::resolve::resolve;
use document::source::parse;
use language::Lang;

const CLEAN: &str = include_str!("texts/clean.md");

pub fn compare(old: &str, new: &str) -> Diff {
    let (old, new) = (parse(old).document, parse(new).document);
    let (before, after) = (resolve(&old), resolve(&new));
    diff(
        Edition {
            document: &old,
            resolved: &before,
        },
        Edition {
            document: &new,
            resolved: &after,
        },
    )
}

/// What is not the same: change, old numbers, new numbers.
fn told(diff: &Diff) -> Vec<(Change, String, String)> {
    let numbers = |places: &[document::diff::Place]| {
        places
            .iter()
            .map(|place| place.number.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    diff.pairs
        .iter()
        .filter(|pair| pair.change != Change::Same)
        .map(|pair| (pair.change, numbers(&pair.old), numbers(&pair.new)))
        .collect()
}

fn one(change: Change, old: &str, new: &str) -> (Change, String, String) {
    (change, old.to_owned(), new.to_owned())
}

#[test]
fn a_text_is_the_same_as_itself() {
    let diff = compare(CLEAN, CLEAN);
    assert!(told(&diff).is_empty(), "{:?}", told(&diff));
    assert!(
        diff.anchors
            .all()
            .all(|(old, carried)| old == carried.id && carried.confidence > 0.99)
    );
    assert_eq!(
        diff.foreword,
        ["本文件代替DB50/T 1234—2026《养老机构　康复服务规范》，与DB50/T 1234—2026相比，仅有结构调整和编辑性改动。"]
    );
}

#[test]
fn a_clause_put_in_renumbers_and_changes_nothing_else() {
    let new = CLEAN.replacen(
        "## 人员 {#c-people}",
        "## 场地\n\n康复服务场地的面积不应小于30 m^2^。\n\n## 人员 {#c-people}",
        1,
    );
    let diff = compare(CLEAN, &new);
    assert_eq!(told(&diff), [one(Change::Added, "", "4.1")]);
    assert_eq!(diff.foreword[1], "a) 增加了“场地”的要求（见4.1）。");
}

#[test]
fn changes_reach_into_tables_formulas_and_lists() {
    let new = CLEAN
        .replacen("| 记录 | 24 h |", "| 记录 | 12 h |\n| 回访 | 72 h |", 1)
        .replacen("w：权重", "w：权重，取0.4", 1)
        .replacen("S = w x", "S = w x + b", 1)
        .replacen("- 服务中记录；", "- 服务中记录并拍照；", 1);
    let diff = compare(CLEAN, &new);
    assert_eq!(
        told(&diff),
        [one(Change::Changed, "4.1", "4.1"), one(Change::Changed, "4.2", "4.2")]
    );
    let inside: Vec<(What, Change, &str)> = diff
        .pairs
        .iter()
        .flat_map(|pair| &pair.inside)
        .map(|inside| (inside.what, inside.change, inside.place.as_str()))
        .collect();
    assert_eq!(
        inside,
        [
            (What::Item, Change::Changed, "——"),
            (What::Row, Change::Added, "表1 回访"),
            (What::Cell, Change::Changed, "表1 记录 / 时限"),
            (What::Formula, Change::Changed, "公式（1）"),
            (What::Symbol, Change::Changed, "公式（1） w"),
        ]
    );
    assert_eq!(
        diff.foreword[1..],
        [
            "a) 更改了“人员”的要求（见4.1，2026年版的4.1）；",
            "b) 更改了“记录”的要求（见4.2，2026年版的4.2）。"
        ]
    );
}

#[test]
fn notes_marks_and_titles_are_editing() {
    let new = CLEAN
        .replacen("注：资格证书由有关部门颁发。", "注：资格证书由主管部门颁发。", 1)
        .replacen("## 记录 {#c-record}", "## 服务记录 {#c-record}", 1)
        .replacen("应持有资格证书。", "应持有资格的证书。", 1);
    let diff = compare(CLEAN, &new);
    assert_eq!(told(&diff).len(), 2);
    assert!(
        diff.foreword[0].ends_with("仅有结构调整和编辑性改动。"),
        "{:?}",
        diff.foreword
    );
}

const OLD: &str = "# 要求\n\n## 外观\n\n组件的外观应完好，边框无变形，玻璃无裂纹。接线盒应粘接牢固，盒盖应密封，引出线应无破损。\n\n## 尺寸\n\n长度的允许偏差为±1 mm。\n\n## 标志\n\n组件上应有制造商名称和型号。\n\n# 检验\n\n## 型式检验\n\n型式检验每两年进行一次，项目见附录。\n\n## 出厂检验\n\n每件组件出厂前检验外观和标志。\n";

#[test]
fn what_moved_is_found_where_it_went() {
    let new = "# 要求\n\n## 外观\n\n组件的外观应完好，边框无变形，玻璃无裂纹。接线盒应粘接牢固，盒盖应密封，引出线应无破损。\n\n## 尺寸\n\n长度的允许偏差为±1 mm。\n\n# 检验\n\n## 出厂检验\n\n每件组件出厂前检验外观和标志。\n\n## 型式检验\n\n型式检验每两年进行一次，项目见附录。\n\n## 标志\n\n组件上应有制造商名称和型号。\n";
    let diff = compare(OLD, new);
    let told = told(&diff);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.contains(&one(Change::Moved, "1.3", "2.3")), "{told:?}");
    assert!(told.iter().all(|(change, _, _)| *change == Change::Moved), "{told:?}");
    assert!(diff.foreword[0].ends_with("仅有结构调整和编辑性改动。"));
}

#[test]
fn a_clause_that_was_divided_and_two_that_became_one_are_told_as_such() {
    let new = OLD.replacen(
        "组件的外观应完好，边框无变形，玻璃无裂纹。接线盒应粘接牢固，盒盖应密封，引出线应无破损。",
        "组件的外观应完好，边框无变形，玻璃无裂纹。\n\n## 接线盒\n\n接线盒应粘接牢固，盒盖应密封，引出线应无破损。",
        1,
    );
    let divided = compare(OLD, &new);
    assert_eq!(told(&divided), [one(Change::Split, "1.1", "1.1 1.2")]);
    assert!(
        divided.pairs.iter().all(|pair| pair.inside.is_empty()),
        "{:?}",
        divided.pairs
    );
    let merged = compare(&new, OLD);
    assert_eq!(told(&merged), [one(Change::Merged, "1.1 1.2", "1.1")]);
    let inner = OLD.replacen(
        "组件的外观应完好，边框无变形，玻璃无裂纹。接线盒应粘接牢固，盒盖应密封，引出线应无破损。",
        "{-} 组件的外观应完好，边框无变形，玻璃无裂纹。\n\n{-} 接线盒应粘接牢固，盒盖应密封，引出线应无破损。",
        1,
    );
    assert_eq!(
        told(&compare(OLD, &inner)),
        [one(Change::Split, "1.1", "1.1 1.1.1 1.1.2")]
    );
}

#[test]
fn two_editions_in_which_clauses_moved_were_divided_and_reworded_name_each() {
    let new = "# 要求\n\n## 外观\n\n组件的外观应完好，边框无变形，玻璃无裂纹。\n\n## 接线盒\n\n接线盒应粘接牢固，盒盖应密封，引出线应无破损。\n\n## 尺寸\n\n长度的允许偏差为±2 mm。\n\n# 检验\n\n## 型式检验\n\n型式检验每两年进行一次，项目见附录。\n\n## 标志\n\n组件上应有制造商名称和型号。\n\n## 出厂检验\n\n每件组件出厂前检验外观和标志。\n";
    let diff = compare(OLD, new);
    let mut told = told(&diff);
    told.sort_by(|one, other| one.1.cmp(&other.1));
    assert_eq!(
        told,
        [
            one(Change::Split, "1.1", "1.1 1.2"),
            one(Change::Changed, "1.2", "1.3"),
            one(Change::Moved, "1.3", "2.2"),
        ]
    );
    let carried = |id: &str| diff.anchors.carry(id).map(|carried| carried.id.as_str());
    for (old, new) in [
        ("要求-外观", "要求-外观"),
        ("要求-尺寸", "要求-尺寸"),
        ("要求-标志", "检验-标志"),
        ("检验-型式检验", "检验-型式检验"),
        ("检验-出厂检验", "检验-出厂检验"),
    ] {
        assert_eq!(carried(old), Some(new), "{old}");
    }
}

#[test]
fn a_reference_that_follows_its_clause_is_no_change() {
    let old = "# 要求\n\n## 外观 {#look}\n\n外观应完好，检验见[](#test)。\n\n# 检验 {#test}\n\n目视检验。\n";
    let new = old.replacen("# 检验 {#test}", "# 抽样\n\n随机抽样三件。\n\n# 检验 {#test}", 1);
    assert_eq!(told(&compare(old, &new)), [one(Change::Added, "", "第2章")]);
    let other = new.replacen("[](#test)", "[](#look)", 1);
    assert_eq!(told(&compare(&new, &other)), [one(Change::Changed, "1.1", "1.1")]);
}

#[test]
fn terms_and_whole_chapters_are_drafted_once() {
    let new = CLEAN
        .replacen(
            "为改善功能而提供的专业活动。",
            "为改善或者维持功能而提供的专业活动。",
            1,
        )
        .replacen(
            "# 附录 记录表",
            "# 评价\n\n## 方法\n\n评价应每年进行一次。\n\n## 结果\n\n评价结果应公开。\n\n# 附录 记录表",
            1,
        );
    let diff = compare(CLEAN, &new);
    assert_eq!(
        diff.foreword[1..],
        [
            "a) 更改了术语“康复服务”的定义（见3.1，2026年版的3.1）；",
            "b) 增加了“评价”一章（见第5章）。"
        ]
    );
}

#[test]
fn drafts_of_one_text_replace_nothing() {
    let old = CLEAN.replacen("kind =", "stage = \"征求意见稿\"\nkind =", 1);
    let new =
        CLEAN
            .replacen("kind =", "stage = \"送审稿\"\nkind =", 1)
            .replacen("服务结束后 24 h", "服务结束后 12 h", 1);
    assert_eq!(
        compare(&old, &new).foreword,
        [
            "与DB50/T 1234—2026（征求意见稿）相比，除结构调整和编辑性改动外，主要技术变化如下：",
            "a) 更改了“记录”的要求（见4.2，征求意见稿的4.2）。"
        ]
    );
}

#[test]
fn names_inside_of_clauses_are_carried_too() {
    let old = "# 要求\n\n## 外观\n\n外观应完好。\n\n按表判定等级。\n\n| 等级 | 划痕 |\n|---|---|\n| 一级 | 无 |\n| 二级 | 局部 |\n\n注：划痕目视检查。\n\n# 检验\n\n逐件检验外观。\n";
    let new = "# 要求\n\n## 总则\n\n产品应按本章检验合格后出厂。\n\n## 外观质量\n\n外观应完好，标志应清晰。\n\n按表判定等级。\n\n| 等级 | 划痕 |\n|---|---|\n| 一级 | 无 |\n| 二级 | 不多于两处 |\n\n注：划痕目视检查。\n\n# 检验\n\n逐件检验外观。\n";
    let carried = compare(old, new).anchors;
    let to = |id: &str| {
        carried
            .carry(id)
            .map(|carried| (carried.id.as_str(), carried.confidence))
    };
    let sure = |id: &str, new: &str| {
        let (found, confidence) = to(id).unwrap();
        assert_eq!(found, new);
        confidence
    };
    assert!(sure("要求-外观", "要求-外观质量") > 0.5);
    let changed = sure("要求-外观-p1", "要求-外观质量-p1");
    assert!((0.35..1.0).contains(&changed), "{changed}");
    assert!(sure("要求-外观-p2", "要求-外观质量-p2") > 0.99);
    assert!(sure("要求-外观-tb1", "要求-外观质量-tb1") > 0.5);
    assert!(sure("要求-外观-n1-p1", "要求-外观质量-n1-p1") > 0.99);
    assert_eq!(to("没有"), None);
}

#[test]
fn pages_and_lines_show_both_texts_and_escape_them() {
    let new = CLEAN.replacen("服务结束后 24 h 内", "服务结束后 <b>12 h</b> 内", 1);
    let (old, new) = (parse(CLEAN).document, parse(&new).document);
    let (before, after) = (resolve(&old), resolve(&new));
    let (from, to) = (
        Edition {
            document: &old,
            resolved: &before,
        },
        Edition {
            document: &new,
            resolved: &after,
        },
    );
    let diff = diff(from, to);
    let html = page(&diff, from, to, Lang::Zh);
    assert!(
        html.contains("<del>24</del><ins>&lt;b&gt;12</ins> h<ins>&lt;/b&gt;</ins>"),
        "{html}"
    );
    assert!(!html.contains("<b>"));
    assert_eq!(html, page(&diff, from, to, Lang::Zh));
    let told = lines(&diff, Lang::En).join("\n");
    assert!(told.contains("Changed 4.2 记录"), "{told}");
    assert!(told.contains("[-24-]{+<b>12+} h{+</b>+}"), "{told}");
}
