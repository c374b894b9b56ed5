// The ranking: each strategy's worst over the readings.

const columns = [
  {title: "time / optimum", worst: cells => Math.max(...cells.map(c => c[kLost] ? Infinity : c[kRatio] / 100)), digits: 2},
  {title: "lost", worst: cells => Math.max(...cells.map(c => c[kLost])), digits: 0},
  {title: "refused", worst: cells => Math.max(...cells.map(c => c[kRefused])), digits: 0},
  {title: "wait p99, s", worst: cells => Math.max(...cells.map(c => c[kWait])), digits: 0},
  {title: "makespan, s", worst: cells => Math.max(...cells.map(c => c[kMakespan])), digits: 0},
  {title: "Jain's index", worst: cells => Math.min(...cells.map(c => c[kJain])) / 100, digits: 2},
];
const sorted = {by: 0, upwards: true};

function drawScoresHead(table) {
  const head = make("tr", undefined, make("thead", undefined, table));
  make("th", "strategy", head).scope = "col";
  columns.forEach((column, c) => {
    const th = make("th", undefined, head);
    th.scope = "col";
    if (c === sorted.by) th.setAttribute("aria-sort", sorted.upwards ? "ascending" : "descending");
    make("button", column.title, th).onclick = () => {
      Object.assign(sorted, {by: c, upwards: c === sorted.by ? !sorted.upwards : true});
      drawScores();
      byId("scores").querySelectorAll("thead button")[c].focus();
    };
  });
  const under = make("th", "slowest under", head);
  under.scope = "col";
  under.className = "text";
}

function drawScores() {
  const rows = data.strategies.map((name, s) => {
    const cells = data.readings.map((_, r) => cellOf(s, chosen.scenario, r));
    const slow = c => [c[kLost], c[kRatio]];
    let slowest = 0;
    cells.forEach((cell, r) => {
      const [lost, ratio] = slow(cell), [most, highest] = slow(cells[slowest]);
      if (lost > most || (lost === most && ratio > highest)) slowest = r;
    });
    return {name, values: columns.map(column => column.worst(cells)), under: data.readings[slowest].name};
  });
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort((a, b) => (sorted.upwards ? 1 : -1) * compare(a.values[sorted.by], b.values[sorted.by]) ||
                      compare(a.values[1], b.values[1]) || compare(a.name, b.name));
  const table = byId("scores");
  table.replaceChildren();
  drawScoresHead(table);
  const body = make("tbody", undefined, table);
  for (const {name, values, under} of rows) {
    const row = make("tr", undefined, body);
    make("th", name, row).scope = "row";
    values.forEach((value, c) =>
      make("td", Number.isFinite(value) ? value.toFixed(columns[c].digits) : "\u221e", row));
    make("td", under, row).className = "text";
  }
}
