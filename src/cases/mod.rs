//! Cases: what screening runs found and case manifests state, sample by sample, for reports and trends.
//!
//! Nothing is guessed here. A quantity, unit or date that can be read in two ways, or that two rows of one
//! sample give differently, is left out and becomes a doubt of the sample, in a sentence. A sample that
//! stands in several runs is told once.

mod amount;
mod assemble;
mod draft;
mod error;
mod gather;
mod join;
mod repeated;
mod sample;
mod spelling;

pub use amount::{Amount, Unit};
pub use error::CaseError;
pub use sample::{CaseSample, Cases, Finding, Input, Repeated, Source};
pub use spelling::{Spellings, spelled};

use crate::screen::manifest::{Manifest, Use};
use std::path::PathBuf;

/// Reads runs and case manifests.
///
/// Rows of a manifest that name a file of a run say what is known of its spectra; else those of the same
/// case, item and sample are of that sample; the rest are samples of their own.
///
/// # Errors
/// [`CaseError`] where a run or a manifest cannot be read, or a run was not finished.
pub fn read(runs: &[PathBuf], manifests: &[PathBuf]) -> Result<Cases, CaseError> {
    let mut read = Vec::new();
    let mut warnings = Vec::new();
    for path in manifests {
        let manifest = Manifest::read_for(path, Use::Report)?;
        let same = |other: &&Manifest| other.sha256 == manifest.sha256;
        if let Some(other) = read.iter().find(same) {
            warnings.push(format!(
                "{} holds the same bytes as {}; it is read once",
                path.display(),
                other.path.display()
            ));
            continue;
        }
        let told = manifest.warnings.iter();
        warnings.extend(told.map(|warning| format!("{}: {warning}", path.display())));
        read.push(manifest);
    }
    let mut joined = join::Join::of(&read);
    let mut inputs = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in runs {
        let place = crate::screen::resolved(path);
        if seen.contains(&place) {
            warnings.push(format!(
                "{} is named twice; it is read once",
                path.display()
            ));
            continue;
        }
        seen.push(place);
        let gathered = gather::run(path, &mut joined)?;
        warnings.extend(gathered.warnings);
        inputs.push(gathered.input);
        joined.add_run(gathered.drafts);
    }
    inputs.extend(read.iter().map(Input::of_manifest));
    let mut cases = assemble::cases(joined.finish());
    cases.inputs = inputs;
    cases.warnings = warnings;
    Ok(cases)
}
