//! Messages of JSON-RPC 2.0, and the revisions of the protocol.

use serde_json::{Map, Value, json};

/// Revisions of the Model Context Protocol, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Revision {
    V2024_11_05,
    V2025_03_26,
    V2025_06_18,
    V2025_11_25,
    /// Without a session: each request carries the revision.
    V2026_07_28,
}

impl Revision {
    pub const ALL: [Revision; 5] = [
        Revision::V2024_11_05,
        Revision::V2025_03_26,
        Revision::V2025_06_18,
        Revision::V2025_11_25,
        Revision::V2026_07_28,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Revision::V2024_11_05 => "2024-11-05",
            Revision::V2025_03_26 => "2025-03-26",
            Revision::V2025_06_18 => "2025-06-18",
            Revision::V2025_11_25 => "2025-11-25",
            Revision::V2026_07_28 => "2026-07-28",
        }
    }

    pub fn of(name: &str) -> Option<Revision> {
        Revision::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Returns true for a revision whose requests stand alone.
    pub fn is_stateless(self) -> bool {
        self >= Revision::V2026_07_28
    }

    /// Returns the revision of a session: the requested one, else the newest with sessions.
    pub fn negotiate(requested: &str) -> Revision {
        let known = Revision::of(requested).filter(|one| !one.is_stateless());
        known.unwrap_or(Revision::V2025_11_25)
    }

    /// Returns true if several messages may be sent as one array.
    pub fn has_batches(self) -> bool {
        self <= Revision::V2025_03_26
    }

    /// Returns true if results have structured content beside text.
    pub fn is_structured(self) -> bool {
        self >= Revision::V2025_06_18
    }
}

/// Key of the revision in `_meta` of a request.
pub const META_REVISION: &str = "io.modelcontextprotocol/protocolVersion";

/// Key of the abilities of a client in `_meta` of a request.
pub const META_CLIENT: &str = "io.modelcontextprotocol/clientCapabilities";

/// Key of the name of a server in `_meta` of a result.
pub const META_SERVER: &str = "io.modelcontextprotocol/serverInfo";

/// An error of a request.
#[derive(Debug)]
pub struct RequestError {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl RequestError {
    fn new(code: i32, message: impl Into<String>) -> Self {
        RequestError { code, message: message.into(), data: None }
    }

    /// The line is not JSON.
    pub fn parse(message: impl Into<String>) -> Self {
        RequestError::new(-32700, message)
    }

    /// The JSON is not a message.
    pub fn invalid(message: impl Into<String>) -> Self {
        RequestError::new(-32600, message)
    }

    pub fn unknown_method(method: &str) -> Self {
        RequestError::new(-32601, format!("unknown method {}", shown(method)))
    }

    pub fn parameters(message: impl Into<String>) -> Self {
        RequestError::new(-32602, message)
    }

    pub fn internal(message: impl Into<String>) -> Self {
        RequestError::new(-32603, message)
    }

    pub fn unknown_resource(revision: Revision, uri: &str, nearest: &[String]) -> Self {
        let code = if revision.is_stateless() { -32602 } else { -32002 };
        let data = json!({ "uri": shown(uri), "nearest": nearest });
        let message = format!("no resource {}", shown(uri));
        RequestError { data: Some(data), ..RequestError::new(code, message) }
    }

    pub fn unsupported_revision(requested: &str) -> Self {
        let supported: Vec<&str> = Revision::ALL.iter().rev().map(|one| one.name()).collect();
        let data = json!({ "supported": supported, "requested": shown(requested) });
        RequestError {
            data: Some(data),
            ..RequestError::new(-32022, "Unsupported protocol version")
        }
    }

    /// Returns the response. `id` is null if it could not be read.
    pub fn response(self, id: &Value) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(data) = self.data {
            error["data"] = data;
        }
        json!({ "jsonrpc": "2.0", "id": id, "error": error })
    }
}

/// Returns the response with a result.
pub fn response(id: &Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// Returns the first characters of words of a client.
pub fn shown(words: &str) -> String {
    const SHOWN: usize = 100;
    match words.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

/// A message of a client.
pub enum Message {
    Request {
        id: Value,
        method: String,
        params: Map<String, Value>,
    },
    /// Nothing is done for it: cancelled requests are left out before.
    Notification,
    /// An answer to a request; this server sends none.
    Response,
}

impl Message {
    /// Reads a message. The error comes with the id, null if there is none to answer to.
    pub fn read(value: Value) -> Result<Message, (Value, RequestError)> {
        let Value::Object(mut object) = value else {
            return Err((Value::Null, RequestError::invalid("a message is a JSON object")));
        };
        let id = object.remove("id");
        let is_id = |id: &Value| id.is_string() || id.is_i64() || id.is_u64();
        let answered = id.clone().filter(is_id).unwrap_or(Value::Null);
        let fail = |message: &str| Err((answered.clone(), RequestError::invalid(message)));
        if object.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return fail("jsonrpc must be \"2.0\"");
        }
        let method = match object.remove("method") {
            Some(Value::String(method)) => method,
            Some(_) => return fail("method must be a string"),
            None if object.contains_key("result") || object.contains_key("error") => {
                return Ok(Message::Response);
            }
            None => return fail("method is missing"),
        };
        let params = match object.remove("params") {
            None => Map::new(),
            Some(Value::Object(params)) => params,
            Some(_) => {
                let error = RequestError::parameters("params must be an object");
                return Err((answered, error));
            }
        };
        match id {
            None => Ok(Message::Notification),
            Some(id) if is_id(&id) => Ok(Message::Request { id, method, params }),
            Some(_) => fail("id must be a string or an integer"),
        }
    }
}
