//! A formula of the standard as a formula of a sheet. Quantities are computed in base units, as the engine does; what is
//! absent is #N/A, which goes through every operation as absence does; what cannot be computed is any other error.

use formula::{Expr, ExprKind, Formula, Function, LimitRule, Number, Operator, Unit};

use super::layout::{Holds, Layout};
use super::{literal, quoted};
use crate::day::Period;
use crate::standard::{Aspect, Bundle, Dated, TableContent, split_aspect};

/// The longest formula that sheets take, less room for what stands around it.
const LONGEST: usize = 7_000;
/// What cannot be computed and is not merely absent.
pub(super) const UNDEFINED: &str = "SQRT(-1)";
/// What counts as nothing in a comparison of floats.
const NOISE: &str = "1E-12";

/// A part of a sheet's formula, fit to stand among others.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) text: String,
    pub(super) holds: Holds,
}

impl Made {
    pub(super) fn number(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            holds: Holds::Number,
        }
    }

    fn truth(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            holds: Holds::Truth,
        }
    }

    fn of(self, holds: Holds) -> Option<String> {
        (self.holds == holds).then_some(self.text)
    }
}

/// What is scored: the cell of a value, in base units.
pub(super) struct Scored<'a> {
    pub(super) value: Made,
    pub(super) unit: &'a Unit,
}

/// What 总分 stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Total {
    /// What is joined, before bonuses and deductions.
    Joined,
    Full,
    Rounded,
}

/// Writes the formulas of one row; `None` where a sheet has no form for one.
pub(super) struct Writer<'l, 'a> {
    pub(super) layout: &'l Layout<'a>,
    pub(super) row: usize,
    /// The indicator that is being computed.
    pub(super) node: Option<usize>,
    pub(super) total: Total,
}

impl<'l, 'a> Writer<'l, 'a> {
    pub(super) fn formula(&self, formula: &Formula, scored: Option<&Scored<'_>>) -> Option<Made> {
        let inner = Inner {
            writer: self,
            formula,
            scored,
            depth: std::cell::Cell::new(0),
        };
        inner.expr(&formula.body, self.row)
    }

    /// A quantity's cell in base units; blank or a word is absent.
    fn scaled(cell: &str, factor: &Number) -> String {
        if *factor == Number::one() {
            cell.to_owned()
        } else {
            format!("({cell}*{})", bracketed(factor))
        }
    }

    /// What was given for a name.
    pub(super) fn given(&self, name: &str, row: usize) -> Option<Made> {
        let Some((column, cell)) = self.layout.input(name, row) else {
            return Some(Made::number("NA()"));
        };
        let none = [
            self.layout.said("workbook-run-not-applicable"),
            self.layout.said("workbook-run-unverified"),
        ];
        Some(match column.holds {
            Holds::Number => Made::number(format!(
                "IF(ISNUMBER({cell}),{},NA())",
                Self::scaled(&cell, column.factor())
            )),
            Holds::Word => Made {
                text: format!(
                    "IF(OR({cell}=\"\",{cell}={},{cell}={}),NA(),{cell})",
                    quoted(&none[0]),
                    quoted(&none[1])
                ),
                holds: Holds::Word,
            },
            Holds::Truth => Made::truth(format!("IF({cell}=\"是\",TRUE,IF({cell}=\"否\",FALSE,NA()))")),
            Holds::List => return None,
        })
    }

    fn of_node(&self, node: usize, aspect: Aspect, row: usize) -> Option<Made> {
        let rule = self.layout.standard.nodes.get(node)?;
        let leaf = rule.children.is_empty();
        let value = matches!(aspect, Aspect::Value) || (aspect == Aspect::Natural && leaf);
        match aspect {
            Aspect::Weight => Some(Made::number(self.layout.weight(node, row))),
            _ if value && leaf => Some(self.judged(node, self.value(node, row)?)),
            // One with indicators below it has no value of its own.
            _ if value => Some(Made::number("NA()")),
            _ => {
                let column = self.layout.places.points.get(node).copied().flatten()?;
                let cell = self.layout.result(column, row);
                Some(Made::number(format!("IF(ISTEXT({cell}),NA(),{cell})")))
            }
        }
    }

    /// A value as the limits of gates and grades are compared with it.
    fn judged(&self, node: usize, made: Made) -> Made {
        let standard = self.layout.standard;
        let judges = self.node.is_none() && self.total != Total::Joined;
        let rule = standard.nodes.get(node);
        let interval = rule.and_then(|rule| standard.rounding.nodes.get(&rule.code));
        match (rule, interval) {
            (Some(rule), Some(interval))
                if judges
                    && standard.rounding.value_limit == LimitRule::RoundedValue
                    && made.holds == Holds::Number =>
            {
                let step = bracketed(&rule.unit.to_base(interval.value()));
                Made::number(half_even(&made.text, &step))
            }
            _ => made,
        }
    }

