use super::naming::names::Names;
use super::naming::title_forms::Subject;

/// What a provision is read against: the text, and all that
/// [`learn`](super::learn) knows of the document. Immutable.
pub(crate) struct Context<'a> {
    pub(crate) names: Names<'a>,
    /// The document's title, which decides what 中选产品 are.
    pub(crate) subject: Option<&'a Subject>,
    /// The first agency of each list leads: 列第一位者为牵头单位.
    pub(crate) first_leads: bool,
}
