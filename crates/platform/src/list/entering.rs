//! Entering a list from its published text: what was read, with the catalogue's English and warnings, as events.
//!
//! Nothing is entered while a row carries a doubt: a person settles it in the proof-reading view first.

use super::event::{
    ActionEvent, Approval, Claim, ClaimKind, ListEvent, MeasureEvent, Note, Strength, TaskEvent, Tier, Wording,
};
use crate::{
    bilingual::{Bilingual, Origin},
    catalogue::{self, files, files::parse},
    context::Context,
    event::record,
    obligation::event::{Audience, Evidence, EvidenceKind, ObligationEvent, Part, Source, Subject},
    output::event::{Output, OutputEvent},
    people::event::{Body, OrganizationEvent},
    place::event::{Facts, PlaceEvent},
    refusal::{Error, Refusal, Result},
    running::Platform,
};
use jiff::civil::{Date, date};
use ledger::{Cause, Commit, NewEvent, StreamName, Version};
use std::collections::BTreeMap;

/// The id of 首批.
pub const FIRST: &str = "first";
/// The day on which the first list was issued.
pub const ISSUED: Date = date(2024, 12, 31);
/// The day from which the facts of the catalogue hold: before any list.
const EVER: Date = date(2000, 1, 1);
/// The document of the first list.
const DOCUMENT: &str = "商资发〔2024〕314号";

/// What was entered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entered {
    /// Tasks.
    pub tasks: usize,
    /// Obligations of tasks.
    pub obligations: usize,
    /// Sentences that ask for something.
    pub actions: usize,
    /// Obligations of those sentences.
    pub action_obligations: usize,
    /// Places.
    pub places: usize,
    /// Bodies.
    pub organizations: usize,
}

/// Enters the whole catalogue where it is not there yet: places, bodies, the first list, reported outputs.
pub async fn enter(platform: &Platform, context: &Context) -> Result<Entered> {
    let ledger = platform.ledger();
    if ledger.version(&stream("list", FIRST)?).await? != Version::NONE {
        return Ok(Entered::default());
    }
    let places: files::Places = parse("places.toml", catalogue::PLACES)?;
    let bodies: files::Organizations = parse("organizations.toml", catalogue::ORGANIZATIONS)?;
    let reading = tasklist::read(catalogue::POLICY, &tasklist::Places::default());
    let mut entered = Entered {
        places: places.place.len(),
        organizations: bodies.organization.len(),
        ..Entered::default()
    };
    let mut commit = Commit::new(context.actor_id(), Cause::Request(context.request.clone()));
    for place in &places.place {
        commit = commit.write(stream("place", &place.code)?, Version::NONE, place_events(place)?);
    }
    for body in &bodies.organization {
        commit = commit.write(
            stream("organization", &body.id)?,
            Version::NONE,
            vec![body_event(body)?],
        );
    }
    commit = list(commit, &reading, &places, &bodies, &mut entered)?;
    commit = outputs(commit)?;
    ledger.commit(commit).await?;
    Ok(entered)
}

fn stream(kind: &str, id: &str) -> Result<StreamName> {
    Ok(StreamName::parse(&format!("{kind}/{id}"))?)
}

fn machine(zh: &str, en: &str) -> Bilingual {
    Bilingual {
        zh: zh.to_owned(),
        en: Some(en.to_owned()),
        en_origin: Origin::Machine,
    }
}

fn place_events(place: &files::Place) -> Result<Vec<NewEvent>> {
    let facts = Facts {
        name: Bilingual {
            zh: place.zh.clone(),
            en: Some(place.en.clone()),
            en_origin: Origin::Person,
        },
        short: place.short.clone(),
        kind: place.kind.clone(),
        level: place.level.clone(),
        prefix: place.prefix.clone(),
        parent: place.parent.clone(),
        chain: place.chain.clone(),
        tile: place.tile,
    };
    let mut events = vec![record(&PlaceEvent::Entered { facts })?.effective(EVER)];
    if let (Some(since), Some(source)) = (place.pilot_since, &place.pilot_source) {
        events.push(record(&PlaceEvent::BecamePilot { source: source.clone() })?.effective(since));
    }
    Ok(events)
}

