//! Proposals by residents: pure rules on their records. They are looked at for names only; none is
//! kept back in silence, and nobody supports one twice.

use record::{Draft, Id, Payload, Refusal};
use store::Known;

use super::super::records::{
    ProposalCounted, ProposalDecided, ProposalLeftOut, ProposalMade, ProposalRefused,
    ProposalShown, ProposalSupported, ProposalTakenUp, ProposedWords,
};
use super::super::views::{LISTS_MAX, Proposal};
use super::super::words::{
    PROPOSED_CHARS_MAX, REASON_CHARS_MAX, TITLE_CHARS_MAX, line, public_words,
};
use super::counting::PEOPLE_MAX;

/// How a proposal may come: left on a page, from a voice, on paper, at a meeting, or from women who
/// met alone.
pub const ROADS: [&str; 5] = ["page", "voice", "paper", "meeting", "women"];
/// How supporters are counted by hand.
pub const BY_HAND: [&str; 2] = ["paper", "meeting"];

type Drafts = Result<Vec<Draft>, Refusal>;

/// Words as they may become public.
///
/// # Errors
/// A title or words are missing, too long, or point at a person.
pub fn fit(words: &ProposedWords) -> Result<ProposedWords, Refusal> {
    let measured = measured(words)?;
    public_words(&measured.title, TITLE_CHARS_MAX, "proposal-empty")?;
    public_words(&measured.words, PROPOSED_CHARS_MAX, "proposal-empty")?;
    Ok(measured)
}

/// Words as they may be kept until somebody looks at them.
///
/// # Errors
/// A title or words are missing or too long.
pub fn measured(words: &ProposedWords) -> Result<ProposedWords, Refusal> {
    let title = line(&words.title, TITLE_CHARS_MAX)?;
    let said = line(&words.words, PROPOSED_CHARS_MAX)?;
    if title.is_empty() || said.is_empty() {
        return Err(Refusal::new("proposal-empty"));
    }
    Ok(ProposedWords { title, words: said })
}

/// Somebody proposes something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposing {
    /// Its number.
    pub number: i64,
    /// Where; none for the whole city.
    pub area: Option<Id>,
    /// One of [`ROADS`].
    pub via: String,
    /// The voice it came from.
    pub from_voice: Option<Id>,
    /// The words, sealed under the proposal's own key, until somebody looks at them.
    pub sealed: Vec<u8>,
    /// The words, when somebody at the desk wrote them down and looked at them at once.
    pub looked: Option<ProposedWords>,
}

/// A proposal is made; public at once when the desk wrote it down.
///
/// # Errors
/// The words are not fit for everybody to read.
pub fn make(id: Id, asked: &Proposing, by: Option<Id>) -> Drafts {
    let via = ROADS.into_iter().find(|road| *road == asked.via).unwrap_or("page");
    let made =
        ProposalMade { number: asked.number, from_voice: asked.from_voice, via: via.to_owned() };
    let first = Draft::new(id, &made).area(asked.area).by(by).sealing(asked.sealed.clone());
    let mut drafts = vec![first];
    if let Some(words) = &asked.looked {
        let ProposedWords { title, words } = fit(words)?;
        drafts.push(Draft::new(id, &ProposalShown { title, words }).area(asked.area).by(by));
    }
    Ok(drafts)
}

fn known_one(id: Id, known: &Known) -> Result<Proposal, Refusal> {
    let proposal = Proposal::fold(id, known.of(id));
    if proposal.number == 0 {
        return Err(Refusal::new("proposal-unknown").status(404));
    }
    Ok(proposal)
}

fn draft<P: Payload>(proposal: &Proposal, payload: &P, by: Option<Id>) -> Draft {
    Draft::new(proposal.id, payload).area(proposal.area).by(by)
}

