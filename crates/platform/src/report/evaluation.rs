//! The evaluation sheet of the pilots (S60): indicators of each place from events alone, by formulas that everybody can
//! read, and computed again by anybody from the bundle.
//!
//! The ministry has published no weights: those of `catalog/evaluation.toml` are illustrative, and every answer says so.

use super::fraction::Fraction;
use crate::{
    bilingual::Bilingual,
    catalogue::files::parse,
    refusal::{Error, Result},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Indicators, formulas, weights, as shipped.
pub const SHIPPED: &str = include_str!("../../../../catalog/evaluation.toml");

/// How a value becomes a part between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// The value itself.
    Share,
    /// 1 at `full` days or fewer, 0 at `none` days or more.
    Days,
    /// The value by `full`, at most 1.
    Count,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Firm obligations delivered: what their role asks for is public.
    Delivered,
    /// Firm obligations publicly reported on.
    Reported,
    /// Days from issue to the first public report, median.
    FirstReportDays,
    /// Firm obligations held by a desk.
    Held,
    /// Outputs outside the list.
    UnlistedOutputs,
    /// Sentences of the measures taken up.
    MeasuresTakenUp,
    /// Milestones met on time.
    MilestonesOnTime,
}

/// An indicator with its formula and weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// What is counted.
    pub id: Measured,
    /// Name.
    pub name: Bilingual,
    /// The formula, in words and signs.
    pub formula: String,
    /// The same in Chinese.
    pub formula_zh: String,
    /// How a value becomes a part.
    pub scale: Scale,
    /// Days or count of the full part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<i64>,
    /// Days of no part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<i64>,
    /// Parts of 100; 0 is shown and not in the score.
    pub weight: i64,
    /// Shown to participants only, never in the score.
    #[serde(default)]
    pub participants: bool,
}

/// The indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// Whether the weights are illustrative.
    pub illustrative: bool,
    /// Indicators, in order.
    #[serde(rename = "indicator")]
    pub indicators: Vec<Indicator>,
}

impl Method {
    /// Reads a file of indicators; weights that do not sum to 100, or a scale without its bounds, are refused.
    pub fn read(text: &str) -> Result<Self> {
        let method: Self = parse("evaluation.toml", text)?;
        let bad = |reason: String| Error::Data {
            what: "catalog/evaluation.toml".to_owned(),
            reason,
        };
        let sum: i64 = method.indicators.iter().map(|i| i.weight).sum();
        if sum != 100
            || method
                .indicators
                .iter()
                .any(|i| i.weight < 0 || (i.participants && i.weight != 0))
        {
            return Err(bad(format!(
                "weights are parts of 100 and none of an indicator for participants; they sum to {sum}"
            )));
        }
        for indicator in &method.indicators {
            let (full, none) = (indicator.full.unwrap_or(0), indicator.none.unwrap_or(0));
            let sound = match indicator.scale {
                Scale::Share => true,
                Scale::Count => full > 0,
                Scale::Days => none > full,
            };
            if !sound {
                return Err(bad(format!(
                    "the bounds of {:?} are missing or the wrong way round",
                    indicator.id
                )));
            }
        }
        Ok(method)
    }

    /// As shipped.
    pub fn shipped() -> Result<Self> {
        Self::read(SHIPPED)
    }
}

/// What the events say of one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceInput {
    /// Code.
    pub place: String,
    /// Its firm obligations.
    pub firm: Vec<ObligationInput>,
    /// Sentences of the measures that are addressed to it: id, and whether taken up.
    pub sentences: Vec<(String, bool)>,
    /// Ids of outputs outside the list that count to it.
    pub unlisted_outputs: Vec<String>,
    /// Milestones whose day has come or that were reached: due, reached. Absent for readers who are no participants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestones: Option<Vec<(Date, Option<Date>)>>,
}

/// What the events say of one firm obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationInput {
    /// Id.
    pub id: String,
    /// Day on which it came with the list.
    pub issued: Date,
    /// Day of the first public report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_report: Option<Date>,
    /// Whether a public output closes it.
    pub delivered: bool,
    /// Whether a desk holds it.
    pub held: bool,
}

