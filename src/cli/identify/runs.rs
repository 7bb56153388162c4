//! Runs: their peaks, each identified as a spectrum of its own.

use super::recording::lines;
use super::{Kind, Printer};
use crate::cli::args::{IdentifyArgs, ResultFormat};
use crate::cli::kept;
use crate::cli::output_file::replace;
use crate::read::{Input, Reading};
use crate::report::run::{About, GivenFile, RunResult, csv, plot, svg, text};
use crate::report::{SourceView, plot::Size};
use crate::screen::{Identifier, Injection, Method, OfFile};
use crate::spectrum::{Warning, WarningKind};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What the arguments name, read once for all runs.
pub(super) struct Runs<'a> {
    method: Method,
    /// What the command reads, which no drawing takes the place of.
    inputs: Vec<&'a Path>,
    targets: &'a [String],
    svg: Option<&'a Path>,
    drawn: usize,
}

impl<'a> Runs<'a> {
    /// Reads the blank and the ladder.
    ///
    /// # Errors
    /// Where one cannot be read, the blank is no run, or the drawing would take the place of a file that stays.
    pub fn new(args: &'a IdentifyArgs) -> Result<Self> {
        let runs = &args.runs;
        let measured = runs.measured.files().map(|(_, path)| path);
        let inputs: Vec<&Path> = args
            .files
            .iter()
            .map(PathBuf::as_path)
            .chain(measured)
            .collect();
        if let Some(file) = &runs.svg {
            kept::refuse(file, inputs.iter().copied())?;
        }
        Ok(Self {
            method: runs.measured.read(runs.settings(), &args.overrides)?,
            inputs,
            targets: &args.targets,
            svg: runs.svg.as_deref(),
            drawn: 0,
        })
    }

    /// The result for a run: its peaks, each asked of the library.
    ///
    /// # Errors
    /// One sentence where the run has no chromatogram.
    pub fn identify(
        &self,
        input: &Input,
        reading: &Reading,
        identifier: &Identifier<'_>,
    ) -> Result<RunResult, String> {
        let method = &self.method;
        let injection = Injection::of(reading);
        let found = method.chromatogram(&injection);
        let found = found.map_err(|e| e.to_string())?;
        let (outcomes, hypotheses) = injection.identify(&found, identifier);
        let mut source = SourceView::of_file(input.name.as_str(), 0, Some(input.sha256.clone()));
        source.format = injection.first().map(|scan| scan.provenance.format.clone());
        let ladder = method.ladder.as_ref();
        let mut warnings = injection.warnings();
        warnings.extend(method.warnings(&found));
        if !self.targets.is_empty() {
            let message = format!(
                "Targets are not looked for in runs, so nothing is said of the absence of {}.",
                self.targets.join(", ")
            );
            warnings.push(Warning::new(WarningKind::Format, message));
        }
        let about = About {
            source,
            settings: method.settings,
            blank: method.blank.as_ref().map(given),
            ladder: ladder.map(|ladder| (&ladder.content, given(ladder))),
            standard: method.standard.as_ref(),
            warnings,
            hypotheses,
        };
        Ok(RunResult::of(about, found, outcomes, identifier.library()))
    }

    /// Writes the drawing, where one was asked for.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn draw(&mut self, result: &RunResult) -> Result<()> {
        let Some(file) = self.svg else {
            return Ok(());
        };
        self.drawn += 1;
        let path = numbered(file, self.drawn);
        kept::refuse(&path, self.inputs.iter().copied())?;
        replace(&path, svg::chromatogram(result).as_bytes())
    }
}

fn given<T>(file: &OfFile<T>) -> GivenFile {
    GivenFile {
        path: file.path.clone(),
        sha256: file.sha256.clone(),
    }
}

/// The name for the second and later runs.
fn numbered(file: &Path, number: usize) -> PathBuf {
    if number <= 1 {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = match file.extension() {
        Some(extension) => format!("{stem}-{number}.{}", extension.to_string_lossy()),
        None => format!("{stem}-{number}"),
    };
    file.with_file_name(name)
}

impl Printer<'_> {
    /// Prints a run, with its chromatogram in text where that was asked for.
    pub(super) fn print_run(&mut self, result: &RunResult, drawn: bool) -> Result<()> {
        let first = self.printed == 0;
        let header = self.begin(Kind::Run);
        match self.format {
            ResultFormat::Text => {
                write!(self.out, "{}", if first { "" } else { "\n" })?;
                if drawn {
                    let size = Size {
                        width: 96,
                        height: 16,
                    };
                    writeln!(self.out, "{}", plot::chromatogram(result, size))?;
                }
                let place = lines(result.amends.as_ref(), result.recorded.as_ref());
                write!(self.out, "{}{place}", text::run(result))?;
            }
            ResultFormat::Jsonl => {
                serde_json::to_writer(&mut *self.out, result)?;
                writeln!(self.out)?;
            }
            ResultFormat::Json => {
                write!(self.out, "{}", if first { "[\n" } else { ",\n" })?;
                serde_json::to_writer_pretty(&mut *self.out, result)?;
            }
            ResultFormat::Csv => csv::write(result, header, self.out)?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_drawings_get_numbers() {
        let name = |file: &str, n| numbered(Path::new(file), n).to_string_lossy().into_owned();
        assert_eq!(name("a/run.svg", 1), "a/run.svg");
        assert_eq!(name("a/run.svg", 2), "a/run-2.svg");
        assert_eq!(name("run", 3), "run-3");
    }
}
