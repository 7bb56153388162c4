//! Mixtures of two substances: what the verdict on the whole spectrum passes over, the components tell.

use super::{Desk, assert_same, results};
use crate::common::{shared_data, text};
use calamine::Reader as _;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const AGENT: &str = "Caffeine";
/// PMK glycidate, Table I of the 1988 convention since 2019.
const PRECURSOR: &str = "MDP2P methyl glycidate";

/// Ions and heights of the first record of this name.
fn ions(source: &str, name: &str) -> Vec<(u32, f64)> {
    let heading = format!("Name: {name}");
    let mut lines = source.lines().skip_while(|line| line.trim() != heading);
    let ions = lines.by_ref().skip_while(|line| !line.starts_with("Num"));
    let ions = ions.skip(1).take_while(|line| !line.trim().is_empty());
    let ions: Vec<(u32, f64)> = ions
        .filter_map(|line| {
            let (mz, height) = line.split_once([' ', '\t'])?;
            let height = height.split_whitespace().next()?.parse().ok()?;
            Some((mz.parse().ok()?, height))
        })
        .collect();
    assert!(ions.len() > 8, "{name}");
    ions
}

/// The sum of spectra with these shares of the signal, each abundance off by up to 5 %.
fn mixture(source: &str, title: &str, parts: &[(&str, f64)]) -> String {
    let mut heights = std::collections::BTreeMap::<u32, f64>::new();
    for (name, part) in parts {
        let ions = ions(source, name);
        let all: f64 = ions.iter().map(|ion| ion.1).sum();
        for (mz, height) in ions {
            *heights.entry(mz).or_default() += part * height / all;
        }
    }
    let highest = heights.values().copied().fold(0.0, f64::max);
    let mut state = 1_u64;
    let peaks = heights.iter().map(|(mz, height)| {
        // A linear congruential generator (Knuth's MMIX constants), mean 0.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let noise = (state >> 33) as f64 / (1_u64 << 31) as f64 - 0.5;
        (mz, 999.0 * height / highest * (1.0 + 0.1 * noise))
    });
    let peaks: Vec<String> = peaks
        .filter(|(_, height)| *height >= 1.0)
        .map(|(mz, height)| format!("{mz} {height:.1}\n"))
        .collect();
    format!(
        "Name: {title}\nInstrument_type: GC-EI-Q\nNum Peaks: {}\n{}\n",
        peaks.len(),
        peaks.concat()
    )
}

struct Lab {
    desk: Desk,
    library: PathBuf,
    source: String,
}

