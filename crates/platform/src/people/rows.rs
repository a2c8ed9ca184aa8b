//! Rows of bodies, desks, persons and memberships. No row holds a name of a person.

use super::event::{Body, Ground, OrganizationEvent, PersonEvent};
use crate::{
    bilingual::Bilingual,
    event::{read, standing},
};
use jiff::civil::Date;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline,
    table::{integer, integer_or_null, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};
use std::collections::BTreeMap;

const ORGANIZATION_TABLES: &[Table] = &[
    Table {
        name: "organization",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("name_zh"),
            text_or_null("name_en"),
            text("name_origin"),
            text("short"),
            text("kind"),
            text("place"),
            text("parent"),
            text("ownership"),
            text("codes"),
            integer("addressed"),
            integer("demo"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["place, to_position", "kind, to_position"],
    },
    Table {
        name: "desk",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("organization"),
            text("name_zh"),
            text_or_null("name_en"),
            text("name_origin"),
            text("contact"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["organization, to_position"],
    },
];

const PERSON_TABLES: &[Table] = &[
    Table {
        name: "person",
        columns: &[
            text("id"),
            integer("entered_at"),
            text_or_null("left_on"),
            integer("erased"),
            text_or_null("erased_on"),
            text("erased_ground"),
            integer("demo"),
            integer_or_null("factor_removed_at"),
            text("factor_removed_why"),
        ],
        key: &["id"],
        indexes: &[],
    },
    Table {
        name: "membership",
        columns: &[
            text("id"),
            text("person"),
            text("organization"),
            text("desk"),
            text("role"),
            text("places"),
            text("from_day"),
            text_or_null("until_day"),
        ],
        key: &["person", "id"],
        indexes: &["organization", "desk"],
    },
    Table {
        name: "substitution",
        columns: &[text("person"), text("substitute"), text("from_day"), text("until_day")],
        key: &["person", "substitute"],
        indexes: &["substitute"],
    },
];

/// The projection of `organization/…`.
#[derive(Debug, Clone, Copy)]
pub struct OrganizationRows;

/// The projection of `person/…`.
#[derive(Debug, Clone, Copy)]
pub struct PersonRows;

/// A desk, while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Its name.
    pub name: Bilingual,
    /// How the public reaches it.
    pub contact: Option<String>,
}

/// The state of one body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// What is known of it; nothing where it does not exist.
    pub body: Option<Body>,
    /// Open desks, by id.
    pub desks: BTreeMap<String, Desk>,
    /// Whether it has ended.
    pub ended: bool,
    /// Who goes on with its work.
    pub successor: Option<String>,
}

impl Organization {
    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        match read::<OrganizationEvent>(recorded) {
            Some(OrganizationEvent::Entered { body } | OrganizationEvent::Changed { body }) => self.body = Some(body),
            Some(OrganizationEvent::Ended { successor, .. }) => {
                self.ended = true;
                self.successor = successor;
            }
            Some(OrganizationEvent::DeskOpened { desk, name, contact }) => {
                self.desks.insert(desk, Desk { name, contact });
            }
            Some(OrganizationEvent::DeskChanged { desk, name, contact }) => {
                if let Some(open) = self.desks.get_mut(&desk) {
                    *open = Desk { name, contact };
                }
            }
            Some(OrganizationEvent::DeskClosed { desk, .. }) => {
                self.desks.remove(&desk);
            }
            None => {}
        }
    }
}

struct OrganizationHistory;
struct DeskHistory;

impl Timeline for OrganizationHistory {
    const TABLE: &'static str = "organization";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(first.stream.id(), &counted, Organization::apply, |state| {
            let body = state.body.as_ref().filter(|_| !state.ended)?;
            Some(vec![
                ("name_zh", (&body.name.zh).into()),
                ("name_en", body.name.en.clone().into()),
                ("name_origin", body.name.en_origin.id().into()),
                ("short", (&body.short).into()),
                ("kind", (&body.kind).into()),
                ("place", body.place.as_deref().unwrap_or("").into()),
                ("parent", body.parent.as_deref().unwrap_or("").into()),
                ("ownership", body.ownership.as_deref().unwrap_or("").into()),
                ("codes", serde_json::json!(body.codes).to_string().into()),
                ("addressed", body.addressed.into()),
                ("demo", body.demo.into()),
            ])
        })
    }
}

