//! What can be recorded about requests, offers, advice and goods: nouns in the past tense, never
//! edited. What a firm or a resident wrote with an offer stays in their voice, sealed; the words of
//! an advice and the name of whoever was invited stay in sealed halves. The rest is public words.

use minicbor::{Decode, Encode};
use record::{Id, Payload};

mod goods;

macro_rules! payload {
    ($name:ident, $kind:literal) => {
        impl Payload for $name {
            const KIND: &'static str = $kind;
        }
    };
}
use payload;

pub use goods::{
    LotAsked, LotHandedOut, LotLost, LotReturned, LotSent, LotStocked, WaybillCancelled,
    WaybillReceived, WaybillSent,
};

/// Something is asked for. The area is the envelope's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct RequestAsked {
    /// The small number people call it by: `R-3`.
    #[n(0)]
    pub number: i64,
    /// What kind of thing or work, a code of `lists`.
    #[n(1)]
    pub item: String,
    /// What for, in public words.
    #[n(2)]
    pub what: String,
    /// How much, in the item's unit.
    #[n(3)]
    pub amount: i64,
    /// The need it is for.
    #[n(4)]
    pub need: Option<Id>,
    /// The body that answers for it.
    #[n(5)]
    pub body: Option<Id>,
    /// The member who works beside whoever comes, and goes on when they leave.
    #[n(6)]
    pub counterpart: Id,
    /// The day it is wanted by, in days since 1970 as the city counts them.
    #[n(7)]
    pub wanted_day: i64,
    /// The day from which the counterpart does it alone.
    #[n(8)]
    pub hand_over_day: i64,
    /// Languages of which one must be spoken; empty when any will do.
    #[n(9)]
    pub languages: Vec<String>,
    /// Whether it can be done from afar.
    #[n(10)]
    pub remote: bool,
    /// 1 can wait … 5 danger to life.
    #[n(11)]
    pub urgency: u8,
}
payload!(RequestAsked, "request.asked");

/// It is asked for no more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestClosed {
    /// Why, in public words.
    #[n(0)]
    pub reason: String,
}
payload!(RequestClosed, "request.closed");

/// The counterpart does it alone from now on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestHandedOver {}
payload!(RequestHandedOver, "request.handed_over");

/// Something supplies it from now on. Written once for each offer, waybill and stop, so that
/// whoever takes more reads under one lock all that was taken before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestSupplied {
    /// The offer, the waybill, or the lot that lies at a stop on the way.
    #[n(0)]
    pub by: Id,
}
payload!(RequestSupplied, "request.supplied");

/// Something useful was answered: an advice that was worth its words, or the yes to something that
/// came. The first one ends the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestHelped {
    /// When that was answered.
    #[n(0)]
    pub given_ms: i64,
}
payload!(RequestHelped, "request.helped");

/// What those who spoke of its need say about what was handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestAnswered {
    /// Whether the need closed by their answers; not so, when it was opened again.
    #[n(0)]
    pub yes: bool,
    /// How much had been received by then.
    #[n(1)]
    pub amount: i64,
}
payload!(RequestAnswered, "request.answered");

/// Those who spoke of its need were asked whether what was promised for it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestAskedAbout {
    /// By which task.
    #[n(0)]
    pub task: Id,
}
payload!(RequestAskedAbout, "request.asked_about");

/// Whoever asked says what it was worth. The last word of anybody stands.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RequestRated {
    /// 1 no use … 5 just what was needed.
    #[n(0)]
    pub stars: u8,
    /// A word on it, public.
    #[n(1)]
    pub word: String,
    /// How much had been received by then.
    #[n(2)]
    pub received: i64,
}
payload!(RequestRated, "request.rated");

/// Somebody offers something. The area is the envelope's; none lies outside the city, or was not
/// said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct OfferMade {
    /// The small number people call it by: `O-5`.
    #[n(0)]
    pub number: i64,
    /// What kind of thing or work, a code of `lists`.
    #[n(1)]
    pub item: String,
    /// How much, in the item's unit; 0 when it was not said.
    #[n(2)]
    pub amount: i64,
    /// What one unit costs, in minor units; 0 is a gift.
    #[n(3)]
    pub price_minor: i64,
    /// Of which currency; empty for a gift.
    #[n(4)]
    pub currency: String,
    /// The first day it can be had, in days since 1970 as the city counts them.
    #[n(5)]
    pub from_day: i64,
    /// The last one.
    #[n(6)]
    pub until_day: i64,
    /// Languages that are spoken.
    #[n(7)]
    pub languages: Vec<String>,
    /// Whether it can be done from afar.
    #[n(8)]
    pub remote: bool,
    /// `resident`, `firm`, `savings_group` or `body`.
    #[n(9)]
    pub giver: String,
    /// The body that offers, when one does.
    #[n(10)]
    pub body: Option<Id>,
    /// The voice it came with, which holds the words and the contact.
    #[n(11)]
    pub voice: Option<Id>,
    /// The body that decides here and on which the giver sits.
    #[n(12)]
    pub conflict: Option<Id>,
}
payload!(OfferMade, "offer.made");

/// Somebody at the desk read the words and put right what the offer is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferSorted {
    /// What kind of thing or work.
    #[n(0)]
    pub item: String,
    /// How much; 0 when it was not said.
    #[n(1)]
    pub amount: i64,
}
payload!(OfferSorted, "offer.sorted");

