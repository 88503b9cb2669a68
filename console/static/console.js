// Keeps the page fresh and the drafts safe. Every screen also works without it.

const EVERY = 5000;
const tags = new WeakMap();
const plainTitle = document.title;

function show(selector, wanted) {
  const note = document.querySelector(selector);
  if (note) note.hidden = !wanted;
}

function countInTitle() {
  const counted = document.querySelector("[data-count]");
  const waiting = counted ? Number(counted.dataset.count) : 0;
  document.title = waiting ? `(${waiting}) ${plainTitle}` : plainTitle;
}

function place(part, html) {
  const before = part.querySelector("[data-state]")?.dataset.state;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const again = focused?.getAttribute("href") ?? focused?.closest("form")?.getAttribute("action");
  part.innerHTML = html;
  const after = part.querySelector("[data-state]")?.dataset.state;
  if (before !== after) location.reload();
  if (again) {
    const same = [...part.querySelectorAll("a, form button")].find(
      (one) => (one.getAttribute("href") ?? one.closest("form")?.getAttribute("action")) === again,
    );
    same?.focus();
  }
  countInTitle();
}

async function refresh(part) {
  const headers = tags.has(part) ? { "If-None-Match": tags.get(part) } : {};
  const answer = await fetch(part.dataset.refresh, { headers, credentials: "same-origin" });
  if (answer.status === 401) return "expired";
  if (answer.status === 404) location.reload();
  if (answer.status === 200) {
    tags.set(part, answer.headers.get("ETag"));
    place(part, await answer.text());
  }
  return answer.ok || answer.status === 304 ? "fresh" : "lost";
}

async function look(parts) {
  if (document.hidden) return;
  for (const part of parts) {
    const state = await refresh(part).catch(() => "lost");
    show("[data-live-lost]", state === "lost");
    show("[data-live-expired]", state === "expired");
  }
}

function keepDraft(form) {
  const box = form.querySelector("textarea");
  const counter = form.querySelector("[data-counter]");
  const name = `draft:${form.dataset.draft}`;
  const longest = Number(box.dataset.longest);
  if ("sent" in form.dataset) {
    sessionStorage.removeItem(name);
    history.replaceState(null, "", location.pathname);
  }
  if (!box.value) box.value = sessionStorage.getItem(name) ?? "";
  const count = () => {
    counter.textContent = `${box.value.length} / ${longest}`;
    counter.classList.toggle("over-limit", box.value.length > longest);
  };
  box.addEventListener("input", () => {
    sessionStorage.setItem(name, box.value);
    count();
  });
  count();
}

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = "yes";
    setTimeout(() => delete form.dataset.sending, 4000);
  });
}

const parts = [...document.querySelectorAll("[data-refresh]")];
if (parts.length) {
  setInterval(() => look(parts), EVERY);
  document.addEventListener("visibilitychange", () => look(parts));
}
document.querySelectorAll("form[data-draft]").forEach(keepDraft);
document.querySelectorAll("form[method=post]").forEach(sendOnce);
if (new URLSearchParams(location.search).has("bye")) sessionStorage.clear();
countInTitle();
