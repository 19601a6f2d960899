"""``pack build``, ``pack load``, ``pack save``: packs in one file."""


def test_a_pack_is_built_validated_and_loaded(normatlas, pytestconfig, tmp_path):
    folder = pytestconfig.rootpath / "resources" / "reference"
    file = tmp_path / "pack.zip"
    built = normatlas.done("pack", "build", str(folder), str(file))
    assert len(built["sha256"]) == 64
    assert normatlas.done("pack", "validate", str(file)) == {"ok": True, "problems": []}
    assert normatlas.done("pack", "load", str(file))["updated"]


def test_nothing_of_ones_own_is_not_saved(normatlas, tmp_path):
    refused = normatlas("pack", "save", str(tmp_path / "own.zip"))
    refused.assert_refused(2, "nothing of your own")
    normatlas("pack", "load", str(tmp_path / "none.zip")).assert_refused(2, "none.zip")
