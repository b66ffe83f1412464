//! Resources: documents and measures by key.

use super::answer::{cursor, start_of};
use super::context::Context;
use super::protocol::{RequestError, Revision};
use policygraph::Graph;
use policygraph::graph::{Node, NodeKind};
use serde_json::{Map, Value, json};

const SCHEME: &str = "policygraph://";

/// Number of resources of a page.
const PAGE: usize = 100;

/// Maximum length of a text in bytes.
const TEXT: usize = 400_000;

/// Lists the documents by key, then the measures by document and position.
pub fn list(context: &Context, params: &Map<String, Value>) -> Result<Value, RequestError> {
    let start = start(params)?;
    let graph = context.graph;
    let documents = graph.documents().map(Node::Document);
    let all = documents.chain(graph.measures().map(Node::Measure));
    let total = graph.documents().len() + graph.measures().len();
    let page = all.skip(start).take(PAGE).map(|node| {
        let title = match node {
            Node::Document(id) => graph.at(id).title().unwrap_or_default().to_owned(),
            Node::Measure(id) => crate::commands::facts::heading(graph.at(id)),
            _ => String::new(),
        };
        let name = content_of(graph, node);
        json!({ "uri": uri(graph, node), "name": name, "title": title, "mimeType": "text/plain" })
    });
    let page: Vec<Value> = page.collect();
    let mut result = json!({ "resources": page });
    if start + PAGE < total {
        result["nextCursor"] = json!(cursor(start + PAGE));
    }
    Ok(result)
}

pub fn templates() -> Value {
    json!({ "resourceTemplates": [
        {
            "uriTemplate": "policygraph://document/{key}",
            "name": "document",
            "title": "Document (文件)",
            "description": "The text of a document, as data: sx-2025",
            "mimeType": "text/plain",
        },
        {
            "uriTemplate": "policygraph://measure/{document}/{position}",
            "name": "measure",
            "title": "Measure (措施)",
            "description": "The text of a measure, as data: sx-2025/8",
            "mimeType": "text/plain",
        },
    ]})
}

/// Returns the text of a document or measure.
pub fn read(
    context: &Context,
    revision: Revision,
    params: &Map<String, Value>,
) -> Result<Value, RequestError> {
    let Some(uri) = params.get("uri").and_then(Value::as_str) else {
        return Err(RequestError::parameters("uri is missing"));
    };
    let graph = context.graph;
    let Some(node) = node(graph, uri) else {
        let name = uri.strip_prefix(SCHEME).and_then(|rest| rest.split_once('/'));
        let name = decoded(name.map_or(uri, |(_, key)| key)).unwrap_or_default();
        let nearest = graph.nearest(&name, 20).into_iter();
        let nearest = nearest.filter(|one| one.kind() == NodeKind::Document).take(5);
        let nearest: Vec<String> = nearest.map(|one| self::uri(graph, one.node)).collect();
        return Err(RequestError::unknown_resource(revision, uri, &nearest));
    };
    let text = match node {
        Node::Document(id) => &graph.at(id).record().text,
        Node::Measure(id) => graph.at(id).text(),
        _ => "",
    };
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = text.len() - end;
    let cut = if rest > 0 { format!("\n[cut here: {rest} bytes follow]") } else { String::new() };
    let contents = json!({
        "uri": self::uri(graph, node),
        "mimeType": "text/plain",
        "text": format!("{}{cut}", &text[..end]),
    });
    Ok(json!({ "contents": [contents] }))
}

fn start(params: &Map<String, Value>) -> Result<usize, RequestError> {
    match params.get("cursor") {
        None | Some(Value::Null) => Ok(0),
        Some(cursor) => cursor
            .as_str()
            .and_then(start_of)
            .ok_or_else(|| RequestError::parameters("unknown cursor: begin without one")),
    }
}

/// Returns the key of a document or measure without its kind.
fn content_of(graph: &Graph, node: Node) -> String {
    let key = graph.key(node).to_string();
    key.split_once(':').map_or_else(String::new, |(_, content)| content.to_owned())
}

fn uri(graph: &Graph, node: Node) -> String {
    format!("{SCHEME}{}/{}", node.kind().name(), encoded(&content_of(graph, node)))
}

/// Returns the document or measure of an address.
fn node(graph: &Graph, uri: &str) -> Option<Node> {
    let (kind, key) = uri.strip_prefix(SCHEME)?.split_once('/')?;
    let key = decoded(key)?;
    match kind {
        "document" => graph.document(&key).map(|document| document.node()),
        "measure" => graph.measure(&key).map(|measure| measure.node()),
        _ => None,
    }
}

fn encoded(key: &str) -> String {
    let mut uri = String::new();
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

fn decoded(key: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_encoded_and_decoded() {
        for key in ["sx-2025/8", "通知 第1号.docx", "100%", "a#b?c"] {
            assert_eq!(decoded(&encoded(key)).as_deref(), Some(key));
        }
        assert_eq!(decoded("%E4"), None);
        assert_eq!(decoded("%"), None);
        assert_eq!(decoded("%+1"), None);
    }
}
