//! What the desk and the street say of areas nobody hears from: that is not the same as nothing
//! lacking. It counts nothing itself.

use page::components::button::{Kind, link_button};
use page::components::icon::Icon;
use page::components::notice::notice;
use page::frame::Tone;
use page::{Html, Notice, text};
use record::Id;
use store::StoreError;

use super::parts::{self, WRITERS};
use crate::door::{House, Visitor};
use crate::needs::quiet::{silent_areas, silent_in_public};
use crate::needs::rules::silent::{SILENT_DAYS, SILENT_VOICES};
use crate::voices::desk_parts as desk;

/// Silent areas named at once.
const SHOWN_MAX: usize = 30;
/// The panel of the desk: which areas are silent, and the way to state what somebody saw there.
pub(super) async fn panel(house: &House, visitor: &Visitor) -> Result<Html, StoreError> {
    let t = visitor.tongue();
    let areas = silent_areas(house).await?;
    if areas.is_empty() {
        return Ok(Html::none());
    }
    let args = [("voices", SILENT_VOICES.into()), ("days", SILENT_DAYS.into())];
    let mut all = desk::part(t, "needs-silent-title");
    let said = Notice::new(Tone::Warn, &t.say("needs-silent-means"));
    all.push(&notice(t, &said));
    all.push(&desk::soft(&text(&t.with("needs-silent-rule", &args))));
    let write = parts::any(visitor, WRITERS);
    let one = |id: &Id| {
        let name = desk::area_name(house, t, Some(*id));
        if write {
            let to = visitor.link(&format!("/desk/needs/new?area={id}"));
            link_button(&to, &name, Kind::Other, Some(Icon::Ask))
        } else {
            page::components::tag::mark(Icon::Ask, &name)
        }
    };
    let shown: Html = areas.iter().take(SHOWN_MAX).map(one).collect();
    all.push(&Html(format!("<div class=bs>{shown}</div>")));
    if let Some(more) = areas.len().checked_sub(SHOWN_MAX).filter(|more| *more > 0) {
        let more = i64::try_from(more).unwrap_or(i64::MAX);
        all.push(&desk::soft(&text(&t.with("needs-silent-more", &[("n", more.into())]))));
    }
    Ok(all)
}

/// What the street says of one area that nobody hears from; nothing for any other.
///
/// # Errors
/// When the store fails.
pub async fn silent_part(house: &House, visitor: &Visitor, area: Id) -> Result<Html, StoreError> {
    let t = visitor.tongue();
    if !silent_in_public(house).await?.contains(&area) {
        return Ok(Html::none());
    }
    let args = [("voices", SILENT_VOICES.into()), ("days", SILENT_DAYS.into())];
    let said = Notice::new(Tone::Info, &t.say("needs-silent-means"));
    let rule = desk::soft(&text(&t.with("needs-silent-rule", &args)));
    Ok(Html::join([notice(t, &said), rule]))
}
