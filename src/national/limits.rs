//! How much of an overlay is read, so that no file can take unbounded memory.

/// Largest file, bytes.
pub const FILE_BYTES: usize = 16 << 20;
/// Most rows below the heading.
pub(super) const ROWS: usize = 50_000;
/// Most cells of a row that are kept.
pub(super) const CELLS: usize = 256;
/// Longest cell, characters; a spreadsheet's cell holds 32 767.
pub(super) const CELL: usize = 32_000;
/// Most lines above the blank line.
pub(super) const HEADER_LINES: usize = 100;
/// Most errors, and most warnings, that are told one by one.
pub(super) const TOLD: usize = 1_000;
