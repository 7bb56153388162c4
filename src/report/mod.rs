//! Results in the forms that people and programs read.

mod alert;
mod class_evidence;
mod control;
pub mod csv;
pub mod earlier;
mod emerging;
mod identification;
pub mod impact;
pub mod inspection;
mod mixture;
mod national;
mod parameters;
pub mod plot;
mod recorded;
pub mod run;
mod status;
mod target;
pub mod text;
pub mod validation;

pub use alert::Alert;
pub use control::{ControlView, Law};
pub use emerging::EmergingView;
pub use identification::{
    Candidate, Failure, Identification, LibraryView, Named, Outcome, ProgramView, SCHEMA,
    SameSkeleton, Shown, SourceView, VerdictView, identification,
};
pub use mixture::{Beside, ComponentView, IonView, MixtureView, ResidualView};
pub use national::national_text;
pub use parameters::Parameters;
pub use recorded::{Amends, EntryNamed, Recorded};
pub use status::{StatusView, control_text};
pub use target::Target;
