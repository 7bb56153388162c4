//! What is searched, and what is found in it.

use super::super::Skip;
use super::evidence::Evidence;
use super::precursor::polarity_agrees;
use crate::library::{Group, Library, PeakLists};

/// One substance: its best reference, and how many of them agree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub row: usize,
    pub entry: usize,
    pub evidence: Evidence,
    pub support: usize,
}

/// The references that were compared.
pub(super) struct Compared {
    pub count: usize,
    /// By substance: all of them, or at least those that are wanted.
    pub found: Vec<(u32, Found)>,
}

/// What is searched.
pub(in crate::search) struct References<'a> {
    pub library: &'a Library,
    pub group: &'a Group,
    pub lists: &'a PeakLists,
    /// Entries to leave out.
    pub skip: Option<Skip<'a>>,
    /// Polarity of the query.
    pub positive: Option<bool>,
}

impl References<'_> {
    pub(super) fn entry(&self, row: usize) -> Option<usize> {
        self.group.entry.get(row).map(|entry| *entry as usize)
    }

    pub(super) fn substance(&self, row: usize) -> Option<u32> {
        self.library.substance_of(self.entry(row)?)
    }

    /// Whether a row is not left out.
    pub(super) fn holds(&self, row: usize) -> bool {
        let entry = self.entry(row);
        entry.is_some_and(|entry| !self.skip.is_some_and(|skip| skip(entry)))
    }

    /// Whether a row is to be compared where precursors are not.
    pub(super) fn takes(&self, row: usize) -> bool {
        polarity_agrees(self.positive, self.lists, row) && self.holds(row)
    }

    pub(super) fn found(&self, row: usize, evidence: Evidence) -> Option<(u32, Found)> {
        let found = Found {
            row,
            entry: self.entry(row)?,
            evidence,
            support: 0,
        };
        Some((self.substance(row)?, found))
    }
}
