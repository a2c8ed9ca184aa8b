//! The survey of the demonstration (演示): invented units of `catalog/demo.toml`, each marked, and one published table.

use super::{
    command::{new_id, returns_stream, stream},
    decide::{self, New, TypedMarks},
    definition::{Definition, Typed},
    event::{Published, ReturnEvent, SurveyEvent, Wanted},
    sealed::{self, Belongs, Reported, Unit},
    tabulation::{Counted, Known, tabulate},
};
use crate::{
    bilingual::{Bilingual, Origin},
    catalogue::{self, files, words::OriginWord},
    context::PersonId,
    event::{demonstration, record},
    people::{self, profile::failed},
    refusal::{Error, Result},
    running::Platform,
};
use formula::Number;
use jiff::{ToSpan, civil::Date};
use ledger::{ActorId, Cause, Change, Commit, Version};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct World {
    en_origin: OriginWord,
    #[serde(default)]
    survey: Vec<Shipped>,
}

#[derive(Deserialize)]
struct Shipped {
    id: String,
    by: String,
    organization: String,
    zh: String,
    en: String,
    purpose: String,
    form_number: String,
    maker: String,
    filed: String,
    opened: i32,
    valid: i32,
    frequency: String,
    from: String,
    measures: String,
    classes: String,
    note: String,
    unit: Vec<ShippedUnit>,
    table: Vec<ShippedTable>,
}

