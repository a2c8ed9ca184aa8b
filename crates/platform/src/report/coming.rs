//! 下一步 of a report: what is past its day, then what falls due next.

use super::{
    document::{Setting, heading, obligation_link, paragraph, whose},
    docx::{Block, Run},
    monthly::{AHEAD, Report},
};
use crate::obligation::query::Obligation;
use language::{Lang, date, t};

/// Who set a day, as readers of the language know the body; another name is left as it was written.
pub fn set_by(setting: &Setting<'_>, report: &Report, written: &str) -> String {
    let demo = written.strip_suffix("（演示）");
    let known = report
        .data
        .bodies
        .values()
        .find(|body| body.zh == demo.unwrap_or(written));
    match (setting.lang, known.and_then(|body| body.en.as_ref())) {
        (Lang::En, Some(en)) if demo.is_some() => t!(setting.lang, "report-body-demo", name = en),
        (Lang::En, Some(en)) => en.clone(),
        _ => written.to_owned(),
    }
}

/// What is past its day, then what falls due next.
pub fn blocks(setting: &Setting<'_>, report: &Report) -> Vec<Block> {
    let lang = setting.lang;
    let mut blocks = vec![heading(t!(lang, "report-due"))];
    blocks.push(Block::Heading(2, t!(lang, "report-overdue")));
    match &report.overdue {
        None => blocks.push(paragraph(t!(lang, "report-overdue-unseen"))),
        Some(overdue) if overdue.rows.is_empty() => blocks.push(paragraph(t!(lang, "report-overdue-none"))),
        Some(overdue) => blocks.push(Block::Table {
            widths: vec![30, 13, 17, 16, 10, 14],
            head: vec![
                t!(lang, "report-column-task"),
                t!(lang, "report-column-place"),
                t!(lang, "report-column-next"),
                t!(lang, "report-column-due"),
                t!(lang, "report-column-past"),
                t!(lang, "report-column-set-by"),
            ],
            rows: rows_due(setting, report, &overdue.rows, true),
        }),
    }
    blocks.push(Block::Heading(2, t!(lang, "report-coming")));
    blocks.push(paragraph(horizon(setting, report)));
    if !report.due.is_empty() {
        blocks.push(Block::Table {
            widths: vec![34, 14, 20, 18, 14],
            head: vec![
                t!(lang, "report-column-task"),
                t!(lang, "report-column-place"),
                t!(lang, "report-column-next"),
                t!(lang, "report-column-due"),
                t!(lang, "report-column-set-by"),
            ],
            rows: rows_due(setting, report, &report.due, false),
        });
    }
    blocks
}

/// How far the report looks ahead, and what it found there.
pub fn horizon(setting: &Setting<'_>, report: &Report) -> String {
    let (lang, days, day) = (setting.lang, AHEAD, report.horizon());
    if report.due.is_empty() {
        t!(lang, "report-due-none", days = days, day = date(lang, day))
    } else {
        t!(
            lang,
            "report-due-horizon",
            days = days,
            day = date(lang, day),
            count = report.due.len()
        )
    }
}

fn rows_due(setting: &Setting<'_>, report: &Report, obligations: &[Obligation], past: bool) -> Vec<Vec<Run>> {
    obligations
        .iter()
        .filter_map(|o| {
            let next = o.next.as_ref()?;
            let mut cells = vec![
                obligation_link(setting, report, o),
                Run::text(whose(setting, report, o)),
                Run::text(setting.first(&next.name)),
                Run::text(date(setting.lang, next.due)),
            ];
            if past {
                let days = t!(setting.lang, "report-days", days = report.days_past(o));
                cells.push(Run::text(days));
            }
            cells.push(Run::text(set_by(setting, report, &next.set_by)));
            Some(cells)
        })
        .collect()
}
