//! `specid convert`: what is written reads back to the same numbers and units.

mod common;

use common::{Home, shared_data, text};
use specid::read::{Input, Limits, read_input, read_path};
use specid::spectrum::Spectrum;
use std::path::Path;

fn first_sample(path: &Path) -> Spectrum {
    let (_, reading) = read_path(path, &Limits::default()).unwrap();
    let samples = reading.spectra.into_iter().flatten();
    samples.into_iter().find(|s| s.companion.is_none()).unwrap()
}

/// Converts a file to each format and compares; gives how many formats were compared.
fn round_trips(home: &Home, path: &Path) -> usize {
    let before = first_sample(path);
    let (_, reading) = read_path(path, &Limits::default()).unwrap();
    let index = reading
        .spectra
        .iter()
        .position(|s| s.as_ref().is_ok_and(|s| s.companion.is_none()));
    let number = (index.unwrap() + 1).to_string();
    let formats = match before.x_unit {
        specid::units::XUnit::MassToCharge => vec!["jcamp", "csv", "msp"],
        _ => vec!["jcamp", "csv"],
    };
    for format in &formats {
        let extension = if *format == "jcamp" { "jdx" } else { format };
        let out = home.path(&format!("out.{extension}"));
        let ran = home.run(&[
            "convert",
            text(path),
            "--to",
            format,
            "--spectrum",
            &number,
            "--out",
            text(&out),
        ]);
        assert_eq!(ran.code, 0, "{} to {format}: {}", path.display(), ran.err);
        let after = first_sample(&out);
        let name = format!("{} to {format}", path.display());
        assert_eq!(after.axis.to_vec(), before.axis.to_vec(), "{name}");
        let bits = |s: &Spectrum| {
            s.ordinate
                .iter()
                .map(|v| v.is_nan() || *v == 0.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(bits(&after), bits(&before), "{name}");
        let same = after
            .ordinate
            .iter()
            .zip(&before.ordinate)
            .all(|(a, b)| a == b || (a.is_nan() && b.is_nan()));
        assert!(same, "{name}");
        assert_eq!(after.x_unit, before.x_unit, "{name}");
        if before.y_unit != specid::units::YUnit::Unknown {
            assert_eq!(after.y_unit, before.y_unit, "{name}");
        }
    }
    formats.len()
}

#[test]
fn made_up_files_come_back() {
    let home = Home::new();
    let rows = |y: &dyn Fn(u32) -> String| {
        (0..30)
            .map(|i| format!("{},{}\n", 4000 - 2 * i, y(i)))
            .collect::<String>()
    };
    let ir = home.file(
        "ir.csv",
        format!(
            "# Instrument: FTIR\nWavenumber (cm-1),Transmittance (%)\n{}",
            rows(&|i| (90.0 - f64::from(i) / 3.0).to_string())
        ),
    );
    let gap = home.file(
        "gap.csv",
        format!(
            "Raman shift (cm-1),Counts\n{}",
            rows(&|i| if i == 7 {
                "nan".to_owned()
            } else {
                (i * i).to_string()
            })
        ),
    );
    for file in [ir, gap] {
        assert_eq!(round_trips(&home, &file), 2);
    }
    assert_eq!(
        round_trips(&home, Path::new("tests/data/examples/unknown-liquid.msp")),
        3
    );
}

#[test]
fn csv_of_many_spectra_asks_for_one() {
    let home = Home::new();
    let two = home.file(
        "two.msp",
        "Name: a\nInstrument_type: EI\nNum Peaks: 2\n58 100\n91 3\n\nName: b\nInstrument_type: EI\nNum Peaks: 2\n43 100\n91 3\n",
    );
    let ran = home.run(&["convert", text(&two), "--to", "csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--spectrum N"), "{}", ran.err);
    let ran = home.run(&["convert", text(&two), "--to", "csv", "--spectrum", "2"]);
    assert!(ran.out.contains("m/z,Abundance\n43,100"), "{}", ran.out);
    assert_eq!(
        home.run(&["convert", text(&two), "--to", "jcamp"])
            .out
            .matches("##END=")
            .count(),
        2
    );
}

/// One real file of each format.
#[test]
fn instrument_files_come_back() {
    let Some(data) = shared_data() else { return };
    let home = Home::new();
    let corpus = data.join("formats/corpus");
    for file in [
        "spc/spc-parser__RAMAN.SPC",
        "spc/spectrochempy_data__HCL.SPC",
        "opus/brukeropus__file.0",
        "omnic/ir-spectra-analyze__FER59-SE.SPA",
        "wdf/Determination-of-T__7.wdf",
        "perkinelmer/specio__spectra.sp",
        "andi_cdf/openchrom__QD.CDF",
        "mzml/msdk__RawCentriodCidWithMsLevelInRefParamGroup.mzML",
    ] {
        let path = corpus.join(file);
        if path.exists() {
            assert!(round_trips(&home, &path) >= 2);
        } else {
            eprintln!("skipped: {} is absent", path.display());
        }
    }
}

/// Writes a spectrum and reads it back.
fn again(
    name: &str,
    write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>,
) -> Result<Spectrum, String> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|e| e.to_string())?;
    let (_, reading) = read_input(&Input::new(name, bytes), &Limits::default())
        .map_err(|e| format!("{name}: {e}"))?;
    let mut spectra: Vec<Spectrum> = reading.spectra.into_iter().flatten().collect();
    match spectra.len() {
        1 => Ok(spectra.remove(0)),
        count => Err(format!("{name}: {count} spectra came back")),
    }
}

