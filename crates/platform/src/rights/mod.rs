//! Who may do what to which: one table, data, checked in the domain and nowhere else.
//!
//! The table is `catalog/rights.toml`; an action that no row allows is refused. Ownership of an enterprise is not among
//! the things this room knows, so no right can depend on it (外商投资法 art. 15).

mod table;
pub mod visibility;
pub use table::{Demand, RightsTable, Scope};

use crate::{
    context::{Actor, Context, placeholders},
    refusal::{Manner, Refusal},
};
use ledger::Value;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $id)] $variant),+ }
        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The id that stands in data, addresses and messages.
            pub const fn id(self) -> &'static str { match self { $(Self::$variant => $id),+ } }
            /// By id.
            pub fn parse(id: &str) -> Option<Self> { Self::ALL.iter().copied().find(|v| v.id() == id) }
        }
    };
}
pub(crate) use words;

words! {
    /// A role that a membership gives.
    Role {
        /// Analyst of the ministry that keeps the list (商务部, 市场监管总局).
        MinistryAnalyst = "ministry_analyst",
        /// Officer of a ministry that guides tasks.
        GuidingOfficer = "guiding_officer",
        /// Officer of a place's commerce body.
        CommerceOfficer = "commerce_officer",
        /// Officer of a place's market-regulation body.
        MarketRegulationOfficer = "market_regulation_officer",
        /// Officer of a place's sector body.
        SectorOfficer = "sector_officer",
        /// Secretary of a technical committee.
        CommitteeSecretary = "committee_secretary",
        /// Member of a technical committee.
        CommitteeMember = "committee_member",
        /// Expert.
        Expert = "expert",
        /// Representative of an enterprise, association, chamber or institute.
        OrganizationRepresentative = "organization_representative",
        /// Citizen.
        Citizen = "citizen",
        /// Evaluator.
        Evaluator = "evaluator",
        /// Statistician of a body: keeps surveys, and reads what units report to those in which they are named.
        Statistician = "statistician",
        /// Auditor.
        Auditor = "auditor",
        /// Runs the system (三员: 系统管理员).
        SystemAdministrator = "system_administrator",
        /// Gives and takes roles (三员: 安全管理员).
        SecurityAdministrator = "security_administrator",
        /// Reads what was done (三员: 审计管理员).
        AuditAdministrator = "audit_administrator",
    }
}

impl Role {
    /// Acts for a place.
    pub const fn is_officer(self) -> bool {
        matches!(
            self,
            Self::CommerceOfficer | Self::MarketRegulationOfficer | Self::SectorOfficer
        )
    }

    /// One of the three administrators that one person may not hold together (三员分立, GB/T 22239).
    pub const fn is_administrator(self) -> bool {
        matches!(
            self,
            Self::SystemAdministrator | Self::SecurityAdministrator | Self::AuditAdministrator
        )
    }

    /// Staff show a second factor.
    pub const fn is_staff(self) -> bool {
        !matches!(
            self,
            Self::Citizen | Self::OrganizationRepresentative | Self::Expert | Self::CommitteeMember
        )
    }
}

