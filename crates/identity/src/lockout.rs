//! How long a sign-in has to wait after failures: a pure rule over instants.
//!
//! The caller keeps the failures (of a login since its last success, of an address) and asks before it looks at the
//! password. Logins that nobody has are counted alike, so that the answer does not tell who has an account.

/// The numbers of the rule. Times are microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutRule {
    /// Failures of one login that start the waiting.
    pub login_failures: usize,
    /// The first wait; each further failure doubles it.
    pub first_wait: i64,
    /// The longest wait; a login that has reached it is locked.
    pub longest_wait: i64,
    /// Failures of one login older than this are forgotten.
    pub login_window: i64,
    /// Failures from one address within the window that start the waiting.
    pub address_failures: usize,
    /// The window in which failures from one address are counted.
    pub address_window: i64,
}

const MINUTE: i64 = 60 * 1_000_000;

impl Default for LockoutRule {
    /// Login: from the fifth failure one minute, doubling up to one hour, forgotten after a day. Address: 30 failures
    /// in ten minutes, so that an office behind one address is not shut out by one forgetful colleague.
    fn default() -> Self {
        Self {
            login_failures: 5,
            first_wait: MINUTE,
            longest_wait: 60 * MINUTE,
            login_window: 24 * 60 * MINUTE,
            address_failures: 30,
            address_window: 10 * MINUTE,
        }
    }
}

/// Whether a sign-in may be tried. Instants are microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Try it.
    Allowed,
    /// Not before this instant.
    Wait {
        /// The first instant at which it may be tried.
        until: i64,
    },
    /// The login has reached the longest wait: not before this instant, and somebody should look.
    Locked {
        /// The first instant at which it may be tried.
        until: i64,
    },
}

impl SignIn {
    /// The first instant at which a sign-in may be tried; `None` when now.
    pub const fn until(self) -> Option<i64> {
        match self {
            Self::Allowed => None,
            Self::Wait { until } | Self::Locked { until } => Some(until),
        }
    }
}

impl LockoutRule {
    /// Judges a sign-in at `now`, given the instants of the failures of its login since the last success and of its
    /// address, both in any order. An instant after `now` (a clock that was set back) counts as `now`.
    pub fn judge(&self, login: &[i64], address: &[i64], now: i64) -> SignIn {
        let by_login = self.judge_login(login, now);
        let by_address = self.judge_address(address, now);
        match (by_login, by_address) {
            (SignIn::Locked { until }, other) => SignIn::Locked {
                until: other.until().map_or(until, |at| at.max(until)),
            },
            (SignIn::Wait { until: first }, SignIn::Wait { until: second }) => SignIn::Wait {
                until: first.max(second),
            },
            (SignIn::Allowed, other) => other,
            (other, _) => other,
        }
    }

    fn judge_login(&self, failures: &[i64], now: i64) -> SignIn {
        let recent = recent(failures, self.login_window, now);
        let Some(last) = recent.last() else {
            return SignIn::Allowed;
        };
        let Some(further) = recent.len().checked_sub(self.login_failures.max(1)) else {
            return SignIn::Allowed;
        };
        let doubled = u32::try_from(further)
            .ok()
            .and_then(|doublings| 2_i64.checked_pow(doublings))
            .and_then(|factor| self.first_wait.checked_mul(factor))
            .unwrap_or(i64::MAX);
        let until = last.saturating_add(doubled.min(self.longest_wait));
        match (now < until, doubled >= self.longest_wait) {
            (false, _) => SignIn::Allowed,
            (true, true) => SignIn::Locked { until },
            (true, false) => SignIn::Wait { until },
        }
    }

    fn judge_address(&self, failures: &[i64], now: i64) -> SignIn {
        let recent = recent(failures, self.address_window, now);
        // When this failure leaves the window, fewer than the limit remain in it.
        match recent
            .len()
            .checked_sub(self.address_failures.max(1))
            .and_then(|position| recent.get(position))
        {
            Some(leaves) => SignIn::Wait {
                until: leaves.saturating_add(self.address_window),
            },
            None => SignIn::Allowed,
        }
    }
}

