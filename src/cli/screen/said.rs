//! What a record tells of the results of a run, and whether they still are that.

use crate::cli::record::{Recorder, absolute};
use crate::read::hex;
use crate::record::{Entries, Entry, FileSaid, Kind, Said};
use crate::screen::brief::Brief;
use crate::screen::store::{FILE, Store, StoreError};
use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Name of the value of a store that says which record tells of the run.
pub(super) const RECORD: &str = "record";

/// What is said of each file of the run.
pub(super) fn said(store: &Store) -> Result<Vec<FileSaid>, StoreError> {
    let mut files: Vec<FileSaid> = Vec::new();
    let mut briefs = Sha256::new();
    let done = |file: Option<&mut FileSaid>, briefs: &mut Sha256| {
        if let Some(file) = file {
            file.briefs_sha256 = Some(hex(&briefs.finalize_reset()));
        }
    };
    store.each_stored(|sample, text, outcome| -> Result<(), StoreError> {
        let brief: Brief = serde_json::from_str(text)?;
        let mut result: Value = serde_json::from_str(outcome)?;
        let label = store.judged(sample)?.label;
        if let Value::Object(members) = &mut result {
            members.insert("sample".to_owned(), json!({ "label": label }));
        }
        let is_same = |file: &&mut FileSaid| file.path == brief.path && file.sha256 == brief.sha256;
        if files.last_mut().filter(is_same).is_none() {
            done(files.last_mut(), &mut briefs);
            files.push(FileSaid {
                path: brief.path.clone(),
                sha256: brief.sha256.clone(),
                briefs_sha256: None,
                spectra: Vec::new(),
            });
        }
        briefs.update(text);
        briefs.update(b"\n");
        if let Some(file) = files.last_mut() {
            file.spectra.push(Said::of(&result));
        }
        Ok(())
    })?;
    done(files.last_mut(), &mut briefs);
    Ok(files)
}

/// Refuses to go on with a run whose results are not those that the record tells of. A file that was looked at again
/// since, or that the record does not tell of, is none of them.
///
/// # Errors
/// Where a result was changed, with its file and what differs.
pub(super) fn unchanged(recorder: &Recorder, store: &Store, run: &Path) -> Result<()> {
    let Some(entry) = newest(recorder.path(), &absolute(run))? else {
        return Ok(());
    };
    let result = entry.result();
    let told = result.get("files").map(Vec::<FileSaid>::deserialize);
    let told = told.and_then(Result::ok).unwrap_or_default();
    let told: HashMap<(&str, &Option<String>), &FileSaid> = told
        .iter()
        .map(|file| ((file.path.as_str(), &file.sha256), file))
        .collect();
    for now in said(store)? {
        let Some(then) = told.get(&(now.path.as_str(), &now.sha256)) else {
            continue;
        };
        if let Some(why) = changed(then, &now) {
            bail!(
                "{}: the results of {} are not what entry {} of {} tells: {why}. Nothing was screened or written. Where a session without --record made them, screen all files again with --anew; else keep the folder as it is and look into it",
                run.display(),
                now.path,
                entry.entry,
                recorder.path().display()
            );
        }
    }
    Ok(())
}

/// How the results of a file differ from what an entry tells; samples may be named anew by the manifest.
fn changed(then: &FileSaid, now: &FileSaid) -> Option<String> {
    for said in &then.spectra {
        let own = now.spectra.iter().find(|own| said.is_of(own));
        let Some(own) = own else {
            return Some(format!("spectrum {} is missing", said.index + 1));
        };
        if let Some(why) = said.differs(own) {
            return Some(why);
        }
    }
    if now.spectra.len() != then.spectra.len() {
        return Some("there are more spectra than in the record".to_owned());
    }
    let hashes = then.briefs_sha256.as_ref().zip(now.briefs_sha256.as_ref());
    hashes
        .is_some_and(|(then, now)| then != now)
        .then(|| "the short form that the outputs are made from was changed".to_owned())
}

/// The record that tells of a run: the one that is named, else the one that its last recorded session was told in.
pub(in crate::cli) fn record_of_run(
    named: Option<&PathBuf>,
    store: &Store,
) -> Result<Option<PathBuf>> {
    match named {
        Some(named) => Ok(Some(named.clone())),
        None => Ok(store.value(RECORD)?.map(PathBuf::from)),
    }
}

/// The same for results that may be a run's. Where another session has the run, that is told.
pub(in crate::cli) fn record_of(
    named: Option<&PathBuf>,
    results: &Path,
) -> Result<Option<PathBuf>> {
    if named.is_some() || !results.join(FILE).is_file() {
        return Ok(named.cloned());
    }
    match Store::open_existing(results) {
        Ok(store) => record_of_run(None, &store),
        Err(error @ StoreError::Busy(_)) => {
            eprintln!(
                "specid: {error}; in which record it is told is not known now, name that with --record"
            );
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// The newest entry that tells of a run.
fn newest(record: &Path, run: &str) -> Result<Option<Entry>> {
    let mut newest = None;
    for entry in Entries::open(record)? {
        let entry = entry?;
        if entry.kind == Kind::Screening && entry.result()["run"] == run {
            newest = Some(entry);
        }
    }
    Ok(newest)
}
