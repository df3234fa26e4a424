//! The alarm: danger to life that nobody has read for ten minutes is told to the person on call, by
//! SMS, once. It never tells the words, and never stays silent at the desk: the banner stands there
//! whether or not a number is set.

use record::Id;
use store::{AppendError, Change, Decision, Name, Put, Statement, StoreError};

use super::acts;
use super::drawers::{ALARMS, SETTINGS};
use super::intake::e164;
use super::outbound::{self, Message};
use super::queries::desk;
use super::views::Voice;
use crate::door::{House, Rate, Trouble};

/// How long danger to life may stay unread before somebody is called (milliseconds).
pub const UNREAD_MS_MAX: i64 = 10 * 60 * 1000;

/// Danger on a paper sheet said longer ago than this is found at the desk, not rung for
/// (milliseconds).
const SAID_MS_MAX: i64 = 24 * 60 * 60 * 1000;

/// Calls for a focal point: one brings somebody to all reports that came meanwhile.
const FOCAL_ALARMS: Rate = Rate { name: "focal alarms", times: 1, within_ms: UNREAD_MS_MAX };

/// The alarm is one for all reports, wherever they come from.
const EVERYBODY: [u8; 16] = [0; 16];

/// The setting in which the number on call lies, sealed.
const ON_CALL: &str = "on-call";
/// Nothing leaves before an alarm.
const URGENCY_ALARM: i64 = 2;

/// Calls the person on call for every voice of danger to life that was left unread. Returns how
/// many were told of. While no number is set nobody is called and nothing is noted, so that a
/// number set later still rings for what is unread then.
///
/// # Errors
/// When the store fails.
pub async fn ring(house: &House) -> Result<usize, Trouble> {
    let Some(number) = on_call(house).await? else { return Ok(0) };
    let now = house.now_ms();
    let unread = desk::to_ring(house, now - SAID_MS_MAX, now - UNREAD_MS_MAX).await?;
    let mut rung = 0;
    for voice in unread {
        let change = alarm(house, &voice, &number);
        match house.store().append(change).await {
            Ok(_) => rung += 1,
            // Another process of this node was quicker, or the node was restored since.
            Err(AppendError::Taken { .. }) => {
                let puts = vec![Put { table: ALARMS, row: vec![voice.id.into(), now.into()] }];
                let noted = Decision { puts, ..Decision::default() };
                house.store().append(Change::writing(noted)).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    if rung > 0 {
        house.outbound().notify_one();
    }
    Ok(rung)
}

fn alarm(house: &House, voice: &Voice, number: &str) -> Change {
    let now = house.now_ms();
    // A corrected voice has been unread since its correction.
    let minutes = ((now - voice.last_ms) / 60_000).to_string();
    let code = acts::shown_code(voice);
    let args = [("code", code.as_str()), ("minutes", minutes.as_str())];
    let message = if voice.held {
        for_focal_points(house, number)
    } else {
        Message::new(number, first_lang(house), "sms-alarm", &args)
    };
    let mut decision = Decision::default();
    outbound::tell(&mut decision, house, &message, (Id::NONE, voice.id), URGENCY_ALARM);
    decision.puts.push(Put { table: ALARMS, row: vec![voice.id.into(), now.into()] });
    let name = Name { space: "alarm", key: house.vault().keyed("alarm", &voice.id.0) };
    Change::writing(decision).claiming(name, voice.id)
}

/// Danger to life that only a focal point may read: whoever is on call fetches one.
fn for_focal_points(house: &House, number: &str) -> Message {
    Message::new(number, first_lang(house), "sms-alarm-focal", &[])
}

fn first_lang(house: &House) -> page::Lang {
    house.city().languages.first().copied().unwrap_or(page::Lang::En)
}

/// Whether danger that a report speaks of calls for a focal point: not again so soon.
pub(super) fn may_call_focal_point(house: &House) -> bool {
    house.limits().take(FOCAL_ALARMS, EVERYBODY, house.now_ms())
}

/// The report was not kept, and so nobody was called for it.
pub(super) fn nobody_was_called(house: &House) {
    house.limits().give_back(FOCAL_ALARMS, EVERYBODY);
}

/// Adds the call for a focal point to what keeps a report that speaks of danger to life. It is made
/// at once: nobody at the desk could have read it. It says nothing of the report, nor its code.
///
/// # Errors
/// When the store fails.
pub(super) async fn for_report(house: &House, decision: &mut Decision) -> Result<(), StoreError> {
    if let Some(number) = on_call(house).await? {
        let message = for_focal_points(house, &number);
        outbound::tell(decision, house, &message, (Id::NONE, Id::NONE), URGENCY_ALARM);
    }
    Ok(())
}

/// The number that is called for danger to life; none when none was set.
///
/// # Errors
/// When the store fails.
pub async fn on_call(house: &House) -> Result<Option<String>, StoreError> {
    let Some(sealed) = desk::setting(house, ON_CALL).await? else { return Ok(None) };
    let opened = seal::open(&house.vault().key_for(ON_CALL), ON_CALL.as_bytes(), &sealed);
    Ok(opened.ok().and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Sets the number that is called for danger to life; an empty one takes it away.
///
/// # Errors
/// When it is no number, or the store fails.
pub async fn set_on_call(house: &House, typed: &str) -> Result<(), Trouble> {
    let mut decision = Decision::default();
    if typed.trim().is_empty() {
        let gone = Statement::new(desk::SETTING_GONE, vec![ON_CALL.into()]);
        decision.statements.push(gone);
    } else {
        let number = e164(typed)?;
        let key = house.vault().key_for(ON_CALL);
        let sealed = seal::seal(&key, ON_CALL.as_bytes(), number.as_bytes());
        decision.puts.push(Put { table: SETTINGS, row: vec![ON_CALL.into(), sealed.into()] });
    }
    house.store().append(Change::writing(decision)).await?;
    Ok(())
}
