//! Changes since an older graph: documents, measures and their words.

mod words;

use crate::graph::{DocumentRef, Graph, NodeKey};
use crate::lexicon::Lexicon;
use crate::report::kit::{Report, label, section, shown};
use crate::similar::{MeasureChange, changes};
use maud::{Markup, html};

/// Number of documents that are listed as added or removed, and of changed documents.
const DOCUMENTS: usize = 100;

/// Number of measures of a changed document.
const MEASURES: usize = 200;

/// Returns the view; with no older graph, a line that states how to pass one.
pub(in crate::report) fn view(report: Report<'_>) -> Markup {
    let body = match report.options.older {
        None => html! {
            p.lead {
                (label("This report was made without an older graph, with which it lists what changed: ", "本报告未提供旧图谱；提供后可列出变化："))
                code { "policygraph report --since OLD" }
            }
        },
        Some(older) => since(report, older),
    };
    section("changes", "Changes", "变化", body)
}

fn since(report: Report<'_>, older: &Graph) -> Markup {
    let newer = report.graph;
    let difference = older.difference(newer);
    let nodes = difference.count_nodes();
    let is_document = |key: &NodeKey<'_>| matches!(key, NodeKey::Document(_));
    let documents = difference.nodes.iter().filter(|change| is_document(&change.key));
    let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for change in documents {
        let NodeKey::Document(key) = &change.key else { continue };
        match (older.document(key), newer.document(key)) {
            (None, Some(is)) => added.push(is),
            (Some(was), None) => removed.push(was),
            (Some(was), Some(is)) => changed.push((was, is)),
            (None, None) => {}
        }
    }
    let (facts, edges) = (nodes, difference.count_edges());
    html! {
        p {
            (label(
                &format!("Documents: {} added, {} removed, {} changed. All nodes: {facts}. All relations: {edges}.", added.len(), removed.len(), changed.len()),
                &format!("文件：新增{}件，删除{}件，变更{}件。全部节点：增{}、删{}、改{}；全部关系：增{}、删{}、改{}。",
                    added.len(), removed.len(), changed.len(), facts.added, facts.removed, facts.changed, edges.added, edges.removed, edges.changed),
            ))
        }
        @if !added.is_empty() {
            h3 { (label("Added documents", "新增文件")) }
            ul.plain { @for document in added.iter().take(DOCUMENTS) { li { "+ " (report.link_as(document.id(), name(*document))) } } }
            (rest(added.len()))
        }
        @if !removed.is_empty() {
            h3 { (label("Removed documents", "删除文件")) }
            ul.plain { @for document in removed.iter().take(DOCUMENTS) { li { "− " (name(*document)) } } }
            (rest(removed.len()))
        }
        @for (was, is) in changed.iter().take(DOCUMENTS) { (of_document(report, *was, *is)) }
        (rest(changed.len()))
        @if difference.is_empty() { p { (label("Nothing changed.", "没有变化。")) } }
    }
}

fn rest(count: usize) -> Markup {
    html! { @if count > DOCUMENTS { p { (label(&format!("{DOCUMENTS} of {count} are shown."), &format!("显示{count}件中的{DOCUMENTS}件。"))) } } }
}

fn name(document: DocumentRef<'_>) -> Markup {
    html! { code { (shown(document.key())) } " " span lang="zh-Hans" { (shown(document.title().unwrap_or_default())) } }
}

/// Returns the changes of the measures of one document.
fn of_document(report: Report<'_>, was: DocumentRef<'_>, is: DocumentRef<'_>) -> Markup {
    let changes = changes(was, is, Lexicon::builtin());
    html! {
        h3 { (report.link_as(is.id(), name(is))) }
        @if changes.is_empty() { p { (label("Its measures have the same words.", "各项措施文字未变。")) } }
        ul.plain.changes { @for change in changes.iter().take(MEASURES) { li { (row(report, change)) } } }
        @if changes.len() > MEASURES { p { (label(&format!("{MEASURES} of {} changes are shown.", changes.len()), &format!("显示{}处变化中的{MEASURES}处。", changes.len()))) } }
    }
}

fn row(report: Report<'_>, change: &MeasureChange<'_>) -> Markup {
    match change {
        MeasureChange::Added(is) => html! {
            span.chip { (label("added", "新增")) } " " (report.link_as(is.id(), html! { (is.position()) ". " (report.heading(is.id())) }))
            p lang="zh-Hans" { ins { (shown(is.text())) } }
        },
        MeasureChange::Removed(was) => html! {
            span.chip { (label("removed", "删除")) } " " (was.position()) ". " span lang="zh-Hans" { (shown(was.title().unwrap_or_default())) }
            p lang="zh-Hans" { del { (shown(was.text())) } }
        },
        MeasureChange::Moved(was, is) => html! {
            span.chip { (label("moved", "移位")) } " " (was.position()) " → " (report.link_as(is.id(), html! { (is.position()) ". " (report.heading(is.id())) }))
        },
        MeasureChange::Altered(was, is) => {
            let (old, new) = words::marked(was.text(), is.text());
            html! {
                span.chip { (label("altered", "修改")) } " " (was.position()) " → " (report.link_as(is.id(), html! { (is.position()) ". " (report.heading(is.id())) }))
                div.two lang="zh-Hans" { p { (old) } p { (new) } }
            }
        }
    }
}

#[cfg(all(test, feature = "builtin"))]
mod tests {
    use crate::report::{self, Options};
    use crate::similar::Index;
    use crate::{Corpus, Lexicon, builtin, read};

    #[test]
    fn added_removed_moved_and_altered_measures_are_told() {
        let graph = |text: &str| {
            let mut corpus = Corpus::new();
            corpus.insert(read(Lexicon::builtin(), "note", text));
            corpus.graph(Lexicon::builtin())
        };
        let older = graph(
            "一、改造老旧管网。更换灰口铸铁管。\n二、更新水厂设备。改进净水工艺。\n三、开展水质检测。每季度检测一次。\n四、完善水价机制。落实阶梯水价。",
        );
        let newer = graph(
            "一、完善水价机制。落实阶梯水价。\n二、改造老旧管网。更换灰口铸铁管。\n三、开展水质检测。每月检测一次。\n四、加强节水宣传。举办节水周活动。",
        );
        let index = Index::new(&*newer, Lexicon::builtin());
        let page = report::html(&index, &Options { older: Some(&older), ..Options::default() });
        let view = page.split("id=\"changes\"").nth(1).unwrap().split("</section>").next().unwrap();
        for change in ["added", "removed", "moved", "altered"] {
            assert_eq!(view.matches(&format!("lang=\"en\">{change}<")).count(), 1, "{change}");
        }
        assert!(view.contains("<del>季度</del>") && view.contains("<ins>月</ins>"));
        assert!(view.contains("<ins>四、加强节水宣传") || view.contains("<ins>加强节水宣传"));
    }

    #[test]
    fn equal_graphs_have_no_changes() {
        let index = Index::new(builtin(), Lexicon::builtin());
        let page = report::html(&index, &Options { older: Some(builtin()), ..Options::default() });
        assert!(page.contains("Nothing changed."));
    }
}
