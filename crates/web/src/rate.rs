//! How often one reader may ask: a bucket of tokens for what a person or an address reads, and one for what it writes.
//!
//! Every request takes a token; tokens come back at an even pace, up to as many as may be taken at once. The instant comes
//! in as a value, and the memory is bounded: who has not asked for a while is forgotten, whose bucket is full again anyway.

use jiff::Timestamp;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

/// Buckets that are remembered at most. One takes about a hundred bytes.
pub const REMEMBERED: usize = 100_000;
/// What one request costs, in millionths of a token: one of them comes back each microsecond at one request a second.
const TOKEN: u64 = 1_000_000;

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests a second that come back; 0 where there is no limit.
    pub per_second: u32,
    /// Requests that may come at once after a rest; at least one.
    pub at_once: u32,
}

impl Rate {
    /// No limit.
    pub const NONE: Self = Self {
        per_second: 0,
        at_once: 0,
    };

    fn whole(self) -> u64 {
        u64::from(self.at_once.max(1)) * TOKEN
    }
}

/// How often each reader may read and write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Reading: GET and HEAD.
    pub reads: Rate,
    /// Everything else.
    pub writes: Rate,
}

impl Rates {
    /// No limits.
    pub const NONE: Self = Self {
        reads: Rate::NONE,
        writes: Rate::NONE,
    };
}

impl Default for Rates {
    /// A whole office behind one address reads on undisturbed; one program cannot take the server to itself.
    fn default() -> Self {
        Self {
            reads: Rate {
                per_second: 500,
                at_once: 5_000,
            },
            writes: Rate {
                per_second: 60,
                at_once: 600,
            },
        }
    }
}

/// What is left of one reader's requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// In millionths of a token.
    left: u64,
    /// Since when, in microseconds.
    at: i64,
}

impl Bucket {
    /// A bucket that nobody has taken from.
    pub fn full(rate: Rate, now: Timestamp) -> Self {
        Self {
            left: rate.whole(),
            at: now.as_microsecond(),
        }
    }

    /// Takes one request; where none is left, says after how many microseconds there will be one.
    ///
    /// A clock that was set back gives nothing, and takes nothing away.
    pub fn take(&mut self, rate: Rate, now: Timestamp) -> Result<(), u64> {
        let passed = u64::try_from(now.as_microsecond().saturating_sub(self.at)).unwrap_or(0);
        let back = passed.saturating_mul(u64::from(rate.per_second));
        self.left = self.left.saturating_add(back).min(rate.whole());
        self.at = now.as_microsecond();
        match self.left.checked_sub(TOKEN) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err((TOKEN - self.left).div_ceil(u64::from(rate.per_second.max(1)))),
        }
    }
}

/// Whose bucket it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A person, by session or key, wherever they are.
    Person(String),
    /// Everybody at an address who has not said who they are; of IPv6 its network (/64), which one reader holds whole.
    Address(IpAddr),
}

impl Whose {
    /// Everybody at an address.
    ///
    /// ```
    /// use web::rate::Whose;
    /// let at = |text: &str| Whose::at(text.parse().unwrap());
    /// assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
    /// assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
    /// assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    /// ```
    pub fn at(address: IpAddr) -> Self {
        Self::Address(match address {
            IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64))),
            four => four,
        })
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Something is read.
    Reading,
    /// Something is written.
    Writing,
}

type Buckets = HashMap<(Whose, Doing), Bucket>;

/// The buckets of all readers.
#[derive(Debug)]
pub struct Limits {
    rates: Rates,
    remembered: usize,
    /// Those who asked lately, and those who asked before: when the first are many, they become the second, and the
    /// second are forgotten.
    buckets: Mutex<(Buckets, Buckets)>,
}

impl Limits {
    /// Everybody may ask so often.
    pub fn new(rates: Rates) -> Self {
        Self::remembering(rates, REMEMBERED)
    }

    /// The same, remembering so many buckets at most.
    pub fn remembering(rates: Rates, remembered: usize) -> Self {
        Self {
            rates,
            remembered: remembered.max(2),
            buckets: Mutex::default(),
        }
    }

    /// Takes one request of somebody; where none is left, says after how many seconds there will be one.
    pub fn take(&self, whose: Whose, doing: Doing, now: Timestamp) -> Result<(), u64> {
        let rate = match doing {
            Doing::Reading => self.rates.reads,
            Doing::Writing => self.rates.writes,
        };
        if rate.per_second == 0 {
            return Ok(());
        }
        let key = (whose, doing);
        // A thread that panicked has left whole buckets behind.
        let mut guard = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let (lately, before) = &mut *guard;
        if let Some(bucket) = lately.get_mut(&key) {
            return in_seconds(bucket.take(rate, now));
        }
        let mut bucket = before.remove(&key).unwrap_or_else(|| Bucket::full(rate, now));
        let taken = bucket.take(rate, now);
        if lately.len() >= self.remembered / 2 {
            *before = std::mem::take(lately);
        }
        lately.insert(key, bucket);
        in_seconds(taken)
    }