/// A member looked at a proposal for names, and it is public in these words. One that was refused
/// may be shown after all.
///
/// # Errors
/// It is public already; the words are not fit for everybody to read.
pub fn show(id: Id, known: &Known, words: &ProposedWords, by: Option<Id>) -> Drafts {
    let proposal = known_one(id, known)?;
    if !matches!(proposal.status(), "made" | "refused") {
        return Err(Refusal::new("proposal-looked").status(409));
    }
    let ProposedWords { title, words } = fit(words)?;
    Ok(vec![draft(&proposal, &ProposalShown { title, words }, by)])
}

/// A proposal is not shown, for a reason that is. Only one that nobody has shown yet can be
/// refused: what residents may support is not taken away from them.
///
/// # Errors
/// It was looked at already; the reason is missing or names somebody.
pub fn refuse(id: Id, known: &Known, reason: &str, by: Option<Id>) -> Drafts {
    let proposal = known_one(id, known)?;
    if proposal.status() != "made" {
        return Err(Refusal::new("proposal-looked").status(409));
    }
    let reason = public_words(reason, REASON_CHARS_MAX, "assembly-reason-empty")?;
    Ok(vec![draft(&proposal, &ProposalRefused { reason }, by)])
}

/// A proposal that people may support: public and not decided.
fn open(id: Id, known: &Known) -> Result<Proposal, Refusal> {
    let proposal = known_one(id, known)?;
    match proposal.status() {
        "shown" | "on_agenda" | "left_out" => Ok(proposal),
        _ => Err(Refusal::new("proposal-not-open").status(409)),
    }
}

/// One person supports it by SMS. That they do so once is held by the name that is claimed with it.
///
/// # Errors
/// Nobody can support it now.
pub fn support(id: Id, known: &Known) -> Drafts {
    let proposal = open(id, known)?;
    Ok(vec![draft(&proposal, &ProposalSupported { via: "sms".to_owned() }, None)])
}

/// Somebody counted a list of signatures or a show of hands. It counts when another finds the same.
///
/// # Errors
/// Nobody can support it now; the number cannot be right; there are too many lists.
pub fn counted(id: Id, known: &Known, counted: &ProposalCounted, by: Option<Id>) -> Drafts {
    let proposal = open(id, known)?;
    if !(1..=PEOPLE_MAX).contains(&counted.n) {
        return Err(Refusal::new("assembly-count-wrong").naming("most", PEOPLE_MAX));
    }
    let is_new = proposal.lists.iter().all(|list| list.list != counted.list);
    if is_new && proposal.lists.len() >= LISTS_MAX {
        return Err(Refusal::new("proposal-lists-many").naming("lists", LISTS_MAX));
    }
    if !BY_HAND.contains(&counted.via.as_str()) {
        return Err(Refusal::new("assembly-counter-unknown"));
    }
    Ok(vec![draft(&proposal, counted, by)])
}

/// It is on the published agenda of an assembly; said twice, it says nothing new.
///
/// # Errors
/// It is not known.
pub fn taken_up(id: Id, known: &Known, assembly: Id, by: Option<Id>) -> Drafts {
    let proposal = known_one(id, known)?;
    if proposal.assembly == Some(assembly) {
        return Ok(Vec::new());
    }
    Ok(vec![draft(&proposal, &ProposalTakenUp { assembly }, by)])
}

/// An assembly's published agenda leaves it out, and says why.
///
/// # Errors
/// It is not known; the reason is missing or names somebody.
pub fn left_out(id: Id, known: &Known, assembly: Id, reason: &str, by: Option<Id>) -> Drafts {
    let proposal = known_one(id, known)?;
    let reason = public_words(reason, REASON_CHARS_MAX, "assembly-reason-empty")?;
    Ok(vec![draft(&proposal, &ProposalLeftOut { assembly, reason }, by)])
}

/// An assembly resolved what it proposed.
///
/// # Errors
/// It is not known.
pub fn decided(id: Id, known: &Known, decision: Id, yes: bool, by: Option<Id>) -> Drafts {
    let proposal = known_one(id, known)?;
    Ok(vec![draft(&proposal, &ProposalDecided { decision, yes }, by)])
}