fn same(before: &Spectrum, after: &Spectrum, name: &str) -> Result<(), String> {
    let equal = |a: f64, b: f64| a == b || (!a.is_finite() && !b.is_finite());
    let wrong = before
        .points()
        .zip(after.points())
        .position(|((x, y), (x2, y2))| !(equal(x, x2) && equal(y, y2)));
    if before.len() != after.len() || wrong.is_some() {
        let (a, b) = (before.len(), after.len());
        return Err(format!(
            "{name}: {a} points, then {b}; first that differs {wrong:?}"
        ));
    }
    if before.x_unit != after.x_unit || before.y_unit != after.y_unit {
        return Err(format!(
            "{name}: {:?} {:?}, then {:?} {:?}",
            before.x_unit, before.y_unit, after.x_unit, after.y_unit
        ));
    }
    Ok(())
}

/// The first spectra of every file of the corpus, in every format that can hold them.
#[test]
fn every_spectrum_of_the_corpus_comes_back() {
    let Some(data) = shared_data() else { return };
    let mut folders = vec![data.join("formats/corpus")];
    let (mut compared, mut wrong) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder)
            .unwrap()
            .flatten()
            .map(|e| e.path())
        {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok((_, reading)) = read_path(&path, &Limits::default()) else {
                continue;
            };
            let samples = reading.spectra.into_iter().flatten();
            for spectrum in samples
                .filter(|s| s.companion.is_none() && s.len() > 1)
                .take(3)
            {
                let unplaced = spectrum.axis.iter().any(|x| !x.is_finite());
                let known = spectrum.ordinate.iter().filter(|y| y.is_finite()).count();
                if unplaced || known < 2 {
                    continue;
                }
                let mass = spectrum.x_unit == specid::units::XUnit::MassToCharge;
                let mut tried = vec![
                    again("a.jdx", |out| specid::write::jcamp::write(&spectrum, out))
                        .and_then(|s| same(&spectrum, &s, "a.jdx")),
                ];
                tried.push(
                    again("a.csv", |out| specid::write::csv::write(&spectrum, out))
                        .and_then(|s| same(&spectrum, &s, "a.csv")),
                );
                let sorted = spectrum.axis.to_vec().is_sorted();
                if mass && sorted && known == spectrum.len() {
                    tried.push(
                        again("a.msp", |out| specid::write::msp::write(&spectrum, out))
                            .and_then(|s| same(&spectrum, &s, "a.msp")),
                    );
                }
                compared += tried.len();
                let failed = tried.into_iter().filter_map(Result::err);
                wrong.extend(failed.map(|e| format!("{}: {e}", path.display())));
            }
        }
    }
    assert!(compared > 100);
    assert!(
        wrong.is_empty(),
        "{} of {compared}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A rename would put a file in the place of `/dev/null`, and every program that reads it would get what others throw away.
#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let home = Home::new();
    let (source, pipe) = (home.path("ions.msp"), home.path("pipe"));
    std::fs::write(&source, "Name: made up\nNum Peaks: 2\n41 10\n57 100\n").unwrap();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap())
    };
    let ran = home.run(&[
        "convert",
        text(&source),
        "--to",
        "msp",
        "--out",
        text(&pipe),
    ]);
    let kind = std::fs::symlink_metadata(&pipe).unwrap().file_type();
    assert!(kind.is_fifo(), "the pipe was replaced");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(reader.join().unwrap().contains("made up"));
}
