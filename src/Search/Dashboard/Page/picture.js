// What is known of one search: the server's picture of it, kept up to date by differences, and the model's estimates.

/** The old picture with what a newer one says; a complete one replaces it. Columns grow in place: they may be long. */
export function merged(old, news) {
  if (!old || !news.since) {
    const places = new Map(news.trials.id.map((id, place) => [id, place]));
    return { ...news, places };
  }
  const { trials, decisions, places } = old;
  news.trials.id.forEach((id, from) => {
    const place = places.get(id) ?? trials.id.length;
    places.set(id, place);
    Object.keys(news.trials).forEach(column => {
      if (Array.isArray(news.trials[column])) {
        trials[column][place] = news.trials[column][from];
      }
    });
  });
  const last = decisions.id.at(-1) ?? 0;
  news.decisions.id.forEach((id, from) => {
    if (id > last) {
      Object.keys(decisions).forEach(column => decisions[column].push(news.decisions[column]?.[from] ?? null));
    }
  });
  return { ...news, since: 0, trials: { ...trials }, decisions: { ...decisions }, places };
}

/** The trials as rows, with the model's estimates where the picture itself has none. */
export function rowsOf(picture, model) {
  const { trials } = picture;
  const estimates = new Map((model?.estimates?.trialId ?? []).map((id, place) => [id, place]));
  const front = new Map(picture.front.map((id, index) => [id, index]));
  return trials.id.map((id, place) => {
    const estimated = estimates.get(id);
    return {
      id,
      bits: trials.bits[place],
      w: trials.w[place],
      memoryBytes: trials.memoryBytes[place],
      bitOperations: trials.bitOperations?.[place] ?? null,
      effective: trials.effective[place],
      accuracy: picture.tasks.map((_, task) => trials.accuracy[place]?.[task] ?? null),
      setAside: trials.setAside[place],
      failures: trials.failures[place],
      pending: trials.pending?.[place] ?? false,
      mean: estimated === undefined ? trials.mean?.[place] ?? null : model.estimates.mean[estimated],
      deviation: estimated === undefined ? trials.deviation?.[place] ?? null : model.estimates.deviation[estimated],
      front: front.get(id) ?? null,
      isChosen: picture.chosen === id,
    };
  });
}

/** The decisions as rows. */
export const decisionsOf = ({ decisions }) => decisions.id.map((id, place) =>
  Object.fromEntries(Object.keys(decisions).map(column => [column, decisions[column]?.[place] ?? null])));

/** How many measurements of trials there are. */
export const measuredIn = ({ trials }) => trials.accuracy.reduce((sum, row) => sum + row.filter(value => value !== null).length, 0);
