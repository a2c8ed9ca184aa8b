//! Which names a formula asks for.

use crate::syntax::{Expr, ExprKind, Formula, Function, Guard};

/// A name that a formula asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name.
    pub name: String,
    /// How many periods back.
    pub back: u8,
    /// Whether it is asked of the whole population.
    pub of_all: bool,
}

impl Formula {
    /// The names it asks the world for, each once for each period; its own names resolved.
    pub fn asks(&self) -> Vec<Asked> {
        let mut walk = Walk {
            formula: self,
            asked: Vec::new(),
            locals: Vec::new(),
        };
        walk.expr(&self.body, 0, false);
        walk.asked
    }

    /// Whether `填报` stands in it.
    pub fn is_reported(&self) -> bool {
        fn within(expr: &Expr) -> bool {
            expr.kind == ExprKind::Reported || expr.parts().into_iter().any(within)
        }
        within(&self.body) || self.locals.iter().any(|local| within(&local.body))
    }
}

struct Walk<'a> {
    formula: &'a Formula,
    asked: Vec<Asked>,
    locals: Vec<(usize, u8, bool)>,
}

impl Walk<'_> {
    fn expr(&mut self, expr: &Expr, back: u8, of_all: bool) {
        match &expr.kind {
            ExprKind::Name(name) | ExprKind::At(name, _) | ExprKind::Among(_, name) => self.name(name, back, of_all),
            ExprKind::Call(Function::Previous, arguments) => {
                for argument in arguments {
                    self.expr(argument, back.saturating_add(1), of_all);
                }
            }
            ExprKind::Call(Function::Growth, arguments) => {
                for argument in arguments {
                    self.expr(argument, back, of_all);
                    self.expr(argument, back.saturating_add(1), of_all);
                }
            }
            ExprKind::Call(Function::Rank, arguments) => {
                for argument in arguments {
                    self.expr(argument, back, true);
                }
            }
            _ => {
                for part in expr.parts() {
                    self.expr(part, back, of_all);
                }
            }
        }
    }

    fn name(&mut self, name: &str, back: u8, of_all: bool) {
        let Some(at) = self.formula.locals.iter().position(|local| local.name == name) else {
            let asked = Asked {
                name: name.to_owned(),
                back,
                of_all,
            };
            if !self.asked.contains(&asked) {
                self.asked.push(asked);
            }
            return;
        };
        if self.locals.contains(&(at, back, of_all)) {
            return;
        }
        self.locals.push((at, back, of_all));
        if let Some(local) = self.formula.locals.get(at) {
            self.expr(&local.body, back, of_all);
        }
    }
}

impl Expr {
    /// The expressions right inside this one.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Negative(inner) | ExprKind::Not(inner) | ExprKind::In(inner, _) => vec![inner],
            ExprKind::LookUp(_, key, _) => vec![key],
            ExprKind::Binary(_, left, right) => vec![left, right],
            ExprKind::If(condition, then, otherwise) => vec![condition, then, otherwise],
            ExprKind::Call(_, arguments) => arguments.iter().collect(),
            ExprKind::Ladder(_, subject, rungs) => {
                let mut parts: Vec<&Expr> = subject.iter().map(|subject| &**subject).collect();
                for rung in rungs {
                    match &rung.guard {
                        Guard::Point(bound) | Guard::Compare(_, bound) => parts.push(bound),
                        Guard::Interval { low, high, .. } => parts.extend([low, high].into_iter().flatten()),
                        Guard::Word(_) | Guard::Otherwise => {}
                    }
                    parts.push(&rung.value);
                }
                parts
            }
            _ => Vec::new(),
        }
    }
}
