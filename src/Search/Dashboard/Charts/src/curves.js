/** Accuracy over epochs of fine-tuning: the front, the chosen and the selected network in colour, others faint behind them. */
import { metricOf } from "./metric.js";
import { letter, plural } from "./figures.js";
import { frontOf, measuredLines, trialsOf } from "./facts.js";
import { above, axis, below, categories, frame, texts } from "./parts.js";

/** More lines than these tell nothing more: of the faint ones, the latest are drawn. */
const MOST_FAINT = 300;

/** Letters beside each other at one height; a tooltip names the others. */
const MOST_BESIDE = 3;

const measured = trial => trial.accuracy.some(accuracy => accuracy != null);

/** Networks by the way they are drawn; each appears once. */
function groupsOf(facts, selected) {
  const { picture } = facts;
  const trials = trialsOf(picture).filter(measured);
  const front = frontOf(picture);
  const letters = new Map(front.map((member, index) => [member.id, letter(index)]));
  const rest = trials.filter(trial => !letters.has(trial.id) && trial.id !== picture.chosen && trial.id !== selected);
  return {
    trials, letters,
    faint: rest.slice(-MOST_FAINT),
    front: trials.filter(trial => letters.has(trial.id) && trial.id !== picture.chosen && trial.id !== selected),
    chosen: trials.filter(trial => trial.id === picture.chosen && trial.id !== selected),
    selected: trials.filter(trial => trial.id === selected),
  };
}

/** Lines through the measured training lengths; a network that was measured once is a point. */
const lines = (id, name, trials, up, { color, width, opacity, size, z }) => ({
  id, name, z, type: "custom", itemStyle: { color },
  data: trials.map(trial => [trial.accuracy.findIndex(accuracy => accuracy != null), up.to(trial.accuracy.find(accuracy => accuracy != null)), trial.id]),
  renderItem: (params, api) => {
    const points = trials[params.dataIndex].accuracy.flatMap((accuracy, task) => (accuracy == null ? [] : [api.coord([task, up.to(accuracy)])]));
    const circles = points.map(([cx, cy]) => ({ type: "circle", shape: { cx, cy, r: size }, style: { fill: color, opacity } }));
    const line = { type: "polyline", shape: { points }, style: { stroke: color, lineWidth: width, opacity, fill: "none" }, emphasis: { style: { lineWidth: width + 1.4, opacity: 1 } } };
    return { type: "group", children: [line, ...circles] };
  },
});

function option(facts, view) {
  const { picture } = facts;
  const { look } = view;
  const groups = groupsOf(facts, view.selected);
  const metric = metricOf(picture);
  const up = metric.scale(groups.trials.flatMap(trial => trial.accuracy));
  const kinds = [
    { key: "faint", name: "other networks", color: look.muted, width: 1, opacity: 0.3, size: 1.6, z: 2 },
    { key: "front", name: "front", color: look.front, width: 1.8, opacity: 1, size: 3, z: 4 },
    { key: "chosen", name: "chosen", color: look.chosen, width: 2.6, opacity: 1, size: 4, z: 5 },
    { key: "selected", name: "selected", color: look.ink, width: 2.6, opacity: 1, size: 4, z: 6 },
  ].filter(kind => groups[kind.key].length > 0);
  const entries = kinds.map(({ name, color, opacity }) => ({ name, icon: "path://M0 4h22v3h-22Z", itemStyle: { color, opacity } }));
  const { grid, legend } = frame(view, entries, { right: 28 });
  return {
    grid, legend,
    xAxis: categories(view, picture.tasks.map(String), { boundaryGap: true, ...below("epochs of fine-tuning") }),
    yAxis: axis(view, up, grid.height, 27, metric.tick, above(view, `${metric.name}${metric.unit} (${metric.stretched})`)),
    series: [
      ...kinds.map(kind => lines(kind.key, kind.name, groups[kind.key], up, kind)),
      texts("letters", endsOf(groups, up, look)),
    ],
  };
}

/** Letters of the front at the ends of its lines, the later ones further right where they would cover each other. */
function endsOf(groups, up, look) {
  const placed = [];
  return [...groups.front, ...groups.chosen].flatMap(trial => {
    const task = trial.accuracy.findLastIndex(accuracy => accuracy != null);
    const text = groups.letters.get(trial.id);
    if (!text) {
      return [];
    }
    const height = up.to(trial.accuracy[task]);
    const near = placed.filter(other => other.task === task && Math.abs(other.height - height) < 0.05 * (up.to(up.maximum) - up.to(up.minimum))).length;
    if (near >= MOST_BESIDE) {
      return [];
    }
    placed.push({ task, height });
    return [{ value: [task, height], text, color: groups.chosen.includes(trial) ? look.chosen : look.front, right: 12 + 12 * near, down: 0 }];
  });
}

export const curves = {
  title: metric => `${metric.title} over epochs of fine-tuning`,
  height: width => (width < 560 ? 340 : 420),
  missing: facts => (trialsOf(facts.picture).some(measured) ? null : "Nothing has been measured yet."),
  marks: facts => Math.min(MOST_FAINT, trialsOf(facts.picture).length) * 5,
  option,
  tip: (params, facts) => {
    const trial = trialsOf(facts.picture).find(one => one.id === params.value[2]);
    return trial && [`Trial ${trial.id}: ${trial.bits}`, ...measuredLines(facts.picture, trial, metricOf(facts.picture).value)];
  },
  describe: (facts, view) => {
    const groups = groupsOf(facts, view?.selected);
    const drawn = groups.faint.length + groups.front.length + groups.chosen.length + groups.selected.length;
    return `${metricOf(facts.picture).title} over ${facts.picture.tasks.join(", ")} epochs of fine-tuning; ${drawn} of ${plural(groups.trials.length, "measured network")} drawn, `
      + `${groups.letters.size} of them on the front.`;
  },
  picked: params => (Array.isArray(params.value) ? { trialId: params.value[2] } : null),
  stops: (facts, view) => groupsOf(facts, view.selected).front.map((trial, index) => ({ seriesId: "front", dataIndex: index, trialId: trial.id })),
};
