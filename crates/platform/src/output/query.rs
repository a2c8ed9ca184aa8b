//! Questions about outputs.

use crate::{
    bilingual::Bilingual,
    context::Reader,
    question::{self, Page, Question, Window},
    refusal::{Refusal, Result},
    running::Platform,
};
use jiff::civil::Date;
use ledger::Row;
use std::collections::{BTreeMap, BTreeSet};

/// An output as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Code of the place that made it.
    pub place: String,
    /// Code of the place to which it counts.
    pub counts_to: String,
    /// Kind of standard.
    pub tier: String,
    /// Designation; absent where unknown (编号待补).
    pub designation: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Day of report.
    pub reported: Option<Date>,
    /// Where it is written.
    pub citation: String,
    /// Its address, where it has one.
    pub link: Option<String>,
    /// Ids of the tasks it comes from.
    pub tasks: Vec<String>,
    /// Numbers of the measures it is said to serve.
    pub measures: Vec<String>,
    /// Of these, the numbers that an analyst confirmed.
    pub confirmed: Vec<String>,
    /// Whether it is illustrative.
    pub demo: bool,
}

impl Output {
    fn from_row(row: &Row) -> Result<Self> {
        let list =
            |column: &str| -> Result<Vec<String>> { Ok(serde_json::from_str(&row.text(column)?).unwrap_or_default()) };
        Ok(Self {
            id: row.text("id")?,
            title: Bilingual::from_row(row, "title_zh", "title_en", "title_origin")?,
            place: row.text("place")?,
            counts_to: row.text("counts_to")?,
            tier: row.text("tier")?,
            designation: row.text_or_null("designation")?,
            published: row.date_or_null("published")?,
            reported: row.date_or_null("reported")?,
            citation: row.text("citation")?,
            link: row.text_or_null("link")?,
            tasks: list("tasks")?,
            measures: list("measures")?,
            confirmed: list("measures_confirmed")?,
            demo: row.truth("demo")?,
        })
    }
}

/// Which outputs are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Code of the place to which they count.
    pub place: Option<String>,
    /// Code of the place that made them, or to which they count.
    pub made_or_counted: Option<String>,
    /// Inside the list, or outside.
    pub in_list: Option<bool>,
    /// With or without illustrative ones.
    pub demo: Option<bool>,
    /// Words of the title, or of the designation.
    pub text: Option<String>,
    /// In which order they come.
    pub order: Order,
}

/// By what outputs are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The day from which the output is known.
    Known,
    /// Code of the place to which it counts.
    Place,
    /// Kind of standard.
    Tier,
    /// Designation; those without last.
    Designation,
    /// Those inside the list first.
    List,
    /// Day of publication, else of report; those without last.
    Day,
}

/// An order of outputs; without anything, the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: Key,
    /// The other way round.
    pub down: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            by: Key::Known,
            down: true,
        }
    }
}

impl Order {
    /// The expression over the columns; always a text.
    fn expression(self) -> String {
        let last = if self.down { "''" } else { "'~'" };
        match self.by {
            Key::Known => "o.valid_from".to_owned(),
            Key::Place => "o.counts_to".to_owned(),
            Key::Tier => "o.tier".to_owned(),
            Key::Designation => format!("COALESCE(o.designation, {last})"),
            Key::List => "CASE WHEN o.in_list = 1 THEN '0' ELSE '1' END".to_owned(),
            Key::Day => format!("COALESCE(o.published, o.reported, {last})"),
        }
    }
}

/// For each place, the tasks of a list of which a standard came out. The one rule of a public output: the map, the
/// numbers of the places and the page of outputs go by what is recorded as an output, never by states, which a seat or
/// comments reach too where a place takes part.
pub fn tasks_with_output<'o>(outputs: &'o [Output], list: &str) -> BTreeMap<&'o str, BTreeSet<&'o str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for output in outputs {
        let of_list = |task: &&str| task.rsplit_once('-').is_some_and(|(of, _)| of == list);
        let tasks = output.tasks.iter().map(String::as_str).filter(of_list);
        found.entry(&output.counts_to).or_default().extend(tasks);
    }
    found
}

