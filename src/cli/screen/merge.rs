//! `specid merge`.

use super::super::Ending;
use super::super::args::ViewFormat;
use super::super::watching::WatchArgs;
use super::alerts::conclude;
use super::opening::refuse_foreign;
use super::summary;
use crate::screen::settings::differences;
use crate::screen::store::Store;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArgs {
    /// Folders of the runs
    #[arg(required = true, value_name = "RUN")]
    pub runs: Vec<PathBuf>,
    /// Folder of the whole, which must be new
    #[arg(long, short, value_name = "RUN")]
    pub out: PathBuf,
    #[command(flatten)]
    pub watching: WatchArgs,
    /// Form of the summary on standard output
    #[arg(long, short, value_enum, default_value_t)]
    pub format: ViewFormat,
}

pub(in crate::cli) fn run(args: &MergeArgs, out: &mut dyn Write) -> Result<Ending> {
    let mut watches = args.watching.open()?;
    refuse_foreign(&args.out)?;
    let store = Store::open(&args.out)?;
    if store.about()?.is_some() {
        bail!(
            "{} holds a run already; name a new folder with --out",
            args.out.display()
        );
    }
    if let Err(error) = take(&store, args) {
        // Half of a batch must not look like the whole.
        store.remove()?;
        return Err(error);
    }
    let (summary, raised) = conclude(&store, &args.out, store.queue(1)?, &mut watches)?;
    summary::print(&summary, &raised, &args.out, args.format, out)?;
    if summary.waiting > 0 {
        eprintln!(
            "specid: {} in the runs; finish these first, or the whole is not whole",
            summary::counted(summary.waiting, "file waits", "files wait")
        );
        return Ok(Ending::Failed);
    }
    Ok(summary::ending(&summary))
}

/// Takes all runs.
fn take(store: &Store, args: &MergeArgs) -> Result<()> {
    for folder in &args.runs {
        let context = || format!("the run {} cannot be taken", folder.display());
        let about = Store::open_existing(folder)
            .and_then(|part| part.about())
            .with_context(context)?;
        let Some(about) = about else {
            bail!("{} holds no results", folder.display());
        };
        match store.about()? {
            Some(first) => {
                if let Some((name, before, now)) =
                    differences(&first.listed(), &about.listed()).first()
                {
                    bail!(
                        "{} was made with other settings than {}: {name} is {now}, there {before}; results of one batch must be made alike",
                        folder.display(),
                        args.runs[0].display()
                    );
                }
            }
            None => store.at_once(|store| store.set_about(&about))?,
        }
        store.take_run(folder).with_context(context)?;
    }
    Ok(())
}
