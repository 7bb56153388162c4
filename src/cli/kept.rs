//! Files that no output may take the place of: what a command reads, libraries, registers, and files of runs.

use super::screen;
use crate::screen::output::FILES;
use crate::screen::store;
use anyhow::{Result, bail};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How libraries begin, and how registers and stores of runs do.
const HDF5: &[u8] = b"\x89HDF\r\n\x1a\n";
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Refuses an output whose name is that of a file which must stay. `inputs` are what the command reads: files,
/// or folders that are one measurement.
///
/// # Errors
/// One sentence that says what the file is.
pub(super) fn refuse<'a>(out: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    let Ok(place) = std::fs::canonicalize(out) else {
        return Ok(());
    };
    if !place.is_file() {
        return Ok(());
    }
    let name = out.display();
    let is_read = |input: &Path| std::fs::canonicalize(input).is_ok_and(|it| place.starts_with(it));
    if inputs.into_iter().any(is_read) {
        bail!(
            "{name} is what this command reads, and the output would take its place; name another file"
        );
    }
    if begins_with(&place, HDF5) {
        bail!(
            "{name} is a library (an HDF5 file), and the output would take its place; name another file"
        );
    }
    if begins_with(&place, SQLITE) {
        bail!(
            "{name} is a register of unknowns or the store of a run (an SQLite file), and the output would take its place; name another file"
        );
    }
    match run_of(&place) {
        Some(run) => bail!(
            "{name} is a file of the screening run {}, and the output would take its place; name another file",
            run.display()
        ),
        None => Ok(()),
    }
}

/// Refuses as [`refuse`] does where an output is named.
///
/// # Errors
/// As [`refuse`].
pub(super) fn refuse_named(out: Option<&PathBuf>, inputs: &[PathBuf]) -> Result<()> {
    match out {
        Some(out) => refuse(out, inputs.iter().map(PathBuf::as_path)),
        None => Ok(()),
    }
}

fn begins_with(path: &Path, mark: &[u8]) -> bool {
    let mut head = vec![0; mark.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == mark
}

/// The folder of the screening run that a file is an output of.
fn run_of(file: &Path) -> Option<&Path> {
    let name = file.file_name()?.to_str()?;
    let folder = file.parent()?;
    let is_output = FILES.contains(&name) || name == screen::ALERTS;
    (is_output && folder.join(store::FILE).is_file()).then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(out: &Path, inputs: &[PathBuf]) -> Option<String> {
        refuse_named(Some(&out.to_owned()), inputs)
            .err()
            .map(|e| e.to_string())
    }

    #[test]
    fn what_is_read_or_kept_is_never_an_output() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let input = file("e.msp", b"Name: x\n");
        let other = file("earlier.jdx", b"##TITLE=x\n");
        let again = folder.path().join(".").join("e.msp");
        let inputs = [input.clone()];
        assert!(
            told(&again, &inputs)
                .unwrap()
                .contains("what this command reads")
        );
        assert_eq!(told(&other, &inputs), None);
        assert_eq!(told(&folder.path().join("new.jdx"), &inputs), None);
        let library = file("t.h5", b"\x89HDF\r\n\x1a\nrest");
        assert!(told(&library, &[]).unwrap().contains("is a library"));
        let register = file("nn.sq", b"SQLite format 3\0rest");
        assert!(
            told(&register, &[])
                .unwrap()
                .contains("a register of unknowns")
        );
        let page = file("summary.html", b"<html>");
        assert_eq!(told(&page, &[]), None);
        file(store::FILE, b"");
        assert!(told(&page, &[]).unwrap().contains("of the screening run"));
        assert_eq!(told(&file("trends.html", b"<html>"), &[]), None);
        // A measurement that is a folder is a whole.
        let inside = [folder.path().to_owned()];
        assert!(
            told(&other, &inside)
                .unwrap()
                .contains("what this command reads")
        );
    }
}
