//! Tables: sticky head, heads that sort, groups, columns that can be chosen, and words where there are no rows. What is
//! sorted, grouped and shown stands in the address: `sort=`, `group=`, `columns=`.

use crate::asking::Asking;
use language::t;
use maud::{Markup, html};

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Set {
    /// As text, cut at its end where it is too long.
    #[default]
    Text,
    /// The title: takes the free width.
    Title,
    /// Text that may take several lines.
    Wrap,
    /// Right, with figures under one another.
    Number,
    /// Never broken.
    Date,
    /// As narrow as it goes, cut at its end.
    Cut,
}

impl Set {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Title => Some("title"),
            Self::Wrap => Some("wrap"),
            Self::Number => Some("number"),
            Self::Date => Some("date"),
            Self::Cut => Some("cut"),
        }
    }
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    id: &'static str,
    head: String,
    set: Set,
    sorts: bool,
    optional: bool,
    folded: bool,
}

impl Column {
    /// A column with its id (in `columns=` and `sort=`) and its head.
    pub fn new(id: &'static str, head: impl Into<String>) -> Self {
        Self {
            id,
            head: head.into(),
            set: Set::Text,
            sorts: false,
            optional: false,
            folded: false,
        }
    }

    /// How its cells are set.
    pub fn set(mut self, set: Set) -> Self {
        self.set = set;
        self
    }

    /// Its head sorts: `sort=ID`, and `sort=-ID` for the other way; the query must know the id.
    pub fn sorts(mut self) -> Self {
        self.sorts = true;
        self
    }