    /// How many buckets are remembered.
    pub fn len(&self) -> usize {
        let guard = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        guard.0.len() + guard.1.len()
    }

    /// Whether nobody is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn in_seconds(taken: Result<(), u64>) -> Result<(), u64> {
    taken.map_err(|microseconds| microseconds.div_ceil(1_000_000).max(1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn instant(microsecond: i64) -> Timestamp {
        Timestamp::from_microsecond(microsecond).unwrap()
    }

    proptest! {
        /// In no stretch of time more come through than may come at once and what comes back meanwhile; and whoever waits
        /// as long as they are told comes through.
        #[test]
        fn nobody_gets_more_than_their_rate_and_everybody_gets_it(
            per_second in 1..2_000_u32,
            at_once in 1..50_u32,
            pauses in proptest::collection::vec(0..2_000_000_i64, 1..200),
        ) {
            let rate = Rate { per_second, at_once };
            let mut now = 0_i64;
            let mut bucket = Bucket::full(rate, instant(now));
            let mut passed: Vec<i64> = Vec::new();
            for pause in pauses {
                now += pause;
                match bucket.take(rate, instant(now)) {
                    Ok(()) => passed.push(now),
                    Err(wait) => {
                        prop_assert!(wait > 0);
                        let mut early = bucket;
                        let before = now + i64::try_from(wait).unwrap() - 1;
                        prop_assert!(early.take(rate, instant(before)).is_err(), "told to wait too long");
                        now += i64::try_from(wait).unwrap();
                        prop_assert!(bucket.take(rate, instant(now)).is_ok(), "waited in vain");
                        passed.push(now);
                    }
                }
            }
            for (first, from) in passed.iter().enumerate() {
                for (last, until) in passed.iter().enumerate().skip(first) {
                    let came = (last - first + 1) as u128;
                    let back = (until - from) as u128 * u128::from(per_second) / 1_000_000;
                    prop_assert!(came <= u128::from(at_once) + back, "{came} between {from} and {until}");
                }
            }
        }

        /// Whoever keeps to the pace is never refused.
        #[test]
        fn an_even_pace_is_never_refused(per_second in 1..1_000_u32, asked in 1..500_i64) {
            let rate = Rate { per_second, at_once: 1 };
            let pace = i64::try_from(1_000_000_u64.div_ceil(u64::from(per_second))).unwrap();
            let mut bucket = Bucket::full(rate, instant(0));
            for n in 0..asked {
                prop_assert!(bucket.take(rate, instant(n * pace)).is_ok());
            }
        }

        /// However many ask, so many are remembered and no more.
        #[test]
        fn memory_is_bounded(remembered in 2..40_usize, asked in proptest::collection::vec(0..500_u32, 1..400)) {
            let limits = Limits::remembering(Rates::default(), remembered);
            for (n, who) in asked.into_iter().enumerate() {
                let whose = Whose::at(IpAddr::V4(who.into()));
                limits.take(whose, Doing::Reading, instant(n as i64)).unwrap();
                prop_assert!(limits.len() <= remembered);
            }
        }
    }

    #[test]
    fn a_clock_that_is_set_back_gives_nothing_and_locks_nobody_out() {
        let rate = Rate {
            per_second: 1,
            at_once: 1,
        };
        let mut bucket = Bucket::full(rate, instant(10_000_000_000));
        assert!(bucket.take(rate, instant(10_000_000_000)).is_ok());
        assert_eq!(bucket.take(rate, instant(0)), Err(1_000_000));
        assert!(bucket.take(rate, instant(1_000_000)).is_ok());
    }

    #[test]
    fn whoever_asks_all_the_time_is_not_forgotten_for_those_who_asked_once() {
        let rates = Rates {
            reads: Rate {
                per_second: 1,
                at_once: 3,
            },
            writes: Rate::NONE,
        };
        let limits = Limits::remembering(rates, 10);
        let busy = || Whose::Person("p1".to_owned());
        for n in 0..3_u32 {
            limits.take(busy(), Doing::Reading, instant(0)).unwrap();
            for other in 0..3 {
                let other = Whose::at(IpAddr::V4((n * 3 + other).into()));
                limits.take(other, Doing::Reading, instant(0)).unwrap();
            }
        }
        assert_eq!(limits.take(busy(), Doing::Reading, instant(0)), Err(1));
        assert_eq!(limits.take(busy(), Doing::Writing, instant(0)), Ok(()), "not limited");
    }
}
