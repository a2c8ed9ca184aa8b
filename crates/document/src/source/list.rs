//! Lists.

use super::attributes::Attributes;
use super::block::{Begun, Scanner};
use super::line::{Line, span_of};
use super::start::{Look, Marker, Start, start};
use crate::model::{BlockKind, Id, List, ListItem};

/// Reads the list that the first line begins; how many lines it takes.
pub(super) fn read<'a>(scanner: &mut Scanner, lines: &[Line<'a>]) -> (Begun<'a>, usize) {
    let Some((first, marker)) = lines.first().and_then(|line| Some((*line, marker_of(*line)?))) else {
        return (Begun::Nothing, 1);
    };
    let indent = first.indent();
    let mut items: Vec<(Marker, Vec<Line<'a>>)> = Vec::new();
    let mut at = 0;
    let mut after_blank = false;
    while let Some(line) = lines.get(at).copied() {
        if line.is_blank() {
            if let Some((_, inner)) = items.last_mut() {
                inner.push(Line { text: "", at: line.at });
            }
            after_blank = true;
            at += 1;
            continue;
        }
        let begins = marker_of(line);
        let deeper = line.indent() >= indent + 2;
        match begins {
            Some(next) if !deeper && next.look == marker.look => items.push((next, vec![line.trimmed()])),
            // `1)` flush under `a)`: a list of its own within the item.
            Some(next) if !deeper && nests(marker.look, next.look) => add(&mut items, line),
            Some(_) if !deeper => break,
            _ if deeper => {
                let columns = indent + width(items.last().map(|(marker, inner)| (marker, inner)));
                add(&mut items, line.outdented(columns));
            }
            _ if after_blank || start(line.trimmed().text).is_some() => break,
            _ => add(&mut items, line.trimmed()),
        }
        after_blank = false;
        at += 1;
    }
    // Blank lines after the last item are not the list's.
    while at > 0 && lines.get(at - 1).is_some_and(|line| line.is_blank()) {
        at -= 1;
    }
    let list = List {
        style: marker.look.style(),
        items: items
            .into_iter()
            .map(|(marker, inner)| item(scanner, marker, inner))
            .collect(),
    };
    (Begun::Block(BlockKind::List(list)), at)
}

fn marker_of(line: Line<'_>) -> Option<Marker> {
    match start(line.trimmed().text) {
        Some(Start::Item(marker)) => Some(marker),
        _ => None,
    }
}

fn nests(outer: Look, inner: Look) -> bool {
    outer != inner && outer.style() == inner.style()
}

fn add<'a>(items: &mut [(Marker, Vec<Line<'a>>)], line: Line<'a>) {
    if let Some((_, inner)) = items.last_mut() {
        inner.push(line);
    }
}

/// The columns that the marker takes.
fn width(item: Option<(&Marker, &Vec<Line<'_>>)>) -> usize {
    let Some((marker, lines)) = item else { return 2 };
    let text = lines.first().map(|line| line.text).unwrap_or_default();
    let columns: usize = text
        .get(..marker.bytes)
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum();
    columns.clamp(2, 6)
}

fn item(scanner: &mut Scanner, marker: Marker, mut lines: Vec<Line<'_>>) -> ListItem {
    while lines.len() > 1 && lines.last().is_some_and(|line| line.is_blank()) {
        lines.pop();
    }
    let span = span_of(&lines);
    let mut id = Id::default();
    let mut typed_marker = None;
    if let Some(first) = lines.first_mut() {
        if marker.typed {
            typed_marker = Some(first.before(marker.bytes).trimmed().text.to_owned());
        }
        let text = first.after(marker.bytes).trimmed();
        *first = match Attributes::at_start(text) {
            Some((attributes, rest)) if !attributes.id.is_empty() && attributes.strokes == 0 => {
                scanner.report_unknown(&attributes, "列项");
                id = attributes.id;
                rest.trimmed()
            }
            _ => text,
        };
    }
    ListItem {
        id,
        span,
        typed_marker,
        blocks: scanner.blocks(&lines),
    }
}
