//! The report as an official document in Word: every number leads to the rows that it counts.

use super::{
    coming,
    docx::{Block, Document, DocxError, Run, write},
    monthly::{Changed, Group, Number, Report, STATES, Scope, StateCount},
    period::Period,
};
use crate::{
    bilingual::Bilingual,
    catalogue::words::Vocabulary,
    obligation::query::Obligation,
    output::{query::Output, source::cited},
};
use language::{Lang, date, t};

/// How many changed rows the text shows; the annex holds all of them.
const SHOWN: usize = 60;

/// What the document needs beyond the report.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Language of the text.
    pub lang: Lang,
    /// Address of the platform, without a slash at the end.
    pub base_url: &'a str,
    /// Names of states, stages, parts.
    pub words: &'a Vocabulary,
}

impl Setting<'_> {
    /// The whole address of something on the platform.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}", self.base_url, self.lang.path(path))
    }

    /// A text as readers of the language meet it first.
    pub fn first<'b>(&self, text: &'b Bilingual) -> &'b str {
        match (self.lang, &text.en) {
            (Lang::En, Some(en)) => en,
            _ => &text.zh,
        }
    }

    /// A word of the vocabulary; the id where it is not known.
    pub fn word(&self, kind: &str, id: &str) -> String {
        self.first(&self.words.name(kind, id)).to_owned()
    }

    fn number(&self, number: &Number) -> Run {
        Run::link(number.count.to_string(), self.url(&number.address))
    }
}

/// Whose obligation it is: the place, or the ministry.
pub fn whose(setting: &Setting<'_>, report: &Report, obligation: &Obligation) -> String {
    if let Some(place) = report.data.places.get(&obligation.place) {
        return setting.first(&place.short_name()).to_owned();
    }
    report.data.bodies.get(&obligation.organization).map_or_else(
        || obligation.organization.clone(),
        |name| setting.first(name).to_owned(),
    )
}

/// The task with its number, or the sentence.
pub fn called(setting: &Setting<'_>, obligation: &Obligation) -> String {
    let title = setting.first(&obligation.title);
    match obligation.number {
        0 => title.to_owned(),
        number => t!(setting.lang, "report-task", number = number.to_string(), title = title),
    }
}

/// The name of the place or of the whole.
pub fn scope(setting: &Setting<'_>, report: &Report) -> String {
    match &report.data.scope {
        Scope::Place(place) => setting.first(&place.name).to_owned(),
        Scope::Whole => t!(setting.lang, "report-whole"),
    }
}

/// The title of the report.
pub fn title(setting: &Setting<'_>, report: &Report) -> String {
    let lang = setting.lang;
    let mut period = report.data.period.name(lang);
    if report.is_running() {
        let day = language::date_brief(lang, report.as_of(), report.as_of().year());
        period = t!(lang, "report-period-running", period = period, day = day);
    }
    let scope = scope(setting, report);
    match report.data.period {
        Period::Month(_) => t!(
            lang,
            "report-title-month",
            scope = scope,
            document = &report.data.document,
            period = period
        ),
        Period::Quarter(_) => t!(
            lang,
            "report-title-quarter",
            scope = scope,
            document = &report.data.document,
            period = period
        ),
    }
}

/// The report as a DOCX file.
pub fn docx(setting: &Setting<'_>, report: &Report) -> Result<Vec<u8>, DocxError> {
    write(&document(setting, report))
}

/// The report as a document. Pure.
pub fn document(setting: &Setting<'_>, report: &Report) -> Document {
    let lang = setting.lang;
    let year = report.data.period.first().year().to_string();
    let mark = match report.data.period {
        Period::Month(_) => t!(lang, "report-mark-month"),
        Period::Quarter(_) => t!(lang, "report-mark-quarter"),
    };
    let title = title(setting, report);
    let addressee = match report.data.scope {
        Scope::Place(_) => t!(lang, "report-addressee-place"),
        Scope::Whole => t!(lang, "report-addressee-whole"),
    };
    let mut blocks = vec![
        Block::Mark(mark),
        Block::Number(t!(lang, "report-number-blank", year = year)),
        Block::Rule,
        Block::Title(title.clone()),
        Block::Addressee(addressee),
    ];
    blocks.extend(standing(setting, report));
    blocks.extend(changed(setting, report));
    blocks.extend(outputs(setting, report));
    blocks.extend(blocked(setting, report));
    blocks.extend(coming::blocks(setting, report));
    blocks.push(Block::Annexes {
        label: t!(lang, "report-annexes"),
        names: vec![t!(lang, "report-annex-name", period = report.data.period.name(lang))],
    });
    blocks.push(Block::Signature(t!(lang, "report-signature-blank")));
    blocks.push(Block::Day(date(lang, report.as_of())));
    blocks.push(note(setting, report));
    Document {
        title,
        creator: t!(lang, "frame-name"),
        as_of: report.as_of(),
        page_head: if report.demo() {
            t!(lang, "report-demo")
        } else {
            String::new()
        },
        blocks,
    }
}

