//! What a document draws, and from what.

use super::common::{Home, text};
use super::{assert_says, html, identified, imaginary, liquid, report, said};
use serde_json::json;
use std::fs;

#[test]
fn a_changed_or_absent_raw_file_is_not_drawn_and_that_is_said() {
    let home = Home::new();
    let own = home.file("own.msp", fs::read(liquid()).unwrap());
    let (results, _) = identified(&home, "result.json", &[text(&own)]);
    let drawn = report(&home, &results, &[]);
    assert!(drawn.err.is_empty(), "{}", drawn.err);
    let changed = fs::read_to_string(&own).unwrap().replace("43 100", "43 99");
    fs::write(&own, changed).unwrap();
    let ran = report(&home, &results, &["--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("has changed") && ran.err.contains("not drawn"),
        "{}",
        ran.err
    );
    let page = fs::read_to_string(home.path("result.html")).unwrap();
    assert!(!page.contains("<svg"));
    assert_says(
        &said(&page),
        "The spectrum is not drawn: the raw file has changed since the identification",
        "figure",
    );
    // It lies elsewhere, under another name.
    let archive = home.path("archive");
    fs::create_dir(&archive).unwrap();
    fs::copy(liquid(), archive.join("2026-017.dat")).unwrap();
    fs::remove_file(&own).unwrap();
    let (page, _) = html(&home, &results, &["--files", text(&archive)]);
    assert!(page.contains("<svg"));
    fs::remove_dir_all(&archive).unwrap();
    let (page, said) = html(&home, &results, &[]);
    assert!(!page.contains("<svg"));
    assert_says(
        &said,
        "a raw file with the recorded SHA-256 was not found",
        "figure",
    );
}

#[test]
fn another_library_is_not_drawn_from() {
    let home = Home::new();
    let (results, mut values) = identified(&home, "result.json", &[text(&liquid())]);
    values[0]["library"]["hash"] = json!("00".repeat(32));
    fs::write(&results, serde_json::to_string(&values).unwrap()).unwrap();
    let (page, said) = html(&home, &results, &[]);
    assert_says(
        &said,
        "the library that was found has another content hash than the recorded one",
        "library",
    );
    assert_says(&said, "The sample, without a reference.", "figure");
    assert!(page.contains("<svg"));
}

/// Places of the numbers below the drawing's axis, in the order of the page.
fn axis_values(page: &str) -> Vec<(f64, f64)> {
    let svg = page.split("<svg").nth(1).unwrap();
    let texts = svg.split("<text").skip(1).filter_map(|text| {
        let x = text
            .split(" x=\"")
            .nth(1)
            .or_else(|| text.split("translate(").nth(1))?;
        let x: f64 = x.split(['"', ' ', ',']).next()?.parse().ok()?;
        let value = text.split('>').nth(1)?.split('<').next()?;
        Some((x, value.parse::<f64>().ok()?))
    });
    texts.filter(|(_, value)| *value >= 200.0).collect()
}

#[test]
fn infrared_axes_fall_and_raman_axes_rise() {
    for (technique, rises) in [("infrared", false), ("raman", true)] {
        let home = Home::new();
        let (page, said) = html(&home, &imaginary(&home, technique), &[]);
        let mut values = axis_values(&page);
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(values.len() > 4, "{technique}: {values:?}");
        assert_eq!(
            values.is_sorted_by(|a, b| a.1 <= b.1),
            rises,
            "{technique}: {values:?}"
        );
        assert_eq!(
            values.is_sorted_by(|a, b| a.1 >= b.1),
            !rises,
            "{technique}: {values:?}"
        );
        let title = if rises {
            "Raman shift / cm⁻¹"
        } else {
            "wavenumber / cm⁻¹"
        };
        assert_says(&said, title, technique);
        assert_says(&said, "the reference of Alphane", technique);
        assert_says(&said, "Axis error", technique);
    }
}
