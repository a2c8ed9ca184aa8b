//! Small pieces of the published text and the traps in them; these run everywhere.

use tasklist::{ClaimKind, Doubt, LineRange, MeasureKey, Places, Reading, Sentence, Strength, Tier, TitleFault, read};

const LOCAL: &str = "一、先行制定经济社会发展急需、当地有工作基础的相关领域地方标准，为全局工作积累经验\n\n(一) 科技创新成果转化应用\n\n";

fn list(rows: &str) -> Reading {
    read(&format!("{LOCAL}{rows}"), &Places::default())
}

/// The rows behind 24 sound ones: the first is number 25 on line 29.
fn list_from_25(rows: &str) -> Reading {
    let sound: Vec<String> = (1..25)
        .map(|number| {
            format!(
                "{number}.甲规范（成都）
"
            )
        })
        .collect();
    let sound = sound.concat();
    let mut reading = list(&format!("{sound}{rows}"));
    reading.tasks.drain(..24);
    reading
}

fn titles(reading: &Reading) -> Vec<(Option<u32>, &str)> {
    reading
        .tasks
        .iter()
        .map(|task| (task.number, task.title.as_str()))
        .collect()
}

#[test]
fn digits_that_begin_a_title_stay_in_it() {
    for rows in [
        "- 28.5G全连接工厂评估指南（重庆）\n- 29.中小企业数字化转型评估规范（重庆）",
        "28.\n5G全连接工厂评估指南（重庆）\n29.中小企业数字化转型评估规范（重\n庆）",
        "28\n.5\nG全连接工厂评估指南(重庆)\n• 29.中小企业数字化转型评估规范（重庆\n）",
        "* ２８．５Ｇ全连接工厂评估指南(重庆)29.中小企业数字化转型评估规范(重庆)",
    ] {
        let reading = list(rows);
        let read = titles(&reading);
        assert_eq!(read.len(), 2, "{rows}");
        assert_eq!(read[1], (Some(29), "中小企业数字化转型评估规范"), "{rows}");
        // A digit alone on a line may be a page number or the title's own: then it is said.
        let whole = read[0] == (Some(28), "5G全连接工厂评估指南");
        let said = reading.tasks[0].doubts.iter().any(|doubt| {
            matches!(
                doubt,
                Doubt::TitleSuspicious {
                    why: TitleFault::BareNumberInside,
                    ..
                }
            )
        });
        assert!(whole || said, "{rows}: {read:?}");
    }
    let reading = list("59.15分钟服务圈建设指南（成都）\n60.\n12345政务服务便民热线服务与管理规范（重庆）");
    assert_eq!(
        titles(&reading),
        [
            (Some(59), "15分钟服务圈建设指南"),
            (Some(60), "12345政务服务便民热线服务与管理规范")
        ]
    );
}

#[test]
fn brackets_of_a_title_are_not_its_places() {
    let reading =
        list("37.会展服务（布展工程）\n临时搭建运营管理规范（成都）\n38.软件即服务(SaaS)及相关标准（各试点示范省市）");
    assert_eq!(reading.tasks[0].title, "会展服务（布展工程）临时搭建运营管理规范");
    assert_eq!(reading.tasks[0].places_as_written, "成都");
    assert_eq!(reading.tasks[1].title, "软件即服务（SaaS）及相关标准");
    assert_eq!(reading.tasks[1].claims[0].claim, ClaimKind::All);
}

#[test]
fn a_lost_number_is_inferred_and_said_and_swallows_nothing() {
    let reading =
        list_from_25("25.未来公园社区创建指南（成都）\n城市“硅巷”建设标准（南京）\n27.智慧会展管理服务规范（成都）");
    assert_eq!(
        titles(&reading),
        [
            (Some(25), "未来公园社区创建指南"),
            (Some(26), "城市“硅巷”建设标准"),
            (Some(27), "智慧会展管理服务规范")
        ]
    );
    assert_eq!(reading.tasks[1].doubts, [Doubt::NumberMissing { line: 30 }]);
    assert_eq!(reading.tasks[1].line, LineRange(30, 30));
    assert_eq!(reading.tasks[2].doubts, []);
}

#[test]
fn rows_that_ran_together_are_said() {
    let reading = list_from_25("25.未来公园社区创建指南（成都）城市建设标准（南京）\n27.智慧会展管理服务规范（成都）");
    let doubts = &reading.tasks[0].doubts;
    assert!(
        doubts.contains(&Doubt::TitleSuspicious {
            why: TitleFault::PlacesInside,
            line: 29
        }),
        "{doubts:?}"
    );
    assert!(
        doubts.contains(&Doubt::GapInNumbers {
            after: 25,
            before: 27,
            line: 30
        }),
        "{doubts:?}"
    );
}

#[test]
fn a_heading_does_not_swallow_the_row_behind_it() {
    let reading = list("城市“硅巷”建设标准（南京）\n2.智慧会展管理服务规范（成都）");
    assert_eq!(
        titles(&reading),
        [(Some(1), "城市“硅巷”建设标准"), (Some(2), "智慧会展管理服务规范")]
    );
    assert_eq!(reading.tasks[0].section, "（一）科技创新成果转化应用");
}

