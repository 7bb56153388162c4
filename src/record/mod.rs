//! The record of what was done: entries that hold the hash of the one before.
