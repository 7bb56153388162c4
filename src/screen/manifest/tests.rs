use super::*;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// The same table by three programs: XlsxWriter, xlwt and odfpy. Before it stand a sheet of notes
/// and a hidden sheet of the headings alone.
const SAMPLES: [(&str, &[u8]); 3] = [
    ("cases.xlsx", include_bytes!("samples/cases.xlsx")),
    ("cases.xls", include_bytes!("samples/cases.xls")),
    ("cases.ods", include_bytes!("samples/cases.ods")),
];

fn read(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, Result<Manifest, ManifestError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let manifest = Manifest::read(&path);
    (folder, manifest)
}

fn good(name: &str, bytes: impl AsRef<[u8]>) -> Manifest {
    read(name, bytes).1.unwrap()
}

fn problems(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    read(name, bytes).1.unwrap_err().problems
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    let pairs = pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()));
    serde_json::from_value(serde_json::Value::Object(pairs.collect())).unwrap()
}

#[test]
fn text_in_many_dialects() {
    let table = "Datei\u{e4};File name;CASE_NO;Amount;Units;Location;Remarks\n\
                 1;x\\a.spc;K-1;12,5;g;Z\u{fc}rich;\"two\nlines; one \"\"mark\"\"\"\n\
                 ;;;;;;\n\
                 2; b.jdx ;K-2;;;;\n";
    let expected = [
        Row {
            line: 2,
            file: "x\\a.spc".to_owned(),
            spectrum: None,
            fields: fields(&[
                ("case", "K-1"),
                ("quantity", "12.5"),
                ("unit", "g"),
                ("place", "Z\u{fc}rich"),
                ("remarks", "two\nlines; one \"mark\""),
            ]),
        },
        Row {
            line: 5,
            file: "b.jdx".to_owned(),
            spectrum: None,
            fields: fields(&[("case", "K-2")]),
        },
    ];
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let latin = encoding_rs::WINDOWS_1252.encode(table).0.into_owned();
    for (what, bytes) in [
        ("plain", table.as_bytes().to_vec()),
        ("mark", format!("\u{feff}{table}").into_bytes()),
        ("CR LF", table.replace('\n', "\r\n").into_bytes()),
        ("CR", table.replace('\n', "\r").into_bytes()),
        ("Windows-1252", latin),
        ("UTF-16", wide(&format!("\u{feff}{table}"))),
        ("UTF-16 without mark", wide(table)),
    ] {
        let manifest = good("cases.csv", bytes);
        assert_eq!(manifest.rows, expected, "{what}");
        assert_eq!(
            manifest.warnings[0],
            "line 1: the column \"Datei\u{e4}\" is not known and is left out"
        );
        // Bytes that are no UTF-8 may be of any alphabet.
        let guessed = manifest
            .warnings
            .get(1)
            .is_some_and(|w| w.contains("not in UTF-8"));
        assert_eq!(
            guessed,
            what == "Windows-1252",
            "{what}: {:?}",
            manifest.warnings
        );
    }
    let said = good("cases.csv", format!("sep=;\r\n{table}"));
    assert_eq!(said.rows[0].line, 3);
    assert_eq!(said.rows[0].fields, expected[0].fields);
    let tabs = good("cases.tsv", "file\tspectrum\tdate\na\t3\t5.1.2026\n");
    assert_eq!(tabs.rows[0].spectrum, Some(3));
    assert_eq!(tabs.rows[0].fields, fields(&[("date", "5.1.2026")]));
}

