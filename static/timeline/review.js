// The review page: keys, the field in hand, what changed, and where the focus goes when the next entry is drawn.
// Selecting words is in review-words.js, boxes that offer names in review-names.js. Without any of them the page works by
// its forms.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const SWITCH = "review-keys-off"; // where the choice to have no single keys is kept

  const form = () => document.getElementById("review");
  const typing = (target) =>
    target.closest("textarea, select, [contenteditable]") ||
    (target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type));

  // ---- The field in hand ----

  let hand = null; // the element with data-field whose evidence a selection becomes

  function take(group) {
    if (!group || !form()?.contains(group)) return;
    hand = group;
    for (const one of form().querySelectorAll(".holds")) one.classList.remove("holds");
    group.classList.add("holds");
    const note = document.getElementById("in-hand");
    if (note) note.textContent = nameOf(group);
    speak(group);
  }

  function nameOf(group) {
    if (group.dataset.name) return group.dataset.name;
    if (group.dataset.field.startsWith("toll") || group.dataset.field.startsWith("new")) {
      return "the toll " + (group.querySelector("[name$=low]").value || group.querySelector("[name$=high]").value || "being added");
    }
    return "the entry";
  }

  // The passage of the field in hand stands out in the report.
  function speak(group) {
    for (const one of document.querySelectorAll(".report-text .speaks")) one.classList.remove("speaks");
    CSS.highlights?.delete("speaks");
    const said = group.querySelector("[data-said]");
    const box = group.querySelector("textarea.words");
    let start, end;
    if (box) {
      const at = group.querySelector("input[type=hidden][name$=at]");
      if (!at || at.value === "" || !box.value) return;
      start = Number(at.value);
      end = start + [...box.value].length;
      if (group.dataset.field === "entry") return; // the passage itself is marked for as long as the entry is in hand
    } else if (said) {
      [start, end] = said.dataset.said.split("-").map(Number);
    } else return;
    mark(start, end);
  }

  function mark(start, end) {
    const ranges = [];
    let first = null;
    for (const piece of document.querySelectorAll(".report-text [data-at]")) {
      const at = Number(piece.dataset.at);
      const letters = [...piece.textContent];
      if (at >= end || at + letters.length <= start) continue;
      first ??= piece;
      if (!CSS.highlights) {
        piece.classList.add("speaks"); // an older browser marks the whole run
        continue;
      }
      const units = (count) => letters.slice(0, count).join("").length;
      const range = document.createRange();
      range.setStart(piece.firstChild, units(Math.max(start - at, 0)));
      range.setEnd(piece.firstChild, units(Math.min(end - at, letters.length)));
      ranges.push(range);
    }
    if (ranges.length) CSS.highlights.set("speaks", new Highlight(...ranges));
    if (first) within(first);
  }

  // Scroll the report alone, never the page.
  function within(piece) {
    const box = document.getElementById("report-text");
    const [outer, inner] = [box.getBoundingClientRect(), piece.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3;
  }

  const fields = () =>
    [...form().querySelectorAll("[data-field]")].map((group) => group.querySelector("input:not([type=hidden]), select, textarea")).filter(Boolean);

  function go(step) {
    const all = fields();
    const at = hand ? all.findIndex((one) => hand.contains(one)) : -1;
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next) enter(next);
  }

  function enter(field) {
    field.focus();
    field.select?.();
    field.scrollIntoView({ block: "nearest" });
  }

  // ---- What was changed ----

  let drawn = "";
  const state = () =>
    [...new FormData(form())].filter(([name]) => !["csrfmiddlewaretoken", "seen", "reason", "event_words", "assignee", "do"].includes(name)).join("\n");

  function label() {
    const words = document.querySelector("#accept [data-label]");
    if (words && form()) words.textContent = state() === drawn && !("unsaved" in form().dataset) ? "Accept" : "Correct";
  }

  // ---- Keys ----

  const tolls = () => [...form().querySelectorAll(".toll-line")].map((toll) => toll.querySelector("[name$=low]"));

  const moves = {
    t: () => {
      const all = tolls();
      const at = all.findIndex((one) => hand?.contains(one));
      if (all.length) enter(all[(at + 1) % all.length]);
      else document.getElementById("add-toll")?.click();
    },
    j: () => go(1),
    k: () => go(-1),
    x: () => document.getElementById("report-text")?.focus(),
    "?": () => showKeys(),
  };

  function showKeys() {
    const dialog = document.getElementById("keys");
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (!document.getElementById("desk") || event.defaultPrevented) return;
    const { target, key } = event;
    if (document.querySelector("dialog[open]")) return;
    if (key === "Enter" && (event.ctrlKey || event.metaKey) && form()) {
      event.preventDefault();
      document.getElementById("accept")?.click();
      return;
    }
    if (typing(target)) {
      // Enter saves nothing by itself: in a box of a form it would press the first button.
      if (key === "Enter" && target.matches("input") && form()?.contains(target)) event.preventDefault();
      if (key === "Escape" && form()?.contains(target)) {
        event.preventDefault();
        document.getElementById("entry-heading")?.focus({ preventScroll: true });
      }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (localStorage.getItem(SWITCH) && key !== "?") return;
    if (moves[key] && (form() || key === "?")) {
      event.preventDefault();
      moves[key]();
      return;
    }
    if (!/^[a-z0-9]$/.test(key)) return;
    const bearer = [...document.querySelectorAll(`[data-key="${key}"]`)].find((one) => !one.disabled && !one.closest("fieldset:disabled"));
    if (!bearer) return;
    event.preventDefault();
    if (bearer.matches("button, a")) bearer.click();
    else enter(bearer);
  });

  // One press, one decision: a second one before the answer would be about an entry that the editor has not seen.
  let waiting = false;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id !== "desk") return;
    if (waiting) event.preventDefault();
    else waiting = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.target?.id === "desk" || event.detail.requestConfig?.target?.id === "desk") waiting = false;
  });

  // What went wrong on the way is said where what was done is said; what was typed still stands.
  const failed = (words) => {
    const told = document.getElementById("told");
    told.replaceChildren(Object.assign(document.createElement("p"), { textContent: words, className: "failed" }));
  };
  document.addEventListener("htmx:sendError", () => {
    waiting = false;
    failed("The server cannot be reached. Nothing was saved; what you typed still stands here.");
  });
  // A login that has run out is answered with the login page: it is not drawn in the place of the entry.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (!["desk", "date-read", "events-found", "tolls"].includes(target?.id) || !xhr.responseURL.includes("/login/")) return;
    event.detail.shouldSwap = false;
    failed("Your login has run out. Log in in another tab and press the key again; what you typed still stands here.");
  });
  document.addEventListener("htmx:responseError", (event) => {
    waiting = false;
    const { status, responseText } = event.detail.xhr;
    if (status === 409) failed(responseText);
    else if (status === 403) failed("You may not do this, or your login has run out. Log in in another tab and try again; what you typed still stands here.");
    else failed(`The server failed (${status}). What you typed still stands here.`);
  });

  // ---- Drawing ----

  function ready() {
    hand = null;
    const desk = document.getElementById("desk");
    if (!desk) return;
    if (form()) {
      drawn = state();
      take(form().querySelector("[data-field=entry]"));
      label();
    }
    const passage = desk.querySelector(".report-text .in-hand");
    if (passage) {
      const box = document.getElementById("report-text");
      box.scrollTop = passage.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - box.clientHeight / 4;
    }
  }

  function focusDrawn() {
    const wrong = document.querySelector("#desk [aria-invalid=true], #desk .asks input, #desk [data-focus-first]");
    const target = wrong || document.querySelector("#desk [data-focus]");
    target?.focus({ preventScroll: !wrong });
  }

  document.addEventListener("focusin", (event) => take(event.target.closest("[data-field]")));
  document.addEventListener("input", (event) => form()?.contains(event.target) && label());
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-on") {
      if (event.target.checked) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, "1");
    }
    if (form()?.contains(event.target)) label();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#show-keys")) {
      event.preventDefault();
      showKeys();
      return;
    }
    const said = event.target.closest("[data-said]");
    if (said) {
      take(said.closest("[data-field]"));
      return;
    }
    // A toll's words in the report lead to its line, unless words are being selected.
    const piece = event.target.closest(".report-text [data-line]");
    if (piece && getSelection().isCollapsed) {
      const line = form()?.querySelector(`[data-field="${piece.dataset.line}"] [name$=low]`);
      if (line) enter(line);
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "desk") {
      ready();
      focusDrawn();
    }
    if (event.detail.target?.id === "date-read") label();
    if (event.detail.target?.id === "events-found") event.detail.target.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("DOMContentLoaded", () => {
    const switched = document.getElementById("keys-on");
    if (switched) switched.checked = !localStorage.getItem(SWITCH);
    ready();
    focusDrawn();
  });

  window.review = { form, take, hand: () => hand, label, within };
})();
