-- The register of unknowns. One row a spectrum, one a group, one a notice that was received.
CREATE TABLE register (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE unknown (
    id TEXT PRIMARY KEY,
    hypothesis TEXT NOT NULL,         -- JSON
    named TEXT,                       -- what it was found to be
    merged_into TEXT,                 -- where the id was given up
    notices INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    unknown TEXT NOT NULL REFERENCES unknown (id),
    sha256 TEXT NOT NULL,             -- of the file
    position INTEGER NOT NULL,        -- in the file
    said TEXT NOT NULL,               -- what is known of it, JSON
    points BLOB NOT NULL,             -- as measured, JSON, zlib
    print BLOB NOT NULL,              -- to compare it with others
    UNIQUE (sha256, position)
);
CREATE INDEX observation_unknown ON observation (unknown);
CREATE TABLE watch (
    publisher TEXT NOT NULL,
    unknown TEXT NOT NULL,            -- id at the publisher
    said TEXT NOT NULL,               -- the notice and when it came, JSON
    ended TEXT,                       -- why it does not alert any more
    PRIMARY KEY (publisher, unknown)
) WITHOUT ROWID;
