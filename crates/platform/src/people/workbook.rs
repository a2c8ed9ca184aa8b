//! People in bulk by workbook: each row a person, or one more membership of the person in an earlier row. Nothing is
//! applied where any cell is faulty; the faults come back cell by cell.

use super::{
    command::{NewPerson, enter, fitting},
    event::Basis,
    invitation::{self, Kind},
    profile::{self, Profile},
    query::account,
    state::{self, Membership, Person},
    write::{Done, begin, new_id, taken},
};
use crate::{
    catalogue::words::Vocabulary,
    context::{Context, PersonId},
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object, Role},
    running::Platform,
};
use identity::{sealing::LookupField, token::Secret};
use jiff::civil::Date;
use language::{Lang, t};
use sheet::{CellValue, Column, ColumnId, Fault, FaultKind, Limits, TableLayout, Upload, UploadError, UploadedRow};
use std::collections::BTreeMap;

/// Most rows of one workbook.
const MOST_ROWS: usize = 1_000;

/// Somebody whom a row invites.
#[derive(Debug, Clone)]
pub struct InvitedRow {
    /// The row, as the sheet numbers it.
    pub sheet_row: u32,
    /// The person.
    pub person: PersonId,
    /// Name, login, address: for the letter.
    pub profile: Profile,
    /// The token for the letter, shown this once.
    pub token: Secret,
    /// Whether a letter with a link goes to the person's address.
    pub mailed: bool,
}

/// What came of a workbook.
#[derive(Debug)]
pub enum Imported {
    /// All rows were applied.
    Applied {
        /// What was recorded.
        done: Done,
        /// Whom it invites.
        invited: Vec<InvitedRow>,
    },
    /// Nothing was applied; the upload may be given back with its faults marked.
    Faulty {
        /// The upload.
        upload: Box<Upload>,
        /// What is wrong, cell by cell.
        faults: Vec<Fault>,
    },
    /// The file could not be read at all.
    Unreadable(UploadError),
    /// Columns are missing.
    Lacking(Vec<ColumnId>),
}

/// The table as it goes out and comes back.
pub fn layout(lang: Lang, vocabulary: &Vocabulary, as_of: Date) -> TableLayout {
    let roles = vocabulary
        .words("person_role")
        .iter()
        .map(|word| named(lang, &word.name))
        .collect();
    let text = sheet::Kind::Text;
    let mut layout = TableLayout::new(
        "people",
        &t!(lang, "people-table-title"),
        as_of,
        vec![
            Column::new("login", &t!(lang, "people-column-login"), text.clone())
                .editable()
                .required(),
            Column::new("name", &t!(lang, "people-column-name"), text.clone())
                .editable()
                .required(),
            Column::new("email", &t!(lang, "people-column-email"), text.clone()).editable(),
            Column::new("organization", &t!(lang, "people-column-organization"), text.clone())
                .editable()
                .required(),
            Column::new("desk", &t!(lang, "people-column-desk"), text.clone()).editable(),
            Column::new("role", &t!(lang, "people-column-role"), sheet::Kind::Choice(roles))
                .editable()
                .required(),
            Column::new("places", &t!(lang, "people-column-places"), text)
                .editable()
                .help(&t!(lang, "people-column-places-help")),
            Column::new("from", &t!(lang, "people-column-from"), sheet::Kind::Date).editable(),
            Column::new("until", &t!(lang, "people-column-until"), sheet::Kind::Date).editable(),
        ],
    );
    layout.page_of = t!(lang, "people-table-page");
    layout
}

fn named(lang: Lang, name: &crate::bilingual::Bilingual) -> String {
    match (lang, &name.en) {
        (Lang::En, Some(en)) => en.clone(),
        _ => name.zh.clone(),
    }
}

/// A row as it was read.
struct Read {
    sheet_row: u32,
    profile: Profile,
    membership: Membership,
}

/// Takes a workbook in, whole or not at all.
pub async fn import(
    platform: &Platform,
    context: &Context,
    bytes: &[u8],
    layout: &TableLayout,
    vocabulary: &Vocabulary,
) -> Result<Imported> {
    let object = Object::default();
    rights::check(platform.rights(), context, Action::ManagePeople, &object)?;
    rights::check(platform.rights(), context, Action::GrantRole, &object)?;
    let upload = match sheet::read(bytes, layout, &Limits::default()) {
        Ok(upload) => upload,
        Err(error) => return Ok(Imported::Unreadable(error)),
    };
    let lacking: Vec<ColumnId> = upload
        .missing_columns
        .iter()
        .filter(|id| layout.column(id.as_str()).is_some_and(|c| c.required))
        .cloned()
        .collect();
    if !lacking.is_empty() {
        return Ok(Imported::Lacking(lacking));
    }
    if upload.rows.is_empty() || upload.rows.len() > MOST_ROWS {
        return Err(Refusal::wrong("people/workbook_rows")
            .with("found", upload.rows.len().to_string())
            .with("most", MOST_ROWS.to_string())
            .into());
    }
    let mut faults: Vec<Fault> = upload.faults().cloned().collect();
    let mut rows = Vec::new();
    for row in &upload.rows {
        match read_row(row, vocabulary, context.today) {
            Ok(read) if row.faults.is_empty() => rows.push(read),
            Ok(_) => {}
            Err(found) => faults.extend(found),
        }
    }
    let persons = gathered(platform, &rows, &mut faults).await?;
    if !faults.is_empty() {
        faults.sort_by_key(|f| f.sheet_row);
        return Ok(Imported::Faulty {
            upload: Box::new(upload),
            faults,
        });
    }
    let mut commit = begin(context, "people");
    let mut invited = Vec::new();
    for (sheet_row, new) in persons {
        let person = PersonId(new_id("p")?);
        enter(platform, &mut commit, &person, &new, Basis::Right, false).await?;
        let (token, _, kept) = invitation::issue(&person, Kind::Invitation, context.now)?;
        commit.state.push(kept);
        let posting = invitation::letter_posted(platform, &person, &new.profile, Kind::Invitation, context.now);
        let mailed = posting.is_some();
        commit.state.extend(posting);
        invited.push(InvitedRow {
            sheet_row,
            person,
            profile: new.profile,
            token,
            mailed,
        });
    }
    let committed = platform.ledger().commit(commit).await.map_err(taken)?;
    let done = Done::of((committed, "people".to_owned()));
    if done.repeated {
        invited.clear();
    }
    Ok(Imported::Applied { done, invited })
}

