//! The map of a city or of one neighbourhood: areas shaded by a count, drawn here as SVG.
//!
//! It is small because outlines are simplified to the grid they are drawn on and written as whole
//! relative steps; neighbours stay neighbours because a shared border is simplified once.
//!
//! Never: an area without data is never pale; it is hatched and says so. No exact place is drawn.

mod shade;
mod shape;

use crate::components::Example;
use crate::components::table::{Column, table};
use crate::html::{Html, href, text};
use crate::tongue::Tongue;

use shade::Shades;
use shape::Outline;

/// An area to draw.
#[derive(Clone, Debug)]
pub struct MapArea {
    /// Its id, written as `data-area` for whoever reads the page by machine.
    pub id: String,
    /// Its name, in the words of those who live there.
    pub name: String,
    /// Where it leads.
    pub href: Option<String>,
    /// Rings of (longitude, latitude) in degrees; what an even number of rings encloses is out.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// The count that shades it. `None` is no data.
    pub value: Option<u32>,
    /// The count in words: "12 voices".
    pub label_value: String,
    /// The reader's own area: a thick outline.
    pub own: bool,
    /// Drawn by its community, not by an office: a dashed outline.
    pub community: bool,
}

/// How the map is drawn.
#[derive(Clone, Debug)]
pub struct MapPicture {
    /// The id of the picture; unique in its page, ASCII.
    pub id: String,
    /// What the picture shows, for those who do not see it.
    pub title: String,
    /// What the shades count, above the legend.
    pub counts: String,
    /// The grid's longer side in pixels: detail against size. 900 suits a city, 340 a
    /// neighbourhood.
    pub grid_px: u16,
    /// Whether names are written into areas that have room for them.
    pub names: bool,
    /// Whether the values are tenths: 75 is written 7.5 in the legend.
    pub tenths: bool,
}

impl MapPicture {
    /// The whole city on a page of its own.
    pub fn city(title: &str, counts: &str) -> MapPicture {
        MapPicture {
            id: "city-map".to_owned(),
            title: title.to_owned(),
            counts: counts.to_owned(),
            grid_px: 900,
            names: false,
            tenths: false,
        }
    }

    /// An area and its neighbours, within the street's budget.
    pub fn neighbourhood(title: &str, counts: &str) -> MapPicture {
        MapPicture {
            grid_px: 340,
            names: true,
            id: "near-map".to_owned(),
            ..Self::city(title, counts)
        }
    }
}

/// From this many areas on, borders are hairlines: on a phone they would hide the shades.
const DENSE_AREAS: usize = 60;

/// The map with its legend. The table beside it is [`map_table`].
pub fn map(t: Tongue, areas: &[MapArea], picture: &MapPicture) -> Html {
    let outlines = shape::outlines(areas, picture.grid_px);
    let shades = Shades::of(areas.iter().filter_map(|area| area.value));
    let links = areas.iter().any(|area| area.href.is_some());
    let (mut ground, mut above) = (String::new(), String::new());
    for (area, outline) in areas.iter().zip(&outlines.all) {
        ground.push_str(&draw(t, area, outline, &shades, picture));
        if area.own {
            above.push_str(&format!("<path class=m-own d=\"{}\"/>", outline.path));
        }
    }
    if picture.names {
        for (area, outline) in areas.iter().zip(&outlines.all) {
            above.push_str(&label(area, outline, &shades));
        }
    }
    let (width, height) = (outlines.width, outlines.height);
    let dense = if areas.len() > DENSE_AREAS { " dense" } else { "" };
    // A picture with links in it must not swallow them as role=img would.
    let role = if links { "group" } else { "img" };
    Html(format!(
        "<figure class=map-box><svg class=\"map{dense}\" viewBox=\"-2 -2 {} {}\" width={width} \
         height={height} role={role} aria-label=\"{}\">{}<g fill-rule=evenodd>{ground}</g>\
         {above}</svg>{}</figure>",
        width + 4,
        height + 4,
        text(&picture.title),
        hatch(&picture.id),
        legend(t, areas, &shades, picture),
    ))
}

/// The pattern of "no data". Its colours come from the style sheet.
fn hatch(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{}\" width=6 height=6 patternUnits=userSpaceOnUse \
         patternTransform=\"rotate(45)\"><path class=m-none d=\"M0 0h6v6H0z\"/>\
         <path class=m-hatch d=\"M0 1h6\"/></pattern></defs>",
        text(id)
    )
}

fn draw(
    t: Tongue,
    area: &MapArea,
    outline: &Outline,
    shades: &Shades,
    picture: &MapPicture,
) -> String {
    let fill = match area.value {
        Some(value) => format!("class=m{}", shades.step(value)),
        None => format!("class=m0 fill=\"url(#{})\"", text(&picture.id)),
    };
    let value = if area.value.is_some() { &area.label_value } else { &t.say("map-no-data") };
    let mut title = format!("{}: {}", text(&area.name), text(value));
    if area.own {
        title.push_str(&format!(" ({})", text(&t.say("map-own"))));
    }
    let id = text(&area.id);
    let dashed = if area.community { " stroke-dasharray=\"4 3\"" } else { "" };
    let path = format!("<title>{title}</title><path {fill}{dashed} d=\"{}\"/>", outline.path);
    match &area.href {
        Some(to) => format!("<a data-area=\"{id}\" href=\"{}\">{path}</a>", href(to)),
        None => format!("<g data-area=\"{id}\">{path}</g>"),
    }
}

