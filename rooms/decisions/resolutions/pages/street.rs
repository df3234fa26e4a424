//! What the street shows of a decision. No number by which fewer than five women or men could be
//! worked out, and no way to tell who voted what.

use page::components::button::{Kind, link_button};
use page::{Html, text};

use super::parts::{Around, link, para};
use super::result;
use crate::decisions::assemblies;
use crate::decisions::resolutions::rules;
use crate::decisions::resolutions::views::Decision;
use crate::door::{House, Trouble, Visitor};

/// Where the street shows a decision.
#[must_use]
pub fn public_path(decision: &Decision) -> String {
    format!("/decision/{}", decision.number)
}

/// A decision in one line, as a list of the street shows it: number, title, outcome, force.
///
/// # Errors
/// When the database fails.
pub async fn public_line(
    house: &House,
    visitor: &Visitor,
    decision: &Decision,
) -> Result<Html, Trouble> {
    let around = Around::read(house, visitor).await?;
    let title = format!("{} {}", decision.shown_number(), decision.title);
    let to = link(visitor, &public_path(decision), &title);
    Ok(Html::join([Html(format!("<p>{to}</p>")), result::tags(&around, decision)]))
}

/// All that the street shows of a decision, without its heading.
///
/// # Errors
/// When the database fails.
pub async fn public_part(
    house: &House,
    visitor: &Visitor,
    decision: &Decision,
) -> Result<Html, Trouble> {
    let around = Around::read(house, visitor).await?;
    let mut body = result::tags(&around, decision);
    if decision.outcome.is_some() {
        let said = result::aloud(&around, decision);
        body.push(&Html(format!("<p class=lead dir=auto>{}</p>", text(&said))));
        body.push(&result::counted(&around, decision, false));
    }
    body.push(&result::from_round(&around, visitor, decision));
    body.push(&result::said(&around, decision));
    body.push(&result::later(&around, decision));
    if let Some(meeting) = decision.assembly
        && let Some(meeting) = assemblies::assembly(house, meeting).await?
    {
        let to = format!("/assembly/{}", meeting.number);
        let words = around.t.say("decisions-of-assembly");
        body.push(&Html(format!("<p>{}</p>", link(visitor, &to, &words))));
    }
    body.push(&appeal(&around, visitor, decision));
    Ok(body)
}

/// How anybody asks another body to look at it again: by saying so, through any door.
fn appeal(around: &Around, visitor: &Visitor, decision: &Decision) -> Html {
    let t = around.t;
    let open = decision.appeals.iter().any(|appeal| appeal.answered_ms.is_none());
    if decision.outcome.is_none() || open {
        return Html::none();
    }
    let Some(to) = rules::appeal_goes_to(decision, &around.ground()) else { return Html::none() };
    let args = [("number", decision.shown_number().into()), ("body", around.body(to).into())];
    let say = visitor.link("/say");
    Html::join([
        Html(format!("<h3>{}</h3>", text(&t.say("decisions-appeal")))),
        para(&t.with("decisions-appeal-how", &args)),
        link_button(&say, &t.say("decisions-appeal-say"), Kind::Other, None),
    ])
}
