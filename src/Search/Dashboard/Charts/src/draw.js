/** The life of one chart on a page: made, kept up with its facts, its element and the reader's light or dark, downloaded, disposed. */
import { init } from "./engine.js";
import { metricOf } from "./metric.js";
import { lookOf } from "./palette.js";
import { FONT } from "./parts.js";

/** From so many marks on the chart is painted; below it is drawn as SVG, which stays sharp and prints well. */
const PAINTED_FROM = 2500;

const PIXEL_RATIO = 2;
const LEAST_WIDTH = 240;
const darkness = () => globalThis.matchMedia?.("(prefers-color-scheme: dark)");

/** What is the same in every chart. */
export const complete = (option, view) => ({
  animation: false,
  darkMode: view.look.dark,
  backgroundColor: view.isDownload ? view.look.page : "transparent",
  textStyle: { fontFamily: FONT },
  ...option,
});

/** The chart as SVG without any page: for downloads, and for whoever has no screen. */
export function render(chart, facts, view) {
  const engine = init(null, null, { renderer: "svg", ssr: true, width: view.width, height: view.height });
  engine.setOption(complete(chart.option(facts, { ...view, isDownload: true }), { ...view, isDownload: true }));
  const svg = engine.renderToSVGString();
  engine.dispose();
  return svg;
}

export class Drawing {
  #chart;
  #element;
  #facts;
  #options;
  #box;
  #spoken;
  #engine = null;
  #renderer = null;
  #stop = -1;
  #controls = null;
  #parameter;
  #hidden = {};
  #zoom = null;
  #isPrinting = false;
  #frame = 0;
  #listeners = new AbortController();
  #observer;

  constructor(chart, element, facts, options) {
    this.#chart = chart;
    this.#element = element;
    this.#facts = facts ?? {};
    this.#options = options ?? {};
    this.#box = element.ownerDocument.createElement("div");
    this.#spoken = element.ownerDocument.createElement("p");
    this.#spoken.setAttribute("aria-live", "polite");
    this.#spoken.style.cssText = "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
    element.replaceChildren(this.#box, this.#spoken);
    element.style.position ||= "relative";
    this.#listen();
    this.#refresh();
  }

  update(facts, options) {
    this.#facts = facts ?? {};
    this.#options = { ...this.#options, ...options };
    this.#refresh();
  }

  /** Fits the chart to its element. */
  resize() {
    this.#refresh();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.#listeners.abort();
    this.#engine?.dispose();
    this.#engine = null;
    this.#element.replaceChildren();
  }

  /** Whether there is a picture rather than a note. */
  get isDrawn() {
    return this.#missing() === null;
  }

  svg() {
    return this.#missing() ? "" : render(this.#chart, this.#facts, this.#view());
  }

  /** The picture as it stands, at twice the screen's size. */
  png() {
    if (this.#missing()) {
      return Promise.reject(new Error(this.#missing()));
    }
    const view = { ...this.#view(), isDownload: true };
    const engine = init(this.#element.ownerDocument.createElement("div"), null, { renderer: "canvas", width: view.width, height: view.height, devicePixelRatio: PIXEL_RATIO });
    engine.setOption(complete(this.#chart.option(this.#facts, view), view));
    const canvas = engine.renderToCanvas({ pixelRatio: PIXEL_RATIO, backgroundColor: view.look.page });
    return new Promise((resolve, reject) => canvas.toBlob(blob => {
      engine.dispose();
      if (blob) {
        resolve(blob);
      } else {
        reject(new Error(`${this.#chart.title(metricOf(this.#facts?.picture))}: the browser made no picture of it`));
      }
    }));
  }

  description() {
    return this.#missing() ?? this.#chart.describe(this.#facts, this.#view());
  }

  #missing() {
    return this.#facts.picture ? this.#chart.missing(this.#facts) : "There is nothing to draw yet.";
  }

  #view() {
    const width = Math.max(LEAST_WIDTH, this.#element.clientWidth);
    return {
      width,
      height: this.#options.height ?? this.#chart.height(width, this.#facts),
      look: lookOf(!this.#isPrinting && (darkness()?.matches ?? false)),
      selected: this.#options.selected ?? null,
      parameter: this.#options.parameter ?? this.#parameter ?? 0,
      hidden: this.#hidden,
      zoom: this.#zoom,
    };
  }

  #listen() {
    const { signal } = this.#listeners;
    darkness()?.addEventListener("change", () => this.#refresh(), { signal });
    globalThis.addEventListener("beforeprint", () => this.#print(true), { signal });
    globalThis.addEventListener("afterprint", () => this.#print(false), { signal });
    this.#box.addEventListener("keydown", event => this.#step(event), { signal });
    this.#box.addEventListener("blur", () => this.#engine?.dispatchAction({ type: "hideTip" }), { signal });
    let width = this.#element.clientWidth;
    this.#observer = new ResizeObserver(() => {
      if (this.#element.clientWidth !== width && !this.#isPrinting) {
        width = this.#element.clientWidth;
        cancelAnimationFrame(this.#frame);
        this.#frame = requestAnimationFrame(() => this.#refresh());
      }
    });
    this.#observer.observe(this.#element);
  }

  #print(isPrinting) {
    this.#isPrinting = isPrinting;
    this.#refresh();
    this.#engine?.getZr().flush();
  }

  /** Draws what the facts say; a chart that has nothing to show, or cannot, says so in one line. */
  #refresh() {
    let note = this.#missing();
    if (note === null) {
      try {
        this.#paint();
      } catch (problem) {
        console.error(problem);
        note = `This chart could not be drawn: ${problem.message}`;
      }
    }
    if (note !== null) {
      this.#engine?.dispose();
      this.#engine = null;
      this.#controls?.remove();
      this.#controls = null;
      this.#box.removeAttribute("style");
      this.#box.removeAttribute("role");
      this.#box.removeAttribute("tabindex");
      this.#box.removeAttribute("aria-label");
      this.#box.textContent = note;
    }
  }

  #paint() {
    const view = this.#view();
    const renderer = this.#chart.marks(this.#facts) > PAINTED_FROM ? "canvas" : "svg";
    if (this.#engine !== null && this.#renderer !== renderer) {
      this.#engine.dispose();
      this.#engine = null;
    }
    this.#offer();
    this.#box.style.cssText = `width:100%;height:${view.height}px`;
    if (this.#engine === null) {
      this.#box.textContent = "";
      this.#renderer = renderer;
      this.#engine = init(this.#box, null, { renderer, width: view.width, height: view.height });
      this.#react();
    } else {
      this.#engine.resize({ width: view.width, height: view.height });
    }
    this.#box.tabIndex = 0;
    this.#box.setAttribute("role", "img");
    this.#box.setAttribute("aria-label", this.#chart.describe(this.#facts, view));
    this.#engine.setOption(complete({ ...this.#chart.option(this.#facts, view), tooltip: this.#tooltip(view) }, view), { notMerge: true });
  }

  /** A choice above the chart where it has several views and its page does not choose. */
  #offer() {
    const choices = this.#options.parameter === undefined ? (this.#chart.choices?.(this.#facts) ?? []) : [];
    const known = [...(this.#controls?.querySelectorAll("option") ?? [])].map(option => option.textContent).join();
    if (choices.map(choice => choice.text).join() === known) {
      return;
    }
    this.#controls?.remove();
    this.#controls = null;
    if (choices.length === 0) {
      return;
    }
    const document = this.#element.ownerDocument;
    this.#controls = document.createElement("label");
    this.#controls.style.cssText = "display:block;margin:0 0 0.5rem;font-size:0.9rem";
    const select = document.createElement("select");
    select.append(...choices.map(({ value, text }) => {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = text;
      return option;
    }));
    select.addEventListener("change", () => {
      this.#parameter = Number(select.value);
      this.#refresh();
    });
    this.#controls.append("along ", select);
    this.#element.prepend(this.#controls);
  }

  #react() {
    this.#engine.on("click", params => this.#pick(this.#chart.picked(params, this.#facts, this.#view())));
    this.#engine.on("legendselectchanged", event => {
      this.#hidden = event.selected;
    });
    this.#engine.on("datazoom", () => {
      const [zoom] = this.#engine.getOption().dataZoom ?? [];
      this.#zoom = zoom ? { start: zoom.start, end: zoom.end } : null;
    });
  }

  #pick(picked) {
    if (picked) {
      this.#options.onPick?.(picked.trialId, picked);
    }
  }