    /// The value of an indicator, from its cell.
    pub(super) fn value(&self, node: usize, row: usize) -> Option<Made> {
        let rule = self.layout.standard.nodes.get(node)?;
        let column = self.layout.places.value.get(node).copied().flatten()?;
        let cell = self.layout.result(column, row);
        Some(match self.layout.holds.get(node)? {
            Holds::Number => Made::number(Self::scaled(&cell, rule.unit.factor())),
            Holds::Word => Made {
                text: cell,
                holds: Holds::Word,
            },
            Holds::Truth => Made::truth(format!("IF({cell}=\"是\",TRUE,IF({cell}=\"否\",FALSE,NA()))")),
            Holds::List => return None,
        })
    }

    fn parameter(&self, name: &str, period: Option<Period>, named: bool) -> Option<Made> {
        let standard = self.layout.standard;
        let at = standard
            .parameters
            .iter()
            .position(|parameter| parameter.name == name)?;
        let parameter = standard.parameters.get(at)?;
        let taken = match period {
            Some(period) if named => parameter.take_for(period, self.layout.at),
            period => parameter.take(period, self.layout.at),
        };
        let Ok(taken) = taken else {
            return Some(Made::number(UNDEFINED));
        };
        let dated: &Dated = taken.value;
        dated.value.quantity()?;
        let cell = self.layout.parameter(at, dated)?;
        Some(Made::number(Self::scaled(&cell, parameter.unit.factor())))
    }

    fn name(&self, name: &str, row: usize) -> Option<Made> {
        let layout = self.layout;
        if let Some(places) = &layout.places.total {
            let column = match name {
                "覆盖率" | "coverage" => Some(places.coverage),
                "总分" | "total" => Some(match self.total {
                    Total::Joined => places.joined,
                    Total::Full => places.total,
                    Total::Rounded => places.rounded,
                }),
                _ => None,
            };
            if let Some(column) = column {
                return Some(Made::number(layout.result(column, row)));
            }
        }
        let (code, aspect) = split_aspect(name);
        if let Some(node) = layout.standard.node(code) {
            return self.of_node(node, aspect, row);
        }
        if layout.standard.parameter(name).is_some() {
            let period = layout.units.get(row).and_then(|unit| unit.period);
            return self.parameter(name, period, false);
        }
        if layout.standard.table(name).is_some() {
            return None;
        }
        self.given(name, row)
    }
}

/// The walk through one formula.
pub(super) struct Inner<'w, 'l, 'a> {
    writer: &'w Writer<'l, 'a>,
    formula: &'w Formula,
    scored: Option<&'w Scored<'w>>,
    depth: std::cell::Cell<usize>,
}

