//! No more summaries by mail: by the person, or by whoever has one of their letters, with one link and without signing in.

use crate::{
    context::{Context, PersonId},
    refusal::{Refusal, Result},
    rights::{Action, Object, check},
    running::Platform,
};
use identity::sealing::{InstallationKey, LookupField};
use ledger::Change;

/// The token in the letters of a person; it stops summaries and opens nothing else.
pub fn token(platform: &Platform, person: &PersonId) -> String {
    format!("{}.{}", person.0, proof(platform.keys().installation(), person))
}

fn proof(key: &InstallationKey, person: &PersonId) -> String {
    key.keyed_digest(LookupField::LetterStop, &person.0).hex()
}

/// Whose letter a token is from; unseen where it is none.
pub fn whose(platform: &Platform, token: &str) -> Result<PersonId> {
    let (person, told) = token.rsplit_once('.').ok_or_else(Refusal::unseen)?;
    let person = PersonId(person.to_owned());
    let keys = platform.keys();
    let known = std::iter::once(keys.installation())
        .chain(keys.previous_installation())
        .any(|key| same(&proof(key, &person), told));
    if known {
        Ok(person)
    } else {
        Err(Refusal::unseen().into())
    }
}

/// Compares without telling by its duration where two texts part.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |d, (a, b)| d | (a ^ b)) == 0
}

/// Stops summaries to whoever a letter went to.
pub async fn by_letter(platform: &Platform, token: &str) -> Result<()> {
    let person = whose(platform, token)?;
    set(platform, &person, false).await
}

/// Stops summaries to whoever asks, or lets them come again.
pub async fn by_person(platform: &Platform, context: &Context, wanted: bool) -> Result<()> {
    let person = context.actor.as_ref().map(|a| a.person.clone());
    let person = person.ok_or_else(Refusal::unseen)?;
    check(
        platform.rights(),
        context,
        Action::ManageOwn,
        &Object::of_person(&person.0),
    )?;
    set(platform, &person, wanted).await
}

async fn set(platform: &Platform, person: &PersonId, wanted: bool) -> Result<()> {
    let change = if wanted {
        Change::Delete {
            table: "letter_stop",
            whose: vec![("person", (&person.0).into())],
        }
    } else {
        Change::Upsert {
            table: "letter_stop",
            key: &["person"],
            values: vec![("person", (&person.0).into()), ("at", platform.now().into())],
        }
    };
    platform.ledger().state(vec![change]).await?;
    Ok(())
}
