//! The components of a mixture in the result's form.

mod residual;

pub use residual::{IonView, ResidualView};

use super::Law;
use super::identification::SameSkeleton;
use super::plot::{self, Series, Size};
use crate::library::{Library, LibraryError};
use crate::mixture::{Component, Drawn, Mixture, Sticks, Unseen};
use crate::substance::{Form, Instrument};
use serde::Serialize;

/// One component of a mixture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComponentView {
    /// Name as the library's entry states it.
    pub name: String,
    /// InChIKey.
    pub inchikey: Option<String>,
    /// Entry that stands for it.
    pub entry_id: String,
    /// Share of the signal, 0 to 1, never of mass: of a mass spectrum's ions, or of what all fitted curves
    /// explain.
    pub share: f64,
    /// Lower end of the share's 95 % interval.
    pub low: f64,
    /// Upper end of the share's 95 % interval.
    pub high: f64,
    /// Whether the user said that it is in the sample.
    pub known: bool,
    /// By what factor the error of the fit grows without it; curves only.
    pub evidence: Option<f64>,
    /// Its strictest control status that is possible, in words.
    pub status: String,
    /// Substances that could stand in its place with nearly the same fit, strictest control first.
    pub look_alikes: Vec<SameSkeleton>,
}

/// What a spectrum is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixtureView {
    /// Largest share first.
    pub components: Vec<ComponentView>,
    /// What they leave.
    pub residual: ResidualView,
    /// What the numbers mean and do not mean, one sentence each.
    pub component_notes: Vec<String>,
    /// How many of the notes are of what is said to be in the sample and is not seen.
    #[serde(skip)]
    pub unseen: usize,
    /// How they stand beside the verdict.
    #[serde(skip)]
    pub beside: Beside,
    /// Query and components together, for plots.
    #[serde(skip)]
    pub drawn: Option<Drawn>,
    /// The same of a mass spectrum.
    #[serde(skip)]
    pub sticks: Option<Sticks>,
}

/// How components stand beside a verdict on the whole spectrum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Beside {
    /// They name one of its substances, or nothing needs to be said.
    #[default]
    Agreeing,
    /// It identifies something that is not among them.
    Other,
    /// It identifies nothing.
    Alone,
}

impl Beside {
    /// What a reader must know first.
    fn caution(self) -> Option<&'static str> {
        match self {
            Self::Agreeing => None,
            Self::Other => Some(
                "The verdict compares the whole spectrum with one substance; as one component among others that substance is not certain enough to be named.",
            ),
            Self::Alone => Some(
                "The verdict identifies no substance: these are references that parts of the signal resemble. In the place of a substance that the library lacks, another may be named.",
            ),
        }
    }
}

impl MixtureView {
    /// The view of a mixture.
    ///
    /// # Errors
    /// [`LibraryError`] where a component's entry is damaged.
    pub fn of(
        mixture: &Mixture,
        library: &Library,
        law: Law<'_>,
        form: Form,
    ) -> Result<Self, LibraryError> {
        let component = |component: &Component| {
            let entry = library.entry(component.hit.entry)?;
            let evidence = component
                .hit
                .scores
                .iter()
                .find(|(name, _)| *name == "evidence");
            Ok(ComponentView {
                entry_id: entry.id,
                share: component.share,
                low: component.low,
                high: component.high,
                known: component.known,
                evidence: evidence.map(|(_, value)| *value),
                status: law.status(&entry.identity, form).words(),
                look_alikes: look_alikes(component, library, law, form)?,
                name: entry.identity.name,
                inchikey: entry.identity.inchikey,
            })
        };
        Ok(Self {
            components: mixture
                .components
                .iter()
                .map(component)
                .collect::<Result<_, LibraryError>>()?,
            residual: ResidualView::of(&mixture.residual, library)?,
            component_notes: (mixture.unseen.iter().map(Unseen::sentence))
                .chain(mixture.reasons.iter().cloned())
                .collect(),
            unseen: mixture.unseen.len(),
            beside: Beside::Agreeing,
            drawn: mixture.drawn.clone(),
            sticks: mixture.sticks.clone(),
        })
    }
}

