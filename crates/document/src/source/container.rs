//! `::: 表 …` and the other containers.

use super::attributes::Attributes;
use super::block::{Begun, Scanner};
use super::inline::bracket::designation_of;
use super::line::{Line, span_of};
use super::start::{Start, start};
use super::words::{Container, Lead, lead};
use super::{inline, object};
use crate::finding::{Finding, message};
use crate::model::{
    Block, BlockKind, Change, ChangeAction, Designator, Evidence, Example, Formula, Inline, Note, Span, Symbol, Term,
    TermSource, Translation, Unplaced,
};

/// An opened container: its title and attributes, and the lines inside.
pub(super) struct Opened<'a> {
    pub title: Line<'a>,
    pub attributes: Attributes,
    pub body: Vec<Line<'a>>,
    pub span: Span,
}

impl Opened<'_> {
    /// The title, from the opening line or as `title="…"`.
    pub fn caption(&self, scanner: &mut Scanner) -> Option<Vec<Inline>> {
        let given = self.attributes.value(&["title", "标题"]);
        if !self.title.text.is_empty() {
            return Some(inline::read_line(self.title, &mut scanner.findings));
        }
        let given = given?;
        let line = Line {
            text: &given,
            at: self.attributes.span.start,
        };
        Some(inline::read_line(line, &mut scanner.findings)).filter(|text| !text.is_empty())
    }
}

/// Reads the container that the first line begins; how many lines it takes.
pub(super) fn read<'a>(scanner: &mut Scanner, lines: &[Line<'a>]) -> (Begun<'a>, usize) {
    let Some(first) = lines.first().map(|line| line.trimmed()) else {
        return (Begun::Nothing, 1);
    };
    let end = end_of(lines);
    let used = match end {
        End::Closed(at) => at + 1,
        End::Open(at) => {
            scanner.findings.push(Finding::error(
                "SRC-10",
                first.span(),
                message!("doc-unclosed", block = first.text),
            ));
            at
        }
    };
    let body: Vec<Line<'a>> = match end {
        End::Closed(at) | End::Open(at) => lines.get(1..at).unwrap_or_default().to_vec(),
    };
    let colons = first.text.len() - first.text.trim_start_matches(':').len();
    let head = first.after(colons).trimmed();
    let (head, attributes) = Attributes::at_end(head);
    let word_end = head
        .text
        .find(|c: char| c.is_whitespace() || c == '{')
        .unwrap_or(head.text.len());
    let word = head.before(word_end);
    let opened = Opened {
        title: head.after(word_end).trimmed(),
        attributes,
        span: span_of(lines.get(..used).unwrap_or_default()),
        body,
    };
    let Some(container) = Container::of_word(word.text) else {
        scanner.findings.push(Finding::error(
            "SRC-07",
            word.span(),
            message!("doc-unknown-block", name = word.text, known = Container::all_words()),
        ));
        // Its contents stand where they stood.
        let mut inner = Vec::new();
        if !opened.title.text.is_empty() {
            inner.push(opened.title);
            inner.push(Line {
                text: "",
                at: opened.title.end(),
            });
        }
        inner.extend(opened.body);
        return (Begun::Several(scanner.blocks(&inner)), used);
    };
    let id = opened.attributes.id.clone();
    let kind = match container {
        Container::Term => term(scanner, &opened),
        Container::Table => object::table(scanner, &opened),
        Container::Figure | Container::SubFigure => object::figure(scanner, &opened),
        Container::Formula => formula(scanner, &opened),
        Container::Note => BlockKind::Note(Note {
            blocks: titled(scanner, &opened),
        }),
        Container::Example => BlockKind::Example(Example {
            blocks: titled(scanner, &opened),
        }),
        Container::Warning => BlockKind::Warning(titled(scanner, &opened)),
        Container::Translation => BlockKind::Translation(Translation {
            blocks: titled(scanner, &opened),
        }),
        Container::Change => change(scanner, &opened),
        Container::Unplaced => unplaced(&opened),
    };
    scanner.report_unknown(&opened.attributes, word.text);
    (Begun::Named(id, kind), used)
}

/// Where a container ends: at its `:::`, or, if that is missing, before the next heading or at the end.
#[derive(Clone, Copy)]
enum End {
    Closed(usize),
    Open(usize),
}

