//! Rulers from the room that draws pictures, as markup.

use maud::{Markup, PreEscaped};

/// The ruler of a page's head.
pub fn ruler(of: &chart::Ruler<'_>) -> Markup {
    PreEscaped(chart::ruler(of))
}

/// The short ruler of a row.
pub fn short(of: &chart::Ruler<'_>) -> Markup {
    PreEscaped(chart::ruler_short(of))
}
