// The dead zone: what a person says without a network reaches the node once, and only once.
//
// Run by `cargo xtask ci` after check.mjs as `node offline.mjs BASE_URL`. Between the browser and
// the demo city stands a wire that can be cut, so that the service worker loses the network too.
// Voices are counted at the desk, by a word that nobody else has said. Ends with 1 when one is
// lost, doubled or shown to somebody else. Never asks another machine.

import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const [base] = process.argv.slice(2);
const tools = process.env.BARAZA_BROWSER_TOOLS;
if (!base || !tools) {
  console.error("usage: BARAZA_BROWSER_TOOLS=DIR node offline.mjs BASE_URL");
  process.exit(2);
}
const require = createRequire(path.join(tools, "node_modules", "x.js"));
const { chromium } = require("playwright-core");

const WAIT_MS_MAX = 15_000;
// How long is waited for what must not happen, such as a second sending.
const SILENCE_MS = 700;
const PASSPHRASE = "demo city only";

let findings = 0;
let checks = 0;
let words = 0;
function holds(what, sound) {
  checks += 1;
  if (sound) return;
  findings += 1;
  console.log(`FOUND offline: ${what}`);
}

/** A wire to the node that can be cut and joined again. */
function wireTo(target) {
  const sockets = new Set();
  let cut = false;
  const server = net.createServer((near) => {
    if (cut) return near.destroy();
    const far = net.connect(Number(target.port), target.hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => (sockets.delete(one), other.destroy()));
      one.pipe(other);
    }
  });
  return new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => {
      const cutIt = (now) => {
        cut = now;
        if (now) sockets.forEach((socket) => socket.destroy());
      };
      ready({ base: `http://127.0.0.1:${server.address().port}`, cut: cutIt, end: () => server.close() });
    });
  });
}