    /// Not shown until it is chosen.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Unfolds under the row on a phone; all columns but the first and two facts.
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    fn class(&self) -> Option<String> {
        let words: Vec<&str> = self
            .set
            .class()
            .into_iter()
            .chain(self.folded.then_some("more"))
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// A row: a cell for each column, in order, those that are not shown too.
#[derive(Debug, Clone)]
pub struct Row {
    cells: Vec<Markup>,
    changed: bool,
    id: Option<String>,
    group: Option<Markup>,
}

impl Row {
    /// A row.
    pub fn new(cells: Vec<Markup>) -> Self {
        Self {
            cells,
            changed: false,
            id: None,
            group: None,
        }
    }

    /// Gives it an id, to which others can link.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// It is the first of a group, whose name stands above it.
    pub fn begins(mut self, group: Option<Markup>) -> Self {
        self.group = group;
        self
    }

    /// Marks it as changed between two dates.
    pub fn changed(mut self, changed: bool) -> Self {
        self.changed = changed;
        self
    }
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// An id that is unique in the page.
    pub id: &'static str,
    /// What the table shows; said before it.
    pub caption: String,
    /// Columns; the first holds the heads of the rows.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Why there may be none, and what comes.
    pub empty: Markup,
    /// Wider than the page: it scrolls within its frame, and its first column stays.
    pub wide: bool,
    /// Rows of 28 px.
    pub compact: bool,
    /// Every row is one line: what does not fit is cut, and said in full where the pointer rests.
    pub single: bool,
    /// Stands beside another table of the page: `sort=` and `columns=` are not about it.
    pub fixed: bool,
    /// Lines that stand on every printed sheet: title, version of the list, time of data.
    pub print_head: Option<String>,
}

impl Table {
    /// A table without rows yet.
    pub fn new(id: &'static str, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            id,
            caption: caption.into(),
            columns,
            rows: Vec::new(),
            empty: html! {},
            wide: false,
            compact: false,
            single: false,
            fixed: false,
            print_head: None,
        }
    }

    /// The columns that are shown: those chosen by `columns=`, or all that are not optional. The first always.
    fn shown(&self, asking: &Asking) -> Vec<usize> {
        let chosen = if self.fixed {
            Vec::new()
        } else {
            asking.links.all("columns")
        };
        (0..self.columns.len())
            .filter(|&i| {
                let column = &self.columns[i];
                i == 0
                    || if chosen.is_empty() {
                        !column.optional
                    } else {
                        chosen.contains(&column.id)
                    }
            })
            .collect()
    }

    /// Draws it; without rows, says why.
    pub fn draw(&self, asking: &Asking) -> Markup {
        if self.rows.is_empty() {
            let lang = asking.lang;
            return html! { div.empty { p { (t!(lang, "table-empty")) } (self.empty) } };
        }
        let shown = self.shown(asking);
        let caption = format!("{}-caption", self.id);
        let table = html! {
            table.table.compact[self.compact].single[self.single] #(self.id) data-list="" data-unfold=(t!(asking.lang, "table-details")) {
                caption.visually-hidden #(caption) { (self.caption) }
                thead {
                    @if let Some(print) = &self.print_head { tr.print-head { th colspan=(shown.len()) { (print) } } }
                    tr { @for &i in &shown { (self.head(asking, i)) } }
                }
                tbody {
                    @for row in &self.rows {
                        @if let Some(group) = &row.group { tr.group { th colspan=(shown.len()) scope="rowgroup" { (group) } } }
                        tr.is-changed[row.changed] id=[&row.id] {
                            @for &i in &shown {
                                @let column = &self.columns[i];
                                @if i == 0 {
                                    th scope="row" class=[column.class()] data-column=[self.chosen(column)] { @if let Some(cell) = row.cells.get(i) { (cell) } }
                                } @else {
                                    td class=[column.class()] data-column=[self.chosen(column)] { @if let Some(cell) = row.cells.get(i) { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        };
        html! {
            @if self.wide {
                div.table-frame.wide tabindex="0" role="region" aria-labelledby=(caption) { (table) }
            } @else {
                div.table-frame { (table) }
            }
        }
    }

    /// By what the chooser finds a column.
    fn chosen(&self, column: &Column) -> Option<&'static str> {
        (!self.fixed).then_some(column.id)
    }

    fn head(&self, asking: &Asking, at: usize) -> Markup {
        let column = &self.columns[at];
        let mut class = column.class();
        if at == 0 && self.wide {
            class = Some(class.map_or_else(|| "first".to_owned(), |c| format!("first {c}")));
        }
        let up = asking.links.get("sort") == Some(column.id);
        let down = asking.links.get("sort").and_then(|s| s.strip_prefix('-')) == Some(column.id);
        let sorts = column.sorts && !self.fixed;
        let direction = sorts.then_some(if up {
            "ascending"
        } else if down {
            "descending"
        } else {
            "none"
        });
        let next = if up {
            format!("-{}", column.id)
        } else {
            column.id.to_owned()
        };
        html! {
            th scope="col" class=[class] data-column=[self.chosen(column)] aria-sort=[direction] {
                @if sorts {
                    a.sort href=(asking.links.here_with(&[("sort", Some(&next))])) title=(t!(asking.lang, "table-sort-by", column = column.head.as_str())) { (column.head) }
                } @else { (column.head) }
            }
        }
    }

    /// The menu that chooses columns; it stands among the tools above the table.
    pub fn chooser(&self, asking: &Asking) -> Markup {
        let lang = asking.lang;
        let shown = self.shown(asking);
        html! {
            details.menu data-columns="" {
                summary.button.small { (t!(lang, "table-columns")) }
                form.menu-panel method="get" action=(lang.path(&asking.links.path)) {
                    @for (name, value) in &asking.links.query {
                        @if name != "columns" && !value.is_empty() { input type="hidden" name=(name) value=(value); }
                    }
                    @for (i, column) in self.columns.iter().enumerate().skip(1) {
                        label.check { input type="checkbox" name="columns" value=(column.id) checked[shown.contains(&i)]; span { (column.head) } }
                    }
                    button.button.small type="submit" { (t!(lang, "action-apply")) }
                }
            }
        }
    }
}

/// Sorts rows that are all there; rows that are alike keep the order in which they came, whichever way they are sorted.
pub fn arrange<T, K: Ord>(rows: &mut [T], down: bool, key: impl Fn(&T) -> K) {
    rows.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        if down { b.cmp(&a) } else { a.cmp(&b) }
    });
}

/// The tools above a table: filters at the left, the rest at the right.
pub fn tools(left: Markup, right: Markup) -> Markup {
    html! { div.table-tools { (left) div.table-tools-end { (right) } } }
}
