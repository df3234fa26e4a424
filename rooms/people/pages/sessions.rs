//! Signing in and out, and changing one's passphrase. A passphrase is measured, hashed and dropped;
//! whether a name exists is never told, not even by how long the answer takes.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use record::{Id, Refusal};
use seal::{FocalKey, PASSPHRASE_BYTES_MAX, chance};
use store::{Change, Decision, Name, Put, Statement};
use tokio::sync::Semaphore;

use crate::door::{House, Member, Rate, Trouble};
use crate::people::queries;
use crate::people::rules::{MEMBER_NAME_BYTES_MAX, folded_name, passphrase_fits};
use crate::people::views::drawers::{
    SESSIONS, clear_sessions, credential, end_session, end_sessions, focal_secret,
};

/// How long a session lasts, in milliseconds; it does not grow by being used.
pub const SESSION_MS: i64 = 12 * 60 * 60 * 1000;
/// Wrong attempts to sign in from one origin, under whatever names: an office shares one.
pub const SIGN_IN_ORIGIN: Rate =
    Rate { name: "sign-in-origin", times: 30, within_ms: 10 * 60 * 1000 };
/// Wrong attempts under one name from one origin: whoever guesses shuts the name for themselves
/// only.
pub const SIGN_IN_NAME: Rate = Rate { name: "sign-in-name", times: 10, within_ms: 10 * 60 * 1000 };
/// Wrong attempts under one name from everywhere: many origins together guess no faster than this.
pub const SIGN_IN_NAME_ANYWHERE: Rate =
    Rate { name: "sign-in-name-anywhere", times: 200, within_ms: 10 * 60 * 1000 };
/// Wrong attempts of a member who has signed in at their own passphrase: a focal point says it for
/// the reports they read.
pub const OWN_PASSPHRASE: Rate =
    Rate { name: "own-passphrase", times: 30, within_ms: 10 * 60 * 1000 };

/// Symbols of a token: 32 bytes in hexadecimal.
const TOKEN_CHARS: usize = 64;
/// Passphrases hashed at once: each takes 19 MiB, and a node may have little memory.
const HASHING_MAX: usize = 2;
/// How long an attempt waits for its turn.
const HASHING_WAIT: Duration = Duration::from_secs(20);
/// Stands for the hash of nobody's passphrase, so that it is worked out all the same.
const NOBODY: [u8; 48] = [0; 48];

static HASHING: Semaphore = Semaphore::const_new(HASHING_MAX);

/// The member a session token belongs to, with the roles and bodies they have now. None when the
/// session has ended, or the member has left.
#[must_use]
pub fn who(house: House, token: String) -> Pin<Box<dyn Future<Output = Option<Member>> + Send>> {
    Box::pin(async move {
        if token.len() != TOKEN_CHARS {
            return None;
        }
        let found = queries::session(&house, token_key(&house, &token)).await;
        let found = found.inspect_err(|error| tracing::error!(%error, "a session was not read"));
        let (named, until_ms) = found.ok()??;
        if !named.row.here || until_ms <= house.now_ms() {
            return None;
        }
        let bodies = queries::bodies_of(&house, named.row.id).await.ok()?;
        Some(Member {
            id: named.row.id,
            name: named.name,
            roles: named.row.roles,
            bodies,
            csrf: hex(&house.vault().keyed("csrf", token.as_bytes())),
        })
    })
}

/// Signs a member in from the node itself; returns the value of their cookie.
///
/// # Errors
/// As for [`sign_in_from`].
pub async fn sign_in(house: &House, name: &str, passphrase: &str) -> Result<String, Trouble> {
    sign_in_from(house, [0; 16], name, passphrase).await
}

