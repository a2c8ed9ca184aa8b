//! Designations in addresses: ASCII, unreserved characters only, and back.
//!
//! `/` becomes `-`, a blank `_`, U+2014 `~`, `:` becomes `~~` and `-` becomes `--`:
//! GB/T 19001—2016/ISO 9001:2015 is `GB-T_19001~2016-ISO_9001~~2015`.

use crate::model::{Designation, PENDING};

const PENDING_SLUG: &str = "pending";

impl Designation {
    /// The designation for an address. [`Designation::from_slug`] gives the same value back.
    pub fn slug(&self) -> String {
        let canonical = self.to_string();
        if canonical == PENDING {
            return PENDING_SLUG.to_owned();
        }
        canonical
            .chars()
            .map(|c| match c {
                '/' => "-".to_owned(),
                ' ' => "_".to_owned(),
                '—' => "~".to_owned(),
                ':' => "~~".to_owned(),
                '-' => "--".to_owned(),
                other => other.to_string(),
            })
            .collect()
    }

    /// Reads what [`Designation::slug`] made; `None` for anything else.
    pub fn from_slug(slug: &str) -> Option<Self> {
        let canonical = if slug == PENDING_SLUG {
            PENDING.to_owned()
        } else {
            slug.replace("--", "\u{1}")
                .replace("~~", ":")
                .replace('-', "/")
                .replace('\u{1}', "-")
                .replace('_', " ")
                .replace('~', "—")
        };
        let designation: Self = canonical.parse().ok()?;
        (designation.slug() == slug).then_some(designation)
    }
}
