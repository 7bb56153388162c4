//! Screening: many files against a library, unattended.
//!
//! Each file goes through the same function as one sample ([`Identifier`]); its results are stored as they
//! come ([`store`]), one transaction a file. After a session the spectra of a sample are judged together
//! ([`sample`]), what needs a second look is said ([`second_look`]), unknowns are grouped ([`unknowns`]),
//! and all outputs are written from the store ([`output`]).

pub mod brief;
mod bytes;
mod derive;
mod drawing;
mod explained;
mod fingerprint;
mod given;
pub mod guide;
mod identifier;
mod injection;
mod listing;
pub mod manifest;
mod method;
mod open_archive;
pub mod output;
mod peaks;
pub mod run;
pub mod sample;
pub mod samples;
pub mod second_look;
pub mod settings;
pub mod store;
pub mod table;
pub mod unknowns;
mod work;

pub use derive::{Tally, add_notices, derive};
pub use drawing::Drawing;
pub use fingerprint::{Comparer, Fingerprint, Kept};
pub use given::Given;
pub use identifier::{Depth, Identifier};
pub use injection::{Injection, PeakSpectra, beside};
pub use listing::{Found, Lister, is_pattern, resolved};
pub use method::{Method, OfFile, hash_of};
pub use store::path_of_bytes;
pub use work::{Panel, refusal};
