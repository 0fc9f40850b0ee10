/** Numbers as a reader of the page sees them, as in src/Search/Report/Figures.cs: units with a no-break space, a true minus sign. */

const gap = "\u00a0";

/** At most so many decimals, without trailing zeros. */
export const short = (number, decimals = 2) => String(Number(number.toFixed(decimals))).replace("-", "−");

/** A fraction in per cent, e.g. 93.4 %; a dash where there is none. */
export const percent = (fraction, decimals = 1) => (fraction == null ? "–" : `${(100 * fraction).toFixed(decimals)}${gap}%`);

/** A mean with its deviation in points, e.g. 93.1 ±0.4. */
export const estimate = (mean, deviation) =>
  mean == null ? "–" : `${(100 * mean).toFixed(1)}${deviation == null ? "" : `${gap}±${(100 * deviation).toFixed(1)}`}`;

/** Decimal units, e.g. 42.7 kB. */
export function bytes(count) {
  const [divisor, unit] = count < 1e3 ? [1, "B"] : count < 1e6 ? [1e3, "kB"] : count < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  const number = count / divisor;
  return `${divisor === 1 ? number : number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)}${gap}${unit}`;
}

/** Significant digits for figures of any size, e.g. 0.00123 or 12.3. */
export const significant = (number, digits = 3) =>
  number === 0 ? "0" : String(Number(number.toPrecision(digits))).replace("-", "−");

export const plural = (count, noun) => (count === 1 ? `1 ${noun}` : `${count} ${noun}s`);

/** A..Z, then A2..Z2 and so on: the members of the front in ascending memory, as in the thesis's Figure 5. */
export const letter = index => String.fromCharCode(65 + (index % 26)) + (index < 26 ? "" : Math.floor(index / 26) + 1);
