//! Documents with every block there is, as HTML and as PDF/A that a program of others finds valid.

mod sample;

use specid::document::{Document, html, missing_characters, pdf};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run_check(files: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/check-pdfa");
    Command::new(script).args(files).output().unwrap()
}

fn write(folder: &Path, name: &str, document: &Document) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, pdf(document).unwrap()).unwrap();
    path
}

/// Writes a copy of a file in which `from` reads `to`, of the same length.
fn spoil(path: &Path, from: &[u8], to: &[u8]) -> PathBuf {
    assert_eq!(from.len(), to.len());
    let mut bytes = std::fs::read(path).unwrap();
    let places: Vec<usize> = bytes
        .windows(from.len())
        .enumerate()
        .filter(|(_, window)| *window == from)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    let spoiled = path.with_extension(format!(
        "{}.pdf",
        String::from_utf8_lossy(to).trim_matches('/')
    ));
    std::fs::write(&spoiled, bytes).unwrap();
    spoiled
}

#[test]
fn pdfs_are_valid_and_spoiled_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let report = write(folder.path(), "report.pdf", &sample::report());
    let long = write(folder.path(), "long.pdf", &sample::long_table(120));
    let empty = write(folder.path(), "empty.pdf", &sample::empty("Nothing"));
    let output = run_check(&[&report, &long, &empty]);
    if output.status.code() == Some(3) {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(told.matches("valid PDF/A-1a").count(), 3, "{told}");

    // The first is what Preflight finds, the second what tags need beyond it.
    let unfounded = spoil(&report, b"/FontFile2", b"/FontFileX");
    let untagged = spoil(&report, b"/MarkInfo", b"/MarkInfX");
    let output = run_check(&[&unfounded, &untagged]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.matches("NOT VALID").count(), 2, "{told}");
    assert!(told.contains("Preflight: 3.1.3"), "{told}");
    assert!(
        told.contains("MarkInfo does not say that it is tagged"),
        "{told}"
    );
}

#[test]
fn pages_say_what_the_document_says() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        eprintln!("skipped: there is no pdftotext on this machine");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let read = |document: &Document| {
        let path = write(folder.path(), "document.pdf", document);
        let output = Command::new("pdftotext")
            .arg(path)
            .arg("-")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    // Each page ends with a form feed; words that were broken are whole without line feeds.
    let text = read(&sample::report());
    let count = text.matches('\u{c}').count();
    for (at, page) in text.split_terminator('\u{c}').enumerate() {
        assert!(
            page.contains(&format!("Page {} of {count}", at + 1)),
            "{page}"
        );
        assert!(page.contains("LFN-2026-004711 · sample 118-3"), "{page}");
    }
    let joined = text.replace('\n', "");
    for words in [
        "Phòng Giám định Hóa học",
        "K-2026/118 <seized \"A&B\">",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "measurement-0001.very-long-name-of-a-file-that-an-instrument-gave.spc",
        "PRESUMPTIVE.",
        "Hasil ini bersifat presumtif",
        "[U+0E2A][U+0E32][U+0E23] is written by number",
        "Wavenumber, cm⁻¹",
        "Reviewer: name, date and signature",
    ] {
        assert!(joined.contains(words), "{words} is not in {joined}");
    }
    let long = read(&sample::long_table(300));
    let count = long.matches('\u{c}').count();
    assert!(count > 9);
    for page in long.split_terminator('\u{c}') {
        assert!(
            page.contains("InChIKey") && page.contains("Control status"),
            "{page}"
        );
    }
    assert!(long.contains(&format!("Page 3 of {count}")));
}

#[test]
fn the_same_document_gives_the_same_files() {
    let document = sample::report();
    assert_eq!(html(&document), html(&document));
    assert_eq!(pdf(&document).unwrap(), pdf(&document).unwrap());
    assert_eq!(missing_characters(&document).unwrap(), ['ร', 'ส', 'า']);
}

#[test]
fn html_is_one_file_with_all_that_the_document_says() {
    let page = html(&sample::report());
    for words in [
        "<html lang=\"en\">",
        "<p lang=\"id\">Hasil ini",
        "K-2026/118 &lt;seized &quot;A&amp;B&quot;&gt;",
        "<img alt=\"Seal of the laboratory\" src=\"data:image/png;base64,",
        "<caption>Table 1. Candidates by score</caption>",
        "<svg role=\"img\"",
        "สาร is written by number",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"));
}
