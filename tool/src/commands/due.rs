//! `due`: the deadlines of the days from a date on, and who must keep them.

use crate::output::{Failure, Page, flat, print_lines};
use policygraph::graph::{AgencyId, DeadlineRef};
use policygraph::{Date, Graph};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

pub fn run(
    graph: &Graph,
    within: i64,
    from: Option<Date>,
    agency: Option<&str>,
    json: bool,
) -> Result<(), Failure> {
    let from = match from {
        Some(day) => day,
        None => today()?,
    };
    let until = from.saturating_add(jiff::Span::new().days(within));
    let agency = agency.map(|name| graph.named::<AgencyId>(name)).transpose()?;
    let mut due: Vec<DeadlineRef> = graph.walk(graph.deadlines()).due_in(from..=until).collect();
    due.retain(|deadline| {
        agency.is_none_or(|agency| deadline.agencies().any(|of| of.id() == agency))
    });
    due.sort_by_key(|deadline| deadline.record().by);
    if json {
        let line = |&deadline: &DeadlineRef| {
            let value = json!({
                "by": deadline.record().by.map(|day| day.to_string()),
                "key": graph.key(deadline.node()).to_string(),
                "set_in": graph.key(deadline.provider()).to_string(),
                "task": deadline.task().map(flat),
                "agencies": bodies(deadline),
                "evidence": graph.keyed(&deadline.evidence()),
            });
            format!("{value}\n")
        };
        return print_lines(&due.iter().map(line).collect::<String>());
    }
    let mut page = Page::new();
    page.heading(format_args!("Due from {from} to {until} (时限)"));
    let rows = due.into_iter().map(|deadline| {
        let by = deadline.record().by.map(|day| day.to_string()).unwrap_or_default();
        let place = graph.label(deadline.provider()).into_owned();
        let task = flat(deadline.task().unwrap_or_default());
        vec![by, place, task, bodies(deadline).join("、")]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        page.line("Nothing is due.");
    } else {
        page.table(&[12, 18, (page.width - 30) / 2], rows);
    }
    page.print()
}

/// Returns the day of today in China, to which the dates of documents belong.
fn today() -> Result<Date, Failure> {
    const CHINA: u64 = 8 * 60 * 60;
    const DAY: u64 = 24 * 60 * 60;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let days = i64::try_from((seconds + CHINA) / DAY).map_err(Failure::new)?;
    Ok(Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn bodies<'g>(deadline: DeadlineRef<'g>) -> Vec<&'g str> {
    deadline.agencies().map(|agency| agency.name()).collect()
}
