//! Who would move under another edition of a system, and why: the same figures and findings, run by both.

use super::{
    certificate::found,
    query::{self, Assessment},
    state::Stage,
};
use crate::{
    context::Reader,
    refusal::Result,
    running::Platform,
    system::{
        executable::Executable,
        query::{Force, System, SystemEdition},
        run::{self, SLOW},
    },
    text::workshop::made,
};
use indicator::{Editions, RuleChange, UnitMove, editions};
use jiff::civil::Date;
use language::Lang;
use std::sync::Arc;

/// A decided assessment under another edition.
#[derive(Debug, Clone)]
pub struct Move {
    /// Id of the assessment.
    pub assessment: String,
    /// The edition by which it was decided.
    pub edition: u32,
    /// What becomes of it.
    pub unit: UnitMove,
    /// Rules that differ between the editions.
    pub rules: Vec<RuleChange>,
}

/// The newest edition of a system, and what becomes under it of the assessments by earlier ones that the reader may see.
///
/// # Errors
/// A refusal `system/slow` where it takes too long.
pub async fn moves(
    platform: &Platform,
    reader: &Reader,
    system: &System,
) -> Result<Option<(SystemEdition, Vec<Move>)>> {
    let open = |edition: &&SystemEdition| system.force(edition) != Force::Withdrawn;
    let Some(newest) = system.editions().iter().find(open) else {
        return Ok(None);
    };
    let earlier = |one: &Assessment| {
        one.opened.system == newest.system && one.opened.edition < newest.edition && one.stage >= Stage::Decided
    };
    let all = query::assessments(platform, reader).await?;
    let concerned: Vec<Assessment> = all.into_iter().filter(earlier).collect();
    if concerned.is_empty() {
        return Ok(None);
    }
    let new = run::executable(platform, &newest.source).await?;
    let mut moves = Vec::new();
    for one in concerned {
        let old = run::executable(platform, &one.opened.source).await?;
        let at = one.submitted.unwrap_or(reader.today);
        let (id, edition) = (one.id.clone(), one.opened.edition);
        let new = new.clone();
        let told = made(platform.workshop(), SLOW, move || Ok(both(&old, &new, &one, at))).await?;
        if let Some(mut told) = told
            && let Some(unit) = told.units.pop()
        {
            moves.push(Move {
                assessment: id,
                edition,
                unit,
                rules: told.rules,
            });
        }
    }
    Ok(Some((newest.clone(), moves)))
}

/// One assessment by both editions. Pure.
fn both(old: &Arc<Executable>, new: &Arc<Executable>, one: &Assessment, at: Date) -> Option<Editions> {
    let state = one.state();
    let result = |executable: &Executable| Some(found(&executable.standard, &state, at, Lang::Zh)?.ran.result);
    let (was, now) = (result(old)?, result(new)?);
    Some(editions(
        (&old.standard, std::slice::from_ref(&was)),
        (&new.standard, std::slice::from_ref(&now)),
    ))
}
