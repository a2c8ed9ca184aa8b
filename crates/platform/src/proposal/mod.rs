//! Changes of the list: proposed with a reason, put to those affected, approved by both ministries, then a new version.
//!
//! Nothing takes effect before the approval numbers of 商务部 and 市场监管总局 are entered (商资发〔2024〕314号 六、组织保障:
//! 动态更新标准化建设工作任务及相关清单，履行相关程序后部署实施). The old version stays citable, and obligations keep their history.
//!
//! # Words
//! - **proposal** 调整提案: changes of one list, on the base of one version of it. Everybody sees its **shell** (number,
//!   kinds of changes, state); reason, text and changes are a draft until it is **published**.
//! - **opinion** 意见: of a body that was asked, until a day. Who did not answer is recorded as silent, not as agreeing.
//! - **approval** 批准: the number and date of a ministry's document. **effect** 生效: version n + 1, in one commit.
//! - **affected** places: those whose obligations begin, end, or are worded anew.

pub mod change;
pub mod command;
pub mod decide;
pub mod demo;
pub mod event;
pub mod facts;
pub mod plan;
pub mod prefill;
pub mod query;
pub mod rows;
pub mod state;
