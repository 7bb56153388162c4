//! Instruments whose axis was never calibrated.

mod common;

use common::{Home, shared_data, text};
use std::fs;

/// Two handhelds, off by up to 39 cm-1; who measured naphthalene and cyclohexane is in the data's own notes.
#[test]
fn uncalibrated_handhelds_are_identified_with_the_rates_of_such() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let library = home.path("raman.h5");
    let references = data.join("raman/library");
    let made = home.run(&[
        "library",
        "import",
        text(&references),
        "--library",
        text(&library),
    ]);
    assert_eq!(made.code, 0, "{}", made.err);
    let naphthalene = (570..574).map(|n| (n, "naphthalene"));
    let queries: Vec<(u32, &str)> = (519..525)
        .map(|n| (n, "cyclohexane"))
        .chain(naphthalene)
        .collect();
    for (number, substance) in queries {
        let name = format!("vib00{number}.jdx");
        let query = fs::read_to_string(data.join("raman/queries").join(&name)).unwrap();
        // Without its identity.
        let kept = |line: &&str| !line.contains("INCHIKEY") && !line.contains("CAS REG");
        let query: Vec<&str> = query.lines().filter(kept).collect();
        let query = query.join("\n").replace(substance, "unknown");
        let file = home.file(&name, query);
        let asked = [
            "identify",
            text(&file),
            "--library",
            text(&library),
            "--format",
            "json",
        ];
        let ran = home.run(&asked);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let result = &ran.json();
        let result = result.as_array().map_or(result, |all| &all[0]);
        let verdict = &result["verdict"];
        assert_eq!(verdict["level"], "identified", "{name}: {verdict}");
        assert_eq!(verdict["substances"][0]["name"], substance, "{name}");
        let reason = verdict["reasons"][0].as_str().unwrap();
        assert!(
            reason.contains("put right by that candidate's bands"),
            "{reason}"
        );
        let rate = &verdict["false_positive_rate"];
        let basis = rate["basis"].as_str().unwrap();
        assert!(basis.contains("out of calibration"), "{basis}");
        assert!(rate["n"].as_u64().unwrap() >= 40, "{rate}");
        let warned = result["warnings"].to_string();
        assert!(
            warned.contains("the instrument needs calibration"),
            "{warned}"
        );
        // Without the substance nothing is named.
        let without = home
            .run(&[&asked[..], &["--without", substance]].concat())
            .json();
        let without = without.as_array().map_or(&without, |all| &all[0]);
        assert_ne!(without["verdict"]["level"], "identified", "{name}");
    }
}
