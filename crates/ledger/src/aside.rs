//! Work that takes long and asks the database nothing, on a thread of its own.

use crate::error::LedgerError;

/// Runs it, while whoever waits for it lets others go on.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, LedgerError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|fault| LedgerError::Database(format!("what was made of the log broke off: {fault}")))
}
