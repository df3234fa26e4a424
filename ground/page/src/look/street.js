// The street's script. Purpose: keep what a person says when there is no network and send it once.
// Never: needed for anything; no one is watched; nothing leaves the phone but the report itself.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const KEPT = "baraza-kept";

  // After everything has loaded, so that none of it counts in the first view.
  addEventListener("load", () => {
    const link = (rel, href) => {
      const found = document.querySelector(`link[rel=${rel}]`);
      const made = found || document.createElement("link");
      made.rel = rel;
      made.href = href;
      if (!found) document.head.append(made);
    };
    link("icon", own.icon);
    link("manifest", own.manifest);
    if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
    sendKept();
  });
  addEventListener("online", sendKept);

  // The queue: one report a key, so that two pages open at once cannot overwrite each other.
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
  const keep = (report) => localStorage.setItem(KEPT + report.id, JSON.stringify(report));
  const drop = (id) => localStorage.removeItem(KEPT + id);

  const form = document.querySelector("form[data-kept]");
  const newId = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    // A node without TLS in a church hall has no randomUUID; the random bytes are as good.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // A receipt is an answer that holds a code. Anything else leaves the report where it is.
  async function send(report) {
    const answer = await fetch(report.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(report.fields),
    });
    if (answer.ok) {
      const receipt = await answer.json();
      if (receipt.code) {
        drop(report.id);
        return receipt;
      }
    }
    // 4xx: sending the same words again will not help, so a person must look at them.
    const refused = answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
    if (refused) keep({ ...report, refused: true });
    throw Object.assign(new Error("not received"), { refused });
  }

  let sending = false;
  async function sendKept() {
    if (sending || !navigator.onLine) return;
    sending = true;
    for (const key of kept()) {
      let report;
      try {
        report = JSON.parse(localStorage.getItem(key));
      } catch {
        continue;
      }
      if (!report || report.refused) continue;
      try {
        tell("good", report.says.sent, await send(report), report.says.follow);
      } catch (failure) {
        if (!failure.refused) break;
        tell("bad", report.says.again);
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
      const link = document.createElement("a");
      link.href = receipt.follow;
      link.textContent = follow;
      const code = document.createElement("bdi");
      code.className = "code mono";
      code.textContent = receipt.code;
      line.append(" ", code, " ", link);
    }
    box.append(line);
    const main = document.getElementById("main");
    main.prepend(box);
    main.focus();
  }

  if (!form) return;
  const says = { ...form.dataset };
  const waits = kept().map((key) => localStorage.getItem(key)).filter(Boolean).map((text) => JSON.parse(text));
  const refused = waits.find((report) => report.refused && report.action === form.getAttribute("action"));
  // Words that were refused come back into the form, with their id, to be put right by the person.
  if (refused) {
    for (const [name, value] of refused.fields) {
      const field = form.elements[name];
      if (field && "value" in field) field.value = value;
    }
  } else if (waits.length) {
    tell("warn", says.kept);
  }

  let busy = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // A thumb that presses twice sends once.
    if (busy) return;
    busy = true;
    const id = (form.elements.client_id.value ||= newId());
    const fields = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
    const report = { id, action: form.getAttribute("action"), fields, says };
    // Kept first, sent second: a phone that dies in between has lost nothing.
    try {
      keep(report);
    } catch {
      // Storage is full or switched off: the plain form still works.
      form.submit();
      return;
    }
    send(report).then(
      (receipt) => location.assign(receipt.follow),
      (failure) => {
        busy = false;
        if (failure.refused) {
          // The server's own page says what is wrong and keeps the words; nothing is queued twice.
          drop(id);
          form.submit();
          return;
        }
        form.reset();
        form.elements.client_id.value = "";
        tell("warn", says.kept);
      },
    );
  });
})();
