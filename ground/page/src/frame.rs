//! The whole document around a page: head, header, menu, notice, main part, languages.
//!
//! Never: it decides who may see what; it loads a script on the street other than the one small
//! file that registers the service worker, and that only after the first view; it names another
//! host.

use askama::Template;

use crate::components::icon::{Icon, icon};
use crate::components::notice;
use crate::html::{Html, href};
use crate::look;
use crate::tongue::{Lang, Tongue};

pub use crate::components::notice::{Notice, Tone};

/// Which of the two faces of a node a page belongs to.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Face {
    /// For everyone, without an account, on any phone.
    Street,
    /// For members who signed in.
    Desk,
}

/// One entry of the menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NavItem {
    /// Where it leads: a path of this node.
    pub href: String,
    /// What it says, already in the reader's language.
    pub label: String,
    /// Whether it is the page being read.
    pub current: bool,
}

/// Everything about a page that is not its body.
pub struct Frame<'a> {
    /// The reader's language.
    pub tongue: Tongue,
    /// The page's title, in the reader's language; the city's name is added to it.
    pub title: &'a str,
    /// The city's name.
    pub city: &'a str,
    /// Street or desk.
    pub face: Face,
    /// The page's own path with its query, from which the language links are made.
    pub path: &'a str,
    /// The signed-in member's name, if any.
    pub member: Option<&'a str>,
    /// The session's token against forged forms; empty without a session.
    pub csrf: &'a str,
    /// What just happened, told once at the top.
    pub notice: Option<Notice>,
    /// Whether this is the demo city, which every page then says.
    pub demo: bool,
    /// The menu.
    pub nav: &'a [NavItem],
    /// Hide mode: the page is kept by no phone and no search engine, and the desk is told so.
    pub hidden: bool,
    /// Whether the reader chose large print.
    pub large: bool,
}

/// What an address says that is read in large print.
pub const LARGE: &str = "large=1";
/// Where the sign-out form is sent.
pub const SIGN_OUT_PATH: &str = "/sign-out";
/// Where the name of the city leads from the street and from the desk.
pub const HOME_PATHS: [&str; 2] = ["/", "/desk"];

/// A whole HTML document.
pub fn page(frame: &Frame<'_>, body: &Html) -> String {
    let t = frame.tongue;
    let document = Document {
        t,
        title: frame.title,
        city: frame.city,
        desk: frame.face == Face::Desk,
        home: home(frame),
        css: look::css().0,
        icon: look::icon_svg().0,
        manifest: look::manifest().0,
        script: if frame.face == Face::Desk { look::desk_js().0 } else { look::street_js().0 },
        loader: look::LOADER,
        mark: mark(),
        globe: icon(Icon::Globe),
        letters: icon(Icon::Letters),
        speaker: icon(Icon::Aloud),
        aloud: look::aloud_js().0,
        large: frame.large,
        print: href(&with_print(frame.path, !frame.large)),
        languages: languages(t.lang, frame.path),
        member: frame.member,
        csrf: frame.csrf,
        sign_out: SIGN_OUT_PATH,
        notice: frame.notice.as_ref().map(|notice| notice::notice(t, notice)),
        demo: frame.demo,
        nav: frame.nav,
        hidden: frame.hidden,
        body,
    };
    // Writing into a string fails only when a value's Display fails, and ours do not.
    document.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "frame.html")]
struct Document<'a> {
    t: Tongue,
    title: &'a str,
    city: &'a str,
    desk: bool,
    home: Html,
    css: &'static str,
    icon: &'static str,
    manifest: &'static str,
    script: &'static str,
    loader: &'static str,
    mark: Html,
    globe: Html,
    letters: Html,
    speaker: Html,
    aloud: &'static str,
    large: bool,
    print: Html,
    languages: Vec<LanguageLink>,
    member: Option<&'a str>,
    csrf: &'a str,
    sign_out: &'static str,
    notice: Option<Html>,
    demo: bool,
    nav: &'a [NavItem],
    hidden: bool,
    body: &'a Html,
}

