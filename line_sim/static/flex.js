// Draws Flex containers: boxes, texts, buttons, separators, pictures as plain frames.
// Sizes and spaces follow LINE's keyword tables; colours come from the message itself.

import { el } from "./dom.js";
import { word } from "./words.js";

const WIDTH = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };
const TEXT = {
  xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74,
};
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const ALIGN = { start: "flex-start", center: "center", end: "flex-end" };
const GRAVITY = { top: "flex-start", center: "center", bottom: "flex-end" };
const BLOCK_PADDING = { header: 20, hero: 0, body: 20, footer: 10 };
const SMALL = new Set(["nano", "micro", "deca", "hecto"]);

const measure = (value, table) => (value in table ? `${table[value]}px` : value);

/** A Flex container as an element; `tap(action)` is called when something is pressed. */
export function drawFlex(contents, tap) {
  if (contents.type === "carousel") {
    const strip = el("div.flex-carousel", { tabindex: "0", role: "group", "aria-label": "carousel" });
    strip.append(...contents.contents.map((bubble) => drawBubble(bubble, tap)));
    return strip;
  }
  return drawBubble(contents, tap);
}

function drawBubble(bubble, tap) {
  const node = el("div.flex-bubble");
  const size = bubble.size || "mega";
  node.style.width = `${WIDTH[size] || WIDTH.mega}px`;
  if (bubble.direction === "rtl") node.dir = "rtl";
  let first = true;
  for (const name of ["header", "hero", "body", "footer"]) {
    if (!bubble[name]) continue;
    node.append(drawBlock(name, bubble[name], bubble.styles?.[name] || {}, { size, first, tap }));
    first = false;
  }
  pressable(node, bubble.action, tap);
  return node;
}

function drawBlock(name, component, style, { size, first, tap }) {
  const block = el(`div.flex-block.flex-${name}`);
  if (style.backgroundColor) block.style.backgroundColor = style.backgroundColor;
  if (style.separator && !first) {
    block.style.borderTop = `1px solid ${style.separatorColor || "#d4d6da"}`;
  }
  const child = draw(component, tap, "vertical");
  if (component.type === "box" && component.paddingAll === undefined) {
    const padding = SMALL.has(size) && name !== "hero" ? 13 : BLOCK_PADDING[name];
    for (const side of ["Top", "Bottom", "Start", "End"]) {
      const css = { Start: "paddingInlineStart", End: "paddingInlineEnd" }[side] || `padding${side}`;
      if (component[`padding${side}`] === undefined) child.style[css] = `${padding}px`;
    }
  }
  block.append(child);
  return block;
}

function draw(component, tap, layout) {
  const drawer = DRAWERS[component.type] || (() => el("span"));
  const node = drawer(component, tap, layout);
  place(node, component, layout);
  if (component.type !== "button") pressable(node, component.action, tap);
  return node;
}

const DRAWERS = {
  box: drawBox,
  text: drawText,
  span: drawSpan,
  button: drawButton,
  separator: drawSeparator,
  filler: () => el("div.flex-filler"),
  image: (component) => drawPicture(component),
  icon: () => el("span.flex-icon", { "aria-hidden": "true" }, "◦"),
  video: (component, tap) => draw(component.altContent, tap, "vertical"),
};

function drawBox(box, tap) {
  const node = el(`div.flex-box.flex-${box.layout}`);
  box.contents.forEach((component, index) => {
    const child = draw(component, tap, box.layout);
    const margin = component.margin ?? box.spacing;
    if (index > 0 && margin !== undefined) {
      const side = box.layout === "vertical" ? "marginTop" : "marginInlineStart";
      child.style[side] = measure(margin, SPACE);
    }
    node.append(child);
  });
  decorate(node.style, box);
  return node;
}

