//! Blocks → text of the source.

use super::{footnote, id_attribute, inline, table, with_attributes};
use crate::model::{
    Block, BlockKind, Change, ChangeAction, DataFence, Figure, Footnote, Formula, Image, Inline, List, ListStyle,
    Reference, ReferenceList, Table, Term, Unplaced,
};
use crate::source::attributes::quoted;
use crate::source::container::breaks_out;
use crate::source::words::Container;

/// A block, without a line feed at its end.
pub(crate) fn print(block: &Block) -> String {
    let id = || id_attribute(&block.id, false);
    match &block.kind {
        BlockKind::Paragraph(text) => {
            let text = inline::paragraph(text);
            if block.id.is_written() {
                format!("{{#{}}} {text}", block.id)
            } else {
                text
            }
        }
        BlockKind::List(list) => named(block, items(list)),
        BlockKind::References(list) => {
            let entries: Vec<String> = list
                .entries
                .iter()
                .map(|entry| reference(marker(list.style), entry))
                .collect();
            named(block, entries.join("\n"))
        }
        BlockKind::Note(note) => led(block, "注：", Container::Note, &note.blocks),
        BlockKind::Example(example) => led(block, "示例：", Container::Example, &example.blocks),
        BlockKind::Warning(blocks) => container(Container::Warning, "", &id(), &blocks_of(blocks)),
        BlockKind::Translation(translation) => {
            container(Container::Translation, "", &id(), &blocks_of(&translation.blocks))
        }
        BlockKind::Change(change) => changed(change, id()),
        BlockKind::Term(term) => defined(term, id_attribute(&block.id, true)),
        BlockKind::Table(table) => tabled(block, table),
        BlockKind::Figure(figure) => drawn(figure, id_attribute(&block.id, true)),
        BlockKind::Formula(formula) => calculated(formula, block),
        BlockKind::Data(fence) => data(fence, &id_attribute(&block.id, fence.caption.is_some())),
        BlockKind::Listing { language, text } => named(block, fenced(language, text)),
        BlockKind::Comment(comment) => {
            let comment = comment.replace("-->", "-- >");
            let text = if comment.contains('\n') {
                format!("<!--\n{comment}\n-->")
            } else {
                format!("<!-- {comment} -->")
            };
            named(block, text)
        }
        BlockKind::Unplaced(unplaced) => unread(unplaced, id()),
    }
}

pub(super) fn blocks_of(blocks: &[Block]) -> String {
    blocks.iter().map(print).collect::<Vec<_>>().join("\n\n")
}

/// A block whose form has no room for its name, under a line that gives it.
fn named(block: &Block, text: String) -> String {
    if block.id.is_written() {
        format!("{{#{}}}\n{text}", block.id)
    } else {
        text
    }
}

/// 注 and 示例 of one paragraph stand on one line.
fn led(block: &Block, word: &str, kind: Container, blocks: &[Block]) -> String {
    match blocks {
        [] if !block.id.is_written() => word.to_owned(),
        [
            Block {
                kind: BlockKind::Paragraph(text),
                id,
                ..
            },
        ] if !block.id.is_written() && !id.is_written() => format!("{word}{}", inline::paragraph(text)),
        _ => container(kind, "", &id_attribute(&block.id, false), &blocks_of(blocks)),
    }
}

fn container(kind: Container, title: &str, attributes: &[String], body: &str) -> String {
    let mut head = format!("::: {}", kind.word());
    if !title.is_empty() {
        head.push(' ');
        head.push_str(title);
    }
    let head = with_attributes(head, attributes);
    if body.is_empty() {
        format!("{head}\n:::")
    } else {
        format!("{head}\n{body}\n:::")
    }
}

fn caption(caption: Option<&Vec<Inline>>) -> String {
    caption.map(|text| inline::line(text)).unwrap_or_default()
}

fn marker(style: ListStyle) -> &'static str {
    match style {
        ListStyle::Dash => "-",
        ListStyle::Ordered => "1.",
    }
}

