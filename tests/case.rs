//! `specid case`: results of several techniques on one sample.

mod common;

use common::{Home, text};
use serde_json::{Value, json};

const EXAMPLE: &str = "tests/data/examples/unknown-liquid.msp";
const MDMA: &str = "SHXWCVYOXRDMCX-UHFFFAOYSA-N";
const MDA: &str = "NGBBVGZWCFBOGO-UHFFFAOYSA-N";

fn assert_valid(case: &Value) {
    let schema = include_str!("../src/evidence/case.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let errors: Vec<String> = schema.iter_errors(case).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {case}");
}

/// A result as `identify` writes it, as far as a case needs it.
fn result(technique: &str, level: &str, named: &[(&str, &str)], quality: &str) -> Value {
    let substances: Vec<Value> = named
        .iter()
        .enumerate()
        .map(|(i, (name, key))| {
            json!({"name": name, "inchikey": key, "status": "1971 Schedule I", "possible_status": null, "rank": i + 1})
        })
        .collect();
    json!({
        "schema": "specid.identification/1",
        "source": {"path": format!("{technique}.csv"), "index": 0, "id": null, "format": "csv", "sha256": "ab"},
        "technique": technique,
        "verdict": {"level": level, "substances": substances, "set_coverage": null, "false_positive_rate": null, "reasons": []},
        "candidates": [{"reference_kind": "full-spectrum"}],
        "quality": {"level": quality},
        "library": {"name": "lab", "generation": 3, "hash": "cd"}
    })
}

fn case(home: &Home, results: &[Value], more: &[&str]) -> (i32, Value) {
    let file = home.file("results.json", Value::from(results).to_string());
    let mut all = vec![
        "case",
        text(&file),
        "--format",
        "json",
        "--library",
        "starter",
    ];
    all.extend(more);
    let ran = home.run(&all);
    assert!(ran.code < 2, "{}", ran.err);
    let case = ran.json();
    assert_valid(&case);
    (ran.code, case)
}

#[test]
fn two_techniques_of_category_a_meet_the_minimum() {
    let home = Home::new();
    let results = [
        result("infrared", "identified", &[("MDMA", MDMA)], "good"),
        result("ei-ms", "identified", &[("MDMA", MDMA)], "good"),
    ];
    let (code, case) = case(&home, &results, &["--sample", "S-7"]);
    assert_eq!(code, 0);
    assert_eq!(case["sample"], "S-7");
    let mdma = &case["substances"][0];
    assert_eq!(mdma["minimum"]["met"], true);
    assert_eq!(mdma["minimum"]["by"], "with-category-a");
    assert_eq!(mdma["next"], json!([]));
    assert_eq!(case["agreement"], "2 techniques name MDMA");
}

#[test]
fn one_property_is_not_two_and_near_infrared_counts_for_nothing() {
    let home = Home::new();
    let mdma = [("MDMA", MDMA)];
    let results = [
        result("infrared", "identified", &mdma, "good"),
        result("raman", "identified", &mdma, "good"),
        result("near-infrared", "identified", &mdma, "good"),
    ];
    let (code, case) = case(&home, &results, &[]);
    assert_eq!(code, 1);
    let mdma = &case["substances"][0];
    assert_eq!(mdma["minimum"]["met"], false);
    let nir = mdma["evidence"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (nir["technique"].as_str(), nir["counts_as"].as_str()),
        (Some("near-infrared"), Some("none"))
    );
    // Any technique of another property would do; none of those that see vibrations.
    let next: Vec<&str> = mdma["next"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n["technique"].as_str().unwrap())
        .collect();
    assert!(
        next.contains(&"ei-ms") && next.contains(&"color-test"),
        "{next:?}"
    );
    assert!(!next.contains(&"infrared"));
}

