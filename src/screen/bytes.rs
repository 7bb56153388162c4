//! Spectra with the very same bytes that a manifest calls different samples.

use super::brief::Brief;
use super::manifest::Fields;
use super::store::{Grouped, StoreError};
use std::collections::{BTreeSet, HashMap};

/// A sample of the manifest: its key in the run, and what people call it.
type Named = (String, String);

/// Which samples have the spectrum of a file of this SHA-256.
#[derive(Default)]
pub(super) struct SameBytes(HashMap<(String, usize), BTreeSet<Named>>);

impl SameBytes {
    /// Takes a spectrum of the sample of this key, where a manifest names it.
    pub fn note(&mut self, brief: &Brief, fields: &Fields, key: &str) {
        let Some(name) = fields.sample.as_ref().or(fields.item.as_ref()) else {
            return;
        };
        let Some(sha256) = &brief.sha256 else {
            return;
        };
        let name = match &fields.case {
            Some(case) => format!("sample {name} of case {case}"),
            None => format!("sample {name}"),
        };
        let samples = self.0.entry((sha256.clone(), brief.index)).or_default();
        samples.insert((key.to_owned(), name));
    }

    /// Forgets what is of one sample only.
    pub fn keep_shared(&mut self) {
        self.0.retain(|_, samples| {
            let keys: BTreeSet<&String> = samples.iter().map(|(key, _)| key).collect();
            keys.len() > 1
        });
    }

    /// What is said of the sample of these spectra, whose key `own` gives; `None` where no other has their bytes.
    ///
    /// # Errors
    /// Where `own` fails.
    pub fn sentence(
        &self,
        spectra: &[Grouped],
        own: impl Fn() -> Result<String, StoreError>,
    ) -> Result<Option<String>, StoreError> {
        let print = |one: &Grouped| Some((one.brief.sha256.clone()?, one.brief.index));
        let shared = spectra.iter().filter_map(print);
        let shared: Vec<&BTreeSet<Named>> = shared.filter_map(|it| self.0.get(&it)).collect();
        if shared.is_empty() {
            return Ok(None);
        }
        let own = own()?;
        let others = shared.into_iter().flatten().filter(|(key, _)| *key != own);
        let others: BTreeSet<&str> = others.map(|(_, name)| name.as_str()).collect();
        let others: Vec<&str> = others.into_iter().collect();
        Ok((!others.is_empty()).then(|| {
            format!(
                "A spectrum with the very same bytes is {}, too: perhaps one file was given two names.",
                others.join(" and ")
            )
        }))
    }
}
