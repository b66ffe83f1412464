//! Addresses: the key of a node, as the `id` of an element and as the fragment of a link.

use crate::graph::{Graph, Node};
use crate::text::Span;
use std::fmt::Write;

/// Returns the address of a node: `measure:sx-2025/11`.
pub(super) fn of_node(graph: &Graph, node: Node) -> String {
    fragment(&graph.key(node).to_string())
}

/// Returns the address of words in a document: `document:sx-2025@1203-1218`.
pub(super) fn of_span(document: &str, span: Span) -> String {
    fragment(&format!("document:{document}@{}-{}", span.start, span.end))
}

/// Returns the address of a key in a report, without the `#`: the key with percent escapes for
/// characters that an `id` or a URL cannot have, which are controls, white space, and `"#%<>\^{|}` with
/// the backtick. Other characters stay, Chinese ones too. Two keys have two addresses.
///
/// ```
/// use policygraph::report::fragment;
///
/// assert_eq!(fragment("policy:国办发〔2024〕53号"), "policy:国办发〔2024〕53号");
/// assert_eq!(fragment("document:my file.txt@5740-5792"), "document:my%20file.txt@5740-5792");
/// ```
pub fn fragment(key: &str) -> String {
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
        assert_eq!(fragment("policy:国办发〔2024〕53号"), "policy:国办发〔2024〕53号");
        assert_eq!(fragment("document:a b%\u{202e}\"x"), "document:a%20b%25%E2%80%AE%22x");
    }
}