#[test]
fn workbooks_of_three_programs() {
    for (name, bytes) in SAMPLES {
        let manifest = good(name, bytes);
        assert_eq!(manifest.sheet.as_deref(), Some("Cases"), "{name}");
        let expected = [
            Row {
                line: 2,
                file: "raman\\a.spc".to_owned(),
                spectrum: None,
                fields: fields(&[
                    ("case", "K-17/2026"),
                    ("item", "1"),
                    ("sample", "S1"),
                    ("quantity", "12.5"),
                    ("unit", "g"),
                    ("place", "Z\u{fc}rich"),
                    ("date", "2026-01-05"),
                    ("operator", "Ann"),
                    ("remarks", "wet"),
                ]),
            },
            Row {
                line: 4,
                file: "b.jdx".to_owned(),
                spectrum: Some(2),
                fields: fields(&[
                    ("case", "4711"),
                    ("item", "2"),
                    ("quantity", "3"),
                    ("unit", "kg"),
                    ("date", "5 Jan 2026"),
                    ("remarks", "=1+1"),
                ]),
            },
        ];
        assert_eq!(manifest.rows, expected, "{name}");
        let unknown = "sheet \"Cases\", row 1: the column \"Colour\" is not known and is left out";
        assert_eq!(manifest.warnings, [unknown], "{name}");
        assert_eq!(manifest.place(&manifest.rows[1]), "sheet \"Cases\", row 4");
        // The kind is known by content.
        assert_eq!(good("renamed.csv", bytes).rows, expected, "{name}");
    }
}

#[test]
fn all_errors_are_told_together() {
    let table = "file,spectrum,quantity,unit,amount\n\
                 a,,,,\n,1,,,\nb,0,much,g,\n./a,,,,\nc,,5,,\nd,2,,,\nd,2,,,\nd,3,,,\ne,,#N/A,,\nf,,1,5,g,x\n";
    assert_eq!(
        problems("cases.csv", table),
        [
            "line 1: the headings \"quantity\" and \"amount\" both mean quantity; rename or remove one",
            "line 3: the file column is empty",
            "line 4: the spectrum is no place in its file: expected a whole number from 1, found \"0\"",
            "line 4: the quantity is no number: expected such as 12.5, found \"much\"",
            "line 5: the file \"./a\" is already on line 2; remove one of the two rows",
            "line 8: the file \"d\", spectrum 2, is already on line 7; remove one of the two rows",
            "line 10: the quantity column holds the spreadsheet's error #N/A",
            "line 11: the row has 6 cells, but there are 5 headings; a text with a delimiter in it, such as \
             a number with a decimal comma, needs quotation marks",
        ]
    );
    let many = format!("file\n{}", "a\n".repeat(51));
    let error = read("cases.csv", many).1.unwrap_err();
    assert_eq!((error.problems.len(), error.more), (20, 30));
    assert!(error.to_string().ends_with("\n  and 30 more"), "{error}");
}

#[test]
fn a_manifest_needs_a_file_column() {
    assert_eq!(
        problems("cases.csv", "\nName;Case\na;b\n"),
        [
            "line 2: there is no file column; found the headings \"Name\", \"Case\"; expected file, and any of file, \
          spectrum, case, item, sample, quantity, unit, place, date, instrument, operator, remarks; the first row \
          that is not blank must hold the headings"
        ]
    );
    assert!(problems("cases.csv", "")[0].contains("empty"));
    assert!(problems("cases.csv", " \n,,\n")[0].contains("empty"));
    assert!(problems("a.png", b"\x89PNG\0\0\0\x01\x02\x03\x04\x05")[0].contains("neither"));
    let folder = tempfile::tempdir().unwrap();
    let missing = Manifest::read(&folder.path().join("no.csv")).unwrap_err();
    assert_eq!(missing.problems, ["there is no such file"]);
    assert!(
        Manifest::read(folder.path())
            .unwrap_err()
            .to_string()
            .contains("a folder")
    );
}

#[test]
fn doubtful_rows_are_warned_of() {
    let manifest = good(
        "cases.csv",
        "file;amount;unit\na;5;\nb;1,234;g\nc;1.234;g\n",
    );
    assert_eq!(
        manifest.warnings,
        [
            "line 2: the quantity has no unit",
            "line 3: the quantity \"1,234\" is taken as 1.234; a comma is a decimal comma",
        ]
    );
    let many: String = (0..25).fold("file,amount\n".to_owned(), |mut text, row| {
        writeln!(text, "{row}.spc,5").unwrap();
        text
    });
    let warnings = good("cases.csv", many).warnings;
    assert_eq!(warnings.len(), 21);
    assert_eq!(warnings[20], "and 5 more warnings");
}

