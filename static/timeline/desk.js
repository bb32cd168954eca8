// Nothing that an editor types is lost: it is kept in this browser and on the server as it is typed, and offered when the
// form is opened again (desk-offer.js). A save that meets an expired login or a dead connection waits for it, and then goes through. Who
// else has the record open is left to desk-presence.js. Without these scripts the forms work as they are.
//
// A form takes part if it has data-draft="KEY" or holds an element with it (templates/admin/timeline/desk_bar.html), which
// also says where to send what. Nothing is sent of passwords and files.
"use strict";
{
  const { isVersion, same, clock, element, button, read, Offer, Presence, SIGN_OF_LIFE } = window.theDesk;

  // Milliseconds.
  const LOCAL_AFTER = 300; // after the last key: cheap
  const SERVER_AFTER = 1500; // a pause in typing
  const RETRY_AFTER = 3000; // without a connection or login
  const BEACON_LIMIT = 60000; // bytes; browsers send no more than 64 KiB from a page that closes

  const desks = new WeakMap();

  // One form, and what is kept of it.
  class Desk {
    constructor(form, bar) {
      Object.assign(this, { form, bar, key: bar.dataset.draft, user: bar.dataset.user });
      this.store = `draft ${this.user} ${this.key}`;
      this.offer = new Offer(this, this.part("offer"));
      this.presence = new Presence(this, this.part("others"));
      this.drawn = read(form);
      this.before = {}; // what was typed earlier and stands in the form again, or is still on offer
      this.there = "{}"; // what the server has of it
      this.ready = false;
      this.sending = Promise.resolve("ok");
      if (!this.key) return;
      const typed = () => this.changed();
      form.addEventListener("input", typed);
      form.addEventListener("change", typed);
      // The boxes that complete a name tell jQuery alone of a change.
      window.django?.jQuery?.(form).on("change", "select", typed);
      this.begin();
    }

    part(name) {
      return this.bar.querySelector(`.desk-${name}`);
    }

    versionsIn(fields) {
      return Object.fromEntries([...fields].filter(([name]) => isVersion(name)));
    }

    // What differs from the form as it was drawn, and what was typed before and is neither saved nor discarded.
    typed() {
      const now = read(this.form);
      const fields = this.offer.isOpen ? { ...this.before } : {};
      for (const [name, field] of now) {
        if (isVersion(name)) continue;
        const drawn = this.drawn.get(name);
        if (!drawn || !same(drawn.values, field.values)) fields[name] = field;
        else if (name in this.before && !this.offer.isOpen) fields[name] = field;
      }
      return Object.keys(fields).length ? { ...fields, ...this.versionsIn(now) } : {};
    }

    textOf(fields) {
      const typed = Object.entries(fields).filter(([name]) => !isVersion(name));
      return JSON.stringify(Object.fromEntries(typed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([n, f]) => [n, f.values])));
    }

    get seen() {
      return this.form.elements.seen?.value || "";
    }

    changed() {
      this.leaving = false;
      clearTimeout(this.localTimer);
      clearTimeout(this.serverTimer);
      this.unsent = true;
      this.localTimer = setTimeout(() => this.keepHere(), LOCAL_AFTER);
      this.serverTimer = setTimeout(() => this.keepThere(), SERVER_AFTER);
    }

    keepHere() {
      if (!this.ready) return;
      const kept = { fields: this.typed(), seen: this.seen, saved_at: new Date().toISOString() };
      try {
        if (Object.keys(kept.fields).length) localStorage.setItem(this.store, JSON.stringify(kept));
        else localStorage.removeItem(this.store);
      } catch {
        // No room here for so long a text: the server has it.
      }
    }

    keptHere() {
      try {
        return JSON.parse(localStorage.getItem(this.store));
      } catch {
        return null;
      }
    }

    async keepThere() {
      if (!this.ready || !this.unsent) return;
      // Scripts that complete the form tell of changes that are none.
      if (this.textOf(this.typed()) === this.there) {
        this.unsent = false;
        return;
      }
      this.heed(await this.send());
    }

    // How the server answers: "ok", "login", "another person", "offline" or "refused".
    async ask(method, body) {
      const query = method === "POST" ? "" : `?${new URLSearchParams({ key: this.key, user: this.user })}`;
      for (const attempt of [1, 2]) {
        let response;
        try {
          response = await fetch(this.bar.dataset.draftUrl + query, {
            method,
            body: body?.(),
            headers: { "X-CSRFToken": this.token, Accept: "application/json" },
            credentials: "same-origin",
          });
        } catch {
          return "offline";
        }
        if (response.status === 401) return "login";
        if (response.status === 409) return "another person";
        if (response.ok) {
          this.answer = await response.json();
          this.token = this.answer.csrf;
          return "ok";
        }
        // The token is another one since somebody logged in: ask for it, and once more.
        if (response.status !== 403 || attempt === 2 || method === "GET") return "refused";
        const outcome = await this.ask("GET");
        if (outcome !== "ok") return outcome;
      }
      return "refused";
    }

    get token() {
      return this.form.elements.csrfmiddlewaretoken?.value || "";
    }

    set token(value) {
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
    }

    message(fields) {
      const body = new FormData();
      const parts = { key: this.key, user: this.user, seen: this.seen, fields: JSON.stringify(fields) };
      for (const [name, value] of Object.entries(parts)) body.append(name, value);
      body.append("csrfmiddlewaretoken", this.token);
      return body;
    }

    // One after the other, so that an older state never arrives last.
    send() {
      clearTimeout(this.serverTimer);
      this.sending = this.sending.then(async () => {
        this.unsent = false;
        const fields = this.typed();
        const outcome = await this.ask("POST", () => this.message(fields));
        if (outcome !== "ok") {
          this.unsent = true;
          this.keepHere();
          return outcome;
        }
        this.there = this.textOf(fields);
        if (!this.unsent) {
          // The server has it all: nothing of an unpublished report stays behind in the browser.
          clearTimeout(this.localTimer);
          localStorage.removeItem(this.store);
        }
        return outcome;
      });
      return this.sending;
    }

    // Say beside the form what became of what was typed, and what is waited for.
    heed(outcome) {
      clearTimeout(this.retryTimer);
      const state = this.part("state");
      state.classList.toggle("trouble", outcome !== "ok");
      if (outcome === "ok") {
        const at = this.answer.saved_at;
        state.replaceChildren(at ? `Not saved yet. Kept as a draft at ${clock(at)}.` : "");
        return;
      }
      if (outcome === "refused") {
        state.replaceChildren("The server does not take this as a draft. It is kept in this browser alone: save it soon.");
        return;
      }
      const waits = this.waiting ? " Your save waits, and goes through by itself then." : "";
      if (outcome === "offline") {
        this.show(`No connection. What you type is kept in this browser until it is back.${waits}`);
      } else {
        const why =
          outcome === "login"
            ? "Your login has expired. Nothing you typed is lost."
            : "Somebody else is logged in in this browser now. What you typed is yours, and is not sent in their name.";
        const link = element("a", "Log in in another tab", { href: this.bar.dataset.loginUrl, target: "_blank" });
        this.show(`${why} `, link, `, then come back here.${waits}`);
      }
      this.retryTimer = setTimeout(() => this.retry(), RETRY_AFTER);
    }

    // Drawn once for each trouble: a link in it keeps the focus while it is tried again.
    show(...words) {
      const state = this.part("state");
      const text = words.map((word) => word.textContent ?? word).join("");
      if (state.textContent.startsWith(text)) return;
      state.replaceChildren(...words);
      if (this.waiting) {
        const stop = () => {
          this.waiting = null;
          state.replaceChildren("Not saved. What you typed is kept in this browser.");
          clearTimeout(this.retryTimer);
        };
        state.append(" ", button("Do not save", stop));
      }
    }

    async retry() {
      clearTimeout(this.retryTimer);
      if (!this.form.isConnected) return;
      // Asked first, for a login has changed the token that the rest is sent with.
      const outcome = await this.ask("GET");
      if (outcome !== "ok") this.heed(outcome);
      else if (this.waiting) await this.save();
      else this.heed(await this.send());
    }

    inTrouble() {
      return this.part("state").classList.contains("trouble");
    }

    // ---- Saving the form itself

    // Whether the form may go now. If not, it goes by itself as soon as the server has answered that it can be saved.
    mayGo(submitter) {
      if (!this.key || this.passing || !Object.keys(this.typed()).length) return true;
      this.waiting = submitter || this.form;
      this.save();
      return false;
    }

    async save() {
      const outcome = await this.send();
      if (!["ok", "refused"].includes(outcome)) {
        this.heed(outcome);
        return;
      }
      const submitter = this.waiting;
      if (!submitter) return;
      this.part("state").replaceChildren();
      this.part("state").classList.remove("trouble");
      this.waiting = null;
      this.passing = this.leaving = true;
      if (submitter === this.form || !submitter.isConnected) this.form.requestSubmit();
      else if (submitter.form === this.form) this.form.requestSubmit(submitter);
      else submitter.click();
      this.passing = false;
    }

    // ---- What was typed before

    async begin() {
      const outcome = await this.ask("GET");
      const kept = [this.answer?.draft, this.keptHere()].filter(Boolean);
      const draft = kept.sort((a, b) => new Date(b.saved_at) - new Date(a.saved_at))[0];
      if (draft) {
        const now = read(this.form);
        if (draft === this.answer?.draft) this.there = this.textOf(draft.fields);
        this.before = Object.fromEntries(Object.entries(draft.fields).filter(([name]) => !isVersion(name)));
        const differing = Object.keys(this.before).filter(
          (name) => !now.has(name) || !same(now.get(name).values, this.before[name].values),
        );
        if (differing.length) this.offer.show(draft, differing, now);
        else this.part("state").replaceChildren("Not saved yet.");
      }
      this.ready = true;
      if (outcome !== "ok") this.heed(outcome);
      else if (this.unsent) this.changed();
    }

    // What was typed before is not wanted: neither here nor there.
    async forget() {
      localStorage.removeItem(this.store);
      this.heed(await (Object.keys(this.typed()).length ? this.send() : this.ask("DELETE")));
      if (!this.inTrouble()) this.there = this.textOf(this.typed());
    }

    // The page closes: here at once, and to the server what fits.
    close() {
      if (!this.key || this.leaving || !this.unsent || !this.ready) return;
      clearTimeout(this.localTimer);
      this.keepHere();
      const fields = this.typed();
      if (JSON.stringify(fields).length < BEACON_LIMIT / 2) {
        navigator.sendBeacon(this.bar.dataset.draftUrl, this.message(fields));
      }
    }

  }

  function begin(root) {
    for (const bar of root.querySelectorAll("[data-draft][data-draft-url]")) {
      const form = bar.closest("form");
      if (!form || desks.has(form)) continue;
      const desk = new Desk(form, bar);
      desks.set(form, desk);
      open.add(desk);
      desk.presence.tell();
    }
  }

  const open = new Set();
  const each = (act) => {
    for (const desk of open) {
      if (desk.bar.isConnected) act(desk);
      else open.delete(desk);
    }
  };

  // Before anybody else hears of it, so that no other script sends the form meanwhile.
  document.addEventListener(
    "submit",
    (event) => {
      if (desks.get(event.target)?.mayGo(event.submitter) === false) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
  document.addEventListener("htmx:load", (event) => begin(event.target.parentElement || document));
  // It did not arrive after all: what was typed stands there still, and is kept on.
  const stays = () => each((desk) => desk.leaving && desk.changed());
  document.addEventListener("htmx:sendError", stays);
  document.addEventListener("htmx:responseError", stays);
  document.addEventListener("htmx:beforeSwap", () => each((desk) => desk.close()));
  addEventListener("pagehide", () => each((desk) => desk.close()));
  addEventListener("online", () => each((desk) => desk.inTrouble() && desk.retry()));
  addEventListener("focus", () => each((desk) => desk.inTrouble() && desk.retry()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") each((desk) => desk.close());
    else each((desk) => desk.inTrouble() && desk.retry());
  });
  // Back from another page with everything as it stood: a draft that was saved there is gone.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  setInterval(() => each((desk) => desk.presence.tell()), SIGN_OF_LIFE);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => begin(document));
  else begin(document);
}
