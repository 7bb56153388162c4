//! What the ions say for and against a class, in a chemist's words.

use super::profile::{FIRST, IONS};
use super::table::Origin;
use super::teaching::Teaching;

/// Share of the base peak from which an ion speaks for a class.
const SPEAKS: f64 = 0.05;
/// Share of the base peak below which it is missing.
const MISSING: f64 = 0.01;
/// Share of a class's members that must show ions whose absence speaks against it.
const USUAL: f64 = 0.6;
/// Share of the base peak from which an ion that the class does not have speaks against it.
const LARGE: f64 = 0.2;
/// Share of a class's members below which they do not have an ion.
const FOREIGN: f64 = 0.02;
/// Such ions that are told at most.
const TOLD: usize = 3;

/// One sentence for each origin of ions that speaks for the class, and for each that speaks against it.
/// `members` and `none` are rows of the class and of no class, which tell how usual the ions are.
pub fn evidence(
    origins: &[Origin],
    abundances: &[f64],
    teaching: &Teaching,
    members: &[usize],
    none: &[usize],
) -> (Vec<String>, Vec<String>) {
    let at = |mz: usize| abundances.get(mz).copied().unwrap_or(0.0).max(0.0);
    let base = abundances.iter().copied().fold(0.0, f64::max);
    let (mut speaking, mut opposing) = (Vec::new(), Vec::new());
    if base <= 0.0 {
        return (speaking, opposing);
    }
    for origin in origins {
        let strongest = origin
            .ions
            .iter()
            .max_by(|a, b| at(**a).total_cmp(&at(**b)));
        let Some(ion) = strongest else {
            continue;
        };
        let share = at(*ion) / base;
        if share >= SPEAKS {
            let size = match share >= 1.0 {
                true => "is the base peak".to_owned(),
                false => format!("at {:.0} % of the base peak", 100.0 * share),
            };
            speaking.push(format!(
                "m/z {ion} {size}: {}; {:.0} % of the library's members of the class show an ion of this origin, {:.0} % of its substances of no class",
                origin.words,
                100.0 * usual(origin, teaching, members),
                100.0 * usual(origin, teaching, none),
            ));
        } else if share < MISSING {
            let often = usual(origin, teaching, members);
            if often >= USUAL {
                opposing.push(format!(
                    "none of m/z {}: {}; {:.0} % of the library's members of the class show one",
                    list(&origin.ions),
                    origin.words,
                    100.0 * often,
                ));
            }
        }
    }
    opposing.extend(foreign(abundances, base, teaching, members));
    (speaking, opposing)
}

/// Large ions that hardly any member of the class has.
fn foreign(abundances: &[f64], base: f64, teaching: &Teaching, members: &[usize]) -> Vec<String> {
    let root = MISSING.cbrt() as f32;
    let among = |ion: usize| {
        let have = members
            .iter()
            .filter(|row| teaching.root(**row, ion) >= root);
        have.count() as f64 / members.len().max(1) as f64
    };
    let compared = FIRST..abundances.len().min(FIRST + IONS);
    let mut large: Vec<usize> = compared
        .filter(|ion| abundances[*ion] >= LARGE * base && among(*ion) < FOREIGN)
        .collect();
    large.sort_by(|a, b| abundances[*b].total_cmp(&abundances[*a]));
    large.truncate(TOLD);
    let sentence = |ion: usize| {
        format!(
            "m/z {ion} at {:.0} % of the base peak: {:.0} % of the library's members of the class have it; another substituent, or another class",
            100.0 * abundances[ion] / base,
            100.0 * among(ion),
        )
    };
    large.into_iter().map(sentence).collect()
}

/// Share of rows that show one of the ions.
fn usual(origin: &Origin, teaching: &Teaching, rows: &[usize]) -> f64 {
    let root = SPEAKS.cbrt() as f32;
    let shows = |row: &&usize| (origin.ions.iter()).any(|ion| teaching.root(**row, *ion) >= root);
    match rows.len() {
        0 => 0.0,
        n => rows.iter().filter(shows).count() as f64 / n as f64,
    }
}

/// Numbers with commas, the last by "or".
fn list(ions: &[usize]) -> String {
    let words: Vec<String> = ions.iter().map(usize::to_string).collect();
    match words.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::teaching::{Lesson, tests::spectrum};
    use super::*;

    #[test]
    fn sentences_for_and_against() {
        let lesson = |ions: &[(usize, f64)], substance| Lesson {
            profile: spectrum(ions),
            substance,
            classes: vec![],
        };
        let teaching = Teaching::of([
            lesson(&[(58, 1.0), (105, 0.2)], 0),
            lesson(&[(72, 1.0), (105, 0.2)], 1),
            lesson(&[(150, 1.0)], 2),
        ]);
        let origin = |ions: &[usize], words: &str| Origin {
            ions: ions.to_vec(),
            words: words.to_owned(),
        };
        let origins = [
            origin(&[58, 72], "iminium ion"),
            origin(&[105, 119], "benzoyl cation"),
            origin(&[200], "seldom"),
        ];
        let mut abundances = vec![0.0; 160];
        (abundances[72], abundances[44]) = (50.0, 100.0);
        let (speaking, opposing) = evidence(&origins, &abundances, &teaching, &[0, 1], &[2]);
        assert_eq!(
            speaking,
            [
                "m/z 72 at 50 % of the base peak: iminium ion; 100 % of the library's members of the class show an ion of this origin, 0 % of its substances of no class"
            ]
        );
        assert_eq!(
            opposing,
            [
                "none of m/z 105 or 119: benzoyl cation; 100 % of the library's members of the class show one",
                "m/z 44 at 100 % of the base peak: 0 % of the library's members of the class have it; another substituent, or another class",
            ]
        );
    }
}
