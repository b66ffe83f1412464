//! Compares a ranker of your own with the index on the graded pairs: `ranker`.
//!
//! A `Scorer` is any function that scores two measures; the ten lines below define
//! one. `evaluate similarity` compares the usual ones.

mod terminal;

use policygraph::graph::MeasureId;
use policygraph::similar::{Fused, Index, Scorer};
use policygraph::{Lexicon, builtin};
use policygraph_testkit::ranking;
use std::collections::BTreeSet;
use std::process::ExitCode;
use terminal::print_page;

const PAIRS: &str = include_str!("../data/gold/pairs.json");

fn main() -> ExitCode {
    let graph = builtin();
    let index = Index::new(graph, Lexicon::builtin());

    // Yours: the products that both cover, over all that either does.
    let products = |id: MeasureId| graph.covers(id).iter().copied().collect::<BTreeSet<_>>();
    let yours = |a: MeasureId, b: MeasureId| {
        let (a, b) = (products(a), products(b));
        a.intersection(&b).count() as f32 / a.union(&b).count().max(1) as f32
    };

    let fused = Fused::new(&index, 0.9).and(&yours, 0.1);
    let rankers: [(&str, &dyn Scorer); 3] =
        [("yours", &yours), ("the index", &index), ("both, 1 : 9", &fused)];
    let queries = ranking::queries(graph, PAIRS).expect("the pairs are of the seeds");
    let mut page = format!("nDCG@10 [95 % interval], P@1, R@10; {} queries\n", queries.len());
    for (name, scorer) in rankers {
        let scores = ranking::evaluate(&queries, scorer);
        let (low, high) = ranking::confidence_interval(&scores.ndcg);
        let [ndcg, first, recall] = [scores.ndcg, scores.precision_at_1, scores.recall_at_10]
            .map(|values| ranking::mean(&values));
        page += &format!("{ndcg:.3} [{low:.3}, {high:.3}]  {first:.3}  {recall:.3}  {name}\n");
    }
    print_page(&page)
}
