//! A column of plain numbers that is either owned or a part of a memory-mapped file.

use bytemuck::Pod;
use memmap2::Mmap;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// Read-only numbers, in memory or in a mapped file; derefs to a slice.
#[derive(Debug, Clone)]
pub struct Column<T: Pod> {
    store: Store<T>,
}

#[derive(Debug, Clone)]
enum Store<T> {
    Owned(Arc<Vec<T>>),
    Mapped {
        map: Arc<Mmap>,
        bytes: Range<usize>,
        of: PhantomData<T>,
    },
}

impl<T: Pod> Column<T> {
    /// A part of a mapped file; `None` where the bytes are outside it, unaligned for `T`, or not a
    /// whole number of values. The caller then copies.
    pub fn mapped(map: &Arc<Mmap>, bytes: Range<usize>) -> Option<Self> {
        let slice = map.get(bytes.clone())?;
        bytemuck::try_cast_slice::<u8, T>(slice).ok()?;
        Some(Self {
            store: Store::Mapped {
                map: Arc::clone(map),
                bytes,
                of: PhantomData,
            },
        })
    }

    /// The numbers as bytes, little-endian on every machine that the program runs on.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }

    /// Whether the numbers lie in a mapped file.
    pub fn is_mapped(&self) -> bool {
        matches!(self.store, Store::Mapped { .. })
    }
}

impl<T: Pod> Deref for Column<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.store {
            Store::Owned(values) => values,
            Store::Mapped { map, bytes, .. } => {
                // Checked in `mapped`; a map neither moves nor shrinks while it is held.
                bytemuck::try_cast_slice(&map[bytes.clone()]).unwrap_or_default()
            }
        }
    }
}

impl<T: Pod> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self {
            store: Store::Owned(Arc::new(values)),
        }
    }
}

impl<T: Pod> Default for Column<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}
