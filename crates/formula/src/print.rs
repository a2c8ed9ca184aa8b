//! A tree as text again: in the Chinese form of standards, or in the ASCII form of rule packs. What is printed reads
//! back as the same tree.

use crate::lex::Token;
use crate::lex::{canonical_name, is_plain_name, keyword};
use crate::syntax::{Expr, ExprKind, Formula, Guard, LadderKind, NOT_BINDING, Operator, Rung, SIGN_BINDING};

/// How a formula is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `若 a ≥ 1 且 b 则 a × 2 否则 0`.
    Chinese,
    /// `if a >= 1 and b then a * 2 else 0`.
    Ascii,
}

/// What stands for a name, where something does: its value, in an explanation.
type Stand<'a> = &'a dyn Fn(&str) -> Option<String>;

struct Printer<'a> {
    style: Style,
    stand: Option<Stand<'a>>,
    out: String,
}

impl Formula {
    /// The formula as text.
    pub fn print(&self, style: Style) -> String {
        let mut printer = Printer::new(style, None);
        printer.top(&self.body);
        for local in &self.locals {
            printer.out.push_str("; ");
            printer.name(&local.name);
            printer.out.push_str(" = ");
            printer.top(&local.body);
        }
        printer.out
    }
}

impl Expr {
    /// The expression as text.
    pub fn print(&self, style: Style) -> String {
        let mut printer = Printer::new(style, None);
        printer.top(self);
        printer.out
    }

    /// The expression with values in place of names (公式代入): `412 ÷ 640`.
    ///
    /// ```
    /// use formula::{Style, parse};
    /// let formula = parse("甲 ÷ (甲 + 乙)")?;
    /// let shown = formula.body.with_values(Style::Chinese, &|name| (name == "甲").then(|| "3 t".to_owned()));
    /// assert_eq!(shown, "3 t ÷ (3 t + 乙)");
    /// # Ok::<(), formula::Fault>(())
    /// ```
    pub fn with_values(&self, style: Style, value_of: &dyn Fn(&str) -> Option<String>) -> String {
        let mut printer = Printer::new(style, Some(value_of));
        printer.top(self);
        printer.out
    }
}

impl<'a> Printer<'a> {
    const fn new(style: Style, stand: Option<Stand<'a>>) -> Self {
        Self {
            style,
            stand,
            out: String::new(),
        }
    }

    fn chinese(&self) -> bool {
        self.style == Style::Chinese
    }

    fn pick(&mut self, chinese: &str, ascii: &str) {
        let text = if self.chinese() { chinese } else { ascii };
        self.out.push_str(text);
    }

    fn top(&mut self, expr: &Expr) {
        if let ExprKind::In(inner, unit) = &expr.kind {
            self.expr(inner, 0);
            self.out.push_str(&format!(" [{}]", unit.text()));
        } else {
            self.expr(expr, 0);
        }
    }

    fn bracketed(&mut self, needed: bool, inside: impl FnOnce(&mut Self)) {
        if needed {
            self.out.push('(');
        }
        inside(self);
        if needed {
            self.out.push(')');
        }
    }

