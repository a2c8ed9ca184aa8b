//! Statistics surveys: what is surveyed, tables and series; and, for those who keep a survey or report to it, rows.

use super::{Listing, NewText, Text};
use crate::{
    Answer, Asking, Failure, Json, Path, Web,
    asked::{Parameter, Values, parameter},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use platform::{
    bilingual::Bilingual,
    refusal::Refusal,
    rights::Action,
    survey::{
        command::{self, NewSurvey, NewUnit, TypedMarks},
        definition::{Class, Definition, Measure, Typed},
        event::Wanted,
        keeping, publishing,
        query::{self, Row, Survey, Table},
        reporting,
        series::series as told_series,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The marks of a form (统计法 2024 article 17).
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MarksView {
    form_number: String,
    maker: String,
    /// `approved` or `filed`.
    approval: String,
    /// The number of the approval or filing.
    approval_number: String,
    /// `YYYY-MM-DD`.
    valid_from: String,
    /// `YYYY-MM-DD`.
    valid_until: String,
}

impl MarksView {
    fn typed(&self) -> TypedMarks {
        TypedMarks {
            form_number: self.form_number.clone(),
            maker: self.maker.clone(),
            approval: self.approval.clone(),
            approval_number: self.approval_number.clone(),
            valid_from: self.valid_from.parse().ok(),
            valid_until: self.valid_until.parse().ok(),
        }
    }
}

/// A quantity that units report.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureView {
    code: String,
    name: Text,
    unit: String,
    may_be_negative: bool,
}

/// A value of a classification.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassValueView {
    code: String,
    name: Text,
}

/// A classification of units.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassView {
    code: String,
    name: Text,
    values: Vec<ClassValueView>,
}

/// What a survey asks from a period on.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefinitionView {
    /// Its number, from 1.
    version: u32,
    /// `year`, `quarter`, `month`.
    frequency: String,
    /// `2026`, `2026Q3`, `2026-09`.
    first_period: String,
    measures: Vec<MeasureView>,
    classes: Vec<ClassView>,
    /// A total needs so many units.
    least: u32,
    /// The p of p%.
    percent: u32,
    note: String,
}

impl From<(&u32, &Definition)> for DefinitionView {
    fn from((version, definition): (&u32, &Definition)) -> Self {
        let class = |class: &Class| ClassView {
            code: class.code.clone(),
            name: (&class.name).into(),
            values: class
                .values
                .iter()
                .map(|value| ClassValueView {
                    code: value.code.clone(),
                    name: (&value.name).into(),
                })
                .collect(),
        };
        let measure = |measure: &Measure| MeasureView {
            code: measure.code.clone(),
            name: (&measure.name).into(),
            unit: measure.unit.clone(),
            may_be_negative: measure.may_be_negative,
        };
        Self {
            version: *version,
            frequency: definition.frequency.id().to_owned(),
            first_period: definition.from.clone(),
            measures: definition.measures.iter().map(measure).collect(),
            classes: definition.classes.iter().map(class).collect(),
            least: definition.secrecy.least,
            percent: definition.secrecy.percent,
            note: definition.note.clone(),
        }
    }
}

/// A survey.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyView {
    id: String,
    title: Text,
    marks: MarksView,
    /// Id of the body that keeps it.
    organization: String,
    purpose: String,
    /// Oldest first.
    definitions: Vec<DefinitionView>,
    /// Why it takes nothing in any more; null while it does.
    closed: Option<String>,
    /// How many tables it has published.
    tables: i64,
    since: Option<String>,
    demo: bool,
}

impl From<&Survey> for SurveyView {
    fn from(survey: &Survey) -> Self {
        let marks = &survey.marks;
        Self {
            id: survey.id.clone(),
            title: (&survey.title).into(),
            marks: MarksView {
                form_number: marks.form_number.clone(),
                maker: marks.maker.clone(),
                approval: marks.approval.id().to_owned(),
                approval_number: marks.approval.number().to_owned(),
                valid_from: marks.valid_from.to_string(),
                valid_until: marks.valid_until.to_string(),
            },
            organization: survey.organization.clone(),
            purpose: survey.purpose.clone(),
            definitions: survey.definitions.iter().map(DefinitionView::from).collect(),
            closed: survey.closed.clone(),
            tables: survey.tables,
            since: survey.since.map(|day| day.to_string()),
            demo: survey.demo,
        }
    }
}

