//! What lines are by those around them: marks that count (一、（一）1.), headings told by larger or heavier letters
//! alone, titles in two languages.

use super::code;
use super::counted::{Mark, counted};
use super::line::{Line, Piece};
use super::role::{Context, Item, Role, Taken, is_sentence, take, width};
use super::title::split_languages;
use super::words::{caption, labelled, typed_number};
use std::collections::BTreeMap;

/// Below every clause with a number: 一、 stands below 5.1, but first where nothing is above it.
const BELOW: usize = 10;

/// How titles are written in a file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    /// 范围 Scope: in two languages, parted by a blank.
    pub bilingual: bool,
}

/// Says of each line in the body what those around it tell.
pub(super) fn survey(pieces: &mut [Piece]) -> Habits {
    let first = roles(pieces);
    let decimals = pieces.iter().any(|piece| {
        matches!(piece, Piece::Line(line) if !line.contents && typed_number(&line.text).is_some_and(|(level, ..)| level > 0))
    });
    let by_marks = marks(pieces, &first, decimals);
    let any = by_marks.values().any(|taken| taken.role.level().is_some())
        || first
            .iter()
            .enumerate()
            .any(|(at, taken)| !by_marks.contains_key(&at) && taken.is_some_and(|taken| taken.role.level().is_some()));
    let by_looks = if any { BTreeMap::new() } else { looks(pieces, &by_marks) };
    let code = code::listings(pieces, &first);
    let listing = told(Role::Listing, 70);
    for (at, piece) in pieces.iter_mut().enumerate() {
        if let Piece::Line(line) = piece {
            let by_words = by_marks.get(&at).or_else(|| by_looks.get(&at)).copied();
            line.told = code.contains(&at).then_some(listing).or(by_words).map(Box::new);
        }
    }
    Habits {
        bilingual: bilingual(pieces),
    }
}

/// What each line is for itself.
fn roles(pieces: &[Piece]) -> Vec<Option<Taken>> {
    let context = Context {
        begun: true,
        ..Context::default()
    };
    let role = |piece: &Piece| match piece {
        Piece::Line(line) => Some(take(line, context)),
        Piece::Grid(_) => None,
    };
    pieces.iter().map(role).collect()
}

/// Lines with marks that count on from one another.
#[derive(Debug)]
struct Group {
    mark: Mark,
    members: Vec<usize>,
    last: usize,
    /// Whether a line such as 要求如下： stands before it.
    lead_in: bool,
}

fn marks(pieces: &[Piece], first: &[Option<Taken>], decimals: bool) -> BTreeMap<usize, Taken> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut alone = BTreeMap::new();
    let mut before: Option<&Line> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else {
            before = None;
            continue;
        };
        if line.inlines.is_empty() || line.contents {
            continue;
        }
        let known = first
            .get(at)
            .copied()
            .flatten()
            .is_some_and(|taken| matches!(taken.by, "style" | "numbering" | "outline") && taken.role != Role::Text);
        let mark = if known { None } else { counted(&line.text) };
        match mark {
            Some((Mark::Article, ..)) => {
                open.clear();
                alone.insert(at, article_of(&line.text));
            }
            Some((mark, count, _)) => {
                while open
                    .last()
                    .and_then(|group| groups.get(*group))
                    .is_some_and(|group| group.mark > mark)
                {
                    open.pop();
                }
                let same = open
                    .last()
                    .copied()
                    .filter(|group| groups.get(*group).is_some_and(|group| group.mark == mark));
                match same.and_then(|group| groups.get_mut(group)) {
                    Some(group) if count == group.last + 1 => {
                        group.members.push(at);
                        group.last = count;
                    }
                    _ if count == 1 => {
                        if same.is_some() {
                            open.pop();
                        }
                        open.push(groups.len());
                        groups.push(Group {
                            mark,
                            members: vec![at],
                            last: 1,
                            lead_in: before.is_some_and(|line| line.text.trim_end().ends_with(['：', ':'])),
                        });
                    }
                    // 2. that follows nothing is no chapter.
                    _ if mark == Mark::Digit && !decimals => {
                        alone.insert(at, told(Role::Text, 55));
                    }
                    _ => {}
                }
            }
            None if first
                .get(at)
                .copied()
                .flatten()
                .is_some_and(|taken| taken.role.level().is_some()) =>
            {
                open.clear();
            }
            None => {}
        }
        before = Some(line);
    }
    let mut found = alone;
    for group in &groups {
        decide(pieces, group, decimals, &mut found);
    }
    found
}

fn told(role: Role, confidence: u8) -> Taken {
    Taken {
        role,
        confidence,
        by: "text",
    }
}

fn article_of(text: &str) -> Taken {
    let short = !is_sentence(text);
    told(if short { Role::Clause(5) } else { Role::Untitled(9) }, 85)
}

