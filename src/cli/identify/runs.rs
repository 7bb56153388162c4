//! Runs: their peaks, each identified as a spectrum of its own.

use super::recording::lines;
use super::run_args::RunArgs;
use super::{Kind, Printer, load};
use crate::chromatogram::{Chromatogram, Ladder, mark_blank};
use crate::cli::args::{Overrides, ResultFormat};
use crate::cli::output_file::replace;
use crate::read::{Input, Limits, Reading};
use crate::report::run::{About, RunResult, csv, plot, svg, text};
use crate::report::{SourceView, plot::Size};
use crate::screen::{Identifier, Injection};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// What the arguments name, read once for all runs.
pub(super) struct Runs<'a> {
    args: &'a RunArgs,
    blank: Option<Chromatogram>,
    ladder: Option<Ladder>,
    drawn: usize,
}

impl<'a> Runs<'a> {
    /// Reads the blank and the ladder.
    ///
    /// # Errors
    /// Where one cannot be read, or the blank is no run.
    pub fn new(args: &'a RunArgs, overrides: &Overrides) -> Result<Self> {
        let blank = args.blank.as_deref();
        let ladder = args.ri_ladder.as_deref();
        Ok(Self {
            args,
            blank: blank
                .map(|path| blank_run(path, args, overrides))
                .transpose()?,
            ladder: ladder
                .map(|path| read_ladder(path, overrides))
                .transpose()?,
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
        let injection = Injection::of(reading);
        let settings = self.args.settings();
        let found = injection.chromatogram(&settings);
        let mut found = found.map_err(|e| e.to_string())?;
        if let Some(blank) = &self.blank {
            mark_blank(&mut found, blank);
        }
        let outcomes = injection.identify(&found, identifier);
        let mut source = SourceView::of_file(input.name.as_str(), 0, Some(input.sha256.clone()));
        source.format = injection.first().map(|scan| scan.provenance.format.clone());
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let ladder = self.ladder.as_ref().zip(self.args.ri_ladder.as_ref());
        let about = About {
            source,
            settings,
            blank: self.args.blank.as_ref().map(path),
            ladder: ladder.map(|(ladder, file)| (ladder, path(file))),
            standard: self.args.internal_standard.as_ref(),
            warnings: injection.warnings(),
        };
        Ok(RunResult::of(about, found, outcomes, identifier.library()))
    }

    /// Writes the drawing, where one was asked for.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn draw(&mut self, result: &RunResult) -> Result<()> {
        let Some(file) = &self.args.svg else {
            return Ok(());
        };
        self.drawn += 1;
        let path = numbered(file, self.drawn);
        replace(&path, svg::chromatogram(result).as_bytes())
    }
}

fn blank_run(path: &Path, args: &RunArgs, overrides: &Overrides) -> Result<Chromatogram> {
    let read = load(path, overrides);
    let (_, reading) = read.with_context(|| format!("--blank: {}", path.display()))?;
    let injection = Injection::of(&reading);
    if !injection.is_whole() {
        bail!(
            "--blank: {} is not a run of scans of electron ionisation; where it is and the file does not say so, give --technique ei-ms",
            path.display()
        );
    }
    let found = injection.chromatogram(&args.settings());
    found.map_err(|error| anyhow::anyhow!("--blank: {}: {error}", path.display()))
}

fn read_ladder(path: &Path, overrides: &Overrides) -> Result<Ladder> {
    let limits = Limits {
        file_bytes: 1 << 20,
        ..overrides.given().limits
    };
    let input = Input::open(path, &limits);
    let input = input.with_context(|| format!("--ri-ladder: {}", path.display()))?;
    let text = String::from_utf8_lossy(&input.bytes);
    Ladder::read(&text).map_err(|error| anyhow::anyhow!("--ri-ladder: {}: {error}", path.display()))
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
