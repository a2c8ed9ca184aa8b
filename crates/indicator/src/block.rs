//! The blocks of a standard that run: what `document` hands over, and a small reader of its own, so that a standard
//! runs from its text alone.

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// 指标: the table of indicators.
    Indicators,
    /// 参数: dated parameters.
    Parameters,
    /// 规则: how it is evaluated.
    Rules,
    /// 例: a worked example.
    Example,
    /// 表: a table of the standard.
    Table,
}

/// A fenced block of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it holds.
    pub kind: BlockKind,
    /// What stands after the kind on the fence's line: the name of a 表.
    pub label: String,
    /// What stands between the fences.
    pub text: String,
    /// Line of the file on which the text begins, from 1.
    pub first_line: usize,
    /// Number of the clause under which it stands; empty before the first.
    pub clause: String,
}

impl BlockKind {
    /// The kind of a fence's first word.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "指标" | "indicators" => Self::Indicators,
            "参数" | "parameters" => Self::Parameters,
            "规则" | "rules" => Self::Rules,
            "例" | "example" => Self::Example,
            "表" | "table" => Self::Table,
            _ => return None,
        })
    }
}

/// The title of a text and its blocks, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocks {
    /// The title of the front matter; else the first heading, without a number and without comments.
    pub title: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// Finds the blocks of a text. Headings give the clause: a typed number as it stands, else counted.
///
/// ```
/// use indicator::{BlockKind, blocks};
/// let found = blocks("# 指南\n## 5 评估指标\n```指标\n| 代号 |\n```\n");
/// assert_eq!(found.title, "指南");
/// assert_eq!(found.blocks[0].kind, BlockKind::Indicators);
/// assert_eq!((found.blocks[0].clause.as_str(), found.blocks[0].first_line), ("5", 4));
/// ```
pub fn blocks(text: &str) -> Blocks {
    let front = front_matter(text);
    let mut found = Blocks {
        title: title_of(text, front).unwrap_or_default(),
        ..Blocks::default()
    };
    let parts = parts(text, front);
    let mut count = Count::of(&parts);
    let mut clause = String::new();
    for part in parts {
        match part {
            Part::Block(block) => found.blocks.push(Block {
                clause: clause.clone(),
                ..block
            }),
            Part::Heading(level, heading) => {
                let heading = heading.split("<!--").next().unwrap_or("").trim();
                let typed = typed_number(heading);
                let bare = typed.map_or(heading, |number| heading[number.len()..].trim());
                if found.title.is_empty() {
                    without_attributes(bare).clone_into(&mut found.title);
                }
                let counted = count.next(level, Stands::of(bare));
                clause = typed.map_or(counted, str::to_owned);
            }
        }
    }
    found
}

/// A heading or a label before its `{#id .class}`.
fn without_attributes(words: &str) -> &str {
    let bare = words
        .strip_suffix('}')
        .and_then(|words| words.rsplit_once('{'))
        .map(|(words, _)| words.trim_end());
    bare.unwrap_or(words)
}

/// What counts of a text: what stands in the front matter, in other fences and in paragraphs does not.
enum Part<'a> {
    /// A heading: its level and its words.
    Heading(usize, &'a str),
    /// A block, its clause not yet known.
    Block(Block),
}

struct Fence {
    sign: char,
    length: usize,
    open: Option<Block>,
}

fn parts(text: &str, from: usize) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut fence: Option<Fence> = None;
    for (at, line) in text.lines().enumerate().skip(from) {
        if let Some(open) = &mut fence {
            if closes(line, open) {
                found.extend(open.open.take().map(Part::Block));
                fence = None;
            } else if let Some(block) = &mut open.open {
                block.text.push_str(line);
                block.text.push('\n');
            }
            continue;
        }
        if let Some((sign, length, info)) = opening(line) {
            let (word, label) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
            let open = BlockKind::of_word(word).map(|kind| Block {
                kind,
                label: without_attributes(label.trim()).to_owned(),
                text: String::new(),
                first_line: at + 2,
                clause: String::new(),
            });
            fence = Some(Fence { sign, length, open });
        } else if let Some((level, heading)) = heading(line) {
            found.push(Part::Heading(level, heading));
        }
    }
    found.extend(fence.and_then(|fence| fence.open).map(Part::Block));
    found
}

/// How many lines the `+++` … `+++` at the start takes; none where it is not closed.
fn front_matter(text: &str) -> usize {
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty());
    match lines.next() {
        Some((_, first)) if is_mark(first) => lines.find(|(_, line)| is_mark(line)).map_or(0, |(at, _)| at + 1),
        _ => 0,
    }
}

fn is_mark(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim() == "+++"
}

