//! What may be said of a substance that the library does not have: hypotheses, and no more.

use crate::decide::Rate;
use crate::document::{Side, Tone};
use crate::statement::input::{Analogue, Class, Formula, Hypotheses, Ranked};
use crate::statement::page::Page;

/// Ions that are named of each kind.
const NAMED: usize = 6;
/// Known substances that are shown; the result holds the others.
const SHOWN: usize = 5;
/// Masses of the molecule that are told.
const MASSES: usize = 3;
/// Formulas that are shown.
const FORMULAS: usize = 20;
/// Explanations of one difference of mass.
const CHANGES: usize = 2;

/// Class, molecular mass, analogues and formula, clearly as hypotheses.
pub(super) fn hypotheses(page: &mut Page<'_>, result: &Ranked) {
    page.heading(1, "heading-hypotheses");
    let Some(found) = &result.emerging else {
        page.say(Tone::Normal, "hypotheses-none", &[]);
        return;
    };
    page.say(Tone::Notice, "hypotheses-notice", &[]);
    if !found.notice.is_empty() {
        page.sentence(Tone::Normal, &found.notice);
    }
    if let Some(class) = &found.class {
        belongs(page, class);
    }
    masses(page, found);
    let shown = found.analogues.iter().take(SHOWN);
    let rows = shown.map(|a| row(page, a)).collect();
    let headings = [
        ("column-rank", Side::Right, 0.7),
        ("column-analogue", Side::Left, 1.9),
        ("column-similarity", Side::Right, 0.9),
        ("column-difference", Side::Right, 0.9),
        ("column-change", Side::Left, 4.2),
        ("column-ions", Side::Left, 2.8),
    ];
    page.table(Some("table-analogues"), &headings, rows);
    if let [new, others] = found.analogues_right.as_slice() {
        right(page, new, others);
    }
    formula(page, &found.formula);
    page.sentences(found.notes.iter().map(String::as_str));
}