#[test]
fn sets_mixtures_and_quality_lower_a_result() {
    let home = Home::new();
    let both = [("MDMA", MDMA), ("MDA", MDA)];
    let mut mixed = result("raman", "inconclusive", &[], "limited");
    let component = |name: &str, key: &str| json!({"name": name, "inchikey": key, "status": "s", "share": 0.5, "low": 0.4, "high": 0.6, "look_alikes": []});
    mixed["components"] = json!([
        component("MDMA", MDMA),
        component("Caffeine", "RYYVLZVUVIJVGH-UHFFFAOYSA-N")
    ]);
    mixed["residual"] = json!({"share": 0.1, "structured": false, "like": []});
    let results = [result("ei-ms", "identified", &both, "good"), mixed];
    let (code, case) = case(&home, &results, &[]);
    assert_eq!(code, 1);
    let mdma = &case["substances"][0];
    let names: Vec<&Value> = mdma["substances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["name"])
        .collect();
    assert_eq!(names, ["MDMA"], "what the mixture does not name falls away");
    let counts: Vec<(&str, &str)> = mdma["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            (
                e["technique"].as_str().unwrap(),
                e["counts_as"].as_str().unwrap(),
            )
        })
        .collect();
    // EI leaves two open: A to B. The mixture at limited quality: A to C.
    assert_eq!(counts, [("ei-ms", "B"), ("raman", "C")]);
    assert_eq!(case["substances"][1]["substances"][0]["name"], "Caffeine");
    assert_eq!(mdma["minimum"]["met"], false);
}

