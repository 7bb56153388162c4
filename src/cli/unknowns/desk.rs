//! A library to ask, and what it says of a spectrum.

use super::super::locate;
use super::hypothesis::hypothesis;
use crate::decide::Level;
use crate::library::Library;
use crate::report::{Identification, Law, Outcome};
use crate::screen::Identifier;
use crate::search::Options;
use crate::spectrum::Spectrum;
use crate::substance::{On, Register};
use crate::unknowns::{Hypothesis, Said};
use anyhow::Result;
use std::path::Path;

/// Candidates that are looked at.
const TOP: usize = 5;

/// What is needed to identify.
pub(super) struct Desk {
    library: Library,
    register: Register,
}

/// What a library says of a spectrum.
pub(super) struct Answer {
    pub said: Said,
    pub hypothesis: Hypothesis,
    pub poor: bool,
}

impl Desk {
    pub fn open(library: Option<&Path>) -> Result<Self> {
        Ok(Self {
            library: locate::open(library)?,
            register: locate::register()?,
        })
    }

    pub fn identifier(&self) -> Identifier<'_> {
        let law = Law {
            register: &self.register,
            on: On::from(None),
            national: None,
        };
        let options = Options {
            top: TOP,
            ..Options::default()
        };
        Identifier::new(&self.library, law, options, &[]).with_hypotheses(true)
    }
}

/// Asks for a spectrum.
///
/// # Errors
/// The sentence of a spectrum that cannot be searched.
pub(super) fn ask(identifier: &Identifier<'_>, spectrum: &Spectrum) -> Result<Answer, String> {
    match identifier.identify(spectrum).0 {
        Outcome::Ranked(result) => Ok(answer(&result)),
        Outcome::Failed(failure) => Err(failure.error.message),
    }
}

fn answer(result: &Identification) -> Answer {
    let named = result.verdict.substances.iter();
    Answer {
        said: Said {
            level: result.verdict.level,
            substances: named.map(|s| s.name.clone()).collect(),
            library: result.library.name.clone(),
            generation: result.library.generation,
            hash: result.library.hash.clone(),
        },
        hypothesis: hypothesis(result),
        poor: result.quality.level == Level::Poor,
    }
}
