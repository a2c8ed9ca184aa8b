//! Assessments: those that one fills in or assesses, one of them, its steps, its workbook, its certificate.

mod acts;
mod certificate;
mod filling;
mod list;
mod moves;
mod show;
mod verifying;
mod workbook;

pub(crate) use acts::{act, evidence, fill, open, verify};
pub(crate) use certificate::{file as certificate_file, page as certificate};
pub(crate) use list::{form, of_system, page as list};
pub(crate) use moves::of_system as moves_of_system;
pub(crate) use show::{evidence_file, page};
pub(crate) use workbook::{file as workbook, look};

use crate::{Answer, Asking, Web, components::words::first, links::segment};
use language::{Lang, t};
use platform::{assessment::state::Stage, people::query as people};

/// The address of an assessment, without a language.
pub(crate) fn path(id: &str) -> String {
    format!("/assessments/{}", segment(id))
}

/// How far one is.
pub(crate) fn stage(lang: Lang, stage: Stage) -> String {
    match stage {
        Stage::Filling => t!(lang, "assessment-filling"),
        Stage::Verifying => t!(lang, "assessment-verifying"),
        Stage::Decided => t!(lang, "assessment-decided"),
        Stage::Appealed => t!(lang, "assessment-appealed"),
    }
}

/// What an organisation is called.
pub(crate) async fn organization(asking: &Asking, web: &Web, id: &str) -> Answer<String> {
    let body = people::organization(&web.platform, id, asking.reader.as_of).await?;
    Ok(body.map_or_else(|| id.to_owned(), |body| first(asking.lang, &body.name).to_owned()))
}
