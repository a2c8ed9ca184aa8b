//! Events of `organization/…` and `person/…`. Added to, never changed. No name of a person, no address, no secret stands here.

use crate::{
    bilingual::Bilingual,
    rights::{Role, words},
};
use jiff::civil::Date;
use language::Lang;
use serde::{Deserialize, Serialize};

/// What is known of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Full name.
    pub name: Bilingual,
    /// Name by which documents address it.
    pub short: String,
    /// ministry, commerce, market_regulation, sector, committee, association, enterprise, institute, chamber, …
    pub kind: String,
    /// Code of the place it acts for; absent for central bodies and for those that act for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The body above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Class of ownership, of an enterprise: a statistic, which no rule may read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<String>,
    /// Codes of industry standards that it owns.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Whether the document of the list addresses it.
    #[serde(default)]
    pub addressed: bool,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// Events of `organization/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum OrganizationEvent {
    /// The body is known from now on.
    #[serde(rename = "organization.entered")]
    Entered {
        /// What is known of it.
        body: Body,
    },
    /// Something about it changed: a new name, from the effective date.
    #[serde(rename = "organization.changed")]
    Changed {
        /// What is known of it now.
        body: Body,
    },
    /// It no longer exists, from the effective date.
    #[serde(rename = "organization.ended")]
    Ended {
        /// Who goes on with its work, by id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        successor: Option<String>,
        /// Why; absent in the first release.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// It has a desk (处室, 秘书处) that can hold work.
    #[serde(rename = "organization.desk_opened")]
    DeskOpened {
        /// Id of the desk, unique among all.
        desk: String,
        /// Its name.
        name: Bilingual,
        /// How the public reaches it; absent where it does not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
    },
    /// The desk is called otherwise, or reached otherwise, from the effective date.
    #[serde(rename = "organization.desk_changed")]
    DeskChanged {
        /// Id of the desk.
        desk: String,
        /// Its name.
        name: Bilingual,
        /// How the public reaches it; absent where it does not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
    },
    /// It no longer has it; its work falls to the other.
    #[serde(rename = "organization.desk_closed")]
    DeskClosed {
        /// Id of the desk.
        desk: String,
        /// Id of the desk that goes on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        successor: Option<String>,
    },
}

/// On what ground a membership was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// By somebody who has the right.
    #[default]
    Right,
    /// By the token that was printed on the terminal when there was no system administrator.
    FirstAdministrator,
    /// By the system administrator, once, while there was no security administrator.
    Bootstrap,
    /// By whoever holds the installation's key file, on the command line.
    Operator,
    /// For the demonstration (演示).
    Demonstration,
    /// The body in which it was held ended, and this one goes on.
    Succession,
}

impl Basis {
    /// The ordinary ground, which the log does not spell out.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    pub const fn is_right(&self) -> bool {
        matches!(self, Self::Right)
    }
}

/// Events of `person/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum PersonEvent {
    /// A person has an account; name and address are sealed under the person's key, outside the log.
    #[serde(rename = "person.entered")]
    Entered {
        /// Salted digest of the sealed record.
        digest: String,
        /// Whether it is illustrative (演示).
        #[serde(default)]
        demo: bool,
    },
    /// Name, address or login changed; what they are is sealed, outside the log.
    #[serde(rename = "person.profile_changed")]
    ProfileChanged {
        /// Salted digest of the sealed record.
        digest: String,
    },
    /// A membership gives a role in a body.
    #[serde(rename = "person.membership_granted")]
    MembershipGranted {
        /// Id among the person's memberships.
        membership: String,
        /// The body.
        organization: String,
        /// The desk, where it is held at one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        desk: Option<String>,
        /// The role.
        role: Role,
        /// Codes of the places for which the body acts in this role.
        #[serde(default)]
        places: Vec<String>,
        /// First day.
        from: Date,
        /// Last day, where there is a term.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        /// On what ground.
        #[serde(default, skip_serializing_if = "Basis::is_right")]
        basis: Basis,
    },
    /// It ends.
    #[serde(rename = "person.membership_ended")]
    MembershipEnded {
        /// Which.
        membership: String,
        /// Last day.
        on: Date,
    },
    /// Another person stands in (代办) for a time.
    #[serde(rename = "person.substitute_named")]
    SubstituteNamed {
        /// Id of the other person.
        substitute: String,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
    /// The substitution is taken back.
    #[serde(rename = "person.substitute_withdrawn")]
    SubstituteWithdrawn {
        /// Id of the other person.
        substitute: String,
    },
    /// The second factor was taken away, since the person lost it.
    #[serde(rename = "person.second_factor_removed")]
    SecondFactorRemoved {
        /// Why, in the words of whoever did it.
        reason: String,
    },
    /// The person left: no sign-in, no right, from now on; what they held falls to the desk.
    #[serde(rename = "person.left")]
    Left {},
    /// Name and address were erased: the key is gone.
    #[serde(rename = "person.erased")]
    Erased {
        /// On what ground; absent in the first release.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<Ground>,
    },
}

words! {
    /// On what ground what is known of a person is removed.
    Ground {
        /// What it was kept for is reached, or cannot be.
        PurposeOver = "purpose_over",
        /// The service has ended, or the time for keeping it.
        TermOver = "term_over",
        /// The person takes the consent back, or asks for it.
        ConsentWithdrawn = "consent_withdrawn",
        /// It was kept against the law or against what was agreed.
        Unlawful = "unlawful",
        /// Another law asks for it.
        OtherLaw = "other_law",
    }
}

impl Ground {
    /// Where it stands that it must be removed, as one would cite it.
    pub fn source(self, lang: Lang) -> String {
        language::text(lang, &format!("ground-source-{}", self.id().replace('_', "-")))
    }
}
