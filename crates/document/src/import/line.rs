//! Paragraphs and tables as Word has them, before anything is said of what they are.

use super::Reader;
use super::numbering::Label;
use super::role::Taken;
use super::style::{Look, list_of, outline_of};
use super::tree::Node;
use crate::model::Inline;

/// A paragraph or a table of the body, with its place among them from 0.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Line(Line),
    Grid(Grid),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub place: usize,
    /// The style's name without 标准文件_, and whether that stood before it.
    pub style: String,
    pub own_style: bool,
    pub label: Option<Label>,
    pub outline: Option<usize>,
    /// Of its first letters.
    pub look: Look,
    pub centred: bool,
    pub inlines: Vec<Inline>,
    /// Its words, without what is no text.
    pub text: String,
    /// The blanks before them.
    pub lead: String,
    /// Names of bookmarks that begin in it or before it.
    pub bookmarks: Vec<String>,
    /// What content controls hold, by their tags.
    pub controls: Vec<(String, String)>,
    pub pictures: usize,
    /// LaTeX of its formulas.
    pub formulas: Vec<String>,
    /// Whether it is a line of the contents.
    pub contents: bool,
    /// Whether it stood in a text box.
    pub boxed: bool,
    /// Whether all of its letters are bold or 黑体.
    pub heavy: bool,
    /// What the lines around it tell.
    pub told: Option<Box<Taken>>,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub place: usize,
    pub rows: Vec<Vec<Cell>>,
    /// How many rows repeat on each page.
    pub head: usize,
    pub bookmarks: Vec<String>,
}

/// A cell, where it begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    pub pieces: Vec<Piece>,
}

/// No table has more columns.
const MOST_COLUMNS: usize = 200;

impl Reader {
    /// What stands in a body, a cell or a text box. `top` is the count of what stands in the body itself.
    pub(super) fn pieces(&mut self, node: &Node, at: &mut Place) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for child in node.nodes() {
            match child.name.as_str() {
                "w:p" => {
                    self.paragraph(child, at, &mut pieces);
                    at.next();
                }
                "w:tbl" => {
                    let grid = self.grid(child, at);
                    pieces.push(Piece::Grid(grid));
                    at.next();
                }
                "w:sdt" => {
                    let contents = child
                        .way(&["w:sdtPr", "w:docPartObj", "w:docPartGallery"])
                        .is_some_and(|gallery| gallery.value() == "Table of Contents");
                    let was = self.in_contents;
                    self.in_contents |= contents;
                    if let Some(content) = child.child("w:sdtContent") {
                        let mut inner = at.inside();
                        pieces.extend(self.pieces(content, &mut inner));
                    }
                    self.in_contents = was;
                    at.next();
                }
                "w:bookmarkStart" => {
                    if let Some(name) = child.get("w:name") {
                        self.waiting_bookmarks.push(name.to_owned());
                    }
                    at.mark();
                }
                "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" => pieces.extend(self.pieces(child, at)),
                "w:sectPr" => {}
                _ => at.mark(),
            }
        }
        pieces
    }

    fn paragraph(&mut self, node: &Node, at: &Place, pieces: &mut Vec<Piece>) {
        let mut line = Line {
            place: at.index,
            boxed: at.boxed,
            bookmarks: std::mem::take(&mut self.waiting_bookmarks),
            contents: self.in_contents,
            ..Line::default()
        };
        let properties = node.child("w:pPr");
        let id = properties
            .and_then(|properties| properties.child("w:pStyle"))
            .map_or("", Node::value);
        let style = self.styles.get(id).cloned().unwrap_or_default();
        let bare = style.name.strip_prefix("标准文件_");
        line.own_style = bare.is_some();
        bare.unwrap_or(&style.name).clone_into(&mut line.style);
        let lower = line.style.to_lowercase();
        let contents_style = ["toc ", "目录 ", "table of"].iter().any(|name| lower.starts_with(name));
        let list = properties.and_then(list_of);
        let list = match list {
            Some((number, _)) if number == "0" || number.is_empty() => None,
            Some(list) => Some(list),
            None => style.list.clone(),
        };
        line.label = list.and_then(|(number, level)| self.numbering.next(&number, level));
        line.outline = properties
            .and_then(outline_of)
            .or(style.outline)
            .filter(|level| *level < 9);
        let align = properties
            .and_then(|properties| properties.child("w:jc"))
            .map_or(style.align.as_str(), Node::value);
        line.centred = align == "center";
        let mut boxes = Vec::new();
        let mut look = style.look;
        look.size = look.size.or(self.styles.size);
        self.runs_of(node, look, &mut line, &mut boxes);
        tidy(&mut line);
        // Some set running text in a style of the contents.
        line.contents |= contents_style && !line.text.ends_with('。');
        pieces.push(Piece::Line(line));
        // What floats beside a paragraph stands behind it.
        for content in boxes {
            let mut inner = at.inside();
            inner.boxed = true;
            let inner = self.pieces(&content, &mut inner);
            pieces.extend(inner);
        }
    }

    fn grid(&mut self, node: &Node, at: &Place) -> Grid {
        let mut grid = Grid {
            place: at.index,
            bookmarks: std::mem::take(&mut self.waiting_bookmarks),
            ..Grid::default()
        };
        // For each column the row and the cell that reaches down into it.
        let mut reach: Vec<Option<(usize, usize)>> = Vec::new();
        for line in rows_of(node) {
            let mut row: Vec<Cell> = Vec::new();
            let row_count = grid.rows.len();
            let mut column = line
                .way(&["w:trPr", "w:gridBefore"])
                .and_then(|node| node.value().parse::<usize>().ok())
                .unwrap_or(0)
                .min(MOST_COLUMNS);
            let is_head = line.way(&["w:trPr", "w:tblHeader"]).is_some();
            if is_head && grid.head == grid.rows.len() {
                grid.head += 1;
            }
            for cell in cells_of(line) {
                let properties = cell.child("w:tcPr");
                let span = properties
                    .and_then(|properties| properties.child("w:gridSpan"))
                    .and_then(|node| node.value().parse::<usize>().ok())
                    .unwrap_or(1)
                    .clamp(1, MOST_COLUMNS);
                let merge = properties.and_then(|properties| properties.child("w:vMerge"));
                reach.resize(reach.len().max((column + span).min(MOST_COLUMNS)), None);
                let goes_on = merge.is_some_and(|merge| merge.value() != "restart");
                let above = reach.get(column).copied().flatten();
                let mut inner = at.inside();
                let pieces = self.pieces(cell, &mut inner);
                let words = pieces.iter().any(|piece| match piece {
                    Piece::Line(line) => !line.inlines.is_empty(),
                    Piece::Grid(_) => true,
                });
                match above {
                    Some((at_row, at_cell)) if goes_on => {
                        if let Some(owner) = grid
                            .rows
                            .get_mut(at_row)
                            .and_then(|row: &mut Vec<Cell>| row.get_mut(at_cell))
                        {
                            owner.rows = row_count + 1 - at_row;
                            if words {
                                owner.pieces.extend(pieces);
                            }
                        }
                    }
                    _ => {
                        let place = (grid.rows.len(), row.len());
                        for under in reach.iter_mut().skip(column).take(span) {
                            *under = merge.is_some().then_some(place);
                        }
                        row.push(Cell {
                            column,
                            columns: span,
                            rows: 1,
                            pieces,
                        });
                    }
                }
                column = (column + span).min(MOST_COLUMNS);
            }
            grid.rows.push(row);
        }
        grid
    }
}

