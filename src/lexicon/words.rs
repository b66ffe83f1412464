use serde::Deserialize;

/// A set of words that is asked what a text starts or ends with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Words {
    /// By first character, longer words first.
    by_first: Vec<(char, String)>,
    /// By last character, longer words first.
    by_last: Vec<(char, String)>,
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Self {
        let keyed = |key: fn(&str) -> Option<char>| {
            let mut keyed: Vec<_> =
                words.iter().filter_map(|word| Some((key(word)?, word.clone()))).collect();
            keyed.sort_by(|(a, x), (b, y)| (a, y.len(), x).cmp(&(b, x.len(), y)));
            keyed
        };
        Words {
            by_first: keyed(|word| word.chars().next()),
            by_last: keyed(|word| word.chars().next_back()),
        }
    }
}

impl Words {
    /// The longest word that `text` starts with.
    pub fn start(&self, text: &str) -> Option<&str> {
        let mut words = group(&self.by_first, text.chars().next()?);
        words.find(|word| text.starts_with(word))
    }

    /// The longest word that `text` ends with.
    pub fn end(&self, text: &str) -> Option<&str> {
        let mut words = group(&self.by_last, text.chars().next_back()?);
        words.find(|word| text.ends_with(word))
    }

    /// Where the last of the words in `text` ends, if there is one.
    pub fn last_end(&self, text: &str) -> Option<usize> {
        let ends = text.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        ends.into_iter().find(|&end| self.end(&text[..end]).is_some())
    }

    /// The last of the words in `text`: where it starts and its length.
    pub fn last(&self, text: &str) -> Option<(usize, usize)> {
        let end = self.last_end(text)?;
        let len = self.end(&text[..end])?.len();
        Some((end - len, len))
    }

    pub fn contains(&self, word: &str) -> bool {
        word.chars().next().is_some_and(|first| group(&self.by_first, first).any(|w| w == word))
    }
}

fn group(words: &[(char, String)], key: char) -> impl Iterator<Item = &str> {
    let start = words.partition_point(|(c, _)| *c < key);
    words[start..].iter().take_while(move |(c, _)| *c == key).map(|(_, word)| word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_words_at_both_ends() {
        let words = Words::from(["减少", "减", "不低于", "低于"].map(String::from).to_vec());
        assert_eq!(words.start("减少一半"), Some("减少"));
        assert_eq!(words.end("每年不低于"), Some("不低于"));
        assert_eq!(words.last("每年不低于40"), Some((6, 9)));
        assert_eq!(words.end("增加"), None);
        assert!(words.contains("减") && !words.contains("少"));
    }
}
