//! Results from the store of a screening run, with what its manifest says.

use super::peaks::gathered;
use super::results::{Found, accepted};
use super::{ReportArgs, Sample};
use crate::cli::record::absolute;
use crate::cli::screen::record_of_run;
use crate::record::{Places, validities};
use crate::report::Alert;
use crate::screen::store::{Store, StoreError};
use anyhow::{Result, anyhow, bail};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

/// A result in the store, read or not.
type Read = (Result<Found, String>, i64);

/// The samples of a run that the arguments ask for, each with the results of all its spectra.
pub(super) fn samples(args: &ReportArgs) -> Result<Vec<Sample>> {
    let folder = &args.results;
    let store = Store::open_existing(folder)?;
    let mut labels: Vec<(i64, String)> = Vec::new();
    store.each_sample(|sample, _| -> Result<(), StoreError> {
        labels.push((sample, store.judged(sample)?.label));
        Ok(())
    })?;
    let wanted = |label: &str| args.sample.as_ref().is_none_or(|name| name == label);
    let all = labels.len();
    labels.retain(|(_, label)| wanted(label));
    if labels.is_empty() {
        bail!(
            "{}: none of its {all} samples is the one that was asked for; `results.csv` in it tells their names",
            folder.display()
        );
    }
    let listed = store.about()?.map(|about| about.searching);
    let listed = listed.unwrap_or_default();
    let mut rows: Vec<(i64, i64, Option<Vec<Alert>>)> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let label_of = |sample: i64| labels.iter().find(|(own, _)| *own == sample);
    store.each_outcome(|spectrum, sample, json| -> Result<(), StoreError> {
        if let Some((_, label)) = label_of(sample) {
            let mut value: Value = serde_json::from_str(json)?;
            value["sample"] = json!({ "label": label });
            let alerts = store.judged(sample)?.alerts.remove(&spectrum);
            rows.push((sample, spectrum, alerts));
            values.push(value);
        }
        Ok(())
    })?;
    let record = record_of_run(args.record.as_ref(), &store)?;
    let run = absolute(folder);
    let places = Places {
        named: record.as_deref(),
        results: folder,
        run: Some(&run),
    };
    let validities = validities(&values, places).map_err(anyhow::Error::msg)?;
    let mut read: BTreeMap<i64, Vec<Read>> = BTreeMap::new();
    let all = rows.into_iter().zip(&values).zip(validities);
    for (((sample, spectrum, alerts), value), validity) in all {
        let read_from = format!("{} [{spectrum}]", folder.display());
        accepted(&read_from, &validity)?;
        let value = with_alerts(value.clone(), alerts);
        let found = Found::read(&value, read_from, validity);
        read.entry(sample).or_default().push((found, spectrum));
    }
    let mut samples = Vec::with_capacity(labels.len());
    for (row, label) in labels {
        let mut results = Vec::new();
        let mut fields = None;
        let mut all = Vec::new();
        for (found, spectrum) in read.remove(&row).unwrap_or_default() {
            let found = found.map_err(|message| {
                anyhow!(
                    "{}: the result of sample {label:?}: {message}",
                    folder.display()
                )
            })?;
            if fields.is_none() {
                fields = store.fields(spectrum)?;
            }
            let index = found.outcome.source().index;
            match args.spectrum {
                Some(n) if index + 1 != n => {}
                Some(_) => results.push(found),
                None => all.push(found),
            }
        }
        results.extend(gathered(all, &listed));
        if !results.is_empty() {
            samples.push(Sample {
                file_name: format!("report-{}", safe(&label)),
                name: Some(label),
                fields,
                results,
            });
        }
    }
    if samples.is_empty() {
        bail!(
            "{}: no sample has the spectrum that was asked for; leave out --spectrum for all of them",
            folder.display()
        );
    }
    distinguish(&mut samples);
    Ok(samples)
}

/// A result with what notices of other laboratories say of it, which is made anew after each session.
fn with_alerts(mut result: Value, alerts: Option<Vec<Alert>>) -> Value {
    if let (Some(object), Some(alerts)) = (result.as_object_mut(), alerts) {
        object.insert("alerts".to_owned(), json!(alerts));
    }
    result
}

/// A name that every file system takes.
fn safe(label: &str) -> String {
    const MOST: usize = 80;
    let keep = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '_'
        }
    };
    label.chars().take(MOST).map(keep).collect()
}

/// Gives samples whose names make the same file name a number each that makes no name of another.
fn distinguish(samples: &mut [Sample]) {
    let mut taken: HashSet<String> = samples.iter().map(|s| s.file_name.to_lowercase()).collect();
    let mut first: HashSet<String> = HashSet::new();
    for sample in samples {
        if first.insert(sample.file_name.to_lowercase()) {
            continue;
        }
        let mut number = 2;
        let mut name = format!("{}-{number}", sample.file_name);
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{}-{number}", sample.file_name);
        }
        sample.file_name = name;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_differ() {
        assert_eq!(safe("../a b/ç:1"), ".._a_b_ç_1");
        let sample = |name: &str| Sample {
            name: None,
            file_name: name.to_owned(),
            fields: None,
            results: Vec::new(),
        };
        let mut all = [sample("a"), sample("A"), sample("b")];
        distinguish(&mut all);
        assert_eq!(all.map(|s| s.file_name), ["a", "A-2", "b"]);
        // A number may make the name that another sample has.
        let mut all = ["a_1", "a_1", "a_1-2", "A_1"].map(sample);
        distinguish(&mut all);
        assert_eq!(all.map(|s| s.file_name), ["a_1", "a_1-3", "a_1-2", "A_1-4"]);
    }
}
