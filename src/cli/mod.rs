//! The command line: the only layer that prints, reads the environment and sets exit codes.
//!
//! Results go to standard output, everything else to standard error. Exit code 0: found; 1: nothing
//! identified; 2: an error, or at least one file that could not be used.

mod args;
mod case;
mod check;
mod convert;
mod day;
mod export;
mod gather;
mod identify;
mod inspect;
mod kept;
mod key_list;
mod keyring;
mod keys;
mod library;
mod lists;
mod locate;
mod manual;
mod measured;
mod output_file;
mod overlays;
mod progress;
mod publish;
mod receive;
mod record;
mod rehunt;
mod replay;
mod report;
mod screen;
mod start;
mod substances;
mod targets;
mod trends;
mod unknowns;
mod validate;
mod values;
mod watching;
mod whole;

pub use args::Cli;

use args::Command;
use std::io::Write;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// Done; for `identify`, at least one spectrum identified.
    Found,
    /// Done, nothing identified.
    Nothing,
    /// At least one input could not be used; the others were.
    Failed,
}

/// Parses the arguments, runs the command and gives the exit code.
pub fn run() -> ExitCode {
    let cli = start::arguments();
    start::threads(&cli);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let ended = match &cli.command {
        Command::Identify(args) => identify::run(args, &mut out),
        Command::Screen(args) => screen::run(args, &mut out),
        Command::Merge(args) => screen::merge(args, &mut out),
        Command::Export(args) => export::run(args, &mut out),
        Command::Inspect(args) => inspect::run(args, &mut out),
        Command::Convert(args) => convert::run(args, &mut out),
        Command::Library(args) => library::run(args, &mut out),
        Command::Overlay(args) => overlays::run(args, &mut out),
        Command::Rehunt(args) => rehunt::run(args, &mut out),
        Command::Report(args) => report::run(args, &mut out),
        Command::Case(args) => case::run(args, &mut out),
        Command::Record(args) => record::run(args, &mut out),
        Command::Replay(args) => replay::run(args, &mut out),
        Command::Trends(args) => trends::run(args, &mut out),
        Command::Unknowns(args) => unknowns::run(args, &mut out),
        Command::Validate(args) => validate::run(args, &mut out),
        Command::Status(args) => substances::status(args, &mut out),
        Command::Substances(args) => substances::run(args, &mut out),
        Command::Completions(args) => manual::completions(args, &mut out),
        Command::Man(args) => manual::man_page(args, &mut out),
    };
    let flushed = ended.and_then(|ending| Ok(out.flush().map(|()| ending)?));
    match flushed {
        Ok(Ending::Found) => ExitCode::SUCCESS,
        Ok(Ending::Nothing) => ExitCode::from(1),
        Ok(Ending::Failed) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::from(CLOSED_PIPE),
        Err(error) => {
            eprintln!("specid: {}", told(&error));
            ExitCode::from(2)
        }
    }
}

/// Exit code where the reader of our output has gone away before its end (`specid ... | head`), as shells give it for programs
/// that end by SIGPIPE: no error to speak of, but what was not looked at may have been anything.
const CLOSED_PIPE: u8 = 128 + 13;

/// Whether the reader of our output has gone away.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        // serde_json does not give the error of the stream as its cause.
        let json = cause.downcast_ref::<serde_json::Error>();
        io.or_else(|| json?.io_error_kind()) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

/// An error and its causes in one line; a cause that the error before it ends with is not said twice.
pub(super) fn told(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |mut text, cause| {
        let cause = cause.to_string();
        if !text.ends_with(&cause) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&cause);
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn a_cause_is_said_once() {
        let full = || std::io::Error::other("No space left on device");
        let named = crate::library::LibraryError::Io {
            path: "nat.h5".into(),
            source: full(),
        };
        let named = anyhow::Error::new(named);
        assert_eq!(told(&named), "nat.h5: No space left on device");
        let of_step = Err::<(), _>(full()).context("cannot write").unwrap_err();
        assert_eq!(told(&of_step), "cannot write: No space left on device");
    }
}
