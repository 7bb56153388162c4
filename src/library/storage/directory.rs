//! Where each column of a library file lies, listed after the end of its HDF5 part, so that opening one need
//! not start the HDF5 library, which takes longer than the search.
//!
//! ```text
//! HDF5 file          as any other; programs that read HDF5 do not look beyond its end
//! list               JSON: texts by path, columns by path with type, first byte and length
//! SHA-256            of the list
//! u64, u64           first byte of the list (the end of the HDF5 file), and its length
//! "specid directory"
//! ```
//!
//! It is made from what HDF5 says of the written file. A file without it, of an earlier program or copied by an
//! HDF5 tool, is read through HDF5; so is one whose directory is damaged, which is told when it is verified.

use super::read::Place;
use crate::library::Column;
use bytemuck::Pod;
use hdf5::H5Type;
use hdf5::dataset::Layout;
use memmap2::Mmap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

const MARK: &[u8; 16] = b"specid directory";
/// Place of the file's end in superblocks of these versions.
const SUPERBLOCKS: [u8; 2] = [2, 3];
const END: usize = 28;

/// All texts and columns of a file by their paths.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Directory {
    texts: BTreeMap<String, String>,
    columns: BTreeMap<String, Stretch>,
}

/// Where a column lies.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stretch {
    kind: String,
    from: usize,
    bytes: usize,
}

/// What stands behind the HDF5 part of a file.
pub(super) enum Behind {
    /// Nothing: a file of an earlier program, or copied by an HDF5 tool.
    Nothing,
    /// Something that is no directory, or one that is not whole.
    Damaged,
    /// The directory.
    Directory(Directory),
}

impl Directory {
    /// What stands behind the HDF5 part of a file.
    pub fn of(map: &[u8]) -> Behind {
        match (Self::listed(map), end_of_hdf5(map)) {
            (Some(directory), _) => Behind::Directory(directory),
            (None, Some(end)) if end < map.len() => Behind::Damaged,
            (None, None) if map.ends_with(MARK) => Behind::Damaged,
            (None, _) => Behind::Nothing,
        }
    }

    /// The directory at the end of a file; `None` where there is none, or it is not whole and of this file.
    fn listed(map: &[u8]) -> Option<Self> {
        let (rest, mark) = map.split_last_chunk::<{ MARK.len() }>()?;
        let (rest, length) = rest.split_last_chunk()?;
        let (rest, from) = rest.split_last_chunk()?;
        let (rest, hash) = rest.split_last_chunk::<32>()?;
        let number = |bytes: &[u8; 8]| usize::try_from(u64::from_le_bytes(*bytes)).ok();
        let (from, length) = (number(from)?, number(length)?);
        let list = rest.get(from..)?;
        let own = mark == MARK && list.len() == length && end_of_hdf5(map)? == from;
        (own && Sha256::digest(list)[..] == hash[..]).then_some(())?;
        serde_json::from_slice(list).ok()
    }

    /// What HDF5 says of a file; `None` where a column lies in parts.
    pub fn of_hdf5(path: &Path) -> hdf5::Result<Option<Self>> {
        let file = hdf5::File::open(path)?;
        let mut directory = Self::default();
        let whole = directory.list(&file.group("/")?, "")?;
        file.close()?;
        Ok(whole.then_some(directory))
    }

    /// Adds the directory to a file that HDF5 has written and closed; not where a column lies in parts.
    pub fn append(path: &Path) -> hdf5::Result<()> {
        match Self::of_hdf5(path)? {
            Some(directory) => directory.write(path).map_err(|e| e.to_string().into()),
            None => Ok(()),
        }
    }

