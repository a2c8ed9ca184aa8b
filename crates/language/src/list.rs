//! Several things in one sentence.

use crate::Lang;

/// How the last of several things is joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// All of them.
    And,
    /// Any of them.
    Or,
}

/// Things in a row as a sentence takes them.
///
/// ```
/// use language::{Join, Lang, list};
/// assert_eq!(list(Lang::Zh, &["上海", "南京", "成都"], Join::And), "上海、南京、成都");
/// assert_eq!(list(Lang::En, &["Shanghai", "Nanjing", "Chengdu"], Join::And), "Shanghai, Nanjing and Chengdu");
/// assert_eq!(list(Lang::Zh, &["采纳", "不采纳"], Join::Or), "采纳或不采纳");
/// ```
pub fn list<S: AsRef<str>>(lang: Lang, items: &[S], join: Join) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    let Some((last, before)) = items.split_last() else {
        return String::new();
    };
    if before.is_empty() {
        return (*last).to_owned();
    }
    let (comma, joint) = match (lang, join) {
        (Lang::Zh, Join::And) => ("、", "、"),
        (Lang::Zh, Join::Or) => ("、", "或"),
        (Lang::En, Join::And) => (", ", " and "),
        (Lang::En, Join::Or) => (", ", " or "),
    };
    format!("{}{joint}{last}", before.join(comma))
}
