//! Prints the graph of the seed documents and the facts of one measure, each with
//! the text that proves it: `explore [MEASURE]`; or what is due in the 90 days from a date, and by
//! whom: `explore due YYYY-MM-DD`.

mod terminal;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use policygraph::graph::{Basis, Direction, DocumentRef, MeasureRef, PolicyRef, Proof};
use policygraph::similar::{Index, Match, SearchOptions, Term};
use policygraph::{Comparator, Date, Deadline, Found, Graph, Lexicon, Span, Target, printable};
use std::process::ExitCode;
use terminal::{arguments, print_page, refuse};

/// A measure with two agencies, two targets, a parent article and similar measures.
const DEFAULT: &str = "sx-2025/11";

/// Number of days in which a deadline is due soon.
const SOON: i64 = 90;

fn main() -> ExitCode {
    let arguments = arguments();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let graph = policygraph::builtin();
    let key = match words[..] {
        [] => DEFAULT,
        ["due", day] => {
            return match day.parse::<Date>() {
                Ok(day) => print_page(&Page::new(graph).due(day)),
                Err(_) => refuse(format!("{} is not a date: 2025-04-01", printable(day))),
            };
        }
        [key] if !key.starts_with('-') && key != "due" => key,
        _ => {
            return refuse(
                "usage: explore [MEASURE] or explore due YYYY-MM-DD, for example: explore sx-2025/8",
            );
        }
    };
    let Some(measure) = graph.measure(key) else {
        return refuse(unknown(graph, key));
    };
    print_page(&Page::new(graph).print(measure))
}

/// Returns the message for an unknown key, with the keys that exist.
fn unknown(graph: &Graph, key: &str) -> String {
    let key = &printable(key);
    let document = key.split('/').next().unwrap_or(key);
    match graph.document(document).map(|document| document.measures().len()) {
        Some(0) => format!("{document} has no numbered measures"),
        Some(count) => format!("{key} is not a measure; try {document}/1 to {document}/{count}"),
        None => {
            let mut message = format!("{key} is not a measure; there are:");
            for document in graph.documents().map(|id| graph.at(id)) {
                if let count @ 1.. = document.measures().len() {
                    message += &format!("\n  {0}/1 to {0}/{count}", document.key());
                }
            }
            message
        }
    }
}

/// Output text of a given width.
struct Page {
    graph: &'static Graph,
    width: u16,
    text: String,
}

