//! Who lives and works in the demo city: its members, bodies, mandates and sealed door, and what
//! two communities have drawn. Everything goes through the rooms' own acts. None of them is a real
//! person, and no number here belongs to anybody.

use page::Lang;
use record::{Id, day_of};
use rooms::door::{House, Member, Role, Trouble};
use rooms::people::{self, BodyAsked, MandateAsked, NewMember};
use rooms::places::{self, AreaProps, CityWords, Vote};

use super::{DemoClock, PASSPHRASE, SMS_NUMBER, STEWARD, city};

/// The members who are not the steward, with their role.
const MEMBERS: [(&str, Role); 11] = [
    ("josue", Role::Operator),
    ("nadege", Role::Facilitator),
    ("lucia", Role::Facilitator),
    ("yusra", Role::Facilitator),
    ("wilner", Role::Officer),
    ("samuel", Role::Officer),
    ("ines", Role::Committee),
    ("odile", Role::Committee),
    ("baraka", Role::Committee),
    ("rose", Role::FocalPoint),
    ("amir", Role::FocalPoint),
];
/// Names in their own letters beside those of the map.
const OTHER_NAMES: [(&str, &str); 3] =
    [("Zahrawan", "زهروان"), ("Qasmira", "قصميرة"), ("Wadilune", "وادي لون")];
const MINUTE_MS: i64 = 60_000;
/// How many days before today the oldest of what was told abroad may lie.
const FLOWS_DAYS_MAX: i64 = 30;
/// The mandates run for so many days.
const MANDATE_DAYS: i64 = 365;
/// The currency of their ceilings.
const CURRENCY: &str = "USD";
/// What the city itself stands on.
const CITY_LAW: &str = "Law of municipalities, articles 9 to 31";

/// A body: the story's name, its name, what it is, its area, whom it speaks for, how one reaches
/// it, and the members who belong to it.
type Formed = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static [&'static str],
);

/// The bodies, the city first: an appeal about what nobody has a mandate for goes to the first
/// authority that is not concerned.
const BODIES: [Formed; 11] = [
    ("city", "City of Zanmira", "authority", None, LOCAL, "Town hall, first floor", &["samuel"]),
    (
        "tifonten",
        "Assembly of Tifonten",
        "assembly",
        Some("Tifonten"),
        "resident",
        "Under the almond tree; the next day hangs on the notice board",
        &["nadege"],
    ),
    (
        "committee",
        "Committee of Duneja",
        "committee",
        Some("Duneja"),
        "resident",
        "At the church of Duneja, mornings",
        &["ines"],
    ),
    ("roads", "Road and Drainage Office", "authority", None, LOCAL, ROADS_AT, &["wilner"]),
    ("registry", "Civil Registry of Zanmira", "authority", None, LOCAL, REGISTRY_AT, &[]),
    (
        "kitchens",
        "Bay Kitchens",
        "organisation",
        None,
        "women_led_org",
        "Kitchen at the port chapel, +999 00 300",
        &["odile"],
    ),
    ("water", "Water Works of Zanmira", "authority", None, LOCAL, "At the pump house", &["wilner"]),
    (
        "women",
        "Women of Tifonten",
        "organisation",
        Some("Tifonten"),
        "women_led_org",
        "Behind the school, Thursday afternoons",
        &["odile"],
    ),
    (
        "duneja",
        "Asamblea de Duneja",
        "assembly",
        Some("Duneja"),
        "resident",
        "Patio de la iglesia de Duneja",
        &["lucia"],
    ),
    (
        "qasmira",
        "Assembly of Qasmira",
        "assembly",
        Some("Qasmira"),
        "resident",
        "Big school of Zahrawan",
        &["yusra"],
    ),
    (
        "mtorani",
        "Committee of Mtorani",
        "committee",
        Some("Mtorani"),
        "resident",
        "Ofisi ya mtaa, karibu na soko la Mtorani",
        &["baraka"],
    ),
];
const LOCAL: &str = "local_government";
const ROADS_AT: &str = "Harbour Street 4, +999 00 200";
const REGISTRY_AT: &str = "Town hall, ground floor, mornings";

