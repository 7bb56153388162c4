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
    /// The usual limits with what the user changed: bytes of a file, points of a spectrum, spectra of a
    /// file.
    pub fn with(file_bytes: Option<u64>, points: Option<usize>, spectra: Option<usize>) -> Self {
        let usual = Self::default();
        let points = points.unwrap_or(usual.points);
        Self {
            file_bytes: file_bytes.unwrap_or(usual.file_bytes),
            points,
            spectra: spectra.unwrap_or(usual.spectra),
            total_points: usual.total_points.max(points),
        }
    }

    /// The refusal of a file of more than [`Limits::file_bytes`].
    pub fn too_large(&self) -> ReadError {
        ReadError::new(ErrorKind::Limit, "the file is too large")
            .expected(format!("at most {} bytes", self.file_bytes))
            .advise("split it, export single spectra, or raise --max-file-size")
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

/// What may still be read of a file. Compressed arrays, repetition counts and many entries that
/// point at one place can claim far more points than the file has bytes.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    file: usize,
    left: usize,
}

impl Budget {
    /// Points that any file may have, however small.
    const FLOOR: usize = 1 << 20;

    /// For a file of `bytes` bytes that can hold at most `packed` points a byte.
    pub fn new(limits: &Limits, bytes: usize, packed: usize) -> Self {
        let held = bytes.saturating_mul(packed).saturating_add(Self::FLOOR);
        Self {
            limits: *limits,
            file: bytes,
            left: held.min(limits.total_points),
        }
    }

    /// Size of the file in bytes.
    pub fn file(&self) -> usize {
        self.file
    }

    /// The limits for the next spectrum.
    pub fn next(&self) -> Limits {
        Limits {
            points: self.limits.points.min(self.left),
            ..self.limits
        }
    }

    /// Takes the points of a spectrum, before they are read or after.
    ///
    /// # Errors
    /// Where a single spectrum, or all of them together, have more points than is allowed.
    pub fn take(&mut self, points: usize) -> Result<(), ReadError> {
        if points > self.limits.points {
            return Err(self.limits.too_many_points());
        }
        match self.left.checked_sub(points) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(ReadError::new(
                ErrorKind::Limit,
                "the spectra of this file claim more points than a file of its size can hold",
            )
            .advise("the file is perhaps damaged: export it again")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_once() {
        let limits = Limits {
            points: 2 << 20,
            ..Limits::default()
        };
        let mut budget = Budget::new(&limits, 100, 2);
        assert!(budget.take(3 << 20).is_err());
        assert!(budget.take(1 << 20).is_ok());
        assert_eq!(budget.next().points, 200);
        assert!(budget.take(201).is_err());
        assert!(budget.take(200).is_ok());
    }
}
