/** Pieces of chart options that several charts share. */
import { ticks } from "./scales.js";

export const FONT = "system-ui, sans-serif";
const LETTER = 6.6; // Pixels of an average letter at 12 px; a little wide, so that an estimate of a line errs on the safe side.
const LEGEND_LINE = 26;
const LEGEND_MARK = 46; // A sample with the room around it.

/** Room for the axis titles and labels around a plot, in pixels. */
const EDGES = { left: 48, right: 16, top: 30, bottom: 44 };

/** A plot below its legend: { grid, legend }. The legend's lines are estimated, since nothing is drawn yet. */
export function frame(view, entries = [], edges = {}) {
  const { left, right, top, bottom } = { ...EDGES, ...edges };
  let lines = entries.length > 0 ? 1 : 0;
  let used = 0;
  for (const entry of entries) {
    const width = entry.name.length * LETTER + LEGEND_MARK;
    if (used > 0 && used + width > view.width) {
      lines++;
      used = 0;
    }
    used += width;
  }
  const above = lines * LEGEND_LINE + top;
  return {
    grid: { left, top: above, width: Math.max(60, view.width - left - right), height: Math.max(60, view.height - above - bottom) },
    legend: {
      show: entries.length > 0,
      // A sample shows also where the marks of its series do not.
      data: entries.map(({ name, icon, itemStyle }) => ({ name, icon, itemStyle: { opacity: 1, ...itemStyle } })),
      selected: view.hidden,
      left: 0,
      top: 0,
      width: view.width,
      padding: 0,
      itemGap: 12,
      itemWidth: 22,
      itemHeight: 11,
      height: lines * LEGEND_LINE,
      textStyle: { color: view.look.ink, fontFamily: FONT, fontSize: 12 },
      inactiveColor: view.look.line,
    },
  };
}

const titleStyle = look => ({ color: look.ink, fontFamily: FONT, fontSize: 12 });
const labelStyle = look => ({ color: look.muted, fontFamily: FONT, fontSize: 12, hideOverlap: false });

/** An axis of any scale with marks at round values. `pixels`: its length; `distance`: least between two marks. */
export function axis(view, scale, pixels, distance, label, extra = {}) {
  const values = ticks(scale, pixels, distance);
  const places = values.map(value => scale.to(value));
  const nearest = place => places.reduce((best, other, index) =>
    (Math.abs(other - place) < Math.abs(places[best] - place) ? index : best), 0);
  return {
    type: "value",
    min: scale.to(scale.minimum),
    max: scale.to(scale.maximum),
    axisLine: { show: false },
    axisTick: { show: false, customValues: places },
    axisLabel: { ...labelStyle(view.look), customValues: places, formatter: place => (places.length === 0 ? "" : label(values[nearest(place)])) },
    splitLine: { lineStyle: { color: view.look.line, width: 1 } },
    nameTextStyle: titleStyle(view.look),
    ...extra,
  };
}

/** An even axis from 0 that fits what is shown. */
export const amounts = (view, label, extra = {}) => ({
  type: "value",
  min: 0,
  splitNumber: 3,
  axisLabel: { ...labelStyle(view.look), formatter: label },
  splitLine: { lineStyle: { color: view.look.line, width: 1 } },
  nameTextStyle: titleStyle(view.look),
  ...extra,
});

/** An axis of names, such as training lengths or numbers of decisions. */
export const categories = (view, names, extra = {}) => ({
  type: "category",
  data: names,
  axisLine: { lineStyle: { color: view.look.line } },
  axisTick: { show: false },
  axisLabel: { ...labelStyle(view.look), hideOverlap: true },
  nameTextStyle: titleStyle(view.look),
  ...extra,
});

/** The title of a horizontal axis, below its middle. */
export const below = name => ({ name, nameLocation: "middle", nameGap: 28 });

/** The title of a vertical axis, above its upper end. */
export const above = (view, name) => ({
  name, nameLocation: "end", nameGap: 11, nameTextStyle: { ...titleStyle(view.look), align: "left", padding: [0, 0, 0, -40] },
});

/** Where a value of a scale lies within a grid, in pixels of the drawing. */
export const position = (grid, across, up) => {
  const part = (scale, value) => (scale.to(value) - scale.to(scale.minimum)) / (scale.to(scale.maximum) - scale.to(scale.minimum));
  return (x, y) => [grid.left + part(across, x) * grid.width, grid.top + (1 - part(up, y)) * grid.height];
};

/** Vertical bars from [x, low, high, ...] in the numbers of the axes. */
export const verticalBars = (id, name, color, width, opacity, data, z) => ({
  id, name, z, type: "custom", clip: true, silent: true, itemStyle: { color }, data,
  renderItem: (_, api) => {
    const [x1, y1] = api.coord([api.value(0), api.value(1)]);
    const [x2, y2] = api.coord([api.value(0), api.value(2)]);
    return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: width, opacity } };
  },
});

/** Horizontal bars from [low, high, y]. */
export const horizontalBars = (id, name, color, width, opacity, data, z) => ({
  id, name, z, type: "custom", clip: true, silent: true, itemStyle: { color }, data, encode: { x: [0, 1], y: 2 },
  renderItem: (_, api) => {
    const [x1, y1] = api.coord([api.value(0), api.value(2)]);
    const [x2, y2] = api.coord([api.value(1), api.value(2)]);
    return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: width, opacity } };
  },
});

/** A filled band between two edges, both lists of [x, y] in the numbers of the axes. */
export const band = (id, name, color, upper, lower, extra = {}) => ({
  id, name, z: 1, type: "custom", clip: true, silent: true, itemStyle: { color }, ...extra,
  // One datum per corner lets the axes know where the band lies; the first draws it all.
  data: [...upper, ...[...lower].reverse()],
  renderItem: (params, api) => (params.dataIndex > 0 ? null : {
    type: "polygon",
    shape: { points: [...upper, ...[...lower].reverse()].map(point => api.coord(point)) },
    style: { fill: color, opacity: 0.16 },
  }),
});

/** Texts at [x, y], moved by [right, down] pixels: data { value, text, color, right, down }. */
export const texts = (id, items, size = 12) => ({
  id, z: 8, type: "custom", silent: true, tooltip: { show: false }, data: items.map(item => item.value),
  renderItem: (params, api) => {
    const item = items[params.dataIndex];
    const [x, y] = api.coord(item.value);
    return {
      type: "text",
      style: { x: x + item.right, y: y + item.down, text: item.text, fill: item.color, font: `600 ${size}px ${FONT}`, align: "center", verticalAlign: "middle" },
    };
  },
});

/** The path of a star with five corners, for symbols. */
export const STAR = (() => {
  const corners = Array.from({ length: 10 }, (_, corner) => {
    const reach = corner % 2 === 0 ? 10 : 4.5;
    const angle = (corner * Math.PI) / 5;
    return `${(reach * Math.sin(angle)).toFixed(2)} ${(-reach * Math.cos(angle)).toFixed(2)}`;
  });
  return `path://M${corners.join("L")}Z`;
})();
