//! What may be recorded of a survey. Pure.

use super::{
    MARKS,
    definition::Definition,
    event::{Approval, Marks, Opened, SurveyEvent},
    state::Survey,
};
use crate::{
    bilingual::Bilingual,
    context::PersonId,
    event::record,
    obligation::check::Words,
    refusal::{Refusal, Result},
};
use jiff::civil::Date;
use ledger::NewEvent;

/// Longest validity of a form, in years (部门统计调查项目管理办法 2017 article 28 knows two to five).
const LONGEST: i16 = 5;

/// Marks as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedMarks {
    /// Form number.
    pub form_number: String,
    /// Maker.
    pub maker: String,
    /// `approved` or `filed`.
    pub approval: String,
    /// The number of the approval or filing.
    pub approval_number: String,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_until: Option<Date>,
}

impl TypedMarks {
    /// The marks that are meant.
    ///
    /// # Errors
    /// A [`Refusal`] `survey/marks` that names each mark that is missing (统计法 2024 article 17).
    pub fn read(&self) -> Result<Marks> {
        let words = |text: &str| {
            let text = text.trim();
            let sound = !text.is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control);
            sound.then(|| text.to_owned())
        };
        let number = words(&self.approval_number);
        let approval = match (self.approval.trim(), &number) {
            ("approved", Some(number)) => Some(Approval::Approved(number.clone())),
            ("filed", Some(number)) => Some(Approval::Filed(number.clone())),
            _ => None,
        };
        let (form_number, maker) = (words(&self.form_number), words(&self.maker));
        let mut refusal = Refusal {
            source: MARKS,
            ..Refusal::wrong("survey/marks")
        };
        for (field, missing) in [
            ("form_number", form_number.is_none()),
            ("maker", maker.is_none()),
            ("approval_number", approval.is_none()),
            ("valid_from", self.valid_from.is_none()),
            ("valid_until", self.valid_until.is_none()),
        ] {
            if missing {
                refusal = refusal.fault(field, "fault-survey-mark");
            }
        }
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && (until < from || until.year() - from.year() > LONGEST)
        {
            refusal = refusal.fault("valid_until", "fault-survey-validity");
        }
        match (form_number, maker, approval, self.valid_from, self.valid_until) {
            (Some(form_number), Some(maker), Some(approval), Some(valid_from), Some(valid_until))
                if refusal.faults.is_empty() =>
            {
                Ok(Marks {
                    form_number,
                    maker,
                    approval,
                    valid_from,
                    valid_until,
                })
            }
            _ => Err(refusal.into()),
        }
    }
}

/// A survey that somebody opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct New {
    /// Its title.
    pub title: Bilingual,
    /// Its marks.
    pub marks: TypedMarks,
    /// What it is for.
    pub purpose: String,
    /// Id of the body that keeps it.
    pub organization: String,
}

/// What opening brings.
pub fn open(new: &New, statistician: &PersonId) -> Result<NewEvent> {
    Words::new()
        .title("title_zh", &new.title.zh)
        .title_or_none("title_en", new.title.en.as_deref())
        .note_or_none("purpose", &new.purpose)
        .done()?;
    let marks = new.marks.read()?;
    let opened = Opened {
        title: new.title.clone(),
        marks,
        organization: new.organization.clone(),
        purpose: new.purpose.trim().to_owned(),
        statistician: statistician.clone(),
        demo: false,
    };
    Ok(record(&SurveyEvent::Opened(Box::new(opened)))?)
}

fn still_open(survey: &Survey) -> Result<()> {
    match &survey.closed {
        None => Ok(()),
        Some(_) => Err(Refusal::rule("survey/closed", "").into()),
    }
}

/// Whether a unit may report today.
pub fn takes_rows(survey: &Survey, today: Date) -> Result<()> {
    let opened = survey.opened.as_ref().ok_or_else(Refusal::unseen)?;
    still_open(survey)?;
    if !opened.marks.valid_on(today) {
        return Err(Refusal::rule("survey/validity", MARKS)
            .with("from", opened.marks.valid_from.to_string())
            .with("until", opened.marks.valid_until.to_string())
            .with("today", today.to_string())
            .into());
    }
    if survey.definitions.is_empty() {
        return Err(Refusal::rule("survey/no_definition", "").into());
    }
    Ok(())
}

/// What new marks bring.
pub fn renew(survey: &Survey, marks: &TypedMarks) -> Result<NewEvent> {
    still_open(survey)?;
    Ok(record(&SurveyEvent::Renewed { marks: marks.read()? })?)
}

/// What a new definition brings, and its number.
pub fn define(survey: &Survey, definition: Definition) -> Result<(NewEvent, u32)> {
    still_open(survey)?;
    let version = survey.definition().map_or(1, |(number, _)| number + 1);
    if let Some((number, last)) = survey.definition() {
        if last.frequency != definition.frequency {
            return Err(Refusal::wrong("survey/definition")
                .fault("frequency", "fault-survey-frequency")
                .into());
        }
        if definition.from <= last.from {
            let mut refusal = Refusal::wrong("survey/definition").fault("from", "fault-survey-from");
            if let Some(fault) = refusal.faults.last_mut() {
                fault.with = vec![("from", last.from.clone()), ("version", number.to_string())];
            }
            return Err(refusal.into());
        }
    }
    let event = SurveyEvent::DefinitionSet {
        version,
        definition: Box::new(definition),
    };
    Ok((record(&event)?, version))
}

/// What naming a statistician brings.
pub fn name(survey: &Survey, person: &PersonId) -> Result<NewEvent> {
    still_open(survey)?;
    if survey.statisticians.contains(person) {
        return Err(Refusal::wrong("survey/named_already").into());
    }
    Ok(record(&SurveyEvent::StatisticianNamed { person: person.clone() })?)
}