/// A mandate: the body, what about, where, up to how much in cents, and what it stands on (nothing:
/// it may only recommend).
type Given = (&'static str, &'static str, Option<&'static str>, i64, &'static str);

const REPAIRS: &str = "Small repairs of water points and paths";
const PLACES: &str = "Use of public places";
const DRAINS: &str = "Drains and waste";

/// The mandates.
const MANDATES: [Given; 13] = [
    (
        "tifonten",
        REPAIRS,
        Some("Tifonten"),
        250_000,
        "Resolution 12 of the city council of Zanmira",
    ),
    ("tifonten", PLACES, Some("Tifonten"), 100_000, ""),
    ("tifonten", "Rules of the assembly", Some("Tifonten"), 100, "Statute of the assembly"),
    ("duneja", REPAIRS, Some("Duneja"), 250_000, "Resolution 12 of the city council of Zanmira"),
    ("qasmira", SHELTER, Some("Qasmira"), 500_000, "Resolution 15 of the city council of Zanmira"),
    ("mtorani", DRAINS, Some("Mtorani"), 100_000, "Resolution 16 of the city council of Zanmira"),
    ("city", REPAIRS, None, 10_000_000, CITY_LAW),
    ("city", PLACES, None, 10_000_000, CITY_LAW),
    ("city", "Places to live in safety", None, 50_000_000, CITY_LAW),
    ("city", SHELTER, None, 20_000_000, CITY_LAW),
    ("city", DRAINS, None, 10_000_000, CITY_LAW),
    ("city", "Markets and aid for traders", None, 5_000_000, CITY_LAW),
    ("roads", DRAINS, None, 2_000_000, "Decree on roads and drains of Zanmira"),
];
const SHELTER: &str = "Shelter in an emergency";

/// Why the city's risk is made as it is.
const WHY_SO_AT_RISK: &str = "Six assemblies named what hurt most in the floods of 2025. Each \
     counts the same, until the assemblies weigh them otherwise.";

