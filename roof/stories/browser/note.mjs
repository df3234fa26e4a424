// Spoken, read aloud, written large: what people do who do not read or write small letters.
//
// Run by `cargo xtask ci` after desk.mjs as `node note.mjs BASE_URL OUTDIR`. Records two seconds on
// the street with a made-up microphone, sends them, finds them at the desk, plays and types them up;
// does the same without a network; lets a page be read by a made-up voice of the phone; walks from
// page to page in large print. Ends with 1 when anything is missing. Never asks another machine.

import { createRequire } from "node:module";
import { mkdir } from "node:fs/promises";
import path from "node:path";

const [base, outDir] = process.argv.slice(2);
const tools = process.env.BARAZA_BROWSER_TOOLS;
if (!base || !outDir || !tools) {
  console.error("usage: BARAZA_BROWSER_TOOLS=DIR node note.mjs BASE_URL OUTDIR");
  process.exit(2);
}
const require = createRequire(path.join(tools, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
await mkdir(outDir, { recursive: true });

const WAIT_MS_MAX = 15_000;
const PASSPHRASE = "demo city only";
const SPEAKING_MS = 2_200;
// Of two seconds at 24 kbit a second something must be left.
const NOTE_BYTES_MIN = 1_000;

let findings = 0;
let checks = 0;
function holds(what, sound) {
  checks += 1;
  if (sound) return;
  findings += 1;
  console.log(`FOUND note: ${what}`);
}

const browser = await chromium.launch({
  executablePath: process.env.BARAZA_CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
  ],
});
const desk = await signedIn("josue");
for (const step of [recorded, withoutNetwork, takenAway, noSound, readAloud, largePrint]) {
  try {
    await step();
  } catch (error) {
    findings += 1;
    console.log(`FOUND note ${step.name}: ${String(error.message || error).split("\n")[0]}`);
  }
}
await browser.close();
console.log(`${checks} things looked at that are spoken, read aloud or written large, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);

function phone(locale = "en") {
  return browser.newContext({
    locale,
    viewport: { width: 360, height: 740 },
    permissions: ["microphone"],
    reducedMotion: "reduce",
  });
}

async function signedIn(name) {
  const context = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  await page.goto(`${base}/sign-in?lang=en`);
  await page.fill("[name=name]", name);
  await page.fill("[name=passphrase]", PASSPHRASE);
  await Promise.all([page.waitForNavigation(), page.press("[name=passphrase]", "Enter")]);
  return page;
}

async function opened(context, where) {
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  await page.goto(base + where);
  return page;
}

function shot(page, name) {
  return page.screenshot({ path: path.join(outDir, `${name}.png`), fullPage: true });
}

/** Speaks for two seconds into the page. */
async function speak(page, name) {
  await page.locator("[data-do=record]").click();
  await page.locator("[data-do=stop]").waitFor();
  await page.waitForTimeout(SPEAKING_MS);
  if (name) await shot(page, name);
  await page.locator("[data-do=stop]").click();
  await page.locator("[data-do=drop]").waitFor();
}

function send(page) {
  return page.locator("main form button.main").last().click();
}

/** The notes that wait at the desk. */
async function waiting() {
  await desk.goto(`${base}/desk/voices?lang=en`);
  const rows = desk.locator("[data-item] a", { hasText: "A voice note" });
  const found = await rows.evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  return found.map((href) => href.split("?")[0]);
}

async function recorded() {
  const before = await waiting();
  const own = await phone();
  const page = await opened(own, "/say?lang=en");
  await page.locator("[data-do=record]").waitFor();
  await shot(page, "note-offered");
  await speak(page, "note-recording");
  await shot(page, "note-recorded");
  holds("the length of the note goes with it", Number(await page.inputValue("[name=note_seconds]")) >= 2);
  await page.locator("details summary").last().click();
  await page.fill("[name=word]", "mango");
  await Promise.all([page.waitForURL(/\/follow\//), send(page)]);
  const code = new URL(page.url()).pathname.split("/").pop();
  const [voice, ...more] = (await waiting()).filter((href) => !before.includes(href));
  holds("the note is one voice at the desk", voice && more.length === 0);
  await shot(desk, "note-list");
  await desk.goto(`${base}${voice}?lang=en`);
  await shot(desk, "note-desk");
  const played = await desk.evaluate(async () => {
    const audio = document.querySelector("audio");
    audio.muted = true;
    await audio.play();
    await new Promise((done) => setTimeout(done, 700));
    return { at: audio.currentTime, wrong: audio.error && audio.error.message };
  });
  holds(`the note plays: ${JSON.stringify(played)}`, played.at > 0 && !played.wrong);
  const answer = await desk.evaluate(async () => {
    const answer = await fetch(document.querySelector("audio").src);
    const bytes = (await answer.arrayBuffer()).byteLength;
    const of = (name) => answer.headers.get(name);
    return { bytes, kind: of("content-type"), cache: of("cache-control"), sniff: of("x-content-type-options") };
  });
  holds("it is as long as two seconds", answer.bytes >= NOTE_BYTES_MIN);
  holds("it is served as what it is", answer.kind === "audio/webm");
  holds("no browser keeps or guesses it", answer.cache === "no-store" && answer.sniff === "nosniff");
  await desk.fill("[name=heard]", "The well in our street is dry.");
  await Promise.all([desk.waitForNavigation(), desk.locator("form[action*='/type'] button").click()]);
  await desk.goto(`${base}${voice}?lang=en`);
  holds("its words are the voice's words", (await desk.locator(".quote").first().innerText()).includes("is dry"));
  holds("it is not typed twice", (await desk.locator("[name=heard]").count()) === 0);
  await ownNote(own, code);
  await own.close();
}

/** The person hears their own note with the word they chose. */
async function ownNote(own, code) {
  const page = await opened(own, `/follow/${code}?do=see&lang=en`);
  await page.fill("[name=word]", "mango");
  await Promise.all([page.waitForNavigation(), send(page)]);
  const heard = await page.evaluate(async () => {
    const audio = document.querySelector("audio");
    audio.muted = true;
    await audio.play();
    await new Promise((done) => setTimeout(done, 500));
    return audio.currentTime;
  });
  holds("the person hears their own note", heard > 0);
  await shot(page, "note-own");
}

/** What is recorded in a dead zone is sent once, when there is a network. */
async function withoutNetwork() {
  const before = await waiting();
  const own = await phone("fr");
  const page = await opened(own, "/say?lang=fr");
  await page.waitForLoadState("networkidle");
  await own.setOffline(true);
  await speak(page);
  await send(page);
  await page.locator(".notice.warn[role=status]").first().waitFor();
  holds("the form is empty for the next person", await page.evaluate(() =>
    document.getElementById("note").files.length === 0));
  holds("nothing has reached the desk", (await waiting()).length === before.length);
  await own.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.locator(".notice.good[role=status]").first().waitFor();
  const after = (await waiting()).filter((href) => !before.includes(href));
  holds(`the note came through the queue once, not ${after.length} times`, after.length === 1);
  await own.close();
}

/** A recording can be taken away, and words go alone. */
async function takenAway() {
  const before = await waiting();
  const own = await phone("ar");
  const page = await opened(own, "/say?lang=ar");
  await page.locator("[data-do=record]").waitFor();
  await speak(page);
  await shot(page, "note-recorded-ar");
  await page.locator("[data-do=drop]").click();
  await page.fill("[name=words]", "لا ماء في شارعنا");
  await Promise.all([page.waitForURL(/\/follow\//), send(page)]);
  holds("what was taken away is not sent", (await waiting()).length === before.length);
  await own.close();
}

/** A file that is no sound is refused in words, and nothing that was written is lost. */
async function noSound() {
  const own = await phone();
  const page = await opened(own, "/say?lang=en");
  await page.waitForLoadState("networkidle");
  await page.fill("[name=words]", "Look at this picture.");
  const picture = { name: "note.webm", mimeType: "audio/webm", buffer: Buffer.from("<svg/>") };
  await page.setInputFiles("#note", picture);
  await send(page);
  const told = page.locator(".notice.bad[role=status]");
  await told.waitFor();
  holds("it is said what is wrong", (await told.innerText()).includes("recording"));
  holds("the words are still there", (await page.inputValue("[name=words]")).includes("picture"));
  await own.close();
}

/** The phone's own voice reads, a voice on somebody's server does not. */
async function readAloud() {
  const own = await phone();
  await own.addInitScript(() => {
    self.said = [];
    const voices = [
      { lang: "en-GB", localService: true, name: "own" },
      { lang: "fr_FR", localService: false, name: "elsewhere" },
    ];
    const speech = {
      getVoices: () => voices,
      speak: (one) => self.said.push(one),
      cancel: () => (self.cancelled = true),
      addEventListener: () => {},
    };
    Object.defineProperty(self, "speechSynthesis", { value: speech });
    self.SpeechSynthesisUtterance = class {
      constructor(text) {
        this.text = text;
      }
    };
  });
  const page = await opened(own, "/?lang=en");
  const button = page.locator("button.aloud");
  await button.waitFor();
  await shot(page, "aloud");
  await button.focus();
  await page.keyboard.press("Enter");
  const said = await page.evaluate(() => self.said.map((one) => one.text));
  const [heading] = await page.locator("main h1").allInnerTexts();
  holds("it begins with the heading", said[0] && heading.startsWith(said[0].slice(0, 20)));
  holds(`it reads the page once: ${said.length} pieces`, said.length > 5 && new Set(said).size > said.length / 2);
  holds("no piece is too long for a phone", said.every((text) => text.length <= 220));
  holds("the button now stops", (await button.innerText()).includes("Stop"));
  await page.keyboard.press("Enter");
  holds("it stops", (await page.evaluate(() => self.cancelled)) && (await button.innerText()).includes("Read"));
  await page.goto(`${base}/?lang=fr`);
  await page.waitForLoadState("networkidle");
  holds("a page is never read on somebody's server", !(await button.isVisible()));
  await own.close();
}

/** Whoever chose large print keeps it from page to page. */
async function largePrint() {
  const own = await phone("ht");
  const page = await opened(own, "/?lang=ht");
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const follow = (where) =>
    Promise.all([page.waitForNavigation(), page.locator(where).first().click()]);
  const usual = await size();
  await follow("footer a.print");
  holds("the letters are larger", (await size()) > usual * 1.3);
  await follow("main a.door");
  holds("a link keeps it", new URL(page.url()).searchParams.get("large") === "1");
  await page.fill("[name=words]", "Pa gen limyè nan lari a.");
  await Promise.all([page.waitForNavigation({ url: /\/follow\// }), send(page)]);
  holds("a form keeps it", (await size()) > usual * 1.3);
  await page.goto(`${base}/areas?lang=ht&large=1`);
  await page.fill("[name=q]", "a");
  await Promise.all([page.waitForNavigation(), page.press("[name=q]", "Enter")]);
  holds("a search keeps it", (await size()) > usual * 1.3);
  await follow(".top .home");
  holds("the way home keeps it", (await size()) > usual * 1.3);
  await follow("footer a.print");
  holds("and it can be left", Math.abs((await size()) - usual) < 0.5);
  await own.close();
}
