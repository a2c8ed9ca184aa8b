//! A formula as a tree. Two trees are the same where they say the same, wherever they stand.

use crate::number::Number;
use crate::span::Span;
use crate::unit::Unit;

/// A formula: an expression, and the names it defines for itself after `;`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// What is computed.
    pub body: Expr,
    /// `; 能耗强度 = 综合能耗 ÷ 产值`.
    pub locals: Vec<Local>,
}

/// A name that a formula defines for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub body: Expr,
}

/// An expression and its place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}
impl Eq for Expr {}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `42.652 GJ/t`; without a unit where none is written.
    Number(Number, Option<Unit>),
    /// `"5G"`.
    Text(String),
    /// `是`, `否`.
    Truth(bool),
    /// A name, its filters with it: `设备数[联网=5G]`.
    Name(String),
    /// `EF_电@2022`.
    At(String, String),
    /// `{MES, ERP, PLM}`.
    Set(Vec<String>),
    /// `{MES, ERP} 已集成`: those of the set that are in the list.
    Among(Vec<String>, String),
    /// `填报`: what the unit reports itself.
    Reported,
    /// `−x`.
    Negative(Box<Expr>),
    /// `非 x`.
    Not(Box<Expr>),
    /// `a + b`.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `若 a 则 b 否则 c`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `min(a, b)`.
    Call(Function, Vec<Expr>),
    /// `查(表, 键)`, and perhaps a column of the table.
    LookUp(String, Box<Expr>, Option<String>),
    /// `线性(x, a→0, b→100)`; without a subject the value that is scored.
    Ladder(LadderKind, Option<Box<Expr>>, Vec<Rung>),
    /// `a + b [tCO2]`: in this unit.
    In(Box<Expr>, Unit),
}

/// What stands between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`.
    Plus,
    /// `−`.
    Minus,
    /// `×`.
    Times,
    /// `÷`.
    Over,
    /// `^`.
    Power,
    /// `=`.
    Equal,
    /// `≠`.
    Unequal,
    /// `<`.
    Less,
    /// `≤`.
    AtMost,
    /// `>`.
    More,
    /// `≥`.
    AtLeast,
    /// `且`.
    And,
    /// `或`.
    Or,
    /// `∩`.
    Both,
    /// `∪`.
    Either,
}

impl Operator {
    /// Whether it compares.
    pub const fn compares(self) -> bool {
        matches!(
            self,
            Self::Equal | Self::Unequal | Self::Less | Self::AtMost | Self::More | Self::AtLeast
        )
    }

    /// How tightly it binds.
    pub(crate) const fn binding(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::Unequal | Self::Less | Self::AtMost | Self::More | Self::AtLeast => 4,
            Self::Both | Self::Either => 5,
            Self::Plus | Self::Minus => 6,
            Self::Times | Self::Over => 7,
            Self::Power => 9,
        }
    }

    /// Chinese form, ASCII form.
    pub(crate) const fn forms(self) -> (&'static str, &'static str) {
        match self {
            Self::Plus => ("+", "+"),
            Self::Minus => ("−", "-"),
            Self::Times => ("×", "*"),
            Self::Over => ("÷", "/"),
            Self::Power => ("^", "^"),
            Self::Equal => ("=", "="),
            Self::Unequal => ("≠", "!="),
            Self::Less => ("<", "<"),
            Self::AtMost => ("≤", "<="),
            Self::More => (">", ">"),
            Self::AtLeast => ("≥", ">="),
            Self::And => ("且", "and"),
            Self::Or => ("或", "or"),
            Self::Both => ("∩", "&"),
            Self::Either => ("∪", "|"),
        }
    }
}

/// How tightly `非` binds, and a sign.
pub(crate) const NOT_BINDING: u8 = 3;
pub(crate) const SIGN_BINDING: u8 = 8;

/// How a ladder climbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LadderKind {
    /// 线性: straight lines between points, level outside.
    Linear,
    /// 阶梯: each rung holds from its own point up to the next; a rung with a condition holds where it says.
    Step,
    /// 等级: a value for each word.
    Grade,
}

impl LadderKind {
    /// Chinese name, Latin name.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Linear => ("线性", "linear"),
            Self::Step => ("阶梯", "step"),
            Self::Grade => ("等级", "grade"),
        }
    }
}