fn look_alikes(
    component: &Component,
    library: &Library,
    law: Law<'_>,
    form: Form,
) -> Result<Vec<SameSkeleton>, LibraryError> {
    let mut found = Vec::with_capacity(component.look_alikes.len());
    for entry in &component.look_alikes {
        let identity = library.entry(*entry)?.identity;
        let status = law.status(&identity, form);
        let instrument = status.instrument.unwrap_or(Instrument::Unregistered);
        let view = SameSkeleton {
            status: status.words(),
            name: identity.name,
            inchikey: identity.inchikey,
        };
        found.push((instrument, view));
    }
    found.sort_by_key(|(instrument, _)| *instrument);
    Ok(found.into_iter().map(|(_, view)| view).collect())
}

impl MixtureView {
    /// The same beside a verdict, of which the notes then tell first.
    #[must_use]
    pub fn beside(mut self, beside: Beside) -> Self {
        self.beside = beside;
        let caution = beside.caution().map(str::to_owned);
        self.component_notes.splice(0..0, caution);
        self
    }

    /// Whether it says more than that the spectrum is of one substance.
    pub fn says_more(&self) -> bool {
        let known = self.components.iter().any(|c| c.known);
        self.is_mixed() || known || self.unseen > 0 || self.residual.structured
    }

    /// Whether several components are named.
    pub fn is_mixed(&self) -> bool {
        self.components.len() > 1
    }

    /// The components in one line, as a table has them; empty where none is named.
    pub fn in_words(&self) -> String {
        let all: Vec<String> = self.components.iter().map(ComponentView::words).collect();
        all.join("; ")
    }

    /// The view as lines of text, one paragraph each.
    pub fn paragraphs(&self) -> Vec<String> {
        // Curves have a residual that is not theirs.
        let of = match self.drawn {
            Some(_) => "of what all fitted references explain together",
            None => "of the signal",
        };
        let mut lines = Vec::with_capacity(self.components.len() + 2);
        lines.push(match self.components.len() {
            0 => "COMPONENTS: none is certain enough to be named.".to_owned(),
            1 => format!("COMPONENTS (presumptive): one. Shares are {of}, not of the weight."),
            n => format!("COMPONENTS (presumptive): {n}. Shares are {of}, not of the weight."),
        });
        lines.extend(self.components.iter().map(ComponentView::line));
        let cautions = usize::from(self.beside.caution().is_some());
        let (first, rest) = self.component_notes.split_at(cautions);
        lines.extend(first.iter().cloned());
        // What the verdict explains is not unexplained.
        if !self.components.is_empty() || self.beside != Beside::Other {
            lines.push(self.residual.sentence());
        }
        lines.extend(rest.iter().cloned());
        lines
    }
}

impl MixtureView {
    /// The query over the sum of the named components, and what is left, or over their ions; `None` where there is
    /// nothing to draw that the best candidate does not show.
    pub fn plot(&self, size: Size) -> Option<String> {
        let named = !self.components.is_empty() && self.says_more();
        if let Some(sticks) = self.sticks.as_ref().filter(|_| named) {
            return Some(self.mirror(sticks, size));
        }
        let drawn = self.drawn.as_ref().filter(|_| self.is_mixed())?;
        let series = |label: String, values: &[f64]| {
            let at = |(i, y): (usize, &f64)| (drawn.first + drawn.step * i as f64, *y);
            Series {
                label,
                points: values.iter().enumerate().map(at).collect(),
            }
        };
        let left: Vec<f64> = drawn
            .query
            .iter()
            .zip(&drawn.fitted)
            .map(|(q, f)| q - f)
            .collect();
        let most = |values: &[f64]| values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        let part = 100.0 * most(&left) / most(&drawn.query).max(f64::MIN_POSITIVE);
        let query = series("query".to_owned(), &drawn.query);
        let fitted = series("sum of the components".to_owned(), &drawn.fitted);
        let label = format!("what is left; at most {part:.0} % of the query's strongest band");
        let small = Size {
            height: size.height.div_ceil(2),
            ..size
        };
        Some(format!(
            "{}\n{}",
            plot::overlay(&query, &fitted, size),
            plot::curve(&series(label, &left), small)
        ))
    }