/// A value of an indicator, exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Of which indicator.
    pub indicator: Measured,
    /// The value; absent where there is nothing to count.
    pub value: Option<Fraction>,
    /// Its part of the score before weighting, between 0 and 1.
    pub part: Option<Fraction>,
}

/// A place's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceResult {
    /// Code.
    pub place: String,
    /// Values, in the order of the indicators.
    pub values: Vec<Value>,
    /// The weighted sum, exact; an indicator without a value adds nothing.
    pub score: Fraction,
    /// The sum rounded once to one place by GB/T 8170.
    pub score_rounded: String,
}

/// Everything that is needed to compute the sheet again, and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The day whose end is shown.
    pub as_of: Date,
    /// Where the log stood, at most, when the inputs were read.
    pub position: i64,
    /// Whether the installation is a demonstration.
    pub demo: bool,
    /// What the weights are.
    pub notice: String,
    /// Indicators, formulas, weights.
    pub method: Method,
    /// What the events say.
    pub inputs: Vec<PlaceInput>,
    /// What follows.
    pub results: Vec<PlaceResult>,
}

/// Computes the sheet. Pure: the same inputs and method give the same results.
pub fn evaluate(method: &Method, inputs: &[PlaceInput]) -> Vec<PlaceResult> {
    inputs.iter().map(|input| place(method, input)).collect()
}

/// Whether a bundle's results follow from its inputs: what anybody can check.
pub fn holds(bundle: &Bundle) -> bool {
    evaluate(&bundle.method, &bundle.inputs) == bundle.results
}

fn place(method: &Method, input: &PlaceInput) -> PlaceResult {
    let values: Vec<Value> = method
        .indicators
        .iter()
        .map(|indicator| {
            let value = value(indicator.id, input);
            Value {
                indicator: indicator.id,
                part: value.and_then(|v| part(indicator, v)),
                value,
            }
        })
        .collect();
    let score = method
        .indicators
        .iter()
        .zip(&values)
        .filter_map(|(indicator, value)| value.part?.times(Fraction::new(indicator.weight, 1)?))
        .fold(Fraction::ZERO, |sum, part| sum.plus(part).unwrap_or(sum));
    PlaceResult {
        place: input.place.clone(),
        values,
        score,
        score_rounded: format!("{:.1}", score.rounded(1)),
    }
}

fn share(part: usize, whole: usize) -> Option<Fraction> {
    Fraction::new(i64::try_from(part).ok()?, i64::try_from(whole).ok()?)
}

/// How many, of how many, where the indicator is a share; nothing where it is none or may not be known.
pub fn counted(measured: Measured, input: &PlaceInput) -> Option<(usize, usize)> {
    let firm = |counts: fn(&ObligationInput) -> bool| {
        Some((input.firm.iter().filter(|o| counts(o)).count(), input.firm.len()))
    };
    match measured {
        Measured::Delivered => firm(|o| o.delivered),
        Measured::Reported => firm(|o| o.first_report.is_some()),
        Measured::Held => firm(|o| o.held),
        Measured::FirstReportDays | Measured::UnlistedOutputs => None,
        Measured::MeasuresTakenUp => Some((
            input.sentences.iter().filter(|(_, taken)| *taken).count(),
            input.sentences.len(),
        )),
        Measured::MilestonesOnTime => {
            let milestones = input.milestones.as_ref()?;
            let on_time = milestones.iter().filter(|(due, reached)| on_time(*due, *reached));
            Some((on_time.count(), milestones.len()))
        }
    }
}

/// Whether a milestone was reached by its day.
pub fn on_time(due: Date, reached: Option<Date>) -> bool {
    reached.is_some_and(|day| day <= due)
}

fn value(measured: Measured, input: &PlaceInput) -> Option<Fraction> {
    match measured {
        Measured::FirstReportDays => median(
            input
                .firm
                .iter()
                .filter_map(|o| Some(days(o.issued, o.first_report?)))
                .collect(),
        ),
        Measured::UnlistedOutputs => Fraction::new(i64::try_from(input.unlisted_outputs.len()).ok()?, 1),
        _ => {
            let (part, whole) = counted(measured, input)?;
            share(part, whole)
        }
    }
}

/// Days from the issue to a report; none where the report came before.
pub fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days())).max(0)
}

