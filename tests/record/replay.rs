//! A recorded result is run again with the recorded library and settings, and any difference is told.

use super::common::{Home, shared_data, text};
use super::{SAMPLE, entries, recorded, small_library, spectra};
use serde_json::Value;
use specid::record::{Draft, Host, Kind, LibraryUsed, Stamp, UsedFile, Writer};
use std::fs;
use std::path::Path;

#[test]
fn the_recorded_generation_is_taken_and_files_are_found_by_their_hash() {
    let home = Home::new();
    let library = small_library(&home);
    let record = home.path("lab.record");
    let file = home.file("many.msp", spectra("Query", 4));
    recorded(&home, &library, &file, &record);
    let more = home.file("more.msp", super::common::made::msp("Beta", 8, 9));
    assert_eq!(
        home.run(&["library", "import", text(&more), "--library", &library])
            .code,
        0
    );
    recorded(&home, &library, &file, &record);
    let all = entries(&record);
    let generation = |n: usize| all[n]["library"]["generation"].as_u64().unwrap();
    assert!(generation(7) > generation(0));
    let ran = home.run(&["replay", text(&record), "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(ran.json().as_array().unwrap().len(), 8);

    // Moved: the file is known by its hash, the library is named.
    let elsewhere = home.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::rename(&file, elsewhere.join("renamed.msp")).unwrap();
    let ran = home.run(&["replay", text(&record), "2-3"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.out.contains("not at hand: there is no") && ran.out.contains("--files"),
        "{}",
        ran.out
    );
    let moved = text(&elsewhere.join("moved.h5")).to_owned();
    fs::rename(&library, &moved).unwrap();
    fs::rename(
        format!("{library}.generations"),
        format!("{moved}.generations"),
    )
    .unwrap();
    let ran = home.run(&["replay", text(&record), "2-3", "--files", text(&elsewhere)]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("name it with --library"), "{}", ran.out);
    let ran = home.run(&[
        "replay",
        text(&record),
        "2-3",
        "6",
        "--files",
        text(&elsewhere),
        "--library",
        &moved,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("3 the same"), "{}", ran.out);

    // Once its file is gone, the generation cannot be had.
    assert_eq!(
        home.run(&["library", "gc", "--keep", "1", "--library", &moved])
            .code,
        0
    );
    let ran = home.run(&[
        "replay",
        text(&record),
        "2",
        "--files",
        text(&elsewhere),
        "--library",
        &moved,
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.out.contains("generation 1") && ran.out.contains("not kept"),
        "{}",
        ran.out
    );

    // A record that was changed is not run again.
    let whole = fs::read_to_string(&record).unwrap();
    fs::write(&record, whole.replacen("Query 2", "Query 3", 1)).unwrap();
    let ran = home.run(&["replay", text(&record), "1"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("not whole"), "{}", ran.err);
    assert_eq!(home.run(&["replay", text(&record), "99"]).code, 2);
}

/// A record with the first entry of another, told by another version, after `change`.
fn told_otherwise(
    home: &Home,
    record: &Path,
    version: &str,
    change: impl Fn(&mut Value),
) -> std::path::PathBuf {
    let entry = entries(record).remove(0);
    let mut result = entry["result"].clone();
    change(&mut result);
    let of = |name: &str| entry[name].clone();
    let mut draft = Draft::new(Kind::Identification, result);
    draft.inputs = serde_json::from_value::<Vec<UsedFile>>(of("inputs")).unwrap();
    draft.library = Some(serde_json::from_value::<LibraryUsed>(of("library")).unwrap());
    draft.parameters = Some(serde_json::from_value(of("parameters")).unwrap());
    let mut stamp = Stamp {
        host: serde_json::from_value::<Host>(of("host")).unwrap(),
        ..Stamp::default()
    };
    stamp.program.version = version.to_owned();
    let path = home.path(&format!(
        "told-{}.record",
        fs::read_dir(home.folder.path()).unwrap().count()
    ));
    let now = "2026-11-27T12:00:00Z";
    let mut writer = Writer::open(&path, now, &|| {}).unwrap();
    writer.append(&stamp, now, &[draft]).unwrap();
    path
}

#[test]
fn a_last_bit_a_verdict_and_an_order_are_told() {
    let home = Home::new();
    let record = home.path("lab.record");
    let ran = home.run(&[
        "identify",
        SAMPLE,
        "--record",
        text(&record),
        "--hypotheses",
        "always",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let own = specid::program::VERSION;
    let replay = |path: &Path| home.run(&["replay", text(path)]);

    let same = told_otherwise(&home, &record, own, |_| {});
    assert_eq!(replay(&same).code, 0);

    let bit = told_otherwise(&home, &record, own, |result| {
        let score = result["candidates"][0]["score"].as_f64().unwrap();
        result["candidates"][0]["score"] = f64::from_bits(score.to_bits() + 1).into();
    });
    let ran = replay(&bit);
    assert_eq!(ran.code, 1, "{}", ran.out);
    for words in [
        "DIFFERENT",
        "the same version of the program and the same architecture: this should not be",
        "verdict the same, substances named the same, candidates and their order the same",
        "largest difference of a score: /candidates/0/score: was 0.",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }

    let other = told_otherwise(&home, &record, "0.0.9", |result| {
        result["program"]["version"] = "0.0.9".into();
        result["verdict"]["level"] = "inconclusive".into();
        result["candidates"].as_array_mut().unwrap().swap(0, 1);
        result["quality"]["new"] = 1.into();
        result["alerts"] = serde_json::json!([{"notice": "x"}]);
        result.as_object_mut().unwrap().remove("notice");
    });
    let ran = replay(&other);
    assert_eq!(ran.code, 1, "{}", ran.out);
    for words in [
        &format!("made by version 0.0.9, run again by {own}"),
        "verdict DIFFERENT, substances named the same, candidates and their order DIFFERENT",
        "/verdict/level: was \"inconclusive\", is \"identified\"",
        "alerts differ: they depend on the notices",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let json = home
        .run(&["replay", text(&other), "--format", "json"])
        .json();
    let compared = &json[0]["compared"];
    let places: Vec<&str> = compared["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["at"].as_str().unwrap())
        .collect();
    assert!(
        places.contains(&"/notice") && !places.contains(&"/program/version"),
        "{places:?}"
    );
    assert!(places.contains(&"/quality/new"), "{places:?}");
    assert_eq!(compared["order_same"], false);

    // Another version that said the same is no difference.
    let ran = replay(&told_otherwise(&home, &record, "0.0.9", |_| {}));
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("made by version 0.0.9"), "{}", ran.out);
}

/// An overlay of an example country with one substance.
fn overlay() -> String {
    let header = [
        ("schema", "specid-overlay-1"),
        ("country", "ZZ"),
        ("title", "EXAMPLE"),
        ("issued_by", "EXAMPLE"),
        ("list_version", "1"),
        ("as_of", "2026-01-01"),
        ("language", "en"),
        ("default_scope_salts", "yes"),
        ("default_scope_isomers", "no"),
        ("source_sha256", ""),
        ("signature", ""),
    ];
    let lines: String = header
        .iter()
        .map(|(name, value)| format!("{name},{value}\n"))
        .collect();
    let columns = "country_iso2,law_id,law_title,law_title_local,list_id,list_label,entry_no,match_kind,inchikey,inchikey_skeleton,cas,name_official,name_local,scope_salts,scope_isomers,scope_esters_ethers,generic_rule_text,smarts,category,status,concentration_threshold,quantity_threshold,hs_national,competent_authority,effective_from,effective_to,gazette_ref";
    let row = "ZZ,EXAMPLE,EXAMPLE,,EXAMPLE,EXAMPLE list,1,exact,QCCDLTOVEPVEJK-UHFFFAOYSA-N,,103-79-7,EXAMPLE,,,,,,,precursor,controlled,,,,,2020-01-01,,EXAMPLE";
    format!("{lines}\n{columns}\n{row}\n")
}

#[test]
fn settings_and_the_files_that_they_name_are_taken_again() {
    let home = Home::new();
    let record = home.path("lab.record");
    let identify = |settings: &[&str]| {
        let mut command = home.command();
        // Names that are not absolute count from the folder of then.
        command.current_dir(home.folder.path());
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE);
        command
            .args(["identify", text(&sample), "--record", text(&record)])
            .args(settings);
        let ran = home.run_command(&mut command);
        assert!(ran.code < 2, "{}", ran.err);
    };
    let law = home.file("law.csv", overlay());
    identify(&[
        "--top",
        "3",
        "--targets",
        "MDMA",
        "--known",
        "caffeine",
        "--without",
        "Safrole",
        "--on",
        "2024-12-03",
    ]);
    identify(&[]);
    identify(&[
        "--overlay",
        "law.csv",
        "--country",
        "ZZ",
        "--hypotheses",
        "never",
    ]);
    let ran = home.run(&["replay", text(&record)]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    // With the settings of another they would differ.
    let all = entries(&record);
    assert_ne!(
        all[0]["result"]["candidates"],
        all[1]["result"]["candidates"]
    );
    assert_ne!(
        all[1]["result"]["candidates"],
        all[2]["result"]["candidates"]
    );
    let used = &all[2]["inputs"][1];
    assert_eq!(
        (&used["role"], &used["path"]),
        (&"overlay".into(), &text(&law).into())
    );
    // Another overlay in its place is not taken for it; a copy elsewhere is found.
    let elsewhere = home.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::copy(&law, elsewhere.join("copy.csv")).unwrap();
    fs::write(&law, overlay().replace("controlled", "monitored")).unwrap();
    let ran = home.run(&["replay", text(&record), "3"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.out.contains("law.csv has other content now"),
        "{}",
        ran.out
    );
    let ran = home.run(&["replay", text(&record), "3", "--files", text(&elsewhere)]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn real_spectra_of_each_technique_and_a_run_give_the_same_bits() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let record = home.path("lab.record");
    let pick = |folder: &str, endings: &[&str]| {
        let mut files = Vec::new();
        let mut folders = vec![data.join(folder)];
        while let Some(folder) = folders.pop() {
            let mut items: Vec<_> = fs::read_dir(folder)
                .unwrap()
                .flatten()
                .map(|i| i.path())
                .collect();
            items.sort();
            for item in items {
                let ending = item
                    .extension()
                    .map(|e| e.to_string_lossy().to_lowercase())
                    .unwrap_or_default();
                if item.is_dir() {
                    folders.push(item);
                } else if endings.contains(&ending.as_str())
                    && item.metadata().unwrap().len() < 3 << 20
                {
                    files.push(item);
                }
            }
        }
        files.into_iter().next()
    };
    let found = [
        pick("raman", &["txt", "csv", "jdx", "dx", "spc"]),
        pick("ir", &["jdx", "dx", "csv"]),
        pick("nir", &["csv", "jdx", "dx"]),
        pick("msms", &["mgf", "msp"]),
        pick("gcms-runs", &["cdf", "mzml", "mzxml"]),
    ];
    let files: Vec<std::path::PathBuf> = found.into_iter().flatten().collect();
    assert!(!files.is_empty());
    for file in &files {
        let ran = home.run(&[
            "identify",
            text(file),
            "--scan",
            "1",
            "--record",
            text(&record),
            "--format",
            "csv",
        ]);
        assert!(
            ran.err.is_empty() || !ran.err.contains("panicked"),
            "{}",
            ran.err
        );
    }
    // A run with all that it can name.
    let run = data.join("gcms-runs/HP_MS.CDF");
    let ladder = home.file("ladder.csv", "10,0.5\n12,2\n14,6\n20,12\n");
    let ran = home.run(&[
        "identify",
        text(&run),
        "--blank",
        text(&run),
        "--ri-ladder",
        text(&ladder),
        "--internal-standard",
        "1.1",
        "--min-area",
        "0.37",
        "--record",
        text(&record),
        "--format",
        "jsonl",
    ]);
    assert!(ran.code < 2, "{}", ran.err);
    let result = &ran.lines()[0];
    assert_eq!(result["parameters"]["min-area"], 0.37);
    let entry = entries(&record).pop().unwrap();
    assert_eq!(
        (&entry["kind"], &entry["hash"]),
        (&"run".into(), &Value::Null)
    );
    let roles: Vec<&str> = entry["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["role"].as_str().unwrap())
        .collect();
    assert_eq!(roles, ["spectrum", "blank", "ri-ladder"]);
    let ran = home.run(&["replay", text(&record)]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.contains(", 0 different, 0 not run again"),
        "{}",
        ran.out
    );
}
