"""The collection is what the W3C Web Annotation model asks for.

The MUSTs are asserted here from the standard's words; the W3C's own context and assertions, whose
licence keeps them out of this repository, are run as well where they lie beside it.
"""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from pyld import jsonld as processor
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from core.exporting import jsonld
from core.exporting.report import Report
from tests.core.exporting.sample import ANNOTATIONS, NOW, sample_report

STANDARD = Path(__file__).parents[4] / "shared" / "standards" / "web-annotation"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"


def collection():
    return json.loads(jsonld.render(sample_report()))


def test_the_collection_has_what_it_must():
    made = collection()
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    assert URN.fullmatch(made["id"])
    assert made["total"] == len(ANNOTATIONS)
    page = made["first"]
    assert page["type"] == "AnnotationPage"
    assert URN.fullmatch(page["id"])
    assert page["id"] != made["id"]
    assert made["last"] == page["id"]
    assert page["startIndex"] == 0
    assert len(page["items"]) == made["total"]


@pytest.mark.parametrize("n", range(len(ANNOTATIONS)))
def test_each_annotation_has_what_it_must(n):
    made, of = collection()["first"]["items"][n], ANNOTATIONS[n]
    assert made["type"] == "Annotation"
    assert made["id"] == f"urn:uuid:{of.id}"
    assert MOMENT.fullmatch(made["created"])
    assert MOMENT.fullmatch(made["modified"])
    assert made["creator"] == {"type": "Person", "name": of.analyst}
    assert "bodyValue" not in made
    bodies = made.get("body", [])
    assert [b["value"] for b in bodies if b["purpose"] == "tagging"] == list(of.tags)
    assert [b["value"] for b in bodies if b["purpose"] == "commenting"] == [of.note] * bool(of.note)
    assert all(body["type"] == "TextualBody" for body in bodies)
    target = made["target"]
    assert target["source"] == f"urn:normatlas:{of.target.record}"
    quote, position = target["selector"]
    assert quote["type"] == "TextQuoteSelector"
    assert (quote["exact"], quote["prefix"], quote["suffix"]) == (
        of.target.quote.exact,
        of.target.quote.prefix,
        of.target.quote.suffix,
    )
    assert position == {"type": "TextPositionSelector", "start": of.start, "end": of.end}


def test_the_same_project_gives_the_same_ids_whatever_the_day():
    report = sample_report()
    later = Report(report.heading, NOW.replace(year=2030), report.sections)
    assert json.loads(jsonld.render(later))["id"] == collection()["id"]


def test_an_empty_collection_is_still_one():
    made = json.loads(jsonld.render(Report("Annotations", NOW, ())))
    assert made["total"] == 0
    assert made["first"]["items"] == []


def _reference(term):
    return {"@id": term, "@type": "@id"}


def _number(term):
    return {"@id": term, "@type": "xsd:nonNegativeInteger"}


# The terms that a collection uses, mapped as sections 3 to 5 of the model say.
OWN_CONTEXT = {
    "@context": {
        "oa": OA,
        "as": AS,
        "dcterms": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@vocab"},
        "Annotation": "oa:Annotation",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "TextualBody": "oa:TextualBody",
        "body": _reference("oa:hasBody"),
        "target": _reference("oa:hasTarget"),
        "source": _reference("oa:hasSource"),
        "selector": _reference("oa:hasSelector"),
        "exact": "oa:exact",
        "start": _number("oa:start"),
        "end": _number("oa:end"),
        "first": _reference("as:first"),
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    }
}


def _contexts():
    file = STANDARD / "anno.jsonld"
    return [OWN_CONTEXT, *([json.loads(file.read_text("utf-8"))] if file.exists() else [])]


@pytest.mark.parametrize("context", _contexts(), ids=["own", "w3c"][: len(_contexts())])
def test_nothing_is_lost_when_linked_data_tools_read_it(context):
    def load(url, _options):
        assert url == jsonld.CONTEXT  # nothing else is asked for, and nothing over the network
        return {"contextUrl": None, "documentUrl": url, "document": context}

    (made,) = processor.expand(collection(), {"documentLoader": load})
    assert made["@type"] == [AS + "OrderedCollection"]
    page = made[AS + "first"][0]
    items = page[AS + "items"][0]["@list"]
    assert len(items) == len(ANNOTATIONS)
    for item, of in zip(items, ANNOTATIONS, strict=True):
        assert item["@type"] == [OA + "Annotation"]
        assert len(item.get(OA + "hasBody", [])) == len(of.tags) + bool(of.note)
        target = item[OA + "hasTarget"][0]
        assert target[OA + "hasSource"] == [{"@id": f"urn:normatlas:{of.target.record}"}]
        selectors = {s["@type"][0]: s for s in target[OA + "hasSelector"]}
        exact = selectors[OA + "TextQuoteSelector"][OA + "exact"][0]["@value"]
        assert exact == of.target.quote.exact
        assert selectors[OA + "TextPositionSelector"][OA + "start"][0]["@value"] == of.start
        assert "http://purl.org/dc/terms/bibliographicCitation" in target


def _broken(test, instance):
    """The assertions of one of the W3C's tests that ``instance`` does not meet."""
    file = STANDARD / test
    if not file.exists():
        return
    definitions = [
        (path.name, Resource.from_contents(json.loads(path.read_text("utf-8")), DRAFT4))
        for path in (STANDARD / "definitions").glob("*.json")
    ]
    registry = Registry().with_resources(definitions)
    for name in json.loads(file.read_text("utf-8"))["assertions"]:
        schema = json.loads((STANDARD / name).read_text("utf-8"))
        expected = schema.get("expectedResult", "valid") == "valid"
        checker = Draft4Validator(schema, registry=registry)
        if checker.is_valid(instance) is not expected:
            yield name


def test_the_w3c_assertions_that_are_at_hand_hold():
    made = collection()
    context = {"@context": made["@context"]}
    part_of = {key: made[key] for key in ("id", "type", "total")}
    page = context | made["first"] | {"partOf": part_of}  # as it is when served alone
    broken = [
        *_broken("collections/collectionMusts.test", made),
        *_broken("collections/pages/pageMusts.test", page),
    ]
    for item in made["first"]["items"]:
        broken.extend(_broken("annotations/annotationMusts.test", context | item))
    assert broken == []
