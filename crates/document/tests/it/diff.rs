//! Two editions: what became of each clause, and of the names of the old one.

use crate::cases;
use document::diff::{Change, Diff, Edition, What, diff, lines, page};
use document::model::{Clause, Document};
use document::resolve::resolve;
use document::source::parse;
use language::Lang;
use proptest::prelude::*;
use std::collections::HashMap;

const CLEAN: &str = include_str!("texts/clean.md");

fn compare(old: &str, new: &str) -> Diff {
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

/// A clause that an edit may do something to; its key stays with it.
#[derive(Debug, Clone)]
struct Made {
    key: usize,
    title: String,
    sentences: Vec<String>,
    inner: Vec<Made>,
}

const THINGS: [&str; 24] = [
    "外观", "尺寸", "标志", "包装", "运输", "贮存", "人员", "场地", "设备", "记录", "档案", "投诉", "培训", "消毒",
    "预约", "估价", "搬运", "交接", "回访", "评价", "改进", "公示", "应急", "隐私",
];
const WHO: [&str; 10] = [
    "服务机构",
    "上门人员",
    "管理者",
    "委托方",
    "检测人员",
    "主管部门",
    "用户",
    "回收站点",
    "运营单位",
    "评价小组",
];
const DO: [&str; 14] = [
    "应当场核对",
    "应书面告知",
    "应逐项登记",
    "宜定期复核",
    "应妥善保存",
    "不应擅自更改",
    "应如实填写",
    "宜公开说明",
    "应及早通知",
    "应按月汇总",
    "可委托办理",
    "应两人在场确认",
    "应拍照留存",
    "宜分级处置",
];
const WHAT: [&str; 16] = [
    "预约单和身份证明",
    "检测结果和成色等级",
    "运输路线和到达时间",
    "贮存温度和湿度",
    "消毒剂的浓度和用量",
    "投诉的内容和处理意见",
    "培训的课时和考核成绩",
    "回收凭证的编号",
    "估价依据和当月基准价",
    "个人信息的使用范围",
    "应急物资的数量",
    "档案的保存期限",
    "包装材料的厚度",
    "标志的位置和字号",
    "设备的校准证书",
    "满意度调查的样本",
];

/// Numbers of one seed: the text is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.roll(words.len())]
    }

    fn sentence(&mut self) -> String {
        let (who, does, what, days) = (self.of(&WHO), self.of(&DO), self.of(&WHAT), 1 + self.roll(30));
        match self.roll(3) {
            0 => format!("{who}{does}{what}。"),
            1 => format!("{who}在{days}个工作日内{does}{what}。"),
            _ => format!("涉及{}时，{who}{does}{what}，保存期不少于{days}年。", self.of(&THINGS)),
        }
    }

    fn clause(&mut self, key: &mut usize, depth: usize) -> Made {
        *key += 1;
        let own = *key;
        let title = format!("{}{}", self.of(&THINGS), ["", "管理", "要求", "控制"][self.roll(4)]);
        let inner = if depth == 0 {
            (0..2 + self.roll(4)).map(|_| self.clause(key, depth + 1)).collect()
        } else if depth == 1 && self.roll(5) == 0 {
            (0..2 + self.roll(2)).map(|_| self.clause(key, depth + 1)).collect()
        } else {
            Vec::new()
        };
        let sentences = if inner.is_empty() {
            (0..=self.roll(3)).map(|_| self.sentence()).collect()
        } else {
            Vec::new()
        };
        Made {
            key: own,
            title,
            sentences,
            inner,
        }
    }
}

fn print(clauses: &[Made], depth: usize, source: &mut String, keys: &mut Vec<usize>) {
    for clause in clauses {
        keys.push(clause.key);
        source.push_str(&format!("{} {}\n\n", "#".repeat(depth), clause.title));
        if !clause.sentences.is_empty() {
            source.push_str(&format!("{}\n\n", clause.sentences.concat()));
        }
        print(&clause.inner, depth + 1, source, keys);
    }
}

/// The names that reading gave, in reading order.
fn names(document: &Document) -> Vec<String> {
    fn clause(one: &Clause, names: &mut Vec<String>) {
        names.push(one.id.as_str().to_owned());
        for below in &one.clauses {
            clause(below, names);
        }
    }
    let mut names = Vec::new();
    for element in &document.elements {
        clause(&element.clause, &mut names);
    }
    names
}

/// Every list of clauses that could be edited, as ways from the top.
fn ways(clauses: &[Made], way: &[usize], found: &mut Vec<Vec<usize>>) {
    for (index, clause) in clauses.iter().enumerate() {
        let mut own = way.to_vec();
        own.push(index);
        ways(&clause.inner, &own, found);
        found.push(own);
    }
}

fn list<'m>(clauses: &'m mut Vec<Made>, way: &[usize]) -> &'m mut Vec<Made> {
    match way {
        [] => clauses,
        [first, rest @ ..] => list(&mut clauses[*first].inner, rest),
    }
}

