//! Checkpoints in the file store: `checkpoints/000001000.json`, one object each.

use super::{FileStore, Limits};
use crate::{
    checkpoint::{Checkpoint, CheckpointSink},
    error::LedgerError,
};
use async_trait::async_trait;

const FOLDER: &str = "checkpoints";
/// A checkpoint is smaller.
const MOST: Limits = Limits { max_bytes: 64 * 1024 };

#[async_trait]
impl CheckpointSink for FileStore {
    async fn put(&self, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
        let name = format!("{FOLDER}/{:09}.json", checkpoint.position.0);
        if self.get_named(&name, MOST).await?.is_some() {
            return Ok(());
        }
        let content = serde_json::to_vec(checkpoint)
            .map_err(|source| LedgerError::Files(format!("{name} cannot be written: {source}")))?;
        self.put_named(&name, content.into()).await
    }

    async fn all(&self) -> Result<Vec<Checkpoint>, LedgerError> {
        let mut all = Vec::new();
        for name in self.list_named(FOLDER).await? {
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
