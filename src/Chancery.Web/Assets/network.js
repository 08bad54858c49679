// Who deals with whom: actors by volume, lines by balance and volume.
"use strict";
(async () => {
  const place = document.getElementById("network");
  if (!place) return;
  const relations = await (await fetch(place.dataset.from)).json();
  const volume = new Map(), names = new Map();
  for (const r of relations)
    for (const [id, name] of [[r.one_id, r.one], [r.other_id, r.other]]) {
      volume.set(id, (volume.get(id) ?? 0) + r.events);
      names.set(id, name);
    }
  const most = Math.max(1, ...relations.map(r => r.events)), largest = Math.max(1, ...volume.values());
  const tone = mean => colour(mean > .5 ? "friendly" : mean < -.5 ? "hostile" : "quiet");
  const graph = cytoscape({
    container: place,
    elements: [
      ...[...names].map(([id, name]) => ({ data: { id, name, size: 10 + 26 * Math.sqrt(volume.get(id) / largest) } })),
      ...relations.map(r => ({ data: { id: `${r.one_id} ${r.other_id}`, source: r.one_id, target: r.other_id, width: 1 + 7 * Math.sqrt(r.events / most), colour: tone(r.mean) } })),
    ],
    style: [
      { selector: "node", style: { width: "data(size)", height: "data(size)", "background-color": colour("accent"), label: "data(name)", color: colour("ink"), "font-family": "Source Sans, sans-serif", "font-size": 13, "text-valign": "bottom", "text-margin-y": 3, "text-max-width": 120, "text-wrap": "ellipsis", "min-zoomed-font-size": 6, "text-outline-color": colour("sunk"), "text-outline-width": 2 } },
      { selector: "edge", style: { width: "data(width)", "line-color": "data(colour)", "curve-style": "haystack", "haystack-radius": 0, opacity: .65 } },
      { selector: ".dim", style: { opacity: .12 } },
    ],
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: 60000, idealEdgeLength: 46, nodeOverlap: 14, componentSpacing: 24, gravity: 60, nestingFactor: 1, padding: 16, numIter: 1500 },
    maxZoom: 3,
    minZoom: .2,
  });
  graph.on("mouseover", "node", e => graph.elements().not(e.target.closedNeighborhood()).addClass("dim"));
  graph.on("mouseover", "edge", e => graph.elements().not(e.target.union(e.target.connectedNodes())).addClass("dim"));
  graph.on("mouseout", "node, edge", () => graph.elements().removeClass("dim"));
  graph.on("tap", "node", e => location.assign(`/actor?of=${encodeURIComponent(e.target.id())}`));
  graph.on("tap", "edge", e => location.assign(`/relation?of=${encodeURIComponent(e.target.source().id())}&with=${encodeURIComponent(e.target.target().id())}${place.dataset.period}`));
  place.dataset.drawn = String(relations.length);
})();
