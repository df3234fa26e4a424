// How a page is looked at, whichever script walks there: what it weighs, what axe and the eye find.
//
// Imported by check.mjs and start.mjs; does nothing by itself. Never asks another machine.

import { createRequire } from "node:module";
import { readFile, mkdir } from "node:fs/promises";
import path from "node:path";

// What a first view may weigh, headers included, compressed, and how many requests it may make.
// 14 KB is what arrives in the first round trip of a new connection.
const BUDGETS = {
  street: { bytes: 14 * 1024, requests: 2 },
  desk: { bytes: 60 * 1024, requests: 5 },
  map: { bytes: 150 * 1024, requests: 5 },
};
// What a thumb can hit: everything that is pressed or typed into is this high, in CSS pixels.
const TARGET_PX_MIN = 44;
export const WAIT_MS_MAX = 20_000;
const IDLE_MS_MAX = 2_000;
// What the street's script fetches once the page is there. It counts when it comes earlier.
const AFTER_THE_FIRST_VIEW = [".street.js", ".note.js", ".aloud.js", ".svg", ".webmanifest"];
export const WAYS = [
  { name: "en-phone-light", locale: "en", width: 360, height: 740, light: "light" },
  { name: "en-desk-dark", locale: "en", width: 1280, height: 800, light: "dark" },
  { name: "ar-phone-light", locale: "ar", width: 360, height: 740, light: "light" },
];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];


