//! All observations grouped anew.

use super::Register;
use crate::unknowns::regroup::renew;
use crate::unknowns::{Alike, Measure, RegisterError, Strains};
use rusqlite::params;
use serde::Serialize;
use std::collections::BTreeMap;

/// Most spectra of one technique that are grouped at once: the strains of all pairs take 400 MB.
const MOST: usize = 14_000;

/// What grouping anew changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// An id was given up; its observations are in another group.
    Merged {
        /// The id.
        unknown: String,
        /// The group.
        into: String,
    },
    /// Some observations of a group left it.
    Split {
        /// The group.
        unknown: String,
        /// Where they are now.
        into: String,
        /// How many.
        count: usize,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clustered {
    /// Observations.
    pub observations: usize,
    /// Groups.
    pub groups: usize,
    /// What is otherwise than before.
    pub changes: Vec<Change>,
}

impl Register {
    /// Groups all observations anew, by average linkage of all pairs. A group keeps the id that most of its
    /// members had; `year` is that of new ids. To be called within [`Register::at_once`].
    ///
    /// # Errors
    /// [`RegisterError`] where there are too many, or the register cannot be read or written.
    pub fn cluster(&self, year: i16) -> Result<Clustered, RegisterError> {
        let kept = self.observations(None)?;
        let mut techniques: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, one) in kept.iter().enumerate() {
            techniques
                .entry(&one.said.technique)
                .or_default()
                .push(place);
        }
        let mut of: Vec<usize> = vec![0; kept.len()];
        let mut groups = 0;
        for places in techniques.values() {
            let ready = places.iter().filter_map(|place| kept.get(*place));
            let ready = ready.map(|k| Ok((self.ready(k.row)?.1, k.said.laboratory.as_deref())));
            let ready: Vec<_> = ready.collect::<Result<_, RegisterError>>()?;
            let found = grouped(&ready)?;
            for (place, group) in places.iter().zip(&found) {
                if let Some(of) = of.get_mut(*place) {
                    *of = groups + group;
                }
            }
            groups += found.iter().max().map_or(0, |most| most + 1);
        }
        let members: Vec<(String, usize)> = kept
            .iter()
            .zip(&of)
            .map(|(k, group)| (k.unknown.clone(), *group))
            .collect();
        let renewed = renew(&members, groups);
        let mut ids = Vec::with_capacity(groups);
        for (group, id) in renewed.ids.iter().enumerate() {
            ids.push(match id {
                Some(id) => id.clone(),
                None => {
                    let id = self.next_id(year)?;
                    let first = of.iter().position(|g| *g == group);
                    let first = first.and_then(|place| kept.get(place));
                    let hypothesis = first.map(|k| k.said.hypothesis.clone());
                    self.begin(&id, &hypothesis.unwrap_or_default())?;
                    id
                }
            });
        }
        let id_of = |group: usize| ids.get(group).cloned().unwrap_or_default();
        for (one, group) in kept.iter().zip(&of) {
            let id = id_of(*group);
            if one.unknown != id {
                let sql = "UPDATE observation SET unknown = ?2 WHERE id = ?1";
                self.checked(self.db.execute(sql, params![one.row, id]))?;
            }
        }
        let mut changes = Vec::new();
        for (unknown, group) in renewed.merged {
            let into = id_of(group);
            let sql = "UPDATE unknown SET merged_into = ?2 WHERE id = ?1";
            self.checked(self.db.execute(sql, params![unknown, into]))?;
            changes.push(Change::Merged { unknown, into });
        }
        for (unknown, group, count) in renewed.split {
            let into = id_of(group);
            changes.push(Change::Split {
                unknown,
                into,
                count,
            });
        }
        Ok(Clustered {
            observations: kept.len(),
            groups,
            changes,
        })
    }
}

/// The group of each spectrum of a technique, with its laboratory.
fn grouped(ready: &[(Alike, Option<&str>)]) -> Result<Vec<usize>, RegisterError> {
    use rayon::prelude::*;
    if ready.len() > MOST {
        return Err(RegisterError::TooMany {
            found: ready.len(),
            most: MOST,
        });
    }
    let mut strains = Strains::new(ready.len());
    let rows: Vec<_> = ready
        .par_iter()
        .enumerate()
        .map_init(Measure::default, |measure, (i, (one, _))| {
            measure.against(one, ready.iter().take(i).map(|(other, _)| other))
        })
        .collect();
    for (i, (row, (_, one))) in rows.into_iter().zip(ready).enumerate() {
        for (j, (likeness, (_, other))) in row.into_iter().zip(ready).enumerate() {
            if let Some(likeness) = likeness {
                strains.set(i, j, likeness.counted(one == other));
            }
        }
    }
    Ok(strains.groups())
}
