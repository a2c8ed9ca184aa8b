//! What differs in a formula: the formula, and the explanation of each symbol.

use super::side::Side;
use super::{Inside, What, said};
use crate::model::Formula;

/// All that differs; `number` names the formula, 公式（1）.
pub(super) fn compare(number: &str, old: (&Formula, Side<'_>), new: (&Formula, Side<'_>)) -> Vec<Inside> {
    let mut found = Vec::new();
    let folded = |latex: &str| latex.split_whitespace().collect::<Vec<_>>().join(" ");
    said(
        &mut found,
        What::Formula,
        number,
        &folded(&old.0.latex),
        &folded(&new.0.latex),
    );
    for symbol in &old.0.symbols {
        let place = format!("{number} {}", symbol.symbol);
        let shown = old.1.shown(&symbol.text);
        match new.0.symbols.iter().find(|other| other.symbol == symbol.symbol) {
            None => said(&mut found, What::Symbol, &place, &shown, ""),
            Some(other) if old.1.keyed(&symbol.text) != new.1.keyed(&other.text) => {
                found.push(Inside::of(What::Symbol, place, &shown, &new.1.shown(&other.text)));
            }
            Some(_) => {}
        }
    }
    for symbol in &new.0.symbols {
        if !old.0.symbols.iter().any(|other| other.symbol == symbol.symbol) {
            let place = format!("{number} {}", symbol.symbol);
            said(&mut found, What::Symbol, &place, "", &new.1.shown(&symbol.text));
        }
    }
    found
}
