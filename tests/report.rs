//! The report: every measure is named, words are whole, the same bytes come twice.

use policygraph::report::{self, Options};
use policygraph::similar::Index;
use policygraph::{Lexicon, builtin};

fn page() -> String {
    report::html(&Index::new(builtin(), Lexicon::builtin()), &Options::default())
}

#[test]
fn every_measure_has_a_card() {
    let page = page();
    for measure in builtin().measures() {
        assert!(page.contains(&format!("id=\"{}\"", builtin().key(measure))));
    }
    assert_eq!(page, self::page());
}
