//! Libraries, found where they were or where they are now, and known by their content hash.

use super::ReportArgs;
use crate::cli::locate;
use crate::library::{Library, starter};
use crate::statement::input::{Absent, SearchedLibrary};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

/// Name of the place of the embedded library in results.
const EMBEDDED: &str = "embedded";

/// Libraries that were looked for, by their hashes.
pub(super) struct Libraries<'a> {
    args: &'a ReportArgs,
    open: HashMap<String, Result<Rc<Library>, Absent>>,
}

impl<'a> Libraries<'a> {
    pub fn new(args: &'a ReportArgs) -> Self {
        Self {
            args,
            open: HashMap::new(),
        }
    }

    /// The library that was searched, in the generation that was searched.
    pub fn open(&mut self, searched: &SearchedLibrary) -> Result<Rc<Library>, Absent> {
        if searched.hash.is_empty() {
            return Err(Absent::NotRecorded);
        }
        if let Some(known) = self.open.get(&searched.hash) {
            return known.clone();
        }
        let found = self.look_for(searched).map(Rc::new);
        self.open.insert(searched.hash.clone(), found.clone());
        found
    }

    fn look_for(&self, searched: &SearchedLibrary) -> Result<Library, Absent> {
        let named = self
            .args
            .library
            .as_deref()
            .map(|path| path.to_string_lossy().into_owned());
        let mut places: Vec<String> = Vec::new();
        for place in named.into_iter().chain([searched.location.clone()]) {
            let generation = format!("{place}@{}", searched.generation);
            places.extend([place, generation]);
        }
        let mut why = Absent::NotFound;
        for place in places {
            match opened(&place) {
                Some(Ok(library)) if library.info.hash == searched.hash => match library.verify() {
                    Ok(()) => return Ok(library),
                    Err(error) => why = Absent::Unreadable(error.to_string()),
                },
                Some(Ok(library)) => why = Absent::Changed(library.info.hash),
                // What is there and cannot be opened is told, unless another one was found.
                Some(Err(message)) if why == Absent::NotFound => why = Absent::Unreadable(message),
                Some(Err(_)) | None => {}
            }
        }
        Err(why)
    }
}

/// Opens what a place names; `None` where nothing is there.
fn opened(place: &str) -> Option<Result<Library, String>> {
    if [EMBEDDED, "starter"].contains(&place) {
        return Some(starter().map_err(|e| e.to_string()));
    }
    let file = place.rsplit_once('@').map_or(place, |(file, _)| file);
    let is_there = Path::new(place).is_file() || Path::new(file).is_file();
    is_there.then(|| locate::open_file(Path::new(place)).map_err(|e| format!("{e:#}")))
}
