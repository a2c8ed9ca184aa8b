//! The cover: each of its words in a frame at its place, under a content control that says what it is.

use super::Writer;
use super::inline::{BREAK, plain};
use super::paragraph::Paragraph;
use super::style_name::{
    COVER_ADOPTION, COVER_CALL, COVER_CLASS, COVER_CODES, COVER_DRAFT, COVER_DRAFT_DATE, COVER_EMBLEM,
    COVER_IMPLEMENTED, COVER_LINE, COVER_NUMBER, COVER_PUBLISHED, COVER_PUBLISHER, COVER_REPLACES, COVER_TITLE,
    COVER_TITLE_EN,
};

/// A frame at a place of the page, in millimetres: left, top, width.
fn frame(left: f64, top: f64, width: f64) -> String {
    let twips = |mm: f64| (mm * 56.7).round() as u32;
    format!(
        "<w:framePr w:w=\"{}\" w:hSpace=\"0\" w:vSpace=\"0\" w:wrap=\"around\" w:vAnchor=\"page\" w:hAnchor=\"page\" \
         w:x=\"{}\" w:y=\"{}\" w:anchorLock=\"1\"/>",
        twips(width),
        twips(left),
        twips(top)
    )
}

/// The column of the text: 165 mm wide, 25 mm from the left.
const LEFT: f64 = 25.0;
const WIDTH: f64 = 165.0;

impl Writer<'_> {
    pub(super) fn cover(&mut self) {
        let cover = &self.resolved.cover;
        let codes = frame(LEFT, 20.0, 90.0);
        let at = [
            (&codes, COVER_CODES, "ics", &cover.ics),
            (&codes, COVER_CODES, "ccs", &cover.ccs),
            (&codes, COVER_CODES, "record", &cover.record),
        ];
        for (frame, style, tag, words) in at {
            self.cover_line(frame, style, tag, std::slice::from_ref(words));
        }
        self.cover_line(
            &frame(150.0, 12.0, 40.0),
            COVER_EMBLEM,
            "emblem",
            std::slice::from_ref(&cover.emblem),
        );
        self.cover_line(
            &frame(LEFT, 40.0, WIDTH),
            COVER_CLASS,
            "class",
            std::slice::from_ref(&cover.class),
        );
        let number = frame(LEFT, 58.0, WIDTH);
        self.cover_line(&number, COVER_NUMBER, "number", std::slice::from_ref(&cover.number));
        self.cover_line(
            &number,
            COVER_REPLACES,
            "replaces",
            std::slice::from_ref(&cover.replaces),
        );
        self.cover_rule(73.0);
        let title = frame(32.0, 105.0, 151.0);
        self.cover_line(&title, COVER_TITLE, "title", &cover.title);
        self.cover_line(
            &title,
            COVER_TITLE_EN,
            "title_en",
            std::slice::from_ref(&cover.title_en),
        );
        self.cover_line(
            &title,
            COVER_ADOPTION,
            "adoption",
            std::slice::from_ref(&cover.adoption),
        );
        self.cover_line(&title, COVER_DRAFT, "draft", std::slice::from_ref(&cover.draft));
        self.cover_line(
            &title,
            COVER_DRAFT_DATE,
            "draft_date",
            std::slice::from_ref(&cover.draft_date),
        );
        self.cover_line(
            &frame(LEFT, 228.0, WIDTH),
            COVER_CALL,
            "patent_call",
            std::slice::from_ref(&cover.patent_call),
        );
        self.cover_line(
            &frame(LEFT, 247.0, 80.0),
            COVER_PUBLISHED,
            "published",
            std::slice::from_ref(&cover.published),
        );
        self.cover_line(
            &frame(110.0, 247.0, 80.0),
            COVER_IMPLEMENTED,
            "implemented",
            std::slice::from_ref(&cover.implemented),
        );
        self.cover_rule(257.0);
        if let Some((last, before)) = cover.publishers.split_last() {
            let mut lines = before.to_vec();
            lines.push(format!("{last}　发布"));
            self.cover_line(&frame(LEFT, 262.0, WIDTH), COVER_PUBLISHER, "publisher", &lines);
        }
    }

    /// One of the cover's lines; nothing where it says nothing.
    fn cover_line(&mut self, frame: &str, style: &'static str, tag: &str, lines: &[String]) {
        if lines.iter().all(String::is_empty) {
            return;
        }
        let runs: Vec<String> = lines.iter().map(|line| plain(line)).collect();
        let paragraph = Paragraph {
            frame: frame.to_owned(),
            ..Paragraph::of(style)
        };
        let control = format!(
            "<w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            runs.join(BREAK)
        );
        self.put(&paragraph, &control);
    }

    fn cover_rule(&mut self, top: f64) {
        let paragraph = Paragraph {
            frame: frame(LEFT, top, WIDTH),
            ..Paragraph::of(COVER_LINE)
        };
        self.put(&paragraph, "");
    }
}
