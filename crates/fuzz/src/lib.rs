//! For tests alone: input that nobody sends on purpose. A parser's test gives good input, the words of its language, and
//! what must hold of any input; the good input is tried as it is, then damaged thousands of times.
//!
//! The number of rounds bounds a run, so that it ends on a slow machine as on a fast one. The seed is fixed in the usual
//! suite; with `BIAOCHI_LONG=1` there are fifty times as many rounds from a seed of the moment; `BIAOCHI_SEED` repeats
//! a run. Whoever fails is told seed, round and input: put the input into the corpus of the test, and mend.
//!
//! # Words
//! - **corpus**: good input, and input that failed once.
//! - **words**: pieces that mean something in the language, put in where they may not belong.
//!
//! # Example
//! ```
//! fuzz::Fuzz::new("numbers").rounds(100).text(&["12", "-3"], &["e", "0x"], |text| {
//!     if let Ok(number) = text.parse::<i64>() {
//!         assert_eq!(number.to_string().parse(), Ok(number));
//!     }
//! });
//! ```

mod damage;
mod random;

pub use random::Random;

use damage::damaged;
use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::{Duration, Instant},
};

/// Rounds where a test says nothing.
const USUAL: usize = 2_000;
/// With `BIAOCHI_LONG`.
const LONG: usize = 50;
/// No input may keep a parser busy for so long: it hangs, or its time explodes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Characters that parsers stumble over: ends, breaks, directions, marks that combine, other widths, the highest ones.
const ODD_CHARS: &[char] = &[
    '\0',
    '\t',
    '\n',
    '\r',
    '"',
    '\'',
    '%',
    '&',
    '<',
    '\\',
    '{',
    '\u{7f}',
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    '\u{301}',
    '\u{200b}',
    '\u{202e}',
    '\u{2028}',
    '\u{3000}',
    '－',
    '—',
    '–',
    '〔',
    '〕',
    '（',
    '）',
    '０',
    '９',
    'Ａ',
    '·',
    '。',
    '\u{feff}',
    '\u{fffd}',
    '\u{20000}',
    '\u{1f600}',
    '\u{10ffff}',
];
/// Bytes that parsers stumble over.
const ODD_BYTES: &[u8] = &[
    0, 1, 9, 10, 13, 32, 34, 44, 59, 60, 61, 0x7f, 0x80, 0xbf, 0xc0, 0xef, 0xfe, 0xff,
];

/// A run of damaged input.
#[derive(Debug, Clone)]
pub struct Fuzz {
    name: &'static str,
    rounds: usize,
    seed: u64,
}

impl Fuzz {
    /// A run of this name.
    pub fn new(name: &'static str) -> Self {
        let mut fuzz = Self {
            name,
            rounds: USUAL,
            seed: name
                .bytes()
                .fold(0xb1a0, |seed: u64, b| seed.wrapping_mul(31) ^ u64::from(b)),
        };
        if is_long() {
            fuzz.seed = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(fuzz.seed, |since| since.as_nanos() as u64);
        }
        if let Some(seed) = std::env::var("BIAOCHI_SEED").ok().and_then(|seed| seed.parse().ok()) {
            fuzz.seed = seed;
        }
        fuzz
    }

    /// So many rounds in the usual suite.
    #[must_use]
    pub fn rounds(mut self, rounds: usize) -> Self {
        self.rounds = rounds;
        self
    }

    /// Tries text.
    pub fn text(self, corpus: &[&str], words: &[&str], target: impl Fn(&str)) {
        let split = |texts: &[&str]| texts.iter().map(|t| t.chars().collect()).collect::<Vec<Vec<char>>>();
        self.run(&split(corpus), &split(words), ODD_CHARS, |chars: &[char]| {
            let text: String = chars.iter().collect();
            target(&text);
        });
    }

    /// Tries bytes.
    pub fn bytes(self, corpus: &[&[u8]], words: &[&[u8]], target: impl Fn(&[u8])) {
        let own = |pieces: &[&[u8]]| pieces.iter().map(|p| p.to_vec()).collect::<Vec<Vec<u8>>>();
        self.run(&own(corpus), &own(words), ODD_BYTES, target);
    }

    fn run<T: Clone + Shown>(&self, corpus: &[Vec<T>], words: &[Vec<T>], odd: &[T], target: impl Fn(&[T])) {
        assert!(!corpus.is_empty(), "{}: there is nothing to begin with", self.name);
        let rounds = if is_long() { self.rounds * LONG } else { self.rounds };
        for good in corpus {
            self.one("as it is", good, &target);
        }
        let mut random = Random::new(self.seed);
        for round in 0..rounds {
            let good = &corpus[random.below(corpus.len())];
            let other = &corpus[random.below(corpus.len())];
            let input = damaged(&mut random, good, other, words, odd);
            self.one(&format!("round {round}"), &input, &target);
        }
    }

    #[allow(clippy::print_stderr, clippy::panic, reason = "a test speaks there")]
    fn one<T: Shown>(&self, when: &str, input: &[T], target: &impl Fn(&[T])) {
        let from = Instant::now();
        let tried = catch_unwind(AssertUnwindSafe(|| target(input)));
        let slow = from.elapsed() > PATIENCE;
        if tried.is_err() || slow {
            eprintln!("{} {when}, BIAOCHI_SEED={}: {}", self.name, self.seed, T::shown(input));
        }
        if let Err(panic) = tried {
            resume_unwind(panic);
        }
        assert!(!slow, "{}: an input took {:?}", self.name, from.elapsed());
    }
}

fn is_long() -> bool {
    std::env::var_os("BIAOCHI_LONG").is_some_and(|v| v != "0")
}

/// How an input that failed is told, ready to be pasted into a test.
trait Shown: Sized {
    fn shown(input: &[Self]) -> String;
}

impl Shown for char {
    fn shown(input: &[Self]) -> String {
        format!("{:?}", input.iter().collect::<String>())
    }
}

impl Shown for u8 {
    fn shown(input: &[Self]) -> String {
        format!("b\"{}\"", input.escape_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_parser_that_stumbles_over_one_character_is_found() {
        let found = catch_unwind(|| {
            Fuzz::new("stumbles").text(&["GB/T 1.1—2020"], &[], |text| assert!(!text.contains('\u{202e}')));
        });
        assert!(found.is_err());
    }

    #[test]
    fn a_parser_that_takes_anything_passes_and_has_seen_the_corpus_first() {
        let seen = RefCell::new(Vec::new());
        Fuzz::new("anything")
            .rounds(10)
            .bytes(&[b"one", b"two"], &[], |bytes| seen.borrow_mut().push(bytes.to_vec()));
        assert_eq!(seen.borrow().len(), 12);
        assert_eq!(seen.borrow()[..2], [b"one".to_vec(), b"two".to_vec()]);
    }

    #[test]
    fn a_run_can_be_had_again() {
        let run = || {
            let seen = RefCell::new(Vec::new());
            Fuzz::new("again").rounds(50).text(&["标准", "清单"], &["第"], |text| {
                seen.borrow_mut().push(text.to_owned())
            });
            seen.into_inner()
        };
        // A long run takes a seed of the moment.
        assert!(is_long() || run() == run());
    }
}
