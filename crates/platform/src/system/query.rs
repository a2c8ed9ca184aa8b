//! Questions about systems.

use crate::{
    bilingual::Bilingual,
    context::Reader,
    question::Question,
    refusal::{Refusal, Result},
    running::Platform,
    upload::Attachment,
};
use jiff::civil::Date;
use ledger::Row;

/// An edition as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemEdition {
    /// Id: that of the system and the number.
    pub id: String,
    /// Id of the system.
    pub system: String,
    /// Its number, from 1.
    pub edition: u32,
    /// Id of the version of the text.
    pub text: String,
    /// Id of the obligation to which the text belongs.
    pub obligation: String,
    /// Code of the place; empty where a ministry undertook it.
    pub place: String,
    /// Id of the body that answers for it.
    pub organization: String,
    /// Id of the task; empty where it is none.
    pub task: String,
    /// Its title.
    pub title: Bilingual,
    /// The source that runs.
    pub source: Attachment,
    /// The number of the standard.
    pub number: String,
    /// What is assessed.
    pub unit_of: String,
    /// What span the data of a unit describe.
    pub period_of: String,
    /// `assessment`, `index`, `accounting`.
    pub mode: String,
    /// For how many months a result holds, where the standard says.
    pub validity: Option<u16>,
    /// The day from which it is in force.
    pub in_force: Date,
    /// Since when it is withdrawn.
    pub withdrawn: Option<Date>,
    /// Why.
    pub withdrawn_because: String,
    /// Where it stands in the log.
    pub position: i64,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// How an edition stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// It is the one in force.
    InForce,
    /// Its day is still to come.
    ToCome,
    /// A later one is in force.
    Followed,
    /// It is withdrawn.
    Withdrawn,
}

impl Force {
    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::ToCome => "to_come",
            Self::Followed => "followed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl SystemEdition {
    fn from_row(row: &Row) -> Result<Self> {
        let validity = u16::try_from(row.integer("validity")?)
            .ok()
            .filter(|months| *months > 0);
        Ok(Self {
            id: row.text("id")?,
            system: row.text("system")?,
            edition: u32::try_from(row.integer("edition")?).unwrap_or_default(),
            text: row.text("text")?,
            obligation: row.text("obligation")?,
            place: row.text("place")?,
            organization: row.text("organization")?,
            task: row.text("task")?,
            title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
            source: serde_json::from_str(&row.text("source")?).unwrap_or_default(),
            number: row.text("number")?,
            unit_of: row.text("unit_of")?,
            period_of: row.text("period_of")?,
            mode: row.text("mode")?,
            validity,
            in_force: row.date_or_null("in_force")?.unwrap_or(Date::constant(1, 1, 1)),
            withdrawn: row.date_or_null("withdrawn")?,
            withdrawn_because: row.text("withdrawn_because")?,
            position: row.integer("position")?,
            demo: row.truth("demo")?,
        })
    }
}

/// The id of an edition: `first-28-500000.1`.
pub fn id_of(system: &str, edition: u32) -> String {
    format!("{system}.{edition}")
}

/// The editions of one system, and how each stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// The newest first; never empty.
    editions: Vec<SystemEdition>,
    day: Date,
}

impl System {
    /// Its editions, the newest first.
    pub fn editions(&self) -> &[SystemEdition] {
        &self.editions
    }

    /// How an edition stands.
    pub fn force(&self, edition: &SystemEdition) -> Force {
        let begun = |one: &&SystemEdition| one.withdrawn.is_none() && one.in_force <= self.day;
        if edition.withdrawn.is_some() {
            Force::Withdrawn
        } else if edition.in_force > self.day {
            Force::ToCome
        } else if self.editions.iter().find(begun) == Some(edition) {
            Force::InForce
        } else {
            Force::Followed
        }
    }

    /// The edition in force, if one is.
    pub fn in_force(&self) -> Option<&SystemEdition> {
        self.editions
            .iter()
            .find(|edition| self.force(edition) == Force::InForce)
    }

    /// The edition that is shown: the one in force, else the newest.
    pub fn shown(&self) -> Option<&SystemEdition> {
        self.in_force().or_else(|| self.editions.first())
    }
}

fn select(platform: &Platform, reader: &Reader) -> Question {
    let mut question = Question::new("SELECT s.* FROM system_edition s WHERE ");
    question.as_of(reader, "s").add(" AND ");
    question.seen_by(&reader.sight(platform.rights()), "s");
    question
}

async fn rows(platform: &Platform, question: Question) -> Result<Vec<SystemEdition>> {
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(SystemEdition::from_row).collect()
}

/// All systems that were ever offered, in the order of their ids.
pub async fn systems(platform: &Platform, reader: &Reader) -> Result<Vec<System>> {
    let mut question = select(platform, reader);
    question.add(" ORDER BY s.system, s.edition DESC LIMIT 2000");
    let mut systems: Vec<System> = Vec::new();
    for edition in rows(platform, question).await? {
        match systems.last_mut().filter(|system| {
            let first = system.editions.first();
            first.is_some_and(|first| first.system == edition.system)
        }) {
            Some(system) => system.editions.push(edition),
            None => systems.push(System {
                editions: vec![edition],
                day: reader.as_of.date,
            }),
        }
    }
    Ok(systems)
}

/// One system; unseen where there is none.
pub async fn system(platform: &Platform, reader: &Reader, id: &str) -> Result<System> {
    let mut question = select(platform, reader);
    question.with(" AND s.system = ? ORDER BY s.edition DESC LIMIT 500", [id.into()]);
    let editions = rows(platform, question).await?;
    if editions.is_empty() {
        return Err(Refusal::unseen().into());
    }
    Ok(System {
        editions,
        day: reader.as_of.date,
    })
}

/// The editions that offer a version of a text.
pub async fn of_text(platform: &Platform, reader: &Reader, text: &str) -> Result<Vec<SystemEdition>> {
    let mut question = select(platform, reader);
    question.with(" AND s.text = ? ORDER BY s.edition DESC LIMIT 500", [text.into()]);
    rows(platform, question).await
}
