//! A Rust file as the checks see it: code without comments and literals, the literals, and which lines are tests.

use std::collections::BTreeSet;

/// A file of Rust.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path from the root.
    pub path: String,
    /// The code with comments and the content of literals blanked, line by line as in the file.
    pub code: Vec<String>,
    /// String literals: line (from 1) and content.
    pub literals: Vec<(usize, String)>,
    /// Lines (from 1) that belong to tests.
    tests: BTreeSet<usize>,
    /// Whether the whole file does.
    all_tests: bool,
    /// Modules that are compiled for tests alone and stand in files of their own.
    test_modules: Vec<String>,
}

impl Source {
    /// Reads a file.
    pub fn read(path: &str, text: &str) -> Self {
        let (blank, literals) = blanked(text);
        let code: Vec<String> = blank.lines().map(str::to_owned).collect();
        let (tests, test_modules) = test_items(&blank);
        let all_tests = path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs");
        Self {
            path: path.to_owned(),
            code,
            literals,
            tests,
            all_tests,
            test_modules,
        }
    }

    /// Whether a line (from 1) belongs to tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.all_tests || self.tests.contains(&line)
    }

    /// Lines of code that are not tests.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .iter()
            .enumerate()
            .map(|(index, line)| (index + 1, line.as_str()))
            .filter(|(line, _)| !self.is_test(*line))
    }

    /// Literals that are not tests'.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.literals
            .iter()
            .map(|(line, text)| (*line, text.as_str()))
            .filter(|(line, _)| !self.is_test(*line))
    }
}

/// Marks the files of modules that others declare as tests (`#[cfg(test)] mod testkit;`).
pub fn with_test_modules(mut sources: Vec<Source>) -> Vec<Source> {
    let mut roots = BTreeSet::new();
    for source in &sources {
        let folder = source
            .path
            .strip_suffix("/mod.rs")
            .or_else(|| source.path.strip_suffix("/lib.rs"));
        let folder = folder.unwrap_or_else(|| source.path.trim_end_matches(".rs"));
        roots.extend(source.test_modules.iter().map(|name| format!("{folder}/{name}")));
    }
    for source in &mut sources {
        let stem = source.path.trim_end_matches(".rs");
        source.all_tests |= roots
            .iter()
            .any(|root| stem == root || stem.starts_with(&format!("{root}/")));
    }
    sources
}

/// Blanks comments and the content of literals, keeping lines; gives the string literals.
fn blanked(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let mut blank = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let part = if starts(rest, "//") {
            Part::Blank(rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()))
        } else if starts(rest, "/*") {
            Part::Blank(block_comment(rest))
        } else if let Some((open, length, close)) = string(rest, at.checked_sub(1).map(|i| chars[i])) {
            Part::String { open, length, close }
        } else if let Some(length) = character(rest) {
            Part::Blank(length)
        } else {
            Part::Code
        };
        let length = match part {
            Part::Code => {
                blank.push(rest[0]);
                1
            }
            Part::Blank(length) => {
                blank.extend(rest[..length].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
                length
            }
            Part::String { open, length, close } => {
                literals.push((line, rest[open..open + length].iter().collect()));
                let whole = open + length + close;
                blank.push('"');
                blank.extend(rest[1..whole].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
                whole
            }
        };
        line += rest[..length].iter().filter(|c| **c == '\n').count();
        at += length;
    }
    (blank, literals)
}

enum Part {
    Code,
    Blank(usize),
    String { open: usize, length: usize, close: usize },
}

fn starts(rest: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(index, c)| rest.get(index) == Some(&c))
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if starts(&rest[at..], "/*") {
            depth += 1;
            at += 2;
        } else if starts(&rest[at..], "*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// Length of the opening, the content and the closing of a string literal that begins here.
fn string(rest: &[char], before: Option<char>) -> Option<(usize, usize, usize)> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let prefix = if in_word {
        0
    } else {
        rest.iter().take_while(|c| matches!(c, 'b' | 'r' | 'c')).count().min(2)
    };
    let hashes = rest[prefix..].iter().take_while(|c| **c == '#').count();
    let raw = rest[..prefix].contains(&'r');
    if rest.get(prefix + hashes) != Some(&'"') || (hashes > 0 && !raw) {
        return None;
    }
    let open = prefix + hashes + 1;
    let mut at = open;
    while at < rest.len() {
        if raw {
            if rest[at] == '"' && rest[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes {
                return Some((open, at - open, 1 + hashes));
            }
        } else if rest[at] == '\\' {
            at += 1;
        } else if rest[at] == '"' {
            return Some((open, at - open, 1));
        }
        at += 1;
    }
    Some((open, rest.len() - open, 0))
}

/// Length of a character literal that begins here; a lifetime is none.
fn character(rest: &[char]) -> Option<usize> {
    if rest.first() != Some(&'\'') {
        return None;
    }
    if rest.get(1) == Some(&'\\') {
        let end = rest.iter().skip(3).position(|c| *c == '\'')?;
        return Some(end + 4);
    }
    (rest.get(2) == Some(&'\'')).then_some(3)
}

/// Lines of items under `#[cfg(test)]`, and the modules among them that stand in their own files.
fn test_items(blank: &str) -> (BTreeSet<usize>, Vec<String>) {
    let mut lines = BTreeSet::new();
    let mut modules = Vec::new();
    for (start, mark) in blank.match_indices("#[cfg(test)]") {
        let after = start + mark.len();
        let rest = &blank[after..];
        let brace = rest.find('{').unwrap_or(rest.len());
        let semicolon = rest.find(';').unwrap_or(rest.len());
        let end = if semicolon < brace {
            let declared = rest[..semicolon].split_whitespace().collect::<Vec<_>>();
            if let Some(at) = declared.iter().position(|word| *word == "mod") {
                modules.extend(declared.get(at + 1).map(|name| (*name).to_owned()));
            }
            after + semicolon
        } else {
            after + closing(rest, brace)
        };
        let first = blank[..start].matches('\n').count() + 1;
        let last = blank[..end].matches('\n').count() + 1;
        lines.extend(first..=last);
    }
    (lines, modules)
}

/// Where the brace that opens at `from` closes.
fn closing(text: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text[from..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return from + at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r##"//! Says `x.unwrap()` in words.
fn f<'a>(x: &'a str) -> char { /* panic!( */ g("a \" 任务", r#"raw "quoted" SELECT"#); '"' }
#[cfg(test)]
mod tests {
    fn t() { Some(1).unwrap(); }
}
#[cfg(test)]
mod testkit;
fn after() { y.unwrap(); }
"##;

    #[test]
    fn comments_and_literals_are_no_code() {
        let source = Source::read("crates/a/src/b.rs", FILE);
        assert!(!source.code.join("\n").contains("panic!("));
        let words: Vec<&str> = source.words().map(|(_, text)| text).collect();
        assert_eq!(words, ["a \\\" 任务", "raw \"quoted\" SELECT"]);
        let unwraps: Vec<usize> = source
            .lines()
            .filter(|(_, code)| code.contains(".unwrap()"))
            .map(|(line, _)| line)
            .collect();
        assert_eq!(unwraps, [9]);
    }

    #[test]
    fn a_module_declared_for_tests_is_a_test_in_its_own_file() {
        let sources = with_test_modules(vec![
            Source::read("crates/a/src/lib.rs", FILE),
            Source::read("crates/a/src/testkit.rs", "fn t() { x.unwrap() }"),
            Source::read("crates/a/src/tests_of_time.rs", "fn t() { x.unwrap() }"),
        ]);
        assert!(sources[1].is_test(1));
        assert!(!sources[2].is_test(1));
    }
}