/// The failures within `window` before `now`, oldest first.
fn recent(failures: &[i64], window: i64, now: i64) -> Vec<i64> {
    let mut recent: Vec<i64> = failures
        .iter()
        .map(|at| (*at).min(now))
        .filter(|at| now.saturating_sub(*at) < window)
        .collect();
    recent.sort_unstable();
    recent
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_800_000_000_000_000;

    fn failures(count: usize, last: i64) -> Vec<i64> {
        (0..count)
            .map(|back| last - i64::try_from(back).unwrap_or(0) * 1_000_000)
            .collect()
    }

    #[test]
    fn four_failures_cost_nothing_and_the_fifth_a_minute() {
        let rule = LockoutRule::default();
        assert_eq!(rule.judge(&[], &[], NOW), SignIn::Allowed);
        assert_eq!(rule.judge(&failures(4, NOW), &[], NOW), SignIn::Allowed);
        assert_eq!(
            rule.judge(&failures(5, NOW), &[], NOW),
            SignIn::Wait { until: NOW + MINUTE }
        );
    }

    #[test]
    fn each_further_failure_doubles_the_wait_up_to_an_hour() {
        let rule = LockoutRule::default();
        for (count, minutes) in [(6, 2), (7, 4), (8, 8), (9, 16), (10, 32)] {
            let until = NOW + minutes * MINUTE;
            assert_eq!(
                rule.judge(&failures(count, NOW), &[], NOW),
                SignIn::Wait { until },
                "{count}"
            );
        }
        for count in [11, 12, 70, 200] {
            assert_eq!(
                rule.judge(&failures(count, NOW), &[], NOW),
                SignIn::Locked {
                    until: NOW + 60 * MINUTE
                },
                "{count}"
            );
        }
    }

    #[test]
    fn the_wait_ends_at_its_instant() {
        let rule = LockoutRule::default();
        let login = failures(5, NOW);
        assert_eq!(
            rule.judge(&login, &[], NOW + MINUTE - 1),
            SignIn::Wait { until: NOW + MINUTE }
        );
        assert_eq!(rule.judge(&login, &[], NOW + MINUTE), SignIn::Allowed);
    }

    #[test]
    fn yesterdays_failures_are_forgotten() {
        let rule = LockoutRule::default();
        let mut login = failures(4, NOW - 24 * 60 * MINUTE);
        login.push(NOW);
        assert_eq!(rule.judge(&login, &[], NOW), SignIn::Allowed);
    }

    #[test]
    fn an_address_waits_until_its_oldest_failure_leaves_the_window() {
        let rule = LockoutRule::default();
        assert_eq!(rule.judge(&[], &failures(29, NOW), NOW), SignIn::Allowed);
        let oldest = NOW - 29 * 1_000_000;
        let until = oldest + 10 * MINUTE;
        assert_eq!(rule.judge(&[], &failures(30, NOW), NOW), SignIn::Wait { until });
        assert_eq!(rule.judge(&[], &failures(30, NOW), until), SignIn::Allowed);
    }

    #[test]
    fn the_later_of_both_counts_and_a_locked_login_stays_locked() {
        let rule = LockoutRule::default();
        let address = failures(30, NOW);
        let until = NOW - 29 * 1_000_000 + 10 * MINUTE;
        assert_eq!(rule.judge(&failures(5, NOW), &address, NOW), SignIn::Wait { until });
        assert_eq!(
            rule.judge(&failures(20, NOW), &address, NOW),
            SignIn::Locked {
                until: NOW + 60 * MINUTE
            }
        );
    }

    #[test]
    fn a_clock_set_back_locks_nobody_longer() {
        let rule = LockoutRule::default();
        let future = failures(5, NOW + 1_000 * MINUTE);
        assert_eq!(rule.judge(&future, &[], NOW), SignIn::Wait { until: NOW + MINUTE });
    }

    proptest! {
        #[test]
        fn one_more_failure_never_lets_anybody_in_earlier(
            mut login in proptest::collection::vec(NOW - 90_000_000_000..NOW + 1_000_000, 0..40),
            mut address in proptest::collection::vec(NOW - 900_000_000..NOW + 1_000_000, 0..60),
        ) {
            let rule = LockoutRule::default();
            let before = rule.judge(&login, &address, NOW).until().unwrap_or(NOW);
            login.push(NOW);
            address.push(NOW);
            let after = rule.judge(&login, &address, NOW).until().unwrap_or(NOW);
            prop_assert!(after >= before);
        }

        #[test]
        fn every_wait_is_in_the_future_ends_within_an_hour_and_then_is_over(
            login in proptest::collection::vec(any::<i64>(), 0..40),
            address in proptest::collection::vec(any::<i64>(), 0..60),
            now in 0..NOW,
        ) {
            let rule = LockoutRule::default();
            if let Some(until) = rule.judge(&login, &address, now).until() {
                prop_assert!(now < until && until <= now + rule.longest_wait);
                let past: Vec<i64> = login.iter().map(|at| (*at).min(now)).collect();
                let past_address: Vec<i64> = address.iter().map(|at| (*at).min(now)).collect();
                prop_assert_eq!(rule.judge(&past, &past_address, until), SignIn::Allowed);
            }
        }
    }
}