#[derive(Deserialize)]
struct ShippedUnit {
    name: String,
    /// The body that reports; an invented one where nothing is said.
    organization: Option<String>,
    classes: BTreeMap<String, String>,
    period: String,
    values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct ShippedTable {
    period: String,
    measure: String,
    rows: Option<String>,
    columns: Option<String>,
    note: String,
}

fn data(reason: String) -> Error {
    Error::Data {
        what: "catalog/demo.toml".to_owned(),
        reason,
    }
}

/// Enters the surveys of the demonstration where they are not there yet, and says how many. Accounts must be there.
pub async fn enter(platform: &Platform) -> Result<usize> {
    let world: World = files::parse("demo.toml", catalogue::DEMO)?;
    let origin = Origin::from(world.en_origin);
    let mut entered = 0;
    for shipped in &world.survey {
        if platform.ledger().version(&stream(&shipped.id)?).await? != Version::NONE {
            continue;
        }
        let by = people::operator::find(platform, &shipped.by).await?;
        platform
            .ledger()
            .commit(commit(platform, shipped, &by, origin)?)
            .await?;
        entered += 1;
    }
    Ok(entered)
}

/// The whole survey in one commit.
fn commit(platform: &Platform, shipped: &Shipped, by: &PersonId, origin: Origin) -> Result<Commit> {
    let base = platform.today();
    let day = |at: i32| base.checked_add(at.days()).map_err(|e| data(e.to_string()));
    let opened = day(shipped.opened)?;
    let definition = definition(shipped)?;
    let new = new(shipped, origin, opened, day(shipped.valid)?);
    let (key, kept) = sealed::new_key(platform.keys(), &shipped.id)?;
    let mut events = vec![demonstration(&decide::open(&new, by)?)?.effective(opened)];
    let defined = SurveyEvent::DefinitionSet {
        version: 1,
        definition: Box::new(definition.clone()),
    };
    events.push(demonstration(&record(&defined)?)?.effective(opened));
    let mut commit = Commit::new(ActorId(by.0.clone()), Cause::Request("demo".to_owned()));
    commit.state.push(kept);
    let mut rows: Vec<(String, Unit, &ShippedUnit)> = Vec::new();
    for shipped_unit in &shipped.unit {
        let id = new_id("u")?;
        let unit = Unit {
            name: shipped_unit.name.clone(),
            organization: shipped_unit
                .organization
                .clone()
                .unwrap_or_else(|| format!("demo-unit-{}", rows.len() + 1)),
            classes: shipped_unit.classes.clone(),
        };
        let (unit_row, unit_digest) = sealed::unit_row(&key, &shipped.id, &id, &unit)?;
        let belongs = Belongs {
            survey: &shipped.id,
            unit: &id,
            row: 1,
            period: &shipped_unit.period,
            definition: 1,
            at: platform.now().as_microsecond(),
        };
        let reported = Reported {
            values: shipped_unit.values.clone(),
            note: String::new(),
        };
        let (row, digest) = sealed::reported_row(&key, &belongs, &reported)?;
        let entered = record(&ReturnEvent::UnitEntered { digest: unit_digest })?;
        let taken = record(&ReturnEvent::RowTaken {
            row: 1,
            period: shipped_unit.period.clone(),
            definition: 1,
            digest,
        })?;
        let stream = returns_stream(&shipped.id, &id)?;
        commit.state.push(Change::Claim {
            kind: "survey_unit",
            value: format!("{}/{}", shipped.id, unit.organization),
            holder: stream.to_string(),
        });
        commit = commit.write(
            stream,
            Version::NONE,
            vec![demonstration(&entered)?, demonstration(&taken)?],
        );
        commit.state.extend([unit_row, row]);
        rows.push((id, unit, shipped_unit));
    }
    for (index, table) in shipped.table.iter().enumerate() {
        let number = u32::try_from(index + 1).map_err(|e| data(e.to_string()))?;
        let (published, basis) = published(&key, shipped, &definition, table, number, &rows)?;
        commit.state.push(basis);
        let event = record(&SurveyEvent::TablePublished(Box::new(published)))?;
        events.push(demonstration(&event)?);
    }
    Ok(commit.write(stream(&shipped.id)?, Version::NONE, events))
}

fn new(shipped: &Shipped, origin: Origin, from: Date, until: Date) -> New {
    New {
        title: Bilingual {
            zh: shipped.zh.clone(),
            en: Some(shipped.en.clone()),
            en_origin: origin,
        },
        marks: TypedMarks {
            form_number: shipped.form_number.clone(),
            maker: shipped.maker.clone(),
            approval: "filed".to_owned(),
            approval_number: shipped.filed.clone(),
            valid_from: Some(from),
            valid_until: Some(until),
        },
        purpose: shipped.purpose.clone(),
        organization: shipped.organization.clone(),
    }
}

fn definition(shipped: &Shipped) -> Result<Definition> {
    let typed = Typed {
        frequency: shipped.frequency.clone(),
        from: shipped.from.clone(),
        measures: shipped.measures.clone(),
        classes: shipped.classes.clone(),
        note: shipped.note.clone(),
        ..Typed::default()
    };
    typed.read()
}

fn published(
    key: &identity::sealing::PersonKey,
    shipped: &Shipped,
    definition: &Definition,
    table: &ShippedTable,
    number: u32,
    rows: &[(String, Unit, &ShippedUnit)],
) -> Result<(Published, Change)> {
    let wanted = Wanted {
        definition: 1,
        period: table.period.clone(),
        measure: table.measure.clone(),
        rows: table.rows.clone(),
        columns: table.columns.clone(),
    };
    let mut known = Known::default();
    for (id, unit, shipped) in rows.iter().filter(|(_, _, shipped)| shipped.period == table.period) {
        known.units.insert(id.clone(), unit.clone());
        let value = shipped.values.get(&table.measure).and_then(|text| Number::parse(text));
        known.current.extend(value.map(|value| Counted {
            unit: id.clone(),
            row: 1,
            value,
        }));
    }
    let draft = tabulate(definition, &wanted, &known).map_err(|e| failed("a table of a survey", &e))?;
    let (change, basis) = sealed::basis_row(key, &shipped.id, number, &draft.basis)?;
    let published = Published {
        table: number,
        wanted,
        cells: draft.cells.into_iter().map(|drafted| drafted.cell).collect(),
        basis,
        note: table.note.clone(),
        demo: true,
    };
    Ok((published, change))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use identity::{KeyFile, OperatingSystem};

    #[test]
    fn the_shipped_survey_hides_something_and_shows_more() {
        let world: World = files::parse("demo.toml", catalogue::DEMO).unwrap();
        let shipped = &world.survey[0];
        assert!(
            shipped.unit.iter().all(|unit| unit.name.contains("演示")),
            "every unit is marked"
        );
        let definition = definition(shipped).unwrap();
        let keys = KeyFile::generate(&OperatingSystem).unwrap();
        let (key, _) = sealed::new_key(&keys, &shipped.id).unwrap();
        let rows: Vec<(String, Unit, &ShippedUnit)> = shipped
            .unit
            .iter()
            .enumerate()
            .map(|(at, unit)| {
                let of = Unit {
                    name: unit.name.clone(),
                    organization: format!("o{at}"),
                    classes: unit.classes.clone(),
                };
                (format!("u{at}"), of, unit)
            })
            .collect();
        for (unit, class) in rows
            .iter()
            .flat_map(|(_, unit, _)| unit.classes.keys().map(move |class| (unit, class)))
        {
            let values = &definition.class(class).unwrap().values;
            assert!(
                values.iter().any(|value| value.code == unit.classes[class]),
                "{}",
                unit.name
            );
        }
        for (at, table) in shipped.table.iter().enumerate() {
            let (published, _) = published(&key, shipped, &definition, table, at as u32 + 1, &rows).unwrap();
            let hidden = published.cells.iter().filter(|cell| cell.suppressed).count();
            let shown = published.cells.iter().filter(|cell| cell.value.is_some()).count();
            assert!(hidden > 0 && shown > hidden, "{hidden} hidden, {shown} shown");
        }
    }
}
