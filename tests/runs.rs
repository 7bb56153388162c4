//! Chromatographic runs: taken apart into peaks, each identified, not taken for thousands of samples.

mod common;

use common::made::{D4, Imagined, ODD, P2P, run_file};
use common::{Home, Ran, shared_data, text};
use serde_json::Value;
use std::fs;

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn assert_valid(result: &Value) {
    let schema = schema(include_str!("../src/report/run.schema.json"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(result)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?} in {result}");
}

#[test]
fn what_runs_and_spectra_share_is_defined_alike() {
    let run = schema(include_str!("../src/report/run.schema.json"));
    let spectrum = schema(include_str!("../src/report/identification.schema.json"));
    let (ranked, failed) = (&spectrum["oneOf"][0], &spectrum["oneOf"][1]);
    let of = |name: &str| match name {
        "source" | "program" => &spectrum["properties"][name],
        "warnings" | "library" | "quality" | "emerging" | "components" | "residual"
        | "component_notes" => &ranked["properties"][name],
        "error" => &failed["properties"][name],
        _ => &spectrum["$defs"][name],
    };
    let definitions = run["$defs"].as_object().unwrap();
    assert!(definitions.len() > 8);
    for (name, definition) in definitions.iter().filter(|(name, _)| *name != "peak") {
        assert_eq!(
            definition,
            of(name),
            "{name}: copy it from identification.schema.json"
        );
    }
}

fn one(ran: &Ran) -> Value {
    assert_eq!(ran.lines().len(), 1, "{}", ran.out);
    let result = ran.lines().remove(0);
    assert_valid(&result);
    result
}

fn numbers<'a>(result: &'a Value, field: &str) -> Vec<&'a Value> {
    let peaks = result["peaks"].as_array().unwrap();
    peaks.iter().map(|peak| &peak[field]).collect()
}

