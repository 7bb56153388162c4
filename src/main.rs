//! The `specid` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    specid::cli::run()
}
