//! A form to be filled: on paper with its fields explained, or as a file of names.

use super::definition::{Field, Form, Kind, Layout};
use super::explain::{Explained, explain, grounds};
use super::filled::Filled;
use crate::model::{
    Align, Block, BlockKind, Cell, Column, Document, Inline, Row, Table, TextLanguage, Words, name_all,
};

/// The empty paper, and below it (in a report: before its chapters) how each field is filled.
pub fn blank(form: &Form, language: TextLanguage) -> Document {
    let mut document = super::document(form, &Filled::default(), language);
    let words = |zh: &'static str, en: &'static str| match language {
        TextLanguage::Zh => zh,
        TextLanguage::En => en,
    };
    let row = |cells: [&str; 3]| Row {
        cells: cells.map(|cell| Cell::new(vec![Inline::text(cell)])).to_vec(),
        ..Row::default()
    };
    let table = Table {
        caption: Some(vec![Inline::text(words("填写说明", "How to fill it"))]),
        columns: [28, 26, 46]
            .map(|width| Column {
                align: Align::Left,
                width: Some(width),
            })
            .to_vec(),
        head: vec![row([
            words("项目", "Field"),
            words("要求", "Demand"),
            words("内容", "Contents"),
        ])],
        body: explain(form)
            .iter()
            .map(|field| row([&field.label, &field.demand, &field.contents].map(|words| words.of(language))))
            .collect(),
        unnumbered: true,
        ..Table::default()
    };
    document.lead.push(Block::new(BlockKind::Table(table)));
    let colon = words("依据：", "Grounds: ");
    document.lead.extend(
        grounds(form)
            .iter()
            .map(|ground| Block::paragraph(format!("{colon}{}", ground.of(language)))),
    );
    name_all(&mut document);
    document
}

/// The file to fill, as TOML: each field under what is said of it.
pub fn blank_toml(form: &Form, language: TextLanguage) -> String {
    let mut out = format!("# {} {}\n\nform = \"{}\"\n", form.id, form.title.of(language), form.id);
    let explained = explain(form);
    let said = |key: &str| explained.iter().find(|field| field.key == key);
    for part in form.parts.iter().filter(|part| part.layout != Layout::Table) {
        for field in asked(&part.fields) {
            out.push('\n');
            comment(&mut out, said(&field.name), language);
            out.push_str(&format!("{} = {}\n", field.name, nothing(field)));
        }
    }
    for part in form.parts.iter().filter(|part| part.layout == Layout::Table) {
        let title = Words::new(&part.zh, &part.en);
        out.push_str(&format!("\n# {}\n[[{}]]\n", title.of(language), part.name));
        for field in asked(&part.fields) {
            comment(&mut out, said(&format!("{}[].{}", part.name, field.name)), language);
            out.push_str(&format!("{} = {}\n", field.name, nothing(field)));
        }
    }
    out
}

/// The file to fill, as JSON.
pub fn blank_json(form: &Form) -> String {
    let mut lines = vec![format!("  \"form\": \"{}\"", form.id)];
    for part in &form.parts {
        if part.layout == Layout::Table {
            let columns: Vec<String> = asked(&part.fields)
                .map(|field| format!("\"{}\": {}", field.name, nothing(field)))
                .collect();
            lines.push(format!("  \"{}\": [\n    {{ {} }}\n  ]", part.name, columns.join(", ")));
            continue;
        }
        lines.extend(asked(&part.fields).map(|field| format!("  \"{}\": {}", field.name, nothing(field))));
    }
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// What people fill: no numbers that the form counts, nothing that is signed by hand.
fn asked(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields
        .iter()
        .filter(|field| !matches!(field.kind, Kind::Turn | Kind::Tally | Kind::Signature))
}

fn comment(out: &mut String, field: Option<&Explained>, language: TextLanguage) {
    if let Some(field) = field {
        let (label, demand, contents) = (&field.label, &field.demand, &field.contents);
        let line = match language {
            TextLanguage::Zh => format!("{}（{}）：{}", label.zh, demand.zh, contents.zh),
            TextLanguage::En => format!("{} ({}): {}", label.en, demand.en, contents.en),
        };
        out.push_str(&format!("# {line}\n"));
    }
}

/// What is not yet filled, in TOML and JSON alike.
fn nothing(field: &Field) -> &'static str {
    match field.kind {
        Kind::Choices => "[]",
        _ => "\"\"",
    }
}