words! {
    /// Something that can be done to an object.
    Action {
        /// Take in a list from its published text.
        ImportList = "list.import",
        /// Assign guiding ministry, time limit and milestones of a task.
        AssignTask = "task.assign",
        /// Propose that a task or obligation serves a measure.
        ProposeLink = "link.propose",
        /// Confirm such a link.
        ConfirmLink = "link.confirm",
        /// Choose among 参与 and 承办, choose topics, opt in or out.
        ChooseRole = "obligation.choose",
        /// Name the desk or person that holds an obligation, hand over.
        AssignHolder = "obligation.assign",
        /// Set a milestone of an obligation.
        SetMilestone = "obligation.plan",
        /// Record progress, evidence, stages and blocks.
        ReportProgress = "obligation.report",
        /// Close an obligation, or open it again.
        CloseObligation = "obligation.close",
        /// Take back a wrong entry.
        CorrectEntry = "entry.correct",
        /// Read who is late.
        ReadLateness = "lateness.read",
        /// Read what stands among participants: evidence, obstacles, drafts.
        ReadParticipants = "participants.read",
        /// Read what a body keeps at its desk: internal notes, evidence marked internal.
        ReadDesk = "desk.read",
        /// Record an output, inside or outside the list.
        RecordOutput = "output.record",
        /// Put up a version of a text.
        PutText = "text.put",
        /// Let everybody read a version of a text.
        PublishText = "text.publish",
        /// Offer a published text as an executable standard, or withdraw it.
        OfferSystem = "system.offer",
        /// Open an assessment of an organisation, fill it in, appeal.
        FillAssessment = "assessment.fill",
        /// Go through the items of an assessment, decide, answer an appeal.
        VerifyAssessment = "assessment.verify",
        /// Open a statistics survey, define it, publish its tables.
        KeepSurvey = "survey.keep",
        /// Read what units report to a survey in which one is named.
        ReadSurveyRows = "survey.rows",
        /// Report to a survey for a unit.
        ReportToSurvey = "survey.report",
        /// Open or change a proposal to change the list.
        OpenProposal = "proposal.open",
        /// Ask those affected for their opinion.
        AskOpinion = "proposal.ask",
        /// Give an opinion for a body.
        GiveOpinion = "proposal.opine",
        /// Enter an approval number.
        RecordApproval = "proposal.approve",
        /// Put an approved proposal into effect.
        PutIntoEffect = "proposal.effect",
        /// Change places, bodies and desks.
        ManageOrganizations = "organization.manage",
        /// Say what a desk of a body is called and how it is reached.
        ChangeDesk = "desk.change",
        /// Invite people, end accounts.
        ManagePeople = "people.manage",
        /// Give and take roles.
        GrantRole = "role.grant",
        /// Name one's own substitute, end one's own sessions and keys, follow.
        ManageOwn = "own.manage",
        /// Read the log with actors.
        ReadAudit = "audit.read",
        /// Make reports.
        MakeReport = "report.make",
        /// Queue, outbox, storage, backups.
        RunSystem = "system.run",
    }
}

/// A role with its scope, as a membership gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The body in which it is held.
    pub organization: String,
    /// The desk, where it is held at one.
    pub desk: Option<String>,
    /// Codes of the places for which the body acts.
    pub places: Vec<String>,
    /// The membership that gives it.
    pub membership: String,
    /// The person for whom the actor stands in, if any (代办).
    pub standing_in_for: Option<String>,
}

/// What an action is done to, as far as scopes ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// The place it belongs to.
    pub place: Option<String>,
    /// The body it belongs to.
    pub organization: Option<String>,
    /// The person it belongs to.
    pub person: Option<String>,
    /// The body that guides its task.
    pub guiding: Option<String>,
}

impl Object {
    /// Something of a place.
    pub fn of_place(code: &str) -> Self {
        Self {
            place: Some(code.to_owned()),
            ..Self::default()
        }
    }

    /// Something of a body.
    pub fn of_organization(id: &str) -> Self {
        Self {
            organization: Some(id.to_owned()),
            ..Self::default()
        }
    }

    /// Something of a person.
    pub fn of_person(id: &str) -> Self {
        Self {
            person: Some(id.to_owned()),
            ..Self::default()
        }
    }
}

/// Where it stands that two factors are shown.
pub const TWO_FACTORS: &str = "GB/T 22239—2019 8.1.4.1 d)";

/// Whether the actor of this context may do it; the refusal names the right that is missing.
pub fn check(table: &RightsTable, context: &Context, action: Action, object: &Object) -> Result<(), Refusal> {
    match &context.actor {
        None => Err(Refusal::rule("rights/sign_in", "")
            .with("right", action.id())
            .manner(Manner::Anonymous)),
        Some(actor) if may(table, actor, action, object) => Ok(()),
        Some(actor) if table.factor_due(actor) => Err(second_factor_demanded()),
        Some(_) => Err(Refusal::rule("rights/missing", "")
            .with("right", action.id())
            .manner(Manner::Forbidden)),
    }
}

/// The refusal of whoever has come without the second factor that is demanded.
pub fn second_factor_demanded() -> Refusal {
    Refusal::rule("people/second_factor_demanded", TWO_FACTORS).manner(Manner::Forbidden)
}

