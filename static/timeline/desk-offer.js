// What was typed earlier and not saved, offered beside the form: how it differs from what stands there, Restore and Discard.
"use strict";
{
  const { clock, day, element, button, labelOf, fill } = window.theDesk;
  const SHOWN = 160; // characters of a value in the list of what differs

  class Offer {
    // ``desk``: the form's Desk (desk.js), which keeps what is typed; ``place``: the element to draw in.
    constructor(desk, place) {
      Object.assign(this, { desk, place, isOpen: false });
    }

    // ``differing``: the names of the fields that say otherwise than the form as it stands ``now``.
    show(draft, differing, now) {
      this.isOpen = true;
      const words = (field) => (field?.words || field?.values || []).join("; ") || "(empty)";
      const short = (text) => (text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text);
      const list = element("dl", "");
      for (const name of differing) {
        if (/TOTAL_FORMS$/.test(name)) continue;
        const told = element("dd", "");
        told.append(element("span", short(words(draft.fields[name])), { dir: "auto" }));
        if (now.has(name)) {
          told.append(" ", element("span", "in the form: ", { class: "desk-quiet" }));
          told.lastChild.append(element("span", short(words(now.get(name))), { dir: "auto" }));
        }
        list.append(element("dt", labelOf(this.desk.form, name)), told);
      }
      const head = `You typed this on ${day(draft.saved_at)} at ${clock(draft.saved_at)} and did not save it.`;
      const offer = this.place;
      offer.replaceChildren(element("p", head), list);
      const seen = String(draft.seen ?? "");
      if (seen && this.desk.seen && seen !== this.desk.seen) {
        const since = "It has been changed since. If you restore yours and save, you will see both versions and choose.";
        offer.append(element("p", since, { class: "desk-since" }));
      }
      const row = element("p", "");
      row.append(button("Restore", () => this.restore(draft)), " ", button("Discard", () => this.discard(), "desk-secondary"));
      offer.append(row);
      offer.hidden = false;
      // A form that is saved while this is undecided leaves it where it is.
      this.keeper = element("input", "", { type: "hidden", name: "_keep_draft", value: "1" });
      this.desk.form.append(this.keeper);
    }

    close() {
      this.isOpen = false;
      this.desk.before = {};
      this.keeper.remove();
      this.place.hidden = true;
    }

    restore(draft) {
      const form = this.desk.form;
      this.close();
      fill(form, draft.fields);
      this.desk.changed();
      [...form.elements].find((input) => input.name in draft.fields && input.type !== "hidden")?.focus();
    }

    async discard() {
      this.close();
      await this.desk.forget();
      this.desk.form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    }
  }

  window.theDesk.Offer = Offer;
}
