// Who else has the record open: each page says every 20 seconds that it is there, and is told of the others.
"use strict";
{
  const { clock, element } = window.theDesk;
  const SIGN_OF_LIFE = 20000; // milliseconds; presence.py forgets after two missed

  class Presence {
    // ``desk``: the form's Desk (desk.js); ``place``: the element to draw in.
    constructor(desk, place) {
      Object.assign(this, { desk, place });
    }

    // Say that the person is here, and show who else is.
    async tell() {
      if (!this.desk.bar.dataset.presence || !this.desk.bar.isConnected) return;
      const body = new FormData();
      body.append("key", this.desk.bar.dataset.presence);
      body.append("csrfmiddlewaretoken", this.desk.token);
      try {
        const response = await fetch(this.desk.bar.dataset.presenceUrl, { method: "POST", body, credentials: "same-origin" });
        if (response.status === 401 && this.desk.key && !this.desk.inTrouble()) this.desk.heed("login");
        if (response.status === 403 && this.desk.key) await this.desk.ask("GET");
        if (response.ok) this.show((await response.json()).others);
      } catch {
        // Without a connection nobody is seen; that it is down is said where it matters, at typing and saving.
      }
    }

    show(others) {
      const told = others.map((one) => {
        const sentence = element("span", "");
        const since = element("time", clock(one.since), { datetime: one.since });
        sentence.append(element("b", one.name, { dir: "auto" }), " has this open since ", since, ". ");
        return sentence;
      });
      if (this.place.textContent.trim() !== told.map((one) => one.textContent).join("").trim()) this.place.replaceChildren(...told);
    }
  }

  Object.assign(window.theDesk, { Presence, SIGN_OF_LIFE });
}
