// Boxes that offer names as they are typed: the combobox of the ARIA practices, its options drawn by the server.
// data-names: where they come from; data-key-into: the field that takes the chosen one's key; data-several: what stands
// between names where the box takes more than one; data-takes="slug": the box takes the name in addresses.
(() => {
  "use strict";
  const PAUSE = 150; // milliseconds: shorter than a pause between words, longer than one between letters
  let timer = 0;
  let open = null; // {box, list}

  const boxOf = (target) => (target.matches?.("input[data-names]") ? target : null);

  function parts(box) {
    const between = box.dataset.several;
    if (!between) return ["", box.value];
    const at = box.value.lastIndexOf(between) + 1;
    return [box.value.slice(0, at), box.value.slice(at)];
  }

  function close() {
    if (!open) return;
    open.list.remove();
    open.box.setAttribute("aria-expanded", "false");
    open.box.removeAttribute("aria-activedescendant");
    open = null;
  }

  function ask(box) {
    const asked = parts(box)[1].trim();
    if (!asked) return close();
    fetch(`${box.dataset.names}?q=${encodeURIComponent(asked)}`)
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((options) => {
        if (document.activeElement === box && parts(box)[1].trim() === asked) show(box, options);
      })
      .catch(close);
  }

  function show(box, options) {
    close();
    if (!options.trim()) return;
    const list = document.createElement("ul");
    list.className = "combo-list";
    list.id = "names-offered";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names");
    list.innerHTML = options; // the server's own template, escaped there
    box.parentElement.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "true"]]) box.setAttribute(name, value);
    open = { box, list };
  }

  function choose(option) {
    const { box } = open;
    const [before] = parts(box);
    const name = box.dataset.takes === "slug" ? option.dataset.slug : option.dataset.value;
    box.value = before ? `${before} ${name}` : name;
    const key = document.getElementById(box.dataset.keyInto);
    if (key) key.value = option.dataset.keyOf;
    close();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(step) {
    const all = [...open.list.children];
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length];
    for (const one of all) one.setAttribute("aria-selected", String(one === next));
    open.box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box || !event.isTrusted) return;
    const key = document.getElementById(box.dataset.keyInto);
    if (key) key.value = ""; // what is typed is no longer what was chosen
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE, box);
  });

  // Before the page's own keys, so that Escape closes the list and stays in the box.
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box) return;
    if (!open) {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        ask(box);
      }
      return;
    }
    const chosen = open.list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen && !event.ctrlKey) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === "Tab") {
      if (chosen) choose(chosen);
      else close();
    }
  }, true);

  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.(".combo-list li");
    if (option && open) {
      event.preventDefault(); // the box keeps the focus
      choose(option);
    } else if (open && event.target !== open.box) close();
  });
  document.addEventListener("focusout", (event) => {
    if (open && event.target === open.box) close();
  });
})();
