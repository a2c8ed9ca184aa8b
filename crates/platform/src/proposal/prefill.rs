//! 提出调整 from a task's page: a draft that says already what the warning on the task suggests.

use super::{
    change::{ListChange, NewWords, Places},
    decide::Draft,
};
use crate::{
    bilingual::{Bilingual, Origin},
    list::{
        edition::{self, Edition},
        event::{ClaimKind, Note},
        state::Task,
    },
    refusal::{Refusal, Result},
    rights::words,
    running::Platform,
};
use ledger::StreamName;

words! {
    /// What the draft is to do.
    Intent {
        /// Give the task to the place above: it alone may make such a standard.
        ToPlaceAbove = "to_place_above",
        /// Make one of tasks that are nearly the same.
        Merge = "merge",
        /// Word it anew; the words are left to the proposer.
        Reword = "reword",
        /// Close it.
        Close = "close",
    }
}

/// A place, as a draft needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceAbove {
    /// Code.
    pub code: String,
    /// Name in everyday use, as the list writes it.
    pub short: String,
}

/// What the warnings on a task suggest for it at a place. Pure.
pub fn suggested(notes: &[Note], near: &[u32]) -> Intent {
    if notes.iter().any(|n| n.id == "province_only") {
        Intent::ToPlaceAbove
    } else if !near.is_empty() {
        Intent::Merge
    } else {
        Intent::Reword
    }
}

/// The draft. Pure; the changes may be empty where the words are left to the proposer.
pub fn draft(
    edition: &Edition,
    id: &str,
    notes: &[Note],
    place: &PlaceAbove,
    above: Option<&PlaceAbove>,
    intent: Intent,
) -> Result<Draft, Refusal> {
    let entry = edition.tasks.get(id).ok_or_else(Refusal::unseen)?;
    let wording = &entry.wording;
    let changes = match intent {
        Intent::ToPlaceAbove => {
            let above = above.ok_or_else(|| Refusal::wrong("list/no_place_above").with("place", place.code.clone()))?;
            let mut claims = wording.claims.clone();
            let mut moved = false;
            for claim in claims.iter_mut().filter(|c| c.claim == ClaimKind::Named) {
                moved |= claim.places.contains(&place.code);
                claim.places.retain(|code| *code != above.code);
                for code in claim.places.iter_mut().filter(|code| **code == place.code) {
                    code.clone_from(&above.code);
                }
            }
            if !moved {
                return Err(Refusal::wrong("list/place_not_named").with("place", place.code.clone()));
            }
            let as_written = wording.places_as_written.replace(&place.short, &above.short);
            let places = Some(Places { claims, as_written });
            vec![ListChange::ChangeTask {
                task: id.to_owned(),
                words: NewWords {
                    places,
                    ..NewWords::default()
                },
            }]
        }
        Intent::Merge => {
            let near: Vec<&str> = edition
                .open()
                .into_iter()
                .filter(|(_, e)| wording.near.contains(&e.wording.number))
                .map(|(near, _)| near)
                .collect();
            match near.split_first() {
                None => return Err(Refusal::wrong("list/nothing_near").with("number", wording.number.to_string())),
                Some(_) => vec![ListChange::MergeTasks {
                    from: near.into_iter().map(str::to_owned).collect(),
                    into: id.to_owned(),
                }],
            }
        }
        Intent::Close => vec![ListChange::CloseTask {
            task: id.to_owned(),
            reason: reason(notes).zh,
        }],
        Intent::Reword => Vec::new(),
    };
    Ok(Draft {
        list: edition.list.clone(),
        base_version: edition.version,
        reason: reason(notes),
        changes,
    })
}

/// The warnings on the task with their sources.
fn reason(notes: &[Note]) -> Bilingual {
    let zh = notes
        .iter()
        .map(|n| format!("{}（{}）", n.text.zh, n.source.zh))
        .collect::<Vec<_>>()
        .join("\n");
    let en: Option<Vec<String>> = notes
        .iter()
        .map(|n| Some(format!("{} ({})", n.text.en.as_ref()?, n.source.en.as_ref()?)))
        .collect();
    let en = en.filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
    let en_origin = if en.is_some() { Origin::Machine } else { Origin::None };
    Bilingual { zh, en, en_origin }
}

/// The draft for a task at a place, on the base of the current version; the intent that the warnings suggest, where none
/// is given.
pub async fn prefill(platform: &Platform, task: &str, place: &str, intent: Option<Intent>) -> Result<Draft> {
    let ledger = platform.ledger();
    let stream = StreamName::parse(&format!("task/{task}")).map_err(|_| Refusal::unseen())?;
    let state = Task::fold(&ledger.stream(&stream).await?);
    let wording = state.wording.as_ref().ok_or_else(Refusal::unseen)?;
    let loaded = edition::load(platform, &state.list).await?;
    let edition = loaded.edition(loaded.current)?;
    let found = crate::list::facts::place_and_above(platform, platform.today(), place).await?;
    let row = found.ok_or_else(Refusal::unseen)?;
    let here = PlaceAbove {
        code: row.text("id")?,
        short: row.text("short")?,
    };
    let above = match (row.text_or_null("above")?, row.text_or_null("above_short")?) {
        (Some(code), Some(short)) => Some(PlaceAbove { code, short }),
        _ => None,
    };
    let intent = intent.unwrap_or_else(|| suggested(&state.notes, &wording.near));
    Ok(draft(&edition, task, &state.notes, &here, above.as_ref(), intent)?)
}
