-- The network of a period: all pairs of some months, without a look at the table.
CREATE INDEX pair_month ON pair(month, a, b) INCLUDE (events, tenths) WHERE type = '' AND month > 0;