fn fault(row: u32, column: &str, found: &str, code: &str) -> Fault {
    let kind = FaultKind::Other {
        code: code.to_owned(),
        detail: String::new(),
    };
    Fault::new(row, Some(ColumnId::from(column)), found, kind)
}

fn text<'a>(row: &'a UploadedRow, column: &str) -> &'a str {
    match row.cells.get(column) {
        Some(CellValue::Text(text)) => text.trim(),
        _ => "",
    }
}

fn day(row: &UploadedRow, column: &str) -> Option<Date> {
    match row.cells.get(column) {
        Some(CellValue::Date(date)) => Some(*date),
        _ => None,
    }
}

/// What one row says, or what is wrong with its cells. Pure.
fn read_row(row: &UploadedRow, vocabulary: &Vocabulary, today: Date) -> Result<Read, Vec<Fault>> {
    let mut faults = Vec::new();
    let faulty = |column: &str| {
        row.faults
            .iter()
            .any(|f| f.column.as_ref().is_some_and(|c| c.as_str() == column))
    };
    let email = Some(text(row, "email")).filter(|e| !e.is_empty());
    let profile = Profile::read(text(row, "name"), text(row, "login"), email);
    if let Err(refusal) = &profile {
        for found in refusal.faults.iter().filter(|f| !faulty(f.field)) {
            faults.push(fault(row.sheet_row, found.field, text(row, found.field), found.fault));
        }
    }
    let said = text(row, "role");
    let role = vocabulary
        .words("person_role")
        .iter()
        .find(|w| w.id == said || w.name.zh == said || w.name.en.as_deref() == Some(said))
        .and_then(|w| Role::parse(&w.id));
    if role.is_none() && !faulty("role") {
        faults.push(fault(row.sheet_row, "role", said, "fault-unknown"));
    }
    let (Ok(profile), Some(role), true) = (profile, role, faults.is_empty()) else {
        return Err(faults);
    };
    let places = text(row, "places")
        .split(|c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | ';' | '；'))
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    let desk = Some(text(row, "desk").to_owned()).filter(|d| !d.is_empty());
    Ok(Read {
        sheet_row: row.sheet_row,
        profile,
        membership: Membership {
            organization: text(row, "organization").to_owned(),
            desk,
            role,
            places,
            from: day(row, "from").unwrap_or(today),
            until: day(row, "until"),
        },
    })
}

/// The persons of the rows, by their first row; what forbids a row becomes its fault.
async fn gathered(platform: &Platform, rows: &[Read], faults: &mut Vec<Fault>) -> Result<Vec<(u32, NewPerson)>> {
    let mut persons: BTreeMap<String, (u32, NewPerson, Person)> = BTreeMap::new();
    for row in rows {
        let login = profile::normalise(&row.profile.login);
        if !persons.contains_key(&login) {
            let held = account::found_by(platform, LookupField::Login, &login).await?;
            if !held.is_empty() {
                faults.push(fault(row.sheet_row, "login", &login, "fault-login-taken"));
                continue;
            }
            let new = NewPerson {
                profile: row.profile.clone(),
                memberships: Vec::new(),
            };
            let state = Person {
                entered: true,
                ..Person::default()
            };
            persons.insert(login.clone(), (row.sheet_row, new, state));
        }
        let Some((_, new, state)) = persons.get_mut(&login) else {
            continue;
        };
        if new.profile != row.profile {
            let name = &row.profile.name;
            faults.push(fault(row.sheet_row, "name", name, "fault-login-twice"));
            continue;
        }
        let wanted = &row.membership;
        let on = wanted.from.max(platform.today());
        if let Err(error) = fitting(platform, wanted, on).await {
            faults.push(refused(row, error)?);
            continue;
        }
        let id = format!("m{}", state.memberships.len() + 1);
        match state::grant(state, &id, wanted, &[], Basis::Right) {
            Ok(event) => {
                state.apply(event);
                new.memberships.push(wanted.clone());
            }
            Err(refusal) => faults.push(refused(row, refusal.into())?),
        }
    }
    Ok(persons.into_values().map(|(row, new, _)| (row, new)).collect())
}

/// The cell that a refusal is about.
fn refused(row: &Read, error: Error) -> Result<Fault> {
    let Error::Refused(refusal) = error else {
        return Err(error);
    };
    let (column, code) = refusal
        .faults
        .first()
        .map_or(("role", refusal.message_id()), |f| (f.field, f.fault.to_owned()));
    let found = match column {
        "organization" => row.membership.organization.clone(),
        "desk" => row.membership.desk.clone().unwrap_or_default(),
        "places" => row.membership.places.join("、"),
        "until" => row.membership.until.map(|d| d.to_string()).unwrap_or_default(),
        _ => row.membership.role.id().to_owned(),
    };
    Ok(fault(row.sheet_row, column, &found, &code))
}
