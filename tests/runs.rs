//! Chromatographic runs: recognised, not taken for thousands of samples.

mod common;

use common::{Home, text};
use serde_json::Value;

/// A run of twelve scans a minute apart; scan 5 is the strongest and is phenylpropanone's.
fn run_file() -> String {
    let mut file = "##TITLE= run\n##JCAMP-DX= 5.00\n##DATA TYPE= MASS SPECTRUM\n##DATA CLASS= NTUPLES\n##NTUPLES= MASS SPECTRUM\n##SYMBOL= X, Y, T\n##VAR_TYPE= INDEPENDENT, DEPENDENT, INDEPENDENT\n##UNITS= M/Z, RELATIVE ABUNDANCE, MINUTES\n"
        .to_owned();
    for scan in 1..=12 {
        let peaks = match scan {
            5 => "43,1000 65,200 91,1000 92,300 134,400",
            _ => "28,90 32,20 40,2",
        };
        file +=
            &format!("##PAGE= T={scan}\n##NPOINTS= 3\n##DATA TABLE= (XY..XY), PEAKS\n{peaks}\n");
    }
    file + "##END NTUPLES= MASS SPECTRUM\n##END=\n"
}

#[test]
fn a_run_is_one_answer_that_says_what_to_do() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file());
    let ran = home.run(&["identify", text(&file), "--format", "jsonl"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.lines().len(), 1);
    let message = ran.lines()[0]["error"]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        message.contains("a run of 12 scans from 1.00 to 12.00 min"),
        "{message}"
    );
    assert!(message.contains("--scan 5"), "{message}");
}

#[test]
fn named_scans_are_identified() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file());
    let ran = home.run(&["identify", text(&file), "--scan", "5", "--format", "jsonl"]);
    // The scan has the ions of phenylpropanone.
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines = ran.lines();
    assert_eq!(lines[0]["candidates"][0]["name"], "1-Phenyl-2-propanone");
    assert_eq!(
        (lines.len(), &lines[0]["source"]["index"]),
        (1, &Value::from(4))
    );
    let ran = home.run(&["identify", text(&file), "--scan", "12-13"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the file holds 12 spectra"), "{}", ran.err);
    let ran = home.run(&["identify", text(&file), "--scan", "0"]);
    assert!(ran.code == 2 && ran.err.contains("800-820"), "{}", ran.err);
}

#[test]
fn inspect_tells_the_run() {
    let home = Home::new();
    let file = home.file("run.jdx", run_file());
    let ran = home.run(&["inspect", text(&file), "--format", "json"]);
    let view: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(view["run"]["scans"], 12);
    assert_eq!(view["run"]["last_s"], 720.0);
    assert_eq!(view["spectra"][0]["retention_s"], 60.0);
}
