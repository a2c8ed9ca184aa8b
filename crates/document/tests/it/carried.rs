//! Names carried from one edition to the next, in texts that a generator wrote and edited: it knows which clause is which
//! by keys of its own, which the comparison never sees.

use crate::cases;
use crate::diff::compare;
use document::model::{Clause, Document};
use document::source::parse;
use proptest::prelude::*;
use std::collections::HashMap;

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

/// One edit; gives the keys of the clauses whose words or title it changed, and of those that it divided, joined or took
/// away: what is left is unchanged, or moved. `None` where the clause that it fell on does not allow it.
fn edit(clauses: &mut Vec<Made>, dice: &mut Dice, key: &mut usize) -> Option<Vec<usize>> {
    let mut all = Vec::new();
    ways(clauses, &[], &mut all);
    let way = all[dice.roll(all.len())].clone();
    let (&last, above) = way.split_last()?;
    let depth = above.len();
    match dice.roll(10) {
        // Words change.
        0 | 1 => {
            let clause = &mut list(clauses, above)[last];
            if clause.sentences.is_empty() {
                return None;
            }
            let at = dice.roll(clause.sentences.len());
            clause.sentences[at] = dice.sentence();
            Some(vec![clause.key])
        }
        // A number changes.
        2 => {
            let clause = &mut list(clauses, above)[last];
            if !clause.sentences.iter().any(|sentence| sentence.contains("个工作日")) {
                return None;
            }
            for sentence in &mut clause.sentences {
                *sentence = sentence.replace("个工作日", "0个工作日");
            }
            Some(vec![clause.key])
        }
        // A title changes.
        3 => {
            let clause = &mut list(clauses, above)[last];
            clause.title = format!("{}细则", clause.title);
            Some(vec![clause.key])
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
            Some(Vec::new())
        }
        // A clause is taken out.
        5 => {
            let siblings = list(clauses, above);
            if siblings.len() < 3 {
                return None;
            }
            let gone = siblings.remove(last);
            let mut keys = Vec::new();
            print(&[gone], 1, &mut String::new(), &mut keys);
            Some(keys)
        }
        // A clause moves among its siblings.
        6 => {
            let siblings = list(clauses, above);
            let moved = siblings.remove(last);
            let at = dice.roll(siblings.len() + 1);
            siblings.insert(at, moved);
            Some(Vec::new())
        }
        // A clause is divided.
        7 => {
            let title = format!("{}安排", dice.of(&THINGS));
            let siblings = list(clauses, above);
            if siblings[last].sentences.len() < 2 {
                return None;
            }
            *key += 1;
            let rest = siblings[last].sentences.split_off(1);
            let divided = siblings[last].key;
            siblings.insert(
                last + 1,
                Made {
                    key: *key,
                    title,
                    sentences: rest,
                    inner: Vec::new(),
                },
            );
            Some(vec![divided])
        }
        // Two clauses become one.
        8 => {
            let siblings = list(clauses, above);
            let joined = |clause: Option<&Made>| clause.is_some_and(|clause| clause.inner.is_empty());
            if depth == 0 || siblings.len() < 3 || !joined(siblings.get(last)) || !joined(siblings.get(last + 1)) {
                return None;
            }
            let gone = siblings.remove(last + 1);
            siblings[last].sentences.extend(gone.sentences);
            Some(vec![siblings[last].key, gone.key])
        }
        // A clause moves under another chapter.
        _ => {
            if depth != 1 || list(clauses, above).len() < 3 {
                return None;
            }
            let moved = list(clauses, above).remove(last);
            let chapter = dice.roll(clauses.len());
            let inner = &mut clauses[chapter].inner;
            let at = dice.roll(inner.len() + 1);
            inner.insert(at, moved);
            Some(Vec::new())
        }
    }
}

/// Names of unchanged and moved clauses: how many there were, how many of them are others now, how many were carried to
/// the right place.
#[derive(Debug, Default)]
struct Count {
    all: usize,
    renamed: usize,
    right: usize,
}

/// Counts the names of a text edited so many times.
fn carried(seed: u64, edits: usize, count: &mut Count) {
    let mut dice = Dice(seed);
    let mut key = 0;
    let old: Vec<Made> = (0..5 + dice.roll(3)).map(|_| dice.clause(&mut key, 0)).collect();
    let mut new = old.clone();
    let mut touched = Vec::new();
    let mut done = 0;
    while done < edits {
        if let Some(keys) = edit(&mut new, &mut dice, &mut key) {
            touched.extend(keys);
            done += 1;
        }
    }
    let ((mut source, mut keys), (mut new_source, mut new_keys)) = Default::default();
    print(&old, 1, &mut source, &mut keys);
    print(&new, 1, &mut new_source, &mut new_keys);
    let found = compare(&source, &new_source);
    let before = names(&parse(&source).document);
    let after = names(&parse(&new_source).document);
    assert_eq!((before.len(), after.len()), (keys.len(), new_keys.len()));
    let place: HashMap<usize, &String> = new_keys.iter().copied().zip(&after).collect();
    for (key, name) in keys.iter().zip(&before).filter(|(key, _)| !touched.contains(key)) {
        let truth = place.get(key).copied();
        count.all += 1;
        count.renamed += usize::from(truth != Some(name));
        count.right += usize::from(found.anchors.carry(name).map(|carried| &carried.id) == truth);
    }
}

#[test]
fn names_of_unchanged_and_moved_clauses_are_carried() {
    let mut count = Count::default();
    // 500 edits: 100 texts of five each.
    for seed in 0..100 {
        carried(seed * 7919 + 17, 5, &mut count);
    }
    let share = count.right as f64 / count.all as f64;
    println!(
        "500 edits: {} of {} names of unchanged and moved clauses carried right, {:.2} %; {} of them had to become other names",
        count.right,
        count.all,
        share * 100.0,
        count.renamed
    );
    assert!(count.all > 1_500 && count.renamed > 60, "{count:?}");
    assert!(share >= 0.98, "{count:?}");
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
