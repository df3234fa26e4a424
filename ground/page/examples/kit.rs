//! Writes the kit page in every language into a folder, to be looked at in a browser.
//!
//! `cargo run -p page --example kit -- FOLDER` writes `kit-en.html` … `kit-ar.html`, a front page,
//! a form, a thread page, the service worker, and the files under `static/`.
//!
//! Never: it is no part of the node; it serves nothing.

use std::path::{Path, PathBuf};

use page::components::card::{cards, door};
use page::components::icon::Icon;
use page::components::{form, notice, thread};
use page::{Face, Frame, Html, KIT_TEXTS, Lang, NavItem, Notice, Texts, Tongue};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give a folder to write into")?);
    let texts: &'static Texts = Box::leak(Box::new(Texts::new(KIT_TEXTS)?));
    std::fs::create_dir_all(folder.join("static"))?;
    for (path, body) in page::look::all() {
        std::fs::write(folder.join(path.trim_start_matches('/')), body)?;
    }
    for lang in Lang::ALL {
        let t = Tongue::new(lang, texts);
        write(&folder, &format!("kit-{}", lang.code()), t, Face::Desk, &page::kit(t))?;
        write(&folder, &format!("front-{}", lang.code()), t, Face::Street, &front(t))?;
        let say = form::examples(t).into_iter().map(|example| example.html);
        write(&folder, &format!("say-{}", lang.code()), t, Face::Street, &say.collect())?;
        let walked = thread::examples(t).into_iter().take(1).map(|example| example.html);
        write(&folder, &format!("thread-{}", lang.code()), t, Face::Street, &walked.collect())?;
    }
    Ok(())
}

fn front(t: Tongue) -> Html {
    let mut body = Html(format!("<h1>{}</h1>", page::text(&t.say("footer-line"))));
    body.push(&cards([
        door(Icon::Speak, "/say", &t.say("example-say"), &t.say("example-say-about")),
        door(Icon::Follow, "/follow", &t.say("example-follow"), &t.say("example-follow-about")),
    ]));
    for (_, show) in page::components::ALL.iter().filter(|(name, _)| *name == "map") {
        body.push(&show(t).into_iter().take(1).map(|example| example.html).collect());
    }
    body
}

fn write(
    folder: &Path,
    name: &str,
    t: Tongue,
    face: Face,
    body: &Html,
) -> Result<(), Box<dyn std::error::Error>> {
    let item = |key: &str, current| NavItem { href: "/".to_owned(), label: t.say(key), current };
    let nav = [item("example-say", false), item("knot-voice", true), item("column-area", false)];
    let path = format!("/{name}.html");
    let frame = Frame {
        tongue: t,
        title: &t.say("kit-title"),
        city: "Bandari",
        face,
        path: &path,
        member: (face == Face::Desk).then_some("Neema"),
        csrf: "an-invented-token",
        notice: Some(Notice::new(notice::Tone::Good, &t.say("example-notice-good"))),
        demo: true,
        nav: &nav,
        hidden: false,
        large: false,
    };
    // Opened as files, the pages find their style sheet beside them.
    let html = page::page(&frame, body).replace("=\"/static/", "=\"static/");
    std::fs::write(folder.join(format!("{name}.html")), html)?;
    Ok(())
}
