//! Readers against trusted decodes by independent programs.
//!
//! The corpus is not part of the repository (licences differ). Where it is absent these tests
//! skip, saying so. `SPECID_SHARED` names its folder where it is not `../shared`.

use serde_json::Value;
use specid::read::{self, Limits};
use specid::spectrum::Spectrum;
use std::fs;
use std::path::{Path, PathBuf};

fn formats() -> Option<PathBuf> {
    let shared = std::env::var_os("SPECID_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let folder = shared.join("data/formats");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is absent", folder.display());
    None
}

fn truth(formats: &Path, path: &str) -> Value {
    let plain = formats.join("truth").join(format!("{path}.json"));
    let packed = formats.join("truth").join(format!("{path}.json.gz"));
    if let Ok(text) = fs::read_to_string(&plain) {
        return serde_json::from_str(&text).unwrap();
    }
    let file = fs::File::open(&packed).unwrap_or_else(|e| panic!("{}: {e}", packed.display()));
    serde_json::from_reader(flate2::read::GzDecoder::new(file)).unwrap()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(b.abs()).max(1e-9)
}

fn numbers(value: &Value) -> Vec<f64> {
    let items = value.as_array().cloned().unwrap_or_default();
    items
        .iter()
        .map(|v| v.as_f64().unwrap_or(f64::NAN))
        .collect()
}

/// Whether the arrays agree; a reader may have turned the order round.
fn same_points(spectrum: &Spectrum, x: &[f64], y: &[f64]) -> bool {
    // Abscissas near zero are as precise as the axis is, not relative to themselves.
    let span = x.iter().fold(0.0, |span: f64, v| span.max(v.abs()));
    let pair = |(a, b): (f64, f64), c: f64, d: f64| {
        (close(a, c) || (a - c).abs() <= 1e-6 * span) && (close(b, d) || (b.is_nan() && d.is_nan()))
    };
    let forward = spectrum
        .points()
        .zip(x.iter().zip(y))
        .all(|(p, (c, d))| pair(p, *c, *d));
    let backward = || {
        spectrum
            .points()
            .zip(x.iter().zip(y).rev())
            .all(|(p, (c, d))| pair(p, *c, *d))
    };
    forward || backward()
}

fn compare(formats: &Path, path: &str) -> Result<(), String> {
    let truth = truth(formats, path);
    let (_, reading) = read::read_path(&formats.join("corpus").join(path), &Limits::default())
        .map_err(|e| e.to_string())?;
    let wanted = truth["n_spectra"].as_u64().unwrap_or(0) as usize;
    if reading.spectra.len() != wanted {
        return Err(format!("{} spectra, not {wanted}", reading.spectra.len()));
    }
    let first = reading.spectra[0].as_ref().map_err(ToString::to_string)?;
    let want = &truth["spectra"][0];
    if first.len() as u64 != want["n_points"].as_u64().unwrap_or(0) {
        return Err(format!("{} points, not {}", first.len(), want["n_points"]));
    }
    let (x, y) = (numbers(&want["x"]), numbers(&want["y"]));
    if x.len() == first.len() && y.len() == first.len() && !same_points(first, &x, &y) {
        return Err("the arrays differ".to_owned());
    }
    Ok(())
}

/// Every file of `format` with a decode that independent readers confirm must agree, but for `known`:
/// file and reason.
fn agree(format: &str, known: &[(&str, &str)]) {
    agree_with(format, &["confirmed", "majority", "constructed"], known);
}

/// The same for decodes by one reader, a hint and no proof.
fn agree_with_one(format: &str, known: &[(&str, &str)]) {
    agree_with(format, &["single", "own-reader", "own+1"], known);
}

