//! Before it runs: names, kinds and dimensions. What is not known yet (an input without a declared unit) is let pass;
//! what cannot be right is a fault.

use std::cell::RefCell;

use crate::dimension::Dimension;
use crate::fault::{Fault, FaultKind};
use crate::ladder::bare;
use crate::lex::{Token, keyword};
use crate::near::nearest;
use crate::span::Span;
use crate::syntax::{Expr, ExprKind, Formula, Function, Guard, LadderKind, Operator};
use crate::unit::Unit;
use crate::value::same_word;

/// What a name or an expression can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Not known yet.
    Any,
    /// A quantity; its dimension, where it is known.
    Quantity(Option<Dimension>),
    /// A word; those that it can be, where they are known.
    Word(Vec<String>),
    /// 是, 否.
    Truth,
    /// A list of such.
    List(Box<Kind>),
}

/// What names mean where a formula stands.
pub trait Scope {
    /// The kind of a name; `None` where there is no such name.
    fn kind(&self, name: &str) -> Option<Kind>;
    /// The kind of what a table gives; `None` where there is no such table.
    fn table(&self, name: &str) -> Option<Kind> {
        let _ = name;
        None
    }
    /// All names, for suggestions.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The result of a check: the kind of the result, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What comes out.
    pub kind: Kind,
    /// What is wrong, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Checks a formula. `subject` is what a scoring formula scores: its kind, and the unit of bare numbers.
///
/// ```
/// use formula::{FaultKind, Kind, Scope, Unit, check, parse};
/// struct Names;
/// impl Scope for Names {
///     fn kind(&self, name: &str) -> Option<Kind> {
///         let unit = match name { "产值" => "万元", "产量" => "t", _ => return None };
///         Some(Kind::Quantity(Unit::parse(unit).map(|unit| unit.dimension())))
///     }
/// }
/// let checked = check(&parse("产值 + 产量")?, &Names, None);
/// assert!(matches!(checked.faults[0].kind, FaultKind::UnitMismatch { .. }));
/// # Ok::<(), formula::Fault>(())
/// ```
pub fn check(formula: &Formula, scope: &dyn Scope, subject: Option<(&Kind, &Unit)>) -> Checked {
    let checker = Checker {
        scope,
        formula,
        subject,
        known: RefCell::new(vec![None; formula.locals.len()]),
        under_way: RefCell::default(),
        faults: RefCell::default(),
    };
    let kind = checker.expr(&formula.body);
    for at in 0..formula.locals.len() {
        checker.local(at);
    }
    let mut faults = checker.faults.into_inner();
    faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
    faults.dedup();
    Checked { kind, faults }
}

/// Checks that a formula gives quantities of a unit; what is wrong with that, if anything.
pub fn fits(kind: &Kind, unit: &Unit, span: Span) -> Option<Fault> {
    match kind {
        Kind::Quantity(Some(dimension)) if *dimension != unit.dimension() => {
            let kind = FaultKind::WrongUnit {
                declared: unit.text().to_owned(),
                found: dimension.to_string(),
            };
            Some(Fault::new(kind, span))
        }
        _ => None,
    }
}

pub(crate) struct Checker<'a> {
    scope: &'a dyn Scope,
    formula: &'a Formula,
    pub(crate) subject: Option<(&'a Kind, &'a Unit)>,
    known: RefCell<Vec<Option<Kind>>>,
    under_way: RefCell<Vec<usize>>,
    faults: RefCell<Vec<Fault>>,
}

const PURE: Kind = Kind::Quantity(Some(Dimension::NONE));
const SOME: Kind = Kind::Quantity(None);

