//! Exports for authorities through the binary. A made-up year of 1 000 samples is worked out a second time by
//! `tests/export/expect.py`, which knows nothing of this code, and compared line by line.

#![allow(missing_docs)]

#[path = "../common/mod.rs"]
mod common;

mod manifests;
mod runs;
mod year;

use common::{Home, Ran};
use std::fs;
use std::path::{Path, PathBuf};

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

/// Form D of 2024 of a screening and its manifest.
const FORM_D: [&str; 9] = [
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

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in the home folder, so that files are named shortly.
fn run(home: &Home, arguments: &[&str]) -> Ran {
    home.run_command(
        home.command()
            .args(arguments)
            .current_dir(home.folder.path()),
    )
}

fn export(home: &Home, form: &[&str], inputs: &[&str]) -> Ran {
    let arguments = [&["export"], form, inputs, &HEAD].concat();
    let ran = run(home, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
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
