//! From rows of signals to columns of codes.

use super::{BLOCK, Columns, FULL, GONE, LATEST_START, LINE, MARGIN, NO_STRIP, STARTS};
use rayon::prelude::*;

/// A column becomes a strip where at least one row in this many has a code.
const SPARSE: usize = 24;

/// The columns of one block, places counted from its own start.
struct Block {
    gone: Vec<u32>,
    strip_at: Vec<u32>,
    strips: Vec<u8>,
    list_end: Vec<u32>,
    list_row: Vec<u16>,
    list_code: Vec<u8>,
}

/// One code: column, row within the block, code.
type Code = (u16, u16, u8);

impl Columns {
    /// Indexes `values` (row-major, `points` per row); `start` and `end` are the measured grid range of
    /// each row. `None` where the rows are not what the index can bound: a value that is negative or
    /// not finite, a row that starts after [`LATEST_START`] or ends before the grid, or vectors that
    /// do not fit together.
    pub fn build(points: usize, values: &[f32], start: &[u32], end: &[u32]) -> Option<Self> {
        let rows = start.len();
        let columns = points + STARTS;
        let fits = end.len() == rows
            && points > LATEST_START
            && columns <= usize::from(u16::MAX)
            && values.len() == rows.checked_mul(points)?;
        let covered = start.iter().all(|s| *s as usize <= LATEST_START)
            && end.iter().all(|e| *e as usize >= points);
        if !fits || !covered {
            return None;
        }
        let blocks: Option<Vec<Block>> = values
            .par_chunks(BLOCK * points)
            .zip(start.par_chunks(BLOCK))
            .map(|(values, start)| block(points, values, start))
            .collect();
        let mut index = Self {
            points,
            start: start.iter().map(|s| *s as u8).collect(),
            gone: vec![0; STARTS],
            list_at: vec![0],
            ..Self::default()
        };
        for block in blocks? {
            index.append(block)?;
        }
        Some(index)
    }

    fn append(&mut self, block: Block) -> Option<()> {
        let line = u32::try_from(self.strips.len() / LINE).ok()?;
        let list = u32::try_from(self.list_row.len()).ok()?;
        for (all, here) in self.gone.iter_mut().zip(&block.gone) {
            *all += here;
        }
        for at in block.strip_at {
            self.strip_at.push(match at {
                NO_STRIP => NO_STRIP,
                at => at.checked_add(line).filter(|at| *at != NO_STRIP)?,
            });
        }
        for end in block.list_end {
            self.list_at.push(end.checked_add(list)?);
        }
        self.strips.extend(block.strips);
        self.list_row.extend(block.list_row);
        self.list_code.extend(block.list_code);
        Some(())
    }
}

fn block(points: usize, values: &[f32], start: &[u32]) -> Option<Block> {
    let mut codes: Vec<Code> = Vec::new();
    for (row, (values, start)) in values.chunks_exact(points).zip(start).enumerate() {
        encode(row as u16, values, *start as usize, &mut codes)?;
    }
    let mut count = vec![0_usize; points + STARTS];
    let mut gone = vec![0; STARTS];
    for (column, _, code) in &codes {
        let column = usize::from(*column);
        count[column] += 1;
        if column >= points && *code == GONE {
            gone[column - points] += 1;
        }
    }
    let rows = start.len();
    let strip = rows.next_multiple_of(LINE);
    let mut made = Block {
        gone,
        strip_at: vec![NO_STRIP; count.len()],
        strips: Vec::new(),
        list_end: Vec::with_capacity(count.len()),
        list_row: Vec::new(),
        list_code: Vec::new(),
    };
    // Where the next code of each column goes: into its strip by row, or to the end of its list.
    let mut next = vec![0_usize; count.len()];
    let (mut strips, mut listed) = (0, 0);
    for (column, count) in count.iter().enumerate() {
        if count * SPARSE >= rows && *count > 0 {
            made.strip_at[column] = (strips * strip / LINE) as u32;
            next[column] = strips * strip;
            strips += 1;
        } else {
            next[column] = listed;
            listed += count;
        }
        made.list_end.push(listed as u32);
    }
    made.strips = vec![0; strips * strip];
    made.list_row = vec![0; listed];
    made.list_code = vec![0; listed];
    for (column, row, code) in codes {
        let column = usize::from(column);
        if made.strip_at[column] == NO_STRIP {
            made.list_row[next[column]] = row;
            made.list_code[next[column]] = code;
            next[column] += 1;
        } else {
            made.strips[next[column] + usize::from(row)] = code;
        }
    }
    Some(made)
}

/// Appends the codes of one row: those of its ions, then its losses.
fn encode(row: u16, values: &[f32], start: usize, codes: &mut Vec<Code>) -> Option<()> {
    // A sum from the heavy end: `from[s]` is the power of the ions from start `s` on.
    let power = |values: &[f32]| -> f64 { values.iter().map(|v| f64::from(*v).powi(2)).sum() };
    let mut from = [0.0; STARTS];
    let mut sum = power(values.get(STARTS..)?);
    for s in (0..STARTS).rev() {
        sum += f64::from(values[s]).powi(2);
        from[s] = sum;
    }
    let total = from[start];
    if !total.is_finite() || values[..start].iter().any(|v| *v != 0.0) {
        return None;
    }
    let norm = total.sqrt();
    for (column, value) in values.iter().enumerate() {
        if *value > 0.0 {
            let code = (f64::from(FULL) * f64::from(*value) / norm * MARGIN).ceil();
            codes.push((column as u16, row, code as u8));
        } else if *value < 0.0 {
            return None;
        }
    }
    for (s, power) in from.iter().enumerate() {
        let loss = match *power {
            0.0 => GONE,
            _ if values[..s].iter().all(|v| *v == 0.0) => 0,
            power => {
                let left = (f64::from(FULL) * (power.sqrt() / norm) / MARGIN).floor();
                (FULL - left as u8).max(1)
            }
        };
        if loss > 0 {
            codes.push(((values.len() + s) as u16, row, loss));
        }
    }
    Some(())
}
