//! Work that several threads share, where other threads may wait for it.

/// Does work that is shared among threads on threads of its own, while the caller waits and does nothing else.
///
/// What is made once for all (`OnceLock`) must be made so where many threads ask for it: a thread of the common
/// pool that waits for others' parts takes up other work of the pool meanwhile, which may ask for the very thing
/// that is being made, and would wait for itself.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let threads = rayon::current_num_threads();
    let done = std::thread::scope(|scope| {
        let waited = scope.spawn(move || {
            let own = rayon::ThreadPoolBuilder::new().num_threads(threads);
            match own.build() {
                Ok(pool) => pool.install(work),
                // Where the system gives no threads there are none that could wait for one another.
                Err(_) => work(),
            }
        });
        waited.join()
    });
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;
    use std::sync::OnceLock;
    use std::time::Duration;

    #[test]
    fn what_is_made_once_by_many_threads_is_not_waited_for_by_its_maker() {
        // Slow parts, so that a thread that waits for them looks for other work.
        let made = || {
            let parts = (0..16_u64).into_par_iter().map(|i| {
                std::thread::sleep(Duration::from_millis(2));
                i
            });
            parts.sum::<u64>()
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
        let once = OnceLock::new();
        let sums: Vec<u64> = pool.unwrap().install(|| {
            let asked = (0..64).into_par_iter();
            asked.map(|_| *once.get_or_init(|| apart(made))).collect()
        });
        assert_eq!(sums, [120; 64]);
    }

    #[test]
    #[should_panic(expected = "broken")]
    fn a_panic_is_passed_on() {
        apart(|| panic!("broken"))
    }
}