fn narrow(question: &mut Question, reader: &Reader, filter: &Filter) {
    question.as_of(reader, "o");
    if let Some(place) = &filter.place {
        question.with(" AND o.counts_to = ?", [place.into()]);
    }
    if let Some(place) = &filter.made_or_counted {
        question.with(" AND (o.counts_to = ? OR o.place = ?)", [place.into(), place.into()]);
    }
    if let Some(in_list) = filter.in_list {
        question.with(" AND o.in_list = ?", [in_list.into()]);
    }
    if let Some(demo) = filter.demo {
        question.with(" AND o.demo = ?", [demo.into()]);
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        let like = question::containing(text);
        question.with(
            " AND (LOWER(o.title_zh) LIKE ? ESCAPE '!' OR LOWER(COALESCE(o.title_en, '')) LIKE ? ESCAPE '!' OR LOWER(COALESCE(o.designation, '')) LIKE ? ESCAPE '!')",
            [like.clone(), like.clone(), like],
        );
    }
}

/// One output.
pub async fn output(platform: &Platform, reader: &Reader, id: &str) -> Result<Output> {
    let mut question = Question::new("SELECT o.* FROM output o WHERE ");
    question.as_of(reader, "o").with(" AND o.id = ?", [id.into()]);
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    Output::from_row(&row.ok_or_else(Refusal::unseen)?)
}

/// The newest outputs, 1,000 at most and not counted: for pages that show them beside something else.
pub async fn newest(platform: &Platform, reader: &Reader, filter: &Filter) -> Result<Vec<Output>> {
    let mut question = Question::new("SELECT o.* FROM output o WHERE ");
    narrow(&mut question, reader, filter);
    question.add(" ORDER BY o.valid_from DESC, o.id LIMIT 1000");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Output::from_row).collect()
}

/// Outputs, in the order that the filter names. The cursor of one order means nothing in another.
pub async fn outputs(platform: &Platform, reader: &Reader, filter: &Filter, window: &Window) -> Result<Page<Output>> {
    let mut count = Question::new("SELECT COUNT(*) AS n FROM output o WHERE ");
    narrow(&mut count, reader, filter);
    let total = platform.ledger().count(count.text, count.values).await?;
    let mut question = Question::new(&format!(
        "SELECT s.* FROM (SELECT o.*, {} AS sort_key FROM output o WHERE ",
        filter.order.expression()
    ));
    narrow(&mut question, reader, filter);
    question.add(") AS s");
    let (beyond, way) = if filter.order.down { ("<", " DESC") } else { (">", "") };
    let cursor = window.cursor.as_deref();
    if let Some((seen, id)) = cursor.and_then(|c| serde_json::from_str::<(String, String)>(c).ok()) {
        question.with(
            &format!(" WHERE (s.sort_key {beyond} ? OR (s.sort_key = ? AND s.id > ?))"),
            [seen.clone().into(), seen.into(), id.into()],
        );
    }
    let limit = window.bounded() as usize;
    question.add(&format!(" ORDER BY s.sort_key{way}, s.id LIMIT {}", limit + 1));
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    let more = rows.len() > limit;
    let shown = &rows[..rows.len().min(limit)];
    let next = match shown.last().filter(|_| more) {
        Some(last) => {
            let place = (last.text("sort_key")?, last.text("id")?);
            Some(serde_json::to_string(&place).unwrap_or_default())
        }
        None => None,
    };
    let items = shown.iter().map(Output::from_row).collect::<Result<_>>()?;
    Ok(Page { items, next, total })
}

/// Of these numbers of measures, the first that no list has.
pub async fn unknown_measure(platform: &Platform, numbers: &[String]) -> Result<Option<String>> {
    for number in numbers {
        let sql = "SELECT count(*) AS n FROM measure WHERE number = $1";
        if platform.ledger().count(sql, vec![number.into()]).await? == 0 {
            return Ok(Some(number.clone()));
        }
    }
    Ok(None)
}