    fn expr(&mut self, expr: &Expr, least: u8) {
        match &expr.kind {
            ExprKind::Number(number, unit) => {
                self.out.push_str(&number.exact_text());
                if let Some(unit) = unit.as_ref().filter(|unit| !unit.is_none()) {
                    self.out.push_str(&format!(" {}", unit.text()));
                }
            }
            ExprKind::Text(text) => self.text(text),
            ExprKind::Truth(true) => self.pick("是", "yes"),
            ExprKind::Truth(false) => self.pick("否", "no"),
            ExprKind::Name(name) => self.valued(name, |printer| printer.name(name)),
            ExprKind::At(name, period) => {
                let whole = format!("{name}@{period}");
                self.valued(&whole, |printer| {
                    printer.name(name);
                    printer.out.push('@');
                    printer.out.push_str(period);
                });
            }
            ExprKind::Set(words) => self.set(words),
            ExprKind::Among(words, list) => {
                self.set(words);
                self.out.push(' ');
                self.name(list);
            }
            ExprKind::Reported => self.pick("填报", "reported"),
            ExprKind::Negative(inner) => self.bracketed(SIGN_BINDING < least, |printer| {
                printer.pick("−", "-");
                printer.expr(inner, SIGN_BINDING);
            }),
            ExprKind::Not(inner) => self.bracketed(NOT_BINDING < least, |printer| {
                printer.pick("非 ", "not ");
                printer.expr(inner, NOT_BINDING);
            }),
            ExprKind::Binary(operator, left, right) => {
                let own = operator.binding();
                self.bracketed(own < least, |printer| {
                    let right_first = *operator == Operator::Power;
                    let alone = right_first || operator.compares();
                    printer.expr(left, if alone { own + 1 } else { own });
                    let (chinese, ascii) = operator.forms();
                    printer.out.push(' ');
                    printer.pick(chinese, ascii);
                    printer.out.push(' ');
                    printer.expr(right, if right_first { own } else { own + 1 });
                });
            }
            ExprKind::If(condition, then, otherwise) => self.bracketed(least > 0, |printer| {
                printer.pick("若 ", "if ");
                printer.expr(condition, 0);
                printer.pick(" 则 ", " then ");
                printer.expr(then, 0);
                printer.pick(" 否则 ", " else ");
                printer.expr(otherwise, 0);
            }),
            ExprKind::Call(function, arguments) => {
                let (chinese, latin) = function.names();
                self.pick(chinese, latin);
                self.out.push('(');
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        self.out.push_str(", ");
                    }
                    self.expr(argument, 0);
                }
                self.out.push(')');
            }
            ExprKind::LookUp(table, key, column) => {
                self.pick("查(", "lookup(");
                self.word(table);
                self.out.push_str(", ");
                self.expr(key, 0);
                if let Some(column) = column {
                    self.out.push_str(", ");
                    self.word(column);
                }
                self.out.push(')');
            }
            ExprKind::Ladder(kind, subject, rungs) => self.ladder(*kind, subject.as_deref(), rungs),
            ExprKind::In(..) => {
                self.out.push('(');
                self.top(expr);
                self.out.push(')');
            }
        }
    }

    fn ladder(&mut self, kind: LadderKind, subject: Option<&Expr>, rungs: &[Rung]) {
        let (chinese, latin) = kind.names();
        self.pick(chinese, latin);
        self.out.push('(');
        if let Some(subject) = subject {
            self.expr(subject, 0);
            self.out.push_str(", ");
        }
        let grade = kind == LadderKind::Grade;
        if grade {
            self.out.push('{');
        }
        for (at, rung) in rungs.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.guard(&rung.guard);
            if grade {
                self.out.push_str(": ");
            } else {
                self.pick("→", "->");
            }
            self.expr(&rung.value, 0);
        }
        if grade {
            self.out.push('}');
        }
        self.out.push(')');
    }

    fn guard(&mut self, guard: &Guard) {
        match guard {
            Guard::Point(point) => self.expr(point, 0),
            Guard::Compare(operator, bound) => {
                let (chinese, ascii) = operator.forms();
                self.pick(chinese, ascii);
                self.expr(bound, Operator::Plus.binding());
            }
            Guard::Interval {
                low,
                low_closed,
                high,
                high_closed,
            } => {
                self.out.push(if *low_closed { '[' } else { '(' });
                match low {
                    Some(low) => self.expr(low, 0),
                    None => self.out.push_str("-∞"),
                }
                self.out.push_str(", ");
                match high {
                    Some(high) => self.expr(high, 0),
                    None => self.out.push('∞'),
                }
                self.out.push(if *high_closed { ']' } else { ')' });
            }
            Guard::Word(word) => self.word(word),
            Guard::Otherwise => self.pick("其余", "otherwise"),
        }
    }

    fn valued(&mut self, name: &str, otherwise: impl FnOnce(&mut Self)) {
        match self.stand.and_then(|stand| stand(name)) {
            Some(value) => self.out.push_str(&value),
            None => otherwise(self),
        }
    }

    fn set(&mut self, words: &[String]) {
        self.out.push('{');
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.word(word);
        }
        self.out.push('}');
    }

    fn word(&mut self, word: &str) {
        if is_plain_name(word) || matches!(keyword(word), Some(Token::Truth(_))) {
            self.out.push_str(word);
        } else {
            self.text(word);
        }
    }

    fn name(&mut self, name: &str) {
        if let Some((base, filters)) = name.split_once('[')
            && is_plain_name(base)
            && canonical_name(name) == name
            && let Some(inside) = filters.strip_suffix(']')
        {
            let shown: Vec<String> = inside
                .split(',')
                .filter_map(|part| part.split_once('='))
                .map(|(key, value)| format!("{key}=\"{value}\""))
                .collect();
            self.out.push_str(&format!("{base}[{}]", shown.join(", ")));
        } else if is_plain_name(name) {
            self.out.push_str(name);
        } else {
            self.out.push_str(&format!("`{name}`"));
        }
    }

    fn text(&mut self, text: &str) {
        let (open, close) = if !text.contains('"') {
            ('"', '"')
        } else if !text.contains('”') {
            ('“', '”')
        } else {
            ('「', '」')
        };
        self.out.push(open);
        self.out.push_str(text);
        self.out.push(close);
    }
}
