// Co-operation and conflict of two actors by month; what is drawn over with the pointer chooses the events below.
"use strict";
(async () => {
  const place = document.getElementById("relation-chart");
  if (!place) return;
  const { months } = await (await fetch(place.dataset.from)).json();
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const small = { color: colour("quiet"), fontFamily: "Source Sans, sans-serif", fontSize: 12 };
  const axis = { axisLabel: small, axisLine: { lineStyle: { color: colour("line") } }, splitLine: { lineStyle: { color: colour("line"), opacity: .6 } } };
  // Every month from the first to the last has its place, so that gaps look like gaps.
  const names = [];
  for (let [year, month] = (months[0]?.month ?? "2000-01").split("-").map(Number); names.length < 2400; month = month % 12 + 1, year += month === 1) {
    names.push(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`);
    if (names.at(-1) === months.at(-1)?.month) break;
  }
  const of = new Map(months.map(m => [m.month, m]));
  const most = Math.max(1, ...months.map(m => Math.max(m.coOperation, m.conflict)));
  chart.setOption({
    animation: false,
    grid: { left: 44, right: 44, top: 34, bottom: 28 },
    legend: { textStyle: small, top: 0, itemHeight: 10 },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colour("raised"), borderColor: colour("line"), textStyle: { ...small, color: colour("ink") } },
    toolbox: { show: false },
    brush: { xAxisIndex: 0, brushType: "lineX", brushMode: "single", transformable: true, throttleType: "debounce", throttleDelay: 200, brushStyle: { color: colour("say"), borderColor: colour("link"), opacity: .5 } },
    xAxis: { type: "category", data: names, ...axis, splitLine: { show: false } },
    yAxis: [
      { type: "value", name: "events", nameTextStyle: small, minInterval: 1, min: -most, max: most, ...axis, axisLabel: { ...small, formatter: v => Math.abs(v) } },
      { type: "value", name: "mean", nameTextStyle: small, min: -10, max: 10, ...axis, splitLine: { show: false } },
    ],
    series: [
      { name: "co-operation", type: "bar", stack: "all", barMaxWidth: 26, itemStyle: { color: colour("friendly") }, data: names.map(n => of.get(n)?.coOperation ?? 0) },
      { name: "conflict", type: "bar", stack: "all", barMaxWidth: 26, itemStyle: { color: colour("hostile") }, data: names.map(n => -(of.get(n)?.conflict ?? 0)) },
      { name: "mean score", type: "line", yAxisIndex: 1, connectNulls: true, symbolSize: 5, lineStyle: { color: colour("ink"), width: 1.5 }, itemStyle: { color: colour("ink") }, data: names.map(n => of.get(n)?.mean ?? null) },
    ],
  });
  chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
  const [from, to] = ["relation-from", "relation-to"].map(id => document.getElementById(id));
  chart.on("brushEnd", event => {
    const range = event.areas[0]?.coordRange;
    from.value = range ? names[Math.max(0, range[0])] : "";
    to.value = range ? names[Math.min(names.length - 1, range[1])] : "";
    const query = `&from=${encodeURIComponent(from.value)}&to=${encodeURIComponent(to.value)}`;
    history.replaceState(null, "", location.pathname + place.dataset.events.replace(/^[^?]*/, "") + (range ? query : ""));
    htmx.ajax("GET", place.dataset.events + (range ? query : ""), { target: "#relation-events", swap: "innerHTML" });
  });
  addEventListener("resize", () => chart.resize());
})();
