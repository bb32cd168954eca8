// Words selected in the report become the evidence of the field in hand; the server reads the date or the figure in them.
// Offsets are counted in characters as Python counts them, not in UTF-16 units.
(() => {
  "use strict";
  const text = () => document.getElementById("report-text");
  const characters = (string) => [...string].length;

  // What a selection word by word takes along with the words: spaces and the marks between them.
  const AHEAD = /[\s,;:.!?)\]،؛؟]/u;
  const BEHIND = /[\s,;:([،؛]/u;

  // The selected passage as {start, end, words}, without the spaces and commas around it; null where nothing of the report is selected.
  function passage() {
    const chosen = getSelection();
    if (!text() || !chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const pieces = [...text().querySelectorAll("[data-at]")].filter((piece) => range.intersectsNode(piece));
    if (!pieces.length) return null;
    const offset = (piece, container, at) => {
      const before = document.createRange();
      before.selectNodeContents(piece);
      if (piece.contains(container)) before.setEnd(container, at);
      return Number(piece.dataset.at) + characters(before.toString());
    };
    const [first, last] = [pieces[0], pieces[pieces.length - 1]];
    let start = first.contains(range.startContainer) ? offset(first, range.startContainer, range.startOffset) : Number(first.dataset.at);
    let end = offset(last, range.endContainer, range.endOffset);
    const whole = [...[...text().querySelectorAll("[data-at]")].map((piece) => piece.textContent).join("")];
    while (start < end && AHEAD.test(whole[start])) start += 1;
    while (end > start && BEHIND.test(whole[end - 1])) end -= 1;
    return start < end ? { start, end, words: whole.slice(start, end).join("") } : null;
  }

  function set(field, value) {
    if (!field || value === undefined) return;
    field.value = value ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function give() {
    const { form, take, hand, label } = window.review;
    const chosen = passage();
    if (!chosen || !form() || form().querySelector(".all-fields:disabled")) return;
    const group = hand()?.querySelector("textarea.words") ? hand() : form().querySelector("[data-field=entry]");
    const box = group.querySelector("textarea.words");
    group.querySelector("input[type=hidden][name$=at]").value = chosen.start;
    set(box, chosen.words);
    const place = `start=${chosen.start}&end=${chosen.end}`;
    if (group.dataset.field === "date") {
      htmx.ajax("GET", `${form().dataset.date}?${place}`, { target: "#date-read", swap: "innerHTML" });
    } else if (group.matches(".toll-line")) {
      fetch(`${form().dataset.words}?${place}`, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : {}))
        .then((told) => {
          for (const name of ["low", "high", "qualifier", "harm", "victims"]) {
            if (name in told && (told[name] || name === "low" || name === "high")) set(group.querySelector(`[name$=-${name}]`), told[name]);
          }
          take(group);
        })
        .catch(() => {}); // the words stand as evidence; the figure is typed
    }
    take(group);
    label();
  }

  document.addEventListener("pointerup", (event) => {
    if (event.target.closest?.("#report-text")) setTimeout(give); // the browser settles the selection after the event
  });

  // By keys: a word, the next, more of them, and Enter.
  document.addEventListener("keydown", (event) => {
    if (event.target !== text() || event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = getSelection();
    if (event.key === "Enter") {
      event.preventDefault();
      give();
      return;
    }
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const rightToLeft = getComputedStyle(text()).direction === "rtl";
    const onward = (event.key === "ArrowRight") !== rightToLeft;
    if (!chosen.rangeCount || !text().contains(chosen.anchorNode)) {
      const start = text().querySelector(".in-hand") || text();
      chosen.setBaseAndExtent(start.firstChild, 0, start.firstChild, 0);
    } else if (!event.shiftKey) {
      if (onward) chosen.collapseToEnd();
      else chosen.collapseToStart();
    }
    chosen.modify("extend", onward ? "forward" : "backward", "word");
    const shown = chosen.focusNode?.parentElement?.closest("[data-at]");
    if (shown) window.review.within(shown);
  });

  // The key for a missed entry sends where the selected words stand.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#add-entry");
    if (!button) return;
    const chosen = passage();
    button.value = chosen ? `add_entry:${chosen.start}-${chosen.end}` : "add_entry";
  }, true);

  // What the server read in selected words goes into the box; days set by hand count from then on.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "date-read") return;
    const read = document.querySelector("#date-read .read-as");
    if (read && "take" in read.dataset) document.getElementById("id_when").value = read.dataset.when;
    window.review.label();
  });
  document.addEventListener("change", (event) => {
    if (!event.isTrusted || !event.target.closest(".exact")) return; // what is put back from a draft is whole already
    const value = (name) => document.getElementById(`id_${name}`).value;
    const words = value("earliest") && value("latest") ? `${value("earliest")} – ${value("latest")}` : "";
    document.getElementById("id_when").value = words;
    document.getElementById("id_read_for").value = words;
    window.review.label();
  });

  // One more toll line without drawing the page anew.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#add-toll");
    if (!button) return;
    event.preventDefault();
    const numbers = [...document.querySelectorAll('.toll-line[data-field^="new-"]')].map((line) => Number(line.dataset.field.slice(4)));
    const next = Math.max(-1, ...numbers) + 1;
    htmx.ajax("GET", `${button.dataset.address}?n=${next}`, { target: "#tolls", swap: "beforeend" }).then(() => {
      const line = document.querySelector(`[data-field="new-${next}"]`);
      line?.querySelector("[name$=low]").focus();
      line?.scrollIntoView({ block: "nearest" });
    });
  });
})();
