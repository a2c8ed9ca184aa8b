//! What is known when a line is read: the list, the places, and what the place in question holds.

use super::Pasted;
use crate::{Answer, Asking, Web};
use platform::{
    list::{
        entering::FIRST,
        query::{self as list, Task, TaskFilter},
    },
    obligation::{
        facts::parts_of,
        mirror::{self, PlaceName, Proposal, TaskTitle},
        query::{self as obligation, MilestoneRow, Obligation, SubjectKind},
    },
    place::query::{self as place, Place},
    question::Window,
};

/// What is known when a line is read.
pub(super) struct Known {
    /// Every task of the list.
    pub tasks: Vec<Task>,
    /// Every place.
    pub places: Vec<Place>,
    /// Every measure.
    pub measures: Vec<list::Measure>,
    /// What the line was read as.
    pub proposal: Proposal,
    /// Code of the place of which the line tells.
    pub place: String,
    /// What that place holds, and the obligation from whose page the line came.
    pub held: Vec<Obligation>,
    /// Milestones of these that are not reached.
    pub milestones: Vec<MilestoneRow>,
}

impl Known {
    /// Reads the line beside what there is.
    pub(super) async fn of(asking: &Asking, web: &Web, pasted: &Pasted) -> Answer<Self> {
        know(asking, web, pasted).await
    }

    /// The obligation of this id, where the form offers it.
    pub(super) fn held(&self, id: &str) -> Option<&Obligation> {
        self.held.iter().find(|o| o.id == id)
    }
}

async fn know(asking: &Asking, web: &Web, pasted: &Pasted) -> Answer<Known> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let tasks = list::tasks(
        platform,
        reader,
        &TaskFilter {
            list: Some(FIRST.to_owned()),
            ..TaskFilter::default()
        },
        &Window::of(200),
    )
    .await?
    .items;
    let places = place::places(platform, reader).await?;
    let pilots = place::of_list(platform, reader, FIRST).await?;
    let proposal = mirror::read(&pasted.line, &titles(&tasks, &pilots), &names(&places));
    let own = asking
        .actor()
        .iter()
        .flat_map(|a| &a.grants)
        .flat_map(|g| &g.places)
        .next()
        .cloned();
    let of_obligation = parts_of(&pasted.obligation)
        .or_else(|| parts_of(&pasted.withdrawn))
        .map(|(_, place)| place.to_owned());
    let place = of_obligation
        .or_else(|| proposal.place.clone())
        .or(own)
        .unwrap_or_default();
    let filter = obligation::Filter {
        place: Some(place.clone()),
        subject_kind: Some(SubjectKind::Task),
        ..obligation::Filter::default()
    };
    let mut held = obligation::obligations(platform, reader, &filter, &Window::of(200))
        .await?
        .items;
    if !pasted.obligation.is_empty() && !held.iter().any(|o| o.id == pasted.obligation) {
        held.push(obligation::obligation(platform, reader, &pasted.obligation).await?);
    }
    let ids: Vec<String> = held.iter().map(|o| o.id.clone()).collect();
    let milestones = obligation::open_milestones(platform, reader, &ids).await?;
    let measures = list::measures(platform, FIRST).await?;
    Ok(Known {
        tasks,
        places,
        measures,
        proposal,
        place,
        held,
        milestones,
    })
}

fn titles(tasks: &[Task], pilots: &[String]) -> Vec<TaskTitle> {
    tasks
        .iter()
        .map(|task| {
            let both = |text: &platform::bilingual::Bilingual| {
                std::iter::once(text.zh.clone())
                    .chain(text.en.clone())
                    .collect::<Vec<_>>()
            };
            let titles = both(&task.title)
                .into_iter()
                .chain(task.topics.iter().flat_map(both))
                .collect();
            let places = task
                .claims
                .iter()
                .flat_map(|c| {
                    if c.places.is_empty() {
                        pilots.to_vec()
                    } else {
                        c.places.clone()
                    }
                })
                .collect();
            TaskTitle {
                id: task.id.clone(),
                number: task.number,
                titles,
                places,
            }
        })
        .collect()
}

fn names(places: &[Place]) -> Vec<PlaceName> {
    places
        .iter()
        .map(|p| PlaceName {
            code: p.code.clone(),
            names: [p.name.zh.clone(), p.short.clone()]
                .into_iter()
                .chain(p.name.en.clone())
                .collect(),
            prefix: (!p.prefix.is_empty()).then(|| p.prefix.clone()),
        })
        .collect()
}
