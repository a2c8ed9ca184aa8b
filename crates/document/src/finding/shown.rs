//! What fixes change, line by line, for somebody who decides whether to let them.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::fmt::Write;

/// The lines that differ between two states of a source, as `diff -U0` prints them; empty where none do.
pub fn changed_lines(before: &str, after: &str) -> String {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let mut shown = String::new();
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if change.tag() == DiffTag::Equal {
            continue;
        }
        let (gone, come) = (change.old_range(), change.new_range());
        let _ = writeln!(
            shown,
            "@@ -{} +{} @@",
            place(gone.start, gone.len()),
            place(come.start, come.len())
        );
        for line in old.get(gone).unwrap_or_default() {
            let _ = writeln!(shown, "-{line}");
        }
        for line in new.get(come).unwrap_or_default() {
            let _ = writeln!(shown, "+{line}");
        }
    }
    shown
}

/// `7` for one line, `7,2` for two; of none the line before it.
fn place(start: usize, length: usize) -> String {
    match length {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        _ => format!("{},{length}", start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::changed_lines;

    #[test]
    fn only_what_differs_is_shown_with_its_line() {
        let shown = changed_lines("甲\n乙\n丙\n", "甲\n乙的\n丙\n丁\n");
        assert_eq!(shown, "@@ -2 +2 @@\n-乙\n+乙的\n@@ -3,0 +4 @@\n+丁\n");
        assert_eq!(changed_lines("甲\n", "甲\n"), "");
    }
}
