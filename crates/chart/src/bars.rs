//! Bars that lie and begin at zero, plain and stacked.

use crate::Tone;
use crate::svg::{Anchor, LINE, Role, Svg, Text, Value, share, width};

const WIDTH: f64 = 640.0;
const ROW: f64 = 28.0;
const BAR: f64 = 16.0;
const SIZE: f64 = 13.0;

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar<'a> {
    /// The name at its left.
    pub label: &'a str,
    /// Its length; what is not a number above zero has no length.
    pub value: f64,
    /// The value, formatted, at its end.
    pub shown: &'a str,
    /// Its meaning.
    pub tone: Tone,
    /// Where it leads.
    pub href: Option<&'a str>,
}

/// One row of a stacked picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stack<'a> {
    /// The name at its left.
    pub label: &'a str,
    /// The lengths of its parts, in the order of the series; a missing one is zero.
    pub values: &'a [f64],
    /// The same values, formatted; shown where they fit.
    pub shown: &'a [&'a str],
    /// The total, formatted, at its end.
    pub total: &'a str,
    /// Where it leads.
    pub href: Option<&'a str>,
}

/// What one part of every row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its meaning.
    pub tone: Tone,
}

/// Where the bars begin and how long the longest is, leaving room for the words on both sides.
fn room<'a>(labels: impl Iterator<Item = &'a str>, ends: impl Iterator<Item = &'a str>) -> (f64, f64) {
    let widest = |texts: &mut dyn Iterator<Item = &'a str>| texts.map(|text| width(text, SIZE)).fold(0.0, f64::max);
    let left = (widest(&mut { labels }) + 12.0).min(WIDTH * 0.4);
    let right = (widest(&mut { ends }) + 12.0).min(WIDTH * 0.3);
    (left, WIDTH - left - right)
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

fn bar(svg: &mut Svg, (x, y, length): (f64, f64, f64), tone: Tone) {
    let mut attributes = vec![
        ("x", Value::Number(x)),
        ("y", Value::Number(y)),
        ("width", Value::Number(length)),
        ("height", Value::Number(BAR)),
        ("fill", Value::Word(tone.fill())),
    ];
    if tone == Tone::Unknown {
        attributes.push(("stroke", Value::Word(LINE)));
        attributes.push(("stroke-dasharray", Value::Word("3 2")));
    }
    svg.shape("rect", tone.class(), &attributes);
}

fn axis(svg: &mut Svg, x: f64, top: f64, bottom: f64) {
    let d = format!("M{} {top}V{bottom}", crate::svg::number(x));
    svg.shape("path", "chart-tick", &[("d", Value::Word(&d)), ("stroke", Value::Word(LINE))]);
}

