//! Why a result is what it is: formula, values in place of names, points, weight and clause of every indicator, in
//! Chinese and English.

use formula::{Expr, ExprKind, Number, Style, Unit, Used, Value};
use language::Lang;
use serde::Serialize;

use crate::data::UnitData;
use crate::finding::said;
use crate::method::Method;
use crate::note::{Note, absence_said};
use crate::outcome::{NodeResult, Points, UnitResult};
use crate::peers::Peers;
use crate::standard::{NodeRule, Standard};
use crate::template;

/// The derivation of one figure, and of those that it came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Code of the indicator; `总分` for the total.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The clause that defines it.
    pub clause: String,
    /// The line of the file on which it is defined.
    pub line: usize,
    /// The formula as written; none where the value is reported.
    pub formula: Option<String>,
    /// The formula with values in place of names.
    pub substituted: Option<String>,
    /// What it used, with values.
    pub inputs: Vec<NamedValue>,
    /// The value with its unit.
    pub value: Option<String>,
    /// The scoring as written.
    pub scoring: Option<String>,
    /// The points, exactly.
    pub points: Option<String>,
    /// The weight in the total, after redistribution.
    pub weight: Option<String>,
    /// Why there is no value, in the language asked for.
    pub missing: Option<String>,
    /// The derivation as one sentence.
    pub sentence: String,
    /// What it came from.
    pub parts: Vec<Explanation>,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedValue {
    /// The name.
    pub name: String,
    /// How many periods back.
    #[serde(skip_serializing_if = "is_now")]
    pub back: u8,
    /// Its value with its unit.
    pub value: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_now(back: &u8) -> bool {
    *back == 0
}

/// Digits of a number inside a sentence.
const DIGITS: usize = 9;

/// Explains a result: of one indicator, or of the total and everything below it.
pub fn explain(
    standard: &Standard,
    unit: &UnitData,
    result: &UnitResult,
    node: Option<usize>,
    lang: Lang,
) -> Vec<Explanation> {
    let teller = Teller {
        standard,
        unit,
        result,
        lang,
    };
    match node {
        Some(node) => teller.node(node).into_iter().collect(),
        None if standard.has_total() => vec![teller.total()],
        None => standard.top().filter_map(|node| teller.node(node)).collect(),
    }
}

/// An explanation as indented lines.
pub fn outline(explanations: &[Explanation]) -> String {
    fn lines(explanations: &[Explanation], depth: usize, out: &mut String) {
        for explanation in explanations {
            out.push_str(&"  ".repeat(depth));
            out.push_str(&explanation.sentence);
            out.push('\n');
            lines(&explanation.parts, depth + 1, out);
        }
    }
    let mut out = String::new();
    lines(explanations, 0, &mut out);
    out
}

struct Teller<'a> {
    standard: &'a Standard,
    unit: &'a UnitData,
    result: &'a UnitResult,
    lang: Lang,
}

