//! A trial of a system: its worked example to be changed, both results beside one another, what differs and why. It works
//! by its address alone and stores nothing.

mod form;
mod outcome;
mod why;

use crate::{Answer, Asking, Web};
use indicator::{Inputs, Standard, canonical_name, fields};
use language::t;
use maud::{Markup, html};
use platform::{
    refusal::Refusal,
    system::{
        executable::Executable,
        query::SystemEdition,
        run::{self, Tried},
    },
};
use std::sync::Arc;

pub(crate) use outcome::{derivation, percent};

/// What stands before the name of an input in the address.
const INPUT: &str = "in.";
/// Longest value of an input, in characters.
const LONGEST: usize = 400;

/// A field of the form with what stands in it.
struct Filled {
    field: indicator::Field,
    /// What the example gives, as written; empty where it gives nothing.
    example: String,
    /// What is given now.
    now: String,
}

impl Filled {
    fn is_edited(&self) -> bool {
        self.example != self.now
    }
}

/// The trial of an edition; nothing of a standard without a worked example.
pub(super) async fn section(
    asking: &Asking,
    web: &Web,
    edition: &SystemEdition,
    executable: &Arc<Executable>,
) -> Answer<Markup> {
    let lang = asking.lang;
    let standard = &executable.standard;
    let wanted = asking.parameter::<usize>("example")?.unwrap_or(1).saturating_sub(1);
    if standard.examples.is_empty() {
        return Ok(html! { div.notice { p { (t!(lang, "system-no-example")) } } });
    }
    let example = standard.examples.get(wanted).ok_or_else(Refusal::unseen)?;
    let filled = filled(asking, standard, wanted);
    let inputs = inputs(&filled, &example.inputs);
    let tried = run::tried(&web.platform, executable.clone(), wanted, inputs, lang).await?;
    let shown = Shown {
        asking,
        edition,
        executable,
        example: wanted,
        filled: &filled,
    };
    Ok(html! {
        section.section #trial {
            header.section-head { h2 { (t!(lang, "system-trial")) } p.section-note { (t!(lang, "system-trial-note")) } }
            div.halves {
                (form::form(&shown, tried.as_ref().err()))
                div #result {
                    @match &tried {
                        Ok(tried) => (outcome::outcome(&shown, tried)),
                        Err(findings) => (form::wrong(lang, findings)),
                    }
                }
            }
            @if let Ok(tried) = &tried { (trace(asking, tried)) }
        }
    })
}

/// What all parts of the trial look at.
struct Shown<'a> {
    asking: &'a Asking,
    edition: &'a SystemEdition,
    executable: &'a Executable,
    /// The number of the example, from 0.
    example: usize,
    filled: &'a [Filled],
}

impl Shown<'_> {
    fn standard(&self) -> &Standard {
        &self.executable.standard
    }

    fn clause(&self, number: &str) -> Markup {
        super::clause(self.asking, self.edition, self.executable, number)
    }

    /// `A1.1 生产区域5G覆盖率`; of an input its name.
    fn name(&self, name: &str) -> String {
        let standard = self.standard();
        let node = standard.node(name).and_then(|at| standard.nodes.get(at));
        node.map_or_else(|| name.to_owned(), |rule| format!("{} {}", rule.code, rule.name))
    }
}

/// The fields, each with what the address gives for it, else the example.
fn filled(asking: &Asking, standard: &Standard, example: usize) -> Vec<Filled> {
    let example = standard.examples.get(example);
    let given = |name: &str| {
        let inputs = example.iter().flat_map(|example| &example.inputs);
        let mut found = inputs.filter(|(known, _, _)| same(known, name));
        found.next().map(|(_, given, _)| given.shown()).unwrap_or_default()
    };
    fields(standard, example)
        .into_iter()
        .map(|field| {
            let example = given(&field.name);
            let asked = asking
                .links
                .query
                .iter()
                .find(|(name, _)| name.strip_prefix(INPUT) == Some(&field.name));
            let now = asked.map(|(_, value)| value.trim().chars().take(LONGEST).collect::<String>());
            Filled {
                now: now.unwrap_or_else(|| example.clone()),
                example,
                field,
            }
        })
        .collect()
}

fn same(known: &str, name: &str) -> bool {
    canonical_name(known) == name
}

/// What is given now: as the example gives it where nothing was changed, so that a reason for an absence stays.
fn inputs(filled: &[Filled], example: &Inputs) -> Inputs {
    filled
        .iter()
        .filter_map(|filled| {
            let name = &filled.field.name;
            let own = example.iter().find(|(known, _, _)| same(known, name));
            if !filled.is_edited() {
                return own.map(|(_, given, place)| (name.clone(), given.clone(), place.clone()));
            }
            let place = own.map(|(_, _, place)| place.clone()).unwrap_or_default();
            Some((name.clone(), filled.field.wants.given(&filled.now)?, place))
        })
        .collect()
}

/// The whole derivation, folded.
fn trace(asking: &Asking, tried: &Tried) -> Markup {
    let lang = asking.lang;
    html! {
        details.disclosure.trace #trace {
            summary { (t!(lang, "system-trace")) }
            p.hint { (t!(lang, "system-trace-note")) }
            (outcome::derivation(lang, &tried.explanations))
        }
    }
}
