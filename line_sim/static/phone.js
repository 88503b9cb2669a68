// One phone: its head, its chat, quick replies, rich menu and the field to write in.

import { drawBubble, STICKERS } from "./bubbles.js";
import { call, el } from "./dom.js";
import { word } from "./words.js";

/** A phone on the screen. `update(chat)` draws what changed; nothing is kept but the view. */
export class PhoneView {
  constructor(chat, report) {
    this.id = chat.phone.user_id;
    this.report = report;
    this.drawn = new Map();
    this.quote = null;
    this.node = el("article.phone", { "data-user": this.id });
    this.build(chat);
    this.update(chat);
  }

  build(chat) {
    const name = chat.phone.name;
    this.title = el("h2", {}, name);
    this.badge = el("span.badge");
    this.acts = el("div.acts");
    this.list = el("ol.bubbles", { role: "list" });
    this.dots = el("div.dots", { role: "status" });
    this.log = el("div.log", {
      role: "log", tabindex: "0", "aria-label": `${name}${word("chatOf")}`,
    }, this.list, this.dots);
    this.stayAtEnd();
    this.quick = el("div.quick", { role: "group", "aria-label": word("quickReplies") });
    this.effect = el("div.effect", { role: "status" });
    this.menu = el("div.rich-menu");
    this.quoting = el("div.quoting", { hidden: true });
    this.node.append(
      el("header.phone-head", {}, this.title, this.badge, this.acts),
      this.log, this.quick, this.effect, this.quoting, this.composer(name), this.menu,
    );
  }

  /** Whoever reads the newest words keeps seeing them when the chat grows or its window shrinks. */
  stayAtEnd() {
    this.atEnd = true;
    this.log.addEventListener("scroll", () => {
      this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    });
    new ResizeObserver(() => this.toEnd()).observe(this.log);
  }

