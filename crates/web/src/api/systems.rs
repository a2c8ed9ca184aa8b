//! Systems: executable standards that are offered, and runs of them, of which nothing is kept.

use super::{Listing, Text};
use crate::{
    Answer, Asking, Json, Path, Web,
    asked::{Parameter, Values, parameter},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use indicator::{Explanation, Field, Missing, UnitReport, Wants, fields, raw_units};
use jiff::civil::Date;
use platform::{
    refusal::Refusal,
    system::{
        command,
        executable::Executable,
        query::{self, System, SystemEdition},
        run,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// An edition of a system.
#[derive(Debug, Serialize, ToSchema)]
pub struct SystemView {
    /// Id of the system, the same for all its editions.
    id: String,
    /// Number of the edition, from 1.
    edition: u32,
    /// Id of the version of the text.
    text: String,
    title: Text,
    /// Number of the standard.
    number: String,
    /// What is assessed.
    unit: String,
    /// What span the data of a unit describe.
    period: String,
    /// `assessment`, `index`, `accounting`.
    mode: String,
    /// For how many months a result holds; null where the standard does not say.
    validity_months: Option<u16>,
    /// The day from which it is in force.
    in_force: String,
    /// `in_force`, `to_come`, `followed`, `withdrawn`.
    state: &'static str,
    /// GB/T 2260; empty where a ministry undertook it.
    place: String,
    /// Id of the task; empty where it is none.
    task: String,
    /// SHA-256 of the source.
    sha256: String,
    demo: bool,
}

impl SystemView {
    fn of(system: &System, edition: &SystemEdition) -> Self {
        Self {
            id: edition.system.clone(),
            edition: edition.edition,
            text: edition.text.clone(),
            title: (&edition.title).into(),
            number: edition.number.clone(),
            unit: edition.unit_of.clone(),
            period: edition.period_of.clone(),
            mode: edition.mode.clone(),
            validity_months: edition.validity,
            in_force: edition.in_force.to_string(),
            state: system.force(edition).id(),
            place: edition.place.clone(),
            task: edition.task.clone(),
            sha256: edition.source.sha256.clone(),
            demo: edition.demo,
        }
    }
}

/// An indicator.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorView {
    code: String,
    name: String,
    /// Code of the one above it.
    parent: Option<String>,
    /// Among its siblings, as decimal or fraction.
    weight: Option<String>,
    unit: String,
    /// As the standard writes it; null where the value is reported.
    formula: Option<String>,
    scoring: Option<String>,
    /// What an absent value does: `fail`, `zero`, `drop`.
    missing: &'static str,
    evidence: Option<String>,
    clause: String,
}

/// What a unit gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct InputView {
    /// The name of an input, or the code of an indicator.
    name: String,
    /// Code of the indicator for which it is asked.
    of: Option<String>,
    /// The unit of a bare number.
    unit: String,
    /// `number`, `truth`, `word`, `list`, `any`.
    kind: &'static str,
    /// The words that it can be, where they are known.
    words: Vec<String>,
}

/// A grade or a gate, with what it asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct GradeView {
    /// The grade; of a gate what is left where it does not hold.
    grade: String,
    /// Null takes the rest.
    condition: Option<String>,
    clause: String,
}

/// A system with what it asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SystemDetail {
    #[serde(flatten)]
    system: SystemView,
    indicators: Vec<IndicatorView>,
    inputs: Vec<InputView>,
    gates: Vec<GradeView>,
    /// The best first.
    grades: Vec<GradeView>,
    /// Worked examples, as `runs` takes units.
    #[schema(value_type = Vec<Object>)]
    examples: Vec<Value>,
    /// All editions, the newest first.
    editions: Vec<SystemView>,
}

