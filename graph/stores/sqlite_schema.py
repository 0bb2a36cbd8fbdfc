"""The tables of the embedded store.

Integer keys (pk) inside, ids at the edge. A node keeps its pk when it is removed (its past ties still name it); whether
it lives is whether it has a document. A tie lies twice in `adj`, once under each end, whole and in the order in which
neighbourhoods are told, so that one index range serves walking and pages alike; `adj_past` keeps closed ties for
questions about what was known.
"""

from typing import Final

APPLICATION_ID: Final = 0x4A4A5247  # "JJRG", in the file's header
SCHEMA_VERSION: Final = 3

TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE tally (what TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (what, name)) WITHOUT ROWID;

CREATE TABLE node (pk INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE node_doc (
    pk INTEGER PRIMARY KEY, kind TEXT NOT NULL, home TEXT, seat TEXT, part_of TEXT, doc TEXT NOT NULL
);
CREATE TABLE redirect (id TEXT NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (id, node)) WITHOUT ROWID;
CREATE TABLE name (pk INTEGER PRIMARY KEY, node INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE word (
    word TEXT NOT NULL, size INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (word, size, name)
) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (gram, word)) WITHOUT ROWID;

CREATE TABLE source (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL, withdrawn INTEGER NOT NULL, published INTEGER, doc TEXT NOT NULL
);
CREATE TABLE statement (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL, fact INTEGER NOT NULL, source INTEGER NOT NULL, doc TEXT NOT NULL
);

CREATE TABLE fact (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    modality INTEGER NOT NULL,
    opened INTEGER,                    -- the load that made it what it is; NULL: not live
    gone INTEGER                       -- the load that took it away
);
CREATE TABLE fact_doc (pk INTEGER PRIMARY KEY, doc TEXT NOT NULL);
CREATE TABLE fact_past (
    fact INTEGER NOT NULL, opened INTEGER NOT NULL, closed INTEGER NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (fact, opened)
) WITHOUT ROWID;
CREATE TABLE participant (
    node INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    takes_part INTEGER NOT NULL,       -- 0: only named, by a statement that the fact does not follow
    PRIMARY KEY (node, fact)
) WITHOUT ROWID;

CREATE TABLE adj (
    n INTEGER NOT NULL,
    type INTEGER NOT NULL,
    neg_high INTEGER NOT NULL,
    far TEXT NOT NULL,                 -- id of the other end
    fact TEXT NOT NULL,                -- id of the fact and "|": what a tie's id begins with
    flipped INTEGER NOT NULL,          -- 1: the tie's u is the greater of its ends
    nbr INTEGER NOT NULL,              -- key of the other end
    dir INTEGER NOT NULL,              -- 0: n is the tie's u, 1: n is its v
    low INTEGER NOT NULL,
    modality INTEGER NOT NULL,
    voices INTEGER NOT NULL,
    subsectors INTEGER NOT NULL,       -- bits as in the vocabulary
    opened INTEGER NOT NULL,
    PRIMARY KEY (n, type, neg_high, far, fact, flipped)
) WITHOUT ROWID;
CREATE TABLE degree (                  -- of nodes that have or had ties
    n INTEGER PRIMARY KEY,
    ties INTEGER NOT NULL,             -- live ties, of every type
    roster INTEGER NOT NULL            -- live MEMBER_OF ties that end here
);
CREATE TABLE near (                    -- what `resident` reads: live ties once more, one row per node
    n INTEGER PRIMARY KEY, neighbours BLOB NOT NULL, codes BLOB NOT NULL
);
CREATE TABLE adj_past (
    n INTEGER NOT NULL, type INTEGER NOT NULL, neg_high INTEGER NOT NULL, far TEXT NOT NULL, fact TEXT NOT NULL,
    flipped INTEGER NOT NULL, nbr INTEGER NOT NULL, dir INTEGER NOT NULL, low INTEGER NOT NULL,
    modality INTEGER NOT NULL, voices INTEGER NOT NULL, subsectors INTEGER NOT NULL, opened INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    PRIMARY KEY (n, type, neg_high, far, fact, flipped, opened)
) WITHOUT ROWID;

-- What an entity was before a load; what it became is its next revision's `before`, or its document now.
CREATE TABLE load (version INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc TEXT NOT NULL);
CREATE TABLE revision (
    kind INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, before TEXT, PRIMARY KEY (kind, id, version)
) WITHOUT ROWID;

INSERT INTO meta VALUES ('version', 0), ('content', printf('%064x', 0)), ('facts', 0);
"""

# Indexes of rowid tables, built after the rows when an empty graph is filled. A fact's id is looked up while it is.
INDEXES: Final = """
CREATE UNIQUE INDEX node_id ON node (id);
CREATE UNIQUE INDEX source_id ON source (id);
CREATE UNIQUE INDEX statement_id ON statement (id);
CREATE INDEX node_doc_home ON node_doc (home) WHERE home IS NOT NULL;
CREATE INDEX node_doc_seat ON node_doc (seat) WHERE seat IS NOT NULL;
CREATE INDEX node_doc_part_of ON node_doc (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX name_key ON name (key, node);
CREATE INDEX name_node ON name (node);
CREATE INDEX source_published ON source (published) WHERE withdrawn = 0;
CREATE INDEX statement_fact ON statement (fact);
CREATE INDEX statement_source ON statement (source);
CREATE INDEX fact_type ON fact (type, id) WHERE opened IS NOT NULL;
CREATE INDEX fact_when ON fact (modality, low) WHERE opened IS NOT NULL;
CREATE INDEX revision_version ON revision (version);
"""
