//! Laws that hold for every formula and every number.

use crate::support::Names;
use formula::{
    Expr, ExprKind, Formula, Function, Guard, Interval, LadderKind, Local, Number, Operator, Rung, Span, Style, Unit,
    Value, check, evaluate, parse,
};
use proptest::prelude::*;

fn expr(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: Span::default(),
    }
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "产值",
        "A1.1",
        "C1.1.得分",
        "x_2",
        "5G设备",
        "设备数[联网=5G]",
        "否",
        "a b",
        "能耗强度",
    ])
    .prop_map(str::to_owned)
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["MES", "公网共享", "是", "5G", "a\"b", "混合 专网", "其余"]).prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = ExprKind> {
    let unit = prop::option::of(prop::sample::select(vec![
        "%",
        "t",
        "万元",
        "GJ/t",
        "kgCO2/kWh",
        "ms",
        "元/人",
        "万Nm³",
        "kg/(t·km)",
    ]));
    (0_u32..1_000_000, 0_i32..6, unit).prop_map(|(digits, places, unit)| {
        let number = Number::parse(&format!("{digits}e-{places}")).unwrap();
        ExprKind::Number(number, unit.map(|unit| Unit::parse(unit).unwrap()))
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        4 => number(),
        4 => name().prop_map(ExprKind::Name),
        1 => word().prop_map(ExprKind::Text),
        1 => any::<bool>().prop_map(ExprKind::Truth),
        1 => name().prop_map(|name| ExprKind::At(name, "2022-07".to_owned())),
        1 => prop::collection::vec(word(), 0..3).prop_map(ExprKind::Set),
        1 => (prop::collection::vec(word(), 1..3), name()).prop_map(|(set, list)| ExprKind::Among(set, list)),
        1 => Just(ExprKind::Reported),
    ]
    .prop_map(expr)
}

const OPERATORS: [Operator; 15] = [
    Operator::Plus,
    Operator::Minus,
    Operator::Times,
    Operator::Over,
    Operator::Power,
    Operator::Equal,
    Operator::Unequal,
    Operator::Less,
    Operator::AtMost,
    Operator::More,
    Operator::AtLeast,
    Operator::And,
    Operator::Or,
    Operator::Both,
    Operator::Either,
];

const FUNCTIONS: [Function; 6] = [
    Function::Min,
    Function::Sum,
    Function::Abs,
    Function::Previous,
    Function::Present,
    Function::Count,
];

fn guard(inner: impl Strategy<Value = Expr> + Clone + 'static) -> BoxedStrategy<Guard> {
    // A lone word before `→` is a word, not a point.
    let point = inner.clone().prop_filter("a word", |expr| {
        !matches!(expr.kind, ExprKind::Text(_) | ExprKind::Truth(_))
    });
    let ends = (inner.clone(), any::<bool>(), inner.clone(), any::<bool>());
    prop_oneof![
        point.prop_map(Guard::Point),
        inner.prop_map(|limit| Guard::Compare(Operator::AtLeast, limit)),
        ends.prop_map(|(low, low_closed, high, high_closed)| Guard::Interval {
            low: Some(low),
            low_closed,
            high: Some(high),
            high_closed
        }),
        Just(Guard::Otherwise),
    ]
    .boxed()
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 48, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let rungs = prop::collection::vec(
            (guard(inner.clone()), inner.clone()).prop_map(|(guard, value)| Rung { guard, value }),
            1..3,
        );
        let grades = prop::collection::vec(
            (word(), inner.clone()).prop_map(|(word, value)| Rung {
                guard: Guard::Word(word),
                value,
            }),
            1..3,
        );
        prop_oneof![
            6 => (prop::sample::select(OPERATORS.to_vec()), boxed(), boxed())
                .prop_map(|(operator, left, right)| ExprKind::Binary(operator, left, right)),
            2 => boxed().prop_map(ExprKind::Negative),
            1 => boxed().prop_map(ExprKind::Not),
            1 => (boxed(), boxed(), boxed()).prop_map(|(a, b, c)| ExprKind::If(a, b, c)),
            1 => (prop::sample::select(FUNCTIONS.to_vec()), inner.clone())
                .prop_map(|(function, argument)| ExprKind::Call(function, vec![argument])),
            1 => (boxed(), Just("系数".to_owned()))
                .prop_map(|(key, table)| ExprKind::LookUp(table, key, Some("a b".to_owned()))),
            1 => (prop::option::of(boxed()), rungs)
                .prop_map(|(subject, rungs)| ExprKind::Ladder(LadderKind::Step, subject, rungs)),
            1 => (prop::option::of(boxed()), grades)
                .prop_map(|(subject, rungs)| ExprKind::Ladder(LadderKind::Grade, subject, rungs)),
            1 => boxed().prop_map(|inner| ExprKind::In(inner, Unit::parse("tCO2").unwrap())),
        ]
        .prop_map(expr)
    })
}

