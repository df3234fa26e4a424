//! What can be recorded of a window's purse: what came, what went, and to whom. All of one window's
//! money is one entity, so that there is one lock for it and no two spend the same coin.

use minicbor::{Decode, Encode};
use record::Id;

use super::payload;

/// The purse of a window was opened, when its terms were first published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseOpened {
    /// The window.
    #[n(0)]
    pub window: Id,
    /// The currency of every amount in it (ISO 4217).
    #[n(1)]
    pub currency: String,
    /// How many pools it has.
    #[n(2)]
    pub pools: i64,
}
payload!(PurseOpened, "purse.opened");

/// An amount as it was given, perhaps in another currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Given {
    /// In minor units of its own currency.
    #[n(0)]
    pub amount_minor: i64,
    /// Its currency.
    #[n(1)]
    pub currency: String,
    /// The rate's digits: units of the window's currency for one of this.
    #[n(2)]
    pub rate_digits: i64,
    /// How many of these digits stand behind the point.
    #[n(3)]
    pub rate_scale: i64,
    /// The day of the rate, in days since 1970.
    #[n(4)]
    pub rate_day: i64,
}

/// Somebody said that they will give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PursePledged {
    /// Its number in this purse.
    #[n(0)]
    pub pledge: i64,
    /// The body that gives; none for private people together.
    #[n(1)]
    pub giver: Option<Id>,
    /// How many hands it goes through, one code of the vocabulary.
    #[n(2)]
    pub directness: String,
    /// The pool it is for, from 0.
    #[n(3)]
    pub pool: i64,
    /// As it was given.
    #[n(4)]
    pub given: Given,
    /// What that is in the window's currency.
    #[n(5)]
    pub amount_minor: i64,
    /// The day by which it is to be paid in.
    #[n(6)]
    pub due_day: i64,
    /// Whether it matches what others pay in.
    #[n(7)]
    pub matches: bool,
}
payload!(PursePledged, "purse.pledged");

/// The giver signed for it, or for a part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseCommitted {
    /// Which pledge.
    #[n(0)]
    pub pledge: i64,
    /// How much.
    #[n(1)]
    pub amount_minor: i64,
    /// What was signed.
    #[n(2)]
    pub instrument: String,
}
payload!(PurseCommitted, "purse.committed");

/// It came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PursePaidIn {
    /// Of which pledge.
    #[n(0)]
    pub pledge: i64,
    /// How much.
    #[n(1)]
    pub amount_minor: i64,
    /// On which day, in days since 1970.
    #[n(2)]
    pub day: i64,
    /// What the bank or the carrier calls it.
    #[n(3)]
    pub reference: String,
    /// As it came, where it came in the pledge's own currency, with the rate of that day.
    #[n(4)]
    pub given: Option<Given>,
}
payload!(PursePaidIn, "purse.paid_in");

/// What was not signed for yet will not come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseWithdrawn {
    /// Which pledge.
    #[n(0)]
    pub pledge: i64,
    /// How much of it.
    #[n(1)]
    pub amount_minor: i64,
    /// Why.
    #[n(2)]
    pub reason: String,
}
payload!(PurseWithdrawn, "purse.withdrawn");

/// Whoever is waited for says why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseReplied {
    /// About which pledge.
    #[n(0)]
    pub pledge: i64,
    /// What.
    #[n(1)]
    pub words: String,
}
payload!(PurseReplied, "purse.replied");

/// A part of a pool was given to an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseAllocated {
    /// The application's number.
    #[n(0)]
    pub application: i64,
    /// The pool.
    #[n(1)]
    pub pool: i64,
    /// How much.
    #[n(2)]
    pub amount_minor: i64,
    /// The most of it that may go into running costs, in minor units.
    #[n(3)]
    pub overhead_minor: i64,
    /// The area it is for; none for the whole city.
    #[n(4)]
    pub area: Option<Id>,
    /// Whether it goes to a women-led body.
    #[n(5)]
    pub women_led: bool,
    /// The day the application came, in days since 1970.
    #[n(6)]
    pub applied_day: i64,
    /// The first day on which it may be paid: appeals come before.
    #[n(7)]
    pub pay_from_day: i64,
    /// The decision of a body that asked for it.
    #[n(8)]
    pub decision: Option<Id>,
    /// The needs it is for.
    #[n(9)]
    pub needs: Vec<Id>,
    /// The application's entity.
    #[n(10)]
    pub of: Id,
    /// The body that applied, where it is a registered one.
    #[n(11)]
    pub body: Option<Id>,
}
payload!(PurseAllocated, "purse.allocated");

