//! What comes out of an assessment so far, and whether a certificate holds: away from the threads that answer.

use super::{
    certificate::{Found, found, holds},
    query::Certificate,
    state::State,
    workbook,
};
use crate::{
    refusal::{Error, Refusal, Result},
    running::Platform,
    system::{executable::Executable, run::SLOW},
    text::workshop::made,
};
use bytes::Bytes;
use jiff::civil::Date;
use language::Lang;
use ledger::files::{Digest, Limits};
use std::sync::Arc;

/// Most bytes of a certificate.
const LONGEST: u64 = 4 * 1024 * 1024;

/// The result of what is given and not refused; nothing where it cannot be run.
///
/// # Errors
/// A [`Refusal`] `system/slow` where it takes too long.
pub async fn assessed(
    platform: &Platform,
    executable: Arc<Executable>,
    state: State,
    at: Date,
    lang: Lang,
) -> Result<Option<Found>> {
    made(platform.workshop(), SLOW, move || {
        Ok(found(&executable.standard, &state, at, lang))
    })
    .await
}

/// The workbook of an assessment.
///
/// # Errors
/// A [`Refusal`] `system/slow` where it takes too long.
pub async fn book(
    platform: &Platform,
    executable: Arc<Executable>,
    one: super::query::Assessment,
    on: Date,
    lang: Lang,
) -> Result<Vec<u8>> {
    made(platform.workshop(), SLOW, move || {
        workbook::file(&executable.standard, &one, on, lang).map_err(|reason| Error::Data {
            what: "workbook".to_owned(),
            reason,
        })
    })
    .await
}

/// The figures of a workbook that came back.
///
/// # Errors
/// A [`Refusal`] `assessment/workbook`.
pub async fn figures(
    platform: &Platform,
    executable: Arc<Executable>,
    one: super::query::Assessment,
    bytes: Bytes,
    on: Date,
    lang: Lang,
) -> Result<super::event::Inputs> {
    made(platform.workshop(), SLOW, move || {
        workbook::figures(&executable.standard, &one, &bytes, on, lang)
    })
    .await
}

/// The file of a certificate.
///
/// # Errors
/// What the store says.
pub async fn file(platform: &Platform, certificate: &Certificate) -> Result<Bytes> {
    let store = platform.files().ok_or_else(|| Refusal::rule("upload/no_store", ""))?;
    let limits = Limits { max_bytes: LONGEST };
    Ok(store.read(&Digest::parse(&certificate.sha256)?, limits).await?)
}

/// Whether the file of a certificate is as it was signed, by the keys of this installation.
///
/// # Errors
/// A [`Refusal`] `system/slow` where it takes too long.
pub async fn is_sound(platform: &Platform, certificate: &Certificate) -> Result<bool> {
    let Ok(file) = file(platform, certificate).await else {
        return Ok(false);
    };
    let (sha256, keys) = (certificate.sha256.clone(), platform.keys().signing().clone());
    made(platform.workshop(), SLOW, move || Ok(holds(&file, &sha256, &keys))).await
}
