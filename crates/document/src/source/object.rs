//! Tables and figures in their containers: grid or pictures, then what stands with them.

use super::attributes::Attributes;
use super::block::{Scanner, push_block};
use super::container::Opened;
use super::inline;
use super::line::{Line, span_of};
use super::start::{Start, start};
use super::words::{Container, Lead, lead};
use crate::data;
use crate::finding::{Finding, message};
use crate::model::{Block, BlockKind, Figure, Footnote, Image, Inline, InlineKind, KeyEntry, SubFigure, Table};

/// `::: 表`: the first table inside is its grid, written with pipes or in a fence; all else stands below it.
pub(super) fn table(scanner: &mut Scanner, opened: &Opened<'_>) -> BlockKind {
    let head: Option<usize> = opened
        .attributes
        .value(&["head", "表头"])
        .and_then(|rows| rows.parse().ok());
    let outer = std::mem::take(&mut scanner.notes);
    let inside = scanner.blocks(&opened.body);
    let footnotes = std::mem::replace(&mut scanner.notes, outer).done();
    let mut found: Option<Table> = None;
    let mut below = Vec::new();
    for block in inside {
        match block.kind {
            // A fence is the grid though nothing stands in it: else each canonical form would hold one table more.
            BlockKind::Table(inner) if found.is_none() && (!inner.columns.is_empty() || inner.fence.is_some()) => {
                found = Some(inner);
            }
            BlockKind::Data(fence) if found.is_none() => {
                let mut table = data::table(&fence, &mut Vec::new());
                table.fence = Some(fence);
                found = Some(table);
            }
            kind => push_block(&mut below, Block { kind, ..block }),
        }
    }
    if found.as_ref().is_none_or(|found| found.columns.is_empty()) {
        scanner.findings.push(Finding::error(
            "SRC-22",
            opened.span,
            message!("doc-table-without-rows"),
        ));
    }
    let mut found = found.unwrap_or_default();
    if let Some(head) = head {
        let mut rows = found.head;
        rows.append(&mut found.body);
        found.body = rows.split_off(head.min(rows.len()));
        found.head = rows;
    }
    finish_table(scanner, opened, found, below, footnotes)
}

fn finish_table(
    scanner: &mut Scanner,
    opened: &Opened<'_>,
    table: Table,
    below: Vec<Block>,
    footnotes: Vec<Footnote>,
) -> BlockKind {
    let caption = opened.caption(scanner);
    BlockKind::Table(Table {
        caption: caption.or(table.caption),
        caption_other: opened.attributes.value(&["en", "英文"]).or(table.caption_other),
        unit: opened.attributes.value(&["unit", "单位"]).or(table.unit),
        below: [table.below, below].concat(),
        footnotes: [table.footnotes, footnotes].concat(),
        unnumbered: opened.attributes.class(&["不编号", "unnumbered"]) || table.unnumbered,
        ..table
    })
}

/// `::: 图`.
pub(super) fn figure(scanner: &mut Scanner, opened: &Opened<'_>) -> BlockKind {
    let outer = std::mem::take(&mut scanner.notes);
    let mut figure = Figure::default();
    let mut rest: Vec<Line<'_>> = Vec::new();
    let mut keys = false;
    let mut at = 0;
    let mut nested = Nested {
        comments_end: opened.body.iter().filter(|line| line.text.contains("-->")).count(),
        ..Nested::default()
    };
    while let Some(line) = opened.body.get(at).copied() {
        let text = line.trimmed();
        at += 1;
        let is_part = matches!(start(text.text), Some(Start::Container(name)) if is_part(name));
        let inside = nested.enter(text.text, is_part);
        if inside || (line.indent() >= 2 && !text.text.is_empty()) {
            rest.push(line);
            keys &= text.text.is_empty();
            continue;
        }
        if is_part {
            let end = opened
                .body
                .iter()
                .skip(at)
                .position(|line| start(line.text.trim()) == Some(Start::ContainerEnd))
                .map_or(opened.body.len(), |end| at + end);
            let inner = opened.body.get(at - 1..end).unwrap_or_default();
            figure.parts.push(part(scanner, inner));
            at = end + 1;
            keys = false;
            continue;
        }
        if let Some((Lead::Keys, _, bytes)) = lead(text.text)
            && text.text.len() == bytes
        {
            keys = true;
            continue;
        }
        if text.text.is_empty() {
            keys = keys && figure.keys.is_empty();
        } else if keys {
            if let Some(entry) = key(scanner, text) {
                figure.keys.push(entry);
                continue;
            }
            keys = false;
        }
        match pictures(scanner, text) {
            Some(images) => figure.images.extend(images),
            None => rest.push(line),
        }
    }
    figure.below = scanner.blocks(&rest);
    figure.footnotes = std::mem::replace(&mut scanner.notes, outer).done();
    figure.caption = opened.caption(scanner);
    let attributes = &opened.attributes;
    figure.caption_other = attributes.value(&["en", "英文"]);
    figure.unit = attributes.value(&["unit", "单位"]);
    figure.unnumbered = attributes.class(&["不编号", "unnumbered"]);
    if let Some(file) = attributes.value(&["src", "文件"]) {
        figure.images.push(Image {
            span: attributes.span,
            file,
            words: attributes.value(&["alt", "说明"]).unwrap_or_default(),
        });
    }
    if figure.images.is_empty() && figure.parts.is_empty() {
        scanner.findings.push(Finding::error(
            "SRC-22",
            opened.span,
            message!("doc-figure-without-picture"),
        ));
    }
    BlockKind::Figure(figure)
}

