//! Reports: what they say is what the questions answer, and the files are sound.

use crate::opened::{self, now};
use jiff::civil::date;
use platform::{
    Platform,
    catalogue::{VOCABULARY, words::Vocabulary},
    context::{Actor, Context, PersonId, Reader},
    obligation::query::{Filter, SubjectKind, count},
    report::{
        annex, document,
        document::Setting,
        evaluation::{Bundle, Measured, holds},
        evaluation_book,
        evaluation_input::bundle,
        explanation::{explain, explanations},
        gathering::report,
        monthly::{Group, Report, STATES},
    },
    rights::{Grant, Role},
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

fn actor(role: Role, organization: &str, places: &[&str]) -> Actor {
    let grant = Grant {
        role,
        organization: organization.to_owned(),
        desk: None,
        places: places.iter().map(|p| (*p).to_owned()).collect(),
        membership: "m1".to_owned(),
        standing_in_for: None,
    };
    Actor {
        person: PersonId(format!("p-{organization}")),
        grants: vec![grant],
        second_factor: true,
        scopes: None,
    }
}

fn nanjing() -> Actor {
    actor(Role::CommerceOfficer, "nanjing-commerce", &["320100"])
}

fn by(actor: Actor) -> (Context, Reader) {
    let context = Context {
        actor: Some(actor.clone()),
        ..Context::system(now(), "test")
    };
    let reader = Reader {
        actor: Some(actor),
        ..Reader::public(context.today)
    };
    (context, reader)
}

async fn of_nanjing(platform: &Platform, period: &str) -> Report {
    let (context, reader) = by(nanjing());
    report(platform, &context, &reader, Some("南京"), period.parse().unwrap())
        .await
        .unwrap()
}

fn words() -> Vocabulary {
    Vocabulary::parse(VOCABULARY).unwrap()
}

fn setting(words: &Vocabulary) -> Setting<'_> {
    Setting {
        lang: language::Lang::Zh,
        base_url: "https://biaochi.test",
        words,
    }
}

fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[tokio::test]
async fn every_number_is_what_its_address_counts() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let report = of_nanjing(p, "2026-10").await;
    assert_eq!(report.as_of(), date(2026, 10, 31));
    let (_, reader) = by(nanjing());
    for (group, counts) in &report.counts {
        for one in counts {
            for (number, day) in [(&one.before, date(2026, 9, 30)), (&one.now, date(2026, 10, 31))] {
                assert!(number.address.ends_with(&format!("&as_of={day}")), "{}", number.address);
                let filter = Filter {
                    list: Some("first".to_owned()),
                    place: Some("320100".to_owned()),
                    firm: match group {
                        Group::Firm => Some(true),
                        Group::Willing => Some(false),
                        Group::Sentences => None,
                    },
                    subject_kind: Some(if *group == Group::Sentences {
                        SubjectKind::Action
                    } else {
                        SubjectKind::Task
                    }),
                    state: (!one.state.is_empty()).then(|| one.state.to_owned()),
                    ..Filter::default()
                };
                let reader = Reader {
                    as_of: ledger::AsOf::day(day),
                    ..reader.clone()
                };
                assert_eq!(
                    i64::try_from(number.count).unwrap(),
                    count(p, &reader, &filter).await.unwrap(),
                    "{}",
                    number.address
                );
            }
        }
        let sum: usize = counts[1..].iter().map(|c| c.now.count).sum();
        assert_eq!(
            sum, counts[0].now.count,
            "the states of {group:?} sum to all: {STATES:?}"
        );
    }
    assert_eq!(report.number(Group::Firm, "").unwrap().count, 27);
    assert_eq!(report.number(Group::Firm, "delivered").unwrap().count, 1);
}

#[tokio::test]
async fn the_month_of_an_output_holds_it_and_the_next_does_not() {
    let opened = opened::with_list().await;
    let july = of_nanjing(&opened.platform, "2025-07").await;
    assert_eq!(july.listed.len(), 1);
    assert!(
        july.changed
            .iter()
            .any(|c| c.now.number == 20 && c.from.as_deref() != Some("delivered") && c.now.state == "delivered")
    );
    let august = of_nanjing(&opened.platform, "2025-08").await;
    assert!(august.listed.is_empty() && august.changed.is_empty());
    let quarter = of_nanjing(&opened.platform, "2025Q3").await;
    assert_eq!(quarter.listed, july.listed);
}

