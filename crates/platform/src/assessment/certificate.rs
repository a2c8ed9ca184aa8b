//! The result of an assessment and its certificate: what was given and accepted, run exactly, stated and signed. Pure; the
//! same grounds give the same bytes, whichever way they came in, and so the same number.

use super::{
    event::{Evidence, Inputs, Item},
    state::State,
};
use identity::{signature::SigningKeys, statement::SignedStatement};
use indicator::{
    Explanation, Given, Place, Ran, RawUnit, Settings, Standard, certificate::Grounds, explain, ran, report, understand,
};
use jiff::{ToSpan, civil::Date};
use language::Lang;
use serde::Serialize;
use std::collections::BTreeMap;

/// For how many months a result holds where the standard does not say.
pub const USUAL_MONTHS: u16 = 36;

/// What a certificate rests on.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The assessment.
    pub state: State,
    /// The source that runs.
    pub source: Vec<u8>,
    /// The day of the report.
    pub at: Date,
}

/// What came out.
#[derive(Debug, Clone)]
pub struct Found {
    /// The result of the accepted items.
    pub ran: Ran,
    /// Its derivation.
    pub explanations: Vec<Explanation>,
}

/// A certificate, signed.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Its number.
    pub number: String,
    /// The file.
    pub file: String,
    /// The grade; empty where there is none.
    pub grade: String,
    /// The total as the standard rounds it; empty where there is none.
    pub total: String,
    /// The share of the weight with accepted figures.
    pub coverage: String,
    /// Until when it holds.
    pub valid_until: Date,
}

/// What is given and who found what of it, as a certificate names it: in one order, each figure in one writing.
#[derive(Serialize)]
struct Data<'a> {
    inputs: &'a Inputs,
    evidence: Vec<Shown<'a>>,
    items: BTreeMap<&'a str, bool>,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Shown<'a> {
    node: &'a str,
    sha256: &'a str,
    kind: &'a str,
    dated: String,
    valid_until: String,
    sampling: &'a str,
}

fn shown(evidence: &Evidence) -> Shown<'_> {
    Shown {
        node: &evidence.node,
        sha256: &evidence.file.sha256,
        kind: &evidence.kind,
        dated: evidence.dated.to_string(),
        valid_until: evidence.valid_until.map(|day| day.to_string()).unwrap_or_default(),
        sampling: &evidence.sampling,
    }
}

fn data(state: &State) -> Data<'_> {
    let mut evidence: Vec<Shown<'_>> = state.evidence.values().map(shown).collect();
    evidence.sort();
    Data {
        inputs: &state.inputs,
        evidence,
        items: state
            .items
            .values()
            .map(|item| (item.node.as_str(), item.accepted))
            .collect(),
    }
}

/// The unit as it is run: what was refused is not verified, and says why.
fn unit(state: &State) -> Option<RawUnit> {
    let opened = state.opened.as_ref()?;
    let place = Place::default();
    let mut inputs: Vec<(String, Given, Place)> = state
        .inputs
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), Given::of_json(value)?, place.clone())))
        .collect();
    for Item { node, reason, .. } in state.items.values().filter(|item| !item.accepted) {
        inputs.retain(|(name, _, _)| name != node);
        let refused = serde_json::json!({ "unverified": reason });
        inputs.extend(Given::of_json(&refused).map(|given| (node.clone(), given, place.clone())));
    }
    Some(RawUnit {
        id: opened.unit.clone(),
        period: Some(opened.period.clone()).filter(|period| !period.is_empty()),
        inputs,
        place,
    })
}

/// The result of what is given and not refused; nothing where it cannot be run.
pub fn found(standard: &Standard, state: &State, at: Date, lang: Lang) -> Option<Found> {
    let (units, _) = understand(standard, &[unit(state)?]);
    let ran = ran(standard, units, Settings { at: Some(at) })?;
    Some(Found {
        explanations: explain(standard, &ran.unit, &ran.result, None, lang),
        ran,
    })
}

/// The certificate of an assessment.
///
/// # Errors
/// In words for the log: what cannot be stated or signed.
pub fn signed(standard: &Standard, basis: &Basis, keys: &SigningKeys) -> Result<Signed, String> {
    let state = &basis.state;
    let opened = state.opened.as_ref().ok_or("nothing was opened")?;
    let found = found(standard, state, basis.at, Lang::Zh).ok_or("nothing was run")?;
    let result = &found.ran.result;
    let data = serde_json::to_vec(&data(state)).map_err(|fault| fault.to_string())?;
    let results = std::slice::from_ref(result);
    let reported = report(standard, results, Some(basis.at), Lang::Zh);
    let grounds = Grounds {
        kind: "assessment",
        program: env!("CARGO_PKG_VERSION"),
        source: &basis.source,
        data: &data,
    };
    let units = std::slice::from_ref(&found.ran.unit);
    let mut stated = indicator::certificate::statement(&grounds, standard, units, results, &reported, Lang::Zh)
        .map_err(|fault| fault.to_string())?;
    let months = opened.validity.unwrap_or(USUAL_MONTHS);
    let valid_until = basis
        .at
        .checked_add(i32::from(months).months())
        .and_then(|day| day.yesterday())
        .map_err(|fault| fault.to_string())?;
    let assessed = serde_json::json!({
        "system": opened.system,
        "edition": opened.edition.to_string(),
        "organization": opened.organization,
        "unit": opened.unit,
        "period": opened.period,
        "at": basis.at.to_string(),
        "valid_until": valid_until.to_string(),
        "given": serde_json::from_slice::<serde_json::Value>(&data).map_err(|fault| fault.to_string())?,
    });
    if let Some(stated) = stated.as_object_mut() {
        stated.insert("assessment".to_owned(), assessed);
    }
    let file = SignedStatement::sign(stated, keys)
        .and_then(|signed| signed.print())
        .map_err(|fault| fault.to_string())?;
    let places = standard.rounding.total.as_ref().map(|interval| interval.places());
    let total = result
        .rounded
        .as_ref()
        .map(|total| places.map_or_else(|| total.brief(12), |places| total.with_places(places)));
    Ok(Signed {
        number: number(&file),
        file,
        grade: result.grade.clone().unwrap_or_default(),
        total: total.unwrap_or_default(),
        coverage: result.coverage.as_ref().map(|share| share.brief(6)).unwrap_or_default(),
        valid_until,
    })
}

/// The number of a certificate: the beginning of its file's digest, in fours.
pub fn number(file: &str) -> String {
    let digest = ledger::files::Digest::of(file.as_bytes()).to_string();
    let fours: Vec<String> = (0..4)
        .filter_map(|at| digest.get(at * 4..at * 4 + 4))
        .map(str::to_uppercase)
        .collect();
    fours.join("-")
}

/// Whether a certificate's file is the one of that digest, and both signatures over it hold by these keys.
pub fn holds(file: &[u8], sha256: &str, keys: &SigningKeys) -> bool {
    let Some(signed) = std::str::from_utf8(file).ok().and_then(SignedStatement::read) else {
        return false;
    };
    ledger::files::Digest::of(file).to_string() == sha256
        && signed.key_id() == keys.public_keys().key_id()
        && signed.verify().is_ok()
        && indicator::certificate::traces_hold(signed.stated())
}
