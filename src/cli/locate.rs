//! Which library to use: named, from the environment, the user's own, or the embedded one.

use super::whole;
use crate::library::{Library, Record, Store, starter, storage};
use crate::substance::{Register, Rules};
use anyhow::{Context, Result, bail};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// Entries below which one's own library is told of wherever it is asked unnamed.
const SMALL: usize = 50;

/// The register of substances embedded in the program.
pub(super) fn register() -> Result<Register> {
    let damaged = "the embedded register is damaged; install the program again";
    let register = Register::parse(include_str!("../../spectra-library/substances.tsv"));
    let rules = Rules::parse(
        include_str!("../../spectra-library/lists.tsv"),
        include_str!("../../spectra-library/control.tsv"),
    );
    Ok(register
        .context(damaged)?
        .with_rules(rules.context(damaged)?))
}

/// Opens the library to search: `--library`, `$SPECID_LIBRARY`, the user's own, the embedded one.
pub(super) fn open(named: Option<&Path>) -> Result<Library> {
    if named == Some(Path::new("starter")) {
        return Ok(starter()?);
    }
    if let Some(path) = named {
        return open_file(path);
    }
    if let Some(path) = from_environment() {
        return open_file(&path)
            .context("the library named by SPECID_LIBRARY cannot be used; correct or unset it");
    }
    match own_path() {
        Some(path) if path.exists() => open_file(&path),
        _ => Ok(starter()?),
    }
}

/// Opens a library file: `LIB`, or one of its generations by number, by day (UTC) or by a time with its zone:
/// `LIB@3`, `LIB@2026-11-26`, `LIB@2026-11-26T18:00+07:00`.
pub(super) fn open_file(path: &Path) -> Result<Library> {
    if !path.exists() {
        let text = path.to_string_lossy();
        if let Some((file, which)) = text.rsplit_once('@') {
            let store = Store::at(Path::new(file));
            if let Ok(generation) = which.parse() {
                return Ok(store.open(generation)?);
            }
            if let Some(until) = Until::read(which)? {
                return at_the_end_of(&store, &until);
            }
            if Path::new(file).is_file() {
                bail!(
                    "{which:?} names no generation of {file}; expected its number, a day (UTC) such as 2026-11-26, or a time with its zone such as 2026-11-26T18:00Z (`specid library log` tells them)"
                );
            }
        }
        bail!(
            "there is no library at {0}; make one with `specid library import FILE --library {0}`",
            path.display()
        );
    }
    let library = storage::open(path)?;
    if let Ok(Some(told)) = whole::older(&library) {
        eprintln!("specid: {told}");
    }
    Ok(library)
}

/// Up to when a library's log is read.
#[derive(Debug, PartialEq)]
enum Until {
    /// The end of a day (UTC).
    Day(jiff::civil::Date),
    /// A moment.
    Moment(jiff::Timestamp),
}

impl Until {
    /// What a text means; `None` where it is neither a day nor a time.
    fn read(text: &str) -> Result<Option<Self>> {
        if let Ok(moment) = text.parse() {
            return Ok(Some(Self::Moment(moment)));
        }
        let Ok(day) = text.parse::<jiff::civil::Date>() else {
            return Ok(None);
        };
        // A day that is read from more text than a day has would leave the time out.
        match text.len() <= day.to_string().len() {
            true => Ok(Some(Self::Day(day))),
            false => bail!(
                "{text:?} is a time without a zone, or with one that is not understood; write its zone, such as {day}T18:00Z or {day}T18:00+07:00, or the day alone, which is a day in UTC"
            ),
        }
    }

    /// Whether something that a log dates so was made until then.
    fn includes(&self, date: &str) -> bool {
        match self {
            // RFC 3339 begins with the day.
            Self::Day(day) => date
                .get(..10)
                .is_some_and(|d| d <= day.to_string().as_str()),
            Self::Moment(moment) => date
                .parse::<jiff::Timestamp>()
                .is_ok_and(|it| it <= *moment),
        }
    }
}

impl std::fmt::Display for Until {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day} (UTC)"),
            Self::Moment(moment) => write!(f, "{moment}"),
        }
    }
}

/// The generation that was current then, by the library's log.
fn at_the_end_of(store: &Store, until: &Until) -> Result<Library> {
    let Some(current) = store.current()? else {
        bail!("there is no library at {}", store.path().display());
    };
    let records = current.history()?;
    let made = |record: &&Record| until.includes(&record.change.date);
    match records.iter().rev().find(made) {
        Some(record) => Ok(store.open(record.generation)?),
        None => bail!(
            "{} has no record of {until} or before; `specid library log` tells its generations",
            store.path().display()
        ),
    }
}

