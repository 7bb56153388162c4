//! Build script: the hash of what the program is made from, so that two programs of one version number can be told apart.
//!
//! SHA-256 of every file of `src` and `spectra-library` and of `Cargo.lock`, each with its path, in the order of the paths.

use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

fn files_of(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        match path.is_dir() {
            true => files_of(&path, found)?,
            false => found.push(path),
        }
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let mut files = vec![PathBuf::from("Cargo.lock")];
    for folder in ["src", "spectra-library"] {
        files_of(Path::new(folder), &mut files)?;
        println!("cargo:rerun-if-changed={folder}");
    }
    println!("cargo:rerun-if-changed=Cargo.lock");
    println!("cargo:rerun-if-changed=scripts/identity.rs");
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file)?;
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    let hash = hasher.finalize();
    let digits: String = hash
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo:rustc-env=SPECID_SOURCE={digits}");
    Ok(())
}
