//! What can be wrong with an overlay, one thing at a time.

use Make::{Header, Text};

/// One thing that is wrong.
pub struct Fault {
    /// What is done to a good overlay, of which the entries are on lines 14, 15 and 16.
    pub make: Make,
    pub line: u64,
    pub column: Option<&'static str>,
    /// Words of the message.
    pub says: &'static str,
}

pub enum Make {
    /// A cell of the second entry.
    Cell(&'static [(&'static str, &'static str)]),
    /// A header line's value.
    Header(&'static str, &'static str),
    /// The whole text.
    Text(fn(String) -> Vec<u8>),
}

fn replaced(from: &str, to: &str, text: String) -> Vec<u8> {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

pub const fn fault(make: Make, line: u64, column: &'static str, says: &'static str) -> Fault {
    Fault {
        make,
        line,
        column: Some(column),
        says,
    }
}

const fn whole(make: Make, line: u64, says: &'static str) -> Fault {
    Fault {
        make,
        line,
        column: None,
        says,
    }
}

/// Faults of the file and its header.
pub const FRONT: &[Fault] = &[
    // The form of the file.
    whole(Text(|_| Vec::new()), 1, "specid-overlay-1"),
    whole(
        Text(|_| b"file,case\na,b\n".to_vec()),
        1,
        "specid-overlay-1",
    ),
    whole(
        Header("schema", "specid-overlay-2"),
        1,
        "found \"schema\" and \"specid-overlay-2\"",
    ),
    whole(
        Text(|t| [&b"\xff\xfe"[..], t.as_bytes()].concat()),
        1,
        "UTF-16",
    ),
    whole(Text(|t| [t.as_bytes(), b"ZZ,\xe4\n"].concat()), 17, "0xe4"),
    whole(
        Text(|t| replaced("\n\ncountry_iso2", "\ncountry_iso2", t)),
        12,
        "blank line",
    ),
    whole(
        Text(|t| t.split("country_iso2").next().unwrap_or_default().into()),
        13,
        "headings",
    ),
    whole(
        Text(|t| t.lines().take(13).collect::<Vec<_>>().join("\n").into()),
        13,
        "a row for each entry",
    ),
    whole(
        Text(|t| {
            replaced(
                "\nZZ,EXAMPLE,\"EXAMPLE, not a law\"",
                "\nZZ,EXAMPLE,EXAMPLE, not a law",
                t,
            )
        }),
        14,
        "quotation marks",
    ),
    whole(
        Text(|t| {
            format!(
                "{}\"EXAMPLE\n",
                t.trim_end().strip_suffix("EXAMPLE").unwrap_or_default()
            )
            .into()
        }),
        16,
        "quotation marks in pairs",
    ),
    whole(
        Text(|t| {
            replaced(
                "\nZZ,EXAMPLE,\"EXAMPLE, not a law\"",
                "\nZZ,EXAMPLE,\"EXAMPLE\" law",
                t,
            )
        }),
        14,
        "behind a closing quotation mark",
    ),
    whole(
        Text(|t| replaced("EXAMPLE list", "EXAMPLE\u{7} list", t)),
        14,
        "U+0007",
    ),
    whole(
        Text(|t| replaced("EXAMPLE list", "EXAMPLE\u{202e} list", t)),
        14,
        "U+202E",
    ),
    whole(
        Text(|t| replaced("EXAMPLE list", &"x".repeat(40_000), t)),
        14,
        "32000 characters",
    ),
    whole(
        Text(|t| (t + &"x".repeat(17 << 20)).into_bytes()),
        1,
        "16 MiB",
    ),
    // The header.
    whole(
        Text(|t| replaced("\ntitle,", "\ntitel,", t)),
        3,
        "found \"titel\"",
    ),
    whole(
        Text(|t| {
            replaced(
                "\ntitle,\"EXAMPLE, not a law\"",
                "\ntitle,EXAMPLE, not a law",
                t,
            )
        }),
        3,
        "a third cell",
    ),
    whole(
        Text(|t| replaced("\ntitle,\"EXAMPLE, not a law\"", "\ntitle,\"EXAMPLE", t)),
        3,
        "odd quotation mark",
    ),
    fault(
        Text(|t| replaced("\nlanguage,en", "\nlanguage,en\nlanguage,th", t)),
        8,
        "language",
        "each name once",
    ),
    fault(Header("country", "zz"), 2, "country", "two capital letters"),
    fault(Header("country", ""), 2, "country", "found nothing"),
    fault(Header("title", ""), 3, "title", "found nothing"),
    fault(Header("issued_by", ""), 4, "issued_by", "found nothing"),
    fault(
        Header("list_version", "../../x"),
        5,
        "list_version",
        "letters, digits",
    ),
    fault(
        Header("list_version", ".x"),
        5,
        "list_version",
        "letters, digits",
    ),
    fault(Header("as_of", "1/1/2026"), 6, "as_of", "YYYY-MM-DD"),
    fault(Header("as_of", "2026-02-30"), 6, "as_of", "YYYY-MM-DD"),
    fault(
        Header("language", "english"),
        7,
        "language",
        "found \"english\"",
    ),
    fault(
        Header("default_scope_salts", "perhaps"),
        8,
        "default_scope_salts",
        "yes or no",
    ),
    fault(
        Header("default_scope_isomers", ""),
        9,
        "default_scope_isomers",
        "yes or no",
    ),
    fault(
        Header("source_sha256", "abc"),
        10,
        "source_sha256",
        "64 lower-case",
    ),
];
