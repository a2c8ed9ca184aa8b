//! Addresses that keep the reader's language and the day they look at; pure.

use language::Lang;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Parameters that say which state of the world is asked about; every link keeps them.
pub const TIME: [&str; 2] = ["as_of", "known_at"];

/// What may not stand bare in a segment of a path.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// One of the screens that the rail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// 总览.
    Home,
    /// 任务清单.
    List,
    /// 措施×地方.
    Measures,
    /// 地方.
    Places,
    /// 清单调整.
    Changes,
    /// 我的工作台.
    Desk,
    /// 成果.
    Outputs,
    /// 评价体系.
    Systems,
    /// 统计调查.
    Surveys,
    /// 报表.
    Reports,
    /// 未落实事项.
    Unassigned,
    /// 清单校对.
    Reading,
    /// 管理.
    Administration,
}

impl Screen {
    /// All of them, in the order of the rail.
    pub const ALL: [Self; 13] = [
        Self::Home,
        Self::List,
        Self::Measures,
        Self::Places,
        Self::Changes,
        Self::Desk,
        Self::Outputs,
        Self::Systems,
        Self::Surveys,
        Self::Reports,
        Self::Unassigned,
        Self::Reading,
        Self::Administration,
    ];

    /// Its address, without a language.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::List => "/list",
            Self::Measures => "/measures",
            Self::Places => "/places",
            Self::Changes => "/changes",
            Self::Desk => "/desk",
            Self::Outputs => "/outputs",
            Self::Systems => "/systems",
            Self::Surveys => "/surveys",
            Self::Reports => "/reports",
            Self::Unassigned => "/unassigned",
            Self::Reading => "/admin/lists/read",
            Self::Administration => "/admin",
        }
    }

    /// Its name.
    pub fn name(self, lang: Lang) -> String {
        use language::t;
        match self {
            Self::Home => t!(lang, "screen-home"),
            Self::List => t!(lang, "screen-list"),
            Self::Measures => t!(lang, "screen-measures"),
            Self::Places => t!(lang, "screen-places"),
            Self::Changes => t!(lang, "screen-changes"),
            Self::Desk => t!(lang, "screen-desk"),
            Self::Outputs => t!(lang, "screen-outputs"),
            Self::Systems => t!(lang, "screen-systems"),
            Self::Surveys => t!(lang, "screen-surveys"),
            Self::Reports => t!(lang, "screen-reports"),
            Self::Unassigned => t!(lang, "admin-unassigned"),
            Self::Reading => t!(lang, "screen-reading"),
            Self::Administration => t!(lang, "screen-administration"),
        }
    }
}

/// The address that was asked for, from which others are made.
///
/// ```
/// use web::links::Links;
/// let here = Links::parse("/en/list", Some("tier=local&as_of=2025-01-01"));
/// assert_eq!(here.to("/tasks/28"), "/en/tasks/28?as_of=2025-01-01");
/// assert_eq!(here.to("/list?state=blocked"), "/en/list?state=blocked&as_of=2025-01-01");
/// assert_eq!(here.here_with(&[("tier", None), ("sort", Some("due"))]), "/en/list?as_of=2025-01-01&sort=due");
/// assert_eq!(here.in_other_language(), "/list?tier=local&as_of=2025-01-01");
/// assert_eq!(here.today(), "/en/list?tier=local");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The language of the address.
    pub lang: Lang,
    /// The address without its language, as it was written (percent-encoded).
    pub path: String,
    /// The query, decoded, in its order.
    pub query: Vec<(String, String)>,
}

impl Links {
    /// Reads an address.
    pub fn parse(path: &str, query: Option<&str>) -> Self {
        let (lang, bare) = Lang::of_path(path);
        let query = query
            .map(|q| serde_urlencoded::from_str(q).unwrap_or_default())
            .unwrap_or_default();
        Self {
            lang,
            path: bare.to_owned(),
            query,
        }
    }