/// The title that the front matter of so many lines gives, its elements one after the other.
fn title_of(text: &str, lines: usize) -> Option<String> {
    let inside: Vec<&str> = text.lines().take(lines).filter(|line| !is_mark(line)).collect();
    let front: toml::Table = inside.join("\n").parse().ok()?;
    let words = |value: &toml::Value| match value {
        toml::Value::String(title) => Some(title.clone()),
        toml::Value::Array(elements) => Some(elements.iter().filter_map(toml::Value::as_str).collect()),
        _ => None,
    };
    let title = front.get("title").or_else(|| front.get("名称"))?;
    words(title).or_else(|| words(title.get("zh").or_else(|| title.get("en"))?))
}

/// How a heading of the first level counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stands {
    /// 前言 and 引言 have no number of their own; what 引言 is divided into counts from 0.1.
    Before,
    /// 1, 2 ….
    #[default]
    Chapter,
    /// 附录: A, B …, below them A.1.
    Annex,
    /// 参考文献 and 索引 have no number, nor has what they should not be divided into.
    Behind,
}

impl Stands {
    /// By the title's words and the classes behind it.
    fn of(title: &str) -> Self {
        let (words, attributes) = title.split_once('{').unwrap_or((title, ""));
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        let words = words.to_lowercase();
        let class = |names: [&str; 2]| {
            attributes
                .split([' ', '}'])
                .filter_map(|word| word.strip_prefix('.'))
                .any(|word| names.contains(&word))
        };
        // The word stands alone before the annex's title, or with its letter.
        let annex = ["附录", "Annex", "annex"].iter().any(|word| {
            title.strip_prefix(word).is_some_and(|rest| {
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
                rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '{' | '（' | '('))
            })
        });
        if annex || class(["annex", "附录"]) {
            return Self::Annex;
        }
        match words.as_str() {
            "前言" | "引言" | "foreword" | "introduction" => Self::Before,
            "参考文献" | "索引" | "bibliography" | "index" => Self::Behind,
            _ => Self::Chapter,
        }
    }
}

fn opening(line: &str) -> Option<(char, usize, &str)> {
    let rest = line.trim_start_matches(' ');
    if line.len() - rest.len() > 3 {
        return None;
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = rest.trim_start_matches(sign);
    let length = rest.len() - info.len();
    (length >= 3 && !(sign == '`' && info.contains('`'))).then(|| (sign, length, info.trim()))
}

fn closes(line: &str, fence: &Fence) -> bool {
    let rest = line.trim();
    rest.len() >= fence.length && rest.chars().all(|c| c == fence.sign)
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t']))).then(|| (level, rest.trim()))
}

/// `5`, `5.2`, `A.1` before a blank.
fn typed_number(heading: &str) -> Option<&str> {
    let word = heading.split(char::is_whitespace).next()?;
    let number = word.trim_end_matches('.');
    let mut parts = number.split('.');
    let first = parts.next()?;
    let annex = first.len() == 1 && first.bytes().all(|b| b.is_ascii_uppercase());
    let digits = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
    let rest = parts.clone().count();
    ((digits(first) || (annex && rest > 0)) && parts.all(digits)).then_some(number)
}

/// Numbers of headings without typed ones.
struct Count {
    /// The level of chapters.
    base: usize,
    at: Vec<usize>,
    /// What is being counted.
    within: Stands,
    chapters: usize,
    annexes: usize,
}

impl Count {
    fn of(parts: &[Part<'_>]) -> Self {
        let first_levels = parts.iter().filter(|part| matches!(part, Part::Heading(1, _))).count();
        Self {
            base: if first_levels > 1 { 1 } else { 2 },
            at: Vec::new(),
            within: Stands::Chapter,
            chapters: 0,
            annexes: 0,
        }
    }

    fn next(&mut self, level: usize, stands: Stands) -> String {
        if level < self.base {
            return String::new();
        }
        let depth = level - self.base;
        if depth == 0 {
            self.within = stands;
            self.at.clear();
            match stands {
                Stands::Chapter => self.chapters += 1,
                Stands::Annex => self.annexes += 1,
                Stands::Before | Stands::Behind => return String::new(),
            }
        } else {
            self.at.resize(depth, 0);
            if let Some(last) = self.at.last_mut() {
                *last += 1;
            }
        }
        let first = match self.within {
            Stands::Before => "0".to_owned(),
            Stands::Chapter => self.chapters.max(1).to_string(),
            Stands::Annex => letter(self.annexes),
            Stands::Behind => return String::new(),
        };
        let below = self.at.iter().map(|number| (*number).max(1).to_string());
        std::iter::once(first).chain(below).collect::<Vec<_>>().join(".")
    }
}

/// A, B …, Z, then by number: nobody has more annexes.
fn letter(count: usize) -> String {
    match u8::try_from(count) {
        Ok(at @ 1..=26) => char::from(b'A' + at - 1).to_string(),
        _ => count.to_string(),
    }
}
