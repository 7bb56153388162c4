//! placeholder

use super::{Confidence, Input, Limits, ReadError, Reader, Reading};

/// placeholder
pub struct JcampDx;

impl Reader for JcampDx {
    fn id(&self) -> &'static str {
        "jcamp"
    }
    fn label(&self) -> &'static str {
        "jcamp"
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
