// The workbench beside the phones: counters, faults, settings, clock, journals.

import { call, el, exactTime } from "./dom.js";
import { word } from "./words.js";

const CHANCES = [0, 0.1, 0.3, 0.5, 1];
const TIMED = new Set(["delay", "reorder", "batch"]);

/** The whole workbench. `update(state)` draws what changed since the last look. */
export class Workbench {
  constructor(report) {
    this.report = report;
    this.counters = el("dl.counters");
    this.faults = el("div");
    this.settings = el("div.settings");
    this.calls = el("ol.journal");
    this.events = el("ol.journal");
    this.keys = {};
    this.node = el("div.bench-inner", {},
      section("counters", this.counters, true),
      section("faults", this.faults, false),
      section("settings", this.settings, false),
      section("calls", this.calls, true),
      section("webhooks", this.events, true));
  }

  update(state) {
    this.when("counters", state.counters, () => this.drawCounters(state.counters));
    const settings = [state.settings, state.held, state.counters.plan_limit];
    this.when("settings", settings, () => this.drawSettings(state));
    if (state.faults) this.when("faults", state.faults, () => this.drawFaults(state.faults));
    if (state.calls) this.when("calls", state.calls, () => fill(this.calls, state.calls, drawCall));
    if (state.events) {
      this.when("events", state.events, () => fill(this.events, state.events, (each) => this.drawEvent(each)));
    }
  }

  when(name, value, draw) {
    const key = JSON.stringify(value);
    if (this.keys[name] === key) return;
    this.keys[name] = key;
    draw();
  }

  async act(method, path, body) {
    await call(method, path, body);
    this.report();
  }

  drawCounters(counters) {
    const limit = counters.plan_limit === null ? "" : ` / ${counters.plan_limit}`;
    const pairs = [["replies", counters.replies], ["billed", counters.billed],
      ["undelivered", counters.undelivered], ["monthUsed", `${counters.month_used}${limit}`]];
    this.counters.replaceChildren(...pairs.map(([key, value]) => el("div", {}, el("dt", {}, word(key)), el("dd", {}, String(value)))));
  }

  drawFaults(faults) {
    const stop = el("button.wide-button", { type: "button", onclick: () => this.act("POST", "/faults/reset", {}) }, word("resetFaults"));
    this.faults.replaceChildren(
      el("h4", {}, word("apiFaults")), this.faultList("api", faults.api),
      el("h4", {}, word("webhookFaults")), this.faultList("webhook", faults.webhook), stop);
  }

  faultList(side, faults) {
    return el("ul.faults", {}, ...Object.keys(faults).map((name) => this.fault(side, name, faults[name])));
  }

  fault(side, name, fault) {
    const change = (wanted) => this.act("PUT", "/faults", { [side]: { [name]: wanted } });
    const chance = el("select", { "aria-label": `${word(name)}: ${word("chance")}` },
      ...CHANCES.map((value) => el("option", { value: String(value), selected: value === fault.probability }, `${value * 100}%`)));
    chance.addEventListener("change", () => change({ probability: Number(chance.value) }));
    const once = el("button.small", { type: "button", "aria-label": `${word(name)}: ${word("nextOnce")}`, onclick: () => change({ next: fault.next + 1 }) }, word("nextOnce"));
    const timed = TIMED.has(name) ? this.milliseconds(name, fault, change) : null;
    const parts = [el("span.fault-name", {}, word(name)), timed, once, chance];
    const armed = fault.next ? `${word("waiting")} ${fault.next}` : "";
    const hits = fault.hits ? `${word("hits")} ${fault.hits}` : "";
    parts.push(el("span.fault-note", {}, [armed, hits].filter(Boolean).join(" · ")));
    return el(`li${fault.next || fault.probability ? ".armed" : ""}`, {}, ...parts);
  }

  milliseconds(name, fault, change) {
    const input = el("input.ms", { type: "number", min: "0", max: "120000", value: String(fault.ms), "aria-label": `${word(name)}: ${word("milliseconds")}` });
    input.addEventListener("change", () => change({ ms: Number(input.value) }));
    return input;
  }