    /// The first value of a parameter; an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, v)| n == name && !v.is_empty())
            .map(|(_, v)| v.as_str())
    }

    /// All values of a parameter that may be repeated.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.query
            .iter()
            .filter(|(n, v)| n == name && !v.is_empty())
            .map(|(_, v)| v.as_str())
            .collect()
    }

    /// The address of something on this site, written without a language: the reader's language and day are kept.
    pub fn to(&self, path: &str) -> String {
        let (path, fragment) = path.split_once('#').map_or((path, None), |(p, f)| (p, Some(f)));
        let (path, asked) = path.split_once('?').map_or((path, ""), |(p, q)| (p, q));
        let mut query: Vec<(String, String)> = serde_urlencoded::from_str(asked).unwrap_or_default();
        for name in TIME {
            if let Some(value) = self.get(name)
                && !query.iter().any(|(n, _)| n == name)
            {
                query.push((name.to_owned(), value.to_owned()));
            }
        }
        let mut address = with_query(&self.lang.path(path), &query);
        if let Some(fragment) = fragment {
            address.push('#');
            address.push_str(fragment);
        }
        address
    }

    /// This page with some parameters set (`Some`) or taken away (`None`). A cursor does not survive another change.
    pub fn here_with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let mut query: Vec<(String, String)> = self
            .query
            .iter()
            .filter(|(n, v)| !v.is_empty() && n != "cursor" && !changes.iter().any(|(c, _)| c == n))
            .cloned()
            .collect();
        for (name, value) in changes {
            if let Some(value) = value {
                query.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        with_query(&self.lang.path(&self.path), &query)
    }

    /// This page without one of several values of a parameter.
    pub fn here_without(&self, name: &str, value: &str) -> String {
        let query: Vec<(String, String)> = self
            .query
            .iter()
            .filter(|(n, v)| !v.is_empty() && n != "cursor" && !(n == name && v == value))
            .cloned()
            .collect();
        with_query(&self.lang.path(&self.path), &query)
    }

    /// Another page about the same rows: a workbook of what the filters of this one show.
    ///
    /// ```
    /// use web::links::Links;
    /// let here = Links::parse("/en/list", Some("tier=group&cursor=x&as_of=2025-01-01"));
    /// assert_eq!(here.same_query("/list.xlsx"), "/en/list.xlsx?tier=group&as_of=2025-01-01");
    /// ```
    pub fn same_query(&self, path: &str) -> String {
        let query: Vec<(String, String)> = self
            .query
            .iter()
            .filter(|(n, v)| !v.is_empty() && n != "cursor")
            .cloned()
            .collect();
        with_query(&self.lang.path(path), &query)
    }

    /// The same page in the other language.
    pub fn in_other_language(&self) -> String {
        with_query(&self.lang.other().path(&self.path), &self.query)
    }

    /// The same page as things stand today.
    pub fn today(&self) -> String {
        self.here_with(&[("as_of", None), ("known_at", None)])
    }

    /// The same page in this language, whole.
    pub fn here(&self) -> String {
        with_query(&self.lang.path(&self.path), &self.query)
    }
}

/// A path with a query.
pub fn with_query(path: &str, query: &[(String, String)]) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let pairs: Vec<String> = query
        .iter()
        .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)))
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

/// Text as a value of a query. Dates and ids stay readable.
pub fn encoded(text: &str) -> String {
    const VALUE: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b':')
        .remove(b',');
    utf8_percent_encode(text, VALUE).to_string()
}

/// Text as a segment of a path: `format!("/standards/{}", segment("GB/T 1.1"))`.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// An address on this site to which one may be sent after signing in; anything else is the home page.
///
/// ```
/// assert_eq!(web::links::safe_next("/desk?x=1"), "/desk?x=1");
/// assert_eq!(web::links::safe_next("//elsewhere.example"), "/");
/// assert_eq!(web::links::safe_next("https://elsewhere.example"), "/");
/// ```
pub fn safe_next(next: &str) -> &str {
    let bare = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if bare { next } else { "/" }
}

/// Whether an address fits a row's: `{name}` takes one segment, `{*name}` the rest.
pub fn matches(pattern: &str, path: &str) -> bool {
    let mut given = path.split('/');
    for part in pattern.split('/') {
        if part.starts_with("{*") {
            return given.next().is_some();
        }
        match given.next() {
            Some(segment) if part.starts_with('{') && !segment.is_empty() => {}
            Some(segment) if segment == part => {}
            _ => return false,
        }
    }
    given.next().is_none()
}
