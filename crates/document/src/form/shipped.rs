//! The forms that the program carries. A new one is one line here.

use super::definition::{Form, FormError};

const FILES: [&str; 18] = [
    include_str!("../../../../rules/forms/f1.toml"),
    include_str!("../../../../rules/forms/f2.toml"),
    include_str!("../../../../rules/forms/f3.toml"),
    include_str!("../../../../rules/forms/f4.toml"),
    include_str!("../../../../rules/forms/f5.toml"),
    include_str!("../../../../rules/forms/f6.toml"),
    include_str!("../../../../rules/forms/f7.toml"),
    include_str!("../../../../rules/forms/f8.toml"),
    include_str!("../../../../rules/forms/f9.toml"),
    include_str!("../../../../rules/forms/f10.toml"),
    include_str!("../../../../rules/forms/f11.toml"),
    include_str!("../../../../rules/forms/f12-1.toml"),
    include_str!("../../../../rules/forms/f12-2.toml"),
    include_str!("../../../../rules/forms/f12-3.toml"),
    include_str!("../../../../rules/forms/f12-4.toml"),
    include_str!("../../../../rules/forms/f12-5.toml"),
    include_str!("../../../../rules/forms/f12-6.toml"),
    include_str!("../../../../rules/forms/f12-7.toml"),
];

/// All of them, by their numbers.
pub fn shipped() -> Result<Vec<Form>, FormError> {
    FILES.iter().map(|text| Form::read(text)).collect()
}
