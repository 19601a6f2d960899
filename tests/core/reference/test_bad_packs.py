"""Packs that are not sound: each problem names file, line, record and reason."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.reference import yamlfile
from core.reference.compilation import compile_pack
from core.reference.validation import validate_pack

N, P, T = "norms.yaml", "participants.yaml", "instruments.yaml"
BAD = {
    "unknown key": (N, "  category:", "  colour: red\n  category:", 5, "unknown field `colour`"),
    "unknown key inside": (N, "year: 2015,", "yaer: 2015,", 11, "unknown field `yaer`"),
    "wrong type": (N, "year: 2015,", "year: soon,", 11, "Expected `int | null`, got `str`"),
    "missing field": (N, "  statement: States should keep calm.\n", "", 1, "missing required"),
    "not a list": ("events.yaml", "- key: event:opening\n", "opening:\n", 1, "must be a list"),
    "unknown type": (P, "type: person", "type: robot", 17, "Invalid value 'robot'"),
    "bad key": (N, "key: norm:calm", "key: Norm Calm", 1, "regex"),
    "wrong kind": (N, "key: norm:calm", "key: event:calm", 1, "must begin with “norm:”"),
    "bad date": (T, "2015-03-01?", "2015-13", 5, "“2015-13” is not a date"),
    "bad date of a tie": (P, "../2019-02", "Feb 2019", 7, "“Feb 2019” is not a date"),
    "bad date in a row": ("memberships.yaml", "2016-01-02?", "2016-02-30", 11, "not a date"),
    "no such source": (N, "  source: source:page", "  source: source:gone", 9, "no record “sou"),
    "not a source": (N, "  source: source:page", "  source: norm:calm", 9, "of kind source"),
    "no such record": (P, "norm:calm", "norm:calmer", 7, "no record “norm:calmer”"),
    "unknown predicate": (P, "party-to", "party-at", 6, "“party-at” is not a predicate"),
    "kinds of ends": (P, "predicate: supports", "predicate: stated-in", 7, "can't lead from"),
    "twice": (
        P,
        "  - {predicate: supports",
        "  - {predicate: party-to, object: 'instrument:treaty'}\n  - {predicate: supports",
        7,
        "stands there twice",
    ),
    "verified, no source": (
        N,
        "source: null, verified: false",
        "source: null, verified: true",
        12,
        "names no source",
    ),
    "alias of itself": (
        T,
        "['instrument:old-treaty']",
        "['instrument:old-treaty', 'instrument:treaty']",
        3,
        "taken by instrument:treaty",
    ),
    "duplicate key": (P, "key: participant:ada", "key: participant:club", 15, "has this key"),
    "repeated field": (N, "  note:", "  title: Again\n  note:", 7, "“title” stands there twice"),
    "not a web address": ("sources.yaml", "https://example.org/page", "javascript:x", 5, "web"),
    "python tag": (N, "title: Keep calm", "title: !!python/object/apply:os.system [x]", 2, "tag"),
    "anchor": (N, "title: Keep calm", "title: &a Keep calm", 2, "anchors and aliases"),
    "merge": (N, "  title: Keep calm", "  <<: {title: Keep calm}", 2, "unknown field `<<`"),
    "two documents": (N, "  note:", "---\n  note:", 7, "more than one document"),
    "broken": (N, "year: 2015,", "year: [2015,", 11, "not valid YAML"),
    "control character": (N, "Keep calm", "Keep \x07calm", 2, "not valid YAML"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_problem_is_told_with_file_line_and_reason(make_pack, name):
    file, old, new, line, reason = BAD[name]
    folder = make_pack((file, old, new))
    problems = validate_pack(folder)
    assert [(p.file, p.line) for p in problems if reason in p.what] == [(file, line)], problems
    with pytest.raises(UserError, match=f"{file}, line") as error:
        compile_pack(folder)
    assert "Traceback" not in str(error.value)


def test_a_sound_pack_has_no_problems(make_pack):
    assert validate_pack(make_pack()) == ()


def test_the_record_is_named(make_pack):
    (problem,) = validate_pack(make_pack((T, "2015-03-01?", "soon")))
    assert problem.key == "instrument:treaty"
    assert str(problem).startswith("instruments.yaml, line 5 (instrument:treaty): date: “soon”")


def test_aliases_that_run_in_a_circle_are_refused(make_pack):
    folder = make_pack(
        (P, "  category: NGO", "  category: NGO\n  aliases: ['participant:ada']"),
        (P, "  office: Chair", "  office: Chair\n  aliases: ['participant:club']"),
    )
    problems = validate_pack(folder)
    assert [(p.key, p.line) for p in problems] == [
        ("participant:club", 13),
        ("participant:ada", 20),
    ]
    assert all("is taken by" in p.what for p in problems)


def test_a_missing_file_and_a_missing_folder(make_pack):
    folder = make_pack()
    (folder / "sources.yaml").unlink()
    (problem,) = validate_pack(folder)
    assert (problem.file, problem.what) == ("sources.yaml", "the file is missing")
    with pytest.raises(UserError, match="no reference pack at"):
        validate_pack(folder / "nowhere")


def test_text_that_is_not_utf_8(make_pack):
    folder = make_pack()
    path = folder / "norms.yaml"
    path.write_bytes(path.read_bytes().replace(b"Not all do", b"Not \xff all do"))
    (problem,) = validate_pack(folder)
    assert (problem.line, problem.what) == (7, "is not UTF-8 text")


def test_a_record_that_is_only_words(make_pack):
    folder = make_pack((P, "- key: participant:club", "- club\n- key: participant:club"))
    (problem,) = validate_pack(folder)
    assert (problem.line, problem.what) == (9, "Expected `object`, got `str`")


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_bomb(), "anchors and aliases"),
        ("[" * 200_000, "nested deeper"),
        ("- " * 200_000, "nested deeper"),
        ("[ # ]\n" * 200_000, "nested deeper"),
        ("{a: " * 200_000, "nested deeper"),
        ("? [a, b]\n: c", "key must be a plain word"),
        ("", "must be a list"),
    ],
)
def test_hostile_files_end_in_a_problem(make_pack, text, reason):
    folder = make_pack()
    (folder / "norms.yaml").write_text(text, encoding="utf-8")
    (problem,) = validate_pack(folder)
    assert reason in problem.what


@given(st.text(alphabet="abk: -[]{}'\"&*!|>?#\n\t,~1", max_size=60))
def test_no_text_at_all_gets_past_with_an_exception(text):
    with TemporaryDirectory() as folder:
        path = Path(folder, "norms.yaml")
        path.write_text(text, encoding="utf-8")
        assert all(problem.line >= 1 and problem.what for problem in validate_pack(path.parent))


def test_a_file_over_the_bound_is_not_read(make_pack, monkeypatch):
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 2**20)
    folder = make_pack()
    with (folder / "norms.yaml").open("a", encoding="utf-8") as file:
        file.write("# " + "x" * 2**20)
    (problem,) = validate_pack(folder)
    assert problem.what == "larger than 1 MiB"


def test_plain_values_mean_what_they_look_like(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("[yes, No, ~, null, 12, 1.5, 1:30, 2011-11-02, '2011', \"no\", x]")
    assert yamlfile.read_yaml(path).value == [
        True, False, None, None, 12, 1.5, "1:30", "2011-11-02", "2011", "no", "x",
    ]  # fmt: skip
