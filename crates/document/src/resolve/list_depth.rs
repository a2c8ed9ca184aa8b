//! How deep lists stand in one another.

use crate::model::ListStyle;

/// The lists that are open around a block. Each style counts for itself: a) below a dash is still a).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ListDepth {
    dashes: usize,
    letters: usize,
}

impl ListDepth {
    /// Lists of both styles.
    pub fn level(self) -> usize {
        self.dashes + self.letters
    }

    /// A list that opens here: how many of its style are around it, and what is around its items.
    pub fn open(self, style: ListStyle) -> (usize, Self) {
        match style {
            ListStyle::Dash => (
                self.dashes,
                Self {
                    dashes: self.dashes + 1,
                    ..self
                },
            ),
            ListStyle::Ordered => (
                self.letters,
                Self {
                    letters: self.letters + 1,
                    ..self
                },
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_counts_for_itself() {
        let (depth, inside) = ListDepth::default().open(ListStyle::Dash);
        assert_eq!((depth, inside.level()), (0, 1));
        let (depth, inside) = inside.open(ListStyle::Ordered);
        assert_eq!((depth, inside.level()), (0, 2));
        assert_eq!(inside.open(ListStyle::Dash).0, 1);
    }
}
