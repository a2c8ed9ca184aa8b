//! Bodies that end and desks that close: what they held is in somebody's hands the same day, and has a name.

use crate::{
    opened::{self, Opened},
    signed_in::{analyst, on, reader},
};
use jiff::civil::Date;
use platform::{
    bilingual::Bilingual,
    context::Context,
    list::{
        self,
        command::{TaskCommand, run},
    },
    obligation::{
        self,
        command::{Hands, Since},
        query as obligations,
    },
    people::{
        self,
        command::{NewPerson, invite},
        event::Body,
        organization::{Command, carry_out},
        profile::Profile,
        state::Membership,
    },
    question::Window,
    reactions::react,
    refusal::Error,
    rights::Role,
};

const TODAY: &str = "2026-11-23";

fn system() -> Context {
    Context::system(opened::now(), "test")
}

async fn end(opened: &Opened, id: &str, successor: Option<&str>, day: &str) -> Result<(), &'static str> {
    let command = Command::End {
        successor: successor.map(str::to_owned),
        reason: "机构改革".to_owned(),
    };
    let day: Date = day.parse().unwrap();
    match carry_out(&opened.platform, &system(), id, &command, Some(day), None).await {
        Ok(_) => Ok(()),
        Err(Error::Refused(refusal)) => Err(refusal.rule),
        Err(other) => panic!("{other}"),
    }
}

async fn held_by(opened: &Opened, body: &str) -> Vec<obligations::Obligation> {
    let filter = obligations::Filter {
        holder: Some(body.to_owned()),
        subject_kind: Some(obligations::SubjectKind::Any),
        ..obligations::Filter::default()
    };
    obligations::obligations(&opened.platform, &reader(TODAY, None), &filter, &Window::of(200))
        .await
        .unwrap()
        .items
}

#[tokio::test]
async fn a_body_that_ends_hands_over_what_it_holds_and_its_people_go_on_in_the_one_that_was_named() {
    let opened = opened::with_list().await;
    let security = opened::somebody("security", Role::SecurityAdministrator, people::OPERATOR, None, &[]);
    let officer = NewPerson {
        profile: Profile::read("王工", "wang", None).unwrap(),
        memberships: vec![Membership {
            organization: "hangzhou-commerce".to_owned(),
            desk: None,
            role: Role::CommerceOfficer,
            places: vec!["330100".to_owned()],
            from: "2026-11-01".parse().unwrap(),
            until: None,
        }],
    };
    let person = invite(&opened.platform, &security, &officer).await.unwrap().done.id;
    let before = held_by(&opened, "hangzhou-commerce").await;
    assert!(before.len() > 10, "{}", before.len());
    end(&opened, "hangzhou-commerce", Some("hangzhou-market"), "2026-11-20")
        .await
        .unwrap();
    // Until the platform has done it, what ended keeps its name.
    assert!(
        held_by(&opened, "hangzhou-commerce")
            .await
            .iter()
            .all(|o| !o.holder.organization_name.zh.is_empty())
    );
    assert_eq!(react(&opened.platform).await.unwrap(), 1);
    assert_eq!(react(&opened.platform).await.unwrap(), 0);
    assert!(held_by(&opened, "hangzhou-commerce").await.is_empty());
    let after = held_by(&opened, "hangzhou-market").await;
    for row in &before {
        let now = after
            .iter()
            .find(|o| o.id == row.id)
            .expect("it is in somebody's hands");
        assert_eq!(now.holder.since.unwrap().to_string(), "2026-11-20", "{}", row.id);
        assert!(now.holder.desk.is_empty() && now.holder.organization_name.zh.contains("市场监督管理局"));
    }
    let held = people::facts::memberships_on(
        &opened.platform,
        &platform::context::PersonId(person),
        TODAY.parse().unwrap(),
    )
    .await
    .unwrap();
    let roles: Vec<_> = held.iter().map(|m| (m.organization.as_str(), m.role)).collect();
    assert_eq!(roles, [("hangzhou-market", Role::CommerceOfficer)]);
    let differences = opened.platform.ledger().rebuild_check().await.unwrap();
    assert!(differences.is_empty(), "a rebuild gives the same rows: {differences:?}");
}

