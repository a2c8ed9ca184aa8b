//! The cover → front matter: what it says by content controls, by styles, by the form of its words. What it says
//! besides stays as it stood, as 未归位.

use super::Reader;
use super::blocks::{Held, paragraph, unplaced};
use super::line::{Grid, Line, Piece};
use super::links::Links;
use super::report::BlockReport;
use super::role::is_sentence;
use super::words::folded;
use crate::model::{Block, DraftStage, Evidence, FrontMatter};
use crate::resolve;
use crate::source::designation_of;
use jiff::civil::Date;

/// Reads the cover into the front matter; gives back what it could not place.
pub(super) fn read(reader: &mut Reader, links: &mut Links, front: &mut FrontMatter, pieces: Vec<Piece>) -> Vec<Block> {
    let mut found: Vec<Found> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => line_of_cover(front, line, &mut found),
            // A table that says nothing of a cover is none of its frames.
            Piece::Grid(grid) if !is_frame(front, &grid) => found.push(Found::Grid(grid)),
            Piece::Grid(grid) => {
                let mut lines = Vec::new();
                flatten(vec![Piece::Grid(grid)], &mut lines);
                for line in lines {
                    line_of_cover(front, line, &mut found);
                }
            }
        }
    }
    // Old covers say some things twice, in the frame and beside it.
    for words in [
        &mut front.ics,
        &mut front.ccs,
        &mut front.publishers,
        &mut front.replaces,
    ] {
        let mut seen = std::collections::BTreeSet::new();
        words.retain(|word| seen.insert(word.clone()));
    }
    place_titles(front, &mut found);
    place_series(front, &found);
    // What the cover will print again is not lost.
    let printed = printed(front);
    let mut blocks = Vec::new();
    for found in found {
        let again = |line: &Line| {
            let bare = folded(&line.text);
            let of_number = is_emblem(&bare) && printed.iter().any(|printed| printed.starts_with(&bare));
            printed.contains(&bare) || of_number
        };
        let (what, confidence, by) = match &found {
            Found::Known(_) => ("cover", 85, "text"),
            Found::Title(_, confidence, by) => ("title", *confidence, *by),
            Found::Left(line) if again(line) => ("cover", 80, "text"),
            Found::Left(line) if is_text(line) => ("paragraph", 60, "place"),
            Found::Left(_) => ("cover", 30, "place"),
            Found::Grid(_) => ("table", 60, "place"),
        };
        let (place, text) = match &found {
            Found::Known(line) | Found::Title(line, ..) | Found::Left(line) => {
                (line.place, line.text.chars().take(40).collect())
            }
            Found::Grid(grid) => (grid.place, String::new()),
        };
        reader.report.blocks.push(BlockReport {
            place,
            what,
            level: None,
            text,
            confidence,
            by,
        });
        match found {
            Found::Left(line) if again(&line) => {}
            // Running text before the first heading is no cover.
            Found::Left(line) if is_text(&line) => blocks.push(paragraph(line.inlines)),
            Found::Left(line) => {
                let evidence = Evidence {
                    confidence: 30,
                    by: "位置".to_owned(),
                };
                blocks.push(unplaced("封面", &line.text, Some(evidence)));
            }
            Found::Grid(grid) => blocks.extend(super::blocks::blocks(
                reader,
                links,
                vec![Held::Grid(grid)],
                None,
                false,
            )),
            Found::Known(_) | Found::Title(..) => {}
        }
    }
    blocks
}

/// A line or a table before the first heading.
enum Found {
    /// What it says is in the front matter.
    Known(Line),
    /// With its confidence and its ground.
    Title(Line, u8, &'static str),
    Left(Line),
    Grid(Grid),
}

fn line_of_cover(front: &mut FrontMatter, line: Line, found: &mut Vec<Found>) {
    if line.text.trim().is_empty() {
        return;
    }
    let known = is_known(front, &line);
    found.push(if known { Found::Known(line) } else { Found::Left(line) });
}

/// Whether all that the line says is of a cover; what is, goes into the front matter.
fn is_known(front: &mut FrontMatter, line: &Line) -> bool {
    let mut known = true;
    // Frames of old drafts hold several lines in one.
    for part in line.text.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
        let tag = line.controls.first().map_or("", |(tag, _)| tag.as_str());
        known &= by_control(front, tag, part, line) || by_dates(front, part, line) || by_words(front, part, line);
    }
    known
}

/// Whether a table holds parts of a cover, or but one cell.
fn is_frame(front: &FrontMatter, grid: &Grid) -> bool {
    let mut lines = Vec::new();
    flatten(vec![Piece::Grid(grid.clone())], &mut lines);
    let mut trial = front.clone();
    grid.rows.iter().flatten().count() < 2
        || lines
            .iter()
            .any(|line| !line.text.trim().is_empty() && is_known(&mut trial, line))
}

