//! Forms of files that are read, and bytes that never make the program fail.

use super::super::{EXAMPLE, Overlay, OverlayError, Signer};
use super::file;
use proptest::prelude::*;

fn parse(text: &str) -> Result<Overlay, Vec<OverlayError>> {
    Overlay::parse(text.as_bytes(), "zz.csv")
}

#[test]
fn the_example_is_good() {
    let example = parse(EXAMPLE).unwrap();
    assert_eq!(example.warnings, []);
    // Lines 14 to 29 of the file.
    assert_eq!(example.entries().len(), 16);
    assert_eq!(example.entries()[0].line, 14);
    assert_eq!(example.entries()[15].line, 29);
    assert_eq!(example.entries()[0].name_local, "EXAMPLE, ตัวอย่าง คาเฟอีน");
    assert_eq!(example.entries()[3].name_local, "EXAMPLE, ឧទាហរណ៍");
    assert_eq!(example.entries()[4].name_local, "EXAMPLE, ဥပမာ");
}

#[test]
fn forms_that_spreadsheets_write_are_one_overlay() {
    let plain = parse(EXAMPLE).unwrap();
    let same = |text: &str| {
        let other = parse(text).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
        assert_eq!(other.header, plain.header);
        assert_eq!(other.entries(), plain.entries());
    };
    same(EXAMPLE.trim_start_matches('\u{feff}'));
    same(&EXAMPLE.replace('\n', "\r\n"));
    // A spreadsheet fills every line up to the width of the table.
    let filled = |line: &str| match line.matches(',').count() {
        0 | 1 => format!("{line}{}", ",".repeat(25)),
        _ => line.to_owned(),
    };
    let wide: Vec<String> = EXAMPLE
        .replace(
            "title,\"EXAMPLE, not a law\"",
            "title,\"EXAMPLE, not a law\",,,,",
        )
        .lines()
        .map(filled)
        .collect();
    same(&(wide.join("\r\n") + "\r\n,,,,,,\r\n"));
    let semicolons = semicolons(EXAMPLE);
    assert!(semicolons.contains("schema;specid-overlay-1"));
    same(&semicolons);
}

/// The same cells with semicolons between them, by the csv crate.
fn semicolons(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let (front, table) = text.split_once("\n\n").unwrap();
    let part = |text: &str| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .from_writer(Vec::new());
        for record in reader.records() {
            writer.write_record(&record.unwrap()).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    format!("{}\n{}", part(front), part(table))
}

#[test]
fn cells_over_several_lines_keep_the_count_of_lines() {
    let rule = "EXAMPLE,\nin \"\"three\"\"\nlines";
    let good: &[(&str, &str)] = &[
        ("entry_no", "1"),
        ("match_kind", "generic"),
        ("generic_rule_text", rule),
    ];
    let text = file(&[
        good,
        &[
            ("entry_no", "2"),
            ("match_kind", "wrong"),
            ("cas", "58-08-2"),
        ],
    ]);
    let errors = parse(&text).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    // The rule takes lines 14 to 16.
    assert_eq!(
        (errors[0].line, errors[0].column.as_deref()),
        (17, Some("match_kind"))
    );
    let overlay = parse(&file(&[good])).unwrap();
    assert_eq!(
        overlay.entries()[0].generic_rule_text,
        "EXAMPLE,\nin \"three\"\nlines"
    );
}

#[test]
fn a_signature_that_nobody_checked_says_so() {
    let text = EXAMPLE.replace("\nsignature,\n", "\nsignature,abc\n");
    assert_eq!(parse(&text).unwrap().signer, Signer::NotChecked);
}

#[test]
fn very_many_errors_are_counted() {
    let rows: Vec<&[(&str, &str)]> = vec![&[("cas", "x")]; 1500];
    let errors = parse(&file(&rows)).unwrap_err();
    assert_eq!(errors.len(), 1001);
    assert_eq!(errors[1000].found, "500 more of them");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Bytes of the example changed, taken out and put in: it is read or refused, never more.
    #[test]
    fn no_bytes_make_it_fail(
        changes in prop::collection::vec(
            (0..EXAMPLE.len(), prop::option::of(prop::sample::select(b"\",;\n\r-:0Z\xe0\xff\0 ".to_vec())), 0_usize..40),
            1..12,
        )
    ) {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        for (at, put, cut) in changes {
            let at = at.min(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, put);
        }
        match Overlay::parse(&bytes, "zz.csv") {
            Ok(overlay) => prop_assert!(!overlay.entries().is_empty()),
            Err(errors) => {
                let lines = 1 + bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!((1..=lines).contains(&error.line), "{}", error);
                    prop_assert!(!error.found.is_empty() && !error.expected.is_empty() && !error.advice.is_empty());
                }
            }
        }
    }
}
