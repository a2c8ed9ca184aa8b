//! `[accounts]`: of whom a second factor is demanded.

use super::file::AccountsFile;
use crate::failure::{Failure, Result};
use language::{Lang, t};
use platform::rights::Demand;

/// What is set; where nothing is, staff show a second factor, but for a demonstration, whose accounts are open to all.
pub fn settle(file: &AccountsFile, demo: bool, lang: Lang) -> Result<Demand> {
    match file.second_factor.as_deref() {
        None if demo => Ok(Demand::Optional),
        None => Ok(Demand::default()),
        Some(word) => {
            Demand::parse(word).ok_or_else(|| Failure::Input(t!(lang, "cli-accounts-second-factor", value = word)))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn staff_show_a_second_factor_unless_the_operator_says_otherwise() {
        let settled = |text: &str, demo| settle(&toml::from_str(text).unwrap(), demo, Lang::En);
        assert_eq!(settled("", false).unwrap(), Demand::Staff);
        assert_eq!(settled("", true).unwrap(), Demand::Optional);
        assert_eq!(settled("second-factor = \"staff\"", true).unwrap(), Demand::Staff);
        assert_eq!(
            settled("second_factor = \"optional\"", false).unwrap(),
            Demand::Optional
        );
        assert!(
            settled("second-factor = \"never\"", false)
                .unwrap_err()
                .to_string()
                .contains("never")
        );
    }
}