fn body_event(body: &files::Organization) -> Result<NewEvent> {
    let body = Body {
        name: Bilingual {
            zh: body.zh.clone(),
            en: Some(body.en.clone()),
            en_origin: body.en_origin.into(),
        },
        short: body.short.clone(),
        kind: body.kind.clone(),
        place: body.place.clone(),
        parent: None,
        ownership: None,
        codes: body.codes.clone(),
        addressed: body.addressed,
        demo: false,
    };
    Ok(record(&OrganizationEvent::Entered { body })?.effective(EVER))
}

/// The list itself: version, tasks, measures, actions, and the obligations that follow from them.
fn list(
    mut commit: Commit,
    reading: &tasklist::Reading,
    places: &files::Places,
    bodies: &files::Organizations,
    entered: &mut Entered,
) -> Result<Commit> {
    if let Some(doubt) = reading
        .doubts
        .first()
        .or_else(|| reading.tasks.iter().find_map(|t| t.doubts.first()))
    {
        return Err(Refusal::rule("list/doubts", "")
            .with("doubt", format!("{doubt:?}"))
            .into());
    }
    let extras: files::Tasks = parse("tasks.toml", catalogue::TASKS)?;
    let extras: BTreeMap<u32, files::Task> = extras.task.into_iter().map(|t| (t.number, t)).collect();
    let parts: files::Parts = parse("parts.toml", catalogue::PARTS)?;
    let pilots: Vec<&files::Place> = places.place.iter().filter(|p| p.first_list).collect();
    let codes: Vec<String> = pilots.iter().map(|p| p.code.clone()).collect();
    let addressee = |code: &str| {
        bodies
            .organization
            .iter()
            .find(|b| b.kind == "commerce" && b.place.as_deref() == Some(code))
            .map(|b| b.id.clone())
            .ok_or_else(|| Error::Data {
                what: "catalog/organizations.toml".to_owned(),
                reason: format!("no commerce body of {code}"),
            })
    };
    let title = machine(
        "国家服务业扩大开放综合试点示范省市标准制修订及相关工作任务清单（首批）",
        "List of tasks on making and revising standards for the pilots of wider opening of the service sector (first batch)",
    );
    let approvals = ["mofcom", "samr"].map(|organization| Approval {
        organization: organization.to_owned(),
        number: DOCUMENT.to_owned(),
        date: ISSUED,
    });
    commit = commit.write(
        stream("list", FIRST)?,
        Version::NONE,
        vec![
            record(&ListEvent::Entered {
                title,
                document: DOCUMENT.to_owned(),
                text: ledger::files::Digest::of(catalogue::POLICY.as_bytes()).to_string(),
                demo: false,
            })?
            .effective(ISSUED),
            record(&ListEvent::VersionIssued {
                version: 1,
                proposal: None,
                approvals: approvals.to_vec(),
                places: codes,
            })?
            .effective(ISSUED),
        ],
    );
    for task in &reading.tasks {
        let wording = wording(task, &parts, &extras)?;
        let extra = extras.get(&wording.number);
        let id = format!("{FIRST}-{}", wording.number);
        let notes = extra.map_or(&[][..], |e| &e.note).iter().map(note).collect();
        let mut events = vec![
            record(&TaskEvent::Entered {
                list: FIRST.to_owned(),
                version: 1,
                wording: wording.clone(),
                notes,
            })?
            .effective(ISSUED),
        ];
        for measure in extra.map_or(&[][..], |e| &e.suggested_measures) {
            events.push(
                record(&TaskEvent::LinkProposed {
                    measure: measure.clone(),
                    shipped: true,
                })?
                .effective(ISSUED),
            );
        }
        commit = commit.write(stream("task", &id)?, Version::NONE, events);
        entered.tasks += 1;
        for (place, claim) in firm_places(&wording.claims, &pilots) {
            let created = ObligationEvent::Created {
                list: FIRST.to_owned(),
                version: 1,
                subject: Subject::Task(id.clone()),
                place: Some(place.clone()),
                organization: None,
                addressee: addressee(&place)?,
                claim,
                firm: true,
                part: Part::parse(&wording.role).unwrap_or(Part::Undertake),
                tier: Some(wording.tier),
                strength: Strength::Must,
                demo: false,
            };
            commit = commit.write(
                stream("obligation", &format!("{id}-{place}"))?,
                Version::NONE,
                vec![record(&created)?.effective(ISSUED)],
            );
            entered.obligations += 1;
        }
    }
    measures(commit, reading, &pilots, &addressee, entered)
}

