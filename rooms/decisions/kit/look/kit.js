// The evening's script. Purpose: a meeting is counted and written down on a phone without a network,
// and sent once. Each tap is one transaction; what is shown is what is on the disk.
// Never: trusts a clock, keeps a name, forgets a tap before the node's receipt names it.
(() => {
  "use strict";
  const K = JSON.parse(document.getElementById("kit").textContent);
  const main = document.getElementById("main");
  const CACHE = "baraza-desk-kit";
  const KEPT = "/desk/assemblies/kit-kept";
  const SENT_AT_ONCE_MAX = 50;
  const SPEECH_MS_MAX = 1800000;
  const DAY_MS = 86400000;
  let db;
  let events = [];
  let s;
  let note = "";
  let tone = "bad";

  const say = (key, args = {}) => (K.t[key] || key).replace(/\{(\w+)\}/g, (_, name) => args[name]);
  const sum = (list) => list.reduce((all, n) => all + n, 0);
  const hex = (b) => b.toString(16).padStart(2, "0");
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(hex).join("");

  function h(tag, about, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(about || {})) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...inside.flat(2).filter((one) => one != null && one !== false));
    return made;
  }
  const button = (words, act, look = "") => h("button", { type: "button", class: `b ${look}`, onclick: act }, words);
  const link = (words, to, look = "b") => h("a", { href: to, class: look }, words);
  const p = (words, look) => h("p", { class: look }, words);

  // What is kept. A write is over when its transaction is; only then is anything shown.
  function use(mode, work) {
    return new Promise((done, failed) => {
      const deed = db.transaction("events", mode, { durability: "strict" });
      const store = deed.objectStore("events");
      work(store);
      const all = store.getAll();
      deed.oncomplete = () => {
        events = all.result.filter((one) => one.a === K.a);
        done(read());
      };
      deed.onabort = () => failed(deed.error);
    });
  }
  async function put(...made) {
    try {
      await use("readwrite", (store) => made.forEach((one) => store.add({ id: newId(), a: K.a, at: Date.now(), ...one })));
      note = "";
    } catch {
      tell(say("not-kept"));
    }
    show();
  }
  const tell = (words, how = "bad") => ([note, tone] = [words, how]);
  const undo = (id) => put({ k: "undo", of: id });
  const state = (k, more) => put({ k: "f", f: { k, ...more } });

  // All that is known, from the events alone, in the order of this phone.
  function read() {
    const undone = new Set(events.filter((one) => one.k === "undo").map((one) => one.of));
    s = { me: 0, pads: {}, facts: [], got: new Set(), no: {}, round: {}, secret: {}, floor: [], drafts: {}, talk: { w: 0, m: 0, o: 0 } };
    for (const one of events.filter((one) => !undone.has(one.id))) {
      if (one.k === "me") s.me = one.v;
      else if (one.k === "base") s.pads[one.p] = { ...one.v };
      else if (one.k === "t") {
        const pad = (s.pads[one.p] ||= {});
        pad[one.c] = Math.max(0, (pad[one.c] || 0) + one.d);
        s.last = one;
      } else if (one.k === "again") s.round[one.of] = one.round;
      else if (one.k === "draft") s.drafts[one.p] = one.v;
      else if (one.k === "papers") s.secret[one.of] = one.v;
      else if (one.k === "floor") s.floor.push(one);
      else if (one.k === "end") s.end = true;
      else if (one.k === "talk") {
        if (s.who) s.talk[s.who] += Math.min(SPEECH_MS_MAX, Math.max(0, one.at - s.since));
        [s.who, s.since] = [one.v, one.at];
      } else if (one.k === "got") one.ids.forEach((id) => s.got.add(id));
      else if (one.k === "no") s.no[one.of] = one.words;
      else if (one.k === "f") s.facts.push({ id: one.id, n: one.n, ...one.f });
    }
    s.waiting = s.facts.filter((fact) => !s.got.has(fact.id));
  }
  const facts = (k, of) => s.facts.filter((fact) => fact.k === k && (!of || fact.of === of));
  const last = (k, of) => facts(k, of).pop();

  // What is put to the vote: what the node knew, and what came from the floor tonight.
  function motions() {
    const own = s.me === 1 ? facts("moved") : s.floor;
    const floor = own.map((one) => ({ round: 1, ...one, of: `floor-${one.floor}`, title: one.title ? `${one.floor}. ${one.title}` : say("floor-title", { n: one.floor }) }));
    return [...K.motions, ...floor.filter((one) => !K.motions.some((known) => known.floor === one.floor))];
  }
  const motion = (of) => motions().find((one) => one.of === of);
  const titled = (one) => (one.number ? `D-${one.number} ${one.title}` : one.title);
  const roundOf = (one) => Math.max(one.round, s.round[one.of] || 1, ...facts("again", one.of).map((fact) => fact.round));
  const secretBy = (one) => last("secret", one.of)?.asked ?? one.secret ?? 0;
  const isSecret = (one) => (s.me === 1 ? secretBy(one) >= K.secret : (s.secret[one.of] ?? (one.secret || 0) >= K.secret));
  const conflictOf = (one) => last("conflict", one.of) || one.conflict;
  const locked = (one) => conflictOf(one)?.chair && !last("replaced", one.of) && !one.replaced;
  const choicesOf = (one) => (one.options.length ? one.options.map((_, n) => `${n + 1}`) : ["yes"]).concat("no", "abstain");
  const choiceName = (one, choice) =>
    one.options[choice - 1] || say(choice === "no" && one.options.length ? "none" : choice);

  // The pads on which is counted. What the node knew already stands there before the first tap.
  const SEXES = ["w", "m", "o"];
  const AGES = ["a0", "a18", "a60"];
  const base = (key) => K.pads[`${key}:${s.me}`] || {};
  const values = (key) => s.pads[key] || base(key);
  const cell = (key, c) => values(key)[c] || 0;
  const people = (key) => SEXES.map((c) => cell(key, c));
  const handsKey = (one) => `h:${one.of}:${roundOf(one)}`;
  const hereKey = (one) => `here:${one.of}`;
  const kinds = (one) => (isSecret(one) ? ["p"] : SEXES);
  const tally = (one, choice) => kinds(one).map((c) => cell(handsKey(one), `${choice}.${c}`));
  const tap = (key, c, d) => {
    const first = s.pads[key] ? [] : [{ k: "base", p: key, v: base(key) }];
    put(...first, { k: "t", p: key, c, d }).then(() => navigator.vibrate?.(15));
  };
  // Two phones that counted the same show the same two digits, and hardly ever otherwise.
  const compare = (all) => String(all.reduce((mark, n) => (mark * 31 + n + 1) % 97, 7)).padStart(2, "0");

  function row(key, c, label) {
    const n = cell(key, c);
    const typed = (event) => tap(key, c, (Math.min(99999, Math.max(0, parseInt(event.target.value, 10) || 0))) - n);
    return h("div", { class: "pad" }, h("label", { for: c }, label),
      h("button", { type: "button", class: "b less", "aria-label": `${label} −`, onclick: () => n && tap(key, c, -1) }, "−"),
      h("input", { id: c, inputmode: "numeric", value: n, onchange: typed, onfocus: (event) => event.target.select() }),
      h("button", { type: "button", class: "b main more", "aria-label": `${label} +`, onclick: () => tap(key, c, 1) }, "+"));
  }
  const rows = (key, cells) => cells.map(([c, label]) => row(key, c, say(label)));
  const sexRows = (key) => rows(key, SEXES.map((c) => [c, c]));
  const takeBack = (key) => {
    const undone = new Set(events.map((one) => one.of));
    const found = events.filter((one) => one.k === "t" && one.p === key && !undone.has(one.id)).pop();
    return found && button(say("undo"), () => undo(found.id));
  };

  function quorum([w, m, o]) {
    const all = w + m + o;
    const few = all < K.people || !all;
    const may = !few && w * 100 >= K.share * all;
    const words = say(may ? "may" : few ? "few-people" : "few-women", { women: w, all, least: few ? K.people : K.share });
    return { may, all, w, node: h("div", { class: `giant ${may ? "good" : "warn"}`, role: "status" }, h("b", { dir: "ltr" }, `${w} / ${all}`), p(words)) };
  }

  // Both phones are read aloud to each other before a count is a count.
  function same(title, all, back, agree, differ) {
    const mark = compare(all);
    return [h("h1", null, title), p(say("compare"), "lead"),
      h("div", { class: "giant" }, p(say("total", { n: sum(all) })), h("b", { class: "digits" }, mark)),
      h("div", { class: "stack" }, button(say("same"), () => agree().then(() => (location.hash = back)), "main"),
        button(say("differs"), () => differ().then(() => (location.hash = back))), link(say("back"), back))];
  }

  const VIEWS = {
    "": home, roll, here, hands, motion: oneMotion, conflict, secret, result, floor, open, women, talk, end, send, facts: send,
  };
  function show() {
    const [name, of, more] = location.hash.slice(1).split("/").map(decodeURIComponent);
    const view = s.me ? VIEWS[name] || home : choose;
    const one = of && motion(of);
    const inside = view(of && ["motion", "conflict", "secret", "result", "here", "hands"].includes(name) ? one || motions()[0] : of, more);
    const bar = h("nav", { class: "kit-bar" }, s.me ? link("‹", backFrom(name, of), "b up") : "", h("span", null, s.me ? say(`me${s.me}`) : ""),
      h("span", { class: "kept" }, say("taps", { n: events.length })));
    bar.querySelector(".up")?.setAttribute("aria-label", say("back"));
    main.replaceChildren(bar, note && h("p", { class: `notice ${tone}`, role: "alert" }, note), ...inside.flat(2).filter(Boolean));
  }
  const backFrom = (name, of) => (["conflict", "secret", "result", "here", "hands"].includes(name) ? `#motion/${of}` : name ? "#" : K.back);
  const step = (to, words, done) => h("li", { class: done ? "done" : "" }, link([h("span", null, words), h("i", null, done ? "✓" : "›")], to, "step"));

  function choose() {
    // The evening has left this phone: nothing more is counted on it by mistake.
    if (gone) return [h("h1", null, K.title), link(say("back"), K.back)];
    return [h("h1", null, K.title), p(K.place, "soft"), p(say("choose"), "lead"),
      h("div", { class: "stack" }, [1, 2].map((n) => button([h("b", null, say(`me${n}`)), h("small", null, say(`me${n}-does`))], () => put({ k: "me", v: n }), "tall")))];
  }

  function home() {
    const counts = people("roll");
    const minute = s.me === 1;
    const at = s.last && !s.end && s.last.p.split(":");
    const go = at && (at[0] === "roll" ? ["#roll", say("roll")] : at[1] && motion(at[1]) && [`#${at[0] === "h" ? "hands" : "here"}/${at[1]}`, titled(motion(at[1]))]);
    return [h("h1", null, K.title), keeping(), K.waits.length > 0 && h("details", null, h("summary", null, say("waits", { n: K.waits.length })), K.waits.map((one) => p(`${say(`f-${one.k}`)} ${one.words}`))), go && link(say("go-on", { what: go[1] }), go[0], "b main wide"),
      h("ol", { class: "steps" }, minute && K.womenFirst && step("#women", say("women"), last("women") || K.women),
        step("#roll", `${say("roll")}${sum(counts) ? ` · \u2066${counts[0]} / ${sum(counts)}\u2069` : ""}`, last("counted", "roll")),
        minute && step("#open", say("open"), last("opened") || K.opened),
        motions().map((one) => step(`#motion/${one.of}`, titled(one), minute ? last("resolved", one.of) || one.outcome : last("hands", one.of))),
        step("#floor", say("floor")), minute && !K.womenFirst && step("#women", say("women"), last("women") || K.women),
        minute && step("#talk", say("talk"), last("spoken")), step("#end", say("end"), last("closed") || s.end || K.closed),
        step("#send", say("send-n", { n: s.waiting.length }), !s.waiting.length && s.got.size)),
      h("h2", null, say("agenda")), h("ol", null, K.items.map((item) => h("li", null, item))), p(say(K.childcare ? "childcare" : "no-childcare"), "soft"),
      p(say("rules", { share: K.share, people: K.people }), "soft"), link(say("forget"), "#send", "soft")];
  }

  function roll() {
    const all = people("roll");
    const ages = AGES.map((c) => cell("roll", c));
    if (location.hash.endsWith("/same")) {
      const fact = { of: "roll", moment: "arrival", counter: s.me, women: all[0], men: all[1], other: all[2], ages: sum(ages) ? ages : null };
      return same(say("roll"), all, "#roll", () => state("counted", fact), async () => {});
    }
    const wrong = sum(ages) && sum(ages) !== sum(all);
    return [h("h1", null, say("roll")), quorum(all).node, sexRows("roll"),
      h("details", { open: sum(ages) > 0 }, h("summary", null, say("ages")), rows("roll", AGES.map((c) => [c, c]))),
      wrong && h("p", { class: "notice warn" }, say("ages-differ", { ages: sum(ages), all: sum(all) })),
      h("div", { class: "stack" }, !wrong && sum(all) > 0 && link(say("counted"), "#roll/same", "b main"), takeBack("roll"))];
  }

  function here(one, more) {
    const key = hereKey(one);
    const all = people(key);
    const back = `#here/${one.of}`;
    if (more === "same") {
      const fact = { of: one.of, moment: "vote", counter: s.me, women: all[0], men: all[1], other: all[2], ages: null };
      return same(say("here"), all, `#motion/${one.of}`, () => state("counted", fact), async () => {});
    }
    return [h("h1", null, say("here")), p(titled(one), "soft"), quorum(all).node, sexRows(key),
      h("div", { class: "stack" }, sum(all) > 0 && link(say("counted"), `${back}/same`, "b main"), takeBack(key))];
  }

  function hands(one, more) {
    if (s.me === 1 && (locked(one) || !conflictOf(one))) return conflict(one);
    const key = handsKey(one);
    const round = roundOf(one);
    const all = choicesOf(one);
    const choice = all.includes(more) ? more : all[0];
    if (last("hands", one.of)?.round === round) return oneMotion(one);
    if (more === "same") {
      const tallies = all.map((choice) => {
        const [a, b = 0, c = 0] = tally(one, choice);
        return isSecret(one) ? { choice, papers: a } : { choice, women: a, men: b, other: c };
      });
      const counted = { k: "f", f: { k: "hands", of: one.of, counter: s.me, round, tallies } };
      const anew = { of: one.of, round: round + 1 };
      const again = s.me === 1 ? { k: "f", f: { k: "again", ...anew } } : { k: "again", ...anew };
      return same(say("hands"), all.flatMap((choice) => tally(one, choice)), `#motion/${one.of}`, () => put(counted), () => put(counted, again));
    }
    // Nobody has two hands: what both counted of who is here is the most there can be.
    const most = last("counted", one.of) && people(hereKey(one));
    const raised = kinds(one).map((_, n) => sum(all.map((choice) => tally(one, choice)[n])));
    const many = most && (isSecret(one) ? raised[0] > sum(most) : raised.some((n, at) => n > most[at]));
    const pick = (name) => h("a", { class: "b", href: `#hands/${one.of}/${name}`, "aria-current": name === choice && "true" },
      choiceName(one, name), h("b", null, sum(tally(one, name))));
    return [h("h1", null, say(isSecret(one) ? "papers" : "hands")), p(`${titled(one)} · ${say("round", { n: round })}`, "soft"),
      h("nav", { class: "choices" }, all.map(pick)), many && h("p", { class: "notice warn" }, say("more-hands")), rows(key, kinds(one).map((c) => [`${choice}.${c}`, c])),
      h("div", { class: "stack" }, !many && link(say("counted"), `#hands/${one.of}/same`, "b main"), takeBack(key))];
  }

  function oneMotion(one) {
    const to = (name) => `#${name}/${one.of}`;
    const minute = s.me === 1;
    const asked = conflictOf(one);
    const counted = last("counted", one.of);
    const voted = last("hands", one.of)?.round === roundOf(one);
    const papers = () => put({ k: "papers", of: one.of, v: !isSecret(one) });
    return [h("h1", null, titled(one)), one.effects && p(one.effects, "lead"), one.money && p(one.money),
      one.options.length > 0 && h("ol", null, one.options.map((option) => h("li", null, option))),
      one.outcome ? p(say("resolved"), "notice good") : [h("ol", { class: "steps" }, minute && step(to("conflict"), say(locked(one) ? "locked" : "conflict"), asked && !locked(one)),
        minute && step(to("secret"), say("secret", { n: secretBy(one) }), false), step(to("here"), say("here"), counted),
        step(to("hands"), say(isSecret(one) ? "papers" : "hands"), voted), minute && voted && step(to("result"), say("result"), last("resolved", one.of))),
      !minute && !voted && button(say(isSecret(one) ? "use-hands" : "use-papers"), papers),
      voted && [p(say("counted-same", { n: compare(choicesOf(one).flatMap((choice) => tally(one, choice))) })), minute && !last("resolved", one.of) && p(say("then-result"), "soft"),
        button(say("count-again"), () => put(minute ? { k: "f", f: { k: "again", of: one.of, round: roundOf(one) + 1 } } : { k: "again", of: one.of, round: roundOf(one) + 1 }))]]];
  }

  // Forms. A field that is wrong is said by the browser itself, in its own words.
  function field(name, label, about = {}) {
    const { tag = "input", pick, ...more } = about;
    const inside = (pick || []).map(([value, words]) => h("option", { value, selected: value === more.value }, words));
    const made = h(pick ? "select" : tag, { name, id: name, ...more, value: tag === "input" && !pick ? more.value : null }, inside);
    if (tag === "textarea") made.value = more.value || "";
    return h("div", { class: "f" }, h("label", { for: name }, say(label)), made);
  }
  const area = (name, label, more) => field(name, label, { tag: "textarea", rows: 3, maxlength: 1000, ...more });
  // What is being typed is kept too, a moment after each letter.
  function form(fields, save) {
    const here = location.hash;
    let soon;
    const keep = (v) => use("readwrite", (store) => store.add({ id: newId(), a: K.a, k: "draft", p: here, v })).catch(() => {});
    const typed = () => {
      clearTimeout(soon);
      soon = setTimeout(() => keep(Object.fromEntries(new FormData(made))), 500);
    };
    const sent = (event) => {
      event.preventDefault();
      clearTimeout(soon);
      if (save(Object.fromEntries(new FormData(made))) !== false) keep(null);
    };
    const made = h("form", { onsubmit: sent, oninput: typed }, fields, h("button", { class: "b main wide" }, say("save")));
    for (const [name, value] of Object.entries(s.drafts[here] || {})) if (made.elements[name]) made.elements[name].value = value;
    return made;
  }
  const leave = (to) => () => {
    location.hash = to;
    show();
  };
  const YES_NO = () => [["yes", say("is-woman")], ["no", say("is-man")]];

  function open() {
    const known = last("opened") || K.opened || {};
    const save = (v) => state("opened", { chair: v.chair === "yes", co: v.co ? v.co === "yes" : null, why: v.why }).then(leave("#"));
    return [h("h1", null, say("open")), form([field("chair", "chair", { pick: YES_NO(), value: known.chair === false ? "no" : "yes" }),
      field("co", "co-chair", { pick: [["", say("nobody")], ...YES_NO()], value: known.co == null ? "" : known.co ? "yes" : "no" }),
      field("why", "exception", { value: known.why || "", maxlength: 300 })], save)];
  }

  function conflict(one) {
    const back = leave(`#motion/${one.of}`);
    const ask = (about) => state("conflict", { of: one.of, ...about }).then(about.chair ? show : back);
    if (locked(one)) {
      return [h("h1", null, say("locked")), p(say("locked-why"), "lead"), h("div", { class: "stack" }, ["yes", "no"].map((who, n) =>
        button(say(n ? "led-by-man" : "led-by-woman"), () => state("replaced", { of: one.of, woman: !n }).then(back), "tall")))];
    }
    const save = (v) => ask({ declared: true, chair: v.who === "chair", what: v.what });
    return [h("h1", null, say("conflict")), p(say("conflict-ask"), "lead"), button(say("nobody-gains"), () => ask({ declared: false, chair: false, what: "" }), "main wide"),
      h("details", null, h("summary", null, say("somebody-gains")), form([field("who", "who-gains", { pick: [["one", say("one-here")], ["chair", say("the-chair")]] }), area("what", "what-gained", { required: true })], save))];
  }

  function secret(one) {
    const key = `secret:${one.of}`;
    const n = s.pads[key] ? cell(key, "n") : secretBy(one);
    const save = () => state("secret", { of: one.of, asked: n }).then(leave(`#motion/${one.of}`));
    return [h("h1", null, say("secret-title")), p(say("secret-ask", { n: K.secret }), "lead"), row(key, "n", say("who-ask")),
      p(say(n >= K.secret ? "papers-now" : "hands-now"), "notice info"), n > 0 && button(say("save"), save, "main wide")];
  }

  function outcome(one) {
    const votes = Object.fromEntries(choicesOf(one).map((choice) => [choice, sum(tally(one, choice))]));
    const ranked = choicesOf(one).slice(0, -2).sort((a, b) => votes[b] - votes[a]);
    const first = votes[ranked[0]];
    return { votes, ranked, yes: first > votes.no && (ranked.length < 2 || first > votes[ranked[1]]) };
  }
  function sentence(one) {
    const { votes, ranked, yes } = outcome(one);
    const q = quorum(people(hereKey(one)));
    const all = choicesOf(one).map((choice) => `${choiceName(one, choice)} ${votes[choice]}`).join(", ");
    const won = yes && one.options.length ? ` ${choiceName(one, ranked[0])}.` : "";
    return `${titled(one)}: ${all}. ${say(yes ? "carried" : "rejected")}${won} ${say(q.may ? "with-quorum" : "opinion", { women: q.w, all: q.all })}`;
  }
  const dayOf = (text) => (text ? Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS) : null);
  const textOf = (day) => (day ? new Date(day * DAY_MS).toISOString().slice(0, 10) : "");

  function result(one) {
    const { yes } = outcome(one);
    const old = last("resolved", one.of) || {};
    const offered = old.promise || one.promise || {};
    const save = (v) => {
      const parts = [v.body, v.what, v.due].filter(Boolean).length;
      if (parts % 3) {
        tell(say("promise-part"));
        made.prepend(h("p", { class: "notice bad", role: "alert" }, note));
        made.scrollIntoView();
        return false;
      }
      const promise = parts ? { body: v.body, what: v.what, due_day: dayOf(v.due) } : null;
      const fact = { of: one.of, reasons: v.reasons, because: v.because || "", dissent: v.dissent, review_day: dayOf(v.review), promise };
      const instead = old.id && !s.got.has(old.id) ? [{ k: "undo", of: old.id }] : [];
      put(...instead, { k: "f", f: { k: "resolved", ...fact } }).then(leave("#"));
    };
    const made = form([area("reasons", "reasons", { required: true, value: old.reasons }), !yes && field("because", "because", { required: true, maxlength: 40, value: old.because }),
        area("dissent", "dissent", { value: old.dissent }),
        yes && [field("body", "promise-body", { pick: [["", say("nobody")], ...K.bodies], value: offered.body }), field("what", "promise-what", { value: offered.what, maxlength: 200 }),
          field("due", "promise-due", { type: "date", value: textOf(offered.due_day) }), field("review", "review", { type: "date", value: textOf(old.review_day) })]], save);
    return [h("h1", null, say("read-aloud")), h("blockquote", { class: `giant words ${yes ? "good" : "warn"}` }, sentence(one)), made];
  }

  function floor() {
    const n = motions().reduce((most, one) => Math.max(most, one.floor || 0), 0) + 1;
    const options = (v) => [v.o1, v.o2, v.o3].map((option) => (option || "").trim()).filter(Boolean);
    const add = (v) => state("moved", { floor: n, title: v.title, short: v.short, subject: v.subject, effects: v.effects, options: options(v) }).then(leave(`#motion/floor-${n}`));
    if (s.me === 2) {
      const second = (many) => put({ k: "floor", floor: n, options: "ABC".slice(0, many).split("").filter(Boolean) }).then(leave(`#motion/floor-${n}`));
      return [h("h1", null, say("floor-title", { n })), p(say("floor-two"), "lead"), h("div", { class: "stack" }, [0, 2, 3].map((many) => button(say(many ? "options-n" : "yes-no", { n: many }), () => second(many), "tall")))];
    }
    return [h("h1", null, say("floor-title", { n })), form([field("title", "title", { required: true, maxlength: 100 }), field("short", "short", { required: true, maxlength: 70 }),
      field("subject", "subject", { required: true, maxlength: 60, list: "subjects" }), h("datalist", { id: "subjects" }, K.subjects.map((value) => h("option", { value }))),
      area("effects", "effects", { required: true }), h("details", null, h("summary", null, say("options")), [1, 2, 3].map((k) => field(`o${k}`, "option", { maxlength: 100 })))], add)];
  }

  function women() {
    const known = last("women") || K.women || { held: true };
    const save = (v) => state("women", { held: v.held === "yes", words: v.words }).then(leave("#"));
    return [h("h1", null, say("women")), p(say("women-why"), "lead"),
      form([field("held", "women-held", { pick: [["yes", say("yes")], ["no", say("no")]], value: known.held ? "yes" : "no" }), area("words", "women-words", { required: true, value: known.words })], save)];
  }

  function talk() {
    const minutes = SEXES.map((c) => Math.max(0, Math.round(s.talk[c] / 60000) + cell("talk", c)));
    const save = () => state("spoken", { women: minutes[0], men: minutes[1], other: minutes[2] }).then(leave("#"));
    return [h("h1", null, say("talk")), p(say("talk-how"), "lead"), h("div", { class: "choices" }, SEXES.map((c, n) =>
      h("button", { type: "button", class: "b tall", "aria-pressed": String(s.who === c), onclick: () => put({ k: "talk", v: s.who === c ? "" : c }) }, say(c), h("b", null, say("minutes", { n: minutes[n] }))))),
      h("details", { open: SEXES.some((c) => cell("talk", c)) }, h("summary", null, say("by-hand")), sexRows("talk")), button(say("save"), save, "main wide")];
  }

  function end() {
    const n = cell("witness", "n");
    if (s.me === 2) return [h("h1", null, say("end")), p(say("end-two"), "lead"), button(say("end"), () => put({ k: "end" }).then(leave("#send")), "main wide")];
    const close = () => put({ k: "f", f: { k: "witnessed", witnesses: n } }, { k: "f", f: { k: "closed" } }, { k: "end" }).then(leave("#send"));
    return [h("h1", null, say("end")), p(say("witness-ask"), "lead"), row("witness", "n", say("witnesses")),
      p(say("paper"), "notice info"), n > 1 && button(say("end"), close, "main wide")];
  }

  // Keeping the page, and letting it go.
  let isKept = false;
  let gone = false;
  function keeping() {
    if (K.hidden) return p(say("hidden"), "notice warn");
    if (!navigator.serviceWorker) return p(say("cannot-keep"), "notice warn");
    if (isKept) return p(say("kept"), "notice good");
    const failed = () => tell(say("not-kept-page"));
    return button(say("keep"), () => keep().catch(failed).then(show), "wide");
  }
  async function whetherKept() {
    const found = self.caches && (await caches.has(CACHE)) && (await caches.match(KEPT, { cacheName: CACHE }));
    return (isKept = Boolean(found));
  }
  async function keep() {
    navigator.storage?.persist?.();
    await navigator.serviceWorker.register(K.worker, { scope: "/desk/assemblies/" });
    await navigator.serviceWorker.ready;
    const cache = await caches.open(CACHE);
    await cache.addAll(K.files);
    await cache.put(KEPT, new Response(String(Date.now())));
    isKept = true;
  }
  async function letGo() {
    await use("readwrite", (store) => events.forEach((one) => store.delete(one.n)));
    if (self.caches) await caches.delete(CACHE);
    const worker = await navigator.serviceWorker?.getRegistration("/desk/assemblies/");
    await worker?.unregister();
    isKept = false;
    gone = true;
  }

  // Sending. Only a receipt that names an id lets it go.
  let sending = false;
  async function sendAll() {
    if (sending) return;
    sending = true;
    tell(say("sending"), "info");
    show();
    try {
      const pass = await ask(`${K.url}/pass?lang=${K.lang}`);
      for (let from = 0, all = s.waiting; from < all.length; from += SENT_AT_ONCE_MAX) {
        const body = JSON.stringify({ csrf: pass.csrf, assembly: K.a, facts: all.slice(from, from + SENT_AT_ONCE_MAX) });
        const told = await ask(`${K.url}?lang=${K.lang}`, { method: "POST", body });
        const no = [...told.no, ...told.waits].map((one) => ({ k: "no", of: one.id, words: `${one.title} ${one.advice}` }));
        await put({ k: "got", ids: told.got }, ...no);
      }
      note = "";
      if (s.end && !s.waiting.length) await letGo().then(() => tell(say("all-sent"), "good"));
    } catch (failure) {
      tell(failure.status === 401 ? say("sign-in") : failure.words || say("no-network"));
      s.signIn = failure.status === 401;
    }
    sending = false;
    show();
  }
  async function ask(path, more) {
    const answer = await fetch(path, { ...more, headers: { accept: "application/json", "content-type": "application/json" } });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    throw Object.assign(new Error("not received"), { status: answer.status, words: told.title && `${told.title} ${told.detail}` });
  }
  const told = (fact) => {
    const one = fact.of && fact.of !== "roll" && motion(fact.of);
    return [say(`f-${fact.k}`), one && titled(one), fact.title].filter(Boolean).join(" · ");
  };
  function send() {
    const line = (fact) => {
      const got = s.got.has(fact.id);
      const fix = { resolved: "result", hands: "hands", counted: fact.of === "roll" ? "roll" : "here" }[fact.k];
      return h("li", { class: got ? "done" : "" }, h("span", null, told(fact), s.no[fact.id] && h("small", { class: got ? "" : "error" }, s.no[fact.id])),
        got ? h("i", null, "✓") : button(say("take-back"), () => undo(fact.id).then(() => s.no[fact.id] && fix && (location.hash = `#${fix}/${fact.of}`))));
    };
    const forget = () => confirm(say("forget-sure", { n: s.waiting.length })) && letGo().then(leave("#"));
    return [h("h1", null, say("send-n", { n: s.waiting.length })), p(say("send-how"), "lead"),
      s.signIn && link(say("sign-in-now"), `/sign-in?next=${encodeURIComponent(K.url)}`, "b main wide"),
      s.waiting.length > 0 && button(say("send"), sendAll, "main wide"),
      h("ul", { class: "steps told" }, s.facts.map(line)), button(say("forget"), forget, "grave")];
  }

  function begin() {
    const asked = indexedDB.open("baraza-kit", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("events", { keyPath: "n", autoIncrement: true });
    asked.onerror = () => main.replaceChildren(p(say("not-kept"), "notice bad"));
    asked.onsuccess = async () => {
      db = asked.result;
      if (K.hidden && self.caches) await caches.delete(CACHE);
      const kept = await whetherKept();
      await use("readonly", () => {});
      show();
      // Another tab may have counted; what is being typed here is not touched otherwise.
      const again = async () => {
        const before = events.length;
        await use("readonly", () => {});
        if (events.length !== before) show();
      };
      addEventListener("hashchange", () => (show(), scrollTo(0, 0)));
      document.addEventListener("visibilitychange", () => document.hidden || again());
      // What is kept is as new as the last time the node was in reach.
      if (kept) keep().catch(() => {});
    };
  }
  begin();
})();