/// Signs a member in; returns the value of their cookie. Only wrong attempts count against their
/// limits: they are taken first and given back when it was right, so that of many guesses sent at
/// once no more are looked at than of guesses sent one by one.
///
/// # Errors
/// The same refusal for a wrong name and a wrong passphrase; too many wrong attempts; a node that
/// is too busy.
pub async fn sign_in_from(
    house: &House,
    origin: [u8; 16],
    name: &str,
    passphrase: &str,
) -> Result<String, Trouble> {
    if name.len() > MEMBER_NAME_BYTES_MAX * 2 || passphrase.len() > PASSPHRASE_BYTES_MAX {
        return Err(Refusal::new("people-sign-in-wrong").status(401).into());
    }
    let key = name_key(house, name);
    let here = house.vault().keyed("sign-in-from", &[origin, key.key].concat());
    let taken = [(SIGN_IN_ORIGIN, origin), (SIGN_IN_NAME, here), (SIGN_IN_NAME_ANYWHERE, key.key)];
    for (n, (rate, whose)) in taken.into_iter().enumerate() {
        if let Err(refusal) = take(house, rate, whose) {
            // What was not looked at is no guess: it shuts nothing for anybody else.
            taken.iter().take(n + 1).for_each(|(rate, w)| house.limits().give_back(*rate, *w));
            return Err(refusal.into());
        }
    }
    let done = matched(house, &key, passphrase).await;
    let wrong = matches!(&done, Err(Trouble::Refused(refusal)) if refusal.status == 401);
    if !wrong {
        taken.iter().for_each(|(rate, whose)| house.limits().give_back(*rate, *whose));
    }
    done
}