struct LanguageLink {
    lang: Lang,
    href: Html,
    current: bool,
}

fn languages(current: Lang, path: &str) -> Vec<LanguageLink> {
    let link = |lang: Lang| LanguageLink {
        lang,
        href: href(&with_language(path, lang)),
        current: lang == current,
    };
    Lang::ALL.into_iter().map(link).collect()
}

/// The same page in another language: its path with `lang=` set. For links that keep a language
/// chosen by link, since no cookie does before sign-in.
pub fn with_language(path: &str, lang: Lang) -> String {
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let chosen = format!("lang={}", lang.code());
    let pairs: Vec<&str> = kept.chain([chosen.as_str()]).collect();
    format!("{plain}?{}", pairs.join("&"))
}

/// The same page in large print, or in the usual: its path with `large=1` set or taken away.
/// Carried by links, as a language is, since the street sets no cookie.
pub fn with_print(path: &str, large: bool) -> String {
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("large="));
    let pairs: Vec<&str> = kept.chain(large.then_some(LARGE)).collect();
    if pairs.is_empty() { plain.to_owned() } else { format!("{plain}?{}", pairs.join("&")) }
}

/// A page's part whose own links and forms lead on in large print: a link that forgot it would lose
/// what the reader chose, so it is seen to in one place. Links in what a person wrote are none:
/// their quotes are escaped.
pub fn in_large_print(part: &Html) -> Html {
    let mut out = String::with_capacity(part.0.len());
    let mut rest = part.0.as_str();
    while let Some((begin, at)) =
        OWN_LINKS.iter().filter_map(|b| Some((b, rest.find(b)?))).min_by_key(|(_, at)| *at)
    {
        let (before, after) = rest.split_at(at + begin.len());
        let (target, end) = after.split_once('"').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&large_target(target));
        out.push('"');
        rest = end;
    }
    out.push_str(rest);
    // A form that asks drops the query of its address.
    let field = "<input type=hidden name=large value=1>";
    let mut forms = out.split("<form method=get");
    let mut whole = forms.next().unwrap_or_default().to_owned();
    for form in forms {
        let (tag, inside) = form.split_once('>').unwrap_or((form, ""));
        whole = format!("{whole}<form method=get{tag}>{field}{inside}");
    }
    Html(whole)
}

/// How an attribute begins that leads to a page of this node.
const OWN_LINKS: [&str; 2] = [" href=\"/", " action=\"/"];

/// The rest of an own link, escaped, with large print in its query.
fn large_target(target: &str) -> String {
    let (address, place) = target.split_once('#').map_or((target, None), |(a, p)| (a, Some(p)));
    let pairs = address.split(['?', '&', ';']);
    if address.starts_with("static/") || pairs.into_iter().any(|pair| pair == LARGE) {
        return target.to_owned();
    }
    let mark = if address.contains('?') { "&amp;" } else { "?" };
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    format!("{address}{mark}{LARGE}{place}")
}

/// The first page of a face, in large print when it was chosen.
fn home(frame: &Frame<'_>) -> Html {
    let [street, desk] = HOME_PATHS;
    let home = if frame.face == Face::Desk { desk } else { street };
    let chosen = if frame.large {
        with_print(&with_language(home, frame.tongue.lang), true)
    } else {
        home.to_owned()
    };
    href(&chosen)
}

/// The mark: people on the bench along the wall, which is what a baraza is.
fn mark() -> Html {
    Html(
        "<svg class=mark viewBox=\"0 0 32 32\" width=32 height=32 aria-hidden=true \
         fill=currentColor><circle cx=7 cy=10 r=3 /><circle cx=16 cy=7.5 r=3.5 />\
         <circle cx=25 cy=10 r=3 /><path d=\"M2 20.500c0-7.5 10-7.5 10 0zM10.5 \
         20.500c0-10 11-10 11 0zM20 20.500c0-7.5 10-7.5 10 0zM1 22.500h30V26H1z\"/></svg>"
            .to_owned(),
    )
}