fn end_of(lines: &[Line<'_>]) -> End {
    let mut depth = 0;
    let mut fence: Option<(char, usize)> = None;
    let mut comment = false;
    let last_comment = lines.iter().rposition(|line| line.text.contains("-->")).unwrap_or(0);
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if comment {
            comment = !text.contains("-->");
            continue;
        }
        if let Some((mark, count)) = fence {
            if text.len() >= count && text.chars().all(|c| c == mark) {
                fence = None;
            }
            continue;
        }
        match start(text) {
            Some(Start::Fence(mark, count)) => fence = Some((mark, count)),
            Some(Start::Comment) => comment = !text.contains("-->") && at < last_comment,
            Some(Start::Container(_)) => depth += 1,
            Some(Start::ContainerEnd) => {
                depth -= 1;
                if depth == 0 {
                    return End::Closed(at);
                }
            }
            Some(Start::Heading(_)) if at > 0 => return End::Open(at),
            _ => {}
        }
    }
    End::Open(lines.len())
}

/// The blocks of a container that has no title: words behind its name are its first paragraph.
fn titled(scanner: &mut Scanner, opened: &Opened<'_>) -> Vec<Block> {
    if opened.title.text.is_empty() {
        return scanner.blocks(&opened.body);
    }
    let mut lines = vec![opened.title];
    lines.extend(&opened.body);
    scanner.blocks(&lines)
}

fn term(scanner: &mut Scanner, opened: &Opened<'_>) -> BlockKind {
    let attributes = &opened.attributes;
    let at = if opened.title.text.is_empty() {
        attributes.span
    } else {
        opened.title.span()
    };
    let words = |names: &[&str]| -> Vec<Designator> {
        attributes
            .values(names)
            .into_iter()
            .map(|text| Designator {
                span: attributes.span,
                text,
            })
            .collect()
    };
    let given = attributes.value(&["term", "首选", "title", "标题"]);
    let text = if opened.title.text.is_empty() {
        given.unwrap_or_default()
    } else {
        crate::model::plain_text(&inline::read_line(opened.title, &mut scanner.findings))
    };
    if text.trim().is_empty() {
        scanner
            .findings
            .push(Finding::error("SRC-22", opened.span, message!("doc-term-without-word")));
    }
    let (body, source) = split_source(&opened.body);
    BlockKind::Term(Term {
        preferred: Designator {
            span: at,
            text: text.trim().to_owned(),
        },
        admitted: words(&["admitted", "许用"]),
        deprecated: words(&["deprecated", "拒用"]),
        english: attributes.values(&["en", "英文"]),
        english_at: attributes.place_of_value(&["en", "英文"]),
        symbols: attributes.values(&["symbol", "符号"]),
        domain: attributes.value(&["domain", "领域"]),
        blocks: scanner.blocks(&body),
        source,
    })
}

/// The lines without `来源：…`, and what it says. Only the last such line is one.
fn split_source<'a>(lines: &[Line<'a>]) -> (Vec<Line<'a>>, Option<TermSource>) {
    let found = lines.iter().rposition(|line| {
        let text = line.trimmed().text;
        matches!(lead(text), Some((Lead::Source, _, _)))
    });
    let Some(at) = found else {
        return (lines.to_vec(), None);
    };
    let mut rest = lines.to_vec();
    let line = rest.remove(at).trimmed();
    let bytes = lead(line.text).map_or(0, |(_, _, bytes)| bytes);
    let mut text = line.after(bytes).trimmed();
    if line.text.starts_with('[')
        && let Some(inner) = text.text.strip_suffix([']', '］'])
    {
        text = text.before(inner.len()).trimmed();
    }
    (rest, Some(term_source(text)))
}

fn term_source(line: Line<'_>) -> TermSource {
    let mut parts = line.text.split(['，', ',']).map(str::trim).peekable();
    let mut source = TermSource {
        span: line.span(),
        written: line.text.to_owned(),
        ..TermSource::default()
    };
    if let Some(first) = parts.peek()
        && let Some(designation) = designation_of(first)
    {
        source.designation = Some(designation);
        parts.next();
    }
    for part in parts {
        if part.contains("修改") || part.starts_with("modified") {
            source.modified = Some(part.to_owned());
        } else if source.designation.is_some() && source.locator.is_none() && !part.is_empty() {
            source.locator = Some(part.to_owned());
        }
    }
    source
}

