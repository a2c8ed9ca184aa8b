//! Messages by id: the bundles, filling in variables, and what was asked for in vain.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use unic_langid::LanguageIdentifier;

use crate::catalogue::SOURCES;
use crate::{Lang, number};

/// What fills a variable of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    /// Text, put in as it is. Names, designations, years and anything formatted before.
    Text(Cow<'a, str>),
    /// A number: shown with grouping, and it chooses the plural.
    Number(Decimal),
}

macro_rules! number_from {
    ($($kind:ty),+) => {
        $(impl From<$kind> for Arg<'_> {
            fn from(value: $kind) -> Self {
                Self::Number(Decimal::from(value))
            }
        })+
    };
}
number_from!(u8, u16, u32, u64, usize, i16, i32, i64);

impl From<Decimal> for Arg<'_> {
    fn from(value: Decimal) -> Self {
        Self::Number(value)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Arg<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

/// Variables that say which, not how many: places in the log and lines of a text. They are shown without grouping, as in
/// addresses.
const ORDINALS: [&str; 2] = ["position", "line"];

impl<'a> Arg<'a> {
    /// Numbers travel through Fluent as `f64`; one that would not come back exactly goes as text.
    fn into_fluent(self, grouped: bool) -> FluentValue<'a> {
        match self {
            Self::Text(text) => FluentValue::String(text),
            Self::Number(value) => match value.to_f64() {
                Some(float) if value.mantissa().unsigned_abs() < 1_000_000_000_000_000 => {
                    let options = FluentNumberOptions {
                        minimum_fraction_digits: Some(value.scale() as usize),
                        use_grouping: grouped,
                        ..FluentNumberOptions::default()
                    };
                    FluentValue::Number(FluentNumber::new(float, options))
                }
                _ if grouped => FluentValue::String(Cow::Owned(number(value))),
                _ => FluentValue::String(Cow::Owned(value.to_string())),
            },
        }
    }
}

/// The text of a message without variables. An unknown id comes back as it is, and is counted.
///
/// In code that knows the id, write [`t!`](crate::t): it checks the id while compiling.
///
/// ```
/// use language::{Lang, text};
/// assert_eq!(text(Lang::Zh, "action-search"), "搜索");
/// ```
pub fn text(lang: Lang, id: &str) -> String {
    format(lang, id, &[])
}

/// The text of a message, its variables filled. An unknown id comes back as it is; a variable that is not given stays
/// as `{$name}`; both are counted ([`missing_count`]).
///
/// ```
/// use language::{Arg, Lang, format};
/// assert_eq!(format(Lang::En, "count-tasks", &[("count", Arg::from(1))]), "1 task");
/// assert_eq!(format(Lang::En, "count-tasks", &[("count", Arg::from(1040))]), "1,040 tasks");
/// assert_eq!(format(Lang::En, "history-entry", &[("position", Arg::from(1040))]), "Entry 1040");
/// ```
pub fn format(lang: Lang, id: &str, args: &[(&str, Arg<'_>)]) -> String {
    let bundle = bundle(lang);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        note_missing(lang, id);
        return id.to_owned();
    };
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        fluent.set(*name, value.clone().into_fluent(!ORDINALS.contains(name)));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned();
    if !errors.is_empty() {
        note_missing(lang, id);
    }
    text
}

/// Every message id of the catalogue, for checks over source text.
pub fn ids() -> &'static BTreeSet<String> {
    static IDS: OnceLock<BTreeSet<String>> = OnceLock::new();
    IDS.get_or_init(|| {
        SOURCES
            .iter()
            .flat_map(|source| ids_of(source.zh))
            .map(str::to_owned)
            .collect()
    })
}

/// How often a message or a variable was missing since the program started. Zero in a sound program.
pub fn missing_count() -> u64 {
    MISSING_COUNT.load(Ordering::Relaxed)
}

/// The first hundred messages that were missing or lacked a variable, as `zh/some-id`. A test of pages asserts that
/// this is empty at its end.
pub fn missing() -> Vec<String> {
    MISSING
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .cloned()
        .collect()
}

static MISSING_COUNT: AtomicU64 = AtomicU64::new(0);
static MISSING: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn note_missing(lang: Lang, id: &str) {
    MISSING_COUNT.fetch_add(1, Ordering::Relaxed);
    let mut missing = MISSING.lock().unwrap_or_else(PoisonError::into_inner);
    if missing.len() < 100 {
        missing.insert(format!("{lang}/{id}"));
    }
}

/// The ids at the line starts of a Fluent file, in its order.
pub(crate) fn ids_of(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let (id, _) = line.split_once('=')?;
        let id = id.trim_end_matches(' ');
        let named = id.starts_with(|c: char| c.is_ascii_alphabetic())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        named.then_some(id)
    })
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang) -> &'static Bundle {
    static ZH: OnceLock<Bundle> = OnceLock::new();
    static EN: OnceLock<Bundle> = OnceLock::new();
    match lang {
        Lang::Zh => ZH.get_or_init(|| build(Lang::Zh)),
        Lang::En => EN.get_or_init(|| build(Lang::En)),
    }
}

fn build(lang: Lang) -> Bundle {
    // The language chooses the plural rules.
    let plurals: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![plurals]);
    // The marks that Fluent puts around variables show up as boxes in Word and break searching in a page.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(grouped));
    for source in SOURCES {
        let text = match lang {
            Lang::Zh => source.zh,
            Lang::En => source.en,
        };
        // A file with a fault still gives its sound messages; the tests of this crate let no fault pass.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
        let _repeated = bundle.add_resource(resource);
    }
    bundle
}

fn grouped<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(value) = value else { return None };
    let places = value.options.minimum_fraction_digits.unwrap_or(0);
    let digits = format!("{:.places$}", value.value);
    Some(if value.options.use_grouping {
        number::group(&digits)
    } else {
        digits
    })
}
