//! The control status of what was found, on the day of the sample.

use super::ledger::Certainty;
use crate::cases::CaseSample;
use crate::spectrum::{Identity, Technique};
use crate::substance::{Form, Instrument, On, Register};
use jiff::civil::Date;
use std::collections::HashMap;

/// What the answer depends on: InChIKey and name, the day, and what the technique leaves open.
type Question = (Option<String>, String, Date, Option<Technique>);

/// Asks the register, each question once.
pub(super) struct Legal<'a> {
    register: &'a Register,
    known: HashMap<Question, Instrument>,
}

impl<'a> Legal<'a> {
    pub fn new(register: &'a Register) -> Self {
        Self {
            register,
            known: HashMap::new(),
        }
    }

    /// The strictest status that any of a set may have on a day; `None` where nothing is named. What a
    /// spectrum names has every status that its technique leaves open; of several techniques each counts.
    pub fn strictest(
        &mut self,
        sample: &CaseSample,
        certainty: Option<Certainty>,
        set: &[Identity],
        day: Date,
    ) -> Option<Instrument> {
        let measured = || {
            let stated = sample.spectra.iter().filter_map(|source| source.technique);
            let mut techniques: Vec<Technique> = Vec::new();
            stated.for_each(|t| {
                if !techniques.contains(&t) {
                    techniques.push(t);
                }
            });
            match techniques.is_empty() {
                true => vec![Some(Technique::Unknown)],
                false => techniques.into_iter().map(Some).collect(),
            }
        };
        let forms = match certainty? {
            Certainty::Confirmed => vec![None],
            Certainty::Presumptive => measured(),
        };
        let asked = set
            .iter()
            .flat_map(|identity| forms.iter().map(move |form| (identity, *form)));
        asked
            .map(|(identity, form)| self.status(identity, day, form))
            .min()
    }

    fn status(
        &mut self,
        identity: &Identity,
        day: Date,
        technique: Option<Technique>,
    ) -> Instrument {
        let question = (
            identity.inchikey.clone(),
            identity.name.clone(),
            day,
            technique,
        );
        let register = self.register;
        *self.known.entry(question).or_insert_with(|| {
            let form = technique.map_or(Form::Exact, Form::Measured);
            let status = register.status(identity, On::Day(day), form);
            status.strictest().instrument
        })
    }
}
