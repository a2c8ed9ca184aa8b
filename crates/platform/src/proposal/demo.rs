//! The proposal of the demonstration (演示): 各试点示范省市 widened to 20 places, public, without approval numbers.

use super::{
    change::ListChange,
    command::around,
    decide::{Command, Draft, decide},
    event::ProposalEvent,
    state::Proposal,
};
use crate::{
    bilingual::{Bilingual, Origin},
    catalogue::{self, files::parse},
    context::Context,
    event::record,
    list::entering::FIRST,
    refusal::{Error, Result},
    running::Platform,
    writing::begin,
};
use jiff::{ToSpan, civil::Date};
use ledger::{StreamName, Version};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    proposal: Shipped,
    account: Vec<Account>,
}

#[derive(Deserialize)]
struct Account {
    login: String,
    organization: String,
}

#[derive(Deserialize)]
struct Shipped {
    id: String,
    at: i32,
    by: String,
    reason_zh: String,
    reason_en: String,
    places_added: Vec<String>,
    approval: Vec<Approval>,
}

#[derive(Deserialize)]
struct Approval {
    number: String,
}

/// The version that the shipped proposal would change.
const BASE: u32 = 1;

/// Enters the shipped proposal, opened and published on its day before `base`; gives its id, or nothing where it is there
/// already, or where the list is past the version that it would change.
pub async fn enter(platform: &Platform, context: &Context, base: Date) -> Result<Option<String>> {
    let file: File = parse("demo.toml", catalogue::DEMO)?;
    let data = |reason: &str| Error::Data {
        what: "catalog/demo.toml".to_owned(),
        reason: reason.to_owned(),
    };
    let shipped = file.proposal;
    if shipped.approval.iter().any(|a| !a.number.is_empty()) {
        return Err(data(
            "the proposal carries an approval number: nothing known has amended this list",
        ));
    }
    let stream = StreamName::parse(&format!("proposal/{}", shipped.id))?;
    if platform.ledger().version(&stream).await? != Version::NONE {
        return Ok(None);
    }
    let by = file
        .account
        .iter()
        .find(|a| a.login == shipped.by)
        .ok_or_else(|| data("no account proposes"))?;
    let changes = vec![ListChange::Widen {
        places: shipped.places_added,
    }];
    let day = base.checked_add(shipped.at.days()).map_err(|e| data(&e.to_string()))?;
    let (found, _) = around(platform, context.today, FIRST, BASE, &changes, &[]).await?;
    if found.current != BASE {
        return Ok(None);
    }
    let reason = Bilingual {
        zh: shipped.reason_zh,
        en: Some(shipped.reason_en),
        en_origin: Origin::Machine,
    };
    let draft = Draft {
        list: FIRST.to_owned(),
        base_version: BASE,
        reason,
        changes,
    };
    let (by, number) = (by.organization.clone(), 1);
    let mut proposal = Proposal::default();
    let mut events = Vec::new();
    for command in [
        Command::Open {
            draft,
            number,
            by,
            place: None,
            demo: true,
        },
        Command::Publish,
    ] {
        for event in decide(&proposal, &found, command)? {
            events.push(record::<ProposalEvent>(&event)?.effective(day));
            proposal.take(event, day);
        }
    }
    platform
        .ledger()
        .commit(begin(context, &shipped.id).write(stream, Version::NONE, events))
        .await?;
    Ok(Some(shipped.id))
}
