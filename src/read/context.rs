use super::naming::names::Names;
use super::naming::title_forms::Subject;
use crate::model::Dates;

/// Input of the readers of a provision: the text, and the facts that
/// [`learn`](super::learn) finds in the whole document. Immutable.
pub(crate) struct Context<'a> {
    pub(crate) names: Names<'a>,
    /// The document's title, which decides what 中选产品 are.
    pub(crate) subject: Option<&'a Subject>,
    /// The document's own number.
    pub(crate) number: Option<&'a str>,
    /// The document's dates, from which deadlines are counted.
    pub(crate) dates: &'a Dates,
    /// The document reports the acts of others.
    pub(crate) is_report: bool,
    /// Its figures are what was reached: news, statistics.
    pub(crate) has_results: bool,
    /// The first agency of each list leads: 列第一位者为牵头单位.
    pub(crate) first_leads: bool,
}
