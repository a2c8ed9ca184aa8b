//! Words in Chinese and English: every sentence a reader meets, and dates, numbers and lists as people write them.
//!
//! The room is pure. Messages are Fluent files under `locales/zh` and `locales/en`, carried inside the program; a file
//! is added by one line in `catalogue.rs`. [`t!`] checks the id and the variables while the caller compiles, so a
//! missing message fails the build; the tests of this crate hold the two languages to the same ids and variables.
//!
//! # Words
//!
//! - **catalogue**: all messages of both languages.
//! - **message**: one text with an id (`action-search`), and perhaps variables (`{ $count }`).
//! - **bilingual**: content, not interface: a text that somebody entered, with the origin of its English ([`Bilingual`]).
//! - **mark**: what is said beside a text that is not the source: unofficial, machine-made, absent.
//!
//! # Example
//!
//! ```
//! use language::{Lang, t};
//!
//! assert_eq!(t!(Lang::Zh, "action-search"), "搜索");
//! assert_eq!(t!(Lang::En, "count-tasks", count = 104), "104 tasks");
//! ```
//!
//! An id that no file has does not compile:
//!
//! ```compile_fail
//! language::t!(language::Lang::Zh, "action-serch");
//! ```
//!
//! Nor does a message whose variable is forgotten, or misspelt:
//!
//! ```compile_fail
//! language::t!(language::Lang::En, "count-tasks");
//! ```
//!
//! ```compile_fail
//! language::t!(language::Lang::En, "count-tasks", number = 104);
//! ```

mod bilingual;
mod catalogue;
mod date;
mod known;
mod lang;
mod list;
mod message;
mod number;
#[cfg(test)]
mod tests;

pub use bilingual::{Bilingual, Mark, Origin};
pub use date::{date, date_brief, date_weekday, days_left, deadline, instant, year_month};
#[doc(hidden)]
pub use known::require;
pub use lang::{Lang, UnknownLang};
pub use list::{Join, list};
pub use message::{Arg, format, ids, missing, missing_count, text};
pub use number::{file_size, number, percent, round_gbt8170, round_gbt8170_to_step, with_places};

/// The text of a message whose id is written out: `t!(lang, "id")`, or `t!(lang, "id", name = value, …)` with anything
/// that turns into an [`Arg`]. The id and the names of the variables are checked while compiling.
#[macro_export]
macro_rules! t {
    ($lang:expr, $id:literal $(,)?) => {{
        const { $crate::require($id, &[]) };
        $crate::text($lang, $id)
    }};
    ($lang:expr, $id:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        const { $crate::require($id, &[$(stringify!($name)),+]) };
        $crate::format($lang, $id, &[$((stringify!($name), $crate::Arg::from($value))),+])
    }};
}
