//! Raw files, found where they were or where they are now, and known by their SHA-256.

use super::ReportArgs;
use crate::chromatogram::ChromatogramError;
use crate::cli::args::{Overrides, TechniqueArg};
use crate::cli::gather::Sources;
use crate::read::Reading;
use crate::report::Parameters;
use crate::screen::{Injection, PeakSpectra};
use crate::spectrum::Spectrum;
use crate::statement::input::{Absent, Ranked, Source};
use clap::ValueEnum;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A raw file by its hash and what was said of it when it was read.
type Key = (String, Vec<(String, String)>);

/// Raw files that were looked for.
pub(super) struct RawFiles<'a> {
    args: &'a ReportArgs,
    read: HashMap<Key, Rc<Reading>>,
    /// The peaks of those that are GC-MS runs.
    peaks: HashMap<Key, Result<PeakSpectra, ChromatogramError>>,
}

fn key(hash: &str, overrides: &Overrides) -> Key {
    (hash.to_owned(), overrides.listed())
}

impl<'a> RawFiles<'a> {
    pub fn new(args: &'a ReportArgs) -> Self {
        Self {
            args,
            read: HashMap::new(),
            peaks: HashMap::new(),
        }
    }

    /// The spectrum of a result, read as it was read then; that of a peak is taken out of its run again.
    pub fn spectrum(&mut self, result: &Ranked) -> Result<Rc<Spectrum>, Absent> {
        let (source, parameters) = (&result.source, result.parameters.as_ref());
        if let Some(peak) = result.peak {
            return self.peak(source, parameters, (peak.number, peak.retention_min));
        }
        let Some(hash) = &source.sha256 else {
            return Err(Absent::NotRecorded);
        };
        let reading = self.reading(source, hash, parameters)?;
        match reading.spectra.get(source.index) {
            Some(Ok(spectrum)) => Ok(Rc::new(spectrum.clone())),
            Some(Err(error)) => Err(Absent::Unreadable(error.to_string())),
            None => Err(Absent::Unreadable(format!(
                "it has no spectrum {}",
                source.index + 1
            ))),
        }
    }

    /// The spectrum of the peak of this number and time of a run.
    pub fn peak(
        &mut self,
        source: &Source,
        parameters: Option<&Parameters>,
        (number, minutes): (usize, f64),
    ) -> Result<Rc<Spectrum>, Absent> {
        let Some(hash) = &source.sha256 else {
            return Err(Absent::NotRecorded);
        };
        let reading = self.reading(source, hash, parameters)?;
        let key = key(hash, &self.overrides(parameters));
        let found = self.peaks.entry(key);
        let found = found.or_insert_with(|| Injection::of(&reading).spectra());
        let peaks = found
            .as_ref()
            .map_err(|e| Absent::Unreadable(e.to_string()))?;
        let spectrum = peaks.get(number, minutes).ok_or_else(|| {
            Absent::Unreadable(format!("it has no peak {number} at {minutes:.2} min"))
        })?;
        Ok(Rc::new(spectrum.clone()))
    }

    /// The total ion current of a run over its minutes.
    pub fn total(&mut self, source: &Source) -> Result<Rc<Vec<(f64, f64)>>, Absent> {
        let Some(hash) = &source.sha256 else {
            return Err(Absent::NotRecorded);
        };
        let reading = self.reading(source, hash, None)?;
        let scans = reading.spectra.iter().flatten();
        let total = scans.filter_map(|scan| {
            let sum = scan.ordinate.iter().filter(|y| y.is_finite()).sum();
            Some((scan.retention? / 60.0, sum))
        });
        Ok(Rc::new(total.collect()))
    }

    fn reading(
        &mut self,
        source: &Source,
        hash: &str,
        parameters: Option<&Parameters>,
    ) -> Result<Rc<Reading>, Absent> {
        let overrides = self.overrides(parameters);
        let key = key(hash, &overrides);
        if let Some(reading) = self.read.get(&key) {
            return Ok(Rc::clone(reading));
        }
        let reading = Rc::new(self.look_for(source, hash, &overrides)?);
        self.read.insert(key, Rc::clone(&reading));
        Ok(reading)
    }

    /// What is said of a file now, else what was said of it then.
    fn overrides(&self, parameters: Option<&Parameters>) -> Overrides {
        self.args.overrides.clone().or(as_then(parameters))
    }

    /// Looks where the file was, beside the results, and in the folders that are named.
    fn look_for(
        &self,
        source: &Source,
        hash: &str,
        overrides: &Overrides,
    ) -> Result<Reading, Absent> {
        let mut why = Absent::NotFound;
        for place in self.places(source) {
            for found in Sources::of(&place, overrides) {
                match found {
                    Ok(found) if found.sha256 == hash => return Ok(found.reading),
                    // Only what stands under the file's own name is the file, changed.
                    Ok(found) if is_named(&found.path, source) => {
                        why = Absent::Changed(found.sha256)
                    }
                    Err(failure) if is_named(&failure.path, source) => {
                        why = Absent::Unreadable(failure.message);
                    }
                    Ok(_) | Err(_) => {}
                }
            }
        }
        Err(why)
    }

    fn places(&self, source: &Source) -> Vec<PathBuf> {
        let own = PathBuf::from(&source.path);
        let beside = match self.args.results.is_dir() {
            true => Some(self.args.results.as_path()),
            false => self.args.results.parent(),
        };
        let mut places = vec![own.clone()];
        if let Some(folder) = beside {
            places.push(folder.join(&own));
            places.extend(own.file_name().map(|name| folder.join(name)));
        }
        // A member of an archive stands under the archive's name.
        let members: Vec<PathBuf> = places
            .iter()
            .flat_map(|place| place.ancestors().skip(1))
            .filter(|place| place.is_file())
            .map(Path::to_path_buf)
            .collect();
        places.retain(|place| place.is_file());
        places.extend(members);
        places.dedup();
        places.extend(self.args.files.iter().cloned());
        places
    }
}

fn is_named(path: &str, source: &Source) -> bool {
    let name = |path: &str| Path::new(path).file_name().map(|name| name.to_os_string());
    name(path) == name(&source.path)
}

/// What was said of the file when it was identified.
fn as_then(parameters: Option<&Parameters>) -> Overrides {
    let said = |name: &str| {
        parameters
            .and_then(|p| p.0.get(name))
            .and_then(serde_json::Value::as_str)
    };
    Overrides {
        technique: said("technique").and_then(|name| TechniqueArg::from_str(name, true).ok()),
        laser: said("laser").and_then(|nm| nm.parse().ok()),
        ..Overrides::default()
    }
}
