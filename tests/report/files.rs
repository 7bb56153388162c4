//! Which files are written, and what is refused.

use super::common::{Home, text};
use super::{assert_says, html, identified, liquid, report};
use serde_json::json;
use std::fs;

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
