//! The text as published.

use std::collections::{BTreeMap, BTreeSet};

use tasklist::{ClaimKind, LeftoverKind, MeasureKey, PassageKind, Places, Role, Sentence, Strength, read};

use crate::truth::{as_row, truth};

#[test]
fn every_row_is_read_without_a_doubt() {
    let Some(truth) = truth("every_row_is_read_without_a_doubt") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    for (task, row) in reading.tasks.iter().zip(&truth.rows) {
        assert_eq!(as_row(task).as_ref(), Some(row));
        assert_eq!(task.doubts, [], "task {:?}", task.number);
    }
    assert_eq!(reading.tasks.len(), 104);
    assert_eq!(reading.doubts, []);
}

#[test]
fn claims_give_the_firm_obligations_of_the_first_list() {
    let Some(truth) = truth("claims_give_the_firm_obligations_of_the_first_list") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<ClaimKind, Vec<u32>> = BTreeMap::new();
    for task in &reading.tasks {
        for claim in &task.claims {
            kinds.entry(claim.claim).or_default().push(task.number.unwrap());
            assert_eq!(claim.places.is_empty(), claim.claim != ClaimKind::Named);
            for place in &claim.places {
                *named.entry(place.as_str()).or_default() += 1;
            }
        }
    }
    // 重庆 28, 成都 15, 南京 14, 广州 11, 北京 and 天津 9, 杭州 4, 上海 and 海南 3; 沈阳 and 武汉 none.
    let expected = [
        ("110000", 9),
        ("120000", 9),
        ("310000", 3),
        ("320100", 14),
        ("330100", 4),
        ("440100", 11),
        ("460000", 3),
        ("500000", 28),
        ("510100", 15),
    ];
    assert_eq!(named, BTreeMap::from(expected));
    assert_eq!(named.values().sum::<usize>(), 96);
    assert_eq!(kinds[&ClaimKind::All], [1, 3, 4, 5, 6, 7, 73, 74, 75, 76, 77, 97, 98]);
    assert_eq!(kinds[&ClaimKind::Willing], [2, 103, 104]);
    assert_eq!(kinds[&ClaimKind::Relevant], [100]);
    assert_eq!(96 + kinds[&ClaimKind::All].len() * 11, 239);
}

#[test]
fn roles_follow_the_parts_and_bundles_are_split() {
    let Some(truth) = truth("roles_follow_the_parts_and_bundles_are_split") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let count = |role: Role| reading.tasks.iter().filter(|task| task.role == Some(role)).count();
    assert_eq!(
        [
            Role::TakePartOrUndertake,
            Role::MakeFirst,
            Role::Coordinate,
            Role::Support
        ]
        .map(count),
        [12, 66, 18, 8]
    );
    let bundles: Vec<u32> = reading
        .tasks
        .iter()
        .filter(|task| !task.topics.is_empty())
        .filter_map(|task| task.number)
        .collect();
    assert_eq!(bundles, [1, 2, 5, 65, 73, 74, 75, 76, 97]);
}

#[test]
fn every_line_is_accounted_for() {
    let Some(truth) = truth("every_line_is_accounted_for") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let written: BTreeSet<u32> = truth
        .text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(_, number)| number)
        .collect();
    let covered = reading.lines_covered();
    assert_eq!(written.difference(&covered).collect::<Vec<_>>(), Vec::<&u32>::new());
    assert_eq!(
        reading
            .leftovers
            .iter()
            .filter(|leftover| leftover.what == LeftoverKind::Unread)
            .count(),
        0
    );
}

#[test]
fn the_original_of_a_task_stands_as_published() {
    let Some(truth) = truth("the_original_of_a_task_stands_as_published") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let lines: Vec<&str> = truth.text.lines().collect();
    for task in &reading.tasks {
        let (first, last) = (task.line.0 as usize, task.line.1 as usize);
        assert_eq!(task.original, lines[first - 1..last].join("\n"));
        assert!(task.original.contains(&task.title), "{}", task.original);
    }
    assert_eq!(reading.tasks[48].original.trim(), "- 49.餐饮住宿英文译写规范(成都)");
}

