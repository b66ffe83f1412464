//! Bounds that a minimum resemblance sets on sizes and on the number of common shingles.

/// Upper bound of the relative rounding error of an `f32` quotient.
const SLACK: f64 = 1e-6;

/// A minimum resemblance. No pair reaches one above 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold(f32);

impl Threshold {
    /// Makes the threshold. No pair reaches NaN.
    pub(super) fn new(threshold: f32) -> Self {
        Threshold(if threshold.is_nan() { f32::INFINITY } else { threshold })
    }

    /// Returns true if two sets with this resemblance are a pair.
    pub(super) fn admits(self, resemblance: f32) -> bool {
        resemblance >= self.0
    }

    /// Returns the length of the prefix of a set. Any set similar enough has at least one shingle
    /// of it in its own prefix, if both are in the same order (prefix filtering).
    pub(super) fn prefix(self, size: usize) -> usize {
        let least = up(self.lowered() * size as f64).max(1);
        (size + 1).saturating_sub(least)
    }

    /// Returns the minimum number of common shingles of two sets above the threshold.
    ///
    /// * `sizes`: sum of the sizes of both sets.
    pub(super) fn min_shared(self, sizes: usize) -> usize {
        let threshold = self.lowered();
        up(threshold / (1.0 + threshold) * sizes as f64)
    }

    /// Returns the threshold less the rounding error, so that no pair is lost.
    fn lowered(self) -> f64 {
        f64::from(self.0.max(0.0)) * (1.0 - SLACK)
    }
}

/// Returns the resemblance of two sets: the part of their shingles that both contain.
///
/// * `both`: number of common shingles.
/// * `sizes`: sum of the sizes of both sets, above 0.
pub(super) fn resemblance(both: usize, sizes: usize) -> f32 {
    both as f32 / (sizes - both) as f32
}

/// Rounds a number of shingles up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and a float that is too large becomes the largest integer"
)]
fn up(shingles: f64) -> usize {
    shingles.ceil() as usize
}
