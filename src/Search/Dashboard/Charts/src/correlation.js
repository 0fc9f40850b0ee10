/** How much one training length tells about another, as the model learned it. */
import { correlationColour, textOn } from "./palette.js";
import { plural } from "./figures.js";
import { FONT, categories, frame } from "./parts.js";

const MOST_WIDTH = 460;

const matrixOf = facts => facts.model?.correlation ?? [];

const round = value => value.toFixed(2).replace("-", "−");

function option(facts, view) {
  const matrix = matrixOf(facts);
  const names = facts.model.tasks.map(String);
  const cells = matrix.flatMap((row, down) => row.map((value, across) => [across, down, value]));
  const width = Math.min(view.width, MOST_WIDTH);
  const { grid } = frame({ ...view, width }, [], { top: 26, bottom: 46, left: 48, right: 12 });
  return {
    grid,
    xAxis: categories(view, names, { name: "epochs of fine-tuning", nameLocation: "middle", nameGap: 28, axisLine: { show: false } }),
    yAxis: categories(view, names, { name: "epochs", nameLocation: "start", nameGap: 10, inverse: true, axisLine: { show: false } }),
    series: [{
      id: "cells", type: "custom", data: cells,
      renderItem: (_, api) => {
        const [x, y] = api.coord([api.value(0), api.value(1)]);
        const [cellWidth, cellHeight] = api.size([1, 1]).map(Math.abs);
        const value = api.value(2);
        const colour = correlationColour(value);
        const box = { x: x - cellWidth / 2 + 1, y: y - cellHeight / 2 + 1, width: cellWidth - 2, height: cellHeight - 2, r: 3 };
        return {
          type: "group",
          children: [
            { type: "rect", shape: box, style: { fill: colour, stroke: view.look.line, lineWidth: 1 } },
            {
              type: "text", silent: true,
              style: { x, y, text: round(value), fill: textOn(colour), font: `600 ${cellWidth < 44 ? 11 : 14}px ${FONT}`, align: "center", verticalAlign: "middle" },
            },
          ],
        };
      },
    }],
  };
}

export const correlation = {
  title: () => "Correlation of the training lengths",
  height: width => Math.min(width, MOST_WIDTH) * 0.82,
  missing: facts => facts.model?.unavailable ?? (matrixOf(facts).length > 0 ? null : "The model has not been fitted yet."),
  marks: () => 0,
  option,
  tip: (params, facts) => {
    const [across, down, value] = params.value;
    const { tasks } = facts.model;
    return [`${plural(tasks[down], "epoch")} and ${plural(tasks[across], "epoch")}`, `correlation ${round(value)}`];
  },
  describe: facts => {
    const { tasks } = facts.model;
    const toTarget = matrixOf(facts).at(-1).slice(0, -1).map((value, task) => `${tasks[task]} epochs ${round(value)}`);
    return `Correlation of the training lengths in the model. With the target of ${tasks.at(-1)} epochs: ${toTarget.join(", ") || "there is no other"}.`;
  },
  picked: () => null,
};