/// Begins a session for the member of this name, if the passphrase is theirs.
async fn matched(house: &House, key: &Name, passphrase: &str) -> Result<String, Trouble> {
    let wrong = || Refusal::new("people-sign-in-wrong").status(401);
    let member = house.store().holder(key).await?.unwrap_or(Id::NONE);
    let kept = queries::hash(house, member).await?;
    if !holds(passphrase, kept.clone().unwrap_or(NOBODY.to_vec())).await? || kept.is_none() {
        return Err(wrong().into());
    }
    let (cookie, put) = session(house, member);
    let now_ms = house.now_ms();
    let change = Change::on(vec![member], move |_| {
        Ok(Decision {
            puts: vec![put.clone()],
            statements: vec![clear_sessions(now_ms)],
            ..Decision::default()
        })
    });
    // Whoever leaves lets go of their name: no session begins behind a leaving.
    house.store().append(change.while_held(key.clone(), member)).await?;
    if queries::hash(house, member).await? != kept {
        // The passphrase was changed while this one was being looked at: it opens nothing now.
        sign_out(house, &cookie).await?;
        return Err(wrong().into());
    }
    Ok(cookie)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(house: &House, token: &str) -> Result<(), Trouble> {
    Ok(house.store().run(vec![end_session(token_key(house, token))]).await?)
}

/// Changes a member's own passphrase, ends all their sessions and begins a new one; returns the
/// value of its cookie. A focal point's key is wrapped anew.
///
/// # Errors
/// The old passphrase is wrong, the new one does not fit, too many attempts, a busy node.
pub async fn change_passphrase(
    house: &House,
    member: Id,
    old: &str,
    new: &str,
) -> Result<String, Trouble> {
    passphrase_fits(new)?;
    check_passphrase(house, member, old).await?;
    let hash = hash(new).await?;
    let rewrapped = match queries::focal_secret(house, member).await? {
        Some(wrapped) => rewrap(old, new, wrapped).await?,
        None => None,
    };
    let (cookie, session) = session(house, member);
    let mut first = vec![credential(member, &hash)];
    first.extend(rewrapped.map(|wrapped| focal_secret(member, &wrapped)));
    // Rows are put before statements run: the old sessions go first, in an act of their own, and
    // whoever is cut off in between has only to sign in again.
    let change = Change::on(vec![member], move |_| {
        let statements: Vec<Statement> = vec![end_sessions(member)];
        Ok(Decision { puts: first.clone(), statements, ..Decision::default() })
    });
    house.store().append(change).await?;
    let begin = Decision { puts: vec![session], ..Decision::default() };
    house.store().append(Change::writing(begin)).await?;
    Ok(cookie)
}

/// Passes when this is the member's own passphrase.
///
/// # Errors
/// It is not; too many attempts; a busy node.
pub async fn check_passphrase(house: &House, member: Id, passphrase: &str) -> Result<(), Trouble> {
    let whose = house.vault().keyed("passphrase-of", &member.0);
    take(house, OWN_PASSPHRASE, whose)?;
    let kept = queries::hash(house, member).await?.unwrap_or(NOBODY.to_vec());
    if passphrase.len() <= PASSPHRASE_BYTES_MAX && holds(passphrase, kept).await? {
        house.limits().give_back(OWN_PASSPHRASE, whose);
        Ok(())
    } else {
        Err(Refusal::new("people-passphrase-wrong").status(403).into())
    }
}

/// The claim by which a member's name is theirs alone.
pub(crate) fn name_key(house: &House, name: &str) -> Name {
    Name { space: "member", key: house.vault().keyed("member", folded_name(name).as_bytes()) }
}

/// The hash of a passphrase, worked out when it is its turn.
pub(crate) async fn hash(passphrase: &str) -> Result<Vec<u8>, Trouble> {
    let passphrase = passphrase.to_owned();
    in_turn(move || seal::hash_passphrase(&passphrase)).await
}

/// Wraps a focal point's key under a passphrase, worked out when it is its turn.
pub(crate) async fn wrap(key: FocalKey, passphrase: &str) -> Result<Vec<u8>, Trouble> {
    let passphrase = passphrase.to_owned();
    in_turn(move || key.wrap(&passphrase)).await
}

/// Opens a focal point's wrap; none when the passphrase is not the one it was wrapped with.
pub(crate) async fn unwrap(
    passphrase: &str,
    wrapped: Vec<u8>,
) -> Result<Option<FocalKey>, Trouble> {
    let passphrase = passphrase.to_owned();
    in_turn(move || FocalKey::unwrap(&passphrase, &wrapped).ok()).await
}

async fn rewrap(old: &str, new: &str, wrapped: Vec<u8>) -> Result<Option<Vec<u8>>, Trouble> {
    match unwrap(old, wrapped).await? {
        Some(key) => wrap(key, new).await.map(Some),
        // It was wrapped under a passphrase from before a steward gave a new one: it stays so.
        None => Ok(None),
    }
}

async fn holds(passphrase: &str, kept: Vec<u8>) -> Result<bool, Trouble> {
    let passphrase = passphrase.to_owned();
    in_turn(move || seal::passphrase_holds(&passphrase, &kept)).await
}

/// Runs slow work beside the runtime, never more than [`HASHING_MAX`] at once.
async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    let busy = |_| Trouble::from(Refusal::new("people-busy").status(503));
    let turn = tokio::time::timeout(HASHING_WAIT, HASHING.acquire()).await.map_err(busy)?;
    let turn = turn.map_err(Trouble::broken)?;
    // The turn goes with the work, which goes on even when whoever asked has hung up.
    let task = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    task.await.map_err(Trouble::broken)
}

/// Counts an attempt.
pub(crate) fn take(house: &House, rate: Rate, key: [u8; 16]) -> Result<(), Refusal> {
    if house.limits().take(rate, key, house.now_ms()) {
        Ok(())
    } else {
        Err(Refusal::new("too-often").status(429))
    }
}

/// A new session: the cookie's value, and its row.
fn session(house: &House, member: Id) -> (String, Put) {
    let mut token = [0; TOKEN_CHARS / 2];
    chance(&mut token);
    let token = hex(&token);
    let now_ms = house.now_ms();
    let row = vec![
        token_key(house, &token).into(),
        member.into(),
        now_ms.into(),
        (now_ms + SESSION_MS).into(),
    ];
    (token, Put { table: SESSIONS, row })
}

fn token_key(house: &House, token: &str) -> [u8; 16] {
    house.vault().keyed("session", token.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
