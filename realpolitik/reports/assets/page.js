(function () {
  "use strict";
  var doc = document, root = doc.documentElement, form = doc.getElementById("filter");
  var found = doc.getElementById("found"), back = doc.getElementById("back"), from = null;
  var FEW = 20, state = {}, texts = new Map();
  root.classList.add("js");
  var acts = Array.from(doc.querySelectorAll(".act"));
  var rows = Array.from(doc.querySelectorAll(".tally li"));
  rows.forEach(function (row) { row.source = row.dataset.i.split(":")[0]; });
  acts.forEach(function (act) { act.source = act.dataset.src; });

  function text(item) {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  }
  function among(wanted, value) { return !wanted || wanted.split(",").indexOf(value) >= 0; }
  function fits(item, q) {
    var d = item.dataset, first = d.d, last = d.e || d.d;
    if (!among(q.source, item.source) || !among(q.actor, d.a) || !among(q.kind, d.k)) return false;
    if (!among(q.side, d.s) || !among(q.secrecy, d.o || "") || !among(q.id, d.i)) return false;
    if (!among(q.verification, d.v || "")) return false;
    if (q.start && last < q.start.slice(0, last.length)) return false;
    if (q.end && first > q.end.slice(0, first.length)) return false;
    if (q["as-of"] && (d.known || first) > q["as-of"]) return false;
    if (q.code && (d.c || "").indexOf(q.code) !== 0) return false;
    return !q.text || q.text.toLowerCase().split(/\s+/).every(function (word) {
      return text(item).indexOf(word) >= 0;
    });
  }
  function narrowed() { return Object.keys(state).some(function (key) { return state[key]; }); }

  function apply() {
    var any = narrowed(), total = 0, months = 0, tallied = 0;
    acts.forEach(function (act) {
      var ok = fits(act, state);
      act.classList.toggle("off", !ok);
      if (ok) total += 1;
    });
    rows.forEach(function (row) {
      var ok = fits(row, state);
      row.classList.toggle("off", !ok);
      if (ok) { months += 1; tallied += Number(row.dataset.n); }
    });
    doc.querySelectorAll(".tally .year").forEach(function (year) {
      var hits = year.querySelectorAll("li:not(.off)").length;
      year.classList.toggle("off", !hits);
      year.open = any && hits > 0 && months <= 60;
    });
    doc.querySelectorAll("ol.acts").forEach(function (list) { shorten(list, false); });
    if (acts.length === 1 || total === 1) open(total === 1);
    var parts = [];
    if (total || !months) parts.push(plural(total, "act"));
    if (months) parts.push(plural(tallied, "tallied act") + " in " + plural(months, "row"));
    found.textContent = (any ? "Found: " : "") + parts.join(", ") + (any ? " (" + said() + ")" : "");
  }
  function open(one) {
    if (!one) return;
    acts.forEach(function (act) {
      if (!act.classList.contains("off")) act.querySelector("details").open = true;
    });
  }
  function shorten(list, all) {
    var shown = 0, more = list.nextElementSibling;
    Array.from(list.children).forEach(function (act) {
      if (act.classList.contains("off")) return;
      shown += 1;
      act.classList.toggle("later", !all && shown > FEW);
    });
    more.hidden = all || shown <= FEW;
    more.firstElementChild.textContent = "Show all " + shown;
  }
  function plural(n, noun) { return n.toLocaleString("en") + " " + noun + (n === 1 ? "" : "s"); }
  function said() {
    return Object.keys(state).filter(function (key) { return state[key]; }).map(function (key) {
      var value = key === "id" ? state.id.split(",").length + " chosen" : state[key];
      return key + ": " + value;
    }).join("; ");
  }
  function show() {
    ["text", "actor", "kind", "side", "secrecy", "source", "verification"].forEach(function (key) {
      var field = form.elements[key], value = state[key] || "";
      field.value = value;
      if (field.value !== value) field.value = "";
    });
    form.elements.from.value = (state.start || "").slice(0, 4);
    form.elements.to.value = (state.end || "").slice(0, 4);
  }
  function read() {
    state = {};
    ["text", "actor", "kind", "side", "secrecy", "source", "verification"].forEach(function (key) {
      if (form.elements[key].value) state[key] = form.elements[key].value;
    });
    var first = form.elements.from.value, last = form.elements.to.value;
    if (/^\d{4}$/.test(first)) state.start = first + "-01-01";
    if (/^\d{4}$/.test(last)) state.end = last + "-12-31";
    apply();
  }
  function follow(link) {
    state = Object.fromEntries(new URLSearchParams(link.getAttribute("data-query")));
    show();
    apply();
    from = link;
    back.hidden = false;
    found.scrollIntoView();
    found.focus({ preventScroll: true });
  }
  doc.addEventListener("click", function (event) {
    var link = event.target.closest("[data-query]");
    if (link) { event.preventDefault(); follow(link); return; }
    var local = event.target.closest("a[href^='#act-']");
    if (local) { form.reset(); reveal(local.getAttribute("href")); }
    if (event.target.className === "all") shorten(event.target.parentNode.previousElementSibling, true);
  });
  function reveal(hash) {
    var item = hash.length > 1 && doc.getElementById(decodeURIComponent(hash.slice(1)));
    if (!item || !item.dataset.i) return;
    state = {};
    apply();
    item.classList.remove("later");
    var inside = item.closest("details.year") || item.querySelector("details");
    if (inside) inside.open = true;
    item.scrollIntoView();
  }
  back.addEventListener("click", function () {
    back.hidden = true;
    if (!from) return;
    from.scrollIntoView({ block: "center" });
    if (from.focus) from.focus({ preventScroll: true });
  });
  form.hidden = false;
  form.addEventListener("input", read);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(function () { state = {}; apply(); }, 0); });
  apply();
  if (location.hash) reveal(location.hash);

  var tip = doc.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  doc.body.appendChild(tip);
  doc.addEventListener("pointermove", function (event) {
    var mark = event.target.closest && event.target.closest("[data-tip]");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.getAttribute("data-tip");
    var left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    var above = event.clientY + 18 + tip.offsetHeight > innerHeight;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (above ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18) + "px";
  });

  addEventListener("beforeprint", function () {
    doc.querySelectorAll("details.keep").forEach(function (part) { part.open = true; });
  });

  var copy = doc.getElementById("copy"), bib = doc.getElementById("bibtex");
  copy.hidden = false;
  copy.addEventListener("click", function () {
    var range = doc.createRange(), selection = getSelection();
    range.selectNodeContents(bib);
    selection.removeAllRanges();
    selection.addRange(range);
    var done = function () { copy.textContent = "Copied"; };
    if (navigator.clipboard) navigator.clipboard.writeText(bib.textContent).then(done, function () {});
    else if (doc.execCommand("copy")) done();
  });
})();
