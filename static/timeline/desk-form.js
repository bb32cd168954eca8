// What stands in a form, read field by field and put back, and the small elements that the desk's scripts draw with.
// The scripts of one page share the object theDesk, this one first: desk-form.js, desk-offer.js, desk-presence.js, desk.js.
"use strict";
window.theDesk = {};
{
  const UNTYPED = new Set(["password", "file", "submit", "button", "image", "reset", "search"]);
  const isVersion = (name) => /(^|-)seen$/.test(name);
  const isOurs = (name) => /csrfmiddlewaretoken|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|__prefix__|^_|(^|-)choice\./.test(name);
  const same = (a, b) => a.length === b.length && a.every((value, at) => value === b[at]);
  const clock = (when) => new Date(when).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = (when) => new Date(when).toLocaleDateString("en-GB", { day: "numeric", month: "long" });

  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function button(text, act, kind = "") {
    const made = element("button", text, { type: "button", class: `button ${kind}` });
    made.addEventListener("click", act);
    return made;
  }

  // What stands in the form: each field's name with its values and, of a choice, their words.
  function read(form) {
    const fields = new Map();
    for (const input of form.elements) {
      // What stands elsewhere on the page and belongs to the form asks for something else.
      if (!input.name || input.disabled || !form.contains(input) || UNTYPED.has(input.type) || isOurs(input.name)) continue;
      const field = fields.get(input.name) || { values: [] };
      fields.set(input.name, field);
      if (input.options) {
        field.values.push(...[...input.selectedOptions].map((option) => option.value));
        field.words = [...input.selectedOptions].map((option) => option.text);
      } else if (!["radio", "checkbox"].includes(input.type) || input.checked) {
        field.values.push(input.value);
      }
    }
    return fields;
  }

  function labelOf(form, name) {
    const found = form.elements[name];
    const input = found instanceof RadioNodeList ? found[0] : found;
    // What the label says: neither the key that stands in it nor a list of choices.
    const said = [...(input?.labels?.[0]?.childNodes ?? [])].filter((node) => !node.matches?.("kbd, select, input, textarea"));
    const text = said.map((node) => node.textContent).join("").trim().replace(/:$/, "") || name;
    const part = input?.closest(".inline-related")?.querySelector(".inline_label")?.textContent.trim();
    return part ? `${text} (${part})` : text;
  }

  // Put what was typed into every input of the form that it is of.
  function fill(form, fields) {
    for (const [name, field] of Object.entries(fields)) {
      if (/-TOTAL_FORMS$/.test(name)) addRows(form, name.replace(/-TOTAL_FORMS$/, ""), Number(field.values[0]));
    }
    for (const [name, field] of Object.entries(fields)) {
      if (/-TOTAL_FORMS$/.test(name)) continue;
      for (const input of [...form.elements].filter((one) => one.name === name)) put(input, field);
    }
  }

  // As many rows of a table as were typed into.
  function addRows(form, prefix, count) {
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const add = form.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
    while (total && add && Number(total.value) < count) {
      const before = total.value;
      add.click();
      if (total.value === before) return;
    }
  }

  function put(input, field) {
    if (input.options) {
      field.values.forEach((value, at) => {
        if (![...input.options].some((option) => option.value === value)) {
          input.append(new Option(field.words?.[at] || value, value));
        }
      });
      for (const option of input.options) option.selected = field.values.includes(option.value);
    } else if (["radio", "checkbox"].includes(input.type)) {
      input.checked = field.values.includes(input.value);
    } else {
      input.value = field.values[0] ?? "";
    }
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    window.django?.jQuery?.(input).trigger("change");
  }

  Object.assign(window.theDesk, { isVersion, same, clock, day, element, button, read, labelOf, fill });
}
