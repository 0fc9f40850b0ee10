/**
 * Colours of the charts, light and dark. Roles follow Okabe and Ito's palette, which the common colour vision deficiencies tell apart; the
 * shade of a training length grows with its cost. No colour is the only sign: every role has a shape, a label or a place of its own.
 */

/** Bit-widths 1..8: ColorBrewer's YlGnBu with 8 classes, as in src/Search/Report/Palette.cs (a test compares them). */
export const bits = ["#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"];

const luminance = colour => [0.2126, 0.7152, 0.0722].reduce((sum, weight, channel) => {
  const value = parseInt(colour.slice(1 + 2 * channel, 3 + 2 * channel), 16) / 255;
  return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
}, 0);

/** WCAG 2 contrast ratio, 1..21; 4.5 is the least for text. */
export const contrast = (first, second) => {
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

/** Black or white, whichever can be read better on a colour. */
export const textOn = colour => (contrast(colour, "#000000") >= contrast(colour, "#ffffff") ? "#000000" : "#ffffff");

/** A correlation from -1 to 1: ColorBrewer's PuOr, white in the middle. */
export const diverging = ["#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788"];

const light = {
  dark: false,
  page: "#ffffff", panel: "#f5f6f8", ink: "#1a1c20", muted: "#5b616b", line: "#dcdfe4",
  front: "#0072b2", trial: "#7d97b3", chosen: "#d55e00", uniform: "#8f4c82", verified: "#15181c", low: "#8e96a1", stop: "#00785a",
  tasks: ["#c3cfdd", "#a0b9d4", "#7ba3cc", "#4583bd", "#0b4f94"],
};

const dark = {
  dark: true,
  page: "#15171b", panel: "#1e2126", ink: "#e9ebee", muted: "#a3aab5", line: "#343941",
  front: "#56b4e9", trial: "#6f88a5", chosen: "#f39a2d", uniform: "#d391b8", verified: "#f4f5f7", low: "#757d89", stop: "#2fc39b",
  tasks: ["#4b5766", "#4a6a8b", "#4f80ad", "#6aa8dc", "#a8d5fb"],
};

export const palette = { bits, diverging, light, dark, tasks: light.tasks };

/** The colours for a light or a dark page. */
export const lookOf = isDark => (isDark ? dark : light);

/** The shade of a training length: the cheaper the fainter, the target strongest. */
export function taskColour(look, task, count) {
  const steps = look.tasks.length;
  return look.tasks[count <= 1 ? steps - 1 : Math.round((task * (steps - 1)) / (count - 1))];
}

/** The colour of a correlation, between the classes of the diverging scale. */
export function correlationColour(value) {
  const place = ((Math.max(-1, Math.min(1, value)) + 1) / 2) * (diverging.length - 1);
  const from = Math.min(diverging.length - 2, Math.floor(place));
  const channel = start => {
    const [a, b] = [diverging[from], diverging[from + 1]].map(colour => parseInt(colour.slice(start, start + 2), 16));
    return Math.round(a + (place - from) * (b - a)).toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
