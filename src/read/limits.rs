//! How much of a file may be read.

use super::error::{ErrorKind, ReadError};

/// Bounds that keep a hostile or mistaken file from taking the machine down.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: u64,
    /// Most points in one spectrum.
    pub points: usize,
    /// Most spectra in one file.
    pub spectra: usize,
    /// Most points in all spectra of one file: compressed arrays can claim far more than the file's
    /// own bytes.
    pub total_points: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            points: 1 << 24,
            spectra: 2_000_000,
            total_points: 1 << 27,
        }
    }
}

impl Limits {
    /// The refusal of a file of more than [`Limits::file_bytes`].
    pub fn too_large(&self) -> ReadError {
        ReadError::new(ErrorKind::Limit, "the file is too large")
            .expected(format!("at most {} bytes", self.file_bytes))
            .advise("split it, export single spectra, or raise --max-file-size")
    }

    /// These limits for a file of which `spent` points have been read already.
    pub fn after(&self, spent: usize) -> Self {
        let left = self.total_points.saturating_sub(spent);
        Self {
            points: self.points.min(left),
            ..*self
        }
    }

    /// The refusal of a file of more than [`Limits::spectra`].
    pub fn too_many_spectra(&self) -> ReadError {
        let message = format!("the file holds more than {} spectra", self.spectra);
        ReadError::new(ErrorKind::Limit, message).advise("split it, or raise --max-spectra")
    }

    /// The refusal of a spectrum of more than [`Limits::points`].
    pub fn too_many_points(&self) -> ReadError {
        let message = format!("the spectrum has more than {} points", self.points);
        ReadError::new(ErrorKind::Limit, message).advise("raise --max-points if this is right")
    }
}