  drawSettings(state) {
    const settings = state.settings;
    const set = (body) => this.act("PUT", "/settings", body);
    this.settings.replaceChildren(
      check(word("hold"), settings.hold, (on) => set({ hold: on })), this.releases(state.held),
      check(word("redelivery"), settings.redelivery, (on) => set({ redelivery: on })),
      check(word("standby"), settings.mode === "standby", (on) => set({ mode: on ? "standby" : "active" })),
      check(word("chatMode"), settings.chat_mode === "chat", (on) => set({ chat_mode: on ? "chat" : "bot" })),
      this.clock(state), this.plan(state.counters));
  }

  releases(held) {
    const release = (body) => () => this.act("POST", "/webhooks/release", body);
    const off = held === 0;
    const button = (key, body) => el("button.small", { type: "button", disabled: off, onclick: release(body) }, word(key));
    return el("div.releases", {}, el("span", {}, `${word("held")}: ${held}`), button("release", {}),
      button("releaseReversed", { order: "reversed" }), button("releaseBatch", { batch: true }));
  }

  clock(state) {
    const steps = [["minute", 60], ["twenty", 1200], ["day", 86400], ["week", 604800]];
    const move = (body) => () => this.act("POST", "/clock", body);
    const button = (key, body) => el("button.small", { type: "button", onclick: move(body) }, word(key));
    const buttons = steps.map(([key, seconds]) => button(key, { advance_seconds: seconds }));
    const moved = Math.round(state.settings.clock_offset_ms / 60000);
    return el("div.releases", {}, el("span", {}, `${word("clock")}${moved ? ` (${moved} min)` : ""}`),
      ...buttons, button("now", { offset_seconds: 0 }));
  }

  plan(counters) {
    const input = el("input.ms", { type: "number", min: "0", value: counters.plan_limit === null ? "" : String(counters.plan_limit), placeholder: word("noLimit") });
    input.addEventListener("change", () => this.act("POST", "/quota", { limit: input.value === "" ? null : Number(input.value) }));
    return el("label.plan", {}, word("planLimit"), input);
  }

  drawEvent(each) {
    const event = each.event;
    const last = each.deliveries[each.deliveries.length - 1];
    const kind = event.message ? `${event.type}:${event.message.type}` : event.type;
    const outcome = last ? `${last.status ?? last.reason}` : word(each.held ? "heldEvent" : "notDelivered");
    const times = each.deliveries.length > 1 ? ` ×${each.deliveries.length}` : "";
    const good = last && last.status >= 200 && last.status < 300;
    const again = el("button.small", { type: "button", onclick: () => this.act("POST", "/webhooks/redeliver", { event_id: event.webhookEventId }) }, word("redeliverThis"));
    return entry(event.timestamp, kind, outcome + times, good ? "good" : "bad", last ? `${last.ms} ms` : "", [again, json(each)]);
  }
}

function drawCall(each) {
  const notes = [...each.faults];
  if (each.retry_key) notes.push(`key ${each.retry_key.slice(0, 8)}`);
  const good = each.status < 300 ? "good" : each.status === 409 ? "calm" : "bad";
  return entry(each.at_ms, each.endpoint, String(each.status), good, [`${each.ms} ms`, ...notes].join(" · "), [json(each)]);
}

function entry(at, kind, outcome, mood, note, inside) {
  const summary = el("summary", {}, el("time", {}, exactTime(at)), el("b", {}, kind),
    el(`span.status.${mood}`, {}, outcome), el("span.note", {}, note));
  const details = el("details", {}, summary);
  details.addEventListener("toggle", () => details.childElementCount === 1 && details.append(...inside), { once: true });
  return el("li", {}, details);
}

const json = (value) => el("pre", { tabindex: "0" }, JSON.stringify(value, null, 1));

function fill(list, items, draw) {
  const nodes = [...items].reverse().map(draw);
  list.replaceChildren(...(nodes.length ? nodes : [el("li.none", {}, word("none"))]));
}

function check(label, on, change) {
  const box = el("input", { type: "checkbox", checked: on });
  box.addEventListener("change", () => change(box.checked));
  return el("label.check", {}, box, label);
}

function section(key, body, open) {
  return el("details.section", { open }, el("summary", {}, el("h3", {}, word(key))), body);
}
