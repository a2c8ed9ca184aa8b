//! The evaluation sheet as a workbook that computes itself: a row for each place; behind it how each figure came about, and
//! behind that every row that is counted. Whoever changes a row sees the score change.

use super::{
    document::Setting,
    evaluation::{Bundle, Measured, PlaceInput, Scale, counted, days, on_time},
    evaluation_sheet::{formula, name, points, shown},
    explanation::Explanation,
    fraction::Fraction,
};
use crate::place::query::Place;
use language::{Lang, date, t};
use rust_decimal::Decimal;
use sheet::{Cell, Column, Kind, Paper, TableLayout, WriteError};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// The sheet as an XLSX file. The same bundle gives the same bytes.
pub fn xlsx(
    setting: &Setting<'_>,
    bundle: &Bundle,
    places: &BTreeMap<String, Place>,
    explanations: &BTreeMap<String, Explanation>,
) -> Result<Vec<u8>, WriteError> {
    let book = Book {
        lang: setting.lang,
        bundle,
        names: bundle
            .inputs
            .iter()
            .map(|input| {
                places
                    .get(&input.place)
                    .map_or_else(|| input.place.clone(), |p| setting.first(&p.short_name()).to_owned())
            })
            .collect(),
    };
    let (basis, basis_rows, lines) = book.basis();
    let (working, working_rows) = book.working(&basis, &lines);
    let (sheet, rows) = book.sheet(&working, explanations);
    sheet::write_with(&sheet, &rows, &[(working, working_rows), (basis, basis_rows)])
}

/// What of a place is counted, each kind on lines of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Firm,
    Sentence,
    Output,
    Milestone,
}

impl Counted {
    const ALL: [Self; 4] = [Self::Firm, Self::Sentence, Self::Output, Self::Milestone];

    /// What an indicator counts, and in which column of the rows it stands.
    const fn of(measured: Measured) -> (Self, char) {
        match measured {
            Measured::Delivered => (Self::Firm, 'H'),
            Measured::Reported => (Self::Firm, 'I'),
            Measured::Held => (Self::Firm, 'J'),
            Measured::FirstReportDays => (Self::Firm, 'G'),
            Measured::UnlistedOutputs => (Self::Output, 'D'),
            Measured::MeasuresTakenUp => (Self::Sentence, 'K'),
            Measured::MilestonesOnTime => (Self::Milestone, 'L'),
        }
    }
}

/// The lines of the rows of each place, in the order of [`Counted::ALL`]; nothing where there are none.
type Lines = Vec<[Option<RangeInclusive<u32>>; 4]>;

struct Book<'a> {
    lang: Lang,
    bundle: &'a Bundle,
    names: Vec<String>,
}

/// The line of the first row below the head, as a sheet numbers it.
fn first_line(layout: &TableLayout) -> u32 {
    layout.head_row() + 2
}

fn line(first: u32, index: usize) -> u32 {
    first + u32::try_from(index).unwrap_or(u32::MAX - first)
}

fn number(count: usize) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn flag(holds: bool) -> Cell {
    Cell::Integer(i64::from(holds))
}

/// A formula, and what it gives.
fn live(formula: String, value: String) -> Cell {
    Cell::Formula { formula, value }
}

/// A fraction as a sheet computes it.
fn computed(value: Option<Fraction>) -> String {
    value.map_or_else(String::new, |v| v.rounded(12).normalize().to_string())
}

