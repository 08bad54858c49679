-- Parts of names, and words of issues, are looked up, not gone through: there are as many actors as reports and more.
CREATE VIRTUAL TABLE actor_words USING fts5(name, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
INSERT INTO actor_words (rowid, name) SELECT id, name FROM actor;
CREATE TRIGGER actor_named AFTER INSERT ON actor BEGIN
  INSERT INTO actor_words (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER actor_renamed AFTER UPDATE OF name ON actor WHEN old.name <> new.name BEGIN
  DELETE FROM actor_words WHERE rowid = old.id;
  INSERT INTO actor_words (rowid, name) VALUES (new.id, new.name);
END;

CREATE VIRTUAL TABLE issue_words USING fts5(value, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO issue_words (rowid, value) SELECT id, value FROM facet_value WHERE kind = 14;
CREATE TRIGGER issue_met AFTER INSERT ON facet_value WHEN new.kind = 14 BEGIN
  INSERT INTO issue_words (rowid, value) VALUES (new.id, new.value);
END;

-- Relations of one with all from the indexes alone.
DROP INDEX pair_of_a;
DROP INDEX pair_of_b;
CREATE INDEX pair_of_a ON pair(a, events DESC, b, tenths) WHERE month = 0 AND type = '';
CREATE INDEX pair_of_b ON pair(b, events DESC, a, tenths) WHERE month = 0 AND type = '';

-- Positions now say how they changed over time.
INSERT OR IGNORE INTO dirty (grp, view) SELECT DISTINCT grp, view FROM item WHERE view = 5;
