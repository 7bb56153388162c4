//! Notices that were received.

use super::Register;
use crate::unknowns::{RegisterError, Taken, Watch};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// Why a notice ended that its publisher withdrew.
const WITHDRAWN: &str = "withdrawn by its publisher: ";

/// A watch as it is stored.
#[derive(Serialize, Deserialize)]
struct Row {
    key: String,
    made: jiff::civil::Date,
    received: jiff::civil::Date,
    notice: crate::unknowns::Notice,
    now: Option<crate::unknowns::Said>,
    /// Hash of the letter that it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letter: Option<String>,
}

/// Whether what is kept of a notice is what came now.
fn is_same(row: &Row, watch: &Watch) -> bool {
    row.notice == watch.notice
        && row.letter == watch.letter
        && (&row.key, row.made) == (&watch.key, watch.made)
}

impl Register {
    /// All watches, by publisher and id.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read.
    pub fn watches(&self) -> Result<Vec<Watch>, RegisterError> {
        let sql = "SELECT publisher, said, ended FROM watch ORDER BY publisher, unknown";
        let mut statement = self.checked(self.db.prepare(sql))?;
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)));
        let rows: Vec<(String, String, Option<String>)> =
            self.checked(rows.and_then(Iterator::collect))?;
        let watches = rows.into_iter().map(|(publisher, json, ended)| {
            let row: Row = self.parsed(&json)?;
            Ok(Watch {
                publisher,
                key: row.key,
                made: row.made,
                received: row.received,
                notice: row.notice,
                ended,
                now: row.now,
                letter: row.letter,
            })
        });
        watches.collect()
    }

    /// Takes a notice in. One that ended here on purpose begins again only with a newer notice.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be read or written.
    pub fn watch(&self, watch: &Watch) -> Result<Taken, RegisterError> {
        let sql = "SELECT said, ended FROM watch WHERE publisher = ?1 AND unknown = ?2";
        let place = params![watch.publisher, watch.notice.unknown];
        let held = self
            .db
            .query_row(sql, place, |r| Ok((r.get::<_, String>(0)?, r.get(1)?)));
        let held: Option<(String, Option<String>)> = self.checked(held.optional())?;
        let held: Option<(Row, Option<String>)> = held
            .map(|(json, ended)| Ok::<_, RegisterError>((self.parsed(&json)?, ended)))
            .transpose()?;
        let last = held.as_ref().map(|(row, _)| row.notice.serial);
        let taken = match (last, watch.notice.serial) {
            (Some(last), now) if now == last => {
                // What was changed here, or is kept without its letter, is what was signed again.
                if let Some((row, ended)) = held.filter(|(row, _)| !is_same(row, watch)) {
                    let now = row.now;
                    let watch = Watch {
                        now,
                        ..watch.clone()
                    };
                    self.write_watch(&watch, ended.as_deref())?;
                }
                return Ok(Taken::Same);
            }
            (Some(last), now) if now < last => return Ok(Taken::Older),
            _ if watch.notice.withdrawn.is_some() => Taken::Withdrawn,
            (Some(_), _) => Taken::Replaced,
            (None, _) => Taken::New,
        };
        let reason = watch.notice.withdrawn.as_ref();
        let ended = reason.map(|reason| format!("{WITHDRAWN}{reason}"));
        self.write_watch(watch, ended.as_deref())?;
        Ok(taken)
    }

    /// Takes out a notice that is not what was signed, so that the signed one is taken in whatever its number was made.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn forget_watch(&self, watch: &Watch) -> Result<(), RegisterError> {
        let sql = "DELETE FROM watch WHERE publisher = ?1 AND unknown = ?2";
        let place = params![watch.publisher, watch.notice.unknown];
        self.checked(self.db.execute(sql, place))?;
        Ok(())
    }

    /// Changes what is known of a watch.
    ///
    /// # Errors
    /// [`RegisterError`] where the register cannot be written.
    pub fn rewrite_watch(&self, watch: &Watch) -> Result<(), RegisterError> {
        self.write_watch(watch, watch.ended.as_deref())
    }

    fn write_watch(&self, watch: &Watch, ended: Option<&str>) -> Result<(), RegisterError> {
        let row = Row {
            key: watch.key.clone(),
            made: watch.made,
            received: watch.received,
            notice: watch.notice.clone(),
            now: watch.now.clone(),
            letter: watch.letter.clone(),
        };
        let sql = "INSERT OR REPLACE INTO watch VALUES (?1, ?2, ?3, ?4)";
        let json = serde_json::to_string(&row)?;
        let values = params![watch.publisher, watch.notice.unknown, json, ended];
        self.checked(self.db.execute(sql, values))?;
        Ok(())
    }
}