/// One rung of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Where it holds.
    pub guard: Guard,
    /// What it gives.
    pub value: Expr,
}

/// Where a rung holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// `60 % → …`: at this point.
    Point(Expr),
    /// `≥2 → …`.
    Compare(Operator, Expr),
    /// `[50 %, 100 %) → …`.
    Interval {
        /// Lower end; `None` without one (−∞).
        low: Option<Expr>,
        /// Whether the lower end belongs to it.
        low_closed: bool,
        /// Upper end; `None` without one (∞).
        high: Option<Expr>,
        /// Whether the upper end belongs to it.
        high_closed: bool,
    },
    /// `公网共享: …`.
    Word(String),
    /// `其余 → …`.
    Otherwise,
}

/// The functions. Their number is closed: what is not here cannot be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// Smallest.
    Min,
    /// Largest.
    Max,
    /// A value held between two ends.
    Clamp,
    /// Without its sign.
    Abs,
    /// Natural logarithm.
    Ln,
    /// e to the power of.
    Exp,
    /// Square root.
    Sqrt,
    /// Sum of arguments or of a list.
    Sum,
    /// Mean of arguments or of a list.
    Mean,
    /// How many of a list, or how many of the arguments hold.
    Count,
    /// A part of a whole.
    Share,
    /// The same in the previous period.
    Previous,
    /// Growth over the previous period.
    Growth,
    /// Rank among all units; 1 is the largest.
    Rank,
    /// Quantile of a list of samples (linear between order statistics).
    Quantile,
    /// Rounded after GB/T 8170 to an interval.
    Round,
    /// Whether there is a value.
    Present,
    /// A value, or another where there is none.
    OrElse,
}

/// What each function is called, and how many arguments it takes.
const FUNCTIONS: [(Function, &str, &str, usize, usize); 18] = [
    (Function::Min, "最小", "min", 1, 255),
    (Function::Max, "最大", "max", 1, 255),
    (Function::Clamp, "截断", "clamp", 3, 3),
    (Function::Abs, "绝对值", "abs", 1, 1),
    (Function::Ln, "ln", "ln", 1, 1),
    (Function::Exp, "exp", "exp", 1, 1),
    (Function::Sqrt, "sqrt", "sqrt", 1, 1),
    (Function::Sum, "合计", "sum", 1, 255),
    (Function::Mean, "平均", "mean", 1, 255),
    (Function::Count, "计数", "count", 1, 255),
    (Function::Share, "占比", "share", 2, 2),
    (Function::Previous, "上期", "previous", 1, 1),
    (Function::Growth, "同比", "growth", 1, 1),
    (Function::Rank, "排名", "rank", 1, 1),
    (Function::Quantile, "分位", "quantile", 2, 2),
    (Function::Round, "修约", "round", 2, 2),
    (Function::Present, "有值", "present", 1, 1),
    (Function::OrElse, "缺省", "or_else", 2, 2),
];

impl Function {
    /// The function of a name in either language.
    pub fn of_name(name: &str) -> Option<Self> {
        FUNCTIONS
            .iter()
            .find(|row| row.1 == name || row.2 == name)
            .map(|row| row.0)
    }

    fn row(self) -> (&'static str, &'static str, usize, usize) {
        FUNCTIONS
            .iter()
            .find(|row| row.0 == self)
            .map_or(("", "", 0, 0), |row| (row.1, row.2, row.3, row.4))
    }

    /// Chinese name, Latin name. `min` and its like are customary in Chinese standards too.
    pub fn names(self) -> (&'static str, &'static str) {
        let (chinese, latin, _, _) = self.row();
        match self {
            Self::Min | Self::Max | Self::Clamp | Self::Abs => (latin, latin),
            _ => (chinese, latin),
        }
    }

    /// Fewest and most arguments.
    pub fn arity(self) -> (usize, usize) {
        let (_, _, fewest, most) = self.row();
        (fewest, most)
    }

    /// Every name of a function, for suggestions.
    pub fn all_names() -> impl Iterator<Item = &'static str> {
        FUNCTIONS.iter().flat_map(|row| [row.1, row.2])
    }
}
