//! Obligations as rows of a table: of one task, or of whatever an address asks for; what today says otherwise beside them.

use crate::{
    Asking,
    components::{
        otherwise, standing,
        table::{Column, Row, Set, Table},
        words::{Mark, bilingual, first, mark},
    },
    pages::task::{place_name, subject_path},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    obligation::{
        order::{Key, Order},
        query::Obligation,
    },
    place::query::Place,
};

/// What today says of a row of another day.
enum Today<'v> {
    /// The same, or nobody asks.
    Same,
    /// It is no longer there.
    Gone,
    /// This.
    Otherwise(&'v Obligation),
}

/// What a table of obligations is drawn from.
pub(crate) struct Rows<'v> {
    /// The rows.
    pub held: &'v [Obligation],
    /// The same as they stand today, where that is compared.
    pub today: Option<&'v [Obligation]>,
    /// Names of places.
    pub places: &'v [Place],
    /// Whether each row says of which task or sentence it is, and heads sort; else they are of one.
    pub of_many: bool,
    /// In which order they come.
    pub order: Order,
}

impl Rows<'_> {
    /// The table.
    pub(crate) fn table(&self, asking: &Asking) -> Table {
        let lang = asking.lang;
        let sorting = |column: Column| if self.of_many { column.sorts() } else { column };
        let mut columns = vec![sorting(Column::new("place", t!(lang, "column-place")))];
        if self.of_many {
            columns.push(Column::new("title", t!(lang, "column-title")).set(Set::Title));
        }
        columns.extend([
            sorting(Column::new("state", t!(lang, "column-state"))),
            sorting(Column::new("stage", t!(lang, "column-progress")).folded()),
            Column::new("part", t!(lang, "words-part")).folded(),
            Column::new("holder", t!(lang, "column-holder")).folded(),
            sorting(Column::new("since", t!(lang, "column-since")).set(Set::Date).folded()),
            sorting(Column::new("due", t!(lang, "column-due")).set(Set::Date)),
        ]);
        if self.of_many {
            columns.extend([
                Column::new("tier", t!(lang, "words-tier")).optional().folded(),
                Column::new("claim", t!(lang, "words-claim")).optional().folded(),
            ]);
        }
        let mut table = Table::new("obligations", t!(lang, "task-holders"), columns);
        table.wide = true;
        table.compact = true;
        let mut before: Option<String> = None;
        for o in self.held {
            let group = self.order.group.map(|key| self.group(lang, key, o));
            let begins = group.clone().filter(|_| group != before).map(|words| html! { (words) });
            table.rows.push(
                Row::new(self.cells(asking, o))
                    .changed(self.is_changed(o))
                    .begins(begins),
            );
            before = group;
        }
        table
    }

    fn group(&self, lang: Lang, key: Key, o: &Obligation) -> String {
        match key {
            Key::State => standing::word(lang, "state", &o.state),
            Key::Place => whose(lang, o, self.places),
            _ if o.number == 0 => t!(lang, "obligations-of-actions"),
            _ => format!(
                "{} {}",
                t!(lang, "task-number", number = o.number),
                first(lang, &o.title)
            ),
        }
    }

    fn cells(&self, asking: &Asking, o: &Obligation) -> Vec<Markup> {
        let lang = asking.lang;
        let year = asking.reader.today.year();
        let mut cells = vec![html! {
            a href=(asking.link(&format!("/obligations/{}", o.id))) { (whose(lang, o, self.places)) }
            @if o.demo { " " (mark(lang, Mark::Demo)) }
        }];
        if self.of_many {
            cells.push(html! { @if o.number > 0 { (o.number) " " } a href=(asking.link(&subject_path(o))) { (bilingual(lang, &o.title)) } });
        }
        cells.extend([
            html! {
                (standing::state(lang, &o.state))
                @match self.otherwise(o) {
                    Today::Otherwise(now) => { " " small { (t!(lang, "place-today")) " " (otherwise::told(lang, o, now)) } }
                    Today::Gone => { " " small { (t!(lang, "place-today-gone")) } }
                    Today::Same => {}
                }
            },
            standing::ruler(lang, o, asking.reader.as_of.date),
            html! { (standing::word(lang, "part", &o.part)) },
            standing::holder(lang, o),
            html! { @if let Some(day) = o.holder.since { (language::date_brief(lang, day, year)) } },
            standing::due(lang, o, asking.reader.as_of.date),
        ]);
        if self.of_many {
            cells.extend([
                html! { @if !o.tier.is_empty() { (standing::word(lang, "tier", &o.tier)) } },
                html! { (standing::word(lang, "claim", &o.claim)) },
            ]);
        }
        cells
    }

    fn is_changed(&self, o: &Obligation) -> bool {
        !matches!(self.otherwise(o), Today::Same)
    }

    /// What today says of a row.
    fn otherwise(&self, o: &Obligation) -> Today<'_> {
        let Some(today) = self.today else {
            return Today::Same;
        };
        let Some(now) = today.iter().find(|now| now.id == o.id) else {
            return Today::Gone;
        };
        if otherwise::is_same(o, now) {
            Today::Same
        } else {
            Today::Otherwise(now)
        }
    }

    /// How many rows changed since the day shown; nothing where nobody compares.
    pub(crate) fn changes(&self, asking: &Asking) -> Markup {
        let count = self.held.iter().filter(|o| self.is_changed(o)).count();
        html! {
            @if self.today.is_some() {
                div.notice role="status" { p {
                    (t!(asking.lang, "list-changed", count = count)) " "
                    a href=(asking.links.here_with(&[("compare", None)])) { (t!(asking.lang, "place-compare-off")) }
                } }
            }
        }
    }
}

/// Whose it is: the place, or the ministry.
pub(crate) fn whose(lang: Lang, o: &Obligation, places: &[Place]) -> String {
    if o.place.is_empty() {
        first(lang, &o.holder.organization_name).to_owned()
    } else {
        place_name(lang, places, &o.place)
    }
}
