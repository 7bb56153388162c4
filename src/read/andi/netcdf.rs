//! The classic netCDF container, versions 1 and 2 (Unidata, "NetCDF Classic Format Specification").
//!
//! Written here because every look-up must be checked against a hostile file; only what ANDI needs.

use crate::read::bytes::{Bytes, Order};
use crate::read::error::{ErrorKind, ReadError};
use std::collections::HashMap;

/// Most dimensions, attributes or variables of one list; real files have some dozens.
const LIST: usize = 10_000;

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Attribute {
    Text(String),
    Number(f64),
}

#[derive(Debug)]
struct Variable {
    kind: u32,
    /// Values in one record, or in all where the variable is not along the record dimension.
    count: usize,
    along_records: bool,
    begin: usize,
    attributes: HashMap<String, Attribute>,
}

/// An opened file.
#[derive(Debug)]
pub(super) struct NetCdf<'a> {
    bytes: Bytes<'a>,
    records: usize,
    record_size: usize,
    /// Attributes of the whole file.
    pub attributes: HashMap<String, Attribute>,
    variables: HashMap<String, Variable>,
}

struct Cursor<'a> {
    bytes: Bytes<'a>,
    at: usize,
    wide: bool,
}

fn size_of_kind(kind: u32) -> usize {
    match kind {
        1 | 2 => 1,
        3 => 2,
        4 | 5 => 4,
        6 => 8,
        _ => 0,
    }
}

impl Cursor<'_> {
    fn number(&mut self) -> Result<usize, ReadError> {
        let value = self.bytes.size(self.at)?;
        self.at += 4;
        Ok(value)
    }

    fn offset(&mut self) -> Result<usize, ReadError> {
        if !self.wide {
            return self.number();
        }
        let value = self.bytes.u64(self.at)?;
        self.at += 8;
        Ok(usize::try_from(value).unwrap_or(usize::MAX))
    }

    fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length.saturating_add(3) / 4 * 4);
    }

    fn name(&mut self) -> Result<String, ReadError> {
        let length = self.number()?;
        self.bytes.part(self.at, length)?;
        let name = self.bytes.text(self.at, length);
        self.skip(length);
        Ok(name)
    }

    /// Length of a list that begins here.
    fn list(&mut self) -> Result<usize, ReadError> {
        let place = self.at;
        let (_, count) = (self.number()?, self.number()?);
        match count <= LIST {
            true => Ok(count),
            false => Err(ReadError::new(
                ErrorKind::Malformed,
                "a list of the netCDF header is too long",
            )
            .at_byte(place)
            .found(count.to_string())),
        }
    }

    fn attributes(&mut self) -> Result<HashMap<String, Attribute>, ReadError> {
        let mut found = HashMap::new();
        for _ in 0..self.list()? {
            let name = self.name()?;
            let (kind, count) = (self.number()? as u32, self.number()?);
            let size = count.saturating_mul(size_of_kind(kind));
            self.bytes.part(self.at, size)?;
            let value = match kind {
                2 => Some(Attribute::Text(self.bytes.text(self.at, count))),
                _ if count > 0 => number(&self.bytes, kind, self.at)
                    .ok()
                    .map(Attribute::Number),
                _ => None,
            };
            self.skip(size);
            if let Some(value) = value {
                found.insert(name, value);
            }
        }
        Ok(found)
    }
}

fn number(bytes: &Bytes<'_>, kind: u32, at: usize) -> Result<f64, ReadError> {
    Ok(match kind {
        1 => f64::from(bytes.u8(at)? as i8),
        3 => f64::from(bytes.i16(at)?),
        4 => f64::from(bytes.i32(at)?),
        5 => f64::from(bytes.f32(at)?),
        6 => bytes.f64(at)?,
        _ => {
            return Err(
                ReadError::new(ErrorKind::Malformed, "a netCDF type is not known").at_byte(at),
            );
        }
    })
}

