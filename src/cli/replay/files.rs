//! Where a recorded file is now: at its path, else in a folder, by its SHA-256.

use crate::cli::gather::walk;
use crate::cli::record::used;
use crate::record::UsedFile;
use std::collections::HashMap;
use std::path::PathBuf;

/// Folders in which files are looked for, read when the first one is missed.
pub(super) struct Files<'a> {
    folders: &'a [PathBuf],
    known: Option<HashMap<String, PathBuf>>,
}

impl<'a> Files<'a> {
    pub fn new(folders: &'a [PathBuf]) -> Self {
        Self {
            folders,
            known: None,
        }
    }

    /// The file with these bytes.
    ///
    /// # Errors
    /// A sentence where it is not found.
    pub fn find(&mut self, file: &UsedFile) -> Result<PathBuf, String> {
        let Some(hash) = &file.sha256 else {
            return Ok(PathBuf::from(&file.path));
        };
        let path = PathBuf::from(&file.path);
        let now = (file.path != "-" && path.is_file()).then(|| used(&file.role, &path).sha256);
        if now.as_ref().is_some_and(|now| now.as_ref() == Some(hash)) {
            return Ok(path);
        }
        if let Some(found) = self.known().get(hash) {
            return Ok(found.clone());
        }
        let why = match (now, file.path.as_str()) {
            (_, "-") => "it came by standard input".to_owned(),
            (Some(_), name) => format!("{name} has other content now"),
            (None, name) => format!("there is no {name}"),
        };
        Err(format!(
            "the {} (SHA-256 {hash}) is not at hand: {why}; name the folder that holds it with --files",
            file.role
        ))
    }

    fn known(&mut self) -> &HashMap<String, PathBuf> {
        let folders = self.folders;
        self.known.get_or_insert_with(|| {
            let (mut files, mut unread) = (Vec::new(), Vec::new());
            for folder in folders {
                match folder.is_dir() {
                    true => walk(folder, &mut files, &mut unread),
                    false => files.push(folder.clone()),
                }
            }
            let hashed = files.into_iter().filter_map(|file| {
                let hash = used("", &file).sha256?;
                Some((hash, file))
            });
            hashed.collect()
        })
    }
}
