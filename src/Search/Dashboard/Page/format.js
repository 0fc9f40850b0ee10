// Numbers and times as a reader sees them: units with a no-break space, a true minus sign, a dash for what is not there.

export const none = '–';
const space = '\u00a0';

const has = number => typeof number === 'number' && Number.isFinite(number);

/** A fraction in per cent, e.g. 93.41 %. */
export const percent = (fraction, decimals = 2) => has(fraction) ? `${(100 * fraction).toFixed(decimals)}${space}%` : none;

/** A fraction in points, e.g. 0.12 points; small ones with two digits that count. */
export function points(fraction) {
  if (!has(fraction)) {
    return none;
  }
  const value = 100 * fraction;
  const size = Math.abs(value);
  return `${value < 0 ? '−' : ''}${size >= 0.1 || size === 0 ? size.toFixed(2) : size.toPrecision(2)} points`;
}

/** Mean and standard deviation of a fraction in per cent, e.g. 93.41 ± 0.20 %. */
export const estimate = (mean, deviation) => has(mean)
  ? `${(100 * mean).toFixed(2)}${has(deviation) ? `${space}±${space}${(100 * deviation).toFixed(2)}` : ''}${space}%`
  : none;

const minus = text => text.replace(/^-/, '−').replace('e+', 'e');

/** So many digits that count, as in the report: plain where that is short, else like 1.234e-7. */
function significant(number, digits = 4) {
  if (!has(number)) {
    return none;
  }
  const exponent = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)));
  return minus(number === 0 ? '0' : exponent >= -5 && exponent <= 5 ? number.toFixed(Math.max(0, digits - 1 - exponent)) : number.toExponential(digits - 1));
}

/**
 * The metric of a search, from its picture or its line in the list: fractions in per cent, anything else with four digits that count. What a
 * regret or a charge counts is `relative`: points of a fraction, else per cent of what FP32 reaches.
 */
export function metricOf({ metric, metricGoal, metricIsFraction }) {
  const name = metric ?? 'accuracy';
  const isFraction = metricIsFraction !== false;
  const isAccuracy = name === 'accuracy';
  const isMinimized = metricGoal === 'minimize';
  const value = isFraction ? percent : number => significant(number);
  const percentOf = fraction => points(fraction).replace(/ points$/, `${space}% of FP32’s`);
  return {
    name, isFraction, isMinimized, value,
    /** Per cent without a name are taken for this. */
    isAccuracy,
    title: /[A-Z]/.test(name) ? name : name[0].toUpperCase() + name.slice(1),
    /** To follow a figure or a title, empty where it goes without saying. */
    hint: isMinimized ? ' (lower is better)' : '',
    /** A value that says what it is. */
    named: number => isAccuracy || !has(number) ? value(number) : `${name} ${value(number)}`,
    estimate: isFraction ? estimate : (mean, deviation) => has(mean)
      ? `${significant(mean)}${has(deviation) ? `${space}±${space}${significant(deviation, 2)}` : ''}` : none,
    difference: isFraction ? points : number => significant(number, 2),
    relative: isFraction ? points : fraction => has(fraction) ? percentOf(fraction) : none,
  };
}

/** At most three digits that count, e.g. 0.0123, 4.56, 789. */
export function short(number) {
  if (!has(number)) {
    return none;
  }
  const size = Math.abs(number);
  const text = size === 0 ? '0' : size >= 1000 ? number.toFixed(0) : size >= 0.001 ? String(Number(number.toPrecision(3))) : number.toExponential(1);
  return text.replace('-', '−');
}

export const count = number => has(number) ? Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, '\u202f') : none;

/** Decimal units, e.g. 42.7 kB. */
export function bytes(number) {
  if (!has(number)) {
    return none;
  }
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = number;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)}${space}${units[unit]}`;
}

/** A time span, e.g. 45 s, 4 min, 2 h 05 min, 3 d 4 h. */
export function span(seconds) {
  if (!has(seconds)) {
    return none;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${seconds < 10 && whole !== 0 ? Number(seconds.toFixed(1)) : whole}${space}s`;
  }
  if (whole < 3600) {
    return `${Math.round(whole / 60)}${space}min`;
  }
  const hours = Math.floor(whole / 3600);
  return hours < 48
    ? `${hours}${space}h ${String(Math.floor(whole / 60) % 60).padStart(2, '0')}${space}min`
    : `${Math.floor(hours / 24)}${space}d ${hours % 24}${space}h`;
}

/** How long ago, e.g. 4 min ago. */
export function ago(text, now = Date.now()) {
  if (!text) {
    return none;
  }
  const seconds = (now - Date.parse(text)) / 1000;
  return seconds < 5 ? 'just now' : `${span(Math.max(0, Math.round(seconds)))} ago`;
}

const today = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const other = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** A moment by the reader's clock; the day only when it is not today. */
export function moment(text, now = new Date()) {
  if (!text) {
    return none;
  }
  const time = new Date(text);
  return (time.toDateString() === now.toDateString() ? today : other).format(time);
}

export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** What a budget counts, e.g. 37.2 of 150 epochs. */
export function spentOf(spent, budget) {
  const used = { epochs: spent.epochs, jobs: spent.jobs, seconds: spent.activeSeconds }[budget.unit];
  return budget.unit === 'seconds'
    ? `${span(used)} of ${span(budget.amount)}`
    : `${short(Math.round(10 * used) / 10)} of ${short(budget.amount)} ${budget.unit}`;
}

/** The spent part of a budget, 0 to 1. */
export function spentShare(spent, budget) {
  const used = { epochs: spent.epochs, jobs: spent.jobs, seconds: spent.activeSeconds }[budget.unit];
  return Math.min(1, Math.max(0, used / budget.amount));
}

/** The letter of a front's member: A to Z, then A2 and so on. */
export const letter = index => String.fromCharCode(65 + index % 26) + (index < 26 ? '' : String(Math.floor(index / 26) + 1));

/** A word of the interface as words: outOfMemory becomes out of memory. */
export const words = name => name ? name.replace(/([A-Z])/g, ' $1').toLowerCase() : '';
