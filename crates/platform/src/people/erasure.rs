//! Erasure: what is known of a person goes for good, and what stays says that something was there.
//!
//! The commit of `person.erased` destroys the person's key, sealed records, digests, credential, sessions and keys, gives
//! the login up and enters the person in the list of erasures. A job goes through the rest of the checklist: letters that
//! wait, files that nobody refers to, rows that came in meanwhile, and the list outside the database, by which an older
//! copy forgets again whom it had forgotten ([`again`]). The log keeps an opaque id; the chain is not touched.

use super::{
    command::{Decision, decide, gone, never_without, released},
    event::{Ground, PersonEvent},
    profile::failed,
    query::account::{self, Erasure},
    state::{Membership, Person},
    tables::OF_ONE_PERSON,
    write::{Done, Refused},
};
use crate::{
    context::{Context, PersonId},
    event::record,
    refusal::{Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
};
use jiff::{SignedDuration, Timestamp};
use ledger::{
    Change, NewJob,
    backup::{BackupError, read_erasures},
    files::Limits,
};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, path::Path};

/// Kind of the job that goes through the checklist.
const JOB: &str = "people.erasure";
/// How long a worker may take.
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// The list outside the database, in the file store.
const LIST: &str = "erasures";
/// An entry of the list is smaller.
const ENTRY: Limits = Limits { max_bytes: 4 * 1024 };
/// So many files are looked at in one go.
const FILES: u32 = 1_000;

/// Erases a person. Who has not left leaves with it.
///
/// # Errors
/// `rights/missing`; `people/last_administrator`; unseen where there is no such person, or no longer.
pub async fn erase(platform: &Platform, context: &Context, person: &PersonId, ground: Ground) -> Result<Done> {
    rights::check(
        platform.rights(),
        context,
        Action::ManagePeople,
        &Object::of_person(&person.0),
    )?;
    carry_out(platform, context, person, ground).await
}

/// Erases without asking for the right.
pub(super) async fn carry_out(
    platform: &Platform,
    context: &Context,
    person: &PersonId,
    ground: Ground,
) -> Result<Done> {
    decide(platform, context, person, |state| async move {
        if !state.entered || state.erased {
            return Err(Refusal::unseen().into());
        }
        if !state.left {
            let held: Vec<&Membership> = state.memberships.values().collect();
            never_without(platform, person, &held, context.today).await?;
        }
        let erasure = Erasure {
            person: person.clone(),
            at: context.now,
            ground: Some(ground),
        };
        erased(platform, &state, &erasure).await
    })
    .await
}

/// The events and changes by which a person is erased.
async fn erased(platform: &Platform, state: &Person, erasure: &Erasure) -> Result<Decision, Refused> {
    let person = &erasure.person;
    let mut events = Vec::new();
    if !state.left {
        events.push(record(&PersonEvent::Left {})?);
    }
    events.push(record(&PersonEvent::Erased { ground: erasure.ground })?);
    let mut changes = destroyed(platform, person).await?;
    changes.push(listed(erasure));
    let body = serde_json::json!({ "person": person.0 }).to_string();
    changes.push(platform.ledger().enqueued(NewJob::new(JOB, platform.now(), body)));
    Ok(Decision {
        events,
        state: changes,
        id: person.0.clone(),
        ..Decision::default()
    })
}

/// The changes by which everything about a person goes that the database holds beside the log.
async fn destroyed(platform: &Platform, person: &PersonId) -> Result<Vec<Change>> {
    let mut changes = released(platform, person).await?;
    for (field, digest) in account::digests_of(platform, person).await? {
        if field == "login" {
            changes.push(Change::Delete {
                table: "sign_in_failure",
                whose: vec![("login", digest.into())],
            });
        }
    }
    changes.extend(gone(OF_ONE_PERSON, person));
    changes.push(Change::Delete {
        table: "outbox",
        whose: vec![("recipient", (&person.0).into())],
    });
    Ok(changes)
}

/// The change that enters a person in the list of erasures.
fn listed(erasure: &Erasure) -> Change {
    Change::InsertAbsent {
        table: "erasure",
        key: &["person"],
        values: vec![
            ("person", (&erasure.person.0).into()),
            ("at", erasure.at.into()),
            ("ground", erasure.ground.map_or("", Ground::id).into()),
            ("settled", Option::<i64>::None.into()),
        ],
    }
}

