//! Addresses: the key of a node, as the `id` of an element and as the fragment of a link.

use crate::graph::{Graph, Node};
use crate::text::Span;
use std::fmt::Write;

/// Returns the address of a node: `measure:sx-2025/11`.
pub(super) fn of_node(graph: &Graph, node: Node) -> String {
    encoded(&graph.key(node).to_string())
}

/// Returns the address of words in a document: `document:sx-2025@1203-1218`.
pub(super) fn of_span(document: &str, span: Span) -> String {
    encoded(&format!("document:{document}@{}-{}", span.start, span.end))
}

/// Returns `key` with percent escapes for characters that an `id` or a URL cannot have: controls,
/// white space, and `"#%<>\^{|}` with the backtick. Other characters stay, Chinese ones too. Two keys
/// have two addresses.
pub(super) fn encoded(key: &str) -> String {
    let mut address = String::with_capacity(key.len());
    for c in key.chars() {
        if c.is_whitespace()
            || crate::error::printable(c.encode_utf8(&mut [0; 4])).len() > c.len_utf8()
            || r##""#%<>\^`{|}"##.contains(c)
        {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                write!(address, "%{byte:02X}").expect("a string takes any text");
            }
        } else {
            address.push(c);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_no_white_space_and_no_quotes() {
        assert_eq!(encoded("policy:国办发〔2024〕53号"), "policy:国办发〔2024〕53号");
        assert_eq!(encoded("document:a b%\u{202e}\"x"), "document:a%20b%25%E2%80%AE%22x");
    }
}
