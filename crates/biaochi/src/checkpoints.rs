//! Checkpoints of the log: signed with the key file's keys, kept in the file store.

use async_trait::async_trait;
use identity::{KeyFile, signature::DoubleSignature};
use ledger::{
    Checkpoint, CheckpointSink, LedgerError, Signer,
    files::{FileStore, Limits},
};

const FOLDER: &str = "checkpoints";
/// A checkpoint is some 400 bytes.
const LARGEST: u64 = 64 * 1024;

/// Signs under both schemes; the text is the signature as JSON.
pub struct KeySigner(pub KeyFile);

impl Signer for KeySigner {
    fn sign(&self, message: &[u8]) -> String {
        match self.0.signing().sign(message) {
            Ok(signature) => serde_json::to_string(&signature).unwrap_or_default(),
            Err(failure) => {
                // A key that cannot sign leaves a checkpoint without signature, which `verify --ledger` names.
                tracing::error!(%failure, "a checkpoint could not be signed");
                String::new()
            }
        }
    }

    fn verify(&self, message: &[u8], signature: &str) -> bool {
        serde_json::from_str::<DoubleSignature>(signature)
            .is_ok_and(|signature| self.0.signing().public_keys().verify(message, &signature).is_ok())
    }
}

/// Keeps each checkpoint as an object of its own, named by its position.
pub struct StoreSink(pub FileStore);

fn name_of(checkpoint: &Checkpoint) -> String {
    format!("{FOLDER}/{:012}.json", checkpoint.position.0)
}

#[async_trait]
impl CheckpointSink for StoreSink {
    async fn put(&self, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
        let name = name_of(checkpoint);
        if self.0.get_named(&name, Limits { max_bytes: LARGEST }).await?.is_some() {
            return Ok(());
        }
        let text = serde_json::to_vec(checkpoint).map_err(|fault| LedgerError::Files(fault.to_string()))?;
        self.0.put_named(&name, text.into()).await
    }

    async fn all(&self) -> Result<Vec<Checkpoint>, LedgerError> {
        let mut kept = Vec::new();
        for name in self.0.list_named(FOLDER).await? {
            let Some(text) = self.0.get_named(&name, Limits { max_bytes: LARGEST }).await? else {
                continue;
            };
            let read = serde_json::from_slice(&text);
            kept.push(read.map_err(|fault| LedgerError::Files(format!("{name} is no checkpoint: {fault}")))?);
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use identity::OperatingSystem;
    use ledger::{Position, files::FilesUrl};

    fn checkpoint(signer: &KeySigner, position: i64, hash: &str) -> Checkpoint {
        let at = "2026-03-02T04:00:00Z".parse().unwrap();
        let message = Checkpoint::message(Position(position), hash, at);
        let signature = signer.sign(message.as_bytes());
        Checkpoint {
            position: Position(position),
            hash: hash.to_owned(),
            at,
            signature,
        }
    }

    #[tokio::test]
    async fn a_checkpoint_is_signed_kept_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(&FilesUrl::parse(&folder.path().display().to_string()).unwrap())
            .await
            .unwrap();
        let signer = KeySigner(KeyFile::generate(&OperatingSystem).unwrap());
        let sink = StoreSink(store);
        let first = checkpoint(&signer, 1000, "aa");
        sink.put(&first).await.unwrap();
        sink.put(&checkpoint(&signer, 1000, "bb")).await.unwrap();
        let kept = sink.all().await.unwrap();
        assert_eq!(kept, [first]);
        assert!(kept[0].holds(&signer));
        let other = KeySigner(KeyFile::generate(&OperatingSystem).unwrap());
        assert!(!kept[0].holds(&other));
    }
}
