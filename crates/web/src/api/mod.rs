//! The API's conventions: what every call under `/api/v1` takes and answers.
//!
//! - A list answers [`Listing`]: `{"items","next","total"}`; `limit` is 1–200, 50 without; `cursor` is what `next` said,
//!   opaque. `let paging = Paging::<MyCursor>::of(&asking)?;`
//! - Text in two languages is [`Text`]: `{"zh","en","en_origin"}`, always all three.
//! - Names are snake_case, instants RFC 3339, dates `YYYY-MM-DD`, ids opaque strings.
//! - What is illustrative carries `"demo": true`.
//! - Handlers take [`crate::Json`] and give `Answer<Json<T>>`, where `T: Serialize + ToSchema`; the row says
//!   `.answers::<T>()`, `.lists::<T>()`, `.takes::<T>()`, and so the description of the API is complete.

pub mod actions;
pub mod assessments;
pub mod events;
pub mod experts;
pub mod files;
pub mod history;
pub mod lists;
pub mod obligations;
pub mod openapi;
pub mod organizations;
pub mod outputs;
pub mod places;
pub mod proposals;
pub mod surveys;
pub mod systems;
pub mod texts;

use crate::{
    asking::{Asking, wrong_parameter},
    problem::Failure,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

/// Rows of a list where the caller does not say how many.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most rows that a list gives at once.
pub const GREATEST_LIMIT: u32 = 200;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; nothing at the end.
    pub next: Option<String>,
    /// How many rows there are in all.
    pub total: u64,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging<C> {
    /// At most so many rows.
    pub limit: u32,
    /// After which row; nothing for the first page.
    pub after: Option<C>,
}

impl<C: DeserializeOwned> Paging<C> {
    /// Reads `limit` and `cursor` of a request.
    pub fn of(asking: &Asking) -> Result<Self, Failure> {
        let limit = asking.parameter::<u32>("limit")?.unwrap_or(DEFAULT_LIMIT);
        if !(1..=GREATEST_LIMIT).contains(&limit) {
            return Err(wrong_parameter("limit", &limit.to_string()));
        }
        let after = match asking.links.get("cursor") {
            None => None,
            Some(text) => Some(open(text).ok_or_else(|| wrong_parameter("cursor", text))?),
        };
        Ok(Self { limit, after })
    }
}

/// A cursor as text: opaque to callers, and no promise beyond the next page.
///
/// ```
/// let cursor = web::api::seal(&("2026-01-01", 28));
/// assert_eq!(web::api::open::<(String, u32)>(&cursor), Some(("2026-01-01".to_owned(), 28)));
/// assert_eq!(web::api::open::<(String, u32)>("?"), None);
/// ```
pub fn seal<C: Serialize>(cursor: &C) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

/// A cursor from its text.
pub fn open<C: DeserializeOwned>(text: &str) -> Option<C> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

impl<T> Listing<T> {
    /// A page of the platform, each row in its view.
    pub fn of<R>(page: platform::question::Page<R>, view: impl Fn(R) -> T) -> Self {
        Self {
            items: page.items.into_iter().map(view).collect(),
            next: page.next.map(|cursor| seal(&cursor)),
            total: u64::try_from(page.total).unwrap_or_default(),
        }
    }
}

impl<T> Listing<T> {
    /// The part that is asked for of a list that was read whole because it is short: places, versions, measures.
    pub fn cut(asking: &Asking, all: Vec<T>, id: impl Fn(&T) -> String) -> Result<Self, Failure> {
        let paging = Paging::<String>::of(asking)?;
        let total = all.len() as u64;
        let from = match &paging.after {
            None => 0,
            Some(after) => all
                .iter()
                .position(|item| id(item) == *after)
                .map(|at| at + 1)
                .ok_or_else(|| wrong_parameter("cursor", after))?,
        };
        let mut rest = all.into_iter().skip(from);
        let items: Vec<T> = rest.by_ref().take(paging.limit as usize).collect();
        let next = rest.next().and(items.last()).map(|last| seal(&id(last)));
        Ok(Self { items, next, total })
    }
}

/// The part of a list that is asked for, as the platform's queries take it.
pub fn window(asking: &Asking) -> Result<platform::question::Window, Failure> {
    let paging = Paging::<String>::of(asking)?;
    Ok(platform::question::Window {
        cursor: paging.after,
        limit: paging.limit,
    })
}

/// Text in two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Text {
    /// Chinese, which prevails.
    pub zh: String,
    /// English; null where nobody has put it so.
    pub en: Option<String>,
    /// Where the English comes from: `person`, `machine` or `none`.
    pub en_origin: &'static str,
}

/// Text as somebody sends it.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewText {
    /// Chinese.
    pub zh: String,
    /// English, where somebody has put it so.
    #[serde(default)]
    pub en: Option<String>,
}

impl From<NewText> for platform::bilingual::Bilingual {
    fn from(text: NewText) -> Self {
        actions::bilingual(&text.zh, text.en.as_deref().unwrap_or_default())
    }
}

/// What a write did.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WrittenView {
    /// Id of what was written.
    pub id: String,
    /// Its version now, for `If-Match`.
    pub version: i64,
    /// Whether it had been done before, under the same key.
    pub repeated: bool,
}

impl From<&platform::bilingual::Bilingual> for Text {
    fn from(text: &platform::bilingual::Bilingual) -> Self {
        Self {
            zh: text.zh.clone(),
            en: text.en.clone(),
            en_origin: text.en_origin.id(),
        }
    }
}
