//! Weighted sums of columns.

use super::{FULL, LINE};

/// Two strips and the weights of their codes, which add to at most [`HEAVIEST`].
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub strips: [&'a [u8]; 2],
    pub weights: [u8; 2],
}

/// Most that the two weights of a pair add to: `255 * 128` is the last that 16 signed bits hold.
pub(super) const HEAVIEST: u8 = 128;

/// Pairs that are added in one pass over the sums.
const GROUP: usize = 4;

/// Instructions to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Those of every processor.
    Portable,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Level {
    /// All that this processor has, the best last.
    pub fn all() -> Vec<Self> {
        let mut levels = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            levels.push(Self::Avx2);
        }
        levels
    }

    /// The best that this processor has.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self::Portable)
    }
}

/// Pairs strong columns with weak ones, so that no pair is too heavy; a column that finds no partner is
/// paired with itself without weight. `strips` come with falling weights.
pub(super) fn pairs<'a>(strips: &[(&'a [u8], u8)]) -> Vec<Pair<'a>> {
    let mut pairs = Vec::with_capacity(strips.len());
    let mut rest = strips;
    while let [(strong, a), others @ ..] = rest {
        let (partner, b) = match others {
            [between @ .., (weak, b)] if a.saturating_add(*b) <= HEAVIEST => {
                rest = between;
                (*weak, *b)
            }
            _ => {
                rest = others;
                (*strong, 0)
            }
        };
        pairs.push(Pair {
            strips: [*strong, partner],
            weights: [*a, b],
        });
    }
    pairs
}

/// Adds to each sum the codes of its row times their weights, up to `u16::MAX`. Sums and strips are of
/// one length, a multiple of [`LINE`]; what is not is left as it is.
pub(super) fn add(level: Level, sums: &mut [u16], pairs: &[Pair<'_>]) {
    let fits = sums.len().is_multiple_of(LINE)
        && pairs.iter().all(|pair| {
            let [a, b] = pair.weights;
            pair.strips.iter().all(|strip| strip.len() == sums.len())
                && u16::from(a) + u16::from(b) <= u16::from(HEAVIEST)
                && a.max(b) < HEAVIEST
        });
    debug_assert!(
        fits,
        "the caller makes strips of one length and light pairs"
    );
    if !fits {
        return;
    }
    let mut groups = pairs.chunks(GROUP).map(filled).peekable();
    while let Some(group) = groups.next() {
        match level {
            Level::Portable => portable(sums, &group),
            // SAFETY: the level exists only where the processor has the instructions; the lengths have
            // been compared above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { avx2(sums, &group, groups.peek().unwrap_or(&group)) },
        }
    }
}

/// A whole group: where it is short, its first pair again without weight.
fn filled<'a>(group: &[Pair<'a>]) -> [Pair<'a>; GROUP] {
    let nothing = Pair {
        weights: [0, 0],
        ..group[0]
    };
    std::array::from_fn(|i| *group.get(i).unwrap_or(&nothing))
}

fn portable(sums: &mut [u16], group: &[Pair<'_>; GROUP]) {
    for pair in group {
        let [a, b] = pair.weights.map(u16::from);
        let [x, y] = pair.strips;
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum = sum.saturating_add(u16::from(*x) * a + u16::from(*y) * b);
        }
    }
}

/// Adds a group while the memory fetches the `next` one: strips lie too far apart for the processor to
/// guess where reading goes on.
///
/// # Safety
/// The processor has AVX2; sums and strips are of one length, a multiple of 64.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2(sums: &mut [u16], group: &[Pair<'_>; GROUP], next: &[Pair<'_>; GROUP]) {
    use std::arch::x86_64::*;
    let weights = group.map(|p| _mm256_set1_epi16(i16::from_le_bytes(p.weights)));
    let strips = group.map(|p| p.strips.map(<[u8]>::as_ptr));
    let next = next.map(|p| p.strips.map(<[u8]>::as_ptr));
    let end = sums.len();
    let sums = sums.as_mut_ptr();
    let mut at = 0;
    while at < end {
        // SAFETY: `at` is below `end` and both are multiples of 32, so 32 values follow it.
        unsafe {
            for [x, y] in next {
                _mm_prefetch::<_MM_HINT_T1>(x.add(at).cast());
                _mm_prefetch::<_MM_HINT_T1>(y.add(at).cast());
            }
            let place = sums.add(at).cast::<__m256i>();
            let (first, second) = (_mm256_loadu_si256(place), _mm256_loadu_si256(place.add(1)));
            // Unpacking works within halves: the low sums are of rows 0-7 and 16-23.
            let mut low = _mm256_permute2x128_si256::<0x20>(first, second);
            let mut high = _mm256_permute2x128_si256::<0x31>(first, second);
            for ([x, y], weights) in strips.iter().zip(&weights) {
                let x = _mm256_loadu_si256(x.add(at).cast());
                let y = _mm256_loadu_si256(y.add(at).cast());
                let lower = _mm256_maddubs_epi16(_mm256_unpacklo_epi8(x, y), *weights);
                let upper = _mm256_maddubs_epi16(_mm256_unpackhi_epi8(x, y), *weights);
                low = _mm256_adds_epu16(low, lower);
                high = _mm256_adds_epu16(high, upper);
            }
            _mm256_storeu_si256(place, _mm256_permute2x128_si256::<0x20>(low, high));
            _mm256_storeu_si256(place.add(1), _mm256_permute2x128_si256::<0x31>(low, high));
        }
        at += 32;
    }
}

/// Raises each sum to a bound on `sum * 254 / (254 - loss)`, up to `u16::MAX`; 0 stays 0.
pub(super) fn relieve(level: Level, sums: &mut [u16], losses: &[u8]) {
    match level {
        // SAFETY: the level exists only where the processor has the instructions.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { relieve_avx2(sums, losses) },
        _ => relieve_here(sums, losses),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn relieve_avx2(sums: &mut [u16], losses: &[u8]) {
    relieve_here(sums, losses);
}

#[inline(always)]
fn relieve_here(sums: &mut [u16], losses: &[u8]) {
    /// Adding it leaves the nearest whole number in the lowest bits of the sum, as the next larger
    /// number is 1 apart; conversions that saturate cannot be done side by side.
    const WHOLE: f32 = 8_388_608.0;
    for (sum, loss) in sums.iter_mut().zip(losses) {
        // The two roundings are together below 2^-6 for results up to 2^16, and that to a whole number
        // is at most 1/2, so that adding 1 keeps the result a bound. A loss of 254 or more gives
        // infinity, which becomes the largest value.
        let left = f32::from(FULL.saturating_sub(*loss));
        let bound = f32::from(*sum) * f32::from(FULL) / left + 1.0;
        let bound = (bound.min(f32::from(u16::MAX)) + WHOLE).to_bits() as u16;
        *sum = if *sum == 0 || *loss == 0 { *sum } else { bound };
    }
}
