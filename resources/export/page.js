(function () {
  "use strict";
  const MARKED = 2000; // places; more are no help to anyone
  const form = document.getElementById("find");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const choices = ["tag", "record", "analyst"].map((name) => document.getElementById(name));
  const sections = Array.from(document.querySelectorAll("main > section"));

  // Case and accents make no difference, nor do full-width forms and ligatures.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  // Where in a text stands what a sign of its folded form comes from.
  function foldWithPlaces(text) {
    let folded = "";
    const places = [];
    let at = 0;
    for (const sign of text) {
      const part = fold(sign);
      for (let i = 0; i < part.length; i += 1) places.push(at);
      folded += part;
      at += sign.length;
    }
    places.push(at);
    return { folded, places };
  }

  function read(article) {
    const texts = (selector) =>
      Array.from(article.querySelectorAll(selector), (found) => found.textContent);
    const title = article.parentNode.querySelector("h2").textContent;
    return {
      article,
      text: null,
      tag: texts(".tags li"),
      record: title,
      analyst: article.dataset.analyst,
    };
  }

  const entries = Array.from(document.querySelectorAll("article"), read);

  // A tag brings the tags below it, as in NormAtlas.
  function withThoseAbove(tag) {
    const parts = tag.split("/");
    return parts.map((_, n) => parts.slice(0, n + 1).join("/"));
  }

  function offer(choice, values) {
    const wanted = Array.from(new Set(values)).sort((a, b) => a.localeCompare(b));
    wanted.forEach((value) => choice.add(new Option(value, value)));
    choice.parentNode.hidden = wanted.length < 2;
  }

  function asked() {
    const parts = fold(words.value).matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|[^\s"“”„«»]+/gu);
    return Array.from(parts, (part) => (part[1] === undefined ? part[0] : part[1]).trim())
      .map((part) => part.replace(/\s+/g, " "))
      .filter((part) => part);
  }

  function fits(entry, parts, tag, record, analyst) {
    if (record && entry.record !== record) return false;
    if (analyst && entry.analyst !== analyst) return false;
    if (tag && !entry.tag.some((one) => one === tag || one.startsWith(tag + "/"))) return false;
    if (!parts.length) return true;
    if (entry.text === null) {
      entry.text = fold(entry.record + " " + entry.article.textContent).replace(/\s+/g, " ");
    }
    return parts.every((part) => entry.text.includes(part));
  }

  function placesIn(node, parts, ranges) {
    const { folded, places } = foldWithPlaces(node.data);
    parts.forEach((part) => {
      let at = folded.indexOf(part);
      while (at >= 0 && ranges.length < MARKED) {
        const range = new Range();
        range.setStart(node, places[at]);
        range.setEnd(node, places[at + part.length]);
        ranges.push(range);
        at = folded.indexOf(part, at + part.length);
      }
    });
  }

  function mark(parts) {
    if (!window.CSS || !CSS.highlights) return; // an older browser finds without marking
    CSS.highlights.delete("found");
    if (!parts.length) return;
    const ranges = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_ALL, {
      acceptNode: (node) => {
        if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        const passed = node.hidden || node.tagName === "HEADER";
        return passed ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      },
    });
    while (ranges.length < MARKED && walker.nextNode()) {
      placesIn(walker.currentNode, parts, ranges);
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function find() {
    const parts = asked();
    const chosen = choices.map((choice) => choice.value);
    let count = 0;
    entries.forEach((entry) => {
      entry.article.hidden = !fits(entry, parts, ...chosen);
      count += entry.article.hidden ? 0 : 1;
    });
    sections.forEach((section) => {
      section.hidden = !section.querySelector("article:not([hidden])");
    });
    const narrowed = parts.length || chosen.some((value) => value);
    const total = entries.length;
    shown.textContent = !narrowed
      ? ""
      : count
        ? `${count} of ${total} passages`
        : "No passage has all of this; take a word or a choice away.";
    mark(parts);
  }

  let waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(find);
  }

  offer(choices[0], entries.flatMap((entry) => entry.tag.flatMap(withThoseAbove)));
  offer(choices[1], entries.map((entry) => entry.record));
  offer(choices[2], entries.map((entry) => entry.analyst));
  form.hidden = entries.length < 2;
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(find));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !form.contains(document.activeElement)) {
      event.preventDefault();
      words.focus();
    } else if (event.key === "Escape" && form.contains(document.activeElement)) {
      form.reset();
    }
  });
  find(); // a browser that goes back keeps what was typed
})();
