-- What a screening run knows. One row a file, one a spectrum; the rest is made of these anew.
CREATE TABLE run (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,               -- as given on the command line, or archive and member
    place BLOB NOT NULL,              -- where it is, resolved
    name TEXT NOT NULL,               -- the same as text, with the member's name: what a manifest names
    member INTEGER NOT NULL,          -- position in an archive, else -1
    state INTEGER NOT NULL,           -- 0 waiting, 1 done, 2 done earlier and to be compared by hash
    seen INTEGER NOT NULL,            -- number of the listing that saw it last
    size INTEGER,
    modified INTEGER,                 -- nanoseconds since 1970
    sha256 TEXT,
    refused INTEGER NOT NULL DEFAULT 0, -- 1 where a listing could not look at it
    UNIQUE (place, name)
);
CREATE INDEX file_queue ON file (state, path);
CREATE INDEX file_path ON file (path);
CREATE TABLE spectrum (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,        -- place among the results of its file
    brief TEXT NOT NULL,              -- short form, JSON
    outcome BLOB NOT NULL,            -- result as `identify` gives it, JSON, zlib
    drawing TEXT,                     -- small form for plots, JSON
    fingerprint BLOB,                 -- of unknowns, to compare them
    UNIQUE (file, position)
);
CREATE TABLE reference (
    key TEXT PRIMARY KEY,             -- library and entry
    name TEXT NOT NULL,
    drawing TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE manifest (
    place TEXT NOT NULL,              -- the file, resolved
    spectrum INTEGER NOT NULL,        -- counted from 1; 0 for all of the file
    fields TEXT NOT NULL,             -- JSON
    PRIMARY KEY (place, spectrum)
) WITHOUT ROWID;
-- Made anew after each run from the above.
CREATE TABLE belongs (
    spectrum INTEGER PRIMARY KEY REFERENCES spectrum (id) ON DELETE CASCADE,
    sample INTEGER NOT NULL,
    unknown INTEGER                   -- group of unknowns
);
CREATE INDEX belongs_sample ON belongs (sample);
CREATE TABLE sample (
    id INTEGER PRIMARY KEY,           -- in the order of their first spectra
    key TEXT NOT NULL UNIQUE,
    priority INTEGER NOT NULL,
    judged TEXT NOT NULL,             -- JSON
    verdict TEXT NOT NULL,
    unknown INTEGER                   -- number of its group of unknowns, from 1
);
CREATE INDEX sample_priority ON sample (priority DESC, id);
