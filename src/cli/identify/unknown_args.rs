//! What is asked of substances that the library lacks.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct UnknownArgs {
    /// Whether to tell what a substance that the library lacks may be: class, analogues, formula (mass
    /// spectra; of a GC-MS run the 40 largest peaks)
    #[arg(long, value_enum, default_value_t)]
    pub hypotheses: WhenUnknown,
    /// Identify as if the library did not hold these substances: what would be said of one that it lacks?
    /// Names, also of the library, CAS numbers, InChIKeys. Components are still looked for among all
    #[arg(long, value_name = "NAMES")]
    pub without: Vec<String>,
}

/// When hypotheses are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum WhenUnknown {
    /// Where nothing is identified, if the spectrum is good enough.
    #[default]
    Unknown,
    /// Of every spectrum.
    Always,
    /// Not at all, which is faster.
    Never,
}
