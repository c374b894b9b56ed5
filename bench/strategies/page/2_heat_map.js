// The heat map: strategies against readings, in the scenario chosen.

// Of each metric: its name, the text of a cell, and its heat from 0 (best) to 1, evenly by the
// logarithm; and what the legend shows.
const metrics = [
  {name: "time, as a multiple of the optimum", text: ratioText, heat: c => Math.log10(c[kRatio] / 100),
   legend: [["1.00", 0], ["1.5", .18], ["2", .3], ["5", .7], ["10 and more", 1]]},
  {name: "refused calls", text: c => c[kLost] ? "\u2715" : `${c[kRefused]}`,
   heat: c => Math.log10(c[kRefused] + 1) / 2,
   legend: [["none", 0], ["2", .24], ["10", .52], ["30", .75], ["100 and more", 1]]},
  {name: "99 % of calls are through within, s", text: c => c[kLost] ? "\u2715" : `${c[kWait]}`,
   heat: c => Math.log10(Math.max(60, c[kWait]) / 60) / 2,
   legend: [["60 s", 0], ["3 min", .24], ["10 min", .5], ["30 min", .74], ["100 min and more", 1]]},
];
const warm = (element, heat) => {
  const kept = Math.min(1, Math.max(0, heat));
  element.style.setProperty("--heat", kept.toFixed(3));
  element.style.setProperty("--hue", Math.round(165 - 160 * Math.pow(kept, .8)));
};

function drawLegend() {
  const legend = byId("legend");
  legend.replaceChildren();
  for (const [text, heat] of metrics[chosen.metric].legend) {
    const item = make("li", undefined, legend);
    warm(make("i", "", item), heat);
    item.append(text);
  }
  const item = make("li", undefined, legend);
  make("i", "\u2715", item).className = "lost";
  item.append("calls lost: not through after four hours");
}

// Two rows of headings: the window, and below it what else a reading says.
function drawHeatHead(table) {
  const head = make("thead", undefined, table);
  const windows = make("tr", undefined, head), others = make("tr", undefined, head);
  make("td", "", windows);
  make("td", "", others);
  data.readings.forEach((reading, r) => {
    if (r === 0 || data.readings[r - 1].window !== reading.window) {
      let span = 1;
      while (data.readings[r + span] && data.readings[r + span].window === reading.window) ++span;
      const th = make("th", reading.window.replaceAll("_", " "), windows);
      th.colSpan = span;
      th.scope = "colgroup";
    }
    const rest = reading.name.slice(reading.window.length + 1);
    const th = make("th", undefined, others);
    th.scope = "col";
    make("div", rest.replaceAll("_", " ") || "plain", th).className = "turned";
  });
}

function drawHeat() {
  const table = byId("heat"), metric = metrics[chosen.metric];
  table.replaceChildren();
  drawHeatHead(table);
  const body = make("tbody", undefined, table);
  data.strategies.forEach((strategy, s) => {
    const row = make("tr", undefined, body);
    make("th", strategy, row).scope = "row";
    data.readings.forEach((reading, r) => {
      const cell = cellOf(s, chosen.scenario, r);
      const td = make("td", undefined, row);
      if (cell[kLost]) td.className = "lost"; else warm(td, metric.heat(cell));
      const button = make("button", metric.text(cell), td);
      const isChosen = s === chosen.strategy && r === chosen.reading;
      button.tabIndex = isChosen ? 0 : -1;
      button.setAttribute("aria-pressed", isChosen);
      button.title = `${strategy} under ${reading.name}: ${ratioText(cell)} times the optimum, ` +
        `${cell[kMakespan]} s, ${cell[kRefused]} refused, ${cell[kLost]} lost`;
      button.setAttribute("aria-label", button.title);
      button.onclick = () => choose(s, r);
    });
  });
}

const buttonAt = (strategy, reading) =>
  byId("heat").querySelectorAll("tbody tr")[strategy].querySelectorAll("button")[reading];

function choose(strategy, reading) {
  const before = buttonAt(chosen.strategy, chosen.reading);
  before.tabIndex = -1;
  before.setAttribute("aria-pressed", false);
  Object.assign(chosen, {strategy, reading});
  const button = buttonAt(strategy, reading);
  button.tabIndex = 0;
  button.setAttribute("aria-pressed", true);
  drawTimeline();
}

byId("heat").onkeydown = event => {
  const steps = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
                 Home: [0, -Infinity], End: [0, Infinity]};
  if (!steps[event.key]) return;
  event.preventDefault();
  const within = (value, size) => Math.min(size - 1, Math.max(0, value));
  const [down, right] = steps[event.key];
  choose(within(chosen.strategy + down, data.strategies.length),
         within(chosen.reading + right, data.readings.length));
  buttonAt(chosen.strategy, chosen.reading).focus();
};
