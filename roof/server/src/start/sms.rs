//! How SMS come and go, chosen by the steward: later, the simulator, a phone, or anything that
//! speaks JSON; and a test message answered. It writes the node's own settings and shows a token
//! to the steward alone; the phone's password is never shown again.

use axum::response::Response;
use page::components::button::{Button, Kind, button, buttons, link_button};
use page::components::card::panel;
use page::components::field::{self, Choice, Field, Kind as FieldKind};
use page::components::form::{Form, form};
use page::components::icon::Icon;
use page::components::quote;
use page::{Html, Lang, Tongue, text};
use record::Refusal;
use rooms::door::{House, Shown, Trouble};
use rooms::places::{self, CityWords};
use rooms::voices::outbound;

use super::pages::{asked, command, framed, line, step_form};
use super::rules::loopback_name;
use super::{Asking, Filled, PATH};
use crate::gateway::InForce;
use crate::settings::{self, Gateway, GatewayKind};
use crate::simulator::{self, Phones};

/// The phone of the test message.
const TEST_PHONE: u32 = 999;
/// Chance in a token or a signing key, in bytes.
const TOKEN_BYTES: usize = 16;
/// Longest address, user name or password of a phone, in bytes.
const PHONE_BYTES_MAX: usize = 200;
/// The node's port when the browser does not say it.
const PORT: &str = "8080";

/// The gateway in force with how to use it, or the choice when there is none.
pub(super) async fn page(asking: &Asking) -> Result<Shown, Trouble> {
    let Some(gateway) = in_force(&asking.house) else {
        return Ok(choose(asking, &Filled::default()));
    };
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    let how = match gateway.kind {
        GatewayKind::Simulator => simulator_part(asking),
        GatewayKind::Android => android_part(asking, &gateway),
        GatewayKind::Json => json_part(asking, &gateway),
    };
    let waiting = outbound::backlog(&asking.house).await?.waiting;
    let desk = visitor.link("/desk");
    let change = visitor.link(&format!("{PATH}?step=change"));
    let body = Html::join([
        how,
        Html(format!("<p>{}</p>", t.html("start-sms-waiting", &[("n", waiting.into())]))),
        buttons([
            link_button(&desk, &t.say("start-desk"), Kind::Main, Some(Icon::Home)),
            link_button(&change, &t.say("start-sms-change"), Kind::Other, Some(Icon::Phone)),
        ]),
        Html(format!("<h2>{}</h2>", text(&t.say("start-after")))),
        line(t, "start-after-doctor"),
        command("baraza doctor"),
        sheet_way(asking),
    ]);
    Ok(framed(t, 6, "start-sms-title", body))
}

/// The choice.
pub(super) fn choose(asking: &Asking, filled: &Filled) -> Shown {
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    let kinds = ["simulator", "android", "json"];
    let labels = kinds.map(|kind| t.say(&format!("start-sms-{kind}")));
    let choices: Vec<Choice<'_>> =
        kinds.iter().zip(&labels).map(|(kind, label)| Choice::new(kind, label)).collect();
    let chosen = if filled.get("gateway").is_empty() { "simulator" } else { filled.get("gateway") };
    let label = t.say("start-gateway");
    let gateway =
        Field { name: "gateway", label: &label, value: chosen, required: true, ..Field::default() };
    let other = |name: &str, kind| asked(t, name, filled.get(name), false, kind);
    let fields = Html::join([
        field::radios(t, &gateway, &choices),
        other("sms-number", FieldKind::Phone),
        Html(format!("<h2>{}</h2>", text(&t.say("start-phone-title")))),
        line(t, "start-phone-about"),
        other("url", FieldKind::Words),
        other("user", FieldKind::Words),
        asked(t, "password", "", false, FieldKind::Secret),
    ]);
    let later = visitor.link("/desk");
    let body = Html::join([
        line(t, "start-sms-lead"),
        buttons([link_button(&later, &t.say("start-sms-later"), Kind::Other, Some(Icon::Clock))]),
        step_form(visitor, "sms", fields, "start-next"),
        sheet_way(asking),
    ]);
    framed(t, 5, "start-sms-title", body)
}

