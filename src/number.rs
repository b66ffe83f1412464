//! Casts of numbers that cannot wrap.

/// Returns a number of 32 bits: an offset in a text, an index into a table.
///
/// # Panics
///
/// From 2^32 on. A text ends long before ([`Source::MAX_LEN`](crate::Source::MAX_LEN)), and a table with
/// so many rows fits into no memory; a panic is better than the number of another row.
#[inline]
pub(crate) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2^32")
}

/// Returns an offset in bytes that are in memory.
///
/// # Panics
///
/// If it is larger than the memory.
#[inline]
pub(crate) fn to_usize(offset: u64) -> usize {
    usize::try_from(offset).expect("an offset in memory")
}

/// Rounds to the nearest number of 32 bits.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a float is rounded, never wrapped")]
pub(crate) const fn to_f32(number: f64) -> f32 {
    number as f32
}
