//! The table of rights, read from data.

use super::{Action, Role};
use crate::{context::Actor, refusal::Error};
use serde::Deserialize;
use std::collections::BTreeMap;

/// On which objects a role may do an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// On all.
    Any,
    /// On those of the places for which the body acts.
    Place,
    /// On those of the body.
    Organization,
    /// On those of the tasks that the body guides.
    Guided,
    /// On the person's own.
    Own,
}

/// Of whom a second factor is demanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Demand {
    /// Of staff: without one they may see to their own account alone.
    #[default]
    Staff,
    /// Of nobody: whoever has set one up is asked for it.
    Optional,
}

impl Demand {
    /// By the word of the configuration.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Staff, Self::Optional].into_iter().find(|d| d.id() == word)
    }

    /// The word of the configuration.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Optional => "optional",
        }
    }
}

/// Action × role → scopes.
#[derive(Debug, Clone, Default)]
pub struct RightsTable {
    rows: BTreeMap<(Action, Role), Vec<Scope>>,
    demand: Demand,
}

#[derive(Deserialize)]
struct File {
    right: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    action: Action,
    scope: Scope,
    roles: Vec<Role>,
}

impl RightsTable {
    /// Reads the table; an action that is missing from it is an error, not a silent refusal.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let data = |reason: String| Error::Data {
            what: "rights.toml".to_owned(),
            reason,
        };
        let file: File = toml::from_str(text).map_err(|e| data(e.to_string()))?;
        let mut rows: BTreeMap<(Action, Role), Vec<Scope>> = BTreeMap::new();
        for row in file.right {
            for role in row.roles {
                rows.entry((row.action, role)).or_default().push(row.scope);
            }
        }
        for action in Action::ALL {
            if !rows.keys().any(|(a, _)| a == action) {
                return Err(data(format!("no row for {}", action.id())));
            }
        }
        Ok(Self {
            rows,
            demand: Demand::Optional,
        })
    }

    /// The same table, where rights come with the second factor of those of whom it is demanded.
    pub fn demanding(mut self, demand: Demand) -> Self {
        self.demand = demand;
        self
    }

    /// Whether an actor has come without the second factor that is demanded, and so may see to the own account alone. A
    /// key was made by somebody who had shown it, or by the operator.
    pub fn factor_due(&self, actor: &Actor) -> bool {
        let staff = || actor.grants.iter().any(|grant| grant.role.is_staff());
        self.demand == Demand::Staff && !actor.second_factor && actor.scopes.is_none() && staff()
    }

    /// The scopes in which a role may do an action; none means refused.
    pub fn scopes(&self, action: Action, role: Role) -> &[Scope] {
        self.rows.get(&(action, role)).map_or(&[], Vec::as_slice)
    }
}