/// A line of facts: label, value, proof.
type Fact = (&'static str, String, String);

impl Page {
    fn new(graph: &'static Graph) -> Self {
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| width.0.clamp(72, 120));
        Page { graph, width, text: String::new() }
    }

    /// Prints the deadlines of the days from `today` on, and who must keep them.
    fn due(mut self, today: Date) -> String {
        let graph = self.graph;
        let until = today.saturating_add(jiff::Span::new().days(SOON));
        self.heading(&format!("Due from {today} to {until}"));
        let mut due: Vec<_> = graph.walk(graph.deadlines()).due_in(today..=until).collect();
        due.sort_by_key(|deadline| deadline.record().by);
        let rows = due.into_iter().map(|deadline| {
            let by = deadline.record().by.map(|day| day.to_string()).unwrap_or_default();
            let place = graph.label(deadline.provider()).into_owned();
            let bodies: Vec<&str> = deadline.agencies().map(|agency| agency.name()).collect();
            let task = deadline.task().unwrap_or_default();
            vec![by, place, flat(task), bodies.join("、")]
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            self.paragraph("Nothing is due.");
        } else {
            let table = self.table(&[12, 16, (self.width - 28) / 2], rows);
            self.add(&table);
        }
        self.text
    }

    fn print(mut self, measure: MeasureRef) -> String {
        self.census();
        self.documents();

        let key = measure.key().to_string();
        let heading = [&key, measure.title().unwrap_or_default()].join("  ");
        self.heading(heading.trim_end());
        self.paragraph(measure.text());
        self.facts(measure_facts(measure), "No facts were found.");
        self.heading("Document");
        self.facts(document_facts(measure.document()), "");
        let chapters = chapter_facts(measure.document());
        if !chapters.is_empty() {
            self.heading("Prose of its chapters");
            self.facts(chapters, "");
        }
        self.heading("Parent policies");
        self.facts(parent_facts(measure), "The document names no policy that it implements.");
        if measure.articles().len() > 0 {
            self.paragraph(
                "The document names the policies. The articles are derived: their wording is \
                 similar to that of the measure, so they are likely, not certain.",
            );
        }
        self.heading("Similar measures of other documents");
        self.similar(measure);
        self.text
    }

    fn census(&mut self) {
        let census = self.graph.census();
        let total = |counts: &mut dyn Iterator<Item = usize>| counts.sum::<usize>();
        let nodes = total(&mut census.nodes.iter().map(|(_, count)| *count));
        let edges = total(&mut census.edges.iter().map(|(_, count)| *count));
        self.heading(&format!("The graph: {nodes} nodes, {edges} edges"));

        let nodes = census.nodes.iter().map(|(kind, count)| (format!("{kind:?}"), *count));
        let edges = census.edges.iter();
        let edges = edges.map(|(kind, count)| (kind.phrase(Direction::Outgoing).into(), *count));
        let counts: Vec<(String, usize)> = nodes.chain(edges).collect();
        let height = counts.len().div_ceil(3);
        let rows = (0..height).map(|row| {
            let cells = counts.iter().skip(row).step_by(height);
            cells.flat_map(|(name, count)| [name.clone(), count.to_string()]).collect()
        });
        let mut table = self.table(&[16, 8, 21, 8, 28, 8], rows.collect());
        for column in [1, 3, 5] {
            right(&mut table, column);
        }
        self.add(&table);
    }

    fn documents(&mut self) {
        self.heading("Documents");
        let documents = self.graph.documents().map(|id| self.graph.at(id));
        let rows = documents.map(|document| {
            let measures = document.measures().len();
            let title = document.title().unwrap_or("–");
            let (key, genre) = (document.key(), document.genre().to_string());
            vec![key.into(), format!("{measures} measures"), genre, title.into()]
        });
        let mut table = self.table(&[21, 13, 11], rows.collect());
        right(&mut table, 1);
        self.add(&table);
    }

    fn similar(&mut self, measure: MeasureRef) {
        let index = Index::new(self.graph, Lexicon::builtin());
        let options = SearchOptions::default().limit(5).exclude_own_document(true);
        let mut rows = Vec::new();
        for Match { measure, score, explanation, .. } in index.similar_to(measure.id(), &options) {
            let measure = self.graph.at(measure);
            let title = measure.title().unwrap_or_default().into();
            rows.push(vec![measure.key().to_string(), format!("{score:.2}"), title]);
            let mut row = |sign: &str, words: String| {
                rows.push(vec![String::new(), sign.to_owned(), words]);
            };
            for shared in explanation.contributions.iter().take(3) {
                let text = flat(shared.term.text());
                let words = match shared.term {
                    Term::Phrase { .. } => format!("「{text}」"),
                    _ => format!("{}: {text}", shared.term.kind()),
                };
                row(&format!("+ {:.2}", shared.weight), words);
            }
            for pair in &explanation.targets {
                let [query, matched] = [pair.query, pair.matched].map(|id| self.graph.at(id));
                let words = format!(
                    "{} here, {} in the other",
                    target(query.record()),
                    target(matched.record())
                );
                row(if pair.agree { "=" } else { "≠" }, words);
            }
        }
        let mut table = self.table(&[23, 8], rows);
        right(&mut table, 1);
        self.add(&table);
        self.paragraph(
            "Scores are 0 to 1. Below each are the three shared terms that contribute most, and \
             the targets of both with one unit (= equal, ≠ different). Similar wording is \
             evidence of a common source, not of implementation.",
        );
    }

    /// Adds the facts, a label of several lines once; `none` if there are no facts.
    fn facts(&mut self, facts: Vec<Fact>, none: &str) {
        if facts.is_empty() {
            return self.paragraph(none);
        }
        let mut last = "";
        let rows = facts.into_iter().map(|(what, fact, proof)| {
            let again = std::mem::replace(&mut last, what) == what;
            vec![if again { "" } else { what }.into(), fact, proof]
        });
        let rows = rows.collect();
        let table = self.table(&[15, (self.width - 15) / 2], rows);
        self.add(&table);
    }

    fn heading(&mut self, heading: &str) {
        self.text += &format!("{heading}\n{}\n\n", "─".repeat(usize::from(self.width)));
    }

    fn paragraph(&mut self, text: &str) {
        let table = self.table(&[], vec![vec![flat(text)]]);
        self.add(&table);
    }

    /// Returns a table without lines; `widths` are those of the first columns.
    fn table(&self, widths: &[u16], rows: Vec<Vec<String>>) -> Table {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        // Escaped before the table measures it.
        let escaped = |cell: String| cell.lines().map(printable).collect::<Vec<_>>().join("\n");
        table.add_rows(rows.into_iter().map(|row| row.into_iter().map(escaped)));
        table.set_constraints(widths.iter().map(|&w| ColumnConstraint::Absolute(Width::Fixed(w))));
        table
    }

    fn add(&mut self, table: &Table) {
        self.text += &table.trim_fmt();
        self.text += "\n\n";
    }
}

fn right(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

fn measure_facts(measure: MeasureRef) -> Vec<Fact> {
    let graph = measure.graph();
    let mut facts = Vec::new();
    for (agency, role, evidence) in measure.responsible() {
        let fact = format!("{}  {role:#}", agency.name());
        facts.push(("responsible", fact, quoted(evidence.span, graph.quote(evidence))));
    }
    for agency in measure.agencies() {
        facts.push(("mentions", agency.name().into(), proof(graph, agency.proof())));
    }
    for product in measure.products() {
        facts.push(("covers", product.label().into(), proof(graph, product.proof())));
    }
    for set in measure.targets() {
        facts.push(("commits to", target(set.record()), quoted(set.record().span, set.text())));
    }
    for set in measure.deadlines() {
        facts.push(("due", deadline(set.record()), quoted(set.record().span, set.text())));
    }
    for policy in measure.cites() {
        facts.push(("cites", name(policy.to()), proof(graph, policy.proof())));
    }
    for platform in measure.platforms() {
        facts.push(("uses", platform.name().into(), proof(graph, platform.proof())));
    }
    facts
}

/// Returns what the chapters of a document state outside their measures.
fn chapter_facts(document: DocumentRef) -> Vec<Fact> {
    let graph = document.graph();
    let mut facts = Vec::new();
    for section in document.sections() {
        let at = format!("{}. {}: ", section.ordinal(), section.title());
        for (agency, role, evidence) in section.responsible() {
            let fact = format!("{at}{}  {role:#}", agency.name());
            facts.push(("responsible", fact, quoted(evidence.span, graph.quote(evidence))));
        }
        for product in section.products() {
            let fact = at.clone() + product.label();
            facts.push(("covers", fact, proof(graph, product.proof())));
        }
        for set in section.targets() {
            let words = quoted(set.record().span, set.text());
            facts.push(("commits to", at.clone() + &target(set.record()), words));
        }
        for set in section.deadlines() {
            let words = quoted(set.record().span, set.text());
            facts.push(("due", at.clone() + &deadline(set.record()), words));
        }
        for policy in section.cites() {
            facts.push(("cites", at.clone() + &name(policy.to()), proof(graph, policy.proof())));
        }
    }
    facts
}

fn document_facts(document: DocumentRef) -> Vec<Fact> {
    let record = document.record();
    let quote = |span: Span| quoted(span, span.slice(&record.text));
    let mut facts = vec![("key", record.key.clone(), String::new())];
    facts.extend(record.title.as_ref().map(|t| ("title", t.value.clone(), quote(t.span))));
    facts.extend(record.number.as_ref().map(|n| ("number", n.value.clone(), quote(n.span))));
    facts.push(("genre", record.genre.to_string(), String::new()));
    for issuer in document.issuers() {
        let fact = issuer.name().to_owned();
        facts.push(("issued by", fact, proof(document.graph(), issuer.proof())));
    }
    let dates = &record.dates;
    for (what, date) in [
        ("signed", &dates.signed),
        ("published", &dates.published),
        ("adopted", &dates.adopted),
        ("effective", &dates.effective),
        ("expires", &dates.expires),
        ("comment from", &dates.comment_from),
        ("comment until", &dates.comment_until),
    ] {
        if let Some(Found { value, span, .. }) = date {
            facts.push((what, value.to_string(), quote(*span)));
        }
    }
    facts
}

fn parent_facts(measure: MeasureRef) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut last = None;
    for (policy, article) in measure.parents() {
        if last.replace(policy.to()) != Some(policy.to()) {
            let stated = proof(measure.graph(), policy.proof());
            facts.push(("implements", name(policy.to()), stated));
        }
        if let Some(article) = article {
            let fact = format!("{}. {}", article.ordinal(), article.heading());
            let derived = proof(measure.graph(), article.proof());
            facts.push(("article", fact, format!("{derived};\n{}", basis(article.basis()))));
        }
    }
    facts
}

/// Returns byte range and quote that prove an edge, or how it is derived.
fn proof(graph: &Graph, proof: Proof) -> String {
    match proof {
        Proof::Text(evidence) => quoted(evidence.span, graph.quote(evidence)),
        Proof::Vocabulary => "from the vocabularies".into(),
        Proof::Derived { method, score } => {
            format!("derived ({method}), score {score:.2}")
        }
    }
}

fn quoted(span: Span, words: &str) -> String {
    format!("{}..{} 「{}」", span.start, span.end, flat(words))
}

/// Joins the lines of a text.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name(policy: PolicyRef) -> String {
    let number = policy.number().map(|number| format!("{number} ")).unwrap_or_default();
    format!("{number}《{}》 {}", policy.title(), policy.kind())
}

