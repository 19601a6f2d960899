"""``agreement``: two analysts, tag by tag, and where they differ."""


def test_two_analysts_are_compared_and_their_differences_listed(normatlas, norm):
    normatlas("agreement").assert_refused(2, "nobody yet")
    normatlas("tags", "add", "Harm")
    for analyst, start in (("Ada", 0), ("Ben", 0), ("Ben", 302)):
        place = ("--start", str(start), "--end", str(start + 5), "--tag", "Harm")
        assert normatlas("--analyst", analyst, "annotate", norm, *place).code == 0
    found = normatlas.done("agreement")
    assert (found["first"], found["second"], found["records"]) == ("Ada", "Ben", 1)
    (harm,) = found["tags"]
    assert (harm["both"], harm["only_first"], harm["only_second"]) == (1, 0, 1)
    assert 0 < harm["kappa"] < 1
    assert harm["alpha"] == found["overall"]["alpha"] != harm["kappa"]
    listed = normatlas.done("agreement", "Ben", "Ada", "--differences", "harm")
    (difference,) = listed["differences"]
    assert (difference["by"], difference["lacking"]) == ("Ben", "Ada")
    assert difference["start"] <= 302 < difference["end"]
    lines = normatlas("agreement", "--record", norm).out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["Harm", "all"]
    normatlas("agreement", "Ada", "Cem").assert_refused(2, "Cem", "Ada, Ben")
    normatlas("agreement", "--differences", "Nothing").assert_refused(2, "Nothing")


def test_a_difference_is_settled_by_its_place(normatlas, norm):
    normatlas("tags", "add", "Harm")
    for analyst, start in (("Ada", 0), ("Ben", 0), ("Ben", 302)):
        place = ("--start", str(start), "--end", str(start + 5), "--tag", "Harm")
        assert normatlas("--analyst", analyst, "annotate", norm, *place).code == 0
    asked = ("agreement", "Ada", "Ben", "--differences", "Harm")
    (place,) = (line.split("\t")[0] for line in normatlas(*asked).out.splitlines())
    normatlas(*asked, "--applies", f"{norm}:1").assert_refused(2, "do not differ", place)
    normatlas(*asked, "--applies", place, "--applies-not", place).assert_refused(2, "or does not")
    normatlas("agreement", "--applies", place).assert_refused(2, "--differences")
    assert "applies to a passage" in normatlas(*asked, "--applies", place).err
    assert normatlas.done(*asked)["total"] == 0
    assert normatlas.done("annotations", "--analyst", "Ada")["total"] == 2