#[test]
fn the_peaks_of_a_run_are_identified() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(40.0, P2P), (43.0, ODD), (90.0, D4)]));
    let ran = home.run(&["identify", text(&file), "--format", "jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let result = one(&ran);
    assert_eq!(result["run"]["scans"], 120);
    assert_eq!(numbers(&result, "scan"), [40, 43, 90]);
    let peaks = &result["peaks"];
    assert_eq!(peaks[0]["verdict"]["level"], "identified");
    assert_eq!(peaks[0]["candidates"][0]["name"], "1-Phenyl-2-propanone");
    assert_eq!(
        peaks[0]["verdict"]["substances"][0]["status"],
        "1988 Table I"
    );
    // Against principal ions alone; the whole spectrum would be beyond 900.
    assert!(peaks[0]["match"].as_f64().unwrap() > 800.0, "{peaks}");
    // Scan 40 lies 39 scans of two seconds after the first, at 2 s: 80 s.
    assert!((peaks[0]["retention_min"].as_f64().unwrap() - 80.0 / 60.0).abs() < 0.01);
    // Area of a Gaussian: height x sigma x sqrt(2 pi), here 3.03e5 x 6 s x 2.5066.
    let area = peaks[0]["area"].as_f64().unwrap();
    assert!(
        (area / (3.03e5 * 6.0 * 2.5066) - 1.0).abs() < 0.05,
        "{area}"
    );
    assert_ne!(peaks[1]["verdict"]["level"], "identified");
    assert_eq!(peaks[2]["background"], "column bleed");
    // It is compared as any other, and nothing is like it.
    assert_ne!(peaks[2]["verdict"]["level"], "identified");
    assert!(peaks[2]["candidates"].is_array(), "{peaks}");
}

#[test]
fn weak_amphetamine_is_no_air() {
    let home = Home::new();
    // The principal ions of amphetamine as published; carbon dioxide would have m/z 28, too.
    let weak: &[(u32, f64)] = &[
        (42, 2e3),
        (44, 1e5),
        (45, 2e3),
        (65, 3e3),
        (91, 9e3),
        (120, 2e3),
    ];
    let file = home.file("run.jdx", run_file(&[(40.0, weak), (90.0, D4)]));
    let ran = home.run(&["identify", text(&file), "--format", "jsonl"]);
    let peaks = &one(&ran)["peaks"];
    assert_eq!(peaks[0]["background"], Value::Null, "{peaks}");
    assert!(
        !peaks[0]["candidates"].as_array().unwrap().is_empty(),
        "{peaks}"
    );
}

#[test]
fn what_of_a_run_could_not_be_read_is_said() {
    let home = Home::new();
    let whole = run_file(&[(40.0, P2P), (90.0, D4)]);
    let cut = home.file("cut.jdx", &whole[..whole.len() * 6 / 10]);
    let ran = home.run(&["identify", text(&cut), "--format", "jsonl"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(
        ran.err.contains("could not be read to its end"),
        "{}",
        ran.err
    );
    let result = one(&ran);
    let warnings = result["warnings"].to_string();
    assert!(
        warnings.contains("substances which come later are missing"),
        "{warnings}"
    );
    // A blank that lacks its end says nothing of later peaks.
    let file = home.file("run.jdx", whole);
    let ran = home.run(&["identify", text(&file), "--blank", text(&cut)]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.err
            .contains("cut.jdx: The run could not be read to its end"),
        "{}",
        ran.err
    );
    let out = home.path("run");
    let ran = home.run(&["screen", text(&cut), "--out", text(&out)]);
    let csv = fs::read_to_string(out.join("results.csv")).unwrap();
    assert!(
        csv.contains("could not be read to its end"),
        "{} {csv}",
        ran.err
    );
}

#[test]
fn people_get_a_table_that_fits_their_terminal() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(40.0, P2P), (43.0, ODD), (90.0, D4)]));
    let svg = home.path("run.svg");
    let ladder = home.file("ladder.csv", "10,0.5\n11,2\n12,4\n");
    let ran = home.run(&[
        "identify",
        text(&file),
        "--plot",
        "--svg",
        text(&svg),
        "--ri-ladder",
        text(&ladder),
        "--internal-standard",
        "1.33",
    ]);
    assert_eq!(ran.code, 1, "the standard alone is no finding: {}", ran.err);
    assert!(ran.out.contains("s: the internal standard"), "{}", ran.out);
    assert!(
        ran.out.lines().all(|l| l.chars().count() <= 100),
        "{}",
        ran.out
    );
    let row = ran
        .out
        .lines()
        .find(|l| l.contains("1-Phenyl-2-prop"))
        .unwrap();
    for word in ["1.333", "1056", "1.0000", "s identified", "1988 Table I"] {
        assert!(row.contains(word), "{word} in {row}");
    }
    assert!(ran.out.contains("column bleed") && ran.out.contains("PRESUMPTIVE"));
    assert!(ran.out.contains("total ion current over min"));
    let drawn = fs::read_to_string(svg).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.contains("1-Phenyl-2-propanone"));
    assert!(drawn.contains("PRESUMPTIVE") && !drawn.contains('?'));
}

