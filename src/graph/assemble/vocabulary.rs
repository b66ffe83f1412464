//! Nodes and edges that the vocabularies know.

use super::Assembly;
use crate::correspond::Articles;
use crate::graph::ids::{AgencyId, ArticleId, RegionId};
use crate::graph::proof::Proof;

impl Assembly<'_> {
    /// Adds the product taxonomy, covered or not.
    pub(super) fn products(&mut self) {
        for product in self.lexicon.products() {
            self.names.products.intern(&product.label);
        }
        self.names.products.keep_order(self.lexicon.products().len());
        for product in self.lexicon.products() {
            let narrow = self.names.products.intern(&product.label);
            for broad in &product.broader {
                let broad = self.names.products.intern(broad);
                self.edges.vocabulary.broader.push(narrow, broad, Proof::Vocabulary);
            }
        }
    }

    /// Adds the articles of the outlined policies, cited or not.
    pub(super) fn outlines(&mut self) {
        let outlined = self.policies.outlined(self.lexicon);
        let mut outlines: Vec<_> = outlined.zip(self.lexicon.outlines()).collect();
        outlines.sort_by_key(|(policy, _)| *policy);
        for (policy, outline) in outlines {
            let first = self.tables.articles.len();
            self.tables.add_articles(policy, outline);
            for (article, of) in (first..).map(ArticleId::from_index).zip(&outline.articles) {
                if self.added.binary_search(&policy).is_ok() {
                    self.edges.vocabulary.consists.push(policy, article, Proof::Vocabulary);
                }
                for product in &of.products {
                    let product = self.names.products.intern(product);
                    self.edges.vocabulary.article_covers.push(article, product, Proof::Vocabulary);
                }
            }
            self.articles.insert(policy, (Articles::new(&self.extractor, outline), first));
        }
    }

    /// Adds the regions, superiors and national counterparts of all agencies. The
    /// counterparts and superiors become agencies too.
    pub(super) fn agencies(&mut self) {
        let mut open: Vec<AgencyId> = self.names.agencies.in_use().collect();
        while let Some(agency) = open.pop() {
            let (region, superior, national) = match self.names.agencies.is_old(agency) {
                true => self.copied_facts(agency, &mut open),
                false => self.looked_up_facts(agency, &mut open),
            };
            let known = &mut self.edges.vocabulary;
            if let Some(region) = region {
                known.belongs_to.push(agency, region, Proof::Vocabulary);
            }
            if let Some(superior) = superior {
                known.superior.push(agency, superior, Proof::Vocabulary);
            }
            if let Some(national) = national {
                known.national.push(agency, national, Proof::Vocabulary);
            }
        }
    }

    /// Facts of an agency from the old graph.
    fn copied_facts(&mut self, agency: AgencyId, open: &mut Vec<AgencyId>) -> AgencyEdges {
        let region = self.old.belongs_to(agency).first().copied();
        let superior = self.old.superior(agency).first().copied();
        let national = self.old.national_counterpart(agency).first().copied();
        region.into_iter().for_each(|region| _ = self.names.regions.mark_in_use(region));
        superior
            .into_iter()
            .chain(national)
            .for_each(|id| self.names.agencies.mark_in_use_open(id, open));
        (region, superior, national)
    }

    /// Facts of an agency from the lexicon.
    fn looked_up_facts(&mut self, agency: AgencyId, open: &mut Vec<AgencyId>) -> AgencyEdges {
        let Some(facts) = self.lexicon.agency(self.names.agencies.name(agency)) else {
            return (None, None, None);
        };
        let mut intern =
            |name: Option<String>| name.map(|name| self.names.agencies.intern_open(&name, open));
        let (superior, national) = (intern(facts.superior), intern(facts.national));
        (Some(self.names.regions.intern(&facts.region)), superior, national)
    }

    /// Adds the regions above all regions, up to 中国.
    pub(super) fn regions(&mut self) {
        let mut open: Vec<RegionId> = self.names.regions.in_use().collect();
        while let Some(region) = open.pop() {
            if let Some(above) = self.lexicon.within(self.names.regions.name(region)) {
                let above = self.names.regions.intern_open(above, &mut open);
                self.edges.vocabulary.within.push(region, above, Proof::Vocabulary);
            }
        }
    }
}

/// An agency's region, superior and national counterpart, as far as known.
type AgencyEdges = (Option<RegionId>, Option<AgencyId>, Option<AgencyId>);
