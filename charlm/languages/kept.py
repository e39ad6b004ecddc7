"""Sentences in a file: their English words and their values, so that each reader gets them in their own language."""

import json
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from charlm.languages.messages import Message, Plural, Told


def as_record(value: Any) -> Any:
    """A value in types that JSON knows; whatever is neither a sentence, a number nor a list of them becomes a text."""
    match value:
        case Told():
            values = {name: as_record(inner) for name, inner in value.values.items()}
            return {"sentences": [_marked(sentence) for sentence in value.sentences], "values": values}
        case Message():
            return {"sentences": [_marked(value)], "values": {}}
        case tuple() | list():
            return [as_record(inner) for inner in value]
        case None | bool() | int() | float():
            return value
    return str(value)


def from_record(record: Any) -> Any:
    """What `as_record` made a record of. Raises ValueError for anything else."""
    match record:
        case {"sentences": [*sentences], "values": dict(values)}:
            return _told(list(map(_unmarked, sentences)), {str(name): from_record(v) for name, v in values.items()})
        case list():
            return tuple(map(from_record, record))
        case None | bool() | int() | float() | str():
            return record
    raise ValueError(f"this is no sentence: {str(record)[:80]}")


def _told(sentences: list[str], values: dict[str, Any]) -> Told:
    try:
        return Told(*sentences, **values)
    except (LookupError, TypeError, AttributeError) as error:  # a value is missing, or of another kind
        raise ValueError(f"this is no sentence: {str(sentences)[:80]}") from error


def _marked(sentence: str) -> list[str] | str:
    """A sentence that has a translation is a list, with the plural's other form; a text that has none is itself."""
    if isinstance(sentence, Plural):
        return [str(sentence), sentence.many]
    return [str(sentence)] if isinstance(sentence, Message) else sentence


def _unmarked(marked: Any) -> str:
    match marked:
        case [str(one), str(many)]:
            return Plural(one, many)
        case [str(sentence)]:
            return Message(sentence)
        case str():
            return marked
    raise ValueError(f"this is no sentence: {str(marked)[:80]}")


def read_sentence(text: str) -> str:
    """The sentence in a file of its own. A file of an older charlm has the English words and nothing else."""
    try:
        read = from_record(json.loads(text))
    except (ValueError, RecursionError):  # RecursionError: JSON that is nested too deeply
        return text
    return read if isinstance(read, Told) else text


def write_sentence(sentence: str) -> str:
    """The content of a file that `read_sentence` reads."""
    return json.dumps(as_record(sentence), ensure_ascii=False) if isinstance(sentence, Message) else sentence


def _checked(value: Any) -> str:
    read = value if isinstance(value, str) else from_record(value)
    if not isinstance(read, str):
        raise ValueError("expected a sentence")
    return read


# A sentence in a record of charlm.records.
Sentence = Annotated[str, PlainValidator(_checked), PlainSerializer(as_record, return_type=Any)]
