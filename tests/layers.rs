//! The one direction of dependencies, and who may print, exit or name HDF5.

use std::fs;
use std::path::{Path, PathBuf};

/// What stands above all layers.
const ABOVE: [&str; 3] = ["cli", "lib", "main"];

/// Layers from the lowest up; layers on one line do not know each other.
const LAYERS: [&[&str]; 20] = [
    &["file", "program", "threads", "units"],
    &["spectrum"],
    &["read", "write"],
    &["prepare"],
    &["chromatogram", "correlate"],
    &["substance"],
    &["library", "national"],
    &["search", "exchange"],
    &["decide"],
    &["mixture"],
    &["emerging"],
    &["validate"],
    &["check", "impact"],
    &["document", "report"],
    &["screen"],
    &["cases"],
    &["authority", "trends"],
    &["unknowns"],
    &["evidence", "record"],
    &["statement"],
];

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap().flatten() {
            let path = item.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

fn layer_of(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Code without its unit tests and comments.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let lines = body.lines().filter(|l| !l.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Modules of this crate that code uses: `crate::a::b`, and `crate::{a::{b, c}, d}`.
fn used(code: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let letters = text.trim_start().chars();
        letters
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut names = Vec::new();
    for used in code.split("crate::").skip(1) {
        let Some(several) = used.trim_start().strip_prefix('{') else {
            names.push(word(used));
            continue;
        };
        names.push(word(several));
        let mut depth = 1;
        for (place, c) in several.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => names.push(word(&several[place + 1..])),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    // After the last comma stands nothing, and macros write `$crate::`.
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn all_that_is_used_is_seen() {
    let code = "use crate::units::XUnit;
        use crate::{file, library::{Entry, Info}, screen::{self, brief::{Brief, Row}},};
        fn f() -> crate::read::Limits { crate::report::of() }";
    let all = ["units", "file", "library", "screen", "read", "report"];
    assert_eq!(used(code), all);
}

#[test]
fn each_layer_knows_only_those_below() {
    let level = |name: &str| LAYERS.iter().position(|l| l.contains(&name));
    for (path, text) in sources() {
        let layer = layer_of(&path);
        if ABOVE.contains(&layer.as_str()) {
            continue;
        }
        let Some(own) = level(&layer) else {
            panic!("{} is of no layer: put {layer} into LAYERS", path.display());
        };
        for name in used(&code(&text)) {
            let Some(other) = level(&name) else {
                panic!("{} uses {name}, which is of no layer", path.display());
            };
            assert!(
                other < own || layer == name,
                "{} uses {name}, which is not below it",
                path.display()
            );
        }
    }
}

#[test]
fn nothing_below_the_command_line_prints_or_exits() {
    for (path, text) in sources() {
        if layer_of(&path) == "cli" {
            continue;
        }
        let code = code(&text);
        for word in [
            "println!",
            "eprintln!",
            "print!(",
            "process::exit",
            "std::env::",
            "dbg!",
        ] {
            assert!(!code.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn only_storage_names_hdf5() {
    for (path, text) in sources() {
        let storage = path.to_string_lossy().contains("library/storage/");
        assert!(
            storage || !code(&text).contains("hdf5::"),
            "{} names hdf5",
            path.display()
        );
    }
}

#[test]
fn files_stay_small() {
    let mut sizes: Vec<usize> = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
        sizes.push(lines);
        if path.ends_with("src/main.rs") {
            assert!(lines < 60);
        }
    }
    sizes.sort_unstable();
    assert!(
        sizes[sizes.len() / 2] < 150,
        "median {}",
        sizes[sizes.len() / 2]
    );
}
