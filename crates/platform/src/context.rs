//! Who asks, when, and what they may see: the values that come into every decision and every query from the edge.

use crate::rights::{Action, Grant, Reach, RightsTable, reach};
use jiff::{Timestamp, civil::Date};
use ledger::{ActorId, AsOf, Value};

/// Opaque id of a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub String);

/// Somebody who is signed in, with what their memberships grant today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// Roles with their scopes, of memberships in force today and of those they stand in for.
    pub grants: Vec<Grant>,
    /// Whether a second factor was shown in this session.
    pub second_factor: bool,
    /// Where the actor came in by a personal key: the actions that the key is bound to.
    pub scopes: Option<Vec<String>>,
}

/// The circumstances of a command.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who asks; nobody where not signed in.
    pub actor: Option<Actor>,
    /// The instant, from the edge.
    pub now: Timestamp,
    /// The civil date in Asia/Shanghai at that instant.
    pub today: Date,
    /// Id of the request or of the run of a command, which becomes the cause of the events.
    pub request: String,
    /// The caller's key against doing it twice, with the digest of the request.
    pub idempotency: Option<(String, String)>,
}

impl Context {
    /// The platform itself acts: import of the catalogue, clocks, the command line.
    pub fn system(now: Timestamp, request: &str) -> Self {
        Self {
            actor: None,
            now,
            today: ledger::clock::today(now),
            request: request.to_owned(),
            idempotency: None,
        }
    }

    /// The id that the log holds.
    pub fn actor_id(&self) -> ActorId {
        self.actor
            .as_ref()
            .map_or_else(ActorId::system, |a| ActorId(a.person.0.clone()))
    }
}

/// Who reads, and as of when.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who; nobody where not signed in.
    pub actor: Option<Actor>,
    /// The day, and the state of knowledge, that is asked about.
    pub as_of: AsOf,
    /// Today in Asia/Shanghai.
    pub today: Date,
}

impl Reader {
    /// Anybody, today.
    pub fn public(today: Date) -> Self {
        Self {
            actor: None,
            as_of: AsOf::day(today),
            today,
        }
    }

    /// What this reader may see beyond what is public, by the table of rights.
    pub fn sight(&self, rights: &RightsTable) -> Sight {
        let reach = |action| reach(rights, self.actor.as_ref(), action);
        Sight {
            participants: reach(Action::ReadParticipants),
            desk: reach(Action::ReadDesk),
            today: self.today,
        }
    }
}

/// What a reader may see beyond what is public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// Where the reader sees what stands among participants.
    pub participants: Reach,
    /// Where the reader sees what is kept at a desk.
    pub desk: Reach,
    /// The day by which it is judged who guides a task: rights are those of today, whatever day is asked about.
    pub today: Date,
}

impl Sight {
    /// The class of readers that see the same, for validators of caches.
    pub fn class(&self) -> String {
        let class = |reach: &Reach| {
            let Reach {
                everything,
                places,
                organizations,
                guided,
            } = reach;
            format!(
                "{everything}|{}|{}|{}",
                places.join(","),
                organizations.join(","),
                guided.join(",")
            )
        };
        format!("{}||{}", class(&self.participants), class(&self.desk))
    }

    /// The condition on a table that has the columns `audience`, `place` and `organization`, with its values, whose
    /// placeholders start at `$first`.
    pub fn condition(&self, alias: &str, first: usize) -> (String, Vec<Value>) {
        let mut condition = format!("{alias}.audience = 'public'");
        let mut values = Vec::new();
        for (audience, reach) in [("participants", &self.participants), ("desk", &self.desk)] {
            if reach.is_nothing() {
                continue;
            }
            let (within, more) = reach.condition(alias, first + values.len());
            condition.push_str(&format!(" OR ({alias}.audience = '{audience}' AND {within})"));
            values.extend(more);
        }
        (format!("({condition})"), values)
    }
}

/// `$3, $4, $5`: placeholders for `count` values from `first` on.
pub fn placeholders(first: usize, count: usize) -> String {
    (first..first + count)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ")
}
