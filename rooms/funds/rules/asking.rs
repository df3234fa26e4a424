//! Asking for money by SMS: which question comes next, what an answer says, when an application is
//! whole. Pure. It has no rules of its own about money: each answer is put before the rule of
//! the page's form, so that both doors refuse the same things.

use minicbor::{Decode, Encode};
use record::{Id, Refusal};

use super::{WHAT_CHARS_MAX, application, money};
use crate::funds::records::ApplicationMade;
use crate::funds::views::Window;
use crate::needs::FEW;

/// Kinds of groups that a digit names, 1 first. The others ask on the page.
pub const KINDS: [&str; 3] = ["women_led_org", "grassroots_org", "nngo"];
/// The digit that says "everywhere in the city".
const EVERYWHERE: &str = "0";
/// Stands where an answer is still to come, so that the rule can be asked about those that came.
const TO_COME: &str = "-";

/// What is asked, one thing an SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which kind of group, and its name.
    Group,
    /// What will be done, how and by when.
    Work,
    /// Where.
    Where,
    /// How much.
    Amount,
    /// For how many people.
    People,
}

impl Question {
    /// All, in the order in which they are asked: with the message that opens they are six.
    pub const ALL: [Question; 5] =
        [Question::Group, Question::Work, Question::Where, Question::Amount, Question::People];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Question::Group => "group",
            Question::Work => "work",
            Question::Where => "where",
            Question::Amount => "amount",
            Question::People => "people",
        }
    }
}

/// An application that is half said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Asking {
    /// To which window.
    #[n(0)]
    pub window: Id,
    /// In which language.
    #[n(1)]
    pub lang: String,
    /// How many questions are answered.
    #[n(2)]
    pub answered: u8,
    /// One of the constituencies.
    #[n(3)]
    pub kind: String,
    /// The name of the group.
    #[n(4)]
    pub group: String,
    /// What will be done, how and by when.
    #[n(5)]
    pub work: String,
    /// Where; none for the whole city.
    #[n(6)]
    pub area: Option<Id>,
    /// How much, in minor units.
    #[n(7)]
    pub amount_minor: i64,
    /// For how many people.
    #[n(8)]
    pub people: i64,
}

impl Asking {
    /// What is asked next; nothing when all is said.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        Question::ALL.get(usize::from(self.answered)).copied()
    }

    /// The same with one answer more.
    ///
    /// # Errors
    /// The answer cannot be read, or the rule of the form refuses it; the window may have closed.
    pub fn answer(
        &self,
        text: &str,
        window: &Window,
        find: impl Fn(&str) -> Result<Option<Id>, Refusal>,
        today: i64,
    ) -> Result<Asking, Refusal> {
        let mut next = self.clone();
        match self.question() {
            Some(Question::Group) => (next.kind, next.group) = group_said(text)?,
            Some(Question::Work) => text.trim().clone_into(&mut next.work),
            Some(Question::Where) if words::plain(text) == EVERYWHERE => next.area = None,
            Some(Question::Where) if text.trim().is_empty() => {
                return Err(Refusal::new("funds-area-unknown"));
            }
            Some(Question::Where) => next.area = find(text)?,
            Some(Question::Amount) => {
                next.amount_minor = amount_said(text, &window.terms.currency)?;
            }
            Some(Question::People) => next.people = people_said(text)?,
            None => return Ok(next),
        }
        next.answered = next.answered.saturating_add(1);
        // The rule reads what is still to come as something it takes.
        let tried = next.as_if_whole(window);
        let made = tried.made(window);
        application::make(window, Id::NONE, &made, tried.area, today, None)?;
        Ok(next)
    }

    /// The same, with what no rule would refuse in place of what was not asked yet.
    fn as_if_whole(&self, window: &Window) -> Asking {
        let mut whole = self.clone();
        let to_come = Question::ALL.iter().skip(usize::from(self.answered));
        for question in to_come {
            match question {
                Question::Group => {
                    let kind = window.terms.kinds.first().map_or(KINDS[0], String::as_str);
                    kind.clone_into(&mut whole.kind);
                    TO_COME.clone_into(&mut whole.group);
                }
                Question::Work => TO_COME.clone_into(&mut whole.work),
                Question::Where => whole.area = window.terms.areas.first().copied(),
                Question::Amount => whole.amount_minor = 1,
                Question::People => whole.people = FEW,
            }
        }
        whole
    }

    /// What is recorded: the same as from the page.
    #[must_use]
    pub fn made(&self, window: &Window) -> ApplicationMade {
        ApplicationMade {
            window: window.id,
            body_name: self.group.clone(),
            kind: self.kind.clone(),
            what: in_one_line(&self.work),
            people: self.people,
            amount_minor: self.amount_minor,
            how: self.work.clone(),
            channel: "sms".to_owned(),
            ..ApplicationMade::default()
        }
    }
}

