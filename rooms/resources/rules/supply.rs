//! What supplies a request, looked at together: parts of offers, waybills on the way, lots at stops
//! between. Pure. It never counts by what was read before the lock: whoever was faster is seen.

use record::{Draft, Id, Record, Refusal};

use super::Actor;
use crate::resources::records::RequestSupplied;
use crate::resources::views::{Lot, Offer, Request, Waybill};

/// The code of the refusal of whoever has to look again, since others took at the same moment.
pub const BUSY: &str = "request-busy";

/// All that supplies a request, as it was read under one lock.
#[derive(Clone, Copy)]
pub struct Supply<'a> {
    /// The request's own records.
    pub of_request: &'a [Record],
    /// The offers, waybills and lots, each with its records.
    pub by: &'a [(Id, &'a [Record])],
}

/// What supplies a request, as its own records name it.
pub fn named(of_request: &[Record]) -> impl Iterator<Item = Id> {
    of_request.iter().filter_map(|record| Some(record.read::<RequestSupplied>()?.by))
}

/// Names beside a request what supplies it from now on; nothing when that is known.
#[must_use]
pub fn supplied(request: &Request, of_request: &[Record], by: Id, actor: Option<Id>) -> Vec<Draft> {
    if named(of_request).any(|known| known == by) {
        return Vec::new();
    }
    vec![Draft::new(request.id, &RequestSupplied { by }).area(request.area).by(actor)]
}

impl Supply<'_> {
    /// Whether all that supplies the request was read.
    ///
    /// # Errors
    /// When somebody else took something for it since: look again.
    pub fn whole(&self) -> Result<(), Refusal> {
        let read = |id: Id| self.by.iter().any(|(known, _)| *known == id);
        if named(self.of_request).all(read) {
            return Ok(());
        }
        Err(Refusal::new(BUSY).status(409))
    }

    /// What the request still lacks: neither wanted of anybody yet, nor promised, nor come.
    ///
    /// # Errors
    /// As for [`Supply::whole`].
    pub fn lacks(&self, request: &Request) -> Result<i64, Refusal> {
        self.whole()?;
        let taken = |(id, records): &(Id, &[Record])| {
            let waybill = Waybill::fold(*id, records);
            let carried = Some(request.id) == waybill.request && waybill.number > 0;
            Offer::fold(*id, records).taken_for(request.id)
                + Lot::fold(*id, records).on_the_way_to(request.id)
                + if carried { waybill.promised() } else { 0 }
        };
        Ok((request.amount - self.by.iter().map(taken).sum::<i64>()).max(0))
    }

    /// How much of it came, says the counterpart or whoever signed the waybill.
    #[must_use]
    pub fn received(&self, request: Id) -> i64 {
        let came = |(id, records): &(Id, &[Record])| {
            let waybill = Waybill::fold(*id, records);
            let ended = waybill.number > 0 && waybill.request == Some(request) && waybill.ends();
            let offer = Offer::fold(*id, records);
            let parts = offer.takes.iter().filter(|part| part.request == request);
            parts.map(|part| part.came).sum::<i64>()
                + if ended { waybill.came.unwrap_or(0) } else { 0 }
        };
        self.by.iter().map(came).sum()
    }

    /// Whether a body of this member's gave any of it.
    #[must_use]
    pub fn given_by(&self, request: Id, actor: &Actor) -> bool {
        self.by.iter().any(|(id, records)| {
            let offer = Offer::fold(*id, records);
            offer.body.is_some_and(|body| actor.bodies.contains(&body))
                && offer.taken_for(request) > 0
        })
    }

    /// The parts of offers that are taken for the request and have not come.
    #[must_use]
    pub fn open_parts(&self, request: Id) -> Vec<(Offer, Id)> {
        let mut all = Vec::new();
        for (id, records) in self.by {
            let offer = Offer::fold(*id, records);
            let own = offer.takes.iter().filter(|part| part.request == request);
            let open: Vec<Id> =
                own.filter(|part| part.status != "given").map(|part| part.take).collect();
            all.extend(open.into_iter().map(|take| (offer.clone(), take)));
        }
        all
    }

    /// Whether goods for the request are on a road or lie at a stop on the way.
    #[must_use]
    pub fn on_the_road(&self, request: Id) -> bool {
        self.by.iter().any(|(id, records)| {
            let waybill = Waybill::fold(*id, records);
            let rolls = waybill.number > 0 && waybill.status == "sent";
            (rolls && waybill.request == Some(request))
                || Lot::fold(*id, records).on_the_way_to(request) > 0
        })
    }
}
