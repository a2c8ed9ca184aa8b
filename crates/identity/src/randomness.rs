//! Where random bytes come from: the operating system, or a seed in tests and demonstrations.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The operating system gave no random bytes; nothing secret can be made until it does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes ({reason}); check that its random source is available")]
pub struct RandomnessError {
    /// What the operating system answered.
    pub reason: String,
}

/// A source of random bytes. Shared between threads, so it takes `&self`.
pub trait Randomness: Send + Sync {
    /// Fills `bytes` whole, or fails and leaves nothing that may be used.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomnessError>;
}

/// The operating system's generator: the only one for production.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OperatingSystem;

impl Randomness for OperatingSystem {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomnessError> {
        getrandom::fill(bytes).map_err(|error| RandomnessError {
            reason: error.to_string(),
        })
    }
}

/// A repeatable stream: SHA-256 over the seed and a counter. For tests and demonstrations alone: whoever knows the
/// seed knows every key made from it.
pub struct Seeded {
    seed: u64,
    block: AtomicU64,
}

impl Seeded {
    /// A stream that is the same for the same seed and order of calls.
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            block: AtomicU64::new(0),
        }
    }
}

impl fmt::Debug for Seeded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Seeded").finish_non_exhaustive()
    }
}

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomnessError> {
        for chunk in bytes.chunks_mut(32) {
            let block = self.block.fetch_add(1, Ordering::Relaxed);
            let stream = Sha256::new()
                .chain_update(b"biaochi seeded randomness")
                .chain_update(self.seed.to_be_bytes())
                .chain_update(block.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&stream[..chunk.len()]);
        }
        Ok(())
    }
}

/// `N` random bytes, wiped when dropped.
///
/// # Errors
///
/// [`RandomnessError`] when the source cannot answer.
pub fn random_bytes<const N: usize>(random: &dyn Randomness) -> Result<Zeroizing<[u8; N]>, RandomnessError> {
    let mut bytes = Zeroizing::new([0_u8; N]);
    random.fill(bytes.as_mut_slice())?;
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_operating_system_never_repeats() {
        let first = random_bytes::<32>(&OperatingSystem).unwrap();
        let second = random_bytes::<32>(&OperatingSystem).unwrap();
        assert_ne!(first, second);
        assert_ne!(*first, [0; 32]);
    }

    #[test]
    fn a_seed_gives_one_stream_and_the_stream_does_not_repeat() {
        let one = Seeded::new(7);
        let other = Seeded::new(7);
        let stranger = Seeded::new(8);
        let first = random_bytes::<40>(&one).unwrap();
        assert_eq!(first, random_bytes::<40>(&other).unwrap());
        assert_ne!(first, random_bytes::<40>(&one).unwrap());
        assert_ne!(first, random_bytes::<40>(&stranger).unwrap());
    }
}