impl Teller<'_> {
    fn said(&self, id: &str, arguments: &[(&'static str, String)]) -> String {
        said(self.lang, id, arguments)
    }

    fn style(&self) -> Style {
        match self.lang {
            Lang::Zh => Style::Chinese,
            Lang::En => Style::Ascii,
        }
    }

    fn total(&self) -> Explanation {
        let top: Vec<usize> = self.standard.top().collect();
        let total = self.result.total.as_ref();
        let first = top.first().and_then(|at| self.standard.nodes.get(*at));
        let substituted = self.joining(&self.standard.aggregation.method_of(1, None), &top);
        let mut sentence = match (total, &self.result.rounded) {
            (Some(total), Some(rounded)) => {
                let places = self.standard.rounding.total.as_ref().map(formula::Interval::places);
                let rounded = places.map_or_else(|| rounded.brief(DIGITS), |places| rounded.with_places(places));
                self.said(
                    "explain-total",
                    &[
                        ("parts", substituted.clone()),
                        ("total", total.brief(DIGITS)),
                        ("rounded", rounded),
                    ],
                )
            }
            _ => self.said("explain-no-total", &[]),
        };
        for note in &self.result.notes {
            if matches!(note, Note::Parameter { .. }) {
                continue;
            }
            sentence.push_str(&self.gap());
            sentence.push_str(&note.said(self.lang));
        }
        if let Some(grade) = &self.result.grade {
            let clause = self.standard.grades.first().map(|grade| grade.place.clause.clone());
            sentence.push_str(&self.gap());
            sentence.push_str(&self.said(
                "explain-grade",
                &[("grade", grade.clone()), ("clause", clause.unwrap_or_default())],
            ));
        }
        Explanation {
            code: "总分".to_owned(),
            name: self.standard.title.clone(),
            clause: first.map(|node| node.place.clause.clone()).unwrap_or_default(),
            line: first.map_or(0, |node| node.place.line),
            formula: None,
            substituted: Some(substituted),
            inputs: Vec::new(),
            value: None,
            scoring: None,
            points: total.map(Number::exact_text),
            weight: None,
            missing: None,
            sentence,
            parts: top.into_iter().filter_map(|node| self.node(node)).collect(),
        }
    }

    fn gap(&self) -> String {
        if self.lang == Lang::Zh {
            String::new()
        } else {
            " ".to_owned()
        }
    }

    fn node(&self, at: usize) -> Option<Explanation> {
        let (rule, result) = (self.standard.nodes.get(at)?, self.result.nodes.get(at)?);
        let mut explanation = Explanation {
            code: rule.code.clone(),
            name: rule.name.clone(),
            clause: rule.place.clause.clone(),
            line: rule.place.line,
            formula: None,
            substituted: None,
            inputs: Vec::new(),
            value: None,
            scoring: None,
            points: result.points.as_ref().and_then(Points::number).map(Number::exact_text),
            weight: result.weight.as_ref().map(Number::exact_text),
            missing: result
                .points
                .as_ref()
                .and_then(Points::absence)
                .or_else(|| result.computed.value.absence().filter(|_| rule.children.is_empty()))
                .map(|absence| absence_said(self.lang, absence)),
            sentence: String::new(),
            parts: Vec::new(),
        };
        if rule.children.is_empty() {
            self.leaf(rule, result, &mut explanation);
        } else {
            let method = self.standard.aggregation.method_of(rule.level + 1, Some(&rule.code));
            let joining = self.joining(&method, &rule.children);
            explanation.substituted = Some(joining);
            explanation.parts = rule.children.iter().filter_map(|child| self.node(*child)).collect();
        }
        explanation.sentence = self.sentence(rule, result, &explanation);
        Some(explanation)
    }

    fn leaf(&self, rule: &NodeRule, result: &NodeResult, explanation: &mut Explanation) {
        let computed = &result.computed;
        if let Some(written) = rule.formula.as_ref().filter(|_| !computed.given) {
            explanation.formula = Some(written.formula.print(self.style()));
            explanation.substituted = Some(self.substituted(&written.formula.body, &computed.used));
            explanation.inputs = computed
                .used
                .iter()
                .map(|used| NamedValue {
                    name: used.name.clone(),
                    back: used.back,
                    value: self.shown(used),
                })
                .collect();
            // An account explains those that it adds.
            for used in &computed.used {
                let account = self.standard.node(&used.name).filter(|_| used.back == 0);
                explanation.parts.extend(account.and_then(|node| self.node(node)));
            }
        }
        if computed.value.absence().is_none() {
            explanation.value = Some(match self.unit.written.get(&rule.code) {
                Some(written) if computed.given && matches!(computed.value, Value::Word(_) | Value::Truth(_)) => {
                    written.clone()
                }
                _ => computed.value.shown(&rule.unit),
            });
        }
        explanation.scoring = rule.scoring.as_ref().map(|scoring| scoring.formula.print(self.style()));
    }

    fn substituted(&self, body: &Expr, used: &[Used]) -> String {
        // The definition of the result's unit says nothing about its derivation.
        let body = match &body.kind {
            ExprKind::In(inner, _) => inner,
            _ => body,
        };
        body.with_values(self.style(), &|name| {
            let now = used.iter().find(|used| used.name == name && used.back == 0);
            now.map(|used| self.shown(used))
        })
    }

    fn shown(&self, used: &Used) -> String {
        if used.back == 0
            && let Some(written) = self.unit.written.get(&used.name)
        {
            return written.clone();
        }
        let name = used.name.split('@').next().unwrap_or_default();
        let node = self.standard.node(name).and_then(|at| self.standard.nodes.get(at));
        let unit = node
            .map(|node| node.unit.clone())
            .or_else(|| self.standard.parameter(name).map(|parameter| parameter.unit.clone()))
            .or_else(|| self.standard.input(name).map(|input| input.unit.clone()))
            .unwrap_or_else(Unit::none);
        used.value.shown(&unit)
    }

    /// `0.6 × 89.142857 + 0.4 × 70`, weights as they count.
    fn joining(&self, method: &Method, parts: &[usize]) -> String {
        let kept: Vec<(Number, String)> = parts
            .iter()
            .filter_map(|at| {
                let node = self.result.nodes.get(*at)?;
                let points = node.points.as_ref()?.number()?.brief(DIGITS);
                Some((node.weight.clone()?, points))
            })
            .collect();
        let sum = kept
            .iter()
            .try_fold(Number::zero(), |sum, (weight, _)| sum.plus(weight))
            .unwrap_or_else(|_| Number::one());
        let times = if self.lang == Lang::Zh { "×" } else { "*" };
        let terms: Vec<String> = kept
            .into_iter()
            .map(|(weight, points)| {
                let share = weight.over(&sum).unwrap_or(weight);
                format!("{} {times} {points}", share.brief(6))
            })
            .collect();
        match method {
            Method::Arithmetic => terms.join(" + "),
            other => {
                let id = match other {
                    Method::Geometric => "explain-method-geometric",
                    Method::Harmonic => "explain-method-harmonic",
                    Method::Least => "explain-method-least",
                    Method::Peers(Peers::Topsis) => "explain-method-topsis",
                    Method::Peers(Peers::Copeland) => "explain-method-copeland",
                    Method::Peers(peers) => {
                        let arguments = [("method", peers.name(self.lang)), ("parts", terms.join(", "))];
                        return self.said("explain-method-peers", &arguments);
                    }
                    _ => "explain-method-power",
                };
                self.said(id, &[("parts", terms.join(", "))])
            }
        }
    }

    fn sentence(&self, rule: &NodeRule, result: &NodeResult, told: &Explanation) -> String {
        if let Some(template) = self.standard.template.as_ref().filter(|_| self.lang == Lang::Zh)
            && let Some(points) = result.points.as_ref().and_then(Points::number)
            && told.missing.is_none()
        {
            return template::fill(template, rule, result, told, points);
        }
        let mut parts = vec![format!("{} {}", rule.code, rule.name)];
        match (&told.formula, &told.substituted, &told.value) {
            (Some(formula), Some(substituted), Some(value)) => parts.push(self.said(
                "explain-computed",
                &[
                    ("formula", formula.clone()),
                    ("substituted", substituted.clone()),
                    ("value", value.clone()),
                ],
            )),
            (None, None, Some(value)) => parts.push(self.said("explain-given", &[("value", value.clone())])),
            (None, Some(joining), _) if told.missing.is_none() => {
                let points = result.points.as_ref().and_then(Points::number);
                parts.push(self.said(
                    "explain-joined",
                    &[
                        ("parts", joining.clone()),
                        (
                            "points",
                            points.map_or_else(|| "—".to_owned(), |points| points.brief(DIGITS)),
                        ),
                    ],
                ));
            }
            _ => {}
        }
        if let Some(missing) = &told.missing {
            let id = match &result.points {
                Some(Points::Dropped(_)) => "explain-dropped",
                Some(Points::Given { .. }) => "explain-zeroed",
                _ => "explain-failed",
            };
            parts.push(self.said(id, &[("reason", missing.clone())]));
        } else if let (Some(scoring), Some(points)) = (&told.scoring, result.points.as_ref().and_then(Points::number)) {
            parts.push(self.said(
                "explain-scored",
                &[("scoring", scoring.clone()), ("points", points.brief(DIGITS))],
            ));
        }
        let normalised = self.standard.index.as_ref().filter(|_| rule.children.is_empty());
        if let (Some(rules), Some(points), None) = (
            normalised,
            result.points.as_ref().and_then(Points::number),
            &told.missing,
        ) {
            parts.push(self.said(
                "explain-normalised",
                &[
                    ("method", rules.normalise.name(self.lang).to_owned()),
                    ("points", points.brief(DIGITS)),
                ],
            ));
        }
        if let Some(weight) = &result.weight {
            parts.push(self.said("explain-weight", &[("weight", weight.brief(6))]));
        }
        for note in self.parameters(result) {
            parts.push(note);
        }
        parts.push(self.said(
            "explain-clause",
            &[("clause", told.clause.clone()), ("line", told.line.to_string())],
        ));
        parts.join(if self.lang == Lang::Zh { "；" } else { "; " })
    }

    /// Which values of parameters the indicator's formula took, and which were too late.
    fn parameters(&self, result: &NodeResult) -> Vec<String> {
        let of_ours = |wanted: &str| {
            let mut used = result.computed.used.iter();
            used.any(|used| used.name.split('@').next() == Some(wanted))
        };
        self.result
            .notes
            .iter()
            .filter(|note| match note {
                Note::Parameter { name, .. } | Note::NotYetPublished { name, .. } => of_ours(name),
                _ => false,
            })
            .map(|note| note.said(self.lang))
            .collect()
    }
}
