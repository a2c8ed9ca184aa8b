//! Pictures: how large they are, and their place in a line.

use crate::xml::escape;

/// The endings of pictures' names and their media types.
pub(super) const KINDS: [(&str, &str); 6] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("svg", "image/svg+xml"),
];

/// A PNG of one pixel that shows nothing.
pub(super) const BLANK: [u8; 68] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0b, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x00, 0x02, 0x00, 0x00, 0x05, 0x00, 0x01, 0x7a, 0x5e, 0xab, 0x3f, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A picture that goes into the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its ending: png, jpg, jpeg, gif, webp, svg.
    pub ending: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The same as PNG, for programs that do not draw SVG.
    pub raster: Option<Vec<u8>>,
}

/// English metric units: how Word measures pictures.
const EMU_PER_PIXEL: f64 = 9525.0;
/// No picture is wider or higher, in EMU: 160 mm and 200 mm.
const WIDEST: f64 = 5_760_000.0;
const HIGHEST: f64 = 7_200_000.0;

/// Width and height in EMU, made to fit the page.
pub(super) fn extent(picture: &Picture) -> (u64, u64) {
    let (width, height) = size(picture)
        .filter(|(width, height)| *width >= 1.0 && *height >= 1.0 && width.is_finite() && height.is_finite())
        .unwrap_or((480.0, 320.0));
    let (width, height) = (width * EMU_PER_PIXEL, height * EMU_PER_PIXEL);
    let shrink = (WIDEST / width).min(HIGHEST / height).min(1.0);
    (
        (width * shrink).max(1.0).round() as u64,
        (height * shrink).max(1.0).round() as u64,
    )
}

/// Width and height in pixels, as the file itself says.
fn size(picture: &Picture) -> Option<(f64, f64)> {
    let bytes = picture.bytes.as_slice();
    match picture.ending.as_str() {
        "png" => Some((be32(bytes, 16)?, be32(bytes, 20)?)),
        "gif" => Some((le16(bytes, 6)?, le16(bytes, 8)?)),
        "jpg" | "jpeg" => jpeg(bytes),
        "svg" => svg(bytes),
        _ => None,
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<f64> {
    let four = bytes.get(at..at + 4)?;
    Some(f64::from(u32::from_be_bytes(four.try_into().ok()?)))
}

fn le16(bytes: &[u8], at: usize) -> Option<f64> {
    let pair = bytes.get(at..at + 2)?;
    Some(f64::from(u16::from_le_bytes(pair.try_into().ok()?)))
}

/// The frame's head tells the size; what stands before it is stepped over.
fn jpeg(bytes: &[u8]) -> Option<(f64, f64)> {
    let mut at = 2;
    loop {
        let marker = be16(bytes, at)?;
        let is_frame = matches!(marker, 0xffc0..=0xffcf) && !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc);
        if is_frame {
            return Some((f64::from(be16(bytes, at + 7)?), f64::from(be16(bytes, at + 5)?)));
        }
        if marker < 0xff00 {
            return None;
        }
        at += 2 + usize::from(be16(bytes, at + 2)?.max(2));
    }
}

/// `width` and `height`, else what the view box says.
fn svg(bytes: &[u8]) -> Option<(f64, f64)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, tag) = text.split_once("<svg")?;
    let (tag, _) = tag.split_once('>')?;
    let attribute = |name: &str| -> Option<&str> {
        let (_, after) = tag.split_once(&format!(" {name}="))?;
        let quote = after.chars().next()?;
        after.get(1..)?.split(quote).next()
    };
    let number = |words: &str| -> Option<f64> {
        let digits: String = words.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let rest = words.get(digits.len()..)?.trim();
        let scale = match rest {
            "" | "px" => 1.0,
            "mm" => 96.0 / 25.4,
            "cm" => 96.0 / 2.54,
            "pt" => 96.0 / 72.0,
            _ => return None,
        };
        Some(digits.parse::<f64>().ok()? * scale)
    };
    let own = || Some((number(attribute("width")?)?, number(attribute("height")?)?));
    own().or_else(|| {
        let view: Vec<f64> = attribute("viewBox")?
            .split([' ', ','])
            .filter_map(|part| part.parse().ok())
            .collect();
        Some((*view.get(2)?, *view.get(3)?))
    })
}

/// A picture within a line. `raster` and `vector` are ids of relations.
pub(super) fn drawing(
    number: usize,
    words: &str,
    file: &str,
    raster: &str,
    vector: Option<&str>,
    size: (u64, u64),
) -> String {
    let (width, height) = size;
    let vector = vector.map_or_else(String::new, |id| {
        format!(
            "<a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip \
             xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{id}\"/></a:ext></a:extLst>"
        )
    });
    let (words, file) = (escape(words), escape(file));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" \
         cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"{file}\" descr=\"{words}\"/><a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" \
         name=\"{file}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{raster}\">{vector}</a:blip>\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" \
         cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>\
         </a:graphic></wp:inline></w:drawing></w:r>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(ending: &str, bytes: &[u8]) -> Picture {
        Picture {
            ending: ending.to_owned(),
            bytes: bytes.to_vec(),
            raster: None,
        }
    }

    #[test]
    fn pictures_say_how_large_they_are() {
        let svg = b"<?xml version='1.0'?><svg viewBox=\"0 0 300 150\" xmlns=\"x\"></svg>";
        assert_eq!(size(&picture("svg", svg)), Some((300.0, 150.0)));
        let svg = b"<svg width='40mm' height='10mm'>";
        assert_eq!(extent(&picture("svg", svg)), (1_440_000, 360_000));
        let mut png = vec![0; 24];
        png[19] = 200;
        png[23] = 100;
        assert_eq!(size(&picture("png", &png)), Some((200.0, 100.0)));
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 50, 0, 70];
        assert_eq!(size(&picture("jpg", &jpeg)), Some((70.0, 50.0)));
    }

    #[test]
    fn what_is_no_picture_still_has_a_size() {
        for ending in ["png", "jpg", "gif", "svg", "webp", "x"] {
            for bytes in [&[][..], &[0xff; 40], b"<svg width=\"1e999\" height=\"0\">"] {
                let (width, height) = extent(&picture(ending, bytes));
                assert!(width > 0 && height > 0 && width < 6_000_000 && height < 8_000_000);
            }
        }
    }
}