const [, script] = process.argv;
export const [base, outDir] = process.argv.slice(2);
const tools = process.env.BARAZA_BROWSER_TOOLS;
if (!base || !outDir || !tools) {
  console.error(`usage: BARAZA_BROWSER_TOOLS=DIR node ${path.basename(script)} BASE_URL OUTDIR`);
  process.exit(2);
}
const require = createRequire(path.join(tools, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const host = new URL(base).host;
await mkdir(outDir, { recursive: true });

export const browser = await chromium.launch({
  executablePath: process.env.BARAZA_CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const seen = { findings: 0, views: 0, pages: new Set() };

export function finding(where, what) {
  seen.findings += 1;
  console.log(`FOUND ${where}: ${what}`);
}

/** Says what was looked at and ends: with 1 when anything was found. */
export async function done() {
  await browser.close();
  console.log(`${seen.views} views of ${seen.pages.size} pages looked at, ${seen.findings} findings`);
  process.exit(seen.findings === 0 ? 0 : 1);
}

/** Does a step of a walk; what stops it is a finding. */
export async function step(where, act) {
  try {
    return await act();
  } catch (error) {
    finding(where, String(error.message || error).split("\n")[0]);
    return null;
  }
}

export function contextFor(way, more) {
  return browser.newContext({
    locale: way.locale,
    colorScheme: way.light,
    viewport: { width: way.width, height: way.height },
    reducedMotion: "reduce",
    // The service worker comes after the first view and is counted apart.
    serviceWorkers: "block",
    ...more,
  });
}

/**
 * One page in one way. An entry has a `name` and a `path`, or a page it is linked `from` and how
 * the `link` begins, the `nth` of these (from 0), and what to `add` to its path; `status` when it
 * is not 200; `post` when it is the answer to a form, which at the desk stands `at` a page;
 * `sheets` when it is to be printed on no more of them.
 */
export async function look(context, entry, way, budgetName) {
  const where = `${entry.name} ${way.name}`;
  const page = await context.newPage();
  await step(where, async () => {
    const target = await pathOf(page, entry, where);
    if (!target) return;
    if (entry.post) await asForm(page, target, entry);
    const weight = await weigh(page);
    const heard = listen(page, entry);
    const answer = await page.goto(base + target, { waitUntil: "load", timeout: WAIT_MS_MAX });
    // A page with live updates is never idle: then what has come by now is the first view.
    await page.waitForLoadState("networkidle", { timeout: IDLE_MS_MAX }).catch(() => {});
    if (!counted(answer, entry, target, where)) return;
    heard.forEach((said) => finding(where, said));
    overBudget(where, await firstView(page, weight), BUDGETS[budgetName]);
    await looksRight(page, where, way);
    await accessible(page, where);
    const file = path.join(outDir, `${entry.name}-${way.name}.png`);
    await page.screenshot({ path: file, fullPage: true });
    if (entry.sheets) await printed(page, entry, where);
  });
  await page.close();
}

/** How many sheets of paper a page takes, of the size that it asks for. */
async function printed(page, entry, where) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = (pdf.match(/\/Type\s*\/Page[^s]/g) || []).length;
  if (sheets > entry.sheets) finding(where, `is printed on ${sheets} sheets, not ${entry.sheets}`);
}

/** The same page on a phone that runs no script at all. */
export async function lookWithoutScript(context, entry, way) {
  const where = `${entry.name} ${way.name}`;
  const page = await context.newPage();
  await step(where, async () => {
    const target = await pathOf(page, entry, where);
    if (!target) return;
    if (entry.post) await asForm(page, target, entry);
    const answer = await page.goto(base + target, { timeout: WAIT_MS_MAX });
    if (!counted(answer, entry, target, where)) return;
    const said = (await page.locator("main").innerText()).trim();
    if (said.length < 20) finding(where, "has next to nothing in <main>");
    if ((await page.locator("h1:visible").count()) !== 1) finding(where, "has not one <h1>");
    if (entry.form && !(await hasForm(page))) {
      finding(where, "has no form that can be sent without script");
    }
    const file = path.join(outDir, `${entry.name}-${way.name}.png`);
    await page.screenshot({ path: file, fullPage: true });
  });
  await page.close();
}

function counted(answer, entry, target, where) {
  seen.views += 1;
  seen.pages.add(entry.name);
  const expected = entry.status || 200;
  if (answer.status() === expected) return true;
  finding(where, `${target} answers ${answer.status()} instead of ${expected}`);
  return false;
}

/** Makes the next opening of this path the sending of a form; at the desk with the form's token. */
async function asForm(page, target, entry) {
  const fields = { ...entry.post };
  if (entry.at) {
    await page.goto(base + entry.at, { timeout: WAIT_MS_MAX });
    fields.csrf = await page.locator('main [name="csrf"]').first().inputValue();
  }
  return page.route(base + target, (route) => {
    const headers = { ...route.request().headers(), "content-type": "application/x-www-form-urlencoded" };
    return route.continue({ method: "POST", headers, postData: new URLSearchParams(fields).toString() });
  });
}

/** The path of a page: its own, or that of the first fitting link on another page. */
async function pathOf(page, entry, where) {
  if (entry.path) return entry.path;
  const from = typeof entry.from === "string" ? entry.from : await pathOf(page, entry.from, where);
  if (!from) return null;
  await page.goto(base + from, { timeout: WAIT_MS_MAX });
  const links = page.locator(`main a[href^="${entry.link}"]`);
  if ((await links.count()) === 0) {
    finding(where, `${from} has no link that begins with ${entry.link}`);
    return null;
  }
  const href = await links.nth(entry.nth || 0).getAttribute("href");
  return entry.add ? href.replace(/(\?|$)/, `${entry.add}$1`) : href;
}

/** Counts bytes on the wire, headers included, as the browser's own network layer reports them. */
async function weigh(page) {
  const weight = [];
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  const known = new Map();
  wire.on("Network.requestWillBeSent", (event) => {
    known.set(event.requestId, new URL(event.request.url));
  });
  wire.on("Network.loadingFinished", (event) => {
    const url = known.get(event.requestId);
    if (!url || !url.protocol.startsWith("http")) return;
    weight.push({ path: url.pathname, bytes: event.encodedDataLength });
  });
  return weight;
}

/** What of it came before the page was there: the first view. */
async function firstView(page, weight) {
  const late = await page.evaluate(() => {
    const [own] = performance.getEntriesByType("navigation");
    const all = performance.getEntriesByType("resource");
    const after = all.filter((it) => own.loadEventStart > 0 && it.startTime >= own.loadEventStart);
    return after.map((it) => new URL(it.name).pathname);
  });
  const apart = (it) =>
    late.includes(it.path) && AFTER_THE_FIRST_VIEW.some((end) => it.path.endsWith(end));
  const first = weight.filter((it) => !apart(it));
  return {
    bytes: first.reduce((sum, it) => sum + it.bytes, 0),
    requests: first.length,
    names: first.map((it) => `${it.path} ${it.bytes}`),
  };
}

function overBudget(where, weight, budget) {
  const parts = weight.names.join(", ");
  if (weight.bytes > budget.bytes) {
    finding(where, `${weight.bytes} bytes, at most ${budget.bytes}: ${parts}`);
  }
  if (weight.requests > budget.requests) {
    finding(where, `${weight.requests} requests, at most ${budget.requests}: ${parts}`);
  }
  if (weight.requests === 0) {
    finding(where, "no request was counted: the measurement itself is broken");
  }
}

/** Collects what a page may never do: complain to the console, or ask another machine. */
function listen(page, entry) {
  const heard = [];
  page.on("console", (said) => {
    // The browser tells of every answer that is a no; some are meant.
    const meant = entry.status && said.text().includes(`status of ${entry.status}`);
    if (said.type() === "error" && !meant) heard.push(`the console says: ${said.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`a script fails: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== host) {
      heard.push(`asks another host: ${url.host}`);
    }
  });
  return heard;
}

/** Language, direction, width and targets. */
async function looksRight(page, where, way) {
  const seen = await page.evaluate((targetMin) => {
    const away = '[hidden], [aria-hidden="true"]';
    const shown = (it) => it.getClientRects().length > 0 && !it.closest(away);
    const pressed = 'button, select, textarea, summary, input:not([type="hidden"])';
    const small = [...document.querySelectorAll(pressed)]
      .filter((it) => shown(it) && !["checkbox", "radio"].includes(it.type))
      .filter((it) => it.getBoundingClientRect().height < targetMin - 0.5)
      .map((it) => `${it.tagName.toLowerCase()} ${it.name || it.textContent.trim()}`);
    const root = document.documentElement;
    const wide = [...document.querySelectorAll("body *")]
      .filter((it) => {
        const box = it.getBoundingClientRect();
        return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
      })
      .map((it) => it.tagName.toLowerCase() + (it.className ? `.${it.className}` : ""));
    return {
      language: root.lang,
      direction: getComputedStyle(root).direction,
      scrolls: root.scrollWidth > root.clientWidth,
      width: root.scrollWidth,
      wide: wide.slice(0, 3),
      small,
    };
  }, TARGET_PX_MIN);
  const direction = way.locale === "ar" ? "rtl" : "ltr";
  if (!seen.language.startsWith(way.locale)) {
    finding(where, `asked for ${way.locale}, the page says it is in "${seen.language}"`);
  }
  if (seen.direction !== direction) finding(where, `is written ${seen.direction}`);
  if (seen.scrolls) {
    finding(where, `scrolls sideways: ${seen.width} px wide, because of ${seen.wide.join(", ")}`);
  }
  if (way.width <= 360 && seen.small.length > 0) {
    const some = seen.small.slice(0, 3).join(", ");
    finding(where, `${seen.small.length} targets under ${TARGET_PX_MIN} px: ${some}`);
  }
}

/** axe-core, run in the page by the debugger, so that the page's own policy stays strict. */
async function accessible(page, where) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (rules) => {
    const result = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: rules },
      resultTypes: ["violations"],
    });
    return result.violations.map((it) => ({
      id: it.id,
      help: it.help,
      count: it.nodes.length,
      first: it.nodes[0].target.join(" "),
    }));
  }, RULES);
  for (const it of violations) {
    finding(where, `axe ${it.id}: ${it.help} (${it.count}, first at ${it.first})`);
  }
}

/** Sends the form that has these fields, as a person would; the page it leads to. */
export async function fillAndSend(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`).first();
    const kind = await field.evaluate((it) => (it.tagName === "SELECT" ? "select" : it.type));
    if (kind === "select") await field.selectOption(value, { timeout: WAIT_MS_MAX });
    else if (kind === "checkbox") await field.check({ timeout: WAIT_MS_MAX });
    else await field.fill(value, { timeout: WAIT_MS_MAX });
  }
  const [name] = Object.keys(fields);
  const form = page.locator("main form", { has: page.locator(`[name="${name}"]`) });
  await Promise.all([
    page.waitForNavigation({ timeout: WAIT_MS_MAX }),
    form.locator('button:not([type="button"]), input[type="submit"]').first().click(),
  ]);
}

/** A visible form with an action and a button that sends it. */
async function hasForm(page) {
  const sends = 'button:not([type="button"]), input[type="submit"]';
  const forms = page.locator("main form:visible", { has: page.locator(sends) });
  return (await forms.count()) > 0;
}
