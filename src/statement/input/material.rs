//! What was found of a result's raw file and library, so that it can be drawn.

use crate::library::Library;
use crate::mixture::Drawn;
use crate::spectrum::Spectrum;
use std::rc::Rc;

/// Why a raw file or a library cannot be drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absent {
    /// The result does not say which it was.
    NotRecorded,
    /// It was not found.
    NotFound,
    /// It is another one now; its hash.
    Changed(String),
    /// It cannot be read; why.
    Unreadable(String),
}

impl Absent {
    /// Name of the reason in the messages.
    pub(in crate::statement) fn id(&self) -> &'static str {
        match self {
            Self::NotRecorded => "not-recorded",
            Self::NotFound => "not-found",
            Self::Changed(_) => "changed",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// What the reason adds.
    pub(in crate::statement) fn what(&self) -> &str {
        match self {
            Self::NotRecorded | Self::NotFound => "",
            Self::Changed(what) | Self::Unreadable(what) => what,
        }
    }
}

/// What was found of a result's raw file and library.
#[derive(Clone)]
pub struct Material {
    /// The spectrum, from the file with the recorded hash.
    pub spectrum: Result<Rc<Spectrum>, Absent>,
    /// The library with the recorded hash.
    pub library: Result<Rc<Library>, Absent>,
    /// The fit of the components, where it was made again with the same components.
    pub fit: Option<Rc<Drawn>>,
    /// Of a run: retention time in minutes and total ion current.
    pub total: Option<Rc<Vec<(f64, f64)>>>,
}

impl Material {
    /// Nothing was found, since nothing was looked for.
    pub fn none() -> Self {
        Self {
            spectrum: Err(Absent::NotRecorded),
            library: Err(Absent::NotRecorded),
            fit: None,
            total: None,
        }
    }
}
