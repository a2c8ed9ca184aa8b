//! What a certificate of results states: what was run over what, what came out, and digests of the derivations. Every
//! number is a decimal in words, so that no reader's floats alter a digit; who signs it is not known here.

use language::Lang;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::data::UnitData;
use crate::explain::explain;
use crate::outcome::UnitResult;
use crate::report::Report;
use crate::standard::Standard;

/// What was run over what.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// `run` or what else the statement is of, as its readers name it.
    pub kind: &'a str,
    /// The version of the program.
    pub program: &'a str,
    /// The text of the standard, whole.
    pub source: &'a [u8],
    /// The data, as they were given.
    pub data: &'a [u8],
}

/// The statement of a run: `{"kind","program","standard":{"number","title","version","sha256"},"data":{"sha256"},
/// "results":{…},"trace"}`. `results` is the report, in which every unit names the digest of its derivation; `trace` is
/// one digest over these, in the order of the units. The same grounds give the same statement.
///
/// # Errors
///
/// What serde says, should a derivation not be written as JSON.
pub fn statement(
    grounds: &Grounds<'_>,
    standard: &Standard,
    units: &[UnitData],
    results: &[UnitResult],
    report: &Report,
    lang: Lang,
) -> serde_json::Result<Json> {
    let mut stated = serde_json::to_value(report)?;
    let mut traces = Vec::new();
    if let Some(reported) = stated.get_mut("units").and_then(Json::as_array_mut) {
        for (unit, result) in reported.iter_mut().zip(results) {
            let data = units
                .iter()
                .find(|unit| unit.id == result.id && unit.period == result.period);
            let told = data.map(|data| explain(standard, data, result, None, lang));
            let trace = sha256(canonical(&worded(json!(told)))?.as_bytes());
            if let Some(unit) = unit.as_object_mut() {
                unit.insert("trace".to_owned(), json!(trace));
            }
            traces.push(trace);
        }
    }
    Ok(worded(json!({
        "kind": grounds.kind,
        "program": grounds.program,
        "standard": {
            "number": standard.number,
            "title": standard.title,
            "version": standard.version,
            "sha256": sha256(grounds.source),
        },
        "data": { "sha256": sha256(grounds.data) },
        "results": stated,
        "trace": root(&traces),
    })))
}

/// Whether the digest over the derivations is that of the digests which the units name.
pub fn traces_hold(statement: &Json) -> bool {
    let units = statement.pointer("/results/units").and_then(Json::as_array);
    let traces: Vec<String> = units
        .into_iter()
        .flatten()
        .filter_map(|unit| unit.get("trace")?.as_str().map(str::to_owned))
        .collect();
    statement.get("trace") == Some(&json!(root(&traces)))
}

/// Numbers as decimals in words.
fn worded(value: Json) -> Json {
    match value {
        Json::Number(number) => Json::String(number.to_string()),
        Json::Array(values) => Json::Array(values.into_iter().map(worded).collect()),
        Json::Object(entries) => Json::Object(entries.into_iter().map(|(key, value)| (key, worded(value))).collect()),
        other => other,
    }
}

/// RFC 8785.
fn canonical(value: &Json) -> serde_json::Result<String> {
    serde_json_canonicalizer::to_string(value)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn root(traces: &[String]) -> String {
    sha256(traces.join("\n").as_bytes())
}
