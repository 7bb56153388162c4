//! The references that teach, and their likeness to a spectrum.

use super::profile::{FIRST, IONS, LOSSES, Profile, weight};

/// Values of a row: ions, then losses.
const ROW: usize = IONS + LOSSES;
/// Part of the likeness that is the ions'; the rest is the losses'.
const OF_IONS: f32 = 0.7;

/// One reference that teaches.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// What it shows.
    pub profile: Profile,
    /// Number of its substance.
    pub substance: u32,
    /// Classes that it is a member of, groups included; none for a reference of no class.
    pub classes: Vec<usize>,
}

/// All references that teach.
#[derive(Debug, Clone, Default)]
pub struct Teaching {
    rows: Vec<f32>,
    /// Sum of the squares of a row's ions.
    squares: Vec<f32>,
    /// Ions and losses up to the last that a row has.
    used: Vec<(usize, usize)>,
    /// Number of the substance of each row.
    pub substance: Vec<u32>,
    /// Classes of each row.
    pub classes: Vec<Vec<usize>>,
    /// First compared ion of each row's scan.
    start: Vec<usize>,
    /// See [`Profile::spread`].
    spread: Vec<f64>,
    /// See [`Profile::silylated`].
    silylated: Vec<bool>,
}

impl Teaching {
    /// Puts references together.
    pub fn of(lessons: impl IntoIterator<Item = Lesson>) -> Self {
        let mut teaching = Self::default();
        for lesson in lessons {
            let ions = &lesson.profile.ions;
            teaching.squares.push(ions.iter().map(|v| v * v).sum());
            (teaching.used).push((used(ions), used(&lesson.profile.losses)));
            teaching.rows.extend(ions);
            teaching.rows.extend(&lesson.profile.losses);
            teaching.substance.push(lesson.substance);
            teaching.classes.push(lesson.classes);
            teaching.start.push(lesson.profile.start);
            teaching.spread.push(lesson.profile.spread);
            teaching.silylated.push(lesson.profile.silylated);
        }
        teaching
    }

    /// Number of references.
    pub fn len(&self) -> usize {
        self.substance.len()
    }

    /// A row as it was given.
    pub fn profile(&self, row: usize) -> Profile {
        let values = self.row(row);
        Profile {
            ions: values[..IONS].to_vec(),
            losses: values[IONS..].to_vec(),
            start: self.start[row],
            spread: self.spread[row],
            silylated: self.silylated[row],
        }
    }

    /// Cube root of an ion's share of a row's base peak; 0 for ions that are not compared.
    pub fn root(&self, row: usize, mz: usize) -> f32 {
        match mz.checked_sub(FIRST) {
            Some(index) if index < IONS => self.row(row)[index] / weight(mz),
            _ => 0.0,
        }
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.rows[row * ROW..(row + 1) * ROW]
    }

    /// Likeness of every row and a spectrum, over the spectrum's scan.
    pub fn likenesses(&self, other: &Profile) -> Vec<f32> {
        let start = other.start;
        let ions = &other.ions[start..];
        let square: f32 = ions.iter().map(|v| v * v).sum();
        (0..self.len())
            .map(|row| self.likeness_of(row, start, ions, &other.losses, square))
            .collect()
    }

    /// Likeness of two rows over a scan that begins at ion `start`.
    pub fn between(&self, one: usize, other: usize, start: usize) -> f32 {
        let (ions, losses) = self.row(other).split_at(IONS);
        let square = self.square(other, start);
        self.likeness_of(one, start, &ions[start..], losses, square)
    }

    /// The squared cosine of the ions and that of the losses, 7 parts and 3.
    fn likeness_of(
        &self,
        row: usize,
        start: usize,
        ions: &[f32],
        losses: &[f32],
        square: f32,
    ) -> f32 {
        let (own_ions, own_losses) = self.row(row).split_at(IONS);
        let (last, most) = self.used[row];
        let product = match last > start {
            true => dot(&own_ions[start..last], &ions[..last - start]),
            false => 0.0,
        };
        let norms = self.square(row, start) * square;
        let lost = dot(&own_losses[..most], &losses[..most]);
        let alike = match norms > 1e-12 {
            true => product * product / norms,
            false => 0.0,
        };
        OF_IONS * alike + (1.0 - OF_IONS) * lost * lost
    }

    fn square(&self, row: usize, start: usize) -> f32 {
        let before = self.row(row)[..start].iter().map(|v| v * v).sum::<f32>();
        (self.squares[row] - before).max(0.0)
    }
}

/// Number of values up to the last that is not 0.
fn used(values: &[f32]) -> usize {
    values.iter().rposition(|v| *v > 0.0).map_or(0, |i| i + 1)
}

/// Sum of products in eight sums, which the processor adds at once.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest = a.remainder().iter().zip(b.remainder());
    let rest: f32 = rest.map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn spectrum(ions: &[(usize, f64)]) -> Profile {
        let mut abundances = vec![0.0; 400];
        ions.iter().for_each(|(mz, v)| abundances[*mz] = *v);
        Profile::of(&abundances).unwrap()
    }

    #[test]
    fn likeness_by_hand() {
        let a = spectrum(&[(45, 1.0), (100, 1.0)]);
        let b = spectrum(&[(45, 1.0), (120, 1.0)]);
        let lesson = |profile: &Profile, substance| Lesson {
            profile: profile.clone(),
            substance,
            classes: vec![],
        };
        let teaching = Teaching::of([lesson(&a, 0), lesson(&b, 1)]);
        // Squares of the weights of m/z 45, 100 and 120 are 1.49071, 1 and 0.91287; m/z 45 is common:
        // 1.49071^2 / (2.49071 * 2.40358) = 0.37120. Losses 0 and 55 against 0 and 75: one of two.
        let by_hand = 0.7 * 0.37120 + 0.3 * 0.25;
        assert!((teaching.likenesses(&b)[0] - by_hand).abs() < 1e-5);
        assert!((teaching.likenesses(&a)[0] - 1.0).abs() < 1e-6);
        assert!((teaching.between(0, 1, 4) - by_hand).abs() < 1e-5);
        // From m/z 50 on nothing is common but the loss of nothing.
        assert!((teaching.between(0, 1, 9) - 0.075).abs() < 1e-6);
        assert_eq!(teaching.profile(1), b);
        assert_eq!((teaching.root(0, 100), teaching.root(0, 30)), (1.0, 0.0));
    }

    #[test]
    fn sums_of_products() {
        let values: Vec<f32> = (0..21_u8).map(f32::from).collect();
        assert_eq!(dot(&values, &values), 2870.0);
    }
}
