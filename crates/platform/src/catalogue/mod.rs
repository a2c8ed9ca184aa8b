//! What ships with the platform: the published text, places, bodies, measures, English titles, words, rights. Read once,
//! then facts like any other: [`crate::list::entering`] records them as events, and from then on people change them.

pub mod english;
pub mod files;
pub mod words;

/// The table of rights.
pub const RIGHTS: &str = include_str!("../../../../catalog/rights.toml");
/// The published text of 商资发〔2024〕314号.
pub const POLICY: &str = include_str!("../../../../catalog/policy/mofcom-2024-314.txt");
/// Places.
pub const PLACES: &str = include_str!("../../../../catalog/places.toml");
/// Bodies.
pub const ORGANIZATIONS: &str = include_str!("../../../../catalog/organizations.toml");
/// English titles of the tasks, warnings, first proposals.
pub const TASKS: &str = include_str!("../../../../catalog/tasks.toml");
/// Titles of the measures.
pub const MEASURES: &str = include_str!("../../../../catalog/measures.toml");
/// English of their sentences.
pub const ACTIONS: &str = include_str!("../../../../catalog/actions.toml");
/// Parts and sections of the list, in both languages.
pub const PARTS: &str = include_str!("../../../../catalog/parts.toml");
/// Publicly reported outputs.
pub const OUTPUTS: &str = include_str!("../../../../catalog/outputs.toml");
/// Industry codes and their owners.
pub const INDUSTRY_CODES: &str = include_str!("../../../../catalog/industry_codes.toml");
/// Words by id, in both languages.
pub const VOCABULARY: &str = include_str!("../../../../catalog/vocabulary.toml");
/// The small named world of the demonstration.
pub const DEMO: &str = include_str!("../../../../catalog/demo.toml");
/// Who may see each kind of fact.
pub const VISIBILITY: &str = include_str!("../../../../catalog/visibility.toml");
