//! Unknowns of a run that another laboratory gave notice of.

use crate::cli::output_file::replace;
use crate::report::Alert;
use crate::screen::Fingerprint;
use crate::screen::store::{Store, StoreError};
use crate::screen::table::csv::harmless;
use crate::unknowns::{Alike, Watches};
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

/// What the alerts say, by spectrum.
pub(super) fn sentences(raised: &[Raised]) -> BTreeMap<i64, Vec<String>> {
    let mut all: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for one in raised {
        all.entry(one.spectrum)
            .or_default()
            .push(one.alert.sentence());
    }
    all
}

/// Compares what a run did not identify with the notices, and writes the table of alerts.
pub(super) fn raise(store: &Store, folder: &Path, watches: &mut Watches) -> Result<Vec<Raised>> {
    // A table of notices that were withdrawn since would go on to alert.
    if watches.is_empty() && !folder.join(FILE).exists() {
        return Ok(Vec::new());
    }
    let mut raised = Vec::new();
    store.each_brief(|row, brief| -> Result<(), StoreError> {
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
        // Of a run it is known after its peaks were looked at which is the internal standard.
        if !brief.is_of_sample() {
            return Ok(());
        }
        Ok(())
    })?;
    let mut table = csv::Writer::from_writer(Vec::new());
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
            &harmless(&one.path),
            &(one.index + 1).to_string(),
            &harmless(one.id.as_deref().unwrap_or_default()),
            &one.alert.notice,
            &one.alert.publisher,
            &one.alert.similarity.to_string(),
            &harmless(one.alert.named.as_deref().unwrap_or_default()),
            &harmless(&one.alert.hypothesis.join(" ")),
        ])?;
    }
    replace(&folder.join(FILE), &table.into_inner()?)?;
    Ok(raised)
}
