//! The record of what was done: entries that hold the hash of the one before.
//!
//! [`Writer`] appends, [`verify`] looks for any change, [`Entries`] reads, [`compare`] says what differs between
//! a recorded result and the same asked again. The guide for people:
//!
#![doc = include_str!("guide.md")]

mod amendments;
mod compare;
mod entry;
mod error;
mod head;
mod held;
mod line;
mod place;
mod read;
mod said;
mod signed;
mod tail;
mod validity;
mod verify;
mod write;

pub use amendments::Amendments;
pub use compare::{Comparison, Difference, compare};
pub use entry::{Draft, Entry, Host, Kind, LibraryUsed, Stamp, UsedFile};
pub use error::RecordError;
pub use head::{HEAD_SCHEMA, Head, ZEROS};
pub use line::{Fault, SCHEMA};
pub use read::Entries;
pub use said::{FileSaid, Said};
pub use signed::{SignedHead, Standing};
pub use validity::{Places, Superseded, Validity, standings, validities};
pub use verify::{Checked, HeadFound, Known, NoHead, Wrong, verify};
pub use write::Writer;
