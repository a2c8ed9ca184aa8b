//! A workbook of obligations that comes back after something was recorded of its rows: what its writer changed, told from
//! what stood when it was taken out.

use super::{
    place_workbook::load,
    row_commands::{ChangedRow, Planned},
};
use crate::{
    context::Reader,
    event::{read, standing},
    obligation::{self, command::Command, event::ObligationEvent},
    refusal::Result,
    running::Platform,
};
use language::Lang;
use ledger::{AsOf, Position};
use sheet::{CellValue, ColumnId, Upload};
use std::collections::BTreeMap;

/// Columns that the platform itself changes when something is recorded of the row.
const MOVED_WITH_A_RECORD: [&str; 5] = ["position", "number", "title", "state", "place"];

/// Rows as they stood when the workbook was taken out.
pub(super) struct Download {
    rows: BTreeMap<String, BTreeMap<ColumnId, CellValue>>,
}

/// What was done to a row of which something was recorded since.
pub(super) enum Edit {
    /// Nothing that can be written there.
    None,
    /// A note, and nothing else: it stands beside whatever was recorded.
    Note(String),
    /// Something that may contradict what was recorded.
    Other,
}

impl Download {
    /// The rows as the log knew them at the latest position that the workbook names.
    pub(super) async fn load(
        platform: &Platform,
        reader: &Reader,
        list: &str,
        place: Option<&str>,
        lang: Lang,
        upload: &Upload,
    ) -> Result<Self> {
        let positions = upload.rows.iter().filter_map(|row| match row.cells.get("position") {
            Some(CellValue::Integer(position)) => Some(*position),
            _ => None,
        });
        let Some(last) = positions.max().filter(|position| *position > 0) else {
            return Ok(Self { rows: BTreeMap::new() });
        };
        let then = Reader {
            as_of: AsOf {
                known: Position(last),
                ..reader.as_of
            },
            ..reader.clone()
        };
        let table = load(platform, &then, list, place, lang).await?.table;
        let rows = table.current().into_iter().map(|row| (row.key, row.cells)).collect();
        Ok(Self { rows })
    }

    /// Whether somebody wrote in a row: what it says otherwise than what stands did not come with the download.
    pub(super) fn is_written(&self, changed: &ChangedRow) -> bool {
        let base = self.rows.get(&changed.object);
        changed
            .columns()
            .any(|(column, after)| base.and_then(|base| base.get(column)) != Some(after))
    }

    /// What the writer did to a row, whatever was recorded since.
    pub(super) fn edit(&self, changed: &ChangedRow) -> Edit {
        let base = self.rows.get(&changed.object);
        let mut edits = changed
            .columns()
            .filter(|(column, after)| base.and_then(|base| base.get(*column)) != Some(*after))
            .map(|(column, _)| column)
            .filter(|column| !MOVED_WITH_A_RECORD.contains(column))
            .peekable();
        if edits.peek().is_none() {
            return Edit::None;
        }
        let note = changed.written("note").filter(|note| !note.is_empty());
        match note {
            Some(note) if edits.all(|column| column == "note") => Edit::Note(note),
            _ => Edit::Other,
        }
    }
}

/// Leaves the notes out that stand already: the same workbook came back.
pub(super) async fn without_repeated_notes(
    platform: &Platform,
    planned: &mut Vec<Planned<Command>>,
    moved: &[String],
) -> Result<()> {
    let mut said: Vec<(String, String)> = Vec::new();
    let noted = planned
        .iter()
        .filter(|p| matches!(p.command, Command::Note { .. }) && moved.contains(&p.object));
    let streams = noted
        .map(|p| obligation::command::stream(&p.object))
        .collect::<Result<Vec<_>>>()?;
    if streams.is_empty() {
        return Ok(());
    }
    let events = platform.ledger().streams(&streams).await?;
    for recorded in standing(&events) {
        if let Some(ObligationEvent::Noted { text, .. }) = read(recorded) {
            said.push((recorded.stream.id().to_owned(), text));
        }
    }
    planned.retain(|p| match &p.command {
        Command::Note { text, .. } => !said.contains(&(p.object.clone(), text.trim().to_owned())),
        _ => true,
    });
    Ok(())
}