impl<'a> NetCdf<'a> {
    /// Reads the header.
    pub fn open(data: &'a [u8]) -> Result<Self, ReadError> {
        let bytes = Bytes::new(data, Order::Big);
        let mut cursor = Cursor {
            bytes,
            at: 4,
            wide: data.get(3) == Some(&2),
        };
        let records = cursor.number()?;
        let lengths: Vec<usize> = (0..cursor.list()?)
            .map(|_| cursor.name().and_then(|_| cursor.number()))
            .collect::<Result<_, _>>()?;
        let attributes = cursor.attributes()?;
        let mut variables = HashMap::new();
        let mut sizes = Vec::new();
        let mut first_record: Option<usize> = None;
        for _ in 0..cursor.list()? {
            let name = cursor.name()?;
            let rank = cursor.number()?;
            cursor.bytes.part(cursor.at, rank.saturating_mul(4))?;
            let dimensions: Vec<usize> = (0..rank)
                .map(|_| cursor.number())
                .collect::<Result<_, _>>()?;
            let own = cursor.attributes()?;
            let kind = cursor.number()? as u32;
            let stored = cursor.number()?;
            let begin = cursor.offset()?;
            let length = |d: &usize| lengths.get(*d).copied().unwrap_or(0);
            let along_records = dimensions.first().is_some_and(|d| length(d) == 0);
            let skipped = usize::from(along_records);
            let count = dimensions
                .iter()
                .skip(skipped)
                .map(length)
                .fold(1_usize, usize::saturating_mul);
            if along_records {
                first_record = Some(first_record.map_or(begin, |at| at.min(begin)));
                sizes.push((count.saturating_mul(size_of_kind(kind)), stored));
            }
            variables.insert(
                name,
                Variable {
                    kind,
                    count,
                    along_records,
                    begin,
                    attributes: own,
                },
            );
        }
        // A single variable along the records is not padded to four bytes.
        let record_size = match sizes.as_slice() {
            [(exact, _)] => *exact,
            many => many
                .iter()
                .map(|(_, padded)| *padded)
                .fold(0_usize, usize::saturating_add),
        };
        // Then the records reach to the end of the file.
        let streamed = first_record.and_then(|at| {
            let behind = data.len().checked_sub(at)?;
            behind.checked_div(record_size)
        });
        Ok(Self {
            bytes,
            // All ones stand for a number of records that was not known when the file was written.
            records: match records == u32::MAX as usize {
                true => streamed.unwrap_or(0),
                false => records,
            },
            record_size,
            attributes,
            variables,
        })
    }

    /// Text of a global attribute.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.attributes.get(name)? {
            Attribute::Text(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            Attribute::Number(value) => Some(value.to_string()),
        }
    }

    /// Whether the file has this variable.
    pub fn has(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// All values of a variable with its `scale_factor` and `add_offset`; `None` where there is none.
    pub fn values(&self, name: &str, limit: usize) -> Result<Option<Vec<f64>>, ReadError> {
        let Some(variable) = self.variables.get(name) else {
            return Ok(None);
        };
        let size = size_of_kind(variable.kind);
        let (rows, step) = match variable.along_records {
            true => (self.records, self.record_size),
            false => (1, 0),
        };
        let total = rows.saturating_mul(variable.count);
        if total > limit || total.saturating_mul(size) > self.bytes.len() {
            return Err(ReadError::new(
                ErrorKind::Truncated,
                format!("the variable {name:?} claims more values than the file holds"),
            )
            .at_byte(variable.begin)
            .found(total.to_string()));
        }
        let of = |name: &str, default: f64| match variable.attributes.get(name) {
            Some(Attribute::Number(value)) => *value,
            _ => default,
        };
        let (scale, offset) = (of("scale_factor", 1.0), of("add_offset", 0.0));
        let scale = if scale == 0.0 { 1.0 } else { scale };
        let mut values = Vec::with_capacity(total);
        if total > 0 {
            for row in 0..rows {
                let start = variable.begin.saturating_add(row.saturating_mul(step));
                values.extend(self.row(variable, start)?);
            }
        }
        if scale != 1.0 || offset != 0.0 {
            values.iter_mut().for_each(|v| *v = *v * scale + offset);
        }
        Ok(Some(values))
    }

    /// Values of one record of a variable, or of all of it.
    fn row(&self, variable: &Variable, start: usize) -> Result<Vec<f64>, ReadError> {
        let count = variable.count;
        match variable.kind {
            3 => self.bytes.short_integers(start, count),
            4 => self.bytes.integers(start, count),
            5 => self.bytes.floats(start, count),
            6 => self.bytes.doubles(start, count),
            kind => (0..count)
                .map(|i| number(&self.bytes, kind, start.saturating_add(i)))
                .collect(),
        }
    }

    /// Text of a variable of characters, its first row where it has several.
    pub fn characters(&self, name: &str) -> Option<String> {
        let variable = self.variables.get(name).filter(|v| v.kind == 2)?;
        let text = self.bytes.text(variable.begin, variable.count.min(256));
        Some(text).filter(|t| !t.is_empty())
    }
}