    /// The query's ions over those of the named components together.
    fn mirror(&self, sticks: &Sticks, size: Size) -> String {
        let names: Vec<&str> = self.components.iter().map(|c| c.name.as_str()).collect();
        let query = Series {
            label: "query".to_owned(),
            points: sticks.query.clone(),
        };
        let fitted = Series {
            label: format!("sum of {}", names.join(" and ")),
            points: sticks.fitted.clone(),
        };
        plot::mirror(&query, &fitted, size)
    }
}

impl ComponentView {
    /// As a table has it: `Caffeine 72 % (no UN listing known)`.
    pub fn words(&self) -> String {
        format!(
            "{} {:.0} % ({})",
            self.name,
            100.0 * self.share,
            self.status
        )
    }

    fn line(&self) -> String {
        let known = if self.known {
            ", known to be in it"
        } else {
            ""
        };
        let mut line = format!(
            "{:3.0} % ({:.0} to {:.0} %)  {} ({}){known}",
            100.0 * self.share,
            100.0 * self.low,
            100.0 * self.high,
            self.name,
            self.status
        );
        if !self.look_alikes.is_empty() {
            let names: Vec<String> = self
                .look_alikes
                .iter()
                .map(|l| format!("{} ({})", l.name, l.status))
                .collect();
            line.push_str(&format!("; could be {} instead", names.join(" or ")));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(components: usize) -> MixtureView {
        let component = ComponentView {
            name: "Caffeine".to_owned(),
            inchikey: None,
            entry_id: "c".to_owned(),
            share: 0.6,
            low: 0.5,
            high: 0.7,
            known: false,
            evidence: None,
            status: "no UN listing known".to_owned(),
            look_alikes: Vec::new(),
        };
        MixtureView {
            components: vec![component; components],
            residual: ResidualView {
                share: 0.4,
                structured: true,
                like: vec!["Heroin".to_owned()],
                ions: Vec::new(),
                outstanding: None,
            },
            component_notes: vec!["A note.".to_owned()],
            unseen: 0,
            beside: Beside::Agreeing,
            drawn: None,
            sticks: None,
        }
    }

    #[test]
    fn what_differs_from_the_verdict_is_told_before_the_rest() {
        let said = |components: usize, beside| view(components).beside(beside).paragraphs();
        let place = |said: &[String], of: &str| said.iter().position(|line| line.contains(of));
        let (agreeing, other, alone) = (
            said(1, Beside::Agreeing),
            said(1, Beside::Other),
            said(1, Beside::Alone),
        );
        assert_eq!(place(&agreeing, "The verdict"), None);
        assert_eq!(place(&other, "The verdict compares"), Some(2));
        assert_eq!(
            place(&alone, "The verdict identifies no substance"),
            Some(2)
        );
        assert_eq!(place(&alone, "40 % of the signal is not"), Some(3));
        // What the verdict identified is not called unexplained.
        let none = said(0, Beside::Other);
        assert_eq!(place(&none, "not explained"), None);
        assert_eq!(place(&none, "A note."), Some(2));
        assert!(place(&said(0, Beside::Agreeing), "not explained").is_some());
    }

    #[test]
    fn shares_of_curves_are_of_what_is_explained() {
        let mut curve = view(2);
        assert!(curve.paragraphs()[0].contains("of the signal, not"));
        curve.drawn = Some(Drawn::default());
        assert!(
            curve.paragraphs()[0].contains("of what all fitted references explain together, not")
        );
    }
}
