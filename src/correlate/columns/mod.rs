//! An index over unit-mass spectra that finds the best references by cosine without scoring all.
//!
//! # What it holds
//! Row `r` of the library is a signal on m/z 0 to `M` that begins at its own start and ends with the
//! grid. With `|r|` its Euclidean norm, each value becomes a code of eight bits, **rounded up**:
//!
//! ```text
//! c(m) = ceil(254 r(m) / |r|)          0 exactly where r(m) = 0
//! ```
//!
//! Codes are stored column by column (one column per m/z) in blocks of 8192 rows, so that a query
//! reads the columns of its own ions only. A column of a block that holds many ions is a *strip* of one
//! byte per row; one that holds few is a list of rows and codes; one without ions takes no room.
//!
//! # The bound
//! The engine compares the window `W` from the later start of both signals to the end of the grid
//! ([`Engine::unshifted`](super::Engine::unshifted)):
//!
//! ```text
//! score = sum_W r q / (|r|_W |q|_W)
//! ```
//!
//! The query's values over its norm from its own start, `|q|`, become codes of seven bits, rounded up
//! too: `p(m) = ceil(Q q(m) / |q|)`. So, in whole numbers,
//!
//! ```text
//! sum_W r q / (|r| |q|)  <=  sum c p / (254 Q)
//! ```
//!
//! and nothing has to be known of the rounding: no code is below what it stands for. Two factors
//! remain.
//!
//! - `|r| / |r|_W`, above 1 where the reference has ions below the query's start. For every start
//!   that a query may have there is one more column, of the *loss*: 0 where the row has no ion below
//!   that start, [`GONE`] where it has none from there on, else `254 - floor(254 |r|_W / |r|)`, at
//!   least 1. `254 / (254 - loss)` is then never below the factor.
//! - `|q| / |q|_W`, above 1 where the reference starts later. It is computed for each start from the
//!   running sums that the engine itself uses.
//!
//! All roundings of floating-point numbers on the way, and those of the engine, are below `1e-11` of
//! the score (sums of at most `M` positive terms); codes are made from values `1e-9` too large.
//!
//! # Overflow
//! Products of two columns are added in signed 16 bits. Pairs are chosen so that their weights add to
//! at most 128, so a sum is at most `255 * 128 = 32640` whatever bytes a damaged file holds. Sums of
//! pairs are added in unsigned 16 bits with saturation; the largest value counts as "no bound", so
//! saturation costs time, never a candidate.
//!
//! # The search
//! Wanted are the best rows of the best substances ([`Wanted`](super::Wanted)). Of each of as many substances as are
//! wanted the row with the highest bound is scored by the engine; the lowest of these scores is a
//! threshold that no row of the result is below. Rows whose bound reaches it are scored in falling
//! order of their bounds until the bound is below the threshold, which rises on the way. What comes
//! out is what scoring every row would give: rows, order and scores.

mod build;
mod kernel;
mod query;
mod scan;
mod select;
#[cfg(test)]
mod tests;
mod view;

pub use scan::Best;
pub use view::{ColumnsView, Fields};

/// Rows of a block.
pub const BLOCK: usize = 8192;
/// Latest start of a row or a query, as a grid index, that the index covers.
pub const LATEST_START: usize = 50;
/// Code of a row that has no ion from a start on.
pub const GONE: u8 = 255;

/// Rows whose codes are added at once; strips are padded to whole lines.
const LINE: usize = 64;
/// Code of a value as large as the norm.
const FULL: u8 = 254;
/// Columns of losses: one for each start.
const STARTS: usize = LATEST_START + 1;
/// Marks a column of a block that has no strip.
const NO_STRIP: u32 = u32::MAX;
/// Share by which values are raised before they are rounded up, against the rounding of
/// floating-point numbers.
const MARGIN: f64 = 1.0 + 1e-9;

/// The index, as plain numbers. All places count from the start of their vector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Points of the grid.
    pub points: usize,
    /// Start of each row, a grid index of at most [`LATEST_START`].
    pub start: Vec<u8>,
    /// For each start: rows that have no ion from there on.
    pub gone: Vec<u32>,
    /// For each block and column (block-major; m/z first, then losses by start): where its strip
    /// begins in `strips`, in units of 64 bytes; `u32::MAX` where it has none.
    pub strip_at: Vec<u32>,
    /// Strips: one code per row of the block, padded by zeros to a whole number of 64 bytes.
    pub strips: Vec<u8>,
    /// For each block and column: where its list begins in `list_row` and `list_code`; one more value
    /// at the end. Empty where the column has a strip.
    pub list_at: Vec<u32>,
    /// Lists: rows, counted within the block.
    pub list_row: Vec<u16>,
    /// Lists: codes of these rows.
    pub list_code: Vec<u8>,
}

impl Columns {
    /// The index, borrowed. `None` only where fields were changed so that they do not fit together.
    pub fn view(&self) -> Option<ColumnsView<'_>> {
        ColumnsView::new(Fields {
            points: self.points,
            start: &self.start,
            gone: &self.gone,
            strip_at: &self.strip_at,
            strips: &self.strips,
            list_at: &self.list_at,
            list_row: &self.list_row,
            list_code: &self.list_code,
        })
    }

    /// Bytes of all vectors.
    pub fn bytes(&self) -> usize {
        self.start.len()
            + 4 * (self.gone.len() + self.strip_at.len() + self.list_at.len())
            + self.strips.len()
            + 2 * self.list_row.len()
            + self.list_code.len()
    }
}
