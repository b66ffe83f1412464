//! Chips: a term in a small frame, whose class sets its colour.

use super::label::term;
use crate::model::Role;
use crate::time::Status;
use maud::{Markup, html};

/// Returns a chip with a term; its class is `kind-name`.
pub(in crate::report) fn chip(kind: &str, name: &str, chinese: &str) -> Markup {
    html! { span class={ "chip " (kind) "-" (name) } { (term(name, chinese)) } }
}

/// Returns the chip of a role: 牵头.
pub(in crate::report) fn role(role: Role) -> Markup {
    chip("role", role.name(), role.chinese())
}

/// Returns the chip of a status: 现行有效.
pub(in crate::report) fn status(status: Status) -> Markup {
    chip("status", status.name(), status.chinese())
}