#[test]
fn numbers_doubled_in_every_way_are_said() {
    for rows in [
        "1.甲规范（成都）\n2.2.乙规范（成都）\n3.丙规范（成都）",
        "1.甲规范（成都）\n22.乙规范（成都）\n3.丙规范（成都）",
        "1.甲规范（成都）\n1.乙规范（成都）\n3.丙规范（成都）",
        "1.甲规范（成都）\n3.乙规范（成都）\n3.丙规范（成都）",
    ] {
        let reading = list(rows);
        assert_eq!(
            titles(&reading),
            [(Some(1), "甲规范"), (Some(2), "乙规范"), (Some(3), "丙规范")],
            "{rows}"
        );
        let said = |doubt: &Doubt| matches!(doubt, Doubt::NumberRepeated { .. } | Doubt::NumberOutOfOrder { .. });
        assert!(
            reading.tasks[1].doubts.iter().any(said),
            "{rows}: {:?}",
            reading.tasks[1].doubts
        );
    }
}

#[test]
fn page_numbers_between_are_kept_apart() {
    let reading = list_from_25("25.未来公园\n— 7 —\n社区创建指南（成都）\n第8页\n26.城市“硅巷”建设标准（南京）\n9");
    assert_eq!(
        titles(&reading),
        [(Some(25), "未来公园社区创建指南"), (Some(26), "城市“硅巷”建设标准")]
    );
    assert_eq!(
        reading
            .leftovers
            .iter()
            .map(|leftover| leftover.text.as_str())
            .collect::<Vec<_>>(),
        ["— 7 —", "第8页", "9"]
    );
    assert_eq!(reading.tasks[1].doubts, []);
}

#[test]
fn what_a_page_number_may_have_eaten_is_said() {
    for row in [
        "25.全天候\n7/24\n服务规范（成都）",
        "25.甲\n—\n乙服务规范（成都）",
        "25.甲服务\n12\n规范（成都）",
    ] {
        let doubts = &list_from_25(row).tasks[0].doubts;
        assert!(
            doubts.iter().any(|doubt| matches!(
                doubt,
                Doubt::TitleSuspicious {
                    why: TitleFault::BareNumberInside,
                    ..
                }
            )),
            "{row}: {doubts:?}"
        );
    }
    assert_eq!(
        list_from_25("25.甲\n·乙服务规范（成都）").tasks[0].title,
        "甲·乙服务规范"
    );
}

#[test]
fn places_that_cannot_be_read_are_said() {
    let reading = list_from_25("25.甲规范（昆明）\n26.乙规范（成都\n27.丙规范\n28.丁规范（北京、昆明）");
    let doubts = |at: usize| &reading.tasks[at].doubts;
    assert!(doubts(0).contains(&Doubt::PlacesUnread { line: 29 }));
    assert!(doubts(1).contains(&Doubt::BracketUnbalanced { line: 30 }));
    assert!(doubts(2).contains(&Doubt::PlacesUnread { line: 31 }));
    assert_eq!(
        doubts(3),
        &[Doubt::UnknownPlace {
            name: "昆明".to_owned(),
            line: 32
        }]
    );
}

#[test]
fn text_between_rows_is_kept_and_its_neighbours_are_in_doubt() {
    let reading = list_from_25("25.甲规范（成都）\n此处另有说明\n26.乙规范（成都）");
    assert_eq!(reading.leftovers[0].text, "此处另有说明");
    assert!(reading.tasks.iter().all(|task| !task.doubts.is_empty()));
}

#[test]
fn task_2_is_named_and_open_to_the_willing() {
    let text = "一、参与或承办制修订国家标准\n\n2.“两业”融合领域的分类、核算标准（广州及其他有意愿的试点示范省市）\n";
    let reading = read(text, &Places::default());
    let json = serde_json::to_value(reading.tasks_json()).unwrap();
    let task = &json["tasks"][0];
    assert_eq!(task["tier"], "national");
    assert_eq!(task["role"], "take_part_or_undertake");
    assert_eq!(task["section"], "");
    assert_eq!(task["line"], serde_json::json!([3, 3]));
    assert_eq!(
        task["claims"],
        serde_json::json!([{"claim": "named", "places": ["440100"]}, {"claim": "willing", "places": []}])
    );
    assert_eq!(reading.tasks[0].tier, Some(Tier::National));
}

#[test]
fn a_measure_torn_by_a_page_break_is_one() {
    let text = "六、组织保障\n";
    assert!(read(text, &Places::default()).measures.is_empty());
    let text = "一、总体要求\n\n支持试点示范省市标准化建设先行先试。\n\n二、对外开放\n\n（一）保障国民待遇。鼓励在华外国商协会研提建议，\n\n\
                试点示范省市商务主管部门应明确沟通渠道。\n\n(二) 推动差异化探索。加强标准制修订工\n\n作。\n";
    let reading = read(text, &Places::default());
    let keys: Vec<String> = reading.measures.iter().map(|measure| measure.key.to_string()).collect();
    assert_eq!(keys, ["overall", "1", "2"]);
    let strengths: Vec<Strength> = reading.measures[1]
        .sentences
        .iter()
        .map(|sentence| match sentence {
            Sentence::Action(action) => action.strength,
            Sentence::Statement { sentence, .. } => panic!("{sentence}"),
        })
        .collect();
    assert_eq!(strengths, [Strength::Encourage, Strength::Must]);
    assert_eq!(reading.measures[2].text, "加强标准制修订工作。");
    assert_eq!(reading.measures[2].part, "二、对外开放");
    assert_eq!("safeguard".parse(), Ok(MeasureKey::Safeguard));
    assert!("十八".parse::<MeasureKey>().is_err());
}
