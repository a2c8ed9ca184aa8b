//! Certificates of runs: what was run over what, what came out and how, under both signatures of the installation. The
//! file is canonical JSON (RFC 8785); every number is a decimal in words, so that no reader's floats alter a digit.

use super::Ran;
use crate::{
    config::Config,
    failure::{Failure, Result},
    key_file,
};
use identity::signature::{DoubleSignature, PublicKeys};
use indicator::{Report, explain};
use language::t;
use ledger::files::Digest;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;

/// What is signed begins with this line.
const HEAD: &str = "biaochi run certificate\n";

/// A certificate as its file holds it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    certificate: Value,
    keys: PublicKeys,
    signature: DoubleSignature,
}

/// Writes the certificate of a run.
pub(super) fn write(
    config: &Config,
    file: &Path,
    (standard, data): (&Path, &Path),
    ran: &Ran,
    report: &Report,
) -> Result<()> {
    let bytes = |path: &Path| std::fs::read(path).map_err(|fault| Failure::environment(path.display(), fault));
    let mut results = serde_json::to_value(report).map_err(|fault| unwritten(file, &fault))?;
    let mut traces = Vec::new();
    if let Some(units) = results.get_mut("units").and_then(Value::as_array_mut) {
        for (unit, result) in units.iter_mut().zip(&ran.results) {
            let data = ran
                .units
                .iter()
                .find(|unit| unit.id == result.id && unit.period == result.period);
            let told = data.map(|data| explain(&ran.standard, data, result, None, config.lang));
            let trace = digest_of(&worded(json!(told))).map_err(|fault| unwritten(file, &fault))?;
            if let Some(unit) = unit.as_object_mut() {
                unit.insert("trace".to_owned(), json!(trace));
            }
            traces.push(trace);
        }
    }
    let body = worded(json!({
        "kind": "run",
        "program": env!("CARGO_PKG_VERSION"),
        "standard": {
            "number": ran.standard.number,
            "title": ran.standard.title,
            "version": ran.standard.version,
            "sha256": Digest::of(&bytes(standard)?).to_string(),
        },
        "data": { "sha256": Digest::of(&bytes(data)?).to_string() },
        "results": results,
        "trace": root(&traces),
    }));
    let keys = key_file::read_or_make(config)?;
    let signature = keys
        .signing()
        .sign(&signed(&body).map_err(|fault| unwritten(file, &fault))?)
        .map_err(|fault| unwritten(file, &fault))?;
    let certificate = Certificate {
        certificate: body,
        keys: keys.signing().public_keys().clone(),
        signature,
    };
    let text = serde_json_canonicalizer::to_string(&certificate).map_err(|fault| unwritten(file, &fault))?;
    std::fs::write(file, text).map_err(|fault| Failure::environment(file.display(), fault))
}

fn unwritten(file: &Path, fault: &impl ToString) -> Failure {
    Failure::environment(file.display(), fault.to_string())
}

/// Numbers as decimals in words.
fn worded(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(values) => Value::Array(values.into_iter().map(worded).collect()),
        Value::Object(entries) => Value::Object(entries.into_iter().map(|(key, value)| (key, worded(value))).collect()),
        other => other,
    }
}

fn digest_of(value: &Value) -> serde_json::Result<String> {
    let text = serde_json_canonicalizer::to_string(value)?;
    Ok(Digest::of(text.as_bytes()).to_string())
}

/// One digest over those of all units, in their order.
fn root(traces: &[String]) -> String {
    Digest::of(traces.join("\n").as_bytes()).to_string()
}

fn signed(body: &Value) -> serde_json::Result<Vec<u8>> {
    let text = serde_json_canonicalizer::to_string(body)?;
    Ok(format!("{HEAD}{text}").into_bytes())
}

impl Certificate {
    /// Reads a certificate; `None` where the text is something else.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The id of the keys that it names.
    pub fn key_id(&self) -> &str {
        self.keys.key_id()
    }

    /// What does not hold of it, in words; needs nothing but the file.
    pub fn problems(&self, config: &Config) -> Vec<String> {
        let mut problems = Vec::new();
        let holds = signed(&self.certificate)
            .map_err(|fault| fault.to_string())
            .and_then(|message| {
                let found = self.keys.verify(&message, &self.signature);
                found.map_err(|fault| fault.to_string())
            });
        if let Err(reason) = holds {
            problems.push(t!(config.lang, "cli-certificate-altered", reason = reason));
        }
        let units = self.certificate.pointer("/results/units").and_then(Value::as_array);
        let traces: Vec<String> = units
            .into_iter()
            .flatten()
            .filter_map(|unit| unit.get("trace")?.as_str().map(str::to_owned))
            .collect();
        if self.certificate.get("trace") != Some(&json!(root(&traces))) {
            problems.push(t!(config.lang, "cli-certificate-trace"));
        }
        problems
    }
}
