//! The mark of the house: a ruler, filled to where a thing stands, with a flag for the next date.

use crate::Tone;
use crate::svg::{Anchor, FAINT, INK, LINE, PAPER, Role, Svg, Text, Value, share, width};

/// The stages of a project by GB/T 16733, as ticks.
pub const STAGES: [&str; 8] = ["00", "10", "20", "30", "40", "50", "60", "90"];

/// The next date on a ruler.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flag<'a> {
    /// Where it stands, counted in ticks from the first: 3.0 is the fourth tick.
    pub at: f64,
    /// The date, formatted and short. A short ruler does not show it.
    pub label: &'a str,
    /// [`Tone::Soon`] and [`Tone::Overdue`] show; every other one is calm.
    pub tone: Tone,
}

/// A ruler.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler<'a> {
    /// Its name for those who hear it: "标准化进程：征求意见阶段".
    pub title: &'a str,
    /// What it shows, in a sentence; may be empty.
    pub desc: &'a str,
    /// The words under the ticks, at least two; [`STAGES`] for a project.
    pub ticks: &'a [&'a str],
    /// How far it is filled, counted in ticks: 2.5 is half-way from the third tick to the fourth. `None` where nobody
    /// has reported anything: the ruler is drawn dashed.
    pub reached: Option<f64>,
    /// [`Tone::Blocked`] and [`Tone::Overdue`] change the pointer; every other one is plain.
    pub tone: Tone,
    /// The next date.
    pub flag: Option<Flag<'a>>,
}

/// A pole with a pennant: `foot` is where it stands, `height` how tall.
fn pennant(svg: &mut Svg, x: f64, foot: f64, height: f64, tone: Tone) {
    let (class, fill) = match tone {
        Tone::Soon | Tone::Overdue => (tone.class(), tone.fill()),
        _ => ("chart-ink", INK),
    };
    let (top, reach, drop) = (foot - height, height * 0.55, height * 0.45);
    let points = format!(
        "{} {}h1v{}l{} {}l-{} {}v{}h-1z",
        crate::svg::number(x - 0.5),
        crate::svg::number(top),
        0,
        crate::svg::number(reach),
        crate::svg::number(drop / 2.0),
        crate::svg::number(reach),
        crate::svg::number(drop / 2.0),
        crate::svg::number(height - drop),
    );
    svg.shape(
        "path",
        class,
        &[("d", Value::Word(&format!("M{points}"))), ("fill", Value::Word(fill))],
    );
}

/// The pointer at the end of what is filled: a drop, a block where it is stopped, a triangle where it is overdue.
fn pointer(svg: &mut Svg, x: f64, y: f64, size: f64, tone: Tone) {
    match tone {
        Tone::Blocked => svg.shape(
            "rect",
            tone.class(),
            &[
                ("x", Value::Number(x - size / 2.0)),
                ("y", Value::Number(y - size / 2.0)),
                ("width", Value::Number(size)),
                ("height", Value::Number(size)),
                ("fill", Value::Word(tone.fill())),
                ("stroke", Value::Word(PAPER)),
                ("stroke-width", Value::Number(1.5)),
            ],
        ),
        Tone::Overdue => {
            let half = size / 2.0;
            let d = format!(
                "M{} {}l{} {}h-{}z",
                crate::svg::number(x),
                crate::svg::number(y - half),
                crate::svg::number(half * 1.1),
                crate::svg::number(size),
                crate::svg::number(half * 2.2),
            );
            svg.shape(
                "path",
                tone.class(),
                &[
                    ("d", Value::Word(&d)),
                    ("fill", Value::Word(tone.fill())),
                    ("stroke", Value::Word(PAPER)),
                    ("stroke-width", Value::Number(1.5)),
                ],
            );
        }
        _ => svg.shape(
            "circle",
            "chart-pointer",
            &[
                ("cx", Value::Number(x)),
                ("cy", Value::Number(y)),
                ("r", Value::Number(size / 2.0)),
                ("fill", Value::Word(PAPER)),
                ("stroke", Value::Word(Tone::Plain.fill())),
                ("stroke-width", Value::Number(size / 4.0)),
            ],
        ),
    }
}

