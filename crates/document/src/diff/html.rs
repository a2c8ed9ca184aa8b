//! A difference as a page: both texts beside one another, what differs marked. No script.

use super::text::{change, named, what};
use super::unit::Edition;
use super::words::Of;
use super::{Change, Diff, Inside, Pair, Place};
use crate::html::escape;
use crate::model::Document;
use language::{Lang, t};

/// The page; the same difference gives the same bytes.
pub fn page(diff: &Diff, old: Edition<'_>, new: Edition<'_>, lang: Lang) -> String {
    let (from, to) = (name(old.document), name(new.document));
    let tag = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = t!(lang, "difference-title", old = from.as_str(), new = to.as_str());
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        escape(&title),
        include_str!("style.css"),
        escape(&title)
    );
    out.push_str("<main>\n");
    out.push_str(&body(diff, &from, &to, lang));
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The difference alone, to stand in a page that has head and style of its own, under these names of the two texts.
pub fn body(diff: &Diff, from: &str, to: &str, lang: Lang) -> String {
    let mut out = String::new();
    summary(diff, lang, &mut out);
    foreword(diff, lang, &mut out);
    out.push_str(&format!(
        "<div class=\"row heads\"><p>{}</p><p>{}</p></div>\n",
        escape(from),
        escape(to)
    ));
    // What is the same folds away, run by run.
    for run in diff
        .pairs
        .chunk_by(|a, b| (a.change == Change::Same) == (b.change == Change::Same))
    {
        let same = run.first().is_some_and(|pair| pair.change == Change::Same);
        if same {
            let places = run.iter().flat_map(|pair| &pair.new);
            let (first, last) = (places.clone().next(), places.clone().next_back());
            let told = t!(
                lang,
                "difference-same-run",
                count = run.len(),
                first = first.map(|place| between(&named(place))).unwrap_or_default(),
                last = last.map(|place| between(&named(place))).unwrap_or_default()
            );
            out.push_str(&format!("<details>\n<summary>{}</summary>\n", marked(&escape(&told))));
        }
        for pair in run {
            row(pair, lang, &mut out);
        }
        if same {
            out.push_str("</details>\n");
        }
    }
    out
}

fn name(document: &Document) -> String {
    let front = &document.front;
    let number = front.designation.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{number} {}", front.title.zh()).trim().to_owned()
}

fn summary(diff: &Diff, lang: Lang, out: &mut String) {
    let kinds = [
        Change::Changed,
        Change::Added,
        Change::Removed,
        Change::Moved,
        Change::Split,
        Change::Merged,
        Change::Same,
    ];
    out.push_str("<ul class=\"summary\">\n");
    for kind in kinds {
        let count = diff.pairs.iter().filter(|pair| pair.change == kind).count();
        if count > 0 {
            out.push_str(&format!(
                "<li class=\"{}\">{} {count}</li>\n",
                class(kind),
                escape(&change(kind, lang))
            ));
        }
    }
    out.push_str("</ul>\n");
}

fn foreword(diff: &Diff, lang: Lang, out: &mut String) {
    out.push_str(&format!(
        "<section class=\"foreword\" lang=\"zh-CN\">\n<h2 lang=\"{}\">{}</h2>\n",
        if lang == Lang::Zh { "zh-CN" } else { "en" },
        escape(&t!(lang, "difference-foreword"))
    ));
    for line in &diff.foreword {
        out.push_str(&format!("<p>{}</p>\n", escape(line)));
    }
    out.push_str("</section>\n");
}

/// What happened, as the name of a class.
fn class(change: Change) -> &'static str {
    match change {
        Change::Same => "same",
        Change::Changed => "changed",
        Change::Moved => "moved",
        Change::Split => "split",
        Change::Merged => "merged",
        Change::Added => "added",
        Change::Removed => "removed",
    }
}

fn row(pair: &Pair, lang: Lang, out: &mut String) {
    let class = class(pair.change);
    let told = change(pair.change, lang);
    out.push_str(&format!("<article class=\"{class}\">\n"));
    if pair.change != Change::Same {
        out.push_str(&format!("<p class=\"change\">{}</p>\n", escape(&told)));
    }
    out.push_str("<div class=\"row\" lang=\"zh-CN\">\n<div class=\"old\">");
    // Where the words are the same, or are shown below with what differs, once is enough.
    let words = matches!(
        pair.change,
        Change::Added | Change::Removed | Change::Split | Change::Merged
    );
    places(&pair.old, "", words, out);
    out.push_str("</div>\n<div class=\"new\">");
    places(&pair.new, "new-", words || pair.inside.is_empty(), out);
    out.push_str("</div>\n</div>\n");
    if !pair.inside.is_empty() {
        out.push_str("<ul class=\"inside\">\n");
        for inside in &pair.inside {
            within(inside, lang, out);
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</article>\n");
}

fn places(places: &[Place], anchor: &str, words: bool, out: &mut String) {
    for place in places {
        let title = if place.title == place.number {
            ""
        } else {
            place.title.as_str()
        };
        let id = if anchor.is_empty() {
            format!("old-{}", place.id)
        } else {
            format!("{anchor}{}", place.id)
        };
        out.push_str(&format!(
            "<h3 id=\"{}\"><span class=\"number\">{}</span> {}</h3>\n",
            escape(&id),
            escape(&place.number),
            escape(title)
        ));
        if words {
            for line in place.text.lines().filter(|line| !line.trim().is_empty()) {
                out.push_str(&format!("<p>{}</p>\n", escape(line)));
            }
        }
    }
}

/// Words of the texts within a sentence of the reader's language, between signs that stand for no character.
fn between(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("\u{fdd0}{}\u{fdd1}", words.replace(['\u{fdd0}', '\u{fdd1}'], ""))
}

/// The sentence, in which such words are marked as Chinese.
fn marked(sentence: &str) -> String {
    sentence
        .replace('\u{fdd0}', "<span lang=\"zh-CN\">")
        .replace('\u{fdd1}', "</span>")
}

fn within(inside: &Inside, lang: Lang, out: &mut String) {
    let place = format!("{} {}", between(&inside.place), what(inside, lang));
    let place = marked(&escape(place.trim()));
    out.push_str(&format!("<li><span class=\"place\">{place}</span> "));
    if inside.change == Change::Moved {
        out.push_str(&escape(&change(inside.change, lang)));
    }
    out.push_str("<span lang=\"zh-CN\">");
    for stretch in &inside.words {
        let text = escape(&stretch.text).replace('\n', "<br>");
        match stretch.of {
            Of::Both => out.push_str(&text),
            Of::Old => out.push_str(&format!("<del>{text}</del>")),
            Of::New => out.push_str(&format!("<ins>{text}</ins>")),
        }
    }
    out.push_str("</span></li>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_texts_are_marked_in_a_sentence_and_no_sign_of_theirs_breaks_out() {
        let told = format!("2 the same: {} on{}", between("第5章<\u{fdd1}"), between(""));
        let marked = marked(&escape(&told));
        assert_eq!(marked, "2 the same: <span lang=\"zh-CN\">第5章&lt;</span> on");
    }
}