/// Bars under one another, 640 wide, each with its name and value.
///
/// ```
/// use chart::{Bar, Tone, bars};
/// let svg = bars("南京承担最多", "", &[
///     Bar { label: "南京", value: 14.0, shown: "14 项", tone: Tone::Plain, href: Some("/places/nanjing") },
///     Bar { label: "成都", value: 7.0, shown: "7 项", tone: Tone::Plain, href: None },
/// ]);
/// assert!(svg.contains("14 项"));
/// ```
pub fn bars(title: &str, desc: &str, bars: &[Bar<'_>]) -> String {
    let (left, long) = room(bars.iter().map(|bar| bar.label), bars.iter().map(|bar| bar.shown));
    let most = bars.iter().map(|bar| finite(bar.value)).fold(0.0, f64::max);
    let height = ROW * bars.len() as f64;
    let mut svg = Svg::new(WIDTH, height.max(1.0));
    for (at, row) in bars.iter().enumerate() {
        let top = ROW * at as f64;
        let length = long * share(finite(row.value), most);
        svg.link(row.href, &format!("{} {}", row.label, row.shown), |svg| {
            svg.text(row.label, left - 8.0, top + 19.0, Text::INK.size(SIZE).anchor(Anchor::End));
            bar(svg, (left, top + 6.0, length), row.tone);
            svg.text(row.shown, left + length + 8.0, top + 19.0, Text::INK.size(SIZE).bold(true));
        });
    }
    axis(&mut svg, left, 0.0, height);
    svg.finish("chart-bars", Role::Group, title, desc)
}

/// Stacked bars under one another, 640 wide. The series are named above the first bar where the names fit there, and
/// in a key line where they do not.
///
/// ```
/// use chart::{Series, Stack, Tone, stacked_bars};
/// let series = [Series { name: "有公开成果", tone: Tone::Plain }, Series { name: "未报告", tone: Tone::Unknown }];
/// let rows = [Stack { label: "南京", values: &[2.0, 12.0], shown: &["2", "12"], total: "14", href: None }];
/// assert!(stacked_bars("各地进展", "", &series, &rows).contains("有公开成果"));
/// ```
pub fn stacked_bars(title: &str, desc: &str, series: &[Series<'_>], rows: &[Stack<'_>]) -> String {
    const HEAD: f64 = 24.0;
    let sum = |row: &Stack<'_>| row.values.iter().copied().map(finite).sum::<f64>();
    let (left, long) = room(rows.iter().map(|row| row.label), rows.iter().map(|row| row.total));
    let most = rows.iter().map(sum).fold(0.0, f64::max);
    let height = HEAD + ROW * rows.len() as f64;
    let mut svg = Svg::new(WIDTH, height);
    names(&mut svg, series, rows.first(), left, |value| long * share(finite(value), most));
    for (at, row) in rows.iter().enumerate() {
        let top = HEAD + ROW * at as f64;
        let parts: Vec<String> = series.iter().zip(row.shown).map(|(part, shown)| format!("{} {shown}", part.name)).collect();
        svg.link(row.href, &format!("{} {}: {}", row.label, row.total, parts.join(", ")), |svg| {
            svg.text(row.label, left - 8.0, top + 19.0, Text::INK.size(SIZE).anchor(Anchor::End));
            let mut x = left;
            for (part, (value, series)) in row.values.iter().zip(series).enumerate() {
                let length = long * share(finite(*value), most);
                if length > 0.0 {
                    // A hair of paper between two parts keeps them apart in black and white.
                    bar(svg, (x, top + 6.0, (length - 1.0).max(0.5)), series.tone);
                }
                if let Some(shown) = row.shown.get(part).filter(|shown| width(shown, 12.0) + 6.0 <= length) {
                    let (class, fill) = series.tone.on();
                    let style = Text::INK.paint(class, fill).size(12.0).anchor(Anchor::Middle);
                    svg.text(shown, x + length / 2.0, top + 18.5, style);
                }
                x += length;
            }
            svg.text(row.total, x + 8.0, top + 19.0, Text::INK.size(SIZE).bold(true));
        });
    }
    axis(&mut svg, left, HEAD, height);
    svg.finish("chart-stacked", Role::Group, title, desc)
}

fn names(svg: &mut Svg, series: &[Series<'_>], first: Option<&Stack<'_>>, left: f64, length: impl Fn(f64) -> f64) {
    let lengths: Vec<f64> = series
        .iter()
        .enumerate()
        .map(|(at, _)| first.and_then(|row| row.values.get(at)).map_or(0.0, |value| length(*value)))
        .collect();
    let fit = series.iter().zip(&lengths).all(|(part, length)| width(part.name, 12.0) + 8.0 <= *length);
    let mut x = left;
    for (part, length) in series.iter().zip(&lengths) {
        if fit {
            svg.text(part.name, x + 1.0, 19.0, Text::MUTED);
            x += length;
        } else {
            let mut attributes = vec![
                ("x", Value::Number(x + 0.5)),
                ("y", Value::Number(8.5)),
                ("width", Value::Number(11.0)),
                ("height", Value::Number(11.0)),
                ("fill", Value::Word(part.tone.fill())),
            ];
            if part.tone == Tone::Unknown {
                attributes.push(("stroke", Value::Word(LINE)));
                attributes.push(("stroke-dasharray", Value::Word("3 2")));
            }
            svg.shape("rect", part.tone.class(), &attributes);
            svg.text(part.name, x + 17.0, 19.0, Text::MUTED);
            x += 17.0 + width(part.name, 12.0) + 16.0;
        }
    }
}
