// Draws everything, and again when something else is chosen.

function drawAll() {
  drawHeat();
  drawLegend();
  drawTimeline();
  drawScores();
}
byId("seed").textContent = data.seed;
for (const scenario of data.scenarios) make("option", scenario.name, byId("scenario"));
for (const metric of metrics) make("option", metric.name, byId("metric"));
byId("scenario").onchange = () => { chosen.scenario = byId("scenario").selectedIndex; drawAll(); };
byId("metric").onchange = () => { chosen.metric = byId("metric").selectedIndex; drawHeat(); drawLegend(); };
drawAll();
