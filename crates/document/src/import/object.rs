//! What floats or is embedded: pictures, text boxes, drawings, objects.

use super::Reader;
use super::run::{Bit, Runs, comment};
use super::tree::Node;
use crate::finding::message;
use crate::model::{Inline, InlineKind};

impl Reader {
    pub(super) fn alternative(&mut self, node: &Node, runs: &mut Runs<'_>) {
        let says = |node: &&Node| {
            ["w:txbxContent", "a:blip", "v:imagedata", "w:t"]
                .iter()
                .any(|name| node.find(name).is_some())
        };
        let all: Vec<&Node> = node.nodes().collect();
        let Some(chosen) = all.iter().copied().find(says).or(all.first().copied()) else {
            return;
        };
        for child in chosen.nodes() {
            match child.name.as_str() {
                "w:r" => self.run(child, runs),
                _ => self.object(child, runs),
            }
        }
    }

    /// Pictures, text boxes, embedded objects.
    pub(super) fn object(&mut self, node: &Node, runs: &mut Runs<'_>) {
        let before = (runs.boxes.len(), runs.bits.len());
        text_boxes(node, runs.boxes);
        let words = node
            .find("wp:docPr")
            .or_else(|| node.find("v:shape"))
            .and_then(|shape| shape.get("descr").or_else(|| shape.get("alt")))
            .unwrap_or_default()
            .to_owned();
        let mut ids = Vec::new();
        pictures(node, &mut ids);
        let embedded = node.name == "w:object";
        for id in ids {
            if let Some(file) = self.keep_picture(&id, runs.line.place) {
                runs.line.pictures += 1;
                let words = words.clone();
                runs.bits
                    .push(Bit::Inline(Inline::new(InlineKind::Picture { words, file })));
            }
        }
        let place = runs.line.place;
        if embedded {
            self.warn(place, message!("import-embedded"));
        }
        if (runs.boxes.len(), runs.bits.len()) == before && (embedded || node.find("a:graphicData").is_some()) {
            self.warn(place, message!("import-drawing"));
            if !words.is_empty() {
                runs.bits.push(comment(&format!("未归位 图形：{words}")));
            }
        }
    }
}

fn text_boxes(node: &Node, boxes: &mut Vec<Node>) {
    for child in node.nodes() {
        if child.name == "w:txbxContent" {
            boxes.push(child.clone());
        } else if child.name == "mc:AlternateContent" {
            if let Some(first) = child.nodes().next() {
                text_boxes(first, boxes);
            }
        } else {
            text_boxes(child, boxes);
        }
    }
}

/// The relations of pictures: the drawing itself where there is one beside its raster.
fn pictures(node: &Node, ids: &mut Vec<String>) {
    for child in node.nodes() {
        match child.name.as_str() {
            "a:blip" => {
                let vector = svg_of(child);
                ids.extend(vector.or(child.get("r:embed")).map(str::to_owned));
            }
            "v:imagedata" => ids.extend(child.get("r:id").map(str::to_owned)),
            "w:txbxContent" => {}
            "mc:AlternateContent" => {
                if let Some(first) = child.nodes().next() {
                    pictures(first, ids);
                }
            }
            _ => pictures(child, ids),
        }
    }
}

fn svg_of(node: &Node) -> Option<&str> {
    node.nodes().find_map(|child| {
        if child.name.ends_with("svgBlip") {
            child.get("r:embed")
        } else {
            svg_of(child)
        }
    })
}

/// The relation of a drawing's picture.
pub(super) fn picture_of(drawing: &Node) -> Option<String> {
    let mut ids = Vec::new();
    pictures(drawing, &mut ids);
    ids.into_iter().next()
}
