//! A line as high as a word: how a number went.

use crate::Tone;
use crate::svg::{Role, Svg, Value, number, share};

/// A line of 96 × 20 through `values`, from zero up; a `None` is a gap, and the last value has a dot.
///
/// ```
/// let svg = chart::sparkline("近六个月的成果", &[Some(1.0), None, Some(2.0), Some(4.0)]);
/// assert!(svg.contains("近六个月的成果"));
/// ```
pub fn sparkline(title: &str, values: &[Option<f64>]) -> String {
    const WIDTH: f64 = 96.0;
    const HEIGHT: f64 = 20.0;
    const EDGE: f64 = 3.0;
    let sound = |value: &Option<f64>| value.filter(|value| value.is_finite()).map(|value| value.max(0.0));
    let most = values.iter().filter_map(sound).fold(0.0, f64::max);
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let place = |at: usize, value: f64| {
        let x = EDGE + (WIDTH - 2.0 * EDGE) * at as f64 / steps;
        (x, HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * share(value, most))
    };
    let mut path = String::new();
    let mut inside = false;
    for (at, value) in values.iter().enumerate() {
        let Some(value) = sound(value) else {
            inside = false;
            continue;
        };
        let (x, y) = place(at, value);
        path.push_str(if inside { "L" } else { "M" });
        path.push_str(&format!("{} {}", number(x), number(y)));
        inside = true;
    }
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let base = format!("M{EDGE} {}H{}", number(HEIGHT - EDGE + 0.5), number(WIDTH - EDGE));
    svg.shape(
        "path",
        "chart-minor",
        &[("d", Value::Word(&base)), ("stroke", Value::Word(crate::svg::FAINT))],
    );
    svg.shape(
        "path",
        "chart-line",
        &[
            ("d", Value::Word(&path)),
            ("fill", Value::Word("none")),
            ("stroke", Value::Word(Tone::Plain.fill())),
            ("stroke-width", Value::Number(1.5)),
            ("stroke-linejoin", Value::Word("round")),
        ],
    );
    if let Some((at, value)) = values
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, value)| Some((at, sound(value)?)))
    {
        let (x, y) = place(at, value);
        svg.shape(
            "circle",
            "chart-plain",
            &[
                ("cx", Value::Number(x)),
                ("cy", Value::Number(y)),
                ("r", Value::Number(2.5)),
                ("fill", Value::Word(Tone::Plain.fill())),
            ],
        );
    }
    svg.finish("chart-sparkline", Role::Picture, title, "")
}
