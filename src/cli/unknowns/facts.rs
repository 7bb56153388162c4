//! What the user and a case manifest say of spectra.

use super::args::AddArgs;
use crate::screen::manifest::{Fields, Manifest, Row, day};
use crate::screen::resolved;
use crate::spectrum::Spectrum;
use crate::unknowns::{DayIs, Observation};
use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Rows of a manifest with a wrong date that are named before the rest is only counted.
const NAMED: usize = 5;

/// What is known of a spectrum besides its file.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub sample: Option<String>,
    pub day: Option<Date>,
    pub place: Option<String>,
    pub laboratory: Option<String>,
}

/// What became of what is said of a spectrum that is in the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// What was added to it.
    pub taken: Vec<String>,
    /// What was not, with the reason.
    pub kept: Vec<String>,
}

/// All that is said of the files of a command.
pub(super) struct Known {
    usual: Facts,
    /// Rows of the manifest by file.
    rows: HashMap<PathBuf, Vec<Row>>,
}

impl Known {
    pub fn of(args: &AddArgs) -> Result<Self> {
        let mut rows: HashMap<PathBuf, Vec<Row>> = HashMap::new();
        if let Some(path) = &args.manifest {
            let manifest = Manifest::read(path)?;
            // Told before anything is taken in.
            let wrong = manifest.rows.iter().filter_map(|row| {
                let why = Facts::default().or(&row.fields).err()?;
                Some(format!("{}: {why}", manifest.place(row)))
            });
            let wrong: Vec<String> = wrong.collect();
            if !wrong.is_empty() {
                let shown = wrong.iter().take(NAMED).map(|why| format!("\n  {why}"));
                let more = match wrong.len().saturating_sub(NAMED) {
                    0 => String::new(),
                    more => format!("\n  and {more} more"),
                };
                bail!(
                    "the manifest {} cannot be used:{}{more}",
                    path.display(),
                    shown.collect::<String>()
                );
            }
            for row in &manifest.rows {
                let file = resolved(&manifest.locate(row));
                rows.entry(file).or_default().push(row.clone());
            }
        }
        Ok(Self {
            usual: Facts {
                sample: args.sample.clone(),
                day: args.day,
                place: args.place.clone(),
                laboratory: args.laboratory.clone(),
            },
            rows,
        })
    }

    /// What is said of a spectrum of a file, counted from 0.
    pub fn facts(&self, path: &str, index: usize) -> Result<Facts> {
        let rows = self.rows.get(&resolved(Path::new(path)));
        let find = |which: Option<usize>| rows?.iter().find(|row| row.spectrum == which);
        match find(Some(index + 1)).or_else(|| find(None)) {
            Some(row) => self.usual.clone().or(&row.fields),
            None => Ok(self.usual.clone()),
        }
    }

    /// What is said of a spectrum of which a run knows these fields.
    pub fn with(&self, fields: &Fields) -> Result<Facts> {
        self.usual.clone().or(fields)
    }
}

impl Facts {
    /// What a manifest's row says, and these where it says nothing.
    fn or(self, fields: &Fields) -> Result<Self> {
        let said = fields.date.as_deref().map(day).transpose();
        Ok(Self {
            sample: fields
                .sample
                .clone()
                .or(fields.item.clone())
                .or(self.sample),
            day: said.map_err(|why| anyhow!(why))?.or(self.day),
            place: fields.place.clone().or(self.place),
            laboratory: fields
                .get("laboratory")
                .map(str::to_owned)
                .or(self.laboratory),
        })
    }

    /// Gives an observation that is in the register what is said here and nobody said of it before. Tells what
    /// it took, and what is said otherwise there, which stays.
    pub fn complete(&self, said: &mut Observation) -> Told {
        let mut told = Told::default();
        let mut text = |what: &str, new: &Option<String>, held: &mut Option<String>| match (
            new,
            held.as_ref(),
        ) {
            (Some(new), Some(old)) if new != old => {
                told.kept
                    .push(format!("{what} {new:?}, since it has {old:?}"));
            }
            (Some(new), None) => {
                told.taken.push(format!("{what} {new:?}"));
                *held = Some(new.clone());
            }
            _ => {}
        };
        text("sample", &self.sample, &mut said.sample);
        text("place", &self.place, &mut said.place);
        // Which laboratory it is decides what it is like, so it is not changed afterwards.
        if let Some(new) = self
            .laboratory
            .as_ref()
            .filter(|new| said.laboratory.as_ref() != Some(new))
        {
            let old = said.laboratory.as_deref().unwrap_or("your own");
            told.kept
                .push(format!("laboratory {new:?}, since it has {old:?}"));
        }
        match (self.day, said.day_is) {
            (Some(new), DayIs::Given) if new != said.day => {
                told.kept
                    .push(format!("day {new}, since it has {}", said.day));
            }
            (Some(new), DayIs::Measured | DayIs::Added) => {
                told.taken.push(format!("day {new}"));
                (said.day, said.day_is) = (new, DayIs::Given);
            }
            _ => {}
        }
        told
    }

    /// The day on which a spectrum was seen: as said, as its file states, else today.
    pub fn seen(&self, spectrum: &Spectrum, today: Date) -> (Date, DayIs) {
        let measured = spectrum.provenance.date.as_deref();
        let measured = measured.and_then(|text| day(text).ok());
        match (self.day, measured) {
            (Some(day), _) => (day, DayIs::Given),
            (None, Some(day)) => (day, DayIs::Measured),
            (None, None) => (today, DayIs::Added),
        }
    }
}
