// The figures, and what every part of the page needs.
"use strict";
const data = KONDOR_FIGURES;
const [kRatio, kRefused, kLost, kWait, kJain, kMakespan, kOptimum] = [0, 1, 2, 3, 4, 5, 6];
const kMarksMax = 180;
const byId = id => document.getElementById(id);
const make = (name, text, parent) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (parent) parent.append(element);
  return element;
};
const chosen = {strategy: data.strategies.length - 1, scenario: 0, reading: 0, metric: 0};
const place = (strategy, scenario, reading) =>
  (strategy * data.scenarios.length + scenario) * data.readings.length + reading;
const cellOf = (...where) => data.scores[data.cells[place(...where)]];
const ratioText = cell => cell[kLost] ? "\u2715" : (cell[kRatio] / 100).toFixed(2);
const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
