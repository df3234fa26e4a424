//! What is exchanged in the story: requests, offers, advice by a link, goods on waybills. Whoever
//! offers by SMS does so from a phone of the simulator; whether goods arrived is never said here.

use record::Id;
use rooms::door::Trouble;
use rooms::resources::rules::{Actor, Given, Wayward};
use rooms::resources::{
    AdviceInvited, AdviceWords, LotStocked, OfferMade, RequestAsked, acts, queries,
};
use serde::Deserialize;

use super::{Act, Civic};

/// Something is asked for.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Asking {
    request: String,
    item: String,
    amount: i64,
    what: String,
    need: Option<String>,
    area: Option<String>,
    body: Option<String>,
    counterpart: String,
    /// So many days before today.
    wanted: i64,
    /// So many days before today.
    hand_over: i64,
    #[serde(default)]
    languages: Vec<String>,
    urgency: u8,
    by: String,
}

/// A body offers something.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Offering {
    offer: String,
    item: String,
    amount: i64,
    body: String,
    giver: String,
    area: Option<String>,
    #[serde(default)]
    price_minor: i64,
    by: String,
}

/// A part of the first open offer of an item, or of one that the story made, is taken.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Taking {
    take: String,
    offer: Option<String>,
    request: String,
    amount: i64,
    by: String,
}

/// Somebody who knows the matter is invited, and advises.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Advising {
    advice: String,
    request: String,
    discipline: String,
    who: String,
    words: String,
    wrong_if: String,
    by: String,
}

/// The local owner answers an advice.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Heeding {
    advice: String,
    accepted: bool,
    reason: String,
    useful: bool,
    word: String,
    by: String,
}

/// Goods leave a lot on a waybill.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Sending {
    waybill: String,
    lot: String,
    area: String,
    amount: i64,
    carrier: String,
    request: Option<String>,
    by: String,
}

/// Goods are taken into stock.
#[derive(Debug, Deserialize)]
pub(in crate::demo) struct Stocking {
    lot: String,
    item: String,
    amount: i64,
    area: String,
    source: String,
    /// So many days before today.
    good_until: Option<i64>,
    by: String,
}