#[test]
fn a_name_that_several_peaks_carry_is_marked_in_the_drawing() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(30.0, P2P), (70.0, P2P)]));
    let svg = home.path("run.svg");
    let ran = home.run(&["identify", text(&file), "--svg", text(&svg)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let drawn = fs::read_to_string(svg).unwrap();
    assert_eq!(drawn.matches("fill=\"#777\">").count(), 2, "{drawn}");
    assert!(drawn.contains("?</text>") && !drawn.contains("font-weight=\"bold\""));
}

#[test]
fn a_drawing_of_no_run_is_refused() {
    let home = Home::new();
    let svg = home.path("one.svg");
    let ran = home.run(&[
        "identify",
        "tests/data/examples/unknown-liquid.msp",
        "--svg",
        text(&svg),
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("--svg draws the chromatogram of a run, and there was none"),
        "{}",
        ran.err
    );
    assert!(!svg.exists());
}

#[test]
fn blank_ladder_and_standard() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(40.0, P2P), (70.0, ODD)]));
    let blank = home.file("blank.jdx", run_file(&[(70.5, ODD)]));
    let ladder = home.file("ladder.tsv", "carbon\tmin\n10\t1\n11\t2\n");
    let common = ["identify", text(&file), "--format", "jsonl"];
    let with = |more: &[&str]| home.run(&[&common[..], more].concat());
    let ran = with(&[
        "--blank",
        text(&blank),
        "--ri-ladder",
        text(&ladder),
        "--internal-standard",
        "1-phenyl-2-PROPANONE",
    ]);
    let result = one(&ran);
    assert_eq!(numbers(&result, "in_blank"), [false, true]);
    // 80 s: 1000 + 100 x 20/60; 140 s is beyond the ladder.
    let index = result["peaks"][0]["retention_index"].as_f64().unwrap();
    assert!((index - 1033.3).abs() < 1.0, "{index}");
    assert_eq!(result["peaks"][1]["retention_index"], Value::Null);
    assert_eq!(result["run"]["internal_standard"]["peak"], 1);
    // The two have the summed heights 3.03e5 and 2.9e5.
    let ratio = result["peaks"][1]["ratio_to_internal_standard"]
        .as_f64()
        .unwrap();
    assert!((ratio - 2.9 / 3.03).abs() < 0.05, "{ratio}");
    // In a document the standard is no finding, and what the blank has is named as that.
    let file_of = |name: &str, ran: &Ran| home.file(name, &ran.out);
    let page = home.path("run.html");
    let document = |result: &std::path::Path| {
        let all = ["report", text(result), "--force", "--out", text(&page)];
        let ran = home.run(&all);
        assert_eq!(ran.code, 0, "{}", ran.err);
        fs::read_to_string(&page).unwrap().replace('\u{ad}', "")
    };
    let said = document(&file_of("standard.json", &ran));
    for told in [
        "NO PEAK OF THE SAMPLE IDENTIFIED",
        "The internal standard (1-phenyl-2-PROPANONE) is peak 1",
        "1-Phenyl-2-propanone; the internal standard",
        "in the blank, too",
        "Area to that of the standard",
    ] {
        assert!(said.contains(told), "{told}");
    }
    let hash = result["run"]["blank_sha256"].as_str().unwrap();
    assert!(said.contains(hash) && hash.len() == 64);
    assert_eq!(ran.code, 1, "the standard is no finding");
    let targets = with(&["--targets", "piperonal"]);
    let told = one(&targets)["warnings"].to_string();
    assert!(
        told.contains("Targets are not looked for in runs"),
        "{told}"
    );
    let said = document(&file_of("targets.json", &targets));
    assert!(said.contains("Substances were asked for (piperonal)"));
    assert!(said.contains("IDENTIFIED (presumptive): peak 1"));
    let ran = with(&["--internal-standard", "caffeine"]);
    let result = one(&ran);
    assert_eq!(
        numbers(&result, "ratio_to_internal_standard"),
        [&Value::Null; 2]
    );
    let told = result["warnings"].to_string();
    assert!(told.contains("caffeine"), "{told}");
    // What is small goes as asked.
    assert_eq!(
        one(&with(&["--min-area", "60"]))["peaks"],
        Value::Array(vec![])
    );
    let bad = home.file("bad.csv", "10,1\neleven,2\n");
    let ran = with(&["--ri-ladder", text(&bad)]);
    assert!(ran.code == 2 && ran.err.contains("line 2"), "{}", ran.err);
    let ran = with(&["--blank", "tests/data/examples/unknown-liquid.msp"]);
    assert!(
        ran.code == 2 && ran.err.contains("is not a run"),
        "{}",
        ran.err
    );
    assert_eq!(with(&["--min-area", "101"]).code, 2);
}

#[test]
fn runs_and_spectra_in_one_command() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(40.0, P2P)]));
    let example = "tests/data/examples/unknown-liquid.msp";
    let ran = home.run(&["identify", text(&file), example, "--format", "json"]);
    let all = ran.json();
    assert_eq!(all[0]["schema"], "specid.run/1");
    assert_eq!(all[1]["schema"], "specid.identification/1");
    // A table begins anew where its columns change.
    let ran = home.run(&[
        "identify",
        text(&file),
        example,
        "--top",
        "1",
        "--format",
        "csv",
    ]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", ran.out);
    assert!(lines[0].starts_with("path,peak,scan,") && lines[2].starts_with("path,index,id,"));
    assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
}

