//! Automatic numbers as Word writes them (ST_NumberFormat, ECMA-376 part 1, 17.18.59).

/// Returns a number in a format of Word; `None` if the format shows no number: a bullet, or none.
///
/// A format that is not known is decimal.
pub(super) fn numeral(n: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" | "bullet" => return None,
        "chineseCounting" if n > 99 => digits(n, '○'),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseDigitalTenThousand" => counting(
            n,
            ["", "十", "百", "千", "万"],
            ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
        ),
        "chineseLegalSimplified" => counting(
            n,
            ["", "拾", "佰", "仟", "万"],
            ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
        ),
        "ideographDigital" | "taiwaneseDigital" => digits(n, '〇'),
        "ideographTraditional" => cycle(n, "甲乙丙丁戊己庚辛壬癸")?,
        "ideographZodiac" => cycle(n, "子丑寅卯辰巳午未申酉戌亥")?,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(n, '①', 20),
        "decimalEnclosedParen" => enclosed(n, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(n, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(n, '㊀', 10),
        "decimalFullWidth" | "decimalFullWidth2" => {
            n.to_string().chars().map(crate::text::full_width).collect()
        }
        "decimalZero" => format!("{n:02}"),
        "upperLetter" => letters(n, b'A'),
        "lowerLetter" => letters(n, b'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        _ => n.to_string(),
    })
}

/// Writes 21 as 二十一, 110 as 一百一十, 101 as 一百零一, 10 as 十.
fn counting(n: u32, units: [&str; 5], digits: [&str; 10]) -> String {
    if n == 0 || n > 99_999 {
        return n.to_string();
    }
    let decimal: Vec<usize> =
        n.to_string().bytes().map(|digit| usize::from(digit - b'0')).collect();
    let mut text = String::new();
    let mut zero = false;
    for (place, &digit) in decimal.iter().enumerate() {
        let unit = units[decimal.len() - 1 - place];
        if digit == 0 {
            zero = true;
            continue;
        }
        if zero {
            text += digits[0];
            zero = false;
        }
        // 十一 and not 一十一.
        if !(digit == 1 && decimal.len() == 2 && place == 0 && units[1] == "十") {
            text += digits[digit];
        }
        text += unit;
    }
    text
}

/// Writes 21 as 二一.
fn digits(n: u32, zero: char) -> String {
    let digit = |c: char| match c {
        '0' => zero,
        c => "一二三四五六七八九".chars().nth(c as usize - '1' as usize).unwrap_or(c),
    };
    n.to_string().chars().map(digit).collect()
}

/// Returns the n-th of some signs, from 1, again from the first after the last; `None` for 0.
fn cycle(n: u32, signs: &str) -> Option<String> {
    let count = signs.chars().count();
    let place = (n as usize).checked_sub(1)? % count;
    signs.chars().nth(place).map(String::from)
}

/// Returns the n-th sign of a block of Unicode that has `count`, else the number.
fn enclosed(n: u32, first: char, count: u32) -> String {
    let sign = (1..=count).contains(&n).then(|| char::from_u32(first as u32 + n - 1)).flatten();
    sign.map_or_else(|| n.to_string(), String::from)
}

/// Writes 1 as A, 27 as AA, 53 as AAA.
fn letters(n: u32, first: u8) -> String {
    /// Maximum number of letters.
    const MAX_LETTERS: u32 = 30;
    let Some(place) = n.checked_sub(1).filter(|place| place / 26 < MAX_LETTERS) else {
        return n.to_string();
    };
    let letter = char::from(first + u8::try_from(place % 26).unwrap_or_default());
    (0..=place / 26).map(|_| letter).collect()
}

/// Writes 14 as XIV.
fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 3999 {
        return n.to_string();
    }
    let mut left = n;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text += sign;
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[track_caller]
    fn check(format: &str, expected: &[(u32, &str)]) {
        for &(n, words) in expected {
            assert_eq!(numeral(n, format).as_deref(), Some(words), "{n} as {format}");
        }
    }

    #[test]
    fn formats_of_word() {
        let thousand = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (21, "二十一"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (100_000, "100000"),
        ];
        check("chineseCountingThousand", &thousand);
        check("chineseCounting", &[(12, "十二"), (105, "一○五")]);
        check("chineseLegalSimplified", &[(3, "叁"), (12, "壹拾贰")]);
        check("ideographTraditional", &[(1, "甲"), (11, "甲")]);
        check("decimalEnclosedCircleChinese", &[(1, "①"), (20, "⑳"), (21, "21")]);
        check("decimalFullWidth", &[(12, "１２")]);
        check("upperLetter", &[(1, "A"), (27, "AA"), (1000, "1000")]);
        check("lowerRoman", &[(4, "iv"), (1994, "mcmxciv")]);
        check("decimalZero", &[(7, "07")]);
        check("somethingElse", &[(7, "7")]);
        assert_eq!(numeral(1, "bullet"), None);
    }
}