fn target(target: &Target) -> String {
    let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let (from, to) = (figure(target.from), figure(target.to));
    let value = match (target.comparator, target.from) {
        (Comparator::Reduce | Comparator::Increase, Some(_)) => format!("{from} → {to}"),
        (Comparator::Reduce, None) => format!("down to {to}"),
        (Comparator::Increase, None) => format!("up to {to}"),
        (Comparator::AtLeast, _) => format!("≥ {to}"),
        (Comparator::AtMost, _) => format!("≤ {to}"),
        (Comparator::Equal, Some(_)) => format!("{from}–{to}"),
        (Comparator::Equal, None) => format!("= {to}"),
    };
    let mut line = format!("{} {value} {}", target.quantity, target.unit);
    for when in [&target.deadline, &target.frequency].into_iter().flatten() {
        line += &format!(" · {when}");
    }
    line
}

fn deadline(deadline: &Deadline) -> String {
    let day = deadline.by.map_or("day unknown".to_owned(), |day| day.to_string());
    let every = if deadline.recurring { ", returns" } else { "" };
    format!("{day}{every} · {:#}", deadline.anchor)
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Text => "the article was read in full",
        Basis::Part => "the article was read in part",
        Basis::Heading => "only the heading of the article is known",
        Basis::Unverified => "the article was not found in any source",
    }
}
