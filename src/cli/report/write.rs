//! Where documents are written: whole files or none, and none over another without leave.

use super::{Form, ReportArgs, Sample};
use crate::cli::output_file::{create, is_stream, replace};
use anyhow::{Context, Result, bail};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A file to write.
pub(super) struct Target {
    pub path: PathBuf,
    pub form: Form,
}

/// The files of the samples, in their order.
///
/// # Errors
/// Where several documents would go into one file, or one is there already.
pub(super) fn names(args: &ReportArgs, samples: &[Sample]) -> Result<Vec<Target>> {
    let form = form(args);
    let out = args.out.as_deref();
    let is_file = out.is_some_and(|out| !out.is_dir() && out.extension().is_some());
    let targets: Vec<Target> = match (out, samples) {
        (Some(file), [_]) if is_file => vec![Target {
            path: file.to_owned(),
            form,
        }],
        (Some(file), several) if is_file => bail!(
            "{} documents cannot go into the one file {}; name a folder with --out, or one sample with --sample or --spectrum",
            several.len(),
            file.display()
        ),
        (folder, samples) => {
            let folder = match folder {
                Some(folder) => folder.to_owned(),
                None => beside(args),
            };
            let target = |sample: &Sample| Target {
                path: folder.join(format!("{}.{}", sample.file_name, form.ending())),
                form,
            };
            samples.iter().map(target).collect()
        }
    };
    if let Some(twice) = twice(&targets) {
        bail!(
            "several documents would go into {}; make them one at a time with --sample and --out",
            twice.display()
        );
    }
    match targets
        .iter()
        .find(|target| !args.force && target.path.exists() && !is_stream(&target.path))
    {
        Some(target) => bail!(
            "{} is there already; name another --out, or write over it with --force",
            target.path.display()
        ),
        None => Ok(targets),
    }
}

/// A file that more than one document would go into, on file systems that know capital letters or do not.
fn twice(targets: &[Target]) -> Option<&Path> {
    let mut seen = HashSet::new();
    let lower = |target: &Target| target.path.to_string_lossy().to_lowercase();
    let again = targets.iter().find(|target| !seen.insert(lower(target)))?;
    Some(&again.path)
}

fn form(args: &ReportArgs) -> Form {
    let ending = args.out.as_ref().and_then(|out| out.extension());
    let by_ending = match ending {
        Some(ending) if ending.eq_ignore_ascii_case("pdf") => Form::Pdf,
        _ => Form::Html,
    };
    args.to.unwrap_or(by_ending)
}

/// The folder of the results.
fn beside(args: &ReportArgs) -> PathBuf {
    let results = &args.results;
    match results.is_dir() {
        true => results.clone(),
        false => results.parent().unwrap_or(Path::new("")).to_owned(),
    }
}

/// Writes a document. Without `force` a file that has come meanwhile stays, too.
pub(super) fn write(target: &Target, bytes: &[u8], force: bool) -> Result<()> {
    let path = &target.path;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    match force || is_stream(path) {
        true => replace(path, bytes),
        false => create(path, bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_documents_of_one_file_are_seen() {
        let target = |name: &str| Target {
            path: Path::new("out").join(name),
            form: Form::Html,
        };
        assert_eq!(twice(&["a.html", "b.html", "a.pdf"].map(target)), None);
        let (one, other) = (target("a.html"), target("A.html"));
        assert_eq!(twice(&[one, other]), Some(Path::new("out/A.html")));
    }
}
