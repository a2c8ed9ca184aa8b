//! Finds by words: each kind by the question of its own feature.

use super::wanted::Wanted;
use crate::{
    bilingual::Bilingual,
    context::Reader,
    list::{
        entering::FIRST,
        query::{self as list, List, Task, TaskFilter},
    },
    obligation::query::{self as obligation, By, SubjectKind},
    output::query::{self as output, Output},
    people::query::{self as people, Organization, OrganizationFilter},
    place::query::{self as place, Place},
    proposal::query::{self as proposal, Shell},
    question::{self, Question, Window},
    refusal::Result,
    running::Platform,
};
use std::collections::BTreeMap;

/// So many of each kind at most.
pub const MOST: u32 = 50;

/// So many bodies are looked through.
const BODIES: u32 = 5_000;

/// What the words find, by kind; each kind in its own order, at most [`MOST`] of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Lists whose document has this number or whose title holds the words.
    pub lists: Vec<List>,
    /// Tasks, by number.
    pub tasks: Vec<Task>,
    /// How many tasks there are in all.
    pub tasks_total: i64,
    /// Outputs, newest first.
    pub outputs: Vec<Output>,
    /// Places.
    pub places: Vec<Place>,
    /// How many tasks of the list each of these holds without opting in, by code; none where it holds none.
    pub held: BTreeMap<String, i64>,
    /// Bodies.
    pub bodies: Vec<Organization>,
    /// Measures, in the order of the text.
    pub measures: Vec<Passage>,
    /// Sentences of measures, in the order of the text.
    pub sentences: Vec<Passage>,
    /// Proposals, newest first: only those that the reader may see whole.
    pub proposals: Vec<Shell>,
}

/// A measure by its title, or a sentence of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Whether it is a sentence.
    pub is_sentence: bool,
    /// Id: `first-5`, `first-m5.2`.
    pub id: String,
    /// Number of the measure.
    pub measure: String,
    /// Title or sentence.
    pub text: Bilingual,
}

impl Found {
    /// How many there are, tasks beyond the first [`MOST`] counted too.
    pub fn total(&self) -> i64 {
        let others = self.lists.len()
            + self.outputs.len()
            + self.places.len()
            + self.bodies.len()
            + self.measures.len()
            + self.sentences.len()
            + self.proposals.len();
        self.tasks_total
            .saturating_add(i64::try_from(others).unwrap_or(i64::MAX))
    }
}

/// Everything that holds the words, for this reader, on the day asked about. Blank words find nothing. Eight questions, and
/// one more where places are found.
pub async fn find(platform: &Platform, reader: &Reader, words: &str) -> Result<Found> {
    let wanted = Wanted::new(words);
    if wanted.whole.is_empty() {
        return Ok(Found::default());
    }
    let most = MOST as usize;
    let text = Some(wanted.stem.clone());
    let filter = TaskFilter {
        text: text.clone(),
        ..TaskFilter::default()
    };
    let tasks = list::tasks(platform, reader, &filter, &Window::of(MOST)).await?;
    let filter = output::Filter {
        text,
        ..output::Filter::default()
    };
    let mut found = Found {
        lists: list::lists(platform).await?,
        tasks_total: tasks.total,
        tasks: tasks.items,
        outputs: output::newest(platform, reader, &filter).await?,
        places: place::places(platform, reader).await?,
        bodies: people::organizations(platform, &OrganizationFilter::default(), reader.as_of, BODIES).await?,
        proposals: proposal::proposals(platform, reader, FIRST).await?,
        ..Found::default()
    };
    found
        .lists
        .retain(|l| wanted.numbers(&l.document) || wanted.names(&l.title));
    found
        .places
        .retain(|p| wanted.is(&p.code) || wanted.is(&p.prefix) || wanted.stands_in(&p.short) || wanted.names(&p.name));
    found.bodies.retain(|b| {
        wanted.is(&b.id) || wanted.stands_in(&b.short) || wanted.names(&b.name) || b.codes.iter().any(|c| wanted.is(c))
    });
    found
        .proposals
        .retain(|p| p.whole.as_ref().is_some_and(|w| wanted.names(&w.reason)));
    for passage in passages(platform, &wanted).await? {
        if passage.is_sentence {
            found.sentences.push(passage);
        } else {
            found.measures.push(passage);
        }
    }
    found.outputs.truncate(most);
    found.places.truncate(most);
    found.bodies.truncate(most);
    found.proposals.truncate(most);
    if !found.places.is_empty() {
        found.held = held(platform, reader, &found.places).await?;
    }
    Ok(found)
}

/// How many tasks of the list these places hold without opting in.
async fn held(platform: &Platform, reader: &Reader, places: &[Place]) -> Result<BTreeMap<String, i64>> {
    let filter = obligation::Filter {
        list: Some(FIRST.to_owned()),
        subject_kind: Some(SubjectKind::Task),
        firm: Some(true),
        ..obligation::Filter::default()
    };
    let counts = obligation::counts(platform, reader, &filter, By::Holder, false).await?;
    Ok(places
        .iter()
        .filter_map(|place| {
            let count: i64 = counts.get(&place.code)?.values().flat_map(BTreeMap::values).sum();
            (count > 0).then(|| (place.code.clone(), count))
        })
        .collect())
}

/// Measures and their sentences that hold the words, in the order of the text. They do not change.
async fn passages(platform: &Platform, words: &Wanted) -> Result<Vec<Passage>> {
    let like = question::containing(&words.stem);
    let mut question = Question::new(
        "SELECT CAST(0 AS BIGINT) AS is_sentence, m.id, m.number AS measure, m.title_zh AS text_zh, m.title_en AS text_en, \
         m.title_origin AS text_origin, m.ordinal AS place, 0 AS within FROM measure m ",
    );
    question.with(
        "WHERE LOWER(m.title_zh) LIKE ? ESCAPE '!' OR LOWER(COALESCE(m.title_en, '')) LIKE ? ESCAPE '!' OR m.number = ?",
        [like.clone(), like.clone(), words.whole.as_str().into()],
    );
    question.with(
        " UNION ALL SELECT CAST(1 AS BIGINT) AS is_sentence, a.id, a.measure, a.sentence_zh, a.sentence_en, a.sentence_origin, m.ordinal, a.ordinal \
         FROM action a JOIN measure m ON m.list = a.list AND m.number = a.measure \
         WHERE LOWER(a.sentence_zh) LIKE ? ESCAPE '!' OR LOWER(COALESCE(a.sentence_en, '')) LIKE ? ESCAPE '!'",
        [like.clone(), like],
    );
    question.add(&format!(" ORDER BY is_sentence, place, within LIMIT {}", 2 * MOST));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter()
        .map(|row| {
            Ok(Passage {
                is_sentence: row.integer("is_sentence")? == 1,
                id: row.text("id")?,
                measure: row.text("measure")?,
                text: Bilingual::from_row(row, "text_zh", "text_en", "text_origin")?,
            })
        })
        .collect()
}
