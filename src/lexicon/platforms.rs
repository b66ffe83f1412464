use super::Words;
use super::table::table;

table! {
    /// Names of programmes, and nouns that end names of platforms: `platforms.json`.
    Platforms {
        /// Programmes that are names in quotation marks.
        names: Words,
        /// Programmes that are names without quotation marks.
        plain: Words,
        /// Quoted phrases of manner, which name nothing.
        slogans: Words,
        /// Nouns that end a name.
        heads: Words,
        /// Nouns that end a quoted name.
        quoted_heads: Words,
        /// Words after which a name begins.
        openers: Words,
        /// Words after which a name begins, unless its head is in `wholes`.
        joiners: Words,
        wholes: Words,
        /// Ends of phrases that name nothing in particular.
        generic: Words,
        /// Words after a head that make another thing of it: 试点地区.
        followers: Words,
    }
}