fn agree_with(format: &str, trust: &[&str], known: &[(&str, &str)]) {
    let Some(formats) = formats() else { return };
    let manifest = fs::read_to_string(formats.join("MANIFEST.tsv")).unwrap();
    let mut checked = 0;
    let mut wrong = Vec::new();
    for row in manifest.lines().skip(1) {
        let field: Vec<&str> = row.split('\t').collect();
        let trusted = trust.contains(&field[4]);
        let nmr = format!(
            "{}{}{}",
            field[2],
            field[3],
            truth_label(&formats, field[0])
        );
        if field[1] != format || !trusted || nmr.to_lowercase().contains("nmr") {
            continue;
        }
        checked += 1;
        let expected_to_fail = known.iter().any(|(file, _)| field[0].ends_with(file));
        match compare(&formats, field[0]) {
            Ok(()) if expected_to_fail => {
                wrong.push(format!("{}: agrees now: take it off the list", field[0]))
            }
            Err(why) if !expected_to_fail => wrong.push(format!("{}: {why}", field[0])),
            _ => {}
        }
    }
    assert!(checked > 0, "no trusted decode of {format} found");
    assert!(
        wrong.is_empty(),
        "{} of {checked} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn truth_label(formats: &Path, path: &str) -> String {
    let any = |ext: &str| {
        formats
            .join("truth")
            .join(format!("{path}.json{ext}"))
            .exists()
    };
    if !any("") && !any(".gz") {
        return String::new();
    }
    let truth = truth(formats, path);
    ["technique", "x_unit", "title"]
        .map(|k| truth[k].to_string())
        .concat()
}

#[test]
fn jcamp_dx_agrees_with_trusted_decodes() {
    agree(
        "jcamp",
        &[(
            "tree-uv.jdx",
            "a LINK of two blocks with a table each; the trusted reader gives the first only",
        )],
    );
}

#[test]
fn delimited_text_agrees_with_constructed_truth() {
    agree("csv_derived", &[]);
}

#[test]
fn msp_agrees_with_trusted_decodes() {
    agree(
        "msp",
        &[
            (
                "GolmDB-Test.MSP",
                "the trusted reader drops the first of 3 records because of its byte-order mark",
            ),
            (
                "chinese_hamster_hcd_selected_head.msp",
                "cut inside record 7: an error in its place here, dropped by the trusted reader",
            ),
        ],
    );
}

#[test]
fn spc_agrees_with_trusted_decodes() {
    agree("spc", &[]);
    agree("spc_derived", &[]);
}

#[test]
fn opus_agrees_with_trusted_decodes() {
    agree(
        "opus",
        &[(
            "issue82_Opus_test.0",
            "the trusted reader lists blocks of a quality test first, we the absorbance",
        )],
    );
}

#[test]
fn omnic_agrees_with_trusted_decodes() {
    agree("omnic", &[]);
}

#[test]
fn wdf_agrees_with_trusted_decodes() {
    agree("wdf", &[]);
}

#[test]
fn andi_agrees_with_trusted_decodes() {
    agree("andi_cdf", &[]);
}

#[test]
fn mzml_and_mzxml_agree_with_trusted_decodes() {
    agree("mzml", &[]);
    agree("mzxml", &[]);
}

#[test]
fn mgf_agrees_with_trusted_decodes() {
    agree("mgf", &[]);
}

#[test]
fn mass_spectra_agree_with_one_other_reader() {
    let sorted = "peaks out of order of m/z in the file: we put them in order";
    agree_with_one("massbank", &[]);
    agree_with_one(
        "msl",
        &[("gerberetal2012.msl", sorted), ("DB4.msl", sorted)],
    );
    agree_with_one("mzspeclib", &[]);
}

#[test]
fn vendors_files_agree_with_one_other_reader() {
    agree_with_one("perkinelmer", &[]);
    agree_with_one(
        "jasco",
        &[(
            "legacy_raman.jws",
            "the other reader replaces the stored axis by a straight line; held by the text export below",
        )],
    );
    let image = "an infrared image: not read";
    agree_with_one(
        "agilent_ir",
        &[(".dmt", image), (".dat", image), (".bsp", image)],
    );
}

/// The axis that the file stores against the one that the maker's program exported.
#[test]
fn jasco_axes_are_those_of_the_text_export() {
    let Some(formats) = formats() else { return };
    let first = |name: &str| {
        let path = formats.join("corpus/jasco").join(name);
        let (_, mut reading) = read::read_path(&path, &Limits::default()).unwrap();
        reading.spectra.remove(0).unwrap()
    };
    let stored = first("JASCOFiles.jl__legacy_raman.jws");
    let exported = first("JASCOFiles.jl__legacy_raman_pair.csv");
    assert_eq!(stored.len(), exported.len());
    let off = |(a, b): (f64, f64)| (a - b).abs();
    let farthest = stored.axis.iter().zip(exported.axis.iter()).map(off);
    assert!(farthest.fold(0.0, f64::max) < 1e-3);
}

#[test]
fn exported_text_agrees_with_one_other_reader() {
    let columns = "spectra in columns beside one axis: the other reader gives the first only";
    let rows = "spectra in rows or a map: the other reader gives one table";
    agree_with_one("bwtek_txt", &[]);
    agree_with_one("horiba_txt", &[("read.txt__ts.txt", rows)]);
    agree_with_one("renishaw_txt", &[("plate_5x_3_points.txt", rows)]);
    agree_with_one(
        "witec_txt",
        &[
            ("Witec-Map_full.txt", columns),
            ("Witec-Map_label.txt", columns),
            ("Witec-Map_unit.txt", columns),
        ],
    );
    let binary = "Avantes' binary file: not read";
    let zip = "a zip archive (ProcSpec): not read";
    let parts = "dark, white and scope accompany the processed column: left out, and said to be";
    agree_with_one(
        "oceanoptics",
        &[
            (".TRM", binary),
            (".ROH", binary),
            (".RFL8", binary),
            (".ProcSpec", zip),
            ("procspec.zip", zip),
            (".ttt", parts),
            (".jaz", parts),
            (
                "OceanOptics_comma.jdx",
                "the other reader computes a processed spectrum that the file does not hold",
            ),
        ],
    );
}

/// Damaged, lying and mislabelled files of every format: an answer, no panic, in reasonable time.
#[test]
fn hostile_files_are_refused_or_read_in_bounded_time() {
    let Some(formats) = formats() else { return };
    for folder in fs::read_dir(formats.join("hostile")).unwrap().flatten() {
        let Ok(files) = fs::read_dir(folder.path()) else {
            continue;
        };
        for file in files.flatten() {
            let started = std::time::Instant::now();
            let _ = read::read_path(&file.path(), &Limits::default());
            let took = started.elapsed();
            assert!(
                took.as_secs() < 10,
                "{} took {took:?}",
                file.path().display()
            );
        }
    }
}
