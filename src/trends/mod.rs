#![doc = include_str!("guide.md")]

pub mod csv;
mod error;
pub mod exact;
mod first;
mod found;
mod groups;
mod ledger;
mod listed;
mod notes;
pub mod page;
mod period;
mod report;
mod rise;
mod series;
mod status;
mod subject;
mod tally;
pub mod text;
mod totals;
mod unknowns;

pub use error::TrendError;
pub use first::{First, Seen};
pub use groups::UnknownGroup;
pub use ledger::{Certainty, Ledger, Of, Record, Seizure};
pub use listed::{Doubt, Undated};
pub use period::{By, Period};
pub use report::{Judged, SCHEMA, Settings, Source, Trends};
pub use rise::{LEVEL, Rising, Share, Test, Window};
pub use series::{Block, Exact, Series, Told};
pub use subject::{Kind, Member, Subject, Subjects};
pub use tally::{Apart, Calendar, Counts, Quantity, Tallies, Tally};
pub use totals::Totals;
pub use unknowns::Grouped;

#[cfg(test)]
mod tests;