/// What was given to an application and not paid goes back to the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseReleased {
    /// The application.
    #[n(0)]
    pub application: i64,
    /// How much.
    #[n(1)]
    pub amount_minor: i64,
    /// Why.
    #[n(2)]
    pub reason: String,
}
payload!(PurseReleased, "purse.released");

/// A payment was prepared; nothing moves before another member approves it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PursePaymentAsked {
    /// The number people call it by, in the whole city.
    #[n(0)]
    pub number: i64,
    /// For which application.
    #[n(1)]
    pub application: i64,
    /// What reaches those who do the work.
    #[n(2)]
    pub amount_minor: i64,
    /// What the carrier keeps.
    #[n(3)]
    pub fee_minor: i64,
    /// What goes into running costs.
    #[n(4)]
    pub overhead_minor: i64,
    /// `mobile_money`, `bank`, `cash`, `voucher` or `in_kind`.
    #[n(5)]
    pub means: String,
    /// What it pays for, in public words.
    #[n(6)]
    pub what: String,
}
payload!(PursePaymentAsked, "purse.payment_asked");

/// Another member approved it, and it was paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PursePaymentApproved {
    /// Which payment.
    #[n(0)]
    pub number: i64,
    /// On which day, in days since 1970.
    #[n(1)]
    pub day: i64,
    /// What the carrier calls it.
    #[n(2)]
    pub reference: String,
}
payload!(PursePaymentApproved, "purse.payment_approved");

/// Another member refused it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PursePaymentRefused {
    /// Which payment.
    #[n(0)]
    pub number: i64,
    /// Why.
    #[n(1)]
    pub reason: String,
}
payload!(PursePaymentRefused, "purse.payment_refused");

/// Those who were paid bought something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseSpent {
    /// Its number in this purse.
    #[n(0)]
    pub spend: i64,
    /// Of which payment.
    #[n(1)]
    pub payment: i64,
    /// How much.
    #[n(2)]
    pub amount_minor: i64,
    /// From which firm or market.
    #[n(3)]
    pub supplier: String,
    /// Whether that one is inside the area.
    #[n(4)]
    pub local: bool,
    /// The number on the bill.
    #[n(5)]
    pub bill: String,
    /// What was bought.
    #[n(6)]
    pub what: String,
    /// On which day, in days since 1970.
    #[n(7)]
    pub day: i64,
    /// The offer it was bought of, where a supplier had one here.
    #[n(8)]
    pub offer: Option<Id>,
    /// How much of that offer, in its unit.
    #[n(9)]
    pub units: Option<i64>,
}
payload!(PurseSpent, "purse.spent");

/// Those who asked for it confirmed what was bought, by the published rule of needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseConfirmed {
    /// Which spend.
    #[n(0)]
    pub spend: i64,
    /// The need they closed.
    #[n(1)]
    pub need: Id,
}
payload!(PurseConfirmed, "purse.confirmed");

/// Those who had closed the need opened it again: what was bought is not confirmed any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseUnconfirmed {
    /// Which spend.
    #[n(0)]
    pub spend: i64,
    /// The need that is open again.
    #[n(1)]
    pub need: Id,
}
payload!(PurseUnconfirmed, "purse.unconfirmed");

/// What was paid and not spent came back into the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseReturned {
    /// Of which payment.
    #[n(0)]
    pub payment: i64,
    /// How much.
    #[n(1)]
    pub amount_minor: i64,
    /// Why.
    #[n(2)]
    pub reason: String,
}
payload!(PurseReturned, "purse.returned");

/// A loan of a revolving window was repaid in part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PurseRepaid {
    /// By which application.
    #[n(0)]
    pub application: i64,
    /// How much.
    #[n(1)]
    pub amount_minor: i64,
}
payload!(PurseRepaid, "purse.repaid");
