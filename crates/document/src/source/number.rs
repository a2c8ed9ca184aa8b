//! Numbers that somebody typed into a title.

use crate::model::AnnexNature;

/// What stands before a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypedNumber<'a> {
    None,
    /// `5`, `5.2`, `A.1`, `0.1`, 第5章, and the bytes up to the title.
    Clause(&'a str, usize),
    /// 附录, 附录A（规范性）: the letter may be missing.
    Annex {
        letter: &'a str,
        nature: AnnexNature,
        bytes: usize,
    },
}

/// The number at the start of a title.
pub(super) fn typed_number(title: &str) -> TypedNumber<'_> {
    if let Some(rest) = title.strip_prefix("附录").or_else(|| title.strip_prefix("Annex")) {
        return annex(title, rest);
    }
    if let Some(rest) = title.strip_prefix('第') {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if let Some(after) = rest.get(digits..).filter(|_| digits > 0)
            && let Some(after) = after.strip_prefix(['章', '条'])
        {
            let after = after.trim_start();
            if after.is_empty() {
                return TypedNumber::None;
            }
            return TypedNumber::Clause(rest.get(..digits).unwrap_or_default(), title.len() - after.len());
        }
        return TypedNumber::None;
    }
    let first = title.chars().next();
    let lettered = first.is_some_and(|c| c.is_ascii_uppercase()) && title.get(1..2) == Some(".");
    let from = if lettered { 2 } else { 0 };
    let number_end = title
        .get(from..)
        .unwrap_or_default()
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(title.len(), |at| at + from);
    let number = title.get(..number_end).unwrap_or_default().trim_end_matches('.');
    let groups = || number.get(from..).unwrap_or_default().split('.');
    if number.len() <= from || groups().any(|group| group.is_empty() || group.len() > 3) {
        return TypedNumber::None;
    }
    let rest = title.get(number_end..).unwrap_or_default();
    let dotted = lettered || number.contains('.') || number_end > number.len();
    let follows = rest.chars().next();
    let sound = match follows {
        None => false,
        // 10 kV线路, 60 ℃以下: a quantity begins the title, and its number is no clause's.
        Some(c) if c.is_whitespace() => !rest
            .trim_start()
            .starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '℃' | '%' | '‰' | 'Ω' | 'μ' | 'µ')),
        Some('、' | '．') => true,
        // `5.2评价`, but not `5G` or `2.5倍`… which nobody can tell from it: several groups and no letter.
        Some(c) => dotted && !c.is_ascii() && groups().count() > 1,
    };
    if !sound {
        return TypedNumber::None;
    }
    let after = rest.trim_start_matches(['、', '．']).trim_start();
    TypedNumber::Clause(number, title.len() - after.len())
}

fn annex<'a>(title: &'a str, rest: &'a str) -> TypedNumber<'a> {
    let trimmed = rest.trim_start();
    let letter_len = trimmed
        .chars()
        .next()
        .filter(char::is_ascii_uppercase)
        .map_or(0, char::len_utf8);
    let (letter, mut after) = trimmed.split_at(letter_len);
    if letter_len > 0 && after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return TypedNumber::None;
    }
    after = after.trim_start();
    let mut nature = AnnexNature::Unsaid;
    for (words, said) in [
        (["（规范性）", "(规范性)", "（规范性附录）"], AnnexNature::Normative),
        (["（资料性）", "(资料性)", "（资料性附录）"], AnnexNature::Informative),
    ] {
        for word in words {
            if let Some(rest) = after.strip_prefix(word) {
                nature = said;
                after = rest.trim_start();
            }
        }
    }
    // A title such as 附录的编写 has nothing to do with it.
    let named =
        letter_len > 0 || nature != AnnexNature::Unsaid || after.is_empty() || rest.starts_with(char::is_whitespace);
    if !named {
        return TypedNumber::None;
    }
    TypedNumber::Annex {
        letter,
        nature,
        bytes: title.len() - after.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        assert_eq!(typed_number("5.2 评价指标"), TypedNumber::Clause("5.2", 4));
        assert_eq!(typed_number("5.2评价指标"), TypedNumber::Clause("5.2", 3));
        assert_eq!(typed_number("1　范围"), TypedNumber::Clause("1", 4));
        assert_eq!(typed_number("A.1 总则"), TypedNumber::Clause("A.1", 4));
        assert_eq!(typed_number("5G全连接工厂"), TypedNumber::None);
        assert_eq!(typed_number("2024年的数据"), TypedNumber::None);
        assert_eq!(typed_number("10 kV线路"), TypedNumber::None);
        assert_eq!(typed_number("60 ℃以下的试验"), TypedNumber::None);
        assert_eq!(typed_number("附录的编写"), TypedNumber::None);
        assert_eq!(
            typed_number("附录 A（规范性） 试验方法"),
            TypedNumber::Annex {
                letter: "A",
                nature: AnnexNature::Normative,
                bytes: "附录 A（规范性） ".len()
            }
        );
    }
}
