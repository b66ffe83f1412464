//! Names: IRIs of vocabularies and of nodes.

use crate::graph::{EdgeKind, Graph, Node};
use crate::model::Role;
use oxrdf::{NamedNode, NamedNodeRef};
use std::fmt::Write;

/// Prefixes of the vocabularies.
pub(super) const PREFIXES: [(&str, &str); 10] = [
    ("dcterms", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("pg", "urn:policygraph:vocab#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", XSD),
];

pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

macro_rules! terms {
    ($($space:literal { $($name:ident $local:literal)* })*) => {$($(
        pub(super) const $name: NamedNodeRef<'static> =
            NamedNodeRef::new_unchecked(concat!($space, $local));
    )*)*};
}

terms! {
    "http://data.europa.eu/eli/ontology#" {
        WORK "Work"
        LEGAL_RESOURCE "LegalResource"
        SUBDIVISION "LegalResourceSubdivision"
        EXPRESSION "LegalExpression"
        AREA "AdministrativeArea"
        HAS_PART "has_part"
        PASSED_BY "passed_by"
        JURISDICTION "jurisdiction"
        APPLIES "applies"
        REPEALS "repeals"
        CITES "cites"
        IS_ABOUT "is_about"
        REALIZES "realizes"
        LANGUAGE "language"
        TITLE "title"
        ID_LOCAL "id_local"
        NUMBER "number"
        TYPE_DOCUMENT "type_document"
        DATE_DOCUMENT "date_document"
        DATE_PUBLICATION "date_publication"
        FIRST_DATE "first_date_entry_in_force"
        LAST_DATE "date_no_longer_in_force"
        IN_FORCE "in_force"
        IS_IN_FORCE "InForce-inForce"
        IS_NOT_IN_FORCE "InForce-notInForce"
    }
    "http://publications.europa.eu/resource/authority/language/" {
        CHINESE "ZHO"
    }
    "http://purl.org/dc/terms/" {
        DATE "date"
        DCTERMS_TITLE "title"
        ALTERNATIVE "alternative"
        IDENTIFIER "identifier"
        IS_PART_OF "isPartOf"
        SOURCE "source"
        SPATIAL "spatial"
    }
    "http://www.w3.org/ns/org#" {
        ORGANIZATION "Organization"
        REPORTS_TO "reportsTo"
    }
    "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL "label"
    }
    "http://www.w3.org/2004/02/skos/core#" {
        CONCEPT "Concept"
        SCHEME "ConceptScheme"
        IN_SCHEME "inScheme"
        PREF_LABEL "prefLabel"
        BROADER "broader"
    }
    "http://www.w3.org/ns/prov#" {
        ACTIVITY "Activity"
        SOFTWARE "SoftwareAgent"
        ENTITY "Entity"
        WAS_ASSOCIATED_WITH "wasAssociatedWith"
        USED "used"
        WAS_DERIVED_FROM "wasDerivedFrom"
        WAS_GENERATED_BY "wasGeneratedBy"
    }
    "http://www.w3.org/ns/oa#" {
        ANNOTATION "Annotation"
        HAS_BODY "hasBody"
        HAS_TARGET "hasTarget"
        SPECIFIC_RESOURCE "SpecificResource"
        HAS_SOURCE "hasSource"
        HAS_SELECTOR "hasSelector"
        QUOTE_SELECTOR "TextQuoteSelector"
        EXACT "exact"
        PREFIX "prefix"
        SUFFIX "suffix"
        DATA_SELECTOR "DataPositionSelector"
        START "start"
        END "end"
    }
    "urn:policygraph:vocab#" {
        ADDRESSED_TO "addressedTo"
        REPORTS_ACT_OF "reportsActOf"
        RESPONSIBLE "responsible"
        SOLE "responsibleAlone"
        LEAD "lead"
        JOINT "responsibleJointly"
        SUPPORT "support"
        RESPONSIBLE_CLASS "responsibleClass"
        MENTIONS "mentions"
        COMMITS_TO "commitsTo"
        SETS "setsDeadline"
        BINDS "binds"
        USES "usesPlatform"
        NATIONAL "nationalCounterpart"
        CORRESPONDS_TO "correspondsTo"
        TEXT_IN "textIn"
        TARGET "Target"
        DEADLINE "Deadline"
        PLATFORM "Platform"
        TEXT "text"
        SHA256 "sha256"
        KEY_TERM "keyTerm"
        BASIS "basis"
        QUANTITY "quantity"
        COMPARATOR "comparator"
        FROM_VALUE "fromValue"
        TO_VALUE "toValue"
        UNIT "unit"
        TIME_LIMIT "timeLimit"
        FREQUENCY "frequency"
        IS_CONDITION "isCondition"
        DUE "due"
        TERM "term"
        TERM_UNIT "termUnit"
        TERM_FROM "termFrom"
        ANCHOR "anchor"
        IS_RECURRING "isRecurring"
        TASK "task"
        RULE "rule"
        NAMING "naming"
        NAMING_SCORE "namingScore"
        METHOD "method"
        SCORE "score"
        ADOPTED "adopted"
        COMMENT_FROM "commentFrom"
        COMMENT_UNTIL "commentUntil"
    }
}