impl Book<'_> {
    fn layout(&self, id: &str, title: String, columns: Vec<Column>) -> TableLayout {
        let lang = self.lang;
        let mut layout = TableLayout::new(id, &title, self.bundle.as_of, columns);
        layout.paper = Paper::A3;
        layout.page_of = t!(lang, "frame-page-of", page = "{page}", pages = "{pages}");
        layout.notes = vec![
            t!(lang, "evaluation-weights"),
            t!(lang, "frame-as-of") + " " + &date(lang, self.bundle.as_of),
        ];
        if self.bundle.demo {
            layout.notes.insert(0, t!(lang, "report-demo"));
        }
        layout
    }

    /// Every row that is counted, place by place and kind by kind.
    fn basis(&self) -> (TableLayout, Vec<Vec<Cell>>, Lines) {
        let lang = self.lang;
        let layout = self.layout(
            "evaluation-basis",
            t!(lang, "evaluation-basis"),
            vec![
                Column::new("code", &t!(lang, "evaluation-code"), Kind::Text).width(10),
                Column::new("place", &t!(lang, "report-column-place"), Kind::Text).width(12),
                Column::new("kind", &t!(lang, "report-column-group"), Kind::Text).width(18),
                Column::new("id", &t!(lang, "words-id"), Kind::Text).width(24),
                Column::new("from", &t!(lang, "evaluation-from"), Kind::Date).width(14),
                Column::new("reported-on", &t!(lang, "evaluation-until"), Kind::Date).width(14),
                Column::new("days", &t!(lang, "evaluation-days-column"), Kind::Integer).width(10),
                Column::new("delivered", &t!(lang, "evaluation-delivered"), Kind::Integer).width(12),
                Column::new("reported", &t!(lang, "evaluation-reported"), Kind::Integer).width(12),
                Column::new("held", &t!(lang, "evaluation-held"), Kind::Integer).width(12),
                Column::new("taken-up", &t!(lang, "evaluation-taken-up"), Kind::Integer).width(12),
                Column::new("on-time", &t!(lang, "evaluation-on-time"), Kind::Integer).width(12),
            ],
        );
        let (first, mut rows, mut lines) = (first_line(&layout), Vec::new(), Lines::new());
        for (input, name) in self.bundle.inputs.iter().zip(&self.names) {
            lines.push(Counted::ALL.map(|kind| {
                let begin = line(first, rows.len());
                rows.extend(self.counted(input, name, kind));
                let end = line(first, rows.len());
                (end > begin).then(|| begin..=end - 1)
            }));
        }
        (layout, rows, lines)
    }

    /// The rows of one kind of one place.
    fn counted(&self, input: &PlaceInput, name: &str, kind: Counted) -> Vec<Vec<Cell>> {
        let word = match kind {
            Counted::Firm => t!(self.lang, "report-group-firm"),
            Counted::Sentence => t!(self.lang, "report-group-sentences"),
            Counted::Output => t!(self.lang, "report-outputs-unlisted"),
            Counted::Milestone => t!(self.lang, "report-column-next"),
        };
        let row = |id: &str, cells: [Cell; 8]| {
            let head = [
                Cell::Text(input.place.clone()),
                Cell::Text(name.to_owned()),
                Cell::Text(word.clone()),
                Cell::Text(id.to_owned()),
            ];
            head.into_iter().chain(cells).collect::<Vec<_>>()
        };
        let nothing = || Cell::Empty;
        match kind {
            Counted::Firm => input
                .firm
                .iter()
                .map(|o| {
                    row(
                        &o.id,
                        [
                            Cell::Date(o.issued),
                            o.first_report.map_or(Cell::Empty, Cell::Date),
                            o.first_report
                                .map_or(Cell::Empty, |day| Cell::Integer(days(o.issued, day))),
                            flag(o.delivered),
                            flag(o.first_report.is_some()),
                            flag(o.held),
                            nothing(),
                            nothing(),
                        ],
                    )
                })
                .collect(),
            Counted::Sentence => input
                .sentences
                .iter()
                .map(|(id, taken)| {
                    let mut cells = [0; 8].map(|_| Cell::Empty);
                    cells[6] = flag(*taken);
                    row(id, cells)
                })
                .collect(),
            Counted::Output => input
                .unlisted_outputs
                .iter()
                .map(|id| row(id, [0; 8].map(|_| Cell::Empty)))
                .collect(),
            Counted::Milestone => input
                .milestones
                .iter()
                .flatten()
                .enumerate()
                .map(|(index, (due, reached))| {
                    let mut cells = [0; 8].map(|_| Cell::Empty);
                    cells[0] = Cell::Date(*due);
                    cells[1] = reached.map_or(Cell::Empty, Cell::Date);
                    cells[7] = flag(on_time(*due, *reached));
                    row(&(index + 1).to_string(), cells)
                })
                .collect(),
        }
    }

    /// How each figure came about: numerator, denominator, value, part, points.
    fn working(&self, basis: &TableLayout, lines: &Lines) -> (TableLayout, Vec<Vec<Cell>>) {
        let lang = self.lang;
        let layout = self.layout(
            "evaluation-working",
            t!(lang, "evaluation-working"),
            vec![
                Column::new("code", &t!(lang, "evaluation-code"), Kind::Text).width(10),
                Column::new("place", &t!(lang, "report-column-place"), Kind::Text).width(12),
                Column::new("indicator", &t!(lang, "evaluation-indicator"), Kind::Text).width(34),
                Column::new("part-of", &t!(lang, "evaluation-numerator"), Kind::Integer).width(10),
                Column::new("whole", &t!(lang, "evaluation-denominator"), Kind::Integer).width(10),
                Column::new("value", &t!(lang, "evaluation-value"), Kind::Decimal).width(14),
                Column::new("full", &t!(lang, "evaluation-full"), Kind::Integer).width(10),
                Column::new("none", &t!(lang, "evaluation-none"), Kind::Integer).width(10),
                Column::new("part", &t!(lang, "evaluation-part"), Kind::Decimal).width(14),
                Column::new("weight", &t!(lang, "evaluation-weight"), Kind::Integer).width(10),
                Column::new("points", &t!(lang, "evaluation-score"), Kind::Decimal).width(14),
                Column::new("formula", &t!(lang, "evaluation-formula"), Kind::Text).width(40),
                Column::new("scale", &t!(lang, "evaluation-points"), Kind::Text).width(40),
            ],
        );
        let source = quoted(&basis.title);
        let (first, mut rows) = (first_line(&layout), Vec::new());
        let places = self
            .bundle
            .inputs
            .iter()
            .zip(&self.bundle.results)
            .zip(&self.names)
            .zip(lines);
        for (((input, result), name), lines) in places {
            for (indicator, value) in self.bundle.method.indicators.iter().zip(&result.values) {
                let at = line(first, rows.len());
                let (kind, column) = Counted::of(indicator.id);
                let range = |column: char| {
                    lines[kind as usize]
                        .as_ref()
                        .map(|lines| format!("{source}!{column}{}:{column}{}", lines.start(), lines.end()))
                };
                let tally = |function: &str, column: char, count: usize| match range(column) {
                    Some(range) => live(format!("={function}({range})"), count.to_string()),
                    None => number(0),
                };
                let share = counted(indicator.id, input);
                let reported = || input.firm.iter().filter(|o| o.first_report.is_some()).count();
                let unknown = indicator.id == Measured::MilestonesOnTime && input.milestones.is_none();
                let (above, below, gives) = match indicator.id {
                    _ if unknown => (Cell::Empty, Cell::Empty, None),
                    Measured::FirstReportDays => (
                        tally("COUNT", column, reported()),
                        tally("COUNTA", 'D', input.firm.len()),
                        range(column).map(|range| format!("=IF(D{at}=0,\"\",MEDIAN({range}))")),
                    ),
                    Measured::UnlistedOutputs => (
                        tally("COUNTA", column, input.unlisted_outputs.len()),
                        Cell::Empty,
                        Some(format!("=D{at}")),
                    ),
                    _ => {
                        let (part, whole) = share.unwrap_or_default();
                        (
                            tally("SUM", column, part),
                            tally("COUNTA", 'D', whole),
                            Some(format!("=IF(E{at}=0,\"\",D{at}/E{at})")),
                        )
                    }
                };
                let part = match indicator.scale {
                    Scale::Share => format!("F{at}"),
                    Scale::Count => format!("F{at}/G{at}"),
                    Scale::Days => format!("(H{at}-F{at})/(H{at}-G{at})"),
                };
                let earned = value
                    .part
                    .and_then(|part| part.times(Fraction::new(indicator.weight, 1)?))
                    .unwrap_or(Fraction::ZERO);
                rows.push(vec![
                    Cell::Text(input.place.clone()),
                    Cell::Text(name.clone()),
                    Cell::Text(self::name(lang, indicator).to_owned()),
                    above,
                    below,
                    gives.map_or(Cell::Empty, |formula| live(formula, computed(value.value))),
                    indicator.full.map_or(Cell::Empty, Cell::Integer),
                    indicator.none.map_or(Cell::Empty, Cell::Integer),
                    live(
                        format!("=IF(F{at}=\"\",\"\",MAX(0,MIN(1,{part})))"),
                        computed(value.part),
                    ),
                    Cell::Integer(indicator.weight),
                    live(format!("=IF(I{at}=\"\",0,I{at}*J{at})"), computed(Some(earned))),
                    Cell::Text(formula(lang, indicator).to_owned()),
                    Cell::Text(points(lang, indicator)),
                ]);
            }
        }
        (layout, rows)
    }

    /// A row for each place, a column for each indicator; the score is the sum of the points behind it.
    fn sheet(
        &self,
        working: &TableLayout,
        explanations: &BTreeMap<String, Explanation>,
    ) -> (TableLayout, Vec<Vec<Cell>>) {
        let lang = self.lang;
        let indicators = &self.bundle.method.indicators;
        let mut columns = vec![Column::new("place", &t!(lang, "report-column-place"), Kind::Text).width(14)];
        for (index, indicator) in indicators.iter().enumerate() {
            let help = format!("{}\n{}", formula(lang, indicator), points(lang, indicator));
            columns.push(
                Column::new(&format!("indicator-{index}"), name(lang, indicator), Kind::Text)
                    .width(18)
                    .help(&help),
            );
        }
        columns.push(Column::new("score", &t!(lang, "evaluation-score"), Kind::Decimal).width(12));
        columns.push(Column::new("explanation", &t!(lang, "evaluation-explanation"), Kind::Text).width(48));
        let mut layout = self.layout("evaluation", t!(lang, "evaluation-title"), columns);
        layout.notes.push(t!(lang, "evaluation-live"));
        let (source, first) = (quoted(&working.title), first_line(working));
        let rows = self
            .bundle
            .results
            .iter()
            .zip(&self.names)
            .enumerate()
            .map(|(index, (result, name))| {
                let at = |indicator: usize| line(first, index * indicators.len() + indicator);
                let mut cells = vec![Cell::Text(name.clone())];
                for (which, (indicator, value)) in indicators.iter().zip(&result.values).enumerate() {
                    let from = format!("{source}!F{}", at(which));
                    let says = match indicator.scale {
                        Scale::Share => format!("TEXT({from},\"0.0%\")"),
                        Scale::Days => format!("ROUND({from},1)"),
                        Scale::Count => from.clone(),
                    };
                    let none = t!(lang, "evaluation-no-value");
                    let value = match (indicator.scale, value.value) {
                        (Scale::Days | Scale::Count, Some(exact)) => exact.rounded(1).normalize().to_string(),
                        (Scale::Share, Some(exact)) => {
                            format!("{:.1}%", exact.rounded(3) * Decimal::ONE_HUNDRED)
                        }
                        (_, None) => shown(lang, indicator, value),
                    };
                    cells.push(live(format!("=IF({from}=\"\",\"{none}\",{says})"), value));
                }
                let sum = format!("=ROUND(SUM({source}!K{}:K{}),1)", at(0), at(indicators.len() - 1));
                cells.push(live(sum, result.score_rounded.clone()));
                let explained = explanations.get(&result.place);
                cells.push(explained.map_or(Cell::Empty, |e| Cell::Text(e.text.clone())));
                cells
            })
            .collect();
        (layout, rows)
    }
}

/// The name of a sheet as a formula refers to it.
fn quoted(title: &str) -> String {
    format!("'{title}'")
}
