//! Checkpoints of the log are signed with the key file's keys; the file store keeps them.

use identity::{KeyFile, signature::DoubleSignature};
use ledger::Signer;

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use identity::OperatingSystem;
    use ledger::{
        Checkpoint, CheckpointSink, Position,
        files::{FileStore, FilesUrl},
    };

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
        let sink: &dyn CheckpointSink = &store;
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