#[tokio::test]
async fn the_word_file_is_sound_and_its_numbers_lead_to_their_rows() {
    let opened = opened::with_list().await;
    let report = of_nanjing(&opened.platform, "2025-07").await;
    let words = words();
    let bytes = document::docx(&setting(&words), &report).unwrap();
    assert_eq!(
        bytes,
        document::docx(&setting(&words), &report).unwrap(),
        "the same report gives the same bytes"
    );
    let parts = parts(&bytes);
    assert_eq!(parts[0].0, "[Content_Types].xml");
    for (name, text) in &parts {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
    }
    let part = |name: &str| &parts.iter().find(|(n, _)| n == name).unwrap().1;
    let (body, relations, styles) = (
        part("word/document.xml"),
        part("word/_rels/document.xml.rels"),
        part("word/styles.xml"),
    );
    for style in body
        .split("w:pStyle w:val=\"")
        .skip(1)
        .map(|s| s.split('"').next().unwrap())
    {
        assert!(
            styles.contains(&format!("w:styleId=\"{style}\"")),
            "{style} is no style"
        );
    }
    for link in body
        .split("w:hyperlink r:id=\"")
        .skip(1)
        .map(|s| s.split('"').next().unwrap())
    {
        assert!(relations.contains(&format!("Id=\"{link}\"")), "{link} leads nowhere");
    }
    for number in report
        .counts
        .iter()
        .filter(|(_, counts)| counts[0].now.count > 0)
        .flat_map(|(_, c)| c)
        .filter(|c| c.now.count > 0)
    {
        let url = format!("https://biaochi.test{}", number.now.address).replace('&', "&amp;");
        assert!(relations.contains(&url), "{url}");
    }
    assert!(
        body.contains("南京市落实商资发〔2024〕314号")
            && body.contains("主送机关") == body.contains("w:val=\"主送机关\"")
    );
    assert!(styles.contains("w:eastAsia=\"仿宋\"") && part("word/fontTable.xml").contains("SimSun"));
}

#[tokio::test]
async fn the_annex_reads_back_in_the_ministrys_columns() {
    let opened = opened::with_list().await;
    let report = of_nanjing(&opened.platform, "2026-10").await;
    let words = words();
    let setting = setting(&words);
    let bytes = annex::xlsx(&setting, &report).unwrap();
    assert_eq!(bytes, annex::xlsx(&setting, &report).unwrap());
    let (layout, rows) = annex::annex(&setting, &report);
    let titles: Vec<&str> = layout.columns.iter().map(|c| c.title.as_str()).collect();
    assert_eq!(
        titles.join("·"),
        "序号·任务·类别·承担地·承担角色·状态·阶段·在谁手里·自何时·下一节点·期限·成果·编号·来源"
    );
    let upload = sheet::read(&bytes, &layout, &sheet::Limits::default()).unwrap();
    assert_eq!(upload.rows.len(), rows.len());
    assert_eq!(rows.len(), report.data.now.len());
    let output = upload
        .rows
        .iter()
        .find(|r| {
            r.cells
                .get("state")
                .is_some_and(|v| v.says_same(&sheet::CellValue::Text("已交付".to_owned())))
        })
        .unwrap();
    assert!(output.cells["designation"].says_same(&sheet::CellValue::Text("编号待补".to_owned())));
    assert!(matches!(&output.cells["source"], sheet::CellValue::Text(source) if source.contains("人民日报")));
}