impl Timeline for DeskHistory {
    const TABLE: &'static str = "desk";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let mut desks: Vec<String> = counted
            .iter()
            .filter_map(|e| match read::<OrganizationEvent>(e) {
                Some(OrganizationEvent::DeskOpened { desk, .. }) => Some(desk),
                _ => None,
            })
            .collect();
        desks.sort();
        desks.dedup();
        desks
            .iter()
            .flat_map(|id| {
                timeline::fold(id, &counted, Organization::apply, |state| {
                    let desk = state.desks.get(id)?;
                    Some(vec![
                        ("organization", first.stream.id().into()),
                        ("name_zh", (&desk.name.zh).into()),
                        ("name_en", desk.name.en.clone().into()),
                        ("name_origin", desk.name.en_origin.id().into()),
                        ("contact", desk.contact.as_deref().unwrap_or("").into()),
                    ])
                })
            })
            .collect()
    }
}

impl Projection for OrganizationRows {
    fn name(&self) -> &'static str {
        "organization"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [Table] {
        ORGANIZATION_TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "organization"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let mut changes = timeline::project::<OrganizationHistory>(events);
        changes.extend(timeline::project::<DeskHistory>(events));
        changes
    }
}

impl Projection for PersonRows {
    fn name(&self) -> &'static str {
        "person"
    }

    fn version(&self) -> u32 {
        3
    }

    fn tables(&self) -> &'static [Table] {
        PERSON_TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "person"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let Some(last) = events.last() else {
            return Vec::new();
        };
        let person = last.stream.id();
        let end = |membership: &str, on: Date| Change::Update {
            table: "membership",
            values: vec![("until_day", on.into())],
            whose: vec![("person", person.into()), ("id", membership.into())],
        };
        match read::<PersonEvent>(last) {
            Some(PersonEvent::Entered { demo, .. }) => vec![Change::Insert {
                table: "person",
                values: vec![
                    ("id", person.into()),
                    ("entered_at", last.at.into()),
                    ("left_on", Option::<Date>::None.into()),
                    ("erased", false.into()),
                    ("erased_on", Option::<Date>::None.into()),
                    ("erased_ground", "".into()),
                    ("demo", demo.into()),
                    ("factor_removed_at", Option::<i64>::None.into()),
                    ("factor_removed_why", "".into()),
                ],
            }],
            Some(PersonEvent::MembershipGranted {
                membership,
                organization,
                desk,
                role,
                places,
                from,
                until,
                basis: _,
            }) => {
                vec![Change::Insert {
                    table: "membership",
                    values: vec![
                        ("id", membership.into()),
                        ("person", person.into()),
                        ("organization", organization.into()),
                        ("desk", desk.unwrap_or_default().into()),
                        ("role", role.id().into()),
                        ("places", serde_json::json!(places).to_string().into()),
                        ("from_day", from.into()),
                        ("until_day", until.into()),
                    ],
                }]
            }
            Some(PersonEvent::MembershipEnded { membership, on }) => vec![end(&membership, on)],
            Some(PersonEvent::SubstituteNamed {
                substitute,
                from,
                until,
            }) => vec![Change::Upsert {
                table: "substitution",
                key: &["person", "substitute"],
                values: vec![
                    ("person", person.into()),
                    ("substitute", substitute.into()),
                    ("from_day", from.into()),
                    ("until_day", until.into()),
                ],
            }],
            Some(PersonEvent::SubstituteWithdrawn { substitute }) => vec![Change::Delete {
                table: "substitution",
                whose: vec![("person", person.into()), ("substitute", substitute.into())],
            }],
            Some(PersonEvent::SecondFactorRemoved { reason }) => vec![Change::Update {
                table: "person",
                values: vec![
                    ("factor_removed_at", last.at.into()),
                    ("factor_removed_why", reason.into()),
                ],
                whose: vec![("id", person.into())],
            }],
            Some(PersonEvent::Left {}) => vec![Change::Update {
                table: "person",
                values: vec![("left_on", last.effective.into())],
                whose: vec![("id", person.into())],
            }],
            Some(PersonEvent::Erased { ground }) => vec![Change::Update {
                table: "person",
                values: vec![
                    ("erased", true.into()),
                    ("erased_on", last.effective.into()),
                    ("erased_ground", ground.map_or("", Ground::id).into()),
                ],
                whose: vec![("id", person.into())],
            }],
            Some(PersonEvent::ProfileChanged { .. }) | None => Vec::new(),
        }
    }
}
