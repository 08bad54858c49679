-- What came in, and what reading made of it. Everything below the line is computed from these and can be made anew.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  title TEXT,
  publisher TEXT,
  published TEXT,                -- EDTF
  day INTEGER NOT NULL,          -- the last day that published may mean, counted from 0001-01-01; 0 unknown
  url TEXT,
  language TEXT NOT NULL,
  characters INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  note TEXT,                     -- why it was not read
  copy_of INTEGER REFERENCES document(id),
  copies INTEGER NOT NULL DEFAULT 0,
  statements INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX document_day ON document(day DESC, id DESC);
CREATE INDEX document_sha256 ON document(sha256);
CREATE INDEX document_url ON document(url) WHERE url IS NOT NULL;
CREATE INDEX document_copy ON document(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX document_publisher ON document(publisher, day DESC);

CREATE TABLE content (
  document_id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
  text BLOB NOT NULL,            -- UTF-8, Brotli
  record BLOB,                   -- chancery/record/1, Brotli; null where it was not read
  signature BLOB                 -- by which copies are found
);

CREATE TABLE band (              -- where near-copies of a text are looked for
  band INTEGER NOT NULL,
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  PRIMARY KEY (band, document_id)
) WITHOUT ROWID;

CREATE TABLE correction (        -- what people decided; always wins over what was read
  id INTEGER PRIMARY KEY,
  document_key TEXT NOT NULL,
  entry TEXT NOT NULL,           -- the id within the record when it was corrected
  anchor TEXT NOT NULL,          -- what finds the entry again after the document was read anew
  action TEXT NOT NULL,          -- confirm, edit, reject
  changes TEXT,                  -- JSON of the fields edited
  note TEXT,
  by TEXT NOT NULL,
  at TEXT NOT NULL               -- ISO 8601, UTC
);
CREATE INDEX correction_document ON correction(document_key);

CREATE TABLE identity (          -- which actors people hold to be one, or not
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,      -- the actor's key
  same_as TEXT NOT NULL,         -- the key of the actor that it is
  by TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE TABLE source (            -- feeds and folders that are watched
  address TEXT PRIMARY KEY,
  etag TEXT,
  modified TEXT,
  due TEXT,                      -- when it is asked again, ISO 8601, UTC
  failures INTEGER NOT NULL DEFAULT 0,
  problem TEXT
);
CREATE TABLE source_item (
  address TEXT NOT NULL REFERENCES source(address) ON DELETE CASCADE,
  item TEXT NOT NULL,
  PRIMARY KEY (address, item)
) WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------------------------
CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  sectors TEXT NOT NULL,
  known TEXT,
  documents INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX actor_documents ON actor(documents DESC, id);
CREATE INDEX actor_name ON actor(name COLLATE NOCASE);
CREATE INDEX actor_country ON actor(country, documents DESC);

CREATE TABLE appearance (        -- who is meant by an actor of a record, and why
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES actor(id),
  name TEXT NOT NULL,
  office TEXT,
  why TEXT NOT NULL,
  PRIMARY KEY (document_id, local)
) WITHOUT ROWID;
CREATE INDEX appearance_actor ON appearance(actor_id, document_id);

CREATE TABLE mention (           -- one telling of an entry of a view
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  view INTEGER NOT NULL,
  grp INTEGER NOT NULL,          -- what may be the same entry
  first INTEGER NOT NULL,        -- days
  last INTEGER NOT NULL,
  entry TEXT,                    -- the id within the record
  spans TEXT NOT NULL,           -- start, end of each piece of evidence, UTF-16
  data TEXT NOT NULL,
  item_id INTEGER
);
CREATE INDEX mention_document ON mention(document_id);
CREATE INDEX mention_grp ON mention(grp, view);
CREATE INDEX mention_item ON mention(item_id) WHERE item_id IS NOT NULL;

CREATE TABLE dirty (             -- groups to be merged anew
  grp INTEGER NOT NULL,
  view INTEGER NOT NULL,
  PRIMARY KEY (grp, view)
) WITHOUT ROWID;

CREATE TABLE item (              -- an entry of a view, over all its tellings
  id INTEGER PRIMARY KEY,
  view INTEGER NOT NULL,
  grp INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  seen INTEGER NOT NULL,         -- the last day on which it was reported
  since INTEGER NOT NULL,        -- the first
  reports INTEGER NOT NULL,
  sources INTEGER NOT NULL,      -- reports that are no copies of each other
  publishers INTEGER NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX item_view ON item(view, first DESC, id DESC);
CREATE INDEX item_seen ON item(view, seen DESC, reports DESC);
CREATE INDEX item_grp ON item(grp, view);

CREATE TABLE facet_value (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (kind, value)
);
CREATE TABLE facet (             -- by what an item is found, newest first
  value_id INTEGER NOT NULL,
  view INTEGER NOT NULL,
  first INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  PRIMARY KEY (value_id, view, first DESC, item_id DESC)
) WITHOUT ROWID;

CREATE TABLE pair (              -- co-operation and conflict of two actors; month 0 is all time
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  month INTEGER NOT NULL,        -- year * 12 + month - 1
  type TEXT NOT NULL,            -- PLOVER; empty for all
  events INTEGER NOT NULL,
  tenths INTEGER NOT NULL,       -- sum of the scores in tenths
  PRIMARY KEY (a, b, month, type)
) WITHOUT ROWID;
CREATE INDEX pair_most ON pair(events DESC, a, b) WHERE month = 0 AND type = '';
CREATE INDEX pair_of_b ON pair(b, events DESC) WHERE month = 0 AND type = '';
CREATE INDEX pair_of_a ON pair(a, events DESC) WHERE month = 0 AND type = '';

CREATE VIRTUAL TABLE document_words USING fts5(title, text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statement_words USING fts5(text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
