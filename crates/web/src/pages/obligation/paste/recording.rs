//! Recording what was confirmed: a stage, or a standard that came out, and the milestone that is reached by it.

use super::confirming::{Confirmed, STANDARD, other_tier};
use crate::{
    Answer, Asking, Failure, Form, Web,
    api::actions::{Reading, bilingual},
    components::standing::word,
    links::segment,
};
use jiff::civil::Date;
use ledger::Committed;
use platform::{
    context::Context,
    list::event::Tier,
    obligation::{
        command::{self, Command, Since},
        event::{Audience, Evidence, EvidenceKind},
        mirror,
        query::{self as obligation, MilestoneRow, Obligation},
    },
    output::{command::record_output, event::Output},
    refusal::{Fault, Refusal},
    rights::visibility::Fact as Seen,
};

/// What the fields say, read.
struct Given<'f> {
    fields: &'f Confirmed,
    on: Option<Date>,
    audience: Audience,
    designation: Option<String>,
    /// The obligation; absent where it is outside the list.
    held: Option<Obligation>,
    /// The milestone that is reached.
    milestone: Option<MilestoneRow>,
}

/// Records it, and says where it is to be seen.
pub(super) async fn record(asking: &Asking, web: &Web, confirmed: &Form<Confirmed>) -> Answer<String> {
    let context = confirmed.context(asking);
    let given = read(asking, web, &confirmed.value).await?;
    let (committed, page) = match &given.held {
        Some(o) => (
            of_obligation(web, &context, &given, o).await?,
            format!("/obligations/{}", segment(&o.id)),
        ),
        None => outside(web, &context, &given).await?,
    };
    if let (Some(o), Some(milestone)) = (&given.held, &given.milestone) {
        let command = Command::ReachMilestone {
            milestone: milestone.id.clone(),
            since: Since {
                // A line may tell of a day before the one on which the milestone was set; it is reached no earlier.
                on: given.on.map(|on| on.max(milestone.since)),
                source: Some(given.fields.source()),
            },
        };
        // The form's key has answered for what was recorded first.
        let mut context = context.clone();
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-milestone"), request));
        command::run(&web.platform, &context, &o.id, None, &command).await?;
    }
    Ok(format!("{page}?recorded={}", committed.first.0))
}

async fn read<'f>(asking: &Asking, web: &Web, fields: &'f Confirmed) -> Answer<Given<'f>> {
    let platform = &web.platform;
    let mut reading = Reading::default();
    let on = reading.day("on", &fields.on);
    let audience = reading.audience(&fields.audience, platform.visibility().audience_of(Seen::Stage));
    reading.choice("what", (!fields.what.is_empty()).then_some(()), ());
    reading.choice("target", (!fields.target.is_empty()).then_some(()), ());
    reading.done()?;
    let wrong = |field, fault| Failure::from(Refusal::wrong("web/form_fields").fault(field, fault));
    let held = if fields.target.starts_with("measure:") {
        if fields.what != STANDARD {
            return Err(wrong("what", "fault-outside-has-no-stage"));
        }
        None
    } else {
        Some(obligation::obligation(platform, &asking.reader, &fields.target).await?)
    };
    let milestone = match fields.milestone.split_once('/') {
        None => None,
        Some((of, id)) if held.as_ref().is_some_and(|o| o.id == of) => {
            let open = obligation::open_milestones(platform, &asking.reader, &[of.to_owned()]).await?;
            let found = open.into_iter().find(|m| m.id == id);
            Some(found.ok_or_else(|| wrong("milestone", "fault-milestone-of-another"))?)
        }
        // What the page chose by itself for one subject falls away with it, where a person chose another.
        Some(_) if fields.milestone == fields.proposed => None,
        Some(_) => return Err(wrong("milestone", "fault-milestone-of-another")),
    };
    if let Some((of_number, of_task)) = other_tier(&fields.designation, held.as_ref())
        && fields.anyway.is_empty()
    {
        let lang = asking.lang;
        let mut refusal = Refusal::wrong("web/form_fields");
        refusal.faults.push(Fault {
            field: "anyway",
            fault: "fault-tier-differs",
            with: vec![
                ("number", word(lang, "tier", of_number.id())),
                ("task", word(lang, "tier", of_task.id())),
            ],
        });
        return Err(refusal.into());
    }
    Ok(Given {
        fields,
        on,
        audience,
        designation: Some(fields.designation.trim().to_owned()).filter(|d| !d.is_empty()),
        held,
        milestone,
    })
}

/// A stage, or what came out of an obligation.
async fn of_obligation(web: &Web, context: &Context, given: &Given<'_>, o: &Obligation) -> Answer<Committed> {
    let fields = given.fields;
    let command = if fields.what != STANDARD {
        Command::RecordStage {
            stage: fields.what.clone(),
            designation: given.designation.clone(),
            source: fields.source(),
            audience: given.audience,
            on: given.on,
        }
    } else if o.place.is_empty() || o.subject_kind != "task" {
        Command::RecordEvidence {
            evidence: Evidence {
                kind: EvidenceKind::Standard,
                title: bilingual(&fields.title, ""),
                designation: given.designation.clone(),
                published: given.on,
                reported: None,
                source: fields.source(),
                files: Vec::new(),
                audience: given.audience,
            },
        }
    } else {
        let output = Output {
            tasks: vec![o.subject.clone()],
            ..output(given, &o.place, Tier::parse(&o.tier))
        };
        return Ok(record_output(&web.platform, context, &fresh(), &output).await?);
    };
    Ok(command::run(&web.platform, context, &o.id, None, &command).await?)
}

/// A standard outside the list, of which a measure is said to be served.
async fn outside(web: &Web, context: &Context, given: &Given<'_>) -> Answer<(Committed, String)> {
    let measure = given.fields.target.strip_prefix("measure:").unwrap_or_default();
    let output = Output {
        measures: vec![measure.to_owned()],
        ..output(given, &given.fields.place, None)
    };
    let id = fresh();
    let committed = record_output(&web.platform, context, &id, &output).await?;
    let id = committed.repeated.clone().unwrap_or(id);
    Ok((committed, format!("/outputs/{}", segment(&id))))
}

/// The output that the fields tell of; its number says of which kind it is, else its task.
fn output(given: &Given<'_>, place: &str, of_task: Option<Tier>) -> Output {
    let of_number = given.designation.as_deref().and_then(mirror::tier_of);
    Output {
        title: bilingual(&given.fields.title, ""),
        place: place.to_owned(),
        counts_to: None,
        tier: of_number.or(of_task).unwrap_or(Tier::Local),
        designation: given.designation.clone(),
        published: given.on,
        reported: None,
        source: given.fields.source(),
        tasks: Vec::new(),
        measures: Vec::new(),
        demo: false,
    }
}

fn fresh() -> String {
    format!("o{}", uuid::Uuid::new_v4().simple())
}