/// What releasing one brings: the last one stays, since nobody else could name another.
pub fn release(survey: &Survey, person: &PersonId) -> Result<NewEvent> {
    if !survey.statisticians.contains(person) {
        return Err(Refusal::unseen().into());
    }
    if survey.statisticians.len() == 1 {
        return Err(Refusal::rule("survey/last_statistician", "").into());
    }
    Ok(record(&SurveyEvent::StatisticianReleased { person: person.clone() })?)
}

/// What closing brings.
pub fn close(survey: &Survey, reason: &str) -> Result<NewEvent> {
    still_open(survey)?;
    Words::new().note("reason", reason).done()?;
    Ok(record(&SurveyEvent::Closed {
        reason: reason.trim().to_owned(),
    })?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{refusal::Error, survey::definition::Typed};
    use jiff::civil::date;

    fn marks() -> TypedMarks {
        TypedMarks {
            form_number: "SW01".to_owned(),
            maker: "某部".to_owned(),
            approval: "approved".to_owned(),
            approval_number: "国统制〔2026〕1号".to_owned(),
            valid_from: Some(date(2026, 1, 1)),
            valid_until: Some(date(2028, 12, 31)),
        }
    }

    fn refused(result: Result<impl std::fmt::Debug>) -> Refusal {
        match result {
            Err(Error::Refused(refusal)) => *refusal,
            other => unreachable!("{other:?}"),
        }
    }

    fn survey() -> Survey {
        Survey {
            opened: Some(Opened {
                title: Bilingual::zh("某调查"),
                marks: marks().read().unwrap(),
                organization: "mofcom".to_owned(),
                purpose: String::new(),
                statistician: PersonId("p1".to_owned()),
                demo: false,
            }),
            statisticians: [PersonId("p1".to_owned())].into(),
            ..Survey::default()
        }
    }

    fn definition(from: &str) -> Definition {
        let typed = Typed {
            frequency: "year".to_owned(),
            from: from.to_owned(),
            measures: "revenue | 营业收入".to_owned(),
            ..Typed::default()
        };
        typed.read().unwrap()
    }

    #[test]
    fn without_any_one_of_its_marks_nothing_is_opened_and_article_17_is_named() {
        type Spoil = fn(&mut TypedMarks);
        let spoils: [(&str, Spoil); 6] = [
            ("form_number", |m| m.form_number = " ".to_owned()),
            ("maker", |m| m.maker.clear()),
            ("approval_number", |m| m.approval_number.clear()),
            ("approval_number", |m| m.approval = "promised".to_owned()),
            ("valid_from", |m| m.valid_from = None),
            ("valid_until", |m| m.valid_until = None),
        ];
        for (field, spoil) in spoils {
            let mut new = New {
                title: Bilingual::zh("某调查"),
                marks: marks(),
                ..New::default()
            };
            assert!(open(&new, &PersonId("p1".to_owned())).is_ok());
            spoil(&mut new.marks);
            let refusal = refused(open(&new, &PersonId("p1".to_owned())));
            assert_eq!((refusal.rule, refusal.source), ("survey/marks", MARKS));
            assert_eq!(refusal.faults[0].field, field);
        }
    }

    #[test]
    fn a_form_is_valid_between_its_days_and_not_for_ever() {
        let mut typed = marks();
        typed.valid_until = Some(date(2025, 12, 31));
        assert_eq!(refused(typed.read()).faults[0].fault, "fault-survey-validity");
        typed.valid_until = Some(date(2040, 1, 1));
        assert!(typed.read().is_err());
    }

    #[test]
    fn outside_validity_before_a_definition_and_after_the_end_nothing_is_taken() {
        let mut survey = survey();
        assert_eq!(
            refused(takes_rows(&survey, date(2026, 5, 1))).rule,
            "survey/no_definition"
        );
        survey.definitions.insert(1, definition("2026"));
        assert!(takes_rows(&survey, date(2026, 1, 1)).is_ok());
        assert!(takes_rows(&survey, date(2028, 12, 31)).is_ok());
        for day in [date(2025, 12, 31), date(2029, 1, 1)] {
            let refusal = refused(takes_rows(&survey, day));
            assert_eq!((refusal.rule, refusal.source), ("survey/validity", MARKS));
        }
        survey.closed = Some("完成".to_owned());
        assert_eq!(refused(takes_rows(&survey, date(2026, 5, 1))).rule, "survey/closed");
    }

    #[test]
    fn definitions_follow_one_another_and_share_the_first_period_of_the_next() {
        let mut survey = survey();
        survey.definitions.insert(1, definition("2024"));
        assert_eq!(
            refused(define(&survey, definition("2024"))).faults[0].fault,
            "fault-survey-from"
        );
        assert_eq!(define(&survey, definition("2026")).unwrap().1, 2);
        survey.definitions.insert(2, definition("2026"));
        let asked = |number: u32| ["2023", "2025", "2026", "2027"].map(|period| survey.asks(number, period));
        assert_eq!(asked(1), [false, true, true, false]);
        assert_eq!(asked(2), [false, false, true, true]);
    }

    #[test]
    fn somebody_must_be_left_who_keeps_the_rows() {
        let mut survey = survey();
        let (first, second) = (PersonId("p1".to_owned()), PersonId("p2".to_owned()));
        assert_eq!(refused(release(&survey, &first)).rule, "survey/last_statistician");
        assert!(name(&survey, &second).is_ok() && name(&survey, &first).is_err());
        survey.statisticians.insert(second);
        assert!(release(&survey, &first).is_ok());
    }
}
