// Starts the screen, asks the platform what changed, and hands it to phones and workbench.

import { call, el } from "./dom.js";
import { PhoneView } from "./phone.js";
import { languageCode, switchLanguage, word } from "./words.js";
import { Workbench } from "./workbench.js";

const PAUSE_MS = 700;
const HIDDEN_PAUSE_MS = 4000;

let version = -1;
let views = new Map();
let workbench = null;
let timer = 0;
let asking = false;

const phones = document.getElementById("phones");
const bench = document.getElementById("bench");
const notice = document.getElementById("notice");

function draw() {
  document.documentElement.lang = languageCode();
  document.title = word("title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  document.getElementById("acts").setAttribute("aria-label", word("actions"));
  phones.setAttribute("aria-label", word("phones"));
  bench.setAttribute("aria-label", word("workbench"));
  views = new Map();
  phones.replaceChildren(el("p.empty", {}, word("noPhones")));
  workbench = new Workbench(ask);
  bench.replaceChildren(workbench.node);
  version = -1;
  ask();
}

async function ask() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    show(await call("GET", `/state?since=${version}`));
    notice.textContent = "";
  } catch {
    notice.textContent = word("lost");
    version = -1;
  }
  asking = false;
  timer = setTimeout(ask, document.hidden ? HIDDEN_PAUSE_MS : PAUSE_MS);
}

function show(state) {
  version = state.version;
  const present = new Set(state.phones.map((phone) => phone.user_id));
  for (const [id, view] of views) {
    if (present.has(id)) continue;
    view.node.remove();
    views.delete(id);
  }
  for (const chat of state.chats) {
    const view = views.get(chat.phone.user_id);
    if (view) view.update(chat);
    else addView(chat);
  }
  phones.querySelector(".empty").hidden = views.size > 0;
  workbench.update(state);
}

function addView(chat) {
  const view = new PhoneView(chat, ask);
  views.set(view.id, view);
  phones.append(view.node);
  view.log.scrollTop = view.log.scrollHeight;
}

const on = (id, act) => document.getElementById(id).addEventListener("click", act);

async function addPhone() {
  const phone = await call("POST", "/phones", { friend: false });
  await call("POST", `/phones/${phone.user_id}/follow`, {});
  ask();
}

on("add-phone", addPhone);
on("add-stranger", () => call("POST", "/phones", { friend: false }).then(ask));
on("language", () => { switchLanguage(); draw(); });
on("reset", () => { if (confirm(word("resetAsk"))) call("POST", "/reset", {}).then(draw); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

draw();