fn items(list: &List) -> String {
    let marker = marker(list.style);
    let indent = " ".repeat(marker.len() + 1);
    let mut lines: Vec<String> = Vec::new();
    for item in &list.items {
        let mut text = String::new();
        for (index, block) in item.blocks.iter().enumerate() {
            if index > 0 {
                let close = matches!(block.kind, BlockKind::List(_)) && !block.id.is_written();
                text.push_str(if close { "\n" } else { "\n\n" });
            }
            text.push_str(&print(block));
        }
        let first = item.blocks.first();
        let name = if item.id.is_empty() {
            String::new()
        } else {
            format!(" {{#{}}}", item.id)
        };
        // What would be read as part of the marker stands below it.
        let apart = first.is_some_and(|first| {
            matches!(first.kind, BlockKind::List(_))
                || (item.id.is_empty() && text.starts_with("{#"))
                || ["::: ", "```", "~~~", "$$"].iter().any(|mark| text.starts_with(mark))
        });
        let mut begun = format!("{marker}{name}");
        if apart {
            begun.push('\n');
            begun.push_str(&indent);
        } else if !text.is_empty() {
            begun.push(' ');
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                begun.push('\n');
                if !line.trim().is_empty() {
                    begun.push_str(&indent);
                }
            }
            begun.push_str(line);
        }
        lines.push(begun);
    }
    lines.join("\n")
}

/// An entry of a list as the list marks it.
pub(crate) fn entry(list: &ReferenceList, entry: &Reference) -> String {
    reference(marker(list.style), entry)
}

fn reference(marker: &str, entry: &Reference) -> String {
    let mut line = marker.to_owned();
    if !entry.key.is_empty() {
        line.push_str(&format!(" {{#{}}}", entry.key));
    }
    if entry.designation.is_some() {
        line.push_str(&format!(" @{}", entry.written));
        if entry.all_parts {
            line.push_str("（所有部分）");
        }
        if !entry.text.is_empty() {
            line.push_str(&format!("\u{3000}{}", inline::line(&entry.text)));
        }
    } else if entry.text.is_empty() {
        line.push_str(" @");
    } else {
        line.push_str(&format!(" {}", inline::paragraph(&entry.text)));
    }
    line
}

fn defined(term: &Term, mut attributes: Vec<String>) -> String {
    let mut list = |name: &str, values: Vec<&str>| {
        if !values.is_empty() {
            attributes.push(format!("{name}={}", quoted(&values.join("；"))));
        }
    };
    list("en", term.english.iter().map(String::as_str).collect());
    list("许用", term.admitted.iter().map(|word| word.text.as_str()).collect());
    list("拒用", term.deprecated.iter().map(|word| word.text.as_str()).collect());
    list("符号", term.symbols.iter().map(String::as_str).collect());
    if let Some(domain) = &term.domain {
        list("领域", vec![domain]);
    }
    let mut body = blocks_of(&term.blocks);
    if let Some(source) = &term.source {
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        body.push_str(&format!("来源：{}", source.written));
    }
    let word = inline::line(&[Inline::text(term.preferred.text.clone())]);
    container(Container::Term, &word, &attributes, &body)
}