/// Start of the concepts of kinds of documents and instruments in `data/vocab.ttl`.
const TYPE: &str = "urn:policygraph:vocab#type-";

/// Returns the concept of a kind of document or instrument.
pub(super) fn document_type(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{TYPE}{name}"))
}

/// Returns the predicate of a kind of edge.
pub(super) fn predicate(kind: EdgeKind) -> NamedNodeRef<'static> {
    match kind {
        EdgeKind::Contains | EdgeKind::Consists => HAS_PART,
        EdgeKind::IssuedBy => PASSED_BY,
        EdgeKind::AddressedTo => ADDRESSED_TO,
        EdgeKind::SpeaksFor => JURISDICTION,
        EdgeKind::Implements => APPLIES,
        EdgeKind::Repeals => REPEALS,
        EdgeKind::Responsible => RESPONSIBLE,
        EdgeKind::Mentions => MENTIONS,
        EdgeKind::Cites => CITES,
        EdgeKind::Covers => IS_ABOUT,
        EdgeKind::CommitsTo => COMMITS_TO,
        EdgeKind::Sets => SETS,
        EdgeKind::Binds => BINDS,
        EdgeKind::Uses => USES,
        EdgeKind::Broader => BROADER,
        EdgeKind::BelongsTo => SPATIAL,
        EdgeKind::Within => IS_PART_OF,
        EdgeKind::Superior => REPORTS_TO,
        EdgeKind::National => NATIONAL,
        EdgeKind::CorrespondsTo => CORRESPONDS_TO,
        EdgeKind::TextIn => TEXT_IN,
    }
}

/// Returns the predicate of a role, a part of [`RESPONSIBLE`].
pub(super) fn role(role: Role) -> NamedNodeRef<'static> {
    match role {
        Role::Sole => SOLE,
        Role::Lead => LEAD,
        Role::Joint => JOINT,
        Role::Support => SUPPORT,
    }
}

/// IRIs of nodes: the base and a key.
#[derive(Clone, Copy)]
pub(super) struct Names<'b> {
    pub(super) base: &'b str,
}

impl Names<'_> {
    pub(super) fn node(self, graph: &Graph, node: impl Into<Node>) -> NamedNode {
        self.named(&graph.key(node).to_string())
    }

    /// Returns the IRI of a thing that is no node. Its first word is no kind of node.
    pub(super) fn named(self, key: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{}", self.base, escaped(key)))
    }

    /// Returns the IRI of a part of a thing.
    pub(super) fn part(self, key: &str, part: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{}#{part}", self.base, escaped(key)))
    }
}

/// Returns the key with the characters that an IRI cannot have, or that end a path, as `%XX`.
fn escaped(key: &str) -> String {
    let mut iri = String::with_capacity(key.len());
    for c in key.chars() {
        if is_plain(c) {
            iri.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                write!(iri, "%{byte:02X}").expect("a string takes any text");
            }
        }
    }
    iri
}

/// Returns true for ASCII letters, digits, marks that a path can have, and the `ucschar` of RFC 3987
/// except those that are not seen.
fn is_plain(c: char) -> bool {
    match c {
        '-' | '.' | '_' | '~' | ':' | '/' | '@' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}' => false,
        '\u{A0}' | '\u{61C}' | '\u{3000}' | '\u{FEFF}' => false,
        '\u{A1}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
        // The planes end with two characters that are none.
        '\u{10000}'..='\u{DFFFF}' => u32::from(c) & 0xFFFE != 0xFFFE,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_stays_and_marks_of_iris_are_escaped() {
        assert_eq!(escaped("policy:国办发〔2024〕53号"), "policy:国办发〔2024〕53号");
        assert_eq!(escaped("target:sx-2025/§2#1"), "target:sx-2025/§2%231");
        assert_eq!(escaped("a b<c>%\u{202e}"), "a%20b%3Cc%3E%25%E2%80%AE");
    }

    proptest! {
        #[test]
        fn an_escaped_key_is_an_iri(key in ".{0,30}") {
            let iri = format!("urn:policygraph:{}", escaped(&key));
            prop_assert!(NamedNode::new(iri.as_str()).is_ok(), "{}", iri);
        }
    }
}
