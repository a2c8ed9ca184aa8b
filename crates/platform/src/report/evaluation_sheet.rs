//! The evaluation sheet as a workbook: a row for each place, a column for each indicator, the notice above.

use super::{
    document::Setting,
    evaluation::{Bundle, Indicator, Scale, Value},
    explanation::Explanation,
};
use crate::place::query::Place;
use language::{Lang, date, percent, t};
use rust_decimal::Decimal;
use sheet::{Cell, Column, Kind, Paper, TableLayout, WriteError};
use std::collections::BTreeMap;

/// The name of an indicator.
pub fn name(lang: Lang, indicator: &Indicator) -> &str {
    match lang {
        Lang::Zh => &indicator.name.zh,
        Lang::En => indicator.name.en.as_ref().unwrap_or(&indicator.name.zh),
    }
}

/// A value as people read it, rounded once: a share in percent, days, a count.
pub fn shown(lang: Lang, indicator: &Indicator, value: &Value) -> String {
    let Some(exact) = value.value else {
        return t!(lang, "evaluation-no-value");
    };
    match indicator.scale {
        // Rounded once, when it is shown: a thousandth of a share is a tenth of a percent.
        Scale::Share => percent(exact.rounded(3), 1),
        Scale::Days => t!(lang, "evaluation-days", days = exact.rounded(1).normalize()),
        Scale::Count => language::number(exact.rounded(0)),
    }
}

/// The sheet as an XLSX file. The same bundle gives the same bytes.
pub fn xlsx(
    setting: &Setting<'_>,
    bundle: &Bundle,
    places: &BTreeMap<String, Place>,
    explanations: &BTreeMap<String, Explanation>,
) -> Result<Vec<u8>, WriteError> {
    let lang = setting.lang;
    let mut columns = vec![Column::new("place", &t!(lang, "report-column-place"), Kind::Text).width(14)];
    for (index, indicator) in bundle.method.indicators.iter().enumerate() {
        let help = format!(
            "{}: {} · {}: {}",
            t!(lang, "evaluation-formula"),
            indicator.formula,
            t!(lang, "evaluation-weight"),
            indicator.weight
        );
        columns.push(
            Column::new(&format!("indicator-{index}"), name(lang, indicator), Kind::Text)
                .width(18)
                .help(&help),
        );
    }
    columns.push(Column::new("score", &t!(lang, "evaluation-score"), Kind::Decimal).width(12));
    columns.push(Column::new("explanation", &t!(lang, "evaluation-explanation"), Kind::Text).width(48));
    let mut layout = TableLayout::new("evaluation", &t!(lang, "evaluation-title"), bundle.as_of, columns);
    layout.paper = Paper::A3;
    layout.page_of = t!(lang, "frame-page-of", page = "{page}", pages = "{pages}");
    layout.notes = vec![
        t!(lang, "evaluation-weights"),
        t!(lang, "frame-as-of") + " " + &date(lang, bundle.as_of),
    ];
    if bundle.demo {
        layout.notes.insert(0, t!(lang, "report-demo"));
    }
    let rows: Vec<Vec<Cell>> = bundle
        .results
        .iter()
        .map(|result| {
            let place = places
                .get(&result.place)
                .map_or_else(|| result.place.clone(), |p| setting.first(&p.short_name()).to_owned());
            let mut cells = vec![Cell::Text(place)];
            cells.extend(
                bundle
                    .method
                    .indicators
                    .iter()
                    .zip(&result.values)
                    .map(|(i, v)| Cell::Text(shown(lang, i, v))),
            );
            cells.push(
                result
                    .score_rounded
                    .parse::<Decimal>()
                    .map_or(Cell::Empty, Cell::Decimal),
            );
            cells.push(
                explanations
                    .get(&result.place)
                    .map_or(Cell::Empty, |e| Cell::Text(e.text.clone())),
            );
            cells
        })
        .collect();
    sheet::write(&layout, &rows)
}
