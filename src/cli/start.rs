//! What is done before a command: arguments and threads, quickly for `identify`.

use super::args::{Cli, Command, IdentifyArgs, Shared};
use clap::{Parser, Subcommand};

// The command line where it can only be of `identify`; documented there.
#[derive(Debug, Parser)]
struct Quick {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: QuickCommand,
}

#[derive(Debug, Subcommand)]
enum QuickCommand {
    Identify(IdentifyArgs),
}

impl From<Quick> for Cli {
    fn from(Quick { shared, command }: Quick) -> Self {
        let QuickCommand::Identify(args) = command;
        Self {
            shared,
            command: Command::Identify(args),
        }
    }
}

/// Parses the arguments of the process, or ends it with help or with what is wrong.
///
/// The arguments of all commands take longer to make than some searches, so `identify` is tried with its own first;
/// help and mistakes are told by all of them.
pub(super) fn arguments() -> Cli {
    let named = std::env::args_os().any(|argument| argument == "identify");
    match named.then(Quick::try_parse) {
        Some(Ok(quick)) => quick.into(),
        _ => Cli::parse(),
    }
}

/// Makes the threads. `identify` works on the first one, too: it need not wait for another to wake up. Other commands
/// have writers beside their workers.
pub(super) fn threads(cli: &Cli) {
    let asked = cli.shared.threads;
    let mut pool = rayon::ThreadPoolBuilder::new().num_threads(asked.unwrap_or(0));
    if matches!(cli.command, Command::Identify(_)) {
        pool = pool.use_current_thread();
    } else if asked.is_none() {
        return;
    }
    // Fails only where the pool exists already, which nothing before makes.
    let _ = pool.build_global();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identify_is_parsed_as_by_all_commands_or_left_to_them() {
        let all = |typed: &str| format!("{:?}", Cli::try_parse_from(typed.split(' ')).ok());
        let quick = |typed: &str| Quick::try_parse_from(typed.split(' ')).ok();
        for typed in [
            "specid identify a.msp",
            "specid --threads 2 identify --top 3 --format json a.msp b.csv",
            "specid identify --threads 1 --technique ei-ms --hypotheses never --max-components 1 -",
            "specid identify -- --help",
        ] {
            let parsed = quick(typed).map(Cli::from);
            assert!(parsed.is_some(), "{typed}");
            assert_eq!(format!("{parsed:?}"), all(typed), "{typed}");
        }
        for typed in [
            "specid identify",
            "specid identify --nonsense a.msp",
            "specid identify --help",
            "specid convert identify",
            "specid help identify",
        ] {
            assert!(quick(typed).is_none(), "{typed}");
        }
    }
}