/// The ruler of a project: 352 × 56.
///
/// ```
/// use chart::{Flag, Ruler, STAGES, Tone, ruler};
/// let svg = ruler(&Ruler {
///     title: "征求意见阶段",
///     desc: "征求意见截止 2025年3月1日",
///     ticks: &STAGES,
///     reached: Some(3.4),
///     tone: Tone::Plain,
///     flag: Some(Flag { at: 4.0, label: "3月1日", tone: Tone::Soon }),
/// });
/// assert!(svg.contains("<title>征求意见阶段</title>"));
/// ```
pub fn ruler(ruler: &Ruler<'_>) -> String {
    const WIDTH: f64 = 352.0;
    const HEIGHT: f64 = 56.0;
    const LEFT: f64 = 12.0;
    const TOP: f64 = 20.0;
    const THICK: f64 = 18.0;
    let last = ruler.ticks.len().saturating_sub(1).max(1) as f64;
    let span = WIDTH - 2.0 * LEFT;
    let x_of = |at: f64| LEFT + span * share(at, last);
    let mut svg = Svg::new(WIDTH, HEIGHT);

    body(&mut svg, (LEFT - 6.0, TOP, span + 12.0, THICK), ruler.reached.is_none());
    if let Some(reached) = ruler.reached {
        svg.shape(
            "rect",
            "chart-plain",
            &[
                ("x", Value::Number(LEFT - 6.0)),
                ("y", Value::Number(TOP + THICK - 6.0)),
                ("width", Value::Number(x_of(reached) - LEFT + 6.0)),
                ("height", Value::Number(6.0)),
                ("fill", Value::Word(Tone::Plain.fill())),
            ],
        );
    }
    // Five parts between two ticks, as on a ruler of wood.
    let parts = (last as usize) * 5;
    for part in 0..=parts {
        let x = LEFT + span * part as f64 / parts as f64;
        let long = part % 5 == 0;
        svg.shape(
            "path",
            if long { "chart-tick" } else { "chart-minor" },
            &[
                (
                    "d",
                    Value::Word(&format!(
                        "M{} {TOP}v{}",
                        crate::svg::number(x),
                        if long { 10 } else { 5 }
                    )),
                ),
                ("stroke", Value::Word(if long { INK } else { LINE })),
                ("stroke-width", Value::Number(1.0)),
            ],
        );
    }
    let standing = ruler.reached.map(|reached| reached.clamp(0.0, last) as usize);
    for (at, tick) in ruler.ticks.iter().enumerate() {
        let here = standing == Some(at);
        let style = if here { Text::INK } else { Text::MUTED };
        svg.text(
            tick,
            x_of(at as f64),
            HEIGHT - 4.0,
            style.size(11.0).bold(here).anchor(Anchor::Middle),
        );
    }
    if let Some(flag) = ruler.flag {
        let x = x_of(flag.at);
        pennant(&mut svg, x, TOP, 18.0, flag.tone);
        let room = width(flag.label, 11.0) + 14.0;
        let (x, anchor) = if x + room > WIDTH {
            (x - 4.0, Anchor::End)
        } else {
            (x + 13.0, Anchor::Start)
        };
        let style = match flag.tone {
            Tone::Soon | Tone::Overdue => Text::INK.paint(flag.tone.class(), flag.tone.fill()),
            _ => Text::INK,
        };
        svg.text(flag.label, x, 12.0, style.size(11.0).bold(true).anchor(anchor));
    }
    if let Some(reached) = ruler.reached {
        let size = if matches!(ruler.tone, Tone::Blocked | Tone::Overdue) {
            12.0
        } else {
            10.0
        };
        pointer(&mut svg, x_of(reached), TOP + THICK - 3.0, size, ruler.tone);
    }
    svg.finish("chart-ruler", Role::Picture, ruler.title, ruler.desc)
}

/// The ruler of an obligation: 120 × 16, for a row of a table; it reads in black and white.
///
/// ```
/// use chart::{Ruler, Tone, ruler_short};
/// let unreported =
///     Ruler { title: "未报告", desc: "", ticks: &["", "", ""], reached: None, tone: Tone::Plain, flag: None };
/// assert!(ruler_short(&unreported).contains("stroke-dasharray"));
/// ```
pub fn ruler_short(ruler: &Ruler<'_>) -> String {
    const WIDTH: f64 = 120.0;
    const HEIGHT: f64 = 16.0;
    const LEFT: f64 = 6.0;
    const TOP: f64 = 5.0;
    const THICK: f64 = 8.0;
    let last = ruler.ticks.len().saturating_sub(1).max(1) as f64;
    let span = WIDTH - 2.0 * LEFT;
    let x_of = |at: f64| LEFT + span * share(at, last);
    let mut svg = Svg::new(WIDTH, HEIGHT);
    body(&mut svg, (LEFT - 4.0, TOP, span + 8.0, THICK), ruler.reached.is_none());
    for at in 0..ruler.ticks.len() {
        svg.shape(
            "path",
            "chart-tick",
            &[
                (
                    "d",
                    Value::Word(&format!("M{} {TOP}v4", crate::svg::number(x_of(at as f64)))),
                ),
                ("stroke", Value::Word(LINE)),
                ("stroke-width", Value::Number(1.0)),
            ],
        );
    }
    if let Some(reached) = ruler.reached {
        svg.shape(
            "rect",
            "chart-plain",
            &[
                ("x", Value::Number(LEFT - 4.0)),
                ("y", Value::Number(TOP + THICK - 4.0)),
                ("width", Value::Number(x_of(reached) - LEFT + 4.0)),
                ("height", Value::Number(4.0)),
                ("fill", Value::Word(Tone::Plain.fill())),
            ],
        );
    }
    if let Some(flag) = ruler.flag {
        pennant(&mut svg, x_of(flag.at), TOP + 4.0, 9.0, flag.tone);
    }
    if let Some(reached) = ruler.reached {
        // A block and a triangle have a rim of paper, so that they stand out of the fill in black and white.
        let rimmed = matches!(ruler.tone, Tone::Blocked | Tone::Overdue);
        let (y, size) = if rimmed {
            (TOP + THICK - 4.0, 10.0)
        } else {
            (TOP + THICK - 2.0, 7.0)
        };
        pointer(&mut svg, x_of(reached), y, size, ruler.tone);
    }
    svg.finish("chart-ruler-short", Role::Picture, ruler.title, ruler.desc)
}

fn body(svg: &mut Svg, (x, y, width, height): (f64, f64, f64, f64), dashed: bool) {
    let mut attributes = vec![
        ("x", Value::Number(x + 0.5)),
        ("y", Value::Number(y + 0.5)),
        ("width", Value::Number(width - 1.0)),
        ("height", Value::Number(height - 1.0)),
        ("rx", Value::Number(1.5)),
        ("fill", Value::Word(PAPER)),
        ("stroke", Value::Word(if dashed { LINE } else { FAINT })),
    ];
    if dashed {
        attributes.push(("stroke-dasharray", Value::Word("3 2")));
    }
    svg.shape(
        "rect",
        if dashed {
            "chart-body chart-unknown"
        } else {
            "chart-body"
        },
        &attributes,
    );
}
