//! Reads the pieces of the list into tasks, and says of each what is in doubt.

use crate::doubt::{Doubt, TitleFault};
use crate::glyph::{Run, Span};
use crate::mark::{Mark, mark_at};
use crate::number::{Footing, settle};
use crate::piece::{Piece, PieceKind, cut};
use crate::place::{Places, read_places, speaks_of_places};
use crate::reading::{Heading, Leftover, LeftoverKind, Level};
use crate::task::{Task, Tier};
use crate::topics::topics;

/// No title of the kind is longer, in characters.
const LONGEST_TITLE: usize = 100;

#[derive(Default)]
pub(crate) struct ListRead {
    pub(crate) tasks: Vec<Task>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) leftovers: Vec<Leftover>,
    pub(crate) doubts: Vec<Doubt>,
}

/// The headings in force while rows are read.
#[derive(Default)]
struct Above {
    part: String,
    section: String,
    part_number: u32,
    section_number: u32,
    part_doubt: Option<u32>,
    section_doubt: Option<u32>,
}

pub(crate) fn read_list(run: &Run<'_>, span: Span, places: &Places) -> ListRead {
    let pieces = cut(run, span, places);
    let written: Vec<Option<u32>> = pieces
        .iter()
        .filter_map(|piece| {
            if let PieceKind::Row(number) = piece.kind {
                Some(number)
            } else {
                None
            }
        })
        .collect();
    let mut settled = settle(&written).into_iter();
    let mut read = ListRead::default();
    let mut above = Above::default();
    // First task below the section in force; text that belongs to no row puts its neighbours in doubt.
    let (mut section_from, mut text_before) = (0, None);
    for piece in &pieces {
        let lines = run.lines(piece.span);
        let PieceKind::Row(written) = piece.kind else {
            let missing = above.enter(run, piece);
            if let Some(line) = missing {
                for task in read.tasks.iter_mut().skip(section_from) {
                    doubt(task, Doubt::HeadingUncertain { line });
                }
            }
            section_from = read.tasks.len();
            let level = if matches!(piece.kind, PieceKind::Part(_)) {
                Level::Part
            } else {
                Level::Section
            };
            if let Some(line) = run.bare_inside(piece.span) {
                read.doubts.push(Doubt::BareNumberInside { line });
            }
            read.headings.push(Heading {
                level,
                text: paired_quotes(&run.text(piece.span)),
                line: lines,
            });
            continue;
        };
        let (number, footing) = settled.next().unwrap_or((None, Footing::Unknown));
        if footing == Footing::Unknown {
            if let Some(before) = read.tasks.last_mut() {
                doubt(
                    before,
                    Doubt::TitleSuspicious {
                        why: TitleFault::TextAround,
                        line: lines.0,
                    },
                );
            }
            if piece.places.is_none() && written.is_none() {
                // It may be a heading whose mark was lost: what follows could belong under it.
                above.section_doubt = Some(lines.0);
                text_before = Some(lines.0);
                read.doubts.push(Doubt::HeadingUncertain { line: lines.0 });
                read.leftovers.push(Leftover {
                    line: lines,
                    text: run.original(lines),
                    what: LeftoverKind::Unread,
                });
                continue;
            }
        }
        let mut task = read_row(run, piece, written, number, footing, places);
        above.stamp(&mut task);
        if let Some(line) = text_before.take() {
            doubt(
                &mut task,
                Doubt::TitleSuspicious {
                    why: TitleFault::TextAround,
                    line,
                },
            );
        }
        if footing == Footing::Unknown {
            text_before = Some(lines.0);
        }
        read.tasks.push(task);
    }
    doubt_gaps(&mut read);
    read
}

impl Above {
    /// Enters a heading; the line to look at if one before it seems to be missing.
    fn enter(&mut self, run: &Run<'_>, piece: &Piece) -> Option<u32> {
        let text = paired_quotes(&run.text(piece.span));
        let line = run.lines(piece.span).0;
        let uncertain = piece.cut_uncertain.then_some(line);
        match piece.kind {
            PieceKind::Part(number) => {
                let missing = number != self.part_number + 1;
                *self = Self {
                    part: text,
                    part_number: number,
                    part_doubt: uncertain.or(missing.then_some(line)),
                    ..Self::default()
                };
                missing.then_some(line)
            }
            PieceKind::Section(number) => {
                let missing = number != self.section_number + 1;
                if missing && number == 1 {
                    // Sections begin anew: the heading of a part is lost.
                    self.part_doubt = Some(line);
                }
                (self.section, self.section_number) = (text, number);
                self.section_doubt = uncertain.or(missing.then_some(line));
                missing.then_some(line)
            }
            PieceKind::Row(_) => None,
        }
    }

    fn stamp(&self, task: &mut Task) {
        task.part.clone_from(&self.part);
        task.section.clone_from(&self.section);
        task.tier = Tier::of_part(&self.part);
        task.role = task.tier.map(Tier::role);
        if task.tier.is_none() {
            doubt(task, Doubt::TierUnread { line: task.line.0 });
        }
        for line in [self.part_doubt, self.section_doubt].into_iter().flatten() {
            doubt(task, Doubt::HeadingUncertain { line });
        }
    }
}

