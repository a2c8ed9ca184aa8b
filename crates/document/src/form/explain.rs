//! How a form is to be filled, field by field.

use super::definition::{Field, Form, Kind, Layout, Part, Source, When};
use crate::model::Words;

/// What a form wants of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Its key: `sent`, `opinions[].reason`.
    pub key: String,
    /// Its label.
    pub label: Words,
    /// Whether it must be filled.
    pub demand: Words,
    /// What may stand there.
    pub contents: Words,
}

/// All fields of a form that somebody fills, in the order of the paper.
pub fn explain(form: &Form) -> Vec<Explained> {
    form.parts
        .iter()
        .flat_map(|part| part.fields.iter().map(move |field| (part, field)))
        .filter(|(_, field)| !matches!(field.kind, Kind::Tally | Kind::Signature))
        .map(|(part, field)| Explained {
            key: match part.layout {
                Layout::Table => format!("{}[].{}", part.name, field.name),
                _ => field.name.clone(),
            },
            label: field.label(part),
            demand: demand(form, part, field),
            contents: contents(field),
        })
        .collect()
}

/// What a form rests on, a line for each source.
pub fn grounds(form: &Form) -> Vec<Words> {
    form.sources.iter().map(ground).collect()
}

fn ground(source: &Source) -> Words {
    let mut zh = format!("《{}》", source.title);
    let mut en = zh.clone();
    if !source.number.is_empty() {
        zh.push_str(&format!("（{}）", source.number));
        en.push_str(&format!(" ({})", source.number));
    }
    if !source.article.is_empty() {
        zh.push_str(&source.article);
        en.push_str(&format!(" {}", source.article));
    }
    if !source.from.is_empty() {
        zh.push_str(&format!("，{}起施行", source.from));
        en.push_str(&format!(", in force since {}", source.from));
    }
    if !source.until.is_empty() {
        zh.push_str(&format!("，{}止", source.until));
        en.push_str(&format!(", until {}", source.until));
    }
    if !source.verified {
        zh.push_str("（条文未核对，缺项只作提示）");
        en.push_str(" (text not verified: what is missing only warns)");
    }
    Words { zh, en }
}

fn demand(form: &Form, part: &Part, field: &Field) -> Words {
    if field.kind == Kind::Turn {
        return Words::new("自动编号", "numbered by itself");
    }
    if field.required && field.shown_when.is_none() {
        return Words::new("必填", "required");
    }
    match field.required_when.as_ref().or(field.shown_when.as_ref()) {
        Some(when) => condition(form, part, when),
        None => Words::new("选填", "optional"),
    }
}

fn condition(form: &Form, part: &Part, when: &When) -> Words {
    let column = part.fields.iter().find(|field| field.name == when.field);
    let Some(asked) = column.or_else(|| form.field(&when.field)) else {
        return Words::default();
    };
    let (names, is) = if when.is.is_empty() {
        (&when.not, false)
    } else {
        (&when.is, true)
    };
    let say = |name: &String| match (asked.kind, name.as_str()) {
        (Kind::Flag, "yes") => Words::new("是", "yes"),
        (Kind::Flag, _) => Words::new("否", "no"),
        _ => asked
            .choice(name)
            .map_or_else(|| Words::new(name, name), |choice| Words::new(&choice.zh, &choice.en)),
    };
    let said: Vec<Words> = names.iter().map(say).collect();
    let zh: Vec<&str> = said.iter().map(|words| words.zh.as_str()).collect();
    let en: Vec<&str> = said.iter().map(|words| words.en.as_str()).collect();
    Words {
        zh: format!(
            "“{}”{}“{}”时必填",
            asked.zh,
            if is { "为" } else { "不是" },
            zh.join("”“")
        ),
        en: format!(
            "required where “{}” is {}“{}”",
            asked.en,
            if is { "" } else { "not " },
            en.join("”, “")
        ),
    }
}

fn contents(field: &Field) -> Words {
    let (zh, en) = match field.kind {
        Kind::Text => ("文字", "text"),
        Kind::Prose => ("正文，可有列项、表和公式", "running text with lists, tables, formulas"),
        Kind::Date => ("日期，如2026-03-01", "a date, 2026-03-01"),
        Kind::Count => ("整数", "a whole number"),
        Kind::Number => ("数", "a number"),
        Kind::Flag => ("是或否（true、false）", "true or false"),
        Kind::Choice => ("选一项", "one of"),
        Kind::Choices => ("可选多项", "some of"),
        Kind::Turn => ("序号", "1, 2, 3 …"),
        Kind::Tally | Kind::Signature => ("", ""),
    };
    let mut words = Words::new(zh, en);
    if !field.choices.is_empty() {
        let list = |of: fn(&super::Choice) -> String, between: &str| {
            let words: Vec<String> = field.choices.iter().map(of).collect();
            words.join(between)
        };
        words
            .zh
            .push_str(&format!("：{}", list(|choice| choice.zh.clone(), "、")));
        words.en.push_str(&format!(
            " {}",
            list(|choice| format!("{} ({})", choice.name, choice.en), ", ")
        ));
    }
    if let Some(help) = &field.help {
        words.zh.push_str(&format!("；{}", help.zh));
        words.en.push_str(&format!("; {}", help.en));
    }
    words
}
