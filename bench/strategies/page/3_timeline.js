// One cell's calls against the windows, the counter and the lock-outs of its reading.

// timeline.h says how the words are made.
function decode(text) {
  const [unit, written] = text.split(":"), steps = [];
  for (const [, delta, letter, pattern, times] of
       written.matchAll(/([0-9a-z]*)([A-Z])|([0-9a-z]+)\*([0-9a-z]+);/g)) {
    if (letter) {
      steps.push([parseInt(delta || "0", 36), letter.charCodeAt(0) - 65]);
      continue;
    }
    const back = parseInt(pattern, 36);
    for (let i = 0; i < back * parseInt(times, 36); ++i) steps.push(steps[steps.length - back]);
  }
  let at = 0;
  return steps.map(([delta, who]) => {
    at += delta * parseInt(unit, 36) / 10;
    return {at, refused: who % 2 === 1, worker: Math.floor(who / 2)};
  });
}

// How full the minute's counter is from each instant on, from 0 to 1, as corners of a line; and the
// windows of the reading. Two thousand steps are fine enough for a picture.
function countersOf(calls, reading, phase, end) {
  const limit = reading.per_minute;
  const even = reading.window === "token_bucket" || reading.window === "gcra";
  const counted = calls.filter(c => !c.refused || (reading.refused_count === "yes" && !even));
  const windows = [], line = [];
  let next = 0, window = -Infinity, now = 0, before = 0, level = 0, last = 0;
  const turn = at => {  // into the window that `at` lies in
    if (reading.window === "fixed_from_first") {
      if (next < counted.length && counted[next].at <= at && at >= window + 60) {
        window = counted[next].at;
        windows.push(window);
        now = 0;
      } else if (at >= window + 60) now = 0;
      return;
    }
    const opens = Math.floor((at + phase) / 60) * 60 - phase;
    if (opens === window) return;
    before = opens === window + 60 ? now : 0;
    now = 0;
    window = opens;
    windows.push(window);
  };
  const fullness = at => {
    switch (reading.window) {
      case "sliding_log": return counted.slice(0, next).filter(c => c.at > at - 60).length / limit;
      case "sliding_counter": return (before * (1 - (at - window) / 60) + now) / limit;
      case "token_bucket": return level / limit;
      case "gcra": return level;
      default: return now / limit;
    }
  };
  const step = Math.max(.5, end / 2000);
  const instants = [...counted.map(c => c.at)];
  for (let at = 0; at <= end; at += step) instants.push(at);
  instants.sort((a, b) => a - b);
  for (const at of instants) {
    level = Math.max(0, level - (at - last) / 60 * limit);
    last = at;
    turn(at);
    line.push([at, Math.min(1, fullness(at))]);
    for (; next < counted.length && counted[next].at <= at; ++next) {
      ++now;
      level += 1;
    }
    line.push([at, Math.min(1, fullness(at))]);
  }
  return {line, windows: reading.window.startsWith("fixed") || reading.window === "sliding_counter"
                           ? windows : []};
}

// From where to where nobody was let in (KO2).
function lockoutsOf(calls, lockout) {
  const spans = [];
  if (lockout === "none") return spans;
  for (const call of calls.filter(c => c.refused)) {
    const last = spans[spans.length - 1];
    if (!last || call.at >= last[1]) spans.push([call.at, call.at + 60]);
    else if (lockout === "from_last") last[1] = call.at + 60;
  }
  return spans;
}

function drawing(height, label) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 1000 ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const draw = (name, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    svg.append(element);
    return element;
  };
  return {svg, draw};
}

function drawAxis(draw, x, end, y) {
  const steps = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600];
  const step = steps.find(s => end / s <= 13) || 3600;
  for (let at = 0; at <= end; at += step) {
    draw("line", {class: "grid", x1: x(at), x2: x(at), y1: 6, y2: y});
    const minutes = step >= 60;
    draw("text", {x: x(at), y: y + 14, "text-anchor": at === 0 ? "start" : "middle"},
         at === 0 ? "0" : minutes ? `${at / 60} min` : `${at} s`);
  }
}