#[test]
fn an_unclosed_quotation_mark_is_found() {
    let error = problems("cases.csv", "file,remarks\na,x\nb,\"wet\nc,y\nd,\"z\"\n");
    assert_eq!(error.len(), 1);
    assert!(
        error[0].starts_with("line 3: a quotation mark is opened here"),
        "{error:?}"
    );
    assert!(problems("cases.csv", "file\n\"a\nb\n")[0].starts_with("line 2: a quotation mark"));
}

#[test]
fn files_are_found_from_the_manifest() {
    let mut manifest = good("cases.csv", "file,case\nraman\\a.spc,1\nb/c.jdx,1\n");
    manifest.path = PathBuf::from("in/cases.csv");
    let found = |row: usize| manifest.locate(&manifest.rows[row]);
    assert_eq!(found(0), Path::new("in/raman/a.spc"));
    assert_eq!(found(1), Path::new("in/b/c.jdx"));
    // By sha256sum.
    let sha256 = "618f8b7d50a708f700144fb6c0e229f1c4a6c1180abe6a6e5dc21fab271bf573";
    assert_eq!(manifest.sha256, sha256);
}

#[test]
fn manifests_are_told_from_spectra() {
    let folder = tempfile::tempdir().unwrap();
    let is_one = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        looks_like_one(&path)
    };
    for (name, bytes) in SAMPLES {
        assert!(is_one(name, bytes));
    }
    assert!(is_one(
        "a.csv",
        b"\xef\xbb\xbfFile name;Case no.\na.spc;1\n"
    ));
    assert!(is_one("a.txt", b"\n\nremarks\tfile\n"));
    assert!(!is_one("b.csv", b"file\na.spc\n"));
    assert!(!is_one("b.csv", b"case,item\n1,2\n"));
    assert!(!is_one("b.csv", b"400.5,1.25\n401.5,1.5\n"));
    assert!(!is_one("b.csv", b"title\nfile,case\n"));
    assert!(!is_one("b.csv", b""));
    assert!(!is_one("b.csv", b"file,case\0\x01\x02\x03\n"));
    assert!(!looks_like_one(folder.path()));
    assert!(!looks_like_one(&folder.path().join("none.xlsx")));
}

