//! The files that names stand for: files, folders, patterns, zip archives and what a manifest lists.
//!
//! A folder is walked without its names being collected, so that the memory does not depend on how many
//! files it holds.

use super::store::{Place, Seen};
use crate::read::{Archive, Limits};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What a listing finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A file to be looked at.
    File(Seen),
    /// Something that cannot be looked at, and why.
    Refused(Seen, String),
}

/// How names are resolved.
pub struct Lister<'a> {
    /// Links to folders that were not followed.
    pub links: u64,
    /// Files and folders that are no spectra: the run's own folder, the manifest.
    pub except: &'a [PathBuf],
    /// Bounds of archives.
    pub limits: Limits,
    /// Tells of each thing found.
    pub sink: &'a mut dyn FnMut(Found),
}

impl Lister<'_> {
    /// Lists what one name stands for.
    pub fn name(&mut self, name: &Path) {
        if name == Path::new("-") {
            return (self.sink)(Found::File(Seen {
                path: "-".to_owned(),
                place: Place::Input,
                name: "-".to_owned(),
                stamp: None,
            }));
        }
        if name.is_dir() {
            return self.folder(name);
        }
        match is_pattern(name) {
            true => self.pattern(name, &name.to_string_lossy()),
            false => self.file(name),
        }
    }

    fn pattern(&mut self, name: &Path, text: &str) {
        let paths = match glob::glob(text) {
            Ok(paths) => paths,
            Err(error) => return self.refuse(name, format!("the pattern is not valid ({error})")),
        };
        let mut any = false;
        for path in paths {
            any = true;
            match path {
                Ok(path) if path.is_dir() => self.folder(&path),
                Ok(path) => self.file(&path),
                Err(error) => {
                    let path = error.path().to_owned();
                    self.refuse(&path, format!("it cannot be looked at ({})", error.error()));
                }
            }
        }
        if !any {
            self.refuse(name, "no file fits this pattern".to_owned());
        }
    }

    fn folder(&mut self, folder: &Path) {
        if self.is_excepted(folder) {
            return;
        }
        let items = match std::fs::read_dir(folder) {
            Ok(items) => items,
            Err(error) => {
                return self.refuse(folder, format!("the folder cannot be read ({error})"));
            }
        };
        for item in items {
            let item = match item {
                Ok(item) => item,
                Err(error) => {
                    return self.refuse(folder, format!("the folder cannot be read ({error})"));
                }
            };
            if is_clutter(&item.file_name().to_string_lossy()) {
                continue;
            }
            let path = item.path();
            match item.file_type() {
                Ok(kind) if kind.is_dir() => self.folder(&path),
                // Links to folders are not followed: they can go round in circles.
                Ok(kind) if kind.is_symlink() && path.is_dir() => self.links += 1,
                Ok(_) => self.file(&path),
                Err(error) => self.refuse(&path, format!("it cannot be looked at ({error})")),
            }
        }
    }

    /// One file, or the members of an archive.
    pub fn file(&mut self, path: &Path) {
        if self.is_excepted(path) {
            return;
        }
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return self.refuse(path, "there is no such file".to_owned());
            }
            Err(error) => return self.refuse(path, format!("it cannot be looked at ({error})")),
        };
        // A pipe or a device would be waited for.
        if !metadata.is_file() {
            return self.refuse(path, "this is no regular file".to_owned());
        }
        match Archive::is_one(path) {
            true => self.members(path, &metadata),
            false => {
                let seen = seen(path, Some(&metadata));
                (self.sink)(Found::File(seen));
            }
        }
    }

    fn members(&mut self, path: &Path, metadata: &Metadata) {
        let archive = match Archive::open(path, &self.limits) {
            Ok(archive) => archive,
            Err(error) => return self.refuse(path, error.to_string()),
        };
        let whole = seen(path, Some(metadata));
        let Place::File(place) = &whole.place else {
            return;
        };
        for index in (0..archive.len()).filter(|index| archive.is_file(*index)) {
            let shown = archive.name_of(index);
            let member = shown.get(whole.path.len()..).unwrap_or_default();
            (self.sink)(Found::File(Seen {
                name: format!("{}{member}", whole.name),
                path: shown,
                place: Place::Member(place.clone(), index),
                stamp: whole.stamp,
            }));
        }
    }

    fn is_excepted(&self, path: &Path) -> bool {
        !self.except.is_empty() && self.except.contains(&resolved(path))
    }

    fn refuse(&mut self, path: &Path, message: String) {
        let metadata = std::fs::metadata(path).ok();
        (self.sink)(Found::Refused(seen(path, metadata.as_ref()), message));
    }
}

/// Whether a name is a pattern, not a file whose name looks like one.
pub fn is_pattern(name: &Path) -> bool {
    !name.exists() && name.to_string_lossy().contains(['*', '?', '['])
}

/// Hidden files, and what desktops leave in folders: caches of pictures, locks of office programs.
fn is_clutter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || ["Thumbs.db", "desktop.ini"]
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own))
}

fn seen(path: &Path, metadata: Option<&Metadata>) -> Seen {
    let place = resolved(path);
    Seen {
        path: path.to_string_lossy().into_owned(),
        name: place.to_string_lossy().into_owned(),
        place: Place::File(place),
        stamp: metadata.and_then(stamp),
    }
}

/// Size and time of the last change.
pub fn stamp(metadata: &Metadata) -> Option<(u64, i64)> {
    let modified = metadata.modified().ok()?;
    let nanoseconds = match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_nanos()).ok()?,
    };
    Some((metadata.len(), nanoseconds))
}

/// The path without links and dots; of what does not exist, as far as it does.
pub fn resolved(path: &Path) -> PathBuf {
    if let Ok(whole) = path.canonicalize() {
        return whole;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) if parent != absolute => resolved(parent).join(name),
        _ => absolute,
    }
}
