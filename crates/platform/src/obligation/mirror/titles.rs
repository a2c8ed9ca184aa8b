//! The title in a line, and the words around it.

use designation::Found;

/// A line, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Titles, in order, without marks.
    pub titles: Vec<String>,
    /// The stage of the text that a title bears at its end: （征求意见稿）.
    pub draft: Option<&'static str>,
    /// All that is neither title nor designation.
    pub around: String,
}

/// A number that is still open, as people write it: DB3201/T …—2026.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenNumber {
    /// As it stands there.
    pub text: String,
    /// Prefix and code of the place, of a local one.
    pub region: Option<(String, String)>,
}

const DRAFTS: &[(&str, &str)] = &[
    ("征求意见稿", "30.20"),
    ("送审稿", "40.20"),
    ("报批稿", "50.20"),
    ("草案", "20.20"),
];

/// Takes a number with an ellipsis or blanks for digits out of the line.
pub(super) fn open_number(line: &str) -> (Option<OpenNumber>, String) {
    for mark in ["…", "×", "___", "***"] {
        let Some(at) = line.find(mark) else { continue };
        let before = &line[..at];
        let head_from = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '/' | ' '))
            .last()
            .map_or(at, |(index, _)| index);
        let head = before[head_from..].trim();
        let code = ["DB", "GB", "T/"].iter().any(|p| head.starts_with(p)) || (head.len() >= 2 && head.ends_with("/T"));
        if !code {
            continue;
        }
        let after = &line[at..];
        let year_to = after
            .char_indices()
            .find(|(_, c)| !(matches!(c, '…' | '×' | '_' | '*' | '—' | '-' | '–' | '─' | ' ') || c.is_ascii_digit()))
            .map_or(after.len(), |(index, _)| index);
        let text = format!("{head} {}", after[..year_to].trim());
        let digits: String = head
            .strip_prefix("DB")
            .unwrap_or_default()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let region = designation::Region::new(&digits)
            .ok()
            .map(|r| (format!("DB{r}"), r.place_code()));
        let rest = format!("{} {}", &line[..head_from], &line[at + year_to..]);
        return (Some(OpenNumber { text, region }), rest);
    }
    (None, line.to_owned())
}

/// Takes a line apart: titles stand in 《》, else in quotation marks, else behind the designation.
pub(super) fn split(line: &str, found: &[Found]) -> Parts {
    let chars: Vec<char> = line.chars().collect();
    let inside = |index: usize| found.iter().position(|f| (f.span.start..f.span.end).contains(&index));
    let mut parts = Parts::default();
    let mut without = String::new();
    for (index, c) in chars.iter().enumerate() {
        match inside(index) {
            None => without.push(*c),
            Some(which) if found[which].span.start == index => without.push('\u{1}'),
            Some(_) => {}
        }
    }
    let mut around = String::new();
    for pair in [('《', '》'), ('“', '”'), ('"', '"'), ('「', '」')] {
        let (titles, rest) = between(&without, pair);
        if !titles.is_empty() {
            parts.titles = titles;
            around = rest;
            break;
        }
    }
    if parts.titles.is_empty() {
        around = without;
        let title = behind_number(&around).or_else(|| bare(&around));
        if let Some(title) = title {
            around = around.replacen(&title, " ", 1);
            parts.titles.push(title);
        }
    }
    parts.around = around.replace('\u{1}', " ");
    for title in &mut parts.titles {
        let clean = title.replace('\u{1}', " ");
        let (clean, draft) = without_draft(clean.trim());
        parts.draft = parts.draft.or(draft);
        *title = clean;
    }
    parts.titles.retain(|t| !t.is_empty());
    parts.titles.dedup();
    parts
}

/// What stands between the marks, and the rest.
fn between(text: &str, (open, close): (char, char)) -> (Vec<String>, String) {
    let (mut titles, mut rest, mut title) = (Vec::new(), String::new(), None::<String>);
    let mut depth = 0_u32;
    for c in text.chars() {
        match &mut title {
            None if c == open => {
                title = Some(String::new());
                depth = 1;
            }
            None => rest.push(c),
            Some(_) if c == close && depth == 1 => {
                titles.extend(title.take());
                rest.push(' ');
            }
            Some(inner) => {
                // 《〈…〉…》 as well as 《《…》…》.
                if c == open {
                    depth += 1;
                } else if c == close {
                    depth -= 1;
                }
                inner.push(c);
            }
        }
    }
    if let Some(unclosed) = title {
        rest.push_str(&unclosed);
    }
    (titles, rest)
}

/// The words that follow the designation up to a stop, a date or a word that tells what happened.
fn behind_number(around: &str) -> Option<String> {
    let (_, behind) = around.split_once('\u{1}')?;
    cut(behind)
}

/// The first clause of a line that carries nothing but words; what an announcement is about stands in its marks or nowhere.
fn bare(around: &str) -> Option<String> {
    if around.contains("关于") {
        return None;
    }
    cut(around.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | ' ' | '\u{1}')))
}

fn cut(text: &str) -> Option<String> {
    const STOPS: &[&str] = &[
        "，",
        ",",
        "。",
        "；",
        ";",
        "：",
        ":",
        "\u{1}",
        "20",
        "19",
        "发布",
        "公布",
        "印发",
        "列入",
        "立项",
        "正式",
        "通过",
        "报批",
        "自",
        "于",
        "已",
        "公开征求",
        "征求意见",
        "备案",
        "复审",
        "废止",
        " was ",
        " is ",
        " has ",
        " published",
        " issued",
        " draft",
        " to be ",
        " (",
        "（",
    ];
    let text = text.trim();
    let end = STOPS.iter().filter_map(|s| text.find(s)).min().unwrap_or(text.len());
    let title = text[..end].trim().trim_end_matches(['的', '、', '—', '-']).trim();
    (title.chars().count() >= 4).then(|| title.to_owned())
}

/// The title without （征求意见稿） at its end, and the stage that it told.
fn without_draft(title: &str) -> (String, Option<&'static str>) {
    let bare = title.trim_end_matches([')', '）', ' ']);
    for (word, stage) in DRAFTS {
        if let Some(before) = bare.strip_suffix(word) {
            let before = before.trim_end();
            let before = before.trim_end_matches(['(', '（']).trim_end();
            return (before.to_owned(), Some(stage));
        }
    }
    (title.to_owned(), None)
}