#[test]
fn stated_tests_count_and_faults_are_told() {
    let home = Home::new();
    let results = [result("raman", "identified", &[("MDMA", MDMA)], "good")];
    let tests = home.file(
        "bench.csv",
        "technique,result,substance,by,date,remarks\ncolor-test,positive,MDMA,A. Analyst,2026-11-27,Marquis\n",
    );
    let (code, found) = case(&home, &results, &["--tests", text(&tests)]);
    assert_eq!(code, 0);
    assert_eq!(found["substances"][0]["minimum"]["findings"], json!([1, 2]));
    assert_eq!(
        found["findings"][1]["origin"]["stated"],
        "stated by A. Analyst, 2026-11-27"
    );
    let negative = home.file("no.csv", "technique,result,substance\ncolor-test,negative,MDMA\nthin-layer-chromatography,positive,MDMA\n");
    let (code, found) = case(&home, &results, &["--tests", text(&negative)]);
    assert_eq!(code, 1, "a result speaks against it");
    assert!(
        found["substances"][0]["contradictions"][0]
            .as_str()
            .unwrap()
            .contains("stated as negative")
    );
    let bad = home.file("bad.csv", "technique,result\ncolour,positive\n");
    let file = home.file("one.json", Value::from(&results[..]).to_string());
    let ran = home.run(&["case", text(&file), "--tests", text(&bad)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("line 2: the scheme knows no technique \"colour\""),
        "{}",
        ran.err
    );
}

#[test]
fn a_real_result_is_put_together_and_told() {
    let home = Home::new();
    let ran = home.run(&[
        "identify",
        EXAMPLE,
        "--hypotheses",
        "never",
        "--format",
        "json",
    ]);
    let file = home.file("ei.json", &ran.out);
    let ran = home.run(&["case", text(&file), "--sample", "item-7"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 100));
    let words: Vec<&str> = ran.out.split_whitespace().collect();
    let said = words.join(" ");
    for told in [
        "sample item-7: one result names 1-Phenyl-2-propanone; nothing else confirms it",
        "counts as B (technique A): the reference is a list of principal ions, not a full spectrum",
        "minimum of the scheme not met: of different properties there is only ei-ms (B)",
        "next test: infrared spectroscopy (A)",
        "PRESUMPTIVE",
    ] {
        assert!(said.contains(told), "{told:?} is missing in\n{said}");
    }
}

#[test]
fn an_inconclusive_result_leads_to_the_next_test_and_names_nothing() {
    let home = Home::new();
    let mut result = result("ei-ms", "inconclusive", &[], "good");
    let candidate = |name: &str, key: &str, alike: Value| {
        json!({"name": name, "inchikey": key, "reference_kind": "full-spectrum", "look_alikes": alike,
               "control": {"status": "1971 Schedule I"}})
    };
    let alike = json!([{"name": "MDA", "inchikey": MDA, "status": "1971 Schedule I"}]);
    result["candidates"] = json!([candidate("MDMA", MDMA, alike)]);
    let (code, found) = case(
        &home,
        &[result.clone()],
        &["--at-hand", "ei-ms,infrared,nmr"],
    );
    assert_eq!((code, &found["substances"]), (1, &json!([])));
    let names: Vec<&Value> = found["leads"]["substances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["name"])
        .collect();
    assert_eq!(names, ["MDMA", "MDA"]);
    let next = found["leads"]["next"].as_array().unwrap();
    assert!(
        next.iter().all(|test| test["technique"] != "ei-ms"),
        "it was done"
    );
    let file = home.file("one.json", result.to_string());
    let ran = home.run(&["case", text(&file), "--library", "starter"]);
    let told = "not named by any result, but first to be told apart: MDMA, MDA";
    assert!(ran.out.contains(told), "{}", ran.out);
}

#[test]
fn what_is_no_result_is_refused_with_its_place() {
    let home = Home::new();
    let file = home.file("x.jsonl", "{\"schema\": \"other/1\"}\n");
    let ran = home.run(&["case", text(&file)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("result 1: expected a result of `specid identify --format json`"),
        "{}",
        ran.err
    );
    let ran = home.run(&["case", "src"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not a screening's RUN"), "{}", ran.err);
    let ran = home.run(&["case", text(&file), "--at-hand", "telepathy"]);
    assert!(
        ran.err.contains("no technique \"telepathy\""),
        "{}",
        ran.err
    );
}

#[test]
fn a_case_is_a_document_in_both_languages() {
    let home = Home::new();
    let ran = home.run(&[
        "identify",
        EXAMPLE,
        "--hypotheses",
        "never",
        "--format",
        "json",
    ]);
    let file = home.file("ei.json", &ran.out);
    let tests = home.file(
        "bench.csv",
        "technique,result,substance,by,date\ncolor-test,positive,1-Phenyl-2-propanone,A. Analyst,2026-11-27\n",
    );
    let ran = home.run(&[
        "case",
        text(&file),
        "--sample",
        "item-7",
        "--tests",
        text(&tests),
        "--format",
        "json",
    ]);
    let case = home.file("case.json", &ran.out);
    let page = |language: &str| {
        let out = home.path(&format!("{language}.html"));
        let ran = home.run(&[
            "report",
            text(&case),
            "--out",
            text(&out),
            "--language",
            language,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        std::fs::read_to_string(out).unwrap()
    };
    let english = page("en");
    for told in [
        "Report on a sample by several techniques",
        "2 techniques name 1-Phenyl-2-propanone.",
        "the reference is a list of principal ions, not a full spectrum",
        "Not met: of different properties there is only ei-ms (B), color-test (C)",
        "SWGDRUG Recommendations, Part III B",
        "stated by A. Analyst",
        "PRESUMPTIVE",
        "1988 Table I",
    ] {
        assert!(english.contains(told), "{told:?} is missing");
    }
    let indonesian = page("id");
    assert!(indonesian.contains(
        "Tidak terpenuhi: dengan sifat yang berbeda hanya ada ei-ms (B), color-test (C)"
    ));
    assert!(indonesian.contains("2 teknik menyebut 1-Phenyl-2-propanone."));
    assert!(
        !indonesian.contains("lang=\"en\""),
        "a sentence stayed English"
    );
}

/// A result of a screening for a peak of a run.
fn peak(at: f64, level: &str, named: &[(&str, &str)]) -> Value {
    let mut value = result("ei-ms", level, named, "good");
    value["source"]["path"] = json!("run.cdf");
    value["source"]["index"] = json!((100.0 * at) as u64);
    value["peak"] = json!({"number": 1, "retention_min": at, "area": 10.0, "area_percent": 20.0, "in_blank": false});
    value["sample"] = json!({"label": "run.cdf"});
    value
}

#[test]
fn screened_peaks_of_a_run_are_one_result_without_blank_and_standard() {
    let home = Home::new();
    let mut blank = peak(3.0, "identified", &[("MDA", MDA)]);
    blank["peak"]["in_blank"] = json!(true);
    let mut standard = peak(
        4.0,
        "identified",
        &[("Caffeine", "RYYVLZVUVIJVGH-UHFFFAOYSA-N")],
    );
    standard["peak"]["ratio_to_internal_standard"] = json!(1.0);
    let mut named = peak(2.0, "identified", &[("MDMA", MDMA)]);
    named["peak"]["ratio_to_internal_standard"] = json!(0.5);
    let all = [
        peak(1.0, "not-in-library", &[]),
        named,
        blank,
        standard,
        result("infrared", "identified", &[("MDMA", MDMA)], "good"),
    ];
    let (code, found) = case(&home, &all, &[]);
    assert_eq!((code, found["findings"].as_array().unwrap().len()), (0, 2));
    let run = &found["findings"][0];
    assert_eq!(run["origin"]["place"], 1);
    assert_eq!(found["substances"].as_array().unwrap().len(), 1);
    assert_eq!(found["substances"][0]["minimum"]["met"], true);
    assert_eq!(found["substances"][0]["contradictions"], json!([]));
    let remarks = run["remarks"].to_string();
    for told in [
        "Peak at 3.000 min: MDA; the blank has it, too, so it counts for nothing.",
        "Peak at 4.000 min: Caffeine; it is the internal standard, which the laboratory added, so it counts for nothing.",
    ] {
        assert!(remarks.contains(told), "{remarks}");
    }
}

#[test]
fn the_standard_of_a_run_is_no_evidence() {
    let home = Home::new();
    let mut run = peak(2.0, "identified", &[("MDMA", MDMA)]);
    let verdict = run["verdict"].take();
    run["schema"] = json!("specid.run/1");
    run["peaks"] = json!([{"number": 1, "retention_min": 2.0, "ratio_to_internal_standard": 1.0, "verdict": verdict}]);
    run["peak"] = json!(null);
    let (code, found) = case(&home, &[run], &[]);
    assert_eq!((code, &found["substances"]), (1, &json!([])));
    assert_eq!(found["findings"][0]["outcome"], "nothing");
}

#[test]
fn a_result_without_some_substances_is_none_of_the_sample() {
    let home = Home::new();
    let mut without = result("raman", "identified", &[("MDMA", MDMA)], "good");
    without["parameters"] = json!({"without": ["Caffeine"]});
    let ir = result("ei-ms", "identified", &[("MDMA", MDMA)], "good");
    let (code, found) = case(&home, &[without, ir], &[]);
    assert_eq!(code, 1);
    assert_eq!(
        found["agreement"],
        "one result names MDMA; nothing else confirms it"
    );
    let told = found["findings"][0]["remarks"][0].as_str().unwrap();
    assert!(
        told.contains("as if the library lacked Caffeine (--without), so it counts for nothing"),
        "{told}"
    );
}

#[test]
fn what_a_technique_tells_apart_is_not_known_without_formulas() {
    let home = Home::new();
    let unknown = [
        ("Foo", "AAAAAAAAAAAAAA-UHFFFAOYSA-N"),
        ("Bar", "BBBBBBBBBBBBBB-UHFFFAOYSA-N"),
    ];
    let results = [result("ei-ms", "identified", &unknown, "good")];
    let (_, found) = case(&home, &results, &["--at-hand", "nmr"]);
    let next = &found["substances"][0]["next"][0];
    assert_eq!(
        (&next["technique"], &next["tells_apart"]),
        (&json!("nmr"), &json!(null))
    );
    let told = next["text"].as_str().unwrap();
    assert!(told.contains("what it tells apart is not known"), "{told}");
    assert!(
        told.contains("the formula is not known of Foo, Bar"),
        "{told}"
    );
    // Of two known formulas it is.
    let known = [("MDMA", MDMA), ("MDA", MDA)];
    let results = [result("ei-ms", "identified", &known, "good")];
    let (_, found) = case(&home, &results, &["--at-hand", "nmr"]);
    assert_eq!(found["substances"][0]["next"][0]["tells_apart"], 1.0);
}

#[test]
fn remarks_of_tests_are_told_and_the_names_that_people_use_are_kept() {
    let home = Home::new();
    let results = [result("raman", "identified", &[("MDMA", MDMA)], "good")];
    let file = home.file("one.json", Value::from(&results[..]).to_string());
    let tests = home.file(
        "bench.csv",
        "Technique;Result;Substance;By;Date;Remarks\ncolor-test;positive;ecstasy class;A;2026-11-27;purple to black\ngas-chromatography;positive;diethyl ether;A;2026-11-27;within 0.02 min\n",
    );
    let ran = home.run(&["case", text(&file), "--tests", text(&tests)]);
    assert!(ran.code < 2, "{}", ran.err);
    for told in [
        "result 2: purple to black",
        "knows a substance \"ecstasy class\"",
        "result 3: within 0.02 min",
        "gas-chromatography  diethyl ether",
    ] {
        let squeezed: Vec<&str> = told.split_whitespace().collect();
        let said: Vec<&str> = ran.out.split_whitespace().collect();
        assert!(
            said.join(" ").contains(&squeezed.join(" ")),
            "{told}: {}",
            ran.out
        );
    }
    let (_, case) = case(&home, &results, &["--tests", text(&tests)]);
    let case = home.file("case.json", case.to_string());
    let page = home.path("case.html");
    let ran = home.run(&["report", text(&case), "--out", text(&page)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let said = std::fs::read_to_string(&page)
        .unwrap()
        .replace('\u{ad}', "");
    for told in [
        "purple to black",
        "within 0.02 min",
        "library lab, generation 3",
    ] {
        assert!(said.contains(told), "{told}");
    }
    for (text_of, told) in [
        ("", "no column \"technique\""),
        (
            "technique,result,date\ncolor-test,positive,yesterday\n",
            "line 2: the date is \"yesterday\"",
        ),
        (
            "technique,result,date\ncolor-test,positive,2999-01-01\n",
            "yet to come",
        ),
    ] {
        let bad = home.file("bad.csv", text_of);
        let ran = home.run(&["case", text(&file), "--tests", text(&bad)]);
        assert!(
            ran.code == 2 && ran.err.contains(told),
            "{told}: {}",
            ran.err
        );
    }
}

#[test]
fn tests_that_nobody_stands_for_meet_no_minimum_and_the_scheme_says_what_it_was_read_from() {
    let home = Home::new();
    let results = [result("raman", "identified", &[("MDMA", MDMA)], "good")];
    let file = home.file("one.json", Value::from(&results[..]).to_string());
    let heading = "technique,result,substance,by,date\n";
    let anonymous = home.file(
        "anonymous.csv",
        format!(
            "{heading}gas-chromatography,positive,MDMA,,\ncolor-test,positive,MDMA,A. Analyst,\n"
        ),
    );
    let (code, found) = case(&home, &results, &["--tests", text(&anonymous)]);
    assert_eq!(code, 1);
    assert_eq!(found["substances"][0]["minimum"]["met"], false);
    assert_eq!(found["findings"][1]["outcome"], "nothing");
    let ran = home.run(&["case", text(&file), "--tests", text(&anonymous)]);
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "result 2: Who did the test and on which day is not stated in full",
        "result 3: Who did the test and on which day is not stated in full",
        "It was read from public excerpts and written partly from memory",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let stated = home.file(
        "stated.csv",
        format!("{heading}gas-chromatography,positive,MDMA,A. Analyst,2026-11-27\n"),
    );
    let (code, found) = case(&home, &results, &["--tests", text(&stated)]);
    assert_eq!(code, 0);
    let file = home.file("case.json", found.to_string());
    for (language, told) in [
        (
            "en",
            "It was read from public excerpts and written partly from memory",
        ),
        (
            "id",
            "Skema ini dibaca dari kutipan publik dan sebagian ditulis dari ingatan",
        ),
    ] {
        let page = home.path(&format!("{language}.html"));
        let ran = home.run(&[
            "report",
            text(&file),
            "--language",
            language,
            "--out",
            text(&page),
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let said = std::fs::read_to_string(&page)
            .unwrap()
            .replace('\u{ad}', "");
        assert!(said.contains(told), "{language}: {said}");
    }
}