fn formula_of() -> impl Strategy<Value = Formula> {
    (tree(), prop::option::of(tree())).prop_map(|(body, local)| Formula {
        body,
        locals: local
            .map(|body| Local {
                name: "能耗强度".to_owned(),
                body,
            })
            .into_iter()
            .collect(),
    })
}

/// A number as a fraction of small integers: the slow reference.
fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Slow(i128, i128);

impl Slow {
    fn new(above: i128, below: i128) -> Option<Self> {
        if below == 0 {
            return None;
        }
        let divisor = gcd(above, below) * below.signum();
        Some(Self(above / divisor, below / divisor))
    }
    fn apply(operator: Operator, a: Self, b: Self) -> Option<Self> {
        match operator {
            Operator::Plus => Self::new(
                a.0.checked_mul(b.1)?.checked_add(b.0.checked_mul(a.1)?)?,
                a.1.checked_mul(b.1)?,
            ),
            Operator::Minus => Self::apply(Operator::Plus, a, Self(-b.0, b.1)),
            Operator::Times => Self::new(a.0.checked_mul(b.0)?, a.1.checked_mul(b.1)?),
            _ => Self::new(a.0.checked_mul(b.1)?, a.1.checked_mul(b.0)?),
        }
    }
}

#[derive(Debug, Clone)]
enum Sum {
    Leaf(i64),
    Node(Operator, Box<Sum>, Box<Sum>),
}

fn sum() -> impl Strategy<Value = Sum> {
    let four = vec![Operator::Plus, Operator::Minus, Operator::Times, Operator::Over];
    (-50_i64..50)
        .prop_map(Sum::Leaf)
        .prop_recursive(4, 16, 2, move |inner| {
            (prop::sample::select(four.clone()), inner.clone(), inner)
                .prop_map(|(operator, a, b)| Sum::Node(operator, Box::new(a), Box::new(b)))
        })
}

impl Sum {
    fn expr(&self) -> Expr {
        expr(match self {
            Self::Leaf(value) if *value < 0 => {
                ExprKind::Negative(Box::new(expr(ExprKind::Number(Number::from(-value), None))))
            }
            Self::Leaf(value) => ExprKind::Number(Number::from(*value), None),
            Self::Node(operator, a, b) => ExprKind::Binary(*operator, Box::new(a.expr()), Box::new(b.expr())),
        })
    }
    fn slow(&self) -> Option<Slow> {
        match self {
            Self::Leaf(value) => Slow::new(i128::from(*value), 1),
            Self::Node(operator, a, b) => Slow::apply(*operator, a.slow()?, b.slow()?),
        }
    }
}

fn decimal() -> impl Strategy<Value = Number> {
    (any::<i32>(), 0_i32..9).prop_map(|(digits, places)| Number::parse(&format!("{digits}e-{places}")).unwrap())
}

