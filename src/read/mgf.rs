//! placeholder

use super::{Confidence, Input, Limits, ReadError, Reader, Reading};

/// placeholder
pub struct Mgf;

impl Reader for Mgf {
    fn id(&self) -> &'static str {
        "mgf"
    }
    fn label(&self) -> &'static str {
        "mgf"
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
