//! Who guides a task reads a change of the list that touches it from when on the table of visibility says.

use crate::{
    opened,
    signed_in::{actor, analyst, officer, on, reader},
};
use platform::{
    bilingual::Bilingual,
    list::{self, command::TaskCommand},
    proposal::{
        change::ListChange,
        command::{self, Target},
        decide::Draft,
        query,
    },
    refusal::Error,
    rights::Role,
    running::Platform,
};

const TODAY: &str = "2026-11-23";

async fn guided(platform: &Platform, task: &str, organization: &str) {
    let assign = TaskCommand::AssignGuiding {
        organization: organization.to_owned(),
        source: "来文".to_owned(),
    };
    list::command::run(platform, &on(TODAY, &analyst()), task, None, &assign)
        .await
        .unwrap();
}

fn close(reason: &str) -> Draft {
    Draft {
        list: "first".to_owned(),
        base_version: 1,
        reason: Bilingual::zh(reason),
        changes: vec![ListChange::CloseTask {
            task: "first-26".to_owned(),
            reason: reason.to_owned(),
        }],
    }
}

/// A change of the list is prepared by its proposer; who guides a task that it touches reads it when opinions are asked.
#[tokio::test]
async fn a_guiding_ministry_reads_what_touches_its_tasks_once_opinions_are_asked() {
    let opened = opened::with_list().await;
    let platform = &opened.platform;
    let chief = on(TODAY, &analyst());
    guided(platform, "first-26", "miit").await;
    guided(platform, "first-1", "mct").await;
    let chengdu = on(TODAY, &officer("chengdu-commerce", "510100"));
    let id = command::open(platform, &chengdu, close("另行部署"), None)
        .await
        .unwrap()
        .id;
    // Who sees it whole, by role: each of them is in the ministry that guides the task, or in the one that guides another.
    let readers = async |platform: &Platform| {
        let mut seeing = Vec::new();
        for role in Role::ALL {
            for body in ["miit", "mct"] {
                let reader = reader(TODAY, Some(&actor(*role, body, &[])));
                let shell = query::proposal(platform, &reader, &id).await.unwrap();
                if shell.whole.is_some() {
                    seeing.push(format!("{} of {body}", role.id()));
                }
            }
        }
        seeing
    };
    let keepers: Vec<String> = [Role::MinistryAnalyst, Role::Auditor, Role::AuditAdministrator]
        .iter()
        .flat_map(|role| ["miit", "mct"].map(|body| format!("{} of {body}", role.id())))
        .collect();
    let with_guiding = |bodies: &[&str]| {
        let mut all = keepers.clone();
        all.splice(2..2, bodies.iter().map(|body| format!("guiding_officer of {body}")));
        all
    };
    assert_eq!(readers(platform).await, keepers, "a draft is its proposer's");
    let target = |seen| Target { id: &id, seen };
    let asked = async |platform: &Platform| {
        let bodies = vec!["nanjing-commerce".to_owned()];
        let until = "2026-12-20".parse().unwrap();
        command::ask(platform, &chief, target(None), bodies, until)
            .await
            .unwrap();
    };
    asked(platform).await;
    assert_eq!(readers(platform).await, with_guiding(&["miit"]));
    let miit = reader(TODAY, Some(&actor(Role::GuidingOfficer, "miit", &[])));
    assert!(query::preview(platform, &miit, &id).await.is_ok());
    assert!(command::standing_in_the_way(platform, &miit, &id).await.is_ok());
    assert!(
        query::opinions(platform, &miit, &id).await.unwrap().is_empty(),
        "opinions are read together"
    );
    // It may read, and propose, but this one is not its own.
    let own = on(TODAY, &actor(Role::GuidingOfficer, "miit", &[]));
    let refused = command::withdraw(platform, &own, target(None), "不是我提的").await;
    assert!(matches!(refused, Err(Error::Refused(r)) if r.rule == "list/not_the_proposer"));
    // Worded anew, it is a draft again.
    command::change(platform, &chengdu, target(None), close("改写"))
        .await
        .unwrap();
    assert_eq!(readers(platform).await, keepers);
    // A widening touches the tasks of all pilots: task 1 is one, task 26 is not.
    let widen = Draft {
        changes: vec![ListChange::Widen {
            places: vec!["440300".to_owned()],
        }],
        ..close("扩大")
    };
    command::change(platform, &chengdu, target(None), widen).await.unwrap();
    asked(platform).await;
    assert_eq!(readers(platform).await, with_guiding(&["mct"]));
    assert!(platform.ledger().rebuild_check().await.unwrap().is_empty());
}

#[tokio::test]
async fn from_when_on_a_guiding_ministry_reads_a_draft_is_data() {
    let own = "[[visible]]\nfact = \"proposal_draft\"\naudience = \"participants\"\nguided = true\n";
    let opened = opened::with_list_and_visibility(own).await;
    let platform = &opened.platform;
    guided(platform, "first-26", "miit").await;
    let chengdu = on(TODAY, &officer("chengdu-commerce", "510100"));
    let id = command::open(platform, &chengdu, close("另行部署"), None)
        .await
        .unwrap()
        .id;
    let miit = reader(TODAY, Some(&actor(Role::GuidingOfficer, "miit", &[])));
    assert!(query::proposal(platform, &miit, &id).await.unwrap().whole.is_some());
}
