//! The semantic document: what a standard is made of, in the words of GB/T 1.1—2020, whatever it was read from.
//!
//! A [`Document`] is its [`FrontMatter`], blocks before the first heading, [`Element`]s in the order of the source, and
//! the footnotes of its text. An element is a kind and a [`Clause`]; clauses nest. What a clause says are [`Block`]s of
//! [`Inline`]s. No number is in the model: numbers are computed by [`crate::resolve`].
//!
//! Every node knows its [`Span`]; spans never enter JSON, so two documents of the same text print the same. Equality
//! of values does count spans.

mod block;
mod clause;
mod data;
mod figure;
mod formula;
mod front;
mod identity;
mod inline;
mod place;
mod plain;
mod reference;
mod spell;
mod table;
mod term;
mod walk;
mod words;

pub use block::{
    Block, BlockKind, Change, ChangeAction, Evidence, Example, List, ListItem, ListStyle, Note, Translation, Unplaced,
};
pub use clause::{AnnexNature, Clause, Document, DocumentKind, Element, ElementKind, Footnote, Heading};
pub use data::{DataFence, DataKind};
pub use figure::{Figure, Image, KeyEntry, SubFigure};
pub use formula::{Formula, Symbol};
pub use front::{Adoption, Degree, DraftStage, ForewordData, FrontMatter, Genre, TextLanguage, Tier, Title};
pub(crate) use identity::name_all;
pub use inline::{Citation, CitedAs, CrossReference, Inline, InlineKind, Run};
pub use place::{Id, Position, Span};
pub use plain::{Plain, plain_text};
pub use reference::{Reference, ReferenceList};
pub(crate) use spell::{spell, spell_block};
pub use table::{Align, Cell, Column, Row, Table};
pub use term::{Designator, Term, TermSource};
pub use walk::{Visit, walk_blocks, walk_document};
pub use words::Words;