pub(super) fn heading(text: String) -> Block {
    Block::Heading(1, text)
}

pub(super) fn paragraph(text: String) -> Block {
    Block::Body(vec![Run::text(text)])
}

fn standing(setting: &Setting<'_>, report: &Report) -> Vec<Block> {
    let lang = setting.lang;
    let mut blocks = vec![heading(t!(lang, "report-standing"))];
    for (group, counts) in &report.counts {
        let Some(all) = counts.first().filter(|all| all.now.count > 0) else {
            continue;
        };
        blocks.push(Block::Body(sentence(setting, report, *group, all, &counts[1..])));
    }
    if let Some(overdue) = &report.overdue {
        let text = t!(lang, "report-overdue-number", number = HERE);
        blocks.push(Block::Body(with_number(setting, &text, &overdue.number)));
    }
    blocks.push(Block::Heading(2, t!(lang, "report-by-state")));
    let head = [
        t!(lang, "report-column-group"),
        t!(lang, "report-column-state"),
        date(lang, report.data.period.eve()),
        date(lang, report.as_of()),
    ];
    let mut rows = Vec::new();
    for (group, counts) in &report.counts {
        for count in counts
            .iter()
            .filter(|c| c.state.is_empty() || c.before.count > 0 || c.now.count > 0)
        {
            rows.push(vec![
                Run::text(group_name(lang, *group)),
                Run::text(if count.state.is_empty() {
                    t!(lang, "report-all")
                } else {
                    setting.word("state", count.state)
                }),
                setting.number(&count.before),
                setting.number(&count.now),
            ]);
        }
    }
    blocks.push(Block::Table {
        widths: vec![34, 26, 20, 20],
        head: head.to_vec(),
        rows,
    });
    if !report.places.is_empty() {
        blocks.push(Block::Heading(2, t!(lang, "report-by-place")));
        let mut head = vec![t!(lang, "report-column-place"), t!(lang, "report-all")];
        head.extend(STATES.iter().map(|state| setting.word("state", state)));
        head.push(t!(lang, "report-column-changed"));
        let rows = report
            .places
            .iter()
            .map(|place| {
                let mut cells = vec![
                    Run::text(setting.first(&place.place.short_name())),
                    setting.number(&place.total),
                ];
                cells.extend(place.states.iter().map(|n| setting.number(n)));
                cells.push(Run::text(place.changed.to_string()));
                cells
            })
            .collect();
        blocks.push(Block::Table {
            widths: vec![16, 10, 10, 12, 10, 10, 11, 11, 10],
            head,
            rows,
        });
    }
    blocks
}

/// What a group of obligations is called.
pub fn group_name(lang: Lang, group: Group) -> String {
    match group {
        Group::Firm => t!(lang, "report-group-firm"),
        Group::Willing => t!(lang, "report-group-willing"),
        Group::Sentences => t!(lang, "report-group-sentences"),
    }
}

/// Stands in a message where the linked number goes.
pub(super) const HERE: &str = "\u{1}";

/// A message with a linked number in it.
pub(super) fn with_number(setting: &Setting<'_>, text: &str, number: &Number) -> Vec<Run> {
    let (before, after) = text.split_once(HERE).unwrap_or((text, ""));
    vec![Run::text(before), setting.number(number), Run::text(after)]
}

/// 截至…，…共 27 项：已交付 1 项，…。 Each number a link.
fn sentence(setting: &Setting<'_>, report: &Report, group: Group, all: &StateCount, states: &[StateCount]) -> Vec<Run> {
    let lang = setting.lang;
    let whole = t!(
        lang,
        "report-as-of",
        date = date(lang, report.as_of()),
        scope = scope(setting, report),
        group = group_name(lang, group),
        number = HERE
    );
    let mut runs = with_number(setting, &whole, &all.now);
    for (index, count) in states.iter().filter(|c| c.now.count > 0).enumerate() {
        runs.push(Run::text(if index == 0 {
            t!(lang, "report-colon")
        } else {
            t!(lang, "report-comma")
        }));
        let one = t!(
            lang,
            "report-of-which",
            state = setting.word("state", count.state),
            number = HERE
        );
        runs.extend(with_number(setting, &one, &count.now));
    }
    runs.push(Run::text(t!(lang, "report-stop")));
    runs.retain(|run| !run.shown().is_empty());
    runs
}

fn changed(setting: &Setting<'_>, report: &Report) -> Vec<Block> {
    let lang = setting.lang;
    let mut blocks = vec![heading(t!(lang, "report-changed"))];
    if report.changed.is_empty() {
        blocks.push(paragraph(t!(lang, "report-changed-none")));
        return blocks;
    }
    blocks.push(paragraph(t!(
        lang,
        "report-changed-count",
        count = report.changed.len()
    )));
    let head = [
        t!(lang, "report-column-task"),
        t!(lang, "report-column-place"),
        t!(lang, "report-column-from"),
        t!(lang, "report-column-to"),
        t!(lang, "report-column-what"),
    ];
    let rows = report
        .changed
        .iter()
        .take(SHOWN)
        .map(|change| change_row(setting, report, change))
        .collect();
    blocks.push(Block::Table {
        widths: vec![40, 14, 13, 13, 20],
        head: head.to_vec(),
        rows,
    });
    if report.changed.len() > SHOWN {
        blocks.push(paragraph(t!(
            lang,
            "report-changed-rest",
            count = report.changed.len() - SHOWN
        )));
    }
    blocks
}