function decorate(style, box) {
  const padding = { paddingAll: "padding", paddingTop: "paddingTop", paddingBottom: "paddingBottom",
    paddingStart: "paddingInlineStart", paddingEnd: "paddingInlineEnd" };
  for (const [key, css] of Object.entries(padding)) {
    if (box[key] !== undefined) style[css] = measure(box[key], SPACE);
  }
  if (box.backgroundColor) style.backgroundColor = box.backgroundColor;
  if (box.background) {
    const { angle, startColor, endColor } = box.background;
    style.backgroundImage = `linear-gradient(${angle}, ${startColor}, ${endColor})`;
  }
  if (box.borderWidth) {
    style.border = `${measure(box.borderWidth, BORDER)} solid ${box.borderColor || "#d4d6da"}`;
  }
  if (box.cornerRadius) style.borderRadius = measure(box.cornerRadius, SPACE);
  for (const key of ["width", "height", "maxWidth", "maxHeight", "justifyContent", "alignItems"]) {
    if (box[key]) style[key] = box[key];
  }
}

function drawText(text) {
  const node = el("div.flex-text");
  if (text.contents) node.append(...text.contents.map((span) => drawSpan(span)));
  else node.append(text.text || "");
  letters(node.style, text, "md");
  if (text.wrap) node.classList.add("wraps");
  if (text.maxLines) {
    node.classList.add("clamped");
    node.style.webkitLineClamp = String(text.maxLines);
  }
  if (text.lineSpacing) node.style.lineHeight = `calc(1.3em + ${text.lineSpacing})`;
  node.style.textAlign = text.align || "start";
  return node;
}

function drawSpan(span) {
  const node = el("span", {}, span.text || "");
  letters(node.style, span, null);
  return node;
}

function letters(style, text, fallback) {
  const size = text.size || fallback;
  if (size) style.fontSize = measure(size, TEXT);
  if (text.color) style.color = text.color;
  if (text.weight) style.fontWeight = text.weight === "bold" ? "700" : "400";
  if (text.style === "italic") style.fontStyle = "italic";
  if (text.decoration) style.textDecoration = text.decoration;
}

function drawButton(button, tap) {
  const style = button.style || "link";
  const node = el(`button.flex-button.flex-button-${style}`, { type: "button" });
  node.append(button.action.label || "");
  if (button.height === "sm") node.classList.add("low");
  if (button.color) node.style[style === "link" ? "color" : "backgroundColor"] = button.color;
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    tap(button.action);
  });
  return node;
}

function drawSeparator(separator, tap, layout) {
  const node = el(`div.flex-separator.in-${layout}`);
  if (separator.color) node.style.backgroundColor = separator.color;
  return node;
}

function drawPicture(image) {
  const node = el("div.flex-picture", { role: "img", "aria-label": word("externalPicture") }, "▧");
  node.style.aspectRatio = (image.aspectRatio || "1:1").replace(":", " / ");
  if (image.backgroundColor) node.style.backgroundColor = image.backgroundColor;
  return node;
}

function place(node, component, layout) {
  const style = node.style;
  const flex = component.flex ?? (layout === "vertical" ? undefined : DEFAULT_FLEX[component.type]);
  if (flex !== undefined) style.flex = flex === 0 ? "0 0 auto" : `${flex} 1 0`;
  if (component.gravity) style.alignSelf = layout === "vertical" ? "" : GRAVITY[component.gravity];
  if (component.align && component.type === "image") style.alignSelf = ALIGN[component.align];
  if (component.position === "absolute") style.position = "absolute";
  const offsets = { offsetTop: "top", offsetBottom: "bottom",
    offsetStart: "insetInlineStart", offsetEnd: "insetInlineEnd" };
  for (const [key, css] of Object.entries(offsets)) {
    if (component[key]) {
      style.position = style.position || "relative";
      style[css] = measure(component[key], SPACE);
    }
  }
}

const DEFAULT_FLEX = { box: 1, text: 1, button: 1, image: 1, filler: 1, icon: 0 };

function pressable(node, action, tap) {
  if (!action) return;
  node.classList.add("pressable");
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  const press = (event) => {
    event.stopPropagation();
    tap(action);
  };
  node.addEventListener("click", press);
  node.addEventListener("keydown", (event) => event.key === "Enter" && press(event));
}
