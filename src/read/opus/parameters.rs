//! A parameter block: three letters, a type, a length, a value, until `END`.

use crate::read::bytes::Bytes;
use std::collections::HashMap;

/// Most parameters of a block; real ones have some dozens.
const MOST: usize = 256;

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Integer(i32),
    Real(f64),
    Text(String),
}

/// The parameters of a block by name.
#[derive(Debug, Default)]
pub(super) struct Parameters(HashMap<String, Value>);

impl Parameters {
    /// Reads the parameters of the block at `at`; stops where the block ends or is damaged.
    pub fn read(bytes: &Bytes<'_>, at: usize, length: usize) -> Self {
        let mut found = HashMap::new();
        let end = at.saturating_add(length).min(bytes.len());
        let mut place = at;
        while place + 8 <= end && found.len() < MOST {
            let name = bytes.text(place, 3);
            let (Ok(kind), Ok(words)) = (bytes.u16(place + 4), bytes.u16(place + 6)) else {
                break;
            };
            if name == "END" || name.is_empty() {
                break;
            }
            let size = 2 * usize::from(words);
            let value = match kind {
                0 => bytes.i32(place + 8).map(Value::Integer),
                1 => bytes.f64(place + 8).map(Value::Real),
                _ => Ok(Value::Text(bytes.text(place + 8, size))),
            };
            if let Ok(value) = value {
                found.insert(name, value);
            }
            place += 8 + size;
        }
        Self(found)
    }

    pub fn integer(&self, name: &str) -> Option<i32> {
        match self.0.get(name)? {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }

    pub fn real(&self, name: &str) -> Option<f64> {
        match self.0.get(name)? {
            Value::Real(value) => Some(*value).filter(|v| v.is_finite()),
            Value::Integer(value) => Some(f64::from(*value)),
            Value::Text(_) => None,
        }
    }

    pub fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::Text(value) => Some(value.clone()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::bytes::Order;

    #[test]
    fn integers_reals_and_text_until_the_end() {
        let mut data = Vec::new();
        let mut put = |name: &[u8; 3], kind: u16, value: &[u8]| {
            data.extend(name);
            data.push(0);
            data.extend(kind.to_le_bytes());
            data.extend(((value.len() / 2) as u16).to_le_bytes());
            data.extend(value);
        };
        put(b"NPT", 0, &7_i32.to_le_bytes());
        put(b"FXV", 1, &4000.5_f64.to_le_bytes());
        put(b"DXU", 3, b"WN\0\0");
        put(b"END", 0, &[]);
        put(b"NPT", 0, &9_i32.to_le_bytes());
        let bytes = Bytes::new(&data, Order::Little);
        let parameters = Parameters::read(&bytes, 0, data.len());
        assert_eq!(parameters.integer("NPT"), Some(7));
        assert_eq!(parameters.real("FXV"), Some(4000.5));
        assert_eq!(parameters.text("DXU").as_deref(), Some("WN"));
        assert_eq!(parameters.real("LXV"), None);
    }
}
