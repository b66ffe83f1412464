//! Hash maps whose keys come from documents.
//!
//! An author who knows a hash function can choose words that all fall into one bucket, so
//! that building an index takes quadratic time (hash flooding). These maps use multiply-shift
//! hashing with random keys, which is strongly universal: for any keys that were chosen
//! without knowing the random ones, two hashes are equal with probability 2⁻⁶⁴, and any bits
//! of them are as good as random. It costs two multiplications, about as much as FxHash.
//!
//! Nothing returned may depend on the order of such a map: it differs from run to run.
//!
//! Source: Dietzfelbinger, “Universal hashing and k-wise independent random variables via
//! integer arithmetic without primes” (1996).

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A map with keys of one integer each.
pub(crate) type KeyedMap<K, V> = HashMap<K, V, MultiplyShift>;

/// The random keys of a hash function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MultiplyShift {
    factor: u128,
    addend: u128,
}

impl Default for MultiplyShift {
    /// Draws keys from the randomness that the standard library seeds its own maps with.
    fn default() -> Self {
        let state = RandomState::new();
        let key = |n: u64| {
            u128::from(state.hash_one(2 * n)) << 64 | u128::from(state.hash_one(2 * n + 1))
        };
        MultiplyShift { factor: key(0), addend: key(1) }
    }
}

impl BuildHasher for MultiplyShift {
    type Hasher = MultiplyShiftHasher;

    fn build_hasher(&self) -> MultiplyShiftHasher {
        MultiplyShiftHasher { keys: *self, hash: 0 }
    }
}

/// Hashes one integer.
pub(crate) struct MultiplyShiftHasher {
    keys: MultiplyShift,
    hash: u64,
}

impl Hasher for MultiplyShiftHasher {
    fn write_u64(&mut self, key: u64) {
        debug_assert!(self.hash == 0, "a key is one integer");
        let product = self.keys.factor.wrapping_mul(u128::from(key));
        self.hash = (product.wrapping_add(self.keys.addend) >> 64) as u64;
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("keys are of type u64");
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Returns the greatest number of keys that share the lowest 16 bits of their hashes.
    fn greatest_bucket(keys: &[u64]) -> usize {
        let hash = MultiplyShift::default();
        let mut buckets = vec![0; 1 << 16];
        keys.iter().for_each(|key| buckets[hash.hash_one(key) as usize & 0xFFFF] += 1);
        buckets.into_iter().max().unwrap()
    }

    #[test]
    fn keys_chosen_against_fxhash_do_not_collide() {
        let fx = |key: u64| std::hash::BuildHasher::hash_one(&rustc_hash::FxBuildHasher, key);
        let pairs = (0x4E00..0x9FA5_u64).flat_map(|a| (0x4E00..0x4E80).map(move |b| a << 32 | b));
        let chosen: Vec<u64> = pairs.filter(|&key| fx(key) & 0xFFF == 0).take(600).collect();
        assert_eq!(chosen.len(), 600);
        // 600 keys in 65,536 buckets: more than 12 in one has probability below 10⁻²⁰ for a
        // random function.
        assert!(greatest_bucket(&chosen) <= 12);
    }

    #[test]
    fn hashes_of_consecutive_keys_differ_in_high_and_low_bits() {
        let hash = MultiplyShift::default();
        let hashes: HashSet<u64> = (0..10_000_u64).map(|key| hash.hash_one(key)).collect();
        assert_eq!(hashes.len(), 10_000);
        assert!(greatest_bucket(&(0..10_000).collect::<Vec<_>>()) <= 64);
        let tags: HashSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();
        assert!(tags.len() > 100);
    }
}
