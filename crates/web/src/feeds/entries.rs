//! Entries of the history as items of a feed, milestones as events of a calendar: in the language of the feed, 演示 marked.

use super::{atom::Item, ics::Event};
use crate::{Answer, Asking, Web};
use language::{Lang, t};
use platform::{
    bilingual::Bilingual,
    catalogue::english::named,
    context::Reader,
    history::query::Entry,
    list::query::{self as list, TaskFilter},
    notice::{
        letter::{kind_name, path_of},
        query::{Due, Limit},
    },
    place::query as place,
    question::Window,
};
use std::collections::BTreeMap;

/// Names of places and titles of tasks, by code and id.
pub(super) struct Names {
    places: BTreeMap<String, Bilingual>,
    tasks: BTreeMap<String, (u32, Bilingual)>,
}

impl Names {
    pub(super) async fn of(web: &Web, asking: &Asking) -> Answer<Self> {
        let public = Reader::public(asking.reader.today);
        let places = place::places(&web.platform, &public)
            .await?
            .into_iter()
            .map(|p| (p.code.clone(), p.short_name()))
            .collect();
        let (mut tasks, mut window) = (BTreeMap::new(), Window::of(200));
        loop {
            let page = list::tasks(&web.platform, &public, &TaskFilter::default(), &window).await?;
            tasks.extend(page.items.into_iter().map(|t| (t.id.clone(), (t.number, t.title))));
            match page.next {
                Some(next) => window.cursor = Some(next),
                None => return Ok(Self { places, tasks }),
            }
        }
    }

    fn place(&self, lang: Lang, code: &str) -> Option<String> {
        self.places.get(code).map(|name| in_lang(lang, name))
    }

    fn task(&self, lang: Lang, id: &str) -> Option<String> {
        self.tasks.get(id).map(|(number, title)| {
            t!(
                lang,
                "report-task",
                number = number.to_string(),
                title = in_lang(lang, title)
            )
        })
    }
}

fn in_lang(lang: Lang, text: &Bilingual) -> String {
    crate::components::words::first(lang, text).to_owned()
}

/// 南京 · 第20项 … · 登记证据或成果, in the language of the feed. An output that bears the title of its task is not named again.
fn title(lang: Lang, entry: &Entry, names: &Names) -> String {
    let output: Option<Bilingual> = entry
        .body
        .pointer("/output/title")
        .and_then(|t| serde_json::from_value(t.clone()).ok())
        .filter(|output: &Bilingual| {
            names
                .tasks
                .get(&entry.task)
                .is_none_or(|(_, task)| task.zh != output.zh)
        });
    let parts = [
        names.place(lang, &entry.place),
        names.task(lang, &entry.task),
        output.map(|o| in_lang(lang, &o)),
        Some(kind_name(lang, &entry.kind)),
    ];
    let mark = if entry.demo {
        t!(lang, "report-demo-mark")
    } else {
        String::new()
    };
    format!("{mark}{}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// An entry as an item.
pub(super) fn item(lang: Lang, entry: &Entry, names: &Names) -> Item {
    Item {
        id: format!("event/{}", entry.position),
        title: match &entry.corrected_by {
            Some(_) => t!(lang, "feed-withdrawn", title = title(lang, entry, names)),
            None => title(lang, entry, names),
        },
        // What was withdrawn no longer stands on the page of its object.
        path: lang.path(&match &entry.corrected_by {
            Some(_) => format!("/events/{}", entry.position),
            None => path_of(&entry.stream),
        }),
        updated: entry.corrected_by.as_ref().map_or(entry.at, |c| c.at),
        published: entry.at,
        summary: summary(lang, entry),
    }
}

/// Since when it holds; of what was withdrawn, when and why. Whoever sees an entry sees why it was withdrawn.
fn summary(lang: Lang, entry: &Entry) -> String {
    let holds = t!(
        lang,
        "feed-summary",
        date = language::date(lang, entry.effective),
        position = entry.position.to_string()
    );
    match &entry.corrected_by {
        None => holds,
        Some(by) => {
            let withdrawn = t!(
                lang,
                "feed-withdrawn-because",
                at = language::instant(lang, by.at),
                reason = by.reason.as_str()
            );
            format!("{withdrawn} {holds}")
        }
    }
}

/// A milestone as an event of a day.
pub(super) fn event(lang: Lang, base: &str, due: &Due, names: &Names, demo: bool) -> Event {
    let mark = if demo || due.demo {
        t!(lang, "report-demo-mark")
    } else {
        String::new()
    };
    let parts = [
        names.place(lang, &due.place),
        Some(in_lang(lang, &due.name)),
        Some(in_lang(lang, &due.title)),
    ];
    let says: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    Event {
        uid: due.id.clone(),
        host: super::atom::host(base).to_owned(),
        day: due.due,
        summary: format!("{mark}{}", says.join(" · ")),
        description: t!(lang, "feed-set-by", who = named(lang, &due.set_by)),
        url: format!("{base}{}", lang.path(&format!("/obligations/{}", due.obligation))),
        sequence: due.position.0,
        stamp: due.at,
    }
}

/// A time limit as an event of its last day.
pub(super) fn limit(lang: Lang, base: &str, limit: &Limit, place: Option<&str>, names: &Names, demo: bool) -> Event {
    let mark = if demo {
        t!(lang, "report-demo-mark")
    } else {
        String::new()
    };
    let task = t!(
        lang,
        "report-task",
        number = limit.number.to_string(),
        title = in_lang(lang, &limit.title)
    );
    let parts = [
        place.and_then(|code| names.place(lang, code)),
        Some(t!(lang, "next-time-limit")),
        Some(task),
    ];
    let says = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (uid, path) = match &limit.obligation {
        Some(id) => (id, format!("/obligations/{id}")),
        None => (&limit.task, format!("/tasks/{}", limit.task)),
    };
    Event {
        uid: format!("time-limit-{uid}"),
        host: super::atom::host(base).to_owned(),
        day: limit.due,
        summary: format!("{mark}{says}"),
        description: t!(lang, "feed-set-by", who = named(lang, &limit.set_by)),
        url: format!("{base}{}", lang.path(&path)),
        sequence: limit.position.0,
        stamp: limit.at,
    }
}
