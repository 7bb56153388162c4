//! Documents on screening runs, and on runs of GC-MS.

use super::common::{Home, text};
use super::{assert_says, html, identified, liquid, report, said};
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_sample_of_a_run_with_its_manifest() {
    let home = Home::new();
    let file = home.file("a.msp", fs::read(liquid()).unwrap());
    let manifest = home.file(
        "cases.csv",
        format!(
            "file,case,item,sample,operator\n{},K-9,3,S-1,N. Operator\n",
            text(&file)
        ),
    );
    let run = home.path("run");
    let ran = home.run(&[
        "screen",
        text(&file),
        "--manifest",
        text(&manifest),
        "--out",
        text(&run),
    ]);
    assert!(ran.code <= 1, "{}{}", ran.out, ran.err);
    let table = fs::read_to_string(run.join("results.csv")).unwrap();
    let ran = report(&home, &run, &["--sample", "nothing", "--to", "html"]);
    assert!(
        ran.code == 2 && ran.err.contains("1 samples"),
        "{}",
        ran.err
    );
    let ran = report(&home, &run, &[]);
    assert_eq!(ran.code, 0, "{}{table}", ran.err);
    let said = said(&fs::read_to_string(ran.out.trim()).unwrap());
    for item in ["Case K-9", "Item 3", "Sample S-1", "Analyst N. Operator"] {
        assert_says(&said, item, item);
    }
}

#[test]
fn a_run_is_told_by_its_peaks() {
    let home = Home::new();
    let (_, values) = identified(&home, "result.json", &[text(&liquid())]);
    let own = &values[0];
    let peak = |number: usize, minutes: f64, verdict: &Value, candidates: &Value| {
        json!({
            "number": number, "retention_min": minutes, "area_percent": 61.5, "signal_to_noise": 812.0,
            "purity": 0.97, "retention_index": 1130.4, "background": null, "in_blank": null,
            "ions": [[39, 7.0], [43, 100.0], [65, 14.0], [91, 56.0], [134, 23.0]],
            "verdict": verdict, "candidates": candidates, "quality": own["quality"], "error": null
        })
    };
    let nothing = json!({"level": "not-in-library", "substances": [], "reasons": []});
    let run = json!({
        "schema": "specid.run/1", "source": {"path": "gone.cdf", "index": 0, "id": null, "format": "andi-ms", "sha256": "12"},
        "run": {"scans": 900, "first_s": 120.0, "last_s": 1200.0, "min_area_percent": 0.5, "min_signal_to_noise": 10.0},
        "peaks": [
            peak(1, 6.25, &own["verdict"], &own["candidates"]),
            peak(2, 9.5, &nothing, &json!([]))
        ],
        "warnings": [], "notice": own["notice"], "library": own["library"], "program": own["program"]
    });
    let file = home.file("run.json", run.to_string());
    let (page, said) = html(&home, &file, &[]);
    let name = own["candidates"][0]["name"].as_str().unwrap();
    assert_says(
        &said,
        &format!("IDENTIFIED (presumptive): peak 1 (6.25 min): {name}"),
        "verdict",
    );
    assert_says(&said, "Peak 1 at 6.25 min", "heading");
    assert_says(&said, "1130 61.50 812 97", "table");
    assert_says(
        &said,
        "a raw file with the recorded SHA-256 was not found",
        "chromatogram",
    );
    assert_says(
        &said,
        "Mass spectrum of the sample (up)",
        "figure of the peak's own spectrum",
    );
    assert!(page.contains("<svg") && !said.contains("Peak 2 at"));
}
