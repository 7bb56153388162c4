//! Where a new observation belongs.

use super::Register;
use crate::screen::Fingerprint;
use crate::unknowns::{Alike, Likeness, Measure, Observation, Points, RegisterError, consensus};
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of an observation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Placed {
    /// It is one of a group that was there.
    Joined {
        /// The group.
        unknown: String,
        /// Mean similarity with its members.
        similarity: f64,
        /// Members now.
        count: usize,
    },
    /// It began a group.
    Began {
        /// The group.
        unknown: String,
        /// The group that it is most like, where it may be of it on another instrument.
        like: Option<(String, f64)>,
    },
    /// It cannot be compared with any.
    Incomparable,
}

/// All that is known of the members of one group together.
#[derive(Default)]
struct Means {
    count: usize,
    similarity: f64,
    strain: f64,
    between: f64,
}

/// An observation that is in a group.
struct Member {
    unknown: String,
    laboratory: Option<String>,
    alike: Alike,
}

/// What new observations are compared with, kept between them.
struct Known {
    members: Vec<Member>,
    measure: Measure,
}

impl Register {
    /// The observations that new ones are compared with.
    fn comparable(&self) -> Result<Known, RegisterError> {
        let kept = self.observations(None)?;
        let members = kept.into_iter().map(|kept| {
            Ok(Member {
                alike: self.ready(kept.row)?.1,
                unknown: kept.unknown,
                laboratory: kept.said.laboratory,
            })
        });
        Ok(Known {
            members: members.collect::<Result<_, RegisterError>>()?,
            measure: Measure::default(),
        })
    }

    /// Puts observations into the groups that they are like, or begins groups for them, one after the other.
    /// `year` is that of ids which are begun. To be called within [`Register::at_once`].
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read or written.
    pub fn place(
        &self,
        observations: &[(Observation, Points)],
        year: i16,
    ) -> Result<Vec<Placed>, RegisterError> {
        let mut known = match observations.is_empty() {
            true => return Ok(Vec::new()),
            false => self.comparable()?,
        };
        let mut placed = Vec::with_capacity(observations.len());
        for (said, points) in observations {
            let Some(print) = Fingerprint::of(&points.spectrum()) else {
                placed.push(Placed::Incomparable);
                continue;
            };
            let alike = Alike::of_print(print.clone(), points.positive());
            let laboratory = &said.laboratory;
            let groups = known.groups(&alike, laboratory.as_deref());
            let nearest = groups
                .iter()
                .min_by(|a, b| a.1.strain.total_cmp(&b.1.strain));
            let answer = match nearest {
                Some((id, means)) if means.strain <= 1.0 => Placed::Joined {
                    unknown: id.clone(),
                    similarity: means.similarity,
                    count: means.count + 1,
                },
                _ => {
                    let close = groups.iter().filter(|(_, means)| means.between <= 1.0);
                    let like = close.min_by(|a, b| a.1.between.total_cmp(&b.1.between));
                    let id = self.next_id(year)?;
                    self.begin(&id, &said.hypothesis)?;
                    Placed::Began {
                        unknown: id,
                        like: like.map(|(id, means)| (id.clone(), means.similarity)),
                    }
                }
            };
            if let Placed::Joined { unknown, .. } | Placed::Began { unknown, .. } = &answer {
                self.insert(unknown, said, points, &print)?;
                known.members.push(Member {
                    unknown: unknown.clone(),
                    laboratory: laboratory.clone(),
                    alike,
                });
            }
            placed.push(answer);
        }
        Ok(placed)
    }

    /// The spectrum that stands for a group.
    ///
    /// # Errors
    /// [`RegisterError`] where there is no group of this id, or the register cannot be read.
    pub fn consensus(&self, id: &str) -> Result<Points, RegisterError> {
        let kept = self.observations(Some(id))?;
        let members = kept.iter().map(|k| self.ready(k.row));
        let members: Vec<_> = members.collect::<Result<_, _>>()?;
        consensus(&members).ok_or_else(|| RegisterError::NoUnknown(id.to_owned()))
    }
}

impl Known {
    /// Mean likeness with the members of each group that all can be compared with.
    fn groups(&mut self, alike: &Alike, laboratory: Option<&str>) -> BTreeMap<String, Means> {
        let all = self
            .measure
            .against(alike, self.members.iter().map(|m| &m.alike));
        let mut groups: BTreeMap<String, Option<Means>> = BTreeMap::new();
        for (member, likeness) in self.members.iter().zip(all) {
            let group = groups
                .entry(member.unknown.clone())
                .or_insert_with(|| Some(Means::default()));
            *group = match (group.take(), likeness) {
                (Some(means), Some(likeness)) => {
                    let one_laboratory = member.laboratory.as_deref() == laboratory;
                    Some(means.with(&likeness, one_laboratory))
                }
                _ => None,
            };
        }
        let means = groups.into_iter();
        means.filter_map(|(id, means)| Some((id, means?))).collect()
    }
}

impl Means {
    fn with(self, one: &Likeness, one_laboratory: bool) -> Self {
        let count = self.count + 1;
        let mean = |so_far: f64, next: f64| so_far + (next - so_far) / count as f64;
        Self {
            count,
            similarity: mean(self.similarity, one.similarity),
            strain: mean(self.strain, one.counted(one_laboratory)),
            between: mean(self.between, one.between),
        }
    }
}
