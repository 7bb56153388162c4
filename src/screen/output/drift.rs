//! The axis shifts found over a batch, instrument by instrument: an axis that drifts shows before it
//! misleads.

use crate::screen::brief::Brief;
use crate::screen::manifest::Fields;
use serde::Serialize;
use std::collections::BTreeMap;

/// Fewest points of which an early and a late part are told apart.
const FEW: usize = 8;

/// Shifts of one instrument.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// The instrument, from the manifest or the files.
    pub instrument: String,
    /// Technique.
    pub technique: String,
    /// Unit of the shifts.
    pub unit: String,
    /// What the order is of: `date`, where every file states one as year-month-day, else `name`.
    pub by: &'static str,
    /// Place in the order, shift, sample.
    pub points: Vec<(usize, f64, usize)>,
    /// Median of the first quarter.
    pub early: Option<f64>,
    /// Median of the last quarter.
    pub late: Option<f64>,
}

/// A shift on its way into a [`Drift`].
struct Point {
    date: Option<String>,
    path: String,
    index: usize,
    shift: f64,
    sample: usize,
}

/// Collects shifts by instrument and technique.
#[derive(Default)]
pub struct Shifts {
    points: BTreeMap<(String, String, String), Vec<Point>>,
}

impl Shifts {
    /// Takes the shift of an identified curve; other spectra say nothing of the axis.
    pub fn take(&mut self, brief: &Brief, fields: &Fields, sample: usize) {
        let Some(best) = brief.best().filter(|best| best.unit != "m/z") else {
            return;
        };
        if brief.set.is_empty() {
            return;
        }
        let named = fields.instrument.as_ref();
        let instrument = named.or(brief.instrument.as_ref());
        let key = (
            instrument.map_or_else(|| "unstated".to_owned(), Clone::clone),
            brief.technique.clone().unwrap_or_default(),
            best.unit.clone(),
        );
        let date = fields.date.as_ref().or(brief.date.as_ref());
        self.points.entry(key).or_default().push(Point {
            date: date.filter(|date| is_sortable(date)).cloned(),
            path: brief.path.clone(),
            index: brief.index,
            shift: best.shift,
            sample,
        });
    }

    /// The shifts in the order of date or name.
    pub fn finish(self) -> Vec<Drift> {
        self.points
            .into_iter()
            .map(|((instrument, technique, unit), mut points)| {
                let dated = points.iter().all(|p| p.date.is_some());
                points.sort_by(|a, b| {
                    let by_name = (&a.path, a.index).cmp(&(&b.path, b.index));
                    match dated {
                        true => a.date.cmp(&b.date).then(by_name),
                        false => by_name,
                    }
                });
                let shifts: Vec<f64> = points.iter().map(|p| p.shift).collect();
                let quarter = shifts.len() / 4;
                let enough = shifts.len() >= FEW;
                Drift {
                    instrument,
                    technique,
                    unit,
                    by: if dated { "date" } else { "name" },
                    early: enough.then(|| median(&shifts[..quarter])),
                    late: enough.then(|| median(&shifts[shifts.len() - quarter..])),
                    points: points
                        .into_iter()
                        .enumerate()
                        .map(|(place, p)| (place, p.shift, p.sample))
                        .collect(),
                }
            })
            .collect()
    }
}

/// Whether a date begins with year, month and day, so that text order is the order of time.
fn is_sortable(date: &str) -> bool {
    let day = date.get(..10).map(str::parse::<jiff::civil::Date>);
    matches!(day, Some(Ok(_)))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, middle.checked_sub(1)) {
        (0, Some(below)) => (sorted[below] + sorted[middle]) / 2.0,
        _ => sorted.get(middle).copied().unwrap_or(f64::NAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::brief::{Member, Placed};

    fn brief(path: &str, date: &str, shift: f64) -> Brief {
        let member = Member {
            name: "Caffeine".to_owned(),
            inchikey: None,
            status: String::new(),
        };
        Brief {
            path: path.to_owned(),
            date: Some(date.to_owned()),
            set: vec![member.clone()],
            candidates: vec![Placed {
                shift,
                ..Placed::made(member, 1.0)
            }],
            ..Brief::default()
        }
    }

    #[test]
    fn shifts_are_in_the_order_of_dates() {
        let mut shifts = Shifts::default();
        // Names run against the dates; the shift grows with the date.
        for day in 1..=8 {
            let date = format!("2026-01-{day:02}T10:00");
            let path = format!("{}.jdx", 9 - day);
            shifts.take(&brief(&path, &date, f64::from(day)), &Fields::default(), 0);
        }
        let drift = &shifts.finish()[0];
        assert_eq!((drift.by, drift.points[0].1), ("date", 1.0));
        // Quarters of two: (1 + 2) / 2 and (7 + 8) / 2.
        assert_eq!((drift.early, drift.late), (Some(1.5), Some(7.5)));
    }

    #[test]
    fn one_date_of_another_form_leaves_the_order_of_names() {
        let mut shifts = Shifts::default();
        shifts.take(&brief("b", "2026-01-01", 2.0), &Fields::default(), 0);
        shifts.take(&brief("a", "01/02/26", 1.0), &Fields::default(), 1);
        let drift = &shifts.finish()[0];
        assert_eq!(
            (drift.by, drift.points[0].1, drift.early),
            ("name", 1.0, None)
        );
    }
}
