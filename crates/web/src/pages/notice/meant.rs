//! Which task somebody means who writes `10`, `Task 10` or `第10项`.

use platform::report::gathering::LIST;

/// The id of the task that somebody means: `10`, `Task 10`, `第10项`, `first-10`.
pub(super) fn task(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix(&format!("{LIST}-")).unwrap_or(&text);
    let bare = ["task", "no.", "任务", "第", "#"]
        .iter()
        .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text).trim_start());
    let bare = bare.strip_suffix('项').unwrap_or(bare).trim_end();
    let number: u32 = bare.parse().ok()?;
    Some(format!("{LIST}-{number}"))
}

#[cfg(test)]
mod tests {
    use super::task;

    #[test]
    fn a_task_is_meant_as_people_write_it() {
        for written in [
            "10",
            "Task 10",
            "task10",
            "任务 10",
            "第10项",
            "第 10 项",
            "#10",
            "first-10",
            " No. 10 ",
        ] {
            assert_eq!(task(written).as_deref(), Some("first-10"), "{written}");
        }
        for written in ["", "ten", "10 or 11", "Task Task 10", "-10"] {
            assert_eq!(task(written), None, "{written}");
        }
    }
}
