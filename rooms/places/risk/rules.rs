//! What makes an index, and the risk of an area by it. Pure; the arithmetic is `fair::risk`'s.

use fair::risk::{
    Category, Component, Dimension, Indicator, Model, Reading, Risk, Scale, WEIGHT_MAX, assess,
};
use record::Refusal;

use super::records::{Measure, Read};
use super::sheets::OWN_COLUMNS;

/// Characters of a name of the index.
pub const NAME_CHARS_MAX: usize = 60;
/// Characters of a source.
pub const SOURCE_CHARS_MAX: usize = 160;
/// Characters of the reason.
pub const REASON_CHARS_MAX: usize = 600;
/// Dimensions of an index: its table has a column for each.
pub const DIMENSIONS_MAX: usize = 4;

/// Whether measures make an index.
///
/// # Errors
/// The first that does not fit, by its name.
pub fn index(measures: &[Measure]) -> Result<(), Refusal> {
    for (at, measure) in measures.iter().enumerate() {
        one(measure)?;
        let earlier = measures.get(..at).unwrap_or_default();
        let name = words::plain(&measure.name);
        let own = OWN_COLUMNS.iter().any(|own| words::plain(own) == name);
        if own || earlier.iter().any(|other| words::plain(&other.name) == name) {
            return Err(Refusal::new("risk-measure-twice").naming("name", &measure.name));
        }
        if let Some(name) = earlier.iter().find_map(|other| differs(other, measure)) {
            return Err(Refusal::new("risk-weights-differ").naming("name", name));
        }
    }
    let model = model(measures);
    if model.dimensions.len() > DIMENSIONS_MAX {
        return Err(Refusal::new("risk-dimensions").naming("most", DIMENSIONS_MAX));
    }
    // Everything that `verify` looks at was looked at above, by a person's words for it.
    model.verify().map_err(|_| Refusal::new("risk-sheet-empty"))
}

fn one(measure: &Measure) -> Result<(), Refusal> {
    let Measure { dimension, category, component, name, .. } = measure;
    let sound = |name: &&String| (1..=NAME_CHARS_MAX).contains(&name.chars().count());
    if ![dimension, category, component, name].iter().all(sound)
        || measure.source.chars().count() > SOURCE_CHARS_MAX
    {
        let (name, most) = (name.as_str(), NAME_CHARS_MAX);
        return Err(Refusal::new("risk-name").naming("name", name).naming("most", most));
    }
    let weights = [
        measure.dimension_weight,
        measure.category_weight,
        measure.component_weight,
        measure.weight,
    ];
    if !weights.iter().all(|weight| (1..=WEIGHT_MAX).contains(weight)) {
        return Err(Refusal::new("risk-weight").naming("name", name).naming("most", WEIGHT_MAX));
    }
    let leads = measure.from_micros != measure.to_micros;
    if !leads || (measure.log && (measure.from_micros <= 0 || measure.to_micros <= 0)) {
        return Err(Refusal::new("risk-scale").naming("name", name));
    }
    Ok(())
}

/// The name of what two measures share and weigh differently.
fn differs<'a>(one: &Measure, other: &'a Measure) -> Option<&'a str> {
    if one.dimension != other.dimension {
        return None;
    }
    if one.dimension_weight != other.dimension_weight {
        return Some(&other.dimension);
    }
    if one.category != other.category {
        return None;
    }
    if one.category_weight != other.category_weight {
        return Some(&other.category);
    }
    let same = one.component == other.component;
    (same && one.component_weight != other.component_weight).then_some(other.component.as_str())
}

/// The index as `fair` reckons with it.
#[must_use]
pub fn model(measures: &[Measure]) -> Model {
    let mut dimensions: Vec<Dimension> = Vec::new();
    for measure in measures {
        let found = dimensions.iter().position(|known| known.id == measure.dimension);
        let at = found.unwrap_or_else(|| {
            let (id, weight) = (measure.dimension.clone(), measure.dimension_weight);
            dimensions.push(Dimension { id, weight, categories: Vec::new() });
            dimensions.len() - 1
        });
        if let Some(dimension) = dimensions.get_mut(at) {
            put(&mut dimension.categories, measure);
        }
    }
    Model { dimensions }
}

fn put(categories: &mut Vec<Category>, measure: &Measure) {
    let found = categories.iter().position(|known| known.id == measure.category);
    let at = found.unwrap_or_else(|| {
        let (id, weight) = (measure.category.clone(), measure.category_weight);
        categories.push(Category { id, weight, components: Vec::new() });
        categories.len() - 1
    });
    let Some(category) = categories.get_mut(at) else { return };
    let found = category.components.iter().position(|known| known.id == measure.component);
    let at = found.unwrap_or_else(|| {
        let (id, weight) = (measure.component.clone(), measure.component_weight);
        category.components.push(Component { id, weight, indicators: Vec::new() });
        category.components.len() - 1
    });
    let Some(component) = category.components.get_mut(at) else { return };
    let (from, to) = (Reading(measure.from_micros), Reading(measure.to_micros));
    let scale = if measure.log { Scale::Log { from, to } } else { Scale::Even { from, to } };
    let (id, weight) = (measure.name.clone(), measure.weight);
    component.indicators.push(Indicator { id, weight, scale });
}

/// The risk of an area by what was read in it. What was not read is missing.
#[must_use]
pub fn risk(model: &Model, readings: &[Read]) -> Option<Risk> {
    let read = |indicator: &Indicator| {
        let found = readings.iter().find(|read| read.measure == indicator.id);
        found.and_then(|read| read.micros).map(Reading)
    };
    let readings: Vec<Option<Reading>> = model.indicators().map(read).collect();
    assess(model, &readings).ok()
}

/// What is known of an area after more was read: what was read of a measure now stands in place of
/// what was read before.
#[must_use]
pub fn merged(before: &[Read], now: &[Read]) -> Vec<Read> {
    let stays = |read: &&Read| !now.iter().any(|other| other.measure == read.measure);
    let mut all: Vec<Read> = before.iter().filter(stays).chain(now).cloned().collect();
    all.sort_by(|one, other| one.measure.cmp(&other.measure));
    all
}

/// The reason for an index.
///
/// # Errors
/// There is none, or it is too long.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if !(1..=REASON_CHARS_MAX).contains(&typed.chars().count()) {
        return Err(Refusal::new("risk-reason").naming("most", REASON_CHARS_MAX));
    }
    Ok(typed.to_owned())
}
