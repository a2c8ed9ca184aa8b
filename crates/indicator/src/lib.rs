//! Executable standards: check, run, rank, account, explain. The blocks of the text that was consulted, voted and
//! signed are the program; each result opens into the clauses that made it. Pure: no files, no clock.
//!
//! # Words
//!
//! - **standard**: indicators, parameters, tables and rules read from its blocks ([`blocks`], [`read`]).
//! - **indicator** (node): a code with a weight; a leaf has a value and points, one above joins the points below.
//! - **unit**: what is assessed; a **run** takes units through the standard on the day of the report.
//! - **gate** (门槛), **grade** (等级), **coverage** (覆盖率): what a total is judged by.
//! - **finding**: what is wrong with a standard or a cell; **note**: what a result should not be read without.
//!
//! # Example
//!
//! ````
//! use indicator::{blocks, check, read, try_example};
//!
//! let text = r#"
//! ## 4 指标
//! ```指标
//! | 代号 | 名称 | 权重 | 单位 | 取数或公式 | 计分 | 缺失 | 证据 |
//! |------|------|------|------|------------|------|------|------|
//! | A | 按时率 | 1 | % | 按时件数 ÷ 件数 | 线性(50 %→0, 100 %→100) | 失败 | 台账抽样≥30件 |
//! ```
//! ```例
//! 名 = "甲"
//! 输入 = { 按时件数 = 45, 件数 = 50 }
//! 期望 = { "A.值" = "90 %", 总分 = 80 }
//! ```
//! "#;
//! let reading = read(&blocks(text));
//! assert!(reading.findings.is_empty());
//! let tried = try_example(&reading.standard, &reading.standard.examples[0]);
//! assert!(tried[0].findings.is_empty());
//! assert!(check(&reading.standard).iter().all(|finding| finding.severity != indicator::Severity::Error));
//! ````

pub mod analysis;
mod block;
pub mod certificate;
mod check;
mod columns;
mod data;
mod day;
mod dependants;
pub mod disclosure;
mod editions;
mod example;
mod explain;
mod fields;
mod finding;
pub mod footprint;
mod given;
mod import_index;
pub mod index;
mod method;
mod normal;
mod note;
mod outcome;
mod parameter;
mod peers;
mod pipe_table;
mod raw_json;
mod read;
mod read_example;
mod read_indicators;
mod read_judgement;
mod read_parameters;
mod report;
mod run;
mod spread;
mod standard;
mod sums;
mod template;
mod toml_text;
mod trial;
mod uncertainty;
mod verdict;
pub mod weighing;
mod workbook;
mod world;

pub use block::{Block, BlockKind, Blocks, blocks};
pub use check::{check, structure};
pub use columns::{Frame, LiveRun, Told, Wide, WideGrade, WideSettings, run_wide, tells, told};
pub use data::{PERIOD_HEADS, RawUnit, UNIT_HEADS, UnitData, asked_names, understand};
pub use day::Period;
pub use dependants::{Dependants, Edit, Reach};
pub use editions::{Because, Both, Editions, Rule, RuleChange, UnitMove, editions};
pub use example::{Tried, try_example};
pub use explain::{Explanation, NamedValue, explain, outline};
pub use fields::{Field, TRUTHS, Wants, fields};
pub use finding::{Finding, Place, Severity};
pub use formula::{Number, canonical_name, same_word};
pub use given::Given;
pub use import_index::{ImportOptions, import_index};
pub use method::Method;
pub use normal::normal;
pub use note::{Note, absence_said};
pub use outcome::{Computed, NodeResult, Points, UnitResult};
pub use parameter::Taken;
pub use peers::Peers;
pub use raw_json::raw_units;
pub use read::{Reading, read};
pub use report::{NodeReport, Report, UnitReport, report, system};
pub use run::{Settings, run};
pub use spread::Spread;
pub use standard::{
    Adjustment, Aggregation, Bundle, Dated, Direction, Evidence, Example, Gate, Grade, Input, Missing, Mode, NodeRule,
    Parameter, Rounding, Standard, TableContent, TableRule, Variant, Written,
};
pub use trial::{Inputs, Ran, Trial, changed, ran, trial};
pub use uncertainty::{
    BATCHES, Estimate, Factor, FactorIndex, Index, Interval, MOST_POINTS, Model, Pair, PairIndex, Plan, Sensitivity,
    SensitivitySettings, Sequence, Uncertainty, UnitSensitivity, Varies, estimate, estimate_pairs, sampled_nominal,
    sensitivity,
};
pub use verdict::{Demand, Verdict, verdicts};
pub use workbook::{Book, BookCell, BookSheet, FIRST_ROW, workbook};
