//! What a survey's own statisticians read of its units; nobody else comes in here.

use super::{
    command::kept,
    query::{self, Row},
    sealed::Unit,
    state::Survey,
};
use crate::{context::Context, refusal::Result, rights::Action, running::Platform};
use std::collections::BTreeMap;

/// The units of a survey, by id.
pub async fn units(platform: &Platform, context: &Context, id: &str) -> Result<BTreeMap<String, Unit>> {
    kept(platform, context, id, Action::ReadSurveyRows).await?;
    let key = query::key(platform, id).await?;
    query::units(platform, &key, id).await
}

/// What the units reported for a period.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The survey as its stream tells it.
    pub survey: Survey,
    /// Its units, by id.
    pub units: BTreeMap<String, Unit>,
    /// The newest row of each unit under each definition.
    pub rows: Vec<Row>,
    /// How many of the units have reported.
    pub reporting: usize,
}

/// The newest rows of a period, by definition and unit.
pub async fn rows(platform: &Platform, context: &Context, id: &str, period: &str) -> Result<Kept> {
    let survey = kept(platform, context, id, Action::ReadSurveyRows).await?;
    let key = query::key(platform, id).await?;
    let units = query::units(platform, &key, id).await?;
    let mut newest: BTreeMap<(u32, String), Row> = BTreeMap::new();
    for row in query::rows_of_period(platform, &key, id, period).await? {
        newest.insert((row.definition, row.unit.clone()), row);
    }
    let reporting: std::collections::BTreeSet<&String> = newest.keys().map(|(_, unit)| unit).collect();
    Ok(Kept {
        reporting: reporting.len(),
        survey,
        units,
        rows: newest.into_values().collect(),
    })
}

/// The periods for which there are rows, the newest first.
pub async fn periods(platform: &Platform, context: &Context, id: &str) -> Result<Vec<String>> {
    kept(platform, context, id, Action::ReadSurveyRows).await?;
    query::periods(platform, id).await
}
