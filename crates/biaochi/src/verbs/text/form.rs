//! `biaochi form`: the papers that go with a standard, empty to be filled, or filled and checked.

use super::pages::Press;
use crate::{
    cli::Form as Call,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{
    docx,
    finding::Severity,
    form::{self, Filled, Form, FormFinding, Words},
    html, json,
    model::{Document, TextLanguage},
    resolve::resolve,
};
use language::{Lang, t};
use serde::Serialize;
use std::{fs, path::Path};

/// What a filled form breaks, for programs.
#[derive(Serialize)]
struct Told<'a> {
    file: String,
    form: &'a str,
    field: &'a str,
    rule: &'a str,
    severity: Severity,
    message: String,
}

/// Without a form: the forms. With one: how it is filled, its empty paper, or a filled one; status 1 where that lacks
/// something.
pub fn run(config: &Config, call: &Call) -> Result<Outcome> {
    let forms = form::shipped().map_err(|fault| Failure::environment("rules/forms", fault))?;
    let Some(id) = &call.id else {
        list(config, &forms)?;
        return Ok(Outcome::Clean);
    };
    let form = forms
        .iter()
        .find(|form| form.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| {
            let known: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
            Failure::Input(t!(config.lang, "cli-form-unknown", form = id, known = known.join(", ")))
        })?;
    match (&call.input, &call.output) {
        (Some(input), output) => filled(config, call, form, input, output.as_deref()),
        (None, Some(output)) => {
            empty(config, call, form, output)?;
            Ok(Outcome::Clean)
        }
        (None, None) => {
            explain(config, form)?;
            Ok(Outcome::Clean)
        }
    }
}

fn list(config: &Config, forms: &[Form]) -> Result<()> {
    #[derive(Serialize)]
    struct Known<'a> {
        id: &'a str,
        zh: &'a str,
        en: &'a str,
    }
    if config.is_json() {
        let known: Vec<Known<'_>> = forms
            .iter()
            .map(|form| Known {
                id: &form.id,
                zh: &form.title.zh,
                en: &form.title.en,
            })
            .collect();
        return output::json(&known);
    }
    for form in forms {
        output::line(format!("{}\t{}", form.id, form.title.of(language(config.lang))))?;
    }
    Ok(())
}

fn explain(config: &Config, form: &Form) -> Result<()> {
    #[derive(Serialize)]
    struct Both<'a> {
        zh: &'a str,
        en: &'a str,
    }
    #[derive(Serialize)]
    struct Line<'a> {
        key: &'a str,
        label: Both<'a>,
        demand: Both<'a>,
        contents: Both<'a>,
    }
    fn both(words: &Words) -> Both<'_> {
        Both {
            zh: &words.zh,
            en: &words.en,
        }
    }
    let explained = form::explain(form);
    if config.is_json() {
        let lines: Vec<Line<'_>> = explained
            .iter()
            .map(|field| Line {
                key: &field.key,
                label: both(&field.label),
                demand: both(&field.demand),
                contents: both(&field.contents),
            })
            .collect();
        return output::json(&lines);
    }
    let own = language(config.lang);
    output::line(format!("{} {}", form.id, form.title.of(own)))?;
    for ground in form::grounds(form) {
        output::line(ground.of(own))?;
    }
    for field in &explained {
        let words = [&field.label, &field.demand, &field.contents].map(|words| words.of(own));
        output::line(format!("{}\t{}", field.key, words.join("\t")))?;
    }
    Ok(())
}

fn empty(config: &Config, call: &Call, form: &Form, output: &Path) -> Result<()> {
    let own = language(config.lang);
    let bytes = match ending(output) {
        "json" => form::blank_json(form).into_bytes(),
        "toml" => form::blank_toml(form, own).into_bytes(),
        _ => printed(config, call, &form.id, &form::blank(form, own), output)?,
    };
    written(config, output, &bytes)
}

fn filled(config: &Config, call: &Call, form: &Form, input: &Path, output: Option<&Path>) -> Result<Outcome> {
    let name = input.display().to_string();
    let wrong = |fault: &dyn std::fmt::Display| Failure::Input(format!("{name}: {fault}"));
    let bytes = fs::read(input).map_err(|fault| wrong(&fault))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(&t!(config.lang, "doc-not-utf8")))?;
    let read = match ending(input) {
        "toml" => Filled::from_toml(&text),
        _ => Filled::from_json(&text),
    };
    let filled = read.map_err(|fault| wrong(&fault))?;
    let found = form::check(form, &filled);
    if config.is_json() {
        let told: Vec<Told<'_>> = found
            .iter()
            .map(|finding| Told {
                file: name.clone(),
                form: &form.id,
                field: &finding.place,
                rule: finding.rule,
                severity: finding.severity,
                message: finding.message.text(config.lang),
            })
            .collect();
        output::json(&told)?;
    } else {
        for finding in &found {
            output::say(told(&name, finding, config.lang));
        }
    }
    if let Some(output) = output {
        let paper = form::document(form, &filled, language(config.lang));
        let bytes = printed(config, call, &name, &paper, output)?;
        written(config, output, &bytes)?;
    }
    Ok(Outcome::of(found.is_empty()))
}

/// `file: opinions[3].reason: warning FRM-02 message`.
fn told(file: &str, finding: &FormFinding, lang: Lang) -> String {
    let weight = match finding.severity {
        Severity::Error => t!(lang, "cli-weight-error"),
        Severity::Warning => t!(lang, "cli-weight-warning"),
        Severity::Info => t!(lang, "cli-weight-info"),
    };
    let message = finding.message.text(lang);
    format!("{file}: {}: {weight} {} {message}", finding.place, finding.rule)
}

/// The paper in the format that the file's ending names.
fn printed(config: &Config, call: &Call, name: &str, paper: &Document, output: &Path) -> Result<Vec<u8>> {
    let resolved = resolve(paper);
    match ending(output) {
        "pdf" => Press::new(call.fonts.into(), config.lang).page(name, paper, &resolved, []),
        "html" => Ok(html::page(paper, &resolved, &html::Options::default()).into_bytes()),
        "docx" => {
            docx::file(paper, &resolved, &docx::Options::default()).map_err(|fault| Failure::environment(name, fault))
        }
        "json" => json::print(paper, &resolved)
            .map(String::into_bytes)
            .map_err(|fault| Failure::environment("JSON", fault)),
        _ => Err(Failure::Input(t!(
            config.lang,
            "cli-form-ending",
            file = output.display().to_string()
        ))),
    }
}

fn written(config: &Config, output: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(output, bytes).map_err(|fault| Failure::environment(output.display(), fault))?;
    if config.is_json() {
        return Ok(());
    }
    output::line(t!(config.lang, "cli-text-built", file = output.display().to_string()))
}

fn ending(path: &Path) -> &str {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

fn language(lang: Lang) -> TextLanguage {
    match lang {
        Lang::Zh => TextLanguage::Zh,
        Lang::En => TextLanguage::En,
    }
}
