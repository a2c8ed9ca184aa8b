//! In which order obligations come, and the cursor that goes on in it. Pure: parts of a question, and texts.

use super::query::Obligation;
use crate::question::Question;
use ledger::Value;

/// By what obligations are sorted, or grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Key {
    /// Number of the task; sentences of measures first.
    #[default]
    Number,
    /// Code of the place; those of ministries first.
    Place,
    /// Where it stands, from what came out to what nobody reported.
    State,
    /// Harmonised stage.
    Stage,
    /// The day that is due next; those without last.
    Due,
    /// Since when it is in these hands.
    Since,
}

/// States in the order in which they are sorted.
const STATES: [&str; 6] = [
    "delivered",
    "closed",
    "in_progress",
    "blocked",
    "unassigned",
    "unreported",
];

impl Key {
    /// The expression over the columns that the reader sees; always a text.
    fn expression(self, down: bool) -> String {
        let last = if down { "''" } else { "'~'" };
        match self {
            Self::Number => "CAST(1000000 + COALESCE(s.task_number, 0) AS TEXT)".to_owned(),
            Self::Place => "s.place".to_owned(),
            Self::State => {
                let cases: Vec<String> = STATES
                    .iter()
                    .enumerate()
                    .map(|(at, state)| format!("WHEN '{state}' THEN '{at}'"))
                    .collect();
                format!("CASE s.state_seen {} ELSE '9' END", cases.join(" "))
            }
            Self::Stage => "s.stage_seen".to_owned(),
            Self::Due => format!("COALESCE(s.due_seen, {last})"),
            Self::Since => "s.holder_since".to_owned(),
        }
    }

    /// The same of a row that was read.
    fn of(self, o: &Obligation, down: bool) -> String {
        let last = if down { "" } else { "~" };
        match self {
            Self::Number => (1_000_000 + o.number).to_string(),
            Self::Place => o.place.clone(),
            Self::State => STATES
                .iter()
                .position(|s| *s == o.state)
                .map_or_else(|| "9".to_owned(), |at| at.to_string()),
            Self::Stage => o.stage.clone(),
            Self::Due => o.next.as_ref().map_or_else(|| last.to_owned(), |n| n.due.to_string()),
            Self::Since => o.holder.since.map_or_else(String::new, |d| d.to_string()),
        }
    }
}

/// An order; without anything, by number and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// Within which groups.
    pub group: Option<Key>,
    /// By what.
    pub sort: Key,
    /// The other way round.
    pub down: bool,
}

impl Order {
    /// Adds where to go on and the order to a question whose rows are called `s`.
    pub(super) fn arrange(self, question: &mut Question, cursor: Option<&str>) {
        let group = self.group.map_or_else(|| "''".to_owned(), |g| g.expression(false));
        let sort = self.sort.expression(self.down);
        let (beyond, way) = if self.down { ("<", " DESC") } else { (">", "") };
        let number = Key::Number.expression(false);
        if let Some(seen) = cursor.and_then(|c| serde_json::from_str::<[String; 4]>(c).ok()) {
            let [g, k, n, id] = seen.map(Value::from);
            question.with(
                &format!(
                    " WHERE ({group} > ? OR ({group} = ? AND ({sort} {beyond} ? OR ({sort} = ? AND ({number} > ? OR ({number} = ? AND s.id > ?))))))"
                ),
                [g.clone(), g, k.clone(), k, n.clone(), n, id],
            );
        }
        question.add(&format!(" ORDER BY {group}, {sort}{way}, {number}, s.id"));
    }

    /// Where to go on after a row.
    pub(super) fn cursor(self, after: &Obligation) -> String {
        let place = [
            self.group.map_or_else(String::new, |g| g.of(after, false)),
            self.sort.of(after, self.down),
            Key::Number.of(after, false),
            after.id.clone(),
        ];
        serde_json::to_string(&place).unwrap_or_default()
    }
}
