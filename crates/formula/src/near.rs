//! The name that was perhaps meant.

/// The nearest of the names, where it is near enough to be worth saying: a third of its characters may differ.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let asked: Vec<char> = name.chars().take(64).collect();
    let allowed = (asked.len() / 3).max(1);
    names
        .filter(|known| !known.is_empty() && *known != name)
        .map(|known| (distance(&asked, &known.chars().take(64).collect::<Vec<_>>()), known))
        .filter(|(distance, known)| *distance <= allowed && *distance < known.chars().count())
        .min()
        .map(|(_, known)| known.to_owned())
}

/// Insertions, deletions and replacements between two words.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (b, cell) in right.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(a != b);
            diagonal = *cell;
            *cell = replaced.min(before + 1).min(*cell + 1);
            before = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
