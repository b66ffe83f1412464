//! Work on all cores, in order.

use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `work` makes of each of the items, in their order, whichever thread
/// made it.
pub(crate) fn map<T: Sync, R: Send + Sync>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let made: Vec<OnceLock<R>> = items.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((item, made)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).zip(made.get(at))
        } {
            made.get_or_init(|| work(item));
        }
    };
    let threads = count().min(items.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    made.into_iter().map(|made| made.into_inner().expect("each item was worked on")).collect()
}

/// What both make, at once if there is more than one core.
pub(crate) fn both<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    if count() < 2 {
        return (a(), b());
    }
    thread::scope(|scope| {
        let a = scope.spawn(a);
        let b = b();
        // Who panicked goes on to do so.
        (a.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), b)
    })
}

fn count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let expected: Vec<usize> = items.iter().map(|n| n * n).collect();
        assert_eq!(super::map(&items, |n| n * n), expected);
        assert!(super::map(&[0; 0], |n| *n).is_empty());
        assert_eq!(super::both(|| 1, || 2), (1, 2));
    }
}
