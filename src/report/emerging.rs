//! Hypotheses about an unknown in the result's form.

use super::class_evidence::ClassView;
use crate::emerging::Hypotheses;
use crate::emerging::analogue::{Analogue, Change, Difference, double, formula_of, single};
use crate::emerging::formula::{Basis, FormulaHints};
use crate::library::{Library, LibraryError, Rate};
use crate::substance::Register;
use serde::Serialize;

/// What every hypothesis is.
const NOTICE: &str = "This library may lack the substance. These hypotheses say which known substances it resembles and what may be changed in them; they name no substance and prove no structure.";
/// Hypotheses that the text shows.
const SHOWN: usize = 3;
/// Explanations of one difference of mass.
const CHANGES: usize = 3;
/// Explanations that a sentence names.
const SAID: usize = 2;
/// Ions that a sentence names.
const NAMED: usize = 4;

/// A possible molecular mass.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MoleculeView {
    /// Nominal (EI) or monoisotopic mass.
    pub mass: f64,
    /// `precursor`, or `agreement` of the references.
    pub basis: &'static str,
    /// Mean similarity of the ten best references at this mass, 0 to 1.
    pub agreement: Option<f64>,
}

/// What a difference of mass may be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeView {
    /// Short name, such as `H to F`.
    pub name: String,
    /// Difference of formulas, unknown less reference.
    pub formula: String,
    /// Difference of monoisotopic masses.
    pub mass: f64,
    /// What it usually is, in words.
    pub meaning: String,
}

/// A known substance that the unknown may be derived from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnalogueView {
    /// 1 for the best.
    pub rank: usize,
    /// The reference's name.
    pub name: String,
    /// Its InChIKey.
    pub inchikey: Option<String>,
    /// Its formula; where its record states none, that of the register.
    pub formula: Option<String>,
    /// Its entry.
    pub entry_id: String,
    /// Position of its entry in the library, for plots.
    #[serde(skip)]
    pub entry: usize,
    /// Its class in the register.
    pub class: Option<String>,
    /// What hypotheses are ranked by.
    pub score: f64,
    /// Similarity of the ions that stay or move, 0 to 1.
    pub similarity: f64,
    /// Mass of the reference's molecule.
    pub reference_mass: f64,
    /// Mass of the unknown's molecule less that.
    pub mass_difference: f64,
    /// What that difference may be; empty where it is none, or no common change of a molecule with the atoms of
    /// the reference gives it.
    pub changes: Vec<ChangeView>,
    /// m/z of ions that do not carry the change.
    pub unchanged_ions: Vec<f64>,
    /// m/z of ions that carry it: in the reference, in the unknown.
    pub changed_ions: Vec<[f64; 2]>,
    /// Share of the similarity that is of ions that carry the change, 0 to 1.
    pub changed_share: f64,
}

/// What may be said of a substance that the library does not have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmergingView {
    /// What all this is, and is not.
    pub notice: &'static str,
    /// To which class it belongs; EI spectra only.
    pub class: Option<ClassView>,
    /// Molecular masses, that of the best hypothesis first.
    pub molecular_masses: Vec<MoleculeView>,
    /// Known substances from which it may differ by a change of mass, best first.
    pub analogues: Vec<AnalogueView>,
    /// How often one of the first three analogues was one, with the right difference of masses: of emerging
    /// substances, and of others; empty where it was not measured.
    pub analogues_right: Vec<Rate>,
    /// What the ions say of the formula.
    pub formula: FormulaHints,
    /// What could not be looked at, one sentence each.
    pub notes: Vec<String>,
}

impl EmergingView {
    /// The view of hypotheses made from `library`.
    ///
    /// # Errors
    /// [`LibraryError`] where an entry is damaged.
    pub fn of(
        found: &Hypotheses,
        library: &Library,
        register: &Register,
    ) -> Result<Self, LibraryError> {
        let analogues = found.analogues.analogues.iter().enumerate();
        let molecules = found.analogues.molecules.iter();
        let class = found.class.as_ref().map(|c| ClassView::of(c, library));
        Ok(Self {
            notice: NOTICE,
            class: class.transpose()?,
            molecular_masses: molecules
                .map(|m| MoleculeView {
                    mass: m.mass,
                    basis: match m.agreement {
                        Some(_) => "agreement",
                        None => "precursor",
                    },
                    agreement: m.agreement,
                })
                .collect(),
            analogues: analogues
                .map(|(place, analogue)| AnalogueView::of(place + 1, analogue, library, register))
                .collect::<Result<_, LibraryError>>()?,
            analogues_right: found.analogues.right.clone(),
            formula: found.formula.clone(),
            notes: found.analogues.notes.clone(),
        })
    }

