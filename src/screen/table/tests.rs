//! The three kinds of table, read back by other programs than wrote them.

use super::*;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use calamine::{Data, Reader, Xlsx};
use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const COLUMNS: [Column; 4] = [
    Column {
        name: "text",
        kind: Kind::Text,
        width: 30,
    },
    Column {
        name: "whole",
        kind: Kind::Whole,
        width: 8,
    },
    Column {
        name: "number",
        kind: Kind::Number,
        width: 12,
    },
    Column {
        name: "flag",
        kind: Kind::Flag,
        width: 6,
    },
];

type Make = fn(&Path, &Path) -> Box<dyn FnOnce(&mut dyn FnMut(&mut dyn TableWriter))>;

/// The three kinds of table, each with how one is filled and finished.
const KINDS: [(&str, Make); 3] = [
    ("csv", |path, _| {
        let mut table = csv::writer(File::create(path).unwrap(), &COLUMNS).unwrap();
        Box::new(move |fill| {
            fill(table.as_mut());
            table.finish().unwrap();
        })
    }),
    ("parquet", |path, _| {
        let mut table = parquet::writer(File::create(path).unwrap(), &COLUMNS).unwrap();
        Box::new(move |fill| {
            fill(table.as_mut());
            table.finish().unwrap();
        })
    }),
    ("xlsx", |path, scratch| {
        let out = File::create(path).unwrap();
        let mut book = xlsx::Workbook::create(out, scratch).unwrap();
        let mut table = book.sheet("Table", &COLUMNS).unwrap();
        Box::new(move |fill| {
            fill(table.as_mut());
            table.finish().unwrap();
            book.finish().unwrap();
        })
    }),
];

/// Writes a table of each kind; gives the folder with `table.csv` and so on.
fn write(mut fill: impl FnMut(&mut dyn TableWriter)) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (extension, make) in KINDS {
        let path = folder.path().join("table").with_extension(extension);
        make(&path, folder.path())(&mut fill);
    }
    folder
}

pub(super) fn file(folder: &TempDir, extension: &str) -> PathBuf {
    folder.path().join("table").with_extension(extension)
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}

fn csv_rows(folder: &TempDir) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(file(folder, "csv"))
        .unwrap();
    let row =
        |row: Result<::csv::StringRecord, _>| row.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

fn parquet_rows(folder: &TempDir) -> Vec<Vec<Field>> {
    let reader = SerializedFileReader::new(File::open(file(folder, "parquet")).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| {
        row.unwrap()
            .into_columns()
            .into_iter()
            .map(|(_, field)| field)
            .collect()
    })
    .collect()
}

fn xlsx_cells(folder: &TempDir) -> calamine::Range<Data> {
    let bytes = fs::read(file(folder, "xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Table"]);
    assert!(book.worksheet_formula("Table").unwrap().is_empty());
    book.worksheet_range("Table").unwrap()
}

/// Texts that break tables, and what CSV has in their place.
pub(super) fn hostile() -> Vec<(String, String)> {
    let same = [
        "a",
        " a ",
        "a,b",
        "a\"b",
        "\"",
        "a\nb",
        "a\r\nb",
        "a;b\tc",
        "\u{7}bell\u{1b}[31m",
        "\0",
        "_x0041_",
        "http://a.example/b",
        "\u{202e}gnp.exe",
        "\u{5d0}\u{5d1}",
        "\u{1f9ea}",
        "\u{fffe}\u{ffff}",
        "1.50",
        "007",
        "TRUE",
        "2026-01-05",
        "<b>&amp;</b>",
        "'",
        "-5.0e3",
    ];
    let marked = [
        "=1+1",
        "+1+1",
        "-1-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
    ];
    let mut all: Vec<_> = same.map(|t| (t.to_owned(), t.to_owned())).into();
    all.extend(marked.map(|t| (t.to_owned(), format!("'{t}"))));
    let long = "0123456789".repeat(10_000);
    all.push((long.clone(), long));
    all
}

pub(super) fn write_hostile() -> TempDir {
    write(|table| {
        for (hostile, _) in hostile() {
            let cells = [
                text(&hostile),
                Cell::Whole(-7),
                Cell::Number(0.1),
                Cell::Flag(true),
            ];
            table.row(&cells).unwrap();
        }
    })
}

#[test]
fn hostile_texts_come_back_from_csv() {
    let rows = csv_rows(&write_hostile());
    assert_eq!(rows[0], ["text", "whole", "number", "flag"]);
    assert_eq!(rows.len(), hostile().len() + 1);
    for (row, (_, expected)) in rows[1..].iter().zip(hostile()) {
        assert_eq!(*row, [expected.as_str(), "-7", "0.1", "true"]);
    }
}

#[test]
fn hostile_texts_come_back_from_parquet() {
    let rows = parquet_rows(&write_hostile());
    assert_eq!(rows.len(), hostile().len());
    for (row, (expected, _)) in rows.iter().zip(hostile()) {
        let rest = [Field::Long(-7), Field::Double(0.1), Field::Bool(true)];
        assert_eq!(row[0], Field::Str(expected));
        assert_eq!(row[1..], rest);
    }
}

#[test]
fn hostile_texts_come_back_from_excel() {
    let cells = xlsx_cells(&write_hostile());
    assert_eq!(cells.height(), hostile().len() + 1);
    for (row, (expected, _)) in cells.rows().skip(1).zip(hostile()) {
        let expected = match expected.len() {
            100_000 => format!("{}\u{2026}", &expected[..32_766]),
            _ => expected,
        };
        assert_eq!(row[0], Data::String(expected));
        assert_eq!(
            row[1..],
            [Data::Float(-7.0), Data::Float(0.1), Data::Bool(true)]
        );
    }
}