fn join_body(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn notes(footnotes: &[Footnote]) -> impl Iterator<Item = String> {
    footnotes.iter().map(footnote)
}

fn tabled(block: &Block, table: &Table) -> String {
    let bare = table.caption.is_none()
        && table.caption_other.is_none()
        && table.unit.is_none()
        && table.below.is_empty()
        && table.footnotes.is_empty()
        && table.fence.is_none()
        && !table.unnumbered
        && !table.columns.is_empty()
        && !block.id.is_written();
    if bare {
        return table::pipes(table);
    }
    let mut attributes = id_attribute(&block.id, true);
    common(
        &mut attributes,
        table.unnumbered,
        table.unit.as_ref(),
        table.caption_other.as_ref(),
    );
    let grid = match &table.fence {
        // A program looks such a table up by the words behind the fence's mark: they stay what they are, whatever the
        // title above.
        Some(fence) => data(fence, &[]),
        None => table::pipes(table),
    };
    let body = join_body(
        std::iter::once(grid)
            .chain([blocks_of(&table.below)])
            .chain(notes(&table.footnotes)),
    );
    container(Container::Table, &caption(table.caption.as_ref()), &attributes, &body)
}

fn common(attributes: &mut Vec<String>, unnumbered: bool, unit: Option<&String>, other: Option<&String>) {
    if unnumbered {
        attributes.push(".不编号".to_owned());
    }
    if let Some(unit) = unit {
        attributes.push(format!("单位={}", quoted(unit)));
    }
    if let Some(other) = other {
        attributes.push(format!("en={}", quoted(other)));
    }
}

fn pictures(images: &[Image]) -> String {
    let lines: Vec<String> = images
        .iter()
        .map(|image| {
            inline::line(&[Inline::new(crate::model::InlineKind::Picture {
                words: image.words.clone(),
                file: image.file.clone(),
            })])
        })
        .collect();
    lines.join("\n")
}

fn drawn(figure: &Figure, mut attributes: Vec<String>) -> String {
    common(
        &mut attributes,
        figure.unnumbered,
        figure.unit.as_ref(),
        figure.caption_other.as_ref(),
    );
    let parts = figure.parts.iter().map(|part| {
        container(
            Container::SubFigure,
            &caption(part.caption.as_ref()),
            &id_attribute(&part.id, true),
            &pictures(&part.images),
        )
    });
    let keys = if figure.keys.is_empty() {
        String::new()
    } else {
        let lines: Vec<String> = figure
            .keys
            .iter()
            .map(|key| format!("{}：{}", key.mark, inline::line(&key.text)))
            .collect();
        format!("标引序号说明：\n{}", lines.join("\n"))
    };
    let body = join_body(
        std::iter::once(pictures(&figure.images))
            .chain(parts)
            .chain([keys, blocks_of(&figure.below)])
            .chain(notes(&figure.footnotes)),
    );
    container(Container::Figure, &caption(figure.caption.as_ref()), &attributes, &body)
}

fn calculated(formula: &Formula, block: &Block) -> String {
    let apart = formula.latex.lines().next().is_some_and(breaks_out);
    if apart && formula.symbols.is_empty() && !formula.latex.contains("$$") {
        let attributes = id_attribute(&block.id, true);
        return with_attributes(format!("$$ {} $$", formula.latex), &attributes);
    }
    let mut attributes = id_attribute(&block.id, true);
    if formula.unnumbered {
        attributes.push(".不编号".to_owned());
    }
    let mut body = formula.latex.clone();
    if !formula.symbols.is_empty() {
        if !body.is_empty() {
            body.push('\n');
        }
        body.push_str("式中：");
        for symbol in &formula.symbols {
            let wrapped = ["——", "：", ":"].iter().any(|mark| symbol.symbol.contains(mark));
            let name = if wrapped {
                format!("${}$", symbol.symbol)
            } else {
                symbol.symbol.clone()
            };
            body.push_str(&format!("\n{name}：{}", inline::line(&symbol.text)));
        }
    }
    container(Container::Formula, "", &attributes, &body)
}

fn changed(change: &Change, mut attributes: Vec<String>) -> String {
    let action = match change.action {
        ChangeAction::Replace => "改为",
        ChangeAction::Insert => "增加",
        ChangeAction::Delete => "删除",
    };
    attributes.push(format!("做法={}", quoted(action)));
    container(
        Container::Change,
        &change.place,
        &attributes,
        &blocks_of(&change.blocks),
    )
}

fn unread(unplaced: &Unplaced, mut attributes: Vec<String>) -> String {
    if let Some(evidence) = &unplaced.evidence {
        attributes.push(format!("confidence=\"{}\"", evidence.confidence));
        if !evidence.by.is_empty() {
            attributes.push(format!("by={}", quoted(&evidence.by)));
        }
    }
    let body = if unplaced.text.is_empty() {
        String::new()
    } else {
        fenced("", &format!("{}\n", unplaced.text))
    };
    container(Container::Unplaced, &unplaced.origin, &attributes, &body)
}

fn data(fence: &DataFence, attributes: &[String]) -> String {
    let title = caption(fence.caption.as_ref());
    let mut info = fence.kind.words().0.to_owned();
    if !title.is_empty() {
        info.push(' ');
        info.push_str(&title);
    }
    fenced(&with_attributes(info, attributes), &fence.text)
}

/// Lines between fences that none of them closes.
fn fenced(info: &str, text: &str) -> String {
    let mark = if info.contains('`') { '~' } else { '`' };
    let longest = text
        .lines()
        .map(str::trim)
        .filter(|line| line.chars().all(|c| c == mark))
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = mark.to_string().repeat(longest.max(2) + 1);
    let feed = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{fence}{info}\n{text}{feed}{fence}")
}
