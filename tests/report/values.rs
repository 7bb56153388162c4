//! What a document tells of a result.

use super::common::{Home, text};
use super::{assert_says, html, identified, liquid};
use serde_json::{Value, json};
use std::fs;

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
