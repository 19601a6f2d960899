"""Style and script of the HTML page."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fdfdfb; --ink: #1f2328; --quiet: #59616b; --line: #d9dce0; --wash: #f1f3f5;
  --accent: #1f5fa8; --warn: #8a4b00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17191c; --ink: #e4e6e9; --quiet: #a3abb5; --line: #363b42; --wash: #22262b;
    --accent: #86b7f0; --warn: #f0b46a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.5rem 0 0; }
h3 { font-size: 1rem; margin: 0 0 .5rem; color: var(--quiet); font-weight: 600; }
.about, .written, .citation { color: var(--quiet); font-size: .875rem; margin: .25rem 0; }
a { color: var(--accent); overflow-wrap: anywhere; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
.filter input {
  font: inherit; color: inherit; background: var(--wash); border: 1px solid var(--line);
  border-radius: 6px; padding: .35rem .6rem; width: min(22rem, 100%);
}
.filter output { color: var(--quiet); font-size: .875rem; margin-inline-start: .5rem; }
article { margin: 1.25rem 0 2rem; }
blockquote {
  margin: 0 0 .75rem; padding: .25rem 1rem; border: 0 solid var(--accent);
  border-inline-start-width: 4px; background: var(--wash); border-radius: 4px;
  font-family: Georgia, "Noto Serif", "Times New Roman", serif; font-size: 1.0625rem;
}
blockquote p { margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.note > :first-child { margin-top: 0; }
.note { overflow-wrap: anywhere; }
.note table { border-collapse: collapse; }
.note th, .note td { border: 1px solid var(--line); padding: .2rem .5rem; }
.note pre { overflow-x: auto; background: var(--wash); padding: .5rem; }
.tags { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: .5rem 0; }
.tags li {
  border: 1px solid var(--line); border-radius: 999px; padding: 0 .65rem; font-size: .875rem;
}
.caveat { color: var(--warn); }
[hidden] { display: none !important; }
@media print {
  :root {
    --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --wash: #fff; --accent: #000;
    --warn: #000;
  }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .filter { display: none; }
  h2, h3 { break-after: avoid; }
  blockquote, .citation { break-inside: avoid-page; }
  a { text-decoration: none; }
}
"""

SCRIPT = """
(function () {
  "use strict";
  var field = document.getElementById("filter");
  var shown = document.getElementById("shown");
  var articles = Array.prototype.slice.call(document.querySelectorAll("article"));
  field.closest("p").hidden = false;
  field.addEventListener("input", function () {
    var wanted = field.value.normalize("NFC").toLowerCase().trim();
    var count = 0;
    articles.forEach(function (article) {
      var title = article.parentNode.querySelector("h2").textContent;
      var text = (title + " " + article.textContent).toLowerCase();
      article.hidden = text.indexOf(wanted) < 0;
      count += article.hidden ? 0 : 1;
    });
    document.querySelectorAll("section").forEach(function (section) {
      section.hidden = !section.querySelector("article:not([hidden])");
    });
    shown.textContent = wanted ? count + " of " + articles.length : "";
  });
})();
"""