/// `GET /surveys`.
pub async fn surveys(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<SurveyView>>> {
    let all = query::surveys(&web.platform, &asking.reader).await?;
    let views = all.iter().map(SurveyView::from).collect();
    Ok(Json(Listing::cut(&asking, views, |one: &SurveyView| one.id.clone())?))
}

/// `GET /surveys/{id}`.
pub async fn survey(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<SurveyView>> {
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    Ok(Json((&survey).into()))
}

/// A survey that somebody opens.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSurveyRequest {
    title: NewText,
    marks: MarksView,
    /// Id of the body that keeps it, in which the caller is a statistician.
    organization: String,
    #[serde(default)]
    purpose: String,
}

async fn now(mut asking: Asking, web: &Web, id: &str) -> Answer<SurveyView> {
    // What was just recorded is seen in the answer.
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    Ok((&query::survey(&web.platform, &asking.reader, id).await?).into())
}

/// `POST /surveys`.
pub async fn open(asking: Asking, State(web): State<Web>, Json(request): Json<NewSurveyRequest>) -> Answer<Response> {
    let new = NewSurvey {
        title: Bilingual::from(request.title),
        marks: request.marks.typed(),
        purpose: request.purpose,
        organization: request.organization,
    };
    let done = command::open(&web.platform, &asking.context(), &new).await?;
    Ok((StatusCode::CREATED, Json(now(asking, &web, &done.id).await?)).into_response())
}

/// A measure or a value of a classification, with its name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureRequest {
    code: String,
    name: NewText,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    may_be_negative: bool,
}

/// A classification.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassRequest {
    code: String,
    name: NewText,
    /// The values; the Chinese name of each is its code.
    values: Vec<NewText>,
}

/// What a survey asks from a period on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefinitionRequest {
    /// `year`, `quarter`, `month`.
    frequency: String,
    /// `2026`, `2026Q3`, `2026-09`.
    first_period: String,
    measures: Vec<MeasureRequest>,
    #[serde(default)]
    classes: Vec<ClassRequest>,
    /// The least number of units in a total, at least 3; 3 where absent.
    least: Option<u32>,
    /// The p of p%; 10 where absent.
    percent: Option<u32>,
    #[serde(default)]
    note: String,
}

impl DefinitionRequest {
    /// As one would type it, so that both ways in are checked by the same rules.
    fn typed(&self) -> Typed {
        let english = |name: &NewText| name.en.clone().unwrap_or_default();
        let measure = |m: &MeasureRequest| {
            let negative = if m.may_be_negative { "-" } else { "" };
            format!(
                "{} | {} | {} | {} | {negative}",
                m.code,
                m.name.zh,
                m.unit,
                english(&m.name)
            )
        };
        let class = |c: &ClassRequest| {
            let value = |v: &NewText| match &v.en {
                Some(en) => format!("{}={en}", v.zh),
                None => v.zh.clone(),
            };
            let values: Vec<String> = c.values.iter().map(value).collect();
            format!(
                "{} | {} | {} | {}",
                c.code,
                c.name.zh,
                values.join(";"),
                english(&c.name)
            )
        };
        let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        Typed {
            frequency: self.frequency.clone(),
            from: self.first_period.clone(),
            measures: self.measures.iter().map(measure).collect::<Vec<_>>().join("\n"),
            classes: self.classes.iter().map(class).collect::<Vec<_>>().join("\n"),
            least: number(self.least),
            percent: number(self.percent),
            note: self.note.clone(),
        }
    }
}

/// `POST /surveys/{id}/definitions`.
pub async fn define(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(request): Json<DefinitionRequest>,
) -> Answer<Response> {
    command::define(&web.platform, &asking.context(), &id, &request.typed()).await?;
    Ok((StatusCode::CREATED, Json(now(asking, &web, &id).await?)).into_response())
}

/// A unit that a statistician enters.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitRequest {
    /// Id of its body on the platform.
    organization: String,
    /// Its name in the survey; that of its body where empty.
    #[serde(default)]
    name: String,
    /// Its value in each classification, by code.
    #[serde(default)]
    classes: BTreeMap<String, String>,
}

/// A unit of a survey.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    id: String,
    name: String,
    organization: String,
    classes: BTreeMap<String, String>,
}