    /// Writes it behind a file that ends with its HDF5 part.
    fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(path)?;
        let from = file.metadata()?.len();
        let mut bytes = serde_json::to_vec(self)?;
        let (hash, length) = (Sha256::digest(&bytes), bytes.len() as u64);
        bytes.extend_from_slice(&hash);
        bytes.extend_from_slice(&from.to_le_bytes());
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(MARK);
        file.write_all(&bytes)
    }

    /// Lists a group and what is in it; whether each column lies in one part.
    fn list(&mut self, group: &hdf5::Group, path: &str) -> hdf5::Result<bool> {
        let mut whole = true;
        for name in group.attr_names()? {
            let text = super::read::attribute(group, &name)?;
            self.texts.insert(format!("{path}{name}"), text);
        }
        for name in group.member_names()? {
            let inside = format!("{path}{name}");
            let Ok(data) = group.dataset(&name) else {
                whole &= self.list(&group.group(&name)?, &format!("{inside}/"))?;
                continue;
            };
            let kind = data.dtype()?.to_descriptor()?;
            let bytes = data.size().saturating_mul(kind.size());
            let contiguous = data.layout() == Layout::Contiguous;
            let from = match bytes {
                0 => Some(0),
                _ => data.offset().filter(|_| contiguous),
            };
            let from = from.and_then(|from| usize::try_from(from).ok());
            whole &= from.is_some();
            let stretch = Stretch {
                kind: kind.to_string(),
                from: from.unwrap_or_default(),
                bytes,
            };
            self.columns.insert(inside, stretch);
        }
        Ok(whole)
    }

    /// Its outermost place.
    pub fn root<'a>(&'a self, map: &'a Arc<Mmap>) -> Listed<'a> {
        Listed {
            directory: self,
            map,
            path: String::new(),
        }
    }
}

/// The end of an HDF5 file by its own account; `None` where it is of a form that this program does not write.
pub(super) fn end_of_hdf5(map: &[u8]) -> Option<usize> {
    let known = SUPERBLOCKS.contains(map.get(8)?) && *map.get(9)? == 8;
    let end = map.get(END..)?.first_chunk().filter(|_| known)?;
    usize::try_from(u64::from_le_bytes(*end)).ok()
}

/// A group of a directory.
pub(super) struct Listed<'a> {
    directory: &'a Directory,
    map: &'a Arc<Mmap>,
    /// Its path, with a stroke at the end.
    path: String,
}

impl Place for Listed<'_> {
    fn within(&self, name: &str) -> hdf5::Result<Option<Self>> {
        let path = format!("{}{name}/", self.path);
        let next = self.directory.columns.range(path.clone()..).next();
        Ok(next
            .filter(|(inside, _)| inside.starts_with(&path))
            .map(|_| Self { path, ..*self }))
    }

    fn text(&self, name: &str) -> hdf5::Result<Option<String>> {
        let path = format!("{}{name}", self.path);
        Ok(self.directory.texts.get(&path).cloned())
    }

    fn column<T: Pod + H5Type>(&self, name: &str) -> hdf5::Result<Option<Column<T>>> {
        let path = format!("{}{name}", self.path);
        let Some(stretch) = self.directory.columns.get(&path) else {
            return Ok(None);
        };
        let kind = T::type_descriptor().to_string();
        if stretch.kind != kind {
            return Err(format!("{path} holds {}, not {kind}", stretch.kind).into());
        }
        let bytes = stretch.from..stretch.from.saturating_add(stretch.bytes);
        if let Some(column) = Column::mapped(self.map, bytes.clone()) {
            return Ok(Some(column));
        }
        // Short columns are not aligned.
        let copied = self.map.get(bytes).map(bytemuck::pod_collect_to_vec);
        let outside = || hdf5::Error::from(format!("{path} lies outside the file"));
        copied
            .map(|values: Vec<T>| Some(values.into()))
            .ok_or_else(outside)
    }
}

#[cfg(test)]
impl Directory {
    /// Puts another text in the place of one, behind a file without a directory.
    pub fn falsify(mut self, path: &Path, name: &str, text: &str) {
        self.texts.insert(name.to_owned(), text.to_owned());
        self.write(path).unwrap();
    }
}
