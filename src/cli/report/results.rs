//! Results from a file of `specid identify`.

use super::{ReportArgs, Sample};
use crate::cli::values::values;
use crate::record::{Places, Validity, validities};
use crate::statement::input::{Case, Outcome, Source};
use anyhow::{Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A result as it was found.
pub(super) struct Found {
    /// The result.
    pub outcome: Outcome,
    /// What identifies it: the beginning of the SHA-256 of its JSON form.
    pub id: String,
    /// Where it stood.
    pub read_from: String,
    /// Whether it is what its record holds, and still stands.
    pub validity: Validity,
}

impl Found {
    /// Reads a result in its JSON form.
    pub fn read(value: &Value, read_from: String, validity: Validity) -> Result<Self, String> {
        let digest = Sha256::digest(value.to_string().as_bytes());
        Ok(Self {
            outcome: Outcome::read(value)?,
            id: short(&digest),
            read_from,
            validity,
        })
    }

    fn source(&self) -> &Source {
        self.outcome.source()
    }

    /// Whether a name is that of the sample: the record's, its title, or its file's.
    fn is_called(&self, name: &str) -> bool {
        let path = Path::new(&self.source().path);
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
        let file = path.file_name().map(|s| s.to_string_lossy().into_owned());
        let title = match &self.outcome {
            Outcome::Ranked(result) => Some(result.title.clone()),
            Outcome::Run(_) | Outcome::Failed(_) | Outcome::Case(_) => None,
        };
        let own = [self.source().id.clone(), title, stem, file];
        own.into_iter().flatten().any(|own| own == name) || self.source().path == name
    }
}

/// The beginning of a hash.
pub(super) fn short(digest: &[u8]) -> String {
    const BYTES: usize = 8;
    let bytes = digest.iter().take(BYTES);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// Each result of the file that the arguments ask for is a sample.
pub(super) fn samples(args: &ReportArgs) -> Result<Vec<Sample>> {
    let all = read(args)?;
    let number = all.len();
    let asked = |found: &Found| {
        let sample = args
            .sample
            .as_ref()
            .is_none_or(|name| found.is_called(name));
        sample && args.spectrum.is_none_or(|n| found.source().index + 1 == n)
    };
    let chosen: Vec<Found> = all.into_iter().filter(asked).collect();
    let path = args.results.display();
    if chosen.is_empty() && number > 0 {
        bail!(
            "{path}: none of its {number} results is of the sample or spectrum that was asked for; leave out --sample and --spectrum for all of them"
        );
    }
    if chosen.is_empty() {
        bail!("{path} holds no results");
    }
    let stem = match args.results == Path::new("-") {
        true => "report".into(),
        false => args
            .results
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy(),
    };
    let several = chosen.len() > 1;
    let sample = |(place, found): (usize, Found)| Sample {
        name: None,
        file_name: match several {
            true => format!("{stem}-{}", place + 1),
            false => stem.to_string(),
        },
        fields: None,
        results: vec![found],
    };
    Ok(chosen.into_iter().enumerate().map(sample).collect())
}

/// The results of a file.
fn read(args: &ReportArgs) -> Result<Vec<Found>> {
    let path = args.results.as_path();
    let values = values(path)?;
    let places = Places {
        named: args.record.as_deref(),
        results: path,
        run: None,
    };
    let validities = validities(&values, places).map_err(anyhow::Error::msg)?;
    let pairs = values.iter().zip(validities).enumerate();
    let found = pairs.map(|(place, (value, validity))| {
        let read_from = format!("{} [{}]", path.display(), place + 1);
        accepted(&read_from, &validity)?;
        let found = Found::read(value, read_from, validity).and_then(|mut found| {
            if let Outcome::Case(case) = &mut found.outcome {
                case.ask(places)?;
                tell(case, &found.read_from);
            }
            Ok(found)
        });
        found.map_err(|message| {
            anyhow::anyhow!("{}, result {}: {message}", path.display(), place + 1)
        })
    });
    found.collect()
}

/// Tells what the record says of a result.
///
/// # Errors
/// Where the record is broken, so that no document is made of what it may hold.
pub(super) fn accepted(read_from: &str, validity: &Validity) -> Result<()> {
    match validity {
        Validity::Broken(why) => bail!(
            "{read_from}: no report is made of it, since its record is known to be broken: {why} (`specid record verify` tells more); identify it again into a new record"
        ),
        Validity::Superseded(by) => eprintln!(
            "specid: {read_from}: THIS RESULT NO LONGER STANDS: {}",
            by.words()
        ),
        Validity::NotAsked(why) => eprintln!(
            "specid: {read_from}: the result could not be compared with its record, since {why}; name it with --record"
        ),
        Validity::Headless(record) => eprintln!(
            "specid: {read_from}: it is what {record} holds, but that has no head: whether an entry that was cut off its end withdrew it is not known"
        ),
        Validity::NotHeld(record) => eprintln!(
            "specid: {read_from}: the result states no entry of a record, and {record} has none for its file: whether the result was changed is not known"
        ),
        Validity::Held { .. } | Validity::Unrecorded | Validity::Stands => {}
    }
    Ok(())
}

/// Says on standard error what the records say against a case.
fn tell(case: &Case, read_from: &str) {
    for (at, finding) in case.findings.iter().enumerate() {
        let place = format!("specid: {read_from}, result {} of the case", at + 1);
        if let Some(by) = finding.superseded() {
            eprintln!(
                "{place}: THIS RESULT NO LONGER STANDS: {}; the case was put together before and counts it: put it together anew",
                by.words()
            );
        }
        if let Validity::NotAsked(why) = &finding.validity {
            eprintln!(
                "{place}: whether it still stands is not known, since {why}; name the record with --record"
            );
        }
    }
}
