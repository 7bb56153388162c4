//! A laboratory with a small library of its own.

use super::made::msp;
use super::{Home, Ran, text};
use serde_json::Value;
use std::fs;

pub struct Lab {
    pub home: Home,
    pub library: String,
}

impl Lab {
    /// A laboratory with a library of 60 substances.
    pub fn new() -> Self {
        let home = Home::new();
        let library = text(&home.path("lab.h5")).to_owned();
        let lab = Self { home, library };
        lab.home.file("first.msp", msp("Alpha", 60, 7));
        let ran = lab.import("first.msp", &[]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        lab
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut all = vec!["library"];
        all.extend(arguments);
        all.extend(["--library", &self.library]);
        self.home.run(&all)
    }

    pub fn import(&self, file: &str, more: &[&str]) -> Ran {
        let file = text(&self.home.path(file)).to_owned();
        let mut all = vec!["import", &file, "--format", "json"];
        all.extend(more);
        self.run(&all)
    }

    pub fn info(&self) -> Value {
        self.run(&["info", "--verify", "--format", "json"]).json()
    }

    pub fn log(&self) -> Value {
        self.run(&["log", "--format", "json"]).json()
    }

    pub fn folder(&self) -> Vec<String> {
        let folder = format!("{}.generations", self.library);
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}