#[tokio::test]
async fn a_ministry_that_ends_is_followed_in_the_guidance_of_tasks_and_in_what_it_owes() {
    let opened = opened::with_list().await;
    let guiding = TaskCommand::AssignGuiding {
        organization: "miit".to_owned(),
        source: "工作分工".to_owned(),
    };
    run(&opened.platform, &on(TODAY, &analyst()), "first-32", None, &guiding)
        .await
        .unwrap();
    assert_eq!(end(&opened, "miit", None, "2026-11-20").await, Err("people/holds_work"));
    let operator = Body {
        name: Bilingual::zh("运行单位"),
        short: "运行单位".to_owned(),
        kind: "institute".to_owned(),
        place: None,
        parent: None,
        ownership: None,
        codes: Vec::new(),
        addressed: false,
        demo: false,
    };
    carry_out(
        &opened.platform,
        &system(),
        people::OPERATOR,
        &Command::Enter(operator),
        None,
        None,
    )
    .await
    .unwrap();
    assert_eq!(
        end(&opened, people::OPERATOR, Some("mofcom"), "2026-11-23").await,
        Err("people/operator_stays")
    );
    end(&opened, "miit", Some("ndrc"), "2026-11-20").await.unwrap();
    assert_eq!(
        end(&opened, "mofcom", Some("miit"), "2026-11-20").await,
        Err("people/organization_unknown"),
        "who has ended goes on with nothing"
    );
    react(&opened.platform).await.unwrap();
    let task = list::query::task(&opened.platform, &reader(TODAY, None), "first-32")
        .await
        .unwrap();
    assert_eq!(task.guiding, "ndrc");
    assert!(task.guiding_source.starts_with("工作分工；"), "{}", task.guiding_source);
    let before = list::query::task(&opened.platform, &reader("2026-11-19", None), "first-32").await;
    assert_ne!(before.unwrap().guiding, "ndrc", "not before that day");
    let filter = obligations::Filter {
        organization: Some("miit".to_owned()),
        subject_kind: Some(obligations::SubjectKind::Any),
        ..obligations::Filter::default()
    };
    let owed = obligations::count(&opened.platform, &reader(TODAY, None), &filter)
        .await
        .unwrap();
    assert_eq!(owed, 0);
}

#[tokio::test]
async fn what_stood_at_a_desk_that_is_closed_with_none_to_go_on_is_with_the_body_again() {
    let opened = opened::with_list().await;
    let desk = async |command: Command| {
        carry_out(&opened.platform, &system(), "nanjing-commerce", &command, None, None)
            .await
            .unwrap();
    };
    desk(Command::OpenDesk {
        desk: "nanjing-desk".to_owned(),
        name: Bilingual::zh("服务贸易处"),
        contact: None,
    })
    .await;
    let take = obligation::command::Command::AssignHolder {
        hands: Hands {
            organization: "nanjing-commerce".to_owned(),
            desk: "nanjing-desk".to_owned(),
            person: None,
        },
        since: Since::default(),
    };
    obligation::command::run(&opened.platform, &opened::nanjing(), "first-26-320100", None, &take)
        .await
        .unwrap();
    let row = async || {
        obligations::obligation(&opened.platform, &reader(TODAY, None), "first-26-320100")
            .await
            .unwrap()
    };
    let taken = row().await;
    assert_eq!(taken.holder.desk_name.zh, "服务贸易处");
    assert_eq!(taken.state, "unreported", "that somebody was named is no report");
    desk(Command::CloseDesk {
        desk: "nanjing-desk".to_owned(),
        successor: None,
    })
    .await;
    assert_eq!(row().await.holder.desk_name.zh, "服务贸易处", "its last name");
    assert_eq!(react(&opened.platform).await.unwrap(), 1);
    let back = row().await.holder;
    assert_eq!(
        (back.organization.as_str(), back.desk.as_str()),
        ("nanjing-commerce", "")
    );
}
