//! The one direction of dependencies, and who may print, exit or name HDF5.

use std::fs;
use std::path::{Path, PathBuf};

/// Layers from the lowest up; layers on one line do not know each other.
const LAYERS: [&[&str]; 20] = [
    &["file", "units"],
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

#[test]
fn each_layer_knows_only_those_below() {
    let level = |name: &str| LAYERS.iter().position(|l| l.contains(&name));
    for (path, text) in sources() {
        let Some(own) = level(&layer_of(&path)) else {
            continue;
        };
        let code = code(&text);
        for used in code.split("crate::").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if name == "cli" {
                panic!("{} uses the command line", path.display());
            }
            if let Some(other) = level(&name) {
                let same_layer = layer_of(&path) == name;
                assert!(
                    other < own || same_layer,
                    "{} uses {name}, which is not below it",
                    path.display()
                );
            }
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