/// A member says: they can do this, I know their work.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferVouched {
    /// The body the member speaks for.
    #[n(0)]
    pub body: Option<Id>,
}
payload!(OfferVouched, "offer.vouched");

/// The giver sits on a body that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferConflicted {
    /// On which.
    #[n(0)]
    pub body: Id,
}
payload!(OfferConflicted, "offer.conflicted");

/// It was kept away from a request because of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferExcluded {
    /// From which.
    #[n(0)]
    pub request: Id,
    /// Because of which body.
    #[n(1)]
    pub body: Id,
}
payload!(OfferExcluded, "offer.excluded");

/// It is agreed beforehand: it is called when this happens. With an amount it is a standing offer:
/// whoever offers has said yes already, at this place and price, until that day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct OfferArranged {
    /// What calls it, in public words.
    #[n(0)]
    pub trigger: String,
    /// Until when that holds, in days since 1970 as the city counts them.
    #[n(1)]
    pub until_day: i64,
    /// How much is agreed, in the item's unit.
    #[n(2)]
    pub amount: Option<i64>,
    /// What one unit costs then, in minor units; 0 is a gift.
    #[n(3)]
    pub price_minor: Option<i64>,
    /// Of which currency.
    #[n(4)]
    pub currency: Option<String>,
    /// Where it is to be had.
    #[n(5)]
    pub place: Option<Id>,
}
payload!(OfferArranged, "offer.arranged");

/// A part was bought with money that had been paid out for an area.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferBought {
    /// The name of this part.
    #[n(0)]
    pub take: Id,
    /// The area the money is for.
    #[n(1)]
    pub area: Option<Id>,
    /// How much, in the item's unit.
    #[n(2)]
    pub amount: i64,
    /// `here` (the same area), `city` or `outside`.
    #[n(3)]
    pub from: String,
    /// The day, in days since 1970 as the city counts them.
    #[n(4)]
    pub day: i64,
    /// The number of the payment it was bought with.
    #[n(5)]
    pub payment: i64,
}
payload!(OfferBought, "offer.bought");

/// A member takes a part of it for a request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferClaimed {
    /// The name of this part.
    #[n(0)]
    pub take: Id,
    /// For which request.
    #[n(1)]
    pub request: Id,
    /// The area of the request.
    #[n(2)]
    pub area: Option<Id>,
    /// How much.
    #[n(3)]
    pub amount: i64,
    /// `here` (the same area), `city` or `outside`.
    #[n(4)]
    pub from: String,
}
payload!(OfferClaimed, "offer.claimed");

/// The giver said yes: it will come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferCommitted {
    /// Which part.
    #[n(0)]
    pub take: Id,
}
payload!(OfferCommitted, "offer.committed");

/// A part is free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferReleased {
    /// Which part.
    #[n(0)]
    pub take: Id,
}
payload!(OfferReleased, "offer.released");

/// A part came, says the counterpart of the request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferGiven {
    /// Which part.
    #[n(0)]
    pub take: Id,
    /// How much of it.
    #[n(1)]
    pub amount: i64,
    /// Why not all, in public words.
    #[n(2)]
    pub difference: String,
    /// The day, in days since 1970 as the city counts them.
    #[n(3)]
    pub day: i64,
}
payload!(OfferGiven, "offer.given");

/// It is offered no more. The same record whatever the reason, so that none can be read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfferWithdrawn {}
payload!(OfferWithdrawn, "offer.withdrawn");

/// Somebody who knows the matter was invited to advise; who, is the sealed half ([`AdviceWords`]).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdviceInvited {
    /// On which request.
    #[n(0)]
    pub request: Id,
    /// A code of vocabulary 5.9, disciplines.
    #[n(1)]
    pub discipline: String,
    /// The last day for it, in days since 1970 as the city counts them.
    #[n(2)]
    pub until_day: i64,
}
payload!(AdviceInvited, "advice.invited");

/// Advice was given. Its words are the sealed half ([`AdviceWords`]).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdviceGiven {
    /// Whether the adviser gains by what they advise, as they say.
    #[n(0)]
    pub gains: bool,
}
payload!(AdviceGiven, "advice.given");

/// The sealed half of [`AdviceInvited`] and [`AdviceGiven`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct AdviceWords {
    /// Who, as they want to be called.
    #[n(0)]
    pub who: String,
    /// What is advised.
    #[n(1)]
    pub words: String,
    /// What would make it wrong.
    #[n(2)]
    pub wrong_if: String,
}

/// The local owner does as advised.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdviceAccepted {
    /// Why, in public words.
    #[n(0)]
    pub reason: String,
}
payload!(AdviceAccepted, "advice.accepted");

/// The local owner does not.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdviceDeclined {
    /// Why, in public words.
    #[n(0)]
    pub reason: String,
}
payload!(AdviceDeclined, "advice.declined");

/// The local owner says what it was worth.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdviceRated {
    /// Whether it was useful.
    #[n(0)]
    pub useful: bool,
    /// A word on it, public.
    #[n(1)]
    pub word: String,
}
payload!(AdviceRated, "advice.rated");

/// Its words and its adviser are gone, at the adviser's wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdviceErased {}
payload!(AdviceErased, "advice.erased");
