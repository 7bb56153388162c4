//! What GC-MS runs are measured against: arguments that `identify` and `screen` share, and the reading of their files.

use super::args::Overrides;
use crate::chromatogram::{Chromatogram, Ladder, Settings};
use crate::cli::identify::load;
use crate::read::{Input, Limits};
use crate::report::Parameters;
use crate::report::run::Standard;
use crate::screen::{Injection, Method, OfFile};
use anyhow::{Result, anyhow, bail};
use clap::Args;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The blank, ladder and internal standard of runs.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct MeasuredArgs {
    /// Mark the peaks that this GC-MS run of a blank has, too: same retention within the peak's width (at least
    /// 3 s), similar spectrum, and at most five times the blank's area
    #[arg(long, value_name = "RUN")]
    pub blank: Option<PathBuf>,
    /// Tell linear retention indices (van den Dool & Kratz) of the peaks of GC-MS runs from this table of carbon
    /// number (or index) and retention time in min; none outside it
    #[arg(long, value_name = "FILE")]
    pub ri_ladder: Option<PathBuf>,
    /// Tell the area of each peak of a GC-MS run over that of the internal standard: its name, CAS number or
    /// InChIKey where the verdict names it, or its retention time in min
    #[arg(long, value_name = "NAME_OR_MIN")]
    pub internal_standard: Option<Standard>,
}

impl MeasuredArgs {
    /// These, and those of `file` where nothing is said here.
    pub fn or(self, file: Self) -> Self {
        Self {
            blank: self.blank.or(file.blank),
            ri_ladder: self.ri_ladder.or(file.ri_ladder),
            internal_standard: self.internal_standard.or(file.internal_standard),
        }
    }

    /// The files, each with what it is.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let blank = self.blank.as_deref().map(|path| ("blank", path));
        let ladder = self.ri_ladder.as_deref().map(|path| ("ri-ladder", path));
        blank.into_iter().chain(ladder)
    }

    /// States these settings, and the smallest peak that is told, as settings of a result.
    pub fn state(&self, smallest: &Settings, all: &mut Parameters) {
        let path = |path: &Option<PathBuf>| match path {
            Some(path) => Value::from(path.to_string_lossy()),
            None => Value::Null,
        };
        all.set("blank", path(&self.blank));
        all.set("ri-ladder", path(&self.ri_ladder));
        let standard = self.internal_standard.as_ref().map(Standard::typed);
        all.set(
            "internal-standard",
            standard.map_or(Value::Null, Value::from),
        );
        all.set("min-area", smallest.min_area_percent);
        all.set("min-snr", smallest.min_signal_to_noise);
    }

    /// Reads the blank and the ladder.
    ///
    /// # Errors
    /// Where one cannot be read, or the blank is no run.
    pub fn read(&self, settings: Settings, overrides: &Overrides) -> Result<Method> {
        let blank = self.blank.as_deref();
        let blank = blank.map(|path| blank_run(path, &settings, overrides));
        let ladder = self.ri_ladder.as_deref();
        let ladder = ladder.map(|path| read_ladder(path, overrides));
        Ok(Method {
            settings,
            blank: blank.transpose()?,
            ladder: ladder.transpose()?,
            standard: self.internal_standard.clone(),
        })
    }
}

fn of_file<T>(path: &Path, input: Input, content: T) -> OfFile<T> {
    OfFile {
        path: path.to_string_lossy().into_owned(),
        sha256: input.sha256,
        content,
    }
}

fn blank_run(
    path: &Path,
    settings: &Settings,
    overrides: &Overrides,
) -> Result<OfFile<Chromatogram>> {
    let unusable = |why: String| anyhow!("--blank: {}: {why}", path.display());
    let (input, reading) = load(path, overrides).map_err(|error| unusable(error.to_string()))?;
    let injection = Injection::of(&reading);
    if !injection.is_whole() {
        bail!(
            "--blank: {} is not a run of scans of electron ionisation; where it is and the file does not say so, give --technique ei-ms",
            path.display()
        );
    }
    if let Some(unread) = injection.unread() {
        return Err(unusable(unread));
    }
    let found = injection.chromatogram(settings);
    let found = found.map_err(|error| unusable(error.to_string()))?;
    Ok(of_file(path, input, found))
}

fn read_ladder(path: &Path, overrides: &Overrides) -> Result<OfFile<Ladder>> {
    let unusable = |why: String| anyhow!("--ri-ladder: {}: {why}", path.display());
    let limits = Limits {
        file_bytes: 1 << 20,
        ..overrides.given().limits
    };
    let input = Input::open(path, &limits).map_err(|error| unusable(error.to_string()))?;
    let ladder = Ladder::read(&String::from_utf8_lossy(&input.bytes));
    let ladder = ladder.map_err(|error| unusable(error.to_string()))?;
    Ok(of_file(path, input, ladder))
}
