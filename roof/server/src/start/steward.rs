//! The first steward, made once: by a name in the store that only one of several tries can take,
//! whichever process it comes to. It never lets two win, and never locks a city out for good when
//! a try was cut off halfway.

use axum::response::Response;
use record::{Id, Refusal};
use rooms::door::{House, Role, Trouble};
use rooms::people::{self, NewMember};
use store::{AppendError, Change, Decision, Name};
use tokio::sync::Mutex;

use super::{Asking, Filled, encrypted, with_cookie};

/// A try that was cut off may be made again after so long (milliseconds).
const TRY_MS_MAX: i64 = 60_000;

static TURN: Mutex<()> = Mutex::const_new(());

/// Makes the steward and signs them in.
pub(super) async fn make(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let (first, second) = (filled.raw("passphrase"), filled.raw("again"));
    if first != second {
        return Err(Refusal::new("start-passphrases-differ").into());
    }
    let token = first_steward(&asking.house, filled.get("member"), first).await?;
    let cookie = people::cookie(&token, encrypted(&asking.headers));
    with_cookie(asking.onward(""), &cookie)
}

/// Makes the first steward; gives the value of their session's cookie.
///
/// # Errors
/// There is a steward already, another try is under way, or the name or passphrase does not fit.
pub(super) async fn first_steward(
    house: &House,
    name: &str,
    passphrase: &str,
) -> Result<String, Trouble> {
    people::passphrase_fits(passphrase)?;
    let _turn = TURN.lock().await;
    let there = || Trouble::from(Refusal::new("start-steward-there").status(409));
    if people::has_steward(house).await? {
        return Err(there());
    }
    let claim = take_turn(house).await?;
    let new = NewMember {
        name: name.to_owned(),
        passphrase: passphrase.to_owned(),
        roles: vec![Role::Steward, Role::Operator],
    };
    if let Err(trouble) = people::join(house, new, None).await {
        let decision = Decision { release: vec![claim], ..Decision::default() };
        house.store().append(Change::writing(decision)).await?;
        return Err(trouble);
    }
    people::sign_in(house, name, passphrase).await
}

/// Takes the name that only one try can hold.
pub(super) async fn take_turn(house: &House) -> Result<Id, Trouble> {
    let name = Name { space: "start", key: house.vault().keyed("start", b"first steward") };
    let busy = || Trouble::from(Refusal::new("start-busy").status(409));
    let claim = Id::fresh(house.now_ms());
    let taking = |claim| Change::writing(Decision::default()).claiming(name.clone(), claim);
    let holder = match house.store().append(taking(claim)).await {
        Ok(_) => return Ok(claim),
        Err(AppendError::Taken { entity, .. }) => entity,
        Err(error) => return Err(error.into()),
    };
    if house.now_ms() - made_ms(holder) < TRY_MS_MAX {
        return Err(busy());
    }
    // That try was cut off before there was a steward: its turn is over.
    let decision = Decision { release: vec![holder], ..Decision::default() };
    house.store().append(Change::writing(decision)).await?;
    match house.store().append(taking(claim)).await {
        Ok(_) => Ok(claim),
        Err(AppendError::Taken { .. }) => Err(busy()),
        Err(error) => Err(error.into()),
    }
}

/// When an id was made, in milliseconds since 1970: its first six bytes.
fn made_ms(id: Id) -> i64 {
    id.0.iter().take(6).fold(0, |ms, byte| (ms << 8) | i64::from(*byte))
}
