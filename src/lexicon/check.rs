use super::table::invalid;
use super::zones::Zone;
use super::{Lexicon, Outline, Product};
use crate::error::Error;
use std::collections::{HashMap, HashSet};

impl Lexicon {
    /// Checks what the entries of the tables require of each other.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.regions.check()?;
        self.names.offices.check()?;
        self.check_agencies()?;
        self.check_bodies()?;
        self.check_zones()?;
        self.check_products()?;
        self.check_concepts()?;
        self.check_outlines()
    }

    /// The national counterpart of a function is a national body.
    fn check_agencies(&self) -> Result<(), Error> {
        for function in &self.agencies.functions {
            if let Some(national) = function.national.as_deref().filter(|name| !self.is_body(name))
            {
                let message = format!(
                    "{}: unknown national body {national}; add it to bodies.json",
                    function.name
                );
                return Err(invalid("agencies.json", message));
            }
        }
        Ok(())
    }

    /// A successor, and the body of an office in a region, are national bodies.
    fn check_bodies(&self) -> Result<(), Error> {
        let successors = self.agencies.bodies.iter().filter_map(|body| body.successor.as_deref());
        let offices = self.names.offices.iter().map(|office| office.national.as_str());
        match successors.chain(offices).find(|name| !self.is_body(name)) {
            Some(name) => Err(invalid("bodies.json", format!("no entry for {name}; add it"))),
            None => Ok(()),
        }
    }

    /// A zone is in a known region.
    fn check_zones(&self) -> Result<(), Error> {
        let unknown = |zone: &&Zone| self.regions.whole(&zone.province).is_none();
        match self.zones.table.iter().find(unknown) {
            Some(Zone { name, province, .. }) => {
                let message = format!("{name}: unknown region {province}; add it to regions.json");
                Err(invalid("zones.json", message))
            }
            None => Ok(()),
        }
    }

    /// Returns true if `name` is the canonical name of a national body.
    fn is_body(&self, name: &str) -> bool {
        self.agencies.body(name) == Some(name)
    }

    /// Labels are unique, parents come before their children, and modifiers and words of several
    /// categories refer to labels that exist.
    fn check_products(&self) -> Result<(), Error> {
        let wrong = |name: &str, problem: String| {
            Err(invalid("products.json", format!("{name}: {problem}")))
        };
        let mut before: HashSet<&str> = HashSet::new();
        for Product { label, broader, .. } in &self.products.entries {
            if let Some(missing) = broader.iter().find(|label| !before.contains(label.as_str())) {
                let problem =
                    format!("unknown broader label {missing}; add an entry for it before this one");
                return wrong(label, problem);
            }
            if !before.insert(label) {
                return wrong(label, "the label has another entry; merge the two".to_owned());
            }
        }
        let known = |label: &&String| before.contains(label.as_str());
        for modifier in &self.products.modifiers {
            if let Some(missing) = modifier.heads.values().find(|label| !known(label)) {
                return wrong(&modifier.modifier, format!("unknown label {missing}; add it first"));
            }
            let heads = &self.products.heads;
            let is_head = |label: &&String| heads.iter().any(|head| head.label == **label);
            if let Some(missing) = modifier.heads.keys().find(|label| !is_head(label)) {
                return wrong(&modifier.modifier, format!("unknown head {missing}; add it first"));
            }
        }
        for both in &self.products.both {
            if let Some(missing) = both.labels.iter().find(|label| !known(label)) {
                return wrong(&both.form, format!("unknown label {missing}; add it first"));
            }
        }
        for selected in &self.products.selected {
            if let Some(missing) = selected.labels.values().find(|label| !known(label)) {
                return wrong(&selected.form, format!("unknown label {missing}; add it first"));
            }
        }
        Ok(())
    }

    /// A form means one concept.
    fn check_concepts(&self) -> Result<(), Error> {
        let mut forms: HashMap<&str, &str> = HashMap::new();
        for concept in self.concepts() {
            for form in &concept.forms {
                if let Some(other) = forms.insert(form, &concept.concept) {
                    let message = format!(
                        "{}: {form} is a form of {other} already; a form means one concept",
                        concept.concept
                    );
                    return Err(invalid("concepts.json", message));
                }
            }
        }
        Ok(())
    }

    /// A policy has one outline, its articles ascend, and their products are labels of categories.
    fn check_outlines(&self) -> Result<(), Error> {
        let mut numbers: HashSet<&str> = HashSet::new();
        for Outline { number, articles, .. } in self.outlines() {
            if !numbers.insert(number) {
                return Err(invalid(number, "the policy has another outline; merge the two"));
            }
            if let Some(pair) = articles.windows(2).find(|pair| pair[0].ordinal >= pair[1].ordinal)
            {
                let [before, article] = [pair[0].ordinal, pair[1].ordinal];
                let message = format!(
                    "article {article} follows article {before}; list them in ascending order"
                );
                return Err(invalid(number, message));
            }
        }
        let labels: HashSet<&str> = self.products().iter().map(|p| p.label.as_str()).collect();
        for outline in self.outlines() {
            let products = outline.articles.iter().flat_map(|article| &article.products);
            if let Some(label) = products.into_iter().find(|label| !labels.contains(label.as_str()))
            {
                return Err(invalid(
                    &outline.number,
                    format!("unknown product {label}; add it to products.json"),
                ));
            }
        }
        Ok(())
    }
}
