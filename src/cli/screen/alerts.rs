//! Unknowns of a run that another laboratory gave notice of.

use crate::cli::output_file::replace;
use crate::cli::progress::spinner;
use crate::report::Alert;
use crate::screen::output::{self, Summary};
use crate::screen::store::{Queue, Store, StoreError};
use crate::screen::{Fingerprint, add_notices};
use crate::unknowns::{Alike, Watches};
use crate::write::Sheet;
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Table of the alerts in a run's folder.
pub(in crate::cli) const FILE: &str = "alerts.csv";

/// An alert with its spectrum.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Raised {
    /// Its row in the store.
    #[serde(skip)]
    pub spectrum: i64,
    pub path: String,
    pub index: usize,
    pub id: Option<String>,
    #[serde(flatten)]
    pub alert: Alert,
}

/// Judges all samples of a run anew, compares what it did not identify with the notices, and writes the outputs.
pub(super) fn conclude(
    store: &Store,
    folder: &Path,
    queue: Queue,
    watches: &mut Watches,
) -> Result<(Summary, Vec<Raised>)> {
    let spinner = spinner("judging samples and writing the outputs");
    let mut summary = Summary::of(store, folder, queue)?;
    let raised = raise(store, folder, watches)?;
    let mut by_spectrum: BTreeMap<i64, Vec<Alert>> = BTreeMap::new();
    for one in &raised {
        let all = by_spectrum.entry(one.spectrum).or_default();
        all.push(one.alert.clone());
    }
    add_notices(store, &mut summary.tally, by_spectrum)?;
    output::write(store, folder, &summary)?;
    spinner.finish_and_clear();
    Ok((summary, raised))
}

/// Compares what a run did not identify with the notices, and writes the table of alerts.
fn raise(store: &Store, folder: &Path, watches: &mut Watches) -> Result<Vec<Raised>> {
    // A table of notices that were withdrawn since would go on to alert.
    if watches.is_empty() && !folder.join(FILE).exists() {
        return Ok(Vec::new());
    }
    let mut raised = Vec::new();
    store.each_brief(|row, brief| -> Result<(), StoreError> {
        // Of a run it is known after its peaks were looked at which is the internal standard.
        if !brief.is_of_sample() {
            return Ok(());
        }
        let bytes = store.fingerprint(row.spectrum)?;
        let print = bytes.as_deref().and_then(Fingerprint::from_bytes);
        let alerts = print.map(|print| watches.alerts_for(&Alike::of_print(print, None)));
        for alert in alerts.unwrap_or_default() {
            raised.push(Raised {
                spectrum: row.spectrum,
                path: brief.path.clone(),
                index: brief.index,
                id: brief.id.clone(),
                alert,
            });
        }
        Ok(())
    })?;
    let mut table = Sheet::new(Vec::new());
    table.write_record([
        "file",
        "spectrum",
        "id",
        "notice",
        "publisher",
        "similarity",
        "named",
        "hypothesis",
    ])?;
    for one in &raised {
        table.write_record([
            &one.path,
            &(one.index + 1).to_string(),
            one.id.as_deref().unwrap_or_default(),
            &one.alert.notice,
            &one.alert.publisher,
            &one.alert.similarity.to_string(),
            one.alert.named.as_deref().unwrap_or_default(),
            &one.alert.hypothesis.join(" "),
        ])?;
    }
    replace(&folder.join(FILE), &table.into_bytes()?)?;
    Ok(raised)
}
