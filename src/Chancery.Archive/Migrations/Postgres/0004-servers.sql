-- What servers over one archive share of their own: who may ask them (hashes), and the keys of their cookies. Never copied, exported or compared.
CREATE TABLE server_note (name text PRIMARY KEY, note text NOT NULL);