/// LaTeX of some lines.
pub(super) fn formula_of(lines: &[Line<'_>]) -> Formula {
    let filled = || lines.iter().filter(|line| !line.is_blank()).map(|line| line.trimmed());
    let mut latex = String::new();
    for line in filled() {
        if !latex.is_empty() {
            // A line that would end the container, once printed in one, goes on with the line before it.
            latex.push(if breaks_out(line.text) { ' ' } else { '\n' });
        } else if breaks_out(line.text) {
            // Nothing stands before the first: an empty group does.
            latex.push_str("{}");
        }
        latex.push_str(line.text);
    }
    Formula {
        latex,
        at: filled().next().map(|line| line.at).unwrap_or_default(),
        ..Formula::default()
    }
}

/// Whether a line of LaTeX would be something else in a container.
pub(super) fn breaks_out(line: &str) -> bool {
    matches!(
        start(line),
        Some(Start::Heading(_) | Start::Container(_) | Start::ContainerEnd | Start::Fence(..) | Start::Comment)
    ) || matches!(lead(line), Some((Lead::Where, ..)))
}

fn formula(scanner: &mut Scanner, opened: &Opened<'_>) -> BlockKind {
    let where_at = opened
        .body
        .iter()
        .position(|line| matches!(lead(line.trimmed().text), Some((Lead::Where, _, _))));
    let (latex, symbols) = opened.body.split_at(where_at.unwrap_or(opened.body.len()));
    let latex: Vec<Line<'_>> = latex
        .iter()
        .filter(|line| line.trimmed().text != "$$")
        .copied()
        .collect();
    let mut formula = formula_of(&latex);
    if formula.latex.is_empty() {
        scanner
            .findings
            .push(Finding::error("SRC-22", opened.span, message!("doc-empty-formula")));
    }
    for (index, line) in symbols.iter().enumerate() {
        let mut line = line.trimmed();
        if index == 0 {
            let bytes = lead(line.text).map_or(0, |(_, _, bytes)| bytes);
            line = line.after(bytes).trimmed();
        }
        if line.text.is_empty() {
            continue;
        }
        match symbol(scanner, line) {
            Some(symbol) => formula.symbols.push(symbol),
            None => scanner
                .findings
                .push(Finding::error("SRC-22", line.span(), message!("doc-symbol-form"))),
        }
    }
    formula.unnumbered = opened.attributes.class(&["不编号", "unnumbered"]);
    BlockKind::Formula(formula)
}

/// `S: 综合得分`, `$w_i$——第 $i$ 项的权重`.
fn symbol(scanner: &mut Scanner, line: Line<'_>) -> Option<Symbol> {
    let text = line.text;
    let from = if let Some(inner) = text.strip_prefix('$') {
        inner.find('$')? + 2
    } else {
        0
    };
    let (at, mark) = ["——", "：", ":"]
        .iter()
        .filter_map(|mark| Some((text.get(from..)?.find(mark)? + from, mark)))
        .min()?;
    let symbol = text.get(..at)?.trim();
    let symbol = symbol
        .strip_prefix('$')
        .and_then(|inner| inner.strip_suffix('$'))
        .unwrap_or(symbol);
    Some(Symbol {
        span: line.span(),
        symbol: symbol.trim().to_owned(),
        text: inline::read_line(line.after(at + mark.len()), &mut scanner.findings),
    })
}

fn change(scanner: &mut Scanner, opened: &Opened<'_>) -> BlockKind {
    let attributes = &opened.attributes;
    let word = attributes.value(&["action", "做法"]);
    let action = match word.as_deref() {
        Some("insert" | "增加") => ChangeAction::Insert,
        Some("delete" | "删除") => ChangeAction::Delete,
        Some("replace" | "改为") => ChangeAction::Replace,
        _ => {
            scanner
                .findings
                .push(Finding::error("SRC-06", opened.span, message!("doc-change-action")));
            ChangeAction::Replace
        }
    };
    let place = if opened.title.text.is_empty() {
        attributes.value(&["place", "位置"]).unwrap_or_default()
    } else {
        opened.title.text.to_owned()
    };
    BlockKind::Change(Change {
        place,
        action,
        blocks: scanner.blocks(&opened.body),
    })
}

fn unplaced(opened: &Opened<'_>) -> BlockKind {
    let attributes = &opened.attributes;
    let confidence = attributes.value(&["confidence"]).and_then(|text| text.parse().ok());
    let by = attributes.value(&["by"]);
    let evidence = (confidence.is_some() || by.is_some()).then(|| Evidence {
        confidence: confidence.unwrap_or(0),
        by: by.unwrap_or_default(),
    });
    let filled: Vec<&Line<'_>> = opened.body.iter().skip_while(|line| line.is_blank()).collect();
    // `fmt` prints it inside a fence, so that nothing in it is read.
    let mark = match filled.first().map(|line| start(line.text.trim())) {
        Some(Some(Start::Fence(mark, count))) => Some((mark, count)),
        _ => None,
    };
    let text: Vec<&str> = match mark {
        Some((mark, count)) => filled
            .iter()
            .skip(1)
            .map(|line| line.text)
            .take_while(|text| {
                let text = text.trim();
                text.len() < count || !text.chars().all(|c| c == mark)
            })
            .collect(),
        None => filled.iter().map(|line| line.text.trim_end()).collect(),
    };
    let text = text.join("\n").trim_end().to_owned();
    BlockKind::Unplaced(Unplaced {
        origin: if opened.title.text.is_empty() {
            attributes.value(&["origin"]).unwrap_or_default()
        } else {
            opened.title.text.to_owned()
        },
        evidence,
        text,
    })
}
