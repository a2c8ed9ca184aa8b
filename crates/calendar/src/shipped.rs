//! The years compiled in. A new year is one file in `rules/calendar` and one line here.

/// File name and text of each shipped calendar.
pub(crate) const SHIPPED: [(&str, &str); 3] = [
    ("2024.toml", include_str!("../../../rules/calendar/2024.toml")),
    ("2025.toml", include_str!("../../../rules/calendar/2025.toml")),
    ("2026.toml", include_str!("../../../rules/calendar/2026.toml")),
];
