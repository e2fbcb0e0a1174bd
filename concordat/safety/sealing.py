"""Words that only the holder of the organisation's key can read. The server encrypts, and cannot decrypt."""

import io
import json
from collections.abc import Iterable, Mapping

from concordat.core.age import NotOpened, Sealed, public_key


def is_key(text: str) -> bool:
    """Say whether this is the public half of a key."""
    try:
        public_key(text)
    except NotOpened:
        return False
    return True


def seal(words: Mapping[str, str], *, to: str) -> bytes:
    """Encrypt some words to a key."""
    into = io.BytesIO()
    sealed = Sealed(into, public_key(to))
    sealed.write(json.dumps(dict(words), ensure_ascii=False).encode())
    sealed.close()
    return into.getvalue()


def bundle(pieces: Iterable[Mapping[str, str]]) -> bytes:
    """Return the sealed pieces of a file as one text that `concordat open-threat` reads."""
    return json.dumps({"format": "concordat-threat-1", "pieces": list(pieces)}, indent=1).encode()
