//! Marks that count in Chinese offices: 第三条, 一、, （一）, 1., （1）, ①.

/// A mark, from the one that stands highest down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// 第三条
    Article,
    /// 一、
    Chinese,
    /// （一）
    Bracketed,
    /// 1.
    Digit,
    /// （1）
    DigitBracketed,
    /// ①
    Circled,
}

/// The number of an article and its words: 第三条　…. A sentence that begins with a reference has no gap.
pub(super) fn article(text: &str) -> Option<(usize, &str)> {
    let (number, rest) = text.trim_start().strip_prefix('第')?.split_once('条')?;
    let count = count_of(number.trim())?;
    let words = rest.trim_start_matches(blank);
    (words.len() < rest.len() && !words.is_empty()).then_some((count, words))
}

/// The mark, how far it counts, and what follows it.
pub(super) fn counted(text: &str) -> Option<(Mark, usize, &str)> {
    let text = text.trim_start();
    if let Some((count, rest)) = article(text) {
        return Some((Mark::Article, count, rest));
    }
    if let Some(first) = text.chars().next().filter(|c| ('①'..='⑳').contains(c)) {
        let rest = text.get(first.len_utf8()..)?.trim_start_matches(blank);
        let count = u32::from(first) - u32::from('①') + 1;
        return (!rest.is_empty()).then_some((Mark::Circled, count as usize, rest));
    }
    let (mark, number, rest) = if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (number, rest) = inner.split_once(['）', ')'])?;
        let digits = number.starts_with(|c: char| c.is_ascii_digit());
        (
            if digits { Mark::DigitBracketed } else { Mark::Bracketed },
            number,
            rest,
        )
    } else {
        let end = text.find(['、', '.', '．'])?;
        let (number, rest) = text.split_at(end);
        let sign = rest.chars().next()?;
        let digits = number.starts_with(|c: char| c.is_ascii_digit());
        let mark = if digits { Mark::Digit } else { Mark::Chinese };
        // 一. is rare, and a decimal is no mark.
        let rest = rest.get(sign.len_utf8()..)?;
        if (!digits && sign != '、') || rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        (mark, number, rest)
    };
    let count = count_of(number.trim())?;
    let rest = rest.trim_start_matches(blank);
    (!rest.is_empty()).then_some((mark, count, rest))
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{3000}'
}

/// 12, 十二: up to three digits.
pub(super) fn count_of(number: &str) -> Option<usize> {
    if number.is_empty() || number.chars().count() > 5 {
        return None;
    }
    if number.chars().all(|c| c.is_ascii_digit()) {
        return number.parse().ok().filter(|count| (1..=300).contains(count));
    }
    let (mut total, mut digit) = (0_usize, None);
    for c in number.chars() {
        match c {
            '百' => {
                total += digit.take()? * 100;
            }
            '十' => {
                total += digit.take().unwrap_or(1) * 10;
            }
            '零' | '〇' => {}
            _ if digit.is_some() => return None,
            _ => digit = Some("一二三四五六七八九".chars().position(|one| one == c)? + 1),
        }
    }
    Some(total + digit.unwrap_or(0)).filter(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_offices() {
        assert_eq!(counted("一、基本情况"), Some((Mark::Chinese, 1, "基本情况")));
        assert_eq!(counted("（十二）其他"), Some((Mark::Bracketed, 12, "其他")));
        assert_eq!(counted("2．技术防护"), Some((Mark::Digit, 2, "技术防护")));
        assert_eq!(counted("3、人员"), Some((Mark::Digit, 3, "人员")));
        assert_eq!(counted("（3）人员"), Some((Mark::DigitBracketed, 3, "人员")));
        assert_eq!(counted("②诊断证明；"), Some((Mark::Circled, 2, "诊断证明；")));
        assert_eq!(counted("第二十一条　附则"), Some((Mark::Article, 21, "附则")));
        for none in [
            "3.5 mm",
            "1.1 目的",
            "（报市局）",
            "一是加强",
            "第五条规定的情形",
            "（一）",
            "十、",
        ] {
            assert_eq!(counted(none), None, "{none}");
        }
        assert_eq!(count_of("一百零三"), Some(103));
        assert_eq!(count_of("三五"), None);
    }
}
