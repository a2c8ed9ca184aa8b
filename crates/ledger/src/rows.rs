//! Changes of rows as statements: neighbours of the same shape become one.

use crate::{
    change::Change,
    condense::condense,
    error::{CommitError, LedgerError},
    schema::{list, quoted},
    statement::{Places, execute, placeholders, rows},
    updates::{Updates, condition},
    value::Value,
};
use sea_orm::DatabaseTransaction;
use std::collections::{HashMap, HashSet};

/// SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
pub(crate) const MOST_VALUES: usize = 30_000;
/// More rows in one statement bring nothing: its program then no longer lies near the processor.
pub(crate) const MOST_ROWS: usize = 128;

type Values = Vec<(&'static str, Value)>;

/// One statement, or several claims that must be looked at one by one when they fail.
pub(crate) enum Step {
    Statement(String, Vec<Value>),
    Claims(Vec<(&'static str, String, String)>),
}

/// Carries out changes in their order. `source` is the projection they come from, empty for state.
pub(crate) async fn carry_out(
    transaction: &DatabaseTransaction,
    changes: Vec<Change>,
    source: &str,
) -> Result<(), CommitError> {
    let places = Places::of(transaction);
    carry_out_steps(transaction, steps(changes, places), source).await
}

/// Carries out steps in their order.
pub(crate) async fn carry_out_steps(
    transaction: &DatabaseTransaction,
    steps: Vec<Step>,
    source: &str,
) -> Result<(), CommitError> {
    for step in steps {
        match step {
            Step::Statement(sql, values) => {
                execute(transaction, sql, values).await?;
            }
            Step::Claims(claims) => claim(transaction, &claims, source).await?,
        }
    }
    Ok(())
}

/// Carries out changes one by one, and says how many rows each touched.
pub(crate) async fn carry_out_singly(
    transaction: &DatabaseTransaction,
    changes: Vec<Change>,
) -> Result<Vec<u64>, CommitError> {
    let mut touched = Vec::with_capacity(changes.len());
    for change in changes {
        let mut count = 0;
        for step in stepped(vec![change], Places::of(transaction)) {
            match step {
                Step::Statement(sql, values) => count += execute(transaction, sql, values).await?,
                Step::Claims(claims) => {
                    claim(transaction, &claims, "").await?;
                    count += claims.len() as u64;
                }
            }
        }
        touched.push(count);
    }
    Ok(touched)
}

/// Brings the changes of each table together, in their order: rows of one table do not depend on another's.
pub(crate) fn by_table(changes: Vec<Change>) -> Vec<Change> {
    let mut order: HashMap<&'static str, usize> = HashMap::new();
    let mut groups: Vec<Vec<Change>> = Vec::new();
    for change in changes {
        let next = groups.len();
        let group = *order.entry(change.table()).or_insert(next);
        if group == next {
            groups.push(Vec::new());
        }
        groups[group].push(change);
    }
    groups.into_iter().flatten().collect()
}

/// The statements that have the outcome of these changes.
pub(crate) fn steps(changes: Vec<Change>, places: Places) -> Vec<Step> {
    stepped(condense(changes), places)
}

fn stepped(changes: Vec<Change>, places: Places) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut changes = changes.into_iter().peekable();
    while let Some(change) = changes.next() {
        match change {
            Change::Insert { table, values } => {
                let mut batch = vec![values];
                while batch.len() < room(&batch[0])
                    && let Some(Change::Insert { values, .. }) = changes.next_if(
                        |next| matches!(next, Change::Insert { table: t, values: v } if *t == table && alike(v, &batch[0])),
                    )
                {
                    batch.push(values);
                }
                let (sql, values) = insert(table, batch, places);
                steps.push(Step::Statement(sql, values));
            }
            Change::InsertAbsent { table, key, values } => {
                let (mut sql, values) = insert(table, vec![values], places);
                sql.push_str(&format!(" ON CONFLICT ({}) DO NOTHING", list(key.iter().copied())));
                steps.push(Step::Statement(sql, values));
            }
            Change::Upsert { table, key, values } => {
                let mut seen = HashSet::from([keyed(key, &values)]);
                let mut batch = vec![values];
                while batch.len() < room(&batch[0])
                    && let Some(Change::Upsert { values, .. }) = changes.next_if(|next| {
                        matches!(next, Change::Upsert { table: t, key: k, values: v }
                            if *t == table && *k == key && alike(v, &batch[0]) && seen.insert(keyed(key, v)))
                    })
                {
                    batch.push(values);
                }
                let others: Vec<&str> = batch[0].iter().map(|(c, _)| *c).filter(|c| !key.contains(c)).collect();
                let (mut sql, values) = insert(table, batch, places);
                sql.push_str(&format!(" ON CONFLICT ({}) DO ", list(key.iter().copied())));
                if others.is_empty() {
                    sql.push_str("NOTHING");
                } else {
                    let set = others
                        .iter()
                        .map(|c| format!("{0} = excluded.{0}", quoted(c)))
                        .collect::<Vec<_>>();
                    sql.push_str(&format!("UPDATE SET {}", set.join(", ")));
                }
                steps.push(Step::Statement(sql, values));
            }
            Change::Update { table, values, whose } | Change::UpdateOne { table, values, whose } => {
                let mut batch = Updates::of(values, whose);
                while let Some(Change::Update { values, whose, .. } | Change::UpdateOne { values, whose, .. }) =
                    changes.next_if(|next| matches!(next, Change::Update { table: t, values, whose } | Change::UpdateOne { table: t, values, whose }
                        if *t == table && batch.takes(values, whose)))
                {
                    batch.add(values, whose);
                }
                let (sql, values) = batch.statement(table);
                steps.push(Step::Statement(sql, values));
            }
            Change::Delete { table, whose } => {
                let mut bound = Vec::with_capacity(whose.len());
                let condition = condition(whose, &mut bound);
                steps.push(Step::Statement(
                    format!("DELETE FROM {}{condition}", quoted(table)),
                    bound,
                ));
            }
            Change::Claim { kind, value, holder } => {
                let mut claims = vec![(kind, value, holder)];
                while claims.len() < MOST_ROWS
                    && let Some(Change::Claim { kind, value, holder }) =
                        changes.next_if(|next| matches!(next, Change::Claim { .. }))
                {
                    claims.push((kind, value, holder));
                }
                steps.push(Step::Claims(claims));
            }
            Change::Release { kind, value } => steps.push(Step::Statement(
                "DELETE FROM claim WHERE kind = $1 AND value = $2".to_owned(),
                vec![kind.into(), value.into()],
            )),
            Change::Refer { digest } => {
                let mut digests = vec![Value::from(digest)];
                while digests.len() < MOST_ROWS
                    && let Some(Change::Refer { digest }) = changes.next_if(|next| matches!(next, Change::Refer { .. }))
                {
                    digests.push(digest.into());
                }
                steps.push(Step::Statement(
                    format!(
                        "UPDATE file SET referred = 1 WHERE referred >= 0 AND digest IN ({})",
                        placeholders(1, digests.len())
                    ),
                    digests,
                ));
            }
        }
    }
    steps
}

/// How many rows of this shape go into one statement.
fn room(values: &Values) -> usize {
    (MOST_VALUES / values.len().max(1)).clamp(1, MOST_ROWS)
}

pub(crate) fn alike(one: &[(&'static str, Value)], other: &[(&'static str, Value)]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|((a, _), (b, _))| same(a, b))
}

/// Names of columns are constants of the program: mostly the very same one is compared.
fn same(one: &'static str, other: &'static str) -> bool {
    std::ptr::eq(one, other) || one == other
}

fn keyed(key: &[&str], values: &Values) -> Vec<Value> {
    key.iter()
        .filter_map(|k| values.iter().find(|(c, _)| c == k).map(|(_, v)| v.clone()))
        .collect()
}

fn insert(table: &str, batch: Vec<Values>, places: Places) -> (String, Vec<Value>) {
    let columns: Vec<&str> = batch
        .first()
        .map(|row| row.iter().map(|(c, _)| *c).collect())
        .unwrap_or_default();
    let mut bound = Vec::with_capacity(batch.len() * columns.len());
    let tuples = places.tuples(batch.len(), columns.len());
    for row in batch {
        bound.extend(row.into_iter().map(|(_, value)| value));
    }
    (
        format!("INSERT INTO {} ({}) VALUES {}", quoted(table), list(columns), tuples),
        bound,
    )
}

async fn claim(
    transaction: &DatabaseTransaction,
    claims: &[(&'static str, String, String)],
    source: &str,
) -> Result<(), CommitError> {
    let mut bound = Vec::with_capacity(claims.len() * 4);
    let mut tuples = Vec::with_capacity(claims.len());
    for (kind, value, holder) in claims {
        tuples.push(format!("({})", placeholders(bound.len() + 1, 4)));
        bound.extend([Value::from(*kind), value.into(), holder.into(), source.into()]);
    }
    let sql = format!(
        "INSERT INTO claim (kind, value, holder, source) VALUES {} ON CONFLICT (kind, value) DO NOTHING",
        tuples.join(", ")
    );
    if execute(transaction, sql, bound).await? == claims.len() as u64 {
        return Ok(());
    }
    for (kind, value, holder) in claims {
        let found = rows(
            transaction,
            "SELECT holder FROM claim WHERE kind = $1 AND value = $2",
            vec![(*kind).into(), value.into()],
        )
        .await?;
        let Some(row) = found.first() else {
            return Err(LedgerError::Database(format!("the claim of {kind} `{value}` vanished")).into());
        };
        let other = row.text("holder")?;
        if other != *holder {
            return Err(CommitError::Taken {
                kind: (*kind).to_owned(),
                value: value.clone(),
                holder: other,
            });
        }
    }
    Ok(())
}