fn change_row(setting: &Setting<'_>, report: &Report, change: &Changed) -> Vec<Run> {
    let from = change
        .from
        .as_ref()
        .map_or_else(|| t!(setting.lang, "report-none"), |state| setting.word("state", state));
    vec![
        obligation_link(setting, report, &change.now),
        Run::text(whose(setting, report, &change.now)),
        Run::text(from),
        Run::text(setting.word("state", &change.now.state)),
        Run::text(what_changed(setting.lang, change)),
    ]
}

/// What changed of an obligation, in words.
pub fn what_changed(lang: Lang, change: &Changed) -> String {
    let words: Vec<String> = change
        .what
        .iter()
        .map(|aspect| language::text(lang, &format!("report-aspect-{}", aspect.id())))
        .collect();
    words.join(&t!(lang, "report-comma"))
}

pub(super) fn obligation_link(setting: &Setting<'_>, report: &Report, obligation: &Obligation) -> Run {
    Run::link(
        called(setting, obligation),
        setting.url(&format!("/obligations/{}?as_of={}", obligation.id, report.as_of())),
    )
}

fn outputs(setting: &Setting<'_>, report: &Report) -> Vec<Block> {
    let lang = setting.lang;
    let mut blocks = vec![heading(t!(lang, "report-outputs"))];
    for (name, outputs) in [
        (t!(lang, "report-outputs-listed"), &report.listed),
        (t!(lang, "report-outputs-unlisted"), &report.unlisted),
    ] {
        blocks.push(Block::Heading(2, name));
        if outputs.is_empty() {
            blocks.push(paragraph(t!(lang, "report-outputs-none")));
        }
        blocks.extend(
            outputs
                .iter()
                .map(|output| Block::Body(vec![Run::text(output_line(setting, output))])),
        );
    }
    blocks
}

/// An output in one line: title, designation or 编号待补, day, source.
pub fn output_line(setting: &Setting<'_>, output: &Output) -> String {
    let lang = setting.lang;
    let number = output
        .designation
        .clone()
        .unwrap_or_else(|| t!(lang, "report-number-unknown"));
    let day = output
        .published
        .or(output.reported)
        .map_or_else(|| t!(lang, "report-none"), |day| date(lang, day));
    let mark = if output.demo {
        t!(lang, "report-demo-mark")
    } else {
        String::new()
    };
    format!(
        "{mark}{}",
        t!(
            lang,
            "report-output",
            title = setting.first(&output.title),
            number = number,
            day = day,
            source = cited(lang, &output.citation)
        )
    )
}

fn blocked(setting: &Setting<'_>, report: &Report) -> Vec<Block> {
    let lang = setting.lang;
    let mut blocks = vec![heading(t!(lang, "report-blocked"))];
    if !report.data.participant {
        blocks.push(paragraph(t!(lang, "report-blocked-unseen")));
        return blocks;
    }
    if report.blocked.is_empty() {
        blocks.push(paragraph(t!(lang, "report-blocked-none")));
        return blocks;
    }
    let head = [
        t!(lang, "report-column-task"),
        t!(lang, "report-column-place"),
        t!(lang, "report-column-block"),
        t!(lang, "report-column-reason"),
        t!(lang, "report-column-waits"),
    ];
    let rows = report
        .blocked
        .iter()
        .filter_map(|o| {
            let block = o.block.as_ref()?;
            Some(vec![
                obligation_link(setting, report, o),
                Run::text(whose(setting, report, o)),
                Run::text(setting.word("block", &block.kind)),
                Run::text(&block.text),
                Run::text(&block.waits_for),
            ])
        })
        .collect();
    blocks.push(Block::Table {
        widths: vec![32, 14, 14, 26, 14],
        head: head.to_vec(),
        rows,
    });
    blocks
}

/// Up to when the data go: the end of the last day, or the instant at which the report was made.
pub fn data_until(lang: Lang, report: &Report) -> String {
    report.data.at.map_or_else(
        || t!(lang, "report-end-of-day", date = date(lang, report.as_of())),
        |at| language::instant(lang, at),
    )
}

fn note(setting: &Setting<'_>, report: &Report) -> Block {
    let lang = setting.lang;
    let place = match &report.data.scope {
        Scope::Place(place) => format!("&place={}", place.code),
        Scope::Whole => String::new(),
    };
    let path = format!(
        "/reports/monthly?period={}{place}&as_of={}",
        report.data.period,
        report.as_of()
    );
    Block::Note(vec![
        Run::text(t!(
            lang,
            "report-note",
            version = report.data.version.to_string(),
            instant = data_until(lang, report)
        )),
        Run::link(t!(lang, "report-note-open"), setting.url(&path)),
    ])
}
