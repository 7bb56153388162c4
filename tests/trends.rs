//! `specid trends` through the binary: runs of the embedded library, and manifests.

#![allow(missing_docs)]

mod common;

use common::{Home, Ran, text};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const HOSTILE: &str = "</script><script>window.hacked=1</script>";

fn known(title: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("tests/data/examples/unknown-liquid.msp");
    let text = fs::read_to_string(file).unwrap();
    let rest = text.split_once('\n').unwrap().1;
    format!("Name: {title}\n{rest}")
}

/// The siloxanes of a column's bleed, which are in no library of drugs.
fn unknown(title: &str, scale: u32) -> String {
    let ions = [
        (73, 60),
        (133, 14),
        (147, 25),
        (191, 22),
        (207, 999),
        (208, 210),
        (281, 480),
        (355, 90),
    ];
    let peaks = ions.map(|(mz, height)| format!("{mz} {}\n", height * scale));
    format!(
        "Name: {title}\nInstrument_type: GC-EI-Q\nNum Peaks: {}\n{}\n",
        ions.len(),
        peaks.concat()
    )
}

struct Desk {
    home: Home,
}

impl Desk {
    /// Screens files with a manifest into a run.
    fn screen(&self, run: &str, files: &[(&str, String)], manifest: &str) -> PathBuf {
        let folder = self.home.path(&format!("in-{run}"));
        fs::create_dir(&folder).unwrap();
        for (name, content) in files {
            fs::write(folder.join(name), content).unwrap();
        }
        let table = folder.join("cases.csv");
        fs::write(&table, manifest).unwrap();
        let out = self.home.path(run);
        let ran = self.home.run(&[
            "screen",
            text(&folder),
            "--manifest",
            text(&table),
            "--library",
            "starter",
            "--out",
            text(&out),
        ]);
        assert!(ran.code < 2 || manifest.contains("bad.txt"), "{}", ran.err);
        out
    }

    /// Two runs. January: two samples of 1-phenyl-2-propanone of one case. February: an unknown. March:
    /// nothing. April: the same unknown elsewhere. One sample without a date, one file that is no spectrum.
    fn two_runs() -> (Self, [PathBuf; 2]) {
        let desk = Self { home: Home::new() };
        let first = desk.screen(
            "first",
            &[
                ("p1.msp", known("p1")),
                ("p2.msp", known("p2")),
                ("u1.msp", unknown("u1", 1)),
            ],
            "file,case,sample,date,place,quantity,unit\n\
             p1.msp,C-1,S-1,2026-01-10,Bangkok,1,kg\n\
             p2.msp,C-1,S-2,2026-01-10,bangkok,250.5,g\n\
             u1.msp,C-2,S-3,2026-02-03,=1+1,,\n",
        );
        let second = desk.screen(
            "second",
            &[
                ("u2.msp", unknown("u2", 5)),
                ("p3.msp", known("p3")),
                ("bad.txt", "no spectrum".to_owned()),
            ],
            &format!(
                "file,case,sample,date,place\n\
                 u2.msp,C-3,S-4,2026-04-20,{HOSTILE}\n\
                 p3.msp,C-4,S-5,,Hanoi\n\
                 bad.txt,C-5,S-6,2026-05-01,Hanoi\n"
            ),
        );
        (desk, [first, second])
    }

    fn trends(&self, arguments: &[&str]) -> Ran {
        let mut all = vec!["trends"];
        all.extend(arguments);
        self.home.run(&all)
    }
}

fn series<'a>(trends: &'a Value, kind: &str, name: &str) -> &'a Value {
    let all = trends["series"].as_array().unwrap();
    let found = all.iter().find(|s| s["kind"] == kind && s["name"] == name);
    found.unwrap_or_else(|| {
        let names: Vec<&Value> = all.iter().map(|s| &s["name"]).collect();
        panic!("{kind} {name} is none of {names:?}")
    })
}

