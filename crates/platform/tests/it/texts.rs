//! Texts: put up version by version, read by whoever may, published by a step of its own, taken back, and never two at once.

use crate::opened::{self, Opened, nanjing, somebody};
use ledger::AsOf;
use platform::{
    context::{Context, Reader},
    correcting,
    obligation::event::Audience,
    refusal::Error,
    rights::Role,
    text::{
        command::{Put, latest, publish, put, typed},
        query::{of_obligation, version},
    },
};

const OBLIGATION: &str = "first-20-320100";

fn source(word: &str) -> String {
    format!(
        "+++\ntitle = {{ zh = [\"康复服务规范\"] }}\n+++\n# 范围\n本文件规定了{word}。本文件适用于机构。\n# 要求\n机构必须完好。\n"
    )
}

fn at(context: &Context, request: &str) -> Context {
    Context {
        request: request.to_owned(),
        ..context.clone()
    }
}

fn reader(context: Option<&Context>) -> Reader {
    let today = nanjing().today;
    Reader {
        actor: context.and_then(|context| context.actor.clone()),
        as_of: AsOf::day(today),
        today,
    }
}

async fn puts(
    opened: &Opened,
    who: &Context,
    word: &str,
    audience: Option<Audience>,
    base: Option<u32>,
) -> Result<String, Error> {
    let file = typed(&opened.platform, who, OBLIGATION, source(word).into()).await?;
    let new = Put {
        file: file.sha256,
        note: String::new(),
        audience,
        base,
    };
    Ok(put(&opened.platform, who, OBLIGATION, &new).await?.id)
}

fn rule<T: std::fmt::Debug>(answer: Result<T, Error>) -> &'static str {
    match answer {
        Err(Error::Refused(refusal)) => refusal.rule,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_version_is_kept_with_its_findings_and_seen_by_participants_until_it_is_published() {
    let opened = opened::with_list().await;
    let officer = nanjing();
    let id = puts(&opened, &officer, "康复", None, Some(0)).await.unwrap();
    assert_eq!(id, "first-20-320100.1");
    let seen = version(&opened.platform, &reader(Some(&officer)), &id).await.unwrap();
    assert_eq!(
        (seen.version, seen.audience, seen.title.zh.as_str()),
        (1, Audience::Participants, "康复服务规范")
    );
    assert!(seen.found.errors > 0 && seen.task == "first-20" && seen.place == "320100");
    let stranger = somebody("p-cd", Role::CommerceOfficer, "chengdu-commerce", None, &["510100"]);
    for other in [reader(None), reader(Some(&stranger))] {
        assert_eq!(rule(version(&opened.platform, &other, &id).await), "any/unseen");
        assert!(
            of_obligation(&opened.platform, &other, OBLIGATION)
                .await
                .unwrap()
                .is_empty()
        );
    }
    assert_eq!(
        rule(publish(&opened.platform, &at(&stranger, "a"), &id).await),
        "any/unseen"
    );
    let sector = somebody("p-sector", Role::SectorOfficer, "nanjing-market", None, &["320100"]);
    assert_eq!(
        rule(publish(&opened.platform, &at(&sector, "b"), &id).await),
        "rights/missing"
    );
    publish(&opened.platform, &at(&officer, "c"), &id).await.unwrap();
    assert_eq!(
        rule(publish(&opened.platform, &at(&officer, "d"), &id).await),
        "text/published"
    );
    let public = version(&opened.platform, &reader(None), &id).await.unwrap();
    assert_eq!(public.published, Some(officer.today));
}

#[tokio::test]
async fn two_who_began_from_the_same_version_do_not_overwrite_one_another() {
    let opened = opened::with_list().await;
    let officer = nanjing();
    puts(&opened, &at(&officer, "1"), "第一稿", None, Some(0))
        .await
        .unwrap();
    assert_eq!(
        rule(puts(&opened, &at(&officer, "2"), "另一稿", None, Some(0)).await),
        "text/another_version"
    );
    assert_eq!(latest(&opened.platform, OBLIGATION).await.unwrap(), 1);
    assert_eq!(
        puts(&opened, &at(&officer, "3"), "另一稿", None, Some(1))
            .await
            .unwrap(),
        "first-20-320100.2"
    );
    assert_eq!(
        rule(puts(&opened, &at(&officer, "4"), "另一稿", None, None).await),
        "text/nothing_new"
    );
    assert_eq!(
        rule(puts(&opened, &at(&officer, "5"), "第三稿", Some(Audience::Public), None).await),
        "text/public_at_once"
    );
    let citizen = somebody("p-c", Role::Citizen, "mofcom", None, &[]);
    assert_eq!(
        rule(puts(&opened, &citizen, "偷换", None, None).await),
        "rights/missing"
    );
    let numbers: Vec<u32> = of_obligation(&opened.platform, &reader(Some(&officer)), OBLIGATION)
        .await
        .unwrap()
        .iter()
        .map(|v| v.version)
        .collect();
    assert_eq!(numbers, [2, 1]);
}

#[tokio::test]
async fn a_version_that_was_taken_back_is_gone_and_its_number_is_not_given_again() {
    let opened = opened::with_list().await;
    let officer = nanjing();
    let id = puts(&opened, &at(&officer, "1"), "错稿", None, None).await.unwrap();
    let seen = version(&opened.platform, &reader(Some(&officer)), &id).await.unwrap();
    correcting::correct(
        &opened.platform,
        &at(&officer, "2"),
        ledger::Position(seen.position),
        "传错了文件",
    )
    .await
    .unwrap();
    assert_eq!(
        rule(version(&opened.platform, &reader(Some(&officer)), &id).await),
        "any/unseen"
    );
    assert_eq!(
        puts(&opened, &at(&officer, "3"), "正稿", None, Some(0)).await.unwrap(),
        "first-20-320100.2"
    );
    assert!(opened.platform.ledger().rebuild_check().await.unwrap().is_empty());
}
