//! A world from a list of names, and short ways to run a formula in it.

use std::collections::BTreeMap;

use formula::{Formula, Kind, Scope, Subject, Unit, Value, World, evaluate, parse};

#[derive(Default)]
pub struct Names {
    now: BTreeMap<String, Value>,
    before: BTreeMap<String, Value>,
    pub peers: Vec<Value>,
}

impl Names {
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let mut names = Self::default();
        for (name, text) in pairs {
            names.now.insert((*name).to_owned(), value(text));
        }
        names
    }

    /// Names of every kind, for what is found before a formula runs.
    pub fn to_check() -> Self {
        Self::of(&[
            ("产值", "100 万元"),
            ("产量", "5 t"),
            ("人数", "40 人"),
            ("级别", "甲"),
            ("合格", "是"),
            ("清单", "甲；乙"),
        ])
    }

    pub fn before(mut self, pairs: &[(&str, &str)]) -> Self {
        for (name, text) in pairs {
            self.before.insert((*name).to_owned(), value(text));
        }
        self
    }
}

pub fn value(text: &str) -> Value {
    Value::read(text, &Unit::none()).unwrap()
}

impl World for Names {
    fn value(&self, name: &str, back: u8) -> Value {
        let at = if back == 0 { &self.now } else { &self.before };
        at.get(name).cloned().unwrap_or_else(|| Value::missing(name, ""))
    }

    fn population(&self, _: &Formula, _: u8) -> Option<Vec<Value>> {
        Some(self.peers.clone())
    }
}

impl Scope for Names {
    fn kind(&self, name: &str) -> Option<Kind> {
        Some(match self.now.get(name)? {
            Value::Quantity(quantity) => Kind::Quantity(Some(quantity.dimension)),
            Value::Word(_) => Kind::Word(Vec::new()),
            Value::Truth(_) => Kind::Truth,
            Value::List(_) => Kind::List(Box::new(Kind::Any)),
            Value::Absent(_) => Kind::Any,
        })
    }

    fn names(&self) -> Vec<String> {
        self.now.keys().cloned().collect()
    }
}

/// The result in a unit, as it is exactly.
pub fn exact(text: &str, names: &Names, unit: &str) -> String {
    let unit = Unit::parse(unit).unwrap();
    let value = evaluate(&parse(text).unwrap(), names, None).value;
    value
        .in_unit(&unit)
        .unwrap_or_else(|| panic!("{text} gives {value:?}"))
        .exact_text()
}

pub fn run(text: &str, names: &Names) -> Value {
    evaluate(&parse(text).unwrap(), names, None).value
}

/// The points that a scoring formula gives.
pub fn score(text: &str, reported: &str, unit: &str) -> String {
    let unit = Unit::parse(unit).unwrap();
    let value = Value::read(reported, &unit).unwrap();
    let subject = Subject {
        value: &value,
        unit: &unit,
    };
    let points = evaluate(&parse(text).unwrap(), &Names::default(), Some(subject)).value;
    points
        .in_unit(&Unit::none())
        .map_or_else(|| format!("{points:?}"), |points| points.exact_text())
}
