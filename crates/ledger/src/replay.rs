//! The log replayed: what the projections make of each part of it is worked out while the part before is written.

use crate::{
    aside::aside,
    change::Change,
    error::{CommitError, LedgerError},
    event::{Position, Recorded, StreamName},
    ledger::Inner,
    projection::Projection,
    read,
    registry::Writer,
    rows::{Step, by_table, carry_out_steps, steps},
    statement::Places,
    value::Row,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::{collections::HashMap, sync::Arc};

/// Events of a part.
const PART: i64 = 2_000;
/// Streams untouched for so many parts are read again when they are needed.
const REMEMBERED: usize = 50;

/// Reads the whole log through one connection and carries out through another what the projections make of it; the last
/// position. Both may be the same; the log must not grow meanwhile.
pub(crate) async fn replay<C: ConnectionTrait>(
    inner: &Inner,
    log: &C,
    transaction: &DatabaseTransaction,
    projections: &[Arc<dyn Projection>],
) -> Result<Position, CommitError> {
    inner.progress.begin_log(read::head_of(transaction).await?.0);
    let mut position = Position::START;
    let mut next = Part::after(inner, log, Memory::default(), position, projections).await?;
    while let Some(part) = next {
        position = part.last;
        (next, ()) = tokio::try_join!(
            Part::after(inner, log, part.memory, position, projections),
            carry_out(transaction, part.steps)
        )?;
        inner.progress.reach_log(position.0);
    }
    Ok(position)
}

async fn carry_out(transaction: &DatabaseTransaction, all: Vec<(&'static str, Vec<Step>)>) -> Result<(), CommitError> {
    for (source, steps) in all {
        carry_out_steps(transaction, steps, source).await?;
    }
    Ok(())
}

/// A part of the log, worked out.
struct Part {
    /// Position of its last event.
    last: Position,
    /// What each projection writes.
    steps: Vec<(&'static str, Vec<Step>)>,
    /// What the next part needs to know of the streams.
    memory: Memory,
}

impl Part {
    /// The part after a position, if there is one. What takes long and asks the database nothing runs on a thread of its
    /// own.
    async fn after<C: ConnectionTrait>(
        inner: &Inner,
        log: &C,
        mut memory: Memory,
        position: Position,
        projections: &[Arc<dyn Projection>],
    ) -> Result<Option<Self>, CommitError> {
        let rows = read::log_after(log, position, PART).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let followed = projections.to_vec();
        let (last, events) = aside(move || read_in(&rows, &followed)).await??;
        memory.prepare(log, &events).await?;
        let projections = projections.to_vec();
        let (memory, changes) = aside(move || {
            let changes = memory.worked_out(events, &projections);
            (memory, changes)
        })
        .await?;
        for (source, changes) in &changes {
            for change in changes {
                inner.registry.check(change, Writer::Projection(source))?;
            }
        }
        let places = Places::of(log);
        let steps = aside(move || {
            changes
                .into_iter()
                .map(|(source, of_it)| (source, steps(of_it, places)))
                .collect()
        })
        .await?;
        Ok(Some(Self { last, steps, memory }))
    }
}

/// The last position of some rows of the log, and those of their events that a projection follows.
fn read_in(rows: &[Row], projections: &[Arc<dyn Projection>]) -> Result<(Position, Vec<Recorded>), LedgerError> {
    let mut events = rows.iter().map(read::recorded).collect::<Result<Vec<_>, _>>()?;
    let last = events.last().map_or(Position::START, |event| event.position);
    events.retain(|event| projections.iter().any(|p| p.follows(event.stream.kind())));
    Ok((last, events))
}

/// Streams as far as they have been read, so that a projection finds the events before without a query for each.
#[derive(Default)]
struct Memory {
    streams: HashMap<StreamName, (usize, Vec<Recorded>)>,
    part: usize,
}

impl Memory {
    /// Reads what is missing for a part's events, and forgets what has long been untouched.
    async fn prepare<C: ConnectionTrait>(&mut self, connection: &C, events: &[Recorded]) -> Result<(), LedgerError> {
        self.part += 1;
        let mut first: HashMap<&StreamName, i64> = HashMap::new();
        for event in events {
            first.entry(&event.stream).or_insert(event.version.0);
        }
        let missing: Vec<StreamName> = first
            .iter()
            .filter(|(stream, version)| **version > 1 && !self.streams.contains_key(**stream))
            .map(|(stream, _)| (*stream).clone())
            .collect();
        for event in read::events_of(connection, &missing).await? {
            if first
                .get(&event.stream)
                .is_some_and(|version| event.version.0 < *version)
            {
                self.streams
                    .entry(event.stream.clone())
                    .or_insert((self.part, Vec::new()))
                    .1
                    .push(event);
            }
        }
        let part = self.part;
        self.streams.retain(|stream, (used, _)| {
            if first.contains_key(stream) {
                *used = part;
            }
            part - *used < REMEMBERED
        });
        Ok(())
    }

    /// Adds events to their streams; gives the streams, and how many each got.
    fn take_in(&mut self, events: Vec<Recorded>) -> Vec<(StreamName, usize)> {
        let mut counts: HashMap<StreamName, usize> = HashMap::new();
        for event in events {
            *counts.entry(event.stream.clone()).or_default() += 1;
            let (_, stream) = self
                .streams
                .entry(event.stream.clone())
                .or_insert((self.part, Vec::new()));
            stream.push(event);
        }
        counts.into_iter().collect()
    }

    /// A stream as far as it has been read.
    fn stream(&self, name: &StreamName) -> Option<&[Recorded]> {
        self.streams.get(name).map(|(_, events)| events.as_slice())
    }

    /// Takes events in, and gives what each projection makes of them.
    fn worked_out(
        &mut self,
        events: Vec<Recorded>,
        projections: &[Arc<dyn Projection>],
    ) -> Vec<(&'static str, Vec<Change>)> {
        let streams = self.take_in(events);
        projections
            .iter()
            .map(|projection| {
                let followed = streams.iter().filter_map(|(name, new)| {
                    let events = self.stream(name).filter(|_| projection.follows(name.kind()))?;
                    Some((events, *new))
                });
                (projection.name(), by_table(projected(projection.as_ref(), followed)))
            })
            .collect()
    }
}

/// What the last events of some streams bring, in the order of the log: streams with how many of their events are new.
pub(crate) fn projected<'a>(
    projection: &dyn Projection,
    streams: impl Iterator<Item = (&'a [Recorded], usize)>,
) -> Vec<Change> {
    let mut each: Vec<(Position, Vec<Change>)> = Vec::new();
    for (events, new) in streams {
        let positions = events
            .iter()
            .skip(events.len().saturating_sub(new))
            .map(|event| event.position);
        each.extend(positions.zip(projection.project_each(events, new)));
    }
    each.sort_by_key(|(position, _)| *position);
    each.into_iter().flat_map(|(_, changes)| changes).collect()
}
