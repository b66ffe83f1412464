//! The checksum of the vocabularies.

use super::Lexicon;
use crate::sha256::{hex, sha256};
use once_cell::sync::Lazy;

/// The embedded tables, by path.
macro_rules! tables {
    ($($file:literal)*) => {
        [$(($file, include_str!(concat!("../../data/", $file)))),*]
    };
}

/// Digest of the embedded tables.
static EMBEDDED: Lazy<[u8; 32]> = Lazy::new(|| {
    let tables = tables! {
        "lexicon/agencies.json" "lexicon/bodies.json" "lexicon/concepts.json" "lexicon/cues.json"
        "lexicon/duties.json" "lexicon/instruments.json" "lexicon/layout.json"
        "lexicon/modality.json" "lexicon/names.json" "lexicon/platforms.json"
        "lexicon/products.json" "lexicon/quantities.json" "lexicon/regions.json"
        "lexicon/titles.json" "lexicon/zones.json" "policies/gbf-2024-53.json"
    };
    tables.iter().fold([0; 32], |digest, (file, json)| extended(&digest, file, json))
});

/// Returns the digest of tables to which a file is added.
pub(super) fn extended(digest: &[u8; 32], file: &str, json: &str) -> [u8; 32] {
    let of_file = sha256(json.as_bytes());
    sha256(&[digest, file.as_bytes(), b"\0", &of_file].concat())
}

impl Lexicon {
    /// Returns a checksum of the vocabularies: 64 hexadecimal digits of a SHA-256 over the embedded
    /// tables and the entries that [`with`](Self::with) added, in the order of the calls.
    ///
    /// Two lexicons with equal checksums read the same facts with the same release of the crate.
    ///
    /// ```
    /// use policygraph::{Lexicon, Vocabulary};
    ///
    /// let lexicon = Lexicon::builtin();
    /// assert_eq!(lexicon.checksum().len(), 64);
    /// let more = lexicon.with(Vocabulary::Products, r#"{"entries": [{"label": "宠物用药"}]}"#)?;
    /// assert_ne!(more.checksum(), lexicon.checksum());
    /// # Ok::<(), policygraph::Error>(())
    /// ```
    pub fn checksum(&self) -> String {
        hex(&sha256(&[*EMBEDDED, self.additions].concat()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_table_of_the_data_folder_is_in_the_checksum() {
        let code = include_str!("digest.rs");
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut tables = 0;
        for folder in ["lexicon", "policies"] {
            for entry in fs::read_dir(data.join(folder)).unwrap() {
                let file = entry.unwrap().file_name().into_string().unwrap();
                assert!(code.contains(&format!("\"{folder}/{file}\"")), "{folder}/{file}");
                tables += 1;
            }
        }
        assert!(tables > 10);
    }
}
