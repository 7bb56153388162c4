//! A laboratory with its own home folder, keys and libraries.

use crate::common::{Home, Ran, text};
use serde_json::Value;
use specid::exchange::{Limits, Members, SecretKey};
use specid::library::{Builder, Entry, Info, ReferenceKind, storage};
use specid::spectrum::{Axis, Shape, Spectrum, Technique};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

pub type Pair = (Entry, Spectrum);

/// A program started while this process has a library open inherits the lock on it; so either
/// programs run or libraries are open.
static OPEN: RwLock<()> = RwLock::new(());

pub struct Lab {
    pub home: Home,
}

impl Lab {
    pub fn new() -> Self {
        Self { home: Home::new() }
    }

    pub fn library(&self, arguments: &[&str]) -> Ran {
        let _running = OPEN.read().unwrap_or_else(PoisonError::into_inner);
        self.home.run(&[&["library"], arguments].concat())
    }

    pub fn config(&self) -> PathBuf {
        self.home.path(".config/specid")
    }

    /// Makes a key; gives the public key file.
    pub fn key(&self, publisher: &str) -> PathBuf {
        let made = self.library(&["key", "new", "--publisher", publisher]);
        assert_eq!(made.code, 0, "{}", made.err);
        named(&made.out, "public key")
    }

    /// The private key that belongs to a public key file.
    pub fn secret(public: &Path) -> SecretKey {
        SecretKey::load(&public.with_extension("key")).unwrap()
    }

    /// Trusts a public key file with the fingerprint that it states.
    pub fn trust(&self, public: &Path) {
        let content = fs::read_to_string(public).unwrap();
        let line = content.lines().find(|l| l.starts_with("fingerprint:"));
        let told = line.unwrap().trim_start_matches("fingerprint:").trim();
        let ran = self.library(&[
            "key",
            "trust",
            text(public),
            "--fingerprint",
            told,
            "--by",
            "T. Ester",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }

    /// Publishes a library; gives the package.
    pub fn publish(&self, library: &Path, since: Option<&Path>) -> PathBuf {
        let out = self.home.path("update.specid");
        let mut arguments = vec!["publish", "-l", text(library), "--out", text(&out)];
        arguments.extend(since.iter().flat_map(|base| ["--since", text(base)]));
        let ran = self.library(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        out
    }

    pub fn receive(&self, package: &Path, library: &Path) -> Ran {
        // Four entries are too few to say what a change does to identification.
        self.library(&[
            "receive",
            text(package),
            "-l",
            text(library),
            "-f",
            "json",
            "--max-loss",
            "1",
        ])
    }

    pub fn accepted(&self, package: &Path, library: &Path) -> Value {
        let ran = self.receive(package, library);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.json()
    }

    /// That a package is refused for this reason, with this said, and nothing is changed.
    pub fn refused(&self, package: &Path, library: &Path, kind: &str, said: &str) {
        let content = |path: &Path| fs::read(path).ok();
        let trust = self.config().join("trust.toml");
        let before = (content(library), content(&trust));
        let ran = self.receive(package, library);
        assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
        let answer = ran.json();
        assert_eq!(answer["refusal"], kind, "{answer}");
        assert!(ran.err.contains(said), "{said:?} is not in {}", ran.err);
        assert!(
            before == (content(library), content(&trust)),
            "{kind} changed a file"
        );
    }
}

/// The path on the line of this label.
pub fn named(out: &str, label: &str) -> PathBuf {
    let line = out.lines().find_map(|line| line.strip_prefix(label));
    PathBuf::from(line.unwrap_or_else(|| panic!("no {label} in {out}")).trim())
}

/// A Raman curve on an even axis with a gap and numbers that have no short form.
pub fn curve(id: &str, at: f64) -> Pair {
    let y = (0..300).map(|i| 1.0 / 3.0 + 90.0 / (1.0 + ((f64::from(i) - at) / 3.0).powi(2)));
    let mut y: Vec<f64> = y.collect();
    y[7] = f64::NAN;
    let axis = Axis::Even {
        first: 200.1,
        last: 200.1 + 299.0 * 5.3,
        points: 300,
    };
    pair(id, Spectrum::new(Technique::Raman, Shape::Profile, axis, y))
}

/// An EI spectrum.
pub fn ions(id: &str, base: f64) -> Pair {
    let axis = Axis::Explicit(vec![base, base + 14.1, base + 28.0 / 3.0 + 20.0]);
    let y = vec![999.0, 0.1 + 0.2, 5e-324];
    pair(id, Spectrum::new(Technique::EiMs, Shape::Sticks, axis, y))
}

fn pair(id: &str, mut spectrum: Spectrum) -> Pair {
    spectrum.title = format!("substance {id}");
    let entry = Entry::of(&spectrum, id.to_owned(), ReferenceKind::FullSpectrum);
    (entry, spectrum)
}

/// Writes a library of this name, at this generation.
pub fn write(path: &Path, name: &str, generation: u64, pairs: Vec<Pair>) {
    let mut builder = Builder::new(Info {
        name: name.to_owned(),
        generation: generation - 1,
        licence: "CC0".to_owned(),
        ..Info::default()
    });
    builder.set_entries(pairs, None, Vec::new()).unwrap();
    let _open = OPEN.write().unwrap_or_else(PoisonError::into_inner);
    storage::write(&builder.build(&|| {}).0, path).unwrap();
}

/// Ids and numbers of all entries, numbers as bits.
pub fn content(path: &Path) -> Vec<(String, Vec<u64>, Vec<u64>)> {
    let _open = OPEN.write().unwrap_or_else(PoisonError::into_inner);
    let library = storage::open(path).unwrap();
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect();
    (0..library.len())
        .map(|index| {
            let spectrum = library.spectrum(index).unwrap();
            let id = library.entry(index).unwrap().id;
            (id, bits(spectrum.axis.to_vec()), bits(spectrum.ordinate))
        })
        .collect()
}

pub fn ids(path: &Path) -> Vec<String> {
    content(path).into_iter().map(|(id, _, _)| id).collect()
}

/// The package with its members changed.
pub fn altered(package: &Path, change: impl FnOnce(&mut Members)) -> PathBuf {
    let mut members = Members::unpack(&fs::read(package).unwrap(), &Limits::default()).unwrap();
    change(&mut members);
    let path = package.with_file_name("altered.specid");
    fs::write(&path, members.pack().unwrap()).unwrap();
    path
}
