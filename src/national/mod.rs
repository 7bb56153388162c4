//! National law: overlays that a country's librarian keeps in a spreadsheet.
//!
//! An overlay is a CSV file: lines of a name and a value, a blank line, and a table with one row for each
//! entry of a national list. It adds to the status under the UN conventions and never replaces it: the two
//! are values of different types ([`NationalStatus`] here), and neither knows the other.
//!
//! [`Overlay::parse`] checks a whole file and gives all errors at once. [`Overlay::standings`] says what
//! its entries say of a substance on a day. A signature covers the exact bytes of the file without the
//! value that [`signature_cell`] finds; this layer does not know keys, so [`Overlay::signer`] is filled in
//! by one that does.

mod answer;
mod asked;
mod caveat;
mod columns;
mod country;
mod duplicate;
mod entry;
mod front;
mod header;
mod identifiers;
mod index;
mod limits;
mod matching;
mod overlay;
mod problem;
mod reading;
mod rows;
mod rules;
mod signer;
mod standing;
mod threshold;
mod words;

pub use answer::{NOT_LOADED, NationalStatus};
pub use asked::Asked;
pub use country::Country;
pub use entry::{Entry, Scope};
pub use front::{SCHEMA, signature_cell};
pub use header::Header;
pub use index::FoundBy;
pub use limits::FILE_BYTES;
pub use overlay::Overlay;
pub use problem::{OverlayError, OverlayWarning};
pub use signer::Signer;
pub use standing::{Applies, Force, NationalStanding, OverlaySource};
pub use threshold::Threshold;
pub use words::{Category, EntryStatus, MatchKind};

/// An empty overlay, to be filled in.
pub const TEMPLATE: &str = include_str!("../../spectra-library/overlays/template.csv");
/// A worked example of the country ZZ, which is no country.
pub const EXAMPLE: &str = include_str!("../../spectra-library/overlays/example-ZZ.csv");
/// The header and the table described for programs, the table as a Frictionless Table Schema.
pub const TABLE_SCHEMA: &str = include_str!("../../spectra-library/overlays/overlay.schema.json");

#[cfg(test)]
mod tests;