/// A sentence that no frame holds.
fn is_text(line: &Line) -> bool {
    !line.boxed && !line.own_style && is_sentence(&line.text)
}

fn flatten(pieces: Vec<Piece>, lines: &mut Vec<Line>) {
    for piece in pieces {
        match piece {
            Piece::Line(line) => lines.push(line),
            Piece::Grid(grid) => {
                for cell in grid.rows.into_iter().flatten() {
                    flatten(cell.pieces, lines);
                }
            }
        }
    }
}

fn by_control(front: &mut FrontMatter, tag: &str, part: &str, line: &Line) -> bool {
    match tag {
        "title" => {
            front.title.zh.push(part.to_owned());
            true
        }
        "title_en" => {
            front.title.en = part.split('—').map(|part| part.trim().to_owned()).collect();
            true
        }
        "publisher" => {
            let name = part.trim_end_matches("发布").trim();
            if !name.is_empty() {
                front.publishers.push(name.to_owned());
            }
            true
        }
        "record" => {
            front.record = Some(part.to_owned());
            true
        }
        // Made anew from the number.
        "emblem" | "class" | "patent_call" => true,
        _ => {
            let _ = line;
            false
        }
    }
}

/// DB50 alone is the emblem, which is made anew from the number.
fn is_emblem(bare: &str) -> bool {
    bare.strip_prefix("DB")
        .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

/// Both days in one line: 2025-11-20 发布　2026-02-20 实施.
fn by_dates(front: &mut FrontMatter, part: &str, line: &Line) -> bool {
    let Some(at) = part.find("发布").map(|at| at + "发布".len()) else {
        return false;
    };
    let (published, implemented) = part.split_at(at);
    implemented.trim().ends_with("实施")
        && by_words(front, published, line)
        && by_words(front, implemented.trim(), line)
}

fn by_words(front: &mut FrontMatter, part: &str, line: &Line) -> bool {
    let bare = folded(part);
    if is_emblem(&bare) {
        return false;
    }
    if let Some(rest) = bare.strip_prefix("ICS") {
        // ICS 35.040 and L 80 share a line in old drafts.
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '；' | ';'))
            .unwrap_or(rest.len());
        let (codes, more) = rest.split_at(end);
        front.ics.extend(
            codes
                .split(['；', ';'])
                .filter(|code| !code.is_empty())
                .map(str::to_owned),
        );
        return more.is_empty() || by_words(front, more, line);
    }
    let code = bare.strip_prefix("CCS").unwrap_or(&bare);
    let mut letters = code.chars();
    if letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && (code.len() == 3)
        && letters.all(|c| c.is_ascii_digit())
    {
        front.ccs.push(code.to_owned());
        return true;
    }
    if let Some(rest) = part.strip_prefix("备案号") {
        let record = rest.trim_start_matches(['：', ':']).trim();
        if !record.is_empty() {
            front.record = Some(record.to_owned());
        }
        return true;
    }
    if let Some(rest) = part.strip_prefix("代替") {
        front.replaces.extend(
            rest.split(['、', '，', ','])
                .map(|number| number.trim().to_owned())
                .filter(|number| !number.is_empty()),
        );
        return true;
    }
    for draft in DraftStage::ALL {
        let word = draft.words().0;
        if bare.trim_matches(['（', '）', '(', ')']) == word {
            front.draft = Some(draft);
            return true;
        }
    }
    for (ending, published) in [("发布", true), ("实施", false)] {
        if let Some(rest) = bare.strip_suffix(ending)
            && rest.chars().filter(|c| *c == '-' || *c == '－').count() == 2
        {
            let date: Option<Date> = rest.replace('－', "-").parse().ok();
            if published {
                front.published = front.published.or(date);
            } else {
                front.implemented = front.implemented.or(date);
            }
            return true;
        }
    }
    if let Ok(date) = bare.parse::<Date>() {
        front.drafted = Some(date);
        return true;
    }
    if bare.trim_end_matches('。') == folded(resolve::PATENT_CALL).trim_end_matches('。')
        || bare == "发布"
        || bare == "目次"
    {
        return true;
    }
    if let Some(designation) = designation_of(part) {
        let known = front.designation.get_or_insert_with(|| designation.clone());
        return *known == designation;
    }
    if let Some(name) = part.strip_suffix("发布").map(str::trim)
        && (4..=40).contains(&name.chars().count())
        && !name.chars().any(|c| c.is_ascii_digit() || c == '×')
    {
        front.publishers.push(name.to_owned());
        return true;
    }
    let english =
        part.is_ascii() && part.split_whitespace().count() > 2 && part.chars().any(|c| c.is_ascii_lowercase());
    if front.title.en.is_empty() && english {
        front.title.en = vec![part.to_owned()];
        return true;
    }
    let style = line.style.as_str();
    if ["文件编号", "封面标准号1", "封面标准号2"].contains(&style)
        && front.written_id.is_none()
        && front.designation.is_none()
    {
        front.written_id = Some(part.to_owned());
        return true;
    }
    if style.contains("英文名称") {
        front.title.en = part.split('—').map(|part| part.trim().to_owned()).collect();
        return true;
    }
    if ["文件名称", "封面标准名称", "c封面标准名称"].contains(&style) {
        front.title.zh.push(part.to_owned());
        return true;
    }
    false
}

