//! What differs inside of paired units, and which names the pieces of the one have in the other.

use super::anchor::Anchors;
use super::likeness::Likeness;
use super::object::{Objects, is_object};
use super::order::longest_rising;
use super::piece::{Piece, align, pieces};
use super::side::Side;
use super::unit::{Unit, UnitKind};
use super::{Inside, What, formula, said, table};
use crate::data;
use crate::model::{Block, BlockKind, Term};

/// Both texts, and what is known of their objects.
pub(super) struct Context<'a, 'c> {
    pub sides: [Side<'a>; 2],
    pub objects: &'c Objects<'a>,
    pub likeness: &'c Likeness,
}

/// Compares the contents of units: one with one, one with its parts, or parts with what they became.
pub(super) fn compare<'a>(
    context: &Context<'a, '_>,
    old: &[&Unit<'a>],
    new: &[&Unit<'a>],
    anchors: &mut Anchors,
) -> Vec<Inside> {
    let mut found = Vec::new();
    if let ([old], [new]) = (old, new) {
        said(&mut found, What::Title, "", &old.title, &new.title);
        if let (UnitKind::Term(a), UnitKind::Term(b)) = (old.kind, new.kind) {
            term(&mut found, a, b);
        }
    }
    let cut = |units: &[&Unit<'a>], side: Side<'a>| -> Vec<Piece<'a>> {
        units
            .iter()
            .flat_map(|unit| pieces(unit.blocks, side, context.likeness))
            .collect()
    };
    let (from, to) = (cut(old, context.sides[0]), cut(new, context.sides[1]));
    let pairs = align(&from, &to, context.objects);
    for (a, b) in &pairs {
        if let (Some(a), Some(b)) = (a.and_then(|a| from.get(a)), b.and_then(|b| to.get(b))) {
            anchors.carry_pieces(a, b);
        }
    }
    if old.len() + new.len() > 2 {
        // Divided or merged, text is cut elsewhere: only whether the words are the same can be said.
        let words = |pieces: &[Piece<'_>]| -> String { pieces.iter().map(|piece| piece.keyed.as_str()).collect() };
        let shown = |pieces: &[Piece<'_>]| -> String {
            pieces
                .iter()
                .map(|piece| piece.shown.as_str())
                .collect::<Vec<_>>()
                .join("\n")
        };
        if words(&from) != words(&to) {
            found.push(Inside::of(What::Text, String::new(), &shown(&from), &shown(&to)));
        }
        return found;
    }
    let both: Vec<(usize, usize)> = pairs.iter().filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    let kept = longest_rising(&both.iter().map(|(a, _)| *a).collect::<Vec<_>>());
    let mut turn = 0;
    for (a, b) in pairs {
        match (a.and_then(|a| from.get(a)), b.and_then(|b| to.get(b))) {
            (Some(a), Some(b)) => {
                if !kept.contains(&turn) {
                    found.push(Inside::moved(b.what, b.place.clone(), b.shown.clone()));
                }
                turn += 1;
                if a.keyed != b.keyed || a.block.is_some_and(is_object) {
                    found.extend(changed(context, a, b));
                }
            }
            (Some(a), None) => found.extend(left(context, a)),
            (None, Some(b)) => found.extend(came(context, b)),
            (None, None) => {}
        }
    }
    found
}

/// A piece that is gone from its unit: out of the text, unless it is an object that stands elsewhere.
fn left(context: &Context<'_, '_>, piece: &Piece<'_>) -> Option<Inside> {
    let elsewhere = piece
        .block
        .filter(|block| is_object(block))
        .is_some_and(|block| context.objects.became(block.id.as_str()).is_some());
    // It is told where it came to.
    (!elsewhere).then(|| Inside::of(piece.what, named(piece), &piece.shown, ""))
}

/// A piece that is new in its unit.
fn came(context: &Context<'_, '_>, piece: &Piece<'_>) -> Vec<Inside> {
    let before = piece
        .block
        .filter(|block| is_object(block))
        .and_then(|block| Some((block, context.objects.was(block.id.as_str())?)));
    let Some((block, was)) = before else {
        return vec![Inside::of(piece.what, named(piece), "", &piece.shown)];
    };
    let mut found = vec![Inside::moved(piece.what, named(piece), piece.shown.clone())];
    found.extend(objects(context, &piece.place, was, block));
    found
}

fn named(piece: &Piece<'_>) -> String {
    format!("{} {}", piece.place, piece.caption()).trim().to_owned()
}

fn changed(context: &Context<'_, '_>, old: &Piece<'_>, new: &Piece<'_>) -> Vec<Inside> {
    match (old.block, new.block) {
        (Some(a), Some(b)) if is_object(a) => objects(context, &new.place, a, b),
        _ => vec![Inside::of(new.what, new.place.clone(), &old.shown, &new.shown)],
    }
}

fn objects(context: &Context<'_, '_>, number: &str, old: &Block, new: &Block) -> Vec<Inside> {
    let [before, after] = context.sides;
    match (&old.kind, &new.kind) {
        (BlockKind::Table(a), BlockKind::Table(b)) => table::compare(number, (a, before), (b, after)),
        (BlockKind::Formula(a), BlockKind::Formula(b)) => formula::compare(number, (a, before), (b, after)),
        (BlockKind::Data(a), BlockKind::Data(b)) if a.text != b.text => {
            let (a, b) = (data::table(a, &mut Vec::new()), data::table(b, &mut Vec::new()));
            let found = table::compare(number, (&a, before), (&b, after));
            if found.is_empty() {
                // The same rows in another spelling.
                return Vec::new();
            }
            found
        }
        _ => {
            let mut found = Vec::new();
            if before.keyed_block(old) != after.keyed_block(new) {
                let what = if matches!(new.kind, BlockKind::Figure(_)) {
                    What::Figure
                } else {
                    What::Data
                };
                said(
                    &mut found,
                    what,
                    number,
                    &before.shown_block(old),
                    &after.shown_block(new),
                );
            }
            found
        }
    }
}

/// The parts of an entry that are not its title and its definition.
fn term(found: &mut Vec<Inside>, old: &Term, new: &Term) {
    let words = |words: &[crate::model::Designator]| -> String {
        words
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join("、")
    };
    let source = |term: &Term| {
        term.source
            .as_ref()
            .map(|source| source.written.clone())
            .unwrap_or_default()
    };
    let parts = [
        (What::English, old.english.join("; "), new.english.join("; ")),
        (What::Admitted, words(&old.admitted), words(&new.admitted)),
        (What::Deprecated, words(&old.deprecated), words(&new.deprecated)),
        (What::Symbol, old.symbols.join("、"), new.symbols.join("、")),
        (
            What::Domain,
            old.domain.clone().unwrap_or_default(),
            new.domain.clone().unwrap_or_default(),
        ),
        (What::Source, source(old), source(new)),
    ];
    for (what, before, after) in parts {
        said(found, what, "", &before, &after);
    }
}