/// The middle one, or half the sum of the two middle ones.
fn median(mut values: Vec<i64>) -> Option<Fraction> {
    values.sort_unstable();
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        Fraction::new(*values.get(middle)?, 1)
    } else {
        Fraction::new(values.get(middle.checked_sub(1)?)? + values.get(middle)?, 2)
    }
}

fn part(indicator: &Indicator, value: Fraction) -> Option<Fraction> {
    let part = match indicator.scale {
        Scale::Share => value,
        Scale::Count => value.times(Fraction::new(1, indicator.full?)?)?,
        Scale::Days => {
            let none = Fraction::new(indicator.none?, 1)?;
            let left = none.plus(value.times(Fraction::new(-1, 1)?)?)?;
            left.times(Fraction::new(1, indicator.none? - indicator.full?)?)?
        }
    };
    Some(part.clamped())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn obligation(first_report: Option<Date>, delivered: bool) -> ObligationInput {
        ObligationInput {
            id: "x".to_owned(),
            issued: date(2025, 1, 1),
            first_report,
            delivered,
            held: delivered,
        }
    }

    #[test]
    fn the_shipped_weights_sum_to_a_hundred_and_say_that_they_are_illustrative() {
        let method = Method::shipped().unwrap();
        assert!(method.illustrative);
        assert_eq!(method.indicators.iter().map(|i| i.weight).sum::<i64>(), 100);
        let heavier = SHIPPED.replace("weight = 30", "weight = 31");
        assert!(Method::read(&heavier).is_err());
    }

    #[test]
    fn a_sheet_by_hand() {
        let method = Method::shipped().unwrap();
        let input = PlaceInput {
            place: "320100".to_owned(),
            firm: vec![
                obligation(Some(date(2025, 4, 1)), true),
                obligation(Some(date(2025, 4, 2)), false),
                obligation(None, false),
            ],
            sentences: vec![("a".to_owned(), true), ("b".to_owned(), false)],
            unlisted_outputs: vec!["o".to_owned()],
            milestones: Some(vec![
                (date(2025, 6, 30), Some(date(2025, 6, 30))),
                (date(2025, 6, 30), Some(date(2025, 7, 1))),
            ]),
        };
        let results = evaluate(&method, &[input]);
        let of = |id| results[0].values.iter().find(|v| v.indicator == id).unwrap().value;
        assert_eq!(of(Measured::Delivered), Fraction::new(1, 3));
        assert_eq!(of(Measured::Reported), Fraction::new(2, 3));
        assert_eq!(of(Measured::FirstReportDays), Fraction::new(181, 2));
        assert_eq!(of(Measured::MilestonesOnTime), Fraction::new(1, 2));
        // 30/3 + 25·2/3 + 10·(730−90.5)/640 + 15/3 + 10/3 + 10/2, once rounded
        let exact = 10.0 + 50.0 / 3.0 + 10.0 * 639.5 / 640.0 + 5.0 + 10.0 / 3.0 + 5.0;
        assert_eq!(results[0].score_rounded, format!("{exact:.1}"));
    }

    #[test]
    fn a_place_without_obligations_has_no_shares() {
        let results = evaluate(&Method::shipped().unwrap(), &[PlaceInput::default()]);
        assert_eq!(results[0].values[0].value, None);
        assert_eq!(results[0].score, Fraction::ZERO);
    }

    proptest! {
        #[test]
        fn a_score_lies_between_0_and_100_and_more_output_never_lowers_it(
            flags in proptest::collection::vec((any::<bool>(), 0_i32..1500), 1..40),
            sentences in proptest::collection::vec(any::<bool>(), 0..20),
        ) {
            let method = Method::shipped().unwrap();
            let firm: Vec<_> = flags.iter().map(|(delivered, day)| {
                let day = date(2025, 1, 1).checked_add(jiff::Span::new().days(*day)).unwrap();
                obligation(Some(day), *delivered)
            }).collect();
            let input = PlaceInput { firm, sentences: sentences.iter().map(|t| (String::new(), *t)).collect(), ..PlaceInput::default() };
            let mut better = input.clone();
            better.firm[0].delivered = true;
            let scores = evaluate(&method, &[input, better]);
            let number = |i: usize| scores[i].score.rounded(6);
            prop_assert!(number(0) >= 0.into() && number(1) <= 100.into());
            prop_assert!(number(1) >= number(0));
        }
    }
}
