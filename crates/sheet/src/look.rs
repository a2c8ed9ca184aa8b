//! The look of cells, and the way one value is put into one cell.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Url, Worksheet};

use crate::address::{MOST_LINKS, is_address, shield};
use crate::cell::Cell;
use crate::write::WriteError;
use crate::{date_text, number_text};

/// Body text: SimSun by its Chinese name; a system without it falls back by the character set.
const BODY_FONT: &str = "宋体";
/// Heads and titles: DengXian by its Chinese name.
const HEAD_FONT: &str = "等线";
/// GB 2312, the character set by which Excel and WPS choose a Chinese font when the named one is absent.
const CHINESE: u8 = 134;

const LINE: Color = Color::RGB(0x00BF_C5CC);
const HEAD_FILL: Color = Color::RGB(0x00E4_E9EF);
const LOCKED_FILL: Color = Color::RGB(0x00E6_E8EC);
const EDITABLE_FILL: Color = Color::RGB(0x00FF_FBE6);
const FAULT_FILL: Color = Color::RGB(0x00FF_C7CE);
const FAULT_TEXT: Color = Color::RGB(0x009C_0006);
const LINK_TEXT: Color = Color::RGB(0x000B_57A4);

/// Sheets round whole numbers beyond this.
const EXACT: i64 = 1 << 53;
/// The longest text a cell holds, in UTF-16 units.
pub(crate) const CELL_TEXT: usize = 32_767;

/// How a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    /// Text that a sheet would take for a formula when it is edited.
    Guarded,
    Integer,
    Decimal,
    Date,
    Link,
}

const SHAPES: [Shape; 6] = [
    Shape::Text,
    Shape::Guarded,
    Shape::Integer,
    Shape::Decimal,
    Shape::Date,
    Shape::Link,
];

/// Which of the three looks a cell has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Locked,
    Editable,
    Faulty,
}

/// All formats of one workbook, made once.
pub(crate) struct Looks {
    pub(crate) title: Format,
    pub(crate) note: Format,
    pub(crate) head: Format,
    cells: Vec<Format>,
    /// Links put so far.
    links: std::cell::Cell<u32>,
}

impl Looks {
    pub(crate) fn new() -> Self {
        let font = |name: &str, size: f64| {
            Format::new()
                .set_font_name(name)
                .set_font_charset(CHINESE)
                .set_font_size(size)
        };
        let mut cells = Vec::new();
        for ground in [Ground::Locked, Ground::Editable, Ground::Faulty] {
            for shape in SHAPES {
                let format = font(BODY_FONT, 10.5)
                    .set_border(FormatBorder::Thin)
                    .set_border_color(LINE)
                    .set_align(FormatAlign::Top)
                    .set_text_wrap();
                let format = match ground {
                    Ground::Locked => format.set_background_color(LOCKED_FILL),
                    Ground::Editable => format.set_background_color(EDITABLE_FILL).set_unlocked(),
                    Ground::Faulty => format
                        .set_background_color(FAULT_FILL)
                        .set_font_color(FAULT_TEXT)
                        .set_unlocked(),
                };
                cells.push(match shape {
                    Shape::Text => format,
                    Shape::Guarded => format.set_quote_prefix(),
                    Shape::Integer => format.set_num_format("0").set_align(FormatAlign::Right),
                    Shape::Decimal => format.set_num_format("General").set_align(FormatAlign::Right),
                    Shape::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
                    Shape::Link if ground == Ground::Faulty => format,
                    Shape::Link => format.set_font_color(LINK_TEXT),
                });
            }
        }
        Self {
            title: font(HEAD_FONT, 16.0).set_bold(),
            note: font(HEAD_FONT, 10.0),
            head: font(HEAD_FONT, 10.5)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
                .set_background_color(HEAD_FILL),
            cells,
            links: std::cell::Cell::new(0),
        }
    }

