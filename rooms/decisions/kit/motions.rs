//! Motions as the phones name them: by their id, or by their place among those from the floor,
//! which both phones know without a network. It never mixes up two evenings.

use record::{Draft, Id, Refusal};
use store::Name;

use super::acts::Deed;
use super::queries::next_number;
use super::rules::{FLOOR_MAX, Said};
use crate::decisions::assemblies::Assembly;
use crate::decisions::resolutions::acts::today;
use crate::decisions::resolutions::records::DecisionMoved;
use crate::decisions::resolutions::rules::{MotionAsked, move_motion};
use crate::decisions::resolutions::{Decision, decision, of_assembly};
use crate::door::{House, Trouble};
use crate::needs;

/// How often a number is tried again when another act took it a moment before.
const NUMBER_TRIES_MAX: usize = 20;

/// The name by which both phones know the n-th motion from the floor of an evening.
fn floor_name(house: &House, assembly: Id, n: u8) -> Name {
    let key = [assembly.0.as_slice(), &[n]].concat();
    Name { space: "kit-floor", key: house.vault().keyed("kit-floor", &key) }
}

/// Which place among those from the floor the motions of an evening have.
///
/// # Errors
/// When the database fails.
pub async fn floor_places(house: &House, assembly: Id) -> Result<Vec<(u8, Id)>, Trouble> {
    let mut places = Vec::new();
    for n in 1..=FLOOR_MAX {
        let holder = house.store().holder(&floor_name(house, assembly, n)).await?;
        places.extend(holder.map(|id| (n, id)));
    }
    Ok(places)
}

/// The motion that a phone names.
///
/// # Errors
/// There is none of that name; the one from the floor has not been sent; it is of another assembly.
pub async fn named(house: &House, assembly: &Assembly, of: &str) -> Result<Decision, Trouble> {
    let id = match of.strip_prefix("floor-") {
        Some(n) => {
            let n = n.parse().map_err(|_| Refusal::new("decision-unknown").status(404))?;
            let holder = house.store().holder(&floor_name(house, assembly.id, n)).await?;
            holder.ok_or_else(|| Refusal::new("kit-motion-waits").status(409))?
        }
        None => of.parse().map_err(|_| Refusal::new("decision-unknown").status(404))?,
    };
    let found = decision(house, id).await?;
    let found = found.ok_or_else(|| Refusal::new("decision-unknown").status(404))?;
    if found.assembly != Some(assembly.id) {
        return Err(Refusal::new("kit-other-assembly").status(409).into());
    }
    Ok(found)
}

/// A motion from the floor is put, under the next number.
///
/// # Errors
/// As the rule refuses; the meeting has not begun; another phone put one in this place.
pub(super) async fn from_floor(deed: &Deed<'_>, said: &Said) -> Result<(), Trouble> {
    let Said::Moved { floor, title, short, subject, effects, options } = said else {
        return Err(Trouble::broken("no motion from the floor"));
    };
    if !(1..=FLOOR_MAX).contains(floor) {
        return Err(Refusal::new("kit-unreadable").status(400).into());
    }
    let words = said.words();
    let all = words.iter().filter(|text| !text.trim().is_empty());
    all.copied().try_for_each(needs::fit_for_public)?;
    let (house, meeting) = (deed.house, deed.assembly);
    let place = floor_name(house, meeting.id, *floor);
    if house.store().holder(&place).await?.is_some() {
        return Err(Refusal::new("kit-floor-taken").status(409).into());
    }
    let (id, today, author) = (Id::fresh(house.now_ms()), today(house), deed.by.id);
    let asked = DecisionMoved {
        assembly: Some(meeting.id),
        body: meeting.body,
        subject: subject.clone(),
        title: title.clone(),
        short: short.clone(),
        effects: effects.clone(),
        kind: "ordinary".to_owned(),
        options: options.clone(),
        emergency: meeting.short_form,
        ..DecisionMoved::default()
    };
    for _ in 0..NUMBER_TRIES_MAX {
        let number = next_number(house).await?;
        let asked =
            MotionAsked { moved: DecisionMoved { number, ..asked.clone() }, area: meeting.area };
        let meeting = meeting.id;
        let key = house.vault().keyed("decision-number", &number.to_be_bytes());
        let names = vec![
            (Name { space: "decision-number", key }, id),
            (floor_name(house, meeting, *floor), id),
        ];
        let put = deed.append(vec![meeting], names, move |known| -> Result<Vec<Draft>, Refusal> {
            let now = Assembly::fold(meeting, known.of(meeting));
            match now.status() {
                "open" => Ok(vec![move_motion(id, &asked, today, author)?]),
                "closed" | "called_off" => Err(Refusal::new("assembly-over").status(409)),
                _ => Err(Refusal::new("assembly-not-open").status(409)),
            }
        });
        match put.await {
            Err(Trouble::Refused(why)) if is_number_taken(&why) => {}
            other => return other,
        }
    }
    Err(Trouble::broken("no number is left"))
}

fn is_number_taken(why: &Refusal) -> bool {
    why.code == "taken" && why.args.iter().any(|(_, what)| what == "decision-number")
}

/// The motions of an assembly, each with its place among those from the floor.
///
/// # Errors
/// When the database fails.
pub async fn all(house: &House, assembly: Id) -> Result<Vec<(Option<u8>, Decision)>, Trouble> {
    let places = floor_places(house, assembly).await?;
    let place = |id: Id| places.iter().find(|(_, other)| *other == id).map(|(n, _)| *n);
    let motions = of_assembly(house, assembly).await?;
    Ok(motions.into_iter().map(|motion| (place(motion.id), motion)).collect())
}
