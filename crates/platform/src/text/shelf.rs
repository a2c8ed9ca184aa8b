//! What was made lately, up to a size: the longest unused goes first.

use std::collections::VecDeque;

/// Things by key, with their weights.
#[derive(Debug)]
pub struct Shelf<T> {
    room: usize,
    taken: usize,
    kept: VecDeque<(String, usize, T)>,
}

impl<T: Clone> Shelf<T> {
    /// An empty shelf with so much room.
    pub fn new(room: usize) -> Self {
        Self {
            room,
            taken: 0,
            kept: VecDeque::new(),
        }
    }

    /// What stands under a key.
    pub fn get(&mut self, key: &str) -> Option<T> {
        let at = self.kept.iter().position(|(known, _, _)| known == key)?;
        let found = self.kept.remove(at)?;
        let thing = found.2.clone();
        self.kept.push_back(found);
        Some(thing)
    }

    /// Puts something down; what would take more than half of the room is not kept.
    pub fn put(&mut self, key: &str, weight: usize, thing: T) {
        if weight > self.room / 2 || self.get(key).is_some() {
            return;
        }
        self.taken += weight;
        self.kept.push_back((key.to_owned(), weight, thing));
        while self.taken > self.room
            && let Some((_, weight, _)) = self.kept.pop_front()
        {
            self.taken -= weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_longest_ago_goes_first_and_nothing_fills_the_shelf_alone() {
        let mut shelf = Shelf::new(10);
        shelf.put("a", 4, 'a');
        shelf.put("b", 4, 'b');
        assert_eq!(shelf.get("a"), Some('a'));
        shelf.put("c", 4, 'c');
        assert_eq!(
            (shelf.get("a"), shelf.get("b"), shelf.get("c")),
            (Some('a'), None, Some('c'))
        );
        shelf.put("whole", 6, 'w');
        assert_eq!(shelf.get("whole"), None);
    }
}
