//! Work on several threads, with results in the order of the items.

use once_cell::sync::OnceCell;
use std::cell::Cell;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

thread_local! {
    /// Number of threads for work that this thread starts; `None` for one per core.
    static THREADS: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Calls `work` with `threads` threads in place of one per core. The calling thread is one of
/// them; 0 counts as 1.
///
/// Several threads are used by [`Index::new`](crate::similar::Index::new) and
/// [`Index::extended`](crate::similar::Index::extended),
/// [`Fingerprints::new`](crate::reuse::Fingerprints::new),
/// [`near_duplicates`](crate::reuse::near_duplicates) while its pairs are taken,
/// [`Index::coverage`](crate::similar::Index::coverage), `report`,
/// [`Graph::load`](crate::Graph::load), [`seeds`](crate::seeds), and the first call of
/// [`Lexicon::builtin`](crate::Lexicon::builtin). Everything else runs on the calling thread, except that
/// [`folder`](crate::folder) uses the rayon pool of its caller.
///
/// Results do not depend on the number of threads. The number holds for the calling thread until
/// `work` returns or panics, so other threads may use other numbers at the same time. The innermost
/// of nested calls decides.
///
/// ```
/// use policygraph::similar::Index;
/// use policygraph::{Lexicon, with_threads};
///
/// let graph = policygraph::builtin();
/// let index = with_threads(1, || Index::new(graph, Lexicon::builtin()));
/// assert_eq!(index.graph().measures().len(), 131);
/// ```
pub fn with_threads<R>(threads: usize, work: impl FnOnce() -> R) -> R {
    let before = THREADS.replace(Some(threads.max(1)));
    let _restore = Restore(before);
    work()
}

/// Sets the number of threads back when dropped, also by a panic.
struct Restore(Option<usize>);

impl Drop for Restore {
    fn drop(&mut self) {
        THREADS.set(self.0);
    }
}

/// Calls `work` on each item and returns the results in the order of the items.
///
/// While more than one thread is at work, calls made from within `work` use one thread each, so that
/// the number of threads stays bounded. Panics if `work` panics.
pub(crate) fn map<T: Sync, R: Send + Sync>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = count().min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let results: Vec<OnceCell<R>> = items.iter().map(|_| OnceCell::new()).collect();
    let next = AtomicUsize::new(0);
    let take_items = || {
        while let Some((item, result)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).zip(results.get(at))
        } {
            result.get_or_init(|| work(item));
        }
    };
    let take_items = || with_threads(1, take_items);
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(take_items);
        }
        take_items();
    });
    results.into_iter().map(|result| result.into_inner().expect("each item was taken")).collect()
}

/// Calls both functions, at the same time if there is more than one thread, and returns both
/// results. Panics if one of them panics.
pub(crate) fn join<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    if count() < 2 {
        return (a(), b());
    }
    thread::scope(|scope| {
        let a = scope.spawn(|| with_threads(1, a));
        let b = with_threads(1, b);
        (a.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), b)
    })
}

/// Returns the number of threads to use: the one set, or one per core.
fn count() -> usize {
    let per_core = || thread::available_parallelism().map_or(1, NonZero::get);
    THREADS.get().unwrap_or_else(per_core)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::sync::Mutex;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let expected: Vec<usize> = items.iter().map(|n| n * n).collect();
        for threads in [1, 2, 5] {
            assert_eq!(with_threads(threads, || map(&items, |n| n * n)), expected);
            assert_eq!(with_threads(threads, || join(|| 1, || 2)), (1, 2));
        }
        assert_eq!(map(&items, |n| n * n), expected);
        assert!(map(&[0; 0], |n| *n).is_empty());
    }

    #[test]
    fn no_more_threads_work_than_are_allowed() {
        for threads in [0, 1, 2, 5] {
            let seen = Mutex::new(HashSet::new());
            let see = || seen.lock().unwrap().insert(thread::current().id());
            with_threads(threads, || {
                map(&[(); 100], |_| {
                    see();
                    map(&[(); 10], |_| see());
                })
            });
            let seen = seen.into_inner().unwrap().len();
            assert!((1..=threads.max(1)).contains(&seen), "{seen} threads, not {threads}");
        }
    }

    #[test]
    fn the_number_of_threads_is_set_back_after_a_panic() {
        let panics = || with_threads(3, || with_threads(2, || panic!("as asked")));
        assert!(std::panic::catch_unwind(panics).is_err());
        assert_eq!(THREADS.get(), None);
        with_threads(3, || assert_eq!(count(), 3));
    }
}