/// Who is on stage: members and bodies by their names in the story.
pub(super) struct Cast {
    members: Vec<(&'static str, Id)>,
    bodies: Vec<(&'static str, Id)>,
}

impl Cast {
    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<Id> {
        self.members.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
    }

    /// The body of this name.
    pub(super) fn body(&self, name: &str) -> Option<Id> {
        self.bodies.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
    }

    /// What the member of this name may do; the steward, when nobody else is called so.
    #[expect(clippy::unused_self, reason = "what one may do belongs to the cast as its names do")]
    pub(super) fn role(&self, name: &str) -> Role {
        let known = MEMBERS.iter().find(|(known, _)| *known == name);
        known.map_or(Role::Steward, |(_, role)| *role)
    }
}

/// Founds the city: facts, areas, members, bodies, what they may decide and what they drew.
///
/// # Errors
/// When a rule refuses or the store fails.
pub(super) async fn found(house: &House, clock: &DemoClock) -> Result<Cast, Trouble> {
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
    let mut cast = members(house).await?;
    let steward = cast.member(STEWARD);
    let props = AreaProps {
        name: "name".to_owned(),
        code: Some("code".to_owned()),
        parent: Some("district".to_owned()),
        population: Some("people".to_owned()),
    };
    let areas = city::geojson();
    places::import_areas(house, areas.as_bytes(), &props, steward, |_, _| {}).await?;
    at_risk(house, steward).await?;
    told_abroad(house).await?;
    bodies(house, clock, steward, &mut cast).await?;
    mandates(house, steward, &cast).await?;
    drawings(house, &cast).await?;
    sealed_door(house, steward, &cast).await?;
    Ok(cast)
}

/// How much each neighbourhood is at risk: of some, not everything was measured.
async fn at_risk(house: &House, steward: Option<Id>) -> Result<(), Trouble> {
    let (index, areas) = (include_str!("risk/index.csv"), include_str!("risk/areas.csv"));
    places::risk::set_index(house, index.as_bytes(), WHY_SO_AT_RISK, steward).await?;
    let day = record::day_of(house.now_ms());
    places::risk::bring_readings(house, areas.as_bytes(), day, steward).await?;
    Ok(())
}

/// What organisations told the United Nations about money for the city's country: of these weeks,
/// whenever the city is opened.
async fn told_abroad(house: &House) -> Result<(), Trouble> {
    let today = record::day_of(house.now_ms());
    let day = |before: i64| exchange::Day::of_epoch(today - before);
    let year = day(0).map_or_else(String::new, |day| day.year().to_string());
    let mut flows = include_str!("fts/flows.csv").replace("year", &year);
    for before in (0..=FLOWS_DAYS_MAX).rev() {
        let written = day(before).map_or_else(String::new, |day| day.to_string());
        flows = flows.replace(&format!("day-{before}"), &written);
    }
    // The head of the table of plans has a column of that name.
    let (head, rows) = include_str!("fts/plans.csv").split_once('\n').unwrap_or_default();
    let plans = format!("{head}\n{}", rows.replace("year", &year));
    let flows = exchange::fts::read_flows(flows.as_bytes()).map_err(Trouble::broken)?;
    let (plans, _) = exchange::fts::read_plans(plans.as_bytes()).map_err(Trouble::broken)?;
    rooms::funds::reported::take_flows(house, &flows.rows).await?;
    rooms::funds::reported::take_plans(house, &plans).await?;
    Ok(())
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
    Ok(Cast { members: cast, bodies: Vec::new() })
}

fn area(house: &House, name: Option<&str>) -> Option<Id> {
    places::atlas(house).by_text(name?).first().map(|area| area.id)
}

/// Writes down the bodies and who belongs to them, one a minute: whoever comes first is asked first
/// when an appeal could go to several.
async fn bodies(
    house: &House,
    clock: &DemoClock,
    steward: Option<Id>,
    cast: &mut Cast,
) -> Result<(), Trouble> {
    for (called, name, kind, place, constituency, contact, members) in BODIES {
        let asked = BodyAsked {
            name: name.to_owned(),
            kind: kind.to_owned(),
            area: area(house, place),
            constituency: constituency.to_owned(),
            contact: contact.to_owned(),
        };
        clock.go(house.now_ms() + MINUTE_MS);
        let body = people::write_body(house, asked, steward).await?;
        cast.bodies.push((called, body));
        for member in members.iter().filter_map(|name| cast.member(name)) {
            people::set_membership(house, body, member, true, steward).await?;
        }
    }
    Ok(())
}

/// Writes down what each body may decide.
async fn mandates(house: &House, steward: Option<Id>, cast: &Cast) -> Result<(), Trouble> {
    for (body, subject, place, ceiling_minor, instrument) in MANDATES {
        let mandate = MandateAsked {
            by: None,
            body: cast.body(body).unwrap_or(Id::NONE),
            subject: subject.to_owned(),
            area: area(house, place),
            ceiling: Some((ceiling_minor, CURRENCY.to_owned())),
            expiry_day: day_of(house.now_ms()) + MANDATE_DAYS,
            instrument: instrument.to_owned(),
        };
        people::give_mandate(house, mandate, steward).await?;
    }
    Ok(())
}

/// One community's drawing is released by its body, the other's stays sealed to its body.
async fn drawings(house: &House, cast: &Cast) -> Result<(), Trouble> {
    let body = |name| cast.body(name).unwrap_or(Id::NONE);
    let (assembly, committee) = (body("tifonten"), body("committee"));
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
