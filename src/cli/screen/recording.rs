//! What a session appends to a record when it ends.

use super::session::{Inputs, Session};
use crate::cli::locate;
use crate::cli::record::{Recorder, absolute, told, used};
use crate::record::{Draft, Kind, LibraryUsed};
use crate::screen::output::{FILES, Summary};
use crate::screen::store::{Store, StoreError};
use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What was said of one file.
#[derive(Serialize)]
struct FileSaid {
    path: String,
    sha256: Option<String>,
    spectra: Vec<Said>,
}

/// What was said of one spectrum: its verdict, or the kind of its failure.
#[derive(Serialize)]
struct Said {
    index: usize,
    /// Which peak of a GC-MS run, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    peak: Option<usize>,
    verdict: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    substances: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

/// Records a session with what was said of each file of the run.
///
/// # Errors
/// Where the store cannot be read or the entry cannot be written.
pub(super) fn record(
    recorder: &Recorder,
    session: &Session<'_, '_>,
    inputs: &Inputs,
    store: &Store,
    summary: &Summary,
) -> Result<()> {
    let args = session.args;
    let settings: Map<String, Value> = summary
        .settings
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect();
    let names: Vec<String> = inputs.names.iter().map(|p| absolute(p)).collect();
    let outputs = FILES
        .iter()
        .map(|name| used("output", &args.out.join(name)));
    let outputs: Vec<_> = outputs.filter(|file| file.sha256.is_some()).collect();
    let result = json!({
        "run": absolute(&args.out),
        "names": names,
        "settings": settings,
        "libraries": summary.libraries,
        "manifest": inputs.manifest.as_ref().map(|m| m.sha256.as_str()),
        "files_done": summary.done,
        "files_waiting": summary.waiting,
        "outputs": outputs,
        "files": said(store)?,
    });
    let mut draft = Draft::new(Kind::Screening, result);
    let register = locate::unknowns(args.watching.register.as_deref()).ok();
    let register = register.filter(|path| path.is_file());
    let manifest = inputs.manifest.as_ref().map(|m| m.path.clone());
    let named = [
        ("manifest", manifest),
        ("policy", args.policy.clone()),
        ("files-from", args.files_from.clone()),
        ("register", register),
    ];
    let listed = named
        .into_iter()
        .filter_map(|(role, path)| Some((role, path?)));
    let measured = session.measured.files();
    let listed = listed.chain(measured.map(|(role, path)| (role, path.to_owned())));
    draft.inputs = listed
        .filter(|(_, path)| path != Path::new("-"))
        .map(|(role, path)| used(role, &path))
        .collect();
    draft.library = summary.libraries.first().map(|library| LibraryUsed {
        name: library.name.clone(),
        generation: library.generation,
        hash: library.hash.clone(),
        location: library.location.clone(),
    });
    let place = recorder.append_one(draft)?;
    eprintln!("specid: {}", told(&place));
    Ok(())
}

fn said(store: &Store) -> Result<Vec<FileSaid>, StoreError> {
    let mut files: Vec<FileSaid> = Vec::new();
    store.each_placed(|_, _, brief| -> Result<(), StoreError> {
        let level = brief.level.map(|level| level.id().to_owned());
        let failed = brief
            .error
            .as_ref()
            .map(|(kind, _)| format!("error: {kind}"));
        let spectrum = Said {
            index: brief.index,
            peak: brief.peak.as_ref().map(|p| p.number),
            verdict: level.or(failed).unwrap_or_default(),
            substances: brief.set.iter().map(|m| m.name.clone()).collect(),
            score: brief.candidates.first().map(|c| c.score),
        };
        match files.last_mut() {
            Some(file) if file.path == brief.path && file.sha256 == brief.sha256 => {
                file.spectra.push(spectrum);
            }
            _ => files.push(FileSaid {
                path: brief.path.clone(),
                sha256: brief.sha256.clone(),
                spectra: vec![spectrum],
            }),
        }
        Ok(())
    })?;
    Ok(files)
}
