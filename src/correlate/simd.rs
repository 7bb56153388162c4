//! Run-time choice of the processor's vector instructions.
//!
//! A kernel is written once, in plain loops over lanes, as a generic function of a [`Lanes`]; the
//! macro [`vectorised`] compiles it for AVX-512, for AVX2 and for the build's own target, and picks
//! one when it is called. Kernels serve to bound or to order; what is printed is computed in one
//! order of double-precision sums, the same on every processor.

/// References side by side in a tile of codes.
pub(super) const TILE: usize = 16;

/// What differs between the compiled versions of a kernel.
pub(super) trait Lanes {
    /// As many numbers as one instruction handles.
    type Vector: Copy;
    /// How many these are.
    const WIDTH: usize;

    /// All zero.
    fn zero() -> Self::Vector;

    /// The [`Self::WIDTH`] values from `values[at]` on.
    ///
    /// # Safety
    /// `values` must hold them.
    unsafe fn load(values: &[f32], at: usize) -> Self::Vector;

    /// `a * b + c` lane by lane.
    fn multiply_add(a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector;

    /// Sum of the lanes.
    fn total(vector: Self::Vector) -> f32;

    /// `a * b + c`, in one rounding where the processor can.
    fn mul_add(a: f32, b: f32, c: f32) -> f32;

    /// Adds, for each of 16 references, `codes[2 r] * pair[0] + codes[2 r + 1] * pair[1]` to its sum,
    /// for several pairs at once.
    fn add_pairs<const P: usize>(
        codes: &[i8; 2 * TILE],
        pairs: &[[i16; 2]; P],
        sums: &mut [[i32; TILE]; P],
    ) {
        for (pair, sums) in pairs.iter().zip(sums) {
            for (sum, code) in sums.iter_mut().zip(codes.as_chunks::<2>().0) {
                *sum += i32::from(code[0]) * i32::from(pair[0])
                    + i32::from(code[1]) * i32::from(pair[1]);
            }
        }
    }
}

/// Any processor: four lanes, which compilers turn into vectors of their own (SSE2, NEON).
pub(super) struct Plain;

impl Lanes for Plain {
    type Vector = [f32; 4];
    const WIDTH: usize = 4;

    #[inline(always)]
    fn zero() -> [f32; 4] {
        [0.0; 4]
    }

    #[inline(always)]
    unsafe fn load(values: &[f32], at: usize) -> [f32; 4] {
        std::array::from_fn(|l| values[at + l])
    }

    #[inline(always)]
    fn multiply_add(a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|l| Self::mul_add(a[l], b[l], c[l]))
    }

    #[inline(always)]
    fn total(v: [f32; 4]) -> f32 {
        (v[0] + v[2]) + (v[1] + v[3])
    }

    #[inline(always)]
    fn mul_add(a: f32, b: f32, c: f32) -> f32 {
        match cfg!(target_arch = "aarch64") {
            true => a.mul_add(b, c),
            false => a * b + c,
        }
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Lanes, TILE};
    use std::arch::x86_64::*;

    /// AVX2 with fused multiply-add.
    pub(in crate::correlate) struct Avx2;

    /// AVX-512 with vector neural network instructions.
    pub(in crate::correlate) struct Avx512;

    impl Lanes for Avx2 {
        type Vector = __m256;
        const WIDTH: usize = 8;

        #[inline(always)]
        fn zero() -> __m256 {
            // SAFETY: only code compiled for AVX2, run where the processor has it, names this type.
            unsafe { _mm256_setzero_ps() }
        }

        #[inline(always)]
        unsafe fn load(values: &[f32], at: usize) -> __m256 {
            debug_assert!(at + Self::WIDTH <= values.len());
            // SAFETY: as for `zero`; the caller answers for the bounds.
            unsafe { _mm256_loadu_ps(values.as_ptr().add(at)) }
        }

        #[inline(always)]
        fn multiply_add(a: __m256, b: __m256, c: __m256) -> __m256 {
            // SAFETY: as for `zero`.
            unsafe { _mm256_fmadd_ps(a, b, c) }
        }

        #[inline(always)]
        fn total(v: __m256) -> f32 {
            let v: [f32; 8] = bytemuck::cast(v);
            let v: [f32; 4] = std::array::from_fn(|l| v[l] + v[l + 4]);
            (v[0] + v[2]) + (v[1] + v[3])
        }

        #[inline(always)]
        fn mul_add(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }

        #[inline(always)]
        fn add_pairs<const P: usize>(
            codes: &[i8; 2 * TILE],
            pairs: &[[i16; 2]; P],
            sums: &mut [[i32; TILE]; P],
        ) {
            // SAFETY: only code compiled for AVX2 and run where the processor has it names this type;
            // loads and stores go through references to arrays of just their size.
            unsafe {
                let low = _mm256_cvtepi8_epi16(_mm_loadu_si128(codes.as_ptr().cast()));
                let high = _mm256_cvtepi8_epi16(_mm_loadu_si128(codes.as_ptr().add(16).cast()));
                for (pair, sums) in pairs.iter().zip(sums) {
                    let pair = _mm256_set1_epi32(bytemuck::cast(*pair));
                    let at: *mut __m256i = sums.as_mut_ptr().cast();
                    let first = _mm256_madd_epi16(low, pair);
                    let second = _mm256_madd_epi16(high, pair);
                    _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), first));
                    let at = at.add(1);
                    _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), second));
                }
            }
        }
    }

    impl Lanes for Avx512 {
        type Vector = __m512;
        const WIDTH: usize = 16;

        #[inline(always)]
        fn zero() -> __m512 {
            // SAFETY: only code compiled for AVX-512, run where the processor has it, names this type.
            unsafe { _mm512_setzero_ps() }
        }

        #[inline(always)]
        unsafe fn load(values: &[f32], at: usize) -> __m512 {
            debug_assert!(at + Self::WIDTH <= values.len());
            // SAFETY: as for `zero`; the caller answers for the bounds.
            unsafe { _mm512_loadu_ps(values.as_ptr().add(at)) }
        }

        #[inline(always)]
        fn multiply_add(a: __m512, b: __m512, c: __m512) -> __m512 {
            // SAFETY: as for `zero`.
            unsafe { _mm512_fmadd_ps(a, b, c) }
        }

        #[inline(always)]
        fn total(v: __m512) -> f32 {
            // SAFETY: as for `zero`.
            unsafe { _mm512_reduce_add_ps(v) }
        }

        #[inline(always)]
        fn mul_add(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }

        #[inline(always)]
        fn add_pairs<const P: usize>(
            codes: &[i8; 2 * TILE],
            pairs: &[[i16; 2]; P],
            sums: &mut [[i32; TILE]; P],
        ) {
            // SAFETY: only code compiled for AVX-512 and run where the processor has it names this
            // type; loads and stores go through references to arrays of just their size.
            unsafe {
                let codes = _mm512_cvtepi8_epi16(_mm256_loadu_si256(codes.as_ptr().cast()));
                for (pair, sums) in pairs.iter().zip(sums) {
                    let pair = _mm512_set1_epi32(bytemuck::cast(*pair));
                    let at = sums.as_mut_ptr().cast();
                    _mm512_storeu_si512(
                        at,
                        _mm512_dpwssd_epi32(_mm512_loadu_si512(at), codes, pair),
                    );
                }
            }
        }
    }
}

/// Defines a function that runs an `#[inline(always)]` kernel with the widest vectors at hand.
///
/// The kernel takes a [`Lanes`] as generic parameter, and after it the constant written in brackets.
macro_rules! vectorised {
    ($(#[$meta:meta])* $vis:vis fn $name:ident $([const $constant:ident: $kind:ty])? ($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? = $kernel:ident) => {
        $(#[$meta])*
        $vis fn $name$(<const $constant: $kind>)?($($arg: $ty),*) $(-> $ret)? {
            #[cfg(target_arch = "x86_64")]
            {
                use $crate::correlate::simd::{Avx2, Avx512};
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma")]
                fn widest$(<const $constant: $kind>)?($($arg: $ty),*) $(-> $ret)? {
                    $kernel::<Avx512 $(, $constant)?>($($arg),*)
                }
                #[target_feature(enable = "avx2,fma")]
                fn wide$(<const $constant: $kind>)?($($arg: $ty),*) $(-> $ret)? {
                    $kernel::<Avx2 $(, $constant)?>($($arg),*)
                }
                if is_x86_feature_detected!("avx512vnni")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                {
                    // SAFETY: the processor has just been asked; these extensions imply the others.
                    return unsafe { widest$(::<$constant>)?($($arg),*) };
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has just been asked.
                    return unsafe { wide$(::<$constant>)?($($arg),*) };
                }
            }
            $kernel::<$crate::correlate::simd::Plain $(, $constant)?>($($arg),*)
        }
    };
}

pub(super) use vectorised;