impl Inner<'_, '_, '_> {
    pub(super) fn expr(&self, expr: &Expr, row: usize) -> Option<Made> {
        // What goes round in a ring never ends, and a sheet nests no deeper.
        if self.depth.get() > 60 {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let made = self.kind(&expr.kind, row);
        self.depth.set(self.depth.get() - 1);
        made.filter(|made| made.text.len() <= LONGEST)
    }

    pub(super) fn number(&self, expr: &Expr, row: usize) -> Option<String> {
        self.expr(expr, row)?.of(Holds::Number)
    }

    fn truth(&self, expr: &Expr, row: usize) -> Option<String> {
        self.expr(expr, row)?.of(Holds::Truth)
    }

    fn kind(&self, kind: &ExprKind, row: usize) -> Option<Made> {
        Some(match kind {
            ExprKind::Number(number, unit) => {
                let base = unit
                    .as_ref()
                    .map_or_else(|| number.clone(), |unit| unit.to_base(number));
                Made::number(bracketed(&base))
            }
            ExprKind::Text(text) => Made {
                text: quoted(text),
                holds: Holds::Word,
            },
            ExprKind::Truth(truth) => Made::truth(if *truth { "TRUE" } else { "FALSE" }),
            ExprKind::Name(name) => match self.formula.locals.iter().find(|local| local.name == *name) {
                Some(local) => self.expr(&local.body, row)?,
                None => self.writer.name(name, row)?,
            },
            ExprKind::At(name, period) => {
                let own = self.writer.layout.units.get(row).and_then(|unit| unit.period);
                let wanted = match period.as_str() {
                    "上期" | "previous" => own.and_then(Period::before),
                    text => Period::read(text),
                };
                self.writer.parameter(name, Some(wanted?), true)?
            }
            ExprKind::Reported => {
                let node = self.writer.layout.standard.nodes.get(self.writer.node?)?;
                self.writer.given(&node.code, row)?
            }
            ExprKind::Negative(inner) => Made::number(format!("(-{})", self.number(inner, row)?)),
            ExprKind::Not(inner) => Made::truth(format!("NOT({})", self.truth(inner, row)?)),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, row)?,
            ExprKind::If(condition, then, otherwise) => {
                let (then, otherwise) = (self.expr(then, row)?, self.expr(otherwise, row)?);
                if then.holds != otherwise.holds {
                    return None;
                }
                Made {
                    text: format!("IF({},{},{})", self.truth(condition, row)?, then.text, otherwise.text),
                    holds: then.holds,
                }
            }
            ExprKind::Call(function, arguments) => self.call(*function, arguments, row)?,
            ExprKind::LookUp(table, key, column) => self.look_up(table, key, column.as_deref(), row)?,
            ExprKind::Ladder(kind, subject, rungs) => {
                let (value, unit) = match (subject, self.scored) {
                    (Some(subject), _) => (self.expr(subject, row)?, None),
                    (None, Some(scored)) => (scored.value.clone(), Some(scored.unit)),
                    (None, None) => return None,
                };
                match kind {
                    formula::LadderKind::Linear => {
                        Made::number(self.linear(&value.of(Holds::Number)?, rungs, unit, row)?)
                    }
                    formula::LadderKind::Step => self.steps(&value, rungs, unit, row, true)?,
                    formula::LadderKind::Grade => self.steps(&value, rungs, unit, row, false)?,
                }
            }
            ExprKind::In(inner, _) => self.expr(inner, row)?,
            ExprKind::Set(_) | ExprKind::Among(..) => return None,
        })
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, row: usize) -> Option<Made> {
        let (one, other) = (self.expr(left, row)?, self.expr(right, row)?);
        let sign = match operator {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
            Operator::Over => "/",
            Operator::Power => "^",
            Operator::And => {
                return truths(one, other).map(|(one, other)| Made::truth(format!("IF({one},{other},FALSE)")));
            }
            Operator::Or => {
                return truths(one, other).map(|(one, other)| Made::truth(format!("IF({one},TRUE,{other})")));
            }
            Operator::Both | Operator::Either => return None,
            operator => return compared(operator, &one, &other).map(Made::truth),
        };
        let (one, other) = (one.of(Holds::Number)?, other.of(Holds::Number)?);
        Some(Made::number(format!("({one}{sign}{other})")))
    }

    fn call(&self, function: Function, arguments: &[Expr], row: usize) -> Option<Made> {
        let first = arguments.first()?;
        let earlier = |expr: &Expr| match self.writer.layout.before(row) {
            Some(before) => self.expr(expr, before),
            None => Some(Made::number("NA()")),
        };
        let numbers = || {
            let all: Option<Vec<String>> = arguments.iter().map(|argument| self.number(argument, row)).collect();
            all
        };
        let plain = |name: &str| Some(format!("{name}({})", numbers()?.join(",")));
        Some(match function {
            Function::Min => Made::number(plain("MIN")?),
            Function::Max => Made::number(plain("MAX")?),
            Function::Abs => Made::number(plain("ABS")?),
            Function::Ln => Made::number(plain("LN")?),
            Function::Exp => Made::number(plain("EXP")?),
            Function::Sqrt => Made::number(plain("SQRT")?),
            Function::Sum => Made::number(format!("({})", numbers()?.join("+"))),
            Function::Mean => Made::number(format!("(({})/{})", numbers()?.join("+"), arguments.len())),
            Function::Clamp => {
                let [value, low, high] = numbers()?.try_into().ok()?;
                Made::number(format!("MIN(MAX({value},{low}),{high})"))
            }
            Function::Share => {
                let [part, whole] = numbers()?.try_into().ok()?;
                Made::number(format!("({part}/{whole})"))
            }
            Function::Round => {
                let [value, step] = numbers()?.try_into().ok()?;
                Made::number(half_even(&value, &step))
            }
            Function::Count => {
                let counted: Option<Vec<String>> = arguments
                    .iter()
                    .map(|argument| Some(format!("IF({},1,0)", self.truth(argument, row)?)))
                    .collect();
                Made::number(format!("({})", counted?.join("+")))
            }
            Function::Previous => earlier(first)?,
            Function::Growth => {
                let (now, before) = (self.number(first, row)?, earlier(first)?.of(Holds::Number)?);
                Made::number(format!("({now}/{before}-1)"))
            }
            Function::Present => Made::truth(format!("NOT(ISERROR({}))", self.expr(first, row)?.text)),
            Function::OrElse => {
                let (value, other) = (self.expr(first, row)?, self.expr(arguments.get(1)?, row)?);
                Made {
                    text: format!("IFERROR({},{})", value.text, other.text),
                    holds: if value.text == "NA()" { other.holds } else { value.holds },
                }
            }
            Function::Rank | Function::Quantile => return None,
        })
    }

    fn look_up(&self, name: &str, key: &Expr, column: Option<&str>, row: usize) -> Option<Made> {
        let table = self.writer.layout.standard.table(name)?;
        let key = self.expr(key, row)?;
        let found = match &table.content {
            TableContent::Rows { rows, .. } => self.steps(&key, rows, None, row, false)?,
            TableContent::Columns { heads, rows } => {
                let at = match column {
                    Some(column) => heads.iter().position(|(head, _)| head == column)?,
                    None => 0,
                };
                let key = key.of(Holds::Word)?;
                let mut text = UNDEFINED.to_owned();
                for (word, cells) in rows.iter().rev() {
                    let value = bracketed(&cells.get(at)?.quantity()?.number);
                    text = format!("IF({key}={},{value},{text})", quoted(word));
                }
                Made::number(text)
            }
            TableContent::Words(words) => {
                let key = key.of(Holds::Word)?;
                let same: Vec<String> = words.iter().map(|word| format!("{key}={}", quoted(word))).collect();
                Made::truth(format!("OR({})", same.join(",")))
            }
        };
        let found = match &table.bundle {
            Some(bundle) => Made::number(self.bundled(bundle, &found.of(Holds::Number)?)?),
            None => found,
        };
        let Some((when, then)) = &table.above else {
            return Some(found);
        };
        let when = self.writer.formula(&when.formula, None)?.of(Holds::Truth)?;
        let then = bracketed(&then.quantity()?.number);
        let text = format!("IF({when},{then},{})", found.of(Holds::Number)?);
        Some(Made::number(text))
    }

    /// 0 where all of the bundle is open; what is known to be closed decides, whatever else is absent.
    fn bundled(&self, bundle: &Bundle, found: &str) -> Option<String> {
        let conditions: Option<Vec<String>> = bundle
            .of
            .iter()
            .map(|condition| self.writer.formula(&condition.formula, None)?.of(Holds::Truth))
            .collect();
        let conditions = conditions?;
        let closed: Vec<String> = conditions
            .iter()
            .map(|condition| format!("IFERROR(IF({condition},0,1),0)"))
            .collect();
        let otherwise = bracketed(&bundle.otherwise.quantity()?.number);
        let (closed, all) = (closed.join("+"), conditions.join(","));
        Some(format!(
            "IF({found}=0,IF({closed}>0,{otherwise},IF(AND({all}),0,0)),{found})"
        ))
    }
}

