//! Records that are known to be broken, results that hide their entry, and ends that were cut off.

use super::common::{Home, text};
use super::{SAMPLE, small_library, spectra, verify};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

fn identify(home: &Home, more: &[&str]) -> Value {
    let all = [
        "identify",
        SAMPLE,
        "--hypotheses",
        "never",
        "--format",
        "json",
    ];
    let ran = home.run(&[&all[..], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

fn report(home: &Home, result: &Value, more: &[&str]) -> (i32, String, String) {
    let file = home.file("asked.json", result.to_string());
    let page = home.path("page.html");
    let all = ["report", text(&file), "--force", "--out", text(&page)];
    let ran = home.run(&[&all[..], more].concat());
    let said = match ran.code {
        0 => fs::read_to_string(&page).unwrap().replace('\u{ad}', ""),
        _ => String::new(),
    };
    (ran.code, said, ran.err)
}

/// Writes an entry anew, with a hash of its own, and gives that.
fn rewrite(record: &Path, line: usize, change: impl Fn(&str) -> String) -> String {
    let content = fs::read_to_string(record).unwrap();
    let mut lines: Vec<String> = content.lines().map(str::to_owned).collect();
    let json = change(&lines[line][65..]);
    assert_ne!(json, lines[line][65..]);
    let digest = Sha256::digest(json.as_bytes());
    let hash: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    lines[line] = format!("{hash} {json}");
    fs::write(record, lines.join("\n") + "\n").unwrap();
    hash
}

#[test]
fn a_record_that_is_broken_proves_nothing() {
    let home = Home::new();
    let record = home.path("lab.record");
    let with = ["--record", text(&record)];
    let all: Vec<Value> = (0..3).map(|_| identify(&home, &with)).collect();
    let mut forged = all[1].clone();
    let name = forged[0]["verdict"]["substances"][0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let other = |json: &str| json.replace(&name, "Somethingelse");
    let hash = rewrite(&record, 1, other);
    forged = serde_json::from_str(&other(&forged.to_string())).unwrap();
    forged[0]["recorded"]["hash"] = json!(hash);
    for more in [&[][..], &with] {
        let (code, _, err) = report(&home, &forged, more);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains("its record is known to be broken"), "{err}");
        assert!(err.contains("entry 3"), "{err}");
    }
    let file = home.file("forged.json", forged.to_string());
    let ran = home.run(&["case", text(&file), "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let case = ran.json();
    assert_eq!(case["substances"], json!([]));
    let remark = case["findings"][0]["remarks"][0].as_str().unwrap();
    assert!(
        remark.starts_with("It counts for nothing: its record is known to be broken"),
        "{remark}"
    );

    // What lies behind the head an interrupted append may have left; nobody is accused of it.
    let home = Home::new();
    let record = home.path("lab.record");
    let result = identify(&home, &["--record", text(&record)]);
    let mut torn = fs::read(&record).unwrap();
    torn.extend(b"0123");
    fs::write(&record, torn).unwrap();
    let (code, said, err) = report(&home, &result, &[]);
    assert_eq!(code, 0, "{err}");
    assert!(said.contains("The record was not at hand"), "{said}");
}

#[test]
fn a_result_that_hides_its_entry_is_looked_for() {
    let home = Home::new();
    let record = home.path("lab.record");
    let with = ["--record", text(&record)];
    let mut result = identify(&home, &with);
    result[0].as_object_mut().unwrap().remove("recorded");
    let (code, said, err) = report(&home, &result, &with);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        said.contains("Entry 1 of ") && said.contains("was found to hold it"),
        "{said}"
    );

    let mut forged = result.clone();
    forged[0]["verdict"]["substances"][0]["name"] = json!("Somethingelse");
    let (code, _, err) = report(&home, &forged, &with);
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("entry 1 of") && err.contains("\"Somethingelse\" here"),
        "{err}"
    );
    let file = home.file("forged.json", forged.to_string());
    let ran = home.run(&["case", text(&file), "--record", text(&record)]);
    assert!(
        ran.code == 2 && ran.err.contains("\"Somethingelse\" here"),
        "{}",
        ran.err
    );

    // A withdrawn one is told of, too.
    let amend = [
        "record",
        "amend",
        text(&record),
        "1",
        "--because",
        "mixed up",
    ];
    assert_eq!(home.run(&amend).code, 0);
    let (_, said, _) = report(&home, &result, &with);
    assert!(said.contains("THIS RESULT NO LONGER STANDS"), "{said}");

    // Of another file the record knows nothing, which is all that can be said.
    let mut other = result.clone();
    other[0]["source"]["sha256"] = json!("ab".repeat(32));
    let (code, said, err) = report(&home, &other, &with);
    assert_eq!(code, 0, "{err}");
    let told = "has none for its file: whether the result was changed is not known";
    assert!(err.contains(told) && said.contains(told), "{err} {said}");
    let file = home.file("other.json", other.to_string());
    let ran = home.run(&[
        "case",
        text(&file),
        "--record",
        text(&record),
        "--format",
        "json",
    ]);
    assert!(
        ran.json()["findings"][0]["remarks"]
            .to_string()
            .contains("whether it was changed is not known")
    );
}

#[test]
fn a_result_that_renames_an_entry_of_the_library_is_refused() {
    let home = Home::new();
    let result = identify(&home, &[]);
    let (code, _, err) = report(&home, &result, &[]);
    assert_eq!(code, 0, "{err}");
    let mut forged = result.clone();
    forged[0]["verdict"]["substances"][0]["name"] = json!("Somethingelse");
    let (code, _, err) = report(&home, &forged, &[]);
    assert!(
        code == 2 && err.contains("which is not its candidate of rank 1"),
        "{err}"
    );
    for (at, value) in [
        ("name", "Somethingelse"),
        ("inchikey", "AAAAAAAAAAAAAA-UHFFFAOYSA-N"),
    ] {
        let mut forged = result.clone();
        forged[0]["verdict"]["substances"][0][at] = json!(value);
        forged[0]["candidates"][0][at] = json!(value);
        let (code, _, err) = report(&home, &forged, &[]);
        assert!(
            code == 2 && err.contains("and the library calls it"),
            "{err}"
        );
    }
}

#[test]
fn a_missing_head_is_no_interrupted_append() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("one.msp", spectra("One", 2));
    super::recorded(&home, &library, &file, &record);
    let amend = [
        "record",
        "amend",
        text(&record),
        "2",
        "--because",
        "mixed up",
    ];
    assert_eq!(home.run(&amend).code, 0);
    // The withdrawal is cut off, and the head with it.
    let content = fs::read_to_string(&record).unwrap();
    let cut: Vec<&str> = content.lines().take(2).collect();
    fs::write(&record, cut.join("\n") + "\n").unwrap();
    fs::remove_file(home.path("lab.record.head")).unwrap();
    super::recorded(&home, &library, &file, &record);
    let found = verify(&home, &record);
    assert_eq!(found.code, 1, "{}", found.out);
    for told in [
        "whole as it stands, but its head was missing once",
        "The head was missing before entry 3; what was cut off is not known",
    ] {
        assert!(found.out.contains(told), "{told}: {}", found.out);
    }
    assert!(!found.out.contains("Interrupted appends"), "{}", found.out);
    let json = home
        .run(&["record", "verify", text(&record), "--format", "json"])
        .json();
    assert_eq!(
        (&json["head_missing_before"], &json["recoveries"]),
        (&json!([3]), &json!([]))
    );
    let chain = home.run(&["record", "verify", text(&record), "--chain-only"]);
    assert_eq!(chain.code, 0, "{}", chain.out);
}