/// The places that hold a task without opt-in.
fn firm_places(claims: &[Claim], pilots: &[&files::Place]) -> Vec<(String, ClaimKind)> {
    let mut firm: Vec<(String, ClaimKind)> = Vec::new();
    for claim in claims {
        match claim.claim {
            ClaimKind::Named => firm.extend(claim.places.iter().map(|p| (p.clone(), ClaimKind::Named))),
            ClaimKind::All => firm.extend(pilots.iter().map(|p| (p.code.clone(), ClaimKind::All))),
            ClaimKind::Willing | ClaimKind::Relevant => {}
        }
    }
    firm
}

/// What the catalogue knows of wordings: headings in both languages, and additions to tasks by number.
pub(super) struct Wordings {
    pub(super) parts: files::Parts,
    pub(super) extras: BTreeMap<u32, files::Task>,
}

impl Wordings {
    /// For a list of which the catalogue knows nothing but the headings.
    pub(super) fn without_catalogue() -> Result<Self> {
        Ok(Self {
            parts: parse("parts.toml", catalogue::PARTS)?,
            extras: BTreeMap::new(),
        })
    }
}

pub(super) fn wording(
    task: &tasklist::Task,
    parts: &files::Parts,
    extras: &BTreeMap<u32, files::Task>,
) -> Result<Wording> {
    let unread = |what: &str| {
        Error::from(
            Refusal::rule("list/unread", "")
                .with("what", what)
                .with("line", task.line.0.to_string()),
        )
    };
    let number = task.number.ok_or_else(|| unread("number"))?;
    let part = parts.list_part.iter().find(|p| task.part.ends_with(&p.zh));
    let section = part.and_then(|p| p.section.iter().find(|s| task.section.ends_with(&s.zh)));
    let english = |zh: &str, en: Option<&String>| Bilingual {
        zh: zh.to_owned(),
        en: en.cloned(),
        en_origin: if en.is_some() { Origin::Machine } else { Origin::None },
    };
    let extra = extras.get(&number).filter(|e| e.zh == task.title);
    let topic = |zh: &String| {
        english(
            zh,
            extra.and_then(|e| e.topics.iter().find(|t| &t.zh == zh)).map(|t| &t.en),
        )
    };
    let tier = task.tier.ok_or_else(|| unread("tier"))?;
    Ok(Wording {
        number,
        part: english(&task.part, part.map(|p| &p.en)),
        section: (!task.section.is_empty()).then(|| english(&task.section, section.map(|s| &s.en))),
        tier: match tier {
            tasklist::Tier::National => Tier::National,
            tasklist::Tier::Industry => Tier::Industry,
            tasklist::Tier::Local => Tier::Local,
            tasklist::Tier::Group => Tier::Group,
            tasklist::Tier::Support => Tier::Support,
        },
        title: english(&task.title, extra.map(|e| &e.en)),
        claims: task
            .claims
            .iter()
            .map(|c| Claim {
                claim: match c.claim {
                    tasklist::ClaimKind::Named => ClaimKind::Named,
                    tasklist::ClaimKind::All => ClaimKind::All,
                    tasklist::ClaimKind::Willing => ClaimKind::Willing,
                    tasklist::ClaimKind::Relevant => ClaimKind::Relevant,
                },
                places: c.places.iter().map(|p| p.as_str().to_owned()).collect(),
            })
            .collect(),
        places_as_written: task.places_as_written.clone(),
        original: task.original.clone(),
        line: (task.line.0, task.line.1),
        role: match tier.role() {
            tasklist::Role::TakePartOrUndertake => "take_part_or_undertake",
            tasklist::Role::MakeFirst => "make_first",
            tasklist::Role::Coordinate => "coordinate",
            tasklist::Role::Support => "support",
        }
        .to_owned(),
        topics: task.topics.iter().map(topic).collect(),
        counterparts: extra.map(|e| e.counterparts.clone()).unwrap_or_default(),
        near: extra.map(|e| e.near.clone()).unwrap_or_default(),
    })
}

