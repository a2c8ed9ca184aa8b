//! Bars that lie and begin at zero, plain and stacked.

use crate::Tone;
use crate::svg::{Anchor, LINE, NARROW, Role, Svg, Text, Value, share, width};

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

/// The zone of the bars in percent of the width: what is left of it holds the names, what is right of it the values, laid
/// out so that both fit the narrowest picture.
fn zone<'a>(labels: impl Iterator<Item = &'a str>, ends: impl Iterator<Item = &'a str>) -> (f64, f64) {
    let widest = |texts: &mut dyn Iterator<Item = &'a str>| texts.map(|text| width(text, SIZE)).fold(0.0, f64::max);
    let percent = |room: f64| (100.0 * (room + 12.0) / NARROW).min(40.0);
    let (left, right) = (percent(widest(&mut { labels })), percent(widest(&mut { ends })));
    (left, 100.0 - left - right)
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

fn bar(svg: &mut Svg, (x, y, length): (f64, f64, f64), tone: Tone) {
    let mut attributes = vec![
        ("x", Value::Percent(x)),
        ("y", Value::Number(y)),
        ("width", Value::Percent(length)),
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
    let attributes = [
        ("x1", Value::Percent(x)),
        ("x2", Value::Percent(x)),
        ("y1", Value::Number(top)),
        ("y2", Value::Number(bottom)),
        ("stroke", Value::Word(LINE)),
    ];
    svg.shape("line", "chart-tick", &attributes);
}

/// Bars under one another, each with its name and value.
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
    let (left, long) = zone(bars.iter().map(|bar| bar.label), bars.iter().map(|bar| bar.shown));
    let most = bars.iter().map(|bar| finite(bar.value)).fold(0.0, f64::max);
    let height = ROW * bars.len() as f64;
    let mut svg = Svg::fluid(height.max(1.0));
    for (at, row) in bars.iter().enumerate() {
        let top = ROW * at as f64;
        let length = 100.0 * share(finite(row.value), most);
        svg.link(row.href, &format!("{} {}", row.label, row.shown), |svg| {
            label(svg, row.label, left, top);
            svg.zone((left, long), height, |svg| {
                bar(svg, (0.0, top + 6.0, length), row.tone);
                svg.text_at(
                    row.shown,
                    Value::Percent(length),
                    8.0,
                    top + 19.0,
                    Text::INK.size(SIZE).bold(true),
                );
            });
        });
    }
    axis(&mut svg, left, 0.0, height);
    svg.finish("chart-bars", Role::Group, title, desc)
}

fn label(svg: &mut Svg, name: &str, left: f64, top: f64) {
    svg.text_at(
        name,
        Value::Percent(left),
        -8.0,
        top + 19.0,
        Text::INK.size(SIZE).anchor(Anchor::End),
    );
}

