// The first ten minutes of a node, walked from the welcome to the test message, each page looked at
// in every way. It goes by the fields of the forms, never by what the pages say.
//
// Run by `cargo xtask ci` as `node start.mjs BASE_URL OUTDIR` on a node that nobody has started,
// with the start key of its window in `BARAZA_START_KEY`.

import { WAIT_MS_MAX, WAYS, base, contextFor, done, fillAndSend, finding, look, step } from "./look.mjs";

const PASSPHRASE = "four small plain words";
// The street's face, but met once, by the steward: the lists of countries and clocks are long.
const BUDGET = "desk";

const contexts = [];
for (const way of WAYS) contexts.push([way, await contextFor(way, {})]);
const own = await contexts[0][1].newPage();

async function all(name, path) {
  for (const [way, context] of contexts) await look(context, { name, path }, way, BUDGET);
}

/** Does a step in the first browser. */
function act(path, fields) {
  return step(`start ${path}`, async () => {
    await own.goto(`${base}${path}`, { timeout: WAIT_MS_MAX });
    await fillAndSend(own, fields);
  });
}

/** The other browsers sign in with the first one's cookies. */
async function share() {
  const cookies = await contexts[0][1].cookies();
  for (const [, context] of contexts) await context.addCookies(cookies);
}

await all("start-key", "/start");
for (const [way, context] of contexts) {
  await step(`start key ${way.name}`, async () => {
    const page = await context.newPage();
    await page.goto(`${base}/start`, { timeout: WAIT_MS_MAX });
    await fillAndSend(page, { key: process.env.BARAZA_START_KEY });
    await page.close();
  });
}
await all("start-welcome", "/start");
await all("start-demo", "/start?step=demo");
await all("start-city", "/start?step=city");
const city = { name: "Port Kilima", country: "KEN", emergency: "999", first: "en" };
await act("/start?step=city", { ...city, "lang-ar": "yes" });
await all("start-areas", "/start");
await all("start-steward", "/start?step=steward");
const phrases = { member: "neema", passphrase: PASSPHRASE, again: PASSPHRASE };
await act("/start?step=steward", { ...phrases, again: "other plain small words" });
if (!(await own.locator("[name=member]").count())) finding("start", "a slip lost the form");
await act("/start?step=steward", phrases);
await share();
await all("start-sheet", "/start");
await step("start sheet", async () => {
  await own.goto(`${base}/start`, { timeout: WAIT_MS_MAX });
  const last = await own.locator(".sheet b.mono").last().innerText();
  await fillAndSend(own, { group: last });
});
await all("start-sms", "/start");
await step("start sms", async () => {
  await own.goto(`${base}/start?step=change`, { timeout: WAIT_MS_MAX });
  await fillAndSend(own, { "sms-number": "+254700000001" });
});
await all("start-test", "/start");
await all("empty-front", "/");
await all("empty-say", "/say");
await all("empty-areas", "/areas");
await all("empty-desk", "/desk");
await all("empty-voices", "/desk/voices");
await done();
