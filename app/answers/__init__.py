"""The answers of the API as frozen objects, built from domain objects by pure functions. A change here changes the API.

One rule holds everywhere: an answer refers by id, and carries in `nodes`, `facts` and `sources` a summary of everything
that it refers to, so that one call is enough. Every text stands in both languages. `version` is the content hash of the
graph that an answer was made from: equal content, equal answer, byte for byte, whatever loads and undos lie between.
"""
