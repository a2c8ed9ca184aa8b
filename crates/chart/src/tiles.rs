//! A picture of the places: one tile for each, where the map has it, all of the same size.

use crate::Level;
use crate::svg::{Anchor, INK, LINE, Role, Svg, Text, Value, width};

/// One place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tile<'a> {
    /// Row from the top, 0 first.
    pub row: u8,
    /// Column from the left, 0 first.
    pub col: u8,
    /// The short name on the tile, two or three characters.
    pub label: &'a str,
    /// What the tile says in full, for the link and for those who hear it: "南京：14 项，2 项有公开成果".
    pub name: &'a str,
    /// How far it has come.
    pub level: Level,
    /// The count, formatted; empty for none.
    pub count: &'a str,
    /// Whether it is a pilot: it gets a heavier outline.
    pub pilot: bool,
    /// Where the tile leads.
    pub href: Option<&'a str>,
}

/// The tile grid of places. Tiles are 52 × 52 with a gap of 4; of two tiles in one cell the later covers the earlier.
///
/// ```
/// use chart::{Level, Tile, tile_grid};
/// let nanjing = Tile {
///     row: 0, col: 1, label: "南京", name: "南京：14 项", level: Level::Two, count: "14", pilot: true,
///     href: Some("/places/nanjing"),
/// };
/// assert!(tile_grid("各地承担数", "", &[nanjing]).contains(r#"<a class="chart-link" href="/places/nanjing""#));
/// ```
pub fn tile_grid(title: &str, desc: &str, tiles: &[Tile<'_>]) -> String {
    const SIDE: f64 = 52.0;
    const STEP: f64 = SIDE + 4.0;
    let extent = |last: Option<u8>| f64::from(last.unwrap_or(0)) * STEP + SIDE + 2.0;
    let mut svg = Svg::new(
        extent(tiles.iter().map(|tile| tile.col).max()),
        extent(tiles.iter().map(|tile| tile.row).max()),
    );
    for tile in tiles {
        let (x, y) = (1.0 + f64::from(tile.col) * STEP, 1.0 + f64::from(tile.row) * STEP);
        svg.link(tile.href, tile.name, |svg| {
            let edge = if tile.pilot { 2.0 } else { 1.0 };
            let (outline, class) = if tile.pilot {
                (INK, "chart-tile chart-pilot")
            } else {
                (LINE, "chart-tile")
            };
            let class = format!("{class} {}", tile.level.class());
            let mut attributes = vec![
                ("x", Value::Number(x + edge / 2.0)),
                ("y", Value::Number(y + edge / 2.0)),
                ("width", Value::Number(SIDE - edge)),
                ("height", Value::Number(SIDE - edge)),
                ("rx", Value::Number(2.0)),
                ("fill", Value::Word(tile.level.fill())),
                ("stroke", Value::Word(outline)),
                ("stroke-width", Value::Number(edge)),
            ];
            if tile.level == Level::Zero && !tile.pilot {
                attributes.push(("stroke-dasharray", Value::Word("3 2")));
            }
            svg.shape("rect", &class, &attributes);
            let (on, fill) = tile.level.on();
            let style = Text::INK.paint(on, fill).anchor(Anchor::Middle);
            let middle = x + SIDE / 2.0;
            // A long word in Latin letters goes down to 10 before it touches the edge.
            let size = if width(tile.label, 17.0) <= SIDE - 10.0 {
                17.0
            } else if width(tile.label, 14.0) <= SIDE - 6.0 {
                14.0
            } else {
                10.0
            };
            if tile.count.is_empty() {
                svg.text(tile.label, middle, y + 32.0, style.size(size));
            } else {
                svg.text(tile.label, middle, y + 23.0, style.size(size));
                svg.text(tile.count, middle, y + 43.0, style.size(15.0).bold(true));
            }
        });
    }
    svg.finish("chart-tiles", Role::Group, title, desc)
}

/// The swatch of a matrix cell or of a key: 16 × 16.
///
/// ```
/// assert!(chart::swatch("有公开成果", chart::Level::Four).contains("chart-level-4"));
/// ```
pub fn swatch(title: &str, level: Level) -> String {
    let mut svg = Svg::new(16.0, 16.0);
    let mut attributes = vec![
        ("x", Value::Number(0.5)),
        ("y", Value::Number(0.5)),
        ("width", Value::Number(15.0)),
        ("height", Value::Number(15.0)),
        ("rx", Value::Number(2.0)),
        ("fill", Value::Word(level.fill())),
        ("stroke", Value::Word(LINE)),
    ];
    if level == Level::Zero {
        attributes.push(("stroke-dasharray", Value::Word("3 2")));
    }
    svg.shape("rect", &format!("chart-tile {}", level.class()), &attributes);
    svg.finish("chart-swatch", Role::Picture, title, "")
}