/// `identify` of the run of imagined substances, whose library is made where it is not there.
fn imagined(home: &Home, more: &[&str]) -> Ran {
    let run = home.file("run.jdx", Imagined::run());
    let lab = home.path("lab.h5");
    if !lab.exists() {
        let references = home.file("references.msp", Imagined::references());
        let done = home.run(&[
            "library",
            "import",
            text(&references),
            "--library",
            text(&lab),
        ]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    home.run(&[&["identify", text(&run), "--library", text(&lab)], more].concat())
}

#[test]
fn what_a_peak_may_be_is_told_where_the_library_lacks_it() {
    let home = Home::new();
    let ran = imagined(&home, &["--format", "jsonl"]);
    let result = one(&ran);
    let peaks = result["peaks"].as_array().unwrap();
    assert_eq!(peaks.len(), 3, "{result}");
    let homologue = &peaks[1];
    let analogue = &homologue["emerging"]["analogues"][0];
    assert_eq!(analogue["name"], "one");
    assert_eq!(analogue["mass_difference"], 14.0);
    // No rule could be learned, so nothing is named and all are asked of but the first, which two components
    // explain.
    assert_eq!(
        result["run"]["hypotheses"],
        serde_json::json!({"peaks": 2, "left": 0})
    );
    // As of the same ions in a file of their own.
    let ions = homologue["ions"].as_array().unwrap().iter();
    let ions: Vec<String> = ions.map(|ion| format!("{} {}\n", ion[0], ion[1])).collect();
    let alone = format!(
        "Name: alone\nInstrument_type: GC-EI-Q\nNum Peaks: {}\n{}\n",
        ions.len(),
        ions.concat()
    );
    let alone = home.file("alone.msp", alone);
    let lab = home.path("lab.h5");
    let ran = home.run(&[
        "identify",
        text(&alone),
        "--library",
        text(&lab),
        "--format",
        "jsonl",
    ]);
    assert_eq!(ran.lines()[0]["emerging"], homologue["emerging"]);

    let ran = imagined(&home, &[]);
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("HYPOTHESES about 2 peaks")
            && said.contains("peak 2 at 2.33 min")
            && said.contains("like one (similarity"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.lines().all(|l| l.chars().count() <= 100),
        "{}",
        ran.out
    );
    // Not of what the blank has, too, and not where nobody asks.
    let blank = home.file(
        "blank.jdx",
        Imagined::run().replacen("TITLE= run", "TITLE= blank", 1),
    );
    for (more, asked) in [
        (
            ["--blank", text(&blank)],
            serde_json::json!({"peaks": 0, "left": 0}),
        ),
        (["--hypotheses", "never"], Value::Null),
    ] {
        let result = one(&imagined(
            &home,
            &[&more[..], &["--format", "jsonl"]].concat(),
        ));
        assert_eq!(result["run"]["hypotheses"], asked);
        assert!(numbers(&result, "emerging").iter().all(|e| e.is_null()));
    }
}

#[test]
fn two_substances_in_one_peak_are_its_components() {
    let home = Home::new();
    let ran = imagined(&home, &["--format", "jsonl"]);
    assert_eq!(ran.code, 0, "components are something said: {}", ran.err);
    let result = one(&ran);
    let first = &result["peaks"][0];
    let mut names: Vec<&str> = first["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|component| component["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["four", "three"]);
    let told = |value: &Value, part: &str| value.to_string().contains(part);
    assert!(told(&first["component_notes"], "not on the peaks of runs"));
    assert!(told(
        &first["verdict"]["reasons"],
        "may hold several components"
    ));
    // One substance is no mixture, and nothing is said of it.
    assert!(result["peaks"][2].get("components").is_none());
    let ran = imagined(&home, &[]);
    assert!(
        ran.out.contains("COMPONENTS (presumptive)") && ran.out.contains("peak 1 at 1.1"),
        "{}",
        ran.out
    );
    let ran = imagined(&home, &["--format", "csv"]);
    let mut csv = csv::Reader::from_reader(ran.out.as_bytes());
    let headings = csv.headers().unwrap().clone();
    let at = headings.iter().position(|h| h == "components").unwrap();
    let cell = csv.records().next().unwrap().unwrap()[at].to_owned();
    assert!(cell.contains("three") && cell.contains("; "), "{cell}");
    let alone = one(&imagined(
        &home,
        &["--max-components", "1", "--format", "jsonl"],
    ));
    assert!(numbers(&alone, "components").iter().all(|c| c.is_null()));
    // What is known to be in the sample is not taken to be in each peak.
    let known = one(&imagined(&home, &["--known", "one", "--format", "jsonl"]));
    assert_eq!(
        numbers(&known, "components"),
        numbers(&result, "components")
    );
    // The document tells of both.
    let results = home.file("results.jsonl", imagined(&home, &["--format", "jsonl"]).out);
    let page = home.path("page.html");
    let lab = home.path("lab.h5");
    let ran = home.run(&[
        "report",
        text(&results),
        "--library",
        text(&lab),
        "--out",
        text(&page),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(page).unwrap();
    for part in [
        "Peak 1 at",
        "Components",
        "Hypotheses about an unknown",
        "not on the peaks of runs",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn hypotheses_are_made_of_the_largest_peaks_of_a_real_run() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let run = data.join("gcms-runs/ELEY_1_SUBTRACT.JDX");
    let with = [
        "identify",
        text(&run),
        "--technique",
        "ei-ms",
        "--library",
        "starter",
    ];
    let result = one(&home.run(&[&with[..], &["--format", "jsonl"]].concat()));
    let peaks = result["peaks"].as_array().unwrap();
    let area = |peak: &&Value| peak["area"].as_f64().unwrap();
    let unknown = peaks.iter().filter(|p| {
        let level = p["verdict"]["level"].as_str();
        let named = level.is_none_or(|l| l == "identified");
        !named && p["quality"]["level"] != "poor" && p["background"].is_null()
    });
    let (asked, left): (Vec<&Value>, Vec<&Value>) =
        unknown.partition(|p| p["emerging"].is_object());
    let all = peaks.iter().filter(|p| p["emerging"].is_object()).count();
    assert_eq!((asked.len(), all), (40, 40));
    assert_eq!(
        result["run"]["hypotheses"],
        serde_json::json!({"peaks": 40, "left": left.len()})
    );
    let smallest = asked.iter().map(area).fold(f64::INFINITY, f64::min);
    assert!(!left.is_empty() && left.iter().all(|p| area(p) <= smallest));
}

#[test]
fn a_run_without_peaks_identifies_nothing() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[]));
    let ran = home.run(&["identify", text(&file), "--format", "jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(one(&ran)["peaks"], Value::Array(vec![]));
    let ran = home.run(&["identify", text(&file)]);
    assert!(ran.out.contains("No peak stands out"), "{}", ran.out);
}

#[test]
fn named_scans_are_identified() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(40.0, P2P)]));
    let ran = home.run(&["identify", text(&file), "--scan", "40", "--format", "jsonl"]);
    // The scan has the ions of phenylpropanone, and those of air and bleed that the peak is freed from.
    assert!(ran.code < 2, "{}", ran.err);
    let lines = ran.lines();
    assert_eq!(lines[0]["candidates"][0]["name"], "1-Phenyl-2-propanone");
    assert_eq!(
        (lines.len(), &lines[0]["source"]["index"]),
        (1, &Value::from(39))
    );
    let ran = home.run(&["identify", text(&file), "--scan", "120-121"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("the file holds 120 spectra"),
        "{}",
        ran.err
    );
    let ran = home.run(&["identify", text(&file), "--scan", "0"]);
    assert!(ran.code == 2 && ran.err.contains("800-820"), "{}", ran.err);
}

#[test]
fn inspect_tells_the_run() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file(&[(40.0, P2P)]));
    let ran = home.run(&["inspect", text(&file), "--format", "json"]);
    let view: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(view["run"]["scans"], 120);
    assert_eq!(view["run"]["last_s"], 240.0);
    assert_eq!(view["spectra"][0]["retention_s"], 2.0);
}

#[test]
fn real_runs_keep_the_contract() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    // Its total ion current has four large peaks, at 5.3, 6.4, 7.7 and 9.8 min.
    let run = data.join("gcms-runs/HP_MS.CDF");
    let ran = home.run(&["identify", text(&run), "--format", "jsonl"]);
    assert!(ran.code < 2, "{}", ran.err);
    let result = one(&ran);
    let large: Vec<f64> = result["peaks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["area_percent"].as_f64().unwrap() > 5.0)
        .map(|p| (10.0 * p["retention_min"].as_f64().unwrap()).round() / 10.0)
        .collect();
    assert_eq!(large, [5.3, 6.4, 7.7, 9.8]);
}