fn truths(one: Made, other: Made) -> Option<(String, String)> {
    Some((one.of(Holds::Truth)?, other.of(Holds::Truth)?))
}

/// A comparison; of floats what differs by their noise alone is equal.
pub(super) fn compared(operator: Operator, one: &Made, other: &Made) -> Option<String> {
    let (a, b) = (&one.text, &other.text);
    if one.holds != other.holds {
        return None;
    }
    if one.holds != Holds::Number {
        return match operator {
            Operator::Equal => Some(format!("({a}={b})")),
            Operator::Unequal => Some(format!("({a}<>{b})")),
            _ => None,
        };
    }
    let noise = format!("{NOISE}*(ABS({a})+ABS({b}))");
    Some(match operator {
        Operator::Equal => format!("(ABS({a}-{b})<={noise})"),
        Operator::Unequal => format!("(ABS({a}-{b})>{noise})"),
        Operator::Less => format!("({a}-{b}<-{noise})"),
        Operator::AtMost => format!("({a}-{b}<={noise})"),
        Operator::More => format!("({a}-{b}>{noise})"),
        Operator::AtLeast => format!("({a}-{b}>=-{noise})"),
        _ => return None,
    })
}

/// A number as part of a formula: signs and fractions in brackets.
pub(super) fn bracketed(number: &Number) -> String {
    let text = literal(number);
    if text.starts_with('-') || text.contains('/') {
        format!("({text})")
    } else {
        text
    }
}

/// Rounded to a step, halves to the even one (GB/T 8170).
pub(super) fn half_even(value: &str, step: &str) -> String {
    let steps = format!("({value}/{step})");
    format!("(IF(ABS(ABS({steps}-TRUNC({steps}))-0.5)<1E-9,2*ROUND({steps}/2,0),ROUND({steps},0))*{step})")
}