/// `GET /surveys/{id}/units`, for the survey's own statisticians.
pub async fn units(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<Listing<UnitView>>> {
    let all = keeping::units(&web.platform, &asking.context(), &id).await?;
    let views = all.into_iter().map(|(id, unit)| UnitView {
        id,
        name: unit.name,
        organization: unit.organization,
        classes: unit.classes,
    });
    Ok(Json(Listing::cut(&asking, views.collect(), |one: &UnitView| {
        one.id.clone()
    })?))
}

/// The id of what was entered or taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenView {
    /// Id of the unit, or of the receipt.
    id: String,
    /// Where it stands in the log.
    position: i64,
}

/// `POST /surveys/{id}/units`.
pub async fn enter_unit(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(request): Json<UnitRequest>,
) -> Answer<Response> {
    let new = NewUnit {
        name: request.name,
        organization: request.organization,
        classes: request.classes,
    };
    let done = command::enter_unit(&web.platform, &asking.context(), &id, &new).await?;
    let view = TakenView {
        id: done.id,
        position: done.committed.last.0,
    };
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// What a unit reported.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowView {
    /// Id of the unit.
    unit: String,
    /// Its number among those of the unit.
    row: u32,
    period: String,
    /// Number of the definition.
    definition: u32,
    at: String,
    /// Decimals by the codes of measures.
    values: BTreeMap<String, String>,
    note: String,
}

impl From<Row> for RowView {
    fn from(row: Row) -> Self {
        Self {
            unit: row.unit,
            row: row.row,
            period: row.period,
            definition: row.definition,
            at: row.at.to_string(),
            values: row.reported.values,
            note: row.reported.note,
        }
    }
}

/// Which rows are asked for.
pub const ROWS: &[Parameter] = &[parameter("period", Values::Text, "The period; the newest where absent")];

/// `GET /surveys/{id}/rows?period=`, for the survey's own statisticians: the newest row of each unit and definition.
pub async fn rows(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<Listing<RowView>>> {
    let periods = keeping::periods(&web.platform, &asking.context(), &id).await?;
    let period = asking.links.get("period").or(periods.first().map(String::as_str));
    let found = match period {
        Some(period) => keeping::rows(&web.platform, &asking.context(), &id, period).await?.rows,
        None => Vec::new(),
    };
    let views: Vec<RowView> = found.into_iter().map(RowView::from).collect();
    Ok(Json(Listing::cut(&asking, views, |one| {
        format!("{}.{}", one.unit, one.row)
    })?))
}

/// `GET /surveys/{id}/own-rows`: what one's own unit reported, newest first.
pub async fn own_rows(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<RowView>>> {
    let (_, rows) = reporting::own_rows(&web.platform, asking.actor(), &id).await?;
    let views: Vec<RowView> = rows.into_iter().map(RowView::from).collect();
    Ok(Json(Listing::cut(&asking, views, |one| one.row.to_string())?))
}

/// What a unit reports.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowRequest {
    period: String,
    /// Number of the definition; the newest that asks for the period where absent.
    definition: Option<u32>,
    /// Decimals by the codes of measures.
    values: BTreeMap<String, String>,
    #[serde(default)]
    note: String,
}

/// `POST /surveys/{id}/rows`: by the unit itself, within the validity of the form.
pub async fn report(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(request): Json<RowRequest>,
) -> Answer<Response> {
    let typed = reporting::Typed {
        period: request.period,
        definition: request.definition,
        values: request.values,
        note: request.note,
    };
    let committed = reporting::report(&web.platform, &asking.context(), &id, &typed).await?;
    let view = TakenView {
        id: committed.repeated.unwrap_or_default(),
        position: committed.last.0,
    };
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// A total of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct CellView {
    /// Value of the classification down the side; null for all together.
    row: Option<String>,
    /// Value of the classification across; null for all together.
    column: Option<String>,
    /// The total, a decimal; null where it is suppressed, or no unit stands there.
    value: Option<String>,
    /// How many units it sums; null where it is suppressed.
    units: Option<u32>,
    suppressed: bool,
}

/// A published table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableView {
    survey: String,
    table: u32,
    /// Number of the definition.
    definition: u32,
    period: String,
    measure: String,
    /// Code of the classification down the side.
    rows: Option<String>,
    /// Code of the classification across.
    columns: Option<String>,
    cells: Vec<CellView>,
    note: String,
    published: String,
    demo: bool,
}

