//! Peak memory of reading is proportional to the length of the text, for any text.

#![cfg(feature = "builtin")]

use peak_alloc::PeakAlloc;
use policygraph::{Lexicon, read, seeds};
use policygraph_testkit::adversarial;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Returns the peak memory of reading `text` in bytes per byte of text, the
/// record and its copy of the text included.
fn memory(text: &str) -> f64 {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    drop(read(Lexicon::builtin(), "memory", text));
    (MEMORY.peak_usage() - before) as f64 / text.len() as f64
}

/// A single test: the allocator counts the whole process, and tests run at the
/// same time.
#[test]
fn memory_is_a_small_multiple_of_the_text() {
    Lexicon::builtin();
    for seed in seeds() {
        let memory = memory(&seed.text);
        assert!(memory < 8.0, "{}: {memory:.1} bytes per byte", seed.key);
    }
    let inputs = |bytes| adversarial::repeated(bytes).chain(adversarial::numbered(bytes));
    for (small, large) in inputs(8_000).zip(inputs(32_000)) {
        let (name, small, large) = (small.name, memory(&small.text), memory(&large.text));
        assert!(large < 48.0, "{name:?}: {large:.1} bytes per byte");
        assert!(large < 2.5 * small, "{name:?}: {small:.1}, then {large:.1} bytes per byte");
    }
}