/// The parts of a zip archive, and one of them and the rest unpacked anew.
fn repacked(bytes: &[u8], mut change: impl FnMut(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        change(&name, &mut content);
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        out.start_file(name, stored).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn replaced(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut done = false;
    let made = repacked(bytes, |name, content| {
        if name == part {
            let text = String::from_utf8(content.clone()).unwrap();
            done = text.contains(from);
            *content = text.replacen(from, to, 1).into_bytes();
        }
    });
    assert!(done, "{from} is not in {part}");
    made
}

#[test]
fn a_workbook_that_claims_too_much_is_refused() {
    let [(_, xlsx), (_, xls), (_, ods)] = SAMPLES;
    let texts = replaced(
        xlsx,
        "xl/sharedStrings.xml",
        "uniqueCount=\"",
        "uniqueCount=\"9999999999",
    );
    assert!(problems("a.xlsx", texts)[0].contains("it claims to have"));

    let bomb = repacked(xlsx, |name, content| {
        if name == "xl/styles.xml" {
            content.extend(vec![b' '; 1 << 30]);
        }
    });
    assert!(bomb.len() < 2 << 20);
    assert!(problems("a.xlsx", bomb)[0].contains("more than 1 GB"));

    let row = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"><text:p>";
    let cell = |text: &str| {
        format!("{row}{text}</text:p></table:table-cell></table:table-row></table:table>")
    };
    let long = replaced(
        ods,
        "content.xml",
        "</table:table>",
        &cell(&"x".repeat(1 << 16)),
    );
    assert!(problems("a.ods", long)[0].contains("512 MB"));
    let wide = cell("x").replacen(
        "<table:table-row>",
        "<table:table-row table:number-rows-repeated=\"2000\">",
        1,
    );
    let wide = replaced(ods, "content.xml", "</table:table>", &wide);
    assert!(problems("a.ods", wide)[0].contains("20,000,000"));

    // The claimed size of a sheet, one row of 0x0200 with 14 bytes.
    let mut huge = xls.to_vec();
    let places: Vec<usize> = (0..huge.len() - 18)
        .filter(|at| huge[*at..].starts_with(&[0, 2, 14, 0]))
        .collect();
    assert_eq!(places.len(), 3);
    for at in places {
        huge[at + 8..at + 12].fill(0xff);
    }
    assert!(problems("a.xls", huge)[0].contains("outside its sheet"));
}

#[test]
fn far_cells_of_a_workbook_take_no_room() {
    let [(_, xlsx), ..] = SAMPLES;
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let made = replaced(xlsx, "xl/worksheets/sheet3.xml", "</sheetData>", far);
    assert_eq!(good("a.xlsx", made).rows.len(), 2);
}

#[test]
fn cut_workbooks_are_errors() {
    for (name, bytes) in SAMPLES {
        for cut in (0..bytes.len()).step_by(bytes.len() / 150) {
            if let Ok(manifest) = read(name, &bytes[..cut]).1 {
                // Only padding is gone.
                assert_eq!(manifest.rows, good(name, bytes).rows, "{name} cut at {cut}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damaged_workbooks_never_stop_the_program(
        sample in 0..3_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..6),
        inside in any::<bool>(),
    ) {
        let (name, bytes) = SAMPLES[sample];
        let flip = |bytes: &mut Vec<u8>| {
            for (at, bit) in &flips {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
        };
        let mut damaged = bytes.to_vec();
        if inside && name != "cases.xls" {
            // In the parts themselves, past the checksums of the archive.
            damaged = repacked(bytes, |part, content| {
                if part.ends_with(".xml") && !content.is_empty() {
                    flip(content);
                }
            });
        } else {
            flip(&mut damaged);
        }
        let _ = read(name, damaged);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(file|case|spectrum|amount|[,;\t\n\r\"= a-z0-9.é]){0,60}") {
        let _ = read("a.csv", text);
    }
}

#[test]
fn a_report_needs_no_files_and_keeps_what_it_cannot_read() {
    let table = "case,sample,quantity,unit,Confirmed as,Country of origin\n\
                 C-1,S-1,ca. 5,kg,Piperonal,China\nC-1,S-2,\"1,234\",kg,,\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.csv");
    fs::write(&path, table).unwrap();
    let problems = Manifest::read(&path).unwrap_err().problems;
    assert!(
        problems[0].starts_with("line 1: there is no file column"),
        "{problems:?}"
    );
    let manifest = Manifest::read_for(&path, Use::Report).unwrap();
    assert_eq!(manifest.warnings, [""; 0]);
    let expected = [
        fields(&[
            ("case", "C-1"),
            ("sample", "S-1"),
            ("quantity", "ca. 5"),
            ("unit", "kg"),
            ("confirmed_as", "Piperonal"),
            ("origin", "China"),
        ]),
        fields(&[
            ("case", "C-1"),
            ("sample", "S-2"),
            ("quantity", "1.234"),
            ("unit", "kg"),
            (AS_WRITTEN, "1,234"),
        ]),
    ];
    let found: Vec<Fields> = manifest.rows.into_iter().map(|row| row.fields).collect();
    assert_eq!(found, expected);
}

#[test]
fn fields_of_older_runs_are_read_and_texts_with_marks_are_not_repeated() {
    let old = r#"{"case":"C-1","item":null,"sample":null,"quantity":null,"unit":null,"place":null,
        "date":null,"instrument":null,"operator":null,"remarks":null}"#;
    let old: Fields = serde_json::from_str(old).unwrap();
    assert_eq!(old, fields(&[("case", "C-1")]));
    let mut all = fields(&[("documents", "BL 1; INV 2"), ("place", "x")]);
    all.add(&fields(&[("documents", "BL 1; INV 2"), ("place", "y")]));
    all.add(&fields(&[("documents", "BL 1"), ("place", "x")]));
    assert_eq!(
        all,
        fields(&[("documents", "BL 1; INV 2"), ("place", "x; y")])
    );
}