/// One edit; gives the keys whose words it changed or that it took away, and those that it cut.
fn edit(clauses: &mut Vec<Made>, dice: &mut Dice, key: &mut usize) -> Vec<usize> {
    let mut all = Vec::new();
    ways(clauses, &[], &mut all);
    let way = all[dice.roll(all.len())].clone();
    let Some((&last, above)) = way.split_last() else {
        return Vec::new();
    };
    let depth = above.len();
    match dice.roll(8) {
        // Words change.
        0 | 1 => {
            let clause = &mut list(clauses, above)[last];
            if clause.sentences.is_empty() {
                return Vec::new();
            }
            let at = dice.roll(clause.sentences.len());
            clause.sentences[at] = dice.sentence();
            vec![clause.key]
        }
        // A number changes.
        2 => {
            let clause = &mut list(clauses, above)[last];
            for sentence in &mut clause.sentences {
                *sentence = sentence.replace("个工作日", "0个工作日");
            }
            vec![clause.key]
        }
        // A title changes.
        3 => {
            let clause = &mut list(clauses, above)[last];
            clause.title = format!("{}细则", clause.title);
            vec![clause.key]
        }
        // A clause is put in.
        4 => {
            let new = dice.clause(key, depth.max(1));
            let siblings = list(clauses, above);
            if depth == 0 {
                let mut chapter = new.clone();
                *key += 1;
                chapter.key = *key;
                chapter.inner = vec![new, dice.clause(key, 2)];
                chapter.sentences = Vec::new();
                siblings.insert(last, chapter);
            } else {
                siblings.insert(last, new);
            }
            Vec::new()
        }
        // A clause is taken out.
        5 => {
            let siblings = list(clauses, above);
            if siblings.len() < 3 {
                return Vec::new();
            }
            let gone = siblings.remove(last);
            let mut keys = Vec::new();
            print(&[gone], 1, &mut String::new(), &mut keys);
            keys
        }
        // A clause moves among its siblings, or under another chapter.
        6 => {
            let siblings = list(clauses, above);
            let moved = siblings.remove(last);
            let at = dice.roll(siblings.len() + 1);
            siblings.insert(at, moved);
            Vec::new()
        }
        _ => {
            if depth != 1 || list(clauses, above).len() < 3 {
                return Vec::new();
            }
            let moved = list(clauses, above).remove(last);
            let chapter = dice.roll(clauses.len());
            let inner = &mut clauses[chapter].inner;
            let at = dice.roll(inner.len() + 1);
            inner.insert(at, moved);
            Vec::new()
        }
    }
}

/// How many names of unchanged and moved clauses there were, and how many were carried to the right place, in a text
/// edited by so many strokes.
fn carried(seed: u64, strokes: usize) -> (usize, usize) {
    let mut dice = Dice(seed);
    let mut key = 0;
    let old: Vec<Made> = (0..5 + dice.roll(3)).map(|_| dice.clause(&mut key, 0)).collect();
    let mut new = old.clone();
    let mut touched = Vec::new();
    for _ in 0..strokes {
        touched.extend(edit(&mut new, &mut dice, &mut key));
    }
    let ((mut source, mut keys), (mut new_source, mut new_keys)) = Default::default();
    print(&old, 1, &mut source, &mut keys);
    print(&new, 1, &mut new_source, &mut new_keys);
    let found = compare(&source, &new_source);
    let before = names(&parse(&source).document);
    let after = names(&parse(&new_source).document);
    assert_eq!((before.len(), after.len()), (keys.len(), new_keys.len()));
    let place: HashMap<usize, &String> = new_keys.iter().copied().zip(&after).collect();
    let mut count = (0, 0);
    for (key, name) in keys.iter().zip(&before).filter(|(key, _)| !touched.contains(key)) {
        count.0 += 1;
        let right = found.anchors.carry(name).map(|carried| &carried.id) == place.get(key).copied();
        count.1 += usize::from(right);
    }
    count
}

#[test]
fn names_of_unchanged_and_moved_clauses_are_carried() {
    let mut sum = (0, 0);
    // 500 edits: 100 texts of five strokes each.
    for seed in 0..100 {
        let (all, right) = carried(seed * 7919 + 17, 5);
        sum = (sum.0 + all, sum.1 + right);
    }
    let share = sum.1 as f64 / sum.0 as f64;
    assert!(sum.0 > 1500, "{sum:?}");
    assert!(share >= 0.98, "{} of {} names carried: {share:.4}", sum.1, sum.0);
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_two_texts_compare_and_every_unit_is_told_once(seed in any::<u64>(), strokes in 0_usize..40) {
        let mut dice = Dice(seed);
        let mut key = 0;
        let old: Vec<Made> = (0..3).map(|_| dice.clause(&mut key, 0)).collect();
        let mut new = old.clone();
        for _ in 0..strokes {
            edit(&mut new, &mut dice, &mut key);
        }
        let (mut source, mut new_source) = (String::new(), String::new());
        print(&old, 1, &mut source, &mut Vec::new());
        print(&new, 1, &mut new_source, &mut Vec::new());
        let found = compare(&source, &new_source);
        let mut told_old: Vec<&str> = found.pairs.iter().flat_map(|pair| &pair.old).map(|place| place.id.as_str()).collect();
        let mut told_new: Vec<&str> = found.pairs.iter().flat_map(|pair| &pair.new).map(|place| place.id.as_str()).collect();
        let mut before = names(&parse(&source).document);
        let mut after = names(&parse(&new_source).document);
        told_old.sort_unstable();
        told_new.sort_unstable();
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(told_old, before);
        prop_assert_eq!(told_new, after);
    }
}
