//! Figures of a result: the sample over its references, mass spectra head to tail, what is left, and the axis
//! error.

mod alone;
mod axis;
mod chart;
mod chromatogram;
mod curves;
mod error_curve;
mod mirror;
mod overlay;
mod pair;
mod scale;
mod sticks;

use super::input::{Analogue, Candidate, Material, Ranked};
use super::texts::Texts;
use crate::document::{Drawing, Figure};
use crate::library::Library;
use crate::mixture::Drawn;
use crate::spectrum::Spectrum;
use axis::Across;
use curves::overlaid;
use overlay::Names;
pub(crate) use pair::positions;
use pair::{Pair, alone as measured};
use std::collections::HashMap;
use sticks::mirrored;

pub(super) use chromatogram::Labelled;

/// The figures of a result, and what is said of those that could not be drawn.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub drawn: Vec<Figure>,
    pub missing: Vec<String>,
}

/// Draws what can be drawn.
pub(super) fn figures(result: &Ranked, material: &Material, texts: &Texts) -> Figures {
    let mut found = Figures::default();
    let spectrum = match &material.spectrum {
        Ok(spectrum) => spectrum,
        Err(absent) => {
            let name = format!("no-raw-{}", absent.id());
            found
                .missing
                .push(texts.say_with(&name, &[("what", absent.what())]));
            return found;
        }
    };
    let Some(across) = Across::of(&result.technique) else {
        return found;
    };
    let studio = Studio {
        result,
        spectrum,
        across,
        texts,
    };
    match &material.library {
        Ok(library) => studio.compared(library, &mut found),
        Err(absent) => {
            let name = format!("no-library-{}", absent.id());
            found
                .missing
                .push(texts.say_with(&name, &[("what", absent.what())]));
            found.drawn.extend(studio.alone());
        }
    }
    found
        .drawn
        .extend(material.fit.as_ref().and_then(|fit| studio.fit(fit)));
    found
}

/// The axis error against the best candidate; `None` for mass spectra and where no curve was fitted.
pub(super) fn axis_error(result: &Ranked, texts: &Texts) -> Option<Figure> {
    let best = result.candidates.first()?;
    let across = Across::of(&result.technique)?;
    let drawing = error_curve::draw(best.axis_error.as_ref()?, &best.axis_unit, across, texts)?;
    let values = [("name", best.name.as_str()), ("unit", &best.axis_unit)];
    Some(Figure {
        caption: texts.say_with("caption-axis-error", &values),
        alt: texts.say_with("alt-axis-error", &values),
        drawing,
    })
}

/// The chromatogram of a run with its peaks; `None` where there is nothing to draw.
pub(super) fn chromatogram(
    total: &[(f64, f64)],
    peaks: &[Labelled],
    texts: &Texts,
) -> Option<Figure> {
    Some(Figure {
        caption: texts.say("caption-chromatogram"),
        alt: texts.say_with("alt-chromatogram", &[("number", &peaks.len().to_string())]),
        drawing: chromatogram::draw(total, peaks, texts)?,
    })
}

struct Studio<'a> {
    result: &'a Ranked,
    spectrum: &'a Spectrum,
    across: Across,
    texts: &'a Texts,
}

