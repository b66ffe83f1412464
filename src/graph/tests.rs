//! The graph of real records: facts that anyone can check in data/seeds.

use super::*;
use crate::corpus::Corpus;
use crate::lexicon::Lexicon;
use crate::model::*;

fn corpus() -> Corpus {
    sample::records().into_iter().collect()
}

fn graph() -> Graph {
    corpus().graph(Lexicon::builtin())
}

#[test]
fn shareable() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Graph>();
    shared::<Corpus>();
}

#[test]
fn print() {
    let g = graph();
    println!("{g:#?}");
    for p in g.policies() { println!("{:?} {:?} {:?}", g.at(p), g.at(p).number(), g.at(p).wordings().collect::<Vec<_>>()); }
    for m in g.measures() { println!("{:?} {:?} {:?}", g.at(m), g.at(m).title(), g.at(m).articles().map(|a| (a.n(), a.proof())).collect::<Vec<_>>()); }
}
