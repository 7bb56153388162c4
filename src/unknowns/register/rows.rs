//! Rows of observations and groups.

use super::Register;
use crate::screen::Fingerprint;
use crate::screen::store::{packed, unpacked};
use crate::unknowns::{Alike, Hypothesis, Observation, Points, RegisterError, Unknown};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// An observation that is in the register.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its row.
    pub row: i64,
    /// Its group.
    pub unknown: String,
    /// What is known of it.
    pub said: Observation,
}

/// Row, group and what is known of an observation.
fn columns(row: &Row<'_>) -> rusqlite::Result<(i64, String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

impl Register {
    /// The observation of a spectrum that is in the register already.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read.
    pub fn knows(&self, sha256: &str, index: usize) -> Result<Option<Kept>, RegisterError> {
        let sql = "SELECT id, unknown, said FROM observation WHERE sha256 = ?1 AND position = ?2";
        let found = self
            .db
            .query_row(sql, params![sha256, index as i64], columns);
        let found = self.checked(found.optional())?;
        found.map(|row| self.kept(row)).transpose()
    }

    fn kept(&self, (row, unknown, json): (i64, String, String)) -> Result<Kept, RegisterError> {
        Ok(Kept {
            row,
            unknown,
            said: self.parsed(&json)?,
        })
    }

    /// Adds an observation to a group.
    pub(super) fn insert(
        &self,
        unknown: &str,
        said: &Observation,
        points: &Points,
        print: &Fingerprint,
    ) -> Result<(), RegisterError> {
        let sql = "INSERT INTO observation (unknown, sha256, position, said, points, print)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (json, points) = (serde_json::to_string(said)?, packed(points)?);
        let place = said.index as i64;
        let values = params![unknown, said.sha256, place, json, points, print.to_bytes()];
        self.checked(self.db.execute(sql, values))?;
        Ok(())
    }

    /// All observations in the order in which they were added, or those of one group.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read.
    pub fn observations(&self, unknown: Option<&str>) -> Result<Vec<Kept>, RegisterError> {
        let sql = "SELECT id, unknown, said FROM observation
            WHERE ?1 IS NULL OR unknown = ?1 ORDER BY id";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let rows = statement.query_map([unknown], columns);
        let rows: Vec<(i64, String, String)> = self.checked(rows.and_then(Iterator::collect))?;
        rows.into_iter().map(|row| self.kept(row)).collect()
    }

    /// The points of an observation.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read.
    pub fn points(&self, row: i64) -> Result<Points, RegisterError> {
        let sql = "SELECT points FROM observation WHERE id = ?1";
        let bytes: Vec<u8> = self.checked(self.db.query_row(sql, [row], |r| r.get(0)))?;
        let text = unpacked(&bytes).map_err(|e| self.damaged(e))?;
        serde_json::from_str(&text).map_err(|e| self.damaged(e))
    }

    /// An observation's points, ready to be compared.
    pub(super) fn ready(&self, row: i64) -> Result<(Points, Alike), RegisterError> {
        let sql = "SELECT print FROM observation WHERE id = ?1";
        let bytes: Vec<u8> = self.checked(self.db.query_row(sql, [row], |r| r.get(0)))?;
        let print = Fingerprint::from_bytes(&bytes)
            .ok_or_else(|| self.damaged("the fingerprint of an observation"))?;
        let points = self.points(row)?;
        let alike = Alike::of_print(print, points.positive());
        Ok((points, alike))
    }

    /// Changes what is known of an observation.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn rewrite(&self, kept: &Kept) -> Result<(), RegisterError> {
        let sql = "UPDATE observation SET said = ?2 WHERE id = ?1";
        let json = serde_json::to_string(&kept.said)?;
        self.checked(self.db.execute(sql, params![kept.row, json]))?;
        Ok(())
    }

    /// All groups by id.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read.
    pub fn unknowns(&self) -> Result<Vec<Unknown>, RegisterError> {
        let mut members: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
        for kept in self.observations(None)? {
            members.entry(kept.unknown).or_default().push(kept.said);
        }
        let groups = members.into_iter();
        let groups = groups.map(|(id, observations)| self.group(&id, &observations));
        groups.filter_map(Result::transpose).collect()
    }

    /// One group with its observations.
    ///
    /// # Errors
    /// [`RegisterError`] where there is none of this id, or the register cannot be read.
    pub fn unknown(&self, id: &str) -> Result<(Unknown, Vec<Kept>), RegisterError> {
        let kept = self.observations(Some(id))?;
        let said: Vec<Observation> = kept.iter().map(|k| k.said.clone()).collect();
        if let Some(group) = self.group(id, &said)? {
            return Ok((group, kept));
        }
        let sql = "SELECT merged_into FROM unknown WHERE id = ?1";
        let into = self
            .db
            .query_row(sql, [id], |r| r.get::<_, Option<String>>(0));
        Err(match self.checked(into.optional())?.flatten() {
            Some(into) => RegisterError::Merged(id.to_owned(), into),
            None => RegisterError::NoUnknown(id.to_owned()),
        })
    }

    fn group(&self, id: &str, said: &[Observation]) -> Result<Option<Unknown>, RegisterError> {
        let sql = "SELECT hypothesis, named, notices FROM unknown WHERE id = ?1";
        let row = self
            .db
            .query_row(sql, [id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)));
        let row: Option<(String, Option<String>, u32)> = self.checked(row.optional())?;
        let Some((hypothesis, named, notices)) = row else {
            return Ok(None);
        };
        let hypothesis: Hypothesis = self.parsed(&hypothesis)?;
        let said: Vec<&Observation> = said.iter().collect();
        Ok(Unknown::of(
            id.to_owned(),
            hypothesis,
            named,
            notices,
            &said,
        ))
    }

    /// Sets what a group may be.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn set_hypothesis(&self, id: &str, what: &Hypothesis) -> Result<(), RegisterError> {
        let sql = "UPDATE unknown SET hypothesis = ?2 WHERE id = ?1";
        let json = serde_json::to_string(what)?;
        self.checked(self.db.execute(sql, params![id, json]))?;
        Ok(())
    }

    /// Sets what a group was found to be.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn set_named(&self, id: &str, named: Option<&str>) -> Result<(), RegisterError> {
        let sql = "UPDATE unknown SET named = ?2 WHERE id = ?1";
        self.checked(self.db.execute(sql, params![id, named]))?;
        Ok(())
    }

    /// The number of the next notice of a group.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn next_notice(&self, id: &str) -> Result<u32, RegisterError> {
        let sql = "UPDATE unknown SET notices = notices + 1 WHERE id = ?1 RETURNING notices";
        let number = self.db.query_row(sql, [id], |r| r.get(0)).optional();
        let number = self.checked(number)?;
        number.ok_or_else(|| RegisterError::NoUnknown(id.to_owned()))
    }

    /// An id that no group ever had.
    pub(super) fn next_id(&self, year: i16) -> Result<String, RegisterError> {
        let name = format!("last-{year}");
        let last = self.value(&name)?.unwrap_or_default();
        let number = match last.is_empty() {
            true => 1,
            false => last.parse::<u32>().map_err(|e| self.damaged(e))? + 1,
        };
        self.set_value(&name, &number.to_string())?;
        Ok(format!("U-{year}-{number:04}"))
    }

    /// Begins a group.
    pub(super) fn begin(&self, id: &str, hypothesis: &Hypothesis) -> Result<(), RegisterError> {
        let sql = "INSERT INTO unknown (id, hypothesis) VALUES (?1, ?2)";
        let json = serde_json::to_string(hypothesis)?;
        self.checked(self.db.execute(sql, params![id, json]))?;
        Ok(())
    }
}
