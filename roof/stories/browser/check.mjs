// The pages as people meet them: walked through by Chromium, in two widths, two lights and two
// directions of writing, with and without JavaScript, and once more while the city hides.
//
// Run by `cargo xtask ci` as `node check.mjs BASE_URL OUTDIR`; the pages are those of pages.json.
// Prints one line for each finding and ends with 1 when there is any. Never asks another machine;
// of the city it changes nothing but one voice that it says, and that it hides for a while.

import { readFile } from "node:fs/promises";

import {
  WAIT_MS_MAX, WAYS, base, contextFor, done, fillAndSend, finding, look, lookWithoutScript, step,
} from "./look.mjs";

// The phones of the demo's people.
const PHONES = 100;
const list = JSON.parse(await readFile(new URL("./pages.json", import.meta.url), "utf8"));
const codes = await codesToFollow();

await Promise.all(WAYS.map(walkAll));
const bare = { ...WAYS[0], name: "no-script" };
const phone = await contextFor(bare, { javaScriptEnabled: false });
for (const entry of list.street) await lookWithoutScript(phone, filled(entry), bare);
await whileHidden();
await done();

/** The street, and the desk as each member who is named. */
async function walkAll(way) {
  await walk(await contextFor(way, {}), list.street, way, "street");
  for (const name of [list.steward, ...Object.keys(list.others)]) {
    const member = await contextFor(way, {});
    const pages = name === list.steward ? list.desk : list.others[name];
    if (await signIn(member, name, way)) await walk(member, pages, way, "desk");
  }
}

/** Every page of a list in one way of looking. */
async function walk(context, entries, way, budget) {
  for (const entry of entries) await look(context, filled(entry), way, entry.budget || budget);
  await context.close();
}

/** The entry with the codes of this run in its path. */
function filled(entry) {
  const path = entry.path && entry.path.replace("{code}", codes.new).replace("{asked}", codes.asked);
  return { ...entry, path };
}

/** The code of a voice that is said here, and of one in the demo that is asked: did it arrive? */
async function codesToFollow() {
  const sent = await fetch(`${base}/say`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ words: "The lamp at the water point is broken.", word: "mango" }),
  });
  const codes = { new: (await sent.json()).code, asked: "" };
  const said = await step("simulator", async () => {
    const texts = [];
    for (let n = 1; n <= PHONES; n += 1) {
      const number = encodeURIComponent(`+99900500${String(n).padStart(3, "0")}`);
      texts.push(await (await fetch(`${base}/simulator?number=${number}`)).text());
    }
    return texts.join(" ").match(/[0-9A-HJKMNP-TV-Z]{4}[- ][0-9A-HJKMNP-TV-Z]{4}/g) || [];
  });
  for (const code of new Set(said || [])) {
    const page = await (await fetch(`${base}/follow/${code.replace(" ", "-")}`)).text();
    if (page.includes("/confirm")) codes.asked = code.replace(" ", "-");
  }
  if (!codes.asked) finding("simulator", "no phone of the demo is asked whether it arrived");
  return codes;
}

/** Signs in through the form, as a person would. */
function signIn(context, name, way) {
  return step(`sign-in ${way.name}`, async () => {
    const page = await context.newPage();
    await page.goto(`${base}/sign-in`, { timeout: WAIT_MS_MAX });
    await fillAndSend(page, { name, passphrase: list.passphrase });
    const inside = new URL(page.url()).pathname !== "/sign-in";
    if (!inside) finding(`sign-in ${way.name}`, `${name} was not let in`);
    await page.close();
    return inside;
  });
}

/** The city withdraws its pages, and is looked at from the street and from the desk. */
async function whileHidden() {
  const [way] = WAYS;
  const member = await contextFor(way, {});
  if (!(await signIn(member, list.steward, way))) return;
  const desk = await member.newPage();
  const press = async () => {
    await desk.goto(`${base}/desk/node?lang=en`, { timeout: WAIT_MS_MAX });
    await fillAndSend(desk, { reason: "a check of the pages" });
  };
  await press();
  for (const way of WAYS) {
    await walk(await contextFor(way, {}), list.hidden, way, "street");
  }
  await look(member, { name: "hidden-node", path: "/desk/node" }, way, "desk");
  await press();
}
