"""``tags``: the codebook worked on without the window."""


def paths(normatlas, *more):
    return [tag["path"] for tag in normatlas.done("tags", "list", *more)["tags"]]


def test_the_codebook_is_worked_on_by_commands(normatlas, norm):
    for path in ("CBM/Hotlines", "Trust", "Old"):
        normatlas.done("tags", "add", path)
    made = normatlas.done("annotate", norm, "--start", "0", "--end", "9", "--tag", "Trust")
    assert normatlas.done("tags", "rename", "Old", "New")["step"] == "Rename tag “Old” to “New”"
    normatlas.done("tags", "edit", "New", "--definition", "D", "--include", "I", "--key", "3")
    normatlas.done("tags", "move", "New", "--under", "CBM", "--place", "0")
    assert paths(normatlas) == ["CBM", "CBM/New", "CBM/Hotlines", "Trust"]
    normatlas.done("tags", "split", "Trust", "--into", "Visits", "--annotation", made["id"])
    merged = normatlas.done("tags", "merge", "Visits", "Trust", "--into", "CBM")
    assert merged["annotations"] == 1
    listed = {tag["path"]: tag for tag in normatlas.done("tags", "list")["tags"]}
    assert (listed["CBM"]["count"], listed["CBM"]["parent"]) == (1, None)
    new = listed["CBM/New"]
    assert (new["definition"], new["include"], new["favourite"]) == ("D", "I", 3)
    normatlas.done("tags", "delete", "CBM/New", "--give-to", "CBM")
    normatlas.done("tags", "delete", "CBM", "--keep-below")
    assert paths(normatlas) == ["Hotlines"]
    told = normatlas.done("tags", "history", "Hotlines")["events"]
    assert [event["deed"] for event in told] == ["moved", "created"]
    assert paths(normatlas, "--as-of", "2001") == []
    assert normatlas("tags", "list", "--as-of", "soon").code == 2
    normatlas("tags", "merge", "Hotlines", "--into", "Gone").assert_refused(2, "no tag “Gone”")


def test_the_starter_codebook_comes_with_definitions_and_only_once(normatlas):
    normatlas.done("tags", "starter")
    listed = normatlas.done("tags", "list")["tags"]
    assert {"Key passage", "To do", "Norms/Supply chain", "Cybercrime"} <= {
        tag["path"] for tag in listed
    }
    assert all(tag["definition"] for tag in listed)
    normatlas.done("tags", "starter")
    assert normatlas.done("tags", "list")["tags"] == listed