    /// The view as lines of text: a heading and one paragraph a hypothesis; empty where there is none.
    pub fn paragraphs(&self) -> Vec<String> {
        let formulas = self.formula.basis == Basis::AccuratePrecursor;
        if self.analogues.is_empty() && !self.gives_class() && !formulas {
            return Vec::new();
        }
        let heading = std::iter::once(format!("HYPOTHESES: {}", self.notice));
        heading.chain(self.sentences()).collect()
    }

    /// The hypotheses in words, best first.
    pub fn sentences(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.class.iter().flat_map(ClassView::sentences).collect();
        let masses: Vec<String> = self
            .molecular_masses
            .iter()
            .map(|m| match m.agreement {
                Some(agreement) => format!("{} ({agreement:.2})", m.mass),
                None => format!("{:.4} (from the precursor)", m.mass),
            })
            .collect();
        if !self.analogues.is_empty() {
            lines.push(format!(
                "Molecular mass, that of the best hypothesis first, with the agreement of references: {}.",
                masses.join(", ")
            ));
        }
        lines.extend(
            self.analogues
                .iter()
                .take(SHOWN)
                .map(AnalogueView::sentence),
        );
        if let [emerging, others] = self.analogues_right.as_slice() {
            let others = match others.n {
                0 => "no other substance that was tried had such a score".to_owned(),
                _ => format!("in {} of other substances", percent(others)),
            };
            lines.push(format!(
                "With such a score one of the first three was an analogue with the right change in {} of new substances and precursors that a library lacked; {others}.",
                percent(emerging)
            ));
        }
        lines.extend(self.formula_in_words());
        lines.extend(self.notes.iter().cloned());
        lines
    }

    /// The class and the nearest known substance in a few words; `None` where neither is told.
    pub fn short(&self) -> Option<String> {
        let class = self.class.as_ref().and_then(ClassView::words);
        let class = class.map(|words| format!("class {words}"));
        let like = self.analogues.first();
        let like = like.map(|analogue| format!("like {}", analogue.likeness()));
        let told: Vec<String> = class.into_iter().chain(like).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// Whether a class is given.
    pub fn gives_class(&self) -> bool {
        self.class
            .as_ref()
            .is_some_and(|class| class.verdict.is_some())
    }

    fn formula_in_words(&self) -> Vec<String> {
        let hints = &self.formula;
        let mut lines: Vec<String> = Vec::new();
        lines.extend(hints.isotopes.iter().zip(hints.mz).map(|(isotopes, mz)| {
            format!(
                "Isotopes of the ions from m/z {mz:.0}: {}",
                isotopes.statement
            )
        }));
        lines.extend(hints.doubt().cloned());
        // At unit mass too many formulas fit for a list to say anything.
        if hints.basis == Basis::AccuratePrecursor && !hints.candidates.is_empty() {
            let shown = hints.candidates.iter().take(SHOWN).map(ToString::to_string);
            let more = if hints.more { "more than " } else { "" };
            lines.push(format!(
                "Formulas that fit, best first, {more}{} in all: {}.",
                hints.fitting,
                shown.collect::<Vec<_>>().join("; ")
            ));
        }
        lines
    }
}

impl AnalogueView {
    fn of(
        rank: usize,
        analogue: &Analogue,
        library: &Library,
        register: &Register,
    ) -> Result<Self, LibraryError> {
        let entry = library.entry(analogue.entry)?;
        let known = register.find(&entry.identity);
        let class = known.map(|(substance, _)| substance.class.clone());
        let formula = formula_of(&entry.identity, register).map(str::to_owned);
        Ok(Self {
            rank,
            class: class.filter(|class| !class.is_empty()),
            name: entry.identity.name,
            inchikey: entry.identity.inchikey,
            changes: changes(analogue.difference, formula.as_deref()),
            formula: entry.identity.formula.or(formula),
            entry_id: entry.id,
            entry: analogue.entry,
            score: analogue.score,
            similarity: analogue.similarity,
            reference_mass: analogue.reference_mass,
            mass_difference: analogue.difference.mass(),
            unchanged_ions: analogue.kept.clone(),
            changed_ions: analogue.moved.iter().map(|(a, b)| [*a, *b]).collect(),
            changed_share: analogue.moved_share,
        })
    }

