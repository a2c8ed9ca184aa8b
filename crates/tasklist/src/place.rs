//! Places as a list writes them, and what they claim of a task.

use serde::{Deserialize, Serialize};

/// A place's GB/T 2260 code of six digits, such as `440100` for 广州.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceCode(String);

impl PlaceCode {
    /// Wraps a code as it stands; the caller's table answers for it.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The 11 pilots addressed by 商资发〔2024〕314号, then the 9 that 商资函〔2025〕84号 added: name and GB/T 2260 code.
pub const PILOTS: [(&str, &str); 20] = [
    ("北京", "110000"),
    ("天津", "120000"),
    ("上海", "310000"),
    ("海南", "460000"),
    ("重庆", "500000"),
    ("沈阳", "210100"),
    ("南京", "320100"),
    ("杭州", "330100"),
    ("武汉", "420100"),
    ("广州", "440100"),
    ("成都", "510100"),
    ("大连", "210200"),
    ("宁波", "330200"),
    ("厦门", "350200"),
    ("青岛", "370200"),
    ("深圳", "440300"),
    ("合肥", "340100"),
    ("福州", "350100"),
    ("西安", "610100"),
    ("苏州", "320500"),
];

/// The names a list may use and the codes they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(Vec<(String, PlaceCode)>);

impl Places {
    /// A table of `(name, code)`; names without 市 or 省.
    pub fn new(table: &[(&str, &str)]) -> Self {
        Self(
            table
                .iter()
                .map(|&(name, code)| (name.to_owned(), PlaceCode::new(code)))
                .collect(),
        )
    }

    /// The code of a name; a trailing 市 or 省 is allowed.
    pub fn code(&self, name: &str) -> Option<&PlaceCode> {
        let bare = name.strip_suffix(['市', '省']).unwrap_or(name);
        self.0
            .iter()
            .find(|(known, _)| known == name || known == bare)
            .map(|(_, code)| code)
    }
}

impl Default for Places {
    fn default() -> Self {
        Self::new(&PILOTS)
    }
}

/// By what title places hold a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// The list names the place: a firm obligation.
    Named,
    /// 各试点示范省市: every pilot, whichever they are in that version of the list; firm.
    All,
    /// 有意愿的…: a place that opts in.
    Willing,
    /// 有关试点示范省市: those whom the matter concerns; not decided by the list.
    Relevant,
}

/// One claim; `places` is filled for [`ClaimKind::Named`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// By what title.
    pub claim: ClaimKind,
    /// The places named, in the list's order.
    pub places: Vec<PlaceCode>,
}

impl Claim {
    fn open(claim: ClaimKind) -> Self {
        Self {
            claim,
            places: Vec::new(),
        }
    }
}

/// What a bracket of places says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlacesRead {
    /// The claims, named ones first.
    pub claims: Vec<Claim>,
    /// Words that are neither a known place nor a known formula.
    pub unknown: Vec<String>,
}

/// The formulas for places that are not named, each tail longest first.
const WILLING_TAILS: [&str; 6] = [
    "及其他有意愿的试点示范省市",
    "及其他有意愿的省市",
    "等有意愿的试点示范省市",
    "等有意愿的省市",
    "有意愿的试点示范省市",
    "有意愿的省市",
];

/// Reads the words between the brackets after a title, blanks already out.
///
/// ```
/// use tasklist::{ClaimKind, Places, read_places};
/// let read = read_places("广州及其他有意愿的试点示范省市", &Places::default());
/// assert_eq!(read.claims[0].claim, ClaimKind::Named);
/// assert_eq!(read.claims[0].places[0].as_str(), "440100");
/// assert_eq!(read.claims[1].claim, ClaimKind::Willing);
/// ```
pub fn read_places(words: &str, places: &Places) -> PlacesRead {
    let mut read = PlacesRead::default();
    let (names, willing) = WILLING_TAILS
        .iter()
        .find_map(|tail| words.strip_suffix(tail))
        .map_or((words, false), |names| (names, true));
    let mut named: Vec<PlaceCode> = Vec::new();
    for name in names.split(['、', '，', '和', '及']).filter(|name| !name.is_empty()) {
        match name {
            "各试点示范省市" => claim_once(&mut read, ClaimKind::All),
            "有关试点示范省市" => claim_once(&mut read, ClaimKind::Relevant),
            _ => match places.code(name) {
                // Written twice, it holds the task once.
                Some(code) if named.contains(code) => {}
                Some(code) => named.push(code.clone()),
                None => read.unknown.push(name.to_owned()),
            },
        }
    }
    if !named.is_empty() {
        read.claims.insert(
            0,
            Claim {
                claim: ClaimKind::Named,
                places: named,
            },
        );
    }
    if willing {
        read.claims.push(Claim::open(ClaimKind::Willing));
    }
    read
}

fn claim_once(read: &mut PlacesRead, kind: ClaimKind) {
    if read.claims.iter().all(|claim| claim.claim != kind) {
        read.claims.push(Claim::open(kind));
    }
}

/// Whether a bracket's words speak of places at all, known in full or in part.
pub(crate) fn speaks_of_places(words: &str, places: &Places) -> bool {
    words.contains("试点示范") || words.contains("省市") || !read_places(words, places).claims.is_empty()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn kinds(words: &str) -> Vec<(ClaimKind, usize)> {
        let read = read_places(words, &Places::default());
        assert_eq!(read.unknown, Vec::<String>::new(), "{words}");
        read.claims
            .iter()
            .map(|claim| (claim.claim, claim.places.len()))
            .collect()
    }

    #[test]
    fn every_formula_of_the_first_list() {
        assert_eq!(kinds("各试点示范省市"), [(ClaimKind::All, 0)]);
        assert_eq!(kinds("有关试点示范省市"), [(ClaimKind::Relevant, 0)]);
        assert_eq!(kinds("北京、上海、重庆、南京"), [(ClaimKind::Named, 4)]);
        assert_eq!(
            kinds("广州及其他有意愿的试点示范省市"),
            [(ClaimKind::Named, 1), (ClaimKind::Willing, 0)]
        );
        assert_eq!(
            kinds("重庆等有意愿的省市"),
            [(ClaimKind::Named, 1), (ClaimKind::Willing, 0)]
        );
        assert_eq!(kinds("南京市"), [(ClaimKind::Named, 1)]);
    }

    #[test]
    fn an_unknown_place_is_said_not_dropped() {
        let read = read_places("北京、昆明", &Places::default());
        assert_eq!(read.unknown, ["昆明"]);
        assert_eq!(read.claims[0].places, [PlaceCode::new("110000")]);
    }

    #[test]
    fn a_place_that_is_written_twice_holds_the_task_once() {
        assert_eq!(kinds("北京、天津、北京市、天津"), [(ClaimKind::Named, 2)]);
        assert_eq!(
            kinds("各试点示范省市、南京、各试点示范省市"),
            [(ClaimKind::Named, 1), (ClaimKind::All, 0)]
        );
    }

    #[test]
    fn abbreviations_in_titles_are_not_places() {
        for words in ["SaaS", "ESG", "布展工程"] {
            assert!(!speaks_of_places(words, &Places::default()), "{words}");
        }
    }
}
