//! Who reaches what units report: the statisticians named in the survey, and each unit its own. Pure.

use super::state::Survey;
use crate::{
    context::Actor,
    refusal::{Refusal, Result},
    rights::{Action, Object, RightsTable, may, reach},
};

/// The actor without what they may do in another's stead: what units report is entrusted to persons (统计法 2024 article
/// 28), so nobody stands in for a statistician or for whoever reports.
fn in_person(actor: &Actor) -> Actor {
    let mut own = actor.clone();
    own.grants.retain(|grant| grant.standing_in_for.is_none());
    own
}

/// Whether an actor is one of the survey's own statisticians: named in it, with the right in its body.
pub fn keeps(rights: &RightsTable, actor: Option<&Actor>, survey: &Survey, action: Action) -> bool {
    let (Some(actor), Some(opened)) = (actor, &survey.opened) else {
        return false;
    };
    survey.statisticians.contains(&actor.person)
        && may(
            rights,
            &in_person(actor),
            action,
            &Object::of_organization(&opened.organization),
        )
}

/// The same, or the refusal: what units report is unseen to everybody else.
pub fn check(rights: &RightsTable, actor: Option<&Actor>, survey: &Survey, action: Action) -> Result<()> {
    match keeps(rights, actor, survey, action) {
        true => Ok(()),
        false => Err(Refusal::unseen().into()),
    }
}

/// The bodies for which an actor reports.
pub fn reports_for(rights: &RightsTable, actor: Option<&Actor>) -> Vec<String> {
    let own = actor.map(in_person);
    reach(rights, own.as_ref(), Action::ReportToSurvey).organizations
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        bilingual::Bilingual,
        context::PersonId,
        rights::{Grant, Role},
        survey::event::{Approval, Marks, Opened},
    };
    use jiff::civil::date;

    fn actor(person: &str, role: Role, organization: &str) -> Actor {
        Actor {
            person: PersonId(person.to_owned()),
            grants: vec![Grant {
                role,
                organization: organization.to_owned(),
                desk: None,
                places: Vec::new(),
                membership: "m1".to_owned(),
                standing_in_for: None,
            }],
            second_factor: true,
            scopes: None,
        }
    }

    fn survey() -> Survey {
        let marks = Marks {
            form_number: "SW01".to_owned(),
            maker: "某部".to_owned(),
            approval: Approval::Filed("国统制〔2026〕1号".to_owned()),
            valid_from: date(2026, 1, 1),
            valid_until: date(2028, 12, 31),
        };
        Survey {
            opened: Some(Opened {
                title: Bilingual::zh("某调查"),
                marks,
                organization: "mofcom".to_owned(),
                purpose: String::new(),
                statistician: PersonId("p1".to_owned()),
                demo: false,
            }),
            statisticians: [PersonId("p1".to_owned())].into(),
            ..Survey::default()
        }
    }

    #[test]
    fn rows_are_read_by_statisticians_of_the_survey_alone() {
        let rights = RightsTable::parse(crate::catalogue::RIGHTS).unwrap();
        let may = |actor: &Actor| keeps(&rights, Some(actor), &survey(), Action::ReadSurveyRows);
        assert!(may(&actor("p1", Role::Statistician, "mofcom")));
        assert!(!may(&actor("p2", Role::Statistician, "mofcom")), "not named in it");
        assert!(!may(&actor("p1", Role::Statistician, "miit")), "of another body");
        for role in Role::ALL.iter().filter(|role| **role != Role::Statistician) {
            assert!(!may(&actor("p1", *role, "mofcom")), "{}", role.id());
        }
        let mut substitute = actor("p1", Role::Statistician, "mofcom");
        substitute.grants[0].standing_in_for = Some("p9".to_owned());
        assert!(!may(&substitute), "nobody stands in for a statistician");
        assert!(!keeps(&rights, None, &survey(), Action::ReadSurveyRows));
    }

    #[test]
    fn a_key_that_is_not_bound_to_it_opens_no_row() {
        let rights = RightsTable::parse(crate::catalogue::RIGHTS).unwrap();
        let mut by_key = actor("p1", Role::Statistician, "mofcom");
        by_key.scopes = Some(vec!["survey.keep".to_owned()]);
        assert!(!keeps(&rights, Some(&by_key), &survey(), Action::ReadSurveyRows));
        assert!(reports_for(&rights, Some(&by_key)).is_empty());
    }
}