    fn sentence(&self) -> String {
        let nominal = self.reference_mass.fract() == 0.0;
        format!(
            "{}. Like {}. {}",
            self.rank,
            self.likeness(),
            self.part(nominal)
        )
    }

    /// What it is like and by what it differs.
    fn likeness(&self) -> String {
        let of_class = match &self.class {
            Some(class) => format!(" [{class}]"),
            None => String::new(),
        };
        let nominal = self.reference_mass.fract() == 0.0;
        let difference = match nominal {
            true => format!("{:+.0}", self.mass_difference),
            false => format!("{:+.4}", self.mass_difference),
        };
        let changed = match (self.changes.first(), self.mass_difference.abs() < 0.01) {
            (_, true) => "of the same mass: an isomer".to_owned(),
            (Some(_), _) => {
                let said = self.changes.iter().take(SAID).map(ChangeView::words);
                let said = said.collect::<Vec<_>>().join("; or ");
                format!("changed by {difference}: {said}")
            }
            (None, _) => format!("changed by {difference}, which no common change gives"),
        };
        format!(
            "{}{of_class} (similarity {:.2}), {changed}",
            self.name, self.similarity
        )
    }

    /// Which part of the molecule carries the change.
    fn part(&self, nominal: bool) -> String {
        let mz = |value: &f64| match nominal {
            true => format!("{value:.0}"),
            false => format!("{value:.3}"),
        };
        let moved: Vec<String> = self
            .changed_ions
            .iter()
            .take(NAMED)
            .map(|[from, to]| format!("{} to {}", mz(from), mz(to)))
            .collect();
        let kept: Vec<String> = self.unchanged_ions.iter().take(NAMED).map(mz).collect();
        match (moved.is_empty(), kept.is_empty()) {
            (true, true) => "No single ion says much.".to_owned(),
            (true, false) => format!("Ions in common: m/z {}.", kept.join(", ")),
            (false, true) => format!(
                "Every ion that tells carries the change: m/z {}.",
                moved.join(", ")
            ),
            (false, false) => format!(
                "The change is in the part of m/z {}; m/z {} do not carry it.",
                moved.join(", "),
                kept.join(", ")
            ),
        }
    }
}

impl ChangeView {
    fn one(change: &Change) -> Self {
        let meaning = match change.reversed {
            true => format!("the reverse of: {}", change.meaning),
            false => change.meaning.clone(),
        };
        Self {
            name: change.name.clone(),
            formula: change.formula.clone(),
            mass: change.mass,
            meaning,
        }
    }

    fn two([a, b]: &[Change; 2]) -> Self {
        Self {
            name: format!("{} and {}", a.name, b.name),
            formula: format!("{} {}", a.formula, b.formula),
            mass: a.mass + b.mass,
            meaning: format!("{}, and {}", a.meaning, b.meaning),
        }
    }

    fn words(&self) -> String {
        format!("{} ({})", self.meaning, self.formula)
    }
}

/// The single changes of a reference of this formula that give a difference, else pairs of them.
fn changes(difference: Difference, reference: Option<&str>) -> Vec<ChangeView> {
    if difference.is_none() {
        return Vec::new();
    }
    let one: Vec<ChangeView> = single(difference, reference)
        .iter()
        .map(ChangeView::one)
        .collect();
    let found = match one.is_empty() {
        true => double(difference, reference)
            .iter()
            .map(ChangeView::two)
            .collect(),
        false => one,
    };
    found.into_iter().take(CHANGES).collect()
}

fn percent(rate: &Rate) -> String {
    format!(
        "{:.0} % ({:.0} to {:.0} %, n = {})",
        100.0 * rate.estimate,
        100.0 * rate.low,
        100.0 * rate.high,
        rate.n
    )
}