#[test]
fn two_runs_are_counted_together() {
    let (desk, [first, second]) = Desk::two_runs();
    let ran = desk.trends(&[text(&first), text(&second), "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let trends = ran.json();
    assert_eq!(trends["schema"], "specid.trends/1");
    let periods: Vec<(&str, bool)> = trends["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["period"].as_str().unwrap(), p["gap"].as_bool().unwrap()))
        .collect();
    let expected = [
        ("2026-01", false),
        ("2026-02", false),
        ("2026-03", true),
        ("2026-04", false),
    ];
    assert_eq!(periods, expected, "what was not judged makes no period");

    let p2p = series(&trends, "substance", "1-Phenyl-2-propanone");
    assert_eq!(p2p["key"], "QCCDLTOVEPVEJK");
    assert_eq!(p2p["all"]["samples"], json!([2, 0, null, 0]));
    assert_eq!(p2p["all"]["seizures"], json!([1, 0, null, 0]));
    assert_eq!(p2p["all"]["kg"], json!([1.2505, 0, null, 0]));
    assert_eq!(p2p["presumptive"]["total"]["samples"], 2);
    assert_eq!(p2p["confirmed"]["total"]["samples"], 0);
    let bangkok = series(&trends, "place", "Bangkok");
    assert_eq!(bangkok["all"]["samples"], json!([2, 0, null, 0]));
    let table1 = series(&trends, "status", "1988 Table I");
    assert_eq!(table1["all"]["samples"], json!([2, 0, null, 0]));
    series(&trends, "class", "ATS precursor");

    // The unknowns of both runs are one group.
    let group = &trends["unknown_groups"][0];
    assert_eq!(
        (group["samples"].as_u64(), group["seizures"].as_u64()),
        (Some(2), Some(2))
    );
    assert_eq!(group["first"]["day"], "2026-02-03");
    assert_eq!(group["last"]["day"], "2026-04-20");
    assert_eq!(group["runs"].as_array().unwrap().len(), 2);
    assert_eq!(group["techniques"], json!(["ei-ms"]));
    assert_eq!(trends["unknown_groups"].as_array().unwrap().len(), 1);

    // What has no date or was not judged is counted nowhere, and told.
    assert_eq!(trends["totals"]["counted"], 4);
    assert_eq!(trends["undated"][0]["sample"], "S-5");
    assert_eq!(trends["undated"][0]["found"], "1-Phenyl-2-propanone");
    assert_eq!(trends["totals"]["not_judged"]["unusable"], 1);
    let firsts: Vec<(&str, &str)> = trends["first"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["name"].as_str().unwrap(), f["day"].as_str().unwrap()))
        .collect();
    let expected = [
        ("unknown group 1", "2026-02-03"),
        ("1-Phenyl-2-propanone", "2026-01-10"),
    ];
    assert_eq!(firsts, expected);
    assert_eq!(trends["first"][1]["without_day"], 1);
    assert_eq!(trends["rising"]["looked_at"], 2);
    assert_eq!(trends["rising"]["tests"].as_array().unwrap().len(), 2);

    // The order of the runs changes nothing that is counted.
    let turned = desk.trends(&[text(&second), text(&first), "--format", "json"]);
    let turned = turned.json();
    for part in ["series", "periods", "first", "rising", "unknown_groups"] {
        assert_eq!(trends[part], turned[part], "{part}");
    }
}

#[test]
fn text_tables_and_page_are_made_of_the_same_counts() {
    let (desk, [first, second]) = Desk::two_runs();
    let run = |folder: &Path| {
        let [tables, page] = ["csv", "page.html"].map(|name| folder.join(name));
        let ran = desk.trends(&[
            text(&first),
            text(&second),
            "--out",
            text(&tables),
            "--html",
            text(&page),
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let mut files = vec![ran.out.clone().into_bytes(), fs::read(&page).unwrap()];
        let names = [
            "series",
            "first",
            "rising",
            "unknown_groups",
            "undated",
            "doubts",
        ];
        files.extend(names.map(|name| fs::read(tables.join(format!("{name}.csv"))).unwrap()));
        let mut there: Vec<_> = fs::read_dir(&tables).unwrap().collect();
        there.extend(fs::read_dir(folder).unwrap());
        assert_eq!(there.len(), names.len() + 2, "nothing else is left behind");
        files
    };
    let [a, b] = ["a", "b"].map(|name| {
        let folder = desk.home.path(name);
        fs::create_dir(&folder).unwrap();
        run(&folder)
    });
    assert!(a == b, "the same inputs give the same bytes");

    let told = String::from_utf8(a[0].clone()).unwrap();
    for part in [
        "4 samples of 3 seizures by month, 2026-01 to 2026-04",
        "1-Phenyl-2-propanone",
        "1.2505 kg",
        "First detections in these runs",
        "unknown group 1 (ei-ms): 2 samples of 2 seizures, 2026-02-03 to 2026-04-20",
        "1 sample without a date",
        "A laboratory's choice of cases can make one",
        "PRESUMPTIVE",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(
        !told.contains(['\u{1b}', '\u{2581}']),
        "no drawing where there is no terminal"
    );

    let table = String::from_utf8(a[2].clone()).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        let at = head.iter().position(|h| h == name).unwrap();
        row[at].to_owned()
    };
    let of = |name: &str, period: &str| {
        let found = rows
            .iter()
            .find(|r| cell(r, "name") == name && cell(r, "period") == period);
        found.unwrap_or_else(|| panic!("{name} {period}: {table}"))
    };
    let january = of("1-Phenyl-2-propanone", "2026-01");
    let cells = ["samples", "seizures", "kg", "judged_samples"].map(|name| cell(january, name));
    assert_eq!(cells, ["2", "1", "1.2505", "2"]);
    let gap = of("1-Phenyl-2-propanone", "2026-03");
    assert_eq!([cell(gap, "samples"), cell(gap, "screened")], ["", "false"]);
    assert_eq!(cell(of("1-Phenyl-2-propanone", "2026-02"), "samples"), "0");
    of("'=1+1", "2026-02"); // No text of a manifest becomes a formula.
    let ran = desk.trends(&[text(&first), text(&second), "--format", "csv"]);
    assert_eq!(ran.out, table);

    let page = String::from_utf8(a[1].clone()).unwrap();
    assert!(!page.contains(HOSTILE) && page.contains("window.hacked=1"));
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'"));
    for outside in ["src=\"http", "href=\"http", "url(http", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

/// A manifest of confirmed cases, one row a case: how many of each substance on which day.
fn manifest(desk: &Desk, days: &[(&str, &str, usize)]) -> PathBuf {
    let mut rows = String::from("case,date,confirmed_as,place\n");
    let mut case = 0;
    for (day, substance, count) in days {
        for _ in 0..*count {
            case += 1;
            rows.push_str(&format!("C-{case},{day},{substance},Here\n"));
        }
    }
    desk.home.file("cases.csv", rows)
}

#[test]
fn a_rise_is_told_with_its_test() {
    let desk = Desk { home: Home::new() };
    // 4 of 240 before, 9 of 58 of late.
    let cases = manifest(
        &desk,
        &[
            ("2026-01-05", "Ketamine", 4),
            ("2026-01-05", "Caffeine", 116),
            ("2026-02-05", "Caffeine", 120),
            ("2026-03-05", "ketamine", 9),
            ("2026-03-05", "Caffeine", 49),
        ],
    );
    let ran = desk.trends(&["--cases", text(&cases), "--recent", "1", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let trends = ran.json();
    let rising = &trends["rising"];
    assert_eq!(rising["looked_at"], 2);
    let test = &rising["tests"][0];
    assert_eq!(
        (&test["name"], &test["rising"]),
        (&json!("Ketamine"), &json!(true))
    );
    // scipy 1.17.1: fisher_exact([[9, 49], [4, 236]], alternative="greater"); Holm: twice.
    let close = |value: &Value, expected: f64| {
        let value = value.as_f64().unwrap();
        assert!((value / expected - 1.0).abs() < 1e-9, "{value} {expected}");
    };
    close(&test["p"], 8.673_277_962_503_74e-5);
    close(&test["adjusted"], 2.0 * 8.673_277_962_503_74e-5);
    assert_eq!(
        (&test["recent"]["seizures"], &test["recent"]["of"]),
        (&json!(9), &json!(58))
    );
    assert_eq!(
        (&test["before"]["seizures"], &test["before"]["of"]),
        (&json!(4), &json!(240))
    );
    // Wilson by hand: p = 9/58, z = 1.95996: (0.155172 + 0.033116 -+ 0.098890) / 1.066232.
    let bounds = ["low", "high"].map(|end| test["recent"][end].as_f64().unwrap());
    assert!(
        (bounds[0] - 0.08384).abs() < 1e-5 && (bounds[1] - 0.26934).abs() < 1e-5,
        "{bounds:?}"
    );
    assert_eq!(rising["tests"][1]["rising"], false);
    let ketamine = series(&trends, "substance", "Ketamine");
    assert_eq!(ketamine["confirmed"]["samples"], json!([4, 0, 9]));

    let told = desk.trends(&["--cases", text(&cases), "--recent", "1"]).out;
    let line = told.lines().find(|l| l.contains("RISING")).unwrap();
    for part in [
        "Ketamine",
        "9 of 58, 15.5 %",
        "4 of 240, 1.7 %",
        "< 0.0001",
        "0.0002",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(
        told.contains("1 of 2 substances and groups of unknowns that were looked at"),
        "{told}"
    );
    // Quarters: all is in the first one, and there is none to compare it with.
    let quarter = desk.trends(&["--cases", text(&cases), "--by", "quarter"]);
    assert!(quarter.out.contains("Not tested"), "{}", quarter.out);
    assert!(
        quarter.out.contains("2026-Q1 to 2026-Q1"),
        "{}",
        quarter.out
    );
}

#[test]
fn a_year_of_cases_is_counted_as_by_hand() {
    let desk = Desk { home: Home::new() };
    // An independent count of rows that follow from their number.
    let substances = ["Ketamine", "MDMA", "Caffeine", "Piperonal"];
    let mut rows = String::from("case,item,sample,date,confirmed_as,quantity,unit\n");
    let mut samples = [[0_u64; 12]; 4];
    let mut grams = [[0_u64; 12]; 4];
    let mut cases = vec![[[false; 300]; 12]; 4];
    for n in 0..600_usize {
        let (month, substance, case) = (n / 2 % 12, n * 7 % 13 % 4, n / 2);
        let quantity = n * 37 % 1000;
        rows.push_str(&format!(
            "C-{case},{},S,2025-{:02}-1{},{},{quantity},g\n",
            n % 2,
            month + 1,
            n % 9,
            substances[substance]
        ));
        samples[substance][month] += 1;
        grams[substance][month] += quantity as u64;
        cases[substance][month][case] = true;
    }
    let table = desk.home.file("cases.csv", rows);
    let ran = desk.trends(&["--cases", text(&table), "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let trends = ran.json();
    for (at, name) in substances.iter().enumerate() {
        let told = &series(&trends, "substance", name)["all"];
        assert_eq!(told["samples"], json!(samples[at]), "{name}");
        let seizures = cases[at].map(|month| month.iter().filter(|seen| **seen).count());
        assert_eq!(told["seizures"], json!(seizures), "{name}");
        for month in 0..12 {
            let kg = told["kg"][month].as_f64().unwrap();
            assert_eq!(
                (kg * 1000.0).round() as u64,
                grams[at][month],
                "{name} {month}"
            );
        }
    }
    assert_eq!(trends["totals"]["seizures"], 300);
}

#[test]
fn what_cannot_be_told_is_said() {
    let desk = Desk { home: Home::new() };
    let ran = desk.trends(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("RUN"), "{}", ran.err);
    let nowhere = desk.home.path("nowhere");
    let ran = desk.trends(&[text(&nowhere)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nowhere"), "{}", ran.err);

    let far = manifest(
        &desk,
        &[("0206-01-05", "Ketamine", 1), ("2026-01-05", "MDMA", 1)],
    );
    let out = desk.home.path("out");
    let ran = desk.trends(&["--cases", text(&far), "--out", text(&out)]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("0206-01-05") && ran.err.contains("mistyped"),
        "{}",
        ran.err
    );
    assert!(
        !out.exists(),
        "nothing is written where nothing can be told"
    );

    let months = manifest(
        &desk,
        &[("2026-01-05", "Ketamine", 1), ("2026-02-05", "MDMA", 1)],
    );
    let ran = desk.trends(&["--cases", text(&months), "--recent", "2"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ask for less"), "{}", ran.err);

    // Nothing that is dated and judged: 1, and all is told.
    let undated = desk
        .home
        .file("undated.csv", "case,confirmed_as\nC-1,Ketamine\n");
    let ran = desk.trends(&["--cases", text(&undated)]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("nothing can be counted"), "{}", ran.out);
    assert!(ran.out.contains("1 sample without a date"), "{}", ran.out);
}
