//! A difference as lines for a terminal: [-old-]{+new+}.

use super::words::Of;
use super::{Change, Diff, Inside, Pair, Place};
use language::{Lang, t};

/// What is not the same, line by line; then the draft for the foreword.
pub fn lines(diff: &Diff, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for pair in diff.pairs.iter().filter(|pair| pair.change != Change::Same) {
        lines.push(head(pair, lang));
        lines.extend(pair.inside.iter().map(|inside| format!("    {}", within(inside, lang))));
    }
    if lines.is_empty() {
        lines.push(t!(lang, "difference-none"));
    }
    lines.push(String::new());
    lines.push(t!(lang, "difference-foreword"));
    lines.extend(diff.foreword.iter().map(|line| format!("    {line}")));
    lines
}

fn head(pair: &Pair, lang: Lang) -> String {
    let places = |places: &[Place]| places.iter().map(named).collect::<Vec<_>>().join("、");
    let (old, new) = (places(&pair.old), places(&pair.new));
    let change = change(pair.change, lang);
    if old.is_empty() {
        format!("{change} {new}")
    } else if new.is_empty() || old == new {
        format!("{change} {old}")
    } else {
        format!("{change} {old} → {new}")
    }
}

/// 5.2 外观; for an untitled clause its first words.
pub(super) fn named(place: &Place) -> String {
    let title = if place.title.is_empty() {
        let start: String = place.text.chars().take(12).collect();
        if start.chars().count() < place.text.chars().count() {
            format!("{start}…")
        } else {
            start
        }
    } else if place.title == place.number {
        String::new()
    } else {
        place.title.clone()
    };
    format!("{} {title}", place.number).trim().to_owned()
}

/// What happened, in the reader's words.
pub(super) fn change(change: Change, lang: Lang) -> String {
    match change {
        Change::Same => t!(lang, "difference-same"),
        Change::Changed => t!(lang, "difference-changed"),
        Change::Moved => t!(lang, "difference-moved"),
        Change::Split => t!(lang, "difference-split"),
        Change::Merged => t!(lang, "difference-merged"),
        Change::Added => t!(lang, "difference-added"),
        Change::Removed => t!(lang, "difference-removed"),
    }
}

fn within(inside: &Inside, lang: Lang) -> String {
    let place = if inside.place.is_empty() {
        String::new()
    } else {
        format!("{} ", inside.place)
    };
    let what = what(inside, lang);
    if inside.change == Change::Moved {
        let moved = change(inside.change, lang);
        return format!("{place}{what}: {moved}");
    }
    let words: String = inside
        .words
        .iter()
        .map(|stretch| match stretch.of {
            Of::Both => stretch.text.clone(),
            Of::Old => format!("[-{}-]", stretch.text),
            Of::New => format!("{{+{}+}}", stretch.text),
        })
        .collect();
    format!("{place}{what}: {}", words.replace('\n', " / "))
}

/// What it is that differs, in the reader's words.
pub(super) fn what(inside: &Inside, lang: Lang) -> String {
    use super::What;
    match inside.what {
        What::Title => t!(lang, "difference-what-title"),
        What::Text | What::Paragraph => t!(lang, "difference-what-text"),
        What::Item => t!(lang, "difference-what-item"),
        What::Note => t!(lang, "difference-what-note"),
        What::Example => t!(lang, "difference-what-example"),
        What::Warning => t!(lang, "difference-what-warning"),
        What::Translation => t!(lang, "difference-what-translation"),
        What::Amendment => t!(lang, "difference-what-amendment"),
        What::Listing => t!(lang, "difference-what-listing"),
        What::Reference => t!(lang, "difference-what-reference"),
        What::Table => t!(lang, "difference-what-table"),
        What::Caption => t!(lang, "difference-what-caption"),
        What::Unit => t!(lang, "difference-what-unit"),
        What::Column | What::Head => t!(lang, "difference-what-column"),
        What::Row => t!(lang, "difference-what-row"),
        What::Cell => t!(lang, "difference-what-cell"),
        What::Figure => t!(lang, "difference-what-figure"),
        What::Formula => t!(lang, "difference-what-formula"),
        What::Symbol => t!(lang, "difference-what-symbol"),
        What::Data => t!(lang, "difference-what-data"),
        What::English => t!(lang, "difference-what-english"),
        What::Admitted => t!(lang, "difference-what-admitted"),
        What::Deprecated => t!(lang, "difference-what-deprecated"),
        What::Domain => t!(lang, "difference-what-domain"),
        What::Source => t!(lang, "difference-what-source"),
    }
}