    fn of(&self, ground: Ground, shape: Shape) -> &Format {
        &self.cells[ground as usize * SHAPES.len() + shape as usize]
    }

    /// Puts one value into one cell; `row` and `column` from 0.
    pub(crate) fn put(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Cell,
        ground: Ground,
    ) -> Result<(), WriteError> {
        match cell {
            Cell::Empty => {
                sheet.write_blank(row, column, self.of(ground, Shape::Text))?;
            }
            Cell::Text(text) => self.put_text(sheet, (row, column), text, ground)?,
            Cell::Integer(number) if (-EXACT..=EXACT).contains(number) => {
                let format = self.of(ground, Shape::Integer);
                sheet.write_number_with_format(row, column, *number as f64, format)?;
            }
            Cell::Integer(number) => {
                self.put_text(sheet, (row, column), &number.to_string(), ground)?;
            }
            Cell::Decimal(number) => match number_text::to_float(*number) {
                Some(float) => {
                    let format = self.of(ground, Shape::Decimal);
                    sheet.write_number_with_format(row, column, float, format)?;
                }
                None => self.put_text(sheet, (row, column), &number.to_string(), ground)?,
            },
            Cell::Date(date) => match date_text::to_serial(*date) {
                Some(serial) => {
                    let format = self.of(ground, Shape::Date);
                    sheet.write_number_with_format(row, column, serial as f64, format)?;
                }
                None => self.put_text(sheet, (row, column), &date.to_string(), ground)?,
            },
            Cell::Link { text, url } if is_address(url) && !is_markup(text) && self.links.get() < MOST_LINKS => {
                self.links.set(self.links.get() + 1);
                check_length((row, column), text)?;
                let shown = if text.is_empty() { url } else { text };
                let link = Url::new(shield(url)).set_text(shown.as_str());
                sheet.write_url_with_format(row, column, link, self.of(ground, Shape::Link))?;
            }
            Cell::Link { text, url } if url.is_empty() => {
                self.put_text(sheet, (row, column), text, ground)?;
            }
            Cell::Link { text, url } => {
                self.put_text(sheet, (row, column), &format!("{text} <{url}>"), ground)?;
            }
            Cell::Formula { formula, value } => {
                let formula = Formula::new(formula).set_result(value);
                sheet.write_formula_with_format(row, column, formula, self.of(ground, Shape::Decimal))?;
            }
        }
        Ok(())
    }

    fn put_text(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        text: &str,
        ground: Ground,
    ) -> Result<(), WriteError> {
        check_length((row, column), text)?;
        let shape = if begins_like_formula(text) {
            Shape::Guarded
        } else {
            Shape::Text
        };
        let format = self.of(ground, shape);
        if text.is_empty() {
            sheet.write_blank(row, column, format)?;
        } else {
            put_string(sheet, row, column, text, format)?;
        }
        Ok(())
    }
}

/// Writes text as text, also where the writer would take it for its own markup.
pub(crate) fn put_string(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), WriteError> {
    if is_markup(text) {
        // The writer passes such a string on as rich text, unescaped; one rich run of it is escaped, all
        // but the `_xHHHH_` notation.
        let escaped = text.replace("_x", "_x005F_x");
        sheet.write_rich_string_with_format(row, column, &[(&Format::new(), escaped.as_str())], format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Whether the writer would take text for its own notation of rich text and pass it on unescaped.
fn is_markup(text: &str) -> bool {
    text.starts_with("<r>") && text.ends_with("</r>")
}

/// Whether a sheet takes text for a formula when it is typed or loaded from CSV.
pub(crate) fn begins_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn check_length((row, column): (u32, u16), text: &str) -> Result<(), WriteError> {
    let found = text.encode_utf16().count();
    if found > CELL_TEXT {
        return Err(WriteError::CellTooLong {
            sheet_row: row + 1,
            column: crate::grid::letter(u32::from(column)),
            limit: CELL_TEXT,
            found,
        });
    }
    Ok(())
}
