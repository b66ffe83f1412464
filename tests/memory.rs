//! Peak memory of reading is proportional to the length of the text, for any text.

#![cfg(feature = "builtin")]

use peak_alloc::PeakAlloc;
use policygraph::{Lexicon, read, seeds};
use policygraph_testkit::{adversarial, patterns};

/// Maximum memory in bytes per byte of text. A measure of 5 bytes takes about 250 bytes in a
/// record; a short name of 3 bytes stands for a canonical name of up to 40 characters.
const MAX_MEMORY: f64 = 128.0;

/// Number of random patterns.
const RANDOM: u64 = 50;

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
    for (small, large) in inputs(4_000).zip(inputs(16_000)) {
        let (name, small, large) = (small.name, memory(&small.text), memory(&large.text));
        assert!(large < MAX_MEMORY, "{name:?}: {large:.1} bytes per byte");
        assert!(large < 2.5 * small, "{name:?}: {small:.1}, then {large:.1} bytes per byte");
    }
    let random = (0..RANDOM).map(patterns::random);
    for pattern in patterns::known().into_iter().chain(random) {
        for text in pattern.texts(16_000).iter().filter(|text| text.len() >= 4_000) {
            let memory = memory(text);
            assert!(memory < MAX_MEMORY, "{pattern}: {memory:.1} bytes per byte");
        }
    }
}