/// A title that Word's style tells, else the first line in Chinese that ends as titles do.
fn place_titles(front: &mut FrontMatter, found: &mut [Found]) {
    const ENDS: [&str; 28] = [
        "规范",
        "规程",
        "指南",
        "要求",
        "方法",
        "术语",
        "标准",
        "导则",
        "通则",
        "细则",
        "规则",
        "体系",
        "办法",
        "规定",
        "制度",
        "条例",
        "章程",
        "守则",
        "手册",
        "方案",
        "计划",
        "意见",
        "通知",
        "报告",
        "总结",
        "指引",
        "须知",
        "指导书",
    ];
    if !front.title.zh.is_empty() {
        return;
    }
    let first = |is: &dyn Fn(&Line) -> bool| {
        found.iter().position(|found| match found {
            Found::Left(line) => {
                let text = line.text.trim();
                let long = (4..=60).contains(&text.chars().count());
                long && !text.is_ascii() && !is_class(text) && !text.contains('\n') && is(line)
            }
            _ => false,
        })
    };
    let styled = first(&|line| matches!(line.style.as_str(), "Title" | "标题" | "文档标题"));
    let ended = || {
        first(&|line| line.text.trim().chars().count() > 5 && ENDS.iter().any(|end| line.text.trim().ends_with(end)))
    };
    let place = styled
        .map(|at| (at, 90, "style"))
        .or_else(|| ended().map(|at| (at, 75, "text")));
    let Some((at, confidence, by)) = place else { return };
    if let Some(found) = found.get_mut(at)
        && let Found::Left(line) = found
    {
        front.title.zh = line
            .text
            .split(['\u{3000}'])
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        *found = Found::Title(std::mem::take(line), confidence, by);
    }
}

/// What a cover does not show stays what it was.
pub(super) fn complete(front: &mut FrontMatter, kept: &FrontMatter) {
    let read = std::mem::replace(front, kept.clone());
    front.designation = read.designation;
    front.written_id = read.written_id;
    front.draft = read.draft;
    front.title = read.title;
    front.ics = read.ics;
    front.ccs = read.ccs;
    front.record = read.record;
    front.published = read.published;
    front.implemented = read.implemented;
    front.drafted = read.drafted;
    front.publishers = read.publishers;
    front.replaces = read.replaces;
}

/// 中华人民共和国国家标准, 重庆市地方标准, 团体标准.
fn is_class(text: &str) -> bool {
    [
        "国家标准",
        "行业标准",
        "地方标准",
        "团体标准",
        "企业标准",
        "标准化指导性技术文件",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

/// The words before 行业标准 or 地方标准, where the number does not give them.
fn place_series(front: &mut FrontMatter, found: &[Found]) {
    let left = found.iter().filter_map(|found| match found {
        Found::Left(line) => Some(line),
        _ => None,
    });
    for line in left {
        let bare = folded(&line.text);
        let field = bare
            .strip_prefix("中华人民共和国")
            .and_then(|rest| rest.strip_suffix("行业标准"))
            .or_else(|| bare.strip_suffix("地方标准").filter(|place| is_place(place)));
        if let Some(field) = field.filter(|field| !field.is_empty())
            && !printed(front).contains(&bare)
        {
            front.series = Some(field.to_owned());
        }
    }
}

/// 南京市, 新疆维吾尔自治区: Chinese characters, and no sentence of them.
fn is_place(words: &str) -> bool {
    words.chars().count() <= 16 && words.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// What the cover that is made from the front matter says.
fn printed(front: &FrontMatter) -> Vec<String> {
    let document = crate::model::Document {
        front: front.clone(),
        ..crate::model::Document::default()
    };
    let cover = resolve::resolve(&document).cover;
    [
        cover.emblem,
        cover.class,
        cover.number,
        cover.replaces,
        cover.title.concat(),
        cover.title_en,
        cover.published,
        cover.implemented,
        cover.record,
    ]
    .iter()
    .chain(&cover.title)
    .map(|words| folded(words))
    .collect()
}