/// `GET /systems`: each in the edition that is in force, else the newest.
pub async fn systems(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<SystemView>>> {
    let systems = query::systems(&web.platform, &asking.reader).await?;
    let views = systems
        .iter()
        .filter_map(|system| Some(SystemView::of(system, system.shown()?)));
    Ok(Json(Listing::cut(&asking, views.collect(), |one| one.id.clone())?))
}

/// Which edition is asked for.
pub const EDITION: &[Parameter] = &[parameter(
    "edition",
    Values::Whole(1),
    "Number of the edition; without it the one in force, else the newest",
)];

fn edition_of<'s>(asking: &Asking, system: &'s System) -> Answer<&'s SystemEdition> {
    let found = match asking.parameter::<u32>("edition")? {
        Some(number) => system.editions().iter().find(|edition| edition.edition == number),
        None => system.shown(),
    };
    Ok(found.ok_or_else(Refusal::unseen)?)
}

/// `GET /systems/{id}`: indicators with their clauses, what a unit gives, how it is graded.
pub async fn system(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<SystemDetail>> {
    let system = query::system(&web.platform, &asking.reader, &id).await?;
    let edition = edition_of(&asking, &system)?;
    let executable = run::executable(&web.platform, &edition.source).await?;
    Ok(Json(detail(&system, edition, &executable)))
}

fn detail(system: &System, edition: &SystemEdition, executable: &Executable) -> SystemDetail {
    let standard = &executable.standard;
    let code = |at: usize| standard.nodes.get(at).map(|rule| rule.code.clone());
    let input = |field: Field| {
        let (kind, words) = match field.wants {
            Wants::Number => ("number", Vec::new()),
            Wants::Truth => ("truth", Vec::new()),
            Wants::Word(words) => ("word", words),
            Wants::List(words) => ("list", words),
            Wants::Any => ("any", Vec::new()),
        };
        InputView {
            of: field.node.and_then(code),
            name: field.name,
            unit: field.unit,
            kind,
            words,
        }
    };
    SystemDetail {
        system: SystemView::of(system, edition),
        indicators: standard
            .nodes
            .iter()
            .map(|rule| IndicatorView {
                code: rule.code.clone(),
                name: rule.name.clone(),
                parent: rule.parent.and_then(code),
                weight: rule.weight.as_ref().map(|weight| weight.exact_text()),
                unit: rule.unit.text().to_owned(),
                formula: rule
                    .formula
                    .as_ref()
                    .filter(|w| !w.formula.is_reported())
                    .map(|w| w.text.clone()),
                scoring: rule.scoring.as_ref().map(|written| written.text.clone()),
                missing: match rule.missing {
                    Missing::Fail => "fail",
                    Missing::Zero => "zero",
                    Missing::Drop => "drop",
                },
                evidence: rule.evidence.as_ref().map(|evidence| evidence.text.clone()),
                clause: rule.place.clause.clone(),
            })
            .collect(),
        inputs: fields(standard, standard.examples.first())
            .into_iter()
            .map(input)
            .collect(),
        gates: standard
            .gates
            .iter()
            .map(|gate| GradeView {
                grade: gate.otherwise.clone(),
                condition: Some(gate.condition.text.clone()),
                clause: gate.clause.clone(),
            })
            .collect(),
        grades: standard
            .grades
            .iter()
            .map(|grade| GradeView {
                grade: grade.name.clone(),
                condition: grade.condition.as_ref().map(|condition| condition.text.clone()),
                clause: grade.place.clause.clone(),
            })
            .collect(),
        examples: standard.examples.iter().map(example).collect(),
        editions: system
            .editions()
            .iter()
            .map(|one| SystemView::of(system, one))
            .collect(),
    }
}

/// A worked example as `runs` takes it.
fn example(example: &indicator::Example) -> Value {
    let inputs: serde_json::Map<String, Value> = example
        .inputs
        .iter()
        .map(|(name, given, _)| (name.clone(), given.json()))
        .collect();
    json!({
        "at": example.at.map(|day| day.to_string()),
        "units": [{ "id": example.name, "period": example.period.map(|period| period.to_string()), "inputs": inputs }],
    })
}

/// What is to be run.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// Day of the report: nothing published later is used; today, where none is named.
    #[serde(default)]
    at: Option<String>,
    /// `[{"id","period","inputs":{NAME: VALUE or {"missing":REASON}}}]`, a thousand at most.
    #[schema(value_type = Vec<Object>)]
    units: Value,
    /// Whether each result comes with its derivation.
    #[serde(default)]
    trace: bool,
}

