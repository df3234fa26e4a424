// A whole evening without the node: two phones count a meeting while the process is stopped, one tab
// is killed mid-vote, one phone is restarted; then the node comes back, both send, both send again,
// and nothing is there twice.
//
// Run by `cargo xtask ci` as `node kit.mjs PROGRAM DATA_DIR OUTDIR`. It starts and ends the demo city
// itself, without warning, as a power cut would. Never asks another machine.

import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const [program, data, outDir] = process.argv.slice(2);
const tools = process.env.BARAZA_BROWSER_TOOLS;
if (!program || !data || !outDir || !tools) {
  console.error("usage: BARAZA_BROWSER_TOOLS=DIR node kit.mjs PROGRAM DATA_DIR OUTDIR");
  process.exit(2);
}
const require = createRequire(path.join(tools, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
await mkdir(outDir, { recursive: true });
await mkdir(data, { recursive: true });

const WAIT_MS_MAX = 20_000;
const START_MS_MAX = 120_000;
const PASSPHRASE = "demo city only";
const PHONE = { viewport: { width: 360, height: 740 }, locale: "en", hasTouch: true };
// What a thumb can hit, in CSS pixels.
const TARGET_PX_MIN = 44;
// The script, uncompressed: it travels once, near the node, before the evening.
const SCRIPT_BYTES_MAX = 28 * 1024;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const launch = { executablePath: process.env.BARAZA_CHROMIUM || "/usr/bin/chromium", args: ARGS };

let findings = 0;
let checks = 0;
function holds(what, sound) {
  checks += 1;
  if (sound) return;
  findings += 1;
  console.log(`FOUND kit: ${what}`);
}

// The node, started and cut off.
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
let node = null;
function freePort() {
  return new Promise((found) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
async function start() {
  node = spawn(program, ["demo", "--listen", `127.0.0.1:${port}`, "--data", path.join(data, "city")], { stdio: "ignore" });
  const until = Date.now() + START_MS_MAX;
  while (Date.now() < until) {
    const well = await fetch(`${base}/health`).then((answer) => answer.ok, () => false);
    if (well) return;
    await new Promise((soon) => setTimeout(soon, 100));
  }
  throw new Error("the node did not start");
}
function cut() {
  const gone = new Promise((ended) => node.once("exit", ended));
  node.kill("SIGKILL");
  return gone;
}

const browser = await chromium.launch(launch);
const profile = path.join(data, "phone-2");
let first;
let second;
try {
  await start();
  await evening();
} catch (error) {
  findings += 1;
  console.log(`FOUND kit: ${String(error.stack || error).split("\n").slice(0, 6).join(" | ")}`);
  for (const [name, page] of [["first", first], ["second", second]]) {
    await page?.screenshot({ path: path.join(outDir, `kit-broken-${name}.png`) }).catch(() => {});
  }
}
await browser.close();
node?.kill("SIGKILL");
await rm(profile, { recursive: true, force: true });
console.log(`${checks} things looked at in an evening without the node, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);

async function signIn(page, name, next = "/desk") {
  await page.goto(`${base}/sign-in?lang=en&next=${encodeURIComponent(next)}`);
  await page.fill("[name=name]", name);
  await page.fill("[name=passphrase]", PASSPHRASE);
  await Promise.all([page.waitForNavigation(), page.press("[name=passphrase]", "Enter")]);
}

async function sendForm(page, action, fields, more = "") {
  const form = page.locator(`main form[action*="${action}"]`).first();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((one) => one.tagName + (one.type || ""));
    if (kind.startsWith("SELECT")) await field.selectOption(value);
    else if (kind.endsWith("radio")) await form.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind.endsWith("checkbox")) await field.check();
    else await field.fill(value);
  }
  await Promise.all([page.waitForNavigation(), form.locator(`button${more}`).last().click()]);
  const status = await page.locator(".refused").count();
  if (status) throw new Error(`refused: ${await page.locator("main").innerText()}`);
}

/** Calls an evening with its agenda and one motion; gives its path. */
async function call(desk) {
  await desk.goto(`${base}/desk/assemblies/new?lang=en`);
  const value = (name, words) => desk.locator(`[name=${name}] option`, { hasText: words }).first().getAttribute("value");
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await sendForm(desk, "/desk/assemblies", { body: await value("body", "Tifonten"), area: await value("area", "Tifonten"),
    title: "Water this month", place: "Church hall", day, hour: "15:00", women_first: "yes", childcare: "yes" });
  const at = new URL(desk.url()).pathname.replace("/agenda", "");
  await sendForm(desk, "/agenda", { "own-0": "Where the well is dug" }, "[value=publish]");
  await desk.goto(`${base}${at}/motions?lang=en`);
  await sendForm(desk, "/motions", { title: "Dig a well at the market", short: "A well at the market",
    effects: "Everybody near the market has water.", subject: "Small repairs of water points and paths", kind: "ordinary" });
  return at;
}

/** A thumb on a button or a way, by its words; the tap has to be on the disk before the next. */
async function press(page, words) {
  const one = page.locator("main button:visible, main a:visible").filter({ hasText: words }).first();
  await one.click();
}
/** The same, where it leads on: the next step begins when the screen has changed. */
async function onward(page, words) {
  const before = await page.evaluate(() => location.hash);
  await press(page, words);
  await page.waitForFunction((hash) => location.hash !== hash, before);
}
async function go(page, hash) {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.waitForTimeout(50);
}
async function shown(page, c) {
  return Number(await page.inputValue(`[id="${c}"]`));
}
async function count(page, cells) {
  for (const [c, n] of Object.entries(cells)) {
    const more = page.locator(".pad").filter({ has: page.locator(`[id="${c}"]`) }).locator(".more");
    for (let done = await shown(page, c); done < n; done += 1) {
      await more.click();
      await page.waitForFunction(([c, n]) => document.getElementById(c)?.value === String(n), [c, done + 1]);
    }
  }
}
/** Types a number as a whole, where a thumb would take long. */
async function type(page, cells) {
  for (const [c, n] of Object.entries(cells)) {
    await page.fill(`[id="${c}"]`, String(n));
    await page.locator(`[id="${c}"]`).blur();
    await page.waitForFunction(([c, n]) => document.getElementById(c)?.value === String(n), [c, n]);
  }
}
async function mark(page) {
  await onward(page, "All are counted");
  return page.locator(".digits").innerText();
}
async function bothAgree(what) {
  const [one, other] = [await mark(first), await mark(second)];
  holds(`${what}: both phones show the same two digits`, one === other && /^\d\d$/.test(one));
  for (const page of [first, second]) await onward(page, "The other counter has the same");
  return one;
}
async function shot(page, name) {
  await page.waitForTimeout(100);
  await page.screenshot({ path: path.join(outDir, `kit-${name}.png`) });
  const small = await page.$$eval("main :is(button, a.b, a.step, input, select, textarea, summary)", (all, min) =>
    all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < min).map((one) => one.outerHTML.slice(0, 60)), TARGET_PX_MIN);
  holds(`${name}: a thumb hits everything, not ${small.join(" ")}`, small.length === 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  holds(`${name}: nothing is wider than the phone`, !wide);
  await page.evaluate(axe);
  const wrong = await page.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return result.violations.map((one) => `${one.id} at ${one.nodes[0].html.slice(0, 80)}`);
  }, RULES);
  holds(`${name}: axe finds nothing, not ${wrong.join("; ")}`, wrong.length === 0);
}
async function keep(page) {
  await page.reload();
  await press(page, "Keep on this phone");
  await page.locator(".notice.good").first().waitFor();
}
function votes(choice, [w, m, o]) {
  return { [`${choice}.w`]: w, [`${choice}.m`]: m, [`${choice}.o`]: o };
}
async function hands(page, of, all, how = type) {
  for (const [choice, n] of Object.entries(all)) {
    await go(page, `hands/${of}/${choice}`);
    await how(page, votes(choice, n));
  }
}

async function evening() {
  const firstContext = await browser.newContext(PHONE);
  firstContext.setDefaultTimeout(WAIT_MS_MAX);
  first = await firstContext.newPage();
  let secondContext = await chromium.launchPersistentContext(profile, { ...launch, ...PHONE });
  secondContext.setDefaultTimeout(WAIT_MS_MAX);
  second = secondContext.pages()[0] || (await secondContext.newPage());
  await signIn(first, "nadege");
  await signIn(second, "josue");
  const at = await call(first);
  const kit = `${base}${at}/kit?lang=en`;
  for (const [page, n] of [[first, 1], [second, 2]]) {
    await page.goto(kit);
    if (n === 1) await shot(page, "choose");
    await press(page, `Counter ${n}`);
    await keep(page);
  }
  const size = await first.evaluate(() => fetch(document.querySelector("script[src]").src).then((a) => a.text()).then((t) => t.length));
  holds(`the script is small, not ${size} bytes`, size < SCRIPT_BYTES_MAX);
  const names = await first.evaluate(async () => (await (await caches.open("baraza-desk-kit")).match(location.pathname, { ignoreSearch: true })).text());
  holds("no name and no token is kept", !names.includes("nadege") && !names.includes("csrf"));

  await cut();
  await first.reload();
  await second.reload();
  await shot(first, "home");
  const well = (await first.locator(".step", { hasText: "Dig a well" }).getAttribute("href")).split("/")[1];

  // The women meet first, then all are counted, one by one.
  await go(first, "women");
  await first.fill("[name=words]", "The well must be near the school.");
  await onward(first, "Save");
  for (const page of [first, second]) await go(page, "roll");
  await count(first, { w: 5, m: 3 });
  await type(first, { w: 26, m: 15 });
  await type(second, { w: 26, m: 14 });
  await shot(first, "roll");
  const [one, other] = [await mark(first), await mark(second)];
  await shot(first, "compare");
  holds("different counts show different digits", one !== other);
  for (const page of [first, second]) await onward(page, "It is different");
  await type(second, { m: 15 });
  await bothAgree("roll");
  await go(first, "open");
  await onward(first, "Save");

  // The well: 26 of 41 are women.
  await go(first, `conflict/${well}`);
  await first.locator("summary").click();
  await first.selectOption("[name=who]", "chair");
  await first.fill("[name=what]", "The well is beside their house.");
  await press(first, "Save");
  await first.locator("h1", { hasText: "Somebody else must lead" }).waitFor();
  await go(first, `hands/${well}`);
  holds("whoever gains does not lead the vote", (await first.locator("h1").innerText()) === "Somebody else must lead");
  await shot(first, "locked");
  await onward(first, "A woman leads now");
  await shot(first, "motion");
  for (const page of [first, second]) {
    await go(page, `here/${well}`);
    await type(page, { w: 26, m: 15 });
  }
  await bothAgree("who is here");
  const all = { yes: [20, 9, 0], no: [4, 5, 0], abstain: [2, 1, 0] };
  await go(first, `hands/${well}/yes`);
  await count(first, { "yes.w": 7 });
  await shot(first, "hands");

  // A tab is killed in the middle of the vote.
  const killing = await firstContext.newCDPSession(first);
  killing.send("Page.crash").catch(() => {});
  await first.waitForEvent("crash");
  await first.close().catch(() => {});
  first = await firstContext.newPage();
  await first.goto(kit);
  await shot(first, "after-the-crash");
  await first.locator(".b.main.wide").first().click();
  holds("the seventh hand is still counted", (await shown(first, "yes.w")) === 7);
  await press(first, "Undo the last tap");
  await first.waitForFunction(() => document.getElementById("yes.w").value === "6");
  await hands(first, well, all);

  // The other phone is restarted.
  await hands(second, well, { yes: [20, 8, 0] });
  await secondContext.close();
  secondContext = await chromium.launchPersistentContext(profile, { ...launch, ...PHONE });
  secondContext.setDefaultTimeout(WAIT_MS_MAX);
  second = secondContext.pages()[0] || (await secondContext.newPage());
  await second.goto(kit);
  await go(second, `hands/${well}/yes`);
  holds("a restarted phone goes on at its last tap", (await shown(second, "yes.m")) === 8);
  await hands(second, well, { no: [4, 5, 0], abstain: [2, 1, 0] });
  const [mine, theirs] = [await mark(first), await mark(second)];
  holds("a hand that was missed is seen", mine !== theirs);
  for (const page of [first, second]) await onward(page, "It is different");
  for (const page of [first, second]) await hands(page, well, all);
  await bothAgree("hands");
  await go(first, `result/${well}`);
  const sentence = await first.locator("blockquote").innerText();
  holds(`the result is one sentence, not: ${sentence}`, sentence.includes("Yes 29, No 9, Abstain 3. This is carried. 26 of the 41") || sentence.includes("Yes 29, No 9, Abstain 3. This is carried. 26 of 41"));
  await shot(first, "result");
  await first.fill("[name=reasons]", "Most walk an hour for water.");
  await first.fill("[name=dissent]", "The road should come first.");
  await onward(first, "Save");

  // A motion from the floor, when most women have gone: 2 of 12, and on papers.
  await go(first, "floor");
  await first.fill("[name=title]", "Sell the old pump");
  await first.fill("[name=short]", "Sell the old pump");
  await first.fill("[name=subject]", "Small repairs of water points and paths");
  await first.fill("[name=effects]", "The pump is sold and the money mends the path.");
  await first.waitForTimeout(700);
  await first.reload();
  holds("what was being typed is still there", (await first.inputValue("[name=title]")) === "Sell the old pump");
  await shot(first, "floor");
  await onward(first, "Save");
  await go(second, "floor");
  await onward(second, "Yes or no");
  await go(first, "conflict/floor-1");
  await onward(first, "Nobody gains");
  await go(first, "secret/floor-1");
  await count(first, { n: 3 });
  await onward(first, "Save");
  await go(second, "motion/floor-1");
  await press(second, "The vote is secret");
  for (const page of [first, second]) {
    await go(page, "here/floor-1");
    await type(page, { w: 2, m: 10 });
  }
  await shot(first, "opinion");
  await bothAgree("who is left");
  for (const page of [first, second]) {
    for (const [choice, n] of [["yes", 9], ["no", 3]]) {
      await go(page, `hands/floor-1/${choice}`);
      await type(page, { [`${choice}.p`]: n });
    }
  }
  await bothAgree("papers");
  await go(first, "result/floor-1");
  holds("it is called an opinion", (await first.locator("blockquote").innerText()).includes("this is an opinion"));
  await first.fill("[name=reasons]", "It has not run for a year.");
  await onward(first, "Save");
  await go(first, "talk");
  await first.locator("summary").click();
  await type(first, { w: 40, m: 30 });
  await onward(first, "Save");
  await go(first, "end");
  await count(first, { n: 2 });
  await onward(first, "End of the meeting");
  await go(second, "end");
  await onward(second, "End of the meeting");

  // Nothing leaves while the node is away.
  await press(first, "Send now");
  await first.locator(".notice.bad").waitFor();
  holds("without the node everything stays", (await first.locator(".notice.bad").innerText()).includes("No network"));
  await shot(first, "send");

  await start();
  await second.goto(kit);
  await sendAll(second, true);
  await sendAll(first, true);
  for (const page of [first, second]) await go(page, "send");
  for (const page of [first, second]) {
    await press(page, "Send now");
    await page.locator("[role=alert]", { hasText: "keeps nothing" }).waitFor();
    const left = await page.evaluate(() => caches.has("baraza-desk-kit"));
    holds("after the sending the phone keeps nothing", !left);
  }
  await shot(first, "sent");
  await atTheNode(first, at, well);
  await looks(firstContext, at);
  await secondContext.close();
}

/** Sends while the answer gets lost on its way back: the phone cannot know that all has arrived. */
async function sendAll(page) {
  await go(page, "send");
  let arrived = 0;
  await page.route("**/kit?lang=*", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const cookies = (await page.context().cookies(base)).map((one) => `${one.name}=${one.value}`).join("; ");
    const answer = await fetch(route.request().url(), { method: "POST", body: route.request().postData(),
      headers: { "content-type": "application/json", accept: "application/json", cookie: cookies, origin: base } });
    if (answer.ok) arrived += 1;
    else console.log(await answer.text());
    await route.abort();
  });
  await press(page, "Send now");
  await page.locator(".notice.bad", { hasText: "No network" }).waitFor();
  await page.unroute("**/kit?lang=*");
  holds("the node had everything before the answer was lost", arrived > 0);
}

async function atTheNode(desk, at, well) {
  await desk.goto(`${base}/desk/decisions/${well}?lang=en`);
  const decision = await desk.locator("main").innerText();
  holds("with 26 of 41 women the well is decided and binds", /binding|binds/i.test(decision) && !/opinion/i.test(decision));
  holds("the dissent is there in its own words", decision.includes("The road should come first."));
  await desk.screenshot({ path: path.join(outDir, "kit-node-decision.png"), fullPage: true });
  await desk.goto(`${base}${at}/motions?lang=en`);
  const motions = await desk.locator('main a[href*="/desk/decisions/"]').all();
  const found = new Set(await Promise.all(motions.map((one) => one.getAttribute("href"))));
  const links = [...found].map((href) => href.split("?")[0]).filter((href) => !href.endsWith("/new"));
  holds(`there are two motions, not ${links.length}`, new Set(links).size === 2);
  const pump = links.find((href) => !href.endsWith(well));
  await desk.goto(`${base}${pump}?lang=en`);
  const opinion = await desk.locator("main").innerText();
  holds("with 2 of 12 the pump is an opinion", /opinion/i.test(opinion));
  await desk.goto(`${base}${at}?lang=en`);
  const meeting = await desk.locator("main").innerText();
  holds("41 people came, once", meeting.includes("41") && !meeting.includes("82"));
  holds("the women's session is there once", meeting.split("The well must be near the school.").length === 2);
  await desk.screenshot({ path: path.join(outDir, "kit-node-assembly.png"), fullPage: true });
}

/** The same screens in a language that is not English, and in one that runs the other way. */
async function looks(context, at) {
  for (const lang of ["ht", "ar"]) {
    const page = await context.newPage();
    await page.goto(`${base}${at}/kit?lang=${lang}`);
    await page.locator(".tall").first().click();
    await shot(page, `${lang}-home`);
    for (const hash of ["roll", "send", "end", "talk", "open", "floor"]) {
      await go(page, hash);
      if (hash === "roll") await type(page, { w: 26, m: 15 });
      await shot(page, `${lang}-${hash}`);
    }
    await go(page, "roll/same");
    await shot(page, `${lang}-compare`);
    page.on("dialog", (dialog) => dialog.accept());
    await go(page, "send");
    await page.locator("button.grave").click();
    // A page that is closed too early still holds what the next one would begin with.
    await page.waitForFunction(() => !location.hash);
    await page.close();
  }
  const page = await context.newPage();
  await page.goto(`${base}${at}/kit?lang=en`);
  await press(page, "Counter 1");
  await press(page, "Keep on this phone");
  await page.locator(".notice.good").first().waitFor();
  await page.goto(`${base}/desk?lang=en`);
  await Promise.all([page.waitForNavigation(), page.locator('form[action^="/sign-out"] button').click()]);
  await page.waitForTimeout(300);
  holds("whoever signs out leaves no page behind", !(await page.evaluate(() => caches.has("baraza-desk-kit"))));
  await page.close();
}
