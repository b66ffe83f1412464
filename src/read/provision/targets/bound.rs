//! The words around a figure that make it a target.

mod surroundings;
mod before;
mod around;
mod brought;

use around::around;
use before::before;
use brought::{created, reached, realized};
pub(super) use surroundings::{Bound, Noun, Suffix, Surroundings, begins_noun};

impl<'t> Surroundings<'t> {
    /// Returns the comparison that the words make. `None` if they make no target of the figure.
    pub(super) fn bound(&self) -> Option<Bound<'t>> {
        if self.is_negated() || self.is_basis() {
            return None;
        }
        let named = before(self).or_else(|| around(self)).or_else(|| created(self));
        named.or_else(|| reached(self)).or_else(|| realized(self))
    }
}
