//! How alike two texts are: shared pairs of characters, each weighed by how rare it is. 应符合……的规定 stands
//! everywhere and says little; 裂纹长度 says much.

use std::collections::HashMap;

/// The weights of pairs of characters, from all the texts at hand.
pub(super) struct Likeness {
    texts: f64,
    holders: HashMap<u64, f64>,
}

/// A text as its pairs of characters and their weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighed {
    /// By pair, in rising order.
    grams: Vec<(u64, f64)>,
    total: f64,
}

impl Likeness {
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut likeness = Self {
            texts: 0.0,
            holders: HashMap::new(),
        };
        for text in texts {
            likeness.texts += 1.0;
            for (gram, _) in counted(text) {
                *likeness.holders.entry(gram).or_default() += 1.0;
            }
        }
        likeness
    }

    pub fn weigh(&self, text: &str) -> Weighed {
        let grams: Vec<(u64, f64)> = counted(text)
            .into_iter()
            .map(|(gram, count)| {
                let holders = self.holders.get(&gram).copied().unwrap_or(1.0);
                (gram, count * (1.0 + (self.texts + 1.0) / holders).ln())
            })
            .collect();
        let total = grams.iter().map(|(_, weight)| weight).sum();
        Weighed { grams, total }
    }
}

impl Weighed {
    pub fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }

    /// 0 where nothing is shared, 1 where all is, also where both are empty.
    pub fn like(&self, other: &Self) -> f64 {
        let both = self.total + other.total;
        if both == 0.0 {
            1.0
        } else {
            2.0 * self.shared(other) / both
        }
    }

    /// Which part of this stands in the other: 0 to 1.
    pub fn within(&self, other: &Self) -> f64 {
        if self.total == 0.0 {
            0.0
        } else {
            self.shared(other) / self.total
        }
    }

    /// Both together.
    pub fn and(&self, other: &Self) -> Self {
        let mut sum: HashMap<u64, f64> = self.grams.iter().copied().collect();
        for (gram, weight) in &other.grams {
            *sum.entry(*gram).or_default() += weight;
        }
        let mut grams: Vec<(u64, f64)> = sum.into_iter().collect();
        grams.sort_by_key(|(gram, _)| *gram);
        Self {
            grams,
            total: self.total + other.total,
        }
    }

    fn shared(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.grams.iter().peekable(), other.grams.iter().peekable());
        let mut shared = 0.0;
        while let (Some((x, weight)), Some((y, weight_y))) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => {
                    a.next();
                }
                std::cmp::Ordering::Greater => {
                    b.next();
                }
                std::cmp::Ordering::Equal => {
                    shared += weight.min(*weight_y);
                    a.next();
                    b.next();
                }
            }
        }
        shared
    }
}

/// The pairs of neighbouring letters and digits, counted; a text of one character is that one. Marks and blanks part
/// nothing: a comma more is not another text.
fn counted(text: &str) -> Vec<(u64, f64)> {
    let letters: Vec<u64> = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(u64::from)
        .collect();
    let mut counts: HashMap<u64, f64> = HashMap::new();
    if let [only] = letters.as_slice() {
        counts.insert(*only, 1.0);
    }
    for pair in letters.windows(2) {
        *counts.entry(pair[0] << 32 | pair[1]).or_default() += 1.0;
    }
    let mut grams: Vec<(u64, f64)> = counts.into_iter().collect();
    grams.sort_by_key(|(gram, _)| *gram);
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more_than_phrases() {
        let texts = ["外观应符合表1的规定", "气味应符合表2的规定", "裂纹长度应符合表3的规定"];
        let likeness = Likeness::of(texts.into_iter());
        let weighed = texts.map(|text| likeness.weigh(text));
        let moved = likeness.weigh("组件的裂纹长度见表3");
        assert!(weighed[2].like(&moved) > weighed[0].like(&moved));
        assert!((weighed[0].like(&weighed[0]) - 1.0).abs() < 1e-9);
        assert!(weighed[0].like(&weighed[1]) < 0.6);
        assert!(weighed[0].within(&weighed[0].and(&weighed[1])) > 0.999);
    }
}
