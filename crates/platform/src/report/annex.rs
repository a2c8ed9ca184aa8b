//! The annex of a report: every obligation as a row of a workbook, in the ministry's order of columns.

use super::{
    document::{Setting, called, data_until, title, whose},
    monthly::{Group, Report},
};
use crate::obligation::query::Obligation;
use language::t;
use sheet::{Cell, Column, Kind, Paper, TableLayout, WriteError};

/// The annex as an XLSX file. The same report gives the same bytes.
pub fn xlsx(setting: &Setting<'_>, report: &Report) -> Result<Vec<u8>, WriteError> {
    let (layout, rows) = annex(setting, report);
    sheet::write(&layout, &rows)
}

/// The annex as a table: 序号·任务·类别·承担地·承担角色·状态·阶段·在谁手里·自何时·下一节点·期限·成果·编号·来源.
pub fn annex(setting: &Setting<'_>, report: &Report) -> (TableLayout, Vec<Vec<Cell>>) {
    let lang = setting.lang;
    let columns = vec![
        Column::new("ordinal", &t!(lang, "report-column-ordinal"), Kind::Integer).width(6),
        Column::new("task", &t!(lang, "report-column-task"), Kind::Text).width(48),
        Column::new("tier", &t!(lang, "report-column-group"), Kind::Text).width(14),
        Column::new("place", &t!(lang, "report-column-place"), Kind::Text).width(12),
        Column::new("part", &t!(lang, "report-column-part"), Kind::Text).width(12),
        Column::new("state", &t!(lang, "report-column-state"), Kind::Text).width(12),
        Column::new("stage", &t!(lang, "report-column-stage"), Kind::Text).width(16),
        Column::new("holder", &t!(lang, "report-column-holder"), Kind::Text).width(24),
        Column::new("since", &t!(lang, "report-column-since"), Kind::Date).width(12),
        Column::new("next", &t!(lang, "report-column-next"), Kind::Text).width(20),
        Column::new("due", &t!(lang, "report-column-due"), Kind::Date).width(12),
        Column::new("output", &t!(lang, "report-column-output"), Kind::Text).width(30),
        Column::new("designation", &t!(lang, "report-column-designation"), Kind::Text).width(20),
        Column::new("source", &t!(lang, "report-column-source"), Kind::Text).width(30),
    ];
    let mut layout = TableLayout::new("report-annex", &title(setting, report), report.as_of(), columns);
    layout.list_version = report.data.version.to_string();
    layout.paper = Paper::A3;
    layout.page_of = t!(lang, "frame-page-of", page = "{page}", pages = "{pages}");
    layout.notes = vec![t!(
        lang,
        "report-note",
        version = report.data.version.to_string(),
        instant = data_until(lang, report)
    )];
    if report.demo() {
        layout.notes.insert(0, t!(lang, "report-demo"));
    }
    let mut obligations: Vec<&Obligation> = report.data.now.iter().collect();
    obligations.sort_by(|a, b| {
        (Group::of(a), a.number, &a.subject, &a.place).cmp(&(Group::of(b), b.number, &b.subject, &b.place))
    });
    let rows = obligations
        .into_iter()
        .enumerate()
        .map(|(index, o)| row(setting, report, index, o))
        .collect();
    (layout, rows)
}

fn row(setting: &Setting<'_>, report: &Report, index: usize, o: &Obligation) -> Vec<Cell> {
    let lang = setting.lang;
    let text = |text: &str| {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text.to_owned())
        }
    };
    let word = |kind: &str, id: &str| {
        if id.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(setting.word(kind, id))
        }
    };
    let holder = [
        setting.first(&o.holder.organization_name),
        setting.first(&o.holder.desk_name),
    ]
    .into_iter()
    .filter(|n| !n.is_empty())
    .collect::<Vec<_>>()
    .join(" · ");
    let stage = o.stage.split('.').next().unwrap_or_default();
    let stage = if o.stage.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(format!("{} {}", o.stage, setting.word("stage", stage)))
    };
    let mark = if o.demo {
        t!(lang, "report-demo-mark")
    } else {
        String::new()
    };
    let designation = o.delivered.as_ref().map(|d| {
        d.designation
            .clone()
            .unwrap_or_else(|| t!(lang, "report-number-unknown"))
    });
    vec![
        Cell::Integer(i64::try_from(index + 1).unwrap_or(i64::MAX)),
        Cell::Link {
            text: format!("{mark}{}", called(setting, o)),
            url: setting.url(&format!("/obligations/{}?as_of={}", o.id, report.as_of())),
        },
        match Group::of(o) {
            Group::Sentences => Cell::Text(t!(lang, "report-group-sentences")),
            Group::Firm | Group::Willing => word("tier", &o.tier),
        },
        text(&whose(setting, report, o)),
        word("part", &o.part),
        word("state", &o.state),
        stage,
        text(&holder),
        o.holder.since.map_or(Cell::Empty, Cell::Date),
        o.next.as_ref().map_or(Cell::Empty, |n| text(setting.first(&n.name))),
        o.next.as_ref().map_or(Cell::Empty, |n| Cell::Date(n.due)),
        o.delivered
            .as_ref()
            .map_or(Cell::Empty, |d| text(setting.first(&d.title))),
        designation.map_or(Cell::Empty, Cell::Text),
        report.data.sources.get(&o.id).map_or(Cell::Empty, |s| text(s)),
    ]
}
