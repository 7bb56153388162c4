//! Exports for authorities through the binary. A made-up year of 1 000 samples is worked out a second time by
//! `tests/export/expect.py`, which knows nothing of this code, and compared line by line.

#![allow(missing_docs)]

mod common;

use calamine::Reader as _;
use common::{Home, Ran, text};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the forms are headed with; `expect.py` knows the same.
const HEAD: [&str; 10] = [
    "--country=Indonesia",
    "--authority=BNN",
    "--officer=A. Officer",
    "--contact=desk@authority.example",
    "--laboratory=Central",
    "--cases",
    "cases.csv",
    "--out",
    "out",
    "--format=json",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

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

/// Runs the program in the home folder, so that files are named shortly.
fn run(home: &Home, arguments: &[&str]) -> Ran {
    home.run_command(
        home.command()
            .args(arguments)
            .current_dir(home.folder.path()),
    )
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

fn export(home: &Home, form: &[&str], inputs: &[&str]) -> Ran {
    let arguments = [&["export"], form, inputs, &HEAD].concat();
    let ran = run(home, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
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

/// The heading and the rows of a CSV file, without the lines at its head.
fn records(path: &Path) -> Vec<Vec<String>> {
    let content = fs::read_to_string(path).unwrap();
    assert!(
        content
            .starts_with("# note: working file of specid, not an official layout of INCB/ASEAN\n")
    );
    let body: Vec<&str> = content
        .lines()
        .skip_while(|line| line.starts_with("# "))
        .collect();
    let body = body.join("\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(body.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
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

/// The rows of an export of one manifest, as heading and cell.
struct Made {
    home: Home,
    rows: Vec<Vec<(String, String)>>,
    not_counted: Vec<Vec<(String, String)>>,
    ran: Ran,
}

fn made(manifest: &str, form: &[&str]) -> Made {
    let home = Home::new();
    home.file("cases.csv", manifest);
    let ran = run(
        &home,
        &[&["export"], form, &["cases.csv", "--out", "out"]].concat(),
    );
    assert!(ran.code < 2, "{}", ran.err);
    let files: Vec<PathBuf> = ran
        .out
        .lines()
        .map(str::trim)
        .map(|line| home.path(line))
        .filter(|p| p.is_file())
        .collect();
    assert_eq!(files.len(), 4, "{}", ran.out);
    let (rows, not_counted) = (named(&files[0]), named(&files[2]));
    Made {
        home,
        rows,
        not_counted,
        ran,
    }
}

fn named(path: &Path) -> Vec<Vec<(String, String)>> {
    let mut all = records(path).into_iter();
    let headings = all.next().unwrap();
    all.map(|row| headings.iter().cloned().zip(row).collect())
        .collect()
}

fn get<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    let found = row.iter().find(|(heading, _)| heading == name);
    found.map_or_else(|| panic!("no column {name}"), |(_, cell)| cell)
}

fn cells<'a>(rows: &'a [Vec<(String, String)>], names: &[&str]) -> Vec<Vec<&'a str>> {
    rows.iter()
        .map(|row| names.iter().map(|name| get(row, name)).collect())
        .collect()
}

#[test]
fn the_law_of_the_day_decides_the_part() {
    // 4-Piperidone came under Table I on 3 December 2024, MAPA on 3 November 2020.
    let made = made(
        "sample,date,quantity,unit,confirmed_as\n\
         A,2024-12-02,1,kg,4-Piperidone\n\
         B,2024-12-03,2,kg,4-piperidone\n\
         C,2024-12-31,4,kg,41661-47-6\n",
        &["form-d", "--year", "2024"],
    );
    let told = cells(
        &made.rows,
        &[
            "part",
            "table",
            "quantity",
            "unit",
            "n_seizures",
            "seizure_date",
        ],
    );
    assert_eq!(
        told,
        [
            ["scheduled", "I", "6", "kg", "2", "2024-12-03/2024-12-31"],
            ["non-scheduled", "", "1", "kg", "1", "2024-12-02"],
        ]
    );
    assert_eq!(
        get(&made.rows[1], "non_scheduled_reason"),
        "in no table on 2024-12-02; pre-precursor in the register"
    );
    for (year, part) in [("2019", "non-scheduled"), ("2021", "scheduled")] {
        let made = self::made(
            &format!("sample,date,quantity,unit,confirmed_as\nA,{year}-06-30,5,kg,MAPA\n"),
            &["form-d", "--year", year],
        );
        assert_eq!(
            cells(&made.rows, &["part", "quantity"]),
            [[part, "5"]],
            "{year}"
        );
    }
}

#[test]
fn what_the_register_does_not_know_is_in_neither_part() {
    // Alphaprodine is in Schedule I of the 1961 Convention (Yellow List) and not in the register.
    let made = made(
        "sample,date,quantity,unit,confirmed_as\n\
         A,2026-02-01,1,kg,Alphaprodine\n",
        &["form-d", "--year", "2026"],
    );
    let told = cells(
        &made.rows,
        &["part", "table", "substance_name", "non_scheduled_reason"],
    );
    assert_eq!(told, [["undetermined", "not known", "Alphaprodine", ""]]);
    let remarks = get(&made.rows[0], "remarks");
    assert!(
        remarks.contains("status on the day: not in the register of substances"),
        "{remarks}"
    );
    let listed = cells(&made.not_counted, &["sample", "counted"]);
    assert_eq!(listed, [["A", "yes"]]);
    let reason = get(&made.not_counted[0], "reason");
    assert!(
        reason.contains("The register does not know Alphaprodine"),
        "{reason}"
    );
}

#[test]
fn drugs_and_cutting_agents_are_listed_and_not_dropped() {
    let made = made(
        "case,sample,date,quantity,unit,confirmed_as\n\
         C-1,A,2024-03-01,1,kg,Cocaine\n\
         C-1,B,2024-03-01,1,kg,Mephedrone\n\
         C-1,C,2024-03-01,1,kg,Caffeine\n\
         C-1,D,2024-03-01,1,kg,Ketamine\n",
        &["form-d", "--year", "2024"],
    );
    assert_eq!(made.ran.code, 1, "nothing belongs on the form");
    assert!(made.rows.is_empty());
    let told = cells(&made.not_counted, &["sample", "counted"]);
    assert_eq!(told, [["A", "no"], ["B", "no"], ["C", "no"], ["D", "no"]]);
    let reasons: Vec<&str> = made
        .not_counted
        .iter()
        .map(|row| get(row, "reason"))
        .collect();
    for (reason, part) in reasons.iter().zip([
        "1961 Schedule I",
        "1971 Schedule II",
        "cutting agent",
        "NPS",
    ]) {
        assert!(reason.contains(part), "{reason}");
    }
}

#[test]
fn sums_are_exact_and_units_and_forms_stay_apart() {
    let made = made(
        "case,item,sample,date,quantity,unit,form,confirmed_as\n\
         C-1,1,A,2024-03-01,0.1,kg,,P-2-P\n\
         C-1,2,B,2024-03-01,200,g,,phenylacetone\n\
         C-2,1,C,2024-03-01,\"0,000001\",mg,,BMK\n\
         C-3,1,D,2024-03-01,5,l,,P2P\n\
         C-4,1,E,2024-03-01,7,kg,salt,P-2-P\n\
         C-5,1,F,2024-03-01,1,kg,,Ephedrine hydrochloride\n\
         C-5,2,G,2024-03-01,1,kg,,ephedrine HCl\n\
         C-5,3,H,2024-03-01,,,,P-2-P\n",
        &["form-d", "--year", "2024"],
    );
    let told = cells(
        &made.rows,
        &[
            "substance_name",
            "form",
            "quantity",
            "unit",
            "n_seizures",
            "cas",
        ],
    );
    assert_eq!(
        told,
        [
            ["1-Phenyl-2-propanone", "", "", "", "1", "103-79-7"],
            [
                "1-Phenyl-2-propanone",
                "",
                "0.300000000001",
                "kg",
                "2",
                "103-79-7"
            ],
            ["1-Phenyl-2-propanone", "", "5", "l", "1", "103-79-7"],
            ["1-Phenyl-2-propanone", "salt", "7", "kg", "1", "103-79-7"],
            ["Ephedrine, hydrochloride", "salt", "2", "kg", "1", ""],
        ]
    );
    let listed = cells(&made.not_counted, &["sample", "counted", "reason"]);
    assert_eq!(
        listed,
        [["H", "without quantity", "No quantity is stated."]]
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_never_guessed() {
    let made = made(
        "case,item,sample,date,quantity,unit,confirmed_as\n\
         C-1,1,A,2024-03-01,\"1,234\",kg,Piperonal\n\
         C-1,2,B,2024-03-01,5,lb,Piperonal\n\
         C-1,3,C,2024-03-01,-5,kg,Piperonal\n\
         C-1,4,D,02/03/2024,5,kg,Piperonal\n\
         C-1,5,E,2024-03-01,5,kg,Piperonal\n\
         C-1,5,E,2024-03-01,6,kg,Piperonal\n\
         C-1,6,F,2024-03-01,5,kg,Piperonal\n\
         C-1,6,F,2024-03-01,5,kg,Safrole\n\
         C-1,7,G,2024-03-01,8,kg,Piperonal\n\
         C-1,7,G,2024-03-01,8000,g,Piperonal\n\
         C-1,8,H,2024-03-01,9,kg,Piperonal\n\
         C-1,8,I,2024-03-01,9000,g,Piperonal\n",
        &["form-d", "--year", "2024"],
    );
    // G once, H and I each; A, B, C and E without a quantity.
    assert_eq!(
        cells(&made.rows, &["quantity", "unit", "remarks"]),
        [["", "", "samples: 4"], ["26", "kg", "samples: 3"]]
    );
    let told = cells(
        &made.not_counted,
        &["sample", "counted", "quantity_as_written"],
    );
    let mut told: Vec<Vec<&str>> = told;
    told.sort();
    assert_eq!(
        told,
        [
            ["A", "without quantity", "1,234 kg"],
            ["B", "without quantity", "5 lb"],
            ["C", "without quantity", "'-5 kg"],
            ["D", "no", "5 kg"],
            ["E", "without quantity", "5 kg; 6 kg"],
            ["F", "no", "5 kg"],
            ["H", "yes", "9 kg"],
            ["I", "yes", "9000 g"],
        ]
    );
    for (sample, part) in [
        (
            "A",
            "cases.csv, line 2: the quantity \"1,234\" may be read as 1.234 or as 1234",
        ),
        ("B", "the unit \"lb\" is not known"),
        ("C", "below zero"),
        ("D", "with the day or with the month first"),
        ("E", "5 kg (cases.csv, line 6), 6 kg (cases.csv, line 7)"),
        ("F", "different substances"),
        ("I", "possibly the same material; each is counted"),
    ] {
        let row = made
            .not_counted
            .iter()
            .find(|row| get(row, "sample") == sample)
            .unwrap();
        assert!(get(row, "reason").contains(part), "{}", get(row, "reason"));
    }
}

#[test]
fn what_somebody_filled_in_is_not_replaced_unasked() {
    let manifest = "sample,date,quantity,unit,confirmed_as\nA,2024-06-30,5,kg,Piperonal\n";
    let made = made(manifest, &["form-d", "--year", "2024"]);
    let path = made.home.path("out/form-d-2024.csv");
    let ours = fs::read_to_string(&path).unwrap();
    let arguments = [
        "export",
        "form-d",
        "--year",
        "2024",
        "cases.csv",
        "--out",
        "out",
    ];
    assert_eq!(
        run(&made.home, &arguments).code,
        0,
        "the same bytes replace nothing"
    );
    fs::write(&path, format!("{ours}filled in\n")).unwrap();
    let ran = run(&made.home, &arguments);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("form-d-2024.csv") && ran.err.contains("--replace"),
        "{}",
        ran.err
    );
    assert!(fs::read_to_string(&path).unwrap().ends_with("filled in\n"));
    let ran = run(&made.home, &[arguments.as_slice(), &["--replace"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), ours);
    let names = fs::read_dir(made.home.path("out")).unwrap().count();
    assert_eq!(names, 4, "nothing is left beside the files");
}

#[test]
fn a_first_detection_is_one_in_the_data_given() {
    let rows = |more: &str| {
        format!(
            "case,sample,date,place,quantity,unit,confirmed_as\n\
             C-1,A,2024-02-01,Jakarta,1,kg,Piperonal\n\
             C-2,B,2024-08-01,Jakarta,1,kg,Piperonal\n\
             C-3,C,2024-08-02,Jakarta,1,kg,Ketamine\n\
             C-4,D,2024-08-03,Medan,1,kg,Ketamine\n{more}"
        )
    };
    let flags = |manifest: &str| {
        let made = made(manifest, &["admr", "--half-year", "2024-H2"]);
        let told = cells(
            &made.rows,
            &["substance", "place", "first_detection_flag", "nps_flag"],
        );
        told.into_iter()
            .map(|row| row.join(" "))
            .collect::<Vec<String>>()
    };
    assert_eq!(
        flags(&rows("")),
        [
            "Ketamine Jakarta yes yes",
            "Ketamine Medan no yes",
            "Piperonal Jakarta no no"
        ]
    );
    // A sample without date may be earlier.
    assert_eq!(
        flags(&rows("C-5,E,,Medan,1,kg,Ketamine\n"))[0],
        "Ketamine Jakarta open yes"
    );
}

#[test]
fn a_place_is_one_whatever_its_capitals_and_blanks() {
    let made = made(
        "case,sample,date,place,quantity,unit,confirmed_as\n\
         C-1,A,2024-08-01,Harbour North,1,kg,Piperonal\n\
         c-1,B,2024-08-02,harbour  north,2,kg,Piperonal\n\
         C-2,C,2024-08-03,HARBOUR NORTH ,3,kg,Piperonal\n",
        &["admr", "--half-year", "2024-H2"],
    );
    assert_eq!(
        cells(&made.rows, &["place", "quantity", "seizures_count"]),
        [["HARBOUR NORTH", "6", "2"]]
    );
}

#[test]
fn what_a_confirmation_did_not_find_is_not_counted() {
    let made = made(
        "case,sample,date,quantity,unit,confirmed_as\n\
         C-1,A,2024-08-01,1,kg,negative\n\
         C-2,B,2024-08-02,2,kg,no controlled substance\n\
         C-3,C,2024-08-03,3,kg,103-79-8\n",
        &["admr", "--half-year", "2024-H2"],
    );
    assert_eq!(cells(&made.rows, &["substance"]), [["103-79-8"]]);
    let told = |at: usize| get(&made.not_counted[at], "reason");
    assert!(
        told(0).contains("No substance is named (nothing confirmed)"),
        "{}",
        told(0)
    );
    assert!(
        told(1).contains("\"no controlled substance\""),
        "{}",
        told(1)
    );
    assert!(
        told(2).contains("the check digit of the CAS number 103-79-8 is wrong"),
        "{}",
        told(2)
    );
}

#[test]
fn what_is_on_no_form_tells_what_the_screening_names() {
    let home = screened(&[("a.msp", "Piperonal")]);
    home.file(
        "cases.csv",
        "file,case,sample,date,quantity,unit,confirmed_as\nin/a.msp,C-1,A,2024-03-01,5,kg,Heroin\n",
    );
    let form = [
        "export",
        "form-d",
        "--year",
        "2024",
        "run",
        "--cases",
        "cases.csv",
        "--out",
        "out",
    ];
    let ran = run(&home, &form);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let listed = named(&home.path("out/form-d-2024.not-counted.csv"));
    let reason = get(&listed[0], "reason");
    assert!(reason.contains("It is no precursor: Heroin"), "{reason}");
    assert!(reason.contains("the screening names Piperonal"), "{reason}");
}

#[test]
fn incidents_carry_what_the_manifest_says() {
    let made = made(
        "incident;case;sample;date;country;place;quantity;unit;confirmed as;declared as;HS declared;transit;document refs;restrictions on sharing;agency\n\
         I-7;C-1;A;2024-03-01;Malaysia;Port Klang;\"2,5\";t;Acetic anhydride;acetic acid;2915.21;Singapore;=1+1;authorities only;Customs\n\
         I-7;C-1;B;2024-03-01;Malaysia;Port Klang;1;kg;Zyxocarbin-7;;;;;;\n",
        &["pics", "--from", "2024-03-01", "--to", "2024-03-01"],
    );
    assert_eq!(made.rows.len(), 1);
    for (name, expected) in [
        ("incident_id_local", "I-7"),
        ("country", "Malaysia"),
        ("reporting_agency", "Customs"),
        ("substance_name", "Acetic anhydride"),
        ("cas", "108-24-7"),
        ("inchikey", "WFDIJRYMOXRFFG-UHFFFAOYSA-N"),
        ("scheduled_status", "1988 Table I"),
        ("quantity", "2500"),
        ("unit", "kg"),
        ("labels_declared_as", "acetic acid"),
        ("hs_declared", "2915.21"),
        ("document_refs", "'=1+1"),
        ("identification_confidence", "confirmed"),
        ("restrictions_on_sharing", "authorities only"),
        ("packaging", ""),
    ] {
        assert_eq!(get(&made.rows[0], name), expected, "{name}");
    }
    let unknown = get(&made.not_counted[0], "reason");
    assert!(
        unknown.contains("Whether it is a precursor is not known"),
        "{unknown}"
    );
}

#[test]
fn what_cannot_be_exported_is_said() {
    let home = Home::new();
    home.file("cases.csv", "colour,size\nred,1\n");
    home.file(
        "good.csv",
        "sample,date,confirmed_as\nA,2024-06-30,Piperonal\n",
    );
    fs::create_dir(home.path("empty")).unwrap();
    for (arguments, part) in [
        (
            vec!["form-d", "--year", "2024", "nowhere.csv"],
            "there is no such file",
        ),
        (
            vec!["form-d", "--year", "2024", "cases.csv"],
            "there is no file, case, item or sample column",
        ),
        (
            vec!["form-d", "--year", "2024", "empty"],
            "this folder holds no screening run",
        ),
        (
            vec!["admr", "--half-year", "2024-H3", "good.csv"],
            "write it as 2026-H1",
        ),
        (
            vec![
                "pics",
                "--from",
                "2024-05-01",
                "--to",
                "2024-04-01",
                "good.csv",
            ],
            "is before the first",
        ),
        (vec!["form-d", "good.csv"], "--year"),
    ] {
        let ran = run(
            &home,
            &[&["export"], arguments.as_slice(), &["--out", "out"]].concat(),
        );
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(part), "{arguments:?}: {}", ran.err);
        assert!(!home.path("out").exists(), "{arguments:?}");
    }
}

/// The spectrum of a reference of the embedded library, as its principal ions.
fn reference(name: &str) -> String {
    let table = fs::read_to_string(root().join("spectra-library/principal-ions.tsv")).unwrap();
    let row = table
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .find(|row| row.get(1) == Some(&name));
    let row = row.unwrap();
    let ions: Vec<String> = row
        .last()
        .unwrap()
        .split(' ')
        .map(|ion| ion.replace(':', " "))
        .collect();
    format!(
        "Name: a sample\nInstrument_type: GC-EI-Q\nNum Peaks: {}\n{}\n\n",
        ions.len(),
        ions.join("\n")
    )
}

/// A home with a run over files of these names and substances.
fn screened(files: &[(&str, &str)]) -> Home {
    let home = Home::new();
    fs::create_dir(home.path("in")).unwrap();
    for (file, substance) in files {
        home.file(&format!("in/{file}"), reference(substance));
    }
    let ran = run(
        &home,
        &["screen", "in", "--out", "run", "--library", "starter"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    home
}

#[test]
fn a_manifest_says_which_files_of_a_run_are_one_sample() {
    let home = screened(&[
        ("a.msp", "Piperonal"),
        ("b.msp", "Piperonal"),
        ("c.msp", "Piperonal"),
        ("d.msp", "Safrole"),
    ]);
    // The quantity of A stands with both of its files; C holds files that contradict each other.
    home.file(
        "cases.csv",
        "file,case,item,sample,date,quantity,unit\n\
         in/a.msp,C-1,1,A,2024-03-01,5,kg\n\
         in/b.msp,C-1,1,A,2024-03-01,5000,g\n\
         in/c.msp,C-2,1,C,2024-03-01,7,kg\n\
         in/d.msp,C-2,1,C,2024-03-01,7,kg\n\
         in/e.msp,C-3,1,E,2024-03-01,7,kg\n",
    );
    let ran = run(
        &home,
        &[
            "export",
            "form-d",
            "--year",
            "2024",
            "run",
            "--cases",
            "cases.csv",
            "--out",
            "out",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = named(&home.path("out/form-d-2024.csv"));
    let told = cells(
        &rows,
        &[
            "substance_name",
            "quantity",
            "confidence",
            "method_of_identification",
        ],
    );
    assert_eq!(
        told,
        [[
            "Piperonal",
            "5",
            "presumptive",
            "library search: EI mass spectrum"
        ]]
    );
    let provenance = named(&home.path("out/form-d-2024.provenance.csv"));
    let told = cells(
        &provenance,
        &[
            "sample",
            "file",
            "spectrum",
            "quantity_as_written",
            "quantity",
        ],
    );
    assert_eq!(
        told,
        [
            ["A", "in/a.msp", "1", "5 kg; 5000 g", "5"],
            ["A", "in/b.msp", "1", "5 kg; 5000 g", ""]
        ]
    );
    let listed = named(&home.path("out/form-d-2024.not-counted.csv"));
    let told = cells(&listed, &["sample", "counted"]);
    assert_eq!(told, [["C", "no"], ["E", "no"], ["A", "yes"]]);
    assert!(
        get(&listed[0], "reason").contains("disagree"),
        "{}",
        get(&listed[0], "reason")
    );
    assert!(get(&listed[1], "reason").contains("the file in/e.msp is in none of the runs"));
    // One of C's files has the bytes of A's.
    assert!(get(&listed[2], "reason").contains("stands in sample C of case C-2, too"));
}

#[test]
fn one_file_in_two_runs_counts_once() {
    let home = screened(&[("a.msp", "Piperonal"), ("b.msp", "Piperonal")]);
    let ran = run(
        &home,
        &["screen", "in", "--out", "again", "--library", "starter"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    home.file(
        "cases.csv",
        "file,date,quantity,unit\nin/a.msp,2024-03-01,5,kg\nin/b.msp,2024-03-01,6,kg\n",
    );
    let arguments = [
        "export",
        "pics",
        "run",
        "again",
        "run",
        "--cases",
        "cases.csv",
        "--out",
        "out",
    ];
    let ran = run(&home, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("run is named twice"), "{}", ran.err);
    let rows = named(&home.path("out/pics.csv"));
    // Two samples of the same bytes in one run are two samples.
    assert_eq!(
        cells(&rows, &["substance_name", "quantity"]),
        [["Piperonal", "5"], ["Piperonal", "6"]]
    );
    let listed = named(&home.path("out/pics.not-counted.csv"));
    let told = cells(&listed, &["counted", "input"]);
    assert_eq!(told, [["once", "again"], ["once", "again"]]);
    assert!(
        get(&listed[0], "reason").contains("the same spectra"),
        "{}",
        get(&listed[0], "reason")
    );
}

#[test]
fn a_run_that_was_not_finished_is_no_year() {
    let home = screened(&[("a.msp", "Piperonal")]);
    let store = rusqlite::Connection::open(home.path("run/run.sqlite")).unwrap();
    store
        .execute_batch("DELETE FROM belongs; DELETE FROM sample")
        .unwrap();
    drop(store);
    let ran = run(&home, &["export", "pics", "run", "--out", "out"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("1 spectra of the run run are not judged"),
        "{}",
        ran.err
    );
}

#[test]
fn national_status_stands_beside_that_of_the_un() {
    use specid::authority::{Desk, Header, Period, Value, admr};
    use specid::substance::{On, Register, Rules};
    let data = |name: &str| fs::read_to_string(root().join("spectra-library").join(name)).unwrap();
    let rules = Rules::parse(&data("lists.tsv"), &data("control.tsv")).unwrap();
    let register = Register::parse(&data("substances.tsv"))
        .unwrap()
        .with_rules(rules);
    let home = Home::new();
    let manifest = home.file(
        "cases.csv",
        "sample,date,confirmed_as\nA,2024-06-30,Ketamine\n",
    );
    let cases = specid::cases::read(&[], &[manifest]).unwrap();
    let national = |identity: &specid::spectrum::Identity, on: On| {
        vec![format!(
            "example list: {} on {}",
            identity.name,
            on.day().unwrap()
        )]
    };
    let desk = Desk {
        register: &register,
        national: Some(&national),
        header: Header::default(),
    };
    let export = admr(&cases, &desk, &Period::half_year("2024-H1").unwrap());
    let at = |name: &str| {
        export
            .rows
            .headings
            .iter()
            .position(|h| h.name == name)
            .unwrap()
    };
    let row = &export.rows.rows[0];
    assert_eq!(
        row[at("national_status")],
        Value::text("example list: Ketamine on 2024-06-30")
    );
    assert_eq!(row[at("un_status")], Value::text("no UN listing known"));
}
