/** Finds room for short labels beside their points: a label that hides a mark or another label misleads. */

const LETTER = 7.6;
const LINE = 12;
const DISTANCES = [9, 15, 22];
/** Clockwise from above left. */
const DIRECTIONS = [[-1, -1], [0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0]];

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export class LabelPlacement {
  #taken = [];
  #area;

  /** @param grid { left, top, width, height }: labels stay inside. */
  constructor(grid) {
    this.#area = { left: grid.left, top: grid.top, right: grid.left + grid.width, bottom: grid.top + grid.height };
  }

  /** Keeps labels away from a mark. */
  avoid([x, y], radius) {
    this.#taken.push({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
  }

  /** How far the middle of a label moves from its point, { right, down }; null when every place near it is taken. */
  place([x, y], text, firstDirection) {
    const width = LETTER * text.length;
    for (const distance of DISTANCES) {
      for (let turn = 0; turn < DIRECTIONS.length; turn++) {
        const [across, down] = DIRECTIONS[(firstDirection + turn) % DIRECTIONS.length];
        const move = { right: across * (distance + (width - LETTER) / 2), down: down * distance };
        const box = {
          left: x + move.right - width / 2, right: x + move.right + width / 2, top: y + move.down - LINE / 2, bottom: y + move.down + LINE / 2,
        };
        const isInside = box.left >= this.#area.left && box.right <= this.#area.right && box.top >= this.#area.top && box.bottom <= this.#area.bottom;
        if (isInside && !this.#taken.some(other => overlap(box, other))) {
          this.#taken.push(box);
          return move;
        }
      }
    }
    return null;
  }
}
