// The recorder. Purpose: somebody who cannot or will not write says it, at most a minute, hears it
// again and sends it with the form. Never: listens before the button is pressed; keeps a recording
// anywhere but in the form's own field; needed: a file can be attached where it does not work.
(() => {
  "use strict";
  const row = document.querySelector("[data-script]");
  const field = document.getElementById("note");
  const media = navigator.mediaDevices;
  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  const kind = self.MediaRecorder && KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  // Enough for speech: a minute is as large as a small picture.
  const BITS_A_SECOND = 24_000;
  if (!row || !field || !media || !kind || !self.DataTransfer) return;

  const says = row.dataset;
  const [record, stop, drop] = ["record", "stop", "drop"].map((act) =>
    row.querySelector(`[data-do=${act}]`));
  const clock = row.querySelector("[role=timer]");
  const player = row.querySelector("audio");
  const status = row.querySelector("[role=status]");
  const form = field.form;
  let recorder;

  function show(state, words) {
    record.hidden = state === "on";
    stop.hidden = clock.hidden = state !== "on";
    drop.hidden = player.hidden = state !== "there";
    status.textContent = words || "";
  }

  // What stands in the field is what is sent, whoever put it there.
  function changed() {
    URL.revokeObjectURL(player.src);
    const file = field.files[0];
    if (file) player.src = URL.createObjectURL(file);
    show(file ? "there" : "none", file ? says.off : "");
  }

  function put(file, seconds) {
    const carried = new DataTransfer();
    if (file) carried.items.add(file);
    field.files = carried.files;
    form.elements.note_seconds.value = seconds || "";
    changed();
  }

  async function begin() {
    let sound;
    try {
      sound = await media.getUserMedia({ audio: true });
    } catch {
      field.hidden = false;
      show(field.files[0] ? "there" : "none", says.no);
      return;
    }
    const began = performance.now();
    const passed = () => Math.min(Number(says.seconds), Math.ceil((performance.now() - began) / 1000));
    const pieces = [];
    recorder = new MediaRecorder(sound, { mimeType: kind, audioBitsPerSecond: BITS_A_SECOND });
    recorder.ondataavailable = (event) => pieces.push(event.data);
    const tick = () => {
      clock.textContent = `${passed()} / ${says.seconds}`;
      if (passed() >= Number(says.seconds)) end();
    };
    const ticking = setInterval(tick, 500);
    recorder.onstop = () => {
      clearInterval(ticking);
      sound.getTracks().forEach((track) => track.stop());
      const type = kind.split(";")[0];
      put(new File(pieces, `note.${type.split("/")[1]}`, { type }), passed());
      drop.focus();
    };
    recorder.start();
    show("on", says.on);
    tick();
    stop.focus();
  }

  function end() {
    if (recorder && recorder.state === "recording") recorder.stop();
  }

  record.addEventListener("click", begin);
  stop.addEventListener("click", end);
  drop.addEventListener("click", () => {
    put(null);
    record.focus();
  });
  field.addEventListener("change", () => {
    form.elements.note_seconds.value = "";
    changed();
  });
  form.addEventListener("reset", () => setTimeout(() => put(null)));
  // Whoever presses "send" while it records sends what was said so far.
  form.addEventListener(
    "submit",
    (event) => {
      if (!recorder || recorder.state !== "recording") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      recorder.addEventListener("stop", () => form.requestSubmit(submitter));
      end();
    },
    true,
  );
  addEventListener("pagehide", end);
  row.hidden = false;
  field.hidden = true;
  changed();
})();