fn read_row(
    run: &Run<'_>,
    piece: &Piece,
    written: Option<u32>,
    number: Option<u32>,
    footing: Footing,
    places: &Places,
) -> Task {
    let lines = run.lines(piece.span);
    let line = lines.0;
    let mut doubts = Vec::new();
    match (footing, written) {
        (Footing::Written, _) => {}
        (Footing::Repeated, Some(number)) => doubts.push(Doubt::NumberRepeated { number, line }),
        (Footing::Corrected | Footing::Unknown, Some(written)) => {
            doubts.push(Doubt::NumberOutOfOrder { written, line });
        }
        _ => doubts.push(Doubt::NumberMissing { line }),
    }
    if let Some(again) = number.filter(|&number| run.bare_before(piece.span.from) == Some(number)) {
        doubts.push(Doubt::NumberRepeated { number: again, line });
    }
    let mut body = piece.body;
    while let (Some((Mark::Task(again), after)), Some(number)) = (mark_at(run, body), written) {
        if again != number || after > piece.span.to {
            break;
        }
        body = after;
        doubts.push(Doubt::NumberRepeated { number, line });
    }
    while written.is_none() && body < piece.span.to && matches!(run.c(body), Some('.' | '、')) {
        body += 1;
    }
    if let (None, Some(number)) = (written, number) {
        // The number stands, its point does not ("13农商…"); "15分钟" as row 59 keeps its digits.
        let digits = number.to_string();
        if run.is_at(body, &digits) && run.c(body + digits.len()).is_some_and(|c| !c.is_ascii()) {
            body += digits.len();
        }
    }
    let words = Span {
        from: body,
        to: piece.places.map_or(piece.span.to, |inner| inner.from - 1).max(body),
    };
    let title = paired_quotes(&run.text(words));
    let places_as_written = piece.places.map(|inner| run.text(inner)).unwrap_or_default();
    let read = read_places(&places_as_written, places);
    if read.claims.is_empty() && read.unknown.is_empty() {
        doubts.push(Doubt::PlacesUnread { line: lines.1 });
    }
    doubts.extend(
        read.unknown
            .into_iter()
            .map(|name| Doubt::UnknownPlace { name, line: lines.1 }),
    );
    if !balanced(&run.text(Span {
        from: body,
        to: piece.span.to,
    })) || !balanced(&title)
    {
        doubts.push(Doubt::BracketUnbalanced { line });
    }
    doubts.extend(
        title_faults(run, words, &title, places)
            .into_iter()
            .map(|why| Doubt::TitleSuspicious { why, line }),
    );
    if let Some(line) = run.bare_inside(piece.span) {
        doubts.push(Doubt::TitleSuspicious {
            why: TitleFault::BareNumberInside,
            line,
        });
    }
    if piece.cut_uncertain {
        doubts.push(Doubt::HeadingUncertain { line });
    }
    Task {
        number,
        part: String::new(),
        section: String::new(),
        tier: None,
        role: None,
        topics: topics(&title),
        title,
        claims: read.claims,
        places_as_written,
        line: lines,
        original: run.original(lines),
        doubts,
    }
}

fn title_faults(run: &Run<'_>, words: Span, title: &str, places: &Places) -> Vec<TitleFault> {
    let mut faults = Vec::new();
    if title.is_empty() {
        faults.push(TitleFault::Empty);
    }
    if title.chars().count() > LONGEST_TITLE {
        faults.push(TitleFault::TooLong);
    }
    if title.chars().any(|c| !usual(c)) {
        faults.push(TitleFault::OddCharacter);
    }
    let joined = |inner: &str| inner.len() <= 3 * LONGEST_TITLE && speaks_of_places(inner, places);
    if title
        .split('（')
        .skip(1)
        .any(|rest| rest.split_once('）').is_some_and(|(inner, _)| joined(inner)))
    {
        faults.push(TitleFault::PlacesInside);
    }
    let number_inside = (words.from..words.to).any(|at| {
        let fresh = at == words.from || run.c(at - 1).is_none_or(|before| !before.is_ascii_alphanumeric() && before != '.');
        fresh
            && matches!(mark_at(run, at), Some((Mark::Task(_), after))
                if run.c(after - 1) == Some('.') && (run.starts_line(at) || run.c(after).is_none_or(|c| !c.is_ascii_digit())))
    });
    if number_inside {
        faults.push(TitleFault::NumberInside);
    }
    faults
}

/// Characters that titles of standards use.
fn usual(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}')
        || " 、，（）“”‘’《》〈〉·—–-/&+.%：；".contains(c)
}

/// Straight quotation marks become a pair in turn.
fn paired_quotes(text: &str) -> String {
    let mut open = false;
    text.chars()
        .map(|c| match c {
            '"' | '＂' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            _ => c,
        })
        .collect()
}

/// Whether every bracket and quotation mark has its partner, in order.
fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '（' | '“' | '《' => open.push(c),
            '）' | '”' | '》' => {
                let partner = match c {
                    '）' => '（',
                    '”' => '“',
                    _ => '《',
                };
                if open.pop() != Some(partner) {
                    return false;
                }
            }
            _ => {}
        }
    }
    open.is_empty() && text.chars().filter(|&c| c == '"').count() % 2 == 0
}

/// Gaps and repeats between settled numbers: both neighbours are told, the list too.
fn doubt_gaps(read: &mut ListRead) {
    let (mut last, mut last_at) = (0, None::<usize>);
    for at in 0..read.tasks.len() {
        let Some(number) = read.tasks[at].number else {
            continue;
        };
        let line = read.tasks[at].line.0;
        let found = if number > last + 1 {
            Some(Doubt::GapInNumbers {
                after: last,
                before: number,
                line,
            })
        } else if number == last {
            Some(Doubt::NumberRepeated { number, line })
        } else {
            None
        };
        if let Some(found) = found {
            for neighbour in [last_at, Some(at)].into_iter().flatten() {
                doubt(&mut read.tasks[neighbour], found.clone());
            }
            read.doubts.push(found);
        }
        (last, last_at) = (last.max(number), Some(at));
    }
}

fn doubt(task: &mut Task, doubt: Doubt) {
    if !task.doubts.contains(&doubt) {
        task.doubts.push(doubt);
    }
}