/// Whether this action is open to the actor as they came in: by a key to what it is bound to, without the second factor
/// that is demanded to the own account.
fn is_open(table: &RightsTable, actor: &Actor, action: Action) -> bool {
    match &actor.scopes {
        Some(scopes) => scopes.iter().any(|s| s == action.id()),
        None => action == Action::ManageOwn || !table.factor_due(actor),
    }
}

/// Whether some grant of the actor allows the action on something. Pure.
pub fn may_at_all(table: &RightsTable, actor: &Actor, action: Action) -> bool {
    is_open(table, actor, action)
        && actor
            .grants
            .iter()
            .any(|grant| !table.scopes(action, grant.role).is_empty())
}

/// Whether some grant of the actor allows the action on the object. Pure.
pub fn may(table: &RightsTable, actor: &Actor, action: Action, object: &Object) -> bool {
    is_open(table, actor, action)
        && actor.grants.iter().any(|grant| {
            table.scopes(action, grant.role).iter().any(|scope| match scope {
                Scope::Any => true,
                Scope::Place => object.place.as_ref().is_some_and(|p| grant.places.contains(p)),
                Scope::Organization => object.organization.as_ref() == Some(&grant.organization),
                Scope::Guided => object.guiding.as_ref() == Some(&grant.organization),
                Scope::Own => object.person.as_ref() == Some(&actor.person.0),
            })
        })
}

/// On which objects an actor may do an action: the answer for a whole list at once, to be put into its question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// On all.
    pub everything: bool,
    /// On those of these places.
    pub places: Vec<String>,
    /// On those of these bodies.
    pub organizations: Vec<String>,
    /// On those of the tasks that these bodies guide.
    pub guided: Vec<String>,
}

impl Reach {
    /// Whether it reaches nothing at all.
    pub fn is_nothing(&self) -> bool {
        !self.everything && self.places.is_empty() && self.organizations.is_empty() && self.guided.is_empty()
    }

    /// The condition that a row lies within it, on a table that has the columns `place` and `organization`, with its
    /// values, whose placeholders start at `$first`.
    pub fn condition(&self, alias: &str, first: usize) -> (String, Vec<Value>) {
        if self.everything {
            return ("1 = 1".to_owned(), Vec::new());
        }
        let mut parts = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        for (column, held) in [("place", &self.places), ("organization", &self.organizations)] {
            if !held.is_empty() {
                let marks = placeholders(first + values.len(), held.len());
                parts.push(format!("{alias}.{column} IN ({marks})"));
                values.extend(held.iter().map(Value::from));
            }
        }
        if parts.is_empty() {
            return ("1 = 0".to_owned(), Vec::new());
        }
        (format!("({})", parts.join(" OR ")), values)
    }

    /// Whether it reaches the place, or all of them.
    pub fn covers_place(&self, place: &str) -> bool {
        self.covers(place, "")
    }

    /// Whether it reaches an object of a place or of a body.
    pub fn covers(&self, place: &str, organization: &str) -> bool {
        self.everything
            || (!place.is_empty() && self.places.iter().any(|p| p == place))
            || (!organization.is_empty() && self.organizations.iter().any(|o| o == organization))
    }
}

/// How far an actor's right to an action reaches. Pure.
pub fn reach(table: &RightsTable, actor: Option<&Actor>, action: Action) -> Reach {
    let mut reach = Reach::default();
    let Some(actor) = actor else { return reach };
    if !is_open(table, actor, action) {
        return reach;
    }
    for grant in &actor.grants {
        for scope in table.scopes(action, grant.role) {
            match scope {
                Scope::Any => reach.everything = true,
                Scope::Place => reach.places.extend(grant.places.iter().cloned()),
                Scope::Organization => reach.organizations.push(grant.organization.clone()),
                Scope::Guided => reach.guided.push(grant.organization.clone()),
                Scope::Own => {}
            }
        }
    }
    for held in [&mut reach.places, &mut reach.organizations, &mut reach.guided] {
        held.sort();
        held.dedup();
    }
    reach
}