const browser = await chromium.launch({
  executablePath: process.env.BARAZA_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const desk = await signedIn("josue");
for (const step of [deadZone, twoTabs, backAgain, hotspot, refused, hidden]) {
  try {
    await step();
  } catch (error) {
    findings += 1;
    console.log(`FOUND offline ${step.name}: ${String(error.message || error).split("\n")[0]}`);
  }
}
await browser.close();
console.log(`${checks} things looked at without a network, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);

async function signedIn(name) {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  await page.goto(`${base}/sign-in?lang=en`);
  await page.fill("[name=name]", name);
  await page.fill("[name=passphrase]", PASSPHRASE);
  await Promise.all([page.waitForNavigation(), page.press("[name=passphrase]", "Enter")]);
  return page;
}

/** How many voices the node has that hold this word. */
async function voicesWith(word) {
  await desk.goto(`${base}/desk/search?q=${word}&lang=en`);
  const links = await desk.locator('main a[href^="/desk/voices/"]').all();
  const found = await Promise.all(links.map((link) => link.getAttribute("href")));
  return new Set(found.map((href) => href.split("?")[0])).size;
}

/** A phone that has opened the first page once, and the wire it hangs on. */
async function phone(locale = "en") {
  const wire = await wireTo(new URL(base));
  const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 } });
  context.setDefaultTimeout(WAIT_MS_MAX);
  const open = async (where) => {
    const page = await context.newPage();
    await page.goto(wire.base + where);
    return page;
  };
  const network = async (there) => {
    wire.cut(!there);
    await context.setOffline(!there);
  };
  const end = async () => {
    await context.close();
    wire.end();
  };
  return { context, open, network, end };
}

/** A word that nobody has said. */
function newWord() {
  words += 1;
  return `dlo${Date.now().toString(36)}x${words}`;
}

/** What the phone keeps of the node. */
function keptPages(page) {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => request.url.replace(location.origin, ""));
  });
}

/** How many reports wait on the phone. */
function waiting(page) {
  const count = () => Object.keys(localStorage).filter((key) => key.startsWith("baraza-kept")).length;
  return page.evaluate(count);
}

function noticed(page, tone) {
  return page.locator(`.notice.${tone}[role=status]`).first().waitFor();
}

/** Fills in the form and sends it. */
async function say(page, said) {
  await page.fill("[name=words]", said);
  await send(page);
}

function send(page) {
  return page.locator("form[data-kept] button").last().click();
}

/** Waits until the form is there without a network, though only the first page was opened. */
async function foreseen(page) {
  for (let n = 0; n < 100; n += 1) {
    const all = await keptPages(page);
    if (all.some((url) => url.startsWith("/say?lang="))) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

async function deadZone() {
  const word = newWord();
  const own = await phone("fr");
  const first = await own.open("/");
  holds("/say is kept in the page's language", (await foreseen(first)) && (await keptPages(first)).includes("/say?lang=fr"));
  await own.network(false);
  const page = await own.open("/say?lang=fr");
  await first.close();
  await page.fill("[name=words]", `${word} pas d'eau`);
  await page.fill("[name=place]", "près de l'église");
  await send(page);
  await noticed(page, "warn");
  const said = await page.locator(".notice.warn[role=status]").last().innerText();
  holds("it is said in French that the words are kept", said.includes("gardés sur ce téléphone"));
  holds("the form is empty for the next person", (await page.inputValue("[name=words]")) === "");
  holds("one report waits", (await waiting(page)) === 1);
  await page.close();
  holds("nothing has reached the node", (await voicesWith(word)) === 0);
  await own.network(true);
  const again = await own.open("/");
  await noticed(again, "good");
  holds("the code is told", (await again.locator(".notice.good .code").innerText()).length >= 8);
  holds("nothing waits", (await waiting(again)) === 0);
  const tab = await own.open("/say");
  await tab.waitForTimeout(SILENCE_MS);
  holds("exactly one voice reached the node", (await voicesWith(word)) === 1);
  await own.end();
}

/** Two tabs that find the network at the same moment. */
async function twoTabs() {
  const word = newWord();
  const own = await phone();
  const first = await own.open("/");
  await foreseen(first);
  await own.network(false);
  const page = await own.open("/say?lang=en");
  await say(page, `${word} no light`);
  await noticed(page, "warn");
  await own.network(true);
  await Promise.all([own.open("/"), own.open("/say?lang=en"), noticed(page, "good")]);
  await page.waitForTimeout(SILENCE_MS);
  holds("two tabs send once", (await voicesWith(word)) === 1);
  await own.end();
}

/** Whoever goes back after a report writes a second one. */
async function backAgain() {
  const word = newWord();
  const own = await phone();
  const page = await own.open("/say?lang=en");
  await page.waitForLoadState("networkidle");
  const sent = async (which) => {
    await say(page, `${word} ${which}`);
    await page.waitForURL(/\/follow\//);
    return new URL(page.url()).pathname;
  };
  const one = await sent("the first");
  await page.goBack();
  await page.waitForURL(/\/say/);
  holds("the form is empty after Back", (await page.inputValue("[name=words]")) === "");
  const other = await sent("the second");
  holds("a second report has a code of its own", one !== other);
  holds("a second report is a second voice", (await voicesWith(word)) === 2);
  await own.end();
}

/** A hotspot that wants a password answers 403 in the node's place. */
async function hotspot() {
  const word = newWord();
  const own = await phone();
  const page = await own.open("/say?lang=en");
  await page.waitForLoadState("networkidle");
  const portal = { status: 403, contentType: "text/html", body: "<h1>Please pay</h1>" };
  await own.context.route("**/say*", (route) =>
    route.request().method() === "POST" ? route.fulfill(portal) : route.fallback());
  await say(page, `${word} behind a hotspot`);
  await noticed(page, "warn");
  holds("a hotspot's no keeps the report", (await waiting(page)) === 1);
  await own.context.unroute("**/say*");
  await page.reload();
  await noticed(page, "good");
  holds("and it is sent once the hotspot lets it", (await voicesWith(word)) === 1);
  await own.end();
}

/** What the node refuses comes back to its owner, and to nobody unasked. */
async function refused() {
  const word = newWord();
  const own = await phone();
  const first = await own.open("/");
  await foreseen(first);
  await own.network(false);
  const page = await own.open("/say?lang=en");
  for (const said of [`${word} mine`, `${word} thrown away`]) {
    await page.fill("[name=words]", said);
    await page.locator("details summary").last().click();
    await page.fill("[name=number]", "no number");
    await page.fill("[name=word]", "mango");
    await send(page);
    await page.waitForFunction(() => document.querySelector("[name=words]").value === "");
    await page.locator("details summary").last().click();
  }
  await own.network(true);
  const next = await own.open("/say?lang=fr");
  const asked = next.locator(".notice[data-report]");
  await asked.nth(1).waitFor();
  await next.waitForTimeout(SILENCE_MS);
  holds("two reports ask, in another language too", (await asked.count()) === 2);
  holds("nobody's words fill the form unasked", (await next.inputValue("[name=words]")) === "");
  const mine = await next.evaluate((mark) => {
    const id = Object.keys(localStorage).find((key) => localStorage.getItem(key).includes(mark));
    return JSON.parse(localStorage.getItem(id)).id;
  }, `${word} thrown`);
  await next.locator(`.notice[data-report="${mine}"] button`).nth(1).click();
  holds("what is thrown away is gone", (await waiting(next)) === 1);
  await asked.first().locator("button").first().click();
  holds("the words come back", (await next.inputValue("[name=words]")) === `${word} mine`);
  holds("the number does not", (await next.inputValue("[name=number]")) === "");
  holds("nor the secret word", (await next.inputValue("[name=word]")) === "");
  holds("but their fields are in sight", await next.locator("[name=number]").isVisible());
  await send(next);
  await next.waitForURL(/\/follow\//);
  holds("put right, it is one voice", (await voicesWith(word)) === 1);
  holds("nothing waits any more", (await waiting(next)) === 0);
  await own.end();
}

/** The city hides: phones forget its pages, and people can still speak. */
async function hidden() {
  const word = newWord();
  const own = await phone();
  const page = await own.open("/");
  await foreseen(page);
  const steward = await signedIn("mirlande");
  const hide = async (reason) => {
    await steward.goto(`${base}/desk/node?lang=en`);
    const form = steward.locator('main form[action^="/desk/node/hide"]');
    const field = form.locator("[name=reason]");
    if (await field.count()) await field.fill(reason);
    await Promise.all([steward.waitForNavigation(), form.locator("button").click()]);
  };
  await hide("people are hunted by what is shown");
  try {
    // A page that no phone keeps says it too.
    await page.goto(`${new URL(page.url()).origin}/say/sealed?lang=en`);
    await page.waitForLoadState("networkidle");
    const pages = (await keptPages(page)).filter((url) => !url.startsWith("/static/"));
    holds(`the phone has forgotten the pages, not ${pages.join(" ")}`, pages.length === 0);
    await page.goto(`${new URL(page.url()).origin}/say?lang=en`);
    holds("no area is named", (await page.locator("[name=area]").count()) === 0);
    const ways = await page.locator("nav.menu a").all();
    holds("the menu has one way", ways.length === 1);
    await page.fill("[name=words]", `${word} no water`);
    await page.locator("main form button").last().click();
    await page.locator(".code-large").waitFor();
    holds("what is said in hiding is heard", (await voicesWith(word)) === 1);
    holds("nothing of it stays on the phone", (await waiting(page)) === 0);
  } finally {
    await hide("it is over");
  }
  await own.end();
}
