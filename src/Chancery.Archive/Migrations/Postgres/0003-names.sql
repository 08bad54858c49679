-- Parts of names, and words of issues, are looked up, not gone through: there are as many actors as reports and more.
CREATE INDEX actor_words ON actor USING gin (to_tsvector('simple', name));
CREATE INDEX issue_words ON facet_value USING gin (to_tsvector('chancery', value)) WHERE kind = 14;


-- Positions now say how they changed over time.
INSERT INTO dirty (grp, view) SELECT DISTINCT grp, view FROM item WHERE view = 5;