fn is_part(name: &str) -> bool {
    Container::of_word(name.split([' ', '{']).next().unwrap_or(name)) == Some(Container::SubFigure)
}

/// Whether lines stand in a container or a fence of their own.
#[derive(Default)]
struct Nested {
    depth: usize,
    fence: Option<(char, usize)>,
    comment: bool,
    /// How many lines that may end a comment are still to come.
    comments_end: usize,
}

impl Nested {
    /// Takes the next line: whether it belongs to something nested.
    fn enter(&mut self, text: &str, is_part: bool) -> bool {
        let ends = text.contains("-->");
        self.comments_end -= usize::from(ends && self.comments_end > 0);
        if self.comment {
            self.comment = !ends;
            return true;
        }
        if let Some((mark, count)) = self.fence {
            if text.len() >= count && text.chars().all(|c| c == mark) {
                self.fence = None;
            }
            return true;
        }
        match start(text) {
            Some(Start::Fence(mark, count)) => self.fence = Some((mark, count)),
            Some(Start::Comment) => self.comment = !ends && self.comments_end > 0,
            Some(Start::Container(_)) if !is_part || self.depth > 0 => self.depth += 1,
            Some(Start::ContainerEnd) => {
                let inside = self.depth > 0;
                self.depth = self.depth.saturating_sub(1);
                return inside;
            }
            _ => return self.depth > 0,
        }
        true
    }
}

fn part(scanner: &mut Scanner, lines: &[Line<'_>]) -> SubFigure {
    let head = lines.first().map(|line| line.trimmed());
    let mut part = SubFigure {
        id: crate::model::Id::default(),
        span: span_of(lines),
        caption: None,
        images: Vec::new(),
    };
    if let Some(head) = head {
        let (head, attributes) = Attributes::at_end(head);
        let colons = head.text.len() - head.text.trim_start_matches(':').len();
        let head = head.after(colons).trimmed();
        let word = head.text.find(char::is_whitespace).unwrap_or(head.text.len());
        let title = head.after(word).trimmed();
        let given = attributes.value(&["title", "标题"]);
        part.caption = if title.text.is_empty() {
            given.map(|text| vec![Inline::text(text)])
        } else {
            Some(inline::read_line(title, &mut scanner.findings))
        };
        scanner.report_unknown(&attributes, "分图");
        part.id = attributes.id;
    }
    for line in lines.iter().skip(1).filter(|line| !line.is_blank()) {
        match pictures(scanner, line.trimmed()) {
            Some(images) => part.images.extend(images),
            None => scanner
                .findings
                .push(Finding::error("SRC-22", line.span(), message!("doc-part-not-picture"))),
        }
    }
    part
}

/// The pictures of a line that holds nothing else.
fn pictures(scanner: &mut Scanner, line: Line<'_>) -> Option<Vec<Image>> {
    if !line.text.starts_with("![") {
        return None;
    }
    let mut images = Vec::new();
    for inline in inline::read_line(line, &mut scanner.findings) {
        match inline.kind {
            InlineKind::Picture { words, file } => images.push(Image {
                span: inline.span,
                file,
                words,
            }),
            InlineKind::Text(run) if run.text.trim().is_empty() => {}
            _ => return None,
        }
    }
    Some(images)
}

/// `1: 支架`, `A——入口`.
fn key(scanner: &mut Scanner, line: Line<'_>) -> Option<KeyEntry> {
    let (at, mark) = ["——", "：", ":"]
        .iter()
        .filter_map(|mark| Some((line.text.find(mark)?, mark)))
        .min()?;
    let name = line.text.get(..at)?.trim();
    if name.is_empty() || name.chars().count() > 12 || matches!(lead(line.text), Some((Lead::Note, _, _))) {
        return None;
    }
    Some(KeyEntry {
        span: line.span(),
        mark: name.to_owned(),
        text: inline::read_line(line.after(at + mark.len()), &mut scanner.findings),
    })
}