fn interval() -> impl Strategy<Value = Interval> {
    (prop::sample::select(vec![1_i64, 2, 5]), -5_i32..4).prop_map(|(lead, ten)| {
        let value = Number::parse(&format!("{lead}e{ten}")).unwrap();
        Interval::new(&value).unwrap()
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(formula in formula_of()) {
        for style in [Style::Chinese, Style::Ascii] {
            let text = formula.print(style);
            let again = parse(&text).map_err(|fault| TestCaseError::fail(format!("{text}: {fault:?}")))?;
            prop_assert_eq!(&again, &formula, "{}", text);
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in r#"[a-c产值若则否且或非是0-9 .,;:%×÷+\-^=<≥()\[\]{}→"“@|&∞查线性阶梯等级合计上期]{0,60}"#) {
        if let Ok(formula) = parse(&text) {
            let names = Names::of(&[("a", "3 t"), ("b", "0"), ("产值", "5 万元"), ("c", "甲；乙")]);
            let _ = evaluate(&formula, &names, None);
            let _ = check(&formula, &names, None);
        }
    }

    #[test]
    fn any_text_at_all_is_read_or_refused(text in any::<String>()) {
        let _ = parse(&text);
        let _ = Unit::parse(&text);
        let _ = Value::read(&text, &Unit::none());
        let _ = formula::parse_rung(&text);
    }

    #[test]
    fn generated_formulas_run_and_are_checked_without_panic(formula in formula_of()) {
        let names = Names::of(&[("产值", "5 万元"), ("x_2", "3"), ("A1.1", "12 %"), ("a b", "甲；乙")]);
        let _ = evaluate(&formula, &names, None);
        let _ = check(&formula, &names, None);
    }

    #[test]
    fn the_exact_way_agrees_with_plain_fractions(sum in sum()) {
        let formula = Formula { body: sum.expr(), locals: Vec::new() };
        let value = evaluate(&formula, &Names::default(), None).value;
        if let Some(Slow(above, below)) = sum.slow() {
            let wanted = Number::from(i64::try_from(above).unwrap_or(0)).over(&Number::from(i64::try_from(below).unwrap_or(1)));
            if i64::try_from(above).is_ok() && i64::try_from(below).is_ok() {
                prop_assert_eq!(value.in_unit(&Unit::none()), wanted.ok());
            }
        }
    }

    #[test]
    fn what_passes_the_check_never_mixes_units(formula in formula_of()) {
        use formula::{Undefined, Why};
        let names = Names::of(&[
            ("产值", "5 万元"), ("x_2", "3"), ("A1.1", "12 %"), ("a b", "4 t"), ("C1.1.得分", "80"), ("5G设备", "7 个"),
            ("设备数[联网=5G]", "12"), ("否", "2 ms"),
        ]);
        let checked = check(&formula, &names, None);
        if checked.faults.is_empty()
            && let Value::Absent(absence) = evaluate(&formula, &names, None).value
        {
            let mixed = matches!(absence.why, Why::Undefined(Undefined::UnitMismatch { .. }));
            // `填报` has no kind before it runs.
            prop_assert!(!mixed || formula.is_reported(), "{}", formula.print(Style::Chinese));
        }
    }

    #[test]
    fn rounding_is_idempotent_odd_and_within_half_an_interval(value in decimal(), interval in interval()) {
        let rounded = interval.round(&value);
        prop_assert_eq!(&interval.round(&rounded), &rounded);
        prop_assert_eq!(interval.round(&value.negated()), rounded.negated());
        let off = rounded.minus(&value).unwrap().abs();
        prop_assert!(off.plus(&off).unwrap() <= *interval.value());
        let multiple = rounded.over(interval.value()).unwrap();
        prop_assert!(multiple.is_integer());
        if off.plus(&off).unwrap() == *interval.value() {
            prop_assert_eq!(multiple.to_i64().unwrap() % 2, 0);
        }
    }

    #[test]
    fn rounding_keeps_order(a in decimal(), b in decimal(), interval in interval()) {
        prop_assert_eq!(a.cmp(&b).then(std::cmp::Ordering::Equal).is_le(), a <= b);
        if a <= b {
            prop_assert!(interval.round(&a) <= interval.round(&b));
        }
    }

    #[test]
    fn decimals_print_and_read_back(value in decimal()) {
        prop_assert_eq!(Number::parse(&value.exact_text()).unwrap(), value);
    }

    #[test]
    fn floats_become_the_decimal_they_print_as(value in -1.0e12_f64..1.0e12) {
        prop_assert_eq!(Number::from_float(value).unwrap().to_f64().to_bits(), (value + 0.0).to_bits());
    }
}

/// One unit as a block of three lanes.
struct Same<'a> {
    names: &'a Names,
    words: Vec<String>,
}

impl formula::ColumnWorld for Same<'_> {
    fn lanes(&self) -> usize {
        3
    }

    fn value(&self, name: &str, back: u8) -> std::rc::Rc<formula::Lanes> {
        let value = formula::World::value(self.names, name, back);
        std::rc::Rc::new(formula::Lanes::of_value(&value, &|word| self.word(word)).spread(3))
    }

    fn word(&self, text: &str) -> f64 {
        let at = self.words.iter().position(|word| word == text);
        at.map_or(-1.0, |at| at as f64)
    }

    fn words(&self) -> &[String] {
        &self.words
    }
}

/// What a formula over pure numbers is in floats.
fn in_floats(source: &str) -> formula::State {
    let names = Names::of(&[("产值", "3")]);
    let formula = parse(source).unwrap();
    let world = Same {
        names: &names,
        words: Vec::new(),
    };
    formula::columns(&formula, &world, None).state(0)
}

#[test]
fn a_float_that_ran_under_to_zero_is_doubted() {
    for source in ["0.1 ^ 435", "0.1 ^ 200 * 0.1 ^ 200", "0.1 ^ 200 / 10 ^ 200"] {
        assert_eq!(in_floats(source), formula::State::Doubtful, "{source}");
    }
    for source in ["0 ^ 3", "0 * 产值", "0 / 产值", "0.1 ^ 200"] {
        assert_eq!(in_floats(source), formula::State::Present, "{source}");
    }
}

#[test]
fn what_the_right_side_may_decide_is_doubted_beside_an_absent_left_side() {
    for source in ["1 ÷ 0 > 1 且 产值@2022 > 1", "1 ÷ 0 > 1 或 产值@2022 > 1"] {
        assert_eq!(in_floats(source), formula::State::Doubtful, "{source}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn floats_say_what_the_exact_way_says_or_that_they_cannot_tell(body in tree(), number in "[0-9]{1,3}(\\.[0-9]{1,2})?") {
        let names = Names::of(&[
            ("产值", number.as_str()),
            ("A1.1", "12.5"),
            ("C1.1.得分", "80 %"),
            ("x_2", "3 t"),
            ("5G设备", "MES"),
            ("否", "是"),
        ])
        .before(&[("产值", "7"), ("A1.1", "0")]);
        let formula = Formula { body, locals: Vec::new() };
        let exact = evaluate(&formula, &names, None).value;
        let world = Same { names: &names, words: vec!["MES".to_owned()] };
        let lanes = formula::columns(&formula, &world, None);
        for lane in 0..3 {
            match (lanes.state(lane), &exact) {
                (formula::State::Doubtful, _) => {}
                (formula::State::Present, Value::Quantity(quantity)) => {
                    prop_assert_eq!(lanes.kind, formula::LaneKind::Number(quantity.dimension));
                    let wanted = quantity.number.to_f64();
                    let off = (lanes.value(lane) - wanted).abs();
                    prop_assert!(off <= lanes.bound(lane) + 1e-12 * wanted.abs(), "{:?} {}", lanes, wanted);
                }
                (formula::State::Present, Value::Truth(truth)) => {
                    prop_assert_eq!((lanes.kind, lanes.value(lane) > 0.5), (formula::LaneKind::Truth, *truth));
                }
                (formula::State::Present, Value::Word(word)) => {
                    prop_assert!(lanes.kind == formula::LaneKind::Word && (lanes.value(lane) < 0.0) == (word != "MES"));
                }
                (formula::State::Present, other) => prop_assert!(false, "{lanes:?} {other:?}"),
                (state, Value::Absent(absence)) => prop_assert_eq!(state, formula::State::of(&absence.why)),
                (state, other) => prop_assert!(false, "{state:?} {other:?}"),
            }
        }
    }
}
