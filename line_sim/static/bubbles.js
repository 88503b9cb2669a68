// Draws one bubble of a chat: every kind of message, its time, its read mark, its menu.

import { el, shortTime } from "./dom.js";
import { drawFlex } from "./flex.js";
import { word } from "./words.js";

export const STICKERS = {
  1988: "🙂", 1989: "😢", 1990: "🙏", 1991: "👍", 1992: "🌸", 1993: "😴", 1994: "☕", 1995: "💐",
};

/** An element for `bubble`; `acts` = {tap(action), unsend(id), quote(bubble)}. */
export function drawBubble(bubble, acts) {
  if (bubble.side === "notice") return el("li.notice", {}, word(bubble.message.text));
  if (bubble.unsent) return el("li.notice", {}, word("unsentNote"));
  const wide = ["flex", "template"].includes(bubble.type);
  const row = el(`li.row.from-${bubble.side}${wide ? ".wide" : ""}`, { "data-id": bubble.id });
  if (bubble.side === "account") row.append(sender(bubble));
  const body = el("div.body", {}, content(bubble, acts));
  row.append(el("div.line", {}, body, foot(bubble, acts)));
  return row;
}

function sender(bubble) {
  const name = bubble.sender ? `${bubble.sender}（${word("account")}）` : word("account");
  return el("div.sender", {}, el("span.face", { "aria-hidden": "true" }, name[0]), name);
}

function foot(bubble, acts) {
  const marks = [];
  if (bubble.side === "resident" && bubble.read) marks.push(el("span.read", {}, word("read")));
  if (bubble.silent) marks.push(el("span.silent", {}, word("silent")));
  if (bubble.via) marks.push(el(`span.via.via-${bubble.via}`, {}, bubble.via));
  marks.push(el("time", {}, shortTime(bubble.at)));
  return el("div.foot", {}, ...marks, menu(bubble, acts));
}

function menu(bubble, acts) {
  const choice = bubble.side === "resident"
    ? el("button.small", { type: "button", onclick: () => acts.unsend(bubble.id) }, word("unsend"))
    : el("button.small", { type: "button", onclick: () => acts.quote(bubble) }, word("quote"));
  const summary = el("summary", { "aria-label": word("menuOf"), title: word("menuOf") }, "⋯");
  return el("details.menu", {}, summary, choice);
}

function content(bubble, acts) {
  const drawer = KINDS[bubble.type] || unknown;
  const drawn = drawer(bubble.message, acts, bubble);
  if (!bubble.quoted) return drawn;
  return el("div", {}, el("blockquote.quoted", {}, bubble.quoted.text || "…"), drawn);
}

const KINDS = {
  text: drawText,
  textV2: drawText,
  sticker: drawSticker,
  image: drawMedia,
  video: drawMedia,
  audio: drawMedia,
  file: drawMedia,
  location: drawLocation,
  template: drawTemplate,
  flex: (message, acts) => drawFlex(message.contents, acts.tap),
};

const LINK = /(https?:\/\/[^\s、。）)]+|tel:[0-9#*+-]+|(?:0\d{1,4}-\d{1,4}-\d{3,4}))/g;

function drawText(message) {
  const node = el("div.text");
  for (const part of message.text.split(LINK)) {
    if (!part) continue;
    const isLink = /^(https?:|tel:|0\d{1,4}-)/.test(part);
    node.append(isLink ? link(part) : part);
  }
  return node;
}

function link(part) {
  const href = part.startsWith("0") ? `tel:${part.replaceAll("-", "")}` : part;
  const away = href.startsWith("http") ? { target: "_blank", rel: "noreferrer" } : {};
  return el("a", { href, ...away }, part);
}

function drawSticker(message) {
  const face = STICKERS[message.stickerId];
  const name = `${word("sticker")} ${message.packageId}/${message.stickerId}`;
  return el("div.sticker", { role: "img", "aria-label": name }, face || name);
}

function drawMedia(message, acts, bubble) {
  if (bubble.content && message.type === "image" && bubble.content.bytes > 200) {
    return el("img.photo", { src: `/sim/contents/${bubble.id}`, alt: word("picture") });
  }
  const sign = { image: "🖼", video: "🎞", audio: "🎙", file: "📄" }[message.type];
  const detail = message.fileName || (bubble.content ? `${bubble.content.bytes} ${word("bytes")}` : "");
  const outside = message.originalContentUrl ? word("externalPicture") : word(message.type);
  return el("div.media", {}, el("span.sign", { "aria-hidden": "true" }, sign), `${outside} ${detail}`);
}

function drawLocation(message) {
  const place = el("div.place", {}, el("strong", {}, `📍 ${message.title || word("location")}`));
  place.append(el("div", {}, message.address || ""), el("small", {}, `${message.latitude}, ${message.longitude}`));
  return place;
}

function drawTemplate(message, acts) {
  const template = message.template;
  if (template.type === "carousel") {
    const strip = el("div.flex-carousel", { tabindex: "0", role: "group", "aria-label": "carousel" });
    strip.append(...template.columns.map((column) => card(column, acts)));
    return strip;
  }
  if (template.type === "image_carousel") {
    const actions = template.columns.map((column) => column.action);
    return card({ text: message.altText, actions }, acts);
  }
  return card(template, acts);
}

function card(template, acts) {
  const node = el("div.card");
  if (template.thumbnailImageUrl) node.append(el("div.flex-picture", {}, "▧"));
  if (template.title) node.append(el("strong.card-title", {}, template.title));
  node.append(el("div.card-text", {}, template.text));
  for (const action of template.actions) {
    const press = () => acts.tap(action);
    node.append(el("button.card-action", { type: "button", onclick: press }, action.label || "…"));
  }
  return node;
}

function unknown(message) {
  return el("div.media", {}, `${word("unknownKind")}: ${message.type}`);
}
