//! placeholder

use super::{Confidence, Input, Limits, ReadError, Reader, Reading};

/// placeholder
pub struct Msp;

impl Reader for Msp {
    fn id(&self) -> &'static str {
        "msp"
    }
    fn label(&self) -> &'static str {
        "msp"
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
