"""How much of a foreign file is taken: time, memory, size; and how one says no."""

MEGABYTE = 1024 * 1024

SECONDS = 60.0  # a file, all readers together
CHILD_MEMORY = 640 * MEGABYTE  # heap of a reading process; what it holds stays below 1 GiB
MOST_FILE_BYTES = 512 * MEGABYTE  # an office file may be full of pictures, which are left out
MOST_WORDS_BYTES = 48 * MEGABYTE  # of text or markup, in one file or unpacked from an archive
MOST_TREE_BYTES = 96 * MEGABYTE  # of a document's tree as pandoc writes it
MOST_CHARACTERS = 12_000_000  # some 4,000 pages
MOST_PASSAGES = 150_000
MOST_SPANS = 150_000
LONGEST_PASSAGE = 16_000  # characters; longer ones are cut between sentences
DEEPEST = 60  # levels of lists, quotations and tables in one another


class Refused(Exception):  # noqa: N818 - a reason, made an error with the file's name in it
    """Why a file is not read, as the end of a sentence: "it is encrypted; open it and …"."""

    @property
    def reason(self) -> str:
        """The words that follow the file's name."""
        return str(self.args[0])


def too_much_text() -> Refused:
    """Return what is said of a file with more text than is taken."""
    return Refused(
        f"it holds more than the {MOST_CHARACTERS // 1_000_000} million characters or "
        f"{MOST_PASSAGES:,} paragraphs that one document may have; split it"
    )


def too_much_output() -> Refused:
    """Return what is said of a file that a reader makes far more of than it should."""
    return Refused("it holds far more than a document that one reads; split it")
