//! The computer that the program runs on.

use crate::cli::locate;
use crate::record::{Host, Stamp};

/// Who runs the program, where, and on what.
pub(super) fn stamp() -> Stamp {
    let folder = std::env::current_dir().unwrap_or_default();
    Stamp {
        by: locate::user().ok(),
        host: Host {
            name: name(),
            os: std::env::consts::OS.to_owned(),
            architecture: std::env::consts::ARCH.to_owned(),
        },
        folder: folder.to_string_lossy().into_owned(),
        ..Stamp::default()
    }
}

/// The computer's name, as the system says it.
fn name() -> Option<String> {
    let kernel = || std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let environment = || std::env::var("COMPUTERNAME").ok();
    let told = || {
        let output = std::process::Command::new("hostname").output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    let found = kernel().or_else(environment).or_else(told)?;
    let found = found.trim();
    (!found.is_empty()).then(|| found.to_owned())
}
