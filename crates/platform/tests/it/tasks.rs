//! What people do with a task of the list.

use crate::{
    opened,
    signed_in::{analyst, officer, on, reader},
};
use platform::{
    bilingual::Bilingual,
    list::{
        command::{TaskCommand, run},
        query,
    },
    refusal::Error,
};

const TODAY: &str = "2026-11-23";

#[tokio::test]
async fn an_analyst_assigns_and_confirms_an_officer_proposes() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let (analyst, nanjing) = (on(TODAY, &analyst()), on(TODAY, &officer("nanjing-commerce", "320100")));
    let source = "演示数据".to_owned();
    let guiding = TaskCommand::AssignGuiding {
        organization: "miit".to_owned(),
        source: source.clone(),
    };
    let limit = TaskCommand::SetTimeLimit {
        due: "2027-06-30".parse().unwrap(),
        set_by: source.clone(),
    };
    let name = Bilingual::new("征求意见稿", "Text for consultation");
    let milestone = TaskCommand::SetMilestone {
        name,
        due: "2027-02-01".parse().unwrap(),
        set_by: source,
    };
    let rule = async |context, command| match run(platform, context, "first-1", None, &command).await {
        Ok(_) => "done",
        Err(Error::Refused(refusal)) => refusal.rule,
        Err(other) => panic!("{other}"),
    };
    assert_eq!(rule(&nanjing, guiding.clone()).await, "rights/missing");
    assert_eq!(rule(&analyst, guiding).await, "done");
    assert_eq!(rule(&analyst, limit).await, "done");
    assert_eq!(rule(&analyst, milestone).await, "done");
    let link = |measure: &str| TaskCommand::ProposeLink {
        measure: measure.to_owned(),
    };
    let confirm = TaskCommand::ConfirmLink {
        measure: "17".to_owned(),
    };
    assert_eq!(
        rule(&nanjing, link("18")).await,
        "list/measure_unknown",
        "there is no (十八)"
    );
    assert_eq!(rule(&nanjing, link("17")).await, "done");
    assert_eq!(rule(&nanjing, link("17")).await, "list/link_stands");
    assert_eq!(rule(&nanjing, confirm.clone()).await, "rights/missing");
    assert_eq!(rule(&analyst, confirm).await, "done");
    let task = query::task(platform, &reader(TODAY, None), "first-1").await.unwrap();
    assert_eq!(task.guiding, "miit");
    assert_eq!(task.time_limit.unwrap().0.to_string(), "2027-06-30");
    assert!(task.measures.contains(&"17".to_owned()));
    // The milestone stands with each of the 11 places that hold the task.
    let sql = "SELECT count(*) AS n FROM milestone WHERE obligation LIKE 'first-1-%' AND due = '2027-02-01'";
    assert_eq!(platform.ledger().count(sql, Vec::new()).await.unwrap(), 11);
}
