//! What of a text is a program's and no prose: declarations, macros, ASN.1.

/// What a line of code begins with.
const OPENINGS: &[&str] = &[
    "#define", "#include", "typedef", "struct ", "enum ", "#if", "#endif", "}", "{",
];
/// Words of ASN.1 and of C that stand in capitals and abbreviate nothing.
const KEYWORDS: &[&str] = &[
    "BEGIN",
    "BIT",
    "BITSTRING",
    "BOOL",
    "BOOLEAN",
    "BYTE",
    "CHAR",
    "CHOICE",
    "CONST",
    "DEFAULT",
    "DEFINED",
    "DWORD",
    "END",
    "ENUMERATED",
    "EXPLICIT",
    "FALSE",
    "HANDLE",
    "IMPLICIT",
    "IMPORTS",
    "INT",
    "INTEGER",
    "LONG",
    "NULL",
    "OBJECT",
    "OCTET",
    "OPTIONAL",
    "OUT",
    "SEQUENCE",
    "SET",
    "STRING",
    "TRUE",
    "UINT",
    "VOID",
    "WORD",
];

/// Whether a line is code that stands as a paragraph or a cell.
pub(super) fn is_line(text: &str) -> bool {
    let text = text.trim();
    let opens = OPENINGS.iter().any(|word| text.starts_with(word));
    let declares = text.contains("::=") || text.contains("->");
    let latin = text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '*' | '/' | '-'));
    let commented = text.contains("--") || text.contains("//") || text.contains("/*");
    let ends = text.ends_with([';', '{', '}', ',', ')']) && !text.contains(['。', '；']);
    opens || declares || (latin && (commented || ends))
}

/// Whether a word in capitals is one of a language, or stands for a number that is not yet given: `GM/T AAAA`.
pub(super) fn is_word(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    KEYWORDS.contains(&word) || letters.all(|c| Some(c) == first)
}
