//! Tests of the code: what its check catches, and how people type it.

use proptest::prelude::*;

use crate::voices::{CODE_SYMBOLS, Code, NotACode};

const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn code(chance: [u8; 5]) -> String {
    Code::from_chance(chance).plain()
}

proptest! {
    #[test]
    fn every_single_wrong_symbol_is_caught(chance in any::<[u8; 5]>(), place in 0..CODE_SYMBOLS,
        other in 0usize..32) {
        let right = code(chance);
        let mut wrong: Vec<char> = right.chars().collect();
        wrong[place] = SYMBOLS.chars().nth(other).unwrap();
        let wrong: String = wrong.into_iter().collect();
        let read = wrong.parse::<Code>();
        prop_assert_eq!(read.is_ok(), wrong == right);
    }

    #[test]
    fn a_code_is_read_as_people_type_it(chance in any::<[u8; 5]>()) {
        let right = Code::from_chance(chance);
        let shown = right.to_string();
        prop_assert_eq!(shown.len(), CODE_SYMBOLS + 1);
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "),
            shown.replace('0', "o").replace('1', "l"), format!("  {shown} ")] {
            prop_assert_eq!(typed.parse::<Code>(), Ok(right), "{}", typed);
        }
    }

    #[test]
    fn any_text_is_a_code_or_not(text in ".{0,20}") {
        let _ = text.parse::<Code>();
    }
}

/// The share of swapped pairs that the check catches: every one, neighbours or not.
#[test]
fn every_swap_of_two_symbols_is_caught() {
    let (mut swaps, mut caught) = (0, 0);
    for n in 0..2_000u64 {
        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let right: Vec<char> =
            code([mixed[0], mixed[1], mixed[2], mixed[3], mixed[4]]).chars().collect();
        for a in 0..CODE_SYMBOLS {
            for b in a + 1..CODE_SYMBOLS {
                if right[a] == right[b] {
                    continue;
                }
                let mut wrong = right.clone();
                wrong.swap(a, b);
                swaps += 1;
                caught +=
                    usize::from(wrong.into_iter().collect::<String>().parse::<Code>().is_err());
            }
        }
    }
    assert_eq!((caught, swaps > 50_000), (swaps, true));
}

#[test]
fn what_is_no_code_says_why() {
    let check = |typed: &str, expected| assert_eq!(typed.parse::<Code>(), Err(expected), "{typed}");
    check("", NotACode::Shape);
    check("K7M4", NotACode::Shape);
    check("K7M4-QX2R-9", NotACode::Shape);
    check("K7M4-QX2U", NotACode::Shape);
    check("9 moun mouri", NotACode::Shape);
    let right = code([1, 2, 3, 4, 5]);
    let last = if right.ends_with('0') { "1" } else { "0" };
    check(&format!("{}{last}", &right[..7]), NotACode::Check);
}
