//! The components of a mixture in the result's form.

use super::Law;
use super::identification::SameSkeleton;
use super::plot::{self, Series, Size};
use crate::library::{Library, LibraryError};
use crate::mixture::{Component, Drawn, Mixture};
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
    /// Share of the spectrum's signal, 0 to 1; never of mass.
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

/// What the components leave of the spectrum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResidualView {
    /// Its share of the signal, 0 to 1.
    pub share: f64,
    /// Whether it has bands or ions that noise does not explain.
    pub structured: bool,
    /// Names of the references that it resembles most; none of them is called a component.
    pub like: Vec<String>,
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
    /// Query and components together, for plots.
    #[serde(skip)]
    pub drawn: Option<Drawn>,
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
        let like = mixture
            .residual
            .like
            .iter()
            .map(|hit| Ok(library.entry(hit.entry)?.identity.name));
        Ok(Self {
            components: mixture
                .components
                .iter()
                .map(component)
                .collect::<Result<_, LibraryError>>()?,
            residual: ResidualView {
                share: mixture.residual.share,
                structured: mixture.residual.structured,
                like: like.collect::<Result<_, LibraryError>>()?,
            },
            component_notes: mixture.reasons.clone(),
            drawn: mixture.drawn.clone(),
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
    /// Whether it says more than that the spectrum is of one substance.
    pub fn says_more(&self) -> bool {
        let known = self.components.iter().any(|c| c.known);
        self.is_mixed() || known || self.residual.structured
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
        let mut lines = Vec::with_capacity(self.components.len() + 2);
        lines.push(match self.components.len() {
            0 => "COMPONENTS: none is certain enough to be named.".to_owned(),
            1 => "COMPONENTS (presumptive): one. Shares are of the signal, not of the weight."
                .to_owned(),
            n => format!(
                "COMPONENTS (presumptive): {n}. Shares are of the signal, not of the weight."
            ),
        });
        lines.extend(self.components.iter().map(ComponentView::line));
        lines.push(self.residual.sentence());
        lines.extend(self.component_notes.iter().cloned());
        lines
    }
}

impl MixtureView {
    /// The query over the sum of the named components, and what is left; `None` where there are no such
    /// curves.
    pub fn plot(&self, size: Size) -> Option<String> {
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

impl ResidualView {
    /// The residual as a sentence.
    pub fn sentence(&self) -> String {
        let share = format!("{:.0} % of the signal is not explained", 100.0 * self.share);
        match (self.structured, self.like.is_empty()) {
            (false, _) => format!("{share}: no more than noise and baseline leave."),
            (true, true) => format!(
                "{share} and has a structure of its own: something else may be in the sample."
            ),
            (true, false) => format!(
                "{share} and has a structure of its own: something else may be in the sample. It resembles {} most, too little to be named.",
                self.like.join(", ")
            ),
        }
    }
}
