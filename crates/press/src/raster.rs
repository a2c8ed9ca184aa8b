//! SVG → PNG, for programs that draw no SVG. A picture reaches nothing outside itself: no file, no network.

use crate::Fonts;
use resvg::{
    render,
    tiny_skia::{Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree},
};
use std::sync::Arc;

/// Pixels for each of the picture's own: sharp on paper.
const SHARPNESS: f32 = 3.0;
/// No side has more pixels.
const LONGEST: f32 = 4_000.0;

/// The picture as PNG, its words in the faces of the profile; `None` for what is no SVG.
pub fn raster(svg: &[u8], fonts: &Fonts) -> Option<Vec<u8>> {
    let mut options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let database = Arc::make_mut(&mut options.fontdb);
    let mut known = Vec::new();
    for face in &fonts.faces {
        let data = face.data();
        // Faces of one file are loaded together.
        if !known.contains(&data.as_ptr()) {
            known.push(data.as_ptr());
            database.load_font_data(data.to_vec());
        }
    }
    if let Some(family) = fonts.faces.first().map(|face| face.info().family.to_string()) {
        database.set_sans_serif_family(&family);
        database.set_serif_family(&family);
        options.font_family = family;
    }
    let tree = Tree::from_data(svg, &options).ok()?;
    let size = tree.size();
    let longest = size.width().max(size.height());
    let scale = SHARPNESS.min(LONGEST / longest);
    let side = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut pixels = Pixmap::new(side(size.width()), side(size.height()))?;
    render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().ok()
}
