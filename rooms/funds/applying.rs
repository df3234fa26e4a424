//! An application is made, from the page or by SMS: its words are fit for everybody, it has a code
//! that is told once, and it takes the next number. It decides nothing itself.

use record::{Id, Refusal};
use seal::chance;
use store::Change;

use super::acts::{fit, number_name, numbered, written};
use crate::door::{House, Trouble};
use crate::funds::queries::{self, today};
use crate::funds::records::ApplicationMade;
use crate::funds::rules::application::{self, APPLICATIONS_MAX};
use crate::funds::views::Window;
use crate::voices::Code;

/// The keyed hash of an application's code.
#[must_use]
pub fn code_key(house: &House, code: &Code) -> [u8; 16] {
    house.vault().keyed("application-code", code.plain().as_bytes())
}

/// An application that has its code, and waits for its number.
pub(super) struct Prepared {
    pub(super) id: Id,
    pub(super) code: Code,
    made: ApplicationMade,
    area: Option<Id>,
    author: Option<Id>,
    day: i64,
}

impl Prepared {
    /// What records it under a number.
    fn change(&self, number: i64) -> Change {
        let Prepared { id, area, author, day, .. } = *self;
        let made = ApplicationMade { number, ..self.made.clone() };
        Change::on(vec![made.window], move |known| {
            let window = Window::fold(made.window, known.of(made.window));
            Ok(written(application::make(&window, id, &made, area, day, author)?))
        })
    }
}

/// Draws the code of an application whose words are fit for everybody to read.
///
/// # Errors
/// They are not, or the window has as many as it takes.
pub(super) async fn prepared(
    house: &House,
    made: ApplicationMade,
    area: Option<Id>,
    author: Option<Id>,
) -> Result<Prepared, Trouble> {
    fit(house, &[&made.body_name, &made.what, &made.how]).await?;
    let mut drawn = [0; 5];
    chance(&mut drawn);
    let code = Code::from_chance(drawn);
    let made = ApplicationMade { code: code_key(house, &code).to_vec(), ..made };
    if queries::applications_of(house, made.window).await?.len() >= APPLICATIONS_MAX {
        return Err(Refusal::new("funds-many").naming("most", APPLICATIONS_MAX).into());
    }
    let (id, day) = (Id::fresh(house.now_ms()), today(house));
    Ok(Prepared { id, code, made, area, author, day })
}

/// What records an application under a number, and takes the number: for whoever does more in the
/// same breath.
pub(super) fn recording(house: &House, number: i64, prepared: &Prepared) -> Change {
    let name = number_name(house, "application-number", number);
    prepared.change(number).claiming(name, prepared.id)
}

/// A body asks for money. Returns the application, and its code, which is told once.
///
/// # Errors
/// As the rule refuses.
pub async fn apply(
    house: &House,
    made: ApplicationMade,
    area: Option<Id>,
    author: Option<Id>,
) -> Result<(Id, Code), Trouble> {
    let prepared = prepared(house, made, area, author).await?;
    let make = |number| prepared.change(number);
    numbered(house, "application-number", prepared.id, make).await?;
    Ok((prepared.id, prepared.code))
}
