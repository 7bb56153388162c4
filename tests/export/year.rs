//! A year of cases, checked by another program.

use super::common::{Home, text};
use super::{HEAD, export, records, root, run};
use calamine::Reader as _;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs a script of `tests/export/` in a folder.
fn python(folder: &Path, script: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new("python3")
        .arg("-B")
        .arg(root().join("tests/export").join(script))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("these tests need python3");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), told + &error)
}

/// The made-up year with its two runs.
fn year() -> Home {
    let home = Home::new();
    let ions = root().join("spectra-library/principal-ions.tsv");
    let (made, told) = python(home.folder.path(), "year.py", &[".", text(&ions)]);
    assert!(made, "{told}");
    for arguments in [
        vec!["screen", "a", "--out", "run-a", "--library", "starter"],
        vec![
            "screen",
            "b",
            "--out",
            "run-b",
            "--library",
            "starter",
            "--manifest",
            "b/b.csv",
        ],
    ] {
        let ran = run(&home, &arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    home
}

#[test]
fn a_year_of_a_thousand_samples_is_what_another_program_works_out() {
    let home = year();
    let substances = root().join("spectra-library/substances.tsv");
    for (form, name, period) in [
        (
            vec!["form-d", "--year", "2024"],
            "form-d-2024",
            "2024-01-01/2024-12-31",
        ),
        (vec!["pics"], "pics", "all"),
        (
            vec!["admr", "--half-year", "2024-H2"],
            "admr-2024-H2",
            "2024-07-01/2024-12-31",
        ),
    ] {
        let ran = export(&home, &form, &["run-a", "run-b"]);
        let told = ran.json();
        assert_eq!(told["samples"], 1000);
        assert_eq!(
            told["repeated"], 20,
            "numbers 49, 99, ... stand in both runs"
        );
        let arguments = [
            form[0],
            ".",
            text(&substances),
            "out",
            name,
            period,
            "run-a",
            "run-b",
        ];
        let (same, told) = python(home.folder.path(), "expect.py", &arguments);
        println!("{told}");
        assert!(same, "{told}");
        the_workbook_holds_the_same(&home, name);
    }
    the_same_inputs_give_the_same_bytes(&home);
    excel_gives_the_same_rows(&home);
}

/// Sheets of the workbook against the CSV files: texts as they are, without the apostrophe.
fn the_workbook_holds_the_same(home: &Home, name: &str) {
    let path = home.path("out").join(format!("{name}.xlsx"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["about", "rows", "provenance", "not counted"]
    );
    let about = book.worksheet_range("about").unwrap();
    let note = about.get((1, 1)).unwrap().to_string();
    assert_eq!(
        note,
        "working file of specid, not an official layout of INCB/ASEAN"
    );
    for (sheet, end) in [
        ("rows", ".csv"),
        ("provenance", ".provenance.csv"),
        ("not counted", ".not-counted.csv"),
    ] {
        let range = book.worksheet_range(sheet).unwrap();
        let rows = records(&home.path("out").join(format!("{name}{end}")));
        assert_eq!(range.height(), rows.len(), "{sheet}");
        for (cells, row) in range.rows().zip(&rows) {
            for (cell, written) in cells.iter().zip(row) {
                match cell {
                    calamine::Data::Float(number) => {
                        let written: f64 = written.parse().unwrap();
                        assert!(
                            (number - written).abs() <= 1e-14 * written.abs(),
                            "{number} {written}"
                        );
                    }
                    other => {
                        let plain = written.strip_prefix('\'').unwrap_or(written);
                        assert_eq!(other.to_string(), plain, "{sheet}");
                    }
                }
            }
        }
    }
}

fn the_same_inputs_give_the_same_bytes(home: &Home) {
    let form = ["export", "form-d", "--year", "2024", "run-a", "run-b"];
    let again = run(
        home,
        &[form.as_slice(), &HEAD[..7], &["--out", "again"]].concat(),
    );
    assert_eq!(again.code, 0, "{}", again.err);
    for end in [".csv", ".provenance.csv", ".not-counted.csv", ".xlsx"] {
        let [a, b] = ["out", "again"]
            .map(|out| fs::read(home.path(out).join(format!("form-d-2024{end}"))).unwrap());
        assert!(a == b, "{end}");
    }
}

/// The manifest as an Excel workbook with number and date cells gives the rows that the CSV gives.
fn excel_gives_the_same_rows(home: &Home) {
    let mut reader = csv::Reader::from_path(home.path("cases.csv")).unwrap();
    let headings = reader.headers().unwrap().clone();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(&headings) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (line, row) in (1..).zip(reader.records()) {
        let row = row.unwrap();
        for ((column, heading), cell) in (0..).zip(&headings).zip(&row) {
            let number = cell
                .parse::<f64>()
                .ok()
                .filter(|n| heading == "Quantity" && n.is_finite());
            let date = ExcelDateTime::parse_from_str(cell).ok();
            let date = date.filter(|_| {
                heading == "Seizure date" && cell.len() == 10 && cell.as_bytes()[4] == b'-'
            });
            match (number, date) {
                // A number cell has no zeros at its end and no exponent as it was typed.
                (Some(number), _) if number.to_string() == cell => {
                    sheet.write_number(line, column, number).unwrap();
                }
                (_, Some(date)) => {
                    sheet
                        .write_datetime_with_format(line, column, &date, &day)
                        .unwrap();
                }
                _ => {
                    sheet.write_string(line, column, cell).unwrap();
                }
            }
        }
    }
    book.save(home.path("cases.xlsx")).unwrap();
    let arguments = [
        "export",
        "admr",
        "--half-year",
        "2024-H2",
        "run-a",
        "run-b",
        "--country=Indonesia",
        "--laboratory=Central",
        "--cases",
        "cases.xlsx",
        "--out",
        "excel",
    ];
    let ran = run(home, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let [csv, excel] =
        ["out", "excel"].map(|out| records(&home.path(out).join("admr-2024-H2.csv")));
    assert_eq!(csv, excel);
}