#[test]
fn the_notice_is_read_by_paragraph() {
    let Some(truth) = truth("the_notice_is_read_by_paragraph") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let first = |kind| reading.notice.first(kind).unwrap();
    assert_eq!(first(PassageKind::DocumentNumber), "商资发〔2024〕314号");
    assert_eq!(first(PassageKind::Date), "2024年12月31日");
    assert_eq!(first(PassageKind::Signers), "商务部市场监管总局");
    assert!(first(PassageKind::Title).ends_with("任务清单（首批）》的通知"));
    assert!(first(PassageKind::Addressees).starts_with("北京市、天津市、"));
    assert!(first(PassageKind::OpinionsTitle).ends_with("若干措施的意见"));
    assert!(reading.list_title.unwrap().text.ends_with("任务清单（首批）"));
}

#[test]
fn the_seventeen_measures_and_both_frames_are_read() {
    let Some(truth) = truth("the_seventeen_measures_and_both_frames_are_read") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let keys: Vec<MeasureKey> = reading.measures.iter().map(|measure| measure.key).collect();
    let expected: Vec<MeasureKey> = std::iter::once(MeasureKey::Overall)
        .chain((1..=17).map(MeasureKey::Numbered))
        .chain([MeasureKey::Safeguard])
        .collect();
    assert_eq!(keys, expected);
    for measure in &reading.measures {
        let joined: String = measure
            .sentences
            .iter()
            .map(|sentence| match sentence {
                Sentence::Action(action) => action.sentence.as_str(),
                Sentence::Statement { sentence, .. } => sentence,
            })
            .collect();
        assert_eq!(
            joined, measure.text,
            "no word of measure {} is lost between its sentences",
            measure.key
        );
        for sentence in &measure.sentences {
            let Sentence::Action(action) = sentence else {
                panic!("{}: {sentence:?}", measure.key)
            };
            assert!(measure.line.0 <= action.line.0 && action.line.1 <= measure.line.1);
            assert!(action.sentence.contains(&action.object) && action.sentence.contains(&action.verb));
            let softer = [
                ("支持", Strength::Support),
                ("鼓励", Strength::Encourage),
                ("探索", Strength::Explore),
            ];
            if let Some((_, strength)) = softer.iter().find(|(word, _)| action.sentence.starts_with(word)) {
                assert_eq!(action.strength, *strength, "{}", action.sentence);
            }
        }
    }
    // The wraps inside (五), (八), (十) and (十七) are joined.
    let text = |number: usize| reading.measures[number].text.as_str();
    assert!(text(5).starts_with("支持试点示范省市主动对标"));
    assert!(text(8).contains("标准化工作建议，试点示范省市商务主管部门应明确"));
    assert!(text(10).ends_with("跨行业标准制修订工作。"));
    assert!(text(17).starts_with("试点示范省市积极配合各业务主管部门工作"));
}

#[test]
fn measures_and_actions_as_a_person_reads_them() {
    let Some(truth) = truth("measures_and_actions_as_a_person_reads_them") else {
        return;
    };
    let reading = read(&truth.text, &Places::default());
    let mut page = String::new();
    for measure in &reading.measures {
        page += &format!(
            "{} | {} | {} | lines {}-{}\n",
            measure.key, measure.part, measure.title, measure.line.0, measure.line.1
        );
        for sentence in &measure.sentences {
            match sentence {
                Sentence::Action(action) => {
                    page += &format!(
                        "  {} {:?} {:?} ({:?}) [{}-{}]\n    {}｜{}\n    = {}\n",
                        action.ordinal,
                        action.strength,
                        action.who,
                        action.who_read,
                        action.line.0,
                        action.line.1,
                        action.verb,
                        action.object,
                        action.sentence
                    );
                }
                Sentence::Statement {
                    ordinal,
                    sentence,
                    line,
                } => {
                    page += &format!("  {ordinal} Statement [{}-{}]\n    = {sentence}\n", line.0, line.1);
                }
            }
        }
    }
    insta::assert_snapshot!("measures", page);
}