/// Goes through the checklist of those who were erased; says how many are settled. Idempotent, on however many nodes.
pub async fn settle_due(platform: &Platform) -> Result<usize> {
    let ledger = platform.ledger();
    let mut settled = 0;
    for job in ledger.claim_jobs(&[JOB], "erasure", LEASE, 20).await? {
        let person = serde_json::from_str::<BTreeMap<String, String>>(&job.body)
            .ok()
            .and_then(|body| body.get("person").cloned())
            .map(PersonId);
        let Some(person) = person else {
            ledger.fail_job(&job, "the body names no person").await?;
            continue;
        };
        match settle(platform, &person).await {
            Ok(()) => {
                let done = Change::Update {
                    table: "erasure",
                    values: vec![("settled", platform.now().into())],
                    whose: vec![("person", (&person.0).into())],
                };
                settled += usize::from(ledger.complete_job(&job, vec![done]).await?);
            }
            Err(error) => {
                ledger.fail_job(&job, &error.to_string()).await?;
            }
        }
    }
    Ok(settled)
}

/// The checklist: rows that came in meanwhile, letters, files, the list outside the database.
async fn settle(platform: &Platform, person: &PersonId) -> Result<()> {
    let ledger = platform.ledger();
    ledger.state(destroyed(platform, person).await?).await?;
    let Some(store) = platform.files() else { return Ok(()) };
    for file in ledger.unreferred_files(platform.now(), FILES).await? {
        if file.uploaded_by.0 == person.0 {
            ledger.remove_file(store, &file).await?;
        }
    }
    if let Some(erasure) = account::erasures(platform)
        .await?
        .into_iter()
        .find(|e| e.person == *person)
    {
        let content = serde_json::to_vec(&erasure).map_err(|e| failed("the list of erasures", &e))?;
        store
            .put_named(&format!("{LIST}/{}.json", person.0), content.into())
            .await?;
    }
    Ok(())
}

/// The list as the file store has it: it may know of erasures that a restored copy does not.
pub async fn list_outside(platform: &Platform) -> Result<Vec<Erasure>> {
    let mut list = Vec::new();
    let Some(store) = platform.files() else { return Ok(list) };
    for name in store.list_named(LIST).await? {
        if let Some(content) = store.get_named(&name, ENTRY).await? {
            list.push(serde_json::from_slice(&content).map_err(|e| failed(&name, &e))?);
        }
    }
    Ok(list)
}

/// The list of erasures of a copy.
pub fn list_of(copy: &Path) -> Result<Vec<Erasure>, BackupError> {
    let read = |row: Map<String, Value>| {
        let at = row.get("at").and_then(Value::as_i64)?;
        Some(Erasure {
            person: PersonId(row.get("person").and_then(Value::as_str)?.to_owned()),
            at: Timestamp::from_microsecond(at).ok()?,
            ground: row.get("ground").and_then(Value::as_str).and_then(Ground::parse),
        })
    };
    Ok(read_erasures(copy)?.into_iter().filter_map(read).collect())
}

/// After the restore of a copy: whoever is in its own list, in the list of the file store, or in `later` (the list of a
/// later copy) is erased again. Says how many the copy had brought back.
pub async fn again(platform: &Platform, context: &Context, later: Vec<Erasure>) -> Result<usize> {
    let mut all: BTreeMap<PersonId, Erasure> = BTreeMap::new();
    let own = account::erasures(platform).await?;
    for erasure in own.into_iter().chain(list_outside(platform).await?).chain(later) {
        all.entry(erasure.person.clone()).or_insert(erasure);
    }
    let mut brought_back = 0;
    for erasure in all.values() {
        let person = &erasure.person;
        let forgotten = decide(platform, context, person, |state| async move {
            if !state.entered || state.erased {
                return Err(Refusal::unseen().into());
            }
            erased(platform, &state, erasure).await
        })
        .await;
        match forgotten {
            Ok(_) => brought_back += 1,
            // Erased in this log, too, or never in it: only rows can be left.
            Err(crate::refusal::Error::Refused(_)) => {
                let mut changes = destroyed(platform, person).await?;
                changes.push(listed(erasure));
                platform.ledger().state(changes).await?;
            }
            Err(error) => return Err(error),
        }
    }
    settle_due(platform).await?;
    Ok(brought_back)
}

/// Erases by whoever holds the installation's key file, and goes through the checklist at once.
pub async fn by_operator(platform: &Platform, context: &Context, person: &PersonId, ground: Ground) -> Result<Done> {
    let done = carry_out(platform, context, person, ground).await?;
    settle_due(platform).await?;
    Ok(done)
}
