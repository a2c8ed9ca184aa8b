//! Checkpoints in the file store: `checkpoints/000000001000.json`, one object each.

use super::{FileStore, Limits};
use crate::{
    checkpoint::{Checkpoint, CheckpointSink},
    error::LedgerError,
    event::Position,
};
use async_trait::async_trait;

const FOLDER: &str = "checkpoints";
/// A checkpoint is smaller.
const MOST: Limits = Limits { max_bytes: 64 * 1024 };

#[async_trait]
impl CheckpointSink for FileStore {
    async fn put(&self, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
        let name = format!("{FOLDER}/{:012}.json", checkpoint.position.0);
        if self.get_named(&name, MOST).await?.is_some() {
            return Ok(());
        }
        let content = serde_json::to_vec(checkpoint)
            .map_err(|source| LedgerError::Files(format!("{name} cannot be written: {source}")))?;
        self.put_named(&name, content.into()).await
    }

    async fn all(&self) -> Result<Vec<Checkpoint>, LedgerError> {
        self.after(Position::START).await
    }

    async fn after(&self, position: Position) -> Result<Vec<Checkpoint>, LedgerError> {
        let mut all = Vec::new();
        for name in self.list_named(FOLDER).await? {
            // The name tells the position, so that what is not asked for is not read.
            let told = name.rsplit('/').next().and_then(|file| file.strip_suffix(".json"));
            if told
                .and_then(|digits| digits.parse::<i64>().ok())
                .is_some_and(|told| told <= position.0)
            {
                continue;
            }
            let Some(content) = self.get_named(&name, MOST).await? else {
                continue;
            };
            let checkpoint = serde_json::from_slice(&content)
                .map_err(|source| LedgerError::Files(format!("{name} is no checkpoint: {source}")))?;
            all.push(checkpoint);
        }
        Ok(all)
    }
}
