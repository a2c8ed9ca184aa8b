//! What the writers do: commands that follow from their key alone, so that another process can send the same again.

use ledger::{Committed, Version};
use platform::{
    Platform,
    bilingual::Bilingual,
    context::{Actor, Context, PersonId},
    obligation::{
        command::{self, Command},
        event::Audience,
    },
    refusal::Error,
    rights::{Grant, Role},
};

/// Who write at once.
pub const WRITERS: usize = 200;
/// On how many obligations.
pub const OBLIGATIONS: i64 = 50;

/// A row of numbers that looks random and can be had again (splitmix64).
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// The next number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((n ^ (n >> 31)) % bound as u64) as usize
    }
}

/// The obligations that are written on.
pub async fn obligations(platform: &Platform) -> Vec<String> {
    let sql = format!(
        "SELECT DISTINCT id FROM obligation WHERE subject_kind = 'task' AND place <> '' ORDER BY id LIMIT {OBLIGATIONS}"
    );
    let rows = platform.ledger().fetch(sql, Vec::new()).await.unwrap();
    let ids: Vec<String> = rows.iter().map(|row| row.text("id").unwrap()).collect();
    assert_eq!(ids.len() as i64, OBLIGATIONS, "the list is entered");
    ids
}

/// One request of one writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The caller's key: round, writer, number.
    pub key: String,
    /// The obligation.
    pub obligation: String,
    /// The version that the writer says to have seen, of those who say it.
    pub seen: Option<i64>,
}

impl Attempt {
    /// As a line; `-` where no version is said.
    pub fn line(&self) -> String {
        format!(
            "{} {} {}",
            self.key,
            self.obligation,
            self.seen.map_or("-".to_owned(), |v| v.to_string())
        )
    }

    /// From a line.
    pub fn parse(line: &str) -> Self {
        let parts: Vec<&str> = line.split(' ').collect();
        Self {
            key: parts[0].to_owned(),
            obligation: parts[1].to_owned(),
            seen: parts[2].parse().ok(),
        }
    }

    /// The writer's opaque id.
    pub fn person(&self) -> String {
        self.key.split('-').nth(1).unwrap().replace('w', "writer-")
    }

    /// What is asked for: a note, or for every third a milestone.
    fn command(&self) -> Command {
        let number: usize = self.key.rsplit('-').next().unwrap().parse().unwrap();
        if number % 3 == 2 {
            let due = jiff::civil::date(2027, 12, 31);
            return Command::SetMilestone {
                milestone: None,
                name: Bilingual::zh(&self.key),
                due,
                set_by: "某局".to_owned(),
            };
        }
        Command::Note {
            text: self.key.clone(),
            audience: Audience::Participants,
        }
    }

    /// Sends it.
    pub async fn send(&self, platform: &Platform) -> Result<Committed, Error> {
        let place = self.obligation.rsplit('-').next().unwrap().to_owned();
        let grant = Grant {
            role: Role::CommerceOfficer,
            organization: format!("commerce-{place}"),
            desk: None,
            places: vec![place],
            membership: "m1".to_owned(),
            standing_in_for: None,
        };
        let actor = Actor {
            person: PersonId(self.person()),
            grants: vec![grant],
            second_factor: true,
            scopes: None,
        };
        let context = Context {
            actor: Some(actor),
            idempotency: Some((self.key.clone(), format!("digest of {}", self.line()))),
            ..Context::system(platform.now(), &self.key)
        };
        command::run(
            platform,
            &context,
            &self.obligation,
            self.seen.map(Version),
            &self.command(),
        )
        .await
    }
}
