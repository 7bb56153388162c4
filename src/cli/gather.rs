//! What a name on the command line stands for: a file, standard input, a folder, a zip archive.

use super::args::Overrides;
use super::identify::load;
use crate::read::{Archive, ReadError, Reading};
use crate::screen::Given;
use std::path::{Path, PathBuf};

/// A file that was read.
pub(super) struct Source {
    /// Its path, or archive and member.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its spectra.
    pub reading: Reading,
}

/// A file that could not be read.
pub(super) struct Failure {
    /// Its path, or archive and member.
    pub path: String,
    /// Why.
    pub message: String,
}

impl Failure {
    fn of(path: impl Into<String>, error: &ReadError) -> Self {
        Self {
            path: path.into(),
            message: error.to_string(),
        }
    }
}

/// The files that a name stands for, read one after another.
pub(super) struct Sources;

/// The archive that a path leads into, where the path itself is nothing.
pub(super) fn archive_of(path: &Path) -> Option<&Path> {
    if path.exists() {
        return None;
    }
    path.ancestors().skip(1).find(|part| Archive::is_one(part))
}

impl Sources {
    /// The files of a name: itself, all files below a folder by name, or the members of a zip archive.
    pub fn of<'a>(
        name: &'a Path,
        overrides: &'a Overrides,
    ) -> Box<dyn Iterator<Item = Result<Source, Failure>> + 'a> {
        if name.is_dir() {
            let mut files = Vec::new();
            let mut failures = Vec::new();
            walk(name, &mut files, &mut failures);
            let files = files
                .into_iter()
                .flat_map(move |file| match Archive::is_one(&file) {
                    true => members(&file, overrides).collect(),
                    false => vec![one(&file, overrides)],
                });
            return Box::new(failures.into_iter().map(Err).chain(files));
        }
        match Archive::is_one(name) {
            true => members(name, overrides),
            false => Box::new(std::iter::once_with(move || one(name, overrides))),
        }
    }
}

fn one(file: &Path, overrides: &Overrides) -> Result<Source, Failure> {
    let path = file.to_string_lossy().into_owned();
    let (input, reading) = load(file, overrides).map_err(|e| Failure::of(path.clone(), &e))?;
    Ok(Source {
        path,
        sha256: input.sha256,
        reading,
    })
}

/// All files below a folder in the order of their names; hidden ones are left out.
pub(super) fn walk(folder: &Path, files: &mut Vec<PathBuf>, failures: &mut Vec<Failure>) {
    let listed = std::fs::read_dir(folder).and_then(|items| items.collect::<Result<Vec<_>, _>>());
    let mut items = match listed {
        Ok(items) => items,
        Err(error) => {
            failures.push(Failure {
                path: folder.to_string_lossy().into_owned(),
                message: format!("the folder cannot be read ({error})"),
            });
            return;
        }
    };
    items.sort_by_key(std::fs::DirEntry::file_name);
    for item in items {
        let hidden = item.file_name().to_string_lossy().starts_with('.');
        // Links to folders are not followed: they can go round in circles.
        match item.file_type() {
            _ if hidden => {}
            Ok(kind) if kind.is_dir() => walk(&item.path(), files, failures),
            // A pipe or a device would be waited for.
            Ok(_) if item.path().is_file() => files.push(item.path()),
            Ok(_) if item.path().is_dir() => {}
            Ok(_) => failures.push(Failure {
                path: item.path().to_string_lossy().into_owned(),
                message: "this is no regular file".to_owned(),
            }),
            Err(error) => failures.push(Failure {
                path: item.path().to_string_lossy().into_owned(),
                message: format!("the file cannot be looked at ({error})"),
            }),
        }
    }
}

fn members<'a>(
    file: &Path,
    overrides: &'a Overrides,
) -> Box<dyn Iterator<Item = Result<Source, Failure>> + 'a> {
    let given = overrides.given();
    let mut archive = match Archive::open(file, &given.limits) {
        Ok(archive) => archive,
        Err(error) => {
            let failure = Failure::of(file.to_string_lossy(), &error);
            return Box::new(std::iter::once(Err(failure)));
        }
    };
    Box::new(
        (0..archive.len()).filter_map(move |index| member(&mut archive, index, &given).transpose()),
    )
}

fn member(archive: &mut Archive, index: usize, given: &Given) -> Result<Option<Source>, Failure> {
    let path = archive.name_of(index);
    let failure = |e: ReadError| Failure::of(path.clone(), &e);
    let Some(input) = archive.member(index).map_err(failure)? else {
        return Ok(None);
    };
    let reading = given.read(&input).map_err(failure)?;
    Ok(Some(Source {
        path,
        sha256: input.sha256,
        reading,
    }))
}
