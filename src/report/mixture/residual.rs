//! What the components leave, in the result's form.

use crate::library::{Library, LibraryError};
use crate::mixture::{LeftIon, Outstanding, Residual};
use crate::search::Hit;
use serde::Serialize;

/// What the components leave of the spectrum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResidualView {
    /// Its share of the signal, 0 to 1.
    pub share: f64,
    /// Whether it has bands or ions that noise does not explain.
    pub structured: bool,
    /// Names of the references that it resembles most; none of them is called a component.
    pub like: Vec<String>,
    /// The largest ions that stand out of the named components, at most ten; mass spectra only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ions: Vec<IonView>,
    /// Why no structure was seen; mass spectra only.
    #[serde(skip)]
    pub outstanding: Option<Outstanding>,
}

/// An ion that the named components do not give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IonView {
    /// Its m/z.
    pub mz: f64,
    /// Part of the whole signal that is above the components there.
    pub share: f64,
}

impl IonView {
    fn of(ion: &LeftIon) -> Self {
        Self {
            mz: ion.mz,
            share: ion.share,
        }
    }

    /// `250 (40 %)`.
    fn words(&self) -> String {
        let digits = if self.mz.fract() == 0.0 { 0 } else { 4 };
        format!("{:.digits$} ({:.0} %)", self.mz, 100.0 * self.share)
    }
}

impl ResidualView {
    /// The view of a residual.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry that it resembles is damaged.
    pub(super) fn of(residual: &Residual, library: &Library) -> Result<Self, LibraryError> {
        let name = |hit: &Hit| Ok(library.entry(hit.entry)?.identity.name);
        Ok(Self {
            share: residual.share,
            structured: residual.structured,
            like: (residual.like.iter().map(name)).collect::<Result<_, LibraryError>>()?,
            ions: (residual.outstanding.iter())
                .flat_map(|outstanding| outstanding.ions.iter().map(IonView::of))
                .collect(),
            outstanding: residual.outstanding.clone(),
        })
    }

    /// The residual as a sentence.
    pub fn sentence(&self) -> String {
        let share = format!(
            "{:.0} % of the signal is not explained by named components",
            100.0 * self.share
        );
        let resembles = match self.like.is_empty() {
            true => String::new(),
            false => format!(
                " It resembles {} most, too little to be named.",
                self.like.join(", ")
            ),
        };
        match (self.structured, &self.outstanding) {
            (true, _) => format!(
                "{share} and has a structure of its own: something else may be in the sample.{resembles}{}",
                self.largest()
            ),
            (false, Some(outstanding)) => {
                format!("{share}: {}{}", unstructured(outstanding), self.largest())
            }
            (false, None) => format!("{share}: no more than noise and baseline leave."),
        }
    }

    /// ` Its largest ions: m/z 250 (40 %), 105 (3 %).`, where there are any.
    fn largest(&self) -> String {
        let words: Vec<String> = self.ions.iter().take(SAID).map(IonView::words).collect();
        match words.is_empty() {
            true => String::new(),
            false => format!(" Its largest ions: m/z {}.", words.join(", ")),
        }
    }
}

/// Ions of the residual that the text tells.
const SAID: usize = 5;

/// Why what stands out of a mass spectrum's components is not called a structure.
fn unstructured(outstanding: &Outstanding) -> String {
    let Outstanding {
        count,
        share,
        fewest,
        least,
        ..
    } = outstanding;
    let percent = |share: &f64| 100.0 * share;
    match count {
        0 => "no ion stands out by more than two instruments differ by.".to_owned(),
        _ if count < fewest => format!(
            "fewer than {fewest} ions stand out, too few to be compared; something else may still be in the sample."
        ),
        _ => format!(
            "the ions that stand out are {:.0} % of the signal together, less than the {:.0} % from which they are compared; something else may still be in the sample.",
            percent(share),
            percent(least)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(
        structured: bool,
        ions: &[(f64, f64)],
        outstanding: Option<(usize, f64)>,
    ) -> ResidualView {
        let ions = ions.iter().map(|(mz, share)| IonView {
            mz: *mz,
            share: *share,
        });
        ResidualView {
            share: 0.4,
            structured,
            like: Vec::new(),
            ions: ions.collect(),
            outstanding: outstanding.map(|(count, share)| Outstanding {
                ions: Vec::new(),
                count,
                share,
                fewest: 3,
                least: 0.25,
            }),
        }
    }

    #[test]
    fn noise_is_not_said_of_a_base_peak() {
        let one = view(false, &[(250.0, 0.4)], Some((1, 0.4))).sentence();
        assert!(one.contains("fewer than 3 ions stand out"), "{one}");
        assert!(one.ends_with("Its largest ions: m/z 250 (40 %)."), "{one}");
        let peaks = [(105.0699, 0.1), (77.0, 0.06), (51.0, 0.03)];
        let little = view(false, &peaks, Some((3, 0.19))).sentence();
        assert!(
            little.contains("19 % of the signal together, less than the 25 %"),
            "{little}"
        );
        assert!(
            little.contains("m/z 105.0699 (10 %), 77 (6 %), 51 (3 %)."),
            "{little}"
        );
        let none = view(false, &[], Some((0, 0.0))).sentence();
        assert!(none.contains("no ion stands out"), "{none}");
        // Curves have noise and a baseline.
        assert!(
            view(false, &[], None)
                .sentence()
                .contains("noise and baseline")
        );
        assert!(
            view(true, &[(250.0, 0.4)], Some((3, 0.4)))
                .sentence()
                .contains("structure of its own")
        );
    }
}