  toEnd() {
    if (this.atEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  composer(name) {
    this.field = el("textarea", { rows: "1", "aria-label": `${name}: ${word("write")}`, placeholder: word("write") });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.sendText();
    });
    this.extras = el("div.extras", { hidden: true }, ...this.extraButtons());
    const toggle = el("button.plus", { type: "button", "aria-label": word("more"), "aria-expanded": "false" }, "＋");
    toggle.addEventListener("click", () => {
      this.extras.hidden = !this.extras.hidden;
      toggle.setAttribute("aria-expanded", String(!this.extras.hidden));
    });
    const send = el("button.send", { type: "submit" }, word("send"));
    const form = el("form.composer", {}, toggle, this.field, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendText();
    });
    return el("div.bottom", {}, this.extras, form);
  }

  extraButtons() {
    const stickers = Object.entries(STICKERS).map(([id, face]) => el("button.face-button", {
      type: "button", "aria-label": `${word("sticker")} ${id}`,
      onclick: () => this.post("sticker", { sticker_id: id }),
    }, face));
    const kinds = ["image", "location", "audio", "video", "file"].map((kind) => el("button.small", {
      type: "button", onclick: () => this.post(kind, {}),
    }, word(kind)));
    return [el("div.faces", { role: "group", "aria-label": word("stickers") }, ...stickers), el("div.kinds", {}, ...kinds)];
  }

  async sendText() {
    const text = this.field.value.trim();
    if (!text) return;
    const body = this.quote ? { text, quote_message_id: this.quote.id } : { text };
    this.field.value = "";
    this.setQuote(null);
    await this.post("text", body);
  }

  async post(kind, body) {
    try {
      const done = await call("POST", `/phones/${this.id}/${kind}`, body);
      this.showEffect(done.effect);
      this.report();
      return done;
    } catch (error) {
      this.effect.textContent = error.message;
      return null;
    }
  }

  showEffect(effect) {
    this.effect.replaceChildren();
    if (!effect) return;
    if (effect.opened) this.effect.append(opened(effect.opened));
    else if (effect.copied) this.effect.append(`${word("copied")}: ${effect.copied}`);
    else if (effect.fill_in) this.field.value = effect.fill_in;
  }

  /** A tap on any button: the phone finds the same action again on the platform's side. */
  async tap(action, where) {
    if (action.type === "datetimepicker") return this.pick(action, where);
    return this.tapNow(action, where, {});
  }

  async tapNow(action, where, params) {
    const { choices } = await call("GET", `/phones/${this.id}/choices`);
    const wanted = JSON.stringify(action);
    const inPlace = choices.filter((choice) => !where || choice.where === where);
    const index = inPlace.findIndex((choice) => JSON.stringify(choice.action) === wanted);
    return this.post("tap", where ? { index, where, params } : { index, params });
  }

  pick(action, where) {
    const kind = { date: "date", time: "time", datetime: "datetime-local" }[action.mode];
    const input = el("input", { type: kind, "aria-label": word("pickDate"), value: action.initial || "" });
    const choose = () => this.tapNow(action, where, { [action.mode]: input.value });
    this.effect.replaceChildren(input, el("button.small", { type: "button", onclick: choose }, word("ok")));
  }

  setQuote(bubble) {
    this.quote = bubble;
    this.quoting.hidden = !bubble;
    if (!bubble) return;
    const words = bubble.message.text || bubble.message.altText || bubble.type;
    const stop = el("button.small", { type: "button", onclick: () => this.setQuote(null) }, word("cancel"));
    this.quoting.replaceChildren(`${word("quoting")}: ${words.slice(0, 40)} `, stop);
    this.field.focus();
  }

  update(chat) {
    const phone = chat.phone;
    this.title.textContent = phone.name;
    this.node.classList.toggle("is-blocking", phone.blocked);
    this.node.classList.toggle("is-pc", phone.pc_view);
    this.badge.textContent = word(phone.blocked ? "blockedState" : phone.friend ? "friend" : "stranger");
    this.drawActs(phone);
    this.drawBubbles(chat.bubbles);
    this.drawQuick(chat.quick_replies);
    this.drawMenu(chat.rich_menu);
    this.drawDots(chat.loading_ms);
  }

  drawActs(phone) {
    const key = JSON.stringify([phone.friend, phone.blocked, phone.pc_view]);
    if (this.actsKey === key) return;
    this.actsKey = key;
    const button = (label, act, pressed) => el("button.small", {
      type: "button", onclick: act, "aria-pressed": pressed,
    }, label);
    const post = (kind) => () => this.post(kind, {});
    const change = (body) => () => call("PATCH", `/phones/${this.id}`, body).then(this.report);
    this.acts.replaceChildren(
      phone.friend && !phone.blocked
        ? button(word("block"), post("block"))
        : button(word(phone.blocked ? "unblock" : "follow"), post("follow")),
      button(word("pcView"), change({ pc_view: !phone.pc_view }), String(phone.pc_view)),
      el("button.small.quiet", {
        type: "button", "aria-label": word("removePhone"), title: word("removePhone"),
        onclick: () => call("DELETE", `/phones/${this.id}`).then(this.report),
      }, "✕"),
    );
  }

  drawBubbles(bubbles) {
    let grew = false;
    for (const bubble of bubbles) {
      const key = JSON.stringify(bubble);
      const before = this.drawn.get(bubble.id);
      if (before && before.key === key) continue;
      const node = drawBubble(bubble, this.bubbleActs());
      if (before) before.node.replaceWith(node);
      else this.list.append(node);
      grew = grew || !before;
      this.drawn.set(bubble.id, { key, node });
    }
    if (grew) requestAnimationFrame(() => this.toEnd());
  }

  bubbleActs() {
    return {
      tap: (action) => this.tap(action, "bubble"),
      unsend: (id) => this.post("unsend", { message_id: id }),
      quote: (bubble) => this.setQuote(bubble),
    };
  }

  drawQuick(items) {
    const key = JSON.stringify(items);
    if (this.quickKey === key) return;
    this.quickKey = key;
    this.quick.hidden = items.length === 0;
    this.quick.replaceChildren(...items.map((item) => el("button.chip", {
      type: "button", onclick: () => this.quickTap(item.action),
    }, item.action.label)));
  }

  quickTap(action) {
    if (action.type === "location") return this.post("location", {});
    if (action.type === "camera" || action.type === "cameraRoll") return this.post("image", {});
    return this.tap(action, "quick_reply");
  }

  drawMenu(menu) {
    const key = menu ? menu.richMenuId : "";
    if (this.menuKey === key) return;
    this.menuKey = key;
    this.menu.replaceChildren();
    if (!menu) return;
    const picture = el("img", { src: `/sim/richmenus/${menu.richMenuId}/picture`, alt: menu.name });
    const board = el("div.board", {}, picture, ...menu.areas.map((area) => this.area(area, menu.size)));
    const bar = el("summary", {}, menu.chatBarText);
    this.menu.append(el("details", { open: menu.selected }, bar, board));
  }

  area(area, size) {
    const node = el("button.area", {
      type: "button", "aria-label": area.action.label || area.action.text || area.action.displayText || word("richMenu"),
      onclick: () => this.tap(area.action, "rich_menu"),
    });
    const share = (value, whole) => `${(100 * value) / whole}%`;
    node.style.left = share(area.bounds.x, size.width);
    node.style.top = share(area.bounds.y, size.height);
    node.style.width = share(area.bounds.width, size.width);
    node.style.height = share(area.bounds.height, size.height);
    return node;
  }

  drawDots(milliseconds) {
    clearTimeout(this.dotsEnd);
    const on = milliseconds > 0;
    this.dots.classList.toggle("on", on);
    this.dots.replaceChildren();
    if (!on) return;
    this.dots.append(el("span.sr-only", {}, word("typing")), el("i"), el("i"), el("i"));
    this.toEnd();
    this.dotsEnd = setTimeout(() => this.drawDots(0), milliseconds);
  }
}

function opened(target) {
  const isCall = target.startsWith("tel:");
  const label = isCall ? `☎ ${word("phoneCall")} ${target.slice(4)}` : `${word("opens")}: ${target}`;
  return /^(https?|tel):/.test(target) ? el("a", { href: target, target: "_blank", rel: "noreferrer" }, label) : el("span", {}, label);
}
