// The pages as people meet them: walked through by Chromium, in two widths, two lights and two
// directions of writing, with and without JavaScript.
//
// Run by `cargo xtask ci` as `node check.mjs BASE_URL OUTDIR`; the pages are those of pages.json.
// Prints one line for each finding and ends with 1 when there is any. Never asks another machine,
// and never changes anything in the city but signing in.

import { createRequire } from "node:module";
import { readFile, mkdir } from "node:fs/promises";
import path from "node:path";

const [base, outDir] = process.argv.slice(2);
const tools = process.env.BARAZA_BROWSER_TOOLS;
const chromiumPath = process.env.BARAZA_CHROMIUM || "/usr/bin/chromium";
if (!base || !outDir || !tools) {
  console.error("usage: BARAZA_BROWSER_TOOLS=DIR node check.mjs BASE_URL OUTDIR");
  process.exit(2);
}
const require = createRequire(path.join(tools, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const list = JSON.parse(await readFile(new URL("./pages.json", import.meta.url), "utf8"));
const host = new URL(base).host;

// What a first view may weigh, headers included, compressed, and how many requests it may make.
// 14 KB is what arrives in the first round trip of a new connection.
const BUDGETS = {
  street: { bytes: 14 * 1024, requests: 2 },
  desk: { bytes: 60 * 1024, requests: 5 },
  map: { bytes: 150 * 1024, requests: 5 },
};
// What a thumb can hit: everything that is pressed or typed into is this high, in CSS pixels.
const TARGET_PX_MIN = 44;
const WAIT_MS_MAX = 20_000;
const IDLE_MS_MAX = 2_000;
const WAYS = [
  { name: "en-phone-light", locale: "en", width: 360, height: 740, light: "light" },
  { name: "en-desk-dark", locale: "en", width: 1280, height: 800, light: "dark" },
  { name: "ar-phone-light", locale: "ar", width: 360, height: 740, light: "light" },
];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let findings = 0;
let looked = 0;
function finding(where, what) {
  findings += 1;
  console.log(`FOUND ${where}: ${what}`);
}

const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  await mkdir(outDir, { recursive: true });
  for (const way of WAYS) {
    await walk(way);
  }
  await withoutScript();
} finally {
  await browser.close();
}
const pages = list.street.length + list.desk.length;
console.log(`${looked} views of ${pages} pages looked at, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);

/** Every page in one way of looking. */
async function walk(way) {
  const visitor = await contextFor(way, {});
  for (const entry of list.street) {
    await look(visitor, entry, way, entry.budget || "street");
  }
  await visitor.close();
  const member = await contextFor(way, {});
  if (await signIn(member, way)) {
    for (const entry of list.desk) {
      await look(member, entry, way, entry.budget || "desk");
    }
  }
  await member.close();
}

function contextFor(way, more) {
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

/** One page in one way: what came, what it weighed, what axe and the eye find. */
async function look(context, entry, way, budgetName) {
  const where = `${entry.name} ${way.name}`;
  const page = await context.newPage();
  try {
    const target = await pathOf(page, entry, where);
    if (!target) return;
    const weight = await weigh(page);
    const heard = listen(page);
    const answer = await page.goto(base + target, { waitUntil: "load", timeout: WAIT_MS_MAX });
    // A page with live updates is never idle: then what has come by now is the first view.
    await page.waitForLoadState("networkidle", { timeout: IDLE_MS_MAX }).catch(() => {});
    looked += 1;
    if (answer.status() !== 200) {
      finding(where, `${target} answers ${answer.status()} instead of 200`);
      return;
    }
    heard.forEach((said) => finding(where, said));
    overBudget(where, weight, BUDGETS[budgetName]);
    await looksRight(page, where, way);
    await accessible(page, where);
    const file = path.join(outDir, `${entry.name}-${way.name}.png`);
    await page.screenshot({ path: file, fullPage: true });
  } catch (error) {
    finding(where, String(error.message || error).split("\n")[0]);
  } finally {
    await page.close();
  }
}

/** The path of a page: its own, or that of the first fitting link on another page. */
async function pathOf(page, entry, where) {
  if (entry.path) return entry.path;
  await page.goto(base + entry.from, { timeout: WAIT_MS_MAX });
  const links = page.locator(`main a[href^="${entry.link}"]`);
  if ((await links.count()) === 0) {
    finding(where, `${entry.from} has no link that begins with ${entry.link}`);
    return null;
  }
  return links.first().getAttribute("href");
}

/** Counts bytes on the wire, headers included, as the browser's own network layer reports them. */
async function weigh(page) {
  const weight = { bytes: 0, requests: 0, apart: 0, names: [] };
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
    if (list.countedApart.some((end) => url.pathname.endsWith(end))) {
      weight.apart += event.encodedDataLength;
      return;
    }
    weight.bytes += event.encodedDataLength;
    weight.requests += 1;
    weight.names.push(`${url.pathname} ${event.encodedDataLength}`);
  });
  return weight;
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
function listen(page) {
  const heard = [];
  page.on("console", (said) => {
    if (said.type() === "error") heard.push(`the console says: ${said.text()}`);
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
    const shown = (it) => it.getClientRects().length > 0 && !it.closest("[hidden]");
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

/** Signs in through the form, as a person would. */
async function signIn(context, way) {
  const where = `sign-in ${way.name}`;
  const page = await context.newPage();
  try {
    await page.goto(base + list.signIn.path, { timeout: WAIT_MS_MAX });
    for (const [name, value] of Object.entries(list.signIn.fields)) {
      await page.fill(`main [name="${name}"]`, value, { timeout: WAIT_MS_MAX });
    }
    const field = Object.keys(list.signIn.fields)[0];
    const form = page.locator("main form", { has: page.locator(`[name="${field}"]`) });
    await Promise.all([
      page.waitForNavigation({ timeout: WAIT_MS_MAX }),
      form.locator('button:not([type="button"]), input[type="submit"]').first().click(),
    ]);
    if (new URL(page.url()).pathname === list.signIn.path) {
      finding(where, "the demo's own name and passphrase were not accepted");
      return false;
    }
    return true;
  } catch (error) {
    finding(where, String(error.message || error).split("\n")[0]);
    return false;
  } finally {
    await page.close();
  }
}

/** The street must work on a phone that runs no script at all. */
async function withoutScript() {
  const way = { ...WAYS[0], name: "no-script" };
  const context = await contextFor(way, { javaScriptEnabled: false });
  for (const entry of list.street) {
    const where = `${entry.name} ${way.name}`;
    const page = await context.newPage();
    try {
      const target = await pathOf(page, entry, where);
      if (!target) continue;
      const answer = await page.goto(base + target, { timeout: WAIT_MS_MAX });
      looked += 1;
      if (answer.status() !== 200) {
        finding(where, `${target} answers ${answer.status()} instead of 200`);
        continue;
      }
      const said = (await page.locator("main").innerText()).trim();
      if (said.length < 20) finding(where, "has next to nothing in <main>");
      if ((await page.locator("h1:visible").count()) !== 1) finding(where, "has not one <h1>");
      if (entry.form && !(await hasForm(page))) {
        finding(where, "has no form that can be sent without script");
      }
      const file = path.join(outDir, `${entry.name}-${way.name}.png`);
      await page.screenshot({ path: file, fullPage: true });
    } catch (error) {
      finding(where, String(error.message || error).split("\n")[0]);
    } finally {
      await page.close();
    }
  }
  await context.close();
}

/** A visible form with an action and a button that sends it. */
async function hasForm(page) {
  const sends = 'button:not([type="button"]), input[type="submit"]';
  const forms = page.locator("main form:visible", { has: page.locator(sends) });
  return (await forms.count()) > 0;
}