/// What the ions say of the formula: isotopes, nitrogen and carbon, masses, the formulas that fit.
fn formula(page: &mut Page<'_>, found: &Formula) {
    if let (Some(isotopes), Some(mz)) = (&found.isotopes, found.mz) {
        let mz = page.texts.number(mz, 0);
        let said = page.texts.sentence(&isotopes.statement).text;
        let values = [("mz", mz.as_str()), ("said", &said)];
        page.say(Tone::Normal, "formula-isotopes", &values);
    }
    let sides = [&found.nitrogen, &found.carbons].into_iter().flatten();
    let said = sides.chain(found.masses.iter().take(MASSES));
    page.sentences(said.map(|side| side.statement.as_str()));
    page.sentences(found.notes.iter().map(String::as_str));
    let texts = page.texts;
    let part =
        |value: Option<f64>, said: &dyn Fn(f64) -> String| value.map_or_else(|| texts.none(), said);
    let rows = found.candidates.iter().take(FORMULAS).map(|line| {
        vec![
            line.rank.to_string(),
            line.formula.clone(),
            line.ion.clone(),
            texts.number(line.calculated_mz, 4),
            part(line.error_ppm, &|ppm| texts.signed(ppm, 1)),
            texts.number(line.rings_and_double_bonds, 1),
            part(line.explained, &|share| texts.percent(share, 0)),
            part(line.isotope_similarity, &|alike| texts.number(alike, 2)),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let headings = [
        ("column-rank", Side::Right, 0.7),
        ("column-formula", Side::Left, 1.8),
        ("column-ion", Side::Left, 1.2),
        ("column-mz", Side::Right, 1.2),
        ("column-ppm", Side::Right, 0.9),
        ("column-rings", Side::Right, 1.2),
        ("column-explained", Side::Right, 1.2),
        ("column-pattern", Side::Right, 1.0),
    ];
    page.table(Some("table-formulas"), &headings, rows);
}

fn belongs(page: &mut Page<'_>, class: &Class) {
    let given = class.verdict.as_ref();
    let line = |id: &str| class.ranked.iter().find(|line| line.id == id);
    let (name, title, line) = match (given, class.ranked.first()) {
        (Some(given), _) => (
            "class-given",
            given.class.title.clone(),
            line(&given.class.id),
        ),
        (None, Some(first)) => ("class-nearest", first.title.clone(), Some(first)),
        (None, None) => return,
    };
    let title = page.texts.word(&title);
    page.say(Tone::Normal, name, &[("title", &title)]);
    if let Some(part) = given.and_then(|given| given.part.as_ref()) {
        let title = page.texts.word(&part.title);
        page.say(Tone::Normal, "class-part", &[("title", &title)]);
    }
    let Some(line) = line else { return };
    let text = rate(page, &line.false_positive_rate);
    page.say(Tone::Normal, "class-rate", &[("rate", &text)]);
    for (name, ions) in [
        ("class-for", &line.speaking),
        ("class-against", &line.opposing),
    ] {
        if !ions.is_empty() {
            page.say(Tone::Normal, name, &[]);
            page.sentences(ions.iter().map(String::as_str));
        }
    }
    page.sentences(class.notes.iter().map(String::as_str));
}

fn masses(page: &mut Page<'_>, found: &Hypotheses) {
    let told: Vec<String> = found
        .molecular_masses
        .iter()
        .map(|m| match m.agreement {
            Some(agreement) => {
                let agreement = page.texts.number(agreement, 2);
                page.texts.say_with(
                    "mass-agreement",
                    &[("mass", &m.mass.to_string()), ("agreement", &agreement)],
                )
            }
            None => {
                let mass = page.texts.number(m.mass, 4);
                page.texts.say_with("mass-precursor", &[("mass", &mass)])
            }
        })
        .collect();
    if !told.is_empty() {
        page.say(
            Tone::Normal,
            "molecular-masses",
            &[("masses", &told.join("; "))],
        );
    }
}

fn row(page: &Page<'_>, analogue: &Analogue) -> Vec<String> {
    let texts = page.texts;
    let nominal = analogue.reference_mass.fract() == 0.0;
    let mz = |value: f64| texts.number(value, if nominal { 0 } else { 3 });
    let changes: Vec<String> = analogue
        .changes
        .iter()
        .take(CHANGES)
        .map(|change| format!("{} ({})", texts.word(&change.meaning), change.formula))
        .collect();
    let change = match (analogue.mass_difference.abs() < 0.01, changes.is_empty()) {
        (true, _) => texts.say("change-isomer"),
        (false, true) => texts.say("change-unknown"),
        (false, false) => changes.join("; "),
    };
    let moved = analogue.changed_ions.iter().take(NAMED);
    let moved: Vec<String> = moved
        .map(|[from, to]| format!("{} \u{2192} {}", mz(*from), mz(*to)))
        .collect();
    let kept: Vec<String> = analogue
        .unchanged_ions
        .iter()
        .take(NAMED)
        .map(|v| mz(*v))
        .collect();
    let or_none = |list: Vec<String>| {
        if list.is_empty() {
            texts.none()
        } else {
            list.join("; ")
        }
    };
    let (moved, kept) = (or_none(moved), or_none(kept));
    vec![
        analogue.rank.to_string(),
        analogue.name.clone(),
        texts.number(analogue.similarity, 2),
        texts.signed(analogue.mass_difference, if nominal { 0 } else { 4 }),
        change,
        texts.say_with("ions-moved-kept", &[("moved", &moved), ("kept", &kept)]),
    ]
}

fn right(page: &mut Page<'_>, new: &Rate, others: &Rate) {
    // Without a trial there is no rate.
    if others.n == 0 {
        let new = rate(page, new);
        page.say(Tone::Normal, "analogues-right-new", &[("new", &new)]);
        return;
    }
    let (new, others) = (rate(page, new), rate(page, others));
    page.say(
        Tone::Normal,
        "analogues-right",
        &[("new", &new), ("others", &others)],
    );
}

/// `12.5 % (8.0 to 18.9 %, n = 90)`.
fn rate(page: &Page<'_>, rate: &Rate) -> String {
    let of = |share: f64| page.texts.percent(share, 1);
    let (share, low, high, trials) = (
        of(rate.estimate),
        of(rate.low),
        of(rate.high),
        rate.n.to_string(),
    );
    let values = [
        ("share", share.as_str()),
        ("low", &low),
        ("high", &high),
        ("trials", &trials),
    ];
    page.texts.say_with("rate", &values)
}
