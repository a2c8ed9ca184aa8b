//! The table of rooms (`rooms.toml`).

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// What the house allows.
#[derive(Debug, Default)]
pub struct Rooms {
    /// For each room the rooms that it may know.
    pub knows: BTreeMap<String, Vec<String>>,
    /// Rooms of values alone.
    pub pure: Vec<String>,
    /// Rooms for tests alone.
    pub tests: Vec<String>,
    /// For each heavy library the one room that may name it.
    pub kept: BTreeMap<String, String>,
    pub pure_words: Vec<String>,
    pub pure_libraries: Vec<String>,
    pub sql_room: String,
    pub sql_files: Vec<String>,
    pub sql_folders: Vec<String>,
    /// Rooms whose words for people come from the catalogues alone.
    pub speaking: Vec<String>,
    /// Files, and folders that end in a slash, that read Chinese, and so hold Chinese words.
    pub readers: Vec<String>,
    pub lines: usize,
    pub long_files: Vec<String>,
}

impl Rooms {
    /// The table of this house.
    pub fn read() -> Result<Self> {
        Self::parse(include_str!("../rooms.toml"))
    }

    /// Reads a table.
    pub fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse().context("rooms.toml")?;
        let mut rooms = Self {
            pure_words: strings(&table, "pure", "words")?,
            pure_libraries: strings(&table, "pure", "libraries")?,
            sql_room: value(&table, "sql", "room")?.as_str().unwrap_or_default().to_owned(),
            sql_files: strings(&table, "sql", "files")?,
            sql_folders: strings(&table, "sql", "folders")?,
            speaking: strings(&table, "words", "rooms")?,
            readers: strings(&table, "words", "readers")?,
            lines: value(&table, "size", "lines")?
                .as_integer()
                .and_then(|lines| usize::try_from(lines).ok())
                .context("[size] lines is a number")?,
            long_files: strings(&table, "size", "exempt")?,
            ..Self::default()
        };
        let entries = table
            .get("room")
            .and_then(Value::as_table)
            .context("[room.…] is missing")?;
        for (name, entry) in entries {
            let entry = entry.as_table().with_context(|| format!("[room.{name}] is a table"))?;
            let knows = entry.get("knows").with_context(|| format!("[room.{name}] knows"))?;
            rooms.knows.insert(
                name.clone(),
                list(knows).with_context(|| format!("[room.{name}] knows"))?,
            );
            if entry.get("pure").and_then(Value::as_bool) == Some(true) {
                rooms.pure.push(name.clone());
            }
            if entry.get("tests").and_then(Value::as_bool) == Some(true) {
                rooms.tests.push(name.clone());
            }
        }
        for (library, room) in table
            .get("kept")
            .and_then(Value::as_table)
            .context("[kept] is missing")?
        {
            rooms
                .kept
                .insert(library.clone(), room.as_str().context("[kept] names rooms")?.to_owned());
        }
        Ok(rooms)
    }
}

fn value<'a>(table: &'a Table, section: &str, key: &str) -> Result<&'a Value> {
    table
        .get(section)
        .and_then(|s| s.get(key))
        .with_context(|| format!("rooms.toml lacks [{section}] {key}"))
}

fn strings(table: &Table, section: &str, key: &str) -> Result<Vec<String>> {
    list(value(table, section, key)?).with_context(|| format!("[{section}] {key}"))
}

fn list(value: &Value) -> Result<Vec<String>> {
    let items = value.as_array().context("a list of strings is wanted")?;
    items
        .iter()
        .map(|item| item.as_str().map(str::to_owned).context("a list of strings is wanted"))
        .collect()
}
