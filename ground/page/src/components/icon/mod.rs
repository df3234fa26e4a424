//! Small pictures that stand beside a word, drawn by hand on a grid of 24.
//!
//! Never: an icon never stands alone; the word beside it carries the meaning, so screen readers
//! skip the picture.

use crate::components::Example;
use crate::html::{Html, text};
use crate::tongue::Tongue;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident $path:literal;)*) => {
        /// A picture to stand beside a word.
        #[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
        pub enum Icon { $($(#[$doc])* $name,)* }

        impl Icon {
            /// Every icon, in the order of the kit page.
            pub const ALL: &'static [Icon] = &[$(Icon::$name,)*];

            fn path(self) -> &'static str {
                match self { $(Icon::$name => $path,)* }
            }
        }
    };
}

icons! {
    /// A drop of water.
    Water "M12 3s-6.5 7-6.5 11.500a6.5 6.5 0 0 0 13 0C18.5 10 12 3 12 3zM9 15a3 3 0 0 0 3 3";
    /// A warm bowl.
    Food "M3 11h18a9 9 0 0 1-6 8.500V21H9v-1.500A9 9 0 0 1 3 11zM9 7.500c-1-1.5 1-2.5 0-4\
        M14 7.500c-1-1.5 1-2.5 0-4";
    /// A house.
    Shelter "M3 11.5 12 4l9 7.500M5.5 10v10h13V10M10 20v-6h4v6";
    /// A cross of care.
    Health "M9 3h6v6h6v6h-6v6H9v-6H3V9h6z";
    /// A road to the horizon.
    Road "M8 3 4 21M16 3l4 18M12 4v2.500M12 10.500v3M12 17.500v3";
    /// A spark.
    Power "M13 2 5 14h6l-1 8 9-13h-6z";
    /// A book.
    School "M12 6c-2-1.7-5-2-8-2v14c3 0 6 .3 8 2 2-1.7 5-2 8-2V4c-3 0-6 .3-8 2zM12 6v14";
    /// A bag for work.
    Work "M3 8h18v12H3zM9 8V4.500h6V8M3 13h18";
    /// A shield.
    Safety "M12 3l8 3v6c0 4.5-3.3 7.5-8 9-4.7-1.5-8-4.5-8-9V6z";
    /// A basket for waste.
    Waste "M5 7h14M9 7V4h6v3M7 7l1 14h8l1-14";
    /// Coins.
    Money "M12 10c4 0 7-1.3 7-3.500S16 3 12 3 5 4.3 5 6.5 8 10 12 10zM5 6.500v11\
        C5 19.7 8 21 12 21s7-1.3 7-3.500v-11M5 12c0 2.2 3 3.5 7 3.500s7-1.3 7-3.5";
    /// Words spoken.
    Speak "M4 4.500h16v12h-9l-5 4v-4H4zM8 9h8M8 12.500h5";
    /// A microphone.
    Microphone "M12 14.500a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5.500a3 3 0 0 0 3 3zM5.5 11.500\
        a6.5 6.5 0 0 0 13 0M12 18v3.500M8.5 21.500h7";
    /// A square that ends.
    Stop "M6 6h12v12H6z";
    /// Words read out.
    Aloud "M4 9.500h4L13 5v14l-5-4.500H4zM16.5 9a4.2 4.2 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11";
    /// A large letter beside a small one.
    Letters "M2.5 19.500 8.5 4l6 15.500M4.600 14h7.800M16 19.500l3-8 3 8M17 17h4";
    /// An ear that listens.
    Hear "M7 9.500a5.5 5.5 0 0 1 11 0c0 4-4 4.5-4 8a3 3 0 0 1-6 .5M10.5 9.500a2 2 0 0 1 4 0\
        c0 2-2.5 2-2.5 4";
    /// A thread between two knots.
    Follow "M3 19a2 2 0 1 0 4 0 2 2 0 1 0-4 0zM17 5a2 2 0 1 0 4 0 2 2 0 1 0-4 0zM5 17\
        c0-7 14-3 14-10";
    /// A raised hand.
    Decide "M7.5 13V7a1.5 1.5 0 0 1 3 0v4-6.500a1.5 1.5 0 0 1 3 0V11 6a1.5 1.5 0 0 1 3 0v8\
        c0 4-2 7-5.5 7-3 0-4.3-1.6-5.5-4l-1.8-4.200c-.7-1.6 1.8-2.6 2.8-1z";
    /// A truck on its way.
    Act "M2 6h11v11H2zM13 9.500h4.500L21.5 13v4H13M5 19a2 2 0 1 0 4 0 2 2 0 1 0-4 0zM15 19\
        a2 2 0 1 0 4 0 2 2 0 1 0-4 0z";
    /// A folded map.
    Map "M9 4 3 6.500V20l6-2.5 6 2.5 6-2.500V4l-6 2.500zM9 4v13.500M15 6.500V20";
    /// A house of the street.
    Home "M3 12l9-8 9 8M6 10v10h4v-5h4v5h4V10";
    /// A closed lock.
    Lock "M5 11h14v9.500H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2";
    /// A phone.
    Phone "M7 2.500h10v19H7zM11 18.500h2";
    /// A sheet of paper.
    Paper "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6";
    /// Two people.
    People "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.300\
        a3.5 3.5 0 0 1 0 6.500M17.5 14.300c2.5.7 4 2.7 4 5.7";
    /// A clock.
    Clock "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2";
    /// A bell.
    Alert "M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.500h-15zM10 21.500h4M12 5V3";
    /// A triangle that warns.
    Warn "M12 3.5 22 20.500H2zM12 10v4.500M12 17.500v.1";
    /// A tick in a circle.
    Ok "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.500l3 3 5-6";
    /// A cross in an eight-sided sign.
    No "M8.5 3h7l5.5 5.500v7L15.5 21h-7L3 15.500v-7zM9 9l6 6M15 9l-6 6";
    /// The letter i in a circle.
    Info "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.1";
    /// A question mark in a circle.
    Ask "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.500a2.5 2.5 0 1 1 3.5 2.300\
        c-.7.4-1 .9-1 1.700M12 16.800v.1";
    /// A magnifying glass.
    Search "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21";
    /// A globe, for languages.
    Globe "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3.5 4 3.5 14 0 18M12 3\
        c-3.5 4-3.5 14 0 18";
    /// An eye that is covered.
    Hide "M3 12c2.5-4.5 5.5-6.5 9-6.500s6.5 2 9 6.500c-2.5 4.5-5.5 6.5-9 6.500S5.5 16.5 3 12z\
        M4 20 20 4";
    /// A printer.
    Print "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z";
    /// Onward, in the reader's direction.
    Next "M9 5l7 7-7 7";
    /// Back, against the reader's direction.
    Back "M15 5l-7 7 7 7";
    /// A plus.
    Add "M12 5v14M5 12h14";
    /// Something else.
    Other "M5.5 12v.1M12 12v.1M18.5 12v.1";
}

/// The picture. It takes the colour and size of the words around it.
pub fn icon(icon: Icon) -> Html {
    // Presentation attributes, so that a page whose style sheet was lost on the way still shows
    // small line drawings and not black shapes as wide as the screen.
    let turn = if matches!(icon, Icon::Next | Icon::Back) { " i-turn" } else { "" };
    Html(format!(
        "<svg class=\"i{turn}\" viewBox=\"0 0 24 24\" width=24 height=24 fill=none \
         stroke=currentColor stroke-width=2 stroke-linecap=round stroke-linejoin=round \
         aria-hidden=true><path d=\"{}\"/></svg>",
        icon.path()
    ))
}

/// The picture with its word.
pub fn icon_word(picture: Icon, word: &str) -> Html {
    Html(format!("<span class=iw>{}{}</span>", icon(picture), text(word)))
}

/// Every icon with its name.
pub fn examples(_: Tongue) -> Vec<Example> {
    let all = Icon::ALL.iter().map(|picture| icon_word(*picture, &format!("{picture:?}")));
    let list: Html = all.map(|shown| Html(format!("<li>{shown}</li>"))).collect();
    vec![Example::new("each beside its word", Html(format!("<ul class=icons>{list}</ul>")))]
}
