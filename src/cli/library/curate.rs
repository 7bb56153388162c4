//! `specid library add`, `edit`, `deprecate` and `restore`: entries by hand.

use super::change::{ChangeArgs, Finished, Session};
use super::import::{FieldArgs, Suspect, assignment, incoming, told_findings};
use crate::cli::args::Overrides;
use crate::cli::{Ending, identify, locate};
use crate::library::{Action, Amendment, Deprecated, Twins};
use crate::report::impact as told;
use anyhow::{Result, anyhow, bail};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct AddArgs {
    /// File with the spectrum; "-" reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Name of the substance
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Which spectrum of the file, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub spectrum: usize,
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    #[command(flatten)]
    pub fields: FieldArgs,
    #[command(flatten)]
    pub change: ChangeArgs,
    #[command(flatten)]
    pub overrides: Overrides,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct EditArgs {
    /// Ids of the entries
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// New value of a field, such as cas=103-79-7; an empty one takes it away. Fields: name, synonyms,
    /// cas, inchikey, formula, smiles, instrument, laboratory, date, licence, owner, method, kind,
    /// laser; any other name is kept among the metadata, label:NAME where it is nearly that of a field
    #[arg(long, required = true, value_name = "FIELD=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    #[command(flatten)]
    pub change: ChangeArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MarkArgs {
    /// Ids of the entries
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Library file [default: $SPECID_LIBRARY, else your own library]
    #[arg(long, short, value_name = "LIB")]
    pub library: Option<PathBuf>,
    #[command(flatten)]
    pub change: ChangeArgs,
}

pub(super) fn add(args: &AddArgs, out: &mut dyn Write) -> Result<Ending> {
    let (input, reading) = identify::load(&args.file, &args.overrides)
        .map_err(|e| anyhow!("{}: {e}", args.file.display()))?;
    let count = reading.spectra.len();
    let Some(spectrum) = reading.spectra.into_iter().nth(args.spectrum - 1) else {
        bail!(
            "{} has no spectrum {}; it holds {count}",
            args.file.display(),
            args.spectrum
        );
    };
    let mut spectrum = spectrum.map_err(|e| anyhow!("{}: {e}", args.file.display()))?;
    if args.name.trim().is_empty() {
        bail!("an entry needs a name");
    }
    spectrum.identity.name.clone_from(&args.name);
    let incoming = incoming(spectrum, &args.fields, Suspect::Keep).map_err(|e| anyhow!(e))?;
    let path = locate::writable(args.library.as_deref())?;
    let mut session = Session::begin(&path, Action::Add, &args.change)?;
    session.source(&input.name, &input.sha256);
    let mut builder = session.builder(|| "library".to_owned())?;
    builder.import(vec![incoming], Twins::Beside);
    session.change.entries.clone_from(&builder.report().touched);
    let finished = session.finish(builder, false)?;
    for oddity in finished
        .report
        .conflicting
        .iter()
        .chain(&finished.report.suspect)
        .chain(&finished.report.odd)
    {
        eprintln!("specid: {}: {}", oddity.entry, oddity.message);
    }
    tell(&finished, out)
}

/// Applies one change to several entries; all or none.
fn amend(
    ids: &[String],
    library: Option<&std::path::Path>,
    action: Action,
    change: &ChangeArgs,
    amendments: &dyn Fn(&Session) -> Vec<Amendment>,
    out: &mut dyn Write,
) -> Result<Ending> {
    let path = locate::writable(library)?;
    let mut session = Session::begin(&path, action, change)?;
    let mut builder = session.existing()?;
    for amendment in amendments(&session) {
        for id in ids {
            builder.amend(id, &amendment).map_err(|e| anyhow!(e))?;
        }
    }
    session.change.entries.clone_from(&builder.report().touched);
    let finished = session.finish(builder, false)?;
    tell(&finished, out)
}

pub(super) fn edit(args: &EditArgs, out: &mut dyn Write) -> Result<Ending> {
    let set = |_: &Session| {
        let fields = args.set.iter();
        fields
            .map(|(field, value)| Amendment::Set {
                field: field.clone(),
                value: value.clone(),
            })
            .collect()
    };
    amend(
        &args.ids,
        args.library.as_deref(),
        Action::Edit,
        &args.change,
        &set,
        out,
    )
}

pub(super) fn deprecate(args: &MarkArgs, out: &mut dyn Write) -> Result<Ending> {
    let Some(reason) = args.change.reason.clone() else {
        bail!("say why with --reason; it is kept with the entry and in the log");
    };
    let deprecate = |session: &Session| {
        vec![Amendment::Deprecate(Deprecated {
            reason: reason.clone(),
            date: session.change.date.clone(),
            by: session.change.by.clone(),
            here: false,
        })]
    };
    amend(
        &args.ids,
        args.library.as_deref(),
        Action::Deprecate,
        &args.change,
        &deprecate,
        out,
    )
}

pub(super) fn restore(args: &MarkArgs, out: &mut dyn Write) -> Result<Ending> {
    amend(
        &args.ids,
        args.library.as_deref(),
        Action::Restore,
        &args.change,
        &|_| vec![Amendment::Restore],
        out,
    )
}

fn tell(finished: &Finished, out: &mut dyn Write) -> Result<Ending> {
    let info = &finished.library.info;
    match &finished.record {
        Some(record) => writeln!(
            out,
            "generation {}: {}{}, {} entries, {}",
            info.generation,
            match finished.report.updated {
                0 => "",
                _ => "a new state of ",
            },
            record.change.entries.join(", "),
            finished.library.len(),
            info.hash
        )?,
        None => writeln!(
            out,
            "nothing is new; generation {} stays, {}",
            info.generation, info.hash
        )?,
    }
    if let Some(findings) = finished.findings.as_ref().filter(|f| !f.is_empty()) {
        told_findings(findings, out)?;
    }
    let effect = finished
        .record
        .as_ref()
        .and_then(|r| r.change.effect.as_ref());
    if let Some(effect) = effect.filter(|_| finished.impact.is_none()) {
        writeln!(out, "  {effect}")?;
    }
    if let Some(impact) = &finished.impact {
        write!(out, "{}", told::text(impact))?;
    }
    Ok(Ending::Found)
}
