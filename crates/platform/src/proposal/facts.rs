//! Single questions about proposals that decisions and clocks need.

use super::state::Stand;
use crate::{refusal::Result, running::Platform};
use jiff::civil::Date;
use ledger::{AsOf, Value};

/// Ids of the proposals whose time for opinions is over on a day.
pub async fn due(platform: &Platform, day: Date) -> Result<Vec<String>> {
    let (time, at) = AsOf::day(day).condition("p", 1);
    let sql = format!("SELECT p.id FROM proposal p WHERE p.state = $3 AND p.until < $4 AND {time} ORDER BY p.id");
    let mut values: Vec<Value> = at.to_vec();
    values.extend([Stand::Opinions.id().into(), day.into()]);
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter().map(|row| Ok(row.text("id")?)).collect()
}

/// The highest number that a proposal to a list has; 0 before the first.
pub async fn highest_number(platform: &Platform, list: &str) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(max(number), 0) AS BIGINT) AS n FROM proposal WHERE list = $1";
    Ok(platform.ledger().count(sql, vec![list.into()]).await?)
}
