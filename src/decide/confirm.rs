//! What would confirm a presumptive result.

use crate::spectrum::Technique;

/// A technique of other properties that would confirm a result of this one.
///
/// SWGDRUG recommendations (part IIIB): an identification needs a technique of category A (infrared,
/// mass spectrometry, NMR, Raman, X-ray diffraction) and at least one other technique that works
/// differently.
pub fn confirm_by(technique: Technique) -> &'static str {
    match technique {
        Technique::Raman | Technique::Infrared(_) => {
            "Confirm by a technique that works differently, such as GC-MS or LC-MS/MS against a reference standard."
        }
        Technique::NearInfrared => {
            "Near-infrared alone is screening; confirm by GC-MS, infrared or Raman spectroscopy."
        }
        Technique::EiMs => {
            "Confirm by infrared or Raman spectroscopy and by the GC retention of a reference standard; EI spectra of isomers can be alike."
        }
        Technique::MsMs => {
            "Confirm by the retention time of a reference standard and by infrared or NMR spectroscopy; product-ion spectra of isomers can be alike."
        }
        Technique::Unknown => "Confirm by a technique whose settings are known.",
    }
}
