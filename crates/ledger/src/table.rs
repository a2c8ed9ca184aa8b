//! The shape of a table, from which the same statement is printed for either database.

/// What a column holds. Nothing else is used, so that both databases behave alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, never NULL.
    Text,
    /// Text or NULL.
    TextOrNull,
    /// 64-bit integer, never NULL.
    Integer,
    /// 64-bit integer or NULL.
    IntegerOrNull,
    /// Bytes, never NULL.
    Bytes,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, lower case ASCII.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A text column.
pub const fn text(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::Text,
    }
}

/// A text column that may be NULL.
pub const fn text_or_null(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::TextOrNull,
    }
}

/// An integer column.
pub const fn integer(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::Integer,
    }
}

/// An integer column that may be NULL.
pub const fn integer_or_null(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::IntegerOrNull,
    }
}

/// A column of bytes.
pub const fn bytes(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::Bytes,
    }
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Name, lower case ASCII.
    pub name: &'static str,
    /// Columns, in order.
    pub columns: &'static [Column],
    /// Columns of the primary key.
    pub key: &'static [&'static str],
    /// Further indexes, each a list of columns (`"place, task"`), prefixed `unique:` where no two rows may agree.
    pub indexes: &'static [&'static str],
}
