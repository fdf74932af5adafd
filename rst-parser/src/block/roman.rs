//! Roman numerals in enumerators ("Enumerated Lists" in the reStructuredText specification). Only the
//! canonical form of a number is accepted.

const DIGITS: [(u32, &str); 13] = [
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

/// The largest number that docutils writes.
const MAX: u32 = 4999;

/// The number in upper case, from 1 to 4999.
pub(super) fn write(mut value: u32) -> Option<String> {
    if !(1..=MAX).contains(&value) {
        return None;
    }
    let mut text = String::new();
    for (digit, letters) in DIGITS {
        while value >= digit {
            text.push_str(letters);
            value -= digit;
        }
    }
    Some(text)
}

/// The value of a numeral in upper case.
pub(super) fn value(text: &str) -> Option<u32> {
    // MMMMDCCCLXXXVIII is the longest numeral.
    if text.len() > 16 {
        return None;
    }
    let mut rest = text;
    let mut value = 0;
    for (digit, letters) in DIGITS {
        while let Some(after) = rest.strip_prefix(letters) {
            value += digit;
            rest = after;
        }
    }
    (rest.is_empty() && write(value).as_deref() == Some(text)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_the_way_there_and_back() {
        for number in 1..=MAX {
            assert_eq!(value(&write(number).unwrap()), Some(number));
        }
    }

    #[test]
    fn other_spellings_are_not_numbers() {
        assert_eq!((value("IIII"), value("VX"), value("")), (None, None, None));
        assert_eq!((write(0), write(5000)), (None, None));
    }
}
