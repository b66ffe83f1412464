//! A ranker of one's own beside the crate's, on the judged pairs: `ranker`.
//!
//! Whatever says how alike two measures are is a `Scorer`; the ten lines below
//! are one. `evaluate similarity` scores the usual ones.

use policygraph::graph::MeasureId;
use policygraph::similar::{Fused, Index, Scorer};
use policygraph::{Lexicon, builtin};
use policygraph_testkit::ranking;
use std::collections::BTreeSet;

const PAIRS: &str = include_str!("../data/gold/pairs.json");

fn main() {
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
    let questions = ranking::questions(graph, PAIRS).expect("the pairs are of the seeds");
    println!("nDCG@10 [95 % interval], P@1, R@10; {} questions", questions.len());
    for (name, scorer) in rankers {
        let reached = ranking::reached(&questions, scorer);
        let (low, high) = ranking::interval(&reached.ndcg);
        let [ndcg, first, recall] =
            [reached.ndcg, reached.first, reached.recall].map(|values| ranking::mean(&values));
        println!("{ndcg:.3} [{low:.3}, {high:.3}]  {first:.3}  {recall:.3}  {name}");
    }
}