function tell(cell, calls) {
  const strategy = data.strategies[chosen.strategy], reading = data.readings[chosen.reading];
  byId("chosen").textContent =
    `${strategy} under ${reading.name}, ${data.scenarios[chosen.scenario].name}`;
  const lost = cell[kLost] ? `${count(cell[kLost], "call is", "calls are")} not through after four hours`
    : `all calls are through after ${cell[kMakespan]} s, where ${cell[kOptimum]} s were possible`;
  const text = `${lost}; ${count(cell[kRefused], "call was", "calls were")} refused.` +
    (calls.length >= kMarksMax ? ` The first ${calls.length} tries are shown.` : "");
  byId("told").textContent = text[0].toUpperCase() + text.slice(1);
  return text;
}

function drawTimeline() {
  const scenario = data.scenarios[chosen.scenario], reading = data.readings[chosen.reading];
  const where = [chosen.strategy, chosen.scenario, chosen.reading];
  const calls = decode(data.timelines[data.lines[place(...where)]]);
  const label = tell(cellOf(...where), calls);
  const end = Math.max(60, ...calls.map(call => call.at)) * 1.01;
  const workers = Math.max(1, ...calls.map(call => call.worker + 1));
  const [left, top, chart, lane] = [34, 8, 80, 40];
  const floor = top + chart, bottom = floor + 10 + workers * lane;
  const {svg, draw} = drawing(bottom + 22, label);
  const x = second => (left + second / end * (992 - left)).toFixed(1);
  const wide = (from, to) => (Math.max(0, Math.min(to, end) - from) / end * (992 - left)).toFixed(1);

  // Pairs of address and key have counters of their own: the picture is of the first.
  const alone = reading.scope === "pair";
  const own = alone ? calls.filter(c => scenario.keys[c.worker] === scenario.keys[0]) : calls;
  const {line, windows} = countersOf(own, reading, scenario.phase_s, end);
  if (end / 60 < 120) {
    windows.forEach((from, i) => {
      const shown = Math.max(0, from);
      if (i % 2 === 0) draw("rect", {class: "band", x: x(shown), y: top, height: bottom - top,
                                     width: wide(shown, from + 60)});
    });
  }
  for (const [from, to] of lockoutsOf(own, reading.lockout)) {
    draw("rect", {class: "locked", x: x(from), y: top, width: wide(from, to), height: bottom - top});
  }
  drawAxis(draw, x, end, bottom);
  const y = fullness => (floor - fullness * (chart - 12)).toFixed(1);
  draw("path", {class: "used", d: `M${x(0)},${y(0)}` +
    line.map(([at, full]) => `L${x(at)},${y(full)}`).join("") + `L${x(end / 1.01)},${y(0)}Z`});
  draw("line", {class: "limit", x1: left, x2: 992, y1: y(1), y2: y(1)});
  draw("text", {x: left - 6, y: +y(1) + 4, "text-anchor": "end"},
       reading.window === "gcra" ? "full" : reading.per_minute);
  for (let worker = 0; worker < workers; ++worker) {
    const middle = floor + 10 + worker * lane + lane / 2;
    draw("line", {class: "grid", x1: left, x2: 992, y1: middle, y2: middle});
    if (workers > 1) draw("text", {x: left - 6, y: middle + 4, "text-anchor": "end"}, `#${worker + 1}`);
  }
  for (const call of calls) {
    const middle = floor + 10 + call.worker * lane + lane / 2;
    const mark = draw("line", {class: call.refused ? "refused" : "admitted", x1: x(call.at), x2: x(call.at),
                               y1: middle, y2: middle + (call.refused ? 15 : -15)});
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = `${call.at.toFixed(1)} s: ${call.refused ? "refused" : "admitted"}`;
    mark.append(title);
  }
  byId("timeline").replaceChildren(svg);
}
