//! Questions about places.

use crate::{
    bilingual::Bilingual,
    context::Reader,
    question::Question,
    refusal::{Error, Refusal, Result},
    running::Platform,
};
use jiff::civil::Date;
use ledger::Row;

/// A place as it stood on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// GB/T 2260 code.
    pub code: String,
    /// Full name.
    pub name: Bilingual,
    /// Name in everyday use.
    pub short: String,
    /// Kind, a word of the vocabulary.
    pub kind: String,
    /// Level at which its local standards are issued.
    pub level: String,
    /// Prefix of its local standards; empty where it issues none.
    pub prefix: String,
    /// Code of the place above; empty at the top.
    pub parent: String,
    /// Authorities from the place upwards.
    pub chain: Vec<String>,
    /// Row and column in the tile grid.
    pub tile: Option<(u32, u32)>,
    /// Pilot since, with the document that says so.
    pub pilot: Option<(Date, String)>,
}

impl Place {
    fn from_row(row: &Row) -> Result<Self> {
        let tile = row
            .integer_or_null("tile_row")?
            .zip(row.integer_or_null("tile_column")?);
        Ok(Self {
            code: row.text("id")?,
            name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
            short: row.text("short")?,
            kind: row.text("kind")?,
            level: row.text("level")?,
            prefix: row.text("prefix")?,
            parent: row.text("parent")?,
            chain: serde_json::from_str(&row.text("chain")?).unwrap_or_default(),
            tile: tile.and_then(|(r, c)| Some((u32::try_from(r).ok()?, u32::try_from(c).ok()?))),
            pilot: row
                .date_or_null("pilot_since")?
                .map(|since| row.text("pilot_source").map(|s| (since, s)))
                .transpose()?,
        })
    }

    /// The name that fits a narrow column.
    pub fn short_name(&self) -> Bilingual {
        Bilingual {
            zh: self.short.clone(),
            en: self.name.en.clone(),
            en_origin: self.name.en_origin,
        }
    }
}

/// All places, by code.
pub async fn places(platform: &Platform, reader: &Reader) -> Result<Vec<Place>> {
    let mut question = Question::new("SELECT * FROM place p WHERE ");
    question.as_of(reader, "p").add(" ORDER BY p.id");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Place::from_row).collect()
}

/// Some places by their codes, by code.
pub async fn of_codes(platform: &Platform, reader: &Reader, codes: &[String]) -> Result<Vec<Place>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let mut question = Question::new("SELECT * FROM place p WHERE ");
    question
        .as_of(reader, "p")
        .add(" AND ")
        .is_in("p.id", codes)
        .add(" ORDER BY p.id");
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.iter().map(Place::from_row).collect()
}

/// A place by code, prefix of its standards or name (contract: a parameter takes any of them).
pub async fn place(platform: &Platform, reader: &Reader, text: &str) -> Result<Place> {
    let mut question = Question::new("SELECT * FROM place p WHERE ");
    question.as_of(reader, "p");
    question.with(
        " AND (p.id = ? OR p.prefix = ? OR p.short = ? OR p.name_zh = ? OR p.name_en = ?)",
        vec![text.into(); 5],
    );
    let rows = platform.ledger().fetch(question.text, question.values).await?;
    rows.first()
        .map_or_else(|| Err(Error::from(Refusal::unseen())), Place::from_row)
}

/// Codes of the places for which 各试点示范省市 stands in the version of the list that was in force.
pub async fn of_list(platform: &Platform, reader: &Reader, list: &str) -> Result<Vec<String>> {
    let mut question = Question::new("SELECT places FROM list_version v WHERE ");
    question.with(
        "v.list = ? AND v.in_force <= ? AND v.from_position <= ? ORDER BY v.version DESC LIMIT 1",
        [list.into(), reader.as_of.date.into(), reader.as_of.known.into()],
    );
    let row = platform.ledger().fetch_one(question.text, question.values).await?;
    Ok(row
        .map(|r| r.text("places"))
        .transpose()?
        .and_then(|p| serde_json::from_str(&p).ok())
        .unwrap_or_default())
}