fn note(note: &files::TaskNote) -> Note {
    Note {
        id: note.id.clone(),
        text: machine(&note.zh, &note.en),
        source: machine(&note.source_zh, &note.source_en),
        verified: note.verified,
    }
}

fn measures(
    mut commit: Commit,
    reading: &tasklist::Reading,
    pilots: &[&files::Place],
    addressee: &dyn Fn(&str) -> Result<String>,
    entered: &mut Entered,
) -> Result<Commit> {
    let extras: files::Measures = parse("measures.toml", catalogue::MEASURES)?;
    let english: files::Actions = parse("actions.toml", catalogue::ACTIONS)?;
    for (index, measure) in reading.measures.iter().enumerate() {
        let number = measure.key.to_string();
        let extra = extras.measure.iter().find(|m| m.id == number);
        let title = extra.map_or_else(|| Bilingual::zh(&measure.title), |m| machine(&measure.title, &m.en));
        let event = MeasureEvent::Entered {
            list: FIRST.to_owned(),
            number: number.clone(),
            ordinal: u32::try_from(index + 1).unwrap_or(u32::MAX),
            part: measure.part.clone(),
            title,
            text: measure.text.clone(),
            line: (measure.line.0, measure.line.1),
        };
        commit = commit.write(
            stream("measure", &format!("{FIRST}-{number}"))?,
            Version::NONE,
            vec![record(&event)?.effective(ISSUED)],
        );
        // 总体要求 says what the opinions are for; its sentences ask nobody in particular.
        if measure.key == tasklist::MeasureKey::Overall {
            continue;
        }
        for sentence in &measure.sentences {
            let tasklist::Sentence::Action(action) = sentence else {
                continue;
            };
            let id = format!("{FIRST}-m{number}.{}", action.ordinal);
            let extra = english
                .action
                .iter()
                .find(|a| a.measure == number && a.ordinal == action.ordinal && a.zh == action.sentence);
            let event = ActionEvent::Entered {
                list: FIRST.to_owned(),
                measure: number.clone(),
                ordinal: action.ordinal,
                sentence: extra.map_or_else(|| Bilingual::zh(&action.sentence), |e| machine(&action.sentence, &e.en)),
                verb: action.verb.clone(),
                object: action.object.clone(),
                who: action.who.iter().map(|w| who_id(*w).to_owned()).collect(),
                strength: strength(action.strength),
                line: (action.line.0, action.line.1),
            };
            commit = commit.write(
                stream("action", &id)?,
                Version::NONE,
                vec![record(&event)?.effective(ISSUED)],
            );
            entered.actions += 1;
            for (holder, created) in action_obligations(&id, action, pilots, addressee)? {
                let stream = stream("obligation", &format!("{id}-{holder}"))?;
                commit = commit.write(stream, Version::NONE, vec![record(&created)?.effective(ISSUED)]);
                entered.action_obligations += 1;
            }
        }
    }
    Ok(commit)
}

