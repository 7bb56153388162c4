//! What the readers of XML share.

use super::error::{ErrorKind, ReadError};
use quick_xml::events::BytesStart;

/// Value of an attribute, `None` where it is absent or cannot be read.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    found.unescape_value().ok().map(|v| v.into_owned())
}

/// The file breaks off or is no XML from byte `at` on; what was read so far is kept.
pub(super) fn broken(at: usize, why: &str) -> ReadError {
    ReadError::new(ErrorKind::Truncated, "the file cannot be read from here on")
        .at_byte(at)
        .found(why)
        .advise("the file was perhaps cut off: export it again")
}