impl Checker<'_> {
    pub(crate) fn fault(&self, kind: FaultKind, span: Span) {
        self.faults.borrow_mut().push(Fault::new(kind, span));
    }

    pub(crate) fn expr(&self, expr: &Expr) -> Kind {
        match &expr.kind {
            // Zero is zero of everything.
            ExprKind::Number(number, None) if number.is_zero() => SOME,
            ExprKind::Number(_, unit) => Kind::Quantity(Some(unit.as_ref().map_or(Dimension::NONE, Unit::dimension))),
            ExprKind::Text(text) => Kind::Word(vec![text.clone()]),
            ExprKind::Truth(_) => Kind::Truth,
            ExprKind::Name(name) => self.name(name, expr.span),
            ExprKind::At(name, _) => self.name(name, expr.span),
            ExprKind::Set(words) => Kind::List(Box::new(Kind::Word(words.clone()))),
            ExprKind::Among(words, list) => {
                self.list(&self.name(list, expr.span), expr.span);
                Kind::List(Box::new(Kind::Word(words.clone())))
            }
            ExprKind::Reported => Kind::Any,
            ExprKind::Negative(inner) => self.quantity(inner).map_or(SOME, |d| Kind::Quantity(Some(d))),
            ExprKind::Not(inner) => self.truth(inner),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right, expr.span),
            ExprKind::If(condition, then, otherwise) => {
                self.truth(condition);
                let (then, otherwise) = (self.expr(then), self.expr(otherwise));
                self.joined(then, otherwise, expr.span)
            }
            ExprKind::Call(function, arguments) => self.call(*function, arguments, expr.span),
            ExprKind::LookUp(table, key, _) => {
                self.expr(key);
                self.scope.table(table).unwrap_or_else(|| {
                    self.fault(FaultKind::UnknownTable(table.clone()), expr.span);
                    Kind::Any
                })
            }
            ExprKind::Ladder(kind, subject, rungs) => self.ladder(*kind, subject.as_deref(), rungs, expr.span),
            ExprKind::In(inner, unit) => {
                let kind = self.expr(inner);
                if let Some(fault) = fits(&kind, unit, expr.span) {
                    self.faults.borrow_mut().push(fault);
                }
                Kind::Quantity(Some(unit.dimension()))
            }
        }
    }

    fn name(&self, name: &str, span: Span) -> Kind {
        if let Some(at) = self.formula.locals.iter().position(|local| local.name == name) {
            return self.local(at);
        }
        if let Some(kind) = self.scope.kind(name) {
            return kind;
        }
        let mut names = self.scope.names();
        names.extend(self.formula.locals.iter().map(|local| local.name.clone()));
        let kind = FaultKind::UnknownName {
            name: name.to_owned(),
            near: nearest(name, names.iter().map(String::as_str)),
        };
        self.fault(kind, span);
        Kind::Any
    }

    fn local(&self, at: usize) -> Kind {
        if let Some(Some(kind)) = self.known.borrow().get(at) {
            return kind.clone();
        }
        let Some(local) = self.formula.locals.get(at) else {
            return Kind::Any;
        };
        if self.under_way.borrow().contains(&at) {
            self.fault(FaultKind::Ring(local.name.clone()), local.body.span);
            return Kind::Any;
        }
        self.under_way.borrow_mut().push(at);
        let kind = self.expr(&local.body);
        self.under_way.borrow_mut().pop();
        if let Some(known) = self.known.borrow_mut().get_mut(at) {
            *known = Some(kind.clone());
        }
        kind
    }

    /// The dimension of what must be a quantity; `None` where it is not known.
    pub(crate) fn quantity(&self, expr: &Expr) -> Option<Dimension> {
        let kind = self.expr(expr);
        self.as_quantity(&kind, expr.span)
    }

    pub(crate) fn as_quantity(&self, kind: &Kind, span: Span) -> Option<Dimension> {
        match kind {
            Kind::Quantity(dimension) => *dimension,
            Kind::Any => None,
            _ => {
                self.fault(FaultKind::NotAQuantity, span);
                None
            }
        }
    }

    fn truth(&self, expr: &Expr) -> Kind {
        if !matches!(self.expr(expr), Kind::Truth | Kind::Any) {
            self.fault(FaultKind::NotATruth, expr.span);
        }
        Kind::Truth
    }

    fn list(&self, kind: &Kind, span: Span) {
        if !matches!(kind, Kind::List(_) | Kind::Any | Kind::Word(_)) {
            self.fault(FaultKind::NotAList, span);
        }
    }

    pub(crate) fn same(&self, left: Option<Dimension>, right: Option<Dimension>, span: Span) -> Option<Dimension> {
        if let (Some(left), Some(right)) = (left, right)
            && left != right
        {
            let kind = FaultKind::UnitMismatch {
                left: left.to_string(),
                right: right.to_string(),
            };
            self.fault(kind, span);
        }
        left.or(right)
    }

    /// The kind of what is either the one or the other.
    pub(crate) fn joined(&self, left: Kind, right: Kind, span: Span) -> Kind {
        match (left, right) {
            (Kind::Quantity(left), Kind::Quantity(right)) => Kind::Quantity(self.same(left, right, span)),
            (Kind::Word(mut left), Kind::Word(right)) => {
                left.extend(right);
                Kind::Word(left)
            }
            (left, right) if left == right => left,
            (Kind::Any, _) | (_, Kind::Any) => Kind::Any,
            // Lists of other things, lists of unknown ones.
            (Kind::List(_), Kind::List(_)) => Kind::List(Box::new(Kind::Any)),
            _ => {
                self.fault(FaultKind::MixedKinds, span);
                Kind::Any
            }
        }
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, span: Span) -> Kind {
        match operator {
            Operator::And | Operator::Or => {
                self.truth(left);
                self.truth(right);
                Kind::Truth
            }
            Operator::Both | Operator::Either => {
                let (first, second) = (self.expr(left), self.expr(right));
                self.list(&first, left.span);
                self.list(&second, right.span);
                if matches!(first, Kind::List(_)) {
                    first
                } else {
                    Kind::List(Box::new(Kind::Any))
                }
            }
            Operator::Equal | Operator::Unequal => {
                let (first, second) = (self.expr(left), self.expr(right));
                self.comparable(&first, &second, span);
                Kind::Truth
            }
            Operator::Power => self.power(left, right),
            _ => {
                let (first, second) = (self.quantity(left), self.quantity(right));
                let both = first.zip(second);
                match operator {
                    Operator::Times => Kind::Quantity(both.map(|(left, right)| left.times(right))),
                    Operator::Over => Kind::Quantity(both.map(|(left, right)| left.over(right))),
                    Operator::Plus | Operator::Minus => Kind::Quantity(self.same(first, second, span)),
                    _ => {
                        self.same(first, second, span);
                        Kind::Truth
                    }
                }
            }
        }
    }

    fn comparable(&self, left: &Kind, right: &Kind, span: Span) {
        match (left, right) {
            (Kind::Quantity(left), Kind::Quantity(right)) => {
                self.same(*left, *right, span);
            }
            (Kind::Word(known), Kind::Word(word)) | (Kind::Word(word), Kind::Word(known))
                if word.len() == 1 && known.len() > 1 =>
            {
                let Some(word) = word.first() else { return };
                if !known.iter().any(|known| same_word(known, word)) {
                    let kind = FaultKind::UnknownWord {
                        word: word.clone(),
                        known: known.join("、"),
                    };
                    self.fault(kind, span);
                }
            }
            (Kind::Word(known), Kind::Truth) | (Kind::Truth, Kind::Word(known)) => {
                let truths = known.iter().all(|word| matches!(keyword(word), Some(Token::Truth(_))));
                if !truths {
                    let kind = FaultKind::UnknownWord {
                        word: "是".to_owned(),
                        known: known.join("、"),
                    };
                    self.fault(kind, span);
                }
            }
            (Kind::Quantity(_), Kind::Word(_) | Kind::Truth) | (Kind::Word(_) | Kind::Truth, Kind::Quantity(_)) => {
                self.fault(FaultKind::NotAQuantity, span);
            }
            _ => {}
        }
    }

    fn power(&self, base: &Expr, exponent: &Expr) -> Kind {
        let dimension = self.quantity(base);
        if let Some(found) = self.quantity(exponent).filter(|found| !found.is_none()) {
            let kind = FaultKind::UnitInFunction {
                function: "^",
                found: found.to_string(),
            };
            self.fault(kind, exponent.span);
        }
        match dimension {
            Some(dimension) if !dimension.is_none() => {
                let whole = bare(exponent).and_then(|number| number.to_i64());
                match whole.and_then(|whole| i8::try_from(whole).ok()) {
                    Some(whole) => Kind::Quantity(Some(dimension.power(whole))),
                    None => {
                        self.fault(FaultKind::UnclearPower, exponent.span);
                        SOME
                    }
                }
            }
            Some(_) => PURE,
            None => SOME,
        }
    }

    fn call(&self, function: Function, arguments: &[Expr], span: Span) -> Kind {
        let Some(first) = arguments.first() else {
            return Kind::Any;
        };
        match function {
            Function::Previous => self.expr(first),
            Function::Growth | Function::Rank => {
                self.quantity(first);
                PURE
            }
            Function::Present => {
                self.expr(first);
                Kind::Truth
            }
            Function::OrElse => {
                let kinds: Vec<Kind> = arguments.iter().map(|argument| self.expr(argument)).collect();
                kinds
                    .into_iter()
                    .reduce(|left, right| self.joined(left, right, span))
                    .unwrap_or(Kind::Any)
            }
            Function::Count => {
                for argument in arguments {
                    let kind = self.expr(argument);
                    if arguments.len() > 1 && !matches!(kind, Kind::Truth | Kind::Any) {
                        self.fault(FaultKind::NotATruth, argument.span);
                    } else if matches!(kind, Kind::Quantity(_)) {
                        self.fault(FaultKind::NotAList, argument.span);
                    }
                }
                PURE
            }
            Function::Share => {
                let dimensions: Vec<_> = arguments.iter().map(|argument| self.quantity(argument)).collect();
                if let [part, whole] = dimensions.as_slice() {
                    self.same(*part, *whole, span);
                }
                PURE
            }
            Function::Abs => self.quantity(first).map_or(SOME, |d| Kind::Quantity(Some(d))),
            Function::Ln | Function::Exp => {
                if let Some(found) = self.quantity(first).filter(|found| !found.is_none()) {
                    let kind = FaultKind::UnitInFunction {
                        function: function.names().1,
                        found: found.to_string(),
                    };
                    self.fault(kind, first.span);
                }
                PURE
            }
            Function::Sqrt => match self.quantity(first).map(Dimension::root) {
                Some(Some(dimension)) => Kind::Quantity(Some(dimension)),
                Some(None) => {
                    self.fault(FaultKind::UnclearPower, first.span);
                    SOME
                }
                None => SOME,
            },
            Function::Quantile => {
                let inner = match self.expr(first) {
                    Kind::List(inner) => *inner,
                    Kind::Any => Kind::Any,
                    kind @ Kind::Quantity(_) => kind,
                    _ => {
                        self.fault(FaultKind::NotAList, first.span);
                        Kind::Any
                    }
                };
                if let Some(share) = arguments.get(1) {
                    let dimension = self.quantity(share);
                    self.same(dimension, Some(Dimension::NONE), share.span);
                }
                self.as_quantity(&inner, first.span)
                    .map_or(SOME, |d| Kind::Quantity(Some(d)))
            }
            Function::Min | Function::Max | Function::Sum | Function::Mean | Function::Clamp | Function::Round => {
                let mut dimension = None;
                for argument in arguments {
                    let kind = match self.expr(argument) {
                        Kind::List(inner) => *inner,
                        kind => kind,
                    };
                    let found = self.as_quantity(&kind, argument.span);
                    dimension = self.same(dimension, found, argument.span);
                }
                Kind::Quantity(dimension)
            }
        }
    }
}

/// The words that a scoring ladder knows, where the formula is one: what may be reported.
pub fn words_of(formula: &Formula) -> Vec<String> {
    match &formula.body.kind {
        ExprKind::Ladder(LadderKind::Grade, _, rungs) => rungs
            .iter()
            .filter_map(|rung| match &rung.guard {
                Guard::Word(word) => Some(word.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