/// The way to the recovery sheet, for a steward whose paper is gone.
fn sheet_way(asking: &Asking) -> Html {
    let t = asking.visitor.tongue();
    let to = asking.visitor.link(&format!("{PATH}?step=sheet"));
    buttons([link_button(&to, &t.say("start-sheet-again"), Kind::Other, Some(Icon::Paper))])
}

/// Takes the choice: settings first, then the running node.
pub(super) async fn choose_gateway(asking: &Asking, filled: &Filled) -> Result<Response, Trouble> {
    let house = &asking.house;
    let gateway = gateway_of(filled)?;
    let number = filled.get("sms-number");
    if !number.is_empty() {
        let city = house.city();
        let words = CityWords {
            name: city.name.clone(),
            country: city.country.clone(),
            languages: city.languages.clone(),
            emergency: city.emergency.clone(),
            sms_number: number.to_owned(),
            offset_minutes: city.offset_minutes,
            demo: city.demo,
        };
        places::name_city(house, words, asking.visitor.author()).await?;
    }
    let mut settings = settings::read(house.data()).map_err(broken)?;
    settings.gateway = Some(gateway.clone());
    settings::write(house.data(), &settings).map_err(broken)?;
    house.keep(InForce(Some(gateway)));
    Ok(asking.onward(""))
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed over by map_err")]
fn broken(error: anyhow::Error) -> Trouble {
    Trouble::broken(format!("{error:#}"))
}

/// The gateway that a form asks for, with a token and signing key of its own.
///
/// # Errors
/// The kind is unknown, or a phone's address or user is missing.
pub(super) fn gateway_of(filled: &Filled) -> Result<Gateway, Refusal> {
    let kind = match filled.get("gateway") {
        "simulator" => GatewayKind::Simulator,
        "android" => GatewayKind::Android,
        "json" => GatewayKind::Json,
        _ => return Err(Refusal::new("list-unknown")),
    };
    let none = String::new;
    let gateway = Gateway {
        kind,
        token: token(),
        signing_key: none(),
        url: none(),
        user: none(),
        password: none(),
    };
    if kind != GatewayKind::Android {
        return Ok(gateway);
    }
    let (url, user, password) = (filled.get("url"), filled.get("user"), filled.raw("password"));
    // The way to the phone is inside the house: its app speaks plain HTTP there.
    let host = url.strip_prefix("http://").unwrap_or_default();
    let sound = !host.is_empty() && url.bytes().all(|b| b.is_ascii_graphic());
    if !sound || url.len() > PHONE_BYTES_MAX {
        return Err(Refusal::new("start-phone-url"));
    }
    let short = |typed: &str| !typed.is_empty() && typed.len() <= PHONE_BYTES_MAX;
    if !short(user) || !short(password) {
        return Err(Refusal::new("start-phone-user"));
    }
    Ok(Gateway {
        signing_key: token(),
        url: url.trim_end_matches('/').to_owned(),
        user: user.to_owned(),
        password: password.to_owned(),
        ..gateway
    })
}

fn token() -> String {
    let mut chance = [0; TOKEN_BYTES];
    seal::chance(&mut chance);
    chance.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sends the word for help through the simulator.
pub(super) async fn test(asking: &Asking) -> Result<Response, Trouble> {
    let simulating =
        in_force(&asking.house).is_some_and(|gateway| gateway.kind == GatewayKind::Simulator);
    if !simulating {
        return Err(Trouble::NotFound);
    }
    let number = simulator::demo_number(TEST_PHONE);
    simulator::say(&asking.house, &number, help_word(asking.visitor.tongue().lang)).await?;
    Ok(asking.onward(""))
}

/// The word for help in a language.
fn help_word(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "HELP",
        Lang::Fr => "AIDE",
        Lang::Es => "AYUDA",
        Lang::Ht => "EDE",
        Lang::Sw => "MSAADA",
        Lang::Ar => "مساعدة",
    }
}

fn in_force(house: &House) -> Option<Gateway> {
    house.kept::<InForce>().and_then(|in_force| in_force.0.clone())
}

fn simulator_part(asking: &Asking) -> Html {
    let visitor = &asking.visitor;
    let t = visitor.tongue();
    let word = help_word(t.lang);
    let phones = asking.house.kept::<Phones>();
    let screen = phones.map(|p| p.on_screen(&simulator::demo_number(TEST_PHONE)));
    let answer = screen.unwrap_or_default().into_iter().rev().find(|message| !message.own);
    let answered = match answer {
        None => Html::none(),
        Some(message) => Html::join([
            Html(format!("<h2>{}</h2>", text(&t.say("start-test-answer")))),
            quote::quote(&message.words, None, &Html::none()),
        ]),
    };
    let inner = Html::join([
        field::hidden("step", "test"),
        buttons([button(&Button {
            icon: Some(Icon::Phone),
            ..Button::new(&t.with("start-test-send", &[("word", word.into())]), Kind::Other)
        })]),
    ]);
    let (to, open) = (visitor.link(PATH), visitor.link("/simulator"));
    Html::join([
        line(t, "start-sms-simulator-about"),
        buttons([link_button(
            &open,
            &t.say("start-simulator-open"),
            Kind::Other,
            Some(Icon::Phone),
        )]),
        form(t, &Form::post(&to, visitor.csrf()), &inner),
        answered,
    ])
}

/// What is typed into the phone's app, and the command that tells it where to call.
fn android_part(asking: &Asking, gateway: &Gateway) -> Html {
    let t = asking.visitor.tongue();
    let host = asking.headers.get("host").and_then(|h| h.to_str().ok()).unwrap_or_default();
    let path = format!("/gateway/android-sms/{}", gateway.token);
    let register = |url: &str| {
        command(&format!(
            "curl -X POST -u {} -H 'Content-Type: application/json' \
             -d '{{\"id\":\"baraza\",\"url\":\"{url}\",\"event\":\"sms:received\"}}' {}/webhooks",
            gateway.user, gateway.url
        ))
    };
    let port = host.rsplit(':').next().filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let port = port.filter(|p| !p.is_empty()).unwrap_or(PORT);
    let by_cable = format!("http://127.0.0.1:{port}{path}");
    let name = if loopback_name(host) || host.is_empty() { "YOUR-NODE" } else { host };
    let by_https = format!("https://{name}{path}");
    let heading = |key: &str| Html(format!("<h2>{}</h2>", text(&t.say(key))));
    panel(&Html::join([
        line(t, "start-android-key"),
        shown_token(t, "start-signing-key", &gateway.signing_key),
        line(t, "start-android-https"),
        heading("start-android-cable"),
        command(&format!("adb reverse tcp:{port} tcp:{port}")),
        shown_token(t, "start-webhook", &by_cable),
        register(&by_cable),
        heading("start-android-name"),
        shown_token(t, "start-webhook", &by_https),
        register(&by_https),
        line(t, "start-android-test"),
    ]))
}

fn json_part(asking: &Asking, gateway: &Gateway) -> Html {
    let t = asking.visitor.tongue();
    let path = format!("/gateway/json/{}", gateway.token);
    panel(&Html::join([
        line(t, "start-json-in"),
        command(&format!("POST {path}")),
        command("{\"id\": \"…\", \"from\": \"+…\", \"text\": \"…\"}"),
        line(t, "start-json-out"),
        command(&format!("GET {path}/outbox")),
        line(t, "start-json-handed"),
        command(&format!("POST {path}/handed")),
        command("{\"ids\": [\"…\"]}"),
    ]))
}

fn shown_token(t: Tongue, label: &str, value: &str) -> Html {
    Html(format!(
        "<p>{}</p><p dir=ltr><code class=mono>{}</code></p>",
        text(&t.say(label)),
        text(value)
    ))
}