/// The library that an import without `--library` goes into.
pub(super) fn writable(named: Option<&Path>) -> Result<PathBuf> {
    match named
        .map(Path::to_owned)
        .or_else(from_environment)
        .or_else(own_path)
    {
        Some(path) if is_generation(&path) => bail!(
            "{} names an earlier generation, which is never changed; name the library itself, or bring it back with `specid library rollback --to N`",
            path.display()
        ),
        Some(path) if path == Path::new("starter") => {
            bail!("the embedded starter library cannot be changed; name a file with --library")
        }
        Some(path) => Ok(path),
        None => bail!("no place for your own library was found; name a file with --library"),
    }
}

/// Tells that a library which was just made is asked from now on where none is named, and how to get the
/// starter library. `path` is where it was made.
pub(super) fn tell_new_default(path: &Path) {
    if from_environment().is_none() && own_path().is_some_and(|own| own == path) {
        eprintln!(
            "specid: {} is your own library now: commands without --library ask it, and the starter library no longer; --library starter asks that",
            path.display()
        );
    }
}

/// Tells that one's own library is asked and holds little, so that nobody takes it for the starter library.
/// `named` is what `--library` says.
pub(super) fn tell_small_default(named: Option<&Path>, library: &Library) {
    let own = || own_path().is_some_and(|own| own.exists());
    if named.is_none() && from_environment().is_none() && library.len() < SMALL && own() {
        let entries = match library.len() {
            1 => "1 entry".to_owned(),
            many => format!("{many} entries"),
        };
        eprintln!(
            "specid: your own library is asked, which holds only {entries}; --library starter asks the starter library"
        );
    }
}

/// Whether a path that is no file names a generation of one: `LIB@3`.
fn is_generation(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let file = text.rsplit_once('@').map(|(file, _)| Path::new(file));
    !path.exists() && file.is_some_and(Path::is_file)
}

fn from_environment() -> Option<PathBuf> {
    std::env::var_os("SPECID_LIBRARY")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// `specid/library.h5` in the platform's data folder.
fn own_path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("specid").join("library.h5"))
}

/// The register of unknowns: `--register`, `$SPECID_UNKNOWNS`, else `specid/unknowns.sqlite` in the
/// platform's data folder, beside the user's own library.
pub(super) fn unknowns(named: Option<&Path>) -> Result<PathBuf> {
    let environment = std::env::var_os("SPECID_UNKNOWNS").filter(|value| !value.is_empty());
    let own = || Some(own_path()?.with_file_name("unknowns.sqlite"));
    named
        .map(Path::to_owned)
        .or_else(|| environment.map(PathBuf::from))
        .or_else(own)
        .context("no place for the register of unknowns was found; name a file with --register")
}

/// Where keys and the list of trusted ones lie: `$SPECID_CONFIG`, else `specid` in the platform's
/// folder for settings.
pub(super) fn config_folder() -> Result<PathBuf> {
    let named = std::env::var_os("SPECID_CONFIG").filter(|value| !value.is_empty());
    let base = || Some(etcetera::choose_base_strategy().ok()?.config_dir());
    named
        .map(PathBuf::from)
        .or_else(|| Some(base()?.join("specid")))
        .context("no folder for your settings was found; name one with SPECID_CONFIG")
}

/// The user's name, as the environment or the system's list of users says it.
pub(super) fn user() -> Result<String> {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let environment = ["SPECID_BY", "USER", "LOGNAME", "USERNAME"];
    let found = environment.into_iter().find_map(named).or_else(listed_user);
    found.context("your user name is not known; say who you are with --by NAME")
}

/// The name of the user that runs the program, in /etc/passwd.
#[cfg(unix)]
fn listed_user() -> Option<String> {
    let id = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == id).then(|| name.to_owned())
    })
}

/// There is no such list.
#[cfg(not(unix))]
fn listed_user() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::Until;

    #[test]
    fn a_time_counts_with_its_zone_and_never_without() {
        let includes = |text: &str, date: &str| Until::read(text).unwrap().unwrap().includes(date);
        let made = "2026-11-28T05:30:00Z";
        assert!(includes("2026-11-28", made));
        assert!(!includes("2026-11-27", made));
        assert!(includes("2026-11-28T05:30:00Z", made));
        assert!(!includes("2026-11-28T05:29:59Z", made));
        // 07:00 two hours east of Greenwich is 05:00 there.
        assert!(!includes("2026-11-28T07:00+02:00", made));
        assert!(includes("2026-11-28T08:00+02:00", made));
        for text in [
            "2026-11-28T06:00",
            "2026-11-28 06:00",
            "2026-11-28T06:00[Asia/Nowhere]",
        ] {
            let error = Until::read(text).unwrap_err().to_string();
            assert!(error.contains("2026-11-28T18:00Z"), "{text}: {error}");
        }
        for text in ["yesterday", "3x", "2026-13-01"] {
            assert_eq!(Until::read(text).unwrap(), None, "{text}");
        }
    }
}