impl NewRun {
    /// A run, or the units alone, as a file of them has it.
    fn of(body: Value) -> Result<Self, Refusal> {
        if body.is_array() {
            return Ok(Self {
                at: None,
                units: body,
                trace: false,
            });
        }
        serde_json::from_value(body).map_err(|fault| {
            Refusal::wrong("web/json")
                .with("line", "1")
                .with("column", "1")
                .with("reason", fault.to_string())
        })
    }
}

/// Results as `run --format json` prints them.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunView {
    /// Number of the standard, or its title.
    system: String,
    /// The edition that ran.
    edition: u32,
    /// SHA-256 of its source.
    sha256: String,
    at: Option<String>,
    #[schema(value_type = Vec<Object>)]
    units: Vec<UnitReport>,
    /// For each unit the derivation of its result, where it was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    traces: Vec<Vec<Explanation>>,
    demo: bool,
}

/// `POST /systems/{id}/runs`: runs units; nothing of them is kept.
pub async fn runs(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Answer<Json<RunView>> {
    let new = NewRun::of(body)?;
    let system = query::system(&web.platform, &asking.reader, &id).await?;
    let edition = edition_of(&asking, &system)?;
    let at = match new.at.as_deref() {
        None | Some("") => asking.reader.today,
        Some(text) => day_of("at", text)?,
    };
    let units = raw_units(&new.units).map_err(|number| {
        Refusal::wrong("system/units")
            .with("number", number.to_string())
            .fault("units", "fault-system-units")
    })?;
    let executable = run::executable(&web.platform, &edition.source).await?;
    let (report, traces) = run::results(&web.platform, executable, units, at, asking.lang, new.trace).await?;
    Ok(Json(RunView {
        system: report.system,
        edition: edition.edition,
        sha256: edition.source.sha256.clone(),
        at: report.at,
        units: report.units,
        traces,
        demo: edition.demo,
    }))
}

/// A day that a body gives.
fn day_of(field: &'static str, text: &str) -> Result<Date, Refusal> {
    let wrong = |_| Refusal::wrong("system/day").fault(field, "fault-date");
    text.parse().map_err(wrong)
}

/// What is offered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSystem {
    /// Id of a published version of a text.
    text: String,
    /// The day from which it is in force; today, where none is named.
    #[serde(default)]
    in_force: Option<String>,
}

/// `POST /systems`: offers a published version of a text.
pub async fn offer(mut asking: Asking, State(web): State<Web>, Json(new): Json<NewSystem>) -> Answer<Response> {
    let day = match new.in_force.as_deref() {
        None | Some("") => None,
        Some(text) => Some(day_of("in_force", text)?),
    };
    let done = command::offer(&web.platform, &asking.context(), &new.text, day).await?;
    let id = done.id.rsplit_once('.').map_or(done.id.as_str(), |(system, _)| system);
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    let system = query::system(&web.platform, &asking.reader, id).await?;
    let edition = system.editions().iter().find(|edition| edition.id == done.id);
    let view = SystemView::of(&system, edition.ok_or_else(Refusal::unseen)?);
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Why a system is withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    reason: String,
}

/// `POST /systems/{id}/withdraw`: no edition is in force until another is offered.
pub async fn withdraw(
    mut asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(why): Json<Withdrawal>,
) -> Answer<Json<SystemView>> {
    command::withdraw(&web.platform, &asking.context(), &id, &why.reason).await?;
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    let system = query::system(&web.platform, &asking.reader, &id).await?;
    let shown = system.shown().ok_or_else(Refusal::unseen)?;
    Ok(Json(SystemView::of(&system, shown)))
}
