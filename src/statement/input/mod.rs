//! What a document is made of: results as they were written, what people add, and what was found of the
//! raw files and libraries.

mod candidate;
mod case;
mod details;
mod hypotheses;
mod material;
mod national;
mod outcome;
mod result;
mod run;

pub use candidate::{Apart, Candidate, Control, Likeness, Standing};
pub use case::{
    Case, CaseFinding, Claim, Leads, Minimum, NextTest, Origin, SchemeUsed, Supported, Weighed,
};
pub use details::{Details, DetailsError};
pub use hypotheses::{
    Analogue, Change, Class, ClassLine, ClassName, Formula, FormulaLine, GivenClass, Hypotheses,
    Molecule, Said,
};
pub use material::{Absent, Material};
pub use national::{NationalEntry, NationalStatus, OverlaySource};
pub use outcome::{Failure, Outcome, Reason};
pub use result::{
    Alert, Component, Named, OfPeak, Program, Quality, Ranked, Residual, SearchedLibrary, Source,
    Target, Verdict, Warning,
};
pub use run::{InternalStandard, Peak, Run, RunFacts};
