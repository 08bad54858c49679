-- What reports say of one actor lies together: a list of actors tells of each what his latest reports call him.
CREATE TABLE appearance_of (
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  actor_id INTEGER NOT NULL REFERENCES actor(id),
  name TEXT NOT NULL,
  office TEXT,
  why TEXT NOT NULL,
  PRIMARY KEY (actor_id, document_id, local)
) WITHOUT ROWID;
-- By the index, which has them in this order: millions are too many to be sorted in memory.
INSERT INTO appearance_of (document_id, local, actor_id, name, office, why)
  SELECT document_id, local, actor_id, name, office, why FROM appearance INDEXED BY appearance_actor ORDER BY actor_id, document_id, local;
DROP TABLE appearance;
ALTER TABLE appearance_of RENAME TO appearance;
CREATE UNIQUE INDEX appearance_document ON appearance(document_id, local);