/// Stacked bars under one another. The series are named above the first bar where the names fit there, and
/// in a key line where they do not.
///
/// ```
/// use chart::{Series, Stack, Tone, stacked_bars};
/// let series = [Series { name: "有公开成果", tone: Tone::Plain }, Series { name: "未报告", tone: Tone::Unknown }];
/// let rows = [Stack { label: "南京", values: &[2.0, 12.0], shown: &["2", "12"], total: "14", href: None }];
/// assert!(stacked_bars("各地进展", "", &series, &rows).contains("有公开成果"));
/// ```
pub fn stacked_bars(title: &str, desc: &str, series: &[Series<'_>], rows: &[Stack<'_>]) -> String {
    const LINE_HEIGHT: f64 = 20.0;
    let sum = |row: &Stack<'_>| row.values.iter().copied().map(finite).sum::<f64>();
    let (left, long) = zone(rows.iter().map(|row| row.label), rows.iter().map(|row| row.total));
    let most = rows.iter().map(sum).fold(0.0, f64::max);
    let percent = |value: f64| 100.0 * share(finite(value), most);
    // What is this long in percent has at least so much room for words.
    let room = |length: f64| NARROW * long / 100.0 * length / 100.0;
    let key = key(series, rows.first(), |value| room(percent(value)));
    let head = 4.0 + LINE_HEIGHT * key.last().map_or(1.0, |place| place.line + 1.0);
    let height = head + ROW * rows.len() as f64;
    let mut svg = Svg::fluid(height);
    let mut x = 0.0;
    for (at, (part, place)) in series.iter().zip(&key).enumerate() {
        let y = LINE_HEIGHT * (place.line + 1.0) - 2.0;
        if place.swatch {
            swatch(&mut svg, place.x, y - 10.0, part.tone);
            svg.text(part.name, place.x + 17.0, y, Text::MUTED);
        } else {
            svg.zone((left, long), height, |svg| {
                svg.text_at(part.name, Value::Percent(x), 1.0, y, Text::MUTED);
            });
            x += rows
                .first()
                .and_then(|row| row.values.get(at))
                .map_or(0.0, |value| percent(*value));
        }
    }
    for (at, row) in rows.iter().enumerate() {
        let top = head + ROW * at as f64;
        let parts: Vec<String> = series
            .iter()
            .zip(row.shown)
            .map(|(part, shown)| format!("{} {shown}", part.name))
            .collect();
        svg.link(
            row.href,
            &format!("{} {}: {}", row.label, row.total, parts.join(", ")),
            |svg| {
                label(svg, row.label, left, top);
                svg.zone((left, long), height, |svg| {
                    let mut x = 0.0;
                    for (part, (value, series)) in row.values.iter().zip(series).enumerate() {
                        let length = percent(*value);
                        if length > 0.0 {
                            // A hair of paper between two parts keeps them apart in black and white.
                            bar(svg, (x, top + 6.0, (length - 0.3).max(0.1)), series.tone);
                        }
                        if let Some(shown) = row
                            .shown
                            .get(part)
                            .filter(|shown| width(shown, 12.0) + 4.0 <= room(length))
                        {
                            let (class, fill) = series.tone.on();
                            let style = Text::INK.paint(class, fill).size(12.0).anchor(Anchor::Middle);
                            svg.text_at(shown, Value::Percent(x + length / 2.0), 0.0, top + 18.5, style);
                        }
                        x += length;
                    }
                    svg.text_at(
                        row.total,
                        Value::Percent(x),
                        8.0,
                        top + 19.0,
                        Text::INK.size(SIZE).bold(true),
                    );
                });
            },
        );
    }
    axis(&mut svg, left, head, height);
    svg.finish("chart-stacked", Role::Group, title, desc)
}

/// Where the name of a series stands: over its part of the first bar, or in a key line with a swatch.
struct Place {
    swatch: bool,
    x: f64,
    line: f64,
}

fn key(series: &[Series<'_>], first: Option<&Stack<'_>>, room: impl Fn(f64) -> f64) -> Vec<Place> {
    let fits = |(at, part): (usize, &Series<'_>)| {
        first
            .and_then(|row| row.values.get(at))
            .is_some_and(|value| width(part.name, 12.0) + 6.0 <= room(*value))
    };
    if series.iter().enumerate().all(fits) {
        return series
            .iter()
            .map(|_| Place {
                swatch: false,
                x: 0.0,
                line: 0.0,
            })
            .collect();
    }
    let (mut x, mut line) = (0.0, 0.0);
    let mut places = Vec::with_capacity(series.len());
    for part in series {
        let long = 17.0 + width(part.name, 12.0);
        if x > 0.0 && x + long > NARROW {
            (x, line) = (0.0, line + 1.0);
        }
        places.push(Place { swatch: true, x, line });
        x += long + 16.0;
    }
    places
}

fn swatch(svg: &mut Svg, x: f64, y: f64, tone: Tone) {
    let mut attributes = vec![
        ("x", Value::Number(x + 0.5)),
        ("y", Value::Number(y)),
        ("width", Value::Number(11.0)),
        ("height", Value::Number(11.0)),
        ("fill", Value::Word(tone.fill())),
    ];
    if tone == Tone::Unknown {
        attributes.push(("stroke", Value::Word(LINE)));
        attributes.push(("stroke-dasharray", Value::Word("3 2")));
    }
    svg.shape("rect", tone.class(), &attributes);
}
