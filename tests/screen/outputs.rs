//! What a run leaves behind, read by other programs.

use super::{Desk, known, unknown};
use crate::common::text;
use calamine::Reader as _;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use serde_json::Value;
use std::fs::{self, File};

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.put("a.msp", known());
    desk.put("b.msp", unknown("=HYPERLINK(\"x\")", 1));
    desk.put("c.msp", "nothing");
    assert_eq!(desk.screen(&[]).code, 2);
    desk
}

#[test]
fn each_line_is_a_result_as_identify_gives_it() {
    let desk = desk();
    let schema: Value =
        serde_json::from_str(include_str!("../../src/report/identification.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let results = desk.results();
    for result in &results {
        let errors: Vec<String> = validator
            .iter_errors(result)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let file = desk.home.path("in/a.msp");
    let ran = desk.home.run(&[
        "identify",
        text(&file),
        "--library",
        "starter",
        "--top",
        "5",
        "--hypotheses",
        "never",
        "--format",
        "jsonl",
    ]);
    let mut screened = results[0].clone();
    screened.as_object_mut().unwrap().remove("sample");
    let mut identified = ran.lines()[0].clone();
    let settings = |result: &mut Value| result.as_object_mut().unwrap().remove("parameters");
    let (of_batch, of_one) = (settings(&mut screened), settings(&mut identified));
    for (name, value) in of_batch.unwrap().as_object().unwrap() {
        assert_eq!(Some(value), of_one.as_ref().unwrap().get(name), "{name}");
    }
    // A batch tells look-alikes of the first three candidates, which take as long as a search.
    for result in [&mut screened, &mut identified] {
        let candidates = result["candidates"].as_array_mut().unwrap();
        for candidate in candidates.iter_mut().skip(3) {
            let candidate = candidate.as_object_mut().unwrap();
            candidate.retain(|name, _| name != "look_alikes" && name != "told_apart");
        }
    }
    assert!(screened == identified, "another result");
}

#[test]
fn tables_hold_the_same_rows() {
    let desk = desk();
    let out = desk.home.path("out");
    let mut csv = csv::Reader::from_path(out.join("results.csv")).unwrap();
    let headings = csv.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|h| h == name).unwrap();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[0][column("substances")], "1-Phenyl-2-propanone");
    assert_eq!(&rows[0][column("control_status")], "1988 Table I");
    let rate: f64 = rows[0][column("false_positive_rate")].parse().unwrap();
    // Of substances measured as the library was at most 5 % are let through.
    assert!(rate > 0.0 && rate <= 0.05);
    // A spreadsheet must not take a title for a formula.
    assert!(rows[1][column("record")].starts_with("'=HYPERLINK"));
    assert_eq!(&rows[2][column("error_kind")], "unknown-format");

    let mut book: calamine::Xlsx<_> = calamine::open_workbook(out.join("results.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["samples", "spectra", "settings"]);
    let sheet = book.worksheet_range("spectra").unwrap();
    assert_eq!(sheet.height(), 4);
    let cell = |row: usize, name: &str| sheet.get((row, column(name))).unwrap().to_string();
    assert_eq!(cell(1, "substances"), "1-Phenyl-2-propanone");
    assert_eq!(cell(2, "record"), "=HYPERLINK(\"x\")");
    let samples = book.worksheet_range("samples").unwrap();
    // What needs a second look stands first: the unknown, then the file without a spectrum.
    assert_eq!(samples.height(), 4);
    let order = [1, 2].map(|row| samples.get((row, 0)).unwrap().to_string());
    assert_eq!(order, ["=HYPERLINK(\"x\")", "c.msp"]);

    let parquet =
        SerializedFileReader::new(File::open(out.join("results.parquet")).unwrap()).unwrap();
    let mut found = parquet.get_row_iter(None).unwrap();
    let first = found.next().unwrap().unwrap();
    assert_eq!(
        first.get_string(column("substances")).unwrap(),
        "1-Phenyl-2-propanone"
    );
    assert_eq!(
        first.get_double(column("false_positive_rate")).unwrap(),
        rate
    );
    assert_eq!(found.count(), 2);
}

#[test]
fn the_page_is_one_file_with_what_it_needs() {
    let desk = desk();
    let page = fs::read_to_string(desk.home.path("out/summary.html")).unwrap();
    for word in [
        "src=",
        "href=\"http",
        "url(http",
        "@import",
        "fetch(",
        "XMLHttpRequest",
    ] {
        let allowed = page.matches(word).count();
        assert_eq!(allowed, 0, "{word}");
    }
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    let data: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    assert_eq!(data["schema"], "specid.screen/1");
    assert_eq!(
        data["counts"]["verdict"][0],
        serde_json::json!(["identified", 1])
    );
    assert_eq!(data["samples"].as_array().unwrap().len(), 3);
    assert_eq!(data["failures"].as_array().unwrap().len(), 1);
    let identified = data["samples"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["verdict"] == "identified")
        .unwrap();
    let candidate = &identified["spectra"][0]["candidates"][0];
    let reference = &data["references"][candidate["reference"].as_u64().unwrap() as usize];
    assert_eq!(reference["name"], candidate["name"]);
    assert_eq!(reference["drawing"]["u"], "m/z");
}

#[test]
fn an_empty_folder_gives_empty_outputs() {
    let desk = Desk::empty();
    let ran = desk.screen(&[]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(desk.results().len(), 0);
    let csv = fs::read_to_string(desk.home.path("out/results.csv")).unwrap();
    assert_eq!(csv.lines().count(), 1, "the headings");
}
