//! `[limits]`: how often one reader may read and write.

use super::file::LimitsFile;
use web::rate::{Rate, Rates};

/// The rates in force; what is not named stays as it ships. At once may come ten seconds' worth unless told otherwise.
pub fn settle(file: &LimitsFile) -> Rates {
    let shipped = Rates::default();
    Rates {
        reads: rate(file.reads, file.reads_at_once, shipped.reads),
        writes: rate(file.writes, file.writes_at_once, shipped.writes),
    }
}

fn rate(per_second: Option<u32>, at_once: Option<u32>, shipped: Rate) -> Rate {
    let per_second = per_second.unwrap_or(shipped.per_second);
    Rate {
        per_second,
        at_once: at_once.unwrap_or_else(|| per_second.saturating_mul(10)),
    }
}

/// As `doctor` tells it: `500/s, 5000 at once`; `0` where there is no limit.
pub fn told(rate: Rate) -> String {
    match rate.per_second {
        0 => "0".to_owned(),
        per_second => format!("{per_second}/s, {} at once", rate.at_once.max(1)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_named_goes_before_what_ships() {
        let rates = |text: &str| settle(&toml::from_str(text).unwrap());
        assert_eq!(rates(""), Rates::default());
        let own = rates("reads = 7\nwrites = 2\nwrites-at-once = 3");
        assert_eq!(
            (told(own.reads), told(own.writes)),
            ("7/s, 70 at once".to_owned(), "2/s, 3 at once".to_owned())
        );
        assert_eq!(told(rates("reads = 0").reads), "0");
        assert!(toml::from_str::<LimitsFile>("reads = -1").is_err());
    }
}
