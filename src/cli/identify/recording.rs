//! What `identify` appends to a record before it prints.

use crate::cli::args::IdentifyArgs;
use crate::cli::overlays::Nation;
use crate::cli::record::{RecordArgs, Recorder, absolute, library_used, told, used, used_bytes};
use crate::cli::{locate, whole};
use crate::library::Library;
use crate::read::Input;
use crate::record::{Draft, Kind, LibraryUsed, UsedFile};
use crate::report::run::RunResult;
use crate::report::{Amends, Outcome, Parameters, Recorded};
use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;
use std::path::Path;

/// Whether and how results are recorded.
#[derive(Debug, Args)]
#[command(next_help_heading = "Record")]
pub(in crate::cli) struct RecordingArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// The result takes the place of this entry of the record
    #[arg(long, value_name = "ENTRY", requires = "because")]
    pub amends: Option<u64>,
    /// Why it does
    #[arg(long, value_name = "TEXT", requires = "amends")]
    pub because: Option<String>,
}

/// The record of a command, and what all its entries share.
pub(super) struct Recording {
    recorder: Option<Recorder>,
    amends: Option<Amends>,
    /// Files that every result depends on.
    shared: Vec<UsedFile>,
    /// Files that the result for a run depends on besides.
    of_runs: Vec<UsedFile>,
    library: LibraryUsed,
    parameters: Parameters,
    run_parameters: Parameters,
}

impl Recording {
    /// Opens the record, where there is one.
    pub fn new(args: &IdentifyArgs, library: &Library, nation: &Nation) -> Result<Self> {
        let recorder = args.recording.record.recorder()?;
        let because = args.recording.because.as_deref().unwrap_or_default();
        let amends = match (args.recording.amends, &recorder) {
            (None, _) => None,
            (Some(_), None) => {
                bail!("--amends names an entry of a record; name it with --record FILE")
            }
            (Some(entry), Some(recorder)) => Some(amended(recorder, entry, because)?),
        };
        if amends.is_some() && args.files.len() > 1 {
            bail!("--amends is for one result; name one file");
        }
        let (mut shared, mut of_runs) = (Vec::new(), Vec::new());
        if recorder.is_some() {
            whole::required(library)?;
            if let Nation::Loaded(overlay) = nation {
                shared.push(used_bytes("overlay", &overlay.path, &overlay.bytes));
            }
            let register = locate::unknowns(args.watching.register.as_deref()).ok();
            shared.extend(
                register
                    .filter(|path| path.is_file())
                    .map(|path| used("register", &path)),
            );
            let files = args.runs.measured.files();
            of_runs.extend(files.map(|(role, path)| used(role, path)));
        }
        Ok(Self {
            recorder,
            amends,
            shared,
            of_runs,
            library: library_used(library),
            parameters: args.parameters(),
            run_parameters: args.run_parameters(),
        })
    }

    /// Refuses to amend one entry by several results.
    pub fn check_count(&self, results: usize) -> Result<()> {
        match &self.amends {
            Some(amends) if results != 1 => bail!(
                "entry {} is amended by one result, and this file gives {results}; choose its spectrum with --scan N",
                amends.entry
            ),
            _ => Ok(()),
        }
    }

    /// Records results of one file, all or none.
    pub fn outcomes<'a>(
        &self,
        file: &UsedFile,
        outcomes: impl Iterator<Item = &'a mut Outcome>,
    ) -> Result<()> {
        let mut outcomes: Vec<&mut Outcome> = outcomes.collect();
        for outcome in &mut outcomes {
            if let Outcome::Ranked(result) = outcome {
                result.amends.clone_from(&self.amends);
            }
        }
        let Some(recorder) = &self.recorder else {
            return Ok(());
        };
        let drafts = outcomes.iter().map(|outcome| match outcome {
            Outcome::Ranked(result) => {
                let amends = self.amends.clone();
                let draft = self.draft(Kind::Identification, file, result)?;
                Ok(Draft { amends, ..draft })
            }
            Outcome::Failed(failure) => self.draft(Kind::Failure, file, failure),
        });
        let drafts = drafts.collect::<Result<Vec<_>>>()?;
        let places = recorder.append(&drafts)?;
        for (outcome, place) in outcomes.into_iter().zip(places) {
            match outcome {
                Outcome::Ranked(result) => result.recorded = Some(place),
                Outcome::Failed(failure) => failure.recorded = Some(place),
            }
        }
        Ok(())
    }

    /// Records the result for a run.
    pub fn run(&self, file: &UsedFile, result: &mut RunResult) -> Result<()> {
        result.parameters = Some(self.run_parameters.clone());
        result.amends.clone_from(&self.amends);
        let Some(recorder) = &self.recorder else {
            return Ok(());
        };
        let mut draft = self.draft(Kind::Run, file, result)?;
        draft.parameters = Some(self.run_parameters.clone());
        draft.inputs.extend(self.of_runs.iter().cloned());
        draft.amends.clone_from(&self.amends);
        result.recorded = Some(recorder.append_one(draft)?);
        Ok(())
    }

    fn draft(&self, kind: Kind, file: &UsedFile, result: &impl Serialize) -> Result<Draft> {
        let mut draft = Draft::new(kind, serde_json::to_value(result)?);
        draft.inputs = std::iter::once(file).chain(&self.shared).cloned().collect();
        draft.library = Some(self.library.clone());
        draft.parameters = Some(self.parameters.clone());
        Ok(draft)
    }
}

fn amended(recorder: &Recorder, number: u64, because: &str) -> Result<Amends> {
    let (amends, entry) = recorder.amend(number, because)?;
    match entry.kind.is_result() {
        true => Ok(amends),
        false => bail!(
            "entry {number} is of kind {}, which no identification takes the place of; withdraw it with `specid record amend {} {number} --because TEXT`",
            entry.kind.id(),
            recorder.path().display()
        ),
    }
}

/// The file of a result, as it was read.
pub(super) fn file_of(path: &Path, input: Option<&Input>) -> UsedFile {
    let named = path != Path::new("-");
    UsedFile {
        role: "spectrum".to_owned(),
        path: if named {
            absolute(path)
        } else {
            "-".to_owned()
        },
        sha256: input.map(|input| input.sha256.clone()),
        bytes: input.map(|input| input.bytes.len() as u64),
    }
}

/// What text says of a result's place in the record, and of what it amends.
pub(super) fn lines(amends: Option<&Amends>, place: Option<&Recorded>) -> String {
    let amends = amends.map(|amends| {
        format!(
            "amends entry {} (hash {}): {}\n",
            amends.entry, amends.hash, amends.because
        )
    });
    let place = place.map(|place| format!("{}\n", told(place)));
    amends.into_iter().chain(place).collect()
}
