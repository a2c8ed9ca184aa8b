//! The ways in which input is damaged.

use crate::Random;
use std::ops::Range;

/// Most damages done to one input.
const MOST: usize = 8;
/// Longer input brings nothing but time.
const LONGEST: usize = 32_768;

/// A good input, damaged once or several times; `other` lends pieces.
pub fn damaged<T: Clone>(random: &mut Random, good: &[T], other: &[T], words: &[Vec<T>], odd: &[T]) -> Vec<T> {
    let mut input = good.to_vec();
    for _ in 0..=random.below(MOST) {
        damage(random, &mut input, other, words, odd);
        input.truncate(LONGEST);
    }
    input
}

fn damage<T: Clone>(random: &mut Random, input: &mut Vec<T>, other: &[T], words: &[Vec<T>], odd: &[T]) {
    let at = random.below(input.len() + 1);
    match random.below(10) {
        // Something odd comes in, or stands for what was there.
        0 => input.insert(at, odd[random.below(odd.len())].clone()),
        1 if at < input.len() => input[at] = odd[random.below(odd.len())].clone(),
        // A word of the language stands where it may not.
        2 | 3 if !words.is_empty() => {
            let word = words[random.below(words.len())].clone();
            input.splice(at..at, word);
        }
        // A piece is lost, doubled, repeated often, turned round, or moved.
        4 => {
            let piece = piece(random, input.len());
            input.drain(piece);
        }
        5 => {
            let copied = input[piece(random, input.len())].to_vec();
            input.splice(at..at, copied);
        }
        6 => {
            let piece = piece(random, input.len().min(64));
            let many = 1 << random.below(8);
            let repeated: Vec<T> = input[piece].iter().cycle().take(many * 16).cloned().collect();
            input.splice(at..at, repeated);
        }
        7 => {
            let piece = piece(random, input.len());
            input[piece].reverse();
        }
        // A piece of another good input comes in.
        8 => {
            let lent = other[piece(random, other.len())].to_vec();
            input.splice(at..at, lent);
        }
        // It ends too early.
        9 => input.truncate(at),
        _ => {}
    }
}

/// Some piece of so many; short ones are likelier.
fn piece(random: &mut Random, length: usize) -> Range<usize> {
    let from = random.below(length + 1);
    let most = (length - from).min(1 << random.below(12));
    from..from + random.below(most + 1)
}
