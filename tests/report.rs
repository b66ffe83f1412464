//! The report: whole, escaped, the same bytes every time, and every underline on the words of its fact.

use policygraph::graph::{EdgeId, EdgeKind, Proof};
use policygraph::report::{self, Options};
use policygraph::similar::Index;
use policygraph::{Corpus, Graph, Lexicon, builtin, read};
use std::collections::HashMap;
use std::sync::OnceLock;

fn page_of(graph: &Graph) -> String {
    report::html(&Index::new(graph, Lexicon::builtin()), &Options::default())
}

fn seeds() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| page_of(builtin()))
}

fn graph_of(key: &str, text: &str) -> std::sync::Arc<Graph> {
    let mut corpus = Corpus::new();
    corpus.insert(read(Lexicon::builtin(), key, text));
    corpus.graph(Lexicon::builtin())
}

/// Returns the text of markup: without tags, entities decoded.
fn text(markup: &str) -> String {
    let mut text = String::new();
    for part in markup.split('<') {
        text += part.split_once('>').map_or(part, |(_, after)| after);
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Returns the bytes that underlined characters stand for, by the addresses of the spans that begin
/// there: each paragraph of each reader is read as the script reads it.
fn underlined(page: &str) -> HashMap<(String, usize), String> {
    let mut words = HashMap::new();
    for section in
        page.split("<section ").filter(|section| section.starts_with("class=\"view reader\""))
    {
        let key = section.split_once("id=\"document:").unwrap().1.split_once('"').unwrap().0;
        for paragraph in section.split("data-b=\"").skip(1) {
            let (at, rest) = paragraph.split_once("\">").unwrap();
            let content = rest.split_once("</p>").unwrap().0;
            let mut byte: usize = at.parse().unwrap();
            let mut run: Option<(usize, String)> = None;
            for part in content.split('<') {
                let (tag, after) = part.split_once('>').unwrap_or(("/", part));
                let after = text(after);
                match (tag.starts_with("span class=\"f"), run.is_some()) {
                    (true, _) => run = Some((byte, after.clone())),
                    (false, true) => {
                        let (start, words_of) = run.take().unwrap();
                        words.insert((key.to_owned(), start), words_of);
                    }
                    (false, false) => {}
                }
                byte += after.len();
            }
        }
    }
    words
}

#[test]
fn every_measure_of_the_seeds_has_a_card_and_a_text() {
    let page = seeds();
    for measure in builtin().measures() {
        let key = builtin().key(measure).to_string();
        assert!(page.contains(&format!("id=\"{key}\"")), "no card of {key}");
        assert!(page.contains(&format!("data-m=\"{key}\"")), "no text of {key}");
        let title = builtin().at(measure).title().unwrap_or_default();
        assert!(page.contains(&title.replace('"', "&quot;")), "{title}");
    }
    assert_eq!(builtin().measures().len(), 131);
}

#[test]
fn the_underlined_bytes_of_facts_are_the_words_of_their_evidence() {
    let graph = builtin();
    let underlined = underlined(seeds());
    let edges: Vec<EdgeId> = graph
        .measures()
        .flat_map(|measure| graph.steps(measure))
        .filter(|step| step.kind != EdgeKind::Contains)
        .map(|step| step.edge)
        .collect();
    let mut random = fastrand::Rng::with_seed(20);
    let mut compared = 0;
    while compared < 50 {
        let Proof::Text(evidence) = graph.proof(*random.choice(&edges).unwrap()) else { continue };
        let key = graph.at(evidence.document).key();
        let address =
            format!("id=\"document:{key}@{}-{}\"", evidence.span.start, evidence.span.end);
        let quote = graph.quote(evidence);
        assert!(seeds().contains(&address), "{address} {quote} {:?}", evidence.rule);
        // Nested facts divide the words in runs that follow each other.
        let (mut at, end) = (evidence.span.start as usize, evidence.span.end as usize);
        let mut words = String::new();
        while at < end {
            let run = underlined.get(&(key.to_owned(), at));
            let run = run.unwrap_or_else(|| panic!("{address}: byte {at} is not underlined"));
            words += run;
            at += run.len();
        }
        assert_eq!(words, quote);
        compared += 1;
    }
}

#[test]
fn the_page_has_the_same_bytes_every_time_and_a_bounded_size() {
    let page = seeds();
    assert_eq!(page, page_of(builtin()));
    let texts: usize =
        builtin().documents().map(|document| builtin().at(document).record().text.len()).sum();
    assert!(page.len() - texts < 1_000_000, "{} bytes beside the texts", page.len() - texts);
    let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    assert!(script.len() <= 15_000, "{} bytes of script", script.len());
}

#[test]
fn nothing_of_the_page_needs_the_network_or_code_in_attributes() {
    let page = seeds();
    for forbidden in
        ["src=", "url(", "@import", " style=\"", " onclick", " onload", "eval(", "innerHTML"]
    {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for href in page.split(" href=\"").skip(1) {
        assert!(href.starts_with('#'), "{}", href.split_once('"').unwrap().0);
    }
}

#[test]
fn text_of_documents_is_escaped() {
    let hostile = "</script><script>alert(1)</script>]]>&amp;\u{1b}[31m\u{202e}<img src=x onerror=alert(1)>\0";
    let text = format!(
        "关于{hostile}的若干措施\n一、总则\n(一)支持{hostile}。由省药监局{hostile}负责，2026年6月底前完成{hostile}。\n(二)落实《{hostile}办法》。建立“{hostile}平台”。"
    );
    let page = page_of(&graph_of(&format!("a {hostile}/\"'`"), &text));
    assert_eq!(page.matches("<script").count(), 1, "only the script of the page");
    assert_eq!(page.matches("</script").count(), 1);
    for raw in ["<img", "\u{1b}", "\u{202e}", "\0"] {
        let at = page.find(raw).map(|at| page[..at].chars().rev().take(60).collect::<String>());
        assert_eq!(at, None, "{raw:?}, reversed");
    }
    assert!(page.contains(r"\u{1b}") && page.contains(r"\u{202e}") && page.contains("&lt;img"));
    for id in page.split(" id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
        assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{id:?}");
    }
}

#[test]
fn a_title_of_100_kilobytes_and_10_000_measures_are_a_whole_page() {
    let title = "药".repeat(33_000);
    let mut text = format!("关于{title}的若干措施\n");
    for n in 0..10_000 {
        text += &format!("{}.加强第{n}类药品监管。由省药监局负责。\n", n + 1);
    }
    let graph = graph_of("long", &text);
    let page = page_of(&graph);
    assert!(page.ends_with("</html>\n"));
    assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
    assert_eq!(page.matches("<div").count(), page.matches("</div>").count());
    assert!(
        graph
            .measures()
            .all(|id| page.contains(&format!("加强第{}类", graph.at(id).position() - 1)))
    );
}

#[test]
fn a_measure_that_begins_with_the_white_space_after_another_has_its_lines() {
    let printed = "关于药品的若干措施\n(一)支持创新药品。  \n(二)支持仿制药品。\n";
    let mut record = read(Lexicon::builtin(), "spaces", printed);
    record.measures[1].span.start = record.measures[0].span.end + 1;
    // The checks of a record that comes from elsewhere permit it.
    let record: policygraph::Record =
        serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
    let mut corpus = Corpus::new();
    corpus.insert(record);
    let page = page_of(&corpus.graph(Lexicon::builtin()));
    let reader = page.split("class=\"text\"").nth(1).unwrap().split("</section>").next().unwrap();
    let reader = text(reader);
    assert!(
        reader.contains("(一)支持创新药品。") && reader.contains("(二)支持仿制药品。"),
        "{reader}"
    );
}

#[test]
fn reuse_of_many_documents_is_searched_among_the_closest() {
    // Documents 2n and 2n + 1 have a sentence of their own in common.
    let sentence = |n: u32| -> String {
        (0..30).filter_map(|i| char::from_u32(0x4E00 + (n * 977 + i * 131) % 20_000)).collect()
    };
    let mut corpus = Corpus::new();
    for n in 0..40 {
        let text = format!("关于药品的若干措施\n(一)支持创新。{}。\n", sentence(n / 2));
        corpus.insert(read(Lexicon::builtin(), &format!("d{n:02}"), &text));
    }
    let page = page_of(&corpus.graph(Lexicon::builtin()));
    assert!(page.contains("30 of 40 documents are compared"));
    assert!(page.contains("; 30 documents with a shared passage"));
    assert!(page.contains("15 of 15; open one"));
}

#[test]
fn no_article_is_said_to_be_taken_up_by_nobody() {
    for absent in ["Nobody took up", "无人承接", "nobody taken up", "尚无地方落实"] {
        assert!(!seeds().contains(absent), "{absent}");
    }
}

#[test]
fn every_article_of_a_long_policy_has_its_address() {
    let articles: Vec<String> = (1..=60)
        .map(|n| format!(r#"{{"n":{n},"chapter":1,"heading":"监管任务{n}","basis":"text"}}"#))
        .collect();
    let outline = format!(
        r#"{{"number":"国药监〔2025〕7号","title":"国家药监局关于加强药品监管的意见","issuers":["国家药品监督管理局"],"dates":{{}},"chapters":[],"articles":[{}]}}"#,
        articles.join(",")
    );
    let lexicon = Lexicon::builtin().with(policygraph::Vocabulary::Outlines, &outline).unwrap();
    let mut corpus = Corpus::new();
    let printed = "关于药品的若干措施\n为落实《国家药监局关于加强药品监管的意见》（国药监〔2025〕7号），制定本措施。\n(一)完成监管任务41。\n";
    corpus.insert(read(&lexicon, "long", printed));
    let graph = corpus.graph(&lexicon);
    let page = report::html(&Index::new(&*graph, &lexicon), &Options::default());
    assert!(graph.articles().len() >= 60);
    for article in graph.articles() {
        let key = graph.key(article).to_string();
        assert!(page.contains(&format!(" id=\"{key}\"")), "no address of {key}");
    }
}

#[test]
fn an_empty_graph_is_a_page() {
    let page = page_of(&Corpus::new().graph(Lexicon::builtin()));
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn a_folder_has_a_page_for_each_document_and_its_links_have_targets() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::new(builtin(), Lexicon::builtin());
    let options = Options { max_documents: 5, ..Options::default() };
    report::save(&index, &options, folder.path()).unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let mut pages: HashMap<String, String> = HashMap::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        pages.insert(name.clone(), read(&name));
    }
    for document in builtin().documents().map(|id| builtin().at(id)) {
        assert!(pages.contains_key(&format!("d-{}.html", document.key())));
    }
    let mut links = 0;
    for (name, page) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        assert!(page.contains("<script src=\"report.js\"") && page.contains("href=\"report.css\""));
        for href in page.split(" href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
            let (file, address) = href.split_once('#').unwrap_or((href, ""));
            let target = if file.is_empty() { name } else { file };
            let target = pages.get(target).unwrap_or_else(|| panic!("{name}: no file for {href}"));
            // Words that are no fact have no element: the script marks them.
            if !address.is_empty() && !address.contains('@') {
                assert!(target.contains(&format!(" id=\"{address}\"")), "{name}: {href}");
                links += 1;
            }
        }
    }
    assert!(links > 1000, "{links}");
}
