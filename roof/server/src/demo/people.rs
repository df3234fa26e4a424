//! Who lives and works in the demo city: its members, bodies, mandate and sealed door, and what two
//! communities have drawn. Everything goes through the rooms' own acts. None of them is a real
//! person, and no number here belongs to anybody.

use page::Lang;
use record::{Id, day_of};
use rooms::door::{House, Member, Role, Trouble};
use rooms::people::{self, BodyAsked, MandateAsked, NewMember};
use rooms::places::{self, AreaProps, CityWords, Vote};

use super::{PASSPHRASE, SMS_NUMBER, STEWARD, city};

/// The members who are not the steward, with their role.
const MEMBERS: [(&str, Role); 6] = [
    ("josue", Role::Operator),
    ("nadege", Role::Facilitator),
    ("wilner", Role::Officer),
    ("ines", Role::Committee),
    ("rose", Role::FocalPoint),
    ("amir", Role::FocalPoint),
];
/// Names in their own letters beside those of the map.
const OTHER_NAMES: [(&str, &str); 3] =
    [("Zahrawan", "زهروان"), ("Qasmira", "قصميرة"), ("Wadilune", "وادي لون")];
/// The mandate runs for so many days.
const MANDATE_DAYS: i64 = 365;
/// The mandate's ceiling, in cents.
const CEILING_MINOR: i64 = 250_000;

