"""The groups of synonyms of a pack."""

import pytest

from core.reference.compilation import compile_pack
from core.reference.fingerprint import pack_folder
from core.reference.reading import read_pack
from core.reference.validation import validate_pack

SOUND = "- {forms: [CBM, confidence-building measure]}\n- {forms: [UK, Britain], note: a state}\n"


def test_groups_are_compiled_with_the_pack(make_pack):
    folder = make_pack()
    (folder / "synonyms.yaml").write_text(SOUND, encoding="utf-8")
    assert validate_pack(folder) == ()
    found = compile_pack(folder).synonyms
    assert [group.forms for group in found] == [
        ("CBM", "confidence-building measure"),
        ("UK", "Britain"),
    ]
    assert found[1].note == "a state"


def test_a_pack_may_go_without(make_pack):
    folder = make_pack()
    assert validate_pack(folder) == ()
    assert compile_pack(folder).synonyms == ()


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("- {forms: [alone]}\n", 1, "length >= 2"),
        ("- {forms: [a, b], kind: x}\n", 1, "unknown field"),
        ("- {forms: [a, ' A ']}\n", 1, "stands there twice"),
        (SOUND + "- {forms: ['!', b]}\n", 3, "neither a letter"),
        ("".join(f"- {{forms: [X, y{n}]}}\n" for n in range(3)), 3, "more than 2 groups"),
        ("- {forms: [a, " + "b" * 200 + "]}\n", 1, "longer than 120"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(make_pack, text, line, why):
    folder = make_pack()
    (folder / "synonyms.yaml").write_text(text, encoding="utf-8")
    (problem,) = validate_pack(folder)
    assert (problem.file, problem.line) == ("synonyms.yaml", line)
    assert why in problem.what


def test_the_shipped_list_is_long_and_sorts_no_form_twice():
    groups = read_pack(pack_folder()).synonyms
    assert len(groups) >= 150
    assert all(len(set(group.shape.forms)) == len(group.shape.forms) for group in groups)