/// Who holds a sentence: the keepers of the list where ministries are asked, the pilots where they are, or whoever lives
/// in them is, or nobody is named.
fn action_obligations(
    id: &str,
    action: &tasklist::Action,
    pilots: &[&files::Place],
    addressee: &dyn Fn(&str) -> Result<String>,
) -> Result<Vec<(String, ObligationEvent)>> {
    use tasklist::Who;
    let created =
        |place: Option<&str>, organization: Option<&str>, addressee: String, claim| ObligationEvent::Created {
            list: FIRST.to_owned(),
            version: 1,
            subject: Subject::Action(id.to_owned()),
            place: place.map(str::to_owned),
            organization: organization.map(str::to_owned),
            addressee,
            claim,
            // Counted beside the 239, never among them: a sentence of a measure is no task of the list.
            firm: false,
            part: Part::Support,
            tier: None,
            strength: strength(action.strength),
            demo: false,
        };
    let ministries: Vec<(&str, ClaimKind)> = [("mofcom", Who::Mofcom), ("samr", Who::Samr)]
        .into_iter()
        .filter_map(|(id, party)| {
            let shared = [Who::GuidingMinistries, Who::RelevantMinistries, Who::AllConcerned];
            if action.who.contains(&party) {
                Some((id, ClaimKind::Named))
            } else if action.who.iter().any(|w| shared.contains(w)) {
                Some((id, ClaimKind::Relevant))
            } else {
                None
            }
        })
        .collect();
    let of_ministries = [Who::Mofcom, Who::Samr, Who::GuidingMinistries, Who::RelevantMinistries];
    let of_places = action.who.is_empty() || action.who.iter().any(|w| !of_ministries.contains(w));
    let mut held = Vec::new();
    for (ministry, claim) in ministries {
        held.push((
            ministry.to_owned(),
            created(None, Some(ministry), ministry.to_owned(), claim),
        ));
    }
    if of_places {
        for place in pilots {
            let event = created(Some(&place.code), None, addressee(&place.code)?, ClaimKind::All);
            held.push((place.code.clone(), event));
        }
    }
    Ok(held)
}

const fn strength(strength: tasklist::Strength) -> Strength {
    match strength {
        tasklist::Strength::Must => Strength::Must,
        tasklist::Strength::Support => Strength::Support,
        tasklist::Strength::Encourage => Strength::Encourage,
        tasklist::Strength::Explore => Strength::Explore,
    }
}

/// The id of a party, as rows and answers have it.
const fn who_id(who: tasklist::Who) -> &'static str {
    use tasklist::Who;
    match who {
        Who::Places => "places",
        Who::PlaceCommerceBureaus => "place_commerce_bureaus",
        Who::Mofcom => "mofcom",
        Who::Samr => "samr",
        Who::GuidingMinistries => "guiding_ministries",
        Who::RelevantMinistries => "relevant_ministries",
        Who::Localities => "localities",
        Who::FieAssociation => "fie_association",
        Who::PlaceFieAssociations => "place_fie_associations",
        Who::ForeignChambers => "foreign_chambers",
        Who::SocialGroups => "social_groups",
        Who::Enterprises => "enterprises",
        Who::AllConcerned => "all_concerned",
    }
}

/// The publicly reported outputs: those of tasks are evidence too.
fn outputs(mut commit: Commit) -> Result<Commit> {
    let file: files::Outputs = parse("outputs.toml", catalogue::OUTPUTS)?;
    for output in file.output {
        let title = machine(&output.zh, &output.en);
        let source = Source {
            citation: file.source.zh.clone(),
            link: None,
            line: None,
        };
        let tasks: Vec<String> = output.task.iter().map(|number| format!("{FIRST}-{number}")).collect();
        for task in &tasks {
            let evidence = Evidence {
                kind: EvidenceKind::Standard,
                title: title.clone(),
                designation: None,
                published: None,
                reported: Some(output.reported),
                source: source.clone(),
                files: Vec::new(),
                audience: Audience::Public,
            };
            let event =
                record(&ObligationEvent::EvidenceRecorded { evidence, demo: false })?.effective(output.reported);
            let name = stream("obligation", &format!("{task}-{}", output.place))?;
            match commit.writes.iter_mut().find(|w| w.stream == name) {
                Some(write) => write.events.push(event),
                None => {
                    return Err(Refusal::rule("list/no_such_obligation", "")
                        .with("obligation", name.to_string())
                        .into());
                }
            }
        }
        let event = OutputEvent::Recorded {
            output: Output {
                title,
                place: output.place,
                counts_to: output.pilot,
                tier: output.tier,
                designation: None,
                published: None,
                reported: Some(output.reported),
                source,
                tasks,
                measures: output.suggested_measures,
                demo: false,
            },
        };
        commit = commit.write(
            stream("output", &output.id)?,
            Version::NONE,
            vec![record(&event)?.effective(output.reported)],
        );
    }
    Ok(commit)
}
