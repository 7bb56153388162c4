//! Results in the forms that people and programs read.

pub mod csv;
pub mod earlier;
mod identification;
pub mod impact;
pub mod inspection;
pub mod plot;
pub mod text;
pub mod validation;

pub use identification::{
    Candidate, ControlView, Failure, Identification, LibraryView, Named, Outcome, ProgramView,
    SCHEMA, SourceView, Target, VerdictView, identification,
};
