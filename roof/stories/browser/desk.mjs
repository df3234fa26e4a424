// Ten voices a minute from the keyboard: an operator who never touches the mouse.
//
// Run by `cargo xtask ci` after check.mjs as `node desk.mjs BASE_URL`. Signs in to the demo city as
// its operator, opens the first voice that waits, takes what is suggested, writes an answer and
// sends it, ten times, at the pace of a person who reads: a pause on each voice, and typing that is
// not instant. Ends with 1 when ten took longer than a minute, or when the mouse would be needed.

import { createRequire } from "node:module";
import path from "node:path";

const [base] = process.argv.slice(2);
const tools = process.env.BARAZA_BROWSER_TOOLS;
if (!base || !tools) {
  console.error("usage: BARAZA_BROWSER_TOOLS=DIR node desk.mjs BASE_URL");
  process.exit(2);
}
const require = createRequire(path.join(tools, "node_modules", "x.js"));
const { chromium } = require("playwright-core");

const VOICES = 10;
const MINUTE_MS = 60_000;
// What a practised reader needs for an SMS, and what hands that know their keys need for a letter.
const READING_MS = 1_500;
const LETTER_MS = 15;
const ANSWER = "Thank you. What street is this, please?";
const ASK_BACK_KEY = "5";

const browser = await chromium.launch({
  executablePath: process.env.BARAZA_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ locale: "en" });
await page.goto(`${base}/sign-in?lang=en`);
await page.fill("[name=name]", "josue");
await page.fill("[name=passphrase]", "demo city only");
await Promise.all([page.waitForNavigation(), page.press("[name=passphrase]", "Enter")]);
await page.goto(`${base}/desk/voices?lang=en`);

const began = Date.now();
const opened = new Set();
for (let n = 0; n < VOICES; n += 1) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  opened.add(new URL(page.url()).pathname);
  await page.waitForTimeout(READING_MS);
  if (await page.locator('[data-key="a"]').count()) {
    await Promise.all([page.waitForNavigation(), page.keyboard.press("a")]);
  }
  await page.keyboard.press("w");
  await page.keyboard.type(ANSWER, { delay: LETTER_MS });
  await page.keyboard.press("Escape");
  await Promise.all([page.waitForNavigation(), page.keyboard.press(ASK_BACK_KEY)]);
  if (!new URL(page.url()).pathname.endsWith("/desk/voices")) {
    console.log(`FOUND after voice ${n + 1} the desk did not go on to the list: ${page.url()}`);
    process.exit(1);
  }
}
const took = Date.now() - began;
await browser.close();
console.log(`${VOICES} voices answered from the keyboard in ${(took / 1000).toFixed(1)} s`);
if (opened.size !== VOICES) {
  console.log(`FOUND only ${opened.size} different voices were opened`);
}
process.exit(took <= MINUTE_MS && opened.size === VOICES ? 0 : 1);
