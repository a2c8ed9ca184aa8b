//! What a person says of the doubts: fields beside each, and the decisions that they make.

use crate::components::{standing::word, words::foreign};
use language::{Lang, t};
use maud::{Markup, html};
use platform::list::import::{Decision, line_of};
use std::collections::BTreeSet;
use tasklist::{Doubt, Reading, Task, Tier};

/// Every kind that a text may ask for.
const TIERS: [Tier; 5] = [Tier::National, Tier::Industry, Tier::Local, Tier::Group, Tier::Support];

/// The id of a kind in the vocabulary.
pub(super) const fn tier_id(tier: Tier) -> &'static str {
    match tier {
        Tier::National => "national",
        Tier::Industry => "industry",
        Tier::Local => "local",
        Tier::Group => "group",
        Tier::Support => "support",
    }
}

/// What the form holds, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Given(pub(super) Vec<(String, String)>);

impl Given {
    /// A text, with nothing settled.
    pub(super) fn of(text: &str) -> Self {
        Self(vec![("text".to_owned(), text.to_owned())])
    }

    /// A field; empty where it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// Every value of a field.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(n, v)| n == name && !v.trim().is_empty())
            .map(|(_, v)| v.trim().to_owned())
            .collect()
    }

    /// The text as it was given: its lines are counted, so nothing is cut from it.
    pub(super) fn text(&self) -> &str {
        self.0.iter().find(|(n, _)| n == "text").map_or("", |(_, v)| v.as_str())
    }

    /// The decisions: one for each line of a doubt that is said to be settled, and one for each row that was worded anew.
    pub(super) fn decisions(&self, reading: &Reading) -> Vec<Decision> {
        let settled = |name: &str| !self.get(name).is_empty();
        let bare = |line: u32| Decision {
            line,
            ..Decision::default()
        };
        let mut decisions: Vec<Decision> = reading
            .doubts
            .iter()
            .map(line_of)
            .filter(|line| settled(&format!("whole-{line}")))
            .map(bare)
            .collect();
        for (index, task) in reading.tasks.iter().enumerate().filter(|(_, t)| !t.doubts.is_empty()) {
            let name = |field: &str| format!("task-{index}-{field}");
            if !settled(&name("settled")) {
                continue;
            }
            let lines: BTreeSet<u32> = task.doubts.iter().map(line_of).collect();
            decisions.extend(lines.into_iter().map(bare));
            let changed = |field: &str, read: &str| {
                let given = self.get(&name(field));
                (!given.is_empty() && given != read).then(|| given.to_owned())
            };
            let number = task.number.map(|n| n.to_string()).unwrap_or_default();
            decisions.push(Decision {
                line: task.line.0,
                number: changed("number", &number).and_then(|n| n.parse().ok()),
                title: changed("title", &task.title),
                tier: changed("tier", task.tier.map_or("", tier_id))
                    .and_then(|id| TIERS.into_iter().find(|tier| tier_id(*tier) == id)),
                places: changed("places", &task.places_as_written),
            });
        }
        decisions
    }
}

fn checked(lang: Lang, given: &Given, name: &str) -> Markup {
    html! {
        label.check {
            input type="checkbox" name=(name) value="1" checked[!given.get(name).is_empty()];
            span { (t!(lang, "reading-settled")) }
        }
    }
}

/// A doubt about the whole text is settled by looking.
pub(super) fn whole(lang: Lang, given: &Given, doubt: &Doubt) -> Markup {
    checked(lang, given, &format!("whole-{}", line_of(doubt)))
}

/// A row with doubts: what was read can be worded anew, and is settled by saying so.
pub(super) fn task(lang: Lang, given: &Given, index: usize, task: &Task) -> Markup {
    let name = |field: &str| format!("task-{index}-{field}");
    let says = |field: &str, read: &str| {
        let given = given.get(&name(field));
        if given.is_empty() {
            read.to_owned()
        } else {
            given.to_owned()
        }
    };
    let line = |field: &str, label: String, width: &str, value: String| {
        let (id, class) = (name(field), format!("input {width}"));
        html! {
            div.field {
                label for=(id) { (label) }
                input #(id) name=(id) type="text" class=(class) lang=[foreign(lang, &value)] value=(value);
            }
        }
    };
    let number = task.number.map(|n| n.to_string()).unwrap_or_default();
    let tier = says("tier", task.tier.map_or("", tier_id));
    html! {
        (line("number", t!(lang, "column-number"), "w-number", says("number", &number)))
        (line("title", t!(lang, "column-title"), "w-full", says("title", &task.title)))
        div.field {
            label for=(name("tier")) { (t!(lang, "words-tier")) }
            select.input #(name("tier")) name=(name("tier")) {
                option value="" { "?" }
                @for each in TIERS { option value=(tier_id(each)) selected[tier == tier_id(each)] { (word(lang, "tier", tier_id(each))) } }
            }
        }
        (line("places", t!(lang, "column-places"), "w-full", says("places", &task.places_as_written)))
        (checked(lang, given, &name("settled")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tasklist::{Places, read};

    const TEXT: &str =
        "三、先行制定地方标准\n\n（一）生活服务\n\n1.养老机构康复服务规范（南京）\n2.夜间经济服务指南（昆明西）\n";

    fn given(fields: &[(&str, &str)]) -> Given {
        Given(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn nothing_is_settled_before_somebody_says_so() {
        let reading = read(TEXT, &Places::default());
        assert_eq!(given(&[("task-1-places", "成都")]).decisions(&reading), []);
    }

    #[test]
    fn a_row_that_is_settled_carries_the_words_that_were_changed_and_no_others() {
        let reading = read(TEXT, &Places::default());
        let decisions = given(&[
            ("task-1-settled", "1"),
            ("task-1-title", reading.tasks[1].title.as_str()),
            ("task-1-places", "成都"),
        ])
        .decisions(&reading);
        let worded: Vec<&Decision> = decisions.iter().filter(|d| d.places.is_some()).collect();
        assert_eq!(worded.len(), 1);
        assert_eq!((worded[0].line, worded[0].title.as_deref()), (6, None));
        assert!(
            reading.tasks[1]
                .doubts
                .iter()
                .all(|d| decisions.iter().any(|s| s.line == line_of(d)))
        );
    }
}
