//! The national status beside that under the conventions: `specid status --country`.

use crate::common::{Ran, text};
use crate::made::{Lab, Made};
use serde_json::{Value, json};

fn status(lab: &Lab, arguments: &[&str]) -> Ran {
    lab.home.run(&[&["status"], arguments].concat())
}

fn one(lab: &Lab, arguments: &[&str]) -> Value {
    let ran = status(lab, &[arguments, &["-f", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()[0].clone()
}

fn example(lab: &Lab) {
    let file = lab.home.file("example.csv", lab.overlay(&["example"]).out);
    assert_eq!(lab.overlay(&["add", text(&file)]).code, 0);
}

#[test]
fn an_overlay_adds_to_the_conventions_and_hides_nothing() {
    let lab = Lab::new();
    let mut made = Made::new("v1", "2026-01-01");
    // Ephedrine, 1988 Table I, and here said to be exempt.
    made.set(0, "inchikey", "KWGRBVOPPLSCSI-WPRPVWTQSA-N");
    made.set(0, "cas", "299-42-3");
    made.set(0, "status", "exempt");
    let file = lab.home.file("zz.csv", made.text());
    let plain = one(&lab, &["ephedrine", "--on", "2026-06-01"]);
    let both = one(
        &lab,
        &["ephedrine", "--on", "2026-06-01", "--overlay", text(&file)],
    );
    assert_eq!(plain.get("national"), None);
    let mut without = both.clone();
    let national = without
        .as_object_mut()
        .unwrap()
        .shift_remove("national")
        .unwrap();
    assert_eq!(without, plain);
    assert_eq!(plain["status"], "1988 Table I");
    assert_eq!(national["country"], "ZZ");
    assert_eq!(national["standings"][0]["status"], "exempt");
    let told = status(
        &lab,
        &["ephedrine", "--on", "2026-06-01", "--overlay", text(&file)],
    )
    .out;
    let (un, law) = told.split_once("Law of ZZ on 2026-06-01").unwrap();
    assert!(un.contains("1988 Table I"), "{told}");
    assert!(
        law.contains("exempt, precursor, since 2020-01-01"),
        "{told}"
    );
    assert!(
        law.contains("version v1, as of 2026-01-01; not signed"),
        "{told}"
    );
}

#[test]
fn the_day_decides() {
    let lab = Lab::new();
    example(&lab);
    for (on, summary) in [
        (
            "2024-12-02",
            "controlled, poison, 2010-01-01 to 2024-12-02 (EXAMPLE List 1, entry EXAMPLE-2); 2 rules not evaluated",
        ),
        (
            "2024-12-03",
            "controlled, psychotropic, since 2024-12-03 (EXAMPLE List 1, entry EXAMPLE-2); 2 rules not evaluated",
        ),
    ] {
        let answer = one(&lab, &["paracetamol", "--country", "zz", "--on", on]);
        assert_eq!(answer["national"]["summary"], summary);
        assert_eq!(answer["national"]["day"], on);
    }
    // Sorbitol is mannitol's isomer, and the entry does not cover isomers.
    let answer = one(&lab, &["sorbitol", "--country", "ZZ", "--on", "2026-01-01"]);
    assert_eq!(answer["national"]["standings"][0]["applies"], "possibly");
    // A salt by its name; the entry covers salts.
    let answer = one(
        &lab,
        &[
            "Caffeine hydrochloride",
            "--country",
            "ZZ",
            "--on",
            "2026-01-01",
        ],
    );
    let first = &answer["national"]["standings"][0];
    assert_eq!(
        (&first["applies"], &first["entry_no"]),
        (&json!("yes"), &json!("EXAMPLE-1"))
    );
    let table = status(
        &lab,
        &[
            "caffeine",
            "--country",
            "ZZ",
            "--on",
            "2026-01-01",
            "-f",
            "csv",
        ],
    )
    .out;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at =
        |name: &str, headers: &csv::StringRecord| headers.iter().position(|h| h == name).unwrap();
    let headers = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(&row[at("country", &headers)], "ZZ");
    assert!(
        row[at("national_status", &headers)].starts_with("controlled, precursor, since 2020-01-01")
    );
}

#[test]
fn a_missing_an_old_and_a_wrong_overlay_are_said() {
    let lab = Lab::new();
    let ran = status(&lab, &["caffeine", "--country", "la"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains("LA: national status not loaded"),
        "{}",
        ran.out
    );
    assert!(
        ran.err.contains("LA: national status not loaded"),
        "{}",
        ran.err
    );
    let answer = one(&lab, &["caffeine", "--country", "LA"]);
    assert_eq!(answer["national"]["summary"], "national status not loaded");

    example(&lab);
    // As of 2026-01-01: old from 2028-01-02 on.
    let ran = status(&lab, &["caffeine", "--country", "ZZ", "--on", "2028-01-01"]);
    assert!(!ran.out.contains("OLD OVERLAY") && !ran.err.contains("OLD OVERLAY"));
    let ran = status(&lab, &["caffeine", "--country", "ZZ", "--on", "2028-01-02"]);
    assert!(
        ran.out.contains("OLD OVERLAY") && ran.err.contains("OLD OVERLAY"),
        "{}",
        ran.err
    );

    let file = lab.home.path("example.csv");
    let ran = status(
        &lab,
        &["caffeine", "--country", "TH", "--overlay", text(&file)],
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err
            .contains("is an overlay of ZZ, and --country asks for TH"),
        "{}",
        ran.err
    );
    for wrong in ["THA", "T", "1A"] {
        assert_eq!(
            status(&lab, &["caffeine", "--country", wrong]).code,
            2,
            "{wrong}"
        );
    }
}
