/** Brings the figures of report.html to life: every [data-chart] is drawn from the page's own data, with downloads below it. */

const HINT = "click to follow it in every picture";

function save(document, name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function button(document, text, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function downloads(document, drawing, title, name) {
  const row = document.createElement("p");
  row.className = "downloads";
  row.append(
    button(document, "SVG", `${title} as SVG`, () => save(document, `${name}.svg`, new Blob([drawing.svg()], { type: "image/svg+xml" }))),
    button(document, "PNG", `${title} as PNG`, async () => save(document, `${name}.png`, await drawing.png())),
  );
  return row;
}

/** @param draw the function of this name; @param titleOf the words above a chart. */
export function mount(document, draw, titleOf) {
  const facts = JSON.parse(document.getElementById("figures").textContent);
  const drawings = [];
  const onPick = selected => drawings.forEach(drawing => drawing.update(facts, { selected }));
  for (const element of document.querySelectorAll("[data-chart]")) {
    const name = element.dataset.chart;
    const drawing = draw(name, element, facts, { onPick, hint: HINT });
    if (drawing.isDrawn) {
      element.after(downloads(document, drawing, titleOf(name, facts), `${name}-${facts.picture.searchId}`));
    }
    drawings.push(drawing);
  }
  return drawings;
}
