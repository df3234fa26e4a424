// The reader. Purpose: a page of the street is read aloud, for whoever cannot or will not read it.
// Never: lets a page leave the phone (a voice that lives on somebody's server is no voice here);
// speaks before the button is pressed.
(() => {
  "use strict";
  const button = document.querySelector(".aloud");
  const main = document.getElementById("main");
  const speech = self.speechSynthesis;
  // In the order of the page; what stands inside another of these is read with it.
  const READ = "h1,h2,h3,p,li,dt,dd,label,legend,caption,th,td,summary,figcaption,button,a.b,a.door,.big";
  // Some phones lose a sentence that is longer, in letters.
  const LETTERS_MAX = 200;
  if (!button || !main || !speech) return;

  const label = button.querySelector("span");
  const words = label.textContent;
  let reading = false;

  const voiceFor = (lang) =>
    speech.getVoices().find((voice) =>
      voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === lang.toLowerCase().split("-")[0]);
  const offer = () => {
    button.hidden = !voiceFor(document.documentElement.lang);
  };

  // Hard blanks and marks of direction are for the eye.
  const clean = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, "").replace(/\s+/g, " ").trim();
  function pieces(text) {
    const sentences = text.match(/[^.!?\u061f]+[.!?\u061f]*/g) || [];
    return sentences.flatMap((sentence) => {
      const parts = [];
      let part = "";
      for (const word of clean(sentence).split(" ")) {
        if (part && part.length + word.length > LETTERS_MAX) {
          parts.push(part);
          part = "";
        }
        part = part ? `${part} ${word}` : word;
      }
      return part ? [...parts, part] : parts;
    });
  }

  function all() {
    const seen = (it) => it.getClientRects().length > 0 && !it.closest("[aria-hidden=true]");
    const inside = (it) => it.parentElement.closest(READ);
    const found = [...main.querySelectorAll(READ)].filter((it) => seen(it));
    return found.filter((it) => !inside(it) || !main.contains(inside(it)));
  }

  function end() {
    reading = false;
    speech.cancel();
    label.textContent = words;
  }

  function begin() {
    reading = true;
    label.textContent = button.dataset.stop;
    const said = all().flatMap((it) => {
      const { lang } = it.closest("[lang]");
      return pieces(it.innerText).map((text) => ({ text, lang }));
    });
    said.forEach(({ text, lang }, at) => {
      const one = new SpeechSynthesisUtterance(text);
      one.voice = voiceFor(lang) || voiceFor(document.documentElement.lang);
      one.lang = one.voice.lang;
      if (at === said.length - 1) one.onend = () => reading && end();
      speech.speak(one);
    });
    if (!said.length) end();
  }

  button.addEventListener("click", () => (reading ? end() : begin()));
  addEventListener("pagehide", end);
  // Voices are found late on some phones.
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
})();
