//! Another list, from its published text.

use crate::{
    opened,
    signed_in::{analyst, on},
};
use platform::{
    bilingual::Bilingual,
    catalogue,
    list::import::{Decision, Import, draft, import},
    proposal::change::ListChange,
    refusal::Error,
};

const TODAY: &str = "2026-11-23";
const TEXT: &str = "三、先行制定地方标准\n\n（一）生活服务\n\n1.养老机构康复服务规范（南京）\n2.夜间经济服务指南（昆明西）\n3.展览服务指南（各试点示范省市）\n";

#[tokio::test]
async fn a_list_is_taken_in_only_when_every_doubt_is_settled() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let context = on(TODAY, &analyst());
    let mut list = Import {
        id: "second".to_owned(),
        title: Bilingual::zh("第二批清单（演示）"),
        document: "演示〔2026〕1号".to_owned(),
        issued_by: vec!["mofcom".to_owned(), "samr".to_owned()],
        issued: TODAY.parse().unwrap(),
        pilots: vec!["320100".to_owned(), "510100".to_owned()],
        text: TEXT.to_owned(),
        decisions: Vec::new(),
        demo: true,
    };
    let before = platform.ledger().head().await.unwrap().0;
    let refusal = match import(platform, &context, &list).await {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal.rule, "list/doubts_open");
    let lines: Vec<&str> = refusal.faults.iter().map(|f| f.with[0].1.as_str()).collect();
    assert!(
        lines.contains(&"6"),
        "the doubt about 昆明西 names its line: {refusal:?}"
    );
    assert_eq!(platform.ledger().head().await.unwrap().0, before, "nothing is entered");
    // Every line that was named gets a decision; the one about the unknown place names the places.
    for line in lines {
        let line = line.parse().unwrap();
        let places = (line == 6).then(|| "成都".to_owned());
        list.decisions.push(Decision {
            line,
            places,
            ..Decision::default()
        });
    }
    let imported = import(platform, &context, &list).await.unwrap();
    assert_eq!((imported.tasks, imported.obligations), (3, 4));
    let again = import(platform, &context, &list).await;
    assert!(matches!(again, Err(Error::Refused(r)) if r.rule == "list/already_entered"));
}

#[tokio::test]
async fn a_text_that_words_the_list_anew_becomes_the_draft_of_a_proposal() {
    let opened = opened::with_list().await;
    let reason = Bilingual::zh("按新公布的文本");
    let changes = async |text: &str| {
        draft(&opened.platform, "first", text, &[], &reason)
            .await
            .map(|d| d.changes)
    };
    assert_eq!(
        changes(catalogue::POLICY).await.unwrap(),
        [],
        "the text as published changes nothing"
    );
    let renamed = catalogue::POLICY.replacen("养老机构康复服务规范", "养老机构康复与护理服务规范", 1);
    let found = changes(&renamed).await.unwrap();
    assert!(
        matches!(&found[..], [ListChange::ChangeTask { task, words }]
            if task == "first-20" && words.title == Some(Bilingual::zh("养老机构康复与护理服务规范")) && words.places.is_none()),
        "{found:?}"
    );
    let damaged = catalogue::POLICY.replacen("（南京）", "（南京", 1);
    assert!(matches!(changes(&damaged).await, Err(Error::Refused(r)) if r.rule == "list/doubts_open"));
}
