-- Words stand in their rows as they are, up to a page: to rank documents, or to look for a phrase in them, those of thousands are read.
ALTER TABLE document_words SET (toast_tuple_target = 8160);
ALTER TABLE document_words ALTER COLUMN words TYPE tsvector USING words || ''::tsvector;
ANALYZE document_words;

-- Whoever looks for words looks through all that wait to be put into the index.
ALTER INDEX document_words_words SET (gin_pending_list_limit = 256);
ALTER INDEX statement_words_words SET (gin_pending_list_limit = 256);

-- A page is found in this index alone where vacuum has been.
ALTER TABLE facet SET (autovacuum_vacuum_insert_scale_factor = 0.02);
