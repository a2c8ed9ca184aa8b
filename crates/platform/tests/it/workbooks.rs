//! The list and a place's tasks leave as workbooks and come back: nothing is applied by an upload.

use crate::{
    opened::{self, Opened},
    signed_in::{analyst, officer, on, reader},
};
use language::Lang;
use platform::{
    list::{place_workbook, row_commands, workbook},
    obligation::command::Command,
    proposal::{change::ListChange, command, query},
    refusal::Error,
};
use sheet::Cell;

const TODAY: &str = "2026-11-23";

async fn events(opened: &Opened) -> i64 {
    opened.platform.ledger().head().await.unwrap().0.0
}

fn column(table: &workbook::Table, id: &str) -> usize {
    table.layout.columns.iter().position(|c| c.id.as_str() == id).unwrap()
}

fn set(table: &mut workbook::Table, row: usize, id: &str, cell: Cell) {
    let at = column(table, id);
    table.rows[row][at] = cell;
}

#[tokio::test]
async fn three_changed_and_two_broken_rows_of_the_list() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let me = reader(TODAY, Some(&analyst()));
    for lang in [Lang::Zh, Lang::En] {
        let mut table = workbook::table(platform, &me, "first", lang).await.unwrap();
        assert_eq!(table.rows.len(), 104);
        let same = workbook::read(platform, &me, "first", lang, &table.xlsx().unwrap())
            .await
            .unwrap();
        assert!(same.draft.changes.is_empty() && same.faults.is_empty() && same.marked.is_none());
        set(&mut table, 8, "title", Cell::Text("演示题目规范".to_owned()));
        set(&mut table, 19, "places", Cell::Text("南京、苏州".to_owned()));
        set(&mut table, 31, "places", Cell::Text("四川".to_owned()));
        set(&mut table, 40, "places", Cell::Text("南京、火星".to_owned()));
        set(&mut table, 50, "tier", Cell::Text("星际标准".to_owned()));
        // A formula that somebody typed is text to us, and no longer a title than any other; the row above stays broken.
        set(&mut table, 50, "title", Cell::Text("=cmd|' /C calc'!A0".to_owned()));
        let before = events(&opened).await;
        let upload = workbook::read(platform, &me, "first", lang, &table.xlsx().unwrap())
            .await
            .unwrap();
        let tasks: Vec<&str> = upload
            .draft
            .changes
            .iter()
            .map(|c| match c {
                ListChange::ChangeTask { task, .. } => task.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(tasks, ["first-9", "first-20", "first-32"]);
        assert_eq!(upload.faults.len(), 2, "{:?}", upload.faults);
        assert!(upload.marked.as_ref().unwrap().starts_with(b"PK"));
        let said: Vec<String> = upload.faults.iter().map(|f| workbook::say(lang, f)).collect();
        assert!(said[0].contains("火星"), "{said:?}");
        assert_eq!(events(&opened).await, before, "nothing is applied");
        assert_eq!(
            query::proposals(platform, &me, "first").await.unwrap().len(),
            usize::from(lang == Lang::En)
        );
        // Given a reason, the three are one proposal, and the list is as before until it is approved.
        let mut draft = upload.draft;
        draft.reason = platform::bilingual::Bilingual::zh("工作簿（演示）");
        if lang == Lang::Zh {
            let done = command::open(platform, &on(TODAY, &analyst()), draft, None)
                .await
                .unwrap();
            let preview = query::preview(platform, &me, &done.id).await.unwrap();
            assert_eq!(preview.changed.len(), 3);
            assert_eq!((preview.obligations.before, preview.obligations.after), (239, 240));
            let again = workbook::table(platform, &me, "first", lang).await.unwrap();
            assert_ne!(again.rows[8], table.rows[8]);
        }
    }
}

#[tokio::test]
async fn nanjing_has_27_rows_and_three_changed_ones_wait_for_confirmation() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let nanjing = officer("nanjing-commerce", "320100");
    let me = reader(TODAY, Some(&nanjing));
    let mut table = place_workbook::table(platform, &me, "first", Some("320100"), Lang::Zh)
        .await
        .unwrap();
    assert_eq!(table.rows.len(), 27);
    let untouched = table.clone();
    set(&mut table, 3, "milestone", Cell::Text("征求意见稿".to_owned()));
    set(&mut table, 3, "due", Cell::Date("2027-03-01".parse().unwrap()));
    set(&mut table, 5, "stage", Cell::Text("20.20".to_owned()));
    set(&mut table, 5, "link", Cell::Text("https://example.org/a".to_owned()));
    set(&mut table, 7, "note", Cell::Text("已启动".to_owned()));
    set(&mut table, 9, "due", Cell::Date("2027-03-01".parse().unwrap()));
    let before = events(&opened).await;
    let bytes = table.xlsx().unwrap();
    let upload = place_workbook::read(platform, &me, "first", Some("320100"), Lang::Zh, &bytes)
        .await
        .unwrap();
    assert_eq!(upload.planned.len(), 3, "{upload:?}");
    assert_eq!(upload.faults.len(), 1);
    assert_eq!(
        workbook::say(Lang::Zh, &upload.faults[0]),
        "写了日期，没有写里程碑的名称。"
    );
    assert!(upload.marked.is_some());
    assert_eq!(events(&opened).await, before, "nothing is applied");
    assert!(matches!(&upload.planned[1].command, Command::RecordStage { stage, .. } if stage == "20.20"));
    for answer in row_commands::confirm(platform, &on(TODAY, &nanjing), &upload.planned).await {
        answer.unwrap();
    }
    assert_eq!(events(&opened).await, before + 3);
    // The same file again: the row of the stage has moved on since it was downloaded, and says so.
    let again = place_workbook::read(platform, &me, "first", Some("320100"), Lang::Zh, &bytes)
        .await
        .unwrap();
    assert!(
        again
            .faults
            .iter()
            .any(|f| workbook::say(Lang::Zh, f).starts_with("下载之后这一条有了新记录"))
    );
    assert!(again.planned.is_empty(), "{again:?}");
    // What stands as the file says it is no fault: the row of the milestone and that of the note; nor is a cell that the
    // record itself changed. The link of the row of the stage says more than what stands.
    assert_eq!(again.faults.len(), 2, "{:?}", again.faults);
    // A file in which nobody touched anything asks for nothing, whatever others did meanwhile.
    let idle = untouched.xlsx().unwrap();
    let idle = place_workbook::read(platform, &me, "first", Some("320100"), Lang::Zh, &idle)
        .await
        .unwrap();
    assert!(idle.planned.is_empty());
}

#[tokio::test]
async fn a_workbook_of_another_table_is_refused() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let me = reader(TODAY, Some(&analyst()));
    let place = place_workbook::table(platform, &me, "first", Some("320100"), Lang::Zh)
        .await
        .unwrap();
    for bytes in [place.xlsx().unwrap(), b"PK\x03\x04 no workbook".to_vec(), Vec::new()] {
        match workbook::read(platform, &me, "first", Lang::Zh, &bytes).await {
            Err(Error::Refused(refusal)) => assert_eq!(refusal.rule, "list/workbook_unreadable"),
            other => panic!("{other:?}"),
        }
    }
}
