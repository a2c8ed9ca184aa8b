//! Formulas and what their symbols mean.

use super::blocks::{Maker, paragraph};
use super::line::Line;
use super::links::Of;
use super::title::drop_start;
use crate::model::{Block, BlockKind, Formula, InlineKind, Span, Symbol};

impl Maker<'_> {
    pub(super) fn formula(&mut self, line: &Line) {
        let rest = line
            .formulas
            .iter()
            .fold(line.text.clone(), |rest, latex| rest.replacen(latex.as_str(), "", 1));
        let numbered = rest.chars().any(|c| c.is_ascii_digit());
        let mut block = Block::new(BlockKind::Formula(Formula {
            latex: line.formulas.join(" "),
            unnumbered: !numbered,
            ..Formula::default()
        }));
        block.id = self.links.id(&line.bookmarks, Of::Block);
        self.put(block);
    }

    /// 式中：, perhaps with the first symbol behind it.
    pub(super) fn symbols_begin(&mut self, mut line: Line) {
        let is_formula = self
            .last()
            .is_some_and(|last| matches!(last.kind, BlockKind::Formula(_)));
        let bare = matches!(line.text.trim_end(), "式中：" | "式中:" | "式中");
        if !is_formula {
            self.put(paragraph(line.inlines));
        } else if !bare {
            drop_start(&mut line.inlines, 3);
            self.symbol(line);
        } else if let Some(BlockKind::Formula(formula)) = self.last().map(|last| &mut last.kind) {
            // So that the lines behind it are known for symbols.
            formula.symbols.push(Symbol {
                span: Span::NOWHERE,
                symbol: String::new(),
                text: Vec::new(),
            });
        }
    }

    pub(super) fn symbol(&mut self, line: Line) {
        let made = formula_symbol(&line);
        if let (Some(BlockKind::Formula(formula)), Some(symbol)) = (self.last().map(|last| &mut last.kind), made) {
            formula.symbols.retain(|symbol| !symbol.symbol.is_empty());
            formula.symbols.push(symbol);
            return;
        }
        self.put(paragraph(line.inlines));
    }
}

/// `w_i——第 i 项的权重`.
pub(super) fn formula_symbol(line: &Line) -> Option<Symbol> {
    let mut inlines = line.inlines.clone();
    let symbol = match inlines.first().map(|first| &first.kind) {
        Some(InlineKind::Math(latex)) => {
            let latex = latex.clone();
            inlines.remove(0);
            latex
        }
        _ => {
            let (before, _) = line.text.split_once("——").or_else(|| line.text.split_once('—'))?;
            let symbol = before.trim().to_owned();
            if symbol.chars().count() > 20 || symbol.chars().any(|c| c > '\u{2e80}') {
                return None;
            }
            drop_start(&mut inlines, before.chars().count());
            symbol
        }
    };
    let first = inlines.first_mut()?;
    let InlineKind::Text(run) = &mut first.kind else {
        return None;
    };
    let rest = run
        .text
        .trim_start()
        .trim_start_matches(['—', '–', '-', '：', ':'])
        .to_owned();
    run.text = rest;
    Some(Symbol {
        span: Span::NOWHERE,
        symbol,
        text: inlines,
    })
}
