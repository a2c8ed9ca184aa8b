//! Changes of state beside the log: sessions, sealed records, cursors.

use crate::{
    append::ATTEMPTS,
    change::Change,
    error::{CommitError, LedgerError},
    event::Position,
    ledger::Ledger,
    registry::Writer,
    rows::carry_out_singly,
};

impl Ledger {
    /// Carries out changes of state in one transaction, and says how many rows each touched.
    pub async fn state(&self, changes: Vec<Change>) -> Result<Vec<u64>, CommitError> {
        for change in &changes {
            self.inner.registry.check(change, Writer::State)?;
        }
        let mut attempt = 1;
        loop {
            let transaction = self.inner.database.write().await?;
            match carry_out_singly(&transaction, changes.clone()).await {
                Ok(touched) => {
                    transaction.commit().await?;
                    return Ok(touched);
                }
                Err(refused) => {
                    transaction.rollback().await?;
                    if attempt == ATTEMPTS || !matches!(refused, CommitError::Ledger(LedgerError::Busy(_))) {
                        return Err(refused);
                    }
                    attempt += 1;
                }
            }
        }
    }

    /// Carries out `guard`, and, if it touched a row, `then`, in one transaction. Says whether it did.
    ///
    /// For "only if it is still so": the guard is an [`Change::Update`] or [`Change::Delete`] whose `whose` names what
    /// was seen, or a [`Change::InsertAbsent`].
    pub async fn state_if(&self, guard: Change, then: Vec<Change>) -> Result<bool, CommitError> {
        for change in std::iter::once(&guard).chain(&then) {
            self.inner.registry.check(change, Writer::State)?;
        }
        let transaction = self.inner.database.write().await?;
        let outcome = async {
            if carry_out_singly(&transaction, vec![guard]).await? == [0] {
                return Ok(false);
            }
            carry_out_singly(&transaction, then).await?;
            Ok(true)
        }
        .await;
        match outcome {
            Ok(true) => {
                transaction.commit().await?;
                Ok(true)
            }
            other => {
                transaction.rollback().await?;
                other
            }
        }
    }

    /// Up to where a follower of the log has come.
    pub async fn cursor(&self, name: &str) -> Result<Position, LedgerError> {
        let row = self
            .fetch_one("SELECT position FROM cursor WHERE name = $1", vec![name.into()])
            .await?;
        row.map_or(Ok(Position::START), |row| Ok(Position(row.integer("position")?)))
    }

    /// The change that moves a follower's cursor, to be carried out with what it has done.
    pub fn cursor_moved(&self, name: &str, position: Position) -> Change {
        Change::Upsert {
            table: "cursor",
            key: &["name"],
            values: vec![
                ("name", name.into()),
                ("position", position.into()),
                ("at", self.inner.clock.now().into()),
            ],
        }
    }
}
