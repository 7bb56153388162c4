//! `specid library plot`.

use super::view::index_of;
use crate::cli::args::WhichLibrary;
use crate::cli::{Ending, locate};
use crate::library::Library;
use crate::report::plot;
use crate::spectrum::Spectrum;
use anyhow::{Result, bail};
use clap::Args;
use std::io::Write;

#[derive(Debug, Args)]
pub(in crate::cli) struct PlotArgs {
    /// Id of the entry
    #[arg(value_name = "ID")]
    pub id: String,
    /// Id of another to draw with it: mass spectra mirrored, curves overlaid
    #[arg(value_name = "OTHER")]
    pub other: Option<String>,
    #[command(flatten)]
    pub which: WhichLibrary,
}

pub(super) fn plot(args: &PlotArgs, out: &mut dyn Write) -> Result<Ending> {
    let library = locate::open(args.which.library.as_deref())?;
    let size = plot::Size::default();
    let spectrum = named(&library, &args.id)?;
    let Some(other) = &args.other else {
        writeln!(out, "{}", spectrum.identity.name)?;
        write!(out, "{}", plot::single(&spectrum, size))?;
        return Ok(Ending::Found);
    };
    let second = named(&library, other)?;
    if spectrum.technique.id() != second.technique.id() {
        bail!(
            "{} is {} and {other} is {}; only spectra of one technique can be drawn together",
            args.id,
            spectrum.technique.label(),
            second.technique.label()
        );
    }
    let (a, b) = (
        plot::Series::of_spectrum(&spectrum),
        plot::Series::of_spectrum(&second),
    );
    let drawn = match spectrum.technique.is_mass() {
        true => plot::mirror(&a, &b, size),
        false => plot::overlay(&a, &b, size),
    };
    write!(out, "{drawn}")?;
    Ok(Ending::Found)
}

fn named(library: &Library, id: &str) -> Result<Spectrum> {
    Ok(library.spectrum(index_of(library, id)?)?)
}
