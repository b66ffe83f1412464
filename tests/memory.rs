//! Reading takes memory in proportion to the text, whatever the text is.

#![cfg(feature = "builtin")]

use peak_alloc::PeakAlloc;
use policygraph::{Lexicon, read, seeds};
use policygraph_testkit::adversarial;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most that reading holds at once, the record and its copy of the text
/// included, in bytes a byte of text.
fn memory(text: &str) -> f64 {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    drop(read(Lexicon::builtin(), "memory", text));
    (MEMORY.peak_usage() - before) as f64 / text.len() as f64
}

/// One test, so that nothing else allocates meanwhile.
#[test]
fn memory_is_a_small_multiple_of_the_text() {
    Lexicon::builtin();
    for seed in seeds() {
        let memory = memory(&seed.text);
        assert!(memory < 8.0, "{}: {memory:.1} bytes a byte", seed.key);
    }
    let texts = |bytes| adversarial::repeated(bytes).chain(adversarial::counted(bytes));
    for ((name, small), (_, large)) in texts(16_000).zip(texts(64_000)) {
        let (small, large) = (memory(&small), memory(&large));
        assert!(large < 48.0, "{name:?}: {large:.1} bytes a byte");
        assert!(large < 2.5 * small, "{name:?}: {small:.1} bytes a byte, then {large:.1}");
    }
}