/// Rows, also those in content controls and insertions.
fn rows_of(node: &Node) -> Vec<&Node> {
    let mut rows = Vec::new();
    for child in node.nodes() {
        match child.name.as_str() {
            "w:tr" => rows.push(child),
            "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" => rows.extend(rows_of(child)),
            _ => {}
        }
    }
    rows
}

fn cells_of(node: &Node) -> Vec<&Node> {
    let mut cells = Vec::new();
    for child in node.nodes() {
        match child.name.as_str() {
            "w:tc" => cells.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" => cells.extend(cells_of(child)),
            _ => {}
        }
    }
    cells
}

/// Where something stands among the children of the body.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub index: usize,
    pub boxed: bool,
    /// Whether it counts: what is inside another thing has that thing's place.
    still: bool,
}

impl Place {
    fn next(&mut self) {
        if !self.still {
            self.index += 1;
        }
    }

    /// Something that is neither paragraph nor table stands here.
    fn mark(&mut self) {
        self.next();
    }

    fn inside(self) -> Self {
        Self { still: true, ..self }
    }
}

/// Blanks at both ends are no text.
fn tidy(line: &mut Line) {
    use crate::model::InlineKind;
    let blank = |c: char| c.is_whitespace() || c == '\u{3000}';
    let mut at = 0;
    while let Some(first) = line.inlines.get_mut(at) {
        match &mut first.kind {
            InlineKind::Text(run) => {
                run.text = run.text.trim_start_matches(blank).to_owned();
                if !run.text.is_empty() {
                    break;
                }
            }
            InlineKind::Break => {}
            // What is no text does not begin it.
            InlineKind::Comment(_) => {
                at += 1;
                continue;
            }
            _ => break,
        }
        line.inlines.remove(at);
    }
    while let Some(last) = line.inlines.last_mut() {
        match &mut last.kind {
            InlineKind::Text(run) => {
                run.text = run.text.trim_end_matches(blank).to_owned();
                if !run.text.is_empty() {
                    break;
                }
            }
            InlineKind::Break => {}
            _ => break,
        }
        line.inlines.pop();
    }
    let bare = line.text.trim_start_matches(blank);
    line.lead = line.text[..line.text.len() - bare.len()].replace('\n', "");
    line.text = bare.trim_end_matches(blank).to_owned();
}
