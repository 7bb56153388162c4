//! Shell completions and manual pages.

use super::Ending;
use super::args::{Cli, CompletionsArgs, ManArgs};
use anyhow::{Context, Result};
use clap::CommandFactory;
use std::io::Write;

pub(super) fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "specid", &mut script);
    out.write_all(&script)?;
    Ok(Ending::Found)
}

pub(super) fn man_page(args: &ManArgs, out: &mut dyn Write) -> Result<Ending> {
    match &args.out {
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
                .with_context(|| format!("the manual cannot be written to {}", folder.display()))?;
        }
        None => clap_mangen::Man::new(Cli::command()).render(out)?,
    }
    Ok(Ending::Found)
}
