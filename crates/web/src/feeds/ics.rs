//! iCalendar (RFC 5545): lines end with CRLF and are folded at 75 octets.

use jiff::{Timestamp, civil::Date};

/// An event of a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// Stable.
    pub(crate) uid: String,
    /// Host of the platform.
    pub(crate) host: String,
    /// The day.
    pub(crate) day: Date,
    /// In the language of the feed.
    pub(crate) summary: String,
    /// Who set the day.
    pub(crate) description: String,
    /// Where it is shown.
    pub(crate) url: String,
    /// Grows with each change.
    pub(crate) sequence: i64,
    /// When it was last changed.
    pub(crate) stamp: Timestamp,
}

/// The calendar. The same events give the same bytes.
pub(crate) fn write(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Biaochi//Biaochi//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        fold(&mut text, line);
    }
    fold(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        let end = event.day.tomorrow().unwrap_or(event.day);
        let stamp = instant(event.stamp);
        for line in [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@{}", escaped(&event.uid), event.host),
            format!("DTSTAMP:{stamp}"),
            format!("LAST-MODIFIED:{stamp}"),
            format!("SEQUENCE:{}", event.sequence),
            format!("DTSTART;VALUE=DATE:{}", day(event.day)),
            format!("DTEND;VALUE=DATE:{}", day(end)),
            format!("SUMMARY:{}", escaped(&event.summary)),
            format!("DESCRIPTION:{}", escaped(&event.description)),
            format!("URL:{}", event.url),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ] {
            fold(&mut text, &line);
        }
    }
    fold(&mut text, "END:VCALENDAR");
    text
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT of RFC 5545 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded at 75 octets and never within a character.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn lines_end_with_crlf_hold_75_octets_and_unfold_to_what_was_meant() {
        let summary = "南京，完成征求意见稿；第20项, 绿色; \\ 采购".repeat(8);
        let event = Event {
            uid: "m1".to_owned(),
            host: "h".to_owned(),
            day: jiff::civil::date(2026, 12, 31),
            summary: summary.clone(),
            description: "a\r\nBEGIN:VALARM".to_owned(),
            url: "https://h/obligations/x".to_owned(),
            sequence: 7,
            stamp: "2026-11-23T09:00:00+08:00".parse().unwrap(),
        };
        let text = write("节点", &[event]);
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}\r\n", escaped(&summary))));
        assert!(
            unfolded.contains("DESCRIPTION:a\\nBEGIN:VALARM\r\n"),
            "a text cannot begin a component"
        );
        assert!(unfolded.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
        assert!(unfolded.contains("DTSTAMP:20261123T010000Z\r\n"));
    }
}