impl Lab {
    /// A desk with the library of real spectra; `None` where these are absent.
    fn new() -> Option<Self> {
        let source = shared_data()?.join("ei-ms/swgdrug-3.9.msp");
        let desk = Desk::empty();
        let library = desk.home.path("swgdrug.h5");
        let ran = desk.home.run(&[
            "library",
            "import",
            text(&source),
            "--library",
            text(&library),
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let source = fs::read_to_string(source).unwrap();
        Some(Self {
            desk,
            library,
            source,
        })
    }

    fn put(&self, name: &str, share: f64) -> PathBuf {
        let parts = [(AGENT, 1.0 - share), (PRECURSOR, share)];
        self.desk.put(name, mixture(&self.source, name, &parts))
    }

    fn screen(&self, more: &[&str]) -> crate::common::Ran {
        let mut all = vec!["--library", text(&self.library)];
        all.extend(more);
        self.desk.screen(&all)
    }

    /// The row of the CSV table for this file, by column.
    fn row(&self, file: &str, column: &str) -> String {
        let mut csv = csv::Reader::from_path(self.desk.home.path("out/results.csv")).unwrap();
        let headings = csv.headers().unwrap().clone();
        let at = |name: &str| headings.iter().position(|h| h == name).unwrap();
        let rows = csv.records().map(Result::unwrap);
        let row = rows
            .into_iter()
            .find(|row| row[at("file")].ends_with(file))
            .unwrap();
        row[at(column)].to_owned()
    }
}

fn names(components: &Value) -> Vec<&str> {
    let all = components.as_array().unwrap().iter();
    all.map(|c| c["name"].as_str().unwrap()).collect()
}

fn looks(result: &Value) -> Vec<&str> {
    let all = result["sample"]["second_look"].as_array().unwrap().iter();
    all.map(|reason| reason.as_str().unwrap()).collect()
}

/// What the samples sheet says of why.
fn why(run: &Path) -> String {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(run.join("results.xlsx")).unwrap();
    let sheet = book.worksheet_range("samples").unwrap();
    let at = |name: &str| {
        let mut headings = sheet.rows().next().unwrap().iter();
        headings.position(|h| *h == name).unwrap()
    };
    let cell = |name: &str| sheet.get((1, at(name))).unwrap().to_string();
    format!("{}: {}", cell("components_of_spectra"), cell("why"))
}

#[test]
fn a_precursor_beside_a_cutting_agent_is_told_by_components() {
    let Some(lab) = Lab::new() else { return };
    let file = lab.put("mixed.msp", 0.25);
    let pure = lab.put("pure.msp", 0.0);
    let ran = lab.screen(&["--alert", "table-i"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains(
            "several components in 1 sample (hints, by the strictest status): 1 × 1988 Table I"
        ),
        "{}",
        ran.out
    );
    let out = lab.desk.home.path("out");
    let all = results(&out);
    let (mixed, alone) = (&all[0], &all[1]);

    // The verdict is that of the whole spectrum: components do not change it.
    for result in &all {
        assert_eq!(result["verdict"]["level"], "identified", "{result}");
        assert_eq!(result["verdict"]["substances"][0]["name"], AGENT);
    }
    assert_eq!(names(&mixed["components"]), [AGENT, PRECURSOR]);
    let share = mixed["components"][1]["share"].as_f64().unwrap();
    assert!((share - 0.25).abs() < 0.03, "{share}");
    assert_eq!(looks(mixed), ["alert", "component"]);
    assert_eq!(names(&alone["components"]), [AGENT]);
    assert!(looks(alone).is_empty(), "{alone}");
    for (path, screened) in [(&file, mixed), (&pure, alone)] {
        let ran = lab.desk.home.run(&[
            "identify",
            text(path),
            "--library",
            text(&lab.library),
            "--format",
            "jsonl",
        ]);
        let identified = &ran.lines()[0];
        for name in ["components", "residual", "component_notes", "verdict"] {
            assert!(screened[name] == identified[name], "{name} of {screened}");
        }
    }

    // Tables, workbook and page say it.
    let told = lab.row("mixed.msp", "components");
    assert!(told.starts_with("Caffeine 7"), "{told}");
    assert!(told.contains("; MDP2P methyl glycidate 2"), "{told}");
    assert_eq!(lab.row("mixed.msp", "component_status"), "1988 Table I");
    assert_eq!(
        lab.row("mixed.msp", "control_status"),
        "no UN listing known"
    );
    let why = why(&out);
    assert!(
        why.contains("MDP2P methyl glycidate is on the alert list and seems to be a component"),
        "{why}"
    );
    assert!(
        why.contains("Beside what is named the spectrum seems to hold MDP2P"),
        "{why}"
    );
    assert!(why.contains("change no verdict"), "{why}");
    let page = fs::read_to_string(out.join("summary.html")).unwrap();
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    let data: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    let first = &data["samples"][0];
    assert_eq!(first["hints"].as_array().unwrap().len(), 2);
    assert!(
        first["spectra"][0]["components"][1]
            .as_str()
            .unwrap()
            .starts_with(PRECURSOR)
    );

    // Without the alert list it still needs a second look, and nothing is searched again for that.
    assert_eq!(lab.screen(&[]).code, 0);
    assert_eq!(looks(&results(&out)[0]), ["component"]);
}

#[test]
fn components_are_the_same_in_one_session_or_in_several_and_one_turns_them_off() {
    let Some(lab) = Lab::new() else { return };
    let home = &lab.desk.home;
    lab.put("b.msp", 0.25);
    assert_eq!(lab.screen(&[]).code, 0);
    lab.put("a.msp", 0.10);
    assert_eq!(lab.screen(&[]).code, 0);
    let whole = home.path("whole");
    assert_eq!(lab.screen(&["--out", text(&whole)]).code, 0);
    assert_same(&home.path("out"), &whole);

    // Another number of components is another search.
    let ran = lab.screen(&["--max-components", "1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("max-components: was 4"), "{}", ran.err);
    let one = home.path("one");
    let ran = lab.screen(&[
        "--max-components",
        "1",
        "--alert",
        "table-i",
        "--out",
        text(&one),
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.out.contains("several components"), "{}", ran.out);
    for result in results(&one) {
        assert!(result.get("components").is_none(), "{result}");
        assert!(looks(&result).is_empty(), "{result}");
    }
    let known = home.path("known");
    let ran = lab.screen(&["--known", "caffeine", "--out", text(&known)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for result in results(&known) {
        let components = result["components"].as_array().unwrap();
        let agent = components.iter().find(|c| c["name"] == AGENT).unwrap();
        assert_eq!(agent["known"], true, "{result}");
    }

    // Counts over time do not know components.
    let cases = home.file(
        "cases.csv",
        "file,case,date\nin/a.msp,A,2026-01-05\nin/b.msp,B,2026-02-05\n",
    );
    let counted = |run: &Path, into: &str| {
        let folder = home.path(into);
        let ran = home.run(&[
            "trends",
            text(run),
            "--cases",
            text(&cases),
            "--out",
            text(&folder),
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let series = fs::read_to_string(folder.join("series.csv")).unwrap();
        assert!(!series.contains("MDP2P"), "{series}");
        series
    };
    assert_eq!(counted(&whole, "of-whole"), counted(&one, "of-one"));
}

#[test]
fn the_class_of_an_unknown_is_told_where_it_is_asked_for() {
    let Some(lab) = Lab::new() else { return };
    let content = mixture(&lab.source, "a.msp", &[("Fentanyl", 1.0)]);
    let file = lab.desk.put("a.msp", content);
    assert_eq!(lab.screen(&["--hypotheses", "always"]).code, 0);
    let result = &lab.desk.results()[0];
    let ran = lab.desk.home.run(&[
        "identify",
        text(&file),
        "--library",
        text(&lab.library),
        "--hypotheses",
        "always",
        "--format",
        "jsonl",
    ]);
    assert!(result["emerging"] == ran.lines()[0]["emerging"], "{result}");
    let title = result["emerging"]["class"]["verdict"]["class"]["title"]
        .as_str()
        .unwrap();
    let told = lab.row("a.msp", "class_hypothesis");
    assert!(
        told.starts_with(title) && told.contains("(false-positive rate "),
        "{told}"
    );
    let plain = lab.desk.home.path("plain");
    assert_eq!(lab.screen(&["--out", text(&plain)]).code, 0);
    assert!(results(&plain)[0].get("emerging").is_none());
}