/// A character's width on the map's grid, generously.
const LETTER_PX: i32 = 8;

/// The name, if the area has room for it; the reader's own area is always named.
fn label(area: &MapArea, outline: &Outline, shades: &Shades) -> String {
    let letters = i32::try_from(area.name.chars().count()).unwrap_or(i32::MAX);
    let room = outline.width_px >= letters.saturating_mul(LETTER_PX) && outline.height_px >= 18;
    if !room && !area.own {
        return String::new();
    }
    let dark = area.value.is_some_and(|value| shades.step(value) >= 4);
    let class = match (area.value, dark) {
        (None, _) => "m-name m-name-none",
        (_, true) => "m-name m-name-on",
        (_, false) => "m-name",
    };
    let (x, y) = outline.middle;
    format!("<text class=\"{class}\" x={x} y={y} aria-hidden=true>{}</text>", text(&area.name))
}

fn legend(t: Tongue, areas: &[MapArea], shades: &Shades, picture: &MapPicture) -> String {
    let swatch = |class: &str, fill: &str, words: &str| {
        format!(
            "<li><svg viewBox=\"0 0 24 16\" width=24 height=16 aria-hidden=true><path \
             class=\"{class}\"{fill} d=\"M1 1h22v14H1z\"/></svg>{}</li>",
            text(words)
        )
    };
    let mut items = String::new();
    for (step, low, high) in shades.ranges() {
        let number = |value: u32| match picture.tenths {
            true => format!("{}.{}", t.number(i64::from(value / 10)), value % 10),
            false => t.number(i64::from(value)),
        };
        let (low, high) = (number(low), number(high));
        let words = if low == high { low } else { format!("{low}–{high}") };
        items.push_str(&swatch(&format!("m{step}"), "", &words));
    }
    if areas.iter().any(|area| area.value.is_none()) {
        let fill = format!(" fill=\"url(#{})\"", text(&picture.id));
        items.push_str(&swatch("m0", &fill, &t.say("map-no-data")));
    }
    if areas.iter().any(|area| area.own) {
        items.push_str(&swatch("m-own", "", &t.say("map-own")));
    }
    if areas.iter().any(|area| area.community) {
        let dashes = " stroke-dasharray=\"4 3\"";
        items.push_str(&swatch("m0", &format!(" fill=none{dashes}"), &t.say("map-community")));
    }
    format!(
        "<figcaption><p>{}</p><ul class=legend>{items}</ul></figcaption>",
        text(&picture.counts)
    )
}

/// The map as a table: each area with its count, linked where the map links.
pub fn map_table(t: Tongue, areas: &[MapArea], caption: &str) -> Html {
    let columns = [Column::words(&t.say("column-area")), Column::number(&t.say("column-count"))];
    let rows: Vec<Vec<Html>> = areas
        .iter()
        .map(|area| {
            let name = text(&area.name);
            let name = match &area.href {
                Some(to) => Html(format!("<a href=\"{}\">{name}</a>", href(to))),
                None => name,
            };
            let value = match area.value {
                Some(_) => text(&area.label_value),
                None => text(&t.say("map-no-data")),
            };
            vec![name, value]
        })
        .collect();
    table(caption, &columns, &rows)
}

/// An invented neighbourhood.
pub fn examples(t: Tongue) -> Vec<Example> {
    let areas = example_areas(t);
    let picture = MapPicture::neighbourhood(&t.say("example-map"), &t.say("example-number"));
    vec![
        Example::new("a neighbourhood", map(t, &areas, &picture)),
        Example::new("as a table", map_table(t, &areas, &t.say("example-map"))),
    ]
}

/// Seven invented areas on an invented shore. Points are hundredths of a degree; neighbours
/// share them.
fn example_areas(t: Tongue) -> Vec<MapArea> {
    const SHARE: f64 = 0.01;
    type Shape = &'static [(i32, i32)];
    let areas: [(&str, Option<u32>, Shape); 7] = [
        ("Kilima", Some(15), &[(0, 60), (22, 72), (41, 66), (38, 47), (20, 38), (3, 42)]),
        ("Soko", Some(60), &[(41, 66), (60, 74), (76, 62), (68, 44), (52, 40), (38, 47)]),
        ("Bandari", Some(140), &[(76, 62), (97, 58), (99, 40), (90, 26), (72, 28), (68, 44)]),
        ("Kisima", Some(0), &[(3, 42), (20, 38), (26, 18), (18, 4), (5, 10), (0, 26)]),
        ("Mtoni", Some(35), &[(20, 38), (38, 47), (52, 40), (50, 20), (38, 10), (26, 18)]),
        ("Ziwani", None, &[(52, 40), (68, 44), (72, 28), (64, 12), (50, 20)]),
        ("Pwani", Some(5), &[(72, 28), (90, 26), (86, 10), (74, 2), (64, 12)]),
    ];
    areas
        .into_iter()
        .map(|(name, value, points)| MapArea {
            id: name.to_lowercase(),
            name: name.to_owned(),
            href: Some("#map".to_owned()),
            rings: vec![
                points
                    .iter()
                    .map(|(x, y)| (f64::from(*x) * SHARE, f64::from(*y) * SHARE))
                    .collect(),
            ],
            value,
            label_value: t.number(i64::from(value.unwrap_or(0))),
            own: name == "Mtoni",
            community: name == "Pwani",
        })
        .collect()
}