fn table_view(survey: &str, table: &Table) -> TableView {
    let content = &table.content;
    TableView {
        survey: survey.to_owned(),
        table: content.table,
        definition: content.wanted.definition,
        period: content.wanted.period.clone(),
        measure: content.wanted.measure.clone(),
        rows: content.wanted.rows.clone(),
        columns: content.wanted.columns.clone(),
        cells: content
            .cells
            .iter()
            .map(|cell| CellView {
                row: cell.row.clone(),
                column: cell.column.clone(),
                value: cell.value.clone(),
                units: cell.units,
                suppressed: cell.suppressed,
            })
            .collect(),
        note: content.note.clone(),
        published: table.published.to_string(),
        demo: content.demo,
    }
}

/// `GET /surveys/{id}/tables`, newest first.
pub async fn tables(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<TableView>>> {
    query::survey(&web.platform, &asking.reader, &id).await?;
    let all = query::tables(&web.platform, &asking.reader, &id).await?;
    let views: Vec<TableView> = all.iter().map(|table| table_view(&id, table)).collect();
    Ok(Json(Listing::cut(&asking, views, |one| one.table.to_string())?))
}

/// `GET /surveys/{id}/tables/{table}`.
pub async fn table(
    asking: Asking,
    State(web): State<Web>,
    Path((id, number)): Path<(String, u32)>,
) -> Answer<Json<TableView>> {
    let table = query::table(&web.platform, &asking.reader, &id, number).await?;
    Ok(Json(table_view(&id, &table)))
}

/// A table that is to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRequest {
    definition: u32,
    period: String,
    measure: String,
    rows: Option<String>,
    columns: Option<String>,
    #[serde(default)]
    note: String,
}

/// `POST /surveys/{id}/tables`: published after suppression, by one of the survey's own statisticians.
pub async fn publish(
    mut asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(request): Json<TableRequest>,
) -> Answer<Response> {
    command::kept(&web.platform, &asking.context(), &id, Action::KeepSurvey).await?;
    let wanted = Wanted {
        definition: request.definition,
        period: request.period,
        measure: request.measure,
        rows: request.rows,
        columns: request.columns,
    };
    let done = publishing::publish(&web.platform, &asking.context(), &id, &wanted, &request.note, None).await?;
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    let table = query::table(&web.platform, &asking.reader, &id, done.table).await?;
    Ok((StatusCode::CREATED, Json(table_view(&id, &table))).into_response())
}

/// A total of one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointView {
    period: String,
    definition: u32,
    table: u32,
    value: String,
    /// In terms of the newest definition that a splice leads to; null where none leads on.
    spliced: Option<String>,
}

/// Where the definition changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    from_definition: u32,
    to_definition: u32,
    /// The first period of the new definition.
    period: String,
    /// That period under both: `{"old","new"}`; earlier values are multiplied by new ÷ old. Null where the series begins anew.
    #[schema(value_type = Option<Object>)]
    splice: Option<Value>,
}

/// A measure over the periods.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesView {
    survey: String,
    measure: String,
    points: Vec<PointView>,
    changes: Vec<ChangeView>,
    demo: bool,
}

/// `GET /surveys/{id}/series/{measure}`.
pub async fn series(
    asking: Asking,
    State(web): State<Web>,
    Path((id, measure)): Path<(String, String)>,
) -> Answer<Json<SeriesView>> {
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    if !survey
        .definitions
        .values()
        .any(|definition| definition.measure(&measure).is_some())
    {
        return Err(Refusal::unseen().into());
    }
    let tables = query::tables(&web.platform, &asking.reader, &id).await?;
    let contents = tables.iter().rev().map(|table| &table.content);
    let told = told_series(&survey.definitions, contents, &measure).map_err(|e| Failure::broken(e.to_string()))?;
    Ok(Json(SeriesView {
        survey: id,
        measure,
        points: told
            .points
            .into_iter()
            .map(|point| PointView {
                period: point.period,
                definition: point.definition,
                table: point.table,
                value: point.value,
                spliced: point.spliced,
            })
            .collect(),
        changes: told
            .changes
            .into_iter()
            .map(|change| ChangeView {
                from_definition: change.from,
                to_definition: change.to,
                period: change.period,
                splice: change
                    .splice
                    .map(|(old, new)| serde_json::json!({ "old": old, "new": new })),
            })
            .collect(),
        demo: survey.demo,
    }))
}
