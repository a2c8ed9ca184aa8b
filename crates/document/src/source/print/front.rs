//! Front matter → TOML.

use crate::model::{FrontMatter, TextLanguage};
use crate::source::front::TIERS;

/// The front matter between its `+++`; `None` if there is nothing to say.
pub(super) fn print(front: &FrontMatter) -> Option<String> {
    let mut lines = Lines::default();
    for remark in &front.remarks {
        lines.0.push(format!("# {remark}"));
    }
    let id = front
        .written_id
        .clone()
        .or_else(|| front.designation.as_ref().map(ToString::to_string));
    lines.text("id", id.as_ref());
    if let Some(tier) = front.tier {
        let word = TIERS.iter().find_map(|(known, _, zh)| (*known == tier).then_some(*zh));
        lines.text("tier", word.map(str::to_owned).as_ref());
    }
    lines.text("genre", front.genre.map(|genre| genre.words().0.to_owned()).as_ref());
    lines.text("draft", front.draft.map(|draft| draft.words().0.to_owned()).as_ref());
    if !front.title.is_empty() {
        let mut parts = vec![format!("zh = {}", strings(&front.title.zh))];
        if !front.title.en.is_empty() {
            parts.push(format!("en = {}", strings(&front.title.en)));
        }
        lines.0.push(format!("title = {{ {} }}", parts.join(", ")));
    }
    lines.texts("ics", &front.ics);
    lines.texts("ccs", &front.ccs);
    lines.text("record", front.record.as_ref());
    lines.text("plan", front.plan.as_ref());
    let dates: Vec<String> = [
        ("publish", front.published),
        ("implement", front.implemented),
        ("draft", front.drafted),
    ]
    .into_iter()
    .filter_map(|(name, date)| Some(format!("{name} = {}", date?)))
    .collect();
    if !dates.is_empty() {
        lines.0.push(format!("dates = {{ {} }}", dates.join(", ")));
    }
    lines.texts("publisher", &front.publishers);
    lines.text("series", front.series.as_ref());
    lines.texts("replaces", &front.replaces);
    if let Some(adopts) = &front.adopts {
        lines.0.push(format!(
            "adopts = {{ doc = {}, degree = \"{}\" }}",
            string(&adopts.doc),
            adopts.degree
        ));
    }
    lines.text("amends", front.amends.as_ref());
    if front.language == TextLanguage::En {
        lines.0.push("language = \"en\"".to_owned());
    }
    if front.bilingual {
        lines.0.push("bilingual = true".to_owned());
    }
    lines.text("profile", front.profile.as_ref());
    foreword(front, &mut lines);
    for (key, value) in &front.other {
        lines.0.push(format!("{} = {}", key_of(key), inline(value)));
    }
    (!lines.0.is_empty()).then(|| format!("+++\n{}\n+++", lines.0.join("\n")))
}

fn foreword(front: &FrontMatter, lines: &mut Lines) {
    let mut inner = Lines::default();
    let data = &front.foreword;
    inner.text("proposer", data.proposer.as_ref());
    inner.text("owner", data.owner.as_ref());
    inner.text("tc", data.committee.as_ref());
    inner.texts("orgs", &data.organizations);
    inner.texts("people", &data.people);
    inner.texts("changes", &data.changes);
    inner.texts("history", &data.history);
    inner.texts("patents", &data.patents);
    // Dotted keys, one to a line: long lists of names stay readable, and their changes too.
    lines
        .0
        .extend(inner.0.into_iter().map(|line| format!("foreword.{line}")));
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn text(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.0.push(format!("{key} = {}", string(value)));
        }
    }

    fn texts(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.0.push(format!("{key} = {}", strings(values)));
        }
    }
}

fn strings(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| string(value)).collect();
    format!("[{}]", values.join(", "))
}

/// A basic string of TOML.
fn string(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            c if c.is_control() => text.push_str(&format!("\\u{:04X}", c as u32)),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

fn key_of(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if bare { key.to_owned() } else { string(key) }
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => string(text),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) if number.is_nan() => "nan".to_owned(),
        toml::Value::Float(number) if number.is_infinite() => if *number > 0.0 { "inf" } else { "-inf" }.to_owned(),
        toml::Value::Float(number) => format!("{number:?}"),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Datetime(date) => string(&date.to_string()),
        toml::Value::Array(members) => {
            let members: Vec<String> = members.iter().map(inline).collect();
            format!("[{}]", members.join(", "))
        }
        toml::Value::Table(table) => {
            let entries: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{} = {}", key_of(key), inline(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
