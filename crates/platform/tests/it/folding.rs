//! Laws of an obligation's state: whatever was done with it, in whatever order.

use jiff::civil::date;
use ledger::{ActorId, NewEvent, Position, Recorded, StreamName, Version};
use platform::{
    bilingual::Bilingual,
    context::Context,
    event::record,
    list::event::{ClaimKind, Strength, Tier},
    obligation::{
        command::{Command, Hands, Since},
        decide::decide,
        event::{Audience, BlockKind, Evidence, EvidenceKind, ObligationEvent, Part, Source, Subject},
        facts::{Desk, Facts},
        state::{Obligation, Standing},
    },
};
use proptest::prelude::*;

fn audience() -> impl Strategy<Value = Audience> {
    prop::sample::select(vec![Audience::Desk, Audience::Participants, Audience::Public])
}

fn source() -> Source {
    Source {
        citation: "公告".to_owned(),
        link: None,
        line: None,
    }
}

fn command() -> impl Strategy<Value = Command> {
    let hands = Hands {
        organization: "body".to_owned(),
        desk: "desk".to_owned(),
        person: None,
    };
    prop_oneof![
        prop::sample::select(Part::ALL.to_vec()).prop_map(|part| Command::ChoosePart { part }),
        audience().prop_map(|audience| Command::Note {
            text: "一句话".to_owned(),
            audience
        }),
        (prop::sample::select(EvidenceKind::ALL.to_vec()), audience()).prop_map(|(kind, audience)| {
            Command::RecordEvidence {
                evidence: Evidence {
                    kind,
                    title: Bilingual::zh("题名"),
                    designation: None,
                    published: None,
                    reported: None,
                    source: source(),
                    files: Vec::new(),
                    audience,
                },
            }
        }),
        audience().prop_map(|audience| Command::Block {
            kind: BlockKind::Law,
            text: "受阻".to_owned(),
            waits_for: None,
            audience,
            since: Since::default()
        }),
        // A day long past: lateness is told of dates, and never becomes a state.
        Just(Command::SetMilestone {
            milestone: None,
            name: Bilingual::zh("稿"),
            due: date(2025, 1, 2),
            set_by: "本局".to_owned()
        }),
        Just(Command::ReachMilestone {
            milestone: "m1".to_owned(),
            since: Since::default()
        }),
        Just(Command::AssignHolder {
            hands,
            since: Since::default()
        }),
        Just(Command::Unblock {
            text: "解除".to_owned()
        }),
        Just(Command::Close { text: String::new() }),
        Just(Command::Reopen {
            reason: "未完".to_owned()
        }),
        (1_i64..12).prop_map(|p| Command::Correct {
            position: Position(p),
            reason: "错".to_owned(),
            replacement: None
        }),
    ]
}

fn recorded(events: &mut Vec<Recorded>, new: Vec<NewEvent>) {
    for event in new {
        let position = i64::try_from(events.len()).unwrap() + 1;
        events.push(Recorded {
            position: Position(position),
            stream: StreamName::parse("obligation/first-1-320100").unwrap(),
            version: Version(position),
            kind: event.kind,
            schema: event.schema,
            at: "2026-11-23T09:00:00+08:00".parse().unwrap(),
            effective: event.effective.unwrap_or(date(2026, 11, 23)),
            actor: ActorId::system(),
            cause: "test".to_owned(),
            body: event.body,
            previous_hash: Vec::new(),
            hash: Vec::new(),
        });
    }
}

fn created() -> Vec<Recorded> {
    let created = ObligationEvent::Created {
        list: "first".to_owned(),
        version: 1,
        subject: Subject::Task("first-1".to_owned()),
        place: Some("320100".to_owned()),
        organization: None,
        addressee: "body".to_owned(),
        claim: ClaimKind::All,
        firm: true,
        part: Part::TakePartOrUndertake,
        tier: Some(Tier::National),
        strength: Strength::Must,
        demo: false,
    };
    let mut events = Vec::new();
    recorded(
        &mut events,
        vec![record(&created).unwrap().effective(date(2024, 12, 31))],
    );
    events
}

proptest! {
    #[test]
    fn whatever_is_done_the_state_follows_from_it(commands in prop::collection::vec(command(), 0..14)) {
        let context = Context::system("2026-11-23T09:00:00+08:00".parse().unwrap(), "test");
        let mut events = created();
        let mut done = 0;
        for command in &commands {
            let state = Obligation::fold(&events);
            let facts = Facts { entries: events.clone(), desk: Some(Desk { seats_person: true }), ..Facts::default() };
            if let Ok(new) = decide(&state, command, &context, &facts) {
                prop_assert!(!new.is_empty(), "a command that is not refused does something");
                recorded(&mut events, new);
                done += 1;
            }
        }
        let state = Obligation::fold(&events);
        let closing = state.evidence.iter().any(|(_, e)| e.audience != Audience::Desk && state.part.unwrap().closes_on(e.kind));
        prop_assert!(!state.closed || closing, "what is closed has the evidence on which it closes");
        if done == 0 {
            prop_assert_eq!(state.standing(), Standing::Unreported);
        }
        if !state.reported_publicly && state.holder.as_ref().unwrap().desk.is_none() && !state.closed {
            prop_assert!(matches!(state.public_standing(), Standing::Unreported | Standing::Unassigned), "the public learns nothing of what is not public");
        }
        prop_assert_eq!(state.version, events.last().unwrap().version);
    }
}
