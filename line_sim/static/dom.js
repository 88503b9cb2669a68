// Small helpers to build the page and to talk to the control API. No state, no words.

/** Make an element: `el("button.send", {title: "…", onclick: f}, "text", child)`. */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Call the control API; answers with the JSON, or throws with the sentence it gave. */
export async function call(method, path, body) {
  const options = { method };
  if (method !== "GET") {
    options.headers = { "content-type": "application/json" };
    options.body = JSON.stringify(body ?? {});
  }
  const response = await fetch(`/sim${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || answer.message || String(response.status));
  return answer;
}

const CLOCK = new Intl.DateTimeFormat("ja-JP", {
  hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo",
});
const EXACT = new Intl.DateTimeFormat("ja-JP", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Asia/Tokyo",
});

export const shortTime = (ms) => CLOCK.format(ms);
export const exactTime = (ms) => EXACT.format(ms);