#[test]
fn numbers_keep_their_value() {
    let numbers = [
        0.1,
        -0.0,
        1e300,
        5e-324,
        1.0,
        123_456.75,
        1e-5,
        f64::MAX,
        2.0_f64.powi(53),
    ];
    let wholes = [
        i64::MIN,
        i64::MAX,
        999_999_999_999_999,
        0,
        1 << 60,
        -1,
        7,
        8,
        9,
    ];
    let folder = write(|table| {
        for (number, whole) in numbers.iter().zip(wholes) {
            let cells = [
                Cell::Empty,
                Cell::Whole(whole),
                Cell::Number(*number),
                Cell::Flag(false),
            ];
            table.row(&cells).unwrap();
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            table
                .row(&[Cell::Empty, Cell::Empty, Cell::Number(number), Cell::Empty])
                .unwrap();
        }
    });
    let (csv, parquet, xlsx) = (
        csv_rows(&folder),
        parquet_rows(&folder),
        xlsx_cells(&folder),
    );
    for (at, (number, whole)) in numbers.into_iter().zip(wholes).enumerate() {
        let in_csv: f64 = csv[at + 1][2].parse().unwrap();
        assert_eq!(in_csv.to_bits(), number.to_bits());
        assert!(csv[at + 1][2].len() < 25, "{}", csv[at + 1][2]);
        assert_eq!(csv[at + 1][1], whole.to_string());
        assert_eq!(
            parquet[at][..3],
            [Field::Null, Field::Long(whole), Field::Double(number)]
        );
        let in_xlsx = |column| xlsx.get((at + 1, column)).unwrap();
        assert_eq!(*in_xlsx(2), Data::Float(number));
        match whole.unsigned_abs() > 999_999_999_999_999 {
            true => assert_eq!(*in_xlsx(1), Data::String(whole.to_string())),
            false => assert_eq!(*in_xlsx(1), Data::Float(whole as f64)),
        }
    }
    assert_eq!(csv[numbers.len() + 1..], vec![vec![""; 4]; 3]);
    assert!(matches!(parquet[numbers.len()][2], Field::Double(n) if n.is_nan()));
    assert_eq!(xlsx.height(), numbers.len() + 1);
}

#[test]
fn an_empty_table_has_its_headings() {
    let folder = write(|_| {});
    assert_eq!(
        fs::read_to_string(file(&folder, "csv")).unwrap(),
        "text,whole,number,flag\n"
    );
    assert_eq!(parquet_rows(&folder).len(), 0);
    let xlsx = xlsx_cells(&folder);
    assert_eq!((xlsx.height(), xlsx.width()), (1, 4));
}

#[test]
fn a_row_that_does_not_fit_is_refused_and_leaves_nothing() {
    let folder = write(|table| {
        let short = table.row(&[text("x")]).unwrap_err();
        assert_eq!(
            short.to_string(),
            "a row has 1 cells, but the table has 4 columns"
        );
        let wrong = [text("x"), Cell::Whole(1), Cell::Whole(1), Cell::Empty];
        let wrong = table.row(&wrong).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "column number takes a number, but the row has a whole number there"
        );
    });
    assert_eq!(csv_rows(&folder).len(), 1);
    assert_eq!(parquet_rows(&folder).len(), 0);
    assert_eq!(xlsx_cells(&folder).height(), 1);
    assert!(matches!(
        csv::writer(Vec::new(), &[]),
        Err(TableError::NoColumns)
    ));
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let (first, second) = (write_hostile(), write_hostile());
    for (extension, _) in KINDS {
        let bytes = |folder| fs::read(file(folder, extension)).unwrap();
        assert!(bytes(&first) == bytes(&second), "{extension}");
    }
}

#[test]
fn twenty_thousand_rows_are_written_in_groups() {
    let folder = write(|table| {
        for row in 0..20_000 {
            let name = format!("spectrum {row}");
            let cells = [
                text(&name),
                Cell::Whole(row),
                Cell::Number(row as f64 / 8.0),
                Cell::Empty,
            ];
            table.row(&cells).unwrap();
        }
    });
    let reader = SerializedFileReader::new(File::open(file(&folder, "parquet")).unwrap()).unwrap();
    let groups = reader.metadata().row_groups().iter();
    let sizes: Vec<i64> = groups.map(|group| group.num_rows()).collect();
    assert_eq!(sizes, [8192, 8192, 3616]);
    let last = [
        Field::Str("spectrum 19999".into()),
        Field::Long(19_999),
        Field::Double(2499.875),
        Field::Null,
    ];
    assert_eq!(parquet_rows(&folder)[19_999], last);
    assert_eq!(
        csv_rows(&folder)[20_000],
        ["spectrum 19999", "19999", "2499.875", ""]
    );
    let xlsx = xlsx_cells(&folder);
    assert_eq!(xlsx.height(), 20_001);
    assert_eq!(xlsx.get((20_000, 2)), Some(&Data::Float(2499.875)));
}

#[test]
fn a_workbook_needs_its_sheets_finished() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = xlsx::Workbook::create(Vec::new(), folder.path()).unwrap();
    let _open = book.sheet("Cases", &COLUMNS).unwrap();
    assert!(book.sheet("a/b", &COLUMNS).is_err());
    let error = book.finish().unwrap_err();
    assert!(error.to_string().contains("sheet Cases"), "{error}");
}
