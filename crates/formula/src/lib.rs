//! A small total language of formulas: names in Chinese or Latin letters, units, dates, decimals. Parse, check,
//! evaluate exactly or by columns, explain. Rule packs and indicators share it; it does not know what it is used for.
//!
//! Every formula ends: there are no loops and no recursion, size and depth are bounded, and no input makes it panic.
//! Numbers are rationals; what cannot be rational carries sixty digits and says so. What has no value is
//! [`Value::Absent`] with its reason and never becomes zero by itself.
//!
//! # Words
//!
//! - **formula**: an expression and the names it defines for itself.
//! - **quantity**: a number of base units with its **dimension**; a **unit** is read with the number before it.
//! - **ladder**: a value by steps: 线性 between points, 阶梯 from point to point, 等级 by word.
//! - **world**: what a formula may ask; a **scope**: what names mean before anything runs.
//! - **fault**: what is wrong with a formula, with its place and the message that says how to mend it.
//! - **absence**: why there is no value.
//!
//! # Example
//!
//! ```
//! use formula::{Number, Subject, Unit, Value, World, evaluate, parse};
//!
//! struct Plant;
//! impl World for Plant {
//!     fn value(&self, name: &str, _: u8) -> Value {
//!         match name {
//!             "设备数[联网=5G]" => Value::pure(Number::from(412)),
//!             "设备数" => Value::pure(Number::from(640)),
//!             _ => Value::missing(name, ""),
//!         }
//!     }
//! }
//!
//! let percent = Unit::parse("%").unwrap();
//! let share = evaluate(&parse(r#"设备数[联网="5G"] ÷ 设备数"#)?, &Plant, None).value;
//! let score = parse("线性(0→0, 80 %→100)")?;
//! let scored = Subject { value: &share, unit: &percent };
//! let points = evaluate(&score, &Plant, Some(scored)).value;
//! assert_eq!(points.in_unit(&Unit::none()).unwrap().exact_text(), "80.46875");
//! # Ok::<(), formula::Fault>(())
//! ```

mod arithmetic;
mod check;
mod check_ladder;
mod column_functions;
mod column_ladder;
mod column_operators;
mod columns;
mod dimension;
mod evaluate;
mod fault;
mod functions;
mod ladder;
mod lanes;
mod lex;
mod names;
mod near;
mod number;
mod parse;
mod parse_ladder;
mod print;
mod rounding;
mod span;
mod syntax;
mod unit;
mod unit_table;
mod value;

pub use check::{Checked, Kind, Scope, check, fits, words_of};
pub use columns::{ColumnSubject, ColumnWorld, columns};
pub use dimension::Dimension;
pub use evaluate::{Evaluation, Subject, Used, World, evaluate};
pub use fault::{Expectation, Fault, FaultKind};
pub use ladder::{first_row, rows_that_hold};
pub use lanes::{LANES, LaneKind, Lanes, ROUNDOFF, State};
pub use lex::canonical_name;
pub use names::Asked;
pub use number::{Number, NumberError};
pub use parse::{parse, parse_unit};
pub use parse_ladder::parse_rung;
pub use print::Style;
pub use rounding::{Interval, LimitRule};
pub use span::Span;
pub use syntax::{Expr, ExprKind, Formula, Function, Guard, LadderKind, Local, Operator, Rung};
pub use unit::Unit;
pub use value::{Absence, Quantity, Undefined, Value, Why, same_word};