#[tokio::test]
async fn who_may_not_make_reports_is_refused_and_so_is_a_period_to_come() {
    let opened = opened::with_list().await;
    let (context, reader) = by(actor(Role::Citizen, "mofcom", &[]));
    assert!(
        report(&opened.platform, &context, &reader, None, "2026-10".parse().unwrap())
            .await
            .is_err()
    );
    let (context, reader) = by(nanjing());
    assert!(
        report(&opened.platform, &context, &reader, None, "2027-01".parse().unwrap())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_whole_list_counts_each_place_once() {
    let opened = opened::with_list().await;
    let (context, reader) = by(actor(Role::MinistryAnalyst, "mofcom", &[]));
    let report = report(&opened.platform, &context, &reader, None, "2026-10".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(report.number(Group::Firm, "").unwrap().count, 239);
    assert_eq!(report.places.iter().map(|p| p.total.count).sum::<usize>(), 239);
    for place in &report.places {
        assert_eq!(place.states.iter().map(|n| n.count).sum::<usize>(), place.total.count);
    }
}

#[tokio::test]
async fn anybody_computes_the_evaluation_again() {
    let opened = opened::with_list().await;
    let (_, reader) = by(nanjing());
    let sheet = bundle(&opened.platform, &reader).await.unwrap();
    assert_eq!(sheet.inputs.iter().map(|i| i.firm.len()).sum::<usize>(), 239);
    let text = serde_json::to_string(&sheet).unwrap();
    let read: Bundle = serde_json::from_str(&text).unwrap();
    assert!(holds(&read));
    let mut false_one = read;
    false_one.results[0].score_rounded = "99.9".to_owned();
    assert!(!holds(&false_one));
    let of = |code: &str| sheet.results.iter().find(|r| r.place == code).unwrap();
    let delivered = |code: &str| {
        of(code)
            .values
            .iter()
            .find(|v| v.indicator == Measured::Delivered)
            .unwrap()
            .value
            .unwrap()
    };
    assert_eq!(
        (delivered("320100").numerator(), delivered("320100").denominator()),
        (1, 27)
    );
    assert!(
        sheet
            .inputs
            .iter()
            .all(|i| i.milestones.is_some() == (i.place == "320100")),
        "only the own place's milestones"
    );
    let (_, reader) = by(actor(Role::MinistryAnalyst, "mofcom", &[]));
    let all = bundle(&opened.platform, &reader).await.unwrap();
    let scores = |b: &Bundle| b.results.iter().map(|r| r.score).collect::<Vec<_>>();
    assert_eq!(scores(&all), scores(&sheet), "every reader's scores are equal");
    let public = bundle(&opened.platform, &Reader { actor: None, ..reader })
        .await
        .unwrap();
    assert!(
        holds(&public),
        "an outsider computes it again from what an outsider is given"
    );
    assert_eq!(scores(&public), scores(&sheet));
    assert!(public.inputs.iter().all(|i| i.milestones.is_none()));
}

#[tokio::test]
async fn a_place_explains_its_own_row_alone_and_moves_no_figure() {
    let opened = opened::with_list().await;
    let p = &opened.platform;
    let (context, reader) = by(nanjing());
    let before = bundle(p, &reader).await.unwrap();
    assert!(explain(p, &context, "510100", "not mine").await.is_err());
    assert!(explain(p, &context, "320100", "  ").await.is_err());
    explain(p, &context, "320100", "标准已报批，尚未公布编号")
        .await
        .unwrap();
    explain(p, &context, "320100", "标准已报批").await.unwrap();
    let found = explanations(p, &reader, &["320100".to_owned(), "510100".to_owned()])
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found["320100"].text, "标准已报批");
    assert_eq!(bundle(p, &reader).await.unwrap().results, before.results);
}

#[tokio::test]
async fn the_workbook_of_the_evaluation_computes_itself_from_the_rows_behind_it() {
    let opened = opened::with_list().await;
    let (_, reader) = by(nanjing());
    let sheet = bundle(&opened.platform, &reader).await.unwrap();
    let words = words();
    let nothing = (BTreeMap::new(), BTreeMap::new());
    let book = || evaluation_book::xlsx(&setting(&words), &sheet, &nothing.0, &nothing.1).unwrap();
    assert_eq!(book(), book(), "the same bundle gives the same bytes");
    let parts = parts(&book());
    let part = |name: &str| &parts.iter().find(|(n, _)| n == name).unwrap().1;
    let (front, working, basis) = (
        part("xl/worksheets/sheet1.xml"),
        part("xl/worksheets/sheet2.xml"),
        part("xl/worksheets/sheet3.xml"),
    );
    let names = part("xl/workbook.xml");
    assert!(names.contains("计算过程") && names.contains("逐行依据"));
    for result in &sheet.results {
        assert!(
            front.contains(&format!("<v>{}</v>", result.score_rounded.trim_end_matches(".0")))
                || front.contains(&format!("<v>{}</v>", result.score_rounded))
        );
    }
    assert!(front.contains("ROUND(SUM(&apos;计算过程&apos;!K") || front.contains("ROUND(SUM('计算过程'!K"));
    assert!(working.contains("MEDIAN(") || sheet.inputs.iter().all(|i| i.firm.is_empty()));
    assert!(working.contains("逐行依据"));
    let rows: usize = sheet
        .inputs
        .iter()
        .map(|i| i.firm.len() + i.sentences.len() + i.unlisted_outputs.len())
        .sum();
    let milestones: usize = sheet.inputs.iter().flat_map(|i| &i.milestones).map(Vec::len).sum();
    // Title, notes and head stand above the rows.
    assert!(basis.matches("<row ").count() > rows + milestones);
}
