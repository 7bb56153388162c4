//! placeholder

use super::{Confidence, Input, Limits, ReadError, Reader, Reading};

/// placeholder
pub struct Delimited;

impl Reader for Delimited {
    fn id(&self) -> &'static str {
        "delimited"
    }
    fn label(&self) -> &'static str {
        "delimited"
    }
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }
    fn sniff(&self, _input: &Input) -> Confidence {
        Confidence::No
    }
    fn read(&self, _input: &Input, _limits: &Limits) -> Result<Reading, ReadError> {
        Ok(Reading::default())
    }
}