  #tooltip({ look }) {
    return {
      trigger: "item",
      confine: true,
      backgroundColor: look.panel,
      borderColor: look.line,
      textStyle: { color: look.ink, fontSize: 13, fontFamily: FONT },
      extraCssText: "max-width:min(22rem,90vw);white-space:normal;overflow-wrap:anywhere",
      formatter: params => this.#lines(this.#chart.tip(params, this.#facts, this.#view()), this.#chart.picked(params, this.#facts, this.#view())),
    };
  }

  /** Names come from workers: they are text and nothing else. */
  #lines(lines, picked) {
    if (!lines) {
      return null;
    }
    const tip = this.#element.ownerDocument.createElement("div");
    const all = picked && this.#options.onPick ? [...lines, this.#options.hint ?? "click for details"] : lines;
    for (const [index, line] of all.entries()) {
      const paragraph = this.#element.ownerDocument.createElement("div");
      paragraph.textContent = line;
      paragraph.style.fontWeight = index === 0 ? "600" : "400";
      tip.append(paragraph);
    }
    return tip;
  }

  /** Arrow keys go through the marks that matter, Enter picks one. */
  #step(event) {
    const stops = this.#chart.stops?.(this.#facts, this.#view()) ?? [];
    const moves = { ArrowRight: this.#stop + 1, ArrowLeft: this.#stop - 1, Home: 0, End: stops.length - 1 };
    if (event.key === "Enter" && stops[this.#stop]) {
      this.#pick(stops[this.#stop]);
    } else if (event.key === "Escape") {
      this.#engine?.dispatchAction({ type: "hideTip" });
    } else if (event.key in moves && stops.length > 0) {
      event.preventDefault();
      this.#stop = Math.min(stops.length - 1, Math.max(0, moves[event.key]));
      this.#show(stops[this.#stop]);
    }
  }

  #show({ seriesId, dataIndex }) {
    const series = this.#engine.getOption().series;
    const seriesIndex = series.findIndex(one => one.id === seriesId);
    this.#engine.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
    const lines = this.#chart.tip({ seriesId, dataIndex, value: series[seriesIndex]?.data?.[dataIndex] }, this.#facts, this.#view());
    this.#spoken.textContent = (lines ?? []).join(", ");
  }
}
