//! Spans of time under one another, with milestones and today.

use crate::Tone;
use crate::svg::{Anchor, FAINT, INK, LINE, NARROW, PAPER, Role, Svg, Text, Value, number, share, width};

/// A moment on the axis with its word. Moments are counted in days from the start of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisMark<'a> {
    /// Days from the start.
    pub at: f64,
    /// The date, formatted.
    pub label: &'a str,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span<'a> {
    /// The name at its left.
    pub label: &'a str,
    /// Its first and last moment in days from the start; a last one before the first is drawn as the first.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// Up to where it is done, in days from the start.
    pub done: Option<f64>,
    /// Milestones on it.
    pub milestones: &'a [f64],
    /// What it says in full, for the link and for those who hear it.
    pub name: &'a str,
    /// Its meaning.
    pub tone: Tone,
    /// Where it leads.
    pub href: Option<&'a str>,
}

/// A picture of spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gantt<'a> {
    /// The finding.
    pub title: &'a str,
    /// What it shows, in a sentence; may be empty.
    pub desc: &'a str,
    /// How many days it covers.
    pub days: f64,
    /// The words on the axis.
    pub axis: &'a [AxisMark<'a>],
    /// Today, where it lies in the picture.
    pub today: Option<AxisMark<'a>>,
    /// The rows.
    pub spans: &'a [Span<'a>],
}

/// Spans of time. A word on the axis that would run into the one before it in a narrow picture is left out; its line
/// stays.
///
/// ```
/// use chart::{AxisMark, Gantt, Span, Tone, gantt};
/// let svg = gantt(&Gantt {
///     title: "两项在三月到期",
///     desc: "",
///     days: 90.0,
///     axis: &[AxisMark { at: 0.0, label: "1月" }, AxisMark { at: 59.0, label: "3月" }],
///     today: Some(AxisMark { at: 31.0, label: "今天" }),
///     spans: &[Span {
///         label: "起草", from: 0.0, to: 60.0, done: Some(31.0), milestones: &[60.0], name: "起草：1月1日至3月1日",
///         tone: Tone::Plain, href: None,
///     }],
/// });
/// assert!(svg.contains("今天"));
/// ```
pub fn gantt(gantt: &Gantt<'_>) -> String {
    const HEAD: f64 = 24.0;
    const ROW: f64 = 26.0;
    const BAR: f64 = 12.0;
    let widest = gantt
        .spans
        .iter()
        .map(|span| width(span.label, 13.0))
        .fold(0.0, f64::max);
    let left = (100.0 * (widest + 12.0) / NARROW).min(45.0);
    let zone = (left, 100.0 - left - 2.0);
    let height = HEAD + ROW * gantt.spans.len() as f64 + 4.0;
    let at = |moment: f64| 100.0 * share(moment, gantt.days);
    let mut svg = Svg::fluid(height);
    svg.zone(zone, height, |svg| {
        let mut free = f64::NEG_INFINITY;
        for mark in gantt.axis {
            upright(svg, at(mark.at), HEAD - 4.0, height, "chart-minor", FAINT);
            let from = NARROW * zone.1 / 100.0 * at(mark.at) / 100.0;
            if from >= free {
                svg.text_at(mark.label, Value::Percent(at(mark.at)), 3.0, 14.0, Text::MUTED);
                free = from + width(mark.label, 12.0) + 8.0;
            }
        }
    });
    for (row, span) in gantt.spans.iter().enumerate() {
        let top = HEAD + ROW * row as f64;
        let (from, to) = (at(span.from), at(span.to.max(span.from)));
        svg.link(span.href, span.name, |svg| {
            let style = Text::INK.size(13.0).anchor(Anchor::End);
            svg.text_at(span.label, Value::Percent(left), -8.0, top + 17.5, style);
            svg.zone(zone, height, |svg| {
                let mut strip = |from: f64, to: f64, class: &str, fill: &str, line: &str| {
                    let attributes = [
                        ("x", Value::Percent(from)),
                        ("y", Value::Number(top + (ROW - BAR) / 2.0)),
                        ("width", Value::Percent((to - from).max(0.2))),
                        ("height", Value::Number(BAR)),
                        ("fill", Value::Word(fill)),
                        ("stroke", Value::Word(line)),
                    ];
                    svg.shape("rect", class, &attributes);
                };
                strip(from, to, "chart-body", PAPER, LINE);
                if let Some(done) = span.done {
                    strip(
                        from,
                        at(done).clamp(from, to),
                        span.tone.class(),
                        span.tone.fill(),
                        span.tone.fill(),
                    );
                }
                for milestone in span.milestones {
                    let d = format!("M0 {}l6 6l-6 6l-6 -6z", number(top + ROW / 2.0 - 6.0));
                    let attributes = [
                        ("d", Value::Word(d.as_str())),
                        ("fill", Value::Word(INK)),
                        ("stroke", Value::Word(PAPER)),
                    ];
                    svg.zone((at(*milestone), 1.0), height, |svg| {
                        svg.shape("path", "chart-milestone", &attributes);
                    });
                }
            });
        });
    }
    if let Some(today) = gantt.today {
        svg.zone(zone, height, |svg| {
            let x = at(today.at);
            upright(svg, x, 4.0, height, "chart-today", INK);
            let (anchor, beside) = if x > 80.0 {
                (Anchor::End, -4.0)
            } else {
                (Anchor::Start, 4.0)
            };
            svg.text_at(
                today.label,
                Value::Percent(x),
                beside,
                14.0,
                Text::INK.bold(true).anchor(anchor),
            );
        });
    }
    svg.finish("chart-gantt", Role::Group, gantt.title, gantt.desc)
}

fn upright(svg: &mut Svg, x: f64, top: f64, bottom: f64, class: &str, stroke: &str) {
    let attributes = [
        ("x1", Value::Percent(x)),
        ("x2", Value::Percent(x)),
        ("y1", Value::Number(top)),
        ("y2", Value::Number(bottom)),
        ("stroke", Value::Word(stroke)),
    ];
    svg.shape("line", class, &attributes);
}
