// Events on the outline of the world; a place leads to its events.
"use strict";
(async () => {
  const place = document.getElementById("map");
  if (!place) return;
  const [outline, places] = await Promise.all([fetch(place.dataset.outline).then(a => a.json()), fetch(place.dataset.from).then(a => a.json())]);
  const world = topojson.feature(outline, outline.objects.countries);
  // Antarctica would take a fifth of the room; what crosses the date line goes on beyond it, lest a line be drawn around the world.
  world.features = world.features.filter(f => f.id !== "010");
  const unwrap = ring => ring.some(([x], i) => i && Math.abs(x - ring[i - 1][0]) > 180) ? ring.map(([x, y]) => [x < 0 ? x + 360 : x, y]) : ring;
  for (const { geometry } of world.features)
    geometry.coordinates = geometry.type === "Polygon" ? geometry.coordinates.map(unwrap) : geometry.coordinates.map(polygon => polygon.map(unwrap));
  echarts.registerMap("world", world);
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const most = Math.max(1, ...places.map(p => p.events));
  const known = places.filter(p => p.latitude != null);
  const [west, east, south, north] = [Math.min(...known.map(p => p.longitude)), Math.max(...known.map(p => p.longitude)), Math.min(...known.map(p => p.latitude)), Math.max(...known.map(p => p.latitude))];
  const span = Math.max(30, Math.min(360, Math.max(east - west, (north - south) * 1.8) * 1.5));
  chart.setOption({
    animation: false,
    tooltip: { renderMode: "richText", backgroundColor: colour("raised"), borderColor: colour("line"), textStyle: { color: colour("ink"), fontFamily: "Source Sans, sans-serif" }, formatter: p => p.seriesType === "scatter" ? `${p.name}: ${p.value[2]} ${p.value[2] === 1 ? "event" : "events"}` : "" },
    geo: {
      map: "world", roam: true, silent: true, scaleLimit: { min: 1, max: 20 },
      ...(known.length && span < 200 ? { center: [(west + east) / 2, (south + north) / 2], zoom: Math.min(8, 300 / span) } : { center: [15, 25], zoom: 1.2 }),
      itemStyle: { areaColor: colour("raised"), borderColor: colour("line"), borderWidth: .8 },
    },
    series: [{
      type: "scatter", coordinateSystem: "geo",
      data: known.map(p => ({ name: p.place, value: [p.longitude, p.latitude, p.events], label: { show: p.events >= most * .5 || known.length < 12 } })),
      symbolSize: v => 6 + 26 * Math.sqrt(v[2] / most),
      itemStyle: { color: colour("hostile"), opacity: .6, borderColor: colour("raised"), borderWidth: 1 },
      label: { formatter: "{b}", position: "right", color: colour("ink"), fontFamily: "Source Sans, sans-serif", textBorderColor: colour("raised"), textBorderWidth: 2 },
      labelLayout: { hideOverlap: true },
      emphasis: { itemStyle: { opacity: .95 } },
    }],
  });
  chart.on("click", p => { if (p.seriesType === "scatter") location.assign(place.dataset.events.replace("PLACE", encodeURIComponent(p.name))); });
  addEventListener("resize", () => chart.resize());
  place.dataset.drawn = String(known.length);
})();