impl Studio<'_> {
    /// The sample with its best reference, the second where they cannot be told apart, and the best analogue.
    fn compared(&self, library: &Library, found: &mut Figures) {
        let candidates = self.candidates();
        let analogue = self
            .result
            .emerging
            .as_ref()
            .and_then(|e| e.analogues.first());
        let ids: Vec<&str> = candidates
            .iter()
            .map(|c| c.entry_id.as_str())
            .chain(analogue.map(|a| a.entry_id.as_str()))
            .collect();
        let places = positions(library, &ids);
        let before = found.drawn.len();
        for candidate in &candidates {
            match self.beside(library, &places, candidate) {
                Some(figure) => found.drawn.push(figure),
                None => {
                    let values = [
                        ("name", candidate.name.as_str()),
                        ("entry", &candidate.entry_id),
                    ];
                    found
                        .missing
                        .push(self.texts.say_with("no-figure", &values));
                }
            }
        }
        if found.drawn.len() == before {
            found.drawn.extend(self.alone());
        }
        let analogue = analogue.and_then(|a| self.analogue(library, &places, a));
        found.drawn.extend(analogue);
    }

    /// The best candidate, and the second where it may as well be the substance.
    fn candidates(&self) -> Vec<&Candidate> {
        let all = &self.result.candidates;
        let alike = |second: &&Candidate| {
            let in_set = self
                .result
                .verdict
                .substances
                .iter()
                .any(|n| n.rank == Some(second.rank));
            let first = all.first().and_then(|c| c.look_alikes.as_ref());
            let named = first.is_some_and(|l| l.iter().any(|l| l.name == second.name));
            in_set || named
        };
        let second = all.get(1).filter(alike);
        all.first().into_iter().chain(second).collect()
    }

    fn beside(
        &self,
        library: &Library,
        places: &HashMap<String, usize>,
        candidate: &Candidate,
    ) -> Option<Figure> {
        let entry = *places.get(&candidate.entry_id)?;
        let pair = Pair::of(library, self.spectrum, entry)?;
        let sample = self.sample();
        let names = Names {
            query: &sample,
            reference: &candidate.name,
        };
        let (drawing, most, kind) = match self.across {
            Across::Mass => self.head_to_tail(&pair, &names)?,
            _ => self.one_over_the_other(&pair, candidate, &names)?,
        };
        let moved = match (&candidate.axis_error, kind) {
            (Some(_), "curve") => self.texts.say("moved-curve"),
            (None, "curve") if candidate.axis_shift != 0.0 => {
                let shift = self.texts.signed(candidate.axis_shift, 1);
                let values = [("shift", shift.as_str()), ("unit", &candidate.axis_unit)];
                self.texts.say_with("moved-shift", &values)
            }
            _ => self.texts.say("moved-not"),
        };
        let values = [
            ("name", candidate.name.as_str()),
            ("entry", &candidate.entry_id),
            ("moved", &moved),
            ("most", &most),
        ];
        Some(Figure {
            caption: self.texts.say_with(&format!("caption-{kind}"), &values),
            alt: self.texts.say_with(&format!("alt-{kind}"), &values),
            drawing,
        })
    }

    fn one_over_the_other(
        &self,
        pair: &Pair,
        candidate: &Candidate,
        names: &Names<'_>,
    ) -> Option<(Drawing, String, &'static str)> {
        let moved: Vec<(f64, f64)> = match &candidate.axis_error {
            Some(curve) => curve.iter().map(|p| (p[0], p[1])).collect(),
            None => vec![(0.0, candidate.axis_shift)],
        };
        let over = overlaid(&pair.query, &pair.reference, &moved)?;
        let span = |curve: &[(f64, f64)]| {
            let y = curve.iter().map(|p| p.1);
            y.clone().fold(f64::MIN, f64::max) - y.fold(f64::MAX, f64::min)
        };
        let rest = over.rest.iter().fold(0.0_f64, |m, p| m.max(p.1.abs()));
        let most = self
            .texts
            .percent(rest / span(&over.query).max(f64::MIN_POSITIVE), 0);
        Some((
            overlay::draw(&over, self.across, names, self.texts),
            most,
            "curve",
        ))
    }

    fn head_to_tail(
        &self,
        pair: &Pair,
        names: &Names<'_>,
    ) -> Option<(Drawing, String, &'static str)> {
        let both = mirrored(&pair.query, &pair.reference, pair.tolerance)?;
        let rest = both.rest.iter().fold(0.0_f64, |m, ion| m.max(ion.1.abs()));
        let most = self.texts.number(rest, 0);
        Some((mirror::draw(&both, names, self.texts), most, "ions"))
    }

    /// The unknown over its best analogue, whose ions that carry the change are moved by it.
    fn analogue(
        &self,
        library: &Library,
        places: &HashMap<String, usize>,
        analogue: &Analogue,
    ) -> Option<Figure> {
        let entry = *places.get(&analogue.entry_id)?;
        let pair =
            Pair::of(library, self.spectrum, entry).filter(|_| self.across == Across::Mass)?;
        let carries = |mz: f64| {
            // Unit masses are whole; accurate ones are told to three decimals.
            let within = |from: f64| if from.fract() == 0.0 { 0.5 } else { 0.02 };
            analogue
                .changed_ions
                .iter()
                .find(|[from, _]| (from - mz).abs() <= within(*from))
        };
        let moved: Vec<(f64, f64)> = pair
            .reference
            .iter()
            .map(|(mz, y)| (mz + carries(*mz).map_or(0.0, |[from, to]| to - from), *y))
            .collect();
        let both = mirrored(&pair.query, &moved, pair.tolerance)?;
        let sample = self.sample();
        let names = Names {
            query: &sample,
            reference: &analogue.name,
        };
        let by = self.texts.signed(
            analogue.mass_difference,
            if analogue.mass_difference.fract() == 0.0 {
                0
            } else {
                4
            },
        );
        let values = [("name", analogue.name.as_str()), ("by", &by)];
        Some(Figure {
            caption: self.texts.say_with("caption-analogue", &values),
            alt: self.texts.say_with("alt-analogue", &values),
            drawing: mirror::draw(&both, &names, self.texts),
        })
    }

    /// The sample over the sum of its components.
    fn fit(&self, fit: &Drawn) -> Option<Figure> {
        let at = |values: &[f64]| -> Vec<(f64, f64)> {
            let places = values.iter().enumerate();
            places
                .map(|(i, y)| (fit.first + fit.step * i as f64, *y))
                .collect()
        };
        let (query, reference) = (at(&fit.query), at(&fit.fitted));
        if query.len() < 2 || query.len() != reference.len() {
            return None;
        }
        let left = query.iter().zip(&reference).map(|(q, f)| (q.0, q.1 - f.1));
        let over = curves::Overlaid {
            rest: left.collect(),
            query,
            reference,
        };
        let (sample, sum) = (self.sample(), self.texts.say("figure-sum"));
        let names = Names {
            query: &sample,
            reference: &sum,
        };
        Some(Figure {
            caption: self.texts.say("caption-fit"),
            alt: self.texts.say("alt-fit"),
            drawing: overlay::draw(&over, self.across, &names, self.texts),
        })
    }

    /// The sample by itself.
    fn alone(&self) -> Option<Figure> {
        let points = measured(self.spectrum)?;
        let drawing = alone::draw(&points, self.across, &self.sample(), self.texts)?;
        Some(Figure {
            caption: self.texts.say("caption-alone"),
            alt: self.texts.say("alt-alone"),
            drawing,
        })
    }

    fn sample(&self) -> String {
        self.texts.say("figure-sample")
    }
}
