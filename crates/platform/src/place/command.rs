//! What an administrator does with places: enters one, changes what is known of it from a day, records that it joined the
//! pilots. A list takes up a pilot by a proposal alone: joining changes no obligation.

use super::{
    event::{Facts, PlaceEvent},
    query,
    state::Place,
};
use crate::{
    catalogue::{VOCABULARY, words::Vocabulary},
    context::{Context, Reader},
    event::record,
    obligation::check::{Words, some},
    refusal::{Error, Manner, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{Committed, StreamName, Version};

/// Levels at which local standards are issued (标准化法 art. 13).
pub const LEVELS: [&str; 2] = ["province", "city"];

/// Something to do with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// It is known from now on.
    Enter(Facts),
    /// A new name, prefix or authority, from the effective date.
    Change(Facts),
    /// It joined the pilots on the effective date.
    BecomePilot {
        /// The document that says so.
        source: String,
    },
}

/// What is known around a place when a command is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// Whether its kind is a word of the vocabulary.
    pub kind_known: bool,
    /// Whether the place above it is known.
    pub parent_known: bool,
    /// Whether another place has its prefix.
    pub prefix_taken: bool,
}

/// Does something with a place; `effective` is the day from which it holds, today where absent, and `expected` the version
/// that the caller saw.
///
/// # Errors
/// A [`Refusal`] `place/…` or `any/…`; nothing is recorded then.
pub async fn manage(
    platform: &Platform,
    context: &Context,
    code: &str,
    command: &Command,
    effective: Option<Date>,
    expected: Option<Version>,
) -> Result<Committed> {
    rights::check(
        platform.rights(),
        context,
        Action::ManageOrganizations,
        &Object::default(),
    )?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let stream = StreamName::parse(&format!("place/{code}")).map_err(|_| Refusal::unseen())?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let place = Place::fold(&platform.ledger().stream(&stream).await?);
            if let Some(expected) = expected.filter(|expected| *expected != place.version) {
                return Err(Refusal::rule("any/stale", "")
                    .with("object", stream.to_string())
                    .with("expected", expected.to_string())
                    .with("actual", place.version.to_string())
                    .manner(Manner::Stale)
                    .into());
            }
            let around = look_around(platform, context, code, command).await?;
            let mut event = record(&decide(code, &place, around, command)?)?;
            if let Some(day) = effective {
                event = event.effective(day);
            }
            let commit = begin(context, code).write(stream.clone(), place.version, vec![event]);
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

async fn look_around(platform: &Platform, context: &Context, code: &str, command: &Command) -> Result<Around> {
    let (Command::Enter(facts) | Command::Change(facts)) = command else {
        return Ok(Around {
            kind_known: true,
            parent_known: true,
            prefix_taken: false,
        });
    };
    let words = Vocabulary::parse(VOCABULARY)?;
    let places = query::places(platform, &Reader::public(context.today)).await?;
    Ok(Around {
        kind_known: words.words("place_kind").iter().any(|word| word.id == facts.kind),
        parent_known: facts
            .parent
            .as_ref()
            .is_none_or(|p| places.iter().any(|place| place.code == *p)),
        prefix_taken: facts
            .prefix
            .as_ref()
            .is_some_and(|p| places.iter().any(|place| place.prefix == *p && place.code != code)),
    })
}

/// The event that a command brings to a place, or the rule that forbids it. Pure.
pub fn decide(code: &str, place: &Place, around: Around, command: &Command) -> Result<PlaceEvent> {
    match command {
        Command::Enter(facts) => {
            if !code_is_legal(code) {
                return Err(Refusal::wrong("place/facts").fault("code", "fault-place-code").into());
            }
            if place.facts.is_some() {
                return Err(Refusal::wrong("place/taken")
                    .with("place", code)
                    .fault("code", "fault-taken")
                    .into());
            }
            Ok(PlaceEvent::Entered {
                facts: legal(code, around, facts)?,
            })
        }
        _ if place.facts.is_none() => Err(Refusal::unseen().into()),
        Command::Change(facts) => {
            let facts = legal(code, around, facts)?;
            if place.facts.as_ref() == Some(&facts) {
                return Err(Refusal::wrong("any/nothing_to_do").into());
            }
            Ok(PlaceEvent::Changed { facts })
        }
        Command::BecomePilot { source } => {
            Words::new().title("source", source).done()?;
            if place.pilot.is_some() {
                return Err(Refusal::rule("place/pilot_already", "").with("place", code).into());
            }
            Ok(PlaceEvent::BecamePilot {
                source: source.trim().to_owned(),
            })
        }
    }
}

/// Six digits after GB/T 2260; nine or twelve below the county, as GB/T 10114 and the statistical codes add them.
fn code_is_legal(code: &str) -> bool {
    matches!(code.len(), 6 | 9 | 12) && code.bytes().all(|b| b.is_ascii_digit())
}

/// DB and the first two digits of a province, the first four of a city (地方标准管理办法, 2020, art. 7).
fn prefix_is_legal(code: &str, level: &str, prefix: &str) -> bool {
    let digits = if level == "province" { 2 } else { 4 };
    prefix
        .strip_prefix("DB")
        .is_some_and(|number| number.len() == digits && code.starts_with(number))
}

fn legal(code: &str, around: Around, facts: &Facts) -> Result<Facts> {
    let facts = tidied(facts);
    Words::new()
        .title("name", &facts.name.zh)
        .title_or_none("name_en", facts.name.en.as_deref())
        .title("short", &facts.short)
        .short("chain", &facts.chain.concat())
        .done()?;
    let mut refusal = Refusal::wrong("place/facts");
    if !around.kind_known {
        refusal = refusal.fault("kind", "fault-choice");
    }
    if !LEVELS.contains(&facts.level.as_str()) {
        refusal = refusal.fault("level", "fault-choice");
    }
    if let Some(prefix) = &facts.prefix {
        if !prefix_is_legal(code, &facts.level, prefix) {
            refusal = refusal.fault("prefix", "fault-place-prefix");
        } else if around.prefix_taken {
            refusal = refusal.fault("prefix", "fault-taken");
        }
    }
    if facts.parent.as_deref() == Some(code) {
        refusal = refusal.fault("parent", "fault-itself");
    } else if !around.parent_known {
        refusal = refusal.fault("parent", "fault-unknown");
    }
    if refusal.faults.is_empty() {
        Ok(facts)
    } else {
        Err(refusal.into())
    }
}

/// Without blanks around, and without empty texts.
fn tidied(facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    facts.name.zh = facts.name.zh.trim().to_owned();
    facts.name.en = facts.name.en.as_deref().and_then(some);
    facts.short = some(&facts.short).unwrap_or_else(|| facts.name.zh.clone());
    facts.prefix = facts.prefix.as_deref().and_then(some);
    facts.parent = facts.parent.as_deref().and_then(some);
    facts.chain = facts.chain.iter().filter_map(|authority| some(authority)).collect();
    facts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::bilingual::Bilingual;

    const ALONE: Around = Around {
        kind_known: true,
        parent_known: true,
        prefix_taken: false,
    };

    fn park() -> Facts {
        Facts {
            name: Bilingual::new(" 苏州工业园区 ", "Suzhou Industrial Park"),
            short: String::new(),
            kind: "park".to_owned(),
            level: "city".to_owned(),
            prefix: None,
            parent: Some("320500".to_owned()),
            chain: vec!["苏州市".to_owned(), " ".to_owned()],
            tile: None,
        }
    }

    fn faults(facts: Facts, around: Around) -> Vec<(&'static str, &'static str)> {
        match decide("320571", &Place::default(), around, &Command::Enter(facts)) {
            Err(Error::Refused(refusal)) => refusal.faults.iter().map(|f| (f.field, f.fault)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_park_is_entered_as_any_place() {
        let event = decide("320571", &Place::default(), ALONE, &Command::Enter(park())).unwrap();
        let PlaceEvent::Entered { facts } = event else {
            panic!("{event:?}");
        };
        assert_eq!((facts.short.as_str(), facts.chain.len()), ("苏州工业园区", 1));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let odd = Facts {
            kind: "planet".to_owned(),
            level: "county".to_owned(),
            prefix: Some("DB32".to_owned()),
            ..park()
        };
        let around = Around {
            kind_known: false,
            parent_known: false,
            ..ALONE
        };
        assert_eq!(
            faults(odd, around),
            [
                ("kind", "fault-choice"),
                ("level", "fault-choice"),
                ("prefix", "fault-place-prefix"),
                ("parent", "fault-unknown")
            ]
        );
        let taken = Facts {
            prefix: Some("DB3205".to_owned()),
            ..park()
        };
        let around = Around {
            prefix_taken: true,
            ..ALONE
        };
        assert_eq!(faults(taken, around), [("prefix", "fault-taken")]);
    }

    #[test]
    fn a_prefix_is_db_and_the_first_digits_of_the_code() {
        assert!(prefix_is_legal("320100", "city", "DB3201"));
        assert!(prefix_is_legal("110000", "province", "DB11"));
        for (level, prefix) in [
            ("city", "DB32"),
            ("province", "DB3201"),
            ("city", "DB3301"),
            ("city", "T3201"),
        ] {
            assert!(!prefix_is_legal("320100", level, prefix), "{level} {prefix}");
        }
    }

    #[test]
    fn a_place_joins_the_pilots_once() {
        let entered = Place {
            facts: Some(park()),
            ..Place::default()
        };
        let join = Command::BecomePilot {
            source: "商资函〔2025〕84号".to_owned(),
        };
        assert!(decide("320571", &entered, ALONE, &join).is_ok());
        let pilot = Place {
            pilot: Some((jiff::civil::date(2025, 4, 11), "商资函〔2025〕84号".to_owned())),
            ..entered
        };
        assert!(decide("320571", &pilot, ALONE, &join).is_err());
        assert!(decide("320571", &Place::default(), ALONE, &join).is_err());
    }
}
