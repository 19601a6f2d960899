"""``synonyms`` as a user types it."""


def test_own_synonyms_are_added_listed_changed_and_removed(normatlas):
    made = normatlas.done("synonyms", "add", "Blauhelm", "digital emblem", "--note", "ours")
    assert made["forms"] == ["Blauhelm", "digital emblem"]
    assert normatlas.done("search", "blauhelm ")["total"] > 0
    listed = normatlas.done("synonyms", "list", "--own")
    assert listed == {"total": 1, "synonyms": [made]}
    assert normatlas("synonyms", "change", made["id"], "Gelbhelm", "digital emblem").code == 0
    assert "Gelbhelm; digital emblem" in normatlas("synonyms", "list").out
    assert normatlas("synonyms", "remove", made["id"]).code == 0
    assert normatlas.done("synonyms", "list", "--own")["total"] == 0
    assert normatlas.done("synonyms", "list")["total"] > 150


def test_one_word_is_no_group(normatlas):
    failed = normatlas("synonyms", "add", "alone")
    assert failed.code == 2
    assert "at least two" in failed.err


def test_what_to_loosen_is_told(normatlas):
    answer = normatlas.done("search", "budapest AND xyzzy")
    assert answer["hint"] == "“xyzzy” is in no passage."
    assert answer["loosened"][0]["query"] == "budapest"
    assert "records answer: budapest" in normatlas("search", "budapest AND xyzzy").err
