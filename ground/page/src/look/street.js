// The street's script. Purpose: keep what a person says when there is no network and send it once.
// Never: needed for anything; no one is watched; nothing leaves the phone but the report itself;
// what one person wrote never fills the form of the next one unasked.
(() => {
  "use strict";
  // It is fetched when the page has loaded, so that nothing of it counts in the first view.
  const own = document.currentScript.dataset;
  const KEPT = "baraza-kept";
  // Nobody but their owner types these again: a phone may be in another hand by now.
  const OWNERS_ALONE = ["number", "word"];

  const main = document.getElementById("main");
  const form = document.querySelector("form[data-kept]");
  const language = document.documentElement.lang;

  const load = (src) => {
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
  };
  const link = (rel, href) => {
    const found = document.querySelector(`link[rel=${rel}]`);
    const made = found || document.createElement("link");
    made.rel = rel;
    made.href = href;
    if (!found) document.head.append(made);
  };
  link("icon", own.icon);
  const worker = navigator.serviceWorker;
  if (own.hidden) {
    forget();
  } else {
    link("manifest", own.manifest);
    if (worker) {
      worker.register("/sw.js").catch(() => {});
      // Whoever has opened one page finds the first page and the form in a dead zone.
      const pages = [`/?lang=${language}`, `/say?lang=${language}`];
      worker.ready.then((ready) => ready.active.postMessage({ pages }));
    }
  }

  // Only where they are of use: a recorder where one speaks, a reader where the phone can read.
  const recorder = document.querySelector("[data-script]");
  if (recorder && self.MediaRecorder) load(recorder.dataset.script);
  if (self.speechSynthesis) load(own.aloud);

  // The city asks phones to forget its pages.
  function forget() {
    if (worker) worker.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
    if (self.caches) caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
  }

  // The queue: one report a key, so that two pages open at once cannot overwrite each other.
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
  const keep = (report) => localStorage.setItem(KEPT + report.id, JSON.stringify(report));
  const drop = (id) => localStorage.removeItem(KEPT + id);
  function kept() {
    const read = (key) => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    };
    try {
      return keys().map(read).filter(Boolean);
    } catch {
      // Storage is switched off: nothing was ever kept.
      return [];
    }
  }

  const newId = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    // A node without TLS in a church hall has no randomUUID; the random bytes are as good.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // A note waits as text, because that is all the queue can hold.
  const asText = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done({ name: file.name, data: reader.result });
      reader.onerror = failed;
      reader.readAsDataURL(file);
    });
  function asFile({ name, data }) {
    const [head, coded] = data.split(",");
    const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
    return new File([bytes], name, { type: head.slice(5).split(";")[0] });
  }
  function bodyOf(report) {
    if (!report.note) return new URLSearchParams(report.fields);
    const body = new FormData();
    report.fields.forEach(([name, value]) => body.append(name, value));
    body.append("note", asFile(report.note));
    return body;
  }

  // A receipt is an answer that holds a code. Anything else leaves the report where it is.
  async function send(report) {
    const answer = await fetch(report.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: bodyOf(report),
    });
    if (answer.headers.get("x-baraza-hide") === "1") forget();
    if (answer.ok) {
      const receipt = await answer.json();
      if (receipt.code) {
        drop(report.id);
        return receipt;
      }
    }
    // Only the node itself says no in this way; what stands between (a hotspot that wants a
    // password, a proxy) must not end a report. And for some, sending again will help.
    const ours = (answer.headers.get("content-type") || "").startsWith("application/problem+json");
    const never = answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
    const problem = ours ? await answer.json() : {};
    const why = [problem.title, problem.detail].filter(Boolean).join(". ");
    throw Object.assign(new Error("not received"), { refused: ours && never, why });
  }

  let sending = false;
  async function sendKept() {
    if (sending) return;
    sending = true;
    for (const report of kept().filter((waiting) => !waiting.refused)) {
      try {
        tell("good", report.says.sent, await send(report), report.says.follow);
      } catch (failure) {
        if (!failure.refused) {
          tell("warn", report.says.kept);
          break;
        }
        // Sending the same words again will not help, so a person must look at them.
        report.refused = true;
        keep(report);
        if (form) ask(report);
        else tell("bad", report.says.again);
      }
    }
    sending = false;
  }

  function tell(tone, words, receipt, follow) {
    const box = document.createElement("div");
    box.className = `notice ${tone}`;
    box.setAttribute("role", "status");
    const line = document.createElement("div");
    line.textContent = words;
    if (receipt) {
      const code = document.createElement("bdi");
      code.className = "code mono";
      code.textContent = receipt.code;
      const link = document.createElement("a");
      link.href = receipt.follow;
      link.textContent = follow;
      line.append(" ", code, " ", link);
    }
    box.append(line);
    main.prepend(box);
    main.focus();
    return box;
  }

  // Words that the node refused: whoever holds the phone now says whether they are theirs.
  function ask(report) {
    const says = form.dataset;
    const box = tell("warn", says.waits);
    box.dataset.report = report.id;
    const button = (words, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "b";
      made.textContent = words;
      made.addEventListener("click", () => {
        act();
        box.remove();
      });
      return made;
    };
    const row = document.createElement("div");
    row.className = "bs";
    row.append(button(says.bring, () => bring(report)), button(says.drop, () => drop(report.id)));
    box.firstChild.append(row);
  }

  function bring(report) {
    form.reset();
    for (const [name, value] of report.fields) {
      const field = form.elements[name];
      if (!field || name === "csrf") continue;
      if (OWNERS_ALONE.includes(name)) {
        // Empty, but in sight: it was given, and has to be given again.
        const fold = field.closest("details");
        if (value && fold) fold.open = true;
      } else if (field.type === "checkbox") field.checked = field.value === value;
      else field.value = value;
    }
    if (report.note && self.DataTransfer) {
      const carried = new DataTransfer();
      carried.items.add(asFile(report.note));
      form.elements.note.files = carried.files;
      form.elements.note.dispatchEvent(new Event("change"));
    }
    // The same report under the same id: sent again it takes the place of the one that waits.
    form.elements.client_id.value = report.id;
    form.elements.words.focus();
  }

  addEventListener("online", sendKept);
  sendKept();
  if (!form) return;

  // A page from the phone's own store knows nothing of the area it was asked for.
  const area = !navigator.onLine && new URLSearchParams(location.search).get("area");
  if (area && !form.elements.area) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "area", value: area });
    form.append(field);
  } else if (area && !form.elements.area.value) form.elements.area.value = area;

  kept().filter((report) => report.refused).forEach(ask);

  let busy = false;
  // Whoever comes back to the page begins another report, under another id.
  const anew = () => {
    form.elements.client_id.value = "";
    busy = false;
  };
  addEventListener("pageshow", (event) => {
    if (event.persisted) anew();
  });
  const empty = () => {
    form.reset();
    anew();
  };
  const plainly = () => {
    form.submit();
    form.elements.client_id.value = "";
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A thumb that presses twice sends once.
    if (busy) return;
    busy = true;
    const id = (form.elements.client_id.value ||= newId());
    const fields = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
    const report = { id, action: form.getAttribute("action"), fields, says: { ...form.dataset } };
    const file = form.elements.note && form.elements.note.files[0];
    // Kept first, sent second: a phone that dies in between has lost nothing.
    try {
      if (file) report.note = await asText(file);
      keep(report);
    } catch {
      busy = false;
      // Storage is full or switched off: the plain form still works, but it has nothing to send a
      // note with when there is no network, and the page that comes then would lose it.
      if (file && !navigator.onLine) tell("bad", report.says.room);
      else plainly();
      return;
    }
    send(report).then(
      (receipt) => {
        empty();
        location.assign(receipt.follow);
      },
      (failure) => {
        if (failure.refused) {
          // The server's own page says what is wrong and keeps the words; nothing is queued twice.
          drop(id);
          busy = false;
          // That page could not give a note back, so this one stays.
          if (report.note) tell("bad", failure.why);
          else plainly();
          return;
        }
        empty();
        tell("warn", report.says.kept);
      },
    );
  });
})();
