//! placeholder
use crate::spectrum::Spectrum;
/// placeholder
pub fn write(_s: &Spectrum, _out: &mut dyn std::io::Write) -> std::io::Result<()> {
    Ok(())
}