/// Numbers of needs in a plan: «N-88», «n-90»; as many as an application may have.
#[must_use]
pub fn need_numbers(plan: &str) -> Vec<i64> {
    let words = plan.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let numbers = words.filter_map(|word| {
        word.strip_prefix(['N', 'n'])?.strip_prefix('-')?.parse().ok().filter(|n| *n > 0)
    });
    numbers.take(application::NEEDS_MAX).collect()
}

/// «1 Fanm Pelikan»: the kind by its digit, and the name.
fn group_said(text: &str) -> Result<(String, String), Refusal> {
    let unclear = || Refusal::new("funds-choice");
    let text = text.trim();
    let first = text.chars().next().ok_or_else(unclear)?;
    let digit = words::plain(&first.to_string()).parse::<usize>().map_err(|_| unclear())?;
    let kind = digit.checked_sub(1).and_then(|at| KINDS.get(at)).ok_or_else(unclear)?;
    let rest = text.get(first.len_utf8()..).unwrap_or_default();
    // «12 friends» is no first kind with the name «2 friends».
    if rest.starts_with(|c: char| c.is_numeric()) {
        return Err(unclear());
    }
    let name = rest.trim_matches(|c: char| c.is_whitespace() || ".,:;)-".contains(c));
    if name.is_empty() {
        return Err(Refusal::new("funds-words-empty"));
    }
    Ok(((*kind).to_owned(), name.to_owned()))
}

/// «1500», «1500 USD», «USD 1500.50»: in the window's currency, or refused by name.
fn amount_said(text: &str, currency: &str) -> Result<i64, Refusal> {
    let text = text.trim();
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let named = letters.to_ascii_uppercase();
    if money::CURRENCIES.contains(&named.as_str()) && named != currency {
        return Err(Refusal::new("funds-currency"));
    }
    let bare = if named == currency {
        let at_end = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        at_end.trim_end_matches(|c: char| c.is_ascii_alphabetic())
    } else {
        text
    };
    money::typed(bare.trim(), currency)
}

fn people_said(text: &str) -> Result<i64, Refusal> {
    let plain = words::plain(text);
    plain.parse().map_err(|_| Refusal::new("funds-people").naming("few", FEW))
}

/// The first sentence of what is said, or as many of its words as one line holds.
fn in_one_line(work: &str) -> String {
    let whole = work.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = whole.split(". ").next().unwrap_or_default();
    cut(first.trim_end_matches('.'), WHAT_CHARS_MAX)
}

/// As many whole words as there is room for.
#[must_use]
pub fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split(' ') {
        // Three points say that more was said.
        if kept.chars().count() + word.chars().count() + 4 > chars_max {
            break;
        }
        kept = if kept.is_empty() { word.to_owned() } else { format!("{kept} {word}") };
    }
    if kept.is_empty() {
        kept = text.chars().take(chars_max.saturating_sub(3)).collect();
    }
    format!("{kept}...")
}
