//! The marks that open a part (一、), a section or measure (（二）) or a task (9.).

use crate::glyph::Run;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Part(u32),
    Section(u32),
    Task(u32),
}

fn numeral(c: char) -> Option<u32> {
    "一二三四五六七八九"
        .chars()
        .position(|known| known == c)
        .map(|at| at as u32 + 1)
}

/// Reads 一 to 九十九; the value and how many characters it takes.
fn numerals(run: &Run<'_>, at: usize) -> Option<(u32, usize)> {
    let (mut value, mut seen) = (0, 0);
    while let Some(c) = run.c(at + seen).filter(|_| seen < 3) {
        value = match (c, numeral(c)) {
            ('十', _) if value < 10 => value.max(1) * 10,
            (_, Some(digit)) if value % 10 == 0 => value + digit,
            _ => break,
        };
        seen += 1;
    }
    (seen > 0).then_some((value, seen))
}

/// The mark that stands at a place of the run, and where the text behind it begins. The caller knows whether a
/// mark may stand there at all.
pub(crate) fn mark_at(run: &Run<'_>, at: usize) -> Option<(Mark, usize)> {
    if run.c(at) == Some('（') {
        let (value, length) = numerals(run, at + 1)?;
        return (run.c(at + 1 + length) == Some('）')).then_some((Mark::Section(value), at + length + 2));
    }
    if let Some((value, length)) = numerals(run, at) {
        return (run.c(at + length) == Some('、')).then_some((Mark::Part(value), at + length + 1));
    }
    let (mut value, mut length) = (0, 0);
    while let Some(digit) = run.c(at + length).and_then(|c| c.to_digit(10)).filter(|_| length < 5) {
        value = value * 10 + digit;
        length += 1;
    }
    let point = matches!(run.c(at + length), Some('.' | '、'));
    (point && (1..=4).contains(&length)).then_some((Mark::Task(value), at + length + 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn mark(text: &str) -> Option<(Mark, usize)> {
        mark_at(&Run::new(text), 0)
    }

    #[test]
    fn marks_of_every_level() {
        assert_eq!(mark("三、先行"), Some((Mark::Part(3), 2)));
        assert_eq!(mark("(十七) 强化"), Some((Mark::Section(17), 4)));
        assert_eq!(mark("（二十）x"), Some((Mark::Section(20), 4)));
        assert_eq!(mark("28.5G全连接"), Some((Mark::Task(28), 3)));
        assert_eq!(mark("28\n.5G"), Some((Mark::Task(28), 3)));
    }

    #[test]
    fn what_only_looks_like_a_mark() {
        for text in [
            "5G全连接工厂",
            "15分钟服务圈",
            "12345政务服务",
            "12345.政务",
            "（ESG）评价",
            "“一站式”",
            "一批领先标准",
            "（一批",
        ] {
            assert_eq!(mark(text), None, "{text}");
        }
    }
}
