//! Which spectra of a file are samples to be identified.

use crate::read::{Input, ReadError, Reading};
use crate::report::{Outcome, SourceView};
use crate::spectrum::{Run, Spectrum, Technique, is_scan};
use std::ops::RangeInclusive;

/// One item per spectrum to be identified, or why it cannot be. `only` names positions counted from
/// 1; empty stands for all, but for the scans of a run, which are not samples each.
pub fn samples(
    input: &Input,
    reading: Reading,
    only: &[RangeInclusive<usize>],
) -> Vec<Result<Spectrum, Outcome>> {
    let place = |index| SourceView::of_file(input.name.as_str(), index, Some(input.sha256.clone()));
    let run = Run::of(reading.spectra.iter().flatten()).filter(|_| only.is_empty());
    let count = reading.spectra.len();
    if let Some(range) = only.iter().find(|range| *range.end() > count) {
        let message = format!(
            "There is no spectrum {}: the file holds {count} spectra.",
            range.end()
        );
        return vec![Err(Outcome::failed(place(0), "no-sample", message))];
    }
    let mut reading = reading;
    let is_sample =
        |item: &Result<Spectrum, ReadError>| item.as_ref().is_ok_and(|s| s.companion.is_none());
    let only_companions = !reading.spectra.iter().any(is_sample);
    let of_file = std::mem::take(&mut reading.warnings);
    let mut items = Vec::new();
    if let Some(run) = &run {
        let first = run.peaks.first().map_or(1, |p| p.index + 1);
        let known = scans_are_of(&reading, Technique::EiMs);
        let peaks = match known {
            true => "Its peaks are found by `specid identify FILE`",
            false => {
                "Its peaks are found by `specid identify FILE --technique ei-ms`, or `specid screen` with the same, where its scans are of electron ionisation, which the file does not say"
            }
        };
        let message = format!(
            "This is {run}, not a spectrum of one sample. {peaks}; its scans are identified by `specid identify FILE --scan {first}`."
        );
        items.push(Err(Outcome::failed(place(0), "run", message)));
    }
    let wanted = |index: usize| only.is_empty() || only.iter().any(|r| r.contains(&(index + 1)));
    for (index, item) in reading.spectra.into_iter().enumerate() {
        if !wanted(index) {
            continue;
        }
        match item {
            Ok(spectrum) if run.is_some() && is_scan(&spectrum) => {}
            Ok(mut spectrum) => match spectrum.companion {
                None => {
                    // What concerns the file concerns each of its spectra.
                    spectrum.warnings.extend(of_file.iter().cloned());
                    items.push(Ok(spectrum));
                }
                // A background beside its sample is no failure; a file of nothing else is.
                Some(what) if only_companions || !only.is_empty() => {
                    let message = format!("This is not a spectrum of a sample but a {what}.");
                    items.push(Err(Outcome::failed(place(index), "no-sample", message)));
                }
                Some(_) => {}
            },
            Err(error) => items.push(Err(Outcome::failed(
                place(index),
                kind_name(&error),
                error.to_string(),
            ))),
        }
    }
    items
}

fn scans_are_of(reading: &Reading, technique: Technique) -> bool {
    let mut scans = reading.spectra.iter().flatten().filter(|s| is_scan(s));
    scans.all(|scan| scan.technique == technique)
}

/// A file that cannot be read at all.
pub fn unreadable(path: impl Into<String>, error: &ReadError) -> Outcome {
    let source = SourceView::of_file(path, 0, None);
    Outcome::failed(source, kind_name(error), error.to_string())
}

fn kind_name(error: &ReadError) -> String {
    match serde_json::to_value(error.kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => "unreadable".to_owned(),
    }
}
