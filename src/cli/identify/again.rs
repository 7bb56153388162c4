//! One recorded result asked again, as `identify` gave it.

use super::runs::Runs;
use super::{Session, alert, load, no_chromatogram};
use crate::cli::args::IdentifyArgs;
use crate::read::{Input, Reading};
use crate::record::Kind;
use crate::report::Outcome;
use crate::screen::Injection;
use crate::screen::samples::{samples, unreadable};
use crate::spectrum::Spectrum;
use crate::unknowns::Watches;
use anyhow::{Result, anyhow};
use serde_json::Value;
use std::path::Path;

/// What is asked for again.
pub(in crate::cli) struct Asked<'a> {
    /// The file, where it is now.
    pub file: &'a Path,
    /// What the entry is.
    pub kind: Kind,
    /// Position in the file, from 0.
    pub index: usize,
}

/// What the arguments name, opened once for all results.
pub(in crate::cli) struct Again<'a, 's> {
    args: &'a IdentifyArgs,
    session: &'a Session<'s>,
    runs: Runs<'a>,
    watches: Watches,
}

impl<'a, 's> Again<'a, 's> {
    /// Reads what the arguments name.
    pub fn new(args: &'a IdentifyArgs, session: &'a Session<'s>) -> Result<Self> {
        Ok(Self {
            args,
            session,
            runs: Runs::new(&args.runs, &args.overrides, &args.targets)?,
            watches: args.watching.open()?,
        })
    }

    /// The result as JSON, as it would be recorded.
    pub fn ask(&mut self, asked: &Asked<'_>) -> Result<Value> {
        let outcome = match load(asked.file, &self.args.overrides) {
            Err(error) => unreadable(asked.file.to_string_lossy(), &error),
            Ok((input, reading)) if asked.kind == Kind::Run => {
                let found = self
                    .runs
                    .identify(&input, &reading, &self.session.identifier);
                let mut result =
                    found.map_err(|message| anyhow!("the run has no result now: {message}"))?;
                result.parameters = Some(self.args.run_parameters());
                return Ok(serde_json::to_value(result)?);
            }
            Ok((input, reading)) => self.spectrum(&input, reading, asked)?,
        };
        Ok(serde_json::to_value(outcome)?)
    }

    fn spectrum(&mut self, input: &Input, reading: Reading, asked: &Asked<'_>) -> Result<Outcome> {
        if asked.kind == Kind::Failure && Injection::of(&reading).is_whole() {
            let found = self
                .runs
                .identify(input, &reading, &self.session.identifier);
            if let Err(message) = found {
                return Ok(no_chromatogram(input, message));
            }
        }
        let place = asked.index + 1;
        let here = |item: &Result<Spectrum, Outcome>| match item {
            Ok(_) => false,
            Err(Outcome::Failed(failure)) => failure.source.index == asked.index,
            Err(Outcome::Ranked(_)) => false,
        };
        let only = [place..=place];
        let item = match asked.kind {
            // What a file as a whole is refused for is not told of its single spectra.
            Kind::Failure => match samples(input, reading, &[]).into_iter().find(here) {
                Some(item) => Some(item),
                None => {
                    let again = self.args.overrides.given().read(input)?;
                    samples(input, again, &only).pop()
                }
            },
            _ => samples(input, reading, &only).pop(),
        };
        let item =
            item.ok_or_else(|| anyhow!("the file has no spectrum {place} to be identified"))?;
        let mut answer = self.session.answer(&item);
        alert(&mut answer.outcome, &item, &mut self.watches);
        Ok(answer.outcome)
    }
}
