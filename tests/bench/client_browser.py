"""Whether the exported page finds in a browser what it holds: words, phrases, tags, records.

Run: ``python -m tests.bench.client_browser [--many 10000] [--pictures FOLDER]``, where Chromium
(Debian: chromium-headless-shell, or chromium) is on the path. The page is opened from the disk;
its own policy lets no other script in, so a copy without the policy is driven.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import replace
from html import unescape
from pathlib import Path

from core.domain.annotations import AnnotationFilter
from core.exporting import html
from core.workspace import open_workspace
from tests.bench.client_libreoffice import fill
from tests.core.exporting.sample import sample_report

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
ASK = """
<script>
const told = [];
const turn = () => new Promise((done) => setTimeout(done));
async function ask(id, value) {
  document.getElementById("find").reset();
  await turn();
  const field = document.getElementById(id);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await turn();
  const count = document.querySelectorAll("article:not([hidden])").length;
  const marks = CSS.highlights.get("found");
  const said = document.getElementById("shown").textContent;
  told.push([id, value, count, marks ? marks.size : 0, said]);
}
(async () => {
  for (const [id, value] of QUESTIONS) await ask(id, value);
  document.documentElement.dataset.told = JSON.stringify(told);
})();
</script>
</body>"""
Told = tuple[str, str, int, int, str]
TIMES = 20


def drive(browser: str, page: str, questions: list[tuple[str, str]], folder: Path) -> list[Told]:
    """Open a page, ask it, and return what it showed: passages, marks, words."""
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\".*?>", "", page)
    file = folder / "driven.html"
    ask = ASK.replace("QUESTIONS", json.dumps(questions))
    file.write_text(page.replace("</body>", ask), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += ["--virtual-time-budget=60000", f"--user-data-dir={folder / 'profile'}"]
    ended = subprocess.run([*command, file.as_uri()], check=True, capture_output=True, timeout=300)
    found = re.search(r'<html[^>]* data-told="([^"]*)"', ended.stdout.decode())
    if found is None:
        sys.exit("the page's script has not ended")
    return [(row[0], row[1], row[2], row[3], row[4]) for row in json.loads(unescape(found[1]))]


def picture(browser: str, page: str, file: Path, *more: str) -> None:
    """Save a picture of the page as it is, with its own policy."""
    made = file.with_suffix(".html")
    made.write_text(page, encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", *more]
    command += ["--window-size=1000,900", f"--screenshot={file}", made.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def check_real(browser: str, folder: Path) -> int:
    """Ask a page of real passages; returns how many answers are wrong."""
    workspace = open_workspace(folder / "workspace")
    fill(workspace, folder)
    workspace.export.write("html", folder / "page.html")
    annotations = workspace.annotations.find(AnnotationFilter())
    workspace.close()
    page = (folder / "page.html").read_text(encoding="utf-8")
    of_first = sum(a.title == annotations[0].title for a in annotations)
    wanted: dict[tuple[str, str], int | None] = {
        ("words", ""): len(annotations),
        ("words", "СТРАНЫ мира"): 1,
        ("words", "“нормах ответственного поведения”"): 1,
        ("words", "kritische xyz"): 0,
        ("words", "a note with force"): len(annotations),
        ("tag", "CBM"): len(annotations),
        ("tag", "Ответ"): len(annotations),
        ("record", annotations[0].title): of_first,
        ("words", "cyber"): None,
        ("words", "各国不应"): 1,
    }
    wrong = 0
    for row in drive(browser, page, list(wanted), folder):
        expected = wanted[row[0], row[1]]
        wrong += expected not in {row[2], None}
        sign = "" if expected in {row[2], None} else f"  WRONG, not {expected}"
        sys.stdout.write(f"{row[0]} {row[1]!r}: {row[2]} passages, {row[3]} marks{sign}\n")
    return wrong


def measure(browser: str, many: int, folder: Path) -> None:
    """Tell how long a page of many passages takes to answer."""
    report = sample_report()
    section = report.sections[0]
    entries = tuple(
        replace(entry, annotation=replace(entry.annotation, id=str(uuid.UUID(int=n))))
        for n in range(many)
        for entry in [section.entries[n % len(section.entries)]]
    )
    page = html.render(replace(report, sections=(replace(section, entries=entries),)))
    sys.stdout.write(f"{many} passages, {len(page) / 1e6:.1f} MB\n")
    for question in (("words", "critical"), ("words", "seoul damage"), ("tag", "CBM")):
        walls: list[float] = []
        for times in (1, 1 + TIMES):  # the browser's own clock stands still while a script works
            begun = time.perf_counter()
            drive(browser, page, [question] * times, folder)
            walls.append(time.perf_counter() - begun)
        each = (walls[1] - walls[0]) / TIMES * 1000
        sys.stdout.write(f"{question[0]} {question[1]!r}: {each:.0f} ms, asked and taken back\n")


def main() -> int:
    """Drive a page of real passages and one of many."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("Chromium is not there; install chromium-headless-shell.")
    with tempfile.TemporaryDirectory() as place:
        wrong = check_real(browser, Path(place))
        measure(browser, given.many, Path(place))
        if given.pictures:
            page = (Path(place) / "page.html").read_text(encoding="utf-8")
            picture(browser, page, given.pictures / "page.png")
            picture(
                browser,
                page,
                given.pictures / "dark.png",
                "--blink-settings=preferredColorScheme=0",
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
