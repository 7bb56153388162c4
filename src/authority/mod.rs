#![doc = include_str!("guide.md")]

mod about;
mod admr;
mod belongs;
mod claim;
mod form_d;
mod group;
mod header;
mod listing;
mod names;
mod period;
mod pics;
mod sift;
mod table;
mod write;

pub use about::WORKING_FILE;
pub use admr::admr;
pub use form_d::form_d;
pub use header::Header;
pub use period::Period;
pub use pics::pics;
pub use table::{Counts, Export, Heading, Holds, Table, Value};
pub use write::{Existing, FILES, WriteError, write};

use crate::spectrum::Identity;
use crate::substance::{On, Register};

/// What a country's own law says of a substance on a day, one status each, in words.
pub type National<'a> = dyn Fn(&Identity, On) -> Vec<String> + 'a;

/// What all exports need beside the cases.
pub struct Desk<'a> {
    /// The register of substances with the rules of international control.
    pub register: &'a Register,
    /// National status; `None` where no national list is loaded.
    pub national: Option<&'a National<'a>>,
    /// What the user says once.
    pub header: Header,
}