/// Whether the lines of a group are headings, items or clauses without title.
fn decide(pieces: &[Piece], group: &Group, decimals: bool, found: &mut BTreeMap<usize, Taken>) {
    let line = |at: usize| match pieces.get(at) {
        Some(Piece::Line(line)) => Some(line),
        _ => None,
    };
    let titles = |at: &usize| line(*at).is_some_and(|line| !is_sentence(&line.text));
    // What follows at once: another of the same, one that is deeper, or something else.
    let next = |at: usize| {
        pieces
            .iter()
            .enumerate()
            .skip(at + 1)
            .find(|(_, piece)| !matches!(piece, Piece::Line(line) if line.inlines.is_empty()))
    };
    let has_body = |at: &usize| match next(*at) {
        None => false,
        Some((_, Piece::Grid(_))) => true,
        Some((after, Piece::Line(line))) => {
            !group.members.contains(&after) && counted(&line.text).is_none_or(|(mark, ..)| mark > group.mark)
        }
    };
    let close = |at: &usize| match next(*at) {
        Some((after, Piece::Line(line))) => {
            group.members.contains(&after) || counted(&line.text).is_some_and(|(mark, ..)| mark > group.mark)
        }
        _ => false,
    };
    let all_but_last = group.members.split_last().map_or(&[][..], |(_, rest)| rest);
    let short = group.members.iter().filter(|at| titles(at)).count();
    let rank = BELOW + group.mark as usize;
    // Items end alike, whether a line leads them in or not.
    let semicolons = all_but_last
        .iter()
        .filter(|at| line(**at).is_some_and(|line| line.text.trim_end().ends_with(['；', ';'])))
        .count();
    let listed = group.lead_in || (semicolons > 0 && semicolons * 2 > all_but_last.len());
    let role = if listed && all_but_last.iter().all(close) {
        if group.members.len() < 2 && short == 1 {
            return;
        }
        Role::Item(Item {
            counted: true,
            level: group.mark as usize - 1,
            digits: false,
        })
    } else if short * 2 >= group.members.len()
        && group.members.iter().filter(|at| has_body(at)).count() * 2 >= group.members.len()
        && !(decimals && group.mark == Mark::Digit)
    {
        Role::Clause(rank)
    } else if short == 0 && group.members.len() > 1 && !(decimals && group.mark == Mark::Digit) {
        Role::Untitled(9)
    } else {
        if !decimals && group.mark == Mark::Digit {
            for at in &group.members {
                found.insert(*at, told(Role::Text, 55));
            }
        }
        return;
    };
    for at in &group.members {
        let role = match role {
            Role::Clause(_) if !titles(at) => Role::Untitled(9),
            role => role,
        };
        found.insert(*at, told(role, if group.members.len() > 1 { 75 } else { 60 }));
    }
}

/// Headings by their letters, where nothing else tells any: the largest are chapters.
fn looks(pieces: &[Piece], known: &BTreeMap<usize, Taken>) -> BTreeMap<usize, Taken> {
    let lines = || {
        pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
            Piece::Line(line) if !line.inlines.is_empty() && !line.contents => Some((at, line)),
            _ => None,
        })
    };
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, line) in lines() {
        *sizes.entry(line.look.size.unwrap_or(0)).or_default() += line.text.chars().count();
    }
    let Some(body) = sizes.iter().max_by_key(|(_, letters)| **letters).map(|(size, _)| *size) else {
        return BTreeMap::new();
    };
    let stands_out = |line: &Line| {
        let size = line.look.size.unwrap_or(0);
        let title = caption(&line.text, '表').is_some() || caption(&line.text, '图').is_some();
        (line.heavy && size >= body || size > body)
            && !is_sentence(&line.text)
            && width(&line.text) <= 40.0
            && line.text.chars().any(char::is_alphabetic)
            && line.pictures == 0
            && !line.boxed
            && !title
            && labelled(&line.text, &["注", "NOTE", "Note", "示例", "EXAMPLE", "Example"]).is_none()
    };
    // What is centred once is a title of the whole.
    let mut kinds: BTreeMap<(u32, bool), Vec<usize>> = BTreeMap::new();
    for (at, line) in lines().filter(|(at, line)| stands_out(line) && !known.contains_key(at)) {
        kinds
            .entry((line.look.size.unwrap_or(0), line.heavy))
            .or_default()
            .push(at);
    }
    let centred = |at: &usize| matches!(pieces.get(*at), Some(Piece::Line(line)) if line.centred);
    kinds.retain(|_, places| places.len() > 1 || !places.iter().all(centred));
    let mut found = BTreeMap::new();
    for (level, places) in kinds.values().rev().enumerate() {
        for at in places {
            let taken = Taken {
                role: Role::Clause(level),
                confidence: if places.len() > 1 { 65 } else { 50 },
                by: "look",
            };
            found.insert(*at, taken);
        }
    }
    found
}

fn bilingual(pieces: &[Piece]) -> bool {
    let context = Context {
        begun: true,
        ..Context::default()
    };
    let titles: Vec<bool> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Line(line) if take(line, context).role.level().is_some() => {
                Some(split_languages(&line.text).is_some())
            }
            _ => None,
        })
        .collect();
    let both = titles.iter().filter(|both| **both).count();
    both > 1 && both * 2 >= titles.len()
}