impl Civic<'_> {
    pub(super) async fn about_exchange(&mut self, act: &Act) -> Result<(), Trouble> {
        let house = self.house;
        match act {
            Act::Ask(asking) => self.ask(asking).await,
            Act::Offer(offering) => self.offer(offering).await,
            Act::TakePart(taking) => self.take_part(taking).await,
            Act::Commit { take, by } => {
                let (offer, part) = self.part(take).await?;
                acts::offers::commit(house, offer, part, self.doer(by).await?).await
            }
            Act::Came { take, amount, why, by } => {
                let (offer, part) = self.part(take).await?;
                let given = Given { take: part, amount: *amount, difference: why.clone() };
                acts::offers::given(house, offer, given, self.doer(by).await?).await
            }
            Act::Vouch { item, by, body } => {
                let (offer, body) = (self.offered(item).await?, self.body(body)?);
                acts::offers::vouch(house, offer, Some(body), self.doer(by).await?).await
            }
            Act::Advise(advising) => self.advise(advising).await,
            Act::Heed(heeding) => self.heed(heeding).await,
            Act::Stock(stocking) => self.stock(stocking).await,
            Act::Send(sending) => self.send(sending).await,
            Act::Receive { waybill, amount, why, by } => {
                let (id, by) = (self.named(&format!("waybill:{waybill}"))?, self.member(by)?);
                acts::goods::receive(house, id, *amount, why.clone(), Some(by)).await
            }
            _ => Ok(()),
        }
    }

    async fn ask(&mut self, asking: &Asking) -> Result<(), Trouble> {
        let need = asking.need.as_deref().map(|need| self.need(need)).transpose()?;
        let asked = RequestAsked {
            number: 0,
            item: asking.item.clone(),
            what: asking.what.clone(),
            amount: asking.amount,
            need,
            body: asking.body.as_deref().map(|body| self.body(body)).transpose()?,
            counterpart: self.member(&asking.counterpart)?,
            wanted_day: self.day(asking.wanted),
            hand_over_day: self.day(asking.hand_over),
            languages: asking.languages.clone(),
            remote: false,
            urgency: asking.urgency,
        };
        let area = asking.area.as_deref().map(|area| self.area(area)).transpose()?;
        let by = Some(self.member(&asking.by)?);
        let id = acts::requests::ask(self.house, asked, area, by).await?;
        self.made.insert(format!("request:{}", asking.request), id);
        Ok(())
    }

    fn request(&self, name: &str) -> Result<Id, Trouble> {
        self.named(&format!("request:{name}"))
    }

    async fn offer(&mut self, offering: &Offering) -> Result<(), Trouble> {
        let priced = offering.price_minor > 0;
        let made = OfferMade {
            item: offering.item.clone(),
            amount: offering.amount,
            price_minor: offering.price_minor,
            currency: if priced { super::CURRENCY.to_owned() } else { String::new() },
            from_day: self.today - 21,
            until_day: self.day(-60),
            giver: offering.giver.clone(),
            body: Some(self.body(&offering.body)?),
            ..OfferMade::default()
        };
        let area = offering.area.as_deref().map(|area| self.area(area)).transpose()?;
        let by = Some(self.member(&offering.by)?);
        let id = acts::offers::make(self.house, made, area, by).await?;
        self.made.insert(format!("offer:{}", offering.offer), id);
        Ok(())
    }

    /// The open offer of an item that somebody made by SMS last.
    async fn offered(&self, item: &str) -> Result<Id, Trouble> {
        let all = queries::offers(self.house, (Some(item), None), None).await?;
        let by_voice = all.into_iter().find(|offer| offer.voice.is_some());
        by_voice.map(|offer| offer.id).ok_or(Trouble::NotFound)
    }

    async fn take_part(&mut self, taking: &Taking) -> Result<(), Trouble> {
        let request = self.request(&taking.request)?;
        let offer = match &taking.offer {
            Some(offer) => self.named(&format!("offer:{offer}"))?,
            None => {
                let asked = queries::request(self.house, request).await?;
                self.offered(&asked.ok_or(Trouble::NotFound)?.item).await?
            }
        };
        let by: Actor = self.doer(&taking.by).await?;
        let take = acts::offers::claim(self.house, offer, request, taking.amount, by).await?;
        self.made.insert(format!("take:{}", taking.take), take);
        self.made.insert(format!("taken:{}", taking.take), offer);
        Ok(())
    }

    /// A part by the story's name: of which offer, and which.
    async fn part(&self, take: &str) -> Result<(Id, Id), Trouble> {
        Ok((self.named(&format!("taken:{take}"))?, self.named(&format!("take:{take}"))?))
    }

    async fn advise(&mut self, advising: &Advising) -> Result<(), Trouble> {
        let invited = AdviceInvited {
            request: self.request(&advising.request)?,
            discipline: advising.discipline.clone(),
            until_day: self.day(-14),
        };
        let by = self.doer(&advising.by).await?;
        let code = acts::advice::invite(self.house, invited, &advising.who, by).await?;
        let advice = acts::advice::by_code(self.house, &code).await?;
        let words = AdviceWords {
            who: advising.who.clone(),
            words: advising.words.clone(),
            wrong_if: advising.wrong_if.clone(),
        };
        acts::advice::give(self.house, &advice, &words, (false, true)).await?;
        self.made.insert(format!("advice:{}", advising.advice), advice.id);
        Ok(())
    }

    async fn heed(&self, heeding: &Heeding) -> Result<(), Trouble> {
        let id = self.named(&format!("advice:{}", heeding.advice))?;
        let advice = queries::advice(self.house, id).await?.ok_or(Trouble::NotFound)?;
        let (reason, word) = (heeding.reason.clone(), heeding.word.clone());
        let by = self.doer(&heeding.by).await?;
        acts::advice::settle(self.house, &advice, heeding.accepted, reason, by.clone()).await?;
        acts::advice::rate(self.house, &advice, heeding.useful, word, by).await
    }

    async fn stock(&mut self, stocking: &Stocking) -> Result<(), Trouble> {
        let stocked = LotStocked {
            item: stocking.item.clone(),
            amount: stocking.amount,
            good_until_day: stocking.good_until.map(|before| self.day(before)),
            source: stocking.source.clone(),
            ..LotStocked::default()
        };
        let (area, by) = (self.area(&stocking.area)?, self.member(&stocking.by)?);
        let id = acts::goods::stock(self.house, stocked, Some(area), Some(by)).await?;
        self.made.insert(format!("lot:{}", stocking.lot), id);
        Ok(())
    }

    async fn send(&mut self, sending: &Sending) -> Result<(), Trouble> {
        let wayward = Wayward {
            lot: self.named(&format!("lot:{}", sending.lot))?,
            to: Some(self.area(&sending.area)?),
            amount: sending.amount,
            carrier: Some(self.body(&sending.carrier)?),
            request: sending.request.as_deref().map(|name| self.request(name)).transpose()?,
        };
        let by = self.member(&sending.by)?;
        let id = acts::goods::send(self.house, wayward, Some(by)).await?;
        self.made.insert(format!("waybill:{}", sending.waybill), id);
        Ok(())
    }
}