/// Who is on stage.
pub(super) struct Cast(Vec<(&'static str, Id)>);

impl Cast {
    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<Id> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
    }
}

/// Founds the city: facts, areas, members, bodies, what they may decide and what they drew.
///
/// # Errors
/// When a rule refuses or the store fails.
pub(super) async fn found(house: &House) -> Result<Cast, Trouble> {
    let words = CityWords {
        name: city::NAME.to_owned(),
        country: "XZM".to_owned(),
        languages: Lang::ALL.to_vec(),
        emergency: "112".to_owned(),
        sms_number: SMS_NUMBER.to_owned(),
        offset_minutes: 0,
        demo: true,
    };
    places::name_city(house, words, None).await?;
    let cast = members(house).await?;
    let steward = cast.member(STEWARD);
    let props = AreaProps {
        name: "name".to_owned(),
        code: Some("code".to_owned()),
        parent: Some("district".to_owned()),
        population: Some("people".to_owned()),
    };
    let areas = city::geojson();
    places::import_areas(house, areas.as_bytes(), &props, steward, |_, _| {}).await?;
    let (assembly, committee) = bodies(house, steward, &cast).await?;
    drawings(house, &cast, assembly, committee).await?;
    sealed_door(house, steward, &cast).await?;
    Ok(cast)
}

async fn members(house: &House) -> Result<Cast, Trouble> {
    let new = |name: &str, roles: Vec<Role>| NewMember {
        name: name.to_owned(),
        passphrase: PASSPHRASE.to_owned(),
        roles,
    };
    let steward = people::join(house, new(STEWARD, vec![Role::Steward, Role::Operator]), None);
    let steward = steward.await?;
    // A passphrase is slow to hash by design: they join side by side.
    let mut joining = Vec::new();
    for (name, role) in MEMBERS {
        let (house, who) = (house.clone(), new(name, vec![role]));
        let task = tokio::spawn(async move { people::join(&house, who, Some(steward)).await });
        joining.push((name, task));
    }
    let mut cast = vec![(STEWARD, steward)];
    for (name, task) in joining {
        cast.push((name, task.await.map_err(Trouble::broken)??));
    }
    Ok(Cast(cast))
}

/// Writes down the bodies and the mandate; gives the assembly and the committee.
async fn bodies(house: &House, steward: Option<Id>, cast: &Cast) -> Result<(Id, Id), Trouble> {
    let area = |name: &str| places::atlas(house).by_text(name).first().map(|area| area.id);
    let asked = |name: &str, kind: &str, area, constituency: &str, contact: &str| BodyAsked {
        name: name.to_owned(),
        kind: kind.to_owned(),
        area,
        constituency: constituency.to_owned(),
        contact: contact.to_owned(),
    };
    let write = async |body| people::write_body(house, body, steward).await;
    let tifonten = area("Tifonten");
    let assembly = asked(
        "Assembly of Tifonten",
        "assembly",
        tifonten,
        "resident",
        "Every Sunday at 15:00, under the almond tree",
    );
    let assembly = write(assembly).await?;
    let committee = asked(
        "Committee of Duneja",
        "committee",
        area("Duneja"),
        "resident",
        "At the church of Duneja, mornings",
    );
    let committee = write(committee).await?;
    let contact = "Harbour Street 4, +999 00 200";
    let roads = asked("Road and Drainage Office", "authority", None, "local_government", contact);
    let roads = write(roads).await?;
    let contact = "Town hall, ground floor, mornings";
    write(asked("Civil Registry of Zanmira", "authority", None, "local_government", contact))
        .await?;
    let contact = "Kitchen at the port chapel, +999 00 300";
    write(asked("Bay Kitchens", "organisation", None, "women_led_org", contact)).await?;
    for (body, name) in [(assembly, "nadege"), (committee, "ines"), (roads, "wilner")] {
        if let Some(member) = cast.member(name) {
            people::set_membership(house, body, member, true, steward).await?;
        }
    }
    let mandate = MandateAsked {
        by: None,
        body: assembly,
        subject: "Small repairs of water points and paths".to_owned(),
        area: tifonten,
        ceiling: Some((CEILING_MINOR, "USD".to_owned())),
        expiry_day: day_of(house.now_ms()) + MANDATE_DAYS,
        instrument: "Resolution 12 of the city council of Zanmira".to_owned(),
    };
    people::give_mandate(house, mandate, steward).await?;
    Ok((assembly, committee))
}

/// One community's drawing is released by its body, the other's stays sealed to its body.
async fn drawings(house: &House, cast: &Cast, assembly: Id, committee: Id) -> Result<(), Trouble> {
    let member = |name: &str, role, bodies: &[Id]| Member {
        id: cast.member(name).unwrap_or(Id::NONE),
        name: name.to_owned(),
        roles: vec![role],
        bodies: bodies.to_vec(),
        csrf: String::new(),
    };
    let nadege = member("nadege", Role::Facilitator, &[assembly]);
    let ring = vec![city::patch("Tifonten", 0.34)];
    let yard = places::draw_area(house, &nadege, assembly, "Lakou Sis Pye", ring).await?;
    let vote = Vote { day: day_of(house.now_ms()) - 1, result: "31 for, 2 against".to_owned() };
    places::release_area(house, &nadege, yard, &vote).await?;
    let ines = member("ines", Role::Committee, &[committee]);
    let ring = vec![city::patch("Duneja", 0.4)];
    places::draw_area(house, &ines, committee, "La Loma Vieja", ring).await?;
    for (name, other) in OTHER_NAMES {
        let id = places::atlas(house).by_text(name).first().map(|area| area.id);
        if let Some(id) = id {
            places::rename_area(house, &nadege, id, other).await?;
        }
    }
    Ok(())
}

async fn sealed_door(house: &House, steward: Option<Id>, cast: &Cast) -> Result<(), Trouble> {
    let (rose, amir) = (cast.member("rose"), cast.member("amir"));
    let (Some(rose), Some(amir)) = (rose, amir) else { return Ok(()) };
    let train = |id, woman, outside| {
        people::train_focal_point(house, id, woman, outside, PASSPHRASE, Some(id))
    };
    let (first, second) = tokio::join!(train(rose, true, false), train(amir, false, true));
    first.and(second)?;
    let list = "Health: the clinic of Bwadoran, day and night. Shelter for women: ask for Rose. \
                Law: the free legal desk at the port. Children: the children's house of Mtorani.";
    people::confirm_sealed_door(house, "+99900900", list, steward).await
}
