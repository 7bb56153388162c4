//! Documents from results, through the binary: every item of a report is there with the value of the result.

mod common;

use common::{Home, Ran, raman_csv, text};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The liquid of the README: EI, in the starter library.
fn liquid() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/examples/unknown-liquid.msp")
}

/// Identifies files and keeps the results as JSON.
fn identified(home: &Home, name: &str, arguments: &[&str]) -> (PathBuf, Vec<Value>) {
    let mut all = vec!["identify", "--format", "json", "--hypotheses", "never"];
    all.extend(arguments);
    let ran = home.run(&all);
    let file = home.file(name, &ran.out);
    (file, serde_json::from_str(&ran.out).unwrap())
}

fn report(home: &Home, results: &Path, more: &[&str]) -> Ran {
    let mut all = vec!["report", text(results)];
    all.extend(more);
    home.run(&all)
}

/// What a page says to its readers: no marks, entities resolved.
fn said(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let end = match () {
            () if after.starts_with("style") => after.find("</style>").map(|i| i + 8),
            () => after.find('>').map(|i| i + 1),
        };
        rest = &after[end.unwrap_or(after.len())..];
    }
    text.push_str(rest);
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    // Soft hyphens and places where a long word may be broken are not seen.
    let text = text.replace(['\u{ad}', '\u{200b}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html(home: &Home, results: &Path, more: &[&str]) -> (String, String) {
    let mut all = vec!["--force"];
    all.extend(more);
    let ran = report(home, results, &all);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(ran.out.lines().next().unwrap()).unwrap();
    let said = said(&page);
    (page, said)
}

fn assert_says(said: &str, what: &str, item: &str) {
    let squeezed: String = what.split_whitespace().collect::<Vec<_>>().join(" ");
    // A hash may be broken into groups.
    let close = |text: &str| text.replace(' ', "");
    assert!(
        said.contains(&squeezed) || close(said).contains(&close(&squeezed)),
        "{item}: {what:?} is not in\n{said}"
    );
}

/// Text of a value of the result as a report writes numbers.
fn number(value: &Value, decimals: usize) -> String {
    format!("{:.decimals$}", value.as_f64().unwrap())
}

/// What a document says of a substance that was asked for: those that the library has no full reference of stand together.
fn what_is_said_of(target: &Value) -> String {
    match target["in_library"].as_bool() {
        Some(true) => target["note"].as_str().unwrap().to_owned(),
        _ => format!(
            "so that nothing is said of their absence: {}",
            target["name"].as_str().unwrap()
        ),
    }
}

#[test]
fn every_item_stands_in_the_document_with_its_value() {
    let home = Home::new();
    let file = liquid();
    let (results, values) = identified(
        &home,
        "result.json",
        &[text(&file), "--targets", "piperonal"],
    );
    let details = home.file(
        "case.toml",
        "report = 'R-2026-17'\ncase = 'K/2026/301'\nitem = '7'\nsample = 'A'\nrequested_by = 'Customs, Port'\n\
         date_received = 2026-11-20\ndate_measured = 2026-11-21\nmethod = 'GC-MS 12'\ninstrument = 'GC-MS 3'\n\
         analyst = 'N. Analyst'\nlaboratory = 'Central Laboratory'\n",
    );
    let (page, said) = html(
        &home,
        &results,
        &[
            "--details",
            text(&details),
            "--date",
            "2026-11-27T10:30:00+07:00",
        ],
    );
    let v = &values[0];
    let first = &v["candidates"][0];
    let rule = &v["verdict"]["rule"];
    let rate = &v["verdict"]["false_positive_rate"];
    let parameters = v["parameters"].as_object().unwrap();
    let text_of = |value: &Value| value.as_str().unwrap().to_owned();
    let mut items: Vec<(&str, String)> = vec![
        ("report number", "Report number R-2026-17".into()),
        ("laboratory", "Laboratory Central Laboratory".into()),
        ("customer", "Customs, Port".into()),
        ("case", "Case K/2026/301".into()),
        ("item", "Item 7".into()),
        ("sample", "Sample A".into()),
        ("date received", "Date received 20 November 2026".into()),
        (
            "date of measurement",
            "Date of measurement 21 November 2026".into(),
        ),
        (
            "date of identification",
            "Date of identification not recorded".into(),
        ),
        (
            "date of issue",
            "Date of issue 27 November 2026, 10:30:00 (UTC+07:00)".into(),
        ),
        ("method", "Method GC-MS 12".into()),
        ("instrument", "Instrument GC-MS 3".into()),
        ("analyst", "Analyst N. Analyst".into()),
        ("presumptive, and what confirms it", text_of(&v["notice"])),
        ("value of the rule", number(&rule["value"], 3)),
        ("upper limit", number(&rule["identified_above"], 3)),
        ("lower limit", number(&rule["not_in_library_below"], 3)),
        ("width of the set", number(&rule["set_width"], 3)),
        (
            "false reject",
            format!(
                "{:.1} %",
                100.0 * rule["missed"]["estimate"].as_f64().unwrap()
            ),
        ),
        (
            "basis of the false reject",
            text_of(&rule["missed"]["basis"]),
        ),
        ("candidate", text_of(&first["name"])),
        ("formula", text_of(&first["formula"])),
        ("InChIKey", text_of(&first["inchikey"])),
        ("score", number(&first["score"], 4)),
        ("margin", number(&first["margin"], 4)),
        ("a published score", number(&first["scores"]["cosine"], 4)),
        (
            "its definition",
            "cosine of square-rooted abundances".into(),
        ),
        ("its source", "doi:10.1016/1044-0305(94)87009-8".into()),
        ("figure", "Mass spectrum of the sample (up)".into()),
        ("look-alikes", "Look-alikes".into()),
        (
            "how to separate them",
            "Positional isomers often have like EI spectra".into(),
        ),
        ("target", text_of(&v["targets"][0]["name"])),
        ("what a negative means", what_is_said_of(&v["targets"][0])),
        ("quality", "Quality of the spectrum".into()),
        ("control status", text_of(&first["control"]["status"])),
        (
            "control entry",
            text_of(&first["control"]["possible"][0]["entry"]),
        ),
        (
            "control date",
            text_of(&first["control"]["possible"][0]["since"]),
        ),
        (
            "control source",
            text_of(&first["control"]["possible"][0]["source"]).replace('|', ", "),
        ),
        (
            "day of the law",
            "newest law that the register knows".into(),
        ),
        ("salt or base", "Salt or base: not resolved".into()),
        (
            "national status",
            "National status was not asked for.".into(),
        ),
        ("library", text_of(&v["library"]["name"])),
        (
            "generation",
            format!("Generation {}", v["library"]["generation"]),
        ),
        ("library hash", text_of(&v["library"]["hash"])),
        ("references compared", v["library"]["compared"].to_string()),
        ("reference entry", text_of(&first["entry_id"])),
        ("kind of reference", "principal ions only".into()),
        ("raw file", text_of(&v["source"]["path"])),
        ("format", text_of(&v["source"]["format"])),
        ("SHA-256", text_of(&v["source"]["sha256"])),
        ("position", "Spectrum in the file 1".into()),
        ("what the raw file states", "JEOL JMS-D-3000".into()),
        (
            "program",
            format!("specid {}", v["program"]["version"].as_str().unwrap()),
        ),
        ("record", "the result states no entry of a record".into()),
        (
            "limits",
            "Scores and shares of the signal are no purities".into(),
        ),
        ("reviewer blank", "Reviewer not supplied".into()),
        (
            "signature of the reviewer",
            "Reviewer: name, date, signature".into(),
        ),
    ];
    for reason in v["verdict"]["reasons"].as_array().unwrap() {
        items.push(("reason", text_of(reason)));
    }
    for name in parameters.keys() {
        items.push(("parameter", format!("--{name}")));
    }
    for candidate in v["candidates"].as_array().unwrap() {
        items.push(("candidate", text_of(&candidate["name"])));
    }
    if !rate.is_null() {
        items.push((
            "false accept",
            format!("{:.1} %", 100.0 * rate["estimate"].as_f64().unwrap()),
        ));
        items.push(("false accept, n", format!("n = {}", rate["n"])));
        items.push(("false accept, basis", text_of(&rate["basis"])));
    }
    for (item, value) in &items {
        assert_says(&said, value, item);
    }
    assert!(page.contains("<svg"), "figures are drawn as vectors");
}

#[test]
fn what_nobody_supplied_says_so() {
    let home = Home::new();
    let (results, _) = identified(&home, "result.json", &[text(&liquid())]);
    let (_, said) = html(&home, &results, &[]);
    for name in [
        "Report number",
        "Laboratory",
        "Requested by (customer)",
        "Case",
        "Item",
        "Date received",
        "Analyst",
        "Reviewer",
    ] {
        assert_says(&said, &format!("{name} not supplied"), name);
    }
    assert_says(
        &said,
        "No substances were asked for. The absence of substances other than those that the verdict names is not stated.",
        "targets",
    );
    assert_says(&said, "The result amends no earlier one.", "amendment");
}

#[test]
fn records_amendments_and_a_country_are_told() {
    let home = Home::new();
    let (results, mut values) = identified(
        &home,
        "result.json",
        &[text(&liquid()), "--on", "2025-01-15", "--country", "TH"],
    );
    values[0]["recorded"] = json!({
        "record": "lab.record", "entry": 12, "hash": "ab".repeat(32), "time": "2026-11-26T08:15:00Z",
        "by": "analyst-3", "host": "bench-2"
    });
    values[0]["amends"] =
        json!({"entry": 9, "hash": "cd".repeat(32), "because": "the sample's label was wrong"});
    fs::write(&results, serde_json::to_string(&values).unwrap()).unwrap();
    let (_, said) = html(&home, &results, &[]);
    for item in [
        "lab.record",
        "Entry 12",
        &"ab".repeat(32),
        "2026-11-26T08:15:00Z",
        "analyst-3",
        "bench-2",
        "Date of identification 26 November 2026, 08:15:00 (UTC+00:00)",
        "This result amends entry 9",
        &"cd".repeat(32),
        "the sample's label was wrong",
        "law of 15 January 2025",
        "national status not loaded",
    ] {
        assert_says(&said, item, item);
    }
}

#[test]
fn an_older_result_without_rule_and_parameters_is_still_written() {
    let home = Home::new();
    let (results, mut values) = identified(&home, "result.json", &[text(&liquid())]);
    values[0]["verdict"].as_object_mut().unwrap().remove("rule");
    values[0].as_object_mut().unwrap().remove("parameters");
    fs::write(&results, serde_json::to_string(&values[0]).unwrap()).unwrap();
    let (_, said) = html(&home, &results, &[]);
    assert_says(
        &said,
        "The decision rule as it was applied: not recorded.",
        "rule",
    );
    assert_says(&said, "Parameters: not recorded.", "parameters");
    assert_says(&said, "Risk of false reject: not recorded.", "risk");
}

#[test]
fn a_changed_or_absent_raw_file_is_not_drawn_and_that_is_said() {
    let home = Home::new();
    let own = home.file("own.msp", fs::read(liquid()).unwrap());
    let (results, _) = identified(&home, "result.json", &[text(&own)]);
    let drawn = report(&home, &results, &[]);
    assert!(drawn.err.is_empty(), "{}", drawn.err);
    let changed = fs::read_to_string(&own).unwrap().replace("43 100", "43 99");
    fs::write(&own, changed).unwrap();
    let ran = report(&home, &results, &["--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("has changed") && ran.err.contains("not drawn"),
        "{}",
        ran.err
    );
    let page = fs::read_to_string(home.path("result.html")).unwrap();
    assert!(!page.contains("<svg"));
    assert_says(
        &said(&page),
        "The spectrum is not drawn: the raw file has changed since the identification",
        "figure",
    );
    // It lies elsewhere, under another name.
    let archive = home.path("archive");
    fs::create_dir(&archive).unwrap();
    fs::copy(liquid(), archive.join("2026-017.dat")).unwrap();
    fs::remove_file(&own).unwrap();
    let (page, _) = html(&home, &results, &["--files", text(&archive)]);
    assert!(page.contains("<svg"));
    fs::remove_dir_all(&archive).unwrap();
    let (page, said) = html(&home, &results, &[]);
    assert!(!page.contains("<svg"));
    assert_says(
        &said,
        "a raw file with the recorded SHA-256 was not found",
        "figure",
    );
}

#[test]
fn another_library_is_not_drawn_from() {
    let home = Home::new();
    let (results, mut values) = identified(&home, "result.json", &[text(&liquid())]);
    values[0]["library"]["hash"] = json!("00".repeat(32));
    fs::write(&results, serde_json::to_string(&values).unwrap()).unwrap();
    let (page, said) = html(&home, &results, &[]);
    assert_says(
        &said,
        "the library that was found has another content hash than the recorded one",
        "library",
    );
    assert_says(&said, "The sample, without a reference.", "figure");
    assert!(page.contains("<svg"));
}

/// Places of the numbers below the drawing's axis, in the order of the page.
fn axis_values(page: &str) -> Vec<(f64, f64)> {
    let svg = page.split("<svg").nth(1).unwrap();
    let texts = svg.split("<text").skip(1).filter_map(|text| {
        let x = text
            .split(" x=\"")
            .nth(1)
            .or_else(|| text.split("translate(").nth(1))?;
        let x: f64 = x.split(['"', ' ', ',']).next()?.parse().ok()?;
        let value = text.split('>').nth(1)?.split('<').next()?;
        Some((x, value.parse::<f64>().ok()?))
    });
    texts.filter(|(_, value)| *value >= 200.0).collect()
}

const BANDS: [(f64, f64); 5] = [
    (620.0, 0.7),
    (1005.0, 1.0),
    (1210.0, 0.5),
    (1450.0, 0.8),
    (1600.0, 0.9),
];

/// A library of one imaginary substance, and a result of it.
fn imaginary(home: &Home, technique: &str) -> PathBuf {
    let library = home.path("made.h5");
    let curve = |shift: f64| raman_csv(&BANDS, 500.0, 1800.0, 2.0, shift);
    let (reference, query) = match technique {
        "raman" => (curve(0.0), curve(2.0)),
        _ => (
            curve(0.0).replace(
                "Raman shift (cm-1),Intensity",
                "wavenumber (cm-1),absorbance",
            ),
            curve(2.0).replace(
                "Raman shift (cm-1),Intensity",
                "wavenumber (cm-1),absorbance",
            ),
        ),
    };
    let reference = home.file("reference.csv", reference);
    let query = home.file("query.csv", query);
    let ran = home.run(&[
        "library",
        "import",
        text(&reference),
        "--library",
        text(&library),
        "--technique",
        technique,
        "--set",
        "name=Alphane",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (results, _) = identified(
        home,
        "curve.json",
        &[
            text(&query),
            "--library",
            text(&library),
            "--technique",
            technique,
        ],
    );
    results
}

#[test]
fn infrared_axes_fall_and_raman_axes_rise() {
    for (technique, rises) in [("infrared", false), ("raman", true)] {
        let home = Home::new();
        let (page, said) = html(&home, &imaginary(&home, technique), &[]);
        let mut values = axis_values(&page);
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(values.len() > 4, "{technique}: {values:?}");
        assert_eq!(
            values.is_sorted_by(|a, b| a.1 <= b.1),
            rises,
            "{technique}: {values:?}"
        );
        assert_eq!(
            values.is_sorted_by(|a, b| a.1 >= b.1),
            !rises,
            "{technique}: {values:?}"
        );
        let title = if rises {
            "Raman shift / cm⁻¹"
        } else {
            "wavenumber / cm⁻¹"
        };
        assert_says(&said, title, technique);
        assert_says(&said, "the reference of Alphane", technique);
        assert_says(&said, "Axis error", technique);
    }
}

#[test]
fn pdfs_are_written_whole_and_nothing_is_overwritten() {
    let home = Home::new();
    let (results, _) = identified(&home, "result.json", &[text(&liquid())]);
    let ran = report(&home, &results, &["--to", "pdf"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let pdf = home.path("result.pdf");
    assert_eq!(ran.out.trim(), text(&pdf));
    let first = fs::read(&pdf).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    let again = report(&home, &results, &["--to", "pdf"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("--force"), "{}", again.err);
    assert_eq!(fs::read(&pdf).unwrap(), first);
    // The ending says the form.
    let other = home.path("other.PDF");
    assert_eq!(report(&home, &results, &["--out", text(&other)]).code, 0);
    assert!(fs::read(other).unwrap().starts_with(b"%PDF-"));
    let left: Vec<String> = fs::read_dir(home.folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.') || name.contains("tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn several_results_are_several_files() {
    let home = Home::new();
    let file = text(&liquid()).to_owned();
    let (results, _) = identified(&home, "batch.json", &[&file, &file]);
    let ran = report(&home, &results, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(home.path("batch-1.html").is_file() && home.path("batch-2.html").is_file());
    let one = report(&home, &results, &["--out", text(&home.path("one.html"))]);
    assert_eq!(one.code, 2);
    assert!(one.err.contains("2 documents"), "{}", one.err);
    let none = report(&home, &results, &["--sample", "nothing"]);
    assert!(
        none.code == 2 && none.err.contains("none of its 2 results"),
        "{}",
        none.err
    );
}

#[test]
fn hostile_names_stay_words() {
    let home = Home::new();
    let (results, mut values) = identified(&home, "result.json", &[text(&liquid())]);
    let hostile = "<script>alert(1)</script>&\"'{$name}";
    for candidate in values[0]["candidates"].as_array_mut().unwrap() {
        candidate["name"] = json!(hostile);
    }
    values[0]["source"]["id"] = json!(hostile);
    // With the library at hand it would be told that the names are not its own.
    values[0]["library"]["hash"] = json!("ab".repeat(32));
    fs::write(&results, serde_json::to_string(&values).unwrap()).unwrap();
    let (page, said) = html(&home, &results, &[]);
    assert!(!page.contains("<script>alert"));
    assert_says(&said, hostile, "name");
    assert_eq!(report(&home, &results, &["--to", "pdf"]).code, 0);
}

#[test]
fn a_failure_gives_a_document_without_a_result() {
    let home = Home::new();
    let file = home.file("notes.txt", "nothing to see here\n");
    let (results, values) = identified(&home, "failed.json", &[text(&file)]);
    let (page, said) = html(&home, &results, &[]);
    assert_says(&said, "NO RESULT", "verdict");
    assert_says(
        &said,
        values[0]["error"]["message"].as_str().unwrap(),
        "reason",
    );
    assert!(!page.contains("<svg") && !said.contains("IDENTIFIED"));
}

#[test]
fn what_is_no_result_is_refused_with_its_place() {
    let home = Home::new();
    let cut = home.file(
        "cut.json",
        "[{\"schema\": \"specid.identification/1\",\n \"source\": ",
    );
    let ran = report(&home, &cut, &[]);
    assert!(
        ran.code == 2 && ran.err.contains("cut.json") && ran.err.contains("line 2"),
        "{}",
        ran.err
    );
    let foreign = home.file("foreign.json", "{\"schema\": \"other/1\"}");
    let ran = report(&home, &foreign, &[]);
    assert!(
        ran.code == 2 && ran.err.contains("result 1") && ran.err.contains("other/1"),
        "{}",
        ran.err
    );
    let bare = home.file(
        "bare.json",
        "{\"schema\": \"specid.identification/1\", \"source\": {\"path\": \"a\"}}",
    );
    let ran = report(&home, &bare, &[]);
    assert!(
        ran.code == 2 && ran.err.contains("incomplete"),
        "{}",
        ran.err
    );
    let details = home.file("details.toml", "case = 'a'\nkolor = 'b'\n");
    let (results, _) = identified(&home, "result.json", &[text(&liquid())]);
    let ran = report(&home, &results, &["--details", text(&details)]);
    assert!(
        ran.code == 2 && ran.err.contains("kolor") && ran.err.contains("line 2"),
        "{}",
        ran.err
    );
    let ran = report(&home, &results, &["--language", "xx"]);
    assert!(ran.code == 2 && ran.err.contains("en, id"), "{}", ran.err);
    assert!(!home.path("result.html").exists());
}

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

/// English words that stand in no Indonesian document: the fixed messages of the English catalogue.
fn english_messages() -> Vec<String> {
    let read = |tag: &str| {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/statement/texts/{tag}.ftl"));
        fs::read_to_string(path).unwrap()
    };
    let (english, indonesian) = (read("en"), read("id"));
    let pieces = english
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (_, message) = line.split_once(" = ")?;
            // The longest stretch without places.
            let longest = message
                .split(['{', '}'])
                .max_by_key(|piece| piece.len())?
                .trim();
            let many_words = longest.split(' ').count() >= 3;
            (many_words && !indonesian.contains(longest)).then(|| longest.to_owned())
        });
    pieces.collect()
}

#[test]
fn an_indonesian_document_has_no_english_sentences() {
    let home = Home::new();
    let messages = english_messages();
    assert!(messages.len() > 300);
    let (ions, _) = identified(
        &home,
        "ions.json",
        &[text(&liquid()), "--targets", "table-i"],
    );
    let curve = imaginary(&home, "raman");
    for results in [ions, curve] {
        let (page, said) = html(&home, &results, &["--language", "id"]);
        assert!(page.contains("lang=\"id\""));
        assert!(!page.contains("lang=\"en\""), "{said}");
        let found: Vec<&String> = messages
            .iter()
            .filter(|m| said.contains(m.as_str()))
            .collect();
        assert!(found.is_empty(), "{found:?} in {said}");
        for item in [
            "Laporan identifikasi spektrum",
            "PRESUMTIF",
            "tidak diberikan",
            "pustaka",
            "Aturan keputusan",
        ] {
            assert_says(&said, item, item);
        }
    }
}

#[test]
fn hypotheses_hold_what_the_ions_say_of_the_formula() {
    let home = Home::new();
    let ran = home.run(&[
        "identify",
        text(&liquid()),
        "--hypotheses",
        "always",
        "--format",
        "json",
    ]);
    let mut values: Value = ran.json();
    let found = &mut values[0]["emerging"];
    found["formula"]["candidates"] = json!([{
        "rank": 1, "formula": "C9H10O", "ion": "M+", "calculated_mz": 134.0726, "error_ppm": 0.2,
        "isotope_similarity": null, "rings_and_double_bonds": 5.0, "explained": 0.83, "score": 0.7
    }]);
    let rate = |estimate: f64, n: usize| json!({"estimate": estimate, "low": 0.0, "high": 1.0, "n": n, "basis": "x"});
    found["analogues_right"] = json!([rate(0.9, 104), rate(0.0, 0)]);
    let file = home.file("unknown.json", values.to_string());
    let (_, said) = html(&home, &file, &[]);
    for item in [
        "Isotopes of the ions from m/z 134: M + 1 is 8.3 %, M + 2 0.0 % of M: no chlorine and no bromine in this ion.",
        "the molecule has an even number of nitrogen atoms.",
        "1 to 11 carbon atoms",
        "so in 78 % of the drug spectra of this kind.",
        "1 C9H10O M+ 134.0726 +0.2 5.0 83 \u{2013}",
        "no other substance that was tried had such a score",
    ] {
        assert_says(&said, item, item);
    }
    assert!(!said.contains("n = 0)"), "{said}");
    let (page, _) = html(&home, &file, &["--language", "id"]);
    let english: Vec<&str> = page.split("lang=\"en\"").skip(1).collect();
    assert!(english.is_empty(), "{:?}", english[0].get(..200));
}
